//! Sub-heads.

use article::block::Heading;

use crate::markup::{Element, el};
use crate::parts::rich_text::rich_text;
use crate::scope::Scope;

/// A heading of level 2 to 4, with the fragment that links lead to.
pub fn heading(scope: &Scope, heading: &Heading) -> Element {
    let tag = match heading.level.get() {
        3 => "h3",
        4 => "h4",
        _ => "h2",
    };
    el(tag)
        .attr("id", heading.anchor().map(str::to_owned))
        .put(rich_text(scope, &heading.content))
}
