//! What archives, editors and their computers really hand in: each is told with its
//! file and the mend. The table in docs/press-rules.md has a line for each.

use serde_json::{Value, json};

use crate::bad_input::refused;
use crate::newsroom::{Newsroom, picture};

const FILE: &str = "public/articles/en/second.json";

fn with(change: Value) -> Newsroom {
    let newsroom = Newsroom::new();
    newsroom.story("en", "second", change);
    newsroom
}

fn paragraph(content: Value) -> Value {
    json!({ "body": [{ "type": "paragraph", "content": content }] })
}

fn pictured(change: Value) -> Newsroom {
    let mut image = picture("boat", &["boat.jpg"]);
    for (name, value) in change.as_object().unwrap() {
        image[name] = value.clone();
    }
    let newsroom = with(json!({ "body": [{ "type": "image", "image": image }] }));
    newsroom.media("boat.jpg");
    newsroom
}

fn filmed(change: Value) -> Newsroom {
    let mut film = json!({
        "title": "A film",
        "renditions": [{ "href": "/media/film.mp4", "contentType": "video/mp4", "width": 640, "height": 360 }],
        "tracks": [{ "kind": "captions", "language": "en", "label": "English", "href": "/media/en.vtt" }],
        "transcript": { "language": "en", "body": [{ "type": "paragraph", "content": "Water." }] },
    });
    for (name, value) in change.as_object().unwrap() {
        film[name] = value.clone();
    }
    let newsroom = with(json!({ "body": [{ "type": "video", "video": film }] }));
    newsroom.media("film.mp4");
    newsroom.media("en.vtt");
    newsroom
}

/// Each stops the build: kind, what is said, and the mend.
fn errors() -> Vec<(Newsroom, &'static str, &'static str, &'static str)> {
    let published = |date: Value| with(json!({ "datePublished": date }));
    let image_in = |href: &str| {
        let mut image = picture("boat", &["boat.jpg"]);
        image["renditions"][0]["href"] = json!(href);
        with(json!({ "body": [{ "type": "image", "image": image }] }))
    };
    let mut film_over_http = json!([{ "contentType": "video/mp4", "width": 640, "height": 360 }]);
    film_over_http[0]["href"] = json!("http://old.example/film.mp4");
    vec![
        (
            published(json!(1_189_012_345)),
            "broken-date",
            "found the number 1189012345",
            "If it counts seconds since 1970, write \"2007-09-05T17:12:25Z\".",
        ),
        (
            published(json!(1_189_012_345_678_u64)),
            "broken-date",
            "found the number 1189012345678",
            "If it counts milliseconds since 1970, write \"2007-09-05T17:12:25Z\".",
        ),
        (
            published(json!("1189012345")),
            "broken-date",
            "“1189012345” is not a date",
            "seconds since 1970, write \"2007-09-05T17:12:25Z\".",
        ),
        (
            published(json!(2003)),
            "broken-date",
            "found the number 2003",
            "Write it in quotes: \"2003\".",
        ),
        (
            published(json!("20101108")),
            "broken-date",
            "“20101108” is not a date",
            "Write 2010-11-08.",
        ),
        (
            published(json!("0000-00-00")),
            "broken-date",
            "“0000-00-00” is not a date",
            "A database writes this where nobody entered a date.",
        ),
        (
            published(json!("2010-00-00")),
            "broken-date",
            "“2010-00-00” is not a date",
            "only what is known: 2010-11-08, 2010-11 or 2010",
        ),
        (
            published(json!("2010-11-08T09:30:00")),
            "broken-date",
            "is not a date",
            "The offset is missing: write it behind the time (2010-11-08T09:30:00+08:00",
        ),
        (
            published(json!("Mon, 25 May 2020 10:00:00 +0200")),
            "broken-date",
            "is not a date",
            "Write 2020-05-25T10:00:00+02:00.",
        ),
        (
            published(json!("Mon, May 25 2020 10:00 EST")),
            "broken-date",
            "is not a date",
            "Write 2020-05-25.",
        ),
        (
            published(json!("WED,23 MAY 2012 02:23:01 UT")),
            "broken-date",
            "is not a date",
            "Write 2012-05-23T02:23:01Z.",
        ),
        (
            published(json!("25/05/2020")),
            "broken-date",
            "“25/05/2020” is not a date",
            "Write 2010-11-08T09:30:00+08:00 with its offset",
        ),
        (
            with(json!({ "language": "en_US" })),
            "broken-language",
            "“en_US” is not a language tag",
            "Write \"en-US\".",
        ),
        (
            with(json!({ "slug": "../first" })),
            "broken-slug",
            "“../first” cannot be part of an address",
            "none of / ? # % < > \\",
        ),
        (
            with(json!({ "slug": ".." })),
            "broken-slug",
            "“..” cannot be part of an address",
            "Use letters of any script",
        ),
        (
            image_in("data:image/png;base64,iVBORw0KGgo="),
            "unsafe-link",
            "“data:image/png;base64,iVBORw0KGgo=” is not an address",
            "Save it as a file in public/media/, and write its path: /media/…",
        ),
        (
            image_in("file:///C:/boat.jpg"),
            "unsafe-link",
            "is not an address that may become a link",
            "Put the file into public/media/",
        ),
        (
            image_in("http://old.example/boat.jpg"),
            "insecure-media",
            "“http://old.example/boat.jpg” is not encrypted",
            "Copy the file to public/media/ and write /media/…",
        ),
        (
            filmed(json!({ "renditions": film_over_http })),
            "insecure-media",
            "“http://old.example/film.mp4” is not encrypted",
            "or write https: if that address works too",
        ),
        (
            image_in("/media/two words.jpg"),
            "unsafe-link",
            "“/media/two words.jpg” is not an address",
            "Write each space as %20; better, give the file a name with hyphens",
        ),
        (
            pictured(json!({ "alt": " " })),
            "missing",
            "“alt” is empty, but the picture is not marked as decorative",
            "if nobody knows, leave “alt” out",
        ),
        (
            filmed(json!({ "duration": -1 })),
            "out-of-range",
            "a duration below 0",
            "Write the seconds it lasts",
        ),
        (
            with(paragraph(json!("x".repeat(2_100_000)))),
            "size",
            "the story has 2051 KB, more than the 2 MB a story may have",
            "divide a long document into several stories",
        ),
        (
            with(paragraph(json!("Sound \u{202e}dnuos"))),
            "bidi-control",
            "an invisible character that changes the order",
            "Remove the characters U+202A",
        ),
    ]
}

