//! Writing the format: what is absent is left out, never written as `null`.

use serde::ser::SerializeMap;

/// A record that can write its fields into an object somebody else has begun
/// (a block writes its `type` first).
pub(crate) trait Record {
    fn write_fields<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;
}

/// Types that know whether they equal what their absence means.
pub(crate) trait MaybeAbsent {
    fn is_absent(&self) -> bool {
        false
    }

    /// Whether there is nothing that could be written, even where a field is wanted:
    /// a lenient reading may have left it empty.
    fn is_nothing(&self) -> bool {
        false
    }
}

impl<T> MaybeAbsent for Option<T> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn is_nothing(&self) -> bool {
        self.is_none()
    }
}

impl<T> MaybeAbsent for Vec<T> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl MaybeAbsent for bool {
    fn is_absent(&self) -> bool {
        !*self
    }
}

impl MaybeAbsent for u8 {
    fn is_absent(&self) -> bool {
        *self == 0
    }
}

impl MaybeAbsent for String {}

/// Writes a type as the text it was read from.
macro_rules! as_text {
    ($type:ty, |$value:ident| $text:expr) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let $value = self;
                serializer.collect_str(&$text)
            }
        }
        impl $crate::write::MaybeAbsent for $type {}
    };
}
pub(crate) use as_text;

impl<T: MaybeAbsent> MaybeAbsent for Box<T> {
    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

/// A parsed value as compact JSON text.
pub(crate) fn to_json(value: &crate::json::Value<'_>) -> String {
    let mut text = String::new();
    push_json(value, &mut text);
    text
}

fn push_json(value: &crate::json::Value<'_>, text: &mut String) {
    use crate::json::Kind;
    let separate = |first: &mut bool, text: &mut String| {
        if !std::mem::take(first) {
            text.push(',');
        }
    };
    match &value.kind {
        Kind::Null => text.push_str("null"),
        Kind::Bool(yes) => text.push_str(if *yes { "true" } else { "false" }),
        Kind::Number(digits) => text.push_str(digits),
        Kind::String(string) => push_string(string, text),
        Kind::Array(items) => {
            text.push('[');
            let mut first = true;
            for item in items {
                separate(&mut first, text);
                push_json(item, text);
            }
            text.push(']');
        }
        Kind::Object(members) => {
            text.push('{');
            let mut first = true;
            for member in members {
                separate(&mut first, text);
                push_string(&member.name, text);
                text.push(':');
                push_json(&member.value, text);
            }
            text.push('}');
        }
    }
}

fn push_string(string: &str, text: &mut String) {
    text.push_str(&serde_json::Value::from(string).to_string());
}
