//! Every page as HTML, written by the app itself.

use serde_json::json;

use sha2::{Digest as _, Sha256};

use crate::newsroom::{Newsroom, Run, picture};
use crate::preview::Preview;

/// The style of what is seen first, as a release writes it.
const FIRST: &str = "@font-face{src:url(../fonts/a.woff2)}@container (width <= 9px){a{margin:0}}";

/// A newsroom with the app's words and a release's assets beside it.
pub fn newsroom() -> Newsroom {
    let newsroom = Newsroom::new();
    for language in ["en", "fr"] {
        let words = format!(
            "{}/../../src/i18n/{language}.json",
            env!("CARGO_MANIFEST_DIR")
        );
        newsroom.write(
            &format!("app/i18n/{language}.json"),
            std::fs::read(words).unwrap(),
        );
    }
    newsroom.write(
        "app/assets/assets.json",
        r#"{"style":{"href":"assets/style-1.css","integrity":"sha384-S"},"first":{"href":"assets/first-1.css"},"boot":{"href":"assets/boot-1.js","integrity":"sha384-B"}}"#,
    );
    newsroom.write("app/assets/first-1.css", FIRST);
    newsroom.write("app/version.json", r#"{"build":"1"}"#);
    newsroom
}

pub fn build(newsroom: &Newsroom) -> Run {
    newsroom.press(&[
        "build",
        "--into",
        newsroom.dist().to_str().unwrap(),
        "--app",
        newsroom.root().join("app").to_str().unwrap(),
    ])
}

/// A story, `en/boat`, with a photo (`hull`) and a film (`launch`).
pub fn boat_with_film(newsroom: &Newsroom) {
    newsroom.media("boat.jpg");
    newsroom.media("film.mp4");
    newsroom.story(
        "en",
        "boat",
        json!({
            "leadMedia": { "type": "image", "image": picture("hull", &["boat.jpg"]) },
            "body": [{ "type": "video", "video": {
                "id": "launch", "title": "The launch", "caption": "The launch of the boat",
                "renditions": [{ "href": "/media/film.mp4", "contentType": "video/mp4" }],
                "transcript": { "language": "en", "body": [{ "type": "paragraph", "content": "Words." }] },
            } }],
        }),
    );
}

pub fn html(newsroom: &Newsroom, path: &str) -> String {
    String::from_utf8(newsroom.built()[path].clone()).unwrap()
}

#[test]
fn every_route_has_its_page() {
    let newsroom = newsroom();
    boat_with_film(&newsroom);
    newsroom.page("en", "about", json!({}));
    build(&newsroom).ends_with(0);
    let built = newsroom.built();
    let pages: Vec<&String> = built
        .keys()
        .filter(|path| path.ends_with(".html"))
        .collect();
    assert_eq!(
        pages,
        [
            "404.html",
            "en/index.html",
            "en/offline/index.html",
            "en/pages/about/index.html",
            "en/photos/index.html",
            "en/saved/index.html",
            "en/search/index.html",
            "en/stories/boat/index.html",
            "en/stories/boat/photos/hull/index.html",
            "en/stories/boat/videos/launch/index.html",
            "en/stories/first/index.html",
            "en/videos/index.html",
            "fr/index.html",
            "fr/offline/index.html",
            "fr/photos/index.html",
            "fr/saved/index.html",
            "fr/search/index.html",
            "fr/videos/index.html",
            "index.html",
        ]
    );
    let story = html(&newsroom, "en/stories/boat/index.html");
    for piece in [
        "<html lang=\"en\" dir=\"ltr\">",
        "<link rel=\"canonical\" href=\"https://gazette.example/en/stories/boat/\">",
        "<meta property=\"og:image\" content=\"https://gazette.example/media/boat.jpg\">",
        "<meta name=\"twitter:card\" content=\"summary_large_image\">",
        "href=\"../../../assets/style-1.css\" integrity=\"sha384-S\"",
        "src=\"../../../assets/boot-1.js\" integrity=\"sha384-B\"",
        "<p id=\"boot-note\" role=\"status\" hidden>",
        "The story called boat",
    ] {
        assert!(story.contains(piece), "no {piece} in {story}");
    }
}

/// The texts of the `<style>` elements of a page.
pub fn styles(page: &str) -> Vec<&str> {
    page.split("<style>")
        .skip(1)
        .map(|rest| rest.split("</style>").next().unwrap())
        .collect()
}

#[test]
fn a_page_that_readers_arrive_at_styles_what_is_seen_first() {
    let newsroom = newsroom();
    boat_with_film(&newsroom);
    newsroom.page("en", "about", json!({}));
    build(&newsroom).ends_with(0);
    for (path, base) in [
        ("index.html", ""),
        ("en/index.html", "../"),
        ("en/stories/boat/index.html", "../../../"),
    ] {
        let page = html(&newsroom, path);
        assert_eq!(styles(&page), [FIRST.replace("../", base)], "{path}");
        let sheet = format!("href=\"{base}assets/style-1.css\"");
        assert_eq!(page.matches(&sheet).count(), 1, "{path}");
    }
    for path in [
        "404.html",
        "en/search/index.html",
        "en/stories/boat/photos/hull/index.html",
        "en/stories/boat/videos/launch/index.html",
    ] {
        let page = html(&newsroom, path);
        assert!(styles(&page).is_empty(), "{path}");
        let (head, _) = page.split_once("</head>").unwrap();
        assert!(head.contains("assets/style-1.css"), "{path}");
    }
}

#[test]
fn the_policy_allows_the_styles_of_the_pages_and_no_other() {
    let newsroom = newsroom();
    boat_with_film(&newsroom);
    build(&newsroom).ends_with(0);
    let site = Preview::of(&newsroom.dist(), &[]);
    let decoded = |base64: &str| -> Vec<u8> {
        let value = |letter: u8| match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            _ => 63,
        };
        let sixes: Vec<u8> = base64.trim_end_matches('=').bytes().map(value).collect();
        let at = |place: usize| u16::from(sixes[place]);
        (0..sixes.len() * 6 / 8)
            .map(|byte| {
                let (first, shift) = (byte * 8 / 6, byte * 8 % 6);
                let bits = at(first) << 6 | at(first + 1);
                (bits >> (4 - shift)) as u8
            })
            .collect()
    };
    for path in ["/", "/en/", "/en/stories/boat/"] {
        let page = site.get(path);
        let policy = page.header("content-security-policy").to_owned();
        let allowed: Vec<Vec<u8>> = policy
            .split("'sha256-")
            .skip(1)
            .map(|rest| decoded(rest.split('\'').next().unwrap()))
            .collect();
        assert!(!policy.contains("unsafe-inline"));
        let text = page.text();
        let styles = styles(&text);
        assert_eq!(styles.len(), 1, "{path}");
        let hash = Sha256::digest(styles[0]).to_vec();
        assert!(allowed.contains(&hash), "{path}: {policy}");
        assert!(!allowed.contains(&Sha256::digest("a{}").to_vec()));
    }
}

