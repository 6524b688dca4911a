//! The saved stories, as the site knows them: not at all. What is on this device the
//! service worker alone can tell, and it answers in place of this page.

use crate::i18n::Word;
use crate::markup::{Element, el};
use crate::parts::heading::page_heading;
use crate::scope::Scope;

/// That nothing is saved, and how it would be.
pub fn saved(scope: &Scope) -> Element {
    el("div")
        .class("wrap saved-page")
        .put(
            page_heading()
                .class("listing-heading")
                .put(scope.t(Word::saved_heading)),
        )
        .put(el("p").put(scope.t(Word::saved_none)))
}
