//! What is told of a story by its words as a whole: that they are in another language
//! than it says, and that its letters are taken apart.
//!
//! Both come of imports: a text in the wrong edition, and text that was once typed on
//! a Mac of the older kind. A screen reader speaks the first with a wrong voice, a
//! search finds nothing in the second.

use article::json::{Kind, Span, Value};
use whatlang::{Lang, detect};

use crate::composed::composed;

/// Letters needed to tell languages apart. What is shorter is not judged.
const ENOUGH: usize = 200;
/// Letters looked at; more change nothing.
const PLENTY: usize = 1_500;
/// How sure the detection has to be, of 1.
const SURE: f64 = 0.9;

/// The languages of readers, as the detection calls them.
const LANGUAGES: &[(&str, Lang)] = &[
    ("ar", Lang::Ara),
    ("de", Lang::Deu),
    ("en", Lang::Eng),
    ("es", Lang::Spa),
    ("fa", Lang::Pes),
    ("fr", Lang::Fra),
    ("hi", Lang::Hin),
    ("it", Lang::Ita),
    ("ja", Lang::Jpn),
    ("ko", Lang::Kor),
    ("nl", Lang::Nld),
    ("pl", Lang::Pol),
    ("pt", Lang::Por),
    ("ru", Lang::Rus),
    ("sv", Lang::Swe),
    ("tr", Lang::Tur),
    ("uk", Lang::Ukr),
    ("vi", Lang::Vie),
    ("zh", Lang::Cmn),
];

/// The language that the text of a story is in, if that is certainly not the one it
/// says: a tag such as `de`. Passages that say a language of their own do not count.
pub fn other_language(root: &Value<'_>) -> Option<&'static str> {
    let said = root.get("language")?.as_str()?;
    let primary = said.split('-').next()?.to_ascii_lowercase();
    // Of a language that the detection does not know, nothing can be said.
    LANGUAGES.iter().find(|(tag, _)| *tag == primary)?;
    let mut text = String::new();
    let mut letters = 0;
    gather(root.list("body"), &mut text, &mut letters);
    if letters < ENOUGH {
        return None;
    }
    // Nearly every story is in the language it says, which its first words tell already;
    // the long look, five times as dear, is for the others.
    let first = start(&text, ENOUGH);
    if detect(first).is_some_and(|found| is_language(found.lang(), &primary)) {
        return None;
    }
    let found = detect(&text).filter(|found| found.confidence() >= SURE)?;
    let (tag, _) = LANGUAGES.iter().find(|(_, lang)| *lang == found.lang())?;
    (*tag != primary).then_some(*tag)
}

/// Whether a detected language has this primary tag.
fn is_language(lang: Lang, primary: &str) -> bool {
    LANGUAGES
        .iter()
        .any(|(tag, known)| *tag == primary && *known == lang)
}

/// The text up to and with its first `letters` characters.
fn start(text: &str, letters: usize) -> &str {
    let end = text.char_indices().nth(letters).map(|(at, _)| at);
    text.get(..end.unwrap_or(text.len())).unwrap_or(text)
}

/// The words of paragraphs.
fn gather(blocks: &[Value<'_>], text: &mut String, letters: &mut usize) {
    let paragraphs = blocks
        .iter()
        .filter(|block| block.get("type").and_then(Value::as_str) == Some("paragraph"))
        .filter_map(|block| block.get("content"));
    for content in paragraphs {
        let mut add = |words: &str| {
            *letters += words.chars().filter(|c| c.is_alphabetic()).count();
            text.push_str(words);
        };
        match &content.kind {
            Kind::String(words) => add(words),
            Kind::Array(pieces) => {
                for piece in pieces.iter().filter(|piece| piece.get("lang").is_none()) {
                    let words = piece.get("text").unwrap_or(piece).as_str();
                    words.into_iter().for_each(&mut add);
                }
            }
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Object(_) => {}
        }
        text.push('\n');
        if *letters > PLENTY {
            return;
        }
    }
}

/// The first text whose letters are written in pieces though there is one character
/// for them (not in the form NFC of UAX #15): where it stands, and one such word.
pub fn taken_apart(value: &Value<'_>) -> Option<(Span, String)> {
    match &value.kind {
        Kind::String(text) => {
            if *composed(text) == **text {
                return None;
            }
            let mut words = text.split_whitespace().map(|word| (word, composed(word)));
            let apart = words.find(|(word, composed)| word != composed);
            let word = apart.map(|(_, composed)| composed.into_owned());
            Some((value.span, word.unwrap_or_default()))
        }
        Kind::Array(items) => items.iter().find_map(taken_apart),
        Kind::Object(members) => members
            .iter()
            // Somebody else's data, and what other rules look at.
            .filter(|member| !matches!(&*member.name, "extensions" | "source" | "slug" | "href"))
            .find_map(|member| taken_apart(&member.value)),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) => None,
    }
}
