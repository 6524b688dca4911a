//! One reading, two ears.
//!
//! Every type of the format reads itself from JSON here, once. What goes wrong
//! is told to an [`Observer`]: the browser's is deaf (and costs no bytes, since
//! every message is built inside a closure that is never called); the strict one
//! of `press` writes everything down with its place. So the two readings cannot
//! drift apart: they are the same code.

use crate::json::{Kind, Member, Span, Value};

/// Hears what a reading finds wrong.
pub(crate) trait Observer {
    /// Something at `span` is not as the format wants it.
    fn problem(&mut self, _span: Span, _describe: impl FnOnce() -> Description) {}
    /// The fields of the object at `span` that the format knows.
    fn fields(&mut self, _members: &[Member<'_>], _known: &'static [&'static str]) {}
    /// The next object read is a block, whose `type` is a known field.
    fn block(&mut self) {}
}

/// What is wrong and how to mend it, in an editor's words.
// In the browser nobody ever builds one.
#[cfg_attr(not(feature = "write"), allow(dead_code))]
pub(crate) struct Description {
    pub code: Code,
    pub message: String,
    pub hint: String,
}

/// The kinds of problem, by which `press` groups them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// The text is not JSON (RFC 8259).
    Syntax,
    /// A field that the format asks for is not there.
    MissingField,
    /// A field that the format does not know.
    UnknownField,
    /// The same field twice in one object.
    RepeatedField,
    /// A text where a list should be, and the like.
    WrongShape,
    /// A name outside a closed list of names.
    UnknownName,
    /// A block type that the format does not know.
    UnknownBlock,
    /// An address that may not become a link, or not the kind of link wanted here.
    UnsafeLink,
    /// Not a date, or a day that does not exist.
    BrokenDate,
    /// Not a language tag (BCP 47).
    BrokenLanguage,
    /// A slug or id that cannot be part of an address.
    BrokenSlug,
    /// An invisible character that reorders the text around it (UAX #9).
    BidiControl,
    /// A control character, or U+FFFD where a character was lost.
    BrokenText,
    /// A number, date or count outside its limits, or at odds with another field.
    OutOfRange,
    /// Something the story needs has been left empty or out.
    Missing,
    /// An id, language or address that must be unique is there twice.
    Repeated,
    /// Too deep, or something inside what may not hold it.
    Nesting,
    /// A version of the format that this crate does not read.
    Version,
    /// A file too large to be a story, or too many problems to list.
    Size,
    /// White space around a text, or a row of no-break spaces in it.
    StraySpace,
    /// HTML tags in a text that is shown as it stands.
    MarkupInText,
    /// Character references such as `&amp;` in a text that is shown as it stands.
    EntityInText,
    /// The credit of a picture in its caption.
    CreditInCaption,
    /// A block that an import could not turn into one of the format.
    Unsupported,
    /// A file that a page over https: may not load.
    InsecureMedia,
    /// An e-mail address where no reader sees it and every machine does.
    PrivateAddress,
}

/// Hears nothing: the reading in the reader's browser.
pub(crate) struct Deaf;

impl Observer for Deaf {}

/// A type of the format, as it reads itself.
pub(crate) trait Read: Sized {
    /// What should stand there, after "expected".
    const EXPECTED: &'static str;

    /// The value, or `None` after telling the observer why not.
    fn read<O: Observer>(value: &Value<'_>, observer: &mut O) -> Option<Self>;

    /// The same for an item of a list. `None` leaves the item out; a type whose
    /// place in the list means something returns an empty value instead.
    fn read_item<O: Observer>(value: &Value<'_>, observer: &mut O) -> Option<Self> {
        Self::read(value, observer)
    }
}

/// How much a field is needed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// Without it the whole record means nothing.
    Required,
    /// The strict reading insists on it; the lenient one makes do with the default.
    Expected,
    /// May be left out.
    Optional,
}

/// Tells the observer that a value has the wrong shape.
pub(crate) fn wrong_shape<O: Observer>(value: &Value<'_>, expected: &str, observer: &mut O) {
    observer.problem(value.span, || Description {
        code: Code::WrongShape,
        message: match value.kind {
            Kind::Number(digits) => format!("expected {expected}, found {digits}"),
            _ => format!("expected {expected}, found {}", value.name_of_kind()),
        },
        hint: if value.kind == Kind::Null {
            format!("Write {expected} here, or leave it out: null says nothing.")
        } else {
            format!("Write {expected} here.")
        },
    });
}

/// A field that may be missing or broken. `None` only if it was required.
pub(crate) fn field<T: Read + Default, O: Observer>(
    object: &Value<'_>,
    name: &'static str,
    need: Need,
    observer: &mut O,
) -> Option<T> {
    let read = field_or_none(object, name, need, observer);
    if need == Need::Required {
        read
    } else {
        Some(read.unwrap_or_default())
    }
}

/// A field without a default.
pub(crate) fn field_or_none<T: Read, O: Observer>(
    object: &Value<'_>,
    name: &'static str,
    need: Need,
    observer: &mut O,
) -> Option<T> {
    match object.get(name) {
        Some(value) => T::read(value, observer),
        None => {
            if need != Need::Optional {
                observer.problem(object.span, || Description {
                    code: Code::MissingField,
                    message: format!("the field “{name}” is missing"),
                    hint: format!("Add \"{name}\": {}.", T::EXPECTED),
                });
            }
            None
        }
    }
}

impl<T: Read> Read for Option<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn read<O: Observer>(value: &Value<'_>, observer: &mut O) -> Option<Self> {
        T::read(value, observer).map(Some)
    }
}

/// Broken items are told and left out; their neighbours stay. One value where a
/// list should be is read as a list of one.
impl<T: Read> Read for Vec<T> {
    const EXPECTED: &'static str = "a list [ … ]";

