//! Syntax errors, in words for people who never heard of RFC 8259.

use super::observer::Ear;
use crate::json::{MAX_DEPTH, Span, SyntaxError};
use crate::read::Code;

pub(super) fn tell(source: &str, error: SyntaxError, ear: &mut Ear) {
    let rest = source.get(error.at..).unwrap_or_default();
    let next = rest.chars().next();
    let span = Span {
        start: error.at,
        end: error.at + next.map_or(0, char::len_utf8),
    };
    let before = source.get(..error.at).unwrap_or_default();
    if before
        .trim_matches(['\u{feff}', ' ', '\t', '\r', '\n'])
        .is_empty()
        && next.is_none()
    {
        ear.error(
            Code::Syntax,
            span,
            "the file is empty",
            "Write an article into it, or remove it.",
        );
        return;
    }
    if error.expected == "less nesting" {
        ear.error(
            Code::Nesting,
            span,
            format!("lists and objects stand more than {MAX_DEPTH} deep in each other"),
            "No story needs that: take the inner ones apart.",
        );
        return;
    }
    let message = match next {
        Some(next) => format!("expected {}, found “{next}”", error.expected),
        None => format!("the file ends too early: expected {}", error.expected),
    };
    ear.error(Code::Syntax, span, message, hint(before, rest));
}

fn hint(before: &str, rest: &str) -> &'static str {
    let last = before.trim_end().chars().next_back();
    match rest.chars().next() {
        None => {
            "The end of the file is missing: fetch the file again, or close what is still open."
        }
        Some('<') if last.is_none() => {
            "This is HTML, perhaps a page that says the file was not found: put the article's JSON here."
        }
        Some('}' | ']') if last == Some(',') => "Remove the comma before it.",
        Some('\'') => "JSON has only double quotes: \" … \".",
        Some('“' | '”' | '„' | '‘' | '’' | '«' | '»') => {
            "These are typographic quotation marks; JSON has only straight ones: \" … \"."
        }
        Some('/' | '#') => "JSON has no comments: remove it.",
        Some('\n' | '\r') => "Write \\n for a line break inside a text.",
        Some('"') if matches!(last, Some('"' | '}' | ']' | '0'..='9')) => {
            "A comma is missing before it, or a quotation mark inside the text lacks its backslash: \\\"."
        }
        Some('N' | 'I' | 'u')
            if ["NaN", "Infinity", "undefined"]
                .iter()
                .any(|w| rest.starts_with(w)) =>
        {
            "JSON has no such value: leave the field out."
        }
        Some('T' | 'F') => "Write true and false in small letters.",
        Some(c) if c.is_alphabetic() || c == '_' => {
            "Put it into double quotes, or look for a quotation mark inside a text that lacks its backslash: \\\"."
        }
        Some(_) => {
            "Open the file in an editor that knows JSON; the mistake is here or just before."
        }
    }
}
