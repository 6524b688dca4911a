//! The rules that no file can keep alone.

use serde_json::json;

use crate::newsroom::Newsroom;

fn paragraph_with_link(href: &str) -> serde_json::Value {
    json!([{ "type": "paragraph", "content": ["See ", { "text": "this", "href": href }] }])
}

/// Two stories that name each other as translations, changed by the given lists.
fn translated(english: serde_json::Value, french: serde_json::Value) -> Newsroom {
    let newsroom = Newsroom::new();
    newsroom.story("en", "boat", json!({ "translations": english }));
    newsroom.story("fr", "bateau", json!({ "translations": french }));
    newsroom
}

fn to_french() -> serde_json::Value {
    json!({ "language": "fr", "href": "/fr/stories/bateau/" })
}

fn to_english() -> serde_json::Value {
    json!({ "language": "en", "href": "/en/stories/boat/" })
}

#[test]
fn a_file_is_called_as_its_slug() {
    let newsroom = Newsroom::new();
    newsroom.story("en", "boat", json!({ "slug": "boats" }));
    newsroom.check().ends_with(1).says(&[
        "public/articles/en/boat.json:",
        "the slug is “boats”, but the file is called “boat.json”",
        "help: Rename the file to “boats.json”, or write \"slug\": \"boat\".",
    ]);
}

#[test]
fn a_file_lies_in_the_folder_of_its_language() {
    let newsroom = Newsroom::new();
    newsroom.story("en", "boat", json!({ "language": "fr" }));
    newsroom.check().ends_with(1).says(&[
        "the language is “fr”, but the file lies in the folder “en”",
        "help: Move the file to public/articles/fr/, or write \"language\": \"en\".",
    ]);
}

#[test]
fn a_language_without_an_edition_is_refused() {
    let newsroom = Newsroom::new();
    newsroom.story("ru", "lodka", json!({}));
    newsroom.check().ends_with(1).says(&[
        "the site has no edition in the language “ru”",
        "help: Add it to \"languages\" in public/site.json, which has en, fr.",
    ]);
}

#[test]
fn a_slug_in_decomposed_letters_is_refused() {
    let newsroom = Newsroom::new();
    newsroom.story("fr", "e\u{301}te\u{301}", json!({}));
    newsroom
        .check()
        .ends_with(1)
        .says(&["is written in decomposed letters", "in the form NFC: “été”"]);
}

#[test]
fn a_file_name_in_decomposed_letters_is_refused() {
    let newsroom = Newsroom::new();
    newsroom.story("fr", "e\u{301}te\u{301}", json!({ "slug": "été" }));
    newsroom
        .check()
        .ends_with(1)
        .says(&["file-name", "Only the form of the letters differs"]);
}

#[test]
fn two_stories_with_one_slug_are_refused_even_if_the_case_differs() {
    let newsroom = Newsroom::new();
    newsroom.story("en", "First", json!({}));
    newsroom.check().ends_with(1).says(&[
        "public/articles/en/first.json:",
        "the slug “first” is already that of public/articles/en/First.json",
        "help: Give one of the two another slug",
    ]);
}

#[test]
fn an_id_is_never_used_twice() {
    let newsroom = Newsroom::new();
    newsroom.story(
        "en",
        "second",
        json!({ "id": "urn:test:articles:en:first" }),
    );
    newsroom.check().ends_with(1).says(&[
        "repeated-id",
        "is already that of public/articles/en/first.json",
    ]);
}

#[test]
fn an_alias_leads_to_one_story() {
    let newsroom = Newsroom::new();
    newsroom.story(
        "en",
        "second",
        json!({ "aliases": ["/?p=1", "/news/boat.html"] }),
    );
    newsroom.story(
        "en",
        "third",
        json!({ "aliases": ["/?p=2", "/news/boat.html"] }),
    );
    newsroom.check().ends_with(1).says(&[
        "the alias “/news/boat.html” already leads to public/articles/en/second.json",
        "1 error,",
    ]);
}

#[test]
fn an_alias_does_not_hide_a_live_story() {
    let newsroom = Newsroom::new();
    newsroom.story("en", "second", json!({ "aliases": ["/en/stories/first"] }));
    newsroom.check().ends_with(1).says(&[
        "alias-is-live",
        "is the address of public/articles/en/first.json, which is still there",
    ]);
}

#[test]
fn an_alias_does_not_lead_in_a_circle() {
    let newsroom = Newsroom::new();
    newsroom.story("en", "a", json!({ "aliases": ["/en/stories/b/"] }));
    newsroom.story("en", "b", json!({ "aliases": ["/en/stories/c/"] }));
    newsroom.story("en", "c", json!({ "aliases": ["/en/stories/a/"] }));
    newsroom.story("en", "d", json!({ "aliases": ["/en/stories/d/"] }));
    newsroom
        .check()
        .ends_with(1)
        .says(&["4 errors  alias-loop", "is the address of this very story"]);
}

