//! What every page says of itself to search engines and link previews.

use serde_json::{Value, json};

use crate::newsroom::{Newsroom, picture};
use crate::snapshots::{boat_with_film, build, html, newsroom};

/// The linked data of a page, read back; `None` if there is none.
fn linked_data(newsroom: &Newsroom, path: &str) -> Option<Value> {
    let page = html(newsroom, path);
    let (_, rest) = page.split_once("<script type=\"application/ld+json\">")?;
    let (text, rest) = rest.split_once("</script>").unwrap();
    assert!(!rest.contains("ld+json"), "two pieces of linked data");
    Some(serde_json::from_str(text).unwrap())
}

fn types(graph: &Value) -> Vec<&str> {
    let nodes = graph["@graph"].as_array().unwrap();
    nodes
        .iter()
        .map(|node| node["@type"].as_str().unwrap())
        .collect()
}

#[test]
fn each_kind_of_page_says_what_it_is() {
    let newsroom = newsroom();
    boat_with_film(&newsroom);
    newsroom.page("en", "about", json!({}));
    newsroom.page("en", "privacy", json!({}));
    newsroom.story("en", "gone", json!({ "pubStatus": "withheld" }));
    build(&newsroom).ends_with(0);
    for (path, expected) in [
        ("index.html", &["NewsMediaOrganization", "WebSite"][..]),
        ("fr/index.html", &["NewsMediaOrganization", "WebSite"]),
        (
            "en/stories/boat/index.html",
            &[
                "NewsArticle",
                "BreadcrumbList",
                "NewsMediaOrganization",
                "WebSite",
            ],
        ),
        (
            "en/stories/boat/photos/hull/index.html",
            &["ImageObject", "BreadcrumbList"],
        ),
        (
            "en/stories/boat/videos/launch/index.html",
            &["VideoObject", "BreadcrumbList"],
        ),
        (
            "en/pages/about/index.html",
            &[
                "AboutPage",
                "BreadcrumbList",
                "NewsMediaOrganization",
                "WebSite",
            ],
        ),
        (
            "en/pages/privacy/index.html",
            &[
                "WebPage",
                "BreadcrumbList",
                "NewsMediaOrganization",
                "WebSite",
            ],
        ),
    ] {
        let graph = linked_data(&newsroom, path).unwrap();
        assert_eq!(types(&graph), expected, "{path}");
    }
    for path in [
        "404.html",
        "en/search/index.html",
        "en/stories/gone/index.html",
    ] {
        assert_eq!(linked_data(&newsroom, path), None, "{path}");
    }
}

#[test]
fn a_hostile_headline_stays_a_headline() {
    let newsroom = newsroom();
    let hostile = "</script><script>alert(1)</script><!-- \u{2028} &lt; \"'";
    newsroom.story("en", "second", json!({ "headline": hostile }));
    build(&newsroom).ends_with(0);
    let path = "en/stories/second/index.html";
    assert!(!html(&newsroom, path).contains("<script>alert"));
    let graph = linked_data(&newsroom, path).unwrap();
    assert_eq!(graph["@graph"][0]["headline"], hostile);
}

#[test]
fn files_that_go_with_a_page_are_linked_when_they_are_there() {
    let newsroom = newsroom();
    newsroom.story(
        "en",
        "boat",
        json!({ "subjects": [{ "id": "sea", "name": "The sea" }] }),
    );
    let files = [
        ("en/atom.xml", "application/atom+xml"),
        ("en/topics/sea/feed.json", "application/feed+json"),
        ("en/opensearch.xml", "application/opensearchdescription+xml"),
        ("en/manifest.json", "rel=\"manifest\""),
    ];
    build(&newsroom).ends_with(0);
    let built = newsroom.built();
    let page = html(&newsroom, "en/stories/boat/index.html");
    for (path, kind) in files {
        let href = format!("href=\"../../../{path}\"");
        let is_linked = page
            .lines()
            .any(|line| line.contains(kind) && line.contains(&href));
        assert!(is_linked && built.contains_key(path), "{path}");
    }
    // Every address of this kind leads to a file.
    for (page, bytes) in built
        .iter()
        .filter(|(path, _)| path.ends_with("index.html"))
    {
        let text = String::from_utf8_lossy(bytes);
        let depth = page.matches('/').count();
        for line in text.lines().filter(|line| {
            line.contains("rel=\"alternate\" type") || line.contains("rel=\"manifest\"")
        }) {
            let href = line.split("href=\"").nth(1).unwrap();
            let href = href.split('"').next().unwrap();
            let path = href.replacen("../", "", depth);
            assert!(built.contains_key(&path), "{page} links to {path}");
        }
    }
}

