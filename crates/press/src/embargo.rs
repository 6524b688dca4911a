//! Which articles may be seen, and in what form.
//!
//! A static site cannot keep a secret: what is uploaded is public, whether or not
//! a list shows it. So an embargo holds only because press does not write the file.

use std::time::{SystemTime, UNIX_EPOCH};

use article::Date;
use article::story::PubStatus;

use crate::story::Facts;

/// What becomes of an article in the built site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    Published,
    /// Not yet: no file, no list, no link leads to it.
    Embargoed {
        until: Date,
    },
    /// No longer: its address answers, with nothing but its headline.
    Tombstone,
}

/// The moment a build is made for, in seconds since 1970.
#[derive(Clone, Copy, Debug)]
pub struct AsOf(pub i64);

impl AsOf {
    pub fn now() -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        Self(since.map_or(0, |since| {
            i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
        }))
    }

    /// Reads the value of `--as-of`.
    pub fn parse(text: &str) -> Result<Self, String> {
        Date::parse(text).map(|date| Self(date.timestamp())).ok_or_else(|| {
            "write a date such as 2026-11-24 (its first second, in UTC) or 2026-11-24T09:30:00+01:00".into()
        })
    }

    pub fn date(self) -> Date {
        Date::from_timestamp(self.0)
    }
}

/// The embargo comes first: of a story withheld before it was ever published,
/// not even the headline is shown.
pub fn visibility(facts: &Facts, as_of: AsOf) -> Visibility {
    let later = [facts.embargoed_until, facts.published]
        .into_iter()
        .flatten()
        .filter(|date| date.timestamp() > as_of.0)
        .max_by_key(Date::timestamp);
    if let Some(until) = later {
        return Visibility::Embargoed { until };
    }
    let expired = facts
        .expires
        .is_some_and(|date| date.timestamp() <= as_of.0);
    if facts.status != PubStatus::Usable || expired {
        return Visibility::Tombstone;
    }
    Visibility::Published
}
