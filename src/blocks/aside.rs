//! A box beside the story.

use article::block::Aside;
use article::{Block, RichText};

use super::{all, block};
use crate::markup::{Element, el};
use crate::parts::rich_text::rich_text;
use crate::scope::Scope;

/// A box with its title. A box inside a box is shown without its frame.
pub fn aside(scope: &Scope, aside: &Aside) -> Element {
    let title = aside
        .title
        .as_ref()
        .map(|title| el("p").class("box-title").put(rich_text(scope, title)));
    let element = el("div")
        .class("box")
        .attr("role", "note")
        .attr("aria-label", aside.title.as_ref().map(RichText::to_plain))
        .put(title);
    aside.body.iter().fold(element, |element, item| match item {
        Block::Aside(inner) => element.put(all(scope, &inner.body)),
        item => element.put(block(scope, item)),
    })
}
