//! A bucket of S3 behind CloudFront: a function that finds the files and knows the old
//! addresses, what every answer says, and what each object is uploaded with.
//!
//! All of it lies beside the site. Nothing here is for the website endpoint of a bucket,
//! which has neither HTTPS nor headers. Sources:
//! <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/writing-function-code.html>,
//! <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/kvs-with-functions-create-s3-kvp.html>,
//! <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html>,
//! <https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ResponseHeadersPolicyConfig.html>.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::headers::{MEDIA_TYPES, NAMED, Place};

use super::limits::{Counted, Limit, Measure};
use super::made::{File, Made, Sorted, length, sorted};
use super::redirect::Redirect;
use super::rules::{CACHE, Header, Rules};

pub const WHY: &str =
    "a key-value store of CloudFront takes addresses of at most 512 bytes, and 5 MB of them";

/// Of the file of a key-value store.
const BYTES: usize = 5_000_000;
const LONGEST_KEY: usize = 512;
const LONGEST_VALUE: usize = 1024;

pub const LIMITS: &[Limit] = &[Limit {
    measure: Measure::Settings,
    most: 5_000_000,
    advice: "What is beyond gets pages that lead on, where it can.",
}];

pub fn make(rules: &Rules) -> Made {
    let Sorted {
        rules: entries,
        rest,
    } = sorted(
        rules.redirects.clone(),
        usize::MAX,
        BYTES - 100,
        |redirect| of(rules, redirect),
        |entry: &Value| entry.to_string().len() + 1,
    );
    // Without white space: every byte of it counts.
    let redirects = format!("{}\n", json!({ "data": entries }));
    let pretty = |value: Value| format!("{value:#}\n");
    Made {
        counted: Counted {
            redirects: u64::try_from(entries.len()).unwrap_or(u64::MAX),
            settings: length(&redirects),
            ..Counted::default()
        },
        beside: vec![
            File::new("s3/function.js", function(rules)),
            File::new("s3/redirects.json", redirects),
            File::new("s3/metadata.json", pretty(metadata(rules))),
            File::new("s3/headers.json", pretty(policy(rules, None))),
            File::new(
                "s3/headers-media.json",
                pretty(policy(rules, Some("media"))),
            ),
            File::new("s3/errors.json", pretty(errors(rules))),
        ],
        rest,
        ..Made::default()
    }
}

/// Entries of the key-value store: an old address as it is read, and where it leads.
fn of(rules: &Rules, redirect: &Redirect) -> Vec<Value> {
    let to = format!("{}{}", rules.base, redirect.to);
    let query = redirect
        .query
        .as_ref()
        .map_or_else(String::new, |query| format!("?{query}"));
    let keys: Vec<String> = redirect
        .paths()
        .iter()
        .map(|path| format!("{}{path}{query}", rules.base))
        .collect();
    let fits = to.len() <= LONGEST_VALUE && keys.iter().all(|key| key.len() <= LONGEST_KEY);
    if !fits {
        return Vec::new();
    }
    keys.iter()
        .map(|key| json!({ "key": key, "value": to }))
        .collect()
}

/// The function of the event "viewer request" (runtime cloudfront-js-2.0).
fn function(rules: &Rules) -> String {
    let mut headers: BTreeMap<&str, Value> = rules
        .everywhere
        .iter()
        .map(|header| (header.name, json!({ "value": header.value })))
        .collect();
    headers.insert(CACHE, json!({ "value": rules.unkept }));
    format!(
        "// Written by press: changes are lost at the next build.
import cf from 'cloudfront';

const moved = cf.kvs();
const always = {};

function redirect(address) {{
    const headers = Object.assign({{}}, always, {{ location: {{ value: address }} }});
    return {{ statusCode: 301, statusDescription: 'Moved Permanently', headers: headers }};
}}

async function target(address) {{
    try {{
        return await moved.get(address);
    }} catch (missing) {{
        return null;
    }}
}}

function written(parameters) {{
    const pairs = [];
    for (const name in parameters) {{
        const one = parameters[name];
        (one.multiValue || [one]).forEach(function (each) {{
            pairs.push(each.value === '' ? name : name + '=' + each.value);
        }});
    }}
    return pairs.join('&');
}}

async function handler(event) {{
    const request = event.request;
    // '//host' and '/\\\\host' would lead to another site.
    const path = request.uri.replace(/[\\/\\\\]+/g, '/');
    const query = written(request.querystring);
    let read = path;
    try {{
        read = decodeURIComponent(path);
    }} catch (broken) {{
        // It is no address of ours; the bucket says so.
    }}
    const to = (query && (await target(read + '?' + query))) || (await target(read));
    if (to) {{
        return redirect(to);
    }}
    request.uri = path;
    const last = path.slice(path.lastIndexOf('/') + 1);
    if (last === '') {{
        request.uri = path + 'index.html';
    }} else if (last.indexOf('.') < 0 && path.indexOf('/.well-known/') < 0) {{
        return redirect(path + '/' + (query ? '?' + query : ''));
    }}
    return request;
}}
",
        json!(headers)
    )
}