#[test]
fn what_readers_would_miss_stops_the_build_and_says_the_mend() {
    for (newsroom, kind, message, mend) in errors() {
        refused(&newsroom).says(&[FILE, kind, message, mend]);
    }
}

/// Each is built all the same: kind, what is said, and the mend.
fn warnings() -> Vec<(Newsroom, &'static str, &'static str, &'static str)> {
    vec![
        (
            with(json!({ "datePublished": "1970-01-01T00:00:00Z" })),
            "out-of-range",
            "1 January 1970 is what a computer writes when it knows no date",
            "Look the day up in the original",
        ),
        (
            filmed(json!({ "duration": 94_400 })),
            "out-of-range",
            "a duration of 26 hours",
            "If this counts milliseconds, write 94.4.",
        ),
        (
            with(json!({ "label": "War &amp; peace" })),
            "entity-in-text",
            "the text holds “&amp;”",
            "Write “&”.",
        ),
        (
            with(paragraph(
                json!(["It is ", { "text": "&quot;so&quot;", "marks": ["em"] }]),
            )),
            "entity-in-text",
            "the text holds “&quot;”",
            "Write “\"”.",
        ),
        (
            with(json!({ "headline": "The <em>second</em> story" })),
            "markup-in-text",
            "the text holds the tag “<em>”",
            "write a span",
        ),
        (
            with(paragraph(json!(
                "See <a href=\"https://a.example/\">there</a>."
            ))),
            "markup-in-text",
            "the text holds the tag “<a href=\"https://a.example/\">”",
            "for emphasis and links write a span",
        ),
        (
            with(json!({ "description": " What happened " })),
            "stray-space",
            "white space stands before and after the text",
            "Remove it.",
        ),
        (
            with(paragraph(
                json!(["It is ", { "text": "so \u{a0}very", "marks": ["em"] }]),
            )),
            "stray-space",
            "several no-break spaces stand in a row",
            "Write one space",
        ),
        (
            with(json!({ "label": "\u{feff}News" })),
            "broken-text",
            "the text holds U+FEFF",
            "Remove it",
        ),
        (
            with(paragraph(json!("She went to the cafe\u{301} again."))),
            "text-not-nfc",
            "letters of the text are written in pieces",
            "in the form NFC, here “café”",
        ),
        (
            with(paragraph(json!(GERMAN))),
            "other-language",
            "its text is in “de”",
            "Write \"language\": \"de\"",
        ),
        (
            with(
                json!({ "body": [{ "type": "unsupported", "kind": "wordpress/shortcode:poll", "text": "A poll" }] }),
            ),
            "unsupported",
            "the import could not turn “wordpress/shortcode:poll” into a block",
            "Write what it showed as blocks",
        ),
        (
            pictured(json!({ "rights": { "creditText": " " } })),
            "missing",
            "“creditText” is empty",
            "Fill it in, or leave the field out.",
        ),
        (
            pictured(json!({ "caption": "The last boat. PHOTO: L. Ellis" })),
            "credit-in-caption",
            "the caption holds a credit: “PHOTO: L. Ellis”",
            "Move it: \"rights\": { \"creditText\": \"PHOTO: L. Ellis\" }.",
        ),
        (
            pictured(
                json!({ "caption": "The boat (© L. Ellis)", "rights": { "creditText": "© L. Ellis" } }),
            ),
            "credit-in-caption",
            "the caption holds a credit: “© L. Ellis”",
            "“creditText” is printed there already",
        ),
        (
            with(
                json!({ "extensions": { "old": { "comments": [{ "from": "a.b@mail.example" }, "c@mail.example"] } } }),
            ),
            "private-address",
            "“a.b@mail.example” is published here, where no reader sees it, and 1 more in “extensions”",
            "Remove it: the whole file is public.",
        ),
        (
            with(
                json!({ "body": vec![json!({ "type": "paragraph", "content": "x".repeat(150_000) }); 2] }),
            ),
            "size",
            "the story has 293 KB: over a slow line readers wait for it",
            "divide a long document",
        ),
    ]
}

