//! EXIF: which way up the camera was held, and who set its owner.

use exif::{Exif, In, Reader, Tag, Value};

use super::Credit;

fn parse(tiff: &[u8]) -> Option<Exif> {
    let mut reader = Reader::new();
    reader.continue_on_error(true);
    reader
        .read_raw(tiff.to_vec())
        .or_else(|error| error.distill_partial_result(|_| {}))
        .ok()
}

/// What the fields say; nothing if they are broken.
pub fn read(tiff: &[u8]) -> Credit {
    let Some(exif) = parse(tiff) else {
        return Credit::default();
    };
    let text = |tag| match &exif.get_field(tag, In::PRIMARY)?.value {
        // The copyright of the photographer, a zero, that of the editor.
        Value::Ascii(parts) => Some(
            parts
                .iter()
                .map(|part| String::from_utf8_lossy(part).trim().to_owned())
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join("; "),
        ),
        _ => None,
    };
    Credit {
        creators: text(Tag::Artist)
            .iter()
            .flat_map(|names| names.split(';'))
            .map(str::to_owned)
            .collect(),
        copyright_notice: text(Tag::Copyright),
        ..Credit::default()
    }
}

/// From 1 to 8, if it says so.
pub fn orientation(tiff: &[u8]) -> Option<u32> {
    let exif = parse(tiff)?;
    let field = exif.get_field(Tag::Orientation, In::PRIMARY)?;
    field
        .value
        .get_uint(0)
        .filter(|number| (1..=8).contains(number))
}

/// Whether a place stands in it.
pub fn gps(tiff: &[u8]) -> bool {
    parse(tiff).is_some_and(|exif| {
        let place = [Tag::GPSLatitude, Tag::GPSLongitude, Tag::GPSDestLatitude];
        exif.fields().any(|field| place.contains(&field.tag))
    })
}
