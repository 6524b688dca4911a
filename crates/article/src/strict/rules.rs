//! The rules of an article that need more than one field.
//!
//! They walk the JSON, not the article: only the JSON knows where things stood. What
//! has the wrong shape has been told already and is passed over here.

use super::media;
use super::observer::Ear;
use crate::block::{BLOCK_TYPES, EMBED_PROVIDERS};
use crate::date::Date;
use crate::decimal::Decimal;
use crate::href::{Href, safe_href};
use crate::json::{Kind, Span, Value};
use crate::language::{Direction, Language};
use crate::read::{Code, Deaf, Read, nearest};
use crate::rich::RichText;
use crate::story::Slug;

pub(super) fn article(article: &Value<'_>, ear: &mut Ear) {
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

/// What a block stands in.
#[derive(Clone, Copy)]
struct Surroundings {
    aside: bool,
    /// The level of the heading before.
    level: i64,
}

impl Default for Surroundings {
    fn default() -> Self {
        Self {
            aside: false,
            level: 1,
        }
    }
}

/// The blocks of a transcript, whose headings begin below the film's title.
pub(super) fn transcript<'v>(body: &'v Value<'_>, ids: &mut media::Ids<'v>, ear: &mut Ear) {
    blocks(
        body,
        Surroundings {
            aside: false,
            level: 3,
        },
        ids,
        ear,
    );
}

fn blocks<'v>(
    list: &'v Value<'_>,
    mut surroundings: Surroundings,
    ids: &mut media::Ids<'v>,
    ear: &mut Ear,
) {
    if let Kind::Array(items) = &list.kind {
        for item in items {
            block(item, &mut surroundings, ids, ear);
        }
    }
}

fn block<'v>(
    block: &'v Value<'_>,
    surroundings: &mut Surroundings,
    ids: &mut media::Ids<'v>,
    ear: &mut Ear,
) {
    match block
        .get("type")
        .and_then(Value::as_str)
        .unwrap_or_default()
    {
        "paragraph" => {
            if let Some(content) = block.get("content")
                && is_blank(content)
            {
                ear.warning(
                    Code::Missing,
                    content.span,
                    "a paragraph without words",
                    "Remove it; the space between blocks is the theme's business.",
                );
            }
        }
        "heading" => heading(block, surroundings, ids, ear),
        "list" => {
            needs_items(block, "items", ear);
            list_items(block, 1, ear);
        }
        "quote" => {
            needs_items(block, "content", ear);
            not_blank(block, &["attribution"], ear);
        }
        "image" => {
            if let Some(image) = block.get("image") {
                ids.add(image, media::Anchor::Image, ear);
                media::image(image, ear);
            }
        }
        "gallery" => {
            needs_items(block, "images", ear);
            for image in items(block, "images") {
                ids.add(image, media::Anchor::Image, ear);
                media::image(image, ear);
            }
        }
        "video" => {
            if let Some(video) = block.get("video") {
                ids.add(video, media::Anchor::Other, ear);
                media::film(video, ids, ear);
            }
        }
        "audio" => {
            if let Some(audio) = block.get("audio") {
                ids.add(audio, media::Anchor::Other, ear);
                media::sound(audio, ids, ear);
            }
        }
        "embed" => embed(block, ear),
        "table" => table(block, ear),
        "aside" => {
            if surroundings.aside {
                ear.error(
                    Code::Nesting,
                    block.span,
                    "an aside inside an aside",
                    "Put its blocks into the outer one, or after it.",
                );
            }
            needs_items(block, "body", ear);
            if let Some(body) = block.get("body") {
                blocks(
                    body,
                    Surroundings {
                        aside: true,
                        level: 2,
                    },
                    ids,
                    ear,
                );
            }
        }
        "relatedLink" => {
            if let Some(link) = block.get("link") {
                needs_text(link, &["headline"], ear);
            }
        }
        _ => {}
    }
}

