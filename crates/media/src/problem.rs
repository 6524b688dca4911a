//! What is wrong with a file, in words for the person who put it there.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// One thing that is wrong with one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The name of its kind, which never changes: `picture-too-large`.
    pub kind: &'static str,
    /// The file, as it was asked for.
    pub path: PathBuf,
    /// A sentence without the file's name, without a full stop: lists of
    /// problems name the file once, above.
    pub message: String,
    /// What to do about it, in full sentences.
    pub hint: String,
}

impl Problem {
    pub(crate) fn new(kind: &'static str, path: &Path, message: impl Into<String>) -> Self {
        Self {
            kind,
            path: path.to_path_buf(),
            message: message.into(),
            hint: String::new(),
        }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// What the operating system said when a file was to be read.
    pub(crate) fn unreadable(path: &Path, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::new("picture-missing", path, "there is no such file")
                .hint("Put the file there, or mend its name in the story."),
            io::ErrorKind::PermissionDenied => Self::new(
                "picture-unreadable",
                path,
                "the file may not be read: its permissions forbid it",
            )
            .hint("Allow reading, for example with chmod a+r."),
            _ => Self::new(
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
        write!(out, "{}: {}", self.path.display(), self.message)?;
        if !self.hint.is_empty() {
            write!(out, ". {}", self.hint)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problem {}
