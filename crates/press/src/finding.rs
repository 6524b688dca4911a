//! What a check finds: where, what is wrong, and how to mend it.

use std::sync::Arc;

use article::json::Span;

/// Whether a finding stops a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The site is not built before this is mended.
    Error,
    /// Worth a look; the site is built all the same.
    Warning,
}

/// One thing that is not as it should be.
#[derive(Clone, Debug)]
pub struct Finding {
    pub severity: Severity,
    /// The name of its kind, by which the report groups: `missing-media`.
    pub kind: String,
    /// Path from the root of the site, with forward slashes.
    pub file: Arc<str>,
    /// Where in the file; `None` when it is about the file as a whole.
    pub span: Option<Span>,
    /// Where in the data, such as `body[3].image.alt`; may be empty.
    pub field: String,
    pub message: String,
    pub hint: String,
}

impl Finding {
    pub fn error(kind: &str, file: &Arc<str>, span: Option<Span>) -> Self {
        Self {
            severity: Severity::Error,
            kind: kind.into(),
            file: Arc::clone(file),
            span,
            field: String::new(),
            message: String::new(),
            hint: String::new(),
        }
    }

    pub fn warning(kind: &str, file: &Arc<str>, span: Option<Span>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(kind, file, span)
        }
    }

    pub fn says(mut self, message: impl Into<String>) -> Self {
        self.message = message.into();
        self
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Why a command could not do its work at all: a folder that is not there, a
/// full disk. Unlike a [`Finding`] it is nothing an editor wrote.
#[derive(Debug)]
pub struct Failure(pub String);

impl Failure {
    pub fn io(doing: &str, path: &std::path::Path, error: &std::io::Error) -> Self {
        Self(format!("could not {doing} {}: {error}", path.display()))
    }
}
