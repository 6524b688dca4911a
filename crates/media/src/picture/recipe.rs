//! Which files are made of a picture, and how good they are.
//!
//! Measured on the sample newsroom's pictures of 1920 pixels, with two cores, in
//! a release build and without the AV1 encoder's assembly (`examples/measure.rs`).
//! Bytes, the mean of six pictures:
//!
//! | width | AVIF, quality 60 at speed 8 | WebP, 75 | JPEG, 72 |
//! | ---: | ---: | ---: | ---: |
//! | 320 | 5,498 | 7,609 | 10,963 |
//! | 480 | 9,536 | 13,364 | 20,842 |
//! | 640 | 13,987 | 19,947 | 32,784 |
//! | 960 | 24,003 | 35,519 | 60,732 |
//! | 1280 | 33,733 | 47,915 | 93,445 |
//! | 1920 | 54,969 | 78,580 | 122,794 |
//!
//! All eighteen files took 5.1 s a picture; nearly all of it is AVIF. So its
//! speed decides how long a publisher waits. A crowded street at 960 and 1920
//! pixels, in all formats:
//!
//! | speed | seconds | AVIF bytes at 960 | at 1920 |
//! | ---: | ---: | ---: | ---: |
//! | 5, 6 | 6.8 | 34,951 | 78,507 |
//! | 7, 8 | 5.4 | 35,641 | 79,819 |
//! | 9 | 2.5 | 39,646 | 84,703 |
//! | 10 | 1.7 | 44,913 | 95,190 |
//!
//! 9 is the default: half the wait for four kilobytes at the width most readers
//! load, and still a fifth smaller than WebP (105,318 bytes there at 1920). Whoever has the time takes 8.

use super::encode::Encoding;

/// To be raised when the same settings come to give other bytes: a new version
/// of an encoder, another filter. Every picture is then made anew.
const VERSION: u32 = 1;

/// WebP's longest side; the other formats allow more.
const LONGEST_SIDE: u64 = 16_383;

/// How pictures are made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipe {
    /// Pixels, ascending; wider ones than the original are left out.
    pub widths: Vec<u32>,
    /// 1 to 100.
    pub avif_quality: u8,
    /// From 1 (slow) to 10, as rav1e counts.
    pub avif_speed: u8,
    /// 0 to 100.
    pub webp_quality: u8,
    /// From 0 to 6 (slow), as libwebp counts.
    pub webp_method: u8,
    /// 1 to 100.
    pub jpeg_quality: u8,
    /// Red, green, blue: what shows through a picture in formats without opacity,
    /// and in placeholders.
    pub background: [u8; 3],
}

impl Default for Recipe {
    fn default() -> Self {
        Self {
            widths: vec![320, 480, 640, 960, 1280, 1920],
            avif_quality: 60,
            avif_speed: 9,
            webp_quality: 75,
            webp_method: 4,
            jpeg_quality: 72,
            background: [255, 255, 255],
        }
    }
}

impl Recipe {
    /// The sizes made of an original, the smallest first: each width of the recipe
    /// that it has, and its own if that lies below the largest.
    pub fn sizes(&self, width: u32, height: u32) -> Vec<(u32, u32)> {
        let (full_width, full_height) = (u64::from(width.max(1)), u64::from(height.max(1)));
        // A strip of many screens' height is narrowed until every format can hold it.
        let widest = full_width.min((full_width * LONGEST_SIDE / full_height).max(1));
        let largest = self.widths.iter().copied().max().unwrap_or(1);
        let mut widths: Vec<u64> = self
            .widths
            .iter()
            .map(|width| u64::from(*width))
            .filter(|width| (1..=widest).contains(width))
            .collect();
        widths.push(widest.min(u64::from(largest)));
        widths.sort_unstable();
        widths.dedup();
        widths
            .into_iter()
            .map(|width| {
                let height = (width * full_height + full_width / 2) / full_width;
                let height = height.clamp(1, LONGEST_SIDE);
                (
                    u32::try_from(width).unwrap_or(1),
                    u32::try_from(height).unwrap_or(1),
                )
            })
            .collect()
    }

    /// Everything that bytes depend on besides the original.
    pub(crate) fn fingerprint(&self) -> String {
        let Self {
            widths,
            avif_quality,
            avif_speed,
            webp_quality,
            webp_method,
            jpeg_quality,
            background,
        } = self;
        format!(
            "{VERSION}; {widths:?}; {:?} {avif_quality} {avif_speed}; {webp_quality} {webp_method}; {jpeg_quality}; {background:?}",
            Encoding::ALL
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn widths(width: u32, height: u32) -> Vec<u32> {
        let sizes = Recipe::default().sizes(width, height);
        sizes.into_iter().map(|(width, _)| width).collect()
    }

    #[test]
    fn nothing_is_made_larger_than_it_was() {
        assert_eq!(widths(6000, 4000), [320, 480, 640, 960, 1280, 1920]);
        assert_eq!(widths(1920, 1280), [320, 480, 640, 960, 1280, 1920]);
        assert_eq!(widths(1000, 1500), [320, 480, 640, 960, 1000]);
        assert_eq!(widths(104, 104), [104]);
        assert_eq!(widths(1, 1), [1]);
    }

    #[test]
    fn proportions_are_kept_and_no_side_is_lost() {
        assert_eq!(
            Recipe::default().sizes(640, 1),
            [(320, 1), (480, 1), (640, 1)]
        );
        assert_eq!(Recipe::default().sizes(480, 719), [(320, 479), (480, 719)]);
    }

    #[test]
    fn a_strip_of_many_screens_is_narrowed_until_every_format_holds_it() {
        let sizes = Recipe::default().sizes(1000, 30_000);
        assert_eq!(sizes, [(320, 9600), (480, 14_400), (546, 16_380)]);
        assert_eq!(Recipe::default().sizes(1, 32_000), [(1, 16_383)]);
    }
}
