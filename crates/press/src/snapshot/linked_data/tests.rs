//! What linked data says of each kind of page.

use article::{Article, Language, Site};
use serde_json::{Value, json};

use super::{Page, Shows, graph, in_script};
use crate::base::Base;

const SITE: &str = r#"{
  "name": "The Gazette", "baseUrl": "https://news.example/repo/",
  "languages": ["en", "fr"], "defaultLanguage": "en",
  "editions": {"fr": {"name": "La Gazette"}},
  "publisher": {"name": "The desk", "logo": "/media/logo.png", "contact": "mailto:desk@news.example?subject=x"}
}"#;
const URL: &str = "https://news.example/repo/en/stories/boat/";

fn article(change: Value) -> Article {
    let mut fields = json!({
        "schemaVersion": "1.0",
        "id": "urn:test:boat",
        "slug": "boat",
        "language": "en",
        "headline": "The boat",
        "datePublished": "2003-11",
        "body": [{ "type": "paragraph", "content": "It sailed." }],
    });
    for (name, value) in change.as_object().unwrap() {
        fields[name] = value.clone();
    }
    Article::read_leniently(&fields.to_string())
        .unwrap()
        .article
}

fn written(shows: Shows<'_>) -> Value {
    let site = Site::read_leniently(SITE).unwrap();
    let published = Base::of(&site).unwrap();
    graph(&Page {
        site: &site,
        published: &published,
        language: &Language::new("en").unwrap(),
        url: URL,
        name: "The boat",
        description: Some("What became of it"),
        shows,
    })
}

/// The only node of a type.
#[track_caller]
fn node(graph: &Value, kind: &str) -> Value {
    let nodes = graph["@graph"].as_array().unwrap();
    let found: Vec<&Value> = nodes.iter().filter(|node| node["@type"] == kind).collect();
    assert_eq!(found.len(), 1, "one {kind} in {graph:#}");
    found[0].clone()
}

fn story(change: Value) -> Value {
    story_with(change, &[])
}

fn story_with(change: Value, alternates: &[(String, String)]) -> Value {
    let article = article(change);
    let graph = written(Shows::Story {
        article: &article,
        alternates,
    });
    node(&graph, "NewsArticle")
}

fn picture(name: &str) -> Value {
    json!({
        "id": name, "alt": "A hull", "caption": ["The ", { "text": "hull", "marks": ["em"] }],
        "digitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
        "rights": {
            "creditText": "Photo: The desk", "copyrightHolder": "The desk", "copyrightYear": 2003,
            "license": "https://licence.example/", "acquireLicensePage": "/en/pages/rights/",
        },
        "renditions": [
            { "href": format!("/media/{name}.avif"), "contentType": "image/avif", "width": 1280, "height": 800 },
            { "href": format!("/media/{name}.jpg"), "contentType": "image/jpeg", "width": 1280, "height": 800 },
        ],
    })
}

#[test]
fn a_truncated_date_stays_as_it_is_and_an_absent_one_absent() {
    let node = story(json!({}));
    assert_eq!(node["datePublished"], "2003-11");
    assert_eq!(node.get("dateModified"), None);
    let node = story(json!({ "dateModified": "2026-10-30T15:20:00+08:00" }));
    assert_eq!(node["dateModified"], "2026-10-30T15:20:00+08:00");
}

#[test]
fn a_headline_is_never_cut() {
    let long = "A ".repeat(60) + "boat";
    let node = story(json!({ "headline": long, "alternativeHeadline": "Boat" }));
    assert_eq!(
        (&node["headline"], &node["alternativeHeadline"]),
        (&json!("Boat"), &json!(long))
    );
    let node = story(json!({ "headline": long }));
    assert_eq!(node["headline"], json!(long));
    let node = story(
        json!({ "headline": ["The ", { "text": "boat", "marks": ["em"] }], "alternativeHeadline": "Boat" }),
    );
    assert_eq!(node["headline"], "The boat");
    assert_eq!(node["alternativeHeadline"], "Boat");
    let node = story(json!({ "alternativeHeadline": "The boat" }));
    assert_eq!(node.get("alternativeHeadline"), None);
}

