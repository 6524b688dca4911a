//! Makes the pictures that the tests look at: none of them is anybody's.

use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use media::picture::Recipe;

/// Quick and small: what the tests look at are sizes and words.
pub fn quick() -> Recipe {
    Recipe {
        widths: vec![32, 64],
        avif_speed: 10,
        webp_method: 0,
        ..Recipe::default()
    }
}

/// Four quarters: red, green, blue, white, from the upper left, row by row.
pub fn quarters(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        Rgb(match (x < width / 2, y < height / 2) {
            (true, true) => [255, 0, 0],
            (false, true) => [0, 255, 0],
            (true, false) => [0, 0, 255],
            (false, false) => [255, 255, 255],
        })
    })
}

pub fn file(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A JPEG file with the given application segments.
pub fn jpeg(picture: &RgbImage, segments: &[(u8, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 95);
    for (number, body) in segments {
        encoder.add_app_segment(*number, body.to_vec()).unwrap();
    }
    let (width, height) = (picture.width() as u16, picture.height() as u16);
    encoder
        .encode(
            picture.as_raw(),
            width,
            height,
            jpeg_encoder::ColorType::Rgb,
        )
        .unwrap();
    bytes
}

/// A little-endian EXIF block: orientation and texts.
pub fn exif(orientation: u16, texts: &[(u16, &str)]) -> Vec<u8> {
    let count = 1 + texts.len();
    let mut body = b"Exif\0\0II*\0\x08\0\0\0".to_vec();
    body.extend_from_slice(&(count as u16).to_le_bytes());
    body.extend_from_slice(&[0x12, 0x01, 3, 0, 1, 0, 0, 0]);
    body.extend_from_slice(&orientation.to_le_bytes());
    body.extend_from_slice(&[0, 0]);
    let mut at = 8 + 2 + 12 * count + 4;
    let mut values = Vec::new();
    for (tag, text) in texts {
        let value = format!("{text}\0\0\0\0");
        body.extend_from_slice(&tag.to_le_bytes());
        body.extend_from_slice(&[2, 0]);
        body.extend_from_slice(&(value.len() as u32).to_le_bytes());
        body.extend_from_slice(&(at as u32).to_le_bytes());
        at += value.len();
        values.extend_from_slice(value.as_bytes());
    }
    body.extend_from_slice(&[0; 4]);
    body.extend_from_slice(&values);
    body
}

pub fn png_chunk(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut chunk = (body.len() as u32).to_be_bytes().to_vec();
    chunk.extend_from_slice(kind);
    chunk.extend_from_slice(body);
    let mut sum = flate2::Crc::new();
    sum.update(&chunk[4..]);
    chunk.extend_from_slice(&sum.sum().to_be_bytes());
    chunk
}

pub fn zeros_packed(count: usize) -> Vec<u8> {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    let block = vec![0; 1 << 20];
    for _ in 0..count >> 20 {
        packed.write_all(&block).unwrap();
    }
    packed.finish().unwrap()
}

/// A grey PNG file with the given size, pixels as packed, and chunks before them.
pub fn png(width: u32, height: u32, chunks: &[Vec<u8>], packed: &[u8]) -> Vec<u8> {
    let mut header = width.to_be_bytes().to_vec();
    header.extend_from_slice(&height.to_be_bytes());
    header.extend_from_slice(&[8, 0, 0, 0, 0]);
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.extend(png_chunk(b"IHDR", &header));
    bytes.extend(chunks.concat());
    bytes.extend(png_chunk(b"IDAT", packed));
    bytes.extend(png_chunk(b"IEND", b""));
    bytes
}

pub fn put(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}
