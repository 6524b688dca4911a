//! JSON (RFC 8259) as a tree that remembers where every value stood.
//!
//! Two needs no ready-made reader met at once: `press` must point at the line
//! and column of any value, however deep, and the browser must show the first
//! half of a story whose second half was lost on the way. So a syntax error here
//! does not throw away what was read before it, and every value carries its span.
//! The whole reader is about 2 KB brotli in wasm; `docs/dependencies.md` has the
//! figures it was chosen by.
//!
//! Differences from RFC 8259: nesting deeper than [`MAX_DEPTH`] is an error;
//! unpaired surrogate escapes become U+FFFD; a byte-order mark is skipped.

use std::borrow::Cow;

/// Deeper nesting than this is refused: it is never a story, and it would
/// exhaust the stack (the deepest honest story is about 14 levels).
pub const MAX_DEPTH: usize = 64;

/// Byte offsets into the source, end exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

/// A value and where it stood.
#[derive(Clone, Debug, PartialEq)]
pub struct Value<'a> {
    pub kind: Kind<'a>,
    pub span: Span,
}

/// The seven shapes of JSON.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind<'a> {
    Null,
    Bool(bool),
    /// The digits as written: who reads them decides how exact to be.
    Number(&'a str),
    String(Cow<'a, str>),
    Array(Vec<Value<'a>>),
    /// Members in the order written; names may repeat (the last one counts).
    Object(Vec<Member<'a>>),
}

/// One `"name": value` of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Member<'a> {
    pub name: Cow<'a, str>,
    pub name_span: Span,
    pub value: Value<'a>,
}

/// Why the text is not JSON, and the byte where that became certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    pub at: usize,
    pub expected: &'static str,
}

/// What could be read, and the error that ended the reading, if any.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed<'a> {
    /// `None` when not even the beginning of a value was there.
    pub value: Option<Value<'a>>,
    pub error: Option<SyntaxError>,
}

impl<'a> Value<'a> {
    /// The last member of that name, if this is an object that has it.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value<'a>> {
        match &self.kind {
            Kind::Object(members) => members
                .iter()
                .rev()
                .find(|member| member.name == name)
                .map(|member| &member.value),
            _ => None,
        }
    }

    /// The items of the list of that name; none if there is no such list.
    #[must_use]
    pub fn list(&self, name: &str) -> &[Value<'a>] {
        match self.get(name).map(|value| &value.kind) {
            Some(Kind::Array(items)) => items,
            _ => &[],
        }
    }

    /// The text, if this is a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            Kind::String(text) => Some(text),
            _ => None,
        }
    }

    /// What this is, in the words an editor would use.
    #[must_use]
    pub fn name_of_kind(&self) -> &'static str {
        match self.kind {
            Kind::Null => "null",
            Kind::Bool(_) => "true or false",
            Kind::Number(_) => "a number",
            Kind::String(_) => "a text",
            Kind::Array(_) => "a list",
            Kind::Object(_) => "an object",
        }
    }
}

/// Reads JSON, keeping what stood before the first error.
#[must_use]
pub fn parse(source: &str) -> Parsed<'_> {
    let mut parser = Parser {
        source,
        at: if source.starts_with('\u{feff}') { 3 } else { 0 },
        error: None,
    };
    parser.skip_space();
    let value = parser.value(0);
    if parser.error.is_none() {
        parser.skip_space();
        if parser.at < source.len() {
            parser.fail("nothing more after the closing bracket");
        }
    }
    Parsed {
        value,
        error: parser.error,
    }
}

struct Parser<'a> {
    source: &'a str,
    at: usize,
    error: Option<SyntaxError>,
}

impl<'a> Parser<'a> {
    /// Notes the first error; later ones are its consequences.
    fn fail(&mut self, expected: &'static str) {
        if self.error.is_none() {
            self.error = Some(SyntaxError {
                at: self.at,
                expected,
            });
        }
    }

    fn peek(&self) -> Option<u8> {
        self.source.as_bytes().get(self.at).copied()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let here = self.peek() == Some(byte);
        if here {
            self.at += 1;
        }
        here
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn slice(&self, start: usize, end: usize) -> &'a str {
        self.source.get(start..end).unwrap_or_default()
    }

