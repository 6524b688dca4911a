//! What tells of a story before its time: an address says its slug, and a related
//! link or an entry of the navigation its headline too.

use article::json::{Kind, Span, Value};

/// What an article must leave out: its translations and related links to such a story,
/// the blocks that are one, however deep in asides they stand, and of any other link
/// the address. Its words are the author's and stay.
pub fn in_article(root: &Value<'_>, is_early: impl Fn(&str) -> bool) -> Vec<Span> {
    let announcements = ["translations", "relatedLinks"]
        .into_iter()
        .flat_map(|name| root.list(name))
        .filter(|item| leads_there(item, &is_early))
        .map(|item| item.span);
    let mut spans: Vec<Span> = announcements.collect();
    let is_announcement = |item: &Value<'_>| {
        let link = item.get("link");
        link.is_some_and(|link| leads_there(link, &is_early))
    };
    walk(root, &is_announcement, &is_early, &mut spans);
    spans
}

/// What `site.json` must leave out: every entry of its lists that leads to such a
/// story, and of anything else the address.
pub fn in_site(root: &Value<'_>, is_early: impl Fn(&str) -> bool) -> Vec<Span> {
    let mut spans = Vec::new();
    let is_entry = |item: &Value<'_>| leads_there(item, &is_early);
    walk(root, &is_entry, &is_early, &mut spans);
    spans
}

/// The list items that are announcements as a whole, and every other early address.
/// The reader of JSON bounds how deep it can go.
fn walk(
    value: &Value<'_>,
    is_announcement: &impl Fn(&Value<'_>) -> bool,
    is_early: &impl Fn(&str) -> bool,
    spans: &mut Vec<Span>,
) {
    match &value.kind {
        Kind::Array(items) => {
            for item in items {
                if is_announcement(item) {
                    spans.push(item.span);
                } else {
                    walk(item, is_announcement, is_early, spans);
                }
            }
        }
        Kind::Object(members) => {
            if leads_there(value, is_early) {
                spans.extend(value.get("href").map(|href| href.span));
            }
            for member in members {
                walk(&member.value, is_announcement, is_early, spans);
            }
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => {}
    }
}

fn leads_there(value: &Value<'_>, is_early: &impl Fn(&str) -> bool) -> bool {
    let href = value.get("href").and_then(Value::as_str);
    href.is_some_and(is_early)
}
