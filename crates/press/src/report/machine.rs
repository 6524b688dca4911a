//! A check as JSON, for editors and build servers. Its shape is a promise:
//! docs/press.md describes it, and [`JSON_VERSION`] changes when it must break.

use serde_json::{Value, json};

use super::excerpt::Excerpt;
use super::field_of;
use crate::check::Checked;
use crate::finding::{Finding, Severity};

/// The version of every JSON object that press prints.
pub const JSON_VERSION: u32 = 1;

/// What a command found. `build` adds what it wrote.
pub fn json(command: &str, checked: &Checked, has_errors: bool) -> Value {
    let mut excerpt: Option<Excerpt> = None;
    let findings: Vec<Value> = checked
        .findings
        .iter()
        .map(|finding| {
            // Findings come file by file, so each file is read once.
            if finding.span.is_some() && excerpt.as_ref().is_none_or(|e| e.name != finding.file) {
                excerpt = Excerpt::of(&checked.tree.root, &finding.file);
            }
            let source = excerpt.as_ref().filter(|e| e.name == finding.file);
            one(finding, source)
        })
        .collect();
    let errors = checked.findings.iter().filter(|f| f.is_error()).count();
    json!({
        "version": JSON_VERSION,
        "command": command,
        "exitCode": i32::from(has_errors),
        "findings": findings,
        "counts": {
            "stories": checked.stories.len(),
            "errors": errors,
            "warnings": checked.findings.len() - errors,
        },
        "written": [],
        "removed": [],
    })
}

fn one(finding: &Finding, source: Option<&Excerpt>) -> Value {
    let place = source.and_then(|source| Some(source.place(finding.span?.start)));
    let field = source.map_or_else(|| finding.field.clone(), |source| field_of(finding, source));
    json!({
        "severity": match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        "kind": finding.kind,
        "file": finding.file.as_ref(),
        "line": place.map(|(line, _)| line),
        "column": place.map(|(_, column)| column),
        "field": (!field.is_empty()).then_some(field),
        "message": finding.message,
        "hint": (!finding.hint.is_empty()).then_some(&finding.hint),
    })
}