fn heading<'v>(
    block: &'v Value<'_>,
    surroundings: &mut Surroundings,
    ids: &mut media::Ids<'v>,
    ear: &mut Ear,
) {
    ids.add(block, media::Anchor::Other, ear);
    rich_needs_words(block, "content", ear);
    let Some((level, span)) = number(block, "level") else {
        return;
    };
    let level = level.whole();
    if level > surroundings.level + 1 && level <= 4 {
        ear.warning(
            Code::OutOfRange,
            span,
            format!("a heading of level {level} after one of level {}", surroundings.level),
            format!(
                "Write {}: screen readers announce the levels, and one that is left out sounds like lost text.",
                surroundings.level + 1
            ),
        );
    }
    surroundings.level = level;
}

fn list_items(list: &Value<'_>, depth: usize, ear: &mut Ear) {
    for item in items(list, "items") {
        let Some(inner) = item.get("items") else {
            continue;
        };
        if is_empty_list(inner) {
            continue;
        }
        if depth >= 3 {
            ear.error(
                Code::Nesting,
                inner.span,
                "a list more than three deep",
                "Take the innermost list out, or make it a paragraph of its own.",
            );
        } else {
            list_items(item, depth + 1, ear);
        }
    }
}

fn embed(embed: &Value<'_>, ear: &mut Ear) {
    needs_text(embed, &["title"], ear);
    if let Some((ratio, span)) = number(embed, "aspectRatio")
        && ratio.micros <= 0
    {
        ear.error(
            Code::OutOfRange,
            span,
            "an aspect ratio that is not above 0",
            "Write width divided by height: 1.778 for 16:9.",
        );
    }
    let Some(provider) = embed.get("provider").and_then(Value::as_str) else {
        return;
    };
    let Some((_, hosts)) = EMBED_PROVIDERS.iter().find(|(name, _)| *name == provider) else {
        let known: Vec<&str> = EMBED_PROVIDERS.iter().map(|(name, _)| *name).collect();
        ear.error(
            Code::UnknownName,
            span_of(embed, "provider"),
            format!("embeds from “{provider}” are not allowed"),
            format!(
                "{} A “relatedLink” can lead anywhere.",
                nearest(provider, &known)
            ),
        );
        return;
    };
    let Some((href, span)) = href(embed, "href") else {
        return;
    };
    let host = href
        .as_str()
        .get(..8)
        .filter(|start| start.eq_ignore_ascii_case("https://"))
        .and_then(|_| href.as_str().get(8..))
        .and_then(|rest| rest.split(['/', '?', '#']).next());
    if !host.is_some_and(|host| hosts.iter().any(|known| known.eq_ignore_ascii_case(host))) {
        ear.error(
            Code::UnsafeLink,
            span,
            format!("“{}” is not an address of {provider}", href.as_str()),
            format!(
                "It must begin with https:// and one of: {}.",
                hosts.join(", ")
            ),
        );
    }
}

fn table(table: &Value<'_>, ear: &mut Ear) {
    needs_items(table, "rows", ear);
    let rows = items(table, "rows");
    let cells = |row: &Value<'_>| match &row.kind {
        Kind::Array(cells) => Some(cells.len()),
        _ => None,
    };
    let Some(columns) = rows.first().and_then(cells) else {
        return;
    };
    if columns == 0
        && let Some(first) = rows.first()
    {
        ear.error(
            Code::Missing,
            first.span,
            "a row without cells",
            "Write its cells, or remove it.",
        );
    }
    for row in rows {
        if let Some(found) = cells(row)
            && found != columns
        {
            ear.error(
                Code::OutOfRange,
                row.span,
                format!("cells in this row: {found}; in the first row: {columns}"),
                "Give every row as many cells; an empty one is \"\".",
            );
        }
    }
    for (name, most) in [("headerRows", rows.len()), ("headerColumns", columns)] {
        if let Some((count, span)) = number(table, name)
            && count.whole() > i64::try_from(most).unwrap_or(i64::MAX)
        {
            ear.error(
                Code::OutOfRange,
                span,
                format!(
                    "“{name}” is {}, but the table has only {most}",
                    count.whole()
                ),
                "Count only the rows or columns that are headings.",
            );
        }
    }
}

// What several rules ask.

/// The place of a field, or of its object if it is not there.
pub(super) fn span_of(object: &Value<'_>, name: &str) -> Span {
    object.get(name).map_or(object.span, |value| value.span)
}

