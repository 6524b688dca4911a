//! E-mail addresses in the parts of a story that no reader sees.
//!
//! What an importer puts into `extensions` is published with the story. A comment's
//! sender, an editor's own address: nobody meant to print them, and machines that
//! collect addresses read JSON too.

use super::observer::Ear;
use crate::json::{Kind, Span, Value};
use crate::read::Code;

pub(super) fn check(article: &Value<'_>, ear: &mut Ear) {
    for name in ["extensions", "source"] {
        let mut found = Found::default();
        if let Some(value) = article.get(name) {
            look(value, &mut found);
        }
        let Some((address, span)) = found.first else {
            continue;
        };
        let more = match found.count - 1 {
            0 => String::new(),
            more => format!(", and {more} more in “{name}”"),
        };
        ear.warning(
            Code::PrivateAddress,
            span,
            format!("the e-mail address “{address}” is published here, where no reader sees it{more}"),
            "Remove it: the whole file is public. An address for readers belongs in the text, as a mailto: link.",
        );
    }
}

#[derive(Default)]
struct Found<'v> {
    first: Option<(&'v str, Span)>,
    count: usize,
}

fn look<'v>(value: &'v Value<'_>, found: &mut Found<'v>) {
    match &value.kind {
        Kind::String(text) => {
            for address in addresses(text) {
                found.first = found.first.or(Some((address, value.span)));
                found.count += 1;
            }
        }
        Kind::Array(items) => {
            for item in items {
                look(item, found);
            }
        }
        Kind::Object(members) => {
            for member in members {
                look(&member.value, found);
            }
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) => {}
    }
}

/// Words around an `@` that look like an address.
fn addresses(text: &str) -> impl Iterator<Item = &str> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-' | '@');
    text.split(move |c: char| !is_part(c))
        .map(|word| word.trim_matches(['.', '-']))
        .filter(|word| {
            word.split_once('@').is_some_and(|(name, host)| {
                let (_, domain) = host.rsplit_once('.').unwrap_or_default();
                !name.is_empty()
                    && !host.contains('@')
                    && !host.starts_with('.')
                    && domain.chars().count() >= 2
                    && domain.chars().all(char::is_alphabetic)
            })
        })
}
