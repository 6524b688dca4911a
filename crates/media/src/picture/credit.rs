//! Who made a picture and what others may do with it: read from wherever it
//! stands, and put back into every rendition in the least words.
//!
//! Three ways of writing it grew one after the other: IPTC-IIM (1991), EXIF and
//! XMP. Where they differ XMP is right, then IIM, then EXIF, as the IPTC Photo
//! Metadata guidelines have it. Everything else (place, camera, serial number,
//! time, faces, keywords) is left out on purpose.

mod exif;
mod iptc;
mod xmp;

use serde::{Deserialize, Serialize};

use super::container::Scan;
use super::limits::{LONGEST_CREDIT, MOST_METADATA_BYTES};

pub(crate) use exif::{gps, orientation};
pub(crate) use iptc::write as write_iptc;
pub(crate) use xmp::write as write_xmp;

/// What a picture says of its makers and its rights.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Credit {
    /// dc:creator, By-line, Artist.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub creators: Vec<String>,
    /// The line to be printed: photoshop:Credit, Credit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit_line: Option<String>,
    /// dc:rights, Copyright Notice, Copyright.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copyright_notice: Option<String>,
    /// xmpRights:UsageTerms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage_terms: Option<String>,
    /// The address of the licence: xmpRights:WebStatement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub web_statement: Option<String>,
    /// IPTC's address for how it came about (a camera, a program, a model):
    /// Iptc4xmpExt:DigitalSourceType. Readers have a right to that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digital_source_type: Option<String>,
}

impl Credit {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    pub(crate) fn of(scan: &Scan<'_>) -> Self {
        let short = |part: &&[u8]| part.len() <= MOST_METADATA_BYTES;
        let xmp = scan.xmp.as_deref().filter(short).map(xmp::read);
        let iptc = scan.iptc.as_deref().filter(short).map(iptc::read);
        let exif = scan.exif.as_deref().filter(short).map(exif::read);
        let plain = Self {
            creators: scan.author.clone().into_iter().collect(),
            copyright_notice: scan.copyright.clone(),
            ..Self::default()
        };
        let mut credit = Self::default();
        for next in [xmp, iptc, exif, Some(plain)].into_iter().flatten() {
            credit.complete(next.cleaned());
        }
        credit
    }

    /// Fills what is still missing.
    fn complete(&mut self, other: Self) {
        if self.creators.is_empty() {
            self.creators = other.creators;
        }
        for (mine, its) in [
            (&mut self.credit_line, other.credit_line),
            (&mut self.copyright_notice, other.copyright_notice),
            (&mut self.usage_terms, other.usage_terms),
            (&mut self.web_statement, other.web_statement),
            (&mut self.digital_source_type, other.digital_source_type),
        ] {
            if mine.is_none() {
                *mine = its;
            }
        }
    }

    fn cleaned(self) -> Self {
        let some = |text: Option<String>| text.and_then(|text| clean(&text));
        Self {
            creators: self
                .creators
                .iter()
                .filter_map(|name| clean(name))
                .take(50)
                .collect(),
            credit_line: some(self.credit_line),
            copyright_notice: some(self.copyright_notice),
            usage_terms: some(self.usage_terms),
            web_statement: some(self.web_statement),
            digital_source_type: some(self.digital_source_type),
        }
    }
}