    fn read<O: Observer>(value: &Value<'_>, observer: &mut O) -> Option<Self> {
        match &value.kind {
            Kind::Array(items) => Some(
                items
                    .iter()
                    .filter_map(|item| T::read_item(item, observer))
                    .collect(),
            ),
            Kind::Null => {
                wrong_shape(value, Self::EXPECTED, observer);
                None
            }
            _ => {
                wrong_shape(value, Self::EXPECTED, observer);
                // That it is no list has been told; what else it may be is not a second mistake.
                Some(T::read(value, &mut Deaf).into_iter().collect())
            }
        }
    }
}

impl Read for bool {
    const EXPECTED: &'static str = "true or false";

    fn read<O: Observer>(value: &Value<'_>, observer: &mut O) -> Option<Self> {
        if let Kind::Bool(yes) = value.kind {
            Some(yes)
        } else {
            wrong_shape(value, Self::EXPECTED, observer);
            None
        }
    }
}

macro_rules! whole_numbers {
    ($($number:ty: $limits:literal),*) => {$(
        impl Read for $number {
            const EXPECTED: &'static str = concat!("a whole number ", $limits);

            fn read<O: Observer>(value: &Value<'_>, observer: &mut O) -> Option<Self> {
                if let Kind::Number(digits) = value.kind {
                    // Some tools write 1280 as 1280.0.
                    let whole = match digits.split_once('.') {
                        Some((whole, zeros)) if zeros.bytes().all(|b| b == b'0') => whole,
                        _ => digits,
                    };
                    if let Ok(number) = whole.parse() {
                        return Some(number);
                    }
                }
                wrong_shape(value, Self::EXPECTED, observer);
                None
            }
        }
    )*};
}
whole_numbers!(
    u8: "from 0 to 255",
    u16: "from 0 to 65535",
    u32: "from 0 to 4294967295",
    u64: "from 0 up",
    i32: "from -2147483648 to 2147483647"
);

/// Text is kept as written, except for what could hurt: control characters and
/// the bidi embedding, override and isolate characters (U+202A–202E,
/// U+2066–2069), which can make a text read as another. Line ends become `\n`.
/// ZWNJ, ZWJ, LRM, RLM and ALM stay: Persian and Arabic need them. A number is
/// told, and read as its digits.
impl Read for String {
    const EXPECTED: &'static str = "a text in quotes";

