//! What press makes of an editor's files: renditions, sizes, transcripts; and what of
//! them reaches no reader.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

use serde_json::{Value, json};

use crate::newsroom::{Newsroom, original, picture};
use crate::photo::{SECRET, placed_jpeg, placed_png, png};

/// A newsroom whose story `en/boat` has one photo, `boat.png`, 700 pixels wide.
fn with_original(change: Value) -> Newsroom {
    let newsroom = Newsroom::new();
    newsroom.write("public/media/boat.png", placed_png(700, 14, [200, 40, 40]));
    story(&newsroom, "boat", original("hull", "boat.png"), change);
    newsroom
}

/// A story that shows a picture.
fn story(newsroom: &Newsroom, slug: &str, picture: Value, change: Value) {
    let mut fields = json!({ "leadMedia": { "type": "image", "image": picture } });
    for (name, value) in change.as_object().unwrap() {
        fields[name] = value.clone();
    }
    newsroom.story("en", slug, fields);
}

/// The files that press has made of pictures.
fn made(newsroom: &Newsroom) -> Vec<String> {
    let built = newsroom.built().into_keys();
    built.filter(|path| path.starts_with("media/")).collect()
}

fn build(newsroom: &Newsroom, more: &[&str]) -> crate::newsroom::Run {
    let dist = newsroom.dist();
    newsroom.press(&[&["build", "--into", dist.to_str().unwrap()], more].concat())
}

#[test]
fn of_a_story_that_nobody_may_read_no_picture_is_made() {
    for hidden in [
        json!({ "pubStatus": "withheld" }),
        json!({ "pubStatus": "canceled" }),
        json!({ "expires": "2025-12-31" }),
        json!({ "embargoedUntil": "2026-01-02" }),
        json!({ "datePublished": "2026-01-02" }),
    ] {
        let newsroom = with_original(hidden.clone());
        newsroom.build().ends_with(0);
        assert_eq!(made(&newsroom), [""; 0], "{hidden}");
        newsroom.assert_nowhere(SECRET);
    }
}

#[test]
fn posters_films_and_tracks_of_a_withheld_story_are_nowhere() {
    let newsroom = Newsroom::new();
    newsroom.write("public/media/poster.png", png(40, 20, [9, 9, 9], &[]));
    newsroom.write("public/shots/lead.png", placed_png(40, 20, [8, 8, 8]));
    newsroom.media("film.mp4");
    newsroom.media("film.vtt");
    let video = json!({
        "id": "film",
        "title": "A film",
        "renditions": [{ "href": "/media/film.mp4", "contentType": "video/mp4" }],
        "poster": original("poster", "poster.png"),
        "tracks": [{ "kind": "captions", "language": "en", "label": "English", "href": "/media/film.vtt" }],
    });
    let mut lead = original("lead", "lead.png");
    lead["renditions"][0]["href"] = json!("/shots/lead.png");
    story(
        &newsroom,
        "boat",
        lead,
        json!({ "pubStatus": "withheld", "body": [{ "type": "video", "video": video }] }),
    );
    newsroom.build().ends_with(0);
    let built = newsroom.built();
    let left: Vec<&String> = built
        .keys()
        .filter(|path| path.starts_with("media/") || path.starts_with("shots/"))
        .collect();
    assert_eq!(left, [""; 0]);
    newsroom.assert_nowhere(SECRET);
}

#[test]
fn a_broken_picture_of_a_withheld_story_is_told_all_the_same() {
    for hidden in [
        json!({ "pubStatus": "withheld" }),
        json!({ "embargoedUntil": "2030" }),
    ] {
        let newsroom = with_original(hidden);
        newsroom.write("public/media/boat.png", "");
        newsroom
            .build()
            .ends_with(1)
            .says(&["public/media/boat.png", "picture-empty"]);
        newsroom.check().ends_with(1).says(&["picture-empty"]);
    }
}

#[test]
fn what_was_made_goes_away_with_the_story() {
    let newsroom = with_original(json!({ "expires": "2026-02-01" }));
    newsroom.build().ends_with(0);
    let before = made(&newsroom);
    assert!(before.len() > 3, "{before:?}");
    build(&newsroom, &["--as-of", "2026-02-02"]).ends_with(0);
    assert_eq!(made(&newsroom), [""; 0], "expired");
    build(&newsroom, &["--as-of", "2026-01-02"]).ends_with(0);
    assert_eq!(made(&newsroom), before, "and back");
    story(
        &newsroom,
        "boat",
        original("hull", "boat.png"),
        json!({ "pubStatus": "withheld" }),
    );
    newsroom.build().ends_with(0);
    assert_eq!(made(&newsroom), [""; 0], "withheld");
}