/// White space as single blanks, nothing invisible, no endless text. Cameras fill
/// what nobody set with blanks or zeros.
fn clean(text: &str) -> Option<String> {
    // Those that turn the direction of what follows belong to nobody's name.
    let unwanted = |letter: char| {
        letter.is_control()
            || matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
    };
    let spaced: String = text
        .chars()
        .map(|letter| if letter.is_whitespace() { ' ' } else { letter })
        .filter(|letter| !unwanted(*letter))
        .collect();
    let words: Vec<&str> = spaced.split(' ').filter(|word| !word.is_empty()).collect();
    let text: String = words.join(" ").chars().take(LONGEST_CREDIT).collect();
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::borrow::Cow;

    fn iim(records: &[(u8, &[u8])]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (number, value) in records {
            bytes.extend_from_slice(&[0x1C, 2, *number]);
            bytes.extend_from_slice(&(value.len() as u16).to_be_bytes());
            bytes.extend_from_slice(value);
        }
        bytes
    }

    #[test]
    fn what_is_written_is_what_is_read() {
        let credit = Credit {
            creators: vec!["Amina <Ali> & Sons".into(), "李".into()],
            credit_line: Some("Photo: “A” / Agency".into()),
            copyright_notice: Some("© 2026 Dateline".into()),
            usage_terms: Some("Not for \"advertising\"".into()),
            web_statement: Some("https://example.org/licence?a=1&b=2".into()),
            digital_source_type: Some(
                "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture".into(),
            ),
        };
        let packet = write_xmp(&credit).unwrap();
        assert_eq!(xmp::read(&packet), credit);
        let scan = Scan {
            iptc: Some(Cow::Owned(write_iptc(&credit))),
            ..Scan::default()
        };
        let from_iptc = Credit::of(&scan);
        assert_eq!(from_iptc.creators, credit.creators);
        assert_eq!(from_iptc.credit_line, credit.credit_line);
        assert_eq!(from_iptc.copyright_notice, credit.copyright_notice);
    }

    #[test]
    fn xmp_is_right_then_iim_then_exif() {
        let packet = br#"<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:Credit="Of XMP"/></rdf:RDF></x:xmpmeta>"#;
        let scan = Scan {
            xmp: Some(Cow::Borrowed(packet)),
            iptc: Some(Cow::Owned(iim(&[(110, b"Of IIM"), (116, b"\xA9 IIM")]))),
            author: Some("  Of\u{0} PNG ".into()),
            ..Scan::default()
        };
        let credit = Credit::of(&scan);
        assert_eq!(credit.credit_line.as_deref(), Some("Of XMP"));
        assert_eq!(credit.copyright_notice.as_deref(), Some("© IIM"));
        assert_eq!(credit.creators, ["Of PNG"]);
    }

    #[test]
    fn of_several_languages_the_default_is_taken() {
        let packet = "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\
            <rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:rights><rdf:Alt>\
            <rdf:li xml:lang='fr'>Tous droits</rdf:li><rdf:li xml:lang='x-default'>All rights</rdf:li>\
            </rdf:Alt></dc:rights></rdf:Description></rdf:RDF></x:xmpmeta>";
        assert_eq!(
            xmp::read(packet.as_bytes()).copyright_notice.as_deref(),
            Some("All rights")
        );
    }

    #[test]
    fn broken_metadata_say_nothing_and_break_nothing() {
        let bomb = br#"<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>"#;
        let deep = "<a>".repeat(200_000);
        for xmp in [
            bomb.as_slice(),
            deep.as_bytes(),
            b"\xFF\xFE<",
            b"",
            b"<x",
            b"\0\0",
        ] {
            assert!(xmp::read(xmp).is_empty());
        }
        for iptc in [
            b"\x1C\x02\x74\xFF".as_slice(),
            b"\x1C",
            b"\x1C\x02\x74\x80\x04\xFF\xFF\xFF\xFF",
            b"no",
        ] {
            assert!(iptc::read(iptc).is_empty());
        }
        for exif in [
            b"II*\0\xFF\xFF\xFF\xFF".as_slice(),
            b"MM",
            b"",
            b"II*\0\x08\0\0\0\xFF\xFF",
        ] {
            assert!(exif::read(exif).is_empty());
            assert_eq!(orientation(exif), None);
        }
    }

    #[test]
    fn a_long_text_is_cut_and_letters_that_turn_text_round_go() {
        assert_eq!(clean("a\u{202E}b\r\n c").as_deref(), Some("ab c"));
        assert_eq!(clean(&"x".repeat(9_999)).unwrap().len(), LONGEST_CREDIT);
        assert_eq!(clean(" \0 "), None);
    }
}
