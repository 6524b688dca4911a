//! What a picture file is, without decoding it.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::container::{self, Scan};
use super::credit::{self, Credit};
use super::format::Format;
use super::limits::{LONGEST_SIDE, MOST_DECODED_BYTES, MOST_METADATA_BYTES, MOST_PIXELS};
use super::{foreign, place, source};
use crate::Problem;

/// How the camera was held (EXIF 2.32, tag 274): what must be done to the stored
/// picture before it is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Orientation {
    #[default]
    Upright,
    MirroredAcross,
    UpsideDown,
    MirroredDown,
    /// Mirrored along the diagonal from the upper left.
    Transposed,
    /// To be turned clockwise by a quarter.
    QuarterClockwise,
    /// Mirrored along the other diagonal.
    Transversed,
    QuarterCounterclockwise,
}

impl Orientation {
    fn of(number: u32) -> Self {
        match number {
            2 => Self::MirroredAcross,
            3 => Self::UpsideDown,
            4 => Self::MirroredDown,
            5 => Self::Transposed,
            6 => Self::QuarterClockwise,
            7 => Self::Transversed,
            8 => Self::QuarterCounterclockwise,
            _ => Self::Upright,
        }
    }

    /// Whether width and height change places.
    pub fn swaps_sides(self) -> bool {
        matches!(
            self,
            Self::Transposed
                | Self::QuarterClockwise
                | Self::Transversed
                | Self::QuarterCounterclockwise
        )
    }
}

/// What a picture file is.
#[derive(Clone, Debug)]
pub struct Probe {
    pub format: Format,
    /// Pixels, as stored.
    pub stored_width: u32,
    pub stored_height: u32,
    pub orientation: Orientation,
    /// Pixels, as shown.
    pub width: u32,
    pub height: u32,
    /// Whether parts of it may be transparent.
    pub has_alpha: bool,
    /// Whether it moves; renditions show its first frame.
    pub is_animated: bool,
    pub credit: Credit,
    /// Whether it says where it was taken. Renditions do not.
    pub tells_place: bool,
    /// Of the file.
    pub bytes: u64,
    /// Behind the end of the picture; padding does not count.
    pub trailing_bytes: u64,
    /// What is not right, though the picture can be used: a name that lies about
    /// the format, bytes behind its end.
    pub warnings: Vec<Problem>,
}

/// Looks at a picture file. It is read whole, because only its end shows whether
/// it is all there, but nothing is decoded.
///
/// # Errors
/// When it is no picture, is damaged, is larger than any honest picture, or is
/// something else besides.
pub fn probe(path: &Path) -> Result<Probe, Problem> {
    let source = source::read(path)?;
    examine(&source.bytes, path)
}

/// The same, of bytes that have been read.
pub fn examine(bytes: &[u8], path: &Path) -> Result<Probe, Problem> {
    let format = Format::of(bytes, path)?;
    let scan = container::scan(format, bytes).map_err(|fault| fault.problem(path, format))?;
    within_limits(&scan, path)?;
    if let Some(what) = foreign::find(format, bytes, &scan) {
        return Err(Problem::of(
            "picture-is-more",
            path,
            format!(
                "the file is a {} picture and {what} at the same time",
                format.name()
            ),
        )
        .hint(
            "Find out where it comes from. If you trust the picture, open it and save it anew.",
        ));
    }
    let trailing_bytes = foreign::trailing(bytes, &scan);
    let orientation = scan
        .exif
        .as_deref()
        .filter(|exif| exif.len() <= MOST_METADATA_BYTES)
        .and_then(credit::orientation)
        .map(Orientation::of)
        .unwrap_or_default();
    let (width, height) = if orientation.swaps_sides() {
        (scan.height, scan.width)
    } else {
        (scan.width, scan.height)
    };
    Ok(Probe {
        format,
        stored_width: scan.width,
        stored_height: scan.height,
        orientation,
        width,
        height,
        has_alpha: scan.has_alpha,
        is_animated: scan.is_animated,
        credit: Credit::of(&scan),
        tells_place: place::is_told(&scan),
        bytes: bytes.len() as u64,
        trailing_bytes,
        warnings: warnings(format, trailing_bytes, path),
    })
}

/// What is not right with a picture that can be used all the same.
pub fn warnings(format: Format, trailing_bytes: u64, path: &Path) -> Vec<Problem> {
    let trailing = (trailing_bytes > 0).then(|| {
        Problem::of(
            "picture-trailing-bytes",
            path,
            format!("behind the end of the picture are {trailing_bytes} more bytes"),
        )
        .hint("Telephones keep short films or depth there, and some programs what was cut away; readers are not given it. Save the picture anew before you publish the original.")
    });
    format.lie(path).into_iter().chain(trailing).collect()
}

/// That a name does not say what its file is, if it does not.
pub fn warnings_of_name(path: &Path, name: &str, right: &str) -> Vec<Problem> {
    let ending = path.extension().and_then(|ending| ending.to_str());
    if ending.is_some_and(|ending| ending.eq_ignore_ascii_case(right)) {
        return Vec::new();
    }
    let problem = Problem::of(
        "picture-name",
        path,
        format!("the name does not end in .{right}, but the file is an {name} picture"),
    );
    vec![problem.hint(format!(
        "Rename it so that it ends in .{right}: servers tell browsers the kind by the name."
    ))]
}

fn within_limits(scan: &Scan<'_>, path: &Path) -> Result<(), Problem> {
    let pixels = u64::from(scan.width) * u64::from(scan.height);
    let is_too_large = scan.width.max(scan.height) > LONGEST_SIDE
        || pixels > MOST_PIXELS
        || scan.decoded_bytes > MOST_DECODED_BYTES;
    if !is_too_large {
        return Ok(());
    }
    Err(Problem::of(
        "picture-too-large",
        path,
        format!(
            "the picture has {} × {} pixels and takes {} MB when it is unpacked; up to {} megapixels, {} pixels a side and {} MB are read",
            scan.width,
            scan.height,
            scan.decoded_bytes / 1_048_576,
            MOST_PIXELS / 1_000_000,
            LONGEST_SIDE,
            MOST_DECODED_BYTES / 1_048_576
        ),
    )
    .hint("Make it smaller: readers are shown 1,920 pixels at most, and 6,000 leave room for cropping."))
}
