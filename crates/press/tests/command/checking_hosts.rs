//! `press check-host`: a host that does everything right, and one that does each
//! thing wrong.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use serde_json::Value;

use crate::answer::{Answer, press};
use crate::preview::{Preview, Response};
use crate::releases::Releases;

/// What a request asked for.
struct Asked {
    method: String,
    path: String,
    headers: String,
}

impl Asked {
    fn has(&self, header: &str) -> bool {
        self.headers.to_lowercase().contains(header)
    }
}

type Fault = fn(&Asked, &mut Response);

/// Stands before `press preview` and spoils its answers.
struct Wrong {
    address: SocketAddr,
    is_over: Arc<AtomicBool>,
}

impl Wrong {
    fn before(preview: Arc<Preview>, fault: Fault) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let is_over = Arc::new(AtomicBool::new(false));
        let ended = Arc::clone(&is_over);
        thread::spawn(move || {
            for stream in listener.incoming() {
                if ended.load(Ordering::SeqCst) {
                    return;
                }
                let mut stream = stream.unwrap();
                let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
                let Some(Ok(first)) = lines.next() else {
                    continue;
                };
                let mut words = first.split(' ');
                let mut asked = Asked {
                    method: words.next().unwrap().to_owned(),
                    path: words.next().unwrap().to_owned(),
                    headers: String::new(),
                };
                for line in lines {
                    let line = line.unwrap();
                    if line.is_empty() {
                        break;
                    }
                    if !line.to_lowercase().starts_with("connection:") {
                        asked.headers.push_str(&format!("{line}\r\n"));
                    }
                }
                let mut reply = preview.raw(&format!(
                    "{} {} HTTP/1.1\r\nconnection: close\r\n{}\r\n",
                    asked.method, asked.path, asked.headers
                ));
                fault(&asked, &mut reply);
                for name in ["connection", "content-length", "transfer-encoding"] {
                    reply.headers.remove(name);
                }
                let mut head = format!("HTTP/1.1 {} X\r\nconnection: close\r\n", reply.status);
                for (name, value) in &reply.headers {
                    head.push_str(&format!("{name}: {value}\r\n"));
                }
                if reply.status != 304 {
                    head.push_str(&format!("content-length: {}\r\n", reply.body.len()));
                }
                let _ = stream.write_all(format!("{head}\r\n").as_bytes());
                let _ = stream.write_all(&reply.body);
            }
        });
        Self { address, is_over }
    }

    fn check(&self) -> Answer {
        let url = format!("http://{}/", self.address);
        press(
            &std::env::temp_dir(),
            &["check-host", &url, "--format", "json"],
        )
    }
}

impl Drop for Wrong {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::SeqCst);
        let _ = std::net::TcpStream::connect(self.address);
    }
}

/// The rules that were broken, with their severity.
fn broken(told: &Value) -> Vec<(String, String)> {
    told["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            let text = |name: &str| finding[name].as_str().unwrap().to_owned();
            (text("severity"), text("kind"))
        })
        .collect()
}

fn is_missing(reply: &Response) -> bool {
    reply.status == 404
}

fn set(reply: &mut Response, name: &str, value: &str) {
    reply.headers.insert(name.to_owned(), value.to_owned());
}

fn page(reply: &mut Response, text: &str) {
    reply.status = 200;
    reply.body = text.as_bytes().to_vec();
    set(reply, "content-type", "text/html");
}

#[test]
fn press_preview_makes_no_error() {
    let releases = Releases::build();
    let preview = Preview::of(&releases.newer(), &[]);
    let url = format!("http://{}", preview.address);
    let answer = press(&releases.newer(), &["check-host", &url, "--format", "json"]);
    let told = answer.ends_with(0).json();
    assert_eq!(told["counts"]["errors"], 0, "{told:#}");
    assert!(told["counts"]["requests"].as_u64().unwrap() >= 60);
    // It knows no old addresses.
    let kinds = broken(&told);
    assert!(kinds.iter().all(|(_, kind)| kind == "alias"), "{told:#}");
    press(&releases.newer(), &["check-host", &url]).ends_with(0);
}

