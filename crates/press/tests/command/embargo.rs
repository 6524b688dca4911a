//! What is not to be read yet, or any more, is nowhere in the built site.

use serde_json::json;

use crate::newsroom::{Newsroom, original, picture};

/// Asserts that nothing was made of any picture either: such files are named by their
/// content, so no word would find them.
fn assert_no_media(newsroom: &Newsroom) {
    let built = newsroom.built().into_keys();
    let media: Vec<String> = built.filter(|path| path.starts_with("media/")).collect();
    assert_eq!(media, [""; 0]);
}

const SECRET: &str = "unannounced-verdict";

/// A newsroom with a story under embargo to which others point.
fn with_secret(change: serde_json::Value) -> Newsroom {
    let newsroom = Newsroom::new();
    newsroom.media(&format!("{SECRET}.jpg"));
    newsroom.media(&format!("{SECRET}-small.jpg"));
    let mut fields = json!({
        "headline": "Headline of the unannounced-verdict",
        "leadMedia": { "type": "image", "image": original("p", &format!("{SECRET}.jpg")) },
        "thumbnail": picture("t", &[&format!("{SECRET}-small.jpg")]),
        "translations": [{ "language": "fr", "href": "/fr/stories/verdict/" }],
    });
    for (name, value) in change.as_object().unwrap() {
        fields[name] = value.clone();
    }
    newsroom.story("en", SECRET, fields);
    let address = format!("/en/stories/{SECRET}/");
    newsroom.story(
        "fr",
        "verdict",
        json!({
            "translations": [{ "language": "en", "href": address }],
            "relatedLinks": [
                { "href": address, "headline": "Read the unannounced-verdict" },
                { "href": "/en/stories/first/", "headline": "Another" },
            ],
        }),
    );
    newsroom
}

#[test]
fn an_embargoed_story_leaks_nothing() {
    for field in ["embargoedUntil", "datePublished"] {
        let newsroom = with_secret(json!({ field: "2026-01-02T00:00:00Z" }));
        newsroom.build().ends_with(0).says(&[
            "left out, because it is not their time yet at 2026-01-01T00:00:00Z: public/articles/en/unannounced-verdict.json",
        ]);
        newsroom.assert_nowhere(SECRET);
        assert_no_media(&newsroom);
        let others = newsroom.built_json("articles/fr/verdict.json");
        assert_eq!(others["translations"], json!([]));
        assert_eq!(others["relatedLinks"].as_array().unwrap().len(), 1);
    }
}

#[test]
fn in_development_an_embargoed_story_is_taken_out_too() {
    let newsroom = with_secret(json!({ "embargoedUntil": "2026-01-02" }));
    newsroom.copy_as_trunk_does();
    newsroom.build_keeping_going().ends_with(0);
    assert!(newsroom.built().keys().all(|path| !path.contains(SECRET)));
    assert_eq!(newsroom.listed("en"), ["first"]);
}

#[test]
fn on_its_day_the_story_is_published() {
    let newsroom = with_secret(json!({ "embargoedUntil": "2026-01-02T00:00:00+01:00" }));
    let dist = newsroom.dist();
    let dist = dist.to_str().unwrap();
    newsroom.build().ends_with(0);
    newsroom.assert_nowhere(SECRET);
    assert_no_media(&newsroom);
    newsroom
        .press(&["build", "--into", dist, "--as-of", "2026-01-01T23:00:00Z"])
        .ends_with(0);
    assert!(newsroom.listed("en").contains(&SECRET.to_owned()));
    assert!(
        newsroom
            .built()
            .contains_key(&format!("articles/en/{SECRET}.json"))
    );
    let others = newsroom.built_json("articles/fr/verdict.json");
    assert_eq!(others["translations"].as_array().unwrap().len(), 1);
}

#[test]
fn a_story_put_under_embargo_after_it_was_built_is_removed() {
    let newsroom = with_secret(json!({}));
    newsroom.build().ends_with(0);
    assert!(
        newsroom
            .built()
            .contains_key(&format!("articles/en/{SECRET}.json"))
    );
    let newsroom_again = with_secret(json!({ "embargoedUntil": "2030" }));
    std::fs::rename(newsroom.dist(), newsroom_again.dist()).unwrap();
    newsroom_again.build().ends_with(0);
    newsroom_again.assert_nowhere(SECRET);
    assert_no_media(&newsroom_again);
}

#[test]
fn a_link_in_the_text_to_an_embargoed_story_is_warned_of() {
    let newsroom = with_secret(json!({ "embargoedUntil": "2026-01-02" }));
    let href = format!("/en/stories/{SECRET}/");
    let body = json!([{ "type": "paragraph", "content": [{ "text": "this", "href": href }] }]);
    newsroom.story("en", "second", json!({ "body": body }));
    newsroom.check().ends_with(0).says(&[
        "link-to-embargoed",
        "public/articles/en/second.json:",
        "is not published before 2026-01-02",
    ]);
}

#[test]
fn of_a_link_to_an_embargoed_story_only_the_words_remain() {
    let newsroom = with_secret(json!({ "embargoedUntil": "2026-01-02" }));
    let href = format!("/en/stories/{SECRET}/");
    let linked = |words: &str| json!([words, { "text": "is here", "href": href }, "."]);
    newsroom.story(
        "en",
        "second",
        json!({
            "standfirst": linked("All of it "),
            "body": [
                { "type": "paragraph", "content": linked("The whole text ") },
                { "type": "list", "items": [{ "content": linked("One ") }] },
            ],
        }),
    );
    newsroom.build().ends_with(0);
    newsroom.assert_nowhere(SECRET);
    let story = newsroom.built_json("articles/en/second.json");
    assert_eq!(
        story["body"][0]["content"],
        json!(["The whole text ", { "text": "is here" }, "."])
    );
    assert!(newsroom.built().contains_key("en/atom.xml"));
}

