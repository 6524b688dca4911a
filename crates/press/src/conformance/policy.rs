//! Policies, directive by directive.

use std::collections::{BTreeMap, BTreeSet};

type Sources = BTreeSet<String>;

/// A content security policy (CSP 3 §2.2.1): the first of two equal directives counts.
fn parsed(policy: &str) -> BTreeMap<String, Sources> {
    let mut directives = BTreeMap::new();
    for directive in policy.split(';') {
        let mut words = directive.split_ascii_whitespace();
        let Some(name) = words.next() else { continue };
        // 'none' says that there is no source.
        let sources = words
            .filter(|word| !word.eq_ignore_ascii_case("'none'"))
            .map(|word| {
                if word.starts_with("'sha") {
                    word.to_owned()
                } else {
                    word.to_ascii_lowercase()
                }
            })
            .collect();
        directives
            .entry(name.to_ascii_lowercase())
            .or_insert(sources);
    }
    directives
}

/// Directives that take nothing from the page and give nothing away.
const HARMLESS: [&str; 7] = [
    "block-all-mixed-content",
    "child-src",
    "object-src",
    "report-to",
    "report-uri",
    "script-src-attr",
    "upgrade-insecure-requests",
];

/// What a policy says otherwise than ours: what was seen, what was expected.
pub fn differences(seen: &str, expected: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut policies = seen.split(',').filter(|policy| !policy.trim().is_empty());
    let seen = parsed(policies.next().unwrap_or_default());
    if policies.next().is_some() {
        found.push((
            "several policies, of which browsers obey all".to_owned(),
            "one policy".to_owned(),
        ));
    }
    let expected = parsed(expected);
    for (name, sources) in &expected {
        let Some(said) = seen.get(name) else {
            found.push((format!("no {name}"), shown(name, sources)));
            continue;
        };
        let in_common = |all: &Sources| {
            all.iter()
                .filter(|source| !is_of_a_site(name, source))
                .cloned()
                .collect::<Sources>()
        };
        if in_common(said) != in_common(sources) {
            found.push((shown(name, said), shown(name, sources)));
        }
    }
    for (name, sources) in &seen {
        if !expected.contains_key(name) && !HARMLESS.contains(&name.as_str()) {
            found.push((shown(name, sources), format!("no {name}")));
        }
    }
    found
}

/// Whether a source depends on what a site holds: hashes name the styles of a built app,
/// and frames and streams are allowed where stories have them.
fn is_of_a_site(name: &str, source: &str) -> bool {
    match name {
        "style-src" => source.starts_with("'sha"),
        "media-src" => source == "blob:",
        "frame-src" => article::embed::origins().any(|origin| origin == source),
        _ => false,
    }
}

fn shown(name: &str, sources: &Sources) -> String {
    let valueless = ["upgrade-insecure-requests", "block-all-mixed-content"];
    let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
    if !sources.is_empty() {
        format!("{name} {}", sources.join(" "))
    } else if valueless.contains(&name) {
        name.to_owned()
    } else {
        format!("{name} 'none'")
    }
}

/// A permissions policy (a dictionary of RFC 9651): who may use a feature.
pub fn permissions(policy: &str) -> BTreeMap<String, Sources> {
    policy
        .split(',')
        .filter_map(|part| part.trim().split_once('='))
        .map(|(feature, allowed)| {
            let allowed = allowed.trim().trim_matches(['(', ')']);
            let allowed = allowed.split_ascii_whitespace().map(str::to_owned);
            (feature.trim().to_ascii_lowercase(), allowed.collect())
        })
        .collect()
}

/// Whether a header says one thing and that one; twice the same is the same.
pub fn is_one(seen: &str, expected: &str) -> bool {
    seen.split(',')
        .all(|value| value.trim().eq_ignore_ascii_case(expected))
}

#[cfg(test)]
mod tests {
    use super::{differences, is_one, permissions};

    const OURS: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; frame-src 'none'";

    #[test]
    fn another_order_another_case_and_hashes_of_styles_are_the_same_policy() {
        for policy in [
            OURS,
            "FRAME-SRC 'None' ;style-src 'self' 'sha256-Abc='; script-src 'wasm-unsafe-eval' 'self';default-src",
            &format!("{OURS}; upgrade-insecure-requests; report-to x"),
        ] {
            assert!(differences(policy, OURS).is_empty(), "{policy}");
            assert!(
                differences(
                    OURS,
                    &OURS.replace("style-src 'self'", "style-src 'self' 'sha256-X'")
                )
                .is_empty()
            );
        }
    }

    #[test]
    fn what_is_looser_stricter_or_missing_is_told() {
        for (policy, told) in [
            (
                OURS.replace("'wasm-unsafe-eval'", "'unsafe-eval'"),
                "script-src",
            ),
            (
                OURS.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'"),
                "style-src",
            ),
            (OURS.replace(" 'wasm-unsafe-eval'", ""), "script-src"),
            (OURS.replace("; frame-src 'none'", ""), "no frame-src"),
            (format!("{OURS}; sandbox"), "sandbox"),
            (format!("{OURS}, {OURS}"), "several"),
        ] {
            let found = differences(&policy, OURS);
            assert_eq!(found.len(), 1, "{policy}: {found:?}");
            assert!(found[0].0.contains(told), "{found:?}");
        }
    }

    #[test]
    fn a_permission_is_read_with_those_who_have_it() {
        let policy = permissions("camera=(), autoplay=(self \"https://x.example\"), usb=*");
        assert!(policy["camera"].is_empty());
        assert_eq!(policy["autoplay"].len(), 2);
        assert!(policy["usb"].contains("*"));
    }

    #[test]
    fn a_value_said_twice_is_one_and_two_values_are_none() {
        assert!(is_one("nosniff, NoSniff", "nosniff"));
        assert!(!is_one("DENY, SAMEORIGIN", "DENY"));
        assert!(!is_one("", "DENY"));
    }
}
