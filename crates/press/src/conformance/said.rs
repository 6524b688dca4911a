//! What every answer must say: the security headers, and how long it may be kept.

use super::caching;
use super::client::{Client, Reply};
use super::finding::{Findings, Rule};
use super::policy;
use crate::finding::Severity;
use crate::headers::{self, Answer, OF_FRAMES};

const MISSING: Rule = Rule {
    kind: "header-missing",
    hint: "Send it with every answer, errors too; press build --host writes the files that set up a host.",
};
const DIFFERENT: Rule = Rule {
    kind: "header-different",
    hint: "Send the value that press build --host writes; look for another program that sets it too.",
};
const POLICY: Rule = Rule {
    kind: "policy",
    hint: "Send the policy that press build --host writes, and only that one.",
};
const DISCLOSED: Rule = Rule {
    kind: "shared-with-all",
    hint: "Remove Access-Control-Allow-Origin, unless other sites are meant to read the pages.",
};

/// Holds the headers of an answer for a path (of the site, no leading slash) against
/// those of [`headers`].
pub fn check(client: &Client, path: &str, reply: &Reply, findings: &mut Findings) {
    let answer = match reply.status {
        200 | 206 | 304 => Answer::File,
        _ => Answer::Other,
    };
    // Some hosts can set none on a redirect, and a redirect shows nothing.
    let severity = if reply.is_redirect() {
        Severity::Warning
    } else {
        Severity::Error
    };
    for (name, expected) in headers::of(path, answer, client.transport()) {
        let seen = reply.header(name);
        let mut tell = |rule, seen: String, expected: String| {
            findings.add(severity, rule, &reply.address, seen, expected);
        };
        if name == "cache-control" {
            caching::check(reply, expected, findings);
        } else if !reply.has(name) {
            tell(MISSING, format!("no {name}"), format!("{name}: {expected}"));
        } else if name == "content-security-policy" {
            for (seen, expected) in policy::differences(&seen, expected) {
                tell(POLICY, seen, expected);
            }
        } else if answer == Answer::Other && name == "cross-origin-resource-policy" {
            // Nobody shows an error: that of its folder is as good as that of its page.
        } else if !is_as_good(name, &seen, expected) {
            tell(
                DIFFERENT,
                format!("{name}: {seen}"),
                format!("{name}: {expected}"),
            );
        }
    }
    let shared = reply.header("access-control-allow-origin");
    if shared == "*" && path.ends_with(".html") {
        findings.warning(
            DISCLOSED,
            &reply.address,
            "access-control-allow-origin: *",
            "none",
        );
    }
}

/// Whether a feature is given to a frame that stories may have.
fn is_of_frame(feature: &str, given: &str) -> bool {
    OF_FRAMES.contains(&feature)
        && article::embed::origins().any(|origin| given.trim_matches('"') == origin)
}

/// Whether a value means the same as ours, or more of the same.
fn is_as_good(name: &str, seen: &str, expected: &str) -> bool {
    match name {
        "permissions-policy" => {
            let seen = policy::permissions(seen);
            policy::permissions(expected)
                .iter()
                .all(|(feature, allowed)| {
                    seen.get(feature).is_some_and(|seen| {
                        seen.iter()
                            .all(|one| allowed.contains(one) || is_of_frame(feature, one))
                    })
                })
        }
        "strict-transport-security" => {
            let age = |text: &str| caching::directives(text).get("max-age").cloned();
            let seconds = |text| age(text).and_then(|age| age.parse::<u64>().ok());
            // A year is what browsers' lists ask for.
            seconds(seen).is_some_and(|seen| seen >= 31_536_000)
        }
        "referrer-policy" => {
            let last = seen.rsplit(',').next().unwrap_or_default().trim();
            last.eq_ignore_ascii_case(expected)
        }
        _ => policy::is_one(seen, expected),
    }
}
