//! What an importer could not carry over from an old page.

use article::block::Unsupported;
use leptos::prelude::*;

use crate::i18n::Word;
use crate::scope::Scope;

/// Its text and its address, never its markup.
pub fn unsupported(scope: &Scope, block: &Unsupported) -> AnyView {
    let text = block.text.clone().map(|text| view! { <p>{text}</p> }.into_any());
    let link = block.href.as_ref().map(|href| {
        view! { <p><a href=scope.link(href) rel="noopener">{href.as_str().to_owned()}</a></p> }.into_any()
    });
    view! { <div class="box quiet" role="note"><p class="meta">{scope.t(Word::not_carried_over)}</p>{text}{link}</div> }.into_any()
}