#[test]
fn a_picture_that_a_published_story_shows_too_is_made_for_that_one() {
    let newsroom = with_original(json!({ "pubStatus": "withheld" }));
    story(&newsroom, "second", original("hull", "boat.png"), json!({}));
    newsroom.build().ends_with(0);
    assert!(made(&newsroom).len() > 3);
    newsroom.assert_nowhere(SECRET);
}

#[test]
fn an_original_becomes_renditions_with_size_colour_and_rights() {
    let newsroom = Newsroom::new();
    newsroom.write("public/media/boat.jpg", placed_jpeg());
    story(&newsroom, "boat", original("hull", "boat.jpg"), json!({}));
    newsroom.build().ends_with(0);
    let built = newsroom.built();
    let image = &newsroom.built_json("articles/en/boat.json")["leadMedia"]["image"];
    let renditions = image["renditions"].as_array().unwrap();
    let mut widths: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    for rendition in renditions {
        let href = rendition["href"].as_str().unwrap();
        let bytes = &built[&href[1..]];
        assert_eq!(rendition["sizeInBytes"], bytes.len(), "{href}");
        let of_type = widths.entry(rendition["contentType"].as_str().unwrap());
        of_type
            .or_default()
            .push(rendition["width"].as_u64().unwrap());
    }
    let expected = ["image/avif", "image/jpeg", "image/webp"].map(|kind| (kind, vec![320, 480]));
    assert_eq!(widths, BTreeMap::from(expected));
    assert_eq!(image["width"], 480);
    assert!(image["height"].as_u64().unwrap() > 100);
    let colour = image["placeholder"].as_str().unwrap();
    assert!(colour.len() == 7 && colour.starts_with('#'), "{colour}");
    assert_eq!(image["rights"]["creditText"], "Amina Otieno");
    assert_eq!(image["rights"]["copyrightNotice"], "(c) The Test Gazette");
    // The original, its place and its name are nobody's business.
    assert!(!built.contains_key("media/boat.jpg"));
    newsroom.assert_nowhere(SECRET);
    newsroom.assert_nowhere("boat.jpg");
}

#[test]
fn a_wide_original_has_no_more_than_six_widths() {
    let newsroom = Newsroom::new();
    newsroom.write("public/media/wide.png", png(2600, 4, [1, 90, 1], &[]));
    story(&newsroom, "boat", original("hull", "wide.png"), json!({}));
    newsroom.build().ends_with(0);
    let image = &newsroom.built_json("articles/en/boat.json")["leadMedia"]["image"];
    let webp = image["renditions"].as_array().unwrap().iter();
    let widths: Vec<&Value> = webp
        .filter(|rendition| rendition["contentType"] == "image/webp")
        .map(|rendition| &rendition["width"])
        .collect();
    assert_eq!(widths, [320, 480, 640, 960, 1280, 1920]);
    assert_eq!(image["width"], 2600);
}

#[test]
fn what_the_editor_wrote_stays() {
    let newsroom = Newsroom::new();
    newsroom.write("public/media/boat.png", placed_png(40, 20, [200, 40, 40]));
    let mut image = original("hull", "boat.png");
    image["width"] = json!(4000);
    image["placeholder"] = json!("#123456");
    image["rights"] = json!({ "creditText": "The editor knows better" });
    story(&newsroom, "boat", image, json!({}));
    newsroom.build().ends_with(0);
    let image = &newsroom.built_json("articles/en/boat.json")["leadMedia"]["image"];
    assert_eq!(image["width"], 4000);
    assert_eq!(image["height"], 20, "only what is absent is added");
    assert_eq!(image["placeholder"], "#123456");
    assert_eq!(
        image["rights"],
        json!({ "creditText": "The editor knows better" })
    );
}

#[test]
fn a_film_learns_its_length_and_codecs_and_its_captions_become_a_transcript() {
    let newsroom = Newsroom::new();
    newsroom.media("film.mp4");
    for (language, words) in [("en", "The boats go out."), ("fr", "Les bateaux partent.")] {
        newsroom.write(
            &format!("public/media/{language}.vtt"),
            format!("WEBVTT\n\n00:01.000 --> 00:03.000\n{words}\n"),
        );
    }
    let track = |language: &str| json!({ "kind": "captions", "language": language, "label": language, "href": format!("/media/{language}.vtt") });
    let video = json!({
        "id": "film",
        "title": "Un film",
        "renditions": [{ "href": "/media/film.mp4", "contentType": "video/mp4" }],
        "tracks": [track("en"), track("fr")],
    });
    newsroom.story(
        "fr",
        "bateau",
        json!({ "body": [{ "type": "video", "video": video }] }),
    );
    newsroom.build().ends_with(0);
    let video = &newsroom.built_json("articles/fr/bateau.json")["body"][0]["video"];
    assert_eq!(video["transcript"]["language"], "fr");
    let said = video["transcript"]["body"].to_string();
    assert!(said.contains("Les bateaux partent."), "{said}");
    let file = &video["renditions"][0];
    assert!(
        file["codecs"].as_str().unwrap().starts_with("avc1."),
        "{file}"
    );
    assert!(file["duration"].as_f64().unwrap() > 1.0, "{file}");
    assert_eq!(file["duration"], video["duration"]);
    assert_eq!(
        file["sizeInBytes"].as_u64().unwrap(),
        newsroom.built()["media/film.mp4"].len() as u64
    );
    assert!(
        video["width"].is_u64() && video["height"].is_u64(),
        "{video}"
    );
}

