//! A part of a file (RFC 9110 §14): players of films ask for them to jump.

use std::ops;

use hyper::header::{self, HeaderMap};

use super::one;

/// What a `Range` header asks for.
#[derive(Debug, PartialEq, Eq)]
pub enum Range {
    /// Everything: no range, several of them, or something that is none. The RFC
    /// allows to ignore the header, and every browser understands the whole file.
    Whole,
    /// Bytes, end exclusive, never empty.
    Part(ops::Range<u64>),
    /// Beyond the end of the file.
    Nowhere,
}

/// Reads the header for a file of `size` bytes.
pub fn of(headers: &HeaderMap, size: u64) -> Range {
    one(headers, &header::RANGE).map_or(Range::Whole, |text| parse(text, size))
}

fn parse(text: &str, size: u64) -> Range {
    let part = text
        .split_once('=')
        .filter(|(unit, _)| unit.trim().eq_ignore_ascii_case("bytes"))
        .and_then(|(_, part)| part.trim().split_once('-'));
    let Some((first, last)) = part else {
        return Range::Whole;
    };
    let part = match (first, last) {
        ("", last) => match number(last) {
            Some(0) => return Range::Nowhere,
            Some(count) => size.saturating_sub(count)..size,
            None => return Range::Whole,
        },
        (first, "") => match number(first) {
            Some(first) => first..size,
            None => return Range::Whole,
        },
        (first, last) => match (number(first), number(last)) {
            (Some(first), Some(last)) if first <= last => first..last.saturating_add(1).min(size),
            // Backwards, or several ranges.
            _ => return Range::Whole,
        },
    };
    if part.start >= size {
        Range::Nowhere
    } else {
        Range::Part(part)
    }
}

/// Digits; more than fit are simply very many.
fn number(text: &str) -> Option<u64> {
    let all_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    all_digits.then(|| text.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::{Range, parse};

    #[test]
    fn one_range_is_cut_to_the_file() {
        for (text, part) in [
            ("bytes=0-0", 0..1),
            ("bytes=2-4", 2..5),
            ("bytes=2-", 2..10),
            ("bytes=2-99", 2..10),
            ("bytes=9-99999999999999999999999", 9..10),
            ("bytes=-3", 7..10),
            ("bytes=-99", 0..10),
            ("Bytes = 1-1", 1..2),
        ] {
            assert_eq!(parse(text, 10), Range::Part(part), "{text}");
        }
    }

    #[test]
    fn what_lies_beyond_the_end_is_nowhere() {
        for text in [
            "bytes=10-",
            "bytes=10-12",
            "bytes=-0",
            "bytes=99999999999999999999-",
        ] {
            assert_eq!(parse(text, 10), Range::Nowhere, "{text}");
        }
        assert_eq!(parse("bytes=0-", 0), Range::Nowhere);
        assert_eq!(parse("bytes=-5", 0), Range::Nowhere);
    }

    #[test]
    fn anything_else_asks_for_everything() {
        for text in [
            "bytes=0-1,4-5",
            "bytes=4-2",
            "bytes=-",
            "bytes=a-b",
            "bytes=+1-2",
            "lines=1-2",
            "bytes",
            "",
        ] {
            assert_eq!(parse(text, 10), Range::Whole, "{text}");
        }
    }
}
