//! How long an answer may be kept, by meaning.

use std::collections::BTreeMap;

use super::client::Reply;
use super::finding::{Findings, Rule};

const TOO_LONG: Rule = Rule {
    kind: "kept-too-long",
    hint: "Only files below assets/ and media/ that are there may be kept for long: the rest changes under the same name.",
};
const TOO_SHORT: Rule = Rule {
    kind: "kept-too-short",
    hint: "The name of such a file changes with its content: let browsers keep it, or every page loads it anew.",
};
const UNSAID: Rule = Rule {
    kind: "keeping-unsaid",
    hint: "Without Cache-Control browsers and caches in between guess how long a file may be kept.",
};

/// Seconds for which something that changes may be kept before readers notice.
const A_WHILE: u64 = 600;
/// From here on, a second visit loads nothing twice.
const LONG: u64 = 30 * 24 * 3600;

/// The directives of `cache-control` and of headers written like it, in lower case.
pub fn directives(text: &str) -> BTreeMap<String, String> {
    text.split([',', ';'])
        .map(|directive| directive.split_once('=').unwrap_or((directive, "")))
        .map(|(name, value)| {
            (
                name.trim().to_ascii_lowercase(),
                value.trim().trim_matches('"').to_owned(),
            )
        })
        .collect()
}

/// Seconds a browser keeps the answer without asking; `None` if it has to guess.
fn kept(said: &BTreeMap<String, String>) -> Option<u64> {
    if said.contains_key("no-store") || said.contains_key("no-cache") {
        return Some(0);
    }
    said.get("max-age").and_then(|age| age.parse().ok())
}

/// Seconds a cache in between keeps it.
fn kept_between(said: &BTreeMap<String, String>) -> Option<u64> {
    if said.contains_key("private") {
        return Some(0);
    }
    let shared = said.get("s-maxage").and_then(|age| age.parse().ok());
    shared.or_else(|| kept(said))
}

pub fn check(reply: &Reply, expected: &str, findings: &mut Findings) {
    let said = reply.header("cache-control");
    let directives_said = directives(&said);
    let seen = if said.is_empty() {
        format!("status {}, no cache-control", reply.status)
    } else {
        format!("status {}, cache-control: {said}", reply.status)
    };
    let should = format!("cache-control: {expected}");
    let wanted = directives(expected);
    let is_for_ever = wanted.contains_key("immutable");
    let keeps = kept(&directives_said);
    let address = &reply.address;
    if is_for_ever {
        if keeps.is_none_or(|seconds| seconds < LONG) {
            findings.warning(TOO_SHORT, address, seen, should);
        }
        return;
    }
    let most = if wanted.contains_key("no-store") && reply.status == 200 {
        0
    } else {
        A_WHILE
    };
    let longest = keeps.max(kept_between(&directives_said));
    if directives_said.contains_key("immutable") || longest.is_some_and(|seconds| seconds > most) {
        findings.error(TOO_LONG, address, seen, should);
    } else if keeps.is_none() && matches!(reply.status, 200 | 301 | 308) {
        findings.warning(UNSAID, address, seen, should);
    }
}

#[cfg(test)]
mod tests {
    use super::{directives, kept, kept_between};

    #[test]
    fn how_long_is_read_from_whatever_says_it() {
        for (text, browser, between) in [
            ("no-cache", Some(0), Some(0)),
            (
                "public, max-age=31536000, immutable",
                Some(31_536_000),
                Some(31_536_000),
            ),
            ("No-Store, max-age=60", Some(0), Some(0)),
            ("max-age=0, s-maxage=86400", Some(0), Some(86_400)),
            ("private, max-age=5", Some(5), Some(0)),
            ("public", None, None),
            ("", None, None),
        ] {
            let said = directives(text);
            assert_eq!(
                (kept(&said), kept_between(&said)),
                (browser, between),
                "{text}"
            );
        }
    }
}
