//! One block of forty is spoilt in every way, field by field: the others are shown.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use article::{Article, Block};
use serde_json::{Value, json};

const BLOCKS: usize = 40;
const SPOILT: usize = 20;

/// What a tool, an editor or a broken disk puts in the place of a value.
fn mutations(value: &Value) -> Vec<Option<Value>> {
    vec![
        None,
        Some(Value::Null),
        Some(json!(true)),
        Some(json!(-1)),
        Some(json!(1e300)),
        Some(json!("")),
        Some(json!("javascript:x\u{202e}\u{0}")),
        Some(json!("x".repeat(300_000))),
        Some(json!([])),
        Some(json!([[[]], null, 1])),
        Some(json!({})),
        Some(json!({ "type": 5, "text": value, "content": [value, value] })),
    ]
}

/// Every place in a value, by its pointer.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let at = format!("{at}/{name}");
                found.push(at.clone());
                pointers(value, &at, found);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                let at = format!("{at}/{index}");
                found.push(at.clone());
                pointers(value, &at, found);
            }
        }
        _ => {}
    }
}

fn spoil(block: &Value, pointer: &str, with: Option<Value>) -> Value {
    let mut block = block.clone();
    match with {
        Some(value) => *block.pointer_mut(pointer).unwrap() = value,
        None => {
            let (parent, name) = pointer.rsplit_once('/').unwrap();
            match block.pointer_mut(parent).unwrap() {
                Value::Object(members) => drop(members.remove(name)),
                Value::Array(items) => drop(items.remove(name.parse().unwrap())),
                _ => {}
            }
        }
    }
    block
}

fn one_of_each() -> Vec<Value> {
    let image = json!({
        "id": "i", "alt": "A", "caption": ["C ", { "text": "c", "marks": ["em"], "href": "/", "lang": "fr", "dir": "ltr" }],
        "rights": { "creditText": "N", "license": "https://example.org/" }, "width": 9, "height": 9,
        "focalPoint": { "x": 0.5, "y": 0.5 }, "contentCreated": "2003", "decorative": false,
        "renditions": [{ "href": "/media/a.jpg", "contentType": "image/jpeg", "width": 9 }],
    });
    let media = json!({
        "id": "m", "title": "T", "caption": "C", "availability": "legacyOnly", "duration": 1.5, "poster": image,
        "renditions": [{ "href": "/media/a.mp4", "contentType": "video/mp4", "bitrate": 5 }],
        "tracks": [{ "kind": "captions", "language": "en", "label": "English", "href": "/a.vtt", "default": true }],
        "transcript": { "language": "en", "body": [{ "type": "paragraph", "content": "W" }] },
        "legacySources": [{ "href": "rtsp://x", "format": "realMedia", "status": "dead", "checked": "2003-01" }],
    });
    vec![
        json!({ "type": "paragraph", "content": ["a", { "text": "b", "marks": ["strong"], "href": "/" }], "lang": "en", "dir": "ltr" }),
        json!({ "type": "heading", "level": 2, "content": "H", "id": "h" }),
        json!({ "type": "list", "ordered": true, "start": 3, "items": [{ "content": "I", "items": [{ "content": "J" }] }] }),
        json!({ "type": "quote", "content": ["Q"], "pull": true, "attribution": "A", "cite": "https://example.org/" }),
        json!({ "type": "image", "image": image, "role": "showcase" }),
        json!({ "type": "gallery", "images": [image], "caption": "G" }),
        json!({ "type": "video", "video": media }),
        json!({ "type": "audio", "audio": media }),
        json!({ "type": "embed", "provider": "vimeo", "href": "https://vimeo.com/1", "title": "E", "aspectRatio": 1.7, "poster": image, "caption": "C", "fallback": "F" }),
        json!({ "type": "table", "caption": "T", "headerRows": 1, "headerColumns": 1, "rows": [["a", "b"], ["c", "d"]] }),
        json!({ "type": "aside", "title": "A", "body": [{ "type": "paragraph", "content": "P" }] }),
        json!({ "type": "relatedLink", "link": { "href": "/", "headline": "H", "language": "en", "datePublished": "2003" } }),
        json!({ "type": "divider" }),
        json!({ "type": "unsupported", "kind": "k", "text": "T", "href": "/" }),
    ]
}

#[test]
fn thirty_nine_blocks_of_forty_are_shown_whatever_is_wrong_with_one() {
    let neighbour =
        |index: usize| json!({ "type": "paragraph", "content": format!("Paragraph {index}") });
    let whole = |block: Value| {
        let body: Vec<Value> = (0..BLOCKS)
            .map(|index| {
                if index == SPOILT {
                    block.clone()
                } else {
                    neighbour(index)
                }
            })
            .collect();
        Article::read_leniently(&json!({ "headline": "H", "body": body }).to_string())
            .unwrap()
            .article
    };
    let mut tried = 0;
    for block in one_of_each() {
        let mut places = Vec::new();
        pointers(&block, "", &mut places);
        for place in places {
            for with in mutations(block.pointer(&place).unwrap()) {
                let article = whole(spoil(&block, &place, with));
                assert_eq!(article.body.len(), BLOCKS, "{place}");
                for (index, block) in article.body.iter().enumerate() {
                    if index != SPOILT {
                        let Block::Paragraph(paragraph) = block else {
                            panic!("{place}: block {index} is {block:?}")
                        };
                        assert_eq!(paragraph.content.to_plain(), format!("Paragraph {index}"));
                    }
                }
                tried += 1;
            }
        }
    }
    assert!(tried > 2000, "{tried}");
}
