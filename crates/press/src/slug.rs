//! An address from a headline, in the headline's own script.
//!
//! Nothing is transliterated: readers of Arabic recognise an Arabic address, and a
//! Latin one made by a table is a word in no language.

use article::{Language, Slug};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Characters of a slug made here. The format allows 120; the rest is for the `-2`
/// of a second story with the same headline.
const MOST_CHARACTERS: usize = 116;
/// A file name may have 255 bytes on most systems, `.json` and `-2` included, and a
/// Chinese character has three.
const MOST_BYTES: usize = 240;

/// Letters and digits of any script in lower case, with hyphens between the words;
/// `None` if the headline has neither.
pub fn of_headline(headline: &str, language: &Language) -> Option<Slug> {
    let text = lower_case(&headline.nfc().collect::<String>(), language);
    let mut slug = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter.is_alphanumeric() || (is_combining_mark(letter) && !slug.is_empty()) {
            slug.push(letter);
        } else if is_joiner(letter) {
            // Persian and Indic words need them, between their letters only.
            if slug
                .chars()
                .next_back()
                .is_some_and(|c| c != '-' && !is_joiner(c))
                && letters.peek().is_some_and(|next| next.is_alphanumeric())
            {
                slug.push(letter);
            }
        } else if is_apostrophe(letter) && language.primary().eq_ignore_ascii_case("en") {
            // “children's” is one word in English; “l’eau” is two in French.
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    // Lower case may have taken a letter apart.
    let slug: String = slug.nfc().collect();
    Slug::new(cut(slug.trim_end_matches('-')))
}

/// One that a person chose.
///
/// # Errors
/// With the sentence that says why it is none.
pub fn chosen(text: &str) -> Result<Slug, String> {
    let text: String = text.nfc().collect();
    if text.len() > MOST_BYTES {
        return Err(format!(
            "the slug has {} bytes; a file name has room for {MOST_BYTES}",
            text.len()
        ));
    }
    if text.starts_with('.') {
        return Err(
            "a file whose name begins with a full stop is hidden and never published".into(),
        );
    }
    Slug::new(&text).ok_or_else(|| {
        "use letters of any script, digits and hyphens, 1 to 120 of them; no spaces and none of / ? # % < > \\".into()
    })
}

/// The same with a number, for the second story of that name.
pub fn numbered(slug: &Slug, number: usize) -> Option<Slug> {
    Slug::new(&format!("{}-{number}", slug.as_str()))
}

/// Turkish and Azerbaijani have an i with and one without a dot.
fn lower_case(text: &str, language: &Language) -> String {
    let turkish = ["tr", "az"]
        .iter()
        .any(|tag| language.primary().eq_ignore_ascii_case(tag));
    if turkish {
        text.replace('I', "ı").replace('İ', "i").to_lowercase()
    } else {
        text.to_lowercase()
    }
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '\u{2019}' | '\u{2bc}')
}

/// ZWNJ and ZWJ.
fn is_joiner(letter: char) -> bool {
    matches!(letter, '\u{200c}' | '\u{200d}')
}

/// As much as fits, up to the end of a word if there is one.
fn cut(slug: &str) -> &str {
    let mut end = slug
        .char_indices()
        .nth(MOST_CHARACTERS)
        .map_or(slug.len(), |(at, _)| at);
    end = slug.floor_char_boundary(end.min(MOST_BYTES));
    let (Some(kept), Some(rest)) = (slug.get(..end), slug.get(end..)) else {
        return slug;
    };
    if rest.is_empty() || rest.starts_with('-') {
        return kept;
    }
    match kept.rsplit_once('-') {
        Some((words, _)) => words,
        // Chinese, Japanese and Thai write no spaces. A letter is not left without its marks.
        None if rest.starts_with(is_combining_mark) => kept
            .trim_end_matches(is_combining_mark)
            .char_indices()
            .next_back()
            .map_or("", |(at, _)| kept.get(..at).unwrap_or_default())
            .trim_end_matches(is_joiner),
        None => kept.trim_end_matches(is_joiner),
    }
}

#[cfg(test)]
mod tests {
    use super::{chosen, numbered, of_headline};
    use article::Language;

    fn slug(headline: &str, language: &str) -> String {
        of_headline(headline, &Language::new(language).unwrap())
            .map(|slug| slug.as_str().to_owned())
            .unwrap_or_default()
    }

    #[test]
    fn every_script_keeps_its_letters() {
        for (language, headline, expected) in [
            ("en", "The Night Ferry Returns", "the-night-ferry-returns"),
            ("en", "CRC @ 20: “What now?”", "crc-20-what-now"),
            (
                "en",
                "The children’s lion's share",
                "the-childrens-lions-share",
            ),
            ("en", " — 3.5 million / 50% <b> ", "3-5-million-50-b"),
            ("fr", "Le calendrier de l’eau", "le-calendrier-de-l-eau"),
            ("fr", "E\u{301}te\u{301}", "été"),
            ("ar", "القارب الأحمر: قصة", "القارب-الأحمر-قصة"),
            ("ar", "كِتَابٌ", "كِتَابٌ"),
            ("ru", "Возвращение ПАРОМА", "возвращение-парома"),
            ("zh", "北京会议，2010年", "北京会议-2010年"),
            ("fa", "می\u{200c}خواهم\u{200c}", "می\u{200c}خواهم"),
            ("hi", "हिन्दी समाचार", "हिन्दी-समाचार"),
            ("th", "ข่าวน้ำท่วม", "ข่าวน้ำท่วม"),
            ("tr", "IĞDIR İL", "ığdır-il"),
            ("el", "ΟΔΟΣ", "οδος".replace("σ", "ς").as_str()),
            ("en", "İzmir", "i\u{307}zmir"),
        ] {
            assert_eq!(slug(headline, language), expected, "{headline}");
        }
    }

    #[test]
    fn a_headline_without_letters_has_none() {
        for headline in ["", "…", "🎉🎉", "\u{301}", "\u{200d}"] {
            assert_eq!(slug(headline, "en"), "", "{headline:?}");
        }
    }

    #[test]
    fn a_long_headline_is_cut_at_a_word() {
        let long = slug(&"boat ".repeat(60), "en");
        assert!(long.ends_with("-boat") && long.len() <= 116, "{long}");
        assert_eq!(slug(&"b".repeat(300), "en").len(), 116);
    }

    #[test]
    fn a_file_name_has_room_for_every_script() {
        for word in ["中", "नि", "ক্ষ", "𐐷", "می\u{200c}خ"] {
            let slug = slug(&word.repeat(200), "zh");
            assert!(!slug.is_empty() && slug.len() <= 240, "{}", slug.len());
            assert!(word.repeat(200).starts_with(&slug));
            let ends_whole = !slug.ends_with('\u{200c}');
            assert!(ends_whole, "{slug}");
        }
    }

    #[test]
    fn a_chosen_one_is_refused_for_a_reason() {
        assert_eq!(chosen("cafe\u{301}").unwrap().as_str(), "café");
        for text in ["", "a b", "a/b", "..", ".hidden", &"中".repeat(81)] {
            assert!(chosen(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_longest_slug_has_room_for_a_number() {
        let long = of_headline(&"中".repeat(200), &Language::new("zh").unwrap()).unwrap();
        let second = numbered(&long, 99).unwrap();
        assert!(second.as_str().len() + ".json".len() <= 255);
    }
}
