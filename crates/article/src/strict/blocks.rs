//! The rules of blocks: what stands in what, and what each type needs.

use super::ask::{
    href, is_blank, is_empty_list, items, needs_items, needs_text, not_blank, number,
    rich_needs_words, span_of,
};
use super::media;
use super::observer::Ear;
use crate::block::{EMBED_PROVIDERS, is_anchor, is_of_provider};
use crate::json::{Kind, Value};
use crate::read::{Code, nearest};
use crate::story::Slug;

/// What a block stands in.
#[derive(Clone, Copy)]
pub(super) struct Surroundings {
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

pub(super) fn blocks<'v>(
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

pub(super) fn block<'v>(
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
        "unsupported" => {
            let kind = block.get("kind").and_then(Value::as_str);
            if let Some(kind) = kind.filter(|kind| !kind.is_empty()) {
                ear.warning(
                    Code::Unsupported,
                    span_of(block, "kind"),
                    format!("the import could not turn “{kind}” into a block; readers see its text and link at most"),
                    "Write what it showed as blocks of the format, or take it out.",
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
    if let Some(id) = block.get("id").and_then(Value::as_str)
        && Slug::new(id).is_some()
        && !is_anchor(id)
    {
        ear.error(
            Code::BrokenSlug,
            span_of(block, "id"),
            format!("the id “{id}” is one that pages have already"),
            "Choose another; “photo-…”, “video-…” and “audio-…” belong to pictures, films and sounds.",
        );
    }
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
    if let Some(poster) = embed.get("poster") {
        media::picture(poster, ear);
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
    if !is_of_provider(provider, &href) {
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
