//! What is wrong with a file, in words for the person who put it there.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// One thing that is wrong with one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The name of its kind, which never changes: `picture-too-large`.
    pub kind: &'static str,
    /// The file, as it was asked for; empty where whoever asked knows it best.
    pub path: PathBuf,
    /// A sentence without the file's name, without a full stop: lists of
    /// problems name the file once, above.
    pub message: String,
    /// What to do about it, in full sentences.
    pub hint: String,
    /// The line of a text file, counted from 1.
    pub line: Option<usize>,
}

impl Problem {
    /// About a file that was opened by its path.
    pub(crate) fn of(kind: &'static str, path: &Path, message: impl Into<String>) -> Self {
        Self {
            path: path.to_path_buf(),
            ..Self::new(kind, message, "")
        }
    }

    /// About a file as a whole.
    #[must_use]
    pub fn new(kind: &'static str, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            kind,
            path: PathBuf::new(),
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

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// What the operating system said when a file was to be read.
    pub(crate) fn unreadable(path: &Path, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::of("picture-missing", path, "there is no such file")
                .hint("Put the file there, or mend its name in the story."),
            io::ErrorKind::PermissionDenied => Self::of(
                "picture-unreadable",
                path,
                "the file may not be read: its permissions forbid it",
            )
            .hint("Allow reading, for example with chmod a+r."),
            _ => Self::of(
                "picture-unreadable",
                path,
                format!("the file could not be read: {error}"),
            )
            .hint("See whether the disk is well, and copy the file anew."),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.as_os_str().is_empty() {
            write!(out, "{}: ", self.path.display())?;
        }
        out.write_str(&self.message)?;
        if !self.hint.is_empty() {
            write!(out, ". {}", self.hint)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problem {}
