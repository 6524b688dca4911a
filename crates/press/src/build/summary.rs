//! What a build remembers of a published article besides its files.

use article::Article;
use serde::{Deserialize, Serialize};

use super::card_of;
use super::parts::{Kind, fingerprints};
use crate::finding::Failure;
use crate::maps::sitemap::Line;
use crate::{fingerprint, kept};

/// What lists, feeds and maps are made of. Most of them do not change, and for that
/// the fingerprints are enough.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub struct Summary {
    /// The fingerprint of the article as readers get it.
    pub text: u64,
    pub line: MapLine,
    pub card_fingerprint: u64,
    /// How it shows itself in lists, as JSON.
    pub card: &'static [u8],
    /// The fingerprints of the cards of its photos and of its films.
    pub photos: &'static [u8],
    pub films: &'static [u8],
}

/// A [`Line`] of a sitemap; empty if search engines are not to have it.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub struct MapLine {
    pub fingerprint: u64,
    changed: Option<(i64, &'static str)>,
    xml: &'static [u8],
}

/// The same for writing.
#[derive(Serialize)]
struct Written<'a> {
    text: u64,
    line: WrittenLine<'a>,
    card_fingerprint: u64,
    card: &'a [u8],
    photos: &'a [u8],
    films: &'a [u8],
}

#[derive(Serialize)]
struct WrittenLine<'a> {
    fingerprint: u64,
    changed: Option<(i64, &'a str)>,
    xml: &'a [u8],
}

impl Summary {
    /// An article's summary, as it is remembered.
    pub fn of(article: &Article, text: &str, line: &Line) -> Result<Vec<u8>, Failure> {
        let parts = [
            fingerprints(article, Kind::Photos)?,
            fingerprints(article, Kind::Films)?,
        ];
        Self::written(fingerprint::of(text), &card_of(article)?, &parts, line)
    }

    fn written(
        text: u64,
        card: &str,
        [photos, films]: &[Vec<u8>; 2],
        line: &Line,
    ) -> Result<Vec<u8>, Failure> {
        postcard::to_stdvec(&Written {
            text,
            line: WrittenLine {
                fingerprint: fingerprint::of(line.xml.as_str()),
                changed: line.changed.as_ref().map(|(at, date)| (*at, date.as_str())),
                xml: line.xml.as_bytes(),
            },
            card_fingerprint: fingerprint::of(card),
            card: card.as_bytes(),
            photos,
            films,
        })
        .map_err(|error| Failure(format!("could not remember a story: {error}")))
    }

    /// # Errors
    /// When it is no summary, and so the memory is damaged.
    pub fn read(written: &'static [u8]) -> Result<Self, Failure> {
        postcard::from_bytes(written).map_err(|_| kept::damaged())
    }
}

impl MapLine {
    pub fn of(line: &Line) -> Self {
        Self {
            fingerprint: fingerprint::of(line.xml.as_str()),
            changed: line
                .changed
                .as_ref()
                .map(|(at, date)| (*at, kept::text(date.as_str()))),
            xml: kept::bytes(line.xml.as_bytes()),
        }
    }

    /// # Errors
    /// When the memory it comes from is damaged.
    pub fn line(&self) -> Result<Line, Failure> {
        Ok(Line {
            xml: kept::as_text(self.xml)?.to_owned(),
            changed: self.changed.map(|(at, date)| (at, date.to_owned())),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, Summary};
    use crate::{fingerprint, kept};

    #[test]
    fn what_is_remembered_is_what_was_made() {
        let card = "{\"slug\":\"x\"}";
        for changed in [None, Some((-5, "1969-12-31".to_owned()))] {
            let line = Line {
                xml: "<url>a b</url>".into(),
                changed,
            };
            let parts = [vec![1; 16], Vec::new()];
            let written = Summary::written(u64::MAX, card, &parts, &line).unwrap();
            let read = Summary::read(kept::bytes(written)).unwrap();
            assert_eq!((read.text, read.line.line().unwrap()), (u64::MAX, line));
            assert_eq!(read.card, card.as_bytes());
            assert_eq!((read.photos, read.films), (&[1; 16][..], &[][..]));
            assert_eq!(read.card_fingerprint, fingerprint::of(card));
        }
    }

    #[test]
    fn what_is_no_summary_is_told() {
        assert!(Summary::read(b"\xff").is_err());
    }
}
