//! Walking through a picture file's parts without decoding a pixel: how large
//! the picture is, where its metadata lie, and where the file really ends.
//!
//! Decoders stop at what they need; this walk sees what they leave alone, which
//! is where other things hide.

mod gif;
mod jpeg;
mod png;
mod webp;

use std::borrow::Cow;
use std::path::Path;

use super::format::Format;
use crate::Problem;

/// What the parts of a file say.
#[derive(Default)]
pub struct Scan<'a> {
    /// As stored, before any turning.
    pub width: u32,
    pub height: u32,
    /// At most, while and after it is decoded.
    pub decoded_bytes: u64,
    /// May have it; whether a pixel is really transparent only decoding shows.
    pub has_alpha: bool,
    pub is_animated: bool,
    /// From the TIFF header on.
    pub exif: Option<Cow<'a, [u8]>>,
    pub xmp: Option<Cow<'a, [u8]>>,
    /// IPTC-IIM records.
    pub iptc: Option<Cow<'a, [u8]>>,
    /// What a PNG file says in plain words.
    pub author: Option<String>,
    pub copyright: Option<String>,
    /// Every part in which words could stand.
    pub texts: Vec<Cow<'a, [u8]>>,
    /// Where the picture ends; the file may go on.
    pub end: usize,
}

/// Why a file could not be walked through.
#[derive(Debug, PartialEq, Eq)]
pub enum Fault {
    /// It ends before the picture does.
    Truncated,
    /// A part contradicts the format.
    Broken(&'static str),
    /// A compressed part grows out of all proportion.
    Bomb,
}

impl Fault {
    pub fn problem(self, path: &Path, format: Format) -> Problem {
        let name = format.name();
        match self {
            Self::Truncated => Problem::of(
                "picture-truncated",
                path,
                format!("the {name} file ends before the picture does"),
            )
            .hint("The copying of it must have stopped half-way: copy it anew."),
            Self::Broken(what) => Problem::of(
                "picture-broken",
                path,
                format!("the {name} file is damaged: {what}"),
            )
            .hint("Open it in a picture editor and save it anew, or find another copy."),
            Self::Bomb => Problem::of(
                "picture-bomb",
                path,
                format!(
                    "the metadata of the {name} file unpack to more than {} MB",
                    super::limits::MOST_METADATA_BYTES / 1_048_576
                ),
            )
            .hint("No honest picture is like that. Open it in a picture editor and save it anew without metadata."),
        }
    }
}

/// Walks through the file.
pub fn scan(format: Format, bytes: &[u8]) -> Result<Scan<'_>, Fault> {
    let scan = match format {
        Format::Jpeg => jpeg::scan(bytes),
        Format::Png => png::scan(bytes),
        Format::Gif => gif::scan(bytes),
        Format::Webp => webp::scan(bytes),
    }?;
    if scan.width == 0 || scan.height == 0 {
        return Err(Fault::Broken("it says that it is 0 pixels wide or high"));
    }
    Ok(scan)
}

/// A place in the bytes that moves forward and never past the end.
struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Walk<'a> {
    fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], Fault> {
        let end = self.at.checked_add(count).ok_or(Fault::Truncated)?;
        let taken = self.bytes.get(self.at..end).ok_or(Fault::Truncated)?;
        self.at = end;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Fault> {
        self.take(N)?.try_into().map_err(|_| Fault::Truncated)
    }

    fn byte(&mut self) -> Result<u8, Fault> {
        Ok(u8::from_be_bytes(self.array()?))
    }

    fn is_at_end(&self) -> bool {
        self.at >= self.bytes.len()
    }
}

/// Pixels times bytes for each.
fn decoded(width: u32, height: u32, bytes_per_pixel: u64) -> u64 {
    u64::from(width)
        .saturating_mul(u64::from(height))
        .saturating_mul(bytes_per_pixel)
}
