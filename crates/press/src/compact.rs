//! JSON without the white space: what an editor laid out for the eye is sent to
//! readers without it, and with nothing else changed.
//!
//! It works on the parsed source, not on the article model, so that a field the
//! model does not know, a number's digits and the order of fields stay.

use article::json::{self, Kind, Span, Value};

/// The same JSON in fewer bytes, without the list items that stand at the given
/// places. `None` if it is no JSON.
pub fn compact(source: &str, without: &[Span]) -> Option<String> {
    let parsed = json::parse(source);
    if parsed.error.is_some() {
        return None;
    }
    let mut text = String::with_capacity(source.len());
    push(&parsed.value?, without, &mut text);
    Some(text)
}

fn push(value: &Value<'_>, without: &[Span], text: &mut String) {
    match &value.kind {
        Kind::Null => text.push_str("null"),
        Kind::Bool(yes) => text.push_str(if *yes { "true" } else { "false" }),
        Kind::Number(digits) => text.push_str(digits),
        Kind::String(string) => push_string(string, text),
        Kind::Array(items) => {
            text.push('[');
            let kept = items.iter().filter(|item| !without.contains(&item.span));
            for (index, item) in kept.enumerate() {
                if index > 0 {
                    text.push(',');
                }
                push(item, without, text);
            }
            text.push(']');
        }
        Kind::Object(members) => {
            text.push('{');
            for (index, member) in members.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                push_string(&member.name, text);
                text.push(':');
                push(&member.value, without, text);
            }
            text.push('}');
        }
    }
}

fn push_string(string: &str, text: &mut String) {
    text.push_str(&serde_json::Value::from(string).to_string());
}

#[cfg(test)]
mod tests {
    use super::compact;

    #[test]
    fn only_the_white_space_goes() {
        let source =
            "{ \"b\" : [ 1.50, true , null ],\n\t\"a\": \"two  words\\n\\u00e9\", \"x\": { } }";
        assert_eq!(
            compact(source, &[]).as_deref(),
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
        assert_eq!(
            compact(source, &[span]).as_deref(),
            Some(r#"{"list":[1,3]}"#)
        );
    }

    #[test]
    fn what_is_no_json_is_not_written_as_if_it_were() {
        assert_eq!(compact("{\"a\": ", &[]), None);
    }
}
