//! A story that holds more than one may: where, and how to mend it.

use super::ask::{items, span_of};
use super::observer::Ear;
use crate::json::{Span, Value};
use crate::limits::{
    Excess, MAX_BLOCK_TEXT, MAX_BLOCKS, MAX_LINKS, MAX_NESTING, MAX_TITLE, cut as cut_article,
};
use crate::read::Code;
use crate::story::Article;

/// Cuts the article as the lenient reading does, and tells where.
pub(super) fn cut(value: &Value<'_>, article: &mut Article, ear: &mut Ear) {
    cut_article(article, &mut |field, item, excess| {
        let (code, message, hint) = words(excess);
        ear.error(code, place(value, field, item), message, hint);
    });
}

/// The beginning of the block or field: underlined whole it would be no place at all.
fn place(article: &Value<'_>, field: &str, item: usize) -> Span {
    let block = items(article, field)
        .get(item)
        .filter(|_| field == "body")
        .map(|block| block.span);
    let span = block.unwrap_or_else(|| span_of(article, field));
    Span {
        start: span.start,
        end: span.end.min(span.start + 1),
    }
}

fn words(excess: Excess) -> (Code, String, &'static str) {
    match excess {
        Excess::Title => (
            Code::Size,
            format!(
                "this line has more than {MAX_TITLE} characters, and readers get no more of it"
            ),
            "Shorten it; what does not fit belongs into the body.",
        ),
        Excess::BlockText => (
            Code::Size,
            format!(
                "this text has more than {MAX_BLOCK_TEXT} characters, and readers get no more of it"
            ),
            "Divide it into paragraphs, or a table into several.",
        ),
        Excess::Blocks => (
            Code::Size,
            format!(
                "the story has more than {MAX_BLOCKS} blocks and pictures; from here on readers get nothing"
            ),
            "Divide the document into several stories.",
        ),
        Excess::Nesting => (
            Code::Nesting,
            format!("blocks or lists stand more than {MAX_NESTING} deep in each other here"),
            "Take the inner ones apart: readers do not get them.",
        ),
        Excess::Links => (
            Code::Size,
            format!(
                "the story has more than {MAX_LINKS} links; from here on readers get their text only"
            ),
            "Divide the document into several stories, or link to a list.",
        ),
    }
}
