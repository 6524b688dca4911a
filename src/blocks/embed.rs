//! Something that lives on somebody else's site. Nothing of it is loaded: the
//! story says what it is and links to it.

use article::block::Embed;

use crate::i18n::Word;
use crate::markup::{Element, el};
use crate::parts::rich_text::{link, rich_text};
use crate::scope::Scope;

/// Title, what it says, and the link.
pub fn embed(scope: &Scope, embed: &Embed) -> Element {
    let host = embed.href.host().unwrap_or_else(|| embed.href.shown());
    let sentence = scope
        .messages
        .with(Word::embed_elsewhere, &[("provider", &embed.owner())]);
    let open = link(scope, &embed.href).put(format!("{} ({host})", scope.t(Word::embed_open)));
    let card = el("div")
        .class("box")
        .put(el("p").class("box-title").put(embed.title.as_str()))
        .put(
            embed
                .fallback
                .as_ref()
                .map(|text| el("p").put(rich_text(scope, text))),
        )
        .put(el("p").class("meta").put(sentence))
        .put(el("p").put(open));
    let caption = embed
        .caption
        .as_ref()
        .map(|text| el("figcaption").put(el("span").class("caption").put(rich_text(scope, text))));
    el("figure").class("embed").put(card).put(caption)
}
