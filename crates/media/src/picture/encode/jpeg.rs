//! JPEG, for the browsers that know neither of the others.

use super::Inscription;
use crate::picture::Recipe;
use crate::picture::decode::Pixels;
use crate::picture::placeholder::over;

pub fn encode(
    pixels: &Pixels,
    recipe: &Recipe,
    inscription: &Inscription,
) -> Result<Vec<u8>, String> {
    let said = |error: jpeg_encoder::EncodingError| error.to_string();
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, recipe.jpeg_quality.clamp(1, 100));
    // The whole picture early, and some hundredths smaller.
    encoder.set_progressive(true);
    encoder.set_optimized_huffman_tables(true);
    encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::F_2_2);
    if !inscription.xmp.is_empty() {
        let mut segment = b"http://ns.adobe.com/xap/1.0/\0".to_vec();
        segment.extend_from_slice(&inscription.xmp);
        // A segment holds 64 KB; of a credit longer than that the shorter IPTC
        // record has the essence.
        if segment.len() < 65_000 {
            encoder.add_app_segment(1, segment).map_err(said)?;
        }
        if let Some(resource) = resource(&inscription.iptc) {
            encoder.add_app_segment(13, resource).map_err(said)?;
        }
    }
    let side =
        |side: u32| u16::try_from(side).map_err(|_| "it is longer than JPEG allows".to_owned());
    let (width, height) = (side(pixels.width)?, side(pixels.height)?);
    let kind = jpeg_encoder::ColorType::Rgb;
    if pixels.channels == 4 {
        let opaque = over(pixels, recipe.background).concat();
        encoder.encode(&opaque, width, height, kind).map_err(said)?;
    } else {
        encoder
            .encode(&pixels.bytes, width, height, kind)
            .map_err(said)?;
    }
    Ok(bytes)
}

/// Photoshop's wrapping, in which everybody looks for IPTC-IIM.
fn resource(iptc: &[u8]) -> Option<Vec<u8>> {
    let length = u32::try_from(iptc.len())
        .ok()
        .filter(|length| *length < 65_000)?;
    let mut out = b"Photoshop 3.0\08BIM\x04\x04\0\0".to_vec();
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(iptc);
    if iptc.len() % 2 == 1 {
        out.push(0);
    }
    Some(out)
}
