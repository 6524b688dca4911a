//! Addresses as people write them, and as nobody should.

use super::client::{Client, Reply};
use super::finding::{Findings, Rule};
use super::said;
use super::survey::Survey;

const NO_SLASH: Rule = Rule {
    kind: "no-slash",
    hint: "Let the host redirect x to x/ where x/index.html is there: people leave the slash out.",
};
const INDEX: Rule = Rule {
    kind: "index",
    hint: "Let the host answer x/index.html with the page, or redirect it to x/.",
};
const FOR_NOW: Rule = Rule {
    kind: "redirect-for-now",
    hint: "Answer with 301 or 308: search engines go on asking for an address that moved for the moment.",
};
const CASE: Rule = Rule {
    kind: "case",
    hint: "Let the host tell capitals from small letters, or redirect: a page at two addresses counts half at each.",
};
const ASTRAY: Rule = Rule {
    kind: "open-redirect",
    hint: "Never build a redirect from an address that begins with two slashes: it leads to another site.",
};
const OUTSIDE: Rule = Rule {
    kind: "outside",
    hint: "The host gives away files that are no part of the site: update it, or serve another folder.",
};
const ALIAS: Rule = Rule {
    kind: "alias",
    hint: "Upload the host's redirects that press build --host writes from every story's aliases.",
};

/// Addresses that lead astray where a host mends them carelessly.
const CROOKED: [&str; 8] = [
    "//evil.example/%2e%2e",
    "//evil.example/..",
    "/%2f%2fevil.example/",
    "/%5cevil.example",
    "/%5c%5cevil.example/%2e%2e/",
    "/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "/..%2f..%2f..%2fetc%2fpasswd",
    "/.%2e/",
];

pub fn check(client: &Client, survey: &Survey, findings: &mut Findings) {
    let language = survey.languages.first().map_or("en", String::as_str);
    let mut folders = vec![format!("{language}/")];
    folders.extend(survey.story.clone());
    folders.extend(survey.story_in_script.clone());
    for folder in &folders {
        without_slash(client, folder, findings);
        index(client, folder, findings);
    }
    if let Some(story) = &survey.story {
        in_capitals(client, story, findings);
    }
    for path in CROOKED {
        let address = format!("{}{path}", client.origin());
        if let Some(reply) = findings.answer(&address, client.ask("GET", &address, &[])) {
            at_home(client, &reply, findings);
            if reply.status == 200 && reply.text().contains("root:") {
                findings.error(OUTSIDE, &address, "a file of the machine", "status 404");
            }
        }
    }
    for (alias, story) in &survey.aliases {
        old(client, alias, story, findings);
    }
}

fn without_slash(client: &Client, folder: &str, findings: &mut Findings) {
    let bare = folder.trim_end_matches('/');
    let Some(reply) = findings.answer(&client.address(bare), client.get(bare)) else {
        return;
    };
    at_home(client, &reply, findings);
    let right = client.address(folder);
    if reply.is_redirect() {
        said::check(client, bare, &reply, findings);
        let to = reply.leads_to().map(|url| url.to_string());
        if to.as_deref() != Some(&right) {
            findings.error(
                NO_SLASH,
                &reply.address,
                format!(
                    "status {} to {}",
                    reply.status,
                    to.as_deref().unwrap_or("nowhere")
                ),
                format!("status 301 to {right}"),
            );
        } else if !matches!(reply.status, 301 | 308) {
            findings.warning(
                FOR_NOW,
                &reply.address,
                format!("status {}", reply.status),
                "status 301 or 308",
            );
        }
    } else if reply.status != 200 {
        findings.error(
            NO_SLASH,
            &reply.address,
            format!("status {}", reply.status),
            format!("status 301 to {right}"),
        );
    }
}

fn index(client: &Client, folder: &str, findings: &mut Findings) {
    let path = format!("{folder}index.html");
    let Some(reply) = findings.answer(&client.address(&path), client.get(&path)) else {
        return;
    };
    at_home(client, &reply, findings);
    let right = client.address(folder);
    let leads_there = reply.leads_to().is_some_and(|to| to.as_str() == right);
    if reply.status != 200 && !leads_there {
        findings.warning(
            INDEX,
            &reply.address,
            format!("status {}", reply.status),
            format!("status 200, or a redirect to {right}"),
        );
    }
}

fn in_capitals(client: &Client, story: &str, findings: &mut Findings) {
    let path = story.to_uppercase();
    if path == story {
        return;
    }
    let Some(reply) = findings.answer(&client.address(&path), client.get(&path)) else {
        return;
    };
    at_home(client, &reply, findings);
    if reply.status == 200 {
        findings.warning(
            CASE,
            &reply.address,
            "status 200",
            "status 404 or a redirect",
        );
    }
}

/// An old address of a story must lead to it in one step.
fn old(client: &Client, alias: &str, story: &str, findings: &mut Findings) {
    let path = alias.trim_start_matches('/');
    let Some(reply) = findings.answer(&client.address(path), client.get(path)) else {
        return;
    };
    at_home(client, &reply, findings);
    let right = client.address(story);
    let leads_there = reply.leads_to().is_some_and(|to| to.as_str() == right);
    // Hosts without redirects have a page that says where to go.
    let says_so = reply.status == 200 && {
        let page = reply.text().to_ascii_lowercase();
        page.contains("http-equiv=\"refresh\"") || page.contains("http-equiv=refresh")
    };
    if !leads_there && !says_so {
        findings.warning(
            ALIAS,
            &reply.address,
            format!("status {}", reply.status),
            format!("status 301 to {right}"),
        );
    }
}

/// No redirect may leave the site for another host.
fn at_home(client: &Client, reply: &Reply, findings: &mut Findings) {
    if let Some(to) = reply.leads_to()
        && to.origin().ascii_serialization() != client.origin()
    {
        findings.error(
            ASTRAY,
            &reply.address,
            format!("status {} to {to}", reply.status),
            "an answer from this host",
        );
    }
}
