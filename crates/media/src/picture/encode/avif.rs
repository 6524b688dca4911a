//! AVIF, by rav1e.

use rgb::FromSlice as _;

use crate::picture::Recipe;
use crate::picture::decode::Pixels;

pub fn encode(pixels: &Pixels, recipe: &Recipe, xmp: &[u8]) -> Result<Vec<u8>, String> {
    // ravif asserts the ranges.
    let quality = f32::from(recipe.avif_quality.clamp(1, 100));
    let encoder = ravif::Encoder::new()
        .with_quality(quality)
        // A blurred edge of a cut-out shows more than a blurred picture.
        .with_alpha_quality((quality + 20.0).min(100.0))
        .with_speed(recipe.avif_speed.clamp(1, 10))
        // More threads would cut the picture into tiles, and give other bytes on
        // a machine with more cores.
        .with_num_threads(Some(1));
    let (width, height) = (pixels.width as usize, pixels.height as usize);
    let encoded = if pixels.channels == 4 {
        encoder.encode_rgba(ravif::Img::new(pixels.bytes.as_rgba(), width, height))
    } else {
        encoder.encode_rgb(ravif::Img::new(pixels.bytes.as_rgb(), width, height))
    };
    let file = encoded.map_err(|error| error.to_string())?.avif_file;
    if xmp.is_empty() {
        return Ok(file);
    }
    with_xmp(&file, xmp).ok_or_else(|| "its boxes are not as ravif used to write them".to_owned())
}

/// ISO/IEC 23008-12: XMP is an item of type `mime` that describes the picture.
/// ravif writes none, so the item is added to the boxes it wrote: version 0 of
/// `iinf`, `iloc` and `iref`, one extent an item, four bytes for offset and length.
fn with_xmp(file: &[u8], xmp: &[u8]) -> Option<Vec<u8>> {
    /// ravif numbers the picture 1, its opacity 2 and EXIF 3.
    const PICTURE: u16 = 1;
    const XMP: u16 = 4;

    let mut description = Vec::new();
    description.extend_from_slice(&XMP.to_be_bytes());
    description.extend_from_slice(&[0, 0]);
    description.extend_from_slice(b"mime");
    description.extend_from_slice(b"\0application/rdf+xml\0");
    let description = boxed(b"infe", &[&[2, 0, 0, 0], &description])?;

    let mut reference = Vec::new();
    for number in [XMP, 1, PICTURE] {
        reference.extend_from_slice(&number.to_be_bytes());
    }
    let reference = boxed(b"cdsc", &[&reference])?;

    /// An item's number, its data's number, how many extents, where, how long.
    const LOCATION: usize = 2 + 2 + 2 + 4 + 4;

    let top = boxes(file)?;
    let meta = top.iter().find(|part| part.kind == *b"meta")?;
    let data = top.last().filter(|part| part.kind == *b"mdat")?;
    // A version and flags come before what is in it.
    let (meta_head, meta_body) = meta.body.split_at_checked(4)?;
    let inner = boxes(meta_body)?;
    let has_references = inner.iter().any(|part| part.kind == *b"iref");
    let reference_growth = reference.len() + if has_references { 0 } else { 12 };
    let growth = u32::try_from(description.len() + LOCATION + reference_growth).ok()?;
    let at = u32::try_from(file.len()).ok()?.checked_add(growth)?;

    let mut new_meta = meta_head.to_vec();
    for part in &inner {
        let (head, body) = part.body.split_at_checked(4)?;
        let part = match &part.kind {
            b"iinf" => boxed(
                b"iinf",
                &[head, &one_more(body)?, body.get(2..)?, &description],
            )?,
            b"iloc" => {
                let (sizes, body) = body.split_at_checked(2)?;
                if head != [0; 4] || sizes != [0x44, 0] {
                    return None;
                }
                let mut items = Vec::new();
                for item in body.get(2..)?.chunks(LOCATION) {
                    let (numbers, rest) = item.split_at_checked(6)?;
                    let (offset, length) = rest.split_at_checked(4)?;
                    let offset = u32::from_be_bytes(offset.try_into().ok()?).checked_add(growth)?;
                    if !numbers.ends_with(&[0, 1]) {
                        return None;
                    }
                    items.extend_from_slice(numbers);
                    items.extend_from_slice(&offset.to_be_bytes());
                    items.extend_from_slice(length);
                }
                for number in [XMP, 0, 1] {
                    items.extend_from_slice(&number.to_be_bytes());
                }
                items.extend_from_slice(&at.to_be_bytes());
                items.extend_from_slice(&u32::try_from(xmp.len()).ok()?.to_be_bytes());
                boxed(b"iloc", &[head, sizes, &one_more(body)?, &items])?
            }
            b"iref" => boxed(b"iref", &[part.body, &reference])?,
            _ => boxed(&part.kind, &[part.body])?,
        };
        new_meta.extend_from_slice(&part);
    }
    if !has_references {
        new_meta.extend_from_slice(&boxed(b"iref", &[&[0; 4], &reference])?);
    }
    let mut out = Vec::with_capacity(file.len() + xmp.len() + 256);
    for part in &top {
        match &part.kind {
            b"meta" => out.extend_from_slice(&boxed(b"meta", &[&new_meta])?),
            b"mdat" => out.extend_from_slice(&boxed(b"mdat", &[data.body, xmp])?),
            kind => out.extend_from_slice(&boxed(kind, &[part.body])?),
        }
    }
    Some(out)
}