#[test]
fn translations_that_name_each_other_pass() {
    let newsroom = translated(json!([to_french()]), json!([to_english()]));
    newsroom
        .check()
        .ends_with(0)
        .says(&["0 errors, 0 warnings"]);
}

#[test]
fn a_one_sided_translation_is_refused_with_what_to_add() {
    let newsroom = translated(json!([to_french()]), json!([]));
    newsroom.check().ends_with(1).says(&[
        "public/articles/en/boat.json:",
        "public/articles/fr/bateau.json does not name this story as its translation",
        "help: Add { \"language\": \"en\", \"href\": \"/en/stories/boat/\" } to \"translations\" there.",
    ]);
}

#[test]
fn a_translation_that_points_back_to_another_story_is_refused() {
    let newsroom = translated(
        json!([to_french()]),
        json!([{ "language": "en", "href": "/en/stories/first/" }]),
    );
    newsroom
        .check()
        .ends_with(1)
        .says(&["names “/en/stories/first/” as its translation into “en”, not this story"]);
}

#[test]
fn translations_agree_on_language_id_and_original() {
    let wrong = |translation: serde_json::Value, french: serde_json::Value, message: &str| {
        translated(json!([translation]), json!([french]))
            .check()
            .ends_with(1)
            .says(&[message]);
    };
    wrong(
        json!({ "language": "ar", "href": "/fr/stories/bateau/" }),
        to_english(),
        "is said to be in “ar”, but public/articles/fr/bateau.json is in “fr”",
    );
    wrong(
        json!({ "language": "fr", "href": "/fr/stories/bateau/", "id": "urn:other" }),
        to_english(),
        "is said to have the id “urn:other”",
    );
    wrong(
        json!({ "language": "fr", "href": "/fr/stories/bateau/", "original": true }),
        json!({ "language": "en", "href": "/en/stories/boat/", "original": true }),
        "each call the other the original",
    );
}

#[test]
fn a_translation_into_nothing_is_refused() {
    let newsroom = Newsroom::new();
    newsroom.story("en", "boat", json!({ "translations": [to_french()] }));
    newsroom.check().ends_with(1).says(&[
        "“/fr/stories/bateau/” leads to no story of this site",
        "There is no public/articles/fr/bateau.json.",
    ]);
}

#[test]
fn a_story_that_broke_off_is_not_blamed_for_what_was_lost() {
    let newsroom = Newsroom::new();
    newsroom.story("en", "boat", json!({ "translations": [to_french()] }));
    newsroom.write(
        "public/articles/fr/bateau.json",
        "{\"slug\": \"bateau\", \"language\": \"fr\", \"translations\": [",
    );
    newsroom
        .check()
        .ends_with(1)
        .says(&["1 error,"])
        .does_not_say("one-sided");
}

#[test]
fn a_link_to_no_story_is_refused_with_the_one_that_was_meant() {
    let newsroom = Newsroom::new();
    newsroom.story(
        "en",
        "second",
        json!({ "body": paragraph_with_link("/en/stories/frist/") }),
    );
    newsroom.check().ends_with(1).says(&[
        "public/articles/en/second.json:",
        "“/en/stories/frist/” leads to nothing on this site",
        "help: Did you mean /en/stories/first/?",
        "body[0].content[1].href",
    ]);
}

#[test]
fn links_are_found_wherever_they_stand() {
    let newsroom = Newsroom::new();
    let dead = |n: u8| format!("/en/stories/nowhere-at-all-{n}/");
    newsroom.story(
        "en",
        "second",
        json!({
            "standfirst": ["See ", { "text": "this", "href": dead(1) }],
            "relatedLinks": [{ "href": dead(2), "headline": "Related" }],
            "body": [
                { "type": "aside", "body": [
                    { "type": "relatedLink", "link": { "href": dead(3), "headline": "Inside" } },
                ] },
            ],
        }),
    );
    newsroom.write(
        "public/site.json",
        json!({
            "name": "The Test Gazette",
            "baseUrl": "https://gazette.example/",
            "languages": ["en", "fr"],
            "defaultLanguage": "en",
            "editions": { "en": {
                "nav": [{ "label": "About", "href": dead(4) }],
                "campaigns": [{ "label": "Campaign", "href": dead(5) }],
                "footer": [{ "label": "Privacy", "href": dead(6) }],
            } },
            "notice": { "id": "n", "text": { "en": "Hello" }, "href": { "en": dead(7) } },
        })
        .to_string(),
    );
    let run = newsroom.check();
    run.ends_with(1);
    for n in 1..=7 {
        run.says(&[&format!("“{}” leads to nothing", dead(n))]);
    }
}

