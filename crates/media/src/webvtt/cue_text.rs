//! The words of a cue: their voices, marks and languages (W3C: "WebVTT cue text
//! parsing rules").
//!
//! A browser makes a tree of them; a transcript needs only runs of letters that are
//! alike, so that is what comes out. Classes, colours and the times within a karaoke
//! line say nothing to a reader and are passed over.

use std::sync::Arc;

/// Letters that are alike.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    /// Who says it, from `<v Name>`.
    pub voice: Option<Arc<str>>,
    pub marks: Marks,
    /// A language tag as written, from `<lang fr>`.
    pub lang: Option<Arc<str>>,
}

/// How letters are marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// `<b>`
    pub strong: bool,
    /// `<i>`
    pub emphasis: bool,
}

/// An element that is open. Deeper than this, elements are passed over.
const DEEPEST: usize = 32;

/// Characters of a name; nobody has a longer one.
const LONGEST_NAME: usize = 200;

#[derive(Clone, PartialEq, Eq)]
enum Element {
    Voice(Arc<str>),
    Lang(Arc<str>),
    Bold,
    Italic,
    Ruby,
    RubyText,
    /// `<c>` and `<u>`, which readers of a transcript do not miss.
    Plain(char),
}

/// Reads the words of a cue; unknown tags are told with the line they stand in, from 0.
pub(super) fn read(source: &str, unknown: &mut Vec<(usize, String)>) -> Vec<Piece> {
    let mut reader = Reader::default();
    let mut rest = source;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('<') {
            let (tag, after) = after.split_once('>').unwrap_or((after, ""));
            if !reader.tag(tag) && unknown.len() < 8 {
                let before = source.get(..source.len() - rest.len()).unwrap_or_default();
                unknown.push((before.matches('\n').count(), format!("<{tag}>")));
            }
            rest = after;
        } else {
            let end = rest.find('<').unwrap_or(rest.len());
            let (text, after) = rest.split_at(end);
            reader.text(&unescaped(text));
            rest = after;
        }
    }
    reader.pieces
}

#[derive(Default)]
struct Reader {
    pieces: Vec<Piece>,
    open: Vec<Element>,
}

impl Reader {
    fn text(&mut self, text: &str) {
        let mut piece = Piece::default();
        for element in &self.open {
            match element {
                Element::Voice(name) => piece.voice = Some(name.clone()),
                Element::Lang(tag) => piece.lang = Some(tag.clone()).filter(|tag| !tag.is_empty()),
                Element::Bold => piece.marks.strong = true,
                Element::Italic => piece.marks.emphasis = true,
                Element::Ruby | Element::RubyText | Element::Plain(_) => {}
            }
        }
        // Characters that change the order of what follows do not reach a page; the
        // marks U+200E, U+200F and U+061C do no harm, and Arabic needs them.
        let text: String = text.chars().filter(|c| !is_harmful(*c)).collect();
        match self.pieces.last_mut() {
            Some(last)
                if last.voice == piece.voice
                    && last.marks == piece.marks
                    && last.lang == piece.lang =>
            {
                last.text.push_str(&text);
            }
            _ if text.is_empty() => {}
            _ => {
                piece.text = text;
                self.pieces.push(piece);
            }
        }
    }

    /// Whether the tag is one that browsers know.
    fn tag(&mut self, tag: &str) -> bool {
        if let Some(name) = tag.strip_prefix('/') {
            return self.close(name.trim());
        }
        if tag.starts_with(|first: char| first.is_ascii_digit()) {
            return super::parser::timestamp(tag.trim()).is_some();
        }
        let end = tag
            .find(|c: char| c == '.' || c.is_whitespace())
            .unwrap_or(tag.len());
        let (name, rest) = tag.split_at(end);
        let annotation = rest
            .split_once(char::is_whitespace)
            .map(|(_, annotation)| annotation)
            .unwrap_or_default();
        let annotation = || {
            let whole = unescaped(annotation);
            let words: Vec<&str> = whole.split_whitespace().collect();
            words
                .join(" ")
                .chars()
                .filter(|c| !is_harmful(*c))
                .take(LONGEST_NAME)
                .collect::<String>()
                .into()
        };
        let element = match name {
            "v" => Element::Voice(annotation()),
            "lang" => Element::Lang(annotation()),
            "b" => Element::Bold,
            "i" => Element::Italic,
            "c" | "u" => Element::Plain(if name == "c" { 'c' } else { 'u' }),
            "ruby" => Element::Ruby,
            // Known only inside ruby, as browsers have it.
            "rt" if self.open.last() == Some(&Element::Ruby) => Element::RubyText,
            _ => return false,
        };
        if element == Element::RubyText {
            self.text(if self.after_wide() { "（" } else { " (" });
        }
        if self.open.len() < DEEPEST {
            self.open.push(element);
        }
        true
    }

    /// Closes the innermost element, if it has this name; `</ruby>` closes `<rt>` too.
    fn close(&mut self, name: &str) -> bool {
        let last = self.open.last();
        let fits = match name {
            "v" => matches!(last, Some(Element::Voice(_))),
            "lang" => matches!(last, Some(Element::Lang(_))),
            "b" => matches!(last, Some(Element::Bold)),
            "i" => matches!(last, Some(Element::Italic)),
            "c" => matches!(last, Some(Element::Plain('c'))),
            "u" => matches!(last, Some(Element::Plain('u'))),
            "ruby" => matches!(last, Some(Element::Ruby | Element::RubyText)),
            "rt" => matches!(last, Some(Element::RubyText)),
            _ => return false,
        };
        if fits
            && let Some(closed) = self.open.pop()
            && closed == Element::RubyText
        {
            self.text(if self.after_wide() { "）" } else { ")" });
            if name == "ruby" {
                self.open.pop();
            }
        }
        true
    }

    fn after_wide(&self) -> bool {
        self.pieces
            .last()
            .and_then(|piece| piece.text.chars().next_back())
            .is_some_and(super::parser::is_wide)
    }
}

fn is_harmful(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || character.is_control() && !matches!(character, '\n' | '\t')
}

/// The character references that captions are written with. HTML has two thousand
/// more, which stay as they are written.
const NAMED: &[(&str, &str)] = &[
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", "\u{a0}"),
    ("lrm", "\u{200e}"),
    ("rlm", "\u{200f}"),
    ("zwj", "\u{200d}"),
    ("zwnj", "\u{200c}"),
    ("shy", "\u{ad}"),
    ("hellip", "…"),
    ("mdash", "—"),
    ("ndash", "–"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("copy", "©"),
    ("eacute", "é"),
    ("egrave", "è"),
    ("agrave", "à"),
    ("ccedil", "ç"),
];

/// Character references as the characters they stand for.
fn unescaped(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        clean.push_str(before);
        match reference(after) {
            Some((character, after)) => {
                clean.push_str(&character);
                rest = after;
            }
            None => {
                clean.push('&');
                rest = after;
            }
        }
    }
    clean.push_str(rest);
    clean
}

fn reference(text: &str) -> Option<(String, &str)> {
    // The longest name of them is much shorter.
    let end = text.bytes().take(12).position(|byte| byte == b';')?;
    let (name, rest) = text.split_at(end);
    let rest = rest.strip_prefix(';')?;
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        let character = char::from_u32(code)
            .filter(|c| *c != '\0')
            .unwrap_or('\u{fffd}');
        return Some((character.to_string(), rest));
    }
    NAMED
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, character)| ((*character).to_owned(), rest))
}