#[test]
fn the_page_for_missing_addresses_stands_on_absolute_paths() {
    let newsroom = newsroom();
    let site = std::fs::read_to_string(newsroom.root().join("public/site.json")).unwrap();
    newsroom.write(
        "public/site.json",
        site.replace("https://gazette.example/", "https://gazette.example/repo/"),
    );
    build(&newsroom).ends_with(0);
    let page = html(&newsroom, "404.html");
    assert!(page.contains("href=\"/repo/assets/style-1.css\""));
    assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"));
    assert!(!page.contains("rel=\"canonical\""));
}

#[test]
fn translations_become_alternates_with_a_default() {
    let newsroom = newsroom();
    newsroom.story(
        "en",
        "boat",
        json!({ "translations": [{ "language": "fr", "href": "/fr/stories/été/" }] }),
    );
    newsroom.story(
        "fr",
        "été",
        json!({ "translations": [{ "language": "en", "href": "/en/stories/boat/" }] }),
    );
    build(&newsroom).ends_with(0);
    for path in ["en/stories/boat/index.html", "fr/stories/été/index.html"] {
        let page = html(&newsroom, path);
        for piece in [
            "hreflang=\"en\" href=\"https://gazette.example/en/stories/boat/\"",
            "hreflang=\"fr\" href=\"https://gazette.example/fr/stories/%C3%A9t%C3%A9/\"",
            "hreflang=\"x-default\" href=\"https://gazette.example/en/stories/boat/\"",
        ] {
            assert!(page.contains(piece), "no {piece} in {page}");
        }
    }
}

