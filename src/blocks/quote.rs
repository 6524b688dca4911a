//! What somebody said or wrote.

use article::Inline;
use article::block::Quote;

use crate::markup::{Element, el};
use crate::parts::rich_text::{link, rich_text};
use crate::scope::Scope;

/// A quotation with who said it; a pull quote is set large.
pub fn quote(scope: &Scope, quote: &Quote) -> Element {
    let cite = quote
        .cite
        .as_ref()
        .filter(|cite| cite.is_external())
        .map(|cite| cite.as_str().to_owned());
    let said = quote
        .content
        .iter()
        .fold(el("blockquote").attr("cite", cite), |element, text| {
            element.put(el("p").put(rich_text(scope, text)))
        });
    let attribution = quote.attribution.as_ref().map(|text| {
        // A source with an address is a link, unless the text brings its own.
        let has_links = text
            .0
            .iter()
            .any(|piece| matches!(piece, Inline::Span(span) if span.href.is_some()));
        let words = rich_text(scope, text);
        let caption = el("figcaption").class("attribution");
        match &quote.cite {
            Some(cite) if !has_links => caption.put(link(scope, cite).put(words)),
            _ => caption.put(words),
        }
    });
    el("figure")
        .class(if quote.pull { "quote pull" } else { "quote" })
        .put(said)
        .put(attribution)
}
