//! One request, one answer.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use ureq::Agent;
use ureq::http::{HeaderMap, Request};
use url::Url;

use crate::finding::Failure;
use crate::headers::Transport;

/// Of an answer. Larger ones are asked for in parts.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Asks one host.
pub struct Client {
    agent: Agent,
    /// `https://news.example`, without a slash.
    origin: String,
    /// The path the site lies under, with slashes at both ends.
    base: String,
    requests: AtomicUsize,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    /// The whole address that was asked for.
    pub address: String,
    pub status: u16,
    headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Client {
    /// # Errors
    /// When the address is none of the web.
    pub fn open(address: &str, patience: Duration) -> Result<Self, Failure> {
        let wrong = || {
            Failure(format!(
                "{address} is no address of a site: write https://host/ and, if the site lies under one, its path"
            ))
        };
        let url = Url::parse(address).map_err(|_| wrong())?;
        if !matches!(url.scheme(), "https" | "http") || !url.username().is_empty() {
            return Err(wrong());
        }
        let mut base = url.path().to_owned();
        if !base.ends_with('/') {
            base.push('/');
        }
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .user_agent(concat!("press-check-host/", env!("CARGO_PKG_VERSION")))
            .timeout_global(Some(patience))
            .build();
        Ok(Self {
            agent: config.into(),
            origin: url.origin().ascii_serialization(),
            base,
            requests: AtomicUsize::new(0),
        })
    }

    pub fn requests(&self) -> usize {
        self.requests.load(Ordering::Relaxed)
    }

    pub fn origin(&self) -> &str {
        &self.origin
    }

    pub fn base(&self) -> &str {
        &self.base
    }

    pub fn transport(&self) -> Transport {
        if self.origin.starts_with("https:") {
            Transport::Https
        } else {
            Transport::Http
        }
    }

    /// Whether the host is this machine, where nobody needs HTTPS.
    pub fn is_here(&self) -> bool {
        let host = self.origin.rsplit_once("://").map_or("", |(_, host)| host);
        ["127.0.0.1", "localhost", "[::1]"].iter().any(|here| {
            host.strip_prefix(here)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
        })
    }

    /// The whole address of a path of the site (no leading slash).
    pub fn address(&self, path: &str) -> String {
        format!("{}{}{}", self.origin, self.base, encoded(path))
    }

    /// Asks for a path of the site.
    pub fn get(&self, path: &str) -> Result<Reply, String> {
        self.ask("GET", &self.address(path), &[])
    }

    pub fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Result<Reply, String> {
        self.ask("GET", &self.address(path), headers)
    }

    /// Asks for an address as it is written, dots and slashes and all.
    ///
    /// # Errors
    /// Why nothing came back, as a sentence.
    pub fn ask(
        &self,
        method: &str,
        address: &str,
        headers: &[(&str, &str)],
    ) -> Result<Reply, String> {
        self.requests.fetch_add(1, Ordering::Relaxed);
        let mut request = Request::builder().method(method).uri(address);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(()).map_err(|e| e.to_string())?;
        let response = self.agent.run(request).map_err(|e| e.to_string())?;
        let (parts, mut body) = response.into_parts();
        let body = body
            .with_config()
            .limit(LARGEST)
            .read_to_vec()
            .map_err(|e| e.to_string())?;
        Ok(Reply {
            address: address.to_owned(),
            status: parts.status.as_u16(),
            headers: parts.headers,
            body,
        })
    }
}

impl Reply {
    /// A header's values, joined as RFC 9110 §5.3 allows; empty if it is not there.
    pub fn header(&self, name: &str) -> String {
        let values: Vec<String> = self
            .headers
            .get_all(name)
            .iter()
            .map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_owned())
            .collect();
        values.join(", ")
    }

    pub fn has(&self, name: &str) -> bool {
        self.headers.contains_key(name)
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn is_redirect(&self) -> bool {
        matches!(self.status, 301 | 302 | 303 | 307 | 308)
    }

    /// Where a redirect leads, as a whole address, if it leads anywhere.
    pub fn leads_to(&self) -> Option<Url> {
        if !self.is_redirect() || !self.has("location") {
            return None;
        }
        Url::parse(&self.address)
            .ok()?
            .join(&self.header("location"))
            .ok()
    }
}

/// A path as it stands in a request: other scripts and spaces as the digits of bytes.
pub fn encoded(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn a_path_is_written_as_it_stands_in_a_request() {
        for (path, written) in [
            ("en/stories/night-ferry/", "en/stories/night-ferry/"),
            ("fr/stories/été/", "fr/stories/%C3%A9t%C3%A9/"),
            ("a b\"c", "a%20b%22c"),
            ("%2e%2e", "%2e%2e"),
        ] {
            assert_eq!(encoded(path), written);
        }
    }
}
