//! A story is not dated years ahead by mistake.
//!
//! It would not be wrong anywhere but in its date: it is read without an error, and
//! left out of the site until then without anybody missing it.

use article::json;

use super::Checked;
use crate::finding::Finding;

/// Two years, in seconds. An embargo longer than that is rare, a slip of a key is not.
const FAR: i64 = 731 * 24 * 60 * 60;

pub fn check(checked: &Checked) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (story, facts) in checked.known() {
        let Some(date) = facts.published else {
            continue;
        };
        let moment = date.timestamp();
        let is_meant = facts
            .embargoed_until
            .is_some_and(|until| until.timestamp() >= moment);
        if is_meant || moment.saturating_sub(checked.as_of.0) <= FAR {
            continue;
        }
        // Its place is not among the facts, because hardly any story needs it.
        let span = checked.tree.read(&story.file.path).ok().and_then(|source| {
            let parsed = json::parse(&source);
            Some(parsed.value?.get("datePublished")?.span)
        });
        findings.push(
            Finding::warning("far-future", &story.file.path, span)
                .says(format!(
                    "the story is dated {date}, more than two years after {}, and is left out until then",
                    checked.as_of.date()
                ))
                .hint(format!(
                    "If that is a slip, write the right year. If the story is to wait so long, say so: \"embargoedUntil\": \"{date}\"."
                )),
        );
    }
    findings
}
