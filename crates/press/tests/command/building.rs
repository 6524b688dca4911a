//! What a build writes, and what it leaves alone.

use std::collections::BTreeMap;

use serde_json::json;

use crate::newsroom::{Newsroom, picture};

fn archive(stories: usize) -> Newsroom {
    let newsroom = Newsroom::bare();
    newsroom.write(
        "public/site.json",
        r#"{"name":"Gazette","baseUrl":"https://gazette.example/","languages":["en","fr"],"defaultLanguage":"en"}"#,
    );
    for n in 1..=stories {
        add(&newsroom, n);
    }
    newsroom
}

fn add(newsroom: &Newsroom, n: usize) {
    let date = format!("20{n:02}-03-04T05:06:07Z");
    newsroom.story(
        "en",
        &format!("story-{n:02}"),
        json!({ "datePublished": date }),
    );
}

#[test]
fn the_same_stories_make_the_same_bytes() {
    let newsroom = archive(20);
    newsroom.build().ends_with(0);
    let first = newsroom.built();
    newsroom
        .build()
        .ends_with(0)
        .says(&["0 changed files written"]);
    assert_eq!(newsroom.built(), first);
    std::fs::remove_dir_all(newsroom.dist()).unwrap();
    newsroom.build().ends_with(0);
    assert_eq!(newsroom.built(), first);
}

#[test]
fn a_newer_story_changes_its_own_file_and_what_tells_of_the_newest() {
    let newsroom = archive(20);
    newsroom.build().ends_with(0);
    let before = newsroom.built();
    add(&newsroom, 21);
    newsroom.build().ends_with(0);
    let after = newsroom.built();
    let changed: Vec<&str> = after
        .iter()
        .filter(|(path, bytes)| before.get(*path) != Some(*bytes))
        .map(|(path, _)| path.as_str())
        .collect();
    assert_eq!(
        changed,
        [
            "articles/en/story-21.json",
            "data/v1/en/head.json",
            "data/v1/en/months.json",
            "en/atom.xml",
            "en/feed.json",
            "en/rss.xml",
            "llms.txt",
            "sitemap-en-2021.xml",
            "sitemap.xml",
        ]
    );
    assert!(before.keys().all(|path| after.contains_key(path)));
}

#[test]
fn the_head_lists_the_newest_first_and_names_its_packs() {
    let newsroom = archive(20);
    newsroom
        .build()
        .ends_with(0)
        .says(&["stories listed: en 20, fr 0"]);
    let head = newsroom.built_json("data/v1/en/head.json");
    assert_eq!(head["count"], 20);
    assert_eq!(newsroom.listed("en").len(), 20);
    assert_eq!(newsroom.listed("en")[0], "story-20");
    assert_eq!(newsroom.listed("fr"), Vec::<String>::new());
    let pack = head["packs"][0].as_str().unwrap();
    assert!(pack.starts_with("0000.") && pack.len() == "0000.12345678.json".len());
    let pack = newsroom.built_json(&format!("data/v1/en/{pack}"));
    assert_eq!(pack["cards"][0]["slug"], "story-01");
    assert_eq!(pack["cards"].as_array().unwrap().len(), 16);
}