/// What each object is uploaded with.
fn metadata(rules: &Rules) -> Value {
    let cache = |headers: &[Header]| {
        headers
            .iter()
            .find(|header| header.name == CACHE)
            .map(|header| header.value.clone())
    };
    let (mut folders, mut files) = (BTreeMap::new(), BTreeMap::new());
    for section in &rules.sections {
        let Some(value) = cache(&section.headers) else {
            continue;
        };
        match section.place {
            Place::Everywhere => {}
            Place::Below(folder) => {
                folders.insert(format!("{folder}/"), value);
            }
            Place::File(file) => {
                files.insert(file.to_owned(), value);
            }
        }
    }
    files.insert("404.html".into(), rules.unkept.clone());
    let types: BTreeMap<&str, &str> = MEDIA_TYPES
        .iter()
        .map(|(ending, kind)| (*ending, kind.name))
        .collect();
    let named: BTreeMap<&str, &str> = NAMED
        .iter()
        .map(|(name, kind)| (*name, kind.name))
        .collect();
    json!({
        "prefix": rules.base.trim_start_matches('/'),
        "cacheControl": {
            "otherwise": cache(&rules.everywhere),
            "folders": folders,
            "files": files,
        },
        "contentType": {
            "otherwise": "application/octet-stream",
            "endings": types,
            "names": named,
        },
    })
}

/// A response headers policy, for everything or for a folder.
fn policy(rules: &Rules, folder: Option<&str>) -> Value {
    let headers = match folder {
        None => rules.everywhere.clone(),
        Some(folder) => rules.of(&format!("{folder}/x")),
    };
    let mut security = serde_json::Map::new();
    let mut others = Vec::new();
    for Header { name, value } in headers {
        match name {
            CACHE => {}
            "content-security-policy" => {
                security.insert(
                    "ContentSecurityPolicy".into(),
                    json!({ "Override": true, "ContentSecurityPolicy": value }),
                );
            }
            "strict-transport-security" => {
                let says = |word: &str| value.to_ascii_lowercase().contains(word);
                let age: u64 = value
                    .split(';')
                    .find_map(|part| part.trim().strip_prefix("max-age=")?.parse().ok())
                    .unwrap_or(0);
                security.insert(
                    "StrictTransportSecurity".into(),
                    json!({
                        "Override": true,
                        "AccessControlMaxAgeSec": age,
                        "IncludeSubdomains": says("includesubdomains"),
                        "Preload": says("preload"),
                    }),
                );
            }
            "x-content-type-options" => {
                security.insert("ContentTypeOptions".into(), json!({ "Override": true }));
            }
            "x-frame-options" => {
                security.insert(
                    "FrameOptions".into(),
                    json!({ "Override": true, "FrameOption": value }),
                );
            }
            "referrer-policy" => {
                security.insert(
                    "ReferrerPolicy".into(),
                    json!({ "Override": true, "ReferrerPolicy": value }),
                );
            }
            _ => others.push(json!({ "Header": name, "Value": value, "Override": true })),
        }
    }
    let part = folder.map_or_else(String::new, |folder| format!("-{folder}"));
    json!({
        "Name": format!("{}{part}", rules.name.replace('_', "-")),
        "SecurityHeadersConfig": security,
        "CustomHeadersConfig": { "Quantity": others.len(), "Items": others },
    })
}

/// `CustomErrorResponses` of the distribution: a bucket that nobody may list says 403 of
/// what is not there.
fn errors(rules: &Rules) -> Value {
    let items: Vec<Value> = [403, 404]
        .iter()
        .map(|code| {
            json!({
                "ErrorCode": code,
                "ResponsePagePath": format!("{}404.html", rules.base),
                "ResponseCode": "404",
                "ErrorCachingMinTTL": 10,
            })
        })
        .collect();
    json!({ "Quantity": items.len(), "Items": items })
}

#[cfg(test)]
mod tests {
    use super::make;
    use crate::hosts::rules::samples;
    use serde_json::Value;

    fn written(name: &str) -> String {
        let made = make(&samples::rules("/repo/"));
        let file = made.beside.into_iter().find(|file| file.path == name);
        file.unwrap().text
    }

    fn json(name: &str) -> Value {
        serde_json::from_str(&written(name)).unwrap()
    }

    #[test]
    fn the_function_is_small_enough_and_the_store_knows_every_old_address() {
        assert!(written("s3/function.js").len() < 10_000);
        let store = json("s3/redirects.json");
        let entries = store["data"].as_array().unwrap();
        let has = |key: &str| entries.iter().any(|entry| entry["key"] == key);
        assert!(has("/repo/?p=412") && has("/repo/old/قارب/") && has("/repo/science/kites.html"));
    }

    #[test]
    fn a_policy_has_at_most_ten_headers_of_its_own_and_media_may_be_shown_elsewhere() {
        let [site, media] = ["s3/headers.json", "s3/headers-media.json"].map(json);
        let own = site["CustomHeadersConfig"]["Items"].as_array().unwrap();
        assert!(own.len() <= 10);
        assert!(!site.to_string().contains("cache-control"));
        assert!(!site.to_string().contains("cross-origin\"}"));
        assert!(media.to_string().contains("\"cross-origin\""));
        assert_eq!(
            site["SecurityHeadersConfig"]["StrictTransportSecurity"]["AccessControlMaxAgeSec"],
            63_072_000
        );
    }

    #[test]
    fn objects_are_kept_as_long_as_their_names_allow() {
        let cache = json("s3/metadata.json")["cacheControl"].clone();
        assert_eq!(cache["otherwise"], "no-cache");
        assert_eq!(
            cache["folders"]["assets/"],
            "public, max-age=31536000, immutable"
        );
        assert_eq!(cache["files"]["assets/assets.json"], "no-cache");
        assert_eq!(cache["files"]["version.json"], "no-store");
    }
}
