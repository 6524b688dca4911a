//! Lists of stories: cards, packs of them, and the head of an edition.
//!
//! Packs hold [`PACK_SIZE`] cards and are numbered from the oldest, so a closed
//! pack never changes a byte and may be cached for ever. Only the head changes
//! with every story: it holds the newest cards and the names of the newest packs. In a
//! large archive the names of all of them have a file of their own.

use crate::date::Date;
use crate::decimal::Decimal;
use crate::json;
use crate::language::Language;
use crate::media::Image;
use crate::read::{Deaf, Read, names, record};
use crate::rich::RichText;
use crate::story::Slug;

/// Cards in a closed pack. 16 cards are about 1.9 KB brotli.
pub const PACK_SIZE: usize = 16;
/// Names of packs in a head. All of them would be 33 KB brotli at 100,000 stories, in
/// every front page.
pub const PACKS_IN_HEAD: usize = 16;

names! {
    /// What a story is above all.
    pub enum CardKind {
        default Text = "text",
        Video = "video",
        Photos = "photos",
        Audio = "audio",
    }
}

record! {
    /// A story as lists show it, or one photo or film of it.
    pub struct Card {
        slug: Slug, "slug", required;
        /// The id of the photo or film, where it has a page of its own. In the lists of
        /// photos and films only.
        part: Option<String>, "part", optional;
        /// What the film is called.
        title: Option<String>, "title", optional;
        /// As in the story.
        headline: RichText, "headline", expected;
        label: Option<String>, "label", optional;
        standfirst: Option<RichText>, "standfirst", optional;
        date_published: Option<Date>, "datePublished", expected;
        kind: CardKind, "kind", optional;
        /// Minutes to read.
        minutes: Option<u32>, "minutes", optional;
        /// How many photos, of a story that is told in them.
        photos: Option<u32>, "photos", optional;
        /// Seconds of film or sound, of a story that is one.
        duration: Option<Decimal>, "duration", optional;
        /// The languages of the film's captions and subtitles.
        captions: Vec<Language>, "captions", optional;
        /// With alt text and renditions; in the list of photos with caption, credit and
        /// warning too.
        thumbnail: Option<Image>, "thumbnail", optional;
        /// Topic names.
        topics: Vec<String>, "topics", optional;
    }
}

record! {
    /// The mutable beginning of an edition's list.
    pub struct Head {
        /// Stories in the edition.
        count: u32, "count", expected;
        /// The newest stories, newest first; at least those of the open pack.
        cards: Vec<Card>, "cards", expected;
        /// File names of the newest closed packs, [`PACKS_IN_HEAD`] at most, the oldest
        /// first, below this head's folder.
        packs: Vec<String>, "packs", optional;
        /// In the lists of photos: the topics that have the most of them, and that of the
        /// list itself.
        topics: Vec<Filter>, "topics", optional;
        /// The same of places.
        places: Vec<Filter>, "places", optional;
    }
}

record! {
    /// A topic or a place by which a list can be narrowed.
    pub struct Filter {
        /// As in the address.
        id: String, "id", required;
        name: String, "name", expected;
    }
}

record! {
    /// `packs.json` beside a head: only there where the head does not name them all.
    pub struct PackNames {
        /// File names of all closed packs, the oldest first.
        packs: Vec<String>, "packs", expected;
    }
}

record! {
    /// A closed pack: cards from older to newer.
    pub struct Pack {
        cards: Vec<Card>, "cards", expected;
    }
}

impl Head {
    /// The lenient reading; `None` if there is no object, or not all of it: a list that
    /// broke off would pass for a shorter one.
    #[must_use]
    pub fn read_leniently(source: &str) -> Option<Self> {
        Self::from_value(&whole(source)?)
    }

    /// The lenient reading of JSON that is parsed already; `None` if it is no object.
    #[must_use]
    pub fn from_value(value: &json::Value<'_>) -> Option<Self> {
        Self::read(value, &mut Deaf)
    }

    /// How many closed packs the list has.
    #[must_use]
    pub fn closed(&self) -> usize {
        self.count as usize / PACK_SIZE
    }

    /// How many of them, the oldest, the head does not name.
    #[must_use]
    pub fn unnamed(&self) -> usize {
        self.closed().saturating_sub(self.packs.len())
    }

    /// How many of them the head does not repeat: the newest one is in its cards when
    /// the open pack is short.
    #[must_use]
    pub fn behind(&self) -> usize {
        let open = self.count as usize - self.closed() * PACK_SIZE;
        let repeated = self.cards.len().saturating_sub(open) / PACK_SIZE;
        self.closed().saturating_sub(repeated)
    }
}

impl PackNames {
    /// The lenient reading; `None` if there is no object at all.
    #[must_use]
    pub fn read_leniently(source: &str) -> Option<Self> {
        Self::read(&json::parse(source).value?, &mut Deaf)
    }
}

impl Pack {
    /// The lenient reading; `None` if there is no object, or not all of it: a list that
    /// broke off would pass for a shorter one.
    #[must_use]
    pub fn read_leniently(source: &str) -> Option<Self> {
        Self::from_value(&whole(source)?)
    }

    /// The lenient reading of JSON that is parsed already; `None` if it is no object.
    #[must_use]
    pub fn from_value(value: &json::Value<'_>) -> Option<Self> {
        Self::read(value, &mut Deaf)
    }
}

/// JSON without a syntax error.
fn whole(source: &str) -> Option<json::Value<'_>> {
    let parsed = json::parse(source);
    parsed.value.filter(|_| parsed.error.is_none())
}

#[cfg(feature = "write")]
mod writing {
    impl crate::write::MaybeAbsent for u32 {}
}
