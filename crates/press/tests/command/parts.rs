//! The lists of photos and films: their packs, how they are narrowed, and what an edit
//! leaves alone.

use serde_json::{Value, json};

use crate::newsroom::{Newsroom, picture};
use crate::snapshots::{boat_with_film, build, newsroom};

/// A story of one day with so many photos, in the order of their ids.
fn story(newsroom: &Newsroom, day: usize, photos: usize, change: Value) {
    let gallery: Vec<Value> = (1..=photos)
        .map(|n| picture(&format!("p{n}"), &["boat.jpg"]))
        .collect();
    let mut fields = json!({
        "datePublished": format!("2024-01-{day:02}T00:00:00Z"),
        "body": [{ "type": "gallery", "images": gallery }],
    });
    for (name, value) in change.as_object().unwrap() {
        fields[name] = value.clone();
    }
    newsroom.story("en", &format!("day-{day:02}"), fields);
}

fn archive(stories: usize) -> Newsroom {
    let newsroom = newsroom();
    newsroom.media("boat.jpg");
    for day in 1..=stories {
        story(&newsroom, day, 3, json!({}));
    }
    build(&newsroom).ends_with(0);
    newsroom
}

fn shown(list: &Value) -> Vec<String> {
    let cards = list["cards"].as_array().unwrap();
    cards
        .iter()
        .map(|card| {
            format!(
                "{} {}",
                card["slug"].as_str().unwrap(),
                card["part"].as_str().unwrap()
            )
        })
        .collect()
}

fn changed(newsroom: &Newsroom, edit: impl FnOnce()) -> Vec<String> {
    let before = newsroom.built();
    edit();
    build(newsroom).ends_with(0);
    let after = newsroom.built();
    after
        .iter()
        .filter(|(path, bytes)| before.get(*path) != Some(*bytes))
        .map(|(path, _)| path.clone())
        .collect()
}

#[test]
fn photos_are_listed_newest_story_first_and_in_the_order_of_their_story() {
    let newsroom = archive(2);
    let head = newsroom.built_json("data/v1/en/photos/head.json");
    assert_eq!(head["count"], 6);
    assert_eq!(
        shown(&head),
        [
            "day-02 p1",
            "day-02 p2",
            "day-02 p3",
            "day-01 p1",
            "day-01 p2",
            "day-01 p3"
        ]
    );
    assert_eq!(head["cards"][0]["thumbnail"]["alt"], "A boat");
}

#[test]
fn a_photo_more_leaves_the_closed_packs_and_the_other_pages_alone() {
    let newsroom = archive(12);
    let packs =
        |newsroom: &Newsroom| newsroom.built_json("data/v1/en/photos/head.json")["packs"].clone();
    let before = packs(&newsroom);
    assert_eq!(before.as_array().unwrap().len(), 2);
    let pack = format!("data/v1/en/photos/{}", before[0].as_str().unwrap());
    let oldest = shown(&newsroom.built_json(&pack));
    assert_eq!(oldest.len(), 16);
    assert_eq!(
        (oldest[0].as_str(), oldest[2].as_str()),
        ("day-01 p3", "day-01 p1")
    );
    let changed = changed(&newsroom, || story(&newsroom, 13, 1, json!({})));
    let of_lists: Vec<&String> = changed
        .iter()
        .filter(|path| path.contains("/photos/") && !path.contains("stories"))
        .collect();
    assert_eq!(
        of_lists,
        ["data/v1/en/photos/head.json", "en/photos/index.html"]
    );
    assert!(!changed.iter().any(|path| path.contains("stories/day-12")));
    assert_eq!(packs(&newsroom), before);
}

#[test]
fn an_edit_that_no_caption_shows_leaves_the_lists_of_photos_alone() {
    let newsroom = archive(3);
    let changed = changed(&newsroom, || {
        story(
            &newsroom,
            2,
            3,
            json!({ "standfirst": "What happened then." }),
        );
    });
    assert!(changed.iter().any(|path| path == "articles/en/day-02.json"));
    assert!(!changed.iter().any(|path| path.contains("v1/en/photos")));
}

#[test]
fn a_corrected_caption_changes_the_one_pack_it_stands_in() {
    let newsroom = archive(20);
    let changed = changed(&newsroom, || {
        let images: Vec<Value> = (1..=3)
            .map(|n| {
                let mut image = picture(&format!("p{n}"), &["boat.jpg"]);
                image["caption"] = "Corrected".into();
                image
            })
            .collect();
        let body = json!([{ "type": "gallery", "images": images }]);
        story(&newsroom, 2, 3, json!({ "body": body }));
    });
    let packs: Vec<&String> = changed
        .iter()
        .filter(|path| path.starts_with("data/v1/en/photos/0"))
        .collect();
    assert_eq!(packs.len(), 1, "{packs:?}");
}