#[test]
fn every_topic_author_place_and_month_has_its_list() {
    let newsroom = Newsroom::new();
    let lake = json!({ "id": "lake", "name": "The lake" });
    let boats = json!({ "id": "boats", "name": "Boats" });
    let author = json!({ "id": "desk", "name": "The desk" });
    newsroom.story(
        "en",
        "second",
        json!({
            "datePublished": "2024-05-30",
            "subjects": [lake, boats],
            "authors": [author],
            "locationCreated": { "name": "Harbour" },
        }),
    );
    newsroom.story(
        "en",
        "old",
        json!({ "datePublished": "2003", "subjects": [boats] }),
    );
    newsroom.build().ends_with(0);
    assert_eq!(
        newsroom.built_json("data/v1/en/months.json"),
        json!({ "months": [
            { "month": "2003", "from": 0, "count": 1 },
            { "month": "2024-05", "from": 1, "count": 2 },
        ] })
    );
    assert_eq!(
        newsroom.built_json("data/v1/en/topics.json"),
        json!({ "topics": [
            { "id": "boats", "name": "Boats", "count": 2 },
            { "id": "lake", "name": "The lake", "count": 1 },
        ] })
    );
    assert_eq!(
        newsroom.built_json("data/v1/en/authors.json"),
        json!({ "authors": [{ "id": "desk", "name": "The desk", "count": 1 }] })
    );
    assert_eq!(
        newsroom.built_json("data/v1/en/places.json"),
        json!({ "places": [{ "id": "harbour", "name": "Harbour", "count": 1 }] })
    );
    for (list, slugs) in [
        ("topics/boats", &["second", "old"][..]),
        ("topics/lake", &["second"]),
        ("authors/desk", &["second"]),
        ("places/harbour", &["second"]),
    ] {
        let head = newsroom.built_json(&format!("data/v1/en/{list}/head.json"));
        let cards = head["cards"].as_array().unwrap();
        let listed: Vec<&str> = cards
            .iter()
            .map(|card| card["slug"].as_str().unwrap())
            .collect();
        assert_eq!(listed, slugs, "{list}");
    }
    assert_eq!(
        newsroom.built_json("data/v1/fr/topics.json"),
        json!({ "topics": [] })
    );
}

/// The closed packs of a list and their bytes.
fn packs(newsroom: &Newsroom, list: &str) -> BTreeMap<String, Vec<u8>> {
    let mut files = newsroom.built();
    files.retain(|path, _| {
        path.strip_prefix(list)
            .is_some_and(|name| name.starts_with(|c: char| c.is_ascii_digit()))
    });
    files
}

#[test]
fn closed_packs_stay_as_they_are_while_stories_come_after_them() {
    let newsroom = Newsroom::bare();
    newsroom.write(
        "public/site.json",
        r#"{"name":"Gazette","languages":["en"],"defaultLanguage":"en"}"#,
    );
    let topic = json!([{ "id": "sea", "name": "The sea" }]);
    let add = |n: usize, year: usize| {
        newsroom.story(
            "en",
            &format!("story-{n:02}"),
            json!({ "datePublished": format!("{year}-03-04"), "subjects": topic }),
        );
    };
    (0..48).for_each(|n| add(n, 1950 + n));
    newsroom.build().ends_with(0);
    let lists = ["data/v1/en/", "data/v1/en/topics/sea/"];
    let before = lists.map(|list| packs(&newsroom, list));
    assert!(before.iter().all(|packs| packs.len() == 3));
    (48..64).for_each(|n| add(n, 1950 + n));
    newsroom.build().ends_with(0);
    for (list, before) in lists.iter().zip(&before) {
        let after = packs(&newsroom, list);
        assert_eq!(after.len(), 4);
        assert!(before.iter().all(|(path, bytes)| after[path] == *bytes));
    }
    // What is dated before them comes into the pack of its time: the packs from there
    // on are other ones, those before it are not.
    add(64, 1970);
    newsroom.build().ends_with(0);
    let after = packs(&newsroom, lists[0]);
    let first = before[0].keys().next().unwrap();
    let second = before[0].keys().nth(1).unwrap();
    assert!(after.contains_key(first) && !after.contains_key(second));
}

#[test]
fn a_head_names_the_newest_packs_and_a_file_beside_it_names_all() {
    let newsroom = archive(0);
    let add = |stories: std::ops::Range<usize>| {
        for n in stories {
            let date = format!("{}-{:02}-04", 1930 + n / 12, n % 12 + 1);
            newsroom.story("en", &format!("old-{n}"), json!({ "datePublished": date }));
        }
    };
    add(0..16 * 3);
    newsroom.build().ends_with(0);
    let is_there = |newsroom: &Newsroom| newsroom.built().contains_key("data/v1/en/packs.json");
    assert!(!is_there(&newsroom), "the head names all three");
    add(16 * 3..16 * 20 + 5);
    newsroom.build().ends_with(0);
    let head = newsroom.built_json("data/v1/en/head.json");
    let all = newsroom.built_json("data/v1/en/packs.json");
    let (head_packs, all) = (
        head["packs"].as_array().unwrap(),
        all["packs"].as_array().unwrap(),
    );
    assert_eq!((head_packs.len(), all.len()), (16, 20));
    assert_eq!(head_packs[..], all[4..]);
    let files = newsroom.built();
    for name in all {
        assert!(files.contains_key(&format!("data/v1/en/{}", name.as_str().unwrap())));
    }
}