#[test]
fn people_stand_under_what_they_did_and_have_an_address_only_if_they_have_one() {
    let node = story(json!({ "authors": [
        { "name": "The desk", "organization": true, "id": "desk", "jobTitle": "x" },
        { "name": "A. Person", "jobTitle": "Reporter", "href": "https://person.example/" },
        { "name": "B. Person", "role": "translator", "href": "mailto:b@person.example" },
        { "name": "C. Person", "role": "photographer" },
    ] }));
    assert_eq!(
        node["author"],
        json!([
            { "@type": "Organization", "name": "The desk" },
            { "@type": "Person", "name": "A. Person", "jobTitle": "Reporter", "url": "https://person.example/" },
        ])
    );
    assert_eq!(
        node["translator"],
        json!({ "@type": "Person", "name": "B. Person" })
    );
    assert_eq!(node["contributor"]["name"], "C. Person");
    assert_eq!(story(json!({ "byline": "By nobody" })).get("author"), None);
}

#[test]
fn a_picture_says_whose_it_is() {
    let node = story(json!({
        "leadMedia": { "type": "image", "image": picture("hull") },
        "body": [{ "type": "image", "image": {
            "id": "wreck", "contentWarning": "Wreckage", "renditions": picture("wreck")["renditions"],
        } }],
    }));
    assert_eq!(
        node["image"],
        json!({
            "@type": "ImageObject",
            "contentUrl": "https://news.example/repo/media/hull.jpg",
            "width": "1280 px",
            "height": "800 px",
            "caption": "The hull",
            "creditText": "Photo: The desk",
            "copyrightNotice": "© 2003 The desk",
            "copyrightYear": 2003,
            "license": "https://licence.example/",
            "acquireLicensePage": "https://news.example/repo/en/pages/rights/",
            "digitalSourceType": "https://schema.org/DigitalCaptureDigitalSource",
        })
    );
}

fn film(change: Value) -> Value {
    let mut fields = json!({
        "id": "launch", "title": "The launch", "caption": "It slides", "duration": 94.4,
        "contentCreated": "2003-10-30",
        "poster": picture("launch"),
        "renditions": [
            { "href": "/media/launch.m3u8", "contentType": "application/vnd.apple.mpegurl" },
            { "href": "/media/launch.mp4", "contentType": "video/mp4", "width": 640, "height": 360 },
        ],
        "transcript": { "language": "en", "body": [{ "type": "paragraph", "content": "There she goes." }] },
    });
    for (name, value) in change.as_object().unwrap() {
        fields[name] = value.clone();
    }
    json!({ "body": [{ "type": "video", "video": fields }] })
}

#[test]
fn a_film_that_plays_is_described_for_those_who_list_films() {
    assert_eq!(
        story(film(json!({})))["video"],
        json!({
            "@type": "VideoObject",
            "name": "The launch",
            "description": "It slides",
            "thumbnailUrl": "https://news.example/repo/media/launch.jpg",
            "uploadDate": "2003-11",
            "dateCreated": "2003-10-30",
            "duration": "PT1M34S",
            "contentUrl": "https://news.example/repo/media/launch.mp4",
            "encodingFormat": "video/mp4",
            "width": "640 px",
            "height": "360 px",
            "transcript": "There she goes.",
        })
    );
}

#[test]
fn a_film_that_nothing_plays_is_no_video_object() {
    for change in [
        json!({ "availability": "legacyOnly" }),
        json!({ "availability": "withdrawn" }),
        json!({ "renditions": [] }),
    ] {
        assert_eq!(story(film(change)).get("video"), None);
    }
}

#[test]
fn a_sound_is_told_as_a_sound_and_a_file_comes_before_a_stream() {
    let sound = |change: Value| {
        let mut fields = json!({
            "title": "The fog horn", "caption": "Every two minutes", "duration": 61,
            "rights": { "creditText": "Recorded by the desk" },
            "renditions": [
                { "href": "/media/fog.m3u8", "contentType": "application/vnd.apple.mpegurl" },
                { "href": "/media/fog.mp3", "contentType": "audio/mpeg" },
            ],
            "transcript": { "language": "en", "body": [{ "type": "paragraph", "content": "A low note." }] },
        });
        for (name, value) in change.as_object().unwrap() {
            fields[name] = value.clone();
        }
        story(
            json!({ "body": [{ "type": "aside", "body": [{ "type": "audio", "audio": fields }] }] }),
        )
    };
    assert_eq!(
        sound(json!({}))["audio"],
        json!({
            "@type": "AudioObject",
            "name": "The fog horn",
            "description": "Every two minutes",
            "uploadDate": "2003-11",
            "duration": "PT1M1S",
            "contentUrl": "https://news.example/repo/media/fog.mp3",
            "encodingFormat": "audio/mpeg",
            "transcript": "A low note.",
            "creditText": "Recorded by the desk",
        })
    );
    let gone = sound(json!({ "availability": "missing" }));
    assert_eq!(gone.get("audio"), None);
}

