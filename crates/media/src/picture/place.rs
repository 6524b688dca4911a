//! Whether a picture tells where it was taken: cameras write down where a source
//! lives, and whoever publishes the file publishes that.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use super::container::Scan;
use super::credit::gps;
use super::limits::MOST_METADATA_BYTES;
use super::probe::{examine, warnings_of_name};
use super::source;
use crate::Problem;

/// The name by which XMP (exif:GPSLatitude) keeps half of a place.
const LATITUDE: &[u8] = b"GPSLatitude";

/// Whether a picture is AVIF: browsers show it, and nothing smaller can be made of it.
pub fn is_shown_only(path: &Path) -> bool {
    let mut start = Vec::new();
    let read = File::open(path).and_then(|file| file.take(12).read_to_end(&mut start));
    read.is_ok() && is_avif(&start)
}

/// What is to be said of a picture that is published as it is.
///
/// # Errors
/// As [`probe`](super::probe()). AVIF, which browsers show and nothing here decodes,
/// is let pass.
pub fn look(path: &Path) -> Result<Vec<Problem>, Problem> {
    let source = source::read(path)?;
    let (mut problems, is_told) = if is_avif(&source.bytes) {
        (warnings_of_name(path, "AVIF", "avif"), is_in(&source.bytes))
    } else {
        let probe = examine(&source.bytes, path)?;
        (probe.warnings, probe.tells_place)
    };
    if is_told {
        problems.push(
            Problem::of(
                "picture-tells-place",
                path,
                "the picture says where it was taken, to everybody who loads it",
            )
            .hint("Save it without its place (exiftool -gps:all= -xmp:geotag= FILE); of a picture that names its original alone, press makes files without it."),
        );
    }
    Ok(problems)
}

/// Whether a file begins as AVIF does, whatever its name.
fn is_avif(bytes: &[u8]) -> bool {
    matches!(bytes.get(4..12), Some(b"ftypavif" | b"ftypavis"))
}

pub(super) fn is_told(scan: &Scan<'_>) -> bool {
    let short = |part: &&[u8]| part.len() <= MOST_METADATA_BYTES;
    let in_exif = scan.exif.as_deref().filter(short).is_some_and(gps);
    let in_xmp = scan.xmp.as_deref().is_some_and(has_latitude);
    in_exif || in_xmp
}

fn has_latitude(bytes: &[u8]) -> bool {
    bytes
        .windows(LATITUDE.len())
        .any(|window| window == LATITUDE)
}

/// The same of a file whose parts are not walked through: every place in it where
/// EXIF may begin is tried.
fn is_in(bytes: &[u8]) -> bool {
    let starts = bytes
        .windows(4)
        .enumerate()
        .filter(|(_, four)| *four == b"II*\0" || *four == b"MM\0*")
        .take(64);
    let parts = starts.filter_map(|(at, _)| bytes.get(at..));
    let mut parts = parts.map(|part| part.get(..MOST_METADATA_BYTES).unwrap_or(part));
    has_latitude(bytes) || parts.any(gps)
}
