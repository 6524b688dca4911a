//! The format as JSON Schema (draft 2020-12), from the types themselves.
//!
//! It is meant for editors that complete and underline while somebody types, and
//! for tools in other languages, so it keeps to what all validators share:
//! blocks are `if`/`then` by `type`, because the errors of a `oneOf` show the whole
//! block and not the mistake; patterns use no `\p` and no look-around. It says no
//! more than a schema can: that a day exists, that ids are unique or that a table's
//! rows are of one length is for the strict reading to find.

use serde_json::{Map, Value, json};

use crate::decimal::LIMIT;

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of an article.
#[must_use]
pub fn article_schema() -> Value {
    document::<crate::story::Article>("Dateline article, version 1")
}

/// The schema of `site.json`.
#[must_use]
pub fn site_schema() -> Value {
    document::<crate::site::Site>("Dateline site.json, version 1")
}

fn document<T: Describe>(title: &str) -> Value {
    let mut definitions = Definitions::default();
    let mut root = T::describe(&mut definitions);
    merge(
        &mut root,
        json!({ "$schema": DRAFT, "title": title, "$defs": definitions.known }),
    );
    root
}

/// A type of the format, as it describes itself.
pub(crate) trait Describe {
    fn describe(definitions: &mut Definitions) -> Value;
}

/// A field of a record.
pub(crate) struct Property {
    pub name: &'static str,
    pub doc: &'static str,
    pub required: bool,
    pub schema: Value,
}

/// The `$defs` so far. A name is entered before what it stands for is described, so
/// that a record may hold itself.
#[derive(Default)]
pub(crate) struct Definitions {
    known: Map<String, Value>,
}

impl Definitions {
    fn define(&mut self, name: &str, describe: impl FnOnce(&mut Self) -> Value) -> Value {
        if !self.known.contains_key(name) {
            self.known.insert(name.into(), Value::Null);
            let schema = describe(self);
            self.known.insert(name.into(), schema);
        }
        json!({ "$ref": format!("#/$defs/{name}") })
    }

    /// An object with these fields and no others.
    pub(crate) fn record(
        &mut self,
        name: &'static str,
        doc: &str,
        fields: impl FnOnce(&mut Self) -> Vec<Property>,
    ) -> Value {
        self.define(name, |definitions| {
            let mut properties = Map::new();
            let mut required = Vec::new();
            for mut field in fields(definitions) {
                if !field.doc.is_empty() {
                    merge(
                        &mut field.schema,
                        json!({ "description": prose(field.doc) }),
                    );
                }
                merge(&mut field.schema, field_limits(name, field.name));
                if field.required {
                    required.push(field.name);
                }
                properties.insert(field.name.into(), field.schema);
            }
            let mut schema = json!({
                "type": "object",
                "description": prose(doc),
                "properties": properties,
                "additionalProperties": false,
            });
            if !required.is_empty() {
                merge(&mut schema, json!({ "required": required }));
            }
            merge(&mut schema, record_limits(name));
            schema
        })
    }

    /// One of these names.
    pub(crate) fn names(&mut self, name: &str, doc: &str, known: &[&str]) -> Value {
        self.define(
            name,
            |_| json!({ "type": "string", "description": prose(doc), "enum": known }),
        )
    }

    /// One of several records, by its `type`, which each of them then also holds.
    pub(crate) fn tagged(
        &mut self,
        name: &str,
        doc: &str,
        records: impl FnOnce(&mut Self) -> Vec<(&'static str, Value)>,
    ) -> Value {
        self.define(name, |definitions| {
            let records = records(definitions);
            let types: Vec<&str> = records.iter().map(|(kind, _)| *kind).collect();
            let branches: Vec<Value> = records
                .iter()
                .map(|(kind, record)| {
                    definitions.add_type(record, kind);
                    json!({
                        "if": { "properties": { "type": { "const": kind } }, "required": ["type"] },
                        "then": record,
                    })
                })
                .collect();
            json!({
                "type": "object",
                "description": prose(doc),
                "properties": { "type": { "enum": types } },
                "required": ["type"],
                "allOf": branches,
            })
        })
    }

    fn add_type(&mut self, reference: &Value, kind: &str) {
        let record = reference
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|path| path.strip_prefix("#/$defs/"))
            .and_then(|name| self.known.get_mut(name))
            .and_then(Value::as_object_mut);
        let Some(record) = record else { return };
        if let Some(properties) = record.get_mut("properties") {
            merge(properties, json!({ "type": { "const": kind } }));
        }
        let required = record.entry("required").or_insert_with(|| json!([]));
        if let Some(required) = required.as_array_mut() {
            required.insert(0, "type".into());
        }
    }
}

/// Enters the members of one object into another.
fn merge(into: &mut Value, more: Value) {
    if let (Value::Object(into), Value::Object(more)) = (into, more) {
        into.extend(more);
    }
}

