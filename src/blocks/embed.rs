//! Something that lives on somebody else's site. Nothing of it is loaded: the
//! story says what it is and links to it.

use article::block::Embed;
use leptos::prelude::*;

use crate::i18n::Word;
use crate::parts::rich_text::rich_text;
use crate::scope::Scope;

/// Title, what it says, and the link.
pub fn embed(scope: &Scope, embed: &Embed) -> AnyView {
    let host = embed.href.as_str().split('/').nth(2).unwrap_or_default();
    let provider = if embed.provider.is_empty() { host.to_owned() } else { embed.provider.clone() };
    let sentence = scope.messages.with(Word::embed_elsewhere, &[("provider", &provider)]);
    let fallback = embed.fallback.as_ref().map(|text| view! { <p>{rich_text(scope, text)}</p> }.into_any());
    let caption = embed.caption.as_ref().map(|text| {
        view! { <figcaption><span class="caption">{rich_text(scope, text)}</span></figcaption> }.into_any()
    });
    let words = format!("{} ({host})", scope.t(Word::embed_open));
    view! {
        <figure class="embed">
            <div class="box">
                <p class="box-title">{embed.title.clone()}</p>
                {fallback}
                <p class="meta">{sentence}</p>
                <p><a href=scope.link(&embed.href) rel="noopener">{words}</a></p>
            </div>
            {caption}
        </figure>
    }
    .into_any()
}
