//! From a span back to the way that leads to it: `body[3].image.alt`.

use crate::json::{Kind, Parsed, Span, Value};

/// The path of the value, or of the field name, at a span.
pub(super) fn path(root: Option<&Value<'_>>, span: Span) -> String {
    let mut path = String::new();
    let mut here = root;
    while let Some(value) = here {
        here = match &value.kind {
            Kind::Array(items) => {
                let index = items.partition_point(|item| item.span.end <= span.start);
                items
                    .get(index)
                    .filter(|item| holds(item.span, span))
                    .inspect(|_| {
                        push_index(&mut path, index);
                    })
            }
            Kind::Object(members) => {
                let index = members.partition_point(|member| member.value.span.end <= span.start);
                match members.get(index) {
                    Some(member) if holds(member.name_span, span) => {
                        push_name(&mut path, &member.name);
                        None
                    }
                    Some(member) if holds(member.value.span, span) => {
                        push_name(&mut path, &member.name);
                        Some(&member.value)
                    }
                    _ => None,
                }
            }
            _ => None,
        };
    }
    path
}

/// The path of what was being read where the text broke off.
pub(super) fn open_end(parsed: &Parsed<'_>, at: usize) -> String {
    let mut path = String::new();
    let mut here = parsed.value.as_ref();
    while let Some(value) = here {
        here = match &value.kind {
            Kind::Array(items) => items
                .last()
                .filter(|item| item.span.end >= at)
                .inspect(|_| {
                    push_index(&mut path, items.len() - 1);
                }),
            Kind::Object(members) => members
                .last()
                .filter(|member| member.value.span.end >= at)
                .map(|member| {
                    push_name(&mut path, &member.name);
                    &member.value
                }),
            _ => None,
        };
    }
    path
}

fn holds(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

fn push_index(path: &mut String, index: usize) {
    path.push('[');
    path.push_str(&index.to_string());
    path.push(']');
}

/// `.name`, or `["na-me"]` where the name is not a plain word.
fn push_name(path: &mut String, name: &str) {
    let plain = !name.is_empty()
        && name.len() <= 40
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'$'));
    if plain {
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(name);
    } else {
        let short: String = name.chars().take(40).collect();
        path.push_str(&format!("[{short:?}]"));
    }
}