    /// A value, or `None` if none begins here. After an error deeper down, what
    /// was read of the value is still returned.
    fn value(&mut self, depth: usize) -> Option<Value<'a>> {
        let start = self.at;
        let kind = match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => Some(Kind::String(self.string())),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Kind::Bool(true)),
            Some(b'f') => self.word("false", Kind::Bool(false)),
            Some(b'n') => self.word("null", Kind::Null),
            _ => {
                self.fail("a value: a text in quotes, a number, a list or an object");
                None
            }
        }?;
        Some(Value {
            kind,
            span: Span {
                start,
                end: self.at,
            },
        })
    }

    fn word(&mut self, word: &'static str, kind: Kind<'a>) -> Option<Kind<'a>> {
        if self
            .source
            .get(self.at..)
            .is_some_and(|rest| rest.starts_with(word))
        {
            self.at += word.len();
            Some(kind)
        } else {
            self.fail("true, false or null, in small letters");
            None
        }
    }

    fn digits(&mut self) -> bool {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        self.at > start
    }

    fn number(&mut self) -> Option<Kind<'a>> {
        let start = self.at;
        self.eat(b'-');
        let leading_zero = self.eat(b'0');
        let mut sound = leading_zero || self.digits();
        if leading_zero && matches!(self.peek(), Some(b'0'..=b'9')) {
            sound = false;
        }
        if sound && self.eat(b'.') {
            sound = self.digits();
        }
        if sound && matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if !self.eat(b'-') {
                self.eat(b'+');
            }
            sound = self.digits();
        }
        if !sound {
            self.fail("a number such as 12, -3 or 0.5");
            return None;
        }
        Some(Kind::Number(self.slice(start, self.at)))
    }

    fn array(&mut self, depth: usize) -> Option<Kind<'a>> {
        let mut items = Vec::new();
        if depth >= MAX_DEPTH {
            self.fail("less nesting");
            return None;
        }
        self.at += 1;
        self.skip_space();
        if self.eat(b']') {
            return Some(Kind::Array(items));
        }
        loop {
            self.skip_space();
            items.extend(self.value(depth + 1));
            if self.error.is_some() {
                break;
            }
            self.skip_space();
            if self.eat(b']') {
                break;
            }
            if !self.eat(b',') {
                self.fail("a comma or ] after this item of a list");
                break;
            }
        }
        Some(Kind::Array(items))
    }

    fn object(&mut self, depth: usize) -> Option<Kind<'a>> {
        let mut members = Vec::new();
        if depth >= MAX_DEPTH {
            self.fail("less nesting");
            return None;
        }
        self.at += 1;
        self.skip_space();
        if self.eat(b'}') {
            return Some(Kind::Object(members));
        }
        loop {
            self.skip_space();
            let name_start = self.at;
            if self.peek() != Some(b'"') {
                self.fail("the name of a field, in double quotes");
                break;
            }
            let name = self.string();
            let name_span = Span {
                start: name_start,
                end: self.at,
            };
            if self.error.is_some() {
                break;
            }
            self.skip_space();
            if !self.eat(b':') {
                self.fail("a colon after the name of a field");
                break;
            }
            self.skip_space();
            if let Some(value) = self.value(depth + 1) {
                members.push(Member {
                    name,
                    name_span,
                    value,
                });
            }
            if self.error.is_some() {
                break;
            }
            self.skip_space();
            if self.eat(b'}') {
                break;
            }
            if !self.eat(b',') {
                self.fail("a comma or } after this field");
                break;
            }
        }
        Some(Kind::Object(members))
    }

    /// A string; borrowed from the source unless it has escapes. A string that
    /// never ends yields what there was of it.
    fn string(&mut self) -> Cow<'a, str> {
        self.at += 1;
        let mut chunk = self.at;
        let mut built: Option<String> = None;
        loop {
            match self.peek() {
                Some(b'"') => {
                    let rest = self.slice(chunk, self.at);
                    self.at += 1;
                    return match built {
                        Some(mut text) => {
                            text.push_str(rest);
                            Cow::Owned(text)
                        }
                        None => Cow::Borrowed(rest),
                    };
                }
                Some(b'\\') => {
                    let text = built.get_or_insert_default();
                    text.push_str(self.source.get(chunk..self.at).unwrap_or_default());
                    self.at += 1;
                    match self.escape() {
                        Some(character) => text.push(character),
                        None => self.fail("an escape such as \\n, \\\" or \\u00e9"),
                    }
                    chunk = self.at;
                }
                Some(0..=0x1f) => self.fail(
                    "a closing quotation mark before the end of the line (write a line break as \\n)",
                ),
                Some(_) => self.skip_text(),
                None => self.fail("a closing quotation mark"),
            }
            if self.error.is_some() {
                let rest = self.slice(chunk, self.at);
                return match built {
                    Some(mut text) => {
                        text.push_str(rest);
                        Cow::Owned(text)
                    }
                    None => Cow::Borrowed(rest),
                };
            }
        }
    }

    /// To the next character that means something inside a text.
    fn skip_text(&mut self) {
        let rest = self.source.as_bytes().get(self.at..).unwrap_or_default();
        let is_plain = |byte: &u8| !matches!(byte, b'"' | b'\\' | 0..=0x1f);
        self.at += rest.iter().take_while(|byte| is_plain(byte)).count();
    }

    /// What stands after a backslash.
    fn escape(&mut self) -> Option<char> {
        let byte = self.peek()?;
        self.at += 1;
        Some(match byte {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.hex4()?;
                if !(0xd800..0xdc00).contains(&first) {
                    return Some(char::from_u32(first).unwrap_or('\u{fffd}'));
                }
                let resume = self.at;
                if self.eat(b'\\') && self.eat(b'u') {
                    let second = self.hex4()?;
                    if (0xdc00..0xe000).contains(&second) {
                        let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                        return char::from_u32(code);
                    }
                }
                self.at = resume;
                '\u{fffd}'
            }
            _ => {
                self.at -= 1;
                return None;
            }
        })
    }

    fn hex4(&mut self) -> Option<u32> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = char::from(self.peek()?).to_digit(16)?;
            self.at += 1;
            code = code * 16 + digit;
        }
        Some(code)
    }
}

/// Line and column of a byte offset, both counted from 1; the column counts
/// characters, as editors do.
#[must_use]
pub fn line_and_column(source: &str, at: usize) -> (usize, usize) {
    let before = source.get(..at.min(source.len())).unwrap_or(source);
    // No editor shows a byte-order mark as a column.
    let before = before.strip_prefix('\u{feff}').unwrap_or(before);
    let line = before.matches('\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .map_or(1, |tail| tail.chars().count() + 1);
    (line, column)
}
