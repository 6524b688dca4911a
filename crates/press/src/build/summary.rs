//! What a build remembers of a published article besides its files.

use article::Article;

use super::card_of;
use crate::finding::Failure;
use crate::fingerprint;
use crate::maps::sitemap::Line;

/// What lists, feeds and maps are made of.
pub struct Summary {
    /// The fingerprint of the article as readers get it.
    pub text: u64,
    /// Its line in a sitemap; empty if search engines are not to have it.
    pub line: Line,
    /// How it shows itself in lists, as JSON.
    pub card: Box<str>,
}

impl Summary {
    pub fn of(article: &Article, text: &str, line: Line) -> Result<Self, Failure> {
        Ok(Self {
            text: fingerprint::of(text),
            line,
            card: card_of(article)?,
        })
    }

    /// As it is remembered: three lines, of which none can have a line break in it.
    pub fn written(&self) -> Box<str> {
        let (moment, date) = self.line.changed.clone().unwrap_or_default();
        format!(
            "{} {moment} {date}\n{}\n{}",
            self.text, self.line.xml, self.card
        )
        .into()
    }

    /// `None` if it is no summary.
    pub fn read(written: &str) -> Option<Self> {
        let mut lines = written.splitn(3, '\n');
        let mut numbers = lines.next()?.splitn(3, ' ');
        let text = numbers.next()?.parse().ok()?;
        let moment = numbers.next()?.parse().ok()?;
        let date = numbers.next()?.to_owned();
        Some(Self {
            text,
            line: Line {
                changed: (!date.is_empty()).then_some((moment, date)),
                xml: lines.next()?.to_owned(),
            },
            card: lines.next()?.into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, Summary};

    #[test]
    fn what_is_remembered_is_what_was_made() {
        for changed in [None, Some((-5, "1969-12-31".to_owned()))] {
            let line = Line {
                xml: "<url>a b</url>".into(),
                changed,
            };
            let summary = Summary {
                text: u64::MAX,
                line: line.clone(),
                card: "{\"slug\":\"x\"}".into(),
            };
            let read = Summary::read(&summary.written()).unwrap();
            assert_eq!((read.text, read.line), (summary.text, line));
            assert_eq!(read.card, summary.card);
        }
    }
}
