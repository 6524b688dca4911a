//! Azure Static Web Apps: `staticwebapp.config.json` at the root of what is deployed.
//!
//! Of `routes` the first that fits counts, so the narrower come first. Syntax and limits:
//! <https://learn.microsoft.com/en-us/azure/static-web-apps/configuration> and
//! <https://learn.microsoft.com/en-us/azure/static-web-apps/quotas>.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::headers::{MEDIA_TYPES, Place};

use super::limits::{Counted, Limit, Measure};
use super::made::{File, Made, Sorted, length, sorted};
use super::redirect::Redirect;
use super::rules::{Header, Rules};

pub const WHY: &str = "its rules see no query, take no “*”, and its file is at most 20 KB long";

/// Of the whole file.
const BYTES: usize = 20 * 1000;

pub const LIMITS: &[Limit] = &[
    Limit {
        measure: Measure::Size,
        most: 250 * 1024 * 1024,
        advice: "That is the free plan; the Standard plan takes 500 MB. Put films elsewhere.",
    },
    Limit {
        measure: Measure::Settings,
        most: 20 * 1000,
        advice: "Redirects beyond it get pages that lead on, where it can.",
    },
];

pub fn make(rules: &Rules) -> Made {
    let room = BYTES.saturating_sub(text_of(rules, &[]).len());
    let Sorted {
        rules: redirects,
        rest,
    } = sorted(
        rules.redirects.clone(),
        usize::MAX,
        room,
        |redirect| of(rules, redirect),
        |rule: &Value| rule.to_string().len() + 1,
    );
    let text = text_of(rules, &redirects);
    Made {
        counted: Counted {
            redirects: u64::try_from(redirects.len()).unwrap_or(u64::MAX),
            settings: length(&text),
            ..Counted::default()
        },
        inside: vec![File::new("staticwebapp.config.json", text)],
        rest,
        ..Made::default()
    }
}

/// Without white space: every byte of it counts.
fn text_of(rules: &Rules, redirects: &[Value]) -> String {
    let base = &rules.base;
    let mut routes = redirects.to_vec();
    for section in rules.sections.iter().rev() {
        let route = match section.place {
            Place::Everywhere => format!("{base}*"),
            Place::Below(folder) => format!("{base}{folder}/*"),
            Place::File(file) => format!("{base}{file}"),
        };
        routes.push(json!({ "route": route, "headers": object(&section.headers) }));
    }
    let types: BTreeMap<String, &str> = MEDIA_TYPES
        .iter()
        .map(|(ending, kind)| (format!(".{ending}"), kind.name))
        .collect();
    json!({
        "trailingSlash": "always",
        "globalHeaders": object(&rules.everywhere),
        "routes": routes,
        "responseOverrides": { "404": { "rewrite": format!("{base}404.html") } },
        "mimeTypes": types,
    })
    .to_string()
}

fn object(headers: &[Header]) -> BTreeMap<&str, &str> {
    headers
        .iter()
        .map(|header| (header.name, header.value.as_str()))
        .collect()
}

fn of(rules: &Rules, redirect: &Redirect) -> Vec<Value> {
    if redirect.query.is_some() || redirect.path.contains('*') {
        return Vec::new();
    }
    let base = &rules.base;
    redirect
        .encoded_paths()
        .iter()
        .map(|from| {
            json!({
                "route": format!("{base}{from}"),
                "redirect": format!("{base}{}", redirect.to),
                "statusCode": 301,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{BYTES, make};
    use crate::hosts::redirect::Redirect;
    use crate::hosts::rules::samples;
    use serde_json::Value;

    #[test]
    fn the_narrower_route_comes_first_and_missing_pages_stay_missing() {
        let made = make(&samples::rules("/"));
        let json: Value = serde_json::from_str(&made.inside[0].text).unwrap();
        let routes: Vec<&str> = json["routes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|route| route["route"].as_str().unwrap())
            .collect();
        let place = |route: &str| routes.iter().position(|one| *one == route).unwrap();
        assert!(place("/assets/assets.json") < place("/assets/*"));
        assert!(place("/science/kites.html") < place("/assets/assets.json"));
        assert_eq!(json["responseOverrides"]["404"]["rewrite"], "/404.html");
        assert!(json.get("navigationFallback").is_none());
        assert_eq!(json["mimeTypes"][".wasm"], "application/wasm");
    }

    #[test]
    fn the_file_never_grows_beyond_what_is_read() {
        let mut rules = samples::rules("/");
        rules.redirects = (0..900)
            .map(|n| Redirect::new(&format!("/{n}.html"), "en/stories/x/".into(), 0))
            .collect();
        let made = make(&rules);
        assert!(made.inside[0].text.len() <= BYTES);
        assert!(!made.rest.is_empty() && made.rest.len() < 900);
    }
}
