//! A story as each of the formats has it.
//!
//! A story stands in the feed of its edition and in those of its topics, in three
//! formats each. What they say of it is the same everywhere, so it is written once.

use article::Date;
use serde_json::value::RawValue;

use super::entry::Entry;
use super::{atom, json, rss};
use crate::finding::Failure;
use crate::moment::{Zone, full};

/// What feeds say of one story.
pub struct Item {
    /// When it last changed; `None` where no date is known.
    pub(super) updated: Option<Date>,
    /// An `entry` element; empty where no date is known, which Atom insists on.
    pub(super) atom: Vec<u8>,
    /// An `item` element.
    pub(super) rss: Vec<u8>,
    /// An item of JSON Feed.
    pub(super) json: Box<RawValue>,
}

impl Item {
    /// Writes a story in every format. Dates without a time of day begin in `zone`;
    /// `publisher` made what names nobody.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn of(entry: &Entry<'_>, zone: &Zone, publisher: &str) -> Result<Self, Failure> {
        Ok(Self {
            updated: entry.updated().and_then(|date| full(&date, zone)),
            atom: atom::entry(entry, zone),
            rss: rss::item(entry, zone, publisher),
            json: json::item(entry, zone)?,
        })
    }
}
