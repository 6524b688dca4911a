//! Rich text: flat spans, never HTML.
//!
//! `"plain"`, or a list of texts and spans `{text, marks?, href?, lang?, dir?}`.
//! Spans do not nest, so nothing can be left open, and a view can only ever make
//! text nodes and a closed set of elements out of them.

use crate::href::Href;
use crate::json::{Kind, Value};
use crate::language::{Direction, Language};
use crate::read::{Code, Deaf, Description, Observer, Read, names, nearest, record, wrong_shape};

/// A passage of text with its marks and links.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RichText(pub Vec<Inline>);

/// A piece of a rich text.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    Text(String),
    Span(Span),
}

record! {
    /// A piece of text that differs from its surroundings. Neighbouring spans with
    /// one href are one link. A span with a language and no direction takes its
    /// direction from its first strong letter.
    pub struct Span {
        /// The text. A line feed is a line break.
        text: String, "text", required;
        /// How it is marked; the order does not matter.
        marks: Marks, "marks", optional;
        /// Where it leads.
        href: Option<Href>, "href", optional;
        /// Its language, where it differs from the text around it.
        lang: Option<Language>, "lang", optional;
        /// Its direction, where that does not follow from the language.
        dir: Option<Direction>, "dir", optional;
    }
}

names! {
    /// What a span can be marked as; each is the HTML element of its name (strike is s).
    pub enum Mark {
        default Strong = "strong",
        Em = "em",
        Code = "code",
        Sub = "sub",
        Sup = "sup",
        Strike = "strike",
        Small = "small",
        Cite = "cite",
    }
}

/// A set of [`Mark`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks(u8);

impl Marks {
    /// Whether a mark is in the set.
    #[must_use]
    pub fn contains(self, mark: Mark) -> bool {
        self.0 & (1 << mark as u8) != 0
    }

    /// The set with one mark more.
    #[must_use]
    pub fn with(self, mark: Mark) -> Self {
        Self(self.0 | (1 << mark as u8))
    }

    /// Whether there is no mark in it.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The marks in the order of the format.
    pub fn iter(self) -> impl Iterator<Item = Mark> {
        Mark::ALL
            .iter()
            .copied()
            .filter(move |mark| self.contains(*mark))
    }
}

impl RichText {
    /// A text without marks.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self(vec![Inline::Text(text.into())])
    }

    /// Whether there is nothing to read in it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.texts().all(|text| text.trim().is_empty())
    }

    /// The words without their marks.
    #[must_use]
    pub fn to_plain(&self) -> String {
        self.texts().collect()
    }

    /// Its length in characters, for reading times.
    #[must_use]
    pub fn char_count(&self) -> usize {
        self.texts().map(|text| text.chars().count()).sum()
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|inline| match inline {
            Inline::Text(text) => text.as_str(),
            Inline::Span(span) => span.text.as_str(),
        })
    }
}

impl Read for RichText {
    const EXPECTED: &'static str = "a text in quotes, or a list of texts and spans";

    fn read<O: Observer>(value: &Value<'_>, observer: &mut O) -> Option<Self> {
        match &value.kind {
            Kind::String(_) => Some(Self(vec![Inline::Text(String::read(value, observer)?)])),
            Kind::Array(items) => {
                if items.is_empty() {
                    observer.problem(value.span, || Description {
                        code: Code::Missing,
                        message: "a rich text is an empty list".into(),
                        hint: "Write a text, or leave the field out.".into(),
                    });
                }
                Some(Self(
                    items
                        .iter()
                        .filter_map(|item| Inline::read(item, observer))
                        .collect(),
                ))
            }
            // A year without its quotes or a span without its list is still worth reading.
            Kind::Number(_) | Kind::Object(_) => {
                wrong_shape(value, Self::EXPECTED, observer);
                Inline::read(value, &mut Deaf).map(|inline| Self(vec![inline]))
            }
            _ => {
                wrong_shape(value, Self::EXPECTED, observer);
                None
            }
        }
    }

    /// A broken cell of a table stays an empty cell: left out, it would move the
    /// rest of its row under the wrong heading.
    fn read_item<O: Observer>(value: &Value<'_>, observer: &mut O) -> Option<Self> {
        Some(Self::read(value, observer).unwrap_or_default())
    }
}

impl Read for Inline {
    const EXPECTED: &'static str = "a text in quotes, or a span { \"text\": … }";

    fn read<O: Observer>(value: &Value<'_>, observer: &mut O) -> Option<Self> {
        match &value.kind {
            Kind::String(_) => String::read(value, observer).map(Inline::Text),
            Kind::Object(_) => Span::read(value, observer).map(Inline::Span),
            Kind::Number(digits) => {
                wrong_shape(value, Self::EXPECTED, observer);
                Some(Self::Text((*digits).into()))
            }
            _ => {
                wrong_shape(value, Self::EXPECTED, observer);
                None
            }
        }
    }
}

impl Read for Marks {
    const EXPECTED: &'static str = "a list of marks such as [\"em\"]";

    fn read<O: Observer>(value: &Value<'_>, observer: &mut O) -> Option<Self> {
        let Kind::Array(items) = &value.kind else {
            wrong_shape(value, Self::EXPECTED, observer);
            return None;
        };
        let mut marks = Self::default();
        for item in items {
            let known = Mark::ALL
                .iter()
                .find(|mark| item.as_str() == Some(mark.as_str()));
            match known {
                Some(mark) => marks = marks.with(*mark),
                None => observer.problem(item.span, || Description {
                    code: Code::UnknownName,
                    message: "this mark is not known; readers see the text without it".into(),
                    hint: nearest(
                        item.as_str().unwrap_or_default(),
                        &Mark::ALL
                            .iter()
                            .map(|mark| mark.as_str())
                            .collect::<Vec<_>>(),
                    ),
                }),
            }
        }
        Some(marks)
    }
}

#[cfg(feature = "write")]
mod writing {
    use super::{Inline, Marks, RichText};
    use crate::write::MaybeAbsent;
    use serde::{Serialize, Serializer};

    impl MaybeAbsent for Marks {
        fn is_absent(&self) -> bool {
            self.is_empty()
        }
    }

    impl Serialize for Marks {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_seq(self.iter())
        }
    }

    impl MaybeAbsent for RichText {}

    impl Serialize for RichText {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            match self.0.as_slice() {
                [Inline::Text(text)] => serializer.serialize_str(text),
                inlines => serializer.collect_seq(inlines),
            }
        }
    }

    impl Serialize for Inline {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            match self {
                Self::Text(text) => serializer.serialize_str(text),
                Self::Span(span) => span.serialize(serializer),
            }
        }
    }
}
