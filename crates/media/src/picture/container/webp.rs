//! WebP (RFC 9649): RIFF chunks.

use std::borrow::Cow;

use super::{Fault, Scan, Walk, decoded};

pub fn scan(bytes: &[u8]) -> Result<Scan<'_>, Fault> {
    let mut found = Scan::default();
    let size = Walk::new(bytes, 4).array().map(u32::from_le_bytes)?;
    let end = usize::try_from(size)
        .ok()
        .and_then(|size| size.checked_add(8))
        .ok_or(Fault::Truncated)?;
    let inside = bytes.get(..end).ok_or(Fault::Truncated)?;
    let mut walk = Walk::new(inside, 12);
    let mut has_canvas = false;
    while !walk.is_at_end() {
        let kind: [u8; 4] = walk.array()?;
        let length = u32::from_le_bytes(walk.array()?);
        let length = usize::try_from(length).map_err(|_| Fault::Truncated)?;
        let body = walk.take(length)?;
        // Padded to an even length; the last pad is forgotten by some.
        if length % 2 == 1 && !walk.is_at_end() {
            walk.take(1)?;
        }
        match &kind {
            b"VP8X" => {
                let [flags, _, _, _, w1, w2, w3, h1, h2, h3, ..] = body else {
                    return Err(Fault::Broken("the part that tells its size is too short"));
                };
                found.has_alpha = flags & 0x10 != 0;
                found.is_animated = flags & 0x02 != 0;
                found.width = u32::from_le_bytes([*w1, *w2, *w3, 0]) + 1;
                found.height = u32::from_le_bytes([*h1, *h2, *h3, 0]) + 1;
                has_canvas = true;
            }
            b"VP8 " if !has_canvas => {
                let [_, _, _, 0x9D, 0x01, 0x2A, w1, w2, h1, h2, ..] = body else {
                    return Err(Fault::Broken("the picture in it does not begin as one"));
                };
                // The two highest bits tell how to scale.
                found.width = u32::from(u16::from_le_bytes([*w1, *w2]) & 0x3FFF);
                found.height = u32::from(u16::from_le_bytes([*h1, *h2]) & 0x3FFF);
                has_canvas = true;
            }
            b"VP8L" if !has_canvas => {
                let [0x2F, a, b, c, d, ..] = body else {
                    return Err(Fault::Broken("the picture in it does not begin as one"));
                };
                let bits = u32::from_le_bytes([*a, *b, *c, *d]);
                found.width = (bits & 0x3FFF) + 1;
                found.height = (bits >> 14 & 0x3FFF) + 1;
                found.has_alpha = bits >> 28 & 1 == 1;
                has_canvas = true;
            }
            b"EXIF" => {
                // Some write JPEG's prefix, though none belongs there.
                let exif = body.strip_prefix(b"Exif\0\0").unwrap_or(body);
                found.exif.get_or_insert(Cow::Borrowed(exif));
                found.texts.push(Cow::Borrowed(body));
            }
            b"XMP " => {
                found.xmp.get_or_insert(Cow::Borrowed(body));
                found.texts.push(Cow::Borrowed(body));
            }
            b"VP8 " | b"VP8L" | b"ALPH" | b"ANIM" | b"ANMF" | b"ICCP" => {}
            _ => found.texts.push(Cow::Borrowed(body)),
        }
    }
    if !has_canvas {
        return Err(Fault::Broken("there is no picture in it"));
    }
    // The canvas is decoded beside the frame when it moves.
    let bytes_per_pixel = if found.is_animated { 8 } else { 4 };
    found.decoded_bytes = decoded(found.width, found.height, bytes_per_pixel);
    found.end = end;
    Ok(found)
}
