//! What is wrong with a file, in an editor's words.

/// Something that is not as it should be in a picture, film, sound or text track.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The name of its kind, which does not change: `truncated-film`.
    pub kind: &'static str,
    /// What is wrong, as a clause without the file's name.
    pub message: String,
    /// How to mend it, as sentences.
    pub hint: String,
    /// The line of a text file, counted from 1.
    pub line: Option<usize>,
}

impl Problem {
    /// About a file as a whole.
    #[must_use]
    pub fn new(kind: &'static str, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            hint: hint.into(),
            line: None,
        }
    }

    /// The same, in a line of its file.
    #[must_use]
    pub fn at(self, line: usize) -> Self {
        Self {
            line: Some(line),
            ..self
        }
    }
}
