//! The encoding of a text that was written when UTF-8 was rare.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// So far into a file its own word on its encoding is looked for.
const DECLARED_WITHIN: usize = 1024;

/// Whether the bytes are no text. A zero byte is none in any encoding but UTF-16.
pub fn is_binary(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") || utf_16(bytes).is_some() {
        return false;
    }
    bytes.contains(&0)
}

/// The text and the name of its encoding. A byte-order mark decides; else UTF-8 if it is
/// that throughout; else what the text declares; else what Windows wrote in the West.
pub fn decoded(bytes: &[u8]) -> (Cow<'_, str>, &'static str) {
    let encoding = Encoding::for_bom(bytes)
        .map(|(encoding, _)| encoding)
        .or_else(|| utf_16(bytes))
        .or_else(|| std::str::from_utf8(bytes).is_ok().then_some(UTF_8))
        .or_else(|| declared(bytes))
        .unwrap_or(WINDOWS_1252);
    let (text, encoding, _) = encoding.decode(bytes);
    (text, encoding.name())
}

/// UTF-16 without a mark, as some programs of Windows saved it: the first letters are
/// of ASCII, so every second byte is zero.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes.get(..8)? {
        [a, 0, b, 0, c, 0, d, 0] if [a, b, c, d].iter().all(|byte| **byte != 0) => Some(UTF_16LE),
        [0, a, 0, b, 0, c, 0, d] if [a, b, c, d].iter().all(|byte| **byte != 0) => Some(UTF_16BE),
        _ => None,
    }
}

/// `<?xml … encoding="…"?>`, or ASX's `<PARAM NAME="Encoding" VALUE="…">`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..DECLARED_WITHIN).unwrap_or(bytes);
    let start = String::from_utf8_lossy(start).to_ascii_lowercase();
    let (_, after) = start.split_once("encoding")?;
    after
        .split(['"', '\'', '<', '>'])
        .take(4)
        .map(str::trim)
        .find_map(|word| Encoding::for_label(word.as_bytes()))
        // It is not UTF-8, whatever it says.
        .filter(|encoding| *encoding != UTF_8)
}
