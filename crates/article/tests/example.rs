//! The example of the format that is kept beside the repository: it uses nearly
//! every field, and was written before this crate.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use std::io::Write as _;
use std::path::Path;

use article::{Article, Block, Code, Direction};

/// `None`, said aloud, where the repository stands alone.
fn example() -> Option<String> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/article/example-article.json");
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        // Not eprintln!, which the test runner keeps to itself when a test passes.
        let _ = writeln!(std::io::stderr(), "SKIPPED: there is no {}", path.display());
    }
    text
}

#[test]
fn the_example_reads_strictly_without_a_problem() {
    let Some(source) = example() else { return };
    let strict = Article::read_strictly(&source);
    // It shows what an import leaves, too, and that is always told.
    let problems = strict.problems.iter();
    let others: Vec<_> = problems
        .filter(|problem| problem.code != Code::Unsupported)
        .collect();
    assert!(others.is_empty(), "{others:?}");
    assert!(strict.is_sound());
}

#[test]
fn both_readings_make_the_same_of_the_example() {
    let Some(source) = example() else { return };
    let lenient = Article::read_leniently(&source).unwrap();
    assert_eq!(lenient.broke_off, None);
    assert_eq!(
        Some(lenient.article),
        Article::read_strictly(&source).article
    );
}

#[test]
fn the_example_keeps_every_field_when_it_is_written_again() {
    let Some(source) = example() else { return };
    let article = Article::read_leniently(&source).unwrap().article;
    let written = serde_json::to_string(&article).unwrap();
    assert_eq!(Article::read_leniently(&written).unwrap().article, article);

    let mut was: serde_json::Value = serde_json::from_str(&source).unwrap();
    let is: serde_json::Value = serde_json::from_str(&written).unwrap();
    leave_defaults_out(&mut was);
    assert_eq!(is, was);
}

/// What is written leaves out what its absence means anyway.
fn leave_defaults_out(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(members) => {
            members.retain(|name, value| {
                let default = match name.as_str() {
                    "pubStatus" => *value == "usable",
                    "availability" => *value == "playable",
                    "role" => *value == "author",
                    "headerColumns" | "headerRows" => *value == 0,
                    _ => *value == false,
                };
                !default
            });
            members.values_mut().for_each(leave_defaults_out);
        }
        serde_json::Value::Array(items) => {
            // One plain text alone is written as that text.
            items.iter_mut().for_each(leave_defaults_out);
        }
        _ => {}
    }
}

#[test]
fn the_schema_accepts_the_example() {
    let Some(source) = example() else { return };
    let schema = jsonschema::validator_for(&article::schema::article_schema()).unwrap();
    let example = serde_json::from_str(&source).unwrap();
    let errors: Vec<String> = schema
        .iter_errors(&example)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert_eq!(errors, [""; 0]);
}

#[test]
fn a_truncation_at_every_byte_keeps_what_stood_before_it() {
    let Some(source) = example() else { return };
    let source = source.trim_end();
    let whole = Article::read_leniently(source).unwrap().article;
    let mut blocks = 0;
    for end in (0..source.len()).filter(|end| source.is_char_boundary(*end)) {
        let text = &source[..end];
        let strict = Article::read_strictly(text);
        assert!(!strict.is_sound(), "cut at {end}");
        assert_eq!(
            strict
                .problems
                .iter()
                .filter(|p| p.code == Code::Syntax)
                .count(),
            1
        );
        let lenient = Article::read_leniently(text)
            .ok()
            .map(|lenient| lenient.article);
        assert_eq!(strict.article, lenient);
        let Some(article) = lenient else { continue };
        // All blocks but the one that was cut through are as they were.
        assert!(article.body.len() >= blocks, "cut at {end}");
        blocks = article.body.len();
        for (is, was) in article.body.iter().rev().skip(1).rev().zip(&whole.body) {
            assert_eq!(is, was, "cut at {end}");
        }
    }
    assert_eq!(blocks, whole.body.len());
}

#[test]
fn the_example_tells_what_is_in_it() {
    let Some(source) = example() else { return };
    let article = Article::read_leniently(&source).unwrap().article;
    assert_eq!(article.direction(), Direction::Ltr);
    assert_eq!(
        article.plain_headline(),
        "The night ferry is back on Lake Amara after eleven years"
    );
    assert_eq!(article.images().len(), 1);
    assert_eq!(article.videos().len(), 2);
    assert_eq!(article.reading_minutes(), 2);
    assert!(
        !article
            .body
            .iter()
            .any(|block| matches!(block, Block::Unknown(_)))
    );
}
