//! The part of the address that names a story.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use article::Slug;

const GOOD: &[&str] = &[
    "a",
    "night-ferry-returns",
    "2010-11-08",
    "Night_Ferry.v2",
    "عودة-العبارة-الليلية",
    "北京-会议",
    "возвращение-парома",
    "café",
    // Persian and Hindi need the joiners.
    "می\u{200c}خواهم",
    "क्\u{200d}ष",
    "a:b",
    "a&b=c",
    "...",
    "-",
    "~",
];

const BAD: &[&str] = &[
    "",
    " ",
    ".",
    "..",
    "a b",
    "a\tb",
    "a\nb",
    "a\u{a0}b",
    "a\u{3000}b",
    "a\u{2028}b",
    "a/b",
    "/a",
    "a\\b",
    "a?b",
    "a#b",
    "a%20b",
    "%ce%b5",
    "<b>",
    "a>b",
    "a\u{0}b",
    "a\u{7f}b",
    "a\u{85}b",
    "a\u{202e}b",
    "a\u{2066}b",
    "a\u{200b}b",
    "a\u{200e}b",
    "a\u{2060}b",
    "a\u{ad}b",
    "\u{feff}a",
    "a\u{e0041}",
];

#[test]
fn good_slugs_are_kept_as_written() {
    for slug in GOOD {
        assert_eq!(Slug::new(slug).as_ref().map(Slug::as_str), Some(*slug));
    }
}

#[test]
fn what_cannot_be_part_of_an_address_is_no_slug() {
    for slug in BAD {
        assert_eq!(Slug::new(slug), None, "{slug:?}");
    }
}

#[test]
fn a_slug_has_at_most_120_characters_of_any_script() {
    assert!(Slug::new(&"中".repeat(120)).is_some());
    assert!(Slug::new(&"a".repeat(121)).is_none());
}
