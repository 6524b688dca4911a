//! What kind of picture a file is: its first bytes say so, its name only claims it.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::Problem;

/// The kinds of picture that are read. AVIF, HEIC and TIFF originals are not:
/// their decoders are larger than everything here together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    Jpeg,
    Png,
    Gif,
    Webp,
}

impl Format {
    /// As people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Gif => "GIF",
            Self::Webp => "WebP",
        }
    }

    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
        }
    }

    fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
            Self::Png => &["png"],
            Self::Gif => &["gif"],
            Self::Webp => &["webp"],
        }
    }

    /// By content.
    ///
    /// # Errors
    /// When it is none of them, with what it seems to be instead.
    pub fn of(bytes: &[u8], path: &Path) -> Result<Self, Problem> {
        if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
            return Ok(Self::Jpeg);
        }
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            return Ok(Self::Png);
        }
        if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
            return Ok(Self::Gif);
        }
        if is_riff(bytes, b"WEBP") {
            return Ok(Self::Webp);
        }
        let (what, hint) = guess(bytes);
        Err(Problem::of(
            "picture-format",
            path,
            format!("the file is {what}; JPEG, PNG, GIF and WebP pictures are read"),
        )
        .hint(hint))
    }

    /// What is wrong with the name of a file of this kind, if anything is.
    pub fn lie(self, path: &Path) -> Option<Problem> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        if self.endings().contains(&ending.as_str()) {
            return None;
        }
        let right = self.endings().first()?;
        Some(
            Problem::of(
                "picture-name",
                path,
                format!(
                    "the name ends in .{ending}, but the file is a {} picture",
                    self.name()
                ),
            )
            .hint(format!(
                "Rename it so that it ends in .{right}: servers tell browsers the kind by the name."
            )),
        )
    }
}

fn is_riff(bytes: &[u8], kind: &[u8; 4]) -> bool {
    bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(kind)
}

/// What a file that is no picture of ours is, and what to do about it.
fn guess(bytes: &[u8]) -> (&'static str, &'static str) {
    const SAVE: &str = "Open it and save it as JPEG (photos) or PNG (drawings).";
    const FETCH: &str = "A server's answer was saved in place of the picture: fetch it anew.";
    let brand = bytes.get(4..12).unwrap_or_default();
    let text = String::from_utf8_lossy(bytes.get(..512).unwrap_or(bytes)).to_ascii_lowercase();
    match () {
        () if brand == b"ftypavif" || brand == b"ftypavis" => ("an AVIF picture", SAVE),
        () if brand.starts_with(b"fty")
            && [b"heic", b"heix", b"mif1", b"heim", b"hevc"]
                .iter()
                .any(|b| brand.ends_with(*b)) =>
        {
            (
                "a HEIC picture, as telephones take them",
                "Open it and save it as JPEG, or set the telephone to “most compatible”.",
            )
        }
        () if bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*") => {
            ("a TIFF picture or a camera's raw data", SAVE)
        }
        () if bytes.starts_with(b"BM") => ("a BMP picture", SAVE),
        () if bytes.starts_with(b"8BPS") => ("a Photoshop document", SAVE),
        () if bytes.starts_with(&[0xFF, 0x0A]) || bytes.starts_with(b"\0\0\0\x0cJXL ") => {
            ("a JPEG XL picture", SAVE)
        }
        () if bytes.starts_with(b"\0\0\0\x0cjP  ") => ("a JPEG 2000 picture", SAVE),
        () if bytes.starts_with(b"%PDF-") => (
            "a PDF document",
            "Put it on the page as a download, or save one page as PNG.",
        ),
        () if bytes.starts_with(b"PK\x03\x04") => (
            "a ZIP archive or an office document",
            "Take the picture out of it.",
        ),
        () if bytes.starts_with(b"version https://git-lfs") => (
            "a pointer of Git LFS, not the picture itself",
            "Run git lfs pull.",
        ),
        () if text.contains("<svg") => (
            "an SVG drawing",
            "Name it .svg; a drawing is published as it is if it is proven inert.",
        ),
        () if text.contains("<!doctype html") || text.contains("<html") => ("a web page", FETCH),
        () if text.trim_start().starts_with('{') => ("JSON text", FETCH),
        () if bytes.iter().take(512).all(|byte| *byte == 0) => (
            "nothing but zeros",
            "The copying of it must have failed: copy it anew.",
        ),
        () => ("of no kind that is known here", SAVE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_and_a_lying_name_is_a_problem() {
        let path = Path::new("photo.PNG");
        let format = Format::of(&[0xFF, 0xD8, 0xFF, 0xE0], path).unwrap();
        assert_eq!(format, Format::Jpeg);
        let lie = format.lie(path).unwrap();
        assert_eq!(lie.kind, "picture-name");
        assert!(lie.message.contains(".png"), "{}", lie.message);
        assert!(format.lie(Path::new("photo.JPG")).is_none());
        assert!(format.lie(Path::new("photo")).is_none());
    }

    #[test]
    fn what_is_no_picture_is_named() {
        let cases: [(&[u8], &str); 6] = [
            (b"\0\0\0\x20ftypavif", "AVIF"),
            (b"\0\0\0\x18ftypheic", "HEIC"),
            (b"<!DOCTYPE html><title>404", "web page"),
            (b"<?xml version='1.0'?><svg/>", "SVG"),
            (b"II*\0", "TIFF"),
            (&[0; 600], "zeros"),
        ];
        for (bytes, what) in cases {
            let problem = Format::of(bytes, Path::new("x.jpg")).unwrap_err();
            assert_eq!(problem.kind, "picture-format");
            assert!(problem.message.contains(what), "{}", problem.message);
        }
    }
}
