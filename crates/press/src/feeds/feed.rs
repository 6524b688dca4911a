//! A feed before it has a format, and where each format of it lies.

use article::{Date, Language};

use super::item::Item;
use crate::base::Base;
use crate::moment::Zone;

/// The newest stories of an edition or a topic, and what they are together.
pub struct Feed<'a> {
    pub base: &'a Base,
    pub zone: &'a Zone,
    pub language: &'a Language,
    /// The page it is the feed of, from the site's root: `/en/`, `/en/topics/sea/`.
    /// Its full address is also the feed's id, which must never change.
    pub page: &'a str,
    pub title: &'a str,
    pub description: Option<&'a str>,
    /// Who answers for what is in it.
    pub publisher: &'a str,
    /// A picture of the site, as a path from its root.
    pub icon: Option<&'a str>,
    /// Newest first.
    pub items: &'a [&'a Item],
    pub part: Part<'a>,
}

/// Where a document stands in the chain that goes back to the first story
/// (RFC 5005 §4). Parts are known by a name that never changes, such as `2003`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Part<'a> {
    /// This part; `None` for the one that is subscribed to.
    pub name: Option<&'a str>,
    /// The next older part, if there is one.
    pub older: Option<&'a str>,
    /// The next newer part, if that is not the one that is subscribed to.
    pub newer: Option<&'a str>,
}

/// The formats a feed is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Atom,
    Rss,
    Json,
}

impl Format {
    pub const ALL: [Self; 3] = [Self::Atom, Self::Rss, Self::Json];

    /// The name of the file, below the page it is the feed of. The endings are the
    /// two that every host serves with a type feed readers take: `.atom` and `.rss`
    /// are unknown to some, which then offer the feed as a download.
    pub fn file(self, part: Option<&str>) -> String {
        let (stem, ending) = match self {
            Self::Atom => ("atom", "xml"),
            Self::Rss => ("rss", "xml"),
            Self::Json => ("feed", "json"),
        };
        match part {
            None => format!("{stem}.{ending}"),
            Some(part) => format!("{stem}-{}.{ending}", crate::base::step(part)),
        }
    }

    /// For the `type` of a link to it.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Atom => "application/atom+xml",
            Self::Rss => "application/rss+xml",
            Self::Json => "application/feed+json",
        }
    }
}

impl Feed<'_> {
    /// So many stories are in the feed of an edition: as many as a reader who looks in
    /// once a week misses nothing of, in a newsroom that publishes seven a day.
    pub const ENTRIES: usize = 50;

    /// So many are in the feed of a topic, which has fewer a day
    /// (`docs/decisions/024-a-story-is-told-once.md`).
    pub const ENTRIES_OF_TOPIC: usize = 20;

    /// The full address of the page.
    pub(super) fn page_url(&self) -> String {
        self.base.url(self.page)
    }

    /// The full address of a part of it in a format.
    pub(super) fn url(&self, format: Format, part: Option<&str>) -> String {
        let page = self.page.trim_matches('/');
        let slash = if page.is_empty() { "" } else { "/" };
        self.base
            .url(&format!("{page}{slash}{}", format.file(part)))
    }

    /// The links to the other parts: how each stands to this one, and its address.
    pub(super) fn chain(&self, format: Format) -> Vec<(&'static str, String)> {
        let mut links = Vec::new();
        if self.part.name.is_some() {
            links.push(("current", self.url(format, None)));
        }
        if let Some(older) = self.part.older {
            links.push(("prev-archive", self.url(format, Some(older))));
        }
        if let Some(newer) = self.part.newer {
            links.push(("next-archive", self.url(format, Some(newer))));
        }
        links
    }

    /// When the newest of its stories changed; `None` if no story has a date.
    pub(super) fn updated(&self) -> Option<Date> {
        self.items
            .iter()
            .filter_map(|item| item.updated)
            .max_by_key(Date::timestamp)
    }
}
