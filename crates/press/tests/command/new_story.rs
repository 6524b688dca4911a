//! `press new`: a story begins.

use std::collections::BTreeSet;
use std::fs;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use crate::answer::{Answer, press};
use crate::newsroom::Newsroom;

fn written(newsroom: &Newsroom, answer: &Answer) -> Value {
    answer.ends_with(0);
    let text = fs::read_to_string(newsroom.root().join(answer.out.trim())).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn site(newsroom: &Newsroom, zone: &str) {
    newsroom.write(
        "public/site.json",
        json!({
            "name": "The Test Gazette",
            "baseUrl": "https://gazette.example/",
            "languages": ["en", "fr", "ar"],
            "defaultLanguage": "en",
            "timeZone": zone,
        })
        .to_string(),
    );
}

#[test]
fn a_new_story_passes_the_check_and_warns_of_what_is_to_be_written() {
    let newsroom = Newsroom::new();
    let answer = press(newsroom.root(), &["new", "The  Night Ferry: “Returns”"]);
    assert_eq!(
        answer.out,
        "public/articles/en/the-night-ferry-returns.json\n"
    );
    answer.says(&[
        "/en/stories/the-night-ferry-returns/",
        "“standfirst”, “byline” and the text in “body”",
        "press check",
    ]);
    let story = written(&newsroom, &answer);
    assert_eq!(story["headline"], "The Night Ferry: “Returns”");
    assert_eq!(story["slug"], "the-night-ferry-returns");
    assert_eq!(story["language"], "en");
    assert!(story.get("$schema").is_none());
    assert!(story.get("dateline").is_none());
    let check = press(newsroom.root(), &["check", "--format", "json"]);
    let found = check.ends_with(0).json();
    let fields: BTreeSet<&str> = found["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["field"].as_str().unwrap())
        .collect();
    assert_eq!(
        fields,
        BTreeSet::from(["standfirst", "byline", "body[0].content"])
    );
}

#[test]
fn each_story_has_an_id_of_its_own() {
    let newsroom = Newsroom::new();
    let ids: BTreeSet<String> = ["One", "Two", "Three"]
        .iter()
        .map(|headline| {
            let story = written(&newsroom, &press(newsroom.root(), &["new", headline]));
            story["id"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(ids.len(), 3);
    for id in ids {
        let uuid = id.strip_prefix("urn:uuid:").unwrap();
        assert_eq!(uuid.len(), 36);
        assert_eq!(uuid.as_bytes()[14], b'4', "a random one, version 4: {uuid}");
    }
}

#[test]
fn it_is_dated_now_by_the_clock_of_the_newsroom() {
    for (zone, ends) in [("Asia/Kathmandu", "+05:45"), ("UTC", "Z")] {
        let newsroom = Newsroom::new();
        site(&newsroom, zone);
        let story = written(&newsroom, &press(newsroom.root(), &["new", "Now"]));
        let date = story["datePublished"].as_str().unwrap();
        assert!(date.ends_with(ends), "{date}");
        let date = article::Date::parse(date).unwrap().timestamp();
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        assert!((i64::try_from(now.as_secs()).unwrap() - date).abs() < 60);
        press(newsroom.root(), &["check"]).ends_with(0);
    }
}

#[test]
fn a_time_zone_that_is_none_is_named_and_nothing_is_written() {
    let newsroom = Newsroom::new();
    site(&newsroom, "Europe/Atlantis");
    press(newsroom.root(), &["new", "Now"]).ends_with(2).says(&[
        "“Europe/Atlantis”",
        "public/site.json",
        "Europe/Geneva",
    ]);
    assert!(!newsroom.root().join("public/articles/en/now.json").exists());
}

#[test]
fn a_story_in_another_script_keeps_it_and_its_folder_is_made() {
    let newsroom = Newsroom::new();
    site(&newsroom, "UTC");
    let answer = press(
        newsroom.root(),
        &[
            "new",
            "القارب الأحمر",
            "--lang",
            "AR",
            "--dateline",
            " بكين ",
        ],
    );
    let story = written(&newsroom, &answer);
    assert_eq!(answer.out, "public/articles/ar/القارب-الأحمر.json\n");
    assert_eq!(story["language"], "ar");
    assert_eq!(story["dateline"], "بكين");
    press(newsroom.root(), &["check"]).ends_with(0);
}

#[test]
fn a_standing_page_lies_with_the_pages() {
    let newsroom = Newsroom::new();
    let answer = press(
        newsroom.root(),
        &["new", "About us", "--page", "--slug", "about"],
    );
    assert_eq!(answer.out, "public/pages/en/about.json\n");
    answer.says(&["/en/pages/about/"]);
    assert!(written(&newsroom, &answer).get("byline").is_none());
    press(newsroom.root(), &["check"]).ends_with(0);
}

#[test]
fn an_edition_that_is_not_there_is_refused_with_those_that_are() {
    let newsroom = Newsroom::new();
    press(newsroom.root(), &["new", "Hallo", "--lang", "de"])
        .ends_with(2)
        .says(&["no edition in “de”; it has en, fr", "--lang", "languages"]);
    assert!(!newsroom.root().join("public/articles/de").exists());
}

#[test]
fn a_second_story_of_the_same_headline_gets_a_number() {
    let newsroom = Newsroom::new();
    press(newsroom.root(), &["new", "Daily briefing"]).ends_with(0);
    let second = press(newsroom.root(), &["new", "Daily briefing"]);
    second.ends_with(0).says(&["this is number 2"]);
    assert_eq!(second.out, "public/articles/en/daily-briefing-2.json\n");
    assert_eq!(written(&newsroom, &second)["slug"], "daily-briefing-2");
    press(newsroom.root(), &["check"]).ends_with(0);
}

#[test]
fn a_chosen_slug_that_is_taken_is_refused_and_the_file_stays() {
    let newsroom = Newsroom::new();
    let file = newsroom.root().join("public/articles/en/first.json");
    let before = fs::read(&file).unwrap();
    press(newsroom.root(), &["new", "Other", "--slug", "first"])
        .ends_with(2)
        .says(&[
            "already a file public/articles/en/first.json",
            "it was left as it is",
            "--slug",
        ]);
    assert_eq!(fs::read(&file).unwrap(), before);
}

#[test]
fn what_cannot_be_an_address_is_refused() {
    let newsroom = Newsroom::new();
    for slug in ["a b", "a/b", "../../x", "", ".hidden"] {
        press(newsroom.root(), &["new", "Other", "--slug", slug])
            .ends_with(2)
            .says(&["cannot be part of an address"]);
    }
    press(newsroom.root(), &["new", "…!"])
        .ends_with(2)
        .says(&["has no letter and no digit", "--slug"]);
    press(newsroom.root(), &["new", " ", "--slug", "x"])
        .ends_with(2)
        .says(&["nothing was written", "“headline” is empty"]);
    press(newsroom.root(), &["new", "Sound \u{202e}dnuos"])
        .ends_with(2)
        .says(&["nothing was written"]);
    assert_eq!(
        fs::read_dir(newsroom.root().join("public/articles/en"))
            .unwrap()
            .count(),
        1
    );
}

#[test]
fn the_longest_headline_makes_a_file_in_every_script() {
    let newsroom = Newsroom::new();
    for word in ["word ", "中", "𐐷", "ক্ষ"] {
        let answer = press(newsroom.root(), &["new", &word.repeat(195)]);
        written(&newsroom, &answer);
    }
    press(newsroom.root(), &["new", &"word ".repeat(300)])
        .ends_with(2)
        .says(&["this line has more than 1000 characters", "Shorten it"]);
    press(newsroom.root(), &["check"]).ends_with(0);
}

#[test]
fn the_schema_beside_public_is_named_for_the_editor() {
    let newsroom = Newsroom::new();
    let schema = press(newsroom.root(), &["schema", "article"]);
    newsroom.write("article.schema.json", &schema.ends_with(0).out);
    let answer = press(newsroom.root(), &["new", "With a schema"]);
    let story = written(&newsroom, &answer);
    assert_eq!(story["$schema"], "../../../article.schema.json");
    let text = fs::read_to_string(newsroom.root().join(answer.out.trim())).unwrap();
    assert!(text.starts_with("{\n  \"$schema\": "), "{text}");
    press(newsroom.root(), &["check"]).ends_with(0);
}

#[test]
fn without_a_site_there_is_no_new_story() {
    let newsroom = Newsroom::bare();
    press(newsroom.root(), &["new", "Lost"])
        .ends_with(2)
        .says(&["public/site.json", "--root"]);
    newsroom.write("public/site.json", "{}");
    press(newsroom.root(), &["new", "Lost"])
        .ends_with(2)
        .says(&["names no language", "press check"]);
}
