//! Running text.

use article::block::Paragraph;

use crate::markup::{Element, el};
use crate::parts::rich_text::rich_text;
use crate::scope::Scope;

/// A paragraph, opened by the dateline if it is the story's first.
pub fn paragraph(scope: &Scope, paragraph: &Paragraph, dateline: Option<Element>) -> Element {
    // A paragraph in another language takes that language's direction.
    let direction = paragraph
        .dir
        .or_else(|| paragraph.lang.as_ref().map(article::Language::direction));
    el("p")
        .attr(
            "lang",
            paragraph.lang.as_ref().map(|lang| lang.as_str().to_owned()),
        )
        .attr("dir", direction.map(article::Direction::as_str))
        .put(dateline)
        .put(rich_text(scope, &paragraph.content))
}

/// The place and day a story was filed from, as printed. An archive's dateline may
/// end in a dash of its own, which stays the dash it is; any other gets one.
pub fn dateline(text: &str) -> Element {
    let text = text.trim();
    let dash = if text.ends_with(['–', '—', '-']) {
        " "
    } else {
        " — "
    };
    el("span").class("dateline").put(text).put(dash)
}
