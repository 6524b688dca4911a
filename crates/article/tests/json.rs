//! The JSON reader, beside one that everybody trusts.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use article::json::{Kind, MAX_DEPTH, Value, line_and_column, parse};
use proptest::prelude::*;

/// The same value as `serde_json` sees it, the last of repeated names counting.
fn same(ours: &Value<'_>, theirs: &serde_json::Value) -> bool {
    match (&ours.kind, theirs) {
        (Kind::Null, serde_json::Value::Null) => true,
        (Kind::Bool(a), serde_json::Value::Bool(b)) => a == b,
        (Kind::Number(digits), serde_json::Value::Number(number)) => {
            digits.parse::<f64>().ok() == number.as_f64()
        }
        (Kind::String(a), serde_json::Value::String(b)) => a == b,
        (Kind::Array(a), serde_json::Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Kind::Object(members), serde_json::Value::Object(b)) => {
            members
                .iter()
                .all(|member| b.contains_key(member.name.as_ref()))
                && b.iter()
                    .all(|(name, b)| ours.get(name).is_some_and(|a| same(a, b)))
        }
        _ => false,
    }
}

/// Whether every span encloses its text and its children, in order.
fn spans_are_sound(value: &Value<'_>, source: &str) -> bool {
    let inside = |inner: article::json::Span| {
        value.span.start <= inner.start && inner.start <= inner.end && inner.end <= value.span.end
    };
    let text = source.get(value.span.start..value.span.end);
    match (&value.kind, text) {
        (_, None) => false,
        (Kind::Number(digits), Some(text)) => *digits == text,
        (Kind::Array(items), Some(text)) => {
            text.starts_with('[')
                && items
                    .iter()
                    .all(|item| inside(item.span) && spans_are_sound(item, source))
                && items
                    .windows(2)
                    .all(|pair| pair[0].span.end <= pair[1].span.start)
        }
        (Kind::Object(members), Some(text)) => {
            text.starts_with('{')
                && members.iter().all(|member| {
                    inside(member.name_span)
                        && inside(member.value.span)
                        && member.name_span.end <= member.value.span.start
                        && source[member.name_span.start..].starts_with('"')
                        && spans_are_sound(&member.value, source)
                })
                && members
                    .windows(2)
                    .all(|pair| pair[0].value.span.end <= pair[1].name_span.start)
        }
        _ => true,
    }
}

/// The documented differences, and a limit of the other reader.
fn is_excused(source: &str) -> bool {
    let mut depth = 0_usize;
    let deep = source.bytes().any(|byte| {
        depth = match byte {
            b'[' | b'{' => depth + 1,
            b']' | b'}' => depth.saturating_sub(1),
            _ => depth,
        };
        depth > MAX_DEPTH
    });
    let surrogate = source.to_ascii_lowercase().contains("\\ud");
    let huge = serde_json::from_str::<serde_json::Value>(source)
        .is_err_and(|error| error.to_string().starts_with("number out of range"));
    deep || surrogate || huge || source.starts_with('\u{feff}')
}

fn agrees(source: &str) -> Result<(), TestCaseError> {
    let ours = parse(source);
    if let Some(value) = &ours.value {
        prop_assert!(spans_are_sound(value, source), "{source:?}");
    }
    if let Some(error) = &ours.error {
        prop_assert!(source.is_char_boundary(error.at), "{source:?}");
    } else {
        prop_assert!(ours.value.is_some());
    }
    if is_excused(source) {
        return Ok(());
    }
    match serde_json::from_str::<serde_json::Value>(source) {
        Ok(theirs) => {
            prop_assert_eq!(ours.error, None, "{:?}", source);
            prop_assert!(same(ours.value.as_ref().unwrap(), &theirs), "{source:?}");
        }
        Err(error) => prop_assert!(ours.error.is_some(), "accepts {source:?}: {error}"),
    }
    Ok(())
}

fn arbitrary_json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        any::<String>().prop_map(Into::into),
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
            prop::collection::vec((any::<String>(), inner), 0..6)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn both_readers_agree_on_sound_json(value in arbitrary_json(), pretty: bool) {
        let source = if pretty {
            serde_json::to_string_pretty(&value).unwrap()
        } else {
            value.to_string()
        };
        agrees(&source)?;
    }

    #[test]
    fn both_readers_agree_on_damaged_json(
        value in arbitrary_json(),
        at in any::<prop::sample::Index>(),
        cut in 0_usize..4,
        insert in "[\\[\\]{}\",:0-9eE.+\\- \\\\ntu\u{1}é]{0,3}",
    ) {
        let source: Vec<char> = value.to_string().chars().collect();
        let at = at.index(source.len() + 1);
        let damaged: String = source[..at].iter().copied()
            .chain(insert.chars())
            .chain(source[(at + cut).min(source.len())..].iter().copied())
            .collect();
        agrees(&damaged)?;
    }

    #[test]
    fn both_readers_agree_on_strings_of_json_characters(
        source in "[\\[\\]{}\",:0-9eE.+\\- \\\\/bfnrtulsae\t\n\r\u{0}é😀\u{feff}]{0,24}",
    ) {
        agrees(&source)?;
    }

    #[test]
    fn both_readers_agree_on_numbers(source in "-?[0-9]{0,4}\\.?[0-9]{0,3}[eE]?[+-]?[0-9]{0,2}") {
        agrees(&source)?;
    }

    #[test]
    fn both_readers_agree_on_escapes(inside in "(\\\\[bfnrtu/\"\\\\x]|[0-9a-fA-F]|é){0,12}") {
        agrees(&format!("\"{inside}\""))?;
    }
}

