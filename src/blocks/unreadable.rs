//! A block this version cannot show: its place, and what could be read of it.

use article::{BlockError, Unknown};
use leptos::prelude::*;

use crate::i18n::Word;
use crate::parts::rich_text::rich_text;
use crate::scope::Scope;

/// A plain sentence, and whatever text was found in the block.
pub fn unreadable(scope: &Scope, unknown: &Unknown) -> AnyView {
    let word = match unknown.error {
        BlockError::UnknownType => Word::block_unknown,
        BlockError::Broken | BlockError::NotABlock => Word::block_broken,
    };
    let text = unknown.text.as_ref().map(|text| view! { <p>{rich_text(scope, text)}</p> }.into_any());
    view! { <div class="box quiet unreadable" role="note"><p class="meta">{scope.t(word)}</p>{text}</div> }.into_any()
}
