//! What an importer could not carry over from an old page.

use article::block::Unsupported;

use crate::i18n::Word;
use crate::markup::{Element, el};
use crate::parts::rich_text::link;
use crate::scope::Scope;

/// Its text and its address, never its markup.
pub fn unsupported(scope: &Scope, block: &Unsupported) -> Element {
    el("div")
        .class("box quiet")
        .attr("role", "note")
        .put(el("p").class("meta").put(scope.t(Word::not_carried_over)))
        .put(block.text.as_ref().map(|text| el("p").put(text.as_str())))
        .put(
            block
                .href
                .as_ref()
                .map(|href| el("p").put(link(scope, href).put(href.shown()))),
        )
}
