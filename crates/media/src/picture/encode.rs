//! From sRGB pixels to the three formats that browsers choose between.
//!
//! The same pixels at the same quality give the same bytes: each file is made by
//! one thread, and nothing of the machine or the moment goes in.

mod avif;
mod jpeg;
mod webp;

use serde::{Deserialize, Serialize};

use super::credit::{Credit, write_iptc, write_xmp};
use super::decode::Pixels;

/// The formats of renditions, the smallest first, as a `picture` element lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encoding {
    Avif,
    Webp,
    Jpeg,
}

impl Encoding {
    pub const ALL: [Self; 3] = [Self::Avif, Self::Webp, Self::Jpeg];

    pub fn media_type(self) -> &'static str {
        match self {
            Self::Avif => "image/avif",
            Self::Webp => "image/webp",
            Self::Jpeg => "image/jpeg",
        }
    }

    /// Of file names.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Avif => "avif",
            Self::Webp => "webp",
            Self::Jpeg => "jpg",
        }
    }
}

/// The credit, as it goes into files.
#[derive(Default)]
pub struct Inscription {
    /// Empty when there is nothing to say.
    xmp: Vec<u8>,
    iptc: Vec<u8>,
}

impl Inscription {
    pub fn of(credit: &Credit) -> Result<Self, String> {
        if credit.is_empty() {
            return Ok(Self::default());
        }
        Ok(Self {
            xmp: write_xmp(credit).map_err(|error| error.to_string())?,
            iptc: write_iptc(credit),
        })
    }
}

/// Makes one file.
///
/// # Errors
/// When the encoder refuses, in its words.
pub fn encode(
    encoding: Encoding,
    pixels: &Pixels,
    recipe: &super::Recipe,
    inscription: &Inscription,
) -> Result<Vec<u8>, String> {
    match encoding {
        Encoding::Avif => avif::encode(pixels, recipe, &inscription.xmp),
        Encoding::Webp => webp::encode(pixels, recipe, &inscription.xmp),
        Encoding::Jpeg => jpeg::encode(pixels, recipe, inscription),
    }
}
