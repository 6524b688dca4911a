//! From a finished canvas to the files a browser chooses between.

use image::{RgbImage, imageops};
use rgb::FromSlice;
use serde::Serialize;
use std::error::Error;
use std::fs;
use std::path::Path;

pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// One file as a story's picture lists it.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rendition {
    pub href: String,
    pub content_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    pub size_in_bytes: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub codecs: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_in_seconds: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bitrate: Option<u64>,
}

impl Rendition {
    pub fn picture(href: String, content_type: &str, size: (u32, u32), bytes: u64) -> Rendition {
        Rendition {
            href,
            content_type: content_type.to_owned(),
            width: Some(size.0),
            height: Some(size.1),
            size_in_bytes: bytes,
            codecs: None,
            duration_in_seconds: None,
            bitrate: None,
        }
    }
}

/// The most bytes a file may have, per format, at the widths we make.
struct Budget {
    avif: usize,
    webp: usize,
    jpeg: usize,
}

fn budget(width: u32) -> Budget {
    let (avif, webp, jpeg) = match width {
        0..=480 => (13_000, 13_000, 15_500),
        481..=960 => (30_000, 29_000, 36_000),
        961..=1280 => (48_000, 56_000, 70_000),
        _ => (72_000, 64_000, 80_000),
    };
    Budget { avif, webp, jpeg }
}

/// Encodes at the best of the given qualities that fits, else at the lowest.
fn fit(
    most: usize,
    qualities: &[u8],
    encode: impl Fn(u8) -> Result<Vec<u8>>,
) -> Result<Vec<u8>> {
    let mut smallest = Vec::new();
    for &quality in qualities {
        smallest = encode(quality)?;
        if smallest.len() <= most {
            break;
        }
    }
    Ok(smallest)
}

fn avif(picture: &RgbImage, quality: u8) -> Result<Vec<u8>> {
    let (width, height) = picture.dimensions();
    let pixels = imgref(picture.as_raw().as_rgb(), width, height);
    let encoded = ravif::Encoder::new()
        .with_quality(f32::from(quality))
        .with_speed(6)
        .with_num_threads(Some(1))
        .encode_rgb(pixels)?;
    Ok(encoded.avif_file)
}

fn imgref(pixels: &[rgb::RGB8], width: u32, height: u32) -> ravif::Img<&[rgb::RGB8]> {
    ravif::Img::new(pixels, width as usize, height as usize)
}

fn webp(picture: &RgbImage, quality: u8) -> Result<Vec<u8>> {
    let (width, height) = picture.dimensions();
    let encoder = webp::Encoder::from_rgb(picture.as_raw(), width, height);
    let mut config =
        webp::WebPConfig::new().map_err(|()| "libwebp does not match the crate's headers")?;
    config.quality = f32::from(quality);
    config.method = 6;
    config.use_sharp_yuv = 1;
    let encoded = encoder
        .encode_advanced(&config)
        .map_err(|error| format!("webp: {error:?}"))?;
    Ok(encoded.to_vec())
}

fn jpeg(picture: &RgbImage, quality: u8) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, quality);
    encoder.set_progressive(true);
    encoder.set_optimized_huffman_tables(true);
    encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::F_2_2);
    let (width, height) = picture.dimensions();
    encoder.encode(
        picture.as_raw(),
        u16::try_from(width)?,
        u16::try_from(height)?,
        jpeg_encoder::ColorType::Rgb,
    )?;
    Ok(bytes)
}

/// An 8-bit picture from the canvas's bytes.
pub fn picture(width: usize, height: usize, rgb: Vec<u8>) -> Result<RgbImage> {
    RgbImage::from_raw(u32::try_from(width)?, u32::try_from(height)?, rgb)
        .ok_or_else(|| "the canvas has fewer pixels than its size says".into())
}

/// Writes `<media>/<id>/<width>.{avif,webp,jpg}` for every width.
pub fn write_renditions(
    media: &Path,
    id: &str,
    master: &RgbImage,
    widths: &[u32],
) -> Result<Vec<Rendition>> {
    let folder = media.join(id);
    fs::create_dir_all(&folder)?;
    let mut written = Vec::new();
    for &width in widths {
        let height = width * master.height() / master.width();
        let scaled = if width == master.width() {
            master.clone()
        } else {
            imageops::resize(master, width, height, imageops::FilterType::Lanczos3)
        };
        let most = budget(width);
        let files = [
            (
                "avif",
                "image/avif",
                fit(most.avif, &[74, 68, 62, 56, 50, 44, 38], |q| {
                    avif(&scaled, q)
                })?,
            ),
            (
                "webp",
                "image/webp",
                fit(most.webp, &[86, 80, 74, 68, 62, 56, 50, 42, 34], |q| {
                    webp(&scaled, q)
                })?,
            ),
            (
                "jpg",
                "image/jpeg",
                fit(most.jpeg, &[86, 82, 78, 74, 70, 65, 60, 55, 50, 46, 42, 38], |q| {
                    jpeg(&scaled, q)
                })?,
            ),
        ];
        for (ending, content_type, bytes) in files {
            let name = format!("{width}.{ending}");
            fs::write(folder.join(&name), &bytes)?;
            written.push(Rendition::picture(
                format!("/media/{id}/{name}"),
                content_type,
                (width, height),
                bytes.len() as u64,
            ));
        }
    }
    Ok(written)
}
