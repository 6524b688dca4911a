//! What several rules ask of a value, and the problems that several of them tell.

use super::observer::Ear;
use crate::date::Date;
use crate::decimal::Decimal;
use crate::href::{Href, safe_href};
use crate::json::{Kind, Span, Value};
use crate::read::{Code, Deaf, Read};
use crate::rich::RichText;
use crate::story::Slug;

/// The place of a field, or of its object if it is not there.
pub(super) fn span_of(object: &Value<'_>, name: &str) -> Span {
    object.get(name).map_or(object.span, |value| value.span)
}

/// The items of a list; none if it is no list.
pub(super) fn items<'v, 'a>(object: &'v Value<'a>, name: &str) -> &'v [Value<'a>] {
    object.list(name)
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

pub(super) fn date(object: &Value<'_>, name: &str) -> Option<(Date, Span)> {
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
pub(super) fn is_blank(value: &Value<'_>) -> bool {
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
pub(super) fn rich_needs_words(object: &Value<'_>, name: &str, ear: &mut Ear) {
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
