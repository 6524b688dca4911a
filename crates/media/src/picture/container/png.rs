//! PNG (W3C Recommendation, third edition): chunks with length, kind and checksum.

use std::borrow::Cow;
use std::io::Read as _;

use super::{Fault, Scan, Walk, decoded};
use crate::picture::limits::MOST_METADATA_BYTES;

pub fn scan(bytes: &[u8]) -> Result<Scan<'_>, Fault> {
    let mut found = Scan::default();
    let mut walk = Walk::new(bytes, 8);
    let mut is_first = true;
    let mut has_pixels = false;
    loop {
        let length = u32::from_be_bytes(walk.array()?);
        let kind: [u8; 4] = walk.array()?;
        let body = walk.take(usize::try_from(length).map_err(|_| Fault::Truncated)?)?;
        walk.take(4)?;
        if is_first != (&kind == b"IHDR") {
            return Err(Fault::Broken("it does not begin with its size"));
        }
        is_first = false;
        match &kind {
            b"IHDR" => header(body, &mut found)?,
            b"IDAT" => has_pixels = true,
            b"tRNS" => found.has_alpha = true,
            b"acTL" => found.is_animated = true,
            b"eXIf" => found.exif = Some(Cow::Borrowed(body)),
            b"iCCP" => {
                // Only unpacked to see that it does not grow without a bound.
                if let Some((_, [0, packed @ ..])) = split(body) {
                    unpack(packed)?;
                }
            }
            b"tEXt" => {
                found.texts.push(Cow::Borrowed(body));
                if let Some((keyword, text)) = split(body) {
                    plain(keyword, &latin(text), &mut found);
                }
            }
            b"zTXt" => {
                if let Some((keyword, [0, packed @ ..])) = split(body) {
                    let text = unpack(packed)?;
                    plain(keyword, &latin(&text), &mut found);
                    found.texts.push(Cow::Owned(text));
                }
            }
            b"iTXt" => international(body, &mut found)?,
            b"IEND" => break,
            _ => {}
        }
    }
    if !has_pixels {
        return Err(Fault::Broken("there is no picture in it"));
    }
    found.end = walk.at;
    Ok(found)
}

fn header(body: &[u8], found: &mut Scan<'_>) -> Result<(), Fault> {
    let [w1, w2, w3, w4, h1, h2, h3, h4, depth, colour, ..] = body else {
        return Err(Fault::Broken("the part that tells its size is too short"));
    };
    found.width = u32::from_be_bytes([*w1, *w2, *w3, *w4]);
    found.height = u32::from_be_bytes([*h1, *h2, *h3, *h4]);
    found.has_alpha = matches!(colour, 4 | 6);
    let channels = match colour {
        0 => 1,
        4 => 2,
        // Palettes are unfolded, possibly with transparency.
        3 | 6 => 4,
        // Room for a transparent colour.
        _ => 4,
    };
    let bytes = if *depth > 8 { 2 } else { 1 };
    found.decoded_bytes = decoded(found.width, found.height, channels * bytes);
    Ok(())
}

/// A keyword, a zero, the rest.
fn split(body: &[u8]) -> Option<(&[u8], &[u8])> {
    let zero = body.iter().position(|byte| *byte == 0)?;
    Some((body.get(..zero)?, body.get(zero + 1..)?))
}

fn international<'a>(body: &'a [u8], found: &mut Scan<'a>) -> Result<(), Fault> {
    let Some((keyword, [is_packed, _, rest @ ..])) = split(body) else {
        return Ok(());
    };
    // The language, then the keyword in that language.
    let Some((_, text)) = split(rest).and_then(|(_, rest)| split(rest)) else {
        return Ok(());
    };
    let text = if *is_packed == 1 {
        Cow::Owned(unpack(text)?)
    } else {
        Cow::Borrowed(text)
    };
    if keyword == b"XML:com.adobe.xmp" {
        found.xmp.get_or_insert(text.clone());
    } else {
        plain(keyword, &String::from_utf8_lossy(&text), found);
    }
    found.texts.push(text);
    Ok(())
}

/// The keywords that the standard names for people.
fn plain(keyword: &[u8], text: &str, found: &mut Scan<'_>) {
    let slot = match keyword {
        b"Author" => &mut found.author,
        b"Copyright" => &mut found.copyright,
        _ => return,
    };
    slot.get_or_insert(text.to_owned());
}

fn latin(text: &[u8]) -> String {
    text.iter().copied().map(char::from).collect()
}

fn unpack(packed: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut text = Vec::new();
    let most = MOST_METADATA_BYTES as u64;
    // What cannot be unpacked is as good as not there.
    let _ = flate2::read::ZlibDecoder::new(packed)
        .take(most + 1)
        .read_to_end(&mut text);
    if text.len() > MOST_METADATA_BYTES {
        return Err(Fault::Bomb);
    }
    Ok(text)
}