#[test]
fn what_readers_can_live_with_is_warned_of_with_the_mend_and_built() {
    for (newsroom, kind, message, mend) in warnings() {
        newsroom
            .check()
            .ends_with(0)
            .says(&[FILE, kind, message, mend, "0 errors, 1 warning"]);
        newsroom.build().ends_with(0);
        assert!(newsroom.dist().join("articles/en/second.json").is_file());
    }
}

#[test]
fn what_only_looks_like_a_mistake_is_not_told() {
    let newsroom = with(json!({
        "headline": "Q&A: is 1 < 2 & a<b?",
        "extensions": { "old": { "handle": "@desk", "html": "<p>&amp;" } },
        "body": [
            { "type": "paragraph", "content": ["Write ", { "text": "<b>&amp;</b>", "marks": ["code"] }, " for it"] },
            { "type": "paragraph", "content": "« Oui\u{a0}: 10\u{a0}000 \u{200f}می\u{200c}خواهم\u{a0}»" },
            { "type": "paragraph", "content": ["Ends in a link ", { "text": " to us", "href": "mailto:desk@gazette.example" }] },
            { "type": "image", "image": {
                "alt": "A photographer", "width": 4, "height": 3,
                "caption": "A photo of the boat: she took it by night. The picture won",
                "renditions": [{ "href": "/media/boat.jpg", "contentType": "image/jpeg" }],
            } },
        ],
    }));
    newsroom.media("boat.jpg");
    newsroom
        .check()
        .ends_with(0)
        .says(&["0 errors, 0 warnings"]);
}

#[test]
fn a_media_file_with_a_space_in_its_name_is_found_by_its_encoded_address() {
    let image = picture("boat", &["two%20words.jpg"]);
    let newsroom = with(json!({ "body": [{ "type": "image", "image": image }] }));
    newsroom.media("two words.jpg");
    newsroom.check().ends_with(0).says(&["0 errors"]);
}