    fn read<O: Observer>(value: &Value<'_>, observer: &mut O) -> Option<Self> {
        let Kind::String(text) = &value.kind else {
            wrong_shape(value, Self::EXPECTED, observer);
            return match value.kind {
                Kind::Number(digits) => Some(digits.into()),
                _ => None,
            };
        };
        if !text.bytes().any(may_be_control)
            || !text.chars().any(|c| is_bidi_control(c) || is_control(c))
        {
            return Some(text.to_string());
        }
        if text.chars().any(is_bidi_control) {
            observer.problem(value.span, || Description {
                code: Code::BidiControl,
                message: "the text holds an invisible character that changes the order in which it is read".into(),
                hint: "Remove the characters U+202A–202E and U+2066–2069; mark the passage with \"lang\" and \"dir\" instead.".into(),
            });
        }
        let mut clean = String::with_capacity(text.len());
        let mut characters = text.chars().peekable();
        while let Some(character) = characters.next() {
            match character {
                '\r' => {
                    if characters.peek() != Some(&'\n') {
                        clean.push('\n');
                    }
                }
                c if is_bidi_control(c) || is_control(c) => {}
                c => clean.push(c),
            }
        }
        Some(clean)
    }
}

/// Whether a control or bidi control character can begin with such a byte in UTF-8.
/// Most texts have none of them, which is seen faster than what their characters are.
fn may_be_control(byte: u8) -> bool {
    (byte < b' ' && byte != b'\t' && byte != b'\n') || matches!(byte, 0x7f | 0xc2 | 0xe2)
}

/// Characters that reorder the text around them (UAX #9, explicit formatting).
#[must_use]
pub fn is_bidi_control(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Control characters (C0 without tab and line feed, DEL, C1).
pub(crate) fn is_control(character: char) -> bool {
    matches!(character, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}')
}

/// Characters without a shape of their own that no address needs. ZWNJ and ZWJ are
/// not among them: Persian and Indic words need those.
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// Declares a record of the format once: the Rust type, its reading, its writing
/// and its JSON Schema all come from this one list of fields.
///
/// ```text
/// record! {
///     /// What it is.
///     pub struct Author {
///         /// What the field means.
///         name: String, "name", expected;
///         href: Option<Href>, "href", optional;
///     }
/// }
/// ```
macro_rules! record {
    (
        $(#[doc = $doc:literal])*
        pub struct $name:ident {
            $( $(#[doc = $field_doc:literal])* $field:ident : $type:ty, $json:literal, $need:ident; )*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name {
            $( $(#[doc = $field_doc])* pub $field: $type, )*
        }

        impl $crate::read::Read for $name {
            const EXPECTED: &'static str = "an object { … }";

            #[allow(unused_variables)]
            fn read<O: $crate::read::Observer>(
                value: &$crate::json::Value<'_>,
                observer: &mut O,
            ) -> Option<Self> {
                let $crate::json::Kind::Object(members) = &value.kind else {
                    $crate::read::wrong_shape(value, Self::EXPECTED, observer);
                    return None;
                };
                observer.fields(members, &[$($json),*]);
                $( let $field = $crate::read::field::<$type, O>(
                    value, $json, $crate::read::need!($need), observer); )*
                Some(Self { $( $field: $field?, )* })
            }
        }

        #[cfg(feature = "write")]
        impl $crate::write::Record for $name {
            #[allow(unused_variables)]
            fn write_fields<M: serde::ser::SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
                $( if !$crate::write::MaybeAbsent::is_nothing(&self.$field)
                    && ($crate::read::need!($need) != $crate::read::Need::Optional
                        || !$crate::write::MaybeAbsent::is_absent(&self.$field))
                {
                    map.serialize_entry($json, &self.$field)?;
                } )*
                Ok(())
            }
        }

        #[cfg(feature = "write")]
        impl $crate::write::MaybeAbsent for $name {}

        #[cfg(feature = "write")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap as _;
                let mut map = serializer.serialize_map(None)?;
                $crate::write::Record::write_fields(self, &mut map)?;
                map.end()
            }
        }

        #[cfg(feature = "write")]
        impl $crate::schema::Describe for $name {
            #[allow(unused_variables)]
            fn describe(definitions: &mut $crate::schema::Definitions) -> serde_json::Value {
                definitions.record(stringify!($name), concat!($($doc, "\n"),*), |definitions| vec![
                    $( $crate::schema::Property {
                        name: $json,
                        doc: concat!($($field_doc, "\n"),*),
                        required: $crate::read::need!($need) != $crate::read::Need::Optional,
                        schema: <$type as $crate::schema::Describe>::describe(definitions),
                    }, )*
                ])
            }
        }
    };
}

macro_rules! need {
    (required) => {
        $crate::read::Need::Required
    };
    (expected) => {
        $crate::read::Need::Expected
    };
    (optional) => {
        $crate::read::Need::Optional
    };
}

/// Declares a closed list of names; the one marked `default` stands in where the
/// lenient reading meets a name it does not know.
macro_rules! names {
    (
        $(#[doc = $doc:literal])*
        pub enum $name:ident {
            default $first:ident = $first_json:literal,
            $( $variant:ident = $json:literal ),* $(,)?
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub enum $name {
            #[default]
            $first,
            $( $variant, )*
        }

        impl $name {
            /// Every name there is, in the order of the format.
            pub const ALL: &'static [Self] = &[Self::$first, $( Self::$variant ),*];

            /// The name as it stands in the data.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    Self::$first => $first_json,
                    $( Self::$variant => $json, )*
                }
            }
        }

        impl $crate::read::Read for $name {
            const EXPECTED: &'static str = concat!("one of ", $first_json, $( ", ", $json ),*);

            fn read<O: $crate::read::Observer>(
                value: &$crate::json::Value<'_>,
                observer: &mut O,
            ) -> Option<Self> {
                match value.as_str() {
                    Some($first_json) => return Some(Self::$first),
                    $( Some($json) => return Some(Self::$variant), )*
                    Some(other) => observer.problem(value.span, || $crate::read::Description {
                        code: $crate::read::Code::UnknownName,
                        message: format!("“{other}” is not a name known here"),
                        hint: $crate::read::nearest(other, &[$first_json, $( $json ),*]),
                    }),
                    None => $crate::read::wrong_shape(value, Self::EXPECTED, observer),
                }
                None
            }
        }

        #[cfg(feature = "write")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        #[cfg(feature = "write")]
        impl $crate::write::MaybeAbsent for $name {
            fn is_absent(&self) -> bool {
                *self == Self::default()
            }
        }

        #[cfg(feature = "write")]
        impl $crate::schema::Describe for $name {
            fn describe(definitions: &mut $crate::schema::Definitions) -> serde_json::Value {
                definitions.names(
                    stringify!($name),
                    concat!($($doc, "\n"),*),
                    &[$first_json, $( $json ),*],
                )
            }
        }
    };
}

pub(crate) use {names, need, record};

/// "Did you mean …?" or the whole list.
pub(crate) fn nearest(found: &str, known: &[&str]) -> String {
    let best = known
        .iter()
        .map(|name| (distance(found, name), *name))
        .min();
    match best {
        Some((far, name)) if far <= 1 + name.len() / 4 => format!("Did you mean “{name}”?"),
        _ => format!("Known here: {}.", known.join(", ")),
    }
}

/// Edits between two short words (Levenshtein), without regard to case.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, y) in row.iter_mut().skip(1).zip(&b) {
            let above = *cell;
            let change = diagonal + usize::from(!x.eq_ignore_ascii_case(y));
            *cell = change.min(above + 1).min(left + 1);
            diagonal = above;
            left = *cell;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(usize::MAX)
}
