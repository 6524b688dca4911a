//! The way to a place of a file in its data's own words: `body[3].image.alt`.

use article::json::{self, Kind, Span, Value};

/// The fields that lead from the top to the value at exactly this place; empty if
/// there is none.
pub fn at(source: &str, span: Span) -> String {
    let mut way = String::new();
    if let Some(root) = &json::parse(source).value {
        find(root, span, &mut way);
    }
    way
}

/// Whether the value was found at or below this one; if so, `way` leads to it.
fn find(value: &Value<'_>, wanted: Span, way: &mut String) -> bool {
    if value.span == wanted {
        return true;
    }
    if value.span.start > wanted.start || value.span.end < wanted.end {
        return false;
    }
    let length = way.len();
    match &value.kind {
        Kind::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                way.push_str(&format!("[{index}]"));
                if find(item, wanted, way) {
                    return true;
                }
                way.truncate(length);
            }
        }
        Kind::Object(members) => {
            for member in members {
                if !way.is_empty() {
                    way.push('.');
                }
                way.push_str(&member.name);
                if find(&member.value, wanted, way) {
                    return true;
                }
                way.truncate(length);
            }
        }
        _ => {}
    }
    false
}

#[cfg(test)]
mod tests {
    use super::at;
    use article::json::Span;

    #[test]
    fn the_way_names_fields_and_counts_items_from_nought() {
        let source = r#"{"body": [{}, {"image": {"alt": 7}}]}"#;
        let start = source.find('7').unwrap();
        let span = Span {
            start,
            end: start + 1,
        };
        assert_eq!(at(source, span), "body[1].image.alt");
        assert_eq!(at("not JSON", span), "");
    }
}
