//! The rules of an article that need more than one field.
//!
//! They walk the JSON, not the article: only the JSON knows where things stood. What
//! has the wrong shape has been told already and is passed over here.

use super::ask::{
    absolute, address_part, between, date, is_empty_list, is_true, items, needs_text, not_blank,
    rich_needs_words, span_of,
};
use super::blocks::{Surroundings, block, blocks};
use super::media;
use super::observer::Ear;
use super::private;
use super::{LONG_STORY, MAX_STORY};
use crate::block::BLOCK_TYPES;
use crate::json::{Span, Value};
use crate::language::{Direction, Language};
use crate::read::Code;

pub(super) fn article(article: &Value<'_>, ear: &mut Ear) {
    size(article, ear);
    private::check(article, ear);
    needs_text(article, &["id"], ear);
    not_blank(
        article,
        &[
            "$schema",
            "version",
            "genre",
            "label",
            "alternativeHeadline",
            "standfirst",
            "description",
            "byline",
            "dateline",
            "articleSection",
            "contentWarning",
        ],
        ear,
    );
    if let Some(schema) = article.get("$schema").and_then(Value::as_str)
        && schema.contains(char::is_whitespace)
    {
        let span = span_of(article, "$schema");
        ear.warning(
            Code::UnsafeLink,
            span,
            "the address of the schema has white space in it",
            "Remove it; editors look for the schema there.",
        );
    }
    headline(article, ear);
    languages(article, ear);
    dates(article, ear);
    aliases(article, ear);
    absolute(article, "canonicalUrl", ear);
    place(article, ear);
    people_and_topics(article, ear);
    translations(article, ear);
    for correction in items(article, "corrections") {
        rich_needs_words(correction, "text", ear);
    }
    for link in items(article, "relatedLinks") {
        needs_text(link, &["headline"], ear);
    }
    if let Some(rights) = article.get("rights") {
        media::rights(rights, ear);
    }
    if let Some(source) = article.get("source") {
        needs_text(source, &["system"], ear);
    }
    let mut ids = media::Ids::default();
    lead_media(article, &mut ids, ear);
    if let Some(thumbnail) = article.get("thumbnail") {
        media::image(thumbnail, ear);
    }
    body(article, &mut ids, ear);
}

fn size(article: &Value<'_>, ear: &mut Ear) {
    let bytes = article.span.end - article.span.start;
    // At its beginning: a whole story underlined would be no place at all.
    let span = Span {
        start: article.span.start,
        end: article.span.start + 1,
    };
    let hint = "Take out pictures and films pasted in as text (data:…), and divide a long document into several stories.";
    if bytes > MAX_STORY {
        ear.error(
            Code::Size,
            span,
            format!(
                "the story has {} KB, more than the 2 MB a story may have",
                bytes / 1024
            ),
            hint,
        );
    } else if bytes > LONG_STORY {
        ear.warning(
            Code::Size,
            span,
            format!(
                "the story has {} KB: over a slow line readers wait for it",
                bytes / 1024
            ),
            hint,
        );
    }
}

fn headline(article: &Value<'_>, ear: &mut Ear) {
    rich_needs_words(article, "headline", ear);
    for inline in items(article, "headline") {
        if let Some(href) = inline.get("href") {
            ear.error(
                Code::Nesting,
                href.span,
                "a link inside the headline",
                "Headlines are links themselves wherever they are listed: move the link into the text.",
            );
        }
    }
}

fn languages(article: &Value<'_>, ear: &mut Ear) {
    let Some(tag) = article.get("language") else {
        return;
    };
    let Some(language) = tag.as_str().and_then(Language::new) else {
        return;
    };
    if language.is_undetermined() {
        ear.error(
            Code::BrokenLanguage,
            tag.span,
            "“und” says that nobody knows the language",
            "Name it: screen readers and search need to know.",
        );
        return;
    }
    let says = article.get("dir").and_then(Value::as_str);
    let script = language.direction();
    if matches!(says, Some("ltr" | "rtl")) && says != Some(script.as_str()) {
        ear.warning(
            Code::OutOfRange,
            span_of(article, "dir"),
            format!(
                "{} is written {}, but “dir” says otherwise",
                language.as_str(),
                if script == Direction::Rtl {
                    "from right to left"
                } else {
                    "from left to right"
                }
            ),
            "Leave “dir” out, or give the language its script: \"az-Arab\".",
        );
    }
}

fn dates(article: &Value<'_>, ear: &mut Ear) {
    for name in ["datePublished", "dateModified"] {
        if let Some((date, span)) = date(article, name)
            && (date.year, date.month, date.day) == (1970, Some(1), Some(1))
        {
            ear.warning(
                Code::OutOfRange,
                span,
                "1 January 1970 is what a computer writes when it knows no date",
                "Look the day up in the original, or write only what is known; if it was that day indeed, write \"1970-01\".",
            );
        }
    }
    let Some((published, _)) = date(article, "datePublished") else {
        return;
    };
    if let Some((modified, span)) = date(article, "dateModified")
        && modified.is_before(&published)
    {
        ear.error(
            Code::OutOfRange,
            span,
            "“dateModified” lies before “datePublished”",
            "Exchange the two, or leave dateModified out if nothing was changed.",
        );
    }
    if let Some((expires, span)) = date(article, "expires")
        && expires.is_before(&published)
    {
        ear.error(
            Code::OutOfRange,
            span,
            "the story expires before it is published",
            "Correct “expires”, or leave it out.",
        );
    }
    if let Some((embargo, span)) = date(article, "embargoedUntil")
        && published.is_before(&embargo)
    {
        ear.warning(
            Code::OutOfRange,
            span,
            "the embargo ends after the date of publication",
            "The story appears when both have passed; make “datePublished” the later one.",
        );
    }
    for correction in items(article, "corrections") {
        if let Some((corrected, span)) = date(correction, "datePublished")
            && corrected.is_before(&published)
        {
            ear.warning(
                Code::OutOfRange,
                span,
                "the correction is older than the story",
                "“datePublished” of a correction is the day it was added.",
            );
        }
    }
}

