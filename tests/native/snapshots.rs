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
