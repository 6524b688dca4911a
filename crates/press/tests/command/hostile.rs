//! What an attacker may write into a story: press refuses the addresses, and nothing of
//! the words becomes markup in what it writes for others.

use std::path::Path;

use article::json::{self, Kind};
use article::safe_href;
use serde_json::json;

use crate::answer::press;
use crate::newsroom::Newsroom;

/// The strings of a list in tests/e2e/hostile/strings.json. (serde_json reads no halves
/// of characters, ours reads them as U+FFFD.)
fn strings(list: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/e2e/hostile/strings.json");
    let source = std::fs::read_to_string(path).unwrap();
    let parsed = json::parse(&source);
    assert_eq!(parsed.error, None);
    parsed
        .value
        .unwrap()
        .list(list)
        .iter()
        .map(|item| match &item.kind {
            Kind::String(text) => text.to_string(),
            other => panic!("{other:?}"),
        })
        .collect()
}

#[test]
fn every_hostile_address_is_refused_with_its_place_and_mend() {
    let newsroom = Newsroom::new();
    let addresses = strings("urls");
    assert!(addresses.len() > 100);
    for (index, address) in addresses.iter().enumerate() {
        let change = json!({
            "body": [{ "type": "paragraph", "content": [{ "text": "a trap", "href": address }] }],
        });
        newsroom.story("en", &format!("trap-{index}"), change);
    }
    let answer = press(newsroom.root(), &["check", "--format", "json"]);
    answer.ends_with(1);
    let answer = answer.json();
    let mut refused = 0;
    for (index, address) in addresses.iter().enumerate() {
        if safe_href(address).is_some_and(|href| href.as_str() == address) {
            continue;
        }
        let file = format!("public/articles/en/trap-{index}.json");
        let finding = answer["findings"]
            .as_array()
            .unwrap()
            .iter()
            .find(|finding| finding["file"] == *file && finding["kind"] == "unsafe-link")
            .unwrap_or_else(|| panic!("{address:?} is let through"));
        assert_eq!(finding["severity"], "error");
        assert_eq!(finding["field"], "body[0].content[0].href");
        assert!(finding["hint"].is_string() && finding["line"].is_number());
        refused += 1;
    }
    assert!(refused > 100, "{refused}");
}

#[test]
fn no_hostile_words_become_markup_in_feeds_maps_and_lists() {
    let newsroom = Newsroom::new();
    let is_sound = |text: &String| {
        !text.trim().is_empty()
            && !text.chars().any(|c| {
                c.is_control() && !matches!(c, '\n' | '\t')
                    || ('\u{202a}'..='\u{202e}').contains(&c)
                    || ('\u{2066}'..='\u{2069}').contains(&c)
            })
    };
    let words: Vec<String> = strings("texts").into_iter().filter(is_sound).collect();
    assert!(words.len() > 100);
    for (index, text) in words.iter().enumerate() {
        let change = json!({
            "headline": text, "standfirst": text, "byline": text, "label": text, "description": text,
            "authors": [{ "name": text }], "subjects": [{ "id": "topic", "name": text }],
            "body": [
                { "type": "paragraph", "content": text },
                { "type": "quote", "content": [text], "attribution": text },
                { "type": "table", "caption": text, "rows": [[text]] },
            ],
        });
        newsroom.story("en", &format!("words-{index}"), change);
    }
    newsroom.build().ends_with(0);
    let mut looked_at = 0;
    for (path, bytes) in newsroom.built() {
        if !(path.ends_with(".xml") || path.ends_with(".html") || path.ends_with(".txt")) {
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        for trap in [
            "<script",
            "<img src=x",
            "<svg",
            "<iframe",
            "onerror=\"globalThis",
        ] {
            // In a feed's CDATA, markup of ours; anything of a story's is escaped there too.
            assert!(!text.contains(trap), "{path} holds {trap}");
        }
        looked_at += 1;
    }
    assert!(looked_at > 2, "{looked_at}");
}