/// A doc comment as one paragraph, without Rust's link brackets.
fn prose(doc: &str) -> String {
    doc.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace("[`", "")
        .replace("`]", "")
}

/// Limits of single fields that their types do not know.
fn field_limits(record: &str, field: &str) -> Value {
    match (record, field) {
        ("List", "items")
        | ("Gallery", "images")
        | ("Quote", "content")
        | ("Table", "rows")
        | ("Aside", "body")
        | ("Image", "renditions")
        | ("Site", "languages") => json!({ "minItems": 1 }),
        ("FocalPoint", _) => json!({ "minimum": 0, "maximum": 1 }),
        ("Place", "latitude") => json!({ "minimum": -90, "maximum": 90 }),
        ("Place", "longitude") => json!({ "minimum": -180, "maximum": 180 }),
        ("Media" | "Rendition" | "Card", "duration") => json!({ "minimum": 0 }),
        ("Embed", "aspectRatio") => json!({ "exclusiveMinimum": 0 }),
        ("Embed", "provider") => {
            let names: Vec<&str> = crate::block::EMBED_PROVIDERS
                .iter()
                .map(|(name, _)| *name)
                .collect();
            json!({ "enum": names })
        }
        ("Image", "placeholder") => json!({ "pattern": "^#[0-9A-Fa-f]{6}$" }),
        ("Embed", "href") => json!({ "pattern": "^[Hh][Tt][Tt][Pp][Ss]://" }),
        ("Image" | "Media" | "Rendition", "width" | "height") => json!({ "minimum": 1 }),
        ("Article" | "Notice" | "Subject", "id")
        | ("Author" | "Place" | "Subject" | "Site" | "Publisher", "name")
        | ("Media" | "Embed", "title")
        | ("Link", "headline")
        | ("TextTrack" | "NavLink", "label")
        | ("Rendition", "contentType")
        | ("LegacySource", "href" | "label")
        | ("Source", "system") => json!({ "pattern": r"\S" }),
        ("Article", "aliases") => {
            json!({ "items": { "type": "string", "pattern": r"^/($|[^\s/#\\][^\s#\\]*$)" } })
        }
        ("Article", "canonicalUrl") | ("Site", "baseUrl") => {
            json!({ "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://" })
        }
        ("Article", "leadMedia") => {
            json!({ "properties": { "type": { "enum": ["image", "gallery", "video"] } } })
        }
        ("Search", "provider") => json!({ "const": "static" }),
        _ => json!({}),
    }
}

/// Limits that need two fields of a record.
fn record_limits(record: &str) -> Value {
    match record {
        // An empty alt must be meant.
        "Image" => json!({
            "if": { "properties": { "alt": { "pattern": r"^\s*$" } }, "required": ["alt"] },
            "then": { "properties": { "decorative": { "const": true } }, "required": ["decorative"] },
        }),
        "LegacySource" => json!({ "anyOf": [{ "required": ["href"] }, { "required": ["label"] }] }),
        "Transcript" => json!({ "anyOf": [{ "required": ["href"] }, { "required": ["body"] }] }),
        _ => json!({}),
    }
}

impl<T: Describe> Describe for Option<T> {
    fn describe(definitions: &mut Definitions) -> Value {
        T::describe(definitions)
    }
}

impl<T: Describe> Describe for Box<T> {
    fn describe(definitions: &mut Definitions) -> Value {
        T::describe(definitions)
    }
}

impl<T: Describe> Describe for Vec<T> {
    fn describe(definitions: &mut Definitions) -> Value {
        json!({ "type": "array", "items": T::describe(definitions) })
    }
}

impl Describe for bool {
    fn describe(_: &mut Definitions) -> Value {
        json!({ "type": "boolean" })
    }
}

macro_rules! whole_numbers {
    ($($number:ty),*) => {$(
        impl Describe for $number {
            fn describe(_: &mut Definitions) -> Value {
                json!({ "type": "integer", "minimum": <$number>::MIN, "maximum": <$number>::MAX })
            }
        }
    )*};
}
whole_numbers!(u8, u16, u32, u64, i32);

impl Describe for String {
    fn describe(definitions: &mut Definitions) -> Value {
        definitions.define("Text", |_| {
            json!({
                "type": "string",
                "description": "Plain text without control characters and without U+202A–202E and U+2066–2069, which reorder the text around them.",
                "pattern": r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]*$",
            })
        })
    }
}

mod leaves {
    use super::{Definitions, Describe, LIMIT};
    use crate::block::Level;
    use crate::date::Date;
    use crate::decimal::Decimal;
    use crate::href::{Href, MAX_LENGTH};
    use crate::language::Language;
    use crate::rich::{Inline, Mark, Marks, RichText, Span};
    use crate::site::PerLanguage;
    use crate::story::{Extensions, SchemaVersion, Slug};
    use serde_json::{Value, json};