/// What is broken, and where that becomes certain.
#[test]
fn an_error_points_at_the_byte_where_it_became_certain() {
    for (source, at) in [
        ("", 0),
        ("  ", 2),
        ("{", 1),
        ("{\"a\": 1,}", 8),
        ("[1,]", 3),
        ("[1 2]", 3),
        ("{\"a\" 1}", 5),
        ("{'a': 1}", 1),
        ("{\"a\": tru}", 6),
        ("{\"a\": True}", 6),
        ("{\"a\": 01}", 7),
        ("{\"a\": 1.}", 8),
        ("{\"a\": -}", 7),
        ("{\"a\": 1e}", 8),
        ("{\"a\": \"b", 8),
        ("{\"a\": \"b\nc\"}", 8),
        ("{\"a\": \"\\x\"}", 8),
        ("{\"a\": \"\\u12g4\"}", 11),
        ("{} {}", 3),
        ("// a\n{}", 0),
        ("<!doctype html>", 0),
        ("“a”", 0),
        ("[\u{e9}]", 1),
    ] {
        let error = parse(source).error.unwrap_or_else(|| panic!("{source}"));
        assert_eq!(error.at, at, "{source:?}");
    }
}

#[test]
fn what_stood_before_an_error_is_kept() {
    let parsed = parse(r#"{"a": [1, {"b": "half of a te"#);
    assert!(parsed.error.is_some());
    let value = parsed.value.unwrap();
    let Kind::Array(items) = &value.get("a").unwrap().kind else {
        panic!()
    };
    assert_eq!(items[0].kind, Kind::Number("1"));
    assert_eq!(items[1].get("b").unwrap().as_str(), Some("half of a te"));
}

#[test]
fn of_a_repeated_name_the_last_one_counts() {
    let parsed = parse(r#"{"a": 1, "a": 2}"#);
    assert_eq!(
        parsed.value.unwrap().get("a").unwrap().kind,
        Kind::Number("2")
    );
}

#[test]
fn surrogates_without_their_other_half_become_replacement_characters() {
    for (source, text) in [
        (r#""\ud83d\ude00""#, "😀"),
        (r#""\ud83d""#, "\u{fffd}"),
        (r#""\ude00""#, "\u{fffd}"),
        (r#""\ud83d\ud83d\ude00""#, "\u{fffd}😀"),
        (r#""\ud83da""#, "\u{fffd}a"),
        (r#""\ud83d\n""#, "\u{fffd}\n"),
        (r#""\ud83d\u0041""#, "\u{fffd}A"),
    ] {
        let parsed = parse(source);
        assert_eq!(parsed.error, None, "{source}");
        assert_eq!(parsed.value.unwrap().as_str(), Some(text), "{source}");
    }
}

#[test]
fn nesting_is_read_to_its_limit_and_refused_beyond_it() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert_eq!(parse(&nested(MAX_DEPTH)).error, None);
    assert_eq!(parse(&nested(MAX_DEPTH + 1)).error.unwrap().at, MAX_DEPTH);
    // Deep enough to end a program that recurses without a limit.
    assert!(parse(&nested(1_000_000)).error.is_some());
    assert!(parse(&"{\"a\":".repeat(1_000_000)).error.is_some());
}

#[test]
fn lines_and_columns_are_counted_as_editors_do() {
    let source = "{\r\n  \"é\": 😀x\n}";
    let at = |what: &str| line_and_column(source, source.find(what).unwrap());
    assert_eq!(at("{"), (1, 1));
    assert_eq!(at("\"é"), (2, 3));
    assert_eq!(at("x"), (2, 9));
    assert_eq!(at("}"), (3, 1));
    assert_eq!(line_and_column(source, usize::MAX), (3, 2));
    assert_eq!(line_and_column("", 0), (1, 1));
    // A byte-order mark is no column.
    assert_eq!(line_and_column("\u{feff}ab", 4), (1, 2));
    assert_eq!(parse("\u{feff}[1]").error, None);
}
