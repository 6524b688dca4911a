//! A bucket of S3, or of a store that speaks like it (MinIO, R2, Spaces, Garage…).
//!
//! rusty-s3 signs addresses, ureq sends the requests. An address that is signed is as
//! good as a password for an hour: no message shows one.
//!
//! An object is there whole or not at all; with it go its type, how long it may be
//! kept and its encoding, because a store knows nothing of the site's rules. Its MD5
//! is sent too, so that the store refuses what was damaged on the way.

mod account;
mod answer;

use std::collections::BTreeMap;
use std::io::{self, Seek as _};
use std::thread;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest as _, Md5};
use rusty_s3::actions::ListObjectsV2;
use rusty_s3::{Bucket, Credentials, S3Action};
use ureq::http::HeaderMap;
use ureq::{Agent, Body, SendBody};

use super::site::{File, hex};
use super::target::{Done, RECORD, Seen, Target};
use super::together;
use crate::finding::Failure;
use answer::Fault;

pub use account::Wishes;

/// How long a signed request may wait before it is sent.
const SIGNED_FOR: Duration = Duration::from_secs(3600);
/// What S3 takes in one request; longer films are for a film host.
const LARGEST: u64 = 5 * 1024 * 1024 * 1024;
const TRIES: u32 = 5;
const FIRST_PAUSE: Duration = Duration::from_millis(250);

pub struct S3 {
    bucket: Bucket,
    credentials: Credentials,
    /// Empty, or ends in a slash.
    prefix: String,
    agent: Agent,
    jobs: usize,
}

/// What came back, read to its end.
struct Answer {
    headers: HeaderMap,
    body: Vec<u8>,
}

impl S3 {
    /// # Errors
    /// When there are no credentials, or no address can be made of the bucket's name.
    pub fn open(bucket: &str, prefix: &str, wishes: &Wishes, jobs: usize) -> Result<Self, Failure> {
        let account = account::of_this_machine(bucket, wishes)?;
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .user_agent(concat!("press/", env!("CARGO_PKG_VERSION")))
            .max_idle_connections_per_host(jobs)
            .timeout_connect(Some(Duration::from_secs(15)))
            .timeout_recv_response(Some(Duration::from_secs(60)))
            // Films are long and lines are slow: silence is what ends a request.
            .timeout_per_read(Some(Duration::from_secs(60)))
            .timeout_per_write(Some(Duration::from_secs(60)))
            .build();
        Ok(Self {
            bucket: account.bucket,
            credentials: account.credentials,
            prefix: if prefix.is_empty() {
                String::new()
            } else {
                format!("{prefix}/")
            },
            agent: config.into(),
            jobs,
        })
    }

    fn key(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }

    /// As messages name an object.
    fn name(&self, path: &str) -> String {
        format!("s3://{}/{}{path}", self.bucket.name(), self.prefix)
    }

    /// Tries again what may go better the next time, with longer and longer pauses.
    fn insist<T>(
        &self,
        doing: &str,
        path: &str,
        mut work: impl FnMut() -> Result<T, Fault>,
    ) -> Result<T, Failure> {
        let mut pause = FIRST_PAUSE;
        for attempt in 1.. {
            match work() {
                Ok(value) => return Ok(value),
                Err(fault) if fault.may_pass && attempt < TRIES => thread::sleep(pause),
                Err(fault) => {
                    return Err(Failure(format!(
                        "could not {doing} {}: {} ({})",
                        self.name(path),
                        fault.seen,
                        fault.mend
                    )));
                }
            }
            pause *= 2;
        }
        Err(Failure(format!("could not {doing} {}", self.name(path))))
    }

    fn ask(&self, request: ureq::http::Request<SendBody<'_>>) -> Result<Answer, Fault> {
        let response = self
            .agent
            .run(request)
            .map_err(|e| Fault::of_the_line(&e))?;
        let (parts, mut body): (_, Body) = response.into_parts();
        let body = body
            .with_config()
            .limit(256 * 1024 * 1024)
            .read_to_vec()
            .map_err(|e| Fault::of_the_line(&e))?;
        if parts.status.is_success() {
            return Ok(Answer {
                headers: parts.headers,
                body,
            });
        }
        Err(Fault::of(parts.status.as_u16(), &parts.headers, &body))
    }

    fn get(&self, path: &str) -> Result<Answer, Fault> {
        let key = self.key(path);
        let address = self
            .bucket
            .get_object(Some(&self.credentials), &key)
            .sign(SIGNED_FOR);
        self.ask(request("GET", &address, &[])?)
    }

    /// Puts an object there; gives its entity tag.
    fn put_object(
        &self,
        path: &str,
        headers: &[(&'static str, String)],
        body: SendBody<'_>,
    ) -> Result<String, Fault> {
        let key = self.key(path);
        let mut action = self.bucket.put_object(Some(&self.credentials), &key);
        for (name, value) in headers {
            action.headers_mut().insert(*name, value.clone());
        }
        let request = request("PUT", &action.sign(SIGNED_FOR), headers)?;
        let answer = self.ask(request.map(|_| body))?;
        Ok(tag_of(
            answer.headers.get("etag").and_then(|tag| tag.to_str().ok()),
        ))
    }

    fn put_file(&self, file: &File) -> Result<String, Failure> {
        if file.size > LARGEST {
            return Err(Failure(format!(
                "{} has more than 5 GB, which S3 does not take at once: make it smaller, or give it to a film host",
                file.path
            )));
        }
        let mut opened = file.open()?;
        let md5 = digest(&mut opened).map_err(|e| Failure::io("read", &file.local, &e))?;
        let mut headers: Vec<(&str, String)> = file
            .headers()
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()))
            .collect();
        if let Some(encoding) = file.encoding {
            headers.push(("content-encoding", encoding.to_owned()));
        }
        headers.push(("content-md5", STANDARD.encode(md5)));
        headers.push(("content-length", file.size.to_string()));
        self.insist("upload", &file.path, || {
            opened.rewind().map_err(|e| Fault::of_the_file(&e))?;
            self.put_object(&file.path, &headers, SendBody::from_reader(&mut opened))
        })
    }
}

