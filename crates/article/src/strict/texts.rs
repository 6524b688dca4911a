//! What was left in the words when they were copied: spaces around them, HTML, and
//! character references that were turned into text once too often.
//!
//! A story holds no HTML, so whatever looks like it is printed as it stands. All of
//! this is only warned of: a story about HTML has every right to hold some (marked
//! as `code` it is not even warned of).

use super::observer::Ear;
use crate::json::{Kind, Span, Value};
use crate::read::Code;

/// Fields that hold words. Any other may hold an address or a name for machines, and
/// one that the format does not know has been told as such.
const WORDS: &[&str] = &[
    "alt",
    "alternativeHeadline",
    "articleSection",
    "attribution",
    "byline",
    "caption",
    "content",
    "contentWarning",
    "copyrightHolder",
    "copyrightNotice",
    "creditText",
    "dateline",
    "description",
    "fallback",
    "genre",
    "headline",
    "jobTitle",
    "label",
    "longDescription",
    "name",
    "rows",
    "standfirst",
    "tagline",
    "text",
    "title",
    "usageTerms",
];

/// Somebody else's data.
const FOREIGN: &[&str] = &["extensions", "source"];

pub(super) fn check(root: &Value<'_>, ear: &mut Ear) {
    look(root, false, ear);
}

fn look(value: &Value<'_>, is_words: bool, ear: &mut Ear) {
    match &value.kind {
        Kind::String(text) if is_words => {
            edges(Some((text, value.span)), Some((text, value.span)), ear);
            words(text, value.span, ear);
        }
        Kind::Array(items) if is_words && items.iter().any(is_piece) => passage(items, ear),
        Kind::Array(items) => {
            for item in items {
                look(item, is_words, ear);
            }
        }
        Kind::Object(members) => {
            // `"text": {"en": "…"}` of a notice: whatever the language, these are words.
            let is_per_language = is_words && !is_span(value);
            for member in members {
                let name = member.name.as_ref();
                if !FOREIGN.contains(&name) {
                    look(&member.value, is_per_language || WORDS.contains(&name), ear);
                }
            }
        }
        Kind::String(_) | Kind::Null | Kind::Bool(_) | Kind::Number(_) => {}
    }
}

fn is_span(value: &Value<'_>) -> bool {
    value
        .get("text")
        .is_some_and(|text| text.as_str().is_some())
        && value.get("type").is_none()
}

/// A piece of a rich text. The rows of a table and the paragraphs of a quote look the
/// same where none of them has a span; then their inner edges are let be.
fn is_piece(value: &Value<'_>) -> bool {
    value.as_str().is_some() || is_span(value)
}

/// A rich text: its pieces may begin and end with a space, the whole should not.
fn passage(items: &[Value<'_>], ear: &mut Ear) {
    let text = |item: &Value<'_>| {
        let value = item.get("text").unwrap_or(item);
        value.as_str().map(|text| (text.to_owned(), value.span))
    };
    let first = items.first().and_then(text);
    let last = items.last().and_then(text);
    edges(
        first.as_ref().map(|(text, span)| (text.as_str(), *span)),
        last.as_ref().map(|(text, span)| (text.as_str(), *span)),
        ear,
    );
    for item in items {
        let is_code = item.get("marks").is_some_and(|marks| {
            matches!(&marks.kind, Kind::Array(marks) if marks.iter().any(|mark| mark.as_str() == Some("code")))
        });
        match text(item) {
            Some((text, span)) if !is_code => words(&text, span, ear),
            Some(_) => {}
            None => look(item, true, ear),
        }
    }
}

/// Spaces before the first letter and after the last. A text of nothing but spaces
/// has rules of its own.
fn edges(first: Option<(&str, Span)>, last: Option<(&str, Span)>, ear: &mut Ear) {
    let before =
        first.filter(|(text, _)| !text.trim().is_empty() && text.starts_with(char::is_whitespace));
    let after =
        last.filter(|(text, _)| !text.trim().is_empty() && text.ends_with(char::is_whitespace));
    if let Some((_, span)) = before.or(after) {
        ear.warning(
            Code::StraySpace,
            span,
            match (before, after) {
                (Some(_), Some(_)) => "white space stands before and after the text",
                (Some(_), None) => "white space stands before the text",
                _ => "white space stands after the text",
            },
            "Remove it.",
        );
    }
}

