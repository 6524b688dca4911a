//! The lines of a file that a finding is about.
//!
//! miette's own reader of sources counts columns in bytes and prints whole lines;
//! editors count characters, and an exported archive has stories of 100 KB on one
//! line. It would also send control characters of a broken file to the terminal.

use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use article::json::Span;
use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use crate::files::MAX_STORY_BYTES;

/// Bytes shown on either side of a label on a long line.
const AROUND: usize = 72;

/// A file's text, byte for byte as long as the file, but safe to print.
#[derive(Debug)]
pub struct Excerpt {
    pub name: Arc<str>,
    pub text: String,
    /// Where each line begins.
    lines: Vec<usize>,
}

/// Control characters, and those that reorder or hide the text around them.
pub fn is_hidden(character: char) -> bool {
    (character.is_control() && !matches!(character, '\n' | '\t'))
        || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

impl Excerpt {
    pub fn of(root: &Path, name: &Arc<str>) -> Option<Self> {
        let mut bytes = Vec::new();
        std::fs::File::open(root.join(name.as_ref()))
            .ok()?
            .take(MAX_STORY_BYTES)
            .read_to_end(&mut bytes)
            .ok()?;
        Some(Self::from_bytes(Arc::clone(name), &bytes))
    }

    fn from_bytes(name: Arc<str>, bytes: &[u8]) -> Self {
        let mut text = String::with_capacity(bytes.len());
        for chunk in bytes.utf8_chunks() {
            for character in chunk.valid().chars() {
                match character {
                    // Line ends of Windows count as one space at the end of the line.
                    '\r' => text.push(' '),
                    c if !is_hidden(c) => text.push(c),
                    // A stand-in of the same length keeps every place where it was.
                    c => text.push_str(match c.len_utf8() {
                        1 => "?",
                        2 => "·",
                        _ => "\u{fffd}",
                    }),
                }
            }
            text.extend(std::iter::repeat_n('?', chunk.invalid().len()));
        }
        let lines = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        Self { name, text, lines }
    }

    /// What to underline: of a value that runs over several lines, only the first,
    /// and of a whole story on one line, only its beginning.
    pub fn label(&self, span: Span) -> Span {
        let start = self.boundary(span.start);
        let end = self.boundary(span.end.max(start));
        let shown = self.text.get(start..end).unwrap_or_default();
        let first_line = shown.split('\n').next().unwrap_or_default().trim_end();
        Span {
            start,
            end: self
                .boundary(start + first_line.len().min(2 * AROUND))
                .max(start + usize::from(!shown.is_empty())),
        }
    }

    /// The line and column of a byte, both from 1, in characters, as editors count.
    pub fn place(&self, at: usize) -> (usize, usize) {
        let at = self.boundary(at);
        let line = self.line_of(at);
        let before = self.text.get(self.start_of(line)..at).unwrap_or_default();
        (line + 1, before.chars().count() + 1)
    }

    /// The character boundary at or before a byte.
    fn boundary(&self, at: usize) -> usize {
        self.text.floor_char_boundary(at.min(self.text.len()))
    }

    /// The number of a byte's line, from 0.
    fn line_of(&self, at: usize) -> usize {
        self.lines
            .partition_point(|start| *start <= at)
            .saturating_sub(1)
    }

    fn start_of(&self, line: usize) -> usize {
        self.lines.get(line).copied().unwrap_or(self.text.len())
    }

    /// The end of a line, without its line feed.
    fn end_of(&self, line: usize) -> usize {
        match self.lines.get(line + 1) {
            Some(next) => next - 1,
            None => self.text.len(),
        }
    }
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let start = self.boundary(span.offset());
        let end = self.boundary(start + span.len());
        let line = self.line_of(start);
        let long = |line: usize| self.end_of(line) - self.start_of(line) > 3 * AROUND;

        // Without context, miette asks where the span begins.
        let (mut first, mut from) = (line, start);
        if lines_before > 0 {
            from = self.start_of(line);
            if long(line) {
                from = from.max(self.boundary(start.saturating_sub(AROUND)));
            } else {
                while first > 0 && line - first < lines_before && !long(first - 1) {
                    first -= 1;
                }
                from = from.min(self.start_of(first));
            }
        }
        let last_line = self.line_of(end);
        let mut to = self.end_of(last_line);
        if long(last_line) {
            to = to.min(self.boundary(end + AROUND));
        } else {
            let mut last = last_line;
            while last - last_line < lines_after && last + 1 < self.lines.len() && !long(last + 1) {
                last += 1;
            }
            to = self.end_of(last);
        }
        let to = to.max(end);
        let data = self.text.get(from..to).unwrap_or_default();
        let column = self
            .text
            .get(self.start_of(first)..from)
            .map_or(0, |before| before.chars().count());
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.to_string(),
            data.as_bytes(),
            (from, to - from).into(),
            first,
            column,
            self.line_of(to) - first + 1,
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::Excerpt;
    use article::json::Span;
    use miette::SourceCode as _;

    fn excerpt(bytes: &[u8]) -> Excerpt {
        Excerpt::from_bytes("x.json".into(), bytes)
    }

    #[test]
    fn a_column_counts_characters() {
        let excerpt = excerpt("{\n  \"قارب\": 1\n}".as_bytes());
        let at = excerpt.text.find('1').unwrap();
        let contents = excerpt.read_span(&(at, 1).into(), 0, 0).unwrap();
        assert_eq!((contents.line(), contents.column()), (1, 10));
    }

    #[test]
    fn of_a_line_of_a_megabyte_only_the_surroundings_are_shown() {
        let source = "x".repeat(1_000_000);
        let excerpt = excerpt(source.as_bytes());
        let contents = excerpt.read_span(&(500_000, 3).into(), 1, 1).unwrap();
        assert_eq!(contents.data().len(), 3 + 2 * super::AROUND);
    }

    #[test]
    fn control_characters_are_replaced_without_moving_anything() {
        let bytes = b"a\x1b[31m\xff\xe2\x80\xaeb";
        let excerpt = excerpt(bytes);
        assert_eq!(excerpt.text, "a?[31m?\u{fffd}b");
        assert_eq!(excerpt.text.len(), bytes.len());
    }

    #[test]
    fn a_value_of_many_lines_is_underlined_on_its_first() {
        let excerpt = excerpt(b"{\r\n\"a\": [\r\n1]}");
        let span = Span { start: 8, end: 14 };
        let label = excerpt.label(span);
        assert_eq!((label.start, label.end), (8, 9));
    }
}
