//! Files that are a picture and something else besides: a ZIP archive behind the
//! last pixel, a web page in a comment, a script that also is a GIF.
//!
//! Renditions are made from pixels alone, so nothing of it would reach a reader.
//! Such a file is refused all the same: nobody makes one by mistake, and the
//! original may be put on a server too. What telephones append (a short film, a
//! depth map, a second exposure) is none of that and does no harm.

use super::container::Scan;
use super::format::Format;

/// Letters that begin something a browser or another program would run. All are
/// at least five letters long: shorter ones come up in random bytes.
const ACTIVE: [&[u8]; 11] = [
    b"<script",
    b"<html",
    b"<!doctype",
    b"<iframe",
    b"<object",
    b"<embed",
    b"<body",
    b"<?php",
    b"<foreignobject",
    b"javascript:",
    b"%pdf-",
];

/// What else the file is.
pub fn find(format: Format, bytes: &[u8], scan: &Scan<'_>) -> Option<&'static str> {
    let trailing = bytes.get(scan.end..).unwrap_or_default();
    if has_zip_directory(bytes) {
        return Some("a ZIP archive");
    }
    // PDF readers look for their header in the first kilobyte.
    if bytes
        .get(..1024)
        .unwrap_or(bytes)
        .windows(5)
        .any(|window| window == b"%PDF-")
    {
        return Some("a PDF document");
    }
    if format == Format::Gif && is_script(bytes, scan, trailing) {
        return Some("a script");
    }
    let is_active = scan.texts.iter().any(|text| has_active(text)) || has_active(trailing);
    is_active.then_some("a web page or a script")
}

/// Bytes behind the picture that are not just padding.
pub fn trailing(bytes: &[u8], scan: &Scan<'_>) -> u64 {
    let trailing = bytes.get(scan.end..).unwrap_or_default();
    let padding = |byte: &u8| matches!(byte, 0 | b'\n' | b'\r' | b' ' | 0xFF);
    if trailing.iter().all(padding) {
        0
    } else {
        trailing.len() as u64
    }
}

/// GIF89a=… and GIF89a/*…*/ are how a script may begin: the two bytes behind are
/// a width as well. A width of 61 is honest, so words behind the end decide; one
/// of 10,799 that is followed by the end of a comment is not.
fn is_script(bytes: &[u8], scan: &Scan<'_>, trailing: &[u8]) -> bool {
    match bytes.get(6..8) {
        Some(b"/*") => {
            let closes = |text: &[u8]| text.windows(2).any(|two| two == b"*/");
            closes(trailing) || scan.texts.iter().any(|text| closes(text))
        }
        Some([b'=', _]) => trailing.iter().any(u8::is_ascii_alphanumeric),
        _ => false,
    }
}

fn has_active(text: &[u8]) -> bool {
    text.iter().enumerate().any(|(at, byte)| {
        matches!(byte, b'<' | b'j' | b'J' | b'%')
            && ACTIVE.iter().any(|start| {
                text.get(at..at + start.len())
                    .is_some_and(|here| here.eq_ignore_ascii_case(start))
            })
    })
}

/// Programs find a ZIP archive by the record at its end, wherever it begins.
fn has_zip_directory(bytes: &[u8]) -> bool {
    // The record has 22 bytes and a comment of up to 65,535.
    let from = bytes.len().saturating_sub(22 + 65_535);
    let tail = bytes.get(from..).unwrap_or_default();
    tail.windows(22).enumerate().any(|(at, record)| {
        let [b'P', b'K', 5, 6, fields @ ..] = record else {
            return false;
        };
        let number = |at: usize| {
            fields
                .get(at..at + 4)
                .and_then(|four| four.try_into().ok())
                .map_or(u64::MAX, |four| u64::from(u32::from_le_bytes(four)))
        };
        // The directory lies before its end; chance would have to get that right too.
        number(8).saturating_add(number(12)) <= (from + at) as u64
    })
}
