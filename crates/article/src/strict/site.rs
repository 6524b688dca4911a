//! The rules of `site.json`.

use super::ask::{absolute, address_part, items, needs_items, needs_text, not_blank, span_of};
use super::observer::Ear;
use crate::json::{Kind, Member, Value};
use crate::language::Language;
use crate::read::Code;

pub(super) fn site(site: &Value<'_>, ear: &mut Ear) {
    needs_text(site, &["name"], ear);
    base_url(site, ear);
    needs_items(site, "languages", ear);
    let languages = languages(site, ear);
    if let Some(tag) = site.get("defaultLanguage")
        && let Some(language) = tag.as_str().and_then(Language::new)
        && !languages.iter().any(|known| known.is_same_as(&language))
    {
        ear.error(
            Code::OutOfRange,
            tag.span,
            format!("“{}” is not one of the site's languages", language.as_str()),
            "Add it to “languages”, or choose one of those.",
        );
    }
    time_zone(site, ear);
    if let Some(editions) = site.get("editions") {
        known_languages(editions, &languages, ear);
        for edition in members(editions) {
            not_blank(&edition.value, &["name", "tagline"], ear);
            for list in ["nav", "campaigns", "footer"] {
                for link in items(&edition.value, list) {
                    needs_text(link, &["label"], ear);
                    not_blank(link, &["text"], ear);
                }
            }
        }
    }
    if let Some(notice) = site.get("notice") {
        self::notice(notice, &languages, ear);
    }
    if let Some(search) = site.get("search")
        && let Some(provider) = search.get("provider").and_then(Value::as_str)
        && provider != "static"
    {
        ear.error(
            Code::UnknownName,
            span_of(search, "provider"),
            format!("there is no search provider “{provider}”"),
            "Write \"static\".",
        );
    }
    if let Some(publisher) = site.get("publisher") {
        needs_text(publisher, &["name"], ear);
        if let Some((logo, span)) = super::ask::href(publisher, "logo")
            && !logo.is_fetchable()
        {
            ear.error(
                Code::UnsafeLink,
                span,
                "the logo is not a file that a browser can fetch",
                "Write a path that begins with one slash, or https://…",
            );
        }
    }
}

fn base_url(site: &Value<'_>, ear: &mut Ear) {
    absolute(site, "baseUrl", ear);
    if let Some((url, span)) = super::ask::href(site, "baseUrl")
        && url.as_str().contains(['?', '#'])
    {
        ear.error(
            Code::OutOfRange,
            span,
            "“baseUrl” has a query or a fragment",
            "Write only host and path: \"https://news.example/\".",
        );
    }
}

fn languages(site: &Value<'_>, ear: &mut Ear) -> Vec<Language> {
    let mut known: Vec<Language> = Vec::new();
    for tag in items(site, "languages") {
        let Some(language) = tag.as_str().and_then(Language::new) else {
            continue;
        };
        if language.is_undetermined() {
            ear.error(
                Code::BrokenLanguage,
                tag.span,
                "“und” is not a language of a site",
                "Name the language.",
            );
        }
        if known.iter().any(|other| other.is_same_as(&language)) {
            ear.error(
                Code::Repeated,
                tag.span,
                format!(
                    "the language “{}” is there more than once",
                    language.as_str()
                ),
                "Remove one.",
            );
        }
        known.push(language);
    }
    known
}

/// The shape of an IANA name; whether the zone exists, `press` and browsers know.
fn time_zone(site: &Value<'_>, ear: &mut Ear) {
    let Some(value) = site.get("timeZone") else {
        return;
    };
    let Some(zone) = value.as_str() else { return };
    let sound = zone.split('/').all(|part| {
        part.starts_with(|c: char| c.is_ascii_alphabetic())
            && part
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'+'))
    });
    if !sound {
        ear.error(
            Code::OutOfRange,
            value.span,
            format!("“{zone}” is not the name of a time zone"),
            "Write its IANA name: \"Africa/Khartoum\", \"Europe/Paris\" or \"UTC\".",
        );
    }
}

fn notice(notice: &Value<'_>, languages: &[Language], ear: &mut Ear) {
    needs_text(notice, &["id"], ear);
    address_part(notice, ear);
    for name in ["text", "href"] {
        if let Some(texts) = notice.get(name) {
            known_languages(texts, languages, ear);
        }
    }
    let Some(texts) = notice.get("text") else {
        return;
    };
    for member in members(texts) {
        needs_text(texts, &[member.name.as_ref()], ear);
    }
    let spoken: Vec<Language> = members(texts)
        .iter()
        .filter_map(|m| Language::new(&m.name))
        .collect();
    for language in languages {
        if !spoken
            .iter()
            .any(|known| known.primary().eq_ignore_ascii_case(language.primary()))
        {
            ear.warning(
                Code::Missing,
                texts.span,
                format!("the notice has no text in “{}”", language.as_str()),
                "Readers of that language will not see it.",
            );
        }
    }
}

/// One value for each language, and only for languages of the site.
fn known_languages(values: &Value<'_>, languages: &[Language], ear: &mut Ear) {
    let mut seen: Vec<Language> = Vec::new();
    for member in members(values) {
        let Some(language) = Language::new(&member.name) else {
            continue;
        };
        if seen.iter().any(|known| known.is_same_as(&language)) {
            ear.error(
                Code::Repeated,
                member.name_span,
                format!(
                    "the language “{}” is there more than once",
                    language.as_str()
                ),
                "Keep one of them.",
            );
        }
        if !languages
            .iter()
            .any(|known| known.primary().eq_ignore_ascii_case(language.primary()))
        {
            ear.error(
                Code::OutOfRange,
                member.name_span,
                format!("“{}” is not one of the site's languages", language.as_str()),
                "Add it to “languages”, or remove this.",
            );
        }
        seen.push(language);
    }
}

fn members<'v, 'a>(value: &'v Value<'a>) -> &'v [Member<'a>] {
    match &value.kind {
        Kind::Object(members) => members,
        _ => &[],
    }
}
