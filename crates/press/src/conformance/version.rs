//! Whether what is there belongs together.

use super::client::Client;
use super::files;
use super::finding::{Findings, Rule};
use super::said;
use super::survey::Survey;

const NOT_THERE: Rule = Rule {
    kind: "version",
    hint: "Upload version.json last of all: running pages ask it whether there is a newer release.",
};
const MIXED: Rule = Rule {
    kind: "mixed-releases",
    hint: "Upload the whole built site again, and empty the host's cache: parts of two releases are there.",
};

pub fn check(client: &Client, survey: &Survey, findings: &mut Findings) {
    let path = "version.json";
    let address = client.address(path);
    let Some(reply) = findings.answer(&address, client.get(path)) else {
        return;
    };
    let build = serde_json::from_slice::<serde_json::Value>(&reply.body)
        .ok()
        .and_then(|version| Some(version.get("build")?.as_str()?.to_owned()));
    let Some(build) = build.filter(|_| reply.status == 200) else {
        return findings.error(
            NOT_THERE,
            &address,
            format!("status {}", reply.status),
            "status 200 and {\"build\": \"…\"}",
        );
    };
    files::kind(path, &reply, findings);
    said::check(client, path, &reply, findings);
    if let Some(of_assets) = &survey.build
        && *of_assets != build
    {
        findings.error(
            MIXED,
            &address,
            format!("build {build}, and {of_assets} in assets/assets.json"),
            "one build",
        );
    }
    let front = survey.front.text();
    for asset in &survey.assets {
        // The program's wasm is named by the script, not by a page.
        if !asset.path.ends_with(".wasm") && !front.contains(&asset.path) {
            findings.error(
                MIXED,
                &survey.front.address,
                format!("the front does not name {}", asset.path),
                "the assets of assets/assets.json",
            );
        }
    }
}