#[test]
fn a_media_file_in_decomposed_letters_is_told_apart_from_a_missing_one() {
    let image = picture("boat", &["été.jpg"]);
    let newsroom = with(json!({ "body": [{ "type": "image", "image": image }] }));
    newsroom.media("e\u{301}te\u{301}.jpg");
    refused(&newsroom).says(&[
        FILE,
        "missing-media",
        "there is no file public/media/été.jpg",
        "its letters are composed in another way: rename it in the form NFC",
    ]);
}

/// The rules across files, each with a build that must leave the old site alone.
#[test]
fn what_two_files_disagree_on_stops_the_build() {
    let case = Newsroom::new();
    case.story("en", "First", json!({}));
    refused(&case).says(&[
        "public/articles/en/first.json",
        "repeated-slug",
        "is already that of public/articles/en/First.json",
        "Give one of the two another slug and file name",
    ]);

    let alias = Newsroom::new();
    alias.story("en", "second", json!({ "aliases": ["/en/stories/first/"] }));
    refused(&alias).says(&[
        FILE,
        "alias-is-live",
        "is the address of public/articles/en/first.json, which is still there",
        "Remove it from \"aliases\"",
    ]);

    let twice = Newsroom::new();
    for slug in ["second", "third"] {
        twice.story("en", slug, json!({ "aliases": ["/news/boat.html"] }));
    }
    refused(&twice).says(&[
        "public/articles/en/third.json",
        "repeated-alias",
        "already leads to public/articles/en/second.json",
        "Leave it with the one story its readers want.",
    ]);

    let circle = Newsroom::new();
    circle.story("en", "second", json!({ "aliases": ["/en/stories/third/"] }));
    circle.story("en", "third", json!({ "aliases": ["/en/stories/second/"] }));
    refused(&circle).says(&[
        FILE,
        "alias-loop",
        "claims the address of this story in turn",
        "a reader would be sent to and fro for ever",
    ]);

    let one_sided = Newsroom::new();
    one_sided.story(
        "en",
        "second",
        json!({ "translations": [{ "language": "fr", "href": "/fr/stories/bateau/" }] }),
    );
    one_sided.story("fr", "bateau", json!({}));
    refused(&one_sided).says(&[
        FILE,
        "one-sided-translation",
        "public/articles/fr/bateau.json does not name this story",
        "Add { \"language\": \"en\", \"href\": \"/en/stories/second/\" } to \"translations\" there.",
    ]);
}

const GERMAN: &str = "Am Morgen lag der Nebel noch über dem Wasser, und niemand im Dorf wusste, ob die Fähre kommen würde. Die Kinder warteten trotzdem am Steg, denn an diesem Tag sollte die neue Lehrerin eintreffen, von der seit Wochen alle sprachen. Erst gegen Mittag war ein Signal zu hören.";

#[test]
fn a_story_in_its_own_language_with_a_passage_in_another_is_not_suspected() {
    let newsroom = Newsroom::new();
    let english = "In the morning the fog still lay on the water, and nobody in the village knew whether the ferry would come. The children waited at the pier all the same, because the new teacher was to arrive that day, of whom everybody had been talking for weeks. Only towards noon a horn was heard.";
    let quoted = json!([english, { "text": GERMAN, "lang": "de" }]);
    newsroom.story(
        "en",
        "second",
        json!({ "body": [{ "type": "paragraph", "content": quoted }] }),
    );
    let short = json!({ "body": [{ "type": "paragraph", "content": "Die Fähre kam nicht." }] });
    newsroom.story("en", "third", short);
    newsroom.check().ends_with(0).does_not_say("other-language");
}

#[test]
fn topics_whose_ids_differ_only_in_capital_letters_are_refused() {
    let newsroom = Newsroom::new();
    for (slug, id) in [("second", "sea"), ("third", "Sea")] {
        let topics = json!({ "subjects": [{ "id": id, "name": "The sea" }] });
        newsroom.story("en", slug, topics);
    }
    newsroom.check().ends_with(1).says(&[
        "repeated-list",
        "differs only in capital letters from",
        "in the same way everywhere",
    ]);
}
