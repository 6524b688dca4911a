//! IPTC-IIM 4.2: records of numbered fields, since 1991.

use super::Credit;

/// The record that is about the picture.
const APPLICATION: u8 = 2;
const BY_LINE: u8 = 80;
const CREDIT: u8 = 110;
const COPYRIGHT_NOTICE: u8 = 116;

/// Says that all text is UTF-8: record 1, field 90, ESC % G.
const UTF_8: [u8; 8] = [0x1C, 1, 90, 0, 3, 0x1B, b'%', b'G'];

/// What the records say; nothing of what is broken.
pub fn read(records: &[u8]) -> Credit {
    let mut credit = Credit::default();
    let mut rest = records;
    while let [0x1C, record, field, high, low, after @ ..] = rest {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        // The highest bit announces a length of several bytes, which no credit needs.
        let Some((value, next)) = after.split_at_checked(length) else {
            break;
        };
        rest = next;
        if *record != APPLICATION {
            continue;
        }
        match *field {
            BY_LINE => credit.creators.push(text(value)),
            CREDIT => credit.credit_line = Some(text(value)),
            COPYRIGHT_NOTICE => credit.copyright_notice = Some(text(value)),
            _ => {}
        }
    }
    credit
}

/// Many a program writes UTF-8 without saying so, or says so and does not: what
/// is UTF-8 by its bytes is taken as such, the rest as Latin letters.
fn text(value: &[u8]) -> String {
    match std::str::from_utf8(value) {
        Ok(text) => text.to_owned(),
        Err(_) => value.iter().copied().map(char::from).collect(),
    }
}

/// Records with the credit and nothing else.
pub fn write(credit: &Credit) -> Vec<u8> {
    let mut records = UTF_8.to_vec();
    let creators = credit.creators.iter().map(|name| (BY_LINE, name));
    let others = [
        (CREDIT, &credit.credit_line),
        (COPYRIGHT_NOTICE, &credit.copyright_notice),
    ];
    let others = others
        .into_iter()
        .filter_map(|(field, value)| Some((field, value.as_ref()?)));
    for (field, value) in creators.chain(others) {
        // The standard allows far less, and every program reads more.
        let value = value.as_bytes();
        let Ok(length) = u16::try_from(value.len()) else {
            continue;
        };
        if length > 0x7FFF {
            continue;
        }
        records.extend_from_slice(&[0x1C, APPLICATION, field]);
        records.extend_from_slice(&length.to_be_bytes());
        records.extend_from_slice(value);
    }
    records
}