/// Every file of the cache of pictures, with the time it was written.
fn cached(newsroom: &Newsroom) -> BTreeMap<PathBuf, SystemTime> {
    let mut files = BTreeMap::new();
    let mut folders = vec![newsroom.root().join(".press/pictures/files")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let written = fs::metadata(&path).unwrap().modified().unwrap();
                files.insert(path, written);
            }
        }
    }
    files
}

#[test]
fn a_second_build_encodes_nothing_even_if_the_first_is_forgotten() {
    let newsroom = with_original(json!({}));
    newsroom.build().ends_with(0);
    let before = cached(&newsroom);
    assert!(before.len() > 3);
    let site = newsroom.built();
    newsroom
        .build()
        .ends_with(0)
        .says(&["0 changed files written"]);
    // Encoding writes the file again, under the same name and with another time.
    build(&newsroom, &["--fresh"]).ends_with(0);
    assert_eq!(cached(&newsroom), before);
    assert_eq!(newsroom.built(), site);
    fs::remove_dir_all(newsroom.root().join(".press")).unwrap();
    build(&newsroom, &["--fresh"]).ends_with(0);
    assert_ne!(cached(&newsroom), before, "without the cache it is encoded");
    assert_eq!(newsroom.built(), site, "to the same bytes");
}

#[test]
fn an_original_that_is_linked_as_well_is_published_and_its_place_told() {
    let link = json!([{ "type": "paragraph", "content": [{ "text": "this", "href": "/media/boat.png" }] }]);
    let newsroom = with_original(json!({ "body": link }));
    for _ in 0..2 {
        newsroom.build().ends_with(0).says(&[
            "public/media/boat.png",
            "picture-tells-place",
            "1 warning",
        ]);
    }
    assert!(newsroom.built().contains_key("media/boat.png"));
    let image = &newsroom.built_json("articles/en/boat.json")["leadMedia"]["image"];
    let href = image["renditions"][0]["href"].as_str().unwrap();
    assert!(href.starts_with("/media/press/"), "{href}");
}

#[test]
fn a_picture_of_several_files_that_tells_its_place_is_warned_of() {
    let newsroom = Newsroom::new();
    newsroom.write("public/media/boat.jpg", placed_jpeg());
    story(&newsroom, "boat", picture("hull", &["boat.jpg"]), json!({}));
    newsroom.build().ends_with(0).says(&[
        "public/media/boat.jpg",
        "picture-tells-place",
        "where it was taken",
        "help: ",
    ]);
    newsroom.media("boat.jpg");
    newsroom
        .build()
        .ends_with(0)
        .does_not_say("picture-tells-place");
}

/// A desk saves a photo while press builds: whichever version press meets, what it
/// publishes is of a whole one.
#[test]
fn a_picture_that_changes_while_it_is_read_is_told_or_built_whole() {
    let newsroom = with_original(json!({}));
    let versions = [[200, 40, 40], [40, 200, 40]].map(|colour| png(60, 30, colour, &[]));
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                for version in &versions {
                    // Written in place, as some programs do: at times the file is empty.
                    newsroom.write("public/media/boat.png", version);
                }
            }
        });
        for _ in 0..10 {
            let run = newsroom.build();
            run.does_not_say("panicked");
            assert!((0..=2).contains(&run.code), "{}", run.said);
            if run.code != 0 {
                run.says(&["boat.png"]);
            }
        }
        done.store(true, Ordering::Relaxed);
    });
    newsroom.build().ends_with(0);
    let image = &newsroom.built_json("articles/en/boat.json")["leadMedia"]["image"];
    assert_eq!(image["width"], 60);
    // The site is that of the file as it lies there now.
    let elsewhere = newsroom.root().join("elsewhere");
    newsroom
        .press(&["build", "--into", elsewhere.to_str().unwrap()])
        .ends_with(0);
    assert!(newsroom.built() == crate::newsroom::files_of(&elsewhere));
}