impl Target for S3 {
    fn record(&self) -> Result<Option<Vec<u8>>, Failure> {
        self.insist("read", RECORD, || match self.get(RECORD) {
            Ok(answer) => Ok(Some(answer.body)),
            Err(fault) if fault.is_missing => Ok(None),
            Err(fault) => Err(fault),
        })
    }

    fn write_record(&self, record: &[u8]) -> Result<(), Failure> {
        let headers = [
            ("content-type", "application/json".to_owned()),
            ("cache-control", "no-store".to_owned()),
            ("content-md5", STANDARD.encode(Md5::digest(record))),
            ("content-length", record.len().to_string()),
        ];
        self.insist("write", RECORD, || {
            let mut record = record;
            self.put_object(RECORD, &headers, SendBody::from_reader(&mut record))
        })
        .map(|_| ())
    }

    fn seen(&self) -> Result<Option<BTreeMap<String, Seen>>, Failure> {
        let mut seen = BTreeMap::new();
        let mut token: Option<String> = None;
        loop {
            let list = self.insist("list", "", || {
                let mut action = self.bucket.list_objects_v2(Some(&self.credentials));
                if !self.prefix.is_empty() {
                    action.with_prefix(self.prefix.as_str());
                }
                if let Some(token) = &token {
                    action.with_continuation_token(token.as_str());
                }
                let answer = self.ask(request("GET", &action.sign(SIGNED_FOR), &[])?)?;
                let text = String::from_utf8_lossy(&answer.body);
                ListObjectsV2::parse_response(&text).map_err(|_| Fault::of_nonsense())
            })?;
            for object in list.contents {
                let Some(path) = object.key.strip_prefix(&self.prefix) else {
                    continue;
                };
                let there = Seen {
                    size: object.size.unwrap_or(u64::MAX),
                    tag: tag_of(object.etag.as_deref()),
                };
                seen.insert(path.to_owned(), there);
            }
            token = list.next_continuation_token;
            if token.is_none() {
                return Ok(Some(seen));
            }
        }
    }

    /// The entity tag of a small object that is not encrypted with a key of its own is
    /// its MD5; any other is uploaded again. Its headers must be ours too: it may have
    /// been put there by another program.
    fn holds(&self, file: &File, seen: &Seen) -> Result<bool, Failure> {
        let mut opened = file.open()?;
        let md5 = digest(&mut opened).map_err(|e| Failure::io("read", &file.local, &e))?;
        let md5 = hex(&md5);
        // Some stores leave the tag out of their lists.
        if !seen.tag.is_empty() && seen.tag != md5 {
            return Ok(false);
        }
        let key = self.key(&file.path);
        let answer = self.insist("look at", &file.path, || {
            let action = self.bucket.head_object(Some(&self.credentials), &key);
            self.ask(request("HEAD", &action.sign(SIGNED_FOR), &[])?)
        })?;
        let is = |name: &str, value: Option<&str>| {
            answer.headers.get(name).and_then(|v| v.to_str().ok()) == value
        };
        let tag = answer.headers.get("etag").and_then(|tag| tag.to_str().ok());
        Ok(tag_of(tag) == md5
            && is("content-encoding", file.encoding)
            && file
                .headers()
                .iter()
                .all(|(name, value)| is(name, Some(value))))
    }

    fn sent(&self, file: &File) -> String {
        let [kind, cache] = file.headers().map(|(_, value)| value);
        format!("{kind}|{cache}|{}", file.encoding.unwrap_or_default())
    }

    fn put(&self, files: &[&File], done: &Done<'_>) -> Result<(), Failure> {
        together::each(self.jobs, files, |file| {
            done(file, self.put_file(file)?);
            Ok(())
        })
    }

    fn remove(&self, paths: &[String]) -> Result<(), Failure> {
        together::each(self.jobs, paths, |path| {
            let key = self.key(path);
            self.insist("remove", path, || {
                let action = self.bucket.delete_object(Some(&self.credentials), &key);
                match self.ask(request("DELETE", &action.sign(SIGNED_FOR), &[])?) {
                    Err(fault) if !fault.is_missing => Err(fault),
                    _ => Ok(()),
                }
            })
        })
    }
}

fn request(
    method: &str,
    address: &url::Url,
    headers: &[(&'static str, String)],
) -> Result<ureq::http::Request<SendBody<'static>>, Fault> {
    let mut request = ureq::http::Request::builder()
        .method(method)
        .uri(address.as_str());
    for (name, value) in headers {
        request = request.header(*name, value);
    }
    request
        .body(SendBody::none())
        .map_err(|_| Fault::of_nonsense())
}

/// An entity tag without its quotation marks.
fn tag_of(tag: Option<&str>) -> String {
    tag.unwrap_or_default()
        .trim_matches('"')
        .to_ascii_lowercase()
}

fn digest(file: &mut std::fs::File) -> io::Result<[u8; 16]> {
    let mut hash = Md5::new();
    let mut piece = vec![0; 64 * 1024];
    loop {
        match io::Read::read(file, &mut piece)? {
            0 => return Ok(hash.finalize().into()),
            read => hash.update(piece.get(..read).unwrap_or_default()),
        }
    }
}
