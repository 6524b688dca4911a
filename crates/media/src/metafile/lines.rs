//! Metafiles that are lines: RAM, the older ones of Windows Media, QuickTime's text.

use article::media::LegacyFormat;

use super::{Found, Metafile, Part};
use crate::legacy;

/// By which QuickTime knew a text under the name of a film.
const QUICK_TIME: [&str; 2] = ["rtsptext", "smiltext"];

/// Whether a text begins as one of them. The first line that says something decides,
/// because the second may be anything.
pub fn begins(text: &str) -> bool {
    let Some(first) = text
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty() && !line.starts_with('#'))
    else {
        return false;
    };
    let low = first.to_ascii_lowercase();
    low == "[reference]"
        || low.starts_with("asf http")
        || QUICK_TIME.iter().any(|word| low.starts_with(word))
        || is_address(first)
}

pub fn read(text: &str) -> Metafile {
    let low = text.trim_start().to_ascii_lowercase();
    if let Some(word) = QUICK_TIME.iter().find(|word| low.starts_with(**word)) {
        let rest = text.trim_start().get(word.len()..).unwrap_or_default();
        return list(rest).of(LegacyFormat::QuickTime);
    }
    if low.starts_with("[reference]") || low.starts_with("asf ") {
        return windows(text);
    }
    let list = list(text);
    // A list of another player may lie under any name; who it was for, its addresses say.
    let of_first = list.leads.first();
    let format = of_first
        .and_then(|lead| legacy::of_address(&lead.address))
        .map_or(LegacyFormat::RealMedia, |named| named.format);
    list.of(format)
}

/// An address a line. `#` begins a comment, `--stop--` ends the list: what stood behind
/// it was for players of before 1999.
fn list(text: &str) -> Found {
    let mut found = Found::new();
    let lines = text.lines().map(str::trim);
    for line in lines.take_while(|line| !line.eq_ignore_ascii_case("--stop--")) {
        if !line.starts_with('#') && is_address(line) {
            found.add(line, found.leads.len(), Part::Film);
        }
    }
    found
}

/// `[Reference]` with `Ref1=…`, `Ref2=…`: the second is for when the first does not
/// answer. Or `ASF http://…`, each a film of its own.
fn windows(text: &str) -> Metafile {
    let mut found = Found::new();
    for line in text.lines().map(str::trim) {
        let low = line.to_ascii_lowercase();
        if low.starts_with("asf ") {
            let address = line.get(4..).unwrap_or_default();
            found.add(address, found.leads.len(), Part::Film);
        } else if let Some((name, address)) = line.split_once('=')
            && name
                .trim()
                .to_ascii_lowercase()
                .strip_prefix("ref")
                .is_some_and(|number| number.bytes().all(|digit| digit.is_ascii_digit()))
        {
            found.add(address, 0, Part::Film);
        }
    }
    found.of(LegacyFormat::WindowsMedia)
}

/// An address with a scheme, or a bare name that a player would have gone to.
fn is_address(line: &str) -> bool {
    let one_word = !line.contains([' ', '<', '>']) || legacy::scheme(line).is_some();
    one_word && (legacy::scheme(line).is_some() || legacy::of_address(line).is_some())
}
