//! Languages: their tags, their direction, and how fast they are read.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use article::site::PerLanguage;
use article::{Article, Direction, Language};

fn language(tag: &str) -> Language {
    Language::new(tag).unwrap_or_else(|| panic!("{tag}"))
}

#[test]
fn tags_of_the_shape_of_rfc_5646_are_languages() {
    for tag in [
        "en",
        "en-GB",
        "zh-Hans",
        "zh-Hant-HK",
        "ckb",
        "es-419",
        "sl-rozaj-biske",
        "de-CH-1901",
        "ar-u-nu-latn",
        "EN",
        "und",
    ] {
        assert_eq!(language(tag).as_str(), tag);
    }
}

#[test]
fn anything_else_is_none() {
    for tag in [
        "",
        "e",
        "english",
        "en_GB",
        "en-",
        "-en",
        "en--GB",
        "en GB",
        "en-toolongsubtag",
        "日本語",
        "e1",
        "12",
        "x-klingon",
        "en\n",
    ] {
        assert_eq!(Language::new(tag), None, "{tag:?}");
    }
}

#[test]
fn the_direction_is_that_of_the_script() {
    for tag in [
        "ar",
        "AR",
        "ar-EG",
        "fa",
        "he",
        "iw",
        "ur-IN",
        "ps",
        "ckb",
        "dv",
        "yi",
        "ug",
        "az-Arab",
        "uz-arab-AF",
        "pa-Arab",
        "pa-PK",
        "uz-AF",
        "ku-IQ",
        "kk-CN",
        "ff-Adlm",
        "ar-u-nu-latn",
        "ar-EG-u-nu-latn",
        "ar-x-latn",
        "arc-Syrc",
        "en-Hebr",
    ] {
        assert_eq!(language(tag).direction(), Direction::Rtl, "{tag}");
    }
    for tag in [
        "en",
        "zh-Hans",
        "ru",
        "az",
        "uz",
        "pa",
        "pa-IN",
        "ku",
        "ku-TR",
        "ar-Latn",
        "fa-Latn-IR",
        "ug-Cyrl",
        "und",
        "en-u-nu-arab",
    ] {
        assert_eq!(language(tag).direction(), Direction::Ltr, "{tag}");
    }
}

#[test]
fn a_story_runs_as_its_language_does_unless_it_says_otherwise() {
    let direction = |more: &str| {
        Article::read_leniently(&format!("{{{more}}}"))
            .unwrap()
            .article
            .direction()
    };
    assert_eq!(direction(r#""language": "ar""#), Direction::Rtl);
    assert_eq!(direction(r#""language": "fr""#), Direction::Ltr);
    assert_eq!(
        direction(r#""language": "ar", "dir": "ltr""#),
        Direction::Ltr
    );
    assert_eq!(
        direction(r#""language": "fr", "dir": "auto""#),
        Direction::Auto
    );
    assert_eq!(
        direction(r#""language": "fr", "dir": "sideways""#),
        Direction::Ltr
    );
    assert_eq!(direction(r#""language": 7"#), Direction::Ltr);
}

/// Trauzettel-Klosinski and Dietz 2012: characters a minute.
#[test]
fn six_languages_have_their_own_speed_and_the_others_that_of_english() {
    for (tag, speed) in [
        ("en", 987),
        ("en-GB", 987),
        ("fr", 998),
        ("es-419", 1025),
        ("ru", 986),
        ("ar", 612),
        ("AR", 612),
        ("zh-Hans", 255),
        ("zh", 255),
        ("sw", 987),
        ("und", 987),
    ] {
        assert_eq!(language(tag).characters_per_minute(), speed, "{tag}");
    }
}

#[test]
fn a_story_takes_as_many_whole_minutes_as_its_characters_need() {
    let minutes = |tag: &str, characters: usize| {
        let text = "中".repeat(characters);
        let story = format!(
            r#"{{"language": "{tag}", "body": [{{"type": "paragraph", "content": "{text}"}}]}}"#
        );
        Article::read_leniently(&story)
            .unwrap()
            .article
            .reading_minutes()
    };
    for (tag, speed) in [
        ("en", 987),
        ("fr", 998),
        ("es", 1025),
        ("ru", 986),
        ("ar", 612),
        ("zh", 255),
    ] {
        assert_eq!(minutes(tag, 0), 1, "{tag}");
        assert_eq!(minutes(tag, speed), 1, "{tag}");
        assert_eq!(minutes(tag, speed + 1), 2, "{tag}");
        assert_eq!(minutes(tag, speed * 12), 12, "{tag}");
    }
}

#[test]
fn everything_that_is_read_counts_and_nothing_else() {
    let ten = "0123456789";
    let blocks = [
        r#"{"type": "paragraph", "content": ["01234", {"text": "56789", "marks": ["em"]}]}"#.to_owned(),
        format!(r#"{{"type": "heading", "level": 2, "content": "{ten}"}}"#),
        r#"{"type": "list", "items": [{"content": "01234", "items": [{"content": "56789"}]}]}"#.to_owned(),
        r#"{"type": "quote", "content": ["01234", "56789"]}"#.to_owned(),
        format!(r#"{{"type": "image", "image": {{"alt": "never counted", "caption": "{ten}"}}}}"#),
        r#"{"type": "gallery", "caption": "01", "images": [{"caption": "234"}, {"caption": "56789"}]}"#.to_owned(),
        format!(r#"{{"type": "video", "video": {{"title": "not counted", "caption": "{ten}", "transcript": {{"language": "en", "body": [{{"type": "paragraph", "content": "not counted"}}]}}}}}}"#),
        format!(r#"{{"type": "audio", "audio": {{"caption": "{ten}"}}}}"#),
        r#"{"type": "embed", "href": "/a", "caption": "01234", "fallback": "56789"}"#.to_owned(),
        r#"{"type": "table", "caption": "01234", "rows": [["5", "6"], ["7", "89"]]}"#.to_owned(),
        r#"{"type": "aside", "title": "01234", "body": [{"type": "paragraph", "content": "56789"}]}"#.to_owned(),
        format!(r#"{{"type": "unsupported", "kind": "a", "text": "{ten}"}}"#),
        format!(r#"{{"type": "future", "text": "{ten}"}}"#),
    ];
    for block in &blocks {
        // 245 and 10 are one minute of Chinese, 246 and 10 are two.
        for (more, minutes) in [(245, 1), (246, 2)] {
            let story = format!(
                r#"{{"language": "zh", "headline": "{}", "body": [{block}]}}"#,
                "中".repeat(more)
            );
            let article = Article::read_leniently(&story).unwrap().article;
            assert_eq!(article.reading_minutes(), minutes, "{block}");
        }
    }
}

#[test]
fn a_value_for_a_language_is_found_whatever_its_case_and_region() {
    let names = PerLanguage(vec![
        (language("pt-BR"), 1),
        (language("pt"), 2),
        (language("zh-Hans"), 3),
    ]);
    for (tag, value) in [
        ("pt-BR", Some(&1)),
        ("PT-br", Some(&1)),
        ("pt", Some(&2)),
        ("pt-PT", Some(&1)),
        ("zh", Some(&3)),
        ("fr", None),
    ] {
        assert_eq!(names.get(&language(tag)), value, "{tag}");
    }
}
