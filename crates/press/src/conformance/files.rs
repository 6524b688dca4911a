//! Files that are there: their status, type and headers.

use super::client::{Client, Reply};
use super::finding::{Findings, Rule};
use super::said;
use super::survey::Survey;
use crate::headers;

const NOT_THERE: Rule = Rule {
    kind: "not-there",
    hint: "Upload the whole built site: press deploy does, in a safe order.",
};
const TYPE: Rule = Rule {
    kind: "type",
    hint: "Tell the host the type of this ending; press build --host writes the files that do.",
};
const CHARSET: Rule = Rule {
    kind: "charset",
    hint: "Every text of the site is UTF-8: let the host say so, or nothing.",
};
const ALTERED: Rule = Rule {
    kind: "asset-altered",
    hint: "Switch off whatever rewrites files on their way (minifiers, “optimisers”): browsers refuse a changed program.",
};
const BASE_URL: Rule = Rule {
    kind: "base-url",
    hint: "Set baseUrl in site.json to the address of the site, build and upload again.",
};

/// Types that a host may call by an older or more general name.
const AS_GOOD: &[(&str, &[&str])] = &[
    ("application/atom+xml", &["application/xml", "text/xml"]),
    ("application/feed+json", &["application/json"]),
    ("application/manifest+json", &["application/json"]),
    (
        "application/opensearchdescription+xml",
        &["application/xml", "text/xml"],
    ),
    ("application/rss+xml", &["application/xml", "text/xml"]),
    ("application/xml", &["text/xml"]),
    ("image/vnd.microsoft.icon", &["image/x-icon"]),
    (
        "text/javascript",
        &["application/javascript", "application/x-javascript"],
    ),
];

pub fn check(client: &Client, survey: &Survey, findings: &mut Findings) {
    let language = survey.languages.first().map_or("en", String::as_str);
    examine(client, "index.html", &survey.front, findings);
    let mut pages = vec![format!("{language}/"), format!("{language}/search/")];
    pages.extend(survey.story.clone());
    pages.extend(survey.story_in_script.clone());
    for page in &pages {
        if let Some(reply) = findings.answer(&client.address(page), client.get(page)) {
            examine(client, &format!("{page}index.html"), &reply, findings);
        }
    }
    for path in &survey.files {
        if let Some(reply) = findings.answer(&client.address(path), client.get(path)) {
            examine(client, path, &reply, findings);
            if let Some(asset) = survey.assets.iter().find(|asset| asset.path == *path)
                && reply.status == 200
                && !reply.has("content-encoding")
                && asset.integrity != integrity(&reply.body)
            {
                findings.error(
                    ALTERED,
                    &reply.address,
                    integrity(&reply.body),
                    asset.integrity.clone(),
                );
            }
        }
    }
    // Written only where the site says its baseUrl.
    for path in [
        "robots.txt",
        "sitemap.xml",
        &format!("{language}/atom.xml"),
        &format!("{language}/rss.xml"),
        &format!("{language}/feed.json"),
        &format!("{language}/manifest.json"),
        &format!("{language}/opensearch.xml"),
    ] {
        let Some(reply) = findings.answer(&client.address(path), client.get(path)) else {
            continue;
        };
        if reply.status == 404 {
            continue;
        }
        examine(client, path, &reply, findings);
        if path == "sitemap.xml"
            && let Some((_, rest)) = reply.text().split_once("<loc>")
            && let Some((first, _)) = rest.split_once("</loc>")
            && !first.trim().starts_with(&client.address(""))
            && !client.is_here()
        {
            findings.warning(
                BASE_URL,
                &reply.address,
                format!("the first address in it is {}", first.trim()),
                format!("addresses below {}", client.address("")),
            );
        }
    }
}

/// A file that must be there.
fn examine(client: &Client, path: &str, reply: &Reply, findings: &mut Findings) {
    if reply.status != 200 {
        findings.error(
            NOT_THERE,
            &reply.address,
            format!("status {}", reply.status),
            "status 200",
        );
        return;
    }
    kind(path, reply, findings);
    said::check(client, path, reply, findings);
}

/// The type of an answer.
pub fn kind(path: &str, reply: &Reply, findings: &mut Findings) {
    let expected = headers::media_type(path).name;
    let said = reply.header("content-type");
    let essence = |text: &str| {
        let essence = text.split(';').next().unwrap_or_default();
        essence.trim().to_ascii_lowercase()
    };
    let (seen, wanted) = (essence(&said), essence(expected));
    let as_good = AS_GOOD
        .iter()
        .find(|(name, _)| *name == wanted)
        .map_or(&[][..], |(_, others)| others);
    if seen != wanted && !as_good.contains(&seen.as_str()) {
        let said = if said.is_empty() { "no type" } else { &said };
        findings.error(TYPE, &reply.address, said, expected);
    }
    let charset = said
        .split(';')
        .skip(1)
        .filter_map(|parameter| parameter.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))
        .map(|(_, charset)| charset.trim().trim_matches('"'));
    if let Some(charset) = charset.filter(|charset| !charset.eq_ignore_ascii_case("utf-8")) {
        findings.error(CHARSET, &reply.address, charset, "utf-8");
    }
}

/// As `integrity` attributes name it.
fn integrity(bytes: &[u8]) -> String {
    use base64::Engine as _;
    use sha2::Digest as _;
    let hash = sha2::Sha384::digest(bytes);
    let hash = base64::engine::general_purpose::STANDARD.encode(hash);
    format!("sha384-{hash}")
}
