//! Photos as cameras and attackers make them, byte by byte: none of them is anybody's.

use std::io::Write as _;
use std::path::Path;

/// Words of the camera that no reader may find: a place, in EXIF.
pub const SECRET: &str = "SECRET-HARBOUR";

/// A chunk of a PNG file.
pub fn chunk(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut chunk = u32::try_from(body.len()).unwrap().to_be_bytes().to_vec();
    chunk.extend_from_slice(kind);
    chunk.extend_from_slice(body);
    let mut sum = flate2::Crc::new();
    sum.update(&chunk[4..]);
    chunk.extend_from_slice(&sum.sum().to_be_bytes());
    chunk
}

pub fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

/// A PNG file that says it has this size, with the given pixels and further chunks.
pub fn png_of(width: u32, height: u32, chunks: &[Vec<u8>], pixels: &[u8]) -> Vec<u8> {
    let mut header = width.to_be_bytes().to_vec();
    header.extend_from_slice(&height.to_be_bytes());
    header.extend_from_slice(&[8, 2, 0, 0, 0]);
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.extend(chunk(b"IHDR", &header));
    bytes.extend(chunks.concat());
    bytes.extend(chunk(b"IDAT", pixels));
    bytes.extend(chunk(b"IEND", b""));
    bytes
}

/// A sound PNG file of one colour.
pub fn png(width: u32, height: u32, colour: [u8; 3], chunks: &[Vec<u8>]) -> Vec<u8> {
    let mut row = vec![0];
    row.extend(colour.repeat(width as usize));
    png_of(width, height, chunks, &packed(&row.repeat(height as usize)))
}

/// An EXIF block from its TIFF header on: an artist, a copyright, and a place in GPS
/// fields with [`SECRET`] as its name.
pub fn exif() -> Vec<u8> {
    let field = |tag: u16, kind: u16, count: u32, value: u32| {
        let mut field = tag.to_le_bytes().to_vec();
        field.extend_from_slice(&kind.to_le_bytes());
        field.extend_from_slice(&count.to_le_bytes());
        field.extend_from_slice(&value.to_le_bytes());
        field
    };
    let (artist, copyright) = (b"Amina Otieno\0", b"(c) The Test Gazette\0");
    // Three fields, then a list of three about the place, then the values.
    let place = 8 + 2 + 3 * 12 + 4;
    let values = place + 2 + 3 * 12 + 4;
    let length = |bytes: &[u8]| u32::try_from(bytes.len()).unwrap();
    let after_artist = values + length(artist);
    let latitude = after_artist + length(copyright);
    let name = latitude + 24;
    let mut exif = b"II*\0\x08\0\0\0\x03\0".to_vec();
    exif.extend(field(0x013B, 2, length(artist), values));
    exif.extend(field(0x8298, 2, length(copyright), after_artist));
    exif.extend(field(0x8825, 4, 1, place));
    exif.extend_from_slice(&[0; 4]);
    exif.extend_from_slice(&[3, 0]);
    exif.extend(field(1, 2, 2, u32::from(b'N')));
    exif.extend(field(2, 5, 3, latitude));
    exif.extend(field(28, 7, length(SECRET.as_bytes()), name));
    exif.extend_from_slice(&[0; 4]);
    exif.extend_from_slice(artist);
    exif.extend_from_slice(copyright);
    for number in [4_u32, 1, 3, 1, 7, 1] {
        exif.extend_from_slice(&number.to_le_bytes());
    }
    exif.extend_from_slice(SECRET.as_bytes());
    exif
}

/// A PNG file of one colour that tells where it was taken.
pub fn placed_png(width: u32, height: u32, colour: [u8; 3]) -> Vec<u8> {
    png(width, height, colour, &[chunk(b"eXIf", &exif())])
}

/// A photo of 480 pixels as a camera writes it, with the place.
pub fn placed_jpeg() -> Vec<u8> {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/media/red-boat/480.jpg");
    let photo = std::fs::read(sample).unwrap();
    let body = [b"Exif\0\0".as_slice(), &exif()].concat();
    let mut bytes = photo[..2].to_vec();
    bytes.extend_from_slice(&[0xFF, 0xE1]);
    bytes.extend_from_slice(&u16::try_from(body.len() + 2).unwrap().to_be_bytes());
    bytes.extend(body);
    bytes.extend_from_slice(&photo[2..]);
    bytes
}
