//! Pieces put into a JSON text that somebody laid out for the eye.
//!
//! Only the pieces are new: every other byte of the file stays, with its indentation,
//! the order of its members, its line ends, its escapes. What is put in follows the
//! layout of the object or list it is put into.

use std::ops::Range;

use article::json::{Kind, Span, Value};

/// JSON that keeps the order of its members.
pub enum Json {
    /// A text, a number or a word, as JSON.
    Plain(String),
    List(Vec<Json>),
    Object(Vec<(&'static str, Json)>),
}

impl Json {
    pub fn text(text: &str) -> Self {
        Self::Plain(serde_json::Value::from(text).to_string())
    }

    pub fn number(number: impl ToString) -> Self {
        Self::Plain(number.to_string())
    }
}

/// Changes to one text.
pub struct Splice<'s> {
    source: &'s str,
    changes: Vec<(Range<usize>, String)>,
}

/// How an object or a list is laid out.
struct Layout<'s> {
    /// Before each item: a line end and its indentation, a space, or nothing.
    before: &'s str,
    /// By how much an inner one is indented further.
    step: &'s str,
    /// A space or nothing.
    after_colon: &'static str,
}

impl<'s> Splice<'s> {
    pub fn new(source: &'s str) -> Self {
        Self {
            source,
            changes: Vec::new(),
        }
    }

    /// Puts another value in the place of one.
    pub fn replace(&mut self, holder: &Value<'_>, value: Span, with: &Json) {
        let layout = self.layout(holder);
        let mut text = String::new();
        layout.push(with, layout.before, &mut text);
        self.changes.push((value.start..value.end, text));
    }

    /// Puts members before the one of that name, which must be there.
    pub fn before(&mut self, object: &Value<'_>, name: &str, members: &[(&'static str, Json)]) {
        let Kind::Object(all) = &object.kind else {
            return;
        };
        let Some(next) = all.iter().rev().find(|member| member.name == name) else {
            return;
        };
        let layout = self.layout(object);
        let mut text = String::new();
        for (name, value) in members {
            layout.push_member(name, value, layout.before, &mut text);
            text.push(',');
            text.push_str(layout.before);
        }
        let at = next.name_span.start;
        self.changes.push((at..at, text));
    }

    /// Puts a member behind the one of that name, which must be there.
    pub fn behind(&mut self, object: &Value<'_>, name: &str, member: (&'static str, &Json)) {
        let Kind::Object(all) = &object.kind else {
            return;
        };
        let Some(last) = all.iter().rev().find(|member| member.name == name) else {
            return;
        };
        let layout = self.layout(object);
        let mut text = format!(",{}", layout.before);
        layout.push_member(member.0, member.1, layout.before, &mut text);
        let at = last.value.span.end;
        self.changes.push((at..at, text));
    }

    /// Puts an item at the front of a list that has some.
    pub fn at_front(&mut self, list: &Value<'_>, item: &Json) {
        let Kind::Array(items) = &list.kind else {
            return;
        };
        let Some(first) = items.first() else { return };
        let layout = self.layout(list);
        let mut text = String::new();
        layout.push(item, layout.before, &mut text);
        text.push(',');
        text.push_str(layout.before);
        let at = first.span.start;
        self.changes.push((at..at, text));
    }

    /// The text with the changes in it.
    pub fn finish(mut self) -> String {
        // Stable, so that of two pieces at one place the first stays the first.
        self.changes.sort_by_key(|(range, _)| range.start);
        let mut text = String::with_capacity(self.source.len() + 1024);
        let mut done = 0;
        for (range, piece) in &self.changes {
            text.push_str(self.source.get(done..range.start).unwrap_or_default());
            text.push_str(piece);
            done = range.end;
        }
        text.push_str(self.source.get(done..).unwrap_or_default());
        text
    }

    fn layout(&self, value: &Value<'_>) -> Layout<'s> {
        let (first, colon) = match &value.kind {
            Kind::Object(members) => match members.first() {
                Some(first) => (first.name_span.start, Some(first)),
                None => (value.span.start + 1, None),
            },
            Kind::Array(items) => {
                let first = items
                    .first()
                    .map_or(value.span.start + 1, |item| item.span.start);
                (first, None)
            }
            _ => (value.span.start, None),
        };
        let white = self
            .source
            .get(value.span.start + 1..first)
            .unwrap_or_default();
        // Of several line ends the last begins the line of the member.
        let from = white.rfind('\n').map_or(0, |at| {
            at - usize::from(white.get(..at).is_some_and(|text| text.ends_with('\r')))
        });
        let line = white.get(from..).unwrap_or_default();
        let after_colon = match colon {
            Some(member) => {
                let between = self
                    .source
                    .get(member.name_span.end..member.value.span.start)
                    .unwrap_or_default();
                if between.ends_with(':') { "" } else { " " }
            }
            None => " ",
        };
        if !line.contains('\n') {
            return Layout {
                before: after_colon,
                step: "",
                after_colon,
            };
        }
        let end = self
            .source
            .get(value.span.start..value.span.end.saturating_sub(1))
            .unwrap_or_default();
        let outer = end.rsplit('\n').next().unwrap_or_default();
        let inner = line.trim_start_matches(['\r', '\n']);
        let step = inner.strip_prefix(outer).filter(|step| !step.is_empty());
        Layout {
            before: line,
            step: step.unwrap_or("  "),
            after_colon,
        }
    }
}

