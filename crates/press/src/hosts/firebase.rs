//! Firebase Hosting: `firebase.json` at the root of the site, from where `firebase deploy`
//! is run; it is never uploaded itself.
//!
//! Where two entries of `headers` fit an address, the later one counts. Syntax:
//! <https://firebase.google.com/docs/hosting/full-config>; plans:
//! <https://firebase.google.com/docs/hosting/usage-quotas-pricing>.

use serde_json::{Value, json};

use crate::headers::Place;

use super::limits::{Counted, Limit, Measure};
use super::made::{File, Made, Sorted, sorted};
use super::redirect::Redirect;
use super::rules::{Header, Rules};

pub const WHY: &str = "its rules see no query, and some signs in an address stand for others there";

pub const LIMITS: &[Limit] = &[Limit {
    measure: Measure::Largest,
    most: 2_000_000_000,
    advice: "Encode the film smaller, or put it elsewhere.",
}];

pub fn make(rules: &Rules) -> Made {
    let Sorted {
        rules: redirects,
        rest,
    } = sorted(
        rules.redirects.clone(),
        usize::MAX,
        usize::MAX,
        |redirect| of(rules, redirect),
        |_| 0,
    );
    let base = &rules.base;
    let mut headers = vec![entry(format!("{base}**"), &rules.everywhere)];
    for section in &rules.sections {
        let source = match section.place {
            Place::Everywhere => format!("{base}**"),
            Place::Below(folder) => format!("{base}{folder}/**"),
            Place::File(file) => format!("{base}{file}"),
        };
        headers.push(entry(source, &section.headers));
    }
    let counted = Counted {
        redirects: u64::try_from(redirects.len()).unwrap_or(u64::MAX),
        ..Counted::default()
    };
    let text = json!({
        "hosting": {
            "public": ".",
            // Not Firebase's usual `**/.*`, which would leave out `.well-known`.
            "ignore": ["firebase.json", ".firebaserc", ".firebase/**", "firebase-debug.log"],
            "trailingSlash": true,
            "headers": headers,
            "redirects": redirects,
        }
    });
    Made {
        inside: vec![File::new("firebase.json", format!("{text:#}\n"))],
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

/// An address with other letters stands there as it is sent and as it is read: which of
/// them is compared is written nowhere.
fn of(rules: &Rules, redirect: &Redirect) -> Vec<Value> {
    let is_plain = !redirect
        .path
        .contains(|sign| r"*?[]{}()!+@:\|".contains(sign));
    if redirect.query.is_some() || !is_plain {
        return Vec::new();
    }
    let mut from = redirect.encoded_paths();
    for path in redirect.paths() {
        if !from.contains(&path) {
            from.push(path);
        }
    }
    from.iter()
        .map(|from| {
            json!({
                "source": format!("{}{from}", rules.base),
                "destination": format!("{}{}", rules.base, redirect.to),
                "type": 301,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::make;
    use crate::hosts::rules::samples;
    use serde_json::Value;

    #[test]
    fn what_is_uploaded_is_the_site_with_its_well_known_files() {
        let made = make(&samples::rules("/"));
        let json: Value = serde_json::from_str(&made.inside[0].text).unwrap();
        let hosting = &json["hosting"];
        assert_eq!(hosting["public"], ".");
        assert!(!made.inside[0].text.contains("**/.*"));
        assert_eq!(hosting["headers"][0]["source"], "/**");
        let redirect = &hosting["redirects"][0];
        assert_eq!(redirect["source"], "/science/kites.html");
        assert_eq!(redirect["type"], 301);
    }
}
