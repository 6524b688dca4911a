//! How findings are shown: each with its place, then all of them counted.

mod excerpt;
mod field;
mod machine;

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::path::Path;

use miette::{
    Diagnostic, LabeledSpan, MietteHandler, MietteHandlerOpts, ReportHandler, SourceCode,
};

use crate::check::Checked;
use crate::finding::{Finding, Severity};
use excerpt::Excerpt;

pub use machine::{JSON_VERSION, json};

/// How a report looks.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    pub colored: bool,
    /// On a terminal. Piped output is searched and stored: there a sentence stays
    /// on one line.
    pub wrapped: bool,
}

/// How many warnings of a kind are shown, if not all are asked for: an import of ten
/// thousand stories may have as many to tell of. Of errors, each has to be mended.
const WARNINGS: usize = 3;

/// What there is to say about a check, for a person at a terminal: every error, and the
/// first warnings of each kind or all of them.
pub fn of(checked: &Checked, look: Look, all_warnings: bool) -> String {
    let mut text = String::new();
    let handler = MietteHandlerOpts::new()
        .context_lines(1)
        .break_words(false)
        .wrap_lines(look.wrapped)
        .color(look.colored)
        .build();
    let mut excerpt: Option<Excerpt> = None;
    let mut warnings: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &checked.findings {
        if !finding.is_error() {
            let seen = warnings.entry(&finding.kind).or_default();
            *seen += 1;
            if *seen > WARNINGS && !all_warnings {
                continue;
            }
        }
        // Findings come file by file, so each file is read once.
        if finding.span.is_some() && excerpt.as_ref().is_none_or(|e| e.name != finding.file) {
            excerpt = Excerpt::of(&checked.tree.root, &finding.file);
        }
        let source = excerpt
            .as_ref()
            .filter(|excerpt| finding.span.is_some() && excerpt.name == finding.file);
        let shown = Shown {
            handler: &handler,
            finding: &Placed {
                finding,
                source,
                message: message(finding, source.is_some()),
                help: visible(&finding.hint),
            },
        };
        let _ = writeln!(text, "{shown:?}");
    }
    text.push_str(&by_kind(&checked.findings));
    text.push_str(&totals(checked));
    let left = warnings.values().map(|seen| seen.saturating_sub(WARNINGS));
    let left: usize = left.sum();
    if left > 0 && !all_warnings {
        let _ = writeln!(
            text,
            "{} more of the kinds above; --all-warnings shows them",
            counted(left, "warning")
        );
    }
    text
}

fn message(finding: &Finding, has_place: bool) -> String {
    let message = visible(&finding.message);
    if has_place {
        message
    } else {
        format!("{}: {message}", visible(&finding.file))
    }
}

/// What was written in a file must not steer the terminal it is shown on, nor
/// reorder the line it stands in.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if excerpt::is_hidden(character) {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// `3 errors  missing-media  public/…, public/…, public/… and 4 more`
fn by_kind(findings: &[Finding]) -> String {
    const NAMED: usize = 3;
    let mut kinds: BTreeMap<(Severity, &str), (usize, Vec<&str>)> = BTreeMap::new();
    for finding in findings {
        let (count, files) = kinds
            .entry((finding.severity, finding.kind.as_str()))
            .or_default();
        *count += 1;
        if files.last() != Some(&finding.file.as_ref()) {
            files.push(&finding.file);
        }
    }
    let mut lines = String::new();
    for ((severity, kind), (count, files)) in kinds {
        let what = match severity {
            Severity::Error => counted(count, "error"),
            Severity::Warning => counted(count, "warning"),
        };
        let named: Vec<String> = files.iter().take(NAMED).map(|file| visible(file)).collect();
        let more = match files.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let _ = writeln!(lines, "{what:>12}  {kind}: {}{more}", named.join(", "));
    }
    if !lines.is_empty() {
        lines.push('\n');
    }
    lines
}

fn totals(checked: &Checked) -> String {
    let errors = checked.findings.iter().filter(|f| f.is_error()).count();
    let warnings = checked.findings.len() - errors;
    let stories = checked.stories.len();
    let stories = if stories == 1 {
        "1 story".to_owned()
    } else {
        format!("{stories} stories")
    };
    format!(
        "{stories} checked, {}, {}\n",
        counted(errors, "error"),
        counted(warnings, "warning")
    )
}

pub fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// What `press` has to say for itself when it cannot go on.
pub fn failure(message: &str) -> String {
    format!("press: {}", visible(message))
}

/// A file as messages name it.
pub fn path(path: &Path) -> String {
    visible(&path.display().to_string())
}

/// Where in the data a finding is; empty if that is unknown.
fn field_of(finding: &Finding, source: &Excerpt) -> String {
    match (finding.field.as_str(), finding.span) {
        // The rules across files keep places, not ways: they would need much memory.
        ("", Some(span)) => field::at(&source.text, span),
        (field, _) => field.to_owned(),
    }
}

/// A finding with its excerpt, as miette wants it.
#[derive(Debug)]
struct Placed<'a> {
    finding: &'a Finding,
    source: Option<&'a Excerpt>,
    message: String,
    help: String,
}

impl fmt::Display for Placed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Placed<'_> {}

impl Diagnostic for Placed<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.finding.kind))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.finding.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        (!self.help.is_empty()).then(|| Box::new(&self.help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.map(|source| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let span = self.source?.label(self.finding.span?);
        let field = field_of(self.finding, self.source?);
        let field = (!field.is_empty()).then(|| visible(&field));
        let label = LabeledSpan::new(field, span.start, span.end - span.start);
        Some(Box::new(std::iter::once(label)))
    }
}

/// miette prints through `Debug`, so that `Result` in `main` can show it.
struct Shown<'a> {
    handler: &'a MietteHandler,
    finding: &'a Placed<'a>,
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.handler.debug(self.finding, f)
    }
}
