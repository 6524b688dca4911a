//! WebVTT text tracks, read as browsers read them, and what is wrong with them.
//!
//! One reading: the parsing rules of the W3C recommendation ("WebVTT: The Web Video
//! Text Tracks Format", §6), which never give up once the first word is right. What
//! a browser passes over in silence (a cue whose times it cannot read, words that
//! stand outside a cue, a tag it does not know) is told as a [`Problem`] with its
//! line, because there a reader who cannot hear loses words.
//!
//! It draws nothing: where a cue stands on the picture is the browser's business, so
//! settings are checked and not kept. Style sheets and regions are passed over.

mod cue_text;
mod parser;
mod settings;

use crate::problem::Problem;

pub use cue_text::{Marks, Piece};
pub(crate) use parser::is_wide;

/// A longer file (in bytes) is refused unread: the captions of a film of ten hours
/// are under a megabyte.
pub const MAX_BYTES: usize = 8 * 1024 * 1024;

/// No more problems than these are told of one file.
pub const MAX_PROBLEMS: usize = 100;

/// More than this on one line (a Chinese, Japanese or Korean character counts twice)
/// breaks into three lines on a phone and hides the picture.
pub const LONGEST_LINE: usize = 80;

/// What a track is for; its rules depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Captions and subtitles: shown on the picture, one after the other.
    Spoken,
    /// Descriptions: spoken aloud, so that no line can be too long.
    Described,
    /// Chapters: names of parts, which may lie in one another.
    Chapters,
}

/// A text track.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Track {
    /// In the order of the file.
    pub cues: Vec<Cue>,
}

/// Some words and the time at which they are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cue {
    /// The line before its times, if there was one.
    pub id: Option<String>,
    /// Milliseconds.
    pub start: u64,
    /// Milliseconds.
    pub end: u64,
    /// Its words; a line feed is a line break.
    pub text: Vec<Piece>,
    /// Where its times stand, counted from 1.
    pub line: usize,
}

impl Cue {
    /// Its words without marks and voices.
    #[must_use]
    pub fn to_plain(&self) -> String {
        self.text.iter().map(|piece| piece.text.as_str()).collect()
    }
}

/// What the reading of a file made of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// What a browser would show; `None` where it would show nothing at all.
    pub track: Option<Track>,
    /// In the order of their lines.
    pub problems: Vec<Problem>,
}

/// Reads the bytes of a .vtt file. It never fails: see [`Reading::track`].
#[must_use]
pub fn read(bytes: &[u8], purpose: Purpose) -> Reading {
    if bytes.len() > MAX_BYTES {
        return Reading {
            track: None,
            problems: vec![Problem::new(
                "large-track",
                format!(
                    "the file has {} MB; a text track has 8 at most",
                    bytes.len().div_ceil(1024 * 1024)
                ),
                "See whether another file was given this name.",
            )],
        };
    }
    parser::read(bytes, purpose)
}