/// The items of a list; none if it is no list.
pub(super) fn items<'v, 'a>(object: &'v Value<'a>, name: &str) -> &'v [Value<'a>] {
    match object.get(name).map(|value| &value.kind) {
        Some(Kind::Array(items)) => items,
        _ => &[],
    }
}

pub(super) fn is_empty_list(value: &Value<'_>) -> bool {
    matches!(&value.kind, Kind::Array(items) if items.is_empty())
}

pub(super) fn is_true(object: &Value<'_>, name: &str) -> bool {
    matches!(
        object.get(name).map(|value| &value.kind),
        Some(Kind::Bool(true))
    )
}

fn date(object: &Value<'_>, name: &str) -> Option<(Date, Span)> {
    let value = object.get(name)?;
    Some((Date::parse(value.as_str()?)?, value.span))
}

pub(super) fn number(object: &Value<'_>, name: &str) -> Option<(Decimal, Span)> {
    let value = object.get(name)?;
    Some((Decimal::read(value, &mut Deaf)?, value.span))
}

pub(super) fn href(object: &Value<'_>, name: &str) -> Option<(Href, Span)> {
    let value = object.get(name)?;
    Some((safe_href(value.as_str()?)?, value.span))
}

/// Whether a text or rich text has no words. An empty list has been told already.
fn is_blank(value: &Value<'_>) -> bool {
    !is_empty_list(value) && RichText::read(value, &mut Deaf).is_some_and(|text| text.is_blank())
}

/// Texts that a record cannot do without.
pub(super) fn needs_text(object: &Value<'_>, names: &[&str], ear: &mut Ear) {
    for name in names {
        if let Some(value) = object.get(name)
            && value.as_str().is_some_and(|text| text.trim().is_empty())
        {
            ear.error(
                Code::Missing,
                value.span,
                format!("“{name}” is empty"),
                "Fill it in.",
            );
        }
    }
}

/// A rich text that must say something.
fn rich_needs_words(object: &Value<'_>, name: &str, ear: &mut Ear) {
    if let Some(value) = object.get(name)
        && is_blank(value)
    {
        ear.error(
            Code::Missing,
            value.span,
            format!("“{name}” is empty"),
            "Fill it in.",
        );
    }
}

/// Optional texts that are there but say nothing.
pub(super) fn not_blank(object: &Value<'_>, names: &[&str], ear: &mut Ear) {
    for name in names {
        if let Some(value) = object.get(name)
            && is_blank(value)
        {
            ear.warning(
                Code::Missing,
                value.span,
                format!("“{name}” is empty"),
                "Fill it in, or leave the field out.",
            );
        }
    }
}

pub(super) fn needs_items(object: &Value<'_>, name: &str, ear: &mut Ear) {
    if let Some(value) = object.get(name)
        && is_empty_list(value)
    {
        ear.error(
            Code::Missing,
            value.span,
            format!("“{name}” is an empty list"),
            "Fill it, or remove the block.",
        );
    }
}

/// Whole limits of a number, both included.
pub(super) fn between(object: &Value<'_>, name: &str, least: i64, most: i64, ear: &mut Ear) {
    if let Some((number, span)) = number(object, name)
        && !(least * 1_000_000..=most * 1_000_000).contains(&number.micros)
    {
        ear.error(
            Code::OutOfRange,
            span,
            format!("“{name}” lies outside {least} and {most}"),
            format!("Write a number from {least} to {most}."),
        );
    }
}

/// An id that becomes part of an address.
pub(super) fn address_part(object: &Value<'_>, ear: &mut Ear) {
    if let Some(value) = object.get("id")
        && let Some(id) = value.as_str()
        && !id.trim().is_empty()
        && Slug::new(id).is_none()
    {
        ear.error(
            Code::BrokenSlug,
            value.span,
            format!("the id “{id}” cannot be part of an address"),
            "Use letters, digits and hyphens, 1 to 120 of them; no spaces and none of / ? # % < > \\.",
        );
    }
}

/// An address with its host.
pub(super) fn absolute(object: &Value<'_>, name: &str, ear: &mut Ear) {
    if let Some((href, span)) = href(object, name)
        && !href.is_external()
    {
        ear.error(
            Code::UnsafeLink,
            span,
            format!("“{name}” is not a whole address"),
            "Write it with its host: https://…",
        );
    }
}
