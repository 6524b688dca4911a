//! What is told of an answer.

use serde::Serialize;

use super::client::Reply;
use crate::finding::Severity;

/// One thing a host gets wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    #[serde(serialize_with = "named")]
    pub severity: Severity,
    /// The name of the rule, which does not change.
    pub kind: &'static str,
    /// Where it was seen.
    pub addresses: Vec<String>,
    pub seen: String,
    pub expected: String,
    pub hint: &'static str,
}

fn named<S: serde::Serializer>(severity: &Severity, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(severity_name(*severity))
}

pub fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// Everything found so far. The same fault at several addresses is told once.
#[derive(Debug, Default)]
pub struct Findings(Vec<Finding>);

/// A rule, and how to mend what breaks it.
#[derive(Clone, Copy)]
pub struct Rule {
    pub kind: &'static str,
    pub hint: &'static str,
}

impl Findings {
    pub fn error(
        &mut self,
        rule: Rule,
        address: &str,
        seen: impl Into<String>,
        expected: impl Into<String>,
    ) {
        self.add(Severity::Error, rule, address, seen.into(), expected.into());
    }

    pub fn warning(
        &mut self,
        rule: Rule,
        address: &str,
        seen: impl Into<String>,
        expected: impl Into<String>,
    ) {
        self.add(
            Severity::Warning,
            rule,
            address,
            seen.into(),
            expected.into(),
        );
    }

    pub fn add(
        &mut self,
        severity: Severity,
        rule: Rule,
        address: &str,
        seen: String,
        expected: String,
    ) {
        let known = self.0.iter_mut().find(|known| {
            known.severity == severity
                && known.kind == rule.kind
                && known.seen == seen
                && known.expected == expected
        });
        match known {
            Some(known) if known.addresses.iter().any(|known| known == address) => {}
            Some(known) => known.addresses.push(address.to_owned()),
            None => self.0.push(Finding {
                severity,
                kind: rule.kind,
                addresses: vec![address.to_owned()],
                seen,
                expected,
                hint: rule.hint,
            }),
        }
    }

    /// An answer, or a finding that there is none.
    pub fn answer(&mut self, address: &str, reply: Result<Reply, String>) -> Option<Reply> {
        const RULE: Rule = Rule {
            kind: "no-answer",
            hint: "Look at the host's log of errors; --timeout waits longer.",
        };
        reply
            .map_err(|why| self.error(RULE, address, why, "an answer"))
            .ok()
    }

    /// Errors first; within them, as they were found.
    pub fn in_order(mut self) -> Vec<Finding> {
        self.0.sort_by_key(|finding| finding.severity);
        self.0
    }
}
