//! From a file's bytes to sRGB pixels.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use image::codecs::gif::GifDecoder;
use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::{DynamicImage, ImageDecoder, ImageResult, Limits};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use super::format::Format;
use super::limits::{LONGEST_SIDE, MOST_DECODED_BYTES, MOST_METADATA_BYTES};
use super::probe::Probe;
use crate::Problem;

/// Pixels in rows from the upper left, red, green, blue and perhaps opacity of
/// one byte each, in sRGB (IEC 61966-2-1); opacity is not multiplied in.
pub struct Pixels {
    pub width: u32,
    pub height: u32,
    /// 3 or 4.
    pub channels: usize,
    pub bytes: Vec<u8>,
}

/// Decodes a picture that a probe has found within the limits; of one that moves,
/// the first frame.
pub fn decode(bytes: &[u8], probe: &Probe, path: &Path) -> Result<Pixels, Problem> {
    let broken = |what: String| {
        Problem::of(
            "picture-broken",
            path,
            format!("the {} file is damaged: {what}", probe.format.name()),
        )
        .hint("Open it in a picture editor and save it anew, or find another copy.")
    };
    // The decoders are other people's; a mistake in one must not end the work on
    // ten thousand other pictures.
    let decoded = catch_unwind(AssertUnwindSafe(|| read(bytes, probe.format)))
        .map_err(|_| broken("the decoder gave up on it".to_owned()))?;
    let (image, profile) = decoded.map_err(|error| broken(error.to_string()))?;
    if (image.width(), image.height()) != (probe.stored_width, probe.stored_height) {
        return Err(broken("it is not as large as it says".to_owned()));
    }
    let pixels = catch_unwind(AssertUnwindSafe(|| in_srgb(image, profile.as_deref())))
        .map_err(|_| broken("its colour profile cannot be used".to_owned()))?;
    Ok(without_idle_alpha(pixels))
}

fn read(bytes: &[u8], format: Format) -> ImageResult<(DynamicImage, Option<Vec<u8>>)> {
    let bytes = Cursor::new(bytes);
    match format {
        Format::Jpeg => finish(JpegDecoder::new(bytes)?),
        Format::Png => finish(PngDecoder::with_limits(bytes, limits())?),
        Format::Gif => finish(GifDecoder::new(bytes)?),
        Format::Webp => finish(WebPDecoder::new(bytes)?),
    }
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_DECODED_BYTES);
    limits
}

fn finish(mut decoder: impl ImageDecoder) -> ImageResult<(DynamicImage, Option<Vec<u8>>)> {
    decoder.set_limits(limits())?;
    // A broken profile is none.
    let profile = decoder
        .icc_profile()
        .ok()
        .flatten()
        .filter(|profile| profile.len() <= MOST_METADATA_BYTES);
    Ok((DynamicImage::from_decoder(decoder)?, profile))
}

/// Eight bits a channel, and the colours that the profile says they are.
///
/// A CMYK picture has been made RGB by its decoder, without its profile: colours
/// are a little off, as they are in a browser.
fn in_srgb(image: DynamicImage, profile: Option<&[u8]>) -> Pixels {
    let (width, height) = (image.width(), image.height());
    let has_alpha = image.color().has_alpha();
    let is_grey = !image.color().has_color();
    let channels = if has_alpha { 4 } else { 3 };
    let profile = profile.and_then(|profile| ColorProfile::new_from_slice(profile).ok());
    let bytes = match (profile, is_grey) {
        (Some(profile), true) if profile.color_space == DataColorSpace::Gray => {
            let (layout, of_pixel, grey) = if has_alpha {
                (Layout::GrayAlpha, 2, image.to_luma_alpha8().into_raw())
            } else {
                (Layout::Gray, 1, image.to_luma8().into_raw())
            };
            let row = (width as usize).saturating_mul(of_pixel);
            converted(&profile, layout, &grey, row, of_pixel, channels)
                .unwrap_or_else(|| eight_bits(image, has_alpha))
        }
        (Some(profile), false) if profile.color_space == DataColorSpace::Rgb => {
            let colour = eight_bits(image, has_alpha);
            let row = (width as usize).saturating_mul(channels);
            converted(&profile, layout(channels), &colour, row, channels, channels)
                .unwrap_or(colour)
        }
        _ => eight_bits(image, has_alpha),
    };
    Pixels {
        width,
        height,
        channels,
        bytes,
    }
}

/// Without a copy, where it is that already.
fn eight_bits(image: DynamicImage, has_alpha: bool) -> Vec<u8> {
    if has_alpha {
        image.into_rgba8().into_raw()
    } else {
        image.into_rgb8().into_raw()
    }
}

fn layout(channels: usize) -> Layout {
    if channels == 4 {
        Layout::Rgba
    } else {
        Layout::Rgb
    }
}

fn converted(
    profile: &ColorProfile,
    from: Layout,
    bytes: &[u8],
    row: usize,
    of_pixel: usize,
    channels: usize,
) -> Option<Vec<u8>> {
    let transform = profile
        .create_transform_8bit(
            from,
            &ColorProfile::new_srgb(),
            layout(channels),
            TransformOptions::default(),
        )
        .ok()?;
    let mut out = vec![0; bytes.len() / of_pixel * channels];
    let rows = bytes
        .chunks_exact(row)
        .zip(out.chunks_exact_mut(row / of_pixel * channels));
    for (from, to) in rows {
        transform.transform(from, to).ok()?;
    }
    Some(out)
}

/// Many drawings have a fourth channel that says nothing.
fn without_idle_alpha(pixels: Pixels) -> Pixels {
    let is_opaque = |pixel: &[u8]| pixel.last() == Some(&255);
    if pixels.channels != 4 || !pixels.bytes.chunks_exact(4).all(is_opaque) {
        return pixels;
    }
    let mut bytes = Vec::with_capacity(pixels.bytes.len() / 4 * 3);
    for pixel in pixels.bytes.chunks_exact(4) {
        bytes.extend(pixel.iter().take(3));
    }
    Pixels {
        channels: 3,
        bytes,
        ..pixels
    }
}