fn words(text: &str, span: Span, ear: &mut Ear) {
    if has_wide_gap(text) {
        ear.warning(
            Code::StraySpace,
            span,
            "several no-break spaces stand in a row, which opens a gap in the line",
            "Write one space; the distance between words is the theme's business.",
        );
    }
    if let Some(tag) = tag(text) {
        ear.warning(
            Code::MarkupInText,
            span,
            format!("the text holds the tag “{tag}”, which readers see as it stands"),
            "Remove it; for emphasis and links write a span: { \"text\": \"…\", \"marks\": [\"em\"] }. If the tag is meant, mark it as code.",
        );
    }
    if let Some((entity, character)) = entity(text) {
        ear.warning(
            Code::EntityInText,
            span,
            format!("the text holds “{entity}”, which readers see as it stands"),
            format!("Write “{character}”. If it is meant, mark it as code."),
        );
    }
}

/// A run of two or more spaces, one of them unbreakable. One before a colon or
/// within a number is good French.
fn has_wide_gap(text: &str) -> bool {
    let mut run = 0;
    let mut unbreakable = false;
    for letter in text.chars() {
        if matches!(letter, '\u{a0}' | ' ' | '\u{202f}') {
            run += 1;
            unbreakable |= letter == '\u{a0}';
        } else {
            (run, unbreakable) = (0, false);
        }
        if run >= 2 && unbreakable {
            return true;
        }
    }
    false
}

/// Elements that editors and their programs write. Any other word in angle brackets
/// may be one (“<laughs>”, a variable).
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "center",
    "cite",
    "code",
    "div",
    "em",
    "embed",
    "figcaption",
    "figure",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "iframe",
    "img",
    "li",
    "object",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "script",
    "small",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "tt",
    "u",
    "ul",
    "video",
    "o:p",
];

/// The first HTML tag in a text.
fn tag(text: &str) -> Option<&str> {
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('<') {
        let name = after.strip_prefix('/').unwrap_or(after);
        let length = name
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == ':'))
            .unwrap_or(name.len());
        let (name, behind) = name.split_at(length);
        let is_known = ELEMENTS
            .iter()
            .any(|known| name.eq_ignore_ascii_case(known));
        // “a<b and c” is a sentence: a tag is closed, or goes on with attributes.
        if is_known && behind.starts_with(['>', '/', ' ']) {
            let end = after.bytes().take(80).position(|byte| byte == b'>');
            if let Some(end) = end {
                let start = text.len() - after.len() - 1;
                return text.get(start..=start + 1 + end);
            }
        }
        rest = after;
    }
    None
}

/// The first character reference in a text, and the character it stands for.
fn entity(text: &str) -> Option<(&str, String)> {
    const NAMED: &[(&str, &str)] = &[
        ("amp", "&"),
        ("lt", "<"),
        ("gt", ">"),
        ("quot", "\""),
        ("apos", "'"),
        ("nbsp", "\u{a0}"),
        ("hellip", "…"),
        ("mdash", "—"),
        ("ndash", "–"),
        ("laquo", "«"),
        ("raquo", "»"),
        ("lsquo", "‘"),
        ("rsquo", "’"),
        ("ldquo", "“"),
        ("rdquo", "”"),
        ("eacute", "é"),
        ("egrave", "è"),
        ("agrave", "à"),
        ("ccedil", "ç"),
        ("copy", "©"),
    ];
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('&') {
        if let Some(end) = after.bytes().take(10).position(|byte| byte == b';')
            && let Some(name) = after.get(..end)
        {
            let character = match name.strip_prefix('#') {
                Some(number) => match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok(),
                    None => number.parse().ok(),
                }
                .and_then(char::from_u32)
                .map(String::from),
                None => NAMED
                    .iter()
                    .find(|(known, _)| *known == name)
                    .map(|(_, character)| (*character).to_owned()),
            };
            if let Some(character) = character {
                let start = text.len() - after.len() - 1;
                return Some((text.get(start..start + end + 2)?, character));
            }
        }
        rest = after;
    }
    None
}