    /// Years 0001 to 9999; which days a month has is beyond a pattern.
    const DATE: &str = concat!(
        "^([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])",
        "(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01])",
        "([Tt ]([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)([.][0-9]+)?",
        "([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9]))?)?)?$"
    );
    /// What no address holds: white space, controls, the backslash and the invisible.
    /// (Characters beyond U+FFFF are left to the strict reading: not every engine of
    /// regular expressions takes them in a class.)
    const NOWHERE: &str = r"\s\\\u0000-\u001f\u007f-\u00a0\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb";
    const LANGUAGE: &str = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$";
    const SLUG: &str = r"^[^\s/?#%<>\\\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]+$";

    impl Describe for Date {
        fn describe(definitions: &mut Definitions) -> Value {
            definitions.define("Date", |_| json!({
                "type": "string",
                "description": "RFC 3339 with an offset, or only as much as is known: 2010-11-08, 2010-11, 2010.",
                "pattern": DATE,
                "examples": ["2010-11-08T09:30:00+08:00", "2010-11-08", "2010-11", "2010"],
            }))
        }
    }

    impl Describe for Href {
        fn describe(definitions: &mut Definitions) -> Value {
            definitions.define("Href", |_| json!({
                "type": "string",
                "description": "https:, http:, mailto:, tel:, a path of this site that begins with one slash, or #id.",
                "pattern": format!(
                    "^(/|/[^/{NOWHERE}][^{NOWHERE}]*|#[^{NOWHERE}]+|[Mm][Aa][Ii][Ll][Tt][Oo]:[^{NOWHERE}]+|[Tt][Ee][Ll]:[^{NOWHERE}]+|[Hh][Tt][Tt][Pp][Ss]?://[^/?#@%<>^|\"`{NOWHERE}]+([/?#][^{NOWHERE}]*)?)$"
                ),
                "maxLength": MAX_LENGTH,
            }))
        }
    }

    impl Describe for Language {
        fn describe(definitions: &mut Definitions) -> Value {
            definitions.define("Language", |_| {
                json!({
                    "type": "string",
                    "description": "A BCP 47 language tag.",
                    "pattern": LANGUAGE,
                    "examples": ["en", "pt-BR", "zh-Hans"],
                })
            })
        }
    }

    impl Describe for Slug {
        fn describe(definitions: &mut Definitions) -> Value {
            definitions.define("Slug", |_| json!({
                "type": "string",
                "description": "Letters of any script, digits and hyphens; no white space and none of / ? # % < > \\.",
                "minLength": 1,
                "maxLength": 120,
                "pattern": SLUG,
                "not": { "enum": [".", ".."] },
            }))
        }
    }

    impl Describe for SchemaVersion {
        fn describe(_: &mut Definitions) -> Value {
            json!({ "type": "string", "pattern": "^1[.][0-9]+$" })
        }
    }

    impl Describe for Extensions {
        fn describe(_: &mut Definitions) -> Value {
            json!({ "type": "object" })
        }
    }

    impl Describe for Decimal {
        fn describe(_: &mut Definitions) -> Value {
            json!({ "type": "number", "exclusiveMinimum": -LIMIT, "exclusiveMaximum": LIMIT })
        }
    }

    impl Describe for Level {
        fn describe(_: &mut Definitions) -> Value {
            json!({ "type": "integer", "minimum": 2, "maximum": 4 })
        }
    }

    impl Describe for Marks {
        fn describe(definitions: &mut Definitions) -> Value {
            json!({ "type": "array", "items": Mark::describe(definitions) })
        }
    }

    impl Describe for RichText {
        fn describe(definitions: &mut Definitions) -> Value {
            definitions.define("RichText", |definitions| {
                let mut schema = json!({
                    "type": ["string", "array"],
                    "description": "A text, or a list of texts and spans. Never HTML.",
                    "minItems": 1,
                    "items": Inline::describe(definitions),
                });
                plain_text(&mut schema, definitions);
                schema
            })
        }
    }

    impl Describe for Inline {
        fn describe(definitions: &mut Definitions) -> Value {
            definitions.define("Inline", |definitions| {
                let mut schema = json!({
                    "type": ["string", "object"],
                    "description": "A text, or a span with marks, a link or a language.",
                    "if": { "type": "object" },
                    "then": Span::describe(definitions),
                });
                plain_text(&mut schema, definitions);
                schema
            })
        }
    }

    /// The pattern of plain text says nothing of lists and objects.
    fn plain_text(schema: &mut Value, definitions: &mut Definitions) {
        String::describe(definitions);
        let pattern = definitions
            .known
            .get("Text")
            .and_then(|text| text.get("pattern"))
            .cloned();
        super::merge(schema, json!({ "pattern": pattern }));
    }

    impl<T: Describe> Describe for PerLanguage<T> {
        fn describe(definitions: &mut Definitions) -> Value {
            json!({
                "type": "object",
                "propertyNames": Language::describe(definitions),
                "additionalProperties": T::describe(definitions),
            })
        }
    }
}
