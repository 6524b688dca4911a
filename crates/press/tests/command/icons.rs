//! Icons in pixels, made of the publisher's drawing.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::newsroom::Newsroom;
use crate::snapshots::{build, html, newsroom};

const DRAWING: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" fill="#1fb5d2"/><circle cx="32" cy="32" r="13"/></svg>"##;

fn drawn() -> Newsroom {
    let newsroom = newsroom();
    newsroom.write("public/icons/icon.svg", DRAWING);
    newsroom
}

/// Width and height, from the header of a PNG file.
fn size(file: &[u8]) -> (u32, u32) {
    assert_eq!(file[..8], *b"\x89PNG\r\n\x1a\n");
    let number = |at: usize| u32::from_be_bytes(file[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

fn icons(built: &BTreeMap<String, Vec<u8>>) -> Vec<&str> {
    let is_icon = |path: &&String| path.starts_with("icons/") || path.ends_with(".ico");
    built.keys().filter(is_icon).map(String::as_str).collect()
}

#[test]
fn a_drawing_becomes_the_icons_that_home_screens_want() {
    let newsroom = drawn();
    build(&newsroom).ends_with(0);
    let built = newsroom.built();
    assert_eq!(
        icons(&built),
        [
            "favicon.ico",
            "icons/apple-touch-icon.png",
            "icons/icon-192.png",
            "icons/icon-512.png",
            "icons/icon-maskable-512.png",
            "icons/icon.svg",
        ]
    );
    for (name, side) in [
        ("apple-touch-icon", 180),
        ("icon-192", 192),
        ("icon-512", 512),
        ("icon-maskable-512", 512),
    ] {
        let file = &built[&format!("icons/{name}.png")];
        assert_eq!(size(file), (side, side), "{name}");
    }
    // After its header of 22 bytes.
    assert_eq!(size(&built["favicon.ico"][22..]), (32, 32));
}

#[test]
fn the_manifest_names_them_with_size_and_purpose_and_every_page_links_to_its_own() {
    let newsroom = drawn();
    build(&newsroom).ends_with(0);
    let manifest = newsroom.built_json("en/manifest.json");
    let named: Vec<(&str, &str, &str)> = manifest["icons"]
        .as_array()
        .unwrap()
        .iter()
        .map(|icon| {
            let text = |name: &str| icon[name].as_str().unwrap();
            (text("src"), text("sizes"), text("purpose"))
        })
        .collect();
    assert_eq!(
        named,
        [
            ("../icons/icon-192.png", "192x192", "any"),
            ("../icons/icon-512.png", "512x512", "any"),
            ("../icons/icon-maskable-512.png", "512x512", "maskable"),
            ("../icons/icon.svg", "any", "any"),
        ]
    );
    let page = html(&newsroom, "en/stories/first/index.html");
    for link in [
        "<link rel=\"icon\" href=\"../../../favicon.ico\" sizes=\"32x32\">",
        "<link rel=\"icon\" href=\"../../../icons/icon.svg\" type=\"image/svg+xml\">",
        "<link rel=\"apple-touch-icon\" href=\"../../../icons/apple-touch-icon.png\">",
    ] {
        assert!(page.contains(link), "no {link} in {page}");
    }
}

#[test]
fn icons_that_a_publisher_has_are_left_as_they_are() {
    let newsroom = drawn();
    newsroom.write("public/icons/icon-maskable-512.png", "mine");
    newsroom.write("public/favicon.ico", "mine too");
    build(&newsroom).ends_with(0);
    let built = newsroom.built();
    assert_eq!(built["icons/icon-maskable-512.png"], b"mine");
    assert_eq!(built["favicon.ico"], b"mine too");
    assert_eq!(size(&built["icons/icon-512.png"]), (512, 512));
    // And taken away again, press makes its own in the next build.
    std::fs::remove_file(newsroom.root().join("public/favicon.ico")).unwrap();
    build(&newsroom).ends_with(0);
    assert_eq!(size(&newsroom.built()["favicon.ico"][22..]), (32, 32));
}

#[test]
fn they_are_drawn_again_only_when_the_drawing_changes() {
    let newsroom = drawn();
    build(&newsroom).ends_with(0);
    let written = || {
        let dist = newsroom.dist();
        let app = newsroom.root().join("app");
        let run = newsroom.press(&[
            "build",
            "--format",
            "json",
            "--into",
            dist.to_str().unwrap(),
            "--app",
            app.to_str().unwrap(),
        ]);
        let answer: Value = serde_json::from_str(&run.said).unwrap();
        answer["written"].clone()
    };
    assert_eq!(written(), json!([]));
    let other = DRAWING.replace("circle cx=\"32\"", "circle cx=\"20\"");
    newsroom.write("public/icons/icon.svg", other);
    let changed = written();
    let changed = changed.as_array().unwrap();
    assert!(
        changed.contains(&json!("icons/icon-192.png")),
        "{changed:?}"
    );
    assert!(changed.contains(&json!("favicon.ico")), "{changed:?}");
}

#[test]
fn a_drawing_that_cannot_be_drawn_stops_the_build_and_says_how_to_mend_it() {
    let newsroom = drawn();
    newsroom.write(
        "public/icons/icon.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"><text>D</text></svg>",
    );
    for run in [build(&newsroom), newsroom.check()] {
        run.ends_with(1).says(&[
            "icon-not-drawn",
            "public/icons/icon.svg",
            "<text>",
            "into paths",
        ]);
    }
    assert!(newsroom.built().is_empty());
}

#[test]
fn a_site_without_a_drawing_names_no_icon() {
    let newsroom = newsroom();
    build(&newsroom).ends_with(0);
    assert_eq!(icons(&newsroom.built()), [""; 0]);
    let page = html(&newsroom, "en/index.html");
    assert!(!page.contains("icon"), "{page}");
}