#[test]
fn a_pack_that_is_replaced_does_not_stay_behind() {
    let newsroom = archive(16);
    newsroom.build().ends_with(0);
    newsroom.story(
        "en",
        "story-03",
        json!({ "headline": "Corrected", "datePublished": "2003-03-04" }),
    );
    newsroom.build().ends_with(0);
    let packs = newsroom
        .built()
        .into_keys()
        .filter(|path| path.starts_with("data/v1/en/0000."))
        .count();
    assert_eq!(packs, 1);
}

#[test]
fn a_release_carries_every_field_without_its_white_space() {
    let newsroom = Newsroom::new();
    let extensions = json!({ "desk": { "kept": [1, 2.50, "  two  spaces  "] } });
    newsroom.story("en", "second", json!({ "extensions": extensions }));
    newsroom.page("en", "about", json!({}));
    newsroom.build().ends_with(0);
    for path in ["articles/en/second.json", "pages/en/about.json"] {
        let source = std::fs::read_to_string(newsroom.root().join("public").join(path)).unwrap();
        let source: serde_json::Value = serde_json::from_str(&source).unwrap();
        assert_eq!(newsroom.built_json(path), source);
        let text = String::from_utf8(newsroom.built()[path].clone()).unwrap();
        assert!(!text.contains('\n'));
    }
}

#[test]
fn standing_pages_are_built_and_not_listed() {
    let newsroom = Newsroom::new();
    newsroom.page("en", "about", json!({}));
    newsroom.build().ends_with(0);
    assert_eq!(newsroom.listed("en"), ["first"]);
    assert!(newsroom.built().contains_key("pages/en/about.json"));
}

#[test]
fn a_story_taken_out_leaves_the_built_site_and_so_do_drafts() {
    let newsroom = Newsroom::new();
    newsroom.story("en", "second", json!({}));
    newsroom.write("public/articles/en/draft.json~", "{}");
    newsroom.build().ends_with(0);
    assert!(newsroom.built().contains_key("articles/en/second.json"));
    std::fs::remove_file(newsroom.root().join("public/articles/en/second.json")).unwrap();
    newsroom.build().ends_with(0);
    let built = newsroom.built();
    let articles: Vec<&String> = built
        .keys()
        .filter(|path| path.starts_with("articles/"))
        .collect();
    assert_eq!(articles, ["articles/en/first.json"]);
}

#[test]
fn in_development_a_broken_story_leaves_the_lists_and_the_rest_is_built() {
    let newsroom = Newsroom::new();
    newsroom.write("public/articles/en/second.json", "{ \"slug\": \"second\"");
    newsroom.copy_as_trunk_does();
    let run = newsroom.build_keeping_going();
    run.ends_with(0).says(&[
        "public/articles/en/second.json:1:",
        "left out because of their errors: public/articles/en/second.json",
    ]);
    assert_eq!(newsroom.listed("en"), ["first"]);
    let built = newsroom.built();
    assert_eq!(
        built["articles/en/second.json"], b"{ \"slug\": \"second\"",
        "the browser reads what it can of it"
    );
    assert_eq!(
        built["articles/en/first.json"],
        std::fs::read(newsroom.root().join("public/articles/en/first.json")).unwrap(),
        "in development the stories stay as they were copied"
    );
}

#[test]
fn in_development_a_story_that_waits_for_its_pictures_stays_listed() {
    let newsroom = Newsroom::new();
    let body = json!([{ "type": "image", "image": picture("boat", &["boat.jpg"]) }]);
    newsroom.story("en", "second", json!({ "body": body }));
    newsroom
        .build_keeping_going()
        .ends_with(0)
        .says(&["missing-media"]);
    assert_eq!(newsroom.listed("en"), ["second", "first"]);
}

#[test]
fn in_development_even_a_site_without_site_json_lists_its_stories() {
    let newsroom = Newsroom::new();
    newsroom.write("public/site.json", "");
    newsroom.build_keeping_going().ends_with(0);
    assert_eq!(newsroom.listed("en"), ["first"]);
}