#[test]
fn an_author_with_a_page_on_the_site_is_named_with_its_full_address() {
    let node =
        story(json!({ "authors": [{ "name": "A. Person", "href": "/en/pages/a-person/" }] }));
    assert_eq!(
        node["author"]["url"],
        "https://news.example/repo/en/pages/a-person/"
    );
}

#[test]
fn a_long_transcript_stays_on_the_page() {
    let body = json!([{ "type": "paragraph", "content": "word ".repeat(400) }]);
    let node = story(film(
        json!({ "transcript": { "language": "en", "body": body } }),
    ));
    assert_eq!(node["video"].get("transcript"), None);
}

#[test]
fn corrections_are_told_and_updates_are_none() {
    let node = story(json!({ "corrections": [
        { "type": "correction", "datePublished": "2003-12", "text": "It was red." },
        { "type": "update", "datePublished": "2004", "text": "Still afloat." },
    ] }));
    assert_eq!(
        node["correction"],
        json!({ "@type": "CorrectionComment", "text": "It was red.", "datePublished": "2003-12" })
    );
}

#[test]
fn a_place_has_a_point_only_if_both_its_degrees_are_known() {
    let node = story(
        json!({ "locationCreated": { "name": "Beijing", "country": "CN", "latitude": 39.9, "longitude": 116.39 } }),
    );
    assert_eq!(
        node["contentLocation"],
        json!({
            "@type": "Place",
            "name": "Beijing",
            "address": { "@type": "PostalAddress", "addressCountry": "CN" },
            "geo": { "@type": "GeoCoordinates", "latitude": 39.9, "longitude": 116.39 },
        })
    );
    let node = story(json!({ "locationCreated": { "name": "Corrin", "latitude": 3 } }));
    assert_eq!(
        node["contentLocation"],
        json!({ "@type": "Place", "name": "Corrin" })
    );
}

fn alternates() -> Vec<(String, String)> {
    [
        ("en", URL),
        ("fr", "https://news.example/repo/fr/stories/bateau/"),
        ("ru", "https://other.example/ru/"),
        ("x-default", URL),
    ]
    .map(|(tag, url)| (tag.to_owned(), url.to_owned()))
    .to_vec()
}

#[test]
fn an_original_names_its_translations_and_a_translation_its_original() {
    let french = json!({
        "@type": "NewsArticle",
        "@id": "https://news.example/repo/fr/stories/bateau/#story",
        "url": "https://news.example/repo/fr/stories/bateau/",
        "inLanguage": "fr",
    });
    let russian =
        json!({ "@type": "NewsArticle", "url": "https://other.example/ru/", "inLanguage": "ru" });
    let node = story_with(json!({}), &alternates());
    assert_eq!(node["workTranslation"], json!([french, russian]));
    let translations = json!([
        { "language": "fr", "href": "/fr/stories/bateau/", "original": true },
        { "language": "ru", "href": "https://other.example/ru/" },
    ]);
    let node = story_with(json!({ "translations": translations }), &alternates());
    assert_eq!(node["translationOfWork"], french);
    assert_eq!(node.get("workTranslation"), None);
}

/// What is published is decided before; an article's own list also names others.
#[test]
fn a_translation_that_is_not_published_is_not_named() {
    let translations =
        json!([{ "language": "fr", "href": "/fr/stories/bateau/", "headline": "Le bateau" }]);
    let node = story(json!({ "translations": translations }));
    assert!(!node.to_string().contains("bateau"), "{node}");
}

