//! Vercel: `vercel.json` at the root of what is deployed.
//!
//! Where two entries of `headers` fit an address, the later one counts. Syntax and limits:
//! <https://vercel.com/docs/project-configuration/vercel-json>,
//! <https://vercel.com/docs/routing/redirects/configuration-redirects#limits>.

use serde_json::{Value, json};

use crate::headers::Place;

use super::limits::{Counted, Limit, Measure};
use super::made::{File, Made, Sorted, sorted};
use super::redirect::Redirect;
use super::rules::{Header, Rules};

pub const WHY: &str =
    "its rules see only queries of the form name=value, and it takes at most 2,048 of them";

const REDIRECTS: usize = 2_048;
/// Characters of a source or a destination.
const LONGEST: usize = 4_096;

pub const LIMITS: &[Limit] = &[Limit {
    measure: Measure::Redirects,
    most: 2_048,
    advice: "What is beyond gets pages that lead on, where it can; Bulk Redirects of the account take more.",
}];

pub fn make(rules: &Rules) -> Made {
    let Sorted {
        rules: redirects,
        rest,
    } = sorted(
        rules.redirects.clone(),
        REDIRECTS,
        usize::MAX,
        |redirect| of(rules, redirect),
        |_| 0,
    );
    let base = escaped(&rules.base);
    let mut headers = vec![entry(format!("{base}(.*)"), &rules.everywhere)];
    for section in &rules.sections {
        let source = match section.place {
            Place::Everywhere => format!("{base}(.*)"),
            Place::Below(folder) => format!("{base}{}/(.*)", escaped(folder)),
            Place::File(file) => format!("{base}{}", escaped(file)),
        };
        headers.push(entry(source, &section.headers));
    }
    let counted = Counted {
        redirects: u64::try_from(redirects.len()).unwrap_or(u64::MAX),
        ..Counted::default()
    };
    let text = json!({
        "$schema": "https://openapi.vercel.sh/vercel.json",
        "trailingSlash": true,
        "headers": headers,
        "redirects": redirects,
    });
    Made {
        inside: vec![File::new("vercel.json", format!("{text:#}\n"))],
        rest,
        counted,
        ..Made::default()
    }
}

fn entry(source: String, headers: &[Header]) -> Value {
    let headers: Vec<Value> = headers
        .iter()
        .map(|header| json!({ "key": header.name, "value": header.value }))
        .collect();
    json!({ "source": source, "headers": headers })
}

fn of(rules: &Rules, redirect: &Redirect) -> Vec<Value> {
    let has: Option<Vec<Value>> = match (&redirect.query, redirect.parameters()) {
        (None, _) => None,
        (Some(_), None) => return Vec::new(),
        (Some(_), Some(parameters)) => Some(
            parameters
                .iter()
                // The value is a regular expression of the whole.
                .map(|(key, value)| {
                    json!({ "type": "query", "key": key, "value": value.replace('.', "\\.") })
                })
                .collect(),
        ),
    };
    let to = format!("{}{}", rules.base, redirect.to);
    let mut made = Vec::new();
    for from in redirect.encoded_paths() {
        let source = format!("{}{}", escaped(&rules.base), escaped(&from));
        if source.len() > LONGEST || to.len() > LONGEST {
            return Vec::new();
        }
        let mut rule = json!({ "source": source, "destination": to, "statusCode": 301 });
        if let (Some(has), Some(rule)) = (&has, rule.as_object_mut()) {
            rule.insert("has".into(), json!(has));
        }
        made.push(rule);
    }
    made
}

/// A path in which nothing stands for anything else (path-to-regexp).
fn escaped(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for character in path.chars() {
        if r"\:()*?+{}[].".contains(character) {
            text.push('\\');
        }
        text.push(character);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::make;
    use crate::hosts::rules::samples;
    use serde_json::Value;

    fn written() -> Value {
        serde_json::from_str(&make(&samples::rules("/repo/")).inside[0].text).unwrap()
    }

    #[test]
    fn later_entries_are_the_narrower_ones() {
        let json = written();
        let sources: Vec<&str> = json["headers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| entry["source"].as_str().unwrap())
            .collect();
        assert_eq!(
            sources[..3],
            [
                "/repo/(.*)",
                "/repo/assets/(.*)",
                r"/repo/assets/assets\.json"
            ]
        );
    }

    #[test]
    fn a_query_is_a_condition_and_signs_mean_themselves() {
        let json = written();
        let redirects = json["redirects"].as_array().unwrap();
        let ferry = redirects
            .iter()
            .find(|one| one["source"] == r"/repo/news/ferry\.asp")
            .unwrap();
        assert_eq!(ferry["has"][0]["key"], "id");
        assert_eq!(ferry["statusCode"], 301);
        assert_eq!(ferry["destination"], "/repo/en/stories/ferry/");
        assert!(
            redirects
                .iter()
                .any(|one| one["source"] == "/repo/every/%2A/thing%3Anow")
        );
    }
}