#[test]
fn a_build_never_writes_where_the_stories_lie() {
    let newsroom = Newsroom::new();
    for into in ["public", "public/dist", "."] {
        let into = newsroom.root().join(into);
        newsroom
            .press(&["build", "--into", into.to_str().unwrap()])
            .ends_with(2)
            .says(&["will not build into", "the stories themselves lie there"]);
    }
    assert!(
        newsroom
            .root()
            .join("public/articles/en/first.json")
            .exists()
    );
    assert!(!newsroom.root().join("public/dist").exists());
}

#[test]
fn a_card_says_what_a_story_is_above_all() {
    let newsroom = Newsroom::new();
    for file in ["a.jpg", "b.jpg", "c.jpg", "d.jpg", "film.mp4", "sound.mp3"] {
        newsroom.media(file);
    }
    let film = json!({
        "title": "A film", "duration": 94.4, "poster": picture("poster", &["a.jpg"]),
        "renditions": [{ "href": "/media/film.mp4", "contentType": "video/mp4" }],
        "tracks": [], "transcript": { "language": "en", "body": [{ "type": "paragraph", "content": "Words." }] },
    });
    let sound = json!({
        "title": "A sound", "duration": 61,
        "renditions": [{ "href": "/media/sound.mp3", "contentType": "audio/mpeg" }],
        "transcript": { "language": "en", "body": [{ "type": "paragraph", "content": "Words." }] },
    });
    let images: Vec<_> = ["a", "b", "c", "d"]
        .iter()
        .map(|id| picture(id, &[&format!("{id}.jpg")]))
        .collect();
    newsroom.story(
        "en",
        "film",
        json!({ "leadMedia": { "type": "video", "video": film } }),
    );
    newsroom.story(
        "en",
        "sound",
        json!({ "body": [{ "type": "audio", "audio": sound }] }),
    );
    newsroom.story(
        "en",
        "photos",
        json!({ "body": [{ "type": "gallery", "images": images }] }),
    );
    newsroom.build().ends_with(0);
    let head = newsroom.built_json("data/v1/en/head.json");
    let card = |slug: &str| {
        let cards = head["cards"].as_array().unwrap();
        cards
            .iter()
            .find(|card| card["slug"] == slug)
            .unwrap()
            .clone()
    };
    assert_eq!(card("film")["kind"], "video");
    assert_eq!(card("film")["duration"], 94.4);
    assert_eq!(
        card("film")["thumbnail"]["renditions"][0]["href"],
        "/media/a.jpg"
    );
    assert_eq!(card("sound")["kind"], "audio");
    assert_eq!(card("photos")["kind"], "photos");
    assert_eq!(card("photos")["photos"], 4);
    assert_eq!(card("first").get("kind"), None);
    assert_eq!(card("first")["minutes"], 1);
}

#[test]
fn a_thumbnail_is_narrow_and_carries_no_caption() {
    let newsroom = Newsroom::new();
    let mut image = picture("boat", &["wide.jpg", "narrow.jpg"]);
    image["renditions"][0]["width"] = json!(1920);
    image["renditions"][0]["height"] = json!(1440);
    image["caption"] = json!("A boat on a river");
    newsroom.media("wide.jpg");
    newsroom.media("narrow.jpg");
    newsroom.story(
        "en",
        "boat",
        json!({ "leadMedia": { "type": "image", "image": image }, "datePublished": "2025" }),
    );
    newsroom.build().ends_with(0);
    let thumbnail = &newsroom.built_json("data/v1/en/head.json")["cards"][0]["thumbnail"];
    assert_eq!(thumbnail["alt"], "A boat");
    assert_eq!(thumbnail["renditions"].as_array().unwrap().len(), 1);
    assert_eq!(thumbnail["renditions"][0]["href"], "/media/narrow.jpg");
    assert!(thumbnail.get("caption").is_none());
}

#[cfg(not(feature = "snapshots"))]
#[test]
fn a_press_without_the_app_says_that_it_cannot_write_snapshots() {
    let newsroom = Newsroom::new();
    newsroom
        .press(&[
            "build",
            "--into",
            newsroom.dist().to_str().unwrap(),
            "--app",
            "x.json",
        ])
        .ends_with(2)
        .says(&["--features snapshots"]);
    assert!(!newsroom.dist().exists());
}