/// The stories nobody may read, by a word that all their texts begin with, and the
/// slugs of their French translations, which anybody may.
const UNREADABLE: [(&str, &str); 4] = [
    ("embargoed", "matin"),
    ("upcoming", "midi"),
    ("withheld", "soir"),
    ("expired", "nuit"),
];

/// A word for every field of such a story.
fn secrets(word: &str, french: &str) -> Value {
    let media = format!("{word}-media.jpg");
    let mut image = picture(&format!("{word}-photo"), &[&media]);
    image["alt"] = json!(format!("{word}-alt"));
    image["caption"] = json!(format!("{word}-caption"));
    image["rights"] = json!({ "creditText": format!("{word}-credit") });
    json!({
        "label": format!("{word}-label"),
        "alternativeHeadline": format!("{word}-other"),
        "standfirst": format!("{word}-standfirst"),
        "description": format!("{word}-description"),
        "byline": format!("{word}-byline"),
        "authors": [{ "name": format!("{word}-author") }],
        "dateline": format!("{word}-dateline"),
        "articleSection": format!("{word}-section"),
        "subjects": [{ "id": format!("{word}-topic"), "name": format!("{word}-subject") }],
        "leadMedia": { "type": "image", "image": image },
        "body": [
            { "type": "paragraph", "content": format!("{word}-text") },
            { "type": "video", "video": {
                "id": format!("{word}-film"), "title": format!("{word}-title"),
                "caption": format!("{word}-film"), "availability": "missing",
            } },
        ],
        "corrections": [{ "type": "correction", "datePublished": "2026-01-02", "text": format!("{word}-mistake") }],
        "relatedLinks": [{ "href": "/en/stories/first/", "headline": format!("{word}-related") }],
        "rights": { "copyrightNotice": format!("{word}-rights") },
        "translations": [{ "language": "fr", "href": format!("/fr/stories/{french}/") }],
    })
}

/// Greps the whole built tree, whatever the format: lists, articles, pages, linked data.
#[test]
fn nothing_of_a_story_that_may_not_be_read_is_in_any_file() {
    let newsroom = newsroom();
    for (word, french) in UNREADABLE {
        newsroom.media(&format!("{word}-media.jpg"));
        let mut fields = secrets(word, french);
        let (name, value) = match word {
            "embargoed" => ("embargoedUntil", "2026-01-02"),
            "upcoming" => ("datePublished", "2026-01-02"),
            "withheld" => ("pubStatus", "withheld"),
            _ => ("expires", "2025-12-31"),
        };
        fields[name] = json!(value);
        newsroom.story("en", &format!("{word}-slug"), fields);
        let link = json!({ "href": format!("/en/stories/{word}-slug/"), "headline": format!("{word}-told") });
        let mut translation = link.clone();
        translation["language"] = json!("en");
        newsroom.story(
            "fr",
            french,
            json!({
                "translations": [translation],
                "relatedLinks": [link],
                "body": [
                    { "type": "relatedLink", "link": link },
                    { "type": "aside", "body": [
                        { "type": "paragraph", "content": "Beside it." },
                        { "type": "relatedLink", "link": link },
                    ] },
                    { "type": "paragraph", "content": "Open to all." },
                ],
            }),
        );
    }
    build(&newsroom).ends_with(0);
    // Before its time, a story is nowhere, not even as an address.
    newsroom.assert_nowhere("embargoed-");
    newsroom.assert_nowhere("upcoming-");
    // Of one that was taken back its address is left, and its headline, which
    // names the slug here. `withheld` alone is also the name of the state.
    let fields = |word: &str| {
        let text = secrets(word, "soir").to_string();
        let mut words: Vec<String> = text
            .split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-')
            .filter(|piece| piece.starts_with(&format!("{word}-")))
            .map(str::to_owned)
            .collect();
        words.sort();
        words.dedup();
        words
    };
    for word in ["withheld", "expired"] {
        let fields = fields(word);
        assert!(fields.len() > 20, "{fields:?}");
        for field in fields {
            newsroom.assert_nowhere(&field);
        }
        let page = html(&newsroom, &format!("en/stories/{word}-slug/index.html"));
        assert!(page.contains(&format!("The story called {word}-slug")));
    }
    // Nor do others point search engines at it.
    for (word, french) in UNREADABLE {
        let path = format!("fr/stories/{french}/index.html");
        let page = html(&newsroom, &path);
        assert!(!page.contains("rel=\"alternate\" hreflang"), "{path}");
        let graph = linked_data(&newsroom, &path).unwrap();
        assert!(
            !graph.to_string().contains(&format!("{word}-slug")),
            "{graph}"
        );
    }
}