#[test]
fn no_text_of_a_story_can_end_the_element_its_data_lies_in() {
    let newsroom = newsroom();
    newsroom.story(
        "en",
        "second",
        json!({ "headline": "</script><script>alert(1)</script><!--" }),
    );
    build(&newsroom).ends_with(0);
    let page = html(&newsroom, "en/stories/second/index.html");
    assert!(!page.contains("<script>alert"));
    assert!(!page.contains("</script><script>"));
}

#[test]
fn a_story_taken_out_takes_its_page_along() {
    let newsroom = newsroom();
    newsroom.story("en", "kingfisher", json!({}));
    build(&newsroom).ends_with(0);
    assert!(
        newsroom
            .built()
            .contains_key("en/stories/kingfisher/index.html")
    );
    newsroom.story("en", "kingfisher", json!({ "embargoedUntil": "2030" }));
    build(&newsroom).ends_with(0);
    newsroom.assert_nowhere("kingfisher");
}

#[test]
fn the_same_stories_make_the_same_pages() {
    let newsroom = newsroom();
    build(&newsroom).ends_with(0);
    let first = newsroom.built();
    build(&newsroom)
        .ends_with(0)
        .says(&["0 changed files written"]);
    assert_eq!(newsroom.built(), first);
}

#[test]
fn a_tombstone_is_not_offered_to_search_engines() {
    let newsroom = newsroom();
    newsroom.story("en", "second", json!({ "pubStatus": "withheld" }));
    build(&newsroom).ends_with(0);
    let page = html(&newsroom, "en/stories/second/index.html");
    assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"));
    assert!(!page.contains("It happened."));
}

#[test]
fn assets_that_name_nothing_are_refused_before_anything_is_written() {
    let newsroom = newsroom();
    newsroom.write("app/assets/assets.json", "{}");
    build(&newsroom)
        .ends_with(2)
        .says(&["does not name the assets"]);
    assert!(!newsroom.dist().exists());
}

/// Puts the n-th build of the app beside the newsroom.
fn release(newsroom: &Newsroom, n: usize) {
    let _ = std::fs::remove_dir_all(newsroom.root().join("app/assets"));
    let style = n / 2;
    newsroom.write(&format!("app/assets/app-{n}.wasm"), format!("wasm {n}"));
    newsroom.write(&format!("app/assets/boot-{n}.js"), format!("boot {n}"));
    newsroom.write(
        &format!("app/assets/style-{style}.css"),
        format!("style {style}"),
    );
    newsroom.write(
        "app/assets/assets.json",
        json!({
            "style": { "href": format!("assets/style-{style}.css") },
            "boot": { "href": format!("assets/boot-{n}.js") },
            "wasm": { "href": format!("assets/app-{n}.wasm") },
            "build": format!("build-{n}"),
        })
        .to_string(),
    );
    newsroom.write("app/version.json", format!("{{\"build\":\"build-{n}\"}}"));
}

