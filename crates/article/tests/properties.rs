//! What holds for every article and for every text that is none.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod dice;

use std::collections::BTreeSet;

use article::{Article, Block, Severity, Site, Strict};
use dice::Dice;
use proptest::prelude::*;
use serde_json::{Value, json};

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..3000)
}

fn errors(strict: &Strict) -> Vec<String> {
    strict
        .problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .map(|problem| format!("{}: {}", problem.path, problem.message))
        .collect()
}

/// Both readings of any text end, and make the same of it.
fn reads_any(source: &str) -> Option<Article> {
    let lenient = Article::read_leniently(source)
        .ok()
        .map(|lenient| lenient.article);
    let strict = Article::read_strictly(source);
    assert_eq!(strict.article, lenient);
    for problem in &strict.problems {
        assert!(source.get(problem.span.start..problem.span.end).is_some());
        assert!(!problem.message.is_empty() && !problem.hint.is_empty());
        assert!(!problem.message.chars().any(char::is_control));
    }
    assert!(
        strict
            .problems
            .is_sorted_by_key(|problem| problem.span.start)
    );
    if lenient.is_none() {
        assert!(!strict.problems.is_empty());
    }
    let _ = Site::read_leniently(source);
    let _ = Site::read_strictly(source);
    // Whatever was made of it can be written, and is read again the same.
    if let Some(article) = &lenient {
        let written = serde_json::to_string(article).unwrap();
        let again = Article::read_leniently(&written).unwrap();
        assert_eq!(&again.article, article, "{written}");
        assert_eq!(again.broke_off, None);
        assert!(!written.contains(":null") || source.contains("null"));
        let _ = article.reading_minutes();
        let _ = article.images();
        let _ = article.videos();
        let _ = article.plain_headline();
    }
    lenient
}

