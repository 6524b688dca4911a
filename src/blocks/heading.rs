//! Sub-heads.

use article::block::Heading;

use crate::markup::{Element, el};
use crate::parts::rich_text::rich_text;
use crate::scope::Scope;

/// Ids of the page's own, which no heading may take.
const RESERVED: &[&str] = &[
    "main",
    "dateline",
    "data",
    "boot-note",
    "status",
    "search-words",
];

/// A heading of level 2 to 4, with the fragment that links lead to.
pub fn heading(scope: &Scope, heading: &Heading) -> Element {
    let tag = match heading.level.get() {
        3 => "h3",
        4 => "h4",
        _ => "h2",
    };
    let id = heading.id.clone().filter(|id| {
        !id.is_empty() && !RESERVED.contains(&id.as_str()) && !id.contains(char::is_whitespace)
    });
    el(tag)
        .attr("id", id)
        .put(rich_text(scope, &heading.content))
}
