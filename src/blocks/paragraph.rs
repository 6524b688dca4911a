//! Running text.

use article::block::Paragraph;
use leptos::prelude::*;

use crate::parts::rich_text::rich_text;
use crate::scope::Scope;

/// A paragraph, opened by the dateline if it is the story's first.
pub fn paragraph(scope: &Scope, paragraph: &Paragraph, dateline: Option<AnyView>) -> AnyView {
    let lang = paragraph.lang.as_ref().map(|lang| lang.as_str().to_owned());
    // A paragraph in another language takes that language's direction.
    let dir = paragraph
        .dir
        .or_else(|| paragraph.lang.as_ref().map(article::Language::direction))
        .map(article::Direction::as_str);
    view! { <p lang=lang dir=dir>{dateline}{rich_text(scope, &paragraph.content)}</p> }.into_any()
}

/// The place and day a story was filed from, as printed. An archive's dateline may
/// end in its own dash; it does not get a second one.
pub fn dateline(text: &str) -> AnyView {
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '–' | '—' | '-'));
    view! { <span class="dateline">{text.to_owned()}{" — "}</span> }.into_any()
}
