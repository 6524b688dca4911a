//! The JSON Schema of the format.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use article::schema::{article_schema, site_schema};
use serde_json::{Value, json};

/// Every object in a document, with the way to it.
fn walk(value: &Value, path: &str, visit: &mut impl FnMut(&str, &serde_json::Map<String, Value>)) {
    match value {
        Value::Object(members) => {
            visit(path, members);
            for (name, value) in members {
                walk(value, &format!("{path}/{name}"), visit);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(item, &format!("{path}/{index}"), visit);
            }
        }
        _ => {}
    }
}

#[test]
fn the_schemas_are_schemas_of_the_draft_they_name() {
    for schema in [article_schema(), site_schema()] {
        assert_eq!(
            schema["$schema"],
            "https://json-schema.org/draft/2020-12/schema"
        );
        assert!(jsonschema::meta::is_valid(&schema));
        jsonschema::validator_for(&schema).unwrap();
    }
}

#[test]
fn every_reference_leads_somewhere_and_every_definition_is_used() {
    for schema in [article_schema(), site_schema()] {
        let mut used = std::collections::BTreeSet::new();
        walk(&schema, "", &mut |path, object| {
            if let Some(Value::String(target)) = object.get("$ref") {
                let name = target.strip_prefix("#/$defs/").unwrap();
                assert!(schema["$defs"][name].is_object(), "{path}: {target}");
                used.insert(name.to_owned());
            }
        });
        let known: std::collections::BTreeSet<String> = schema["$defs"]
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect();
        assert_eq!(known, used);
    }
}

#[test]
fn records_take_no_other_fields_and_nothing_may_be_null() {
    for schema in [article_schema(), site_schema()] {
        walk(&schema, "", &mut |path, object| {
            if object.get("type") == Some(&json!("object"))
                && object.contains_key("properties")
                && !object.contains_key("allOf")
            {
                assert_eq!(
                    object.get("additionalProperties"),
                    Some(&json!(false)),
                    "{path}"
                );
            }
            assert!(!object.contains_key("oneOf"), "{path}");
            let kinds = object.get("type").map(Value::to_string).unwrap_or_default();
            assert!(!kinds.contains("null"), "{path}");
        });
    }
}

#[test]
fn patterns_keep_to_what_every_engine_knows() {
    for schema in [article_schema(), site_schema()] {
        walk(&schema, "", &mut |path, object| {
            if let Some(Value::String(pattern)) = object.get("pattern") {
                for special in [r"\p", r"\P", "(?", r"\d", r"\w", r"\x"] {
                    assert!(!pattern.contains(special), "{path}: {special} in {pattern}");
                }
            }
        });
    }
}

#[test]
fn doc_comments_become_descriptions() {
    let schema = article_schema();
    assert_eq!(
        schema["$defs"]["Author"]["description"],
        "Who made the story."
    );
    let article = &schema["$defs"]["Article"]["properties"];
    assert_eq!(
        article["slug"]["description"],
        "The last part of the address, unique in its language."
    );
    assert_eq!(article["slug"]["$ref"], "#/$defs/Slug");
}

#[test]
fn an_error_inside_a_block_names_the_field_and_not_the_block() {
    let schema = jsonschema::validator_for(&article_schema()).unwrap();
    let story = json!({
        "schemaVersion": "1.0", "id": "a", "slug": "a", "language": "en", "headline": "A",
        "datePublished": "2026", "body": [
            {"type": "paragraph", "content": ["a ", {"text": "b", "href": "javascript:alert(1)"}]},
            {"type": "heading", "level": 1, "content": "b"},
            {"type": "image", "image": {"alt": "c"}},
        ],
    });
    let paths: Vec<String> = schema
        .iter_errors(&story)
        .map(|error| error.instance_path().to_string())
        .collect();
    assert_eq!(
        paths,
        ["/body/0/content/1/href", "/body/1/level", "/body/2/image"]
    );
}

