//! What somebody said or wrote.

use article::block::Quote;
use leptos::prelude::*;

use crate::parts::rich_text::{link, rich_text};
use crate::scope::Scope;

/// A quotation with who said it; a pull quote is set large.
pub fn quote(scope: &Scope, quote: &Quote) -> AnyView {
    let class = if quote.pull { "quote pull" } else { "quote" };
    let paragraphs: Vec<AnyView> = quote
        .content
        .iter()
        .map(|text| view! { <p>{rich_text(scope, text)}</p> }.into_any())
        .collect();
    let cite = quote.cite.as_ref().filter(|cite| cite.is_external()).map(|cite| cite.as_str().to_owned());
    let attribution = quote.attribution.as_ref().map(|text| {
        // A source with an address is a link, unless the text brings its own.
        let plain = text.0.iter().all(|piece| !matches!(piece, article::Inline::Span(span) if span.href.is_some()));
        let content = match &quote.cite {
            Some(cite) if plain => vec![link(scope, cite, rich_text(scope, text))],
            _ => rich_text(scope, text),
        };
        view! { <figcaption class="attribution">{content}</figcaption> }.into_any()
    });
    view! { <figure class=class><blockquote cite=cite>{paragraphs}</blockquote>{attribution}</figure> }.into_any()
}