#[test]
fn a_story_knows_its_section_topics_and_site() {
    let article = article(json!({
        "articleSection": "Coast",
        "dateline": "CORRIN, Monday",
        "subjects": [{ "id": "sea", "name": "The sea", "uri": "http://cv.iptc.org/newscodes/mediatopic/1" }],
        "source": { "system": "x/1", "archivedAt": "https://archive.example/x" },
    }));
    let graph = written(Shows::Story {
        article: &article,
        alternates: &[],
    });
    let story = node(&graph, "NewsArticle");
    for (name, value) in [
        ("@id", "https://news.example/repo/en/stories/boat/#story"),
        ("url", URL),
        ("articleSection", "Coast"),
        ("dateline", "CORRIN, Monday"),
        ("keywords", "The sea"),
        ("inLanguage", "en"),
        ("description", "What became of it"),
        ("archivedAt", "https://archive.example/x"),
    ] {
        assert_eq!(story[name], value, "{name}");
    }
    assert_eq!(
        story["about"]["sameAs"],
        "http://cv.iptc.org/newscodes/mediatopic/1"
    );
    assert_eq!(story["isAccessibleForFree"], true);
    assert_eq!(story["isPartOf"]["@id"], node(&graph, "WebSite")["@id"]);
    assert_eq!(
        story["publisher"]["@id"],
        node(&graph, "NewsMediaOrganization")["@id"]
    );
    assert_eq!(
        node(&graph, "BreadcrumbList")["itemListElement"],
        json!([
            { "@type": "ListItem", "position": 1, "name": "The Gazette", "item": "https://news.example/repo/en/" },
            { "@type": "ListItem", "position": 2, "name": "The boat", "item": URL },
        ])
    );
}

#[test]
fn a_story_at_home_elsewhere_says_where() {
    let node = story(json!({ "canonicalUrl": "https://home.example/boat" }));
    assert_eq!(node["url"], "https://home.example/boat");
    assert_eq!(node["mainEntityOfPage"], "https://home.example/boat");
}

#[test]
fn the_front_says_who_publishes_and_how_to_search() {
    let graph = written(Shows::Front {
        search: "https://news.example/repo/en/search/",
    });
    assert_eq!(
        node(&graph, "NewsMediaOrganization"),
        json!({
            "@type": "NewsMediaOrganization",
            "@id": "https://news.example/repo/#publisher",
            "name": "The desk",
            "url": "https://news.example/repo/",
            "logo": { "@type": "ImageObject", "url": "https://news.example/repo/media/logo.png" },
            "email": "desk@news.example",
        })
    );
    let site = node(&graph, "WebSite");
    assert_eq!(site["inLanguage"], json!(["en", "fr"]));
    assert_eq!(
        site["potentialAction"]["target"]["urlTemplate"],
        "https://news.example/repo/en/search/?q={search_term_string}"
    );
}

#[test]
fn photos_and_films_have_pages_that_belong_to_their_story() {
    let article = article(json!({
        "leadMedia": { "type": "image", "image": picture("hull") },
        "body": film(json!({}))["body"],
    }));
    let story = "https://news.example/repo/en/stories/whole/";
    let photo = written(Shows::Photo {
        article: &article,
        story,
        image: article.images()[0],
    });
    let image = node(&photo, "ImageObject");
    assert_eq!(image["representativeOfPage"], true);
    assert_eq!(image["creditText"], "Photo: The desk");
    assert_eq!(image["description"], "A hull");
    assert_eq!(image["isPartOf"]["@id"], format!("{story}#story"));
    let steps = &node(&photo, "BreadcrumbList")["itemListElement"];
    assert_eq!(steps[1]["item"], story);
    assert_eq!(steps[2]["item"], URL);
    let video = written(Shows::Video {
        article: &article,
        story,
        video: article.videos()[0],
    });
    assert_eq!(
        node(&video, "VideoObject")["isPartOf"]["@id"],
        format!("{story}#story")
    );
}

#[test]
fn a_standing_page_is_a_page_of_the_site() {
    let article = article(json!({ "headline": "About us" }));
    for (is_about, kind) in [(true, "AboutPage"), (false, "WebPage")] {
        let graph = written(Shows::Standing {
            article: &article,
            is_about,
        });
        let page = node(&graph, kind);
        assert_eq!(page["name"], "About us");
        assert_eq!(page.get("about").is_some(), is_about);
    }
}

#[test]
fn hostile_texts_cannot_leave_the_script_element_and_come_back_unchanged() {
    let hostile = "</script><script>alert(1)</script><!-- ]]> & \u{2028}\u{2029} \"\\";
    let article = article(json!({
        "headline": hostile,
        "description": hostile,
        "authors": [{ "name": hostile }],
        "subjects": [{ "id": "x", "name": hostile }],
        "corrections": [{ "type": "correction", "datePublished": "2003", "text": hostile }],
    }));
    let graph = written(Shows::Story {
        article: &article,
        alternates: &[],
    });
    let script = in_script(&graph);
    assert!(
        !script.contains(['<', '>', '&', '\u{2028}', '\u{2029}']),
        "{script}"
    );
    let read: Value = serde_json::from_str(&script).unwrap();
    assert_eq!(read, graph);
    assert_eq!(node(&read, "NewsArticle")["headline"], hostile);
}