#[test]
fn a_site_under_a_path_is_found_there() {
    let releases = Releases::build();
    let preview = Preview::of(&releases.newer(), &["--base", "/repo/"]);
    let url = format!("http://{}/repo", preview.address);
    let answer = press(&releases.newer(), &["check-host", &url, "--format", "json"]);
    let told = answer.ends_with(0).json();
    assert_eq!(told["counts"]["errors"], 0, "{told:#}");
}

#[test]
fn every_fault_of_a_host_is_told_by_its_rule() {
    let faults: &[(&str, &str, Fault)] = &[
        ("error", "header-missing", |_, reply| {
            if is_missing(reply) {
                reply.headers.remove("x-content-type-options");
            }
        }),
        ("error", "header-different", |_, reply| {
            set(reply, "permissions-policy", "camera=(self)");
        }),
        ("error", "policy", |_, reply| {
            let policy = reply.header("content-security-policy");
            let looser = policy.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'");
            set(reply, "content-security-policy", &looser);
        }),
        ("warning", "header-missing", |_, reply| {
            if reply.status == 301 {
                reply.headers.remove("referrer-policy");
            }
        }),
        ("warning", "shared-with-all", |_, reply| {
            set(reply, "access-control-allow-origin", "*");
        }),
        ("error", "kept-too-long", |asked, reply| {
            if asked.path.starts_with("/assets/") {
                set(
                    reply,
                    "cache-control",
                    "public, max-age=31536000, immutable",
                );
            }
        }),
        ("error", "kept-too-long", |asked, reply| {
            if asked.path == "/version.json" {
                set(reply, "cache-control", "max-age=60");
            }
        }),
        ("error", "kept-too-long", |_, reply| {
            if reply.header("content-type").starts_with("text/html") {
                set(
                    reply,
                    "cache-control",
                    "no-transform, s-maxage=86400, max-age=0",
                );
            }
        }),
        ("warning", "kept-too-short", |_, reply| {
            set(reply, "cache-control", "no-cache");
        }),
        ("warning", "keeping-unsaid", |_, reply| {
            reply.headers.remove("cache-control");
        }),
        ("error", "not-there", |asked, reply| {
            if asked.path == "/data/v1/fr/head.json" || asked.path == "/i18n/en.json" {
                reply.status = 404;
            }
        }),
        ("error", "type", |asked, reply| {
            if asked.path.ends_with(".wasm") {
                set(reply, "content-type", "application/octet-stream");
            }
        }),
        ("error", "type", |asked, reply| {
            if asked.path.ends_with("/manifest.json") {
                reply.headers.remove("content-type");
            }
        }),
        ("error", "charset", |_, reply| {
            if reply.header("content-type").starts_with("text/html") {
                set(reply, "content-type", "text/html; charset=iso-8859-1");
            }
        }),
        ("error", "asset-altered", |asked, reply| {
            if asked.path.ends_with(".js") {
                reply.body.push(b'\n');
            }
        }),
        ("error", "version", |asked, reply| {
            if asked.path == "/version.json" {
                page(reply, "<!doctype html>");
            }
        }),
        ("error", "mixed-releases", |asked, reply| {
            if asked.path == "/version.json" {
                reply.body = br#"{"build":"a"}"#.to_vec();
            }
        }),
        ("error", "no-slash", |_, reply| {
            if reply.status == 301 {
                reply.status = 404;
            }
        }),
        ("warning", "redirect-for-now", |_, reply| {
            if reply.status == 301 {
                reply.status = 302;
            }
        }),
        ("warning", "index", |asked, reply| {
            if asked.path.ends_with("/index.html") {
                reply.status = 403;
            }
        }),
        ("warning", "case", |asked, reply| {
            if asked.path.starts_with("/EN/") {
                page(reply, "the story");
            }
        }),
        ("error", "open-redirect", |asked, reply| {
            if asked.path.starts_with("//") {
                reply.status = 308;
                let to = asked.path.replace("%2e%2e", "");
                set(reply, "location", &to);
            }
        }),
        ("error", "outside", |asked, reply| {
            if asked.path.contains("passwd") {
                page(reply, "root:x:0:0");
            }
        }),
        ("warning", "alias", |_, _| {}),
        ("error", "missing-page", |_, reply| {
            if is_missing(reply) {
                page(reply, "the front, for everything");
            }
        }),
        ("error", "missing-page-text", |_, reply| {
            if is_missing(reply) {
                reply.body = b"nginx".to_vec();
            }
        }),
        ("error", "missing-file", |asked, reply| {
            if is_missing(reply) && asked.path.starts_with("/assets/") {
                page(reply, "the front, for everything");
            }
        }),
        ("warning", "missing-file-refused", |_, reply| {
            if is_missing(reply) {
                reply.status = 403;
            }
        }),
        ("error", "listing", |asked, reply| {
            if asked.path == "/media/" {
                page(reply, "<title>Index of /media/</title>");
            }
        }),
        ("error", "hidden-file", |asked, reply| {
            if asked.path == "/.git/HEAD" {
                page(reply, "ref: refs/heads/main");
                reply.headers.remove("content-type");
            }
        }),
        ("warning", "deploy-record", |asked, reply| {
            if asked.path == "/.press-deploy.json" {
                page(reply, "{}");
                set(reply, "content-type", "application/json");
            }
        }),
        ("error", "not-compressed", |asked, reply| {
            if asked.has("accept-encoding") && !reply.header("content-encoding").is_empty() {
                reply.headers.remove("content-encoding");
            }
        }),
        ("warning", "no-brotli", |asked, reply| {
            if asked.has("accept-encoding: br") {
                reply.headers.remove("content-encoding");
            }
        }),
        ("error", "vary", |_, reply| {
            reply.headers.remove("vary");
        }),
        ("error", "encoding-damaged", |_, reply| {
            if reply.header("content-encoding") == "gzip" {
                reply.body.truncate(40);
            }
        }),
        ("warning", "encoding-unasked", |asked, reply| {
            if !asked.has("accept-encoding") && asked.path.ends_with(".css") {
                set(reply, "content-encoding", "gzip");
            }
        }),
        ("error", "parts", |asked, reply| {
            if asked.has("range:") {
                reply.status = 200;
            }
        }),
        ("warning", "no-validator", |_, reply| {
            reply.headers.remove("etag");
            reply.headers.remove("last-modified");
        }),
        ("warning", "sent-again", |asked, reply| {
            if asked.has("if-none-match") {
                reply.status = 200;
            }
        }),
        ("warning", "head", |asked, reply| {
            if asked.method == "HEAD" {
                reply.status = 405;
            }
        }),
    ];
    let releases = Releases::build();
    let preview = Arc::new(Preview::of(&releases.newer(), &[]));
    for (number, (severity, kind, fault)) in faults.iter().enumerate() {
        let host = Wrong::before(Arc::clone(&preview), *fault);
        let answer = host.check();
        let told = answer.json();
        let found = broken(&told);
        assert!(
            found.contains(&((*severity).to_owned(), (*kind).to_owned())),
            "fault {number} should break {kind} ({severity}): {found:?}"
        );
        let errors = found.iter().any(|(severity, _)| severity == "error");
        answer.ends_with(i32::from(errors));
        for finding in told["findings"].as_array().unwrap() {
            for name in ["seen", "expected", "hint"] {
                assert_ne!(finding[name].as_str().unwrap(), "", "{finding}");
            }
            assert!(!finding["addresses"].as_array().unwrap().is_empty());
        }
    }
}

#[test]
fn a_host_where_nobody_answers_and_one_without_a_site_are_no_hosts_to_check() {
    let releases = Releases::build();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    press(
        &releases.newer(),
        &["check-host", &format!("http://{address}/")],
    )
    .ends_with(2)
    .says(&["does not answer"]);
    let preview = Preview::of(&releases.newer(), &[]);
    press(
        &releases.newer(),
        &["check-host", &format!("http://{}/en/", preview.address)],
    )
    .ends_with(2)
    .says(&["no site of press"]);
    for url in ["news.example", "ftp://x/", "https://me@x/"] {
        press(&releases.newer(), &["check-host", url])
            .ends_with(2)
            .says(&["no address of a site"]);
    }
}
