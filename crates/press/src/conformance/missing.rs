//! What is not there, or should not be seen.

use super::client::{Client, Reply};
use super::finding::{Findings, Rule};
use super::said;
use super::survey::Survey;

const SOFT: Rule = Rule {
    kind: "missing-page",
    hint: "Let the host answer with status 404 for what is not there, never with another page: search engines and the app believe the status.",
};
const OWN_PAGE: Rule = Rule {
    kind: "missing-page-text",
    hint: "Name /404.html as the host's page for errors: it is in the reader's language and has a search.",
};
const SOFT_FILE: Rule = Rule {
    kind: "missing-file",
    hint: "Switch off the fallback to index.html: a page in place of a program is kept by browsers for a year.",
};
const REFUSED: Rule = Rule {
    kind: "missing-file-refused",
    hint: "Allow the host to list its bucket, or map 403 to 404: readers of a withdrawn story should learn that it is gone.",
};
const LISTING: Rule = Rule {
    kind: "listing",
    hint: "Switch off listings of folders (autoindex, browse).",
};
const HIDDEN: Rule = Rule {
    kind: "hidden-file",
    hint: "Let the host refuse names that begin with a dot, but for /.well-known/, and upload only the built site.",
};
const RECORD: Rule = Rule {
    kind: "deploy-record",
    hint: "It names only what is published; let the host refuse names that begin with a dot all the same.",
};

/// A name that no site has.
const NOWHERE: &str = "press-check-host-asks-for-nothing";

pub fn check(client: &Client, survey: &Survey, findings: &mut Findings) {
    let language = survey.languages.first().map_or("en", String::as_str);
    for path in [
        format!("{language}/stories/{NOWHERE}/"),
        NOWHERE.to_owned(),
        format!("{NOWHERE}.html"),
    ] {
        page(client, survey, &path, findings);
    }
    for path in [
        format!("assets/{NOWHERE}.js"),
        format!("assets/{NOWHERE}.wasm"),
        format!("media/{NOWHERE}.avif"),
        format!("articles/{language}/{NOWHERE}.json"),
        format!("data/v1/{language}/{NOWHERE}.json"),
    ] {
        file(client, &path, findings);
    }
    for path in ["assets/", "media/", "data/", "data/v1/"] {
        folder(client, survey, path, findings);
    }
    hidden(client, findings);
}

fn page(client: &Client, survey: &Survey, path: &str, findings: &mut Findings) {
    let Some(mut reply) = findings.answer(&client.address(path), client.get(path)) else {
        return;
    };
    // A host may add a slash before it looks.
    if let Some(to) = reply.leads_to()
        && to.origin().ascii_serialization() == client.origin()
    {
        let to = to.to_string();
        match findings.answer(&to, client.ask("GET", &to, &[])) {
            Some(there) => reply = there,
            None => return,
        }
    }
    if reply.status != 404 {
        findings.error(
            SOFT,
            &reply.address,
            format!("status {}", reply.status),
            "status 404",
        );
        return;
    }
    if survey
        .missing_page
        .as_ref()
        .is_some_and(|page| *page != reply.body)
    {
        findings.error(
            OWN_PAGE,
            &reply.address,
            format!("{} bytes of another page", reply.body.len()),
            "the text of /404.html",
        );
    }
    said::check(client, path, &reply, findings);
}

fn file(client: &Client, path: &str, findings: &mut Findings) {
    let Some(reply) = findings.answer(&client.address(path), client.get(path)) else {
        return;
    };
    let seen = format!("status {}", reply.status);
    match reply.status {
        404 | 410 => {}
        403 => findings.warning(REFUSED, &reply.address, seen, "status 404"),
        _ => findings.error(SOFT_FILE, &reply.address, seen, "status 404"),
    }
    if reply.status != 200 {
        said::check(client, path, &reply, findings);
    } else if reply.header("cache-control").contains("immutable") {
        findings.error(
            SOFT_FILE,
            &reply.address,
            format!("cache-control: {}", reply.header("cache-control")),
            "status 404, kept nowhere",
        );
    }
}

fn folder(client: &Client, survey: &Survey, path: &str, findings: &mut Findings) {
    let Some(reply) = findings.answer(&client.address(path), client.get(path)) else {
        return;
    };
    if reply.status != 200 {
        said::check(client, path, &reply, findings);
    } else if reply.body != survey.front.body {
        // What it is but a list of what lies there, nobody can say; the site has none.
        findings.error(
            LISTING,
            &reply.address,
            format!("status 200, “{}”", beginning(&reply)),
            "status 404",
        );
    }
}

fn beginning(reply: &Reply) -> String {
    let text = reply.text();
    let text = text
        .split_once("<title>")
        .and_then(|(_, rest)| rest.split_once("</title>"))
        .map_or(text.as_str(), |(title, _)| title);
    text.trim().chars().take(60).collect()
}

fn hidden(client: &Client, findings: &mut Findings) {
    for path in [
        ".git/HEAD",
        ".git/config",
        ".env",
        ".DS_Store",
        ".press-deploy.json",
    ] {
        let Some(reply) = findings.answer(&client.address(path), client.get(path)) else {
            continue;
        };
        // A host that answers everything with a page is told so elsewhere.
        let is_page = reply.header("content-type").starts_with("text/html");
        if reply.status != 200 || is_page {
            continue;
        }
        if path == ".press-deploy.json" {
            findings.warning(RECORD, &reply.address, "status 200", "status 404");
        } else {
            findings.error(HIDDEN, &reply.address, "status 200", "status 404");
        }
    }
}