#[test]
fn photos_are_narrowed_by_topic_and_place_on_pages_of_their_own() {
    let newsroom = archive(1);
    let sea = json!({
        "subjects": [{ "id": "sea", "name": "The sea" }],
        "locationCreated": { "name": "Port Selwa" },
    });
    story(&newsroom, 2, 2, sea);
    build(&newsroom).ends_with(0);
    let all = newsroom.built_json("data/v1/en/photos/head.json");
    assert_eq!(all["topics"], json!([{ "id": "sea", "name": "The sea" }]));
    let place = all["places"][0]["id"].as_str().unwrap();
    for path in ["topics/sea".to_owned(), format!("places/{place}")] {
        let head = newsroom.built_json(&format!("data/v1/en/photos/{path}/head.json"));
        assert_eq!(shown(&head), ["day-02 p1", "day-02 p2"]);
        let page = newsroom
            .built()
            .remove(&format!("en/photos/{path}/index.html"));
        assert!(
            String::from_utf8(page.unwrap())
                .unwrap()
                .contains("/photos/p1/")
        );
    }
    let map = newsroom.built().remove("sitemap-en-pages.xml").unwrap();
    let map = String::from_utf8(map).unwrap();
    for page in ["en/photos/", "en/photos/topics/sea/"] {
        let line = format!("<loc>https://gazette.example/{page}</loc>");
        assert!(map.contains(&line), "no {line} in {map}");
    }
    assert!(!map.contains("en/videos/"), "there is no film: {map}");
}

#[test]
fn a_link_to_a_list_must_lead_to_one() {
    let newsroom = Newsroom::new();
    let link = |href: &str| {
        newsroom.story(
            "en",
            "linking",
            json!({ "subjects": [{ "id": "sea", "name": "The sea" }],
                "relatedLinks": [{ "href": href, "headline": "More" }] }),
        );
        newsroom.check().code
    };
    for href in ["/en/photos/", "/en/videos", "/en/photos/topics/sea/"] {
        assert_eq!(link(href), 0, "{href}");
    }
    for href in [
        "/en/photos/topics/lake/",
        "/fr/photos/topics/sea/",
        "/en/videos/topics/sea/",
    ] {
        assert_ne!(link(href), 0, "{href}");
    }
}

#[test]
fn films_are_listed_with_their_title_and_the_story_they_belong_to() {
    let newsroom = newsroom();
    boat_with_film(&newsroom);
    build(&newsroom).ends_with(0);
    let head = newsroom.built_json("data/v1/en/videos/head.json");
    assert_eq!(shown(&head), ["boat launch"]);
    assert_eq!(head["cards"][0]["title"], "The launch");
    let page = newsroom.built().remove("en/videos/index.html").unwrap();
    let page = String::from_utf8(page).unwrap();
    for piece in [
        "stories/boat/videos/launch/",
        "The launch",
        "The story called boat",
    ] {
        assert!(page.contains(piece), "no {piece}");
    }
}

#[test]
fn what_a_story_warns_of_is_covered_in_the_lists_too() {
    let newsroom = newsroom();
    newsroom.media("boat.jpg");
    newsroom.media("film.mp4");
    story(&newsroom, 1, 1, json!({ "contentWarning": "A wreck" }));
    newsroom.story(
        "en",
        "film",
        json!({ "body": [{ "type": "video", "video": {
            "id": "sinking", "title": "The sinking", "contentWarning": "A wreck",
            "poster": picture("still", &["boat.jpg"]),
            "renditions": [{ "href": "/media/film.mp4", "contentType": "video/mp4" }],
        } }] }),
    );
    build(&newsroom).ends_with(0);
    let photos = newsroom.built_json("data/v1/en/photos/head.json");
    assert_eq!(photos["cards"][0]["thumbnail"]["contentWarning"], "A wreck");
    let films = newsroom.built_json("data/v1/en/videos/head.json");
    assert_eq!(films["cards"][0]["label"], "A wreck");
    assert_eq!(films["cards"][0]["thumbnail"], Value::Null);
}

#[test]
fn development_lists_photos_and_films_without_pages() {
    let newsroom = newsroom();
    boat_with_film(&newsroom);
    newsroom.copy_as_trunk_does();
    newsroom.build_keeping_going().ends_with(0);
    assert_eq!(
        shown(&newsroom.built_json("data/v1/en/photos/head.json")),
        ["boat hull"]
    );
    assert_eq!(
        shown(&newsroom.built_json("data/v1/en/videos/head.json")),
        ["boat launch"]
    );
}