#[test]
fn every_way_to_write_a_living_address_passes() {
    let newsroom = Newsroom::new();
    newsroom.page("en", "about", json!({}));
    newsroom.story("fr", "été", json!({}));
    newsroom.write("public/media/report.pdf", "");
    let hrefs = [
        "/",
        "/en/",
        "/fr",
        "/en/search/?q=boat",
        "/en/pages/about/",
        "/en/stories/first#top",
        "/fr/stories/%C3%A9t%C3%A9/",
        "/fr/stories/été/",
        "/media/report.pdf",
        "https://gazette.example/en/stories/first/",
        "https://elsewhere.example/en/stories/x/",
        "mailto:desk@gazette.example",
    ];
    let links: Vec<_> = hrefs
        .iter()
        .map(|href| json!({ "href": href, "headline": "A link" }))
        .collect();
    newsroom.story("en", "second", json!({ "relatedLinks": links }));
    newsroom.check().ends_with(0).says(&["0 errors"]);
}

#[test]
fn a_link_to_an_old_address_is_told_the_new_one() {
    let newsroom = Newsroom::new();
    newsroom.story("en", "boat", json!({ "aliases": ["/news/boat.html"] }));
    newsroom.story(
        "en",
        "second",
        json!({ "body": paragraph_with_link("/news/boat.html") }),
    );
    newsroom
        .check()
        .ends_with(1)
        .says(&["This is an old address; write /en/stories/boat/."]);
}

#[test]
fn a_link_to_a_picture_that_the_story_does_not_have_is_refused() {
    let newsroom = Newsroom::new();
    let body = paragraph_with_link("/en/stories/first/photos/boat/");
    newsroom.story("en", "second", json!({ "body": body }));
    newsroom
        .check()
        .ends_with(1)
        .says(&["public/articles/en/first.json has no picture with the id “boat”"]);
}

#[test]
fn media_on_another_site_are_refused() {
    let newsroom = Newsroom::new();
    let mut image = crate::newsroom::picture("boat", &["boat.jpg"]);
    let elsewhere = json!("https://elsewhere.example/boat.jpg");
    image["renditions"].as_array_mut().unwrap().truncate(1);
    image["renditions"][0]["href"] = elsewhere;
    newsroom.story(
        "en",
        "second",
        json!({ "body": [{ "type": "image", "image": image }] }),
    );
    newsroom
        .check()
        .ends_with(1)
        .says(&["lies on another site", "Copy the file to public/media/"]);
}

#[test]
fn text_tracks_and_posters_are_looked_for_too() {
    let newsroom = Newsroom::new();
    newsroom.media("film.mp4");
    let video = json!({
        "id": "film",
        "title": "A film",
        "renditions": [{ "href": "/media/film.mp4", "contentType": "video/mp4" }],
        "poster": crate::newsroom::picture("poster", &["stills/poster.jpg"]),
        "tracks": [{ "kind": "captions", "language": "en", "label": "English", "href": "/media/words/film.vtt" }],
    });
    newsroom.story(
        "en",
        "second",
        json!({ "body": [{ "type": "video", "video": video }] }),
    );
    newsroom.check().ends_with(1).says(&[
        "there is no file public/media/stills/poster.jpg",
        "there is no file public/media/words/film.vtt",
        "2 errors  missing-media",
    ]);
}

#[test]
fn a_story_dated_years_ahead_is_asked_about_and_one_under_embargo_is_not() {
    let newsroom = Newsroom::new();
    newsroom.story("en", "slip", json!({ "datePublished": "2062-03-04" }));
    newsroom.check().ends_with(0).says(&[
        "public/articles/en/slip.json:",
        "dated 2062-03-04, more than two years after 2026-01-01",
        "write the right year",
        "\"embargoedUntil\": \"2062-03-04\"",
        "1 warning",
    ]);
    let answer = newsroom.press(&["check", "--format", "json"]).said;
    let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
    let finding = &answer["findings"][0];
    assert_eq!(finding["kind"], "far-future");
    assert!(finding["line"].as_u64().unwrap() > 1, "{finding}");
    // At that moment it is news.
    newsroom
        .press(&["check", "--as-of", "2060-06-01"])
        .ends_with(0)
        .does_not_say("far-future");
    newsroom.story(
        "en",
        "slip",
        json!({ "datePublished": "2062-03-04", "embargoedUntil": "2062-03-04" }),
    );
    newsroom.story("en", "soon", json!({ "datePublished": "2027-12-31" }));
    newsroom
        .check()
        .ends_with(0)
        .does_not_say("more than two years");
}
