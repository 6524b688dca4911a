//! Snapshots: dates and numbers as browsers print them, and nothing of the content
//! that could leave its place in the page.

use article::{Date, Language};
use dateline::platform::intl;
use dateline::route::Route;
use dateline::snapshot::{Page, Request, render};

mod fixture {
    include!("../fixtures/intl.rs");
}

const SITE: &str = r#"{"name":"Test","languages":["en","ar"],"defaultLanguage":"en"}"#;
const WORDS: &str = include_str!("../../src/i18n/en.json");

fn language(tag: &str) -> Language {
    Language::new(tag).unwrap()
}

fn story(article: &str) -> Page {
    let route = Route::Story {
        lang: language("en"),
        slug: "a".into(),
    };
    render(&Request {
        route,
        site: SITE,
        messages: WORDS,
        content: Some(article),
        base: "../../../",
    })
    .unwrap()
}

#[test]
fn dates_are_written_as_browsers_write_them() {
    for (tag, date, expected) in fixture::DATES {
        assert_eq!(
            intl::format_date(&language(tag), &Date::parse(date).unwrap()),
            *expected,
            "{tag} {date}"
        );
    }
}

#[test]
fn numbers_are_written_as_browsers_write_them() {
    for (tag, number, expected) in fixture::NUMBERS {
        assert_eq!(
            intl::format_number(&language(tag), *number),
            *expected,
            "{tag} {number}"
        );
    }
}

#[test]
fn plurals_are_those_of_browsers() {
    for (tag, number, expected) in fixture::PLURALS {
        assert_eq!(
            intl::plural_category(&language(tag), *number),
            *expected,
            "{tag} {number}"
        );
    }
}

#[test]
fn content_cannot_end_the_script_element_it_is_embedded_in() {
    let page = story(
        r#"{"headline":"</script><script>alert(1)</script>","body":[{"type":"paragraph","content":"<!--"}]}"#,
    );
    assert!(!page.data.contains('<'), "{}", page.data);
    assert!(!page.html.contains("<script"), "{}", page.html);
    assert!(page.html.contains("&lt;/script&gt;"));
}

#[test]
fn a_link_that_is_not_safe_keeps_its_text_and_is_no_link() {
    let page = story(
        r#"{"headline":"H","body":[{"type":"paragraph","content":[{"text":"press me","href":"javascript:alert(1)"}]}]}"#,
    );
    assert!(page.html.contains("<p>press me</p>"), "{}", page.html);
    assert!(!page.html.contains("javascript:"));
}

#[test]
fn a_snapshot_holds_no_style_attribute_and_no_inline_script() {
    let page = story(include_str!(
        "../../public/articles/en/the-tide-keepers-of-corrin.json"
    ));
    assert!(
        !page.html.contains(" style=")
            && !page.html.contains("<script")
            && !page.html.contains("<style")
    );
}

#[test]
fn links_of_a_snapshot_are_relative_to_its_place_so_that_a_site_can_be_moved() {
    let page = story(
        r#"{"headline":"H","body":[{"type":"paragraph","content":[{"text":"on","href":"/en/stories/b/"}]}]}"#,
    );
    assert!(
        page.html.contains("href=\"../../../en/stories/b/\""),
        "{}",
        page.html
    );
    assert!(!page.html.contains("href=\"/"), "{}", page.html);
}

#[test]
fn an_arabic_month_has_both_its_names() {
    let route = Route::Story {
        lang: language("ar"),
        slug: "a".into(),
    };
    let words = include_str!("../../src/i18n/ar.json");
    let article = r#"{"headline":"H","language":"ar","datePublished":"2010-11-08","body":[]}"#;
    let page = render(&Request {
        route,
        site: SITE,
        messages: words,
        content: Some(article),
        base: "/",
    })
    .unwrap();
    assert!(
        page.html.contains("8 تشرين الثاني/نوفمبر 2010"),
        "{}",
        page.html
    );
    assert_eq!(page.direction, "rtl");
}

#[test]
fn a_withheld_story_shows_its_headline_and_nothing_else() {
    let page = story(
        r#"{"headline":"H","pubStatus":"withheld","standfirst":"S","body":[{"type":"paragraph","content":"secret"}]}"#,
    );
    assert!(!page.html.contains("secret"));
    assert!(page.html.contains("withheld by its publisher"));
}

/// A picture in two widths, as JSON.
fn picture(name: &str) -> String {
    format!(
        r##"{{"alt":"A","placeholder":"#a1b2c3","renditions":[{{"href":"/media/{name}-480.avif","contentType":"image/avif","width":480}},{{"href":"/media/{name}-960.webp","contentType":"image/webp","width":960}}]}}"##
    )
}

fn led_by(lead: &str) -> Page {
    story(&format!(
        r#"{{"headline":"H","leadMedia":{lead},"body":[{{"type":"paragraph","content":"x"}}]}}"#
    ))
}

#[test]
fn the_first_picture_of_a_gallery_that_leads_is_preloaded_and_not_lazy() {
    let (first, second) = (picture("a"), picture("b"));
    let page = led_by(&format!(
        r#"{{"type":"gallery","images":[{first},{second}]}}"#
    ));
    let (srcset, sizes, kind) = page.preload_image.unwrap();
    assert_eq!(srcset, "../../../media/a-480.avif 480w");
    assert_eq!(kind, "image/avif");
    // As the view writes them, or the browser would load two.
    assert!(
        page.html
            .contains(&format!("srcset=\"{srcset}\" sizes=\"{sizes}\""))
    );
    assert_eq!(page.html.matches("loading=\"lazy\"").count(), 1);
    assert_eq!(page.html.matches("fetchpriority=\"high\"").count(), 1);
}

