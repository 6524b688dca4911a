//! GIF (versions 87a and 89a): blocks of up to 255 bytes, one after the other.

use std::borrow::Cow;

use super::{Fault, Scan, Walk, decoded};

const XMP: &[u8] = b"XMP DataXMP";
/// XMP is not cut into blocks; after it come 258 bytes that lead a reader who
/// takes its letters for lengths safely to the end, the last of them a zero.
const XMP_TRAILER: usize = 257;

pub fn scan(bytes: &[u8]) -> Result<Scan<'_>, Fault> {
    let mut found = Scan::default();
    let mut walk = Walk::new(bytes, 6);
    let [w1, w2, h1, h2, flags, _, _] = walk.array()?;
    found.width = u32::from(u16::from_le_bytes([w1, w2]));
    found.height = u32::from(u16::from_le_bytes([h1, h2]));
    found.decoded_bytes = decoded(found.width, found.height, 4);
    walk.take(table(flags))?;
    let mut frames = 0_u32;
    loop {
        // Many an old program wrote no trailer.
        if walk.is_at_end() && frames > 0 {
            break;
        }
        match walk.byte()? {
            0x3B => break,
            0x21 => extension(bytes, &mut walk, &mut found)?,
            0x2C => {
                let [.., flags] = walk.array::<9>()?;
                walk.take(table(flags))?;
                walk.byte()?;
                skip(&mut walk)?;
                frames += 1;
            }
            _ => return Err(Fault::Broken("a block is of no known kind")),
        }
    }
    if frames == 0 {
        return Err(Fault::Broken("there is no picture in it"));
    }
    found.is_animated = frames > 1;
    found.end = walk.at;
    Ok(found)
}

fn extension<'a>(bytes: &'a [u8], walk: &mut Walk<'a>, found: &mut Scan<'a>) -> Result<(), Fault> {
    let label = walk.byte()?;
    let from = walk.at;
    let length = usize::from(walk.byte()?);
    let first = walk.take(length)?;
    if label == 0xF9 && first.first().is_some_and(|flags| flags & 1 == 1) {
        found.has_alpha = true;
    }
    let after_first = walk.at;
    if length > 0 {
        skip(walk)?;
    }
    if label == 0xFF && first == XMP {
        let end = walk.at.saturating_sub(XMP_TRAILER + 1);
        if let Some(xmp) = bytes.get(after_first..end) {
            found.xmp.get_or_insert(Cow::Borrowed(xmp));
        }
    }
    // Comments and application blocks, with their length bytes left in.
    if let Some(text) = bytes.get(from..walk.at) {
        found.texts.push(Cow::Borrowed(text));
    }
    Ok(())
}

/// Bytes of the colour table that the flags promise.
fn table(flags: u8) -> usize {
    if flags & 0x80 == 0 {
        0
    } else {
        3 << ((flags & 7) + 1)
    }
}

/// To behind the empty block that ends a row of them.
fn skip(walk: &mut Walk<'_>) -> Result<(), Fault> {
    loop {
        let length = walk.byte()?;
        if length == 0 {
            return Ok(());
        }
        walk.take(usize::from(length))?;
    }
}