fn aliases(article: &Value<'_>, ear: &mut Ear) {
    let mut seen: Vec<&str> = Vec::new();
    for item in items(article, "aliases") {
        let Some(alias) = item.as_str() else { continue };
        let path = alias.starts_with('/') && !alias.starts_with("//");
        if !path || alias.contains(|c: char| c.is_whitespace() || matches!(c, '#' | '\\')) {
            ear.error(
                Code::OutOfRange,
                item.span,
                format!("“{alias}” is not a path of this site"),
                "Write the old address from its first slash on, without “#”: \"/news/2003/ferry.html\" or \"/?p=48213\".",
            );
        } else if seen.contains(&alias) {
            ear.error(
                Code::Repeated,
                item.span,
                format!("the alias “{alias}” is there more than once"),
                "Remove one.",
            );
        }
        seen.push(alias);
    }
}

fn place(article: &Value<'_>, ear: &mut Ear) {
    let Some(place) = article.get("locationCreated") else {
        return;
    };
    needs_text(place, &["name"], ear);
    for (name, most) in [("latitude", 90), ("longitude", 180)] {
        between(place, name, -most, most, ear);
    }
    if let (Some(one), None) | (None, Some(one)) = (place.get("latitude"), place.get("longitude")) {
        ear.error(
            Code::Missing,
            one.span,
            "a place needs both latitude and longitude, or neither",
            "Add the other one.",
        );
    }
    if let Some(country) = place.get("country").and_then(Value::as_str)
        && !(country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase()))
    {
        ear.warning(
            Code::OutOfRange,
            span_of(place, "country"),
            format!("“{country}” is not a country code"),
            "Write its two capital letters (ISO 3166-1): \"SD\", \"CN\".",
        );
    }
}

fn people_and_topics(article: &Value<'_>, ear: &mut Ear) {
    for author in items(article, "authors") {
        needs_text(author, &["name"], ear);
        address_part(author, ear);
    }
    let mut seen: Vec<&str> = Vec::new();
    for subject in items(article, "subjects") {
        needs_text(subject, &["id", "name"], ear);
        address_part(subject, ear);
        let Some(id) = subject.get("id").and_then(Value::as_str) else {
            continue;
        };
        if seen.contains(&id) {
            ear.error(
                Code::Repeated,
                span_of(subject, "id"),
                format!("the topic “{id}” is there more than once"),
                "Remove one.",
            );
        }
        seen.push(id);
    }
}

fn translations(article: &Value<'_>, ear: &mut Ear) {
    let own = article
        .get("language")
        .and_then(Value::as_str)
        .and_then(Language::new);
    let mut seen: Vec<Language> = Vec::new();
    let mut original = false;
    for translation in items(article, "translations") {
        let language = translation
            .get("language")
            .and_then(Value::as_str)
            .and_then(Language::new);
        let span = span_of(translation, "language");
        if let Some(language) = language {
            if own.as_ref().is_some_and(|own| own.is_same_as(&language)) {
                ear.error(
                    Code::Repeated,
                    span,
                    format!(
                        "a translation into “{}”, the story's own language",
                        language.as_str()
                    ),
                    "List only the other languages here.",
                );
            } else if seen.iter().any(|known| known.is_same_as(&language)) {
                ear.error(
                    Code::Repeated,
                    span,
                    format!("two translations into “{}”", language.as_str()),
                    "Keep one of them.",
                );
            }
            seen.push(language);
        }
        if is_true(translation, "original") && std::mem::replace(&mut original, true) {
            ear.error(
                Code::Repeated,
                span_of(translation, "original"),
                "two translations say that they are the original",
                "At most one story is the one the others were made from.",
            );
        }
    }
}

fn lead_media<'v>(article: &'v Value<'_>, ids: &mut media::Ids<'v>, ear: &mut Ear) {
    let Some(lead) = article.get("leadMedia") else {
        return;
    };
    let kind = lead.get("type").and_then(Value::as_str).unwrap_or_default();
    if matches!(kind, "image" | "gallery" | "video") {
        ids.in_lead = true;
        block(lead, &mut Surroundings::default(), ids, ear);
        ids.in_lead = false;
    } else if BLOCK_TYPES.contains(&kind) {
        ear.error(
            Code::Nesting,
            span_of(lead, "type"),
            format!("“{kind}” cannot lead a story"),
            "Lead media is an image, a gallery or a video; move this block into the body.",
        );
    }
}

fn body<'v>(article: &'v Value<'_>, ids: &mut media::Ids<'v>, ear: &mut Ear) {
    let Some(body) = article.get("body") else {
        return;
    };
    let tombstone = matches!(
        article.get("pubStatus").and_then(Value::as_str),
        Some("withheld" | "canceled")
    );
    if is_empty_list(body) && !tombstone && article.get("leadMedia").is_none() {
        ear.error(
            Code::Missing,
            body.span,
            "the story has neither body nor lead media",
            "Write at least one paragraph.",
        );
    }
    blocks(body, Surroundings::default(), ids, ear);
}