#[test]
fn the_poster_of_a_film_that_leads_is_preloaded_by_the_address_the_player_has() {
    let film = |more: &str| {
        let poster = picture("p");
        led_by(&format!(
            r#"{{"type":"video","video":{{"id":"f","title":"F","poster":{poster}{more}}}}}"#
        ))
    };
    let page = film(r#","renditions":[{"href":"/media/f.mp4","contentType":"video/mp4"}]"#);
    let (address, sizes, kind) = page.preload_image.unwrap();
    assert_eq!((address.as_str(), sizes), ("../../../media/p-960.webp", ""));
    assert_eq!(kind, "image/webp");
    assert!(page.html.contains(&format!("poster=\"{address}\"")));
    // A film that plays no more shows its poster as a picture.
    let page = film(r#","availability":"legacyOnly""#);
    let (srcset, sizes, _) = page.preload_image.unwrap();
    assert!(
        page.html
            .contains(&format!("srcset=\"{srcset}\" sizes=\"{sizes}\""))
    );
    assert!(!page.html.contains("loading=\"lazy\""));
}

#[test]
fn a_picture_has_its_colour_behind_it_and_no_style_attribute() {
    let page = led_by(&format!(r#"{{"type":"image","image":{}}}"#, picture("a")));
    assert!(
        page.html
            .contains("<svg aria-hidden=\"true\" color=\"#a1b2c3\"></svg><picture>"),
        "{}",
        page.html
    );
    assert!(!page.html.contains("style="));
    let odd = picture("a").replace("#a1b2c3", "url(https://x.example/)");
    let page = led_by(&format!(r#"{{"type":"image","image":{odd}}}"#));
    assert!(!page.html.contains("x.example"), "{}", page.html);
}

/// A picture in files of these widths, with more said of it.
fn image(more: &str) -> String {
    let files: Vec<String> = [480, 960, 1920, 3840]
        .iter()
        .map(|width| {
            let height = width * 2 / 3;
            format!(
                r#"{{"href":"/media/a/{width}.jpg","contentType":"image/jpeg","width":{width},"height":{height}}}"#
            )
        })
        .collect();
    format!(
        r#"{{"type":"image","image":{{"id":"a","caption":"Below it",{more}"renditions":[{}]}}}}"#,
        files.join(",")
    )
}

#[test]
fn a_picture_has_a_size_and_no_file_larger_than_its_place_can_show() {
    let page = story(&format!(
        r#"{{"slug":"a","body":[{}]}}"#,
        image(r#""alt":"A","width":1920,"#)
    ));
    assert!(
        page.html.contains("width=\"960\" height=\"640\""),
        "{}",
        page.html
    );
    assert!(page.html.contains("1920.jpg 1920w"), "{}", page.html);
    assert!(!page.html.contains("3840"), "{}", page.html);
}

#[test]
fn the_first_picture_is_fetched_at_once_and_the_others_when_they_come_near() {
    let body = [image(""), image(""), image("")].join(",");
    let html = story(&format!(r#"{{"slug":"a","body":[{body}]}}"#)).html;
    assert_eq!(html.matches("fetchpriority=\"high\"").count(), 1);
    assert_eq!(html.matches("loading=\"lazy\"").count(), 2);
    let first = html.find("fetchpriority").unwrap();
    assert!(first < html.find("loading=\"lazy\"").unwrap());
    let lead = image("");
    let html = story(&format!(
        r#"{{"slug":"a","leadMedia":{lead},"body":[{body}]}}"#
    ))
    .html;
    assert_eq!(html.matches("fetchpriority=\"high\"").count(), 1);
}

#[test]
fn where_nobody_described_a_picture_that_is_said_and_where_its_file_is_missing_its_words_stand() {
    let html = story(&format!(r#"{{"slug":"a","body":[{}]}}"#, image(""))).html;
    assert!(html.contains("No description was recorded"), "{html}");
    let gone = r#"{"type":"image","image":{"alt":"A quay","caption":"Below it","renditions":[]}}"#;
    let html = story(&format!(r#"{{"slug":"a","body":[{gone}]}}"#)).html;
    for words in ["not available", "A quay", "Below it"] {
        assert!(html.contains(words), "no {words} in {html}");
    }
}

#[test]
fn what_carries_a_warning_is_covered_and_never_fetched_ahead() {
    let warned = image(r#""alt":"A","contentWarning":"A wreck","#);
    let whole = format!(
        r#"{{"slug":"a","contentWarning":"A wreck","leadMedia":{},"body":[]}}"#,
        image("")
    );
    for article in [
        format!(r#"{{"slug":"a","leadMedia":{warned},"body":[]}}"#),
        whole,
    ] {
        let page = story(&article);
        let html = page.html;
        let cover = html.find("<details class=\"cover\"><summary>").unwrap();
        assert!(cover < html.find("<picture>").unwrap());
        assert!(
            html.contains("A wreck") && !html.contains("fetchpriority"),
            "{html}"
        );
        assert!(page.preload_image.is_none());
    }
}
