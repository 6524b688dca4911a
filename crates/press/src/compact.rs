//! JSON without the white space: what an editor laid out for the eye is sent to
//! readers without it, and with nothing else changed but what is asked for.
//!
//! It works on the parsed source, not on the article model, so that a field the
//! model does not know, a number's digits and the order of fields stay.

use std::collections::HashMap;

use article::json::{self, Kind, Span, Value};

/// What is to be different in the copy. Values are named by the byte at which they
/// begin, which no two of them share.
#[derive(Default)]
pub struct Edits {
    /// List items, and values of members, that are left out.
    pub without: Vec<Span>,
    /// JSON in place of a value.
    pub replaced: HashMap<usize, String>,
    /// Members at the end of an object: name and JSON.
    pub added: HashMap<usize, Vec<(&'static str, String)>>,
}

/// The same JSON in fewer bytes. `None` if it is no JSON.
#[cfg_attr(
    not(feature = "snapshots"),
    allow(dead_code, reason = "only pages take in whole files")
)]
pub fn compact(source: &str, edits: &Edits) -> Option<String> {
    let parsed = json::parse(source);
    if parsed.error.is_some() {
        return None;
    }
    Some(edited(&parsed.value?, edits, source.len()))
}

/// The same of JSON that is parsed already, with a guess at its length.
pub fn edited(value: &Value<'_>, edits: &Edits, length: usize) -> String {
    let mut text = String::with_capacity(length);
    push(value, edits, &mut text);
    text
}

fn push(value: &Value<'_>, edits: &Edits, text: &mut String) {
    if let Some(other) = edits.replaced.get(&value.span.start) {
        text.push_str(other);
        return;
    }
    match &value.kind {
        Kind::Null => text.push_str("null"),
        Kind::Bool(yes) => text.push_str(if *yes { "true" } else { "false" }),
        Kind::Number(digits) => text.push_str(digits),
        Kind::String(string) => push_string(string, text),
        Kind::Array(items) => {
            text.push('[');
            let kept = items
                .iter()
                .filter(|item| !edits.without.contains(&item.span));
            for (index, item) in kept.enumerate() {
                if index > 0 {
                    text.push(',');
                }
                push(item, edits, text);
            }
            text.push(']');
        }
        Kind::Object(members) => {
            text.push('{');
            let kept = members
                .iter()
                .filter(|member| !edits.without.contains(&member.value.span));
            for (index, member) in kept.enumerate() {
                if index > 0 {
                    text.push(',');
                }
                push_string(&member.name, text);
                text.push(':');
                push(&member.value, edits, text);
            }
            for (name, json) in edits.added.get(&value.span.start).into_iter().flatten() {
                if !text.ends_with('{') {
                    text.push(',');
                }
                push_string(name, text);
                text.push(':');
                text.push_str(json);
            }
            text.push('}');
        }
    }
}

/// As JSON wants it (RFC 8259, section 7): quotes, backslashes and control
/// characters escaped, everything else as it is.
fn push_string(string: &str, text: &mut String) {
    text.push('"');
    let mut clean = 0;
    for (at, byte) in string.bytes().enumerate() {
        if byte >= 0x20 && byte != b'"' && byte != b'\\' {
            continue;
        }
        text.push_str(string.get(clean..at).unwrap_or_default());
        clean = at + 1;
        match byte {
            b'"' => text.push_str("\\\""),
            b'\\' => text.push_str("\\\\"),
            b'\n' => text.push_str("\\n"),
            b'\r' => text.push_str("\\r"),
            b'\t' => text.push_str("\\t"),
            control => text.push_str(&format!("\\u{control:04x}")),
        }
    }
    text.push_str(string.get(clean..).unwrap_or_default());
    text.push('"');
}

#[cfg(test)]
mod tests {
    use super::{Edits, compact};

    #[test]
    fn only_the_white_space_goes() {
        let source =
            "{ \"b\" : [ 1.50, true , null ],\n\t\"a\": \"two  words\\n\\u00e9\", \"x\": { } }";
        assert_eq!(
            compact(source, &Edits::default()).as_deref(),
            Some(r#"{"b":[1.50,true,null],"a":"two  words\né","x":{}}"#)
        );
    }

    #[test]
    fn an_item_can_be_left_out_of_its_list() {
        let source = r#"{"list": [1, {"x": 2}, 3]}"#;
        let at = source.find("{\"x").unwrap();
        let span = article::json::Span {
            start: at,
            end: at + 8,
        };
        let edits = Edits {
            without: vec![span],
            ..Edits::default()
        };
        assert_eq!(
            compact(source, &edits).as_deref(),
            Some(r#"{"list":[1,3]}"#)
        );
    }

    #[test]
    fn a_member_can_be_left_out_of_its_object() {
        let source = r#"{"text": "a", "href": "/x", "lang": "fr"}"#;
        let start = source.find("\"/x").unwrap();
        let span = article::json::Span {
            start,
            end: start + 4,
        };
        let edits = Edits {
            without: vec![span],
            ..Edits::default()
        };
        assert_eq!(
            compact(source, &edits).as_deref(),
            Some(r#"{"text":"a","lang":"fr"}"#)
        );
    }

    #[test]
    fn what_is_no_json_is_not_written_as_if_it_were() {
        assert_eq!(compact("{\"a\": ", &Edits::default()), None);
    }

    #[test]
    fn a_value_is_replaced_and_members_are_added() {
        let source = r#"{"a": [1, 2], "b": {}, "c": {"d": 1}}"#;
        let at = |piece: &str| source.find(piece).unwrap();
        let edits = Edits {
            replaced: [(at("[1"), "[9]".to_owned())].into(),
            added: [
                (at("{}"), vec![("x", "1".to_owned()), ("y", "2".to_owned())]),
                (at("{\"d"), vec![("x", "1".to_owned())]),
            ]
            .into(),
            ..Edits::default()
        };
        assert_eq!(
            compact(source, &edits).as_deref(),
            Some(r#"{"a":[9],"b":{"x":1,"y":2},"c":{"d":1,"x":1}}"#)
        );
    }

    #[test]
    fn strings_are_escaped_as_a_json_library_does() {
        let every: String = (0..0x300_u32).filter_map(char::from_u32).collect();
        let source = serde_json::to_string(&[every, "\u{2028}😀".into()]).unwrap();
        let copy = compact(&source, &Edits::default()).unwrap();
        let read = |text: &str| serde_json::from_str::<Vec<String>>(text).unwrap();
        assert_eq!(read(&copy), read(&source));
    }
}
