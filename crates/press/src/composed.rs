//! Text in the form NFC, in which two spellings of one name are equal.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

/// The text in NFC (UAX #15). Almost every text is already, and is not copied.
pub fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::composed;

    #[test]
    fn decomposed_letters_are_composed_and_others_stay() {
        for (text, expected) in [
            ("ferry", "ferry"),
            ("e\u{301}te\u{301}", "été"),
            ("été", "été"),
            ("قارب", "قارب"),
            ("Å", "Å"),
        ] {
            assert_eq!(composed(text), expected);
        }
    }
}