/// Which builds' program files are in the built site.
fn programs(newsroom: &Newsroom) -> Vec<usize> {
    let built = newsroom.built();
    (0..20)
        .filter(|n| {
            let files = [
                (format!("assets/app-{n}.wasm"), format!("wasm {n}")),
                (format!("assets/boot-{n}.js"), format!("boot {n}")),
                (
                    format!("assets/style-{}.css", n / 2),
                    format!("style {}", n / 2),
                ),
            ];
            let there = files.iter().filter(|(path, bytes)| {
                built
                    .get(path)
                    .is_some_and(|found| found == bytes.as_bytes())
            });
            // A style is shared by two builds.
            there.count() == files.len()
        })
        .collect()
}

#[test]
fn the_program_files_of_the_last_ten_builds_stay_and_older_ones_go() {
    let newsroom = newsroom();
    for n in 0..12 {
        release(&newsroom, n);
        build(&newsroom).ends_with(0);
    }
    assert_eq!(programs(&newsroom), (2..12).collect::<Vec<_>>());
    let built = newsroom.built();
    for gone in [
        "assets/app-1.wasm",
        "assets/boot-0.js",
        "assets/style-0.css",
    ] {
        assert!(!built.contains_key(gone), "{gone}");
    }
    let list = newsroom.built_json("assets/assets.json");
    assert_eq!(list["boot"]["href"], "assets/boot-11.js");
    assert_eq!(list["earlier"].as_array().unwrap().len(), 9);
    assert_eq!(list["earlier"][0]["build"], "build-10");
    // Nothing is new, so nothing changes; and a memory that is lost loses no file.
    build(&newsroom).ends_with(0).says(&["0 changed files"]);
    let before = newsroom.built();
    newsroom
        .press(&[
            "build",
            "--fresh",
            "--into",
            newsroom.dist().to_str().unwrap(),
            "--app",
            newsroom.root().join("app").to_str().unwrap(),
        ])
        .ends_with(0);
    assert_eq!(newsroom.built(), before);
    // Only the site itself, restored into an empty checkout.
    std::fs::remove_dir_all(newsroom.root().join(".dist.press")).unwrap();
    release(&newsroom, 12);
    build(&newsroom).ends_with(0);
    assert_eq!(programs(&newsroom), (3..13).collect::<Vec<_>>());
}

#[test]
fn a_checkout_with_nothing_but_the_assets_of_the_site_before_keeps_them() {
    let newsroom = newsroom();
    release(&newsroom, 0);
    build(&newsroom).ends_with(0);
    let assets = newsroom.built();
    std::fs::remove_dir_all(newsroom.dist()).unwrap();
    std::fs::remove_dir_all(newsroom.root().join(".dist.press")).unwrap();
    for (path, bytes) in assets
        .iter()
        .filter(|(path, _)| path.starts_with("assets/"))
    {
        newsroom.write(&format!("dist/{path}"), bytes);
    }
    release(&newsroom, 1);
    build(&newsroom).ends_with(0);
    assert_eq!(programs(&newsroom), [0, 1]);
}

#[test]
fn an_installed_site_leads_to_the_saved_stories_where_readers_can_keep_some() {
    let newsroom = newsroom();
    let shortcuts = |language: &str| {
        build(&newsroom).ends_with(0);
        newsroom.built_json(&format!("{language}/manifest.json"))["shortcuts"].clone()
    };
    assert_eq!(
        shortcuts("en"),
        json!(null),
        "without a worker nothing is kept"
    );
    newsroom.write(
        "app/sw.js",
        "self.addEventListener('fetch', () => undefined);",
    );
    assert_eq!(
        shortcuts("en"),
        json!([{ "name": "Saved stories", "url": "./saved/" }])
    );
    assert_eq!(shortcuts("fr")[0]["name"], "Articles enregistrés");
    let file = newsroom.root().join("public/site.json");
    let mut site: serde_json::Value =
        serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    site["offline"] = json!("off");
    newsroom.write("public/site.json", site.to_string());
    assert_eq!(shortcuts("en"), json!(null), "the site does not want it");
}