#[test]
fn the_navigation_announces_no_embargoed_story_before_its_time() {
    let newsroom = with_secret(json!({ "embargoedUntil": "2026-01-02" }));
    let entry =
        json!({ "label": "The unannounced-verdict", "href": format!("/en/stories/{SECRET}/") });
    let other = json!({ "label": "First", "href": "/en/stories/first/" });
    let campaign = json!({ "label": "Soon", "text": "unannounced-verdict", "href": entry["href"] });
    newsroom.write(
        "public/site.json",
        json!({
            "name": "The Test Gazette",
            "baseUrl": "https://gazette.example/",
            "languages": ["en", "fr"],
            "defaultLanguage": "en",
            "editions": {
                "en": { "nav": [entry, other], "footer": [other, entry], "campaigns": [campaign] },
            },
        })
        .to_string(),
    );
    newsroom.build().ends_with(0);
    newsroom.assert_nowhere(SECRET);
    let site = newsroom.built_json("site.json");
    assert_eq!(site["editions"]["en"]["nav"], json!([other]));
    let dist = newsroom.dist();
    newsroom
        .press(&[
            "build",
            "--into",
            dist.to_str().unwrap(),
            "--as-of",
            "2026-01-02",
        ])
        .ends_with(0);
    let site = newsroom.built_json("site.json");
    assert_eq!(site["editions"]["en"]["nav"], json!([entry, other]));
}

#[test]
fn of_a_story_taken_back_only_the_headline_remains() {
    for (status, expected) in [("withheld", "withheld"), ("canceled", "canceled")] {
        let newsroom = Newsroom::new();
        newsroom.media("libel.jpg");
        newsroom.story(
            "en",
            "taken-back",
            json!({
                "pubStatus": status,
                "headline": "A headline",
                "standfirst": "libel",
                "description": "libel",
                "byline": "libel",
                "leadMedia": { "type": "image", "image": original("libel", "libel.jpg") },
                "body": [{ "type": "paragraph", "content": "libel" }],
                "extensions": { "desk": { "note": "libel" } },
            }),
        );
        newsroom
            .build()
            .ends_with(0)
            .says(&["only a headline remains: public/articles/en/taken-back.json"]);
        newsroom.assert_nowhere("libel");
        assert_no_media(&newsroom);
        assert_eq!(newsroom.listed("en"), ["first"]);
        let tombstone = newsroom.built_json("articles/en/taken-back.json");
        assert_eq!(tombstone["headline"], "A headline");
        assert_eq!(tombstone["pubStatus"], expected);
        assert_eq!(tombstone["slug"], "taken-back");
        assert_eq!(tombstone["language"], "en");
        assert_eq!(tombstone["body"], json!([]));
    }
}

#[test]
fn an_expired_story_is_taken_back_on_its_day() {
    let newsroom = Newsroom::new();
    newsroom.story("en", "offer", json!({ "expires": "2025-12-31" }));
    newsroom.story("en", "later", json!({ "expires": "2026-01-02" }));
    newsroom.build().ends_with(0);
    assert_eq!(newsroom.listed("en").len(), 2);
    let tombstone = newsroom.built_json("articles/en/offer.json");
    assert_eq!(tombstone["pubStatus"], "withheld");
    assert_eq!(tombstone["body"], json!([]));
    assert_ne!(
        newsroom.built_json("articles/en/later.json")["body"],
        json!([])
    );
}

#[test]
fn a_story_withheld_before_its_embargo_ended_shows_not_even_its_headline() {
    let newsroom = with_secret(json!({ "embargoedUntil": "2026-01-02", "pubStatus": "withheld" }));
    newsroom.build().ends_with(0);
    newsroom.assert_nowhere(SECRET);
}

#[test]
fn a_picture_that_another_story_shows_stays() {
    let newsroom = with_secret(json!({ "embargoedUntil": "2026-01-02" }));
    newsroom.media("shared.jpg");
    let lead = json!({ "type": "image", "image": picture("p", &["shared.jpg"]) });
    newsroom.story("en", "second", json!({ "leadMedia": lead }));
    newsroom.story(
        "en",
        "third",
        json!({ "leadMedia": lead, "embargoedUntil": "2030" }),
    );
    newsroom.build().ends_with(0);
    assert!(newsroom.built().contains_key("media/shared.jpg"));
    newsroom.assert_nowhere(SECRET);
}

#[test]
fn the_pieces_of_a_stream_wait_with_their_story() {
    let newsroom = Newsroom::new();
    for (slug, until) in [("open", "2020"), ("later", "2030")] {
        for name in ["film.m3u8", "360/film.m3u8", "360/1.m4s"] {
            newsroom.write(&format!("public/media/{slug}/{name}"), "#EXTM3U\n");
        }
        let video = json!({
            "title": "A film",
            "renditions": [{ "href": format!("/media/{slug}/film.m3u8"), "contentType": "application/vnd.apple.mpegurl" }],
            "transcript": { "language": "en", "body": [{ "type": "paragraph", "content": "Said." }] },
        });
        newsroom.story(
            "en",
            slug,
            json!({ "embargoedUntil": until, "body": [{ "type": "video", "video": video }] }),
        );
    }
    newsroom.build().ends_with(0);
    let built = newsroom.built();
    for name in ["film.m3u8", "360/film.m3u8", "360/1.m4s"] {
        assert!(built.contains_key(&format!("media/open/{name}")), "{name}");
        assert!(
            !built.contains_key(&format!("media/later/{name}")),
            "{name}"
        );
    }
}
