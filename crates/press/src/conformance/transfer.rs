//! How bytes travel: compressed, in parts, or not at all.

use std::io::Read as _;

use super::client::{Client, Reply};
use super::finding::{Findings, Rule};
use super::survey::Survey;
use crate::headers;

const PLAIN: Rule = Rule {
    kind: "not-compressed",
    hint: "Switch on compression for this type, or build with --precompress for hosts that send what lies beside a file.",
};
const NO_BROTLI: Rule = Rule {
    kind: "no-brotli",
    hint: "Brotli is a fifth smaller than gzip: switch it on, or build with --precompress.",
};
const VARY: Rule = Rule {
    kind: "vary",
    hint: "Send Vary: Accept-Encoding (nginx: gzip_vary on), or a cache gives compressed files to programs that cannot read them.",
};
const DAMAGED: Rule = Rule {
    kind: "encoding-damaged",
    hint: "The compressed file is not of this release: upload the .br and .gz files together with theirs, and empty the host's cache.",
};
const UNASKED: Rule = Rule {
    kind: "encoding-unasked",
    hint: "Browsers read it all the same; programs that ask for no compression may not.",
};
const PARTS: Rule = Rule {
    kind: "parts",
    hint: "Switch on byte ranges: without them Safari plays no film, and nobody can jump within one.",
};
const NO_VALIDATOR: Rule = Rule {
    kind: "no-validator",
    hint: "Send ETag or Last-Modified: browsers then ask whether a page has changed instead of loading it.",
};
const SENT_AGAIN: Rule = Rule {
    kind: "sent-again",
    hint: "Answer If-None-Match and If-Modified-Since with 304: else every visit loads every page anew.",
};
const HEAD: Rule = Rule {
    kind: "head",
    hint: "Answer HEAD as GET, without the body: link checkers and previews ask that way.",
};

/// Shorter answers gain nothing.
const WORTH_IT: usize = 1400;

pub fn check(client: &Client, survey: &Survey, findings: &mut Findings) {
    let mut texts = vec![String::new()];
    texts.extend(survey.story.clone());
    let is_text = |path: &&String| headers::media_type(path).compresses;
    texts.extend(survey.files.iter().filter(is_text).cloned());
    for path in &texts {
        compressed(client, path, findings);
    }
    for path in ["".to_owned()]
        .iter()
        .chain(survey.story.iter())
        .chain(survey.assets.iter().map(|asset| &asset.path).take(1))
    {
        unchanged(client, path, findings);
    }
    if let Some(path) = &survey.in_parts {
        in_parts(client, path, findings);
    }
    let address = client.address("");
    if let Some(reply) = findings.answer(&address, client.ask("HEAD", &address, &[]))
        && reply.status != survey.front.status
    {
        findings.warning(
            HEAD,
            &address,
            format!("status {}", reply.status),
            format!("status {}", survey.front.status),
        );
    }
}

fn compressed(client: &Client, path: &str, findings: &mut Findings) {
    let address = client.address(path);
    let Some(plain) = findings.answer(&address, client.get(path)) else {
        return;
    };
    if plain.status != 200 || plain.body.len() < WORTH_IT {
        return;
    }
    let always = plain.header("content-encoding");
    if !always.is_empty() {
        findings.warning(
            UNASKED,
            &address,
            format!("content-encoding: {always}"),
            "none",
        );
    }
    let reference = decoded(&plain);
    let mut encodings = Vec::new();
    for asked in ["br", "gzip"] {
        let headers = [("accept-encoding", asked)];
        let Some(reply) = findings.answer(&address, client.get_with(path, &headers)) else {
            return;
        };
        let encoding = reply.header("content-encoding");
        if encoding.is_empty() {
            continue;
        }
        let varies = reply.header("vary").to_ascii_lowercase();
        if always.is_empty() && !varies.contains("accept-encoding") && varies != "*" {
            findings.error(
                VARY,
                &address,
                format!("content-encoding: {encoding}, vary: {varies}"),
                "vary: accept-encoding",
            );
        }
        if decoded(&reply) != reference {
            findings.error(
                DAMAGED,
                &address,
                format!("{encoding} that is not the file"),
                "the same file, compressed",
            );
        }
        encodings.push(encoding);
    }
    if encodings.is_empty() {
        findings.error(
            PLAIN,
            &address,
            format!("{} KB as they are", plain.body.len() / 1000),
            "content-encoding: br or gzip",
        );
    } else if !encodings.iter().any(|encoding| encoding == "br") {
        findings.warning(NO_BROTLI, &address, "gzip only", "content-encoding: br");
    }
}

/// The bytes a browser would see; `None` if it would see none.
fn decoded(reply: &Reply) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let body = reply.body.as_slice();
    match reply.header("content-encoding").as_str() {
        "" | "identity" => bytes.extend_from_slice(body),
        "br" => {
            brotli::Decompressor::new(body, 4096)
                .read_to_end(&mut bytes)
                .ok()?;
        }
        "gzip" | "x-gzip" => {
            flate2::read::MultiGzDecoder::new(body)
                .read_to_end(&mut bytes)
                .ok()?;
        }
        _ => return None,
    }
    Some(bytes)
}

fn unchanged(client: &Client, path: &str, findings: &mut Findings) {
    let address = client.address(path);
    let Some(first) = findings.answer(&address, client.get(path)) else {
        return;
    };
    if first.status != 200 {
        return;
    }
    let (tag, date) = (first.header("etag"), first.header("last-modified"));
    let condition = if !tag.is_empty() {
        ("if-none-match", tag.as_str())
    } else if !date.is_empty() {
        ("if-modified-since", date.as_str())
    } else {
        findings.warning(
            NO_VALIDATOR,
            &address,
            "neither etag nor last-modified",
            "one of them",
        );
        return;
    };
    if let Some(again) = findings.answer(&address, client.get_with(path, &[condition]))
        && again.status != 304
    {
        findings.warning(
            SENT_AGAIN,
            &address,
            format!("status {} to {}", again.status, condition.0),
            "status 304",
        );
    }
}

fn in_parts(client: &Client, path: &str, findings: &mut Findings) {
    let address = client.address(path);
    let range = [("range", "bytes=1-4")];
    let Some(part) = findings.answer(&address, client.get_with(path, &range)) else {
        return;
    };
    let is_right = part.status == 206
        && part.body.len() == 4
        && part.header("content-range").starts_with("bytes 1-4/");
    if !is_right {
        findings.error(
            PARTS,
            &address,
            format!("status {}, {} bytes", part.status, part.body.len()),
            "status 206, 4 bytes",
        );
    }
}
