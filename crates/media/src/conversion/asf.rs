//! How long a Windows Media file says it is, where ffprobe does not tell: it trusts the
//! header only if the file is as long as that says, and so keeps silent about just the
//! files that break off.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use article::Decimal;

/// “ASF File Properties Object” (Advanced Systems Format, revision 01.20.05, §3.2).
const FILE_PROPERTIES: [u8; 16] = [
    0xa1, 0xdc, 0xab, 0x8c, 0x47, 0xa9, 0xcf, 0x11, 0x8e, 0xe4, 0x00, 0xc0, 0x0c, 0x20, 0x53, 0x65,
];
/// The first bytes of every such file.
const HEADER: [u8; 16] = [
    0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11, 0xa6, 0xd9, 0x00, 0xaa, 0x00, 0x62, 0xce, 0x6c,
];
/// A broadcast that was saved does not know its length.
const IS_BROADCAST: u64 = 1;
/// The object stands in front, whatever else is in the header.
const WITHIN: u64 = 64 * 1024;

/// Seconds.
pub fn duration(path: &Path) -> Option<Decimal> {
    let mut start = Vec::new();
    let file = File::open(path).ok()?;
    file.take(WITHIN).read_to_end(&mut start).ok()?;
    if !start.starts_with(&HEADER) {
        return None;
    }
    let at = start
        .windows(FILE_PROPERTIES.len())
        .position(|window| window == FILE_PROPERTIES)?;
    let number = |offset: usize, length: usize| {
        let bytes = start.get(at + offset..at + offset + length)?;
        let little_endian = bytes.iter().rev();
        Some(little_endian.fold(0_u64, |number, byte| number << 8 | u64::from(*byte)))
    };
    if number(88, 4)? & IS_BROADCAST != 0 {
        return None;
    }
    // Of 100 ns; the time before the first picture (in ms) is counted with it.
    let micros = (number(64, 8)? / 10).checked_sub(number(80, 8)?.checked_mul(1000)?)?;
    let micros = i64::try_from(micros).ok().filter(|micros| *micros > 0)?;
    crate::film::of_micros(micros)
}