/// The limits of the schema are the limits of the strict reading.
#[test]
fn what_the_schema_refuses_the_strict_reading_refuses_too() {
    let schema = jsonschema::validator_for(&article_schema()).unwrap();
    let sound = || {
        json!({
            "schemaVersion": "1.0", "id": "a", "slug": "a", "language": "en", "headline": "A",
            "datePublished": "2026", "body": [{"type": "paragraph", "content": "b"}],
        })
    };
    assert!(schema.is_valid(&sound()));
    assert!(article::Article::read_strictly(&sound().to_string()).is_sound());
    let image = |more: Value| {
        let mut image =
            json!({"renditions": [{"href": "/a.jpg", "contentType": "image/jpeg"}], "alt": "a"});
        image
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        json!([{"type": "image", "image": image}])
    };
    let broken = [
        ("schemaVersion", json!("2.0")),
        ("schemaVersion", json!("1")),
        ("schemaVersion", json!(1.0)),
        ("id", json!(" ")),
        ("slug", json!("a b")),
        ("slug", json!("")),
        ("slug", json!("..")),
        ("slug", json!("a".repeat(121))),
        ("slug", json!("a\u{200b}")),
        ("language", json!("en_GB")),
        ("headline", json!([])),
        ("headline", json!(null)),
        ("headline", json!(["a", 1])),
        ("headline", json!("a\u{202e}b")),
        ("label", json!("a\u{1b}b")),
        ("label", json!(["a"])),
        ("datePublished", json!("2026-13")),
        ("datePublished", json!("0000")),
        ("datePublished", json!("2026-01-01T00:00:00")),
        ("aliases", json!(["news.html"])),
        ("aliases", json!(["//news.html"])),
        ("aliases", json!(["/news#a"])),
        ("aliases", json!("/news")),
        ("canonicalUrl", json!("/a")),
        ("canonicalUrl", json!("https://a b")),
        ("dir", json!("RTL")),
        ("pubStatus", json!("cancelled")),
        ("authors", json!([{"name": ""}])),
        ("authors", json!([{"role": "author"}])),
        (
            "locationCreated",
            json!({"name": "a", "latitude": 91, "longitude": 0}),
        ),
        (
            "locationCreated",
            json!({"name": "a", "latitude": 1, "longitude": -180.5}),
        ),
        ("leadMedia", json!({"type": "divider"})),
        ("leadMedia", json!("a")),
        ("extensions", json!([])),
        ("unknown", json!(1)),
        ("body", json!({})),
        ("body", json!([{"type": "future"}])),
        ("body", json!([{}])),
        ("body", json!([{"type": "divider", "content": "a"}])),
        ("body", json!([{"type": "list", "items": []}])),
        (
            "body",
            json!([{"type": "heading", "level": 5, "content": "a"}]),
        ),
        (
            "body",
            json!([{"type": "heading", "level": 2.5, "content": "a"}]),
        ),
        (
            "body",
            json!([{"type": "table", "rows": [["a"]], "headerRows": -1}]),
        ),
        (
            "body",
            json!([{"type": "table", "rows": [["a"]], "headerRows": 256}]),
        ),
        (
            "body",
            json!([{"type": "embed", "provider": "a", "href": "https://youtu.be/a", "title": "a"}]),
        ),
        (
            "body",
            json!([{"type": "embed", "provider": "youtube", "href": "http://youtu.be/a", "title": "a"}]),
        ),
        (
            "body",
            json!([{"type": "embed", "provider": "youtube", "href": "https://youtu.be/a", "title": "a", "aspectRatio": 0}]),
        ),
        ("body", image(json!({"alt": ""}))),
        ("body", image(json!({"width": 0}))),
        ("body", image(json!({"width": -1}))),
        ("body", image(json!({"renditions": []}))),
        ("body", image(json!({"focalPoint": {"x": 1.1, "y": 0}}))),
        ("body", image(json!({"focalPoint": {"x": 1}}))),
    ];
    for (field, value) in broken {
        let mut story = sound();
        story[field] = value.clone();
        assert!(
            !schema.is_valid(&story),
            "the schema accepts {field}: {value}"
        );
        let strict = article::Article::read_strictly(&story.to_string());
        assert!(
            !strict.is_sound(),
            "the strict reading accepts {field}: {value}"
        );
    }
}
