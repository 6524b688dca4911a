//! Drawings under other names: what a browser makes of a file depends on what its
//! server calls it, and a drawing called XML runs its scripts just the same.

use roxmltree::{Document, ParsingOptions};

use super::{MOST_XML_NODES, SVG};

/// Whether a browser that takes these bytes for XML finds a drawing in them, at the
/// top or further in. What only a browser can read (a document type, a mistake behind
/// which it stops) is a drawing as soon as it speaks of one.
pub fn is_in(bytes: &[u8]) -> bool {
    // UTF-16 has a zero beside each of the letters that matter.
    let bytes: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_start_matches(|letter: char| {
        letter.is_whitespace() || matches!(letter, '\u{FEFF}' | '\u{FFFD}')
    });
    if !text.starts_with('<') {
        return false;
    }
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: MOST_XML_NODES,
        ..ParsingOptions::default()
    };
    match Document::parse_with_options(text, options) {
        Ok(document) => document
            .descendants()
            .any(|node| node.tag_name().namespace() == Some(SVG)),
        Err(_) => {
            let text = text.to_ascii_lowercase();
            text.contains("svg") || text.contains("<!entity")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_is_found_however_it_is_written() {
        let wide: Vec<u8> = "\u{FEFF}<svg xmlns='http://www.w3.org/2000/svg'/>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let cases: [&[u8]; 6] = [
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"\xEF\xBB\xBF <?xml version='1.0'?><!-- a --><s:svg xmlns:s='http://www.w3.org/2000/svg'/>",
            b"<feed><x xmlns='http://www.w3.org/2000/sv&#103;'/></feed>",
            b"<!DOCTYPE a [<!ENTITY s 'x'>]><a xmlns='&s;'/>",
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script><broken",
            &wide,
        ];
        for bytes in cases {
            assert!(is_in(bytes), "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn other_files_are_none() {
        let cases: [&[u8]; 5] = [
            b"",
            b"svg",
            b"%PDF-1.7 <svg",
            b"<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>",
            b"<note>of svg</note>",
        ];
        for bytes in cases {
            assert!(!is_in(bytes), "{}", String::from_utf8_lossy(bytes));
        }
    }
}
