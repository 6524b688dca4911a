//! How much a story may hold: cut for readers, refused by press with its place.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use article::limits::{MAX_BLOCK_TEXT, MAX_BLOCKS, MAX_LINKS, MAX_NESTING, MAX_TITLE};
use article::{Article, Block, Inline, Lenient};
use serde_json::{Value, json};

fn lenient(story: &Value) -> Lenient {
    Article::read_leniently(&story.to_string()).unwrap()
}

/// The paths of what the strict reading says of limits.
fn told(story: &Value) -> Vec<String> {
    let strict = Article::read_strictly(&story.to_string());
    assert_eq!(strict.article, Some(lenient(story).article));
    strict
        .problems
        .iter()
        .filter(|problem| problem.message.contains("more than") && !problem.message.contains("KB"))
        .map(|problem| {
            assert!(!problem.hint.is_empty());
            problem.path.clone()
        })
        .collect()
}

fn paragraphs(count: usize) -> Value {
    json!({ "body": vec![json!({ "type": "paragraph", "content": "" }); count] })
}

#[test]
fn a_title_at_the_limit_is_whole_and_one_letter_more_is_cut() {
    for name in [
        "headline",
        "byline",
        "label",
        "dateline",
        "alternativeHeadline",
    ] {
        let whole = json!({ name: "é".repeat(MAX_TITLE), "body": [] });
        assert!(!lenient(&whole).was_cut, "{name}");
        assert_eq!(told(&whole), Vec::<String>::new(), "{name}");
        let long = json!({ name: "é".repeat(MAX_TITLE + 1), "body": [] });
        assert!(lenient(&long).was_cut, "{name}");
        assert_eq!(told(&long), [name]);
    }
    let long = json!({ "headline": ["é".repeat(MAX_TITLE), { "text": "more" }] });
    assert_eq!(lenient(&long).article.headline.char_count(), MAX_TITLE);
}

#[test]
fn a_block_at_the_limit_is_whole_and_one_letter_more_is_cut() {
    let story = |length| json!({ "body": [{ "type": "divider" }, { "type": "quote", "content": ["x".repeat(length)] }] });
    assert!(!lenient(&story(MAX_BLOCK_TEXT)).was_cut);
    assert!(lenient(&story(MAX_BLOCK_TEXT + 1)).was_cut);
    assert_eq!(told(&story(MAX_BLOCK_TEXT + 1)), ["body[1]"]);
}

#[test]
fn a_table_of_empty_cells_ends_too() {
    let cells = vec![vec![""; 1000]; 201];
    let read = lenient(&json!({ "body": [{ "type": "table", "rows": cells }] }));
    assert!(read.was_cut);
}

#[test]
fn blocks_beyond_the_limit_are_left_out_and_the_first_of_them_is_named() {
    assert!(!lenient(&paragraphs(MAX_BLOCKS)).was_cut);
    let many = paragraphs(MAX_BLOCKS + 2);
    let read = lenient(&many);
    assert!(read.was_cut);
    assert_eq!(read.article.body.len(), MAX_BLOCKS);
    // Of so many empty paragraphs others are told first.
    assert_eq!(
        Article::read_strictly(&many.to_string()).article,
        Some(read.article)
    );
}

#[test]
fn links_beyond_the_limit_keep_their_words() {
    let link = json!({ "text": "x", "href": "/" });
    let story = json!({ "body": [{ "type": "paragraph", "content": vec![link; MAX_LINKS + 1] }] });
    let read = lenient(&story);
    assert!(read.was_cut);
    let Block::Paragraph(paragraph) = &read.article.body[0] else {
        panic!("no paragraph")
    };
    assert_eq!(paragraph.content.0.len(), MAX_LINKS + 1);
    let links = paragraph
        .content
        .0
        .iter()
        .filter(|piece| matches!(piece, Inline::Span(span) if span.href.is_some()));
    assert_eq!(links.count(), MAX_LINKS);
    assert_eq!(told(&story), ["body[0]"]);
}

#[test]
fn what_stands_too_deep_is_left_out_and_its_neighbours_stay() {
    let nested = |depth| {
        (1..depth).fold(json!({ "type": "paragraph", "content": "deep" }), |inner, _| {
            json!({ "type": "aside", "body": [{ "type": "paragraph", "content": "x" }, inner] })
        })
    };
    let story = |depth| json!({ "body": [nested(depth), { "type": "divider" }] });
    assert!(!lenient(&story(MAX_NESTING)).was_cut);
    let read = lenient(&story(MAX_NESTING + 1));
    assert!(read.was_cut);
    assert_eq!(read.article.body.len(), 2);
    assert!(told(&story(MAX_NESTING + 1)).contains(&"body[0]".to_owned()));
}

#[test]
fn lists_around_the_body_end_too() {
    let story = json!({ "subjects": vec![json!({ "id": "a", "name": "A" }); MAX_LINKS + 1] });
    let read = lenient(&story);
    assert!(read.was_cut);
    assert_eq!(read.article.subjects.len(), MAX_LINKS);
}
