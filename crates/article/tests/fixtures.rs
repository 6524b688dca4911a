//! The broken stories of `tests/fixtures/articles`, as both readings take them. What
//! press and the browser make of them is tested there.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use std::path::PathBuf;

use article::{Article, Block, Severity};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures")
}

fn fixture(name: &str) -> String {
    std::fs::read_to_string(folder().join("articles").join(name)).unwrap()
}

/// Severity, line and column, code and path of everything the strict reading finds.
const FIXTURES: &[(&str, &[&str])] = &[
    (
        "bidi-override.json",
        &[
            "error 6:15 BidiControl headline",
            "error 9:38 BidiControl body[0].content",
        ],
    ),
    (
        "broken-date.json",
        &[
            "error 7:20 BrokenDate datePublished",
            "error 8:19 BrokenDate dateModified",
            "error 9:21 BrokenDate embargoedUntil",
            "error 10:59 BrokenDate corrections[0].datePublished",
        ],
    ),
    ("empty.json", &["error 1:1 Syntax "]),
    (
        "javascript-links.json",
        &[
            "error 8:49 UnsafeLink byline[1].href",
            "error 10:74 UnsafeLink body[0].content[1].href",
            "error 10:134 UnsafeLink body[0].content[3].href",
            "error 10:200 UnsafeLink body[0].content[5].href",
            "error 11:98 UnsafeLink body[1].content[1].href",
            "error 11:148 UnsafeLink body[1].content[3].href",
            "error 11:201 UnsafeLink body[1].content[5].href",
            "error 12:101 UnsafeLink body[2].content[1].href",
            "error 13:54 UnsafeLink body[3].href",
            "error 14:46 UnsafeLink body[4].link.href",
        ],
    ),
    (
        "lost-characters.json",
        &[
            "error 6:15 BrokenText headline",
            "warning 10:38 BrokenText body[1].content",
        ],
    ),
    (
        "mended-before-it-was-made.json",
        &["error 8:19 OutOfRange dateModified"],
    ),
    (
        "missing-alt.json",
        &[
            "warning 10:32 Missing body[1].image",
            "error 11:40 Missing body[2].image.alt",
        ],
    ),
    ("missing-image.json", &[]),
    ("newer-format.json", &["error 2:20 Version schemaVersion"]),
    ("not-json.json", &["error 1:1 Syntax "]),
    ("same-slug-1.json", &[]),
    ("same-slug-2.json", &[]),
    ("sound.json", &[]),
    ("truncated.json", &["error 11:124 Syntax body[2].content"]),
    (
        "unknown-blocks.json",
        &[
            "error 10:14 UnknownBlock body[1].type",
            "error 12:14 UnknownBlock body[3].type",
            "error 13:5 MissingField body[4]",
            "error 14:5 WrongShape body[5]",
        ],
    ),
    (
        "wrong-types.json",
        &[
            "error 3:9 WrongShape id",
            "error 6:44 WrongShape headline[1]",
            "error 8:12 WrongShape label",
            "error 9:14 WrongShape authors",
            "error 10:17 WrongShape standfirst",
            "error 13:38 WrongShape body[1].content",
            "error 14:34 WrongShape body[2].level",
            "error 15:87 WrongShape body[3].rows[1][1]",
            "error 15:92 WrongShape body[3].rows[1][2]",
            "error 16:32 WrongShape body[4].items[0]",
            "error 17:32 WrongShape body[5].image",
        ],
    ),
];

#[test]
fn the_strict_reading_finds_what_each_fixture_was_made_for() {
    for (name, problems) in FIXTURES {
        let source = fixture(name);
        let found: Vec<String> = Article::read_strictly(&source)
            .problems
            .iter()
            .map(|problem| {
                let (line, column) = problem.line_and_column(&source);
                let severity = match problem.severity {
                    Severity::Error => "error",
                    Severity::Warning => "warning",
                };
                format!(
                    "{severity} {line}:{column} {:?} {}",
                    problem.code, problem.path
                )
            })
            .collect();
        assert_eq!(found, *problems, "{name}");
    }
}

#[test]
fn every_fixture_has_its_line_in_the_table_and_in_the_readme() {
    let readme = std::fs::read_to_string(folder().join("README.md")).unwrap();
    let mut names: Vec<String> = std::fs::read_dir(folder().join("articles"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let mut known: Vec<&str> = FIXTURES.iter().map(|(name, _)| *name).collect();
    known.sort_unstable();
    assert_eq!(names, known);
    for name in names {
        assert!(readme.contains(&format!("`{name}`")), "{name}");
    }
}

#[test]
fn the_lenient_reading_shows_what_can_be_shown() {
    let read = |name: &str| Article::read_leniently(&fixture(name));
    for name in ["empty.json", "not-json.json"] {
        assert_eq!(read(name), Err(article::Unreadable::NotAnArticle), "{name}");
    }
    assert_eq!(
        read("newer-format.json"),
        Err(article::Unreadable::NewerFormat)
    );

    let truncated = read("truncated.json").unwrap();
    assert!(truncated.broke_off.is_some());
    assert_eq!(truncated.article.body.len(), 3);

    let wrong = read("wrong-types.json").unwrap().article;
    assert_eq!(wrong.plain_headline(), "The harvest in figures, 2024");
    assert_eq!(wrong.id, "20240517");
    let Block::Table(table) = &wrong.body[3] else {
        panic!("{:?}", wrong.body[3])
    };
    let rows: Vec<Vec<String>> = table
        .rows
        .iter()
        .map(|row| row.iter().map(article::RichText::to_plain).collect())
        .collect();
    assert_eq!(rows[1], ["North", "340", ""]);

    let unknown = read("unknown-blocks.json").unwrap().article;
    let kinds: Vec<bool> = unknown
        .body
        .iter()
        .map(|block| matches!(block, Block::Unknown(_)))
        .collect();
    assert_eq!(kinds, [false, true, false, true, true, true, false]);
    let words: Vec<String> = unknown
        .body
        .iter()
        .filter_map(|block| match block {
            Block::Unknown(unknown) => Some(
                unknown
                    .text
                    .as_ref()
                    .map(article::RichText::to_plain)
                    .unwrap_or_default(),
            ),
            _ => None,
        })
        .collect();
    assert_eq!(
        words,
        [
            "The year in nine dates",
            "A slip of the pen in the type must not cost the words.",
            "",
            "A bare text that is no block at all."
        ]
    );

    let links = serde_json::to_string(&read("javascript-links.json").unwrap().article).unwrap();
    assert_eq!(links.matches("\"href\"").count(), 1, "{links}");
    assert!(!links.contains("evil"));

    let bidi = read("bidi-override.json").unwrap().article;
    assert_eq!(bidi.plain_headline(), "A price that reads 001 coins");
    let Block::Paragraph(last) = &bidi.body[2] else {
        panic!()
    };
    assert!(last.content.to_plain().contains("می\u{200c}خواهم"));

    let dates = read("broken-date.json").unwrap().article;
    assert_eq!(
        (
            dates.date_published,
            dates.date_modified,
            dates.embargoed_until
        ),
        (None, None, None)
    );
    assert_eq!(dates.corrections.len(), 1);

    assert_eq!(
        read("lost-characters.json")
            .unwrap()
            .article
            .plain_headline(),
        "Its a pity"
    );
    assert_eq!(read("missing-alt.json").unwrap().article.images().len(), 4);
}
