//! WebP, by libwebp.

use crate::picture::Recipe;
use crate::picture::decode::Pixels;

/// Of `VP8X`: there is an XMP chunk; there is opacity.
const HAS_XMP: u8 = 0x04;

pub fn encode(pixels: &Pixels, recipe: &Recipe, xmp: &[u8]) -> Result<Vec<u8>, String> {
    let (width, height) = (pixels.width, pixels.height);
    let encoder = if pixels.channels == 4 {
        webp::Encoder::from_rgba(&pixels.bytes, width, height)
    } else {
        webp::Encoder::from_rgb(&pixels.bytes, width, height)
    };
    let mut config = webp::WebPConfig::new()
        .map_err(|()| "libwebp is not of the version it was compiled for".to_owned())?;
    config.quality = f32::from(recipe.webp_quality.min(100));
    config.method = i32::from(recipe.webp_method.min(6));
    // Half as many samples of colour, computed so that red letters keep their edge.
    config.use_sharp_yuv = 1;
    let file = encoder
        .encode_advanced(&config)
        .map_err(|error| format!("{error:?}"))?;
    if xmp.is_empty() {
        return Ok(file.to_vec());
    }
    with_xmp(&file, pixels, xmp).ok_or_else(|| "its chunks are not in order".to_owned())
}

/// RFC 9649: a file with metadata is an extended one, whose first chunk says so;
/// XMP is the last.
fn with_xmp(file: &[u8], pixels: &Pixels, xmp: &[u8]) -> Option<Vec<u8>> {
    let chunks = file.get(12..)?;
    let mut body = b"WEBP".to_vec();
    if let Some(extended) = chunks.strip_prefix(b"VP8X") {
        let (length, rest) = extended.split_at_checked(4)?;
        let (flags, rest) = rest.split_first()?;
        body.extend_from_slice(b"VP8X");
        body.extend_from_slice(length);
        body.push(flags | HAS_XMP);
        body.extend_from_slice(rest);
    } else {
        let mut head = vec![HAS_XMP, 0, 0, 0];
        for side in [pixels.width, pixels.height] {
            head.extend(side.checked_sub(1)?.to_le_bytes().iter().take(3));
        }
        chunk(&mut body, b"VP8X", &head)?;
        body.extend_from_slice(chunks);
    }
    chunk(&mut body, b"XMP ", xmp)?;
    let mut out = b"RIFF".to_vec();
    out.extend_from_slice(&u32::try_from(body.len()).ok()?.to_le_bytes());
    out.extend_from_slice(&body);
    Some(out)
}

fn chunk(out: &mut Vec<u8>, kind: &[u8; 4], body: &[u8]) -> Option<()> {
    out.extend_from_slice(kind);
    out.extend_from_slice(&u32::try_from(body.len()).ok()?.to_le_bytes());
    out.extend_from_slice(body);
    if body.len() % 2 == 1 {
        out.push(0);
    }
    Some(())
}
