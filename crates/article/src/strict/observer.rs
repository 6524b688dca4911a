//! The ear of the strict reading: it writes everything down.

use std::collections::HashSet;

use super::Severity;
use crate::json::{Kind, Member, Span, Value};
use crate::read::{
    Code, Description, Observer, is_bidi_control, is_control, is_invisible, nearest,
};

/// A problem that has no path yet.
pub(super) struct Found {
    pub severity: Severity,
    pub code: Code,
    pub span: Span,
    pub message: String,
    pub hint: String,
}

/// A text can hold millions of mistakes; more than these are not even written down.
const ENOUGH: usize = 20_000;

/// Messages of more bytes are cut: they quote the text, which may be of any length.
const LONGEST: usize = 400;

#[derive(Default)]
pub(super) struct Ear {
    found: Vec<Found>,
    /// The next object is a block: its `type` has been read already.
    block: bool,
}

impl Ear {
    pub(super) fn tell(
        &mut self,
        severity: Severity,
        code: Code,
        span: Span,
        message: impl AsRef<str>,
        hint: impl AsRef<str>,
    ) {
        if self.found.len() < ENOUGH {
            self.found.push(Found {
                severity,
                code,
                span,
                message: printable(message.as_ref()),
                hint: printable(hint.as_ref()),
            });
        }
    }

    pub(super) fn error(
        &mut self,
        code: Code,
        span: Span,
        message: impl AsRef<str>,
        hint: impl AsRef<str>,
    ) {
        self.tell(Severity::Error, code, span, message, hint);
    }

    pub(super) fn warning(
        &mut self,
        code: Code,
        span: Span,
        message: impl AsRef<str>,
        hint: impl AsRef<str>,
    ) {
        self.tell(Severity::Warning, code, span, message, hint);
    }

    pub(super) fn keep_only(&mut self, code: Code) {
        self.found.retain(|found| found.code == code);
    }

    pub(super) fn forget(&mut self, which: impl Fn(&Found) -> bool) {
        self.found.retain(|found| !which(found));
    }

    pub(super) fn into_found(self) -> Vec<Found> {
        self.found
    }
}

impl Observer for Ear {
    fn problem(&mut self, span: Span, describe: impl FnOnce() -> Description) {
        if self.found.len() < ENOUGH {
            let Description {
                code,
                message,
                hint,
            } = describe();
            self.error(code, span, message, hint);
        }
    }

    fn fields(&mut self, members: &[Member<'_>], known: &'static [&'static str]) {
        let block = std::mem::take(&mut self.block);
        let mut seen = HashSet::new();
        for member in members {
            let name = member.name.as_ref();
            if !seen.insert(name) {
                self.error(
                    Code::RepeatedField,
                    member.name_span,
                    format!("the field “{name}” is there more than once"),
                    "Only the last one counts: remove the others.",
                );
            }
            let is_known = known.contains(&name) || (block && name == "type");
            if !is_known {
                self.error(
                    Code::UnknownField,
                    member.name_span,
                    format!("there is no field “{name}” here"),
                    if known.is_empty() {
                        "Remove it.".into()
                    } else {
                        nearest(name, known)
                    },
                );
            }
        }
    }

    fn block(&mut self) {
        self.block = true;
    }
}

/// Control, bidi and invisible characters as escapes, and not too long: a message is
/// printed in terminals, which obey some of them.
fn printable(text: &str) -> String {
    let mut clean = String::with_capacity(text.len().min(LONGEST));
    for character in text.chars() {
        if clean.len() >= LONGEST {
            clean.push('…');
            break;
        }
        if is_control(character)
            || is_bidi_control(character)
            || is_invisible(character)
            || matches!(character, '\t' | '\n')
        {
            clean.extend(character.escape_unicode());
        } else {
            clean.push(character);
        }
    }
    clean
}

/// Texts that have lost or gained characters on their way here. `extensions` are
/// somebody else's.
pub(super) fn check_texts(value: &Value<'_>, ear: &mut Ear) {
    match &value.kind {
        Kind::String(text) => check_text(text, value.span, ear),
        Kind::Array(items) => {
            for item in items {
                check_texts(item, ear);
            }
        }
        Kind::Object(members) => {
            for member in members {
                if member.name != "extensions" {
                    check_texts(&member.value, ear);
                }
            }
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) => {}
    }
}

fn check_text(text: &str, span: Span, ear: &mut Ear) {
    if let Some(control) = text.chars().find(|c| is_control(*c) && *c != '\r') {
        ear.error(
            Code::BrokenText,
            span,
            format!("the text holds the control character U+{:04X}", u32::from(control)),
            if control >= '\u{80}' {
                "The text was probably in Windows-1252 and read as Latin-1 on its way here: convert it again."
            } else {
                "Remove it; readers would not see it."
            },
        );
    }
    if text.contains('\u{feff}') {
        ear.warning(
            Code::BrokenText,
            span,
            "the text holds U+FEFF, the mark that some programs put before a file",
            "Remove it; nobody sees it, and searches stumble over it.",
        );
    }
    if text.contains('\u{fffd}') {
        ear.warning(
            Code::BrokenText,
            span,
            "a character of the text was lost and U+FFFD (�) stands in its place",
            "Look it up in the original, and convert the text again.",
        );
    }
}