thread_local! {
    static SCHEMA: jsonschema::Validator =
        jsonschema::validator_for(&article::schema::article_schema()).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_sound_article_is_sound_to_both_readings_and_the_schema(bytes in bytes()) {
        let value = Dice::new(&bytes).article();
        let source = value.to_string();
        let strict = Article::read_strictly(&source);
        prop_assert_eq!(errors(&strict), [""; 0]);
        let article = strict.article.unwrap();
        prop_assert_eq!(&Article::read_leniently(&source).unwrap().article, &article);
        SCHEMA.with(|schema| {
            if let Err(error) = schema.validate(&value) {
                panic!("{}: {error}", error.instance_path());
            }
        });
        // No field is lost on the way, compactly or prettily written.
        prop_assert_eq!(&serde_json::to_value(&article).unwrap(), &value);
        for written in [serde_json::to_string(&article).unwrap(), serde_json::to_string_pretty(&article).unwrap()] {
            let again = Article::read_strictly(&written);
            prop_assert_eq!(errors(&again), [""; 0]);
            prop_assert_eq!(again.article.as_ref(), Some(&article));
        }
    }

    #[test]
    fn a_broken_block_never_loses_its_neighbours(bytes in bytes(), at: prop::sample::Index, which: prop::sample::Index) {
        let mut value = Dice::new(&bytes).article();
        let sound = Article::read_leniently(&value.to_string()).unwrap().article;
        let broken = [
            json!(null), json!(7), json!("a text"), json!([]), json!([[]]), json!({}), json!({"type": 7}),
            json!({"type": "future", "text": "a"}), json!({"type": "paragraph"}),
            json!({"type": "paragraph", "content": null}), json!({"type": "image", "image": []}),
            json!({"type": "table", "rows": null}), json!({"type": "aside"}),
            json!({"type": "embed", "href": "javascript:alert(1)"}), json!({"type": "video", "video": "a"}),
            json!({"type": "list", "items": null}), json!({"type": "relatedLink", "link": {}}),
        ];
        let blocks = value["body"].as_array_mut().unwrap();
        let at = at.index(blocks.len() + 1);
        blocks.insert(at, broken[which.index(broken.len())].clone());
        let mut article = reads_any(&value.to_string()).unwrap();
        let placeholder = article.body.remove(at);
        prop_assert!(matches!(placeholder, Block::Unknown(_)));
        prop_assert_eq!(article, sound);
    }

    #[test]
    fn a_value_of_the_wrong_type_anywhere_breaks_no_reading(
        bytes in bytes(), way in prop::collection::vec(any::<prop::sample::Index>(), 1..9), which in 0_usize..9,
    ) {
        let mut value = Dice::new(&bytes).article();
        let wrong = [
            json!(null), json!(true), json!(-1.5), json!(1e300), json!(""), json!([]), json!({}),
            json!([{"type": "divider"}]), json!({"text": "a", "type": "b"}),
        ];
        let mut here = &mut value;
        for step in way {
            let length = match here {
                Value::Array(items) => items.len(),
                Value::Object(members) => members.len(),
                _ => 0,
            };
            if length == 0 {
                break;
            }
            let index = step.index(length);
            here = match here {
                Value::Array(items) => &mut items[index],
                Value::Object(members) => members.iter_mut().nth(index).unwrap().1,
                _ => unreachable!(),
            };
        }
        *here = wrong[which].clone();
        reads_any(&value.to_string());
    }

    #[test]
    fn damage_to_the_text_breaks_no_reading(
        bytes in bytes(), at in any::<prop::sample::Index>(), cut in 0_usize..40, insert in any::<String>(),
    ) {
        let source: Vec<char> = Dice::new(&bytes).article().to_string().chars().collect();
        let at = at.index(source.len());
        let damaged: String = source[..at].iter().copied()
            .chain(insert.chars())
            .chain(source[(at + cut).min(source.len())..].iter().copied())
            .collect();
        reads_any(&damaged);
    }

    #[test]
    fn any_bytes_at_all_break_no_reading(bytes in bytes()) {
        reads_any(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn a_decimal_is_read_exactly_and_written_as_it_was(micros in -999_999_999_999_999_i64..=999_999_999_999_999) {
        let decimal = article::Decimal { micros };
        let written = serde_json::to_string(&decimal).unwrap();
        prop_assert_eq!(article::Decimal::parse(&written), Some(decimal), "{}", written);
        let exact = format!("{}{}.{:06}", if micros < 0 { "-" } else { "" }, (micros / 1_000_000).abs(), (micros % 1_000_000).abs());
        prop_assert_eq!(article::Decimal::parse(&exact), Some(decimal));
    }
}

#[test]
fn decimals_take_the_numbers_of_json_and_nothing_else() {
    for (text, micros) in [
        ("0", 0),
        ("-0", 0),
        ("1", 1_000_000),
        ("94.4", 94_400_000),
        ("1e-6", 1),
        ("0.000001", 1),
        ("0.0000019", 1),
        ("1.5E2", 150_000_000),
        ("12e+1", 120_000_000),
        ("0.00001e2", 1_000),
        ("0e99", 0),
        ("1e-99", 0),
        ("-3.21", -3_210_000),
        ("999999999.999999", 999_999_999_999_999),
    ] {
        assert_eq!(
            article::Decimal::parse(text),
            Some(article::Decimal { micros }),
            "{text}"
        );
    }
    for text in [
        "",
        "-",
        "+1",
        "--1",
        "1.",
        ".5",
        "1e",
        "1e1.5",
        "a",
        "1a",
        "1000000000",
        "1e9",
        "1e300",
        "9e18",
        "99999999999999999999",
        "NaN",
        "1 ",
    ] {
        assert_eq!(article::Decimal::parse(text), None, "{text}");
    }
}

/// The fields of every record that a value uses, found by following the schema.
fn used(schema: &Value, record: &Value, value: &Value, fields: &mut BTreeSet<String>) {
    if let Some(name) = record["$ref"].as_str() {
        let name = name.strip_prefix("#/$defs/").unwrap();
        let record = &schema["$defs"][name];
        if let (Some(properties), Some(members)) =
            (record["properties"].as_object(), value.as_object())
        {
            for (field, value) in members {
                if let Some(property) = properties.get(field) {
                    fields.insert(format!("{name}.{field}"));
                    used(schema, property, value, fields);
                }
            }
            for branch in record["allOf"].as_array().into_iter().flatten() {
                if branch["if"]["properties"]["type"]["const"] == value["type"] {
                    used(schema, &branch["then"], value, fields);
                }
            }
        } else {
            used(schema, record, value, fields);
        }
    }
    for item in value.as_array().into_iter().flatten() {
        used(schema, &record["items"], item, fields);
    }
    if value.is_object() && record["then"]["$ref"].is_string() {
        used(schema, &record["then"], value, fields);
    }
}

#[test]
fn the_dice_know_every_field_of_the_format() {
    let schema = article::schema::article_schema();
    let mut known = BTreeSet::new();
    for (name, record) in schema["$defs"].as_object().unwrap() {
        for field in record["properties"].as_object().into_iter().flatten() {
            known.insert(format!("{name}.{}", field.0));
        }
    }
    let mut seen = BTreeSet::new();
    let mut state = 1_u64;
    for _ in 0..400 {
        let bytes: Vec<u8> = (0..3000)
            .map(|_| {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                (state >> 40) as u8
            })
            .collect();
        used(&schema, &schema, &Dice::new(&bytes).article(), &mut seen);
    }
    assert_eq!(
        known.difference(&seen).collect::<Vec<_>>(),
        Vec::<&String>::new()
    );
    assert!(known.len() > 120, "{}", known.len());
}