impl Layout<'_> {
    fn is_in_lines(&self) -> bool {
        self.before.contains('\n')
    }

    fn push_member(&self, name: &str, value: &Json, before: &str, text: &mut String) {
        text.push_str(&serde_json::Value::from(name).to_string());
        text.push(':');
        text.push_str(self.after_colon);
        self.push(value, before, text);
    }

    /// A value whose own line begins with `before`.
    fn push(&self, value: &Json, before: &str, text: &mut String) {
        let inner = if self.is_in_lines() {
            format!("{before}{}", self.step)
        } else {
            String::new()
        };
        let between = if self.is_in_lines() {
            &inner
        } else {
            self.before
        };
        let close = if self.is_in_lines() { before } else { "" };
        match value {
            Json::Plain(json) => text.push_str(json),
            Json::List(items) => {
                text.push('[');
                for (index, item) in items.iter().enumerate() {
                    text.push_str(if index == 0 { "" } else { "," });
                    text.push_str(if index == 0 { &inner } else { between });
                    self.push(item, &inner, text);
                }
                text.push_str(if items.is_empty() { "" } else { close });
                text.push(']');
            }
            Json::Object(members) => {
                text.push('{');
                for (index, (name, value)) in members.iter().enumerate() {
                    text.push_str(if index == 0 { "" } else { "," });
                    text.push_str(if index == 0 { &inner } else { between });
                    self.push_member(name, value, &inner, text);
                }
                text.push_str(if members.is_empty() { "" } else { close });
                text.push('}');
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use article::json::{self, Value};

    use super::{Json, Splice};

    fn changed(source: &str, change: impl Fn(&mut Splice<'_>, &Value<'_>)) -> String {
        let parsed = json::parse(source);
        let mut splice = Splice::new(source);
        change(&mut splice, parsed.value.as_ref().unwrap());
        splice.finish()
    }

    fn files() -> Json {
        Json::List(vec![Json::Object(vec![
            ("href", Json::text("/media/a.mp4")),
            ("width", Json::number(640)),
        ])])
    }

    #[test]
    fn a_member_follows_the_layout_of_its_object_and_every_other_byte_stays() {
        let source =
            "\u{feff}{\r\n\t\"z\": \"\\u00e9\",\r\n\r\n\t\"old\": [1,2],\r\n\t\"a\":0.50\r\n}\r\n";
        let text = changed(source, |splice, root| {
            splice.before(root, "old", &[("files", files())]);
        });
        assert_eq!(
            text,
            "\u{feff}{\r\n\t\"z\": \"\\u00e9\",\r\n\r\n\t\"files\": [\r\n\t\t{\r\n\t\t\t\"href\": \"/media/a.mp4\",\r\n\t\t\t\"width\": 640\r\n\t\t}\r\n\t],\r\n\t\"old\": [1,2],\r\n\t\"a\":0.50\r\n}\r\n"
        );
    }

    #[test]
    fn what_stands_on_one_line_stays_on_it() {
        let spaced = changed(r#"{ "old": [1] }"#, |splice, root| {
            splice.before(root, "old", &[("files", files())]);
        });
        assert_eq!(
            spaced,
            r#"{ "files": [{"href": "/media/a.mp4", "width": 640}], "old": [1] }"#
        );
        let dense = changed(r#"{"x":{},"old":[1]}"#, |splice, root| {
            splice.before(root, "old", &[("files", files())]);
        });
        assert_eq!(
            dense,
            r#"{"x":{},"files":[{"href":"/media/a.mp4","width":640}],"old":[1]}"#
        );
    }

    #[test]
    fn an_item_comes_to_the_front_of_its_list() {
        let source = "{\n  \"list\": [\n    { \"a\": 1 }\n  ]\n}\n";
        let text = changed(source, |splice, root| {
            let list = root.get("list").unwrap();
            splice.at_front(list, &Json::Object(vec![("b", Json::number(true))]));
        });
        assert_eq!(
            text,
            "{\n  \"list\": [\n    {\n      \"b\": true\n    },\n    { \"a\": 1 }\n  ]\n}\n"
        );
        let text = changed("{\"list\":[1,2]}", |splice, root| {
            splice.at_front(root.get("list").unwrap(), &Json::number(0));
        });
        assert_eq!(json::parse(&text).error, None, "{text}");
    }

    #[test]
    fn a_value_is_replaced_and_a_member_follows_another() {
        let source = "{\n  \"state\": \"old\",\n  \"list\": []\n}";
        let text = changed(source, |splice, root| {
            splice.replace(root, root.get("state").unwrap().span, &Json::text("new"));
            splice.replace(root, root.get("list").unwrap().span, &files());
            splice.behind(root, "list", ("more", &Json::number(true)));
        });
        assert_eq!(
            text,
            "{\n  \"state\": \"new\",\n  \"list\": [\n    {\n      \"href\": \"/media/a.mp4\",\n      \"width\": 640\n    }\n  ],\n  \"more\": true\n}"
        );
    }
}
