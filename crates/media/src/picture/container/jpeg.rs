//! JPEG (ITU-T T.81): markers, and between them segments that tell their length.

use std::borrow::Cow;

use super::{Fault, Scan, Walk, decoded};

const EXIF: &[u8] = b"Exif\0\0";
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
const PHOTOSHOP: &[u8] = b"Photoshop 3.0\0";
const ICC: &[u8] = b"ICC_PROFILE\0";
/// Photoshop's number for IPTC-IIM among its resources.
const IPTC: u16 = 0x0404;

pub fn scan(bytes: &[u8]) -> Result<Scan<'_>, Fault> {
    let mut found = Scan::default();
    let mut resources: Vec<u8> = Vec::new();
    let mut has_scan = false;
    let mut walk = Walk::new(bytes, 2);
    loop {
        if walk.byte()? != 0xFF {
            return Err(Fault::Broken(
                "a marker is missing between two of its parts",
            ));
        }
        let mut marker = walk.byte()?;
        while marker == 0xFF {
            marker = walk.byte()?;
        }
        match marker {
            0xD9 => break,
            0x01 | 0xD0..=0xD7 => continue,
            0x00 | 0xD8 => return Err(Fault::Broken("its parts are out of order")),
            _ => {}
        }
        let length = usize::from(u16::from_be_bytes(walk.array()?));
        let body = walk.take(
            length
                .checked_sub(2)
                .ok_or(Fault::Broken("a part is shorter than its own length"))?,
        )?;
        match marker {
            // Start of frame, of any process; C4, C8 and CC mean other things.
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                let [_, h1, h2, w1, w2, components, ..] = body else {
                    return Err(Fault::Broken("the part that tells its size is too short"));
                };
                found.height = u32::from(u16::from_be_bytes([*h1, *h2]));
                found.width = u32::from(u16::from_be_bytes([*w1, *w2]));
                let components = u64::from(*components);
                // A progressive picture is kept as coefficients of two bytes until it is whole.
                let coefficients = if matches!(marker, 0xC2 | 0xC6 | 0xCA | 0xCE) {
                    2 * components
                } else {
                    0
                };
                found.decoded_bytes = decoded(
                    found.width,
                    found.height,
                    components.clamp(1, 3) + coefficients,
                );
            }
            0xDA => {
                has_scan = true;
                walk.at = end_of_entropy(bytes, walk.at)?;
            }
            0xE0..=0xEF | 0xFE => {
                if let Some(exif) = body.strip_prefix(EXIF).filter(|_| marker == 0xE1) {
                    found.exif.get_or_insert(Cow::Borrowed(exif));
                } else if let Some(xmp) = body.strip_prefix(XMP).filter(|_| marker == 0xE1) {
                    found.xmp.get_or_insert(Cow::Borrowed(xmp));
                } else if let Some(part) = body.strip_prefix(PHOTOSHOP).filter(|_| marker == 0xED) {
                    // Longer than one segment can hold, it goes on in the next.
                    resources.extend_from_slice(part);
                }
                if !body.starts_with(ICC) {
                    found.texts.push(Cow::Borrowed(body));
                }
            }
            _ => {}
        }
    }
    if !has_scan || found.decoded_bytes == 0 {
        return Err(Fault::Broken("there is no picture in it"));
    }
    found.iptc = iptc(&resources).map(|iptc| Cow::Owned(iptc.to_vec()));
    found.end = walk.at;
    Ok(found)
}

/// Compressed data end at the first marker that is no restart.
fn end_of_entropy(bytes: &[u8], from: usize) -> Result<usize, Fault> {
    let mut at = from;
    loop {
        let rest = bytes.get(at..).ok_or(Fault::Truncated)?;
        at += rest
            .iter()
            .position(|byte| *byte == 0xFF)
            .ok_or(Fault::Truncated)?;
        match bytes.get(at + 1) {
            None => return Err(Fault::Truncated),
            Some(0x00 | 0xD0..=0xD7) => at += 2,
            Some(0xFF) => at += 1,
            Some(_) => return Ok(at),
        }
    }
}

/// The IPTC record among Photoshop's image resources.
fn iptc(resources: &[u8]) -> Option<&[u8]> {
    let mut walk = Walk::new(resources, 0);
    while walk.take(4).ok()? == b"8BIM" {
        let id = u16::from_be_bytes(walk.array().ok()?);
        // A name whose length byte and letters are padded to an even number.
        let name = usize::from(walk.byte().ok()?);
        walk.take(name + usize::from(name % 2 == 0)).ok()?;
        let length = usize::try_from(u32::from_be_bytes(walk.array().ok()?)).ok()?;
        let body = walk.take(length).ok()?;
        if id == IPTC {
            return Some(body);
        }
        if length % 2 == 1 {
            walk.take(1).ok()?;
        }
    }
    None
}
