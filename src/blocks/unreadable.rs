//! A block this version cannot show: its place, and what could be read of it.

use article::{BlockError, Unknown};

use crate::i18n::Word;
use crate::markup::{Element, el};
use crate::parts::rich_text::rich_text;
use crate::scope::Scope;

/// A plain sentence, and whatever text was found in the block.
pub fn unreadable(scope: &Scope, unknown: &Unknown) -> Element {
    let word = match unknown.error {
        BlockError::UnknownType => Word::block_unknown,
        BlockError::Broken | BlockError::NotABlock => Word::block_broken,
    };
    el("div")
        .class("box quiet unreadable")
        .attr("role", "note")
        .put(el("p").class("meta").put(scope.t(word)))
        .put(
            unknown
                .text
                .as_ref()
                .map(|text| el("p").put(rich_text(scope, text))),
        )
}
