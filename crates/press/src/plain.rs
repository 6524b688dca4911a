//! Texts as they may leave the site: in formats of others, which forbid characters
//! and have limits of length.

use std::borrow::Cow;

/// A text without the characters that XML 1.0 forbids (§2.2), without the controls
/// it advises against, and without those that reorder the text around them.
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(may_be_unclean) || text.chars().all(is_clean) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().filter(|c| is_clean(*c)).collect())
    }
}

/// Whether a character that is not clean can begin with such a byte in UTF-8. Most texts
/// have none of them, which is seen many bytes at a time.
fn may_be_unclean(byte: u8) -> bool {
    (byte < b' ' && byte != b'\t' && byte != b'\n') || matches!(byte, 0x7f | 0xc2 | 0xe2 | 0xef)
}

fn is_clean(character: char) -> bool {
    !matches!(
        character,
        '\0'..='\u{8}'
            | '\u{b}'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{fffe}'
            | '\u{ffff}'
    )
}

/// A text on one line, of so many characters at most; one that is cut says so.
pub fn line(text: &str, most: usize) -> String {
    let mut line = String::new();
    let mut length = 0;
    for word in clean(text).split_whitespace() {
        let letters = word.chars().count();
        let gap = usize::from(length > 0);
        if length + gap + letters > most {
            if line.is_empty() {
                line.extend(word.chars().take(most.saturating_sub(1)));
            }
            line.push('…');
            return line;
        }
        if gap > 0 {
            line.push(' ');
        }
        line.push_str(word);
        length += gap + letters;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::{clean, line};

    #[test]
    fn what_xml_forbids_and_what_reorders_text_goes_and_nothing_else() {
        assert_eq!(
            clean("a\0b\u{8}\u{b}\u{ffff}\u{202e}c\td\ne]]>"),
            "abc\td\ne]]>"
        );
        assert_eq!(
            clean("نمی\u{200c}خواهم 👩\u{200d}🚀"),
            "نمی\u{200c}خواهم 👩\u{200d}🚀"
        );
    }

    #[test]
    fn a_line_is_cut_between_words_where_there_are_any() {
        for (text, most, cut) in [
            ("  one\ntwo\u{a0}three ", 20, "one two three"),
            ("one two three", 8, "one two…"),
            ("one two three", 13, "one two three"),
            ("onetwothree", 4, "one…"),
            ("", 4, ""),
        ] {
            assert_eq!(line(text, most), cut);
        }
    }
}