/// One part of the file: how long it is, its kind, what is in it.
struct Part<'a> {
    kind: [u8; 4],
    body: &'a [u8],
}

fn boxes(mut bytes: &[u8]) -> Option<Vec<Part<'_>>> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let length = u32::from_be_bytes(bytes.get(..4)?.try_into().ok()?);
        let (part, rest) = bytes.split_at_checked(usize::try_from(length).ok()?)?;
        found.push(Part {
            kind: part.get(4..8)?.try_into().ok()?,
            body: part.get(8..)?,
        });
        bytes = rest;
    }
    Some(found)
}

fn boxed(kind: &[u8; 4], parts: &[&[u8]]) -> Option<Vec<u8>> {
    let body = parts.concat();
    let mut out = u32::try_from(body.len() + 8).ok()?.to_be_bytes().to_vec();
    out.extend_from_slice(kind);
    out.extend_from_slice(&body);
    Some(out)
}

/// The count with which a list begins, raised.
fn one_more(list: &[u8]) -> Option<[u8; 2]> {
    let count = u16::from_be_bytes(list.get(..2)?.try_into().ok()?);
    Some(count.checked_add(1)?.to_be_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(channels: usize, xmp: &[u8]) -> Vec<u8> {
        let bytes = (0..16 * 8 * channels)
            .map(|n| (n * 7 % 256) as u8)
            .collect();
        let pixels = Pixels {
            width: 16,
            height: 8,
            channels,
            bytes,
        };
        encode(
            &pixels,
            &Recipe {
                avif_speed: 10,
                ..Recipe::default()
            },
            xmp,
        )
        .unwrap()
    }

    /// Where each item lies, by what the file itself says.
    fn item(file: &[u8], number: u16) -> Option<Vec<u8>> {
        let top = boxes(file)?;
        let meta = top.iter().find(|part| part.kind == *b"meta")?;
        let inner = boxes(&meta.body[4..])?;
        let iloc = inner.iter().find(|part| part.kind == *b"iloc")?;
        let item = iloc.body[8..]
            .chunks(14)
            .find(|item| item[..2] == number.to_be_bytes())?;
        let field = |at: usize| u32::from_be_bytes(item[at..at + 4].try_into().unwrap()) as usize;
        Some(file[field(6)..field(6) + field(10)].to_vec())
    }

    #[test]
    fn the_credit_is_an_item_of_its_own_and_the_picture_stays_what_it_was() {
        for channels in [3, 4] {
            let plain = encoded(channels, b"");
            let signed = encoded(channels, b"<x:xmpmeta/>");
            assert_eq!(item(&signed, 4).unwrap(), b"<x:xmpmeta/>");
            for number in [1, 2] {
                assert_eq!(
                    item(&signed, number),
                    item(&plain, number),
                    "{channels} {number}"
                );
            }
            assert_eq!(item(&plain, 2).is_some(), channels == 4);
            assert_eq!(item(&plain, 4), None);
        }
    }
}
