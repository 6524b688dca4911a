//! Whether a browser has the file already (RFC 9110 §13).

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use hyper::header::{self, HeaderMap, HeaderName};

use super::encoding::Encoding;
use super::folder::Found;
use super::one;

/// By what a browser recognises the file it was sent.
pub struct Validators {
    /// The value of `ETag`, with its quotation marks.
    pub tag: String,
    /// The value of `Last-Modified`.
    pub modified: Option<String>,
    /// The same, in whole seconds, as far as the header tells.
    time: Option<SystemTime>,
}

/// What the conditions of a request come to.
#[derive(Debug, PartialEq, Eq)]
pub enum Condition {
    Send,
    /// 304
    NotModified,
    /// 412
    Failed,
}

impl Validators {
    /// Made of when the file was written and how long it is, as nginx does it: a
    /// film of a gigabyte need not be read to be recognised. press writes only what
    /// changed, so an unchanged file keeps its tag through a build.
    pub fn of(found: &Found, encoding: Option<Encoding>) -> Self {
        let since = found
            .modified
            .and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let suffix = encoding.map_or_else(String::new, |encoding| format!("-{}", encoding.name()));
        let time = since.map(|since| UNIX_EPOCH + Duration::from_secs(since.as_secs()));
        Self {
            tag: format!(
                "\"{:x}-{:x}{suffix}\"",
                since.map_or(0, |since| since.as_nanos()),
                found.size
            ),
            modified: time.map(httpdate::fmt_http_date),
            time,
        }
    }

    /// In the order of RFC 9110 §13.2.2, for GET and HEAD.
    pub fn judge(&self, headers: &HeaderMap) -> Condition {
        if headers.contains_key(header::IF_MATCH) {
            if !self.is_among(headers, &header::IF_MATCH, true) {
                return Condition::Failed;
            }
        } else if let Some(since) = date(headers, &header::IF_UNMODIFIED_SINCE)
            && self.time.is_some_and(|time| time > since)
        {
            return Condition::Failed;
        }
        if headers.contains_key(header::IF_NONE_MATCH) {
            if self.is_among(headers, &header::IF_NONE_MATCH, false) {
                return Condition::NotModified;
            }
        } else if let Some(since) = date(headers, &header::IF_MODIFIED_SINCE)
            && self.time.is_some_and(|time| time <= since)
        {
            return Condition::NotModified;
        }
        Condition::Send
    }

    /// Whether the part asked for belongs to the file the browser has the rest of.
    pub fn allow_part(&self, headers: &HeaderMap) -> bool {
        match one(headers, &header::IF_RANGE) {
            None => !headers.contains_key(header::IF_RANGE),
            Some(tag) if tag.starts_with('"') => tag == self.tag,
            Some(date) => httpdate::parse_http_date(date).is_ok_and(|date| self.time == Some(date)),
        }
    }

    fn is_among(&self, headers: &HeaderMap, name: &HeaderName, strongly: bool) -> bool {
        headers
            .get_all(name)
            .iter()
            .filter_map(|value| value.to_str().ok())
            // Our own tags have no comma in them, so one in a tag does no harm.
            .flat_map(|value| value.split(','))
            .map(str::trim)
            .any(|tag| {
                let same = match tag.strip_prefix("W/") {
                    Some(_) if strongly => return false,
                    Some(tag) => tag,
                    None => tag,
                };
                same == "*" || same == self.tag
            })
    }
}

fn date(headers: &HeaderMap, name: &HeaderName) -> Option<SystemTime> {
    httpdate::parse_http_date(one(headers, name)?).ok()
}

#[cfg(test)]
mod tests {
    use super::{Condition, Encoding, Found, Validators};
    use hyper::header::{HeaderMap, HeaderName};
    use std::time::{Duration, UNIX_EPOCH};

    fn validators(encoding: Option<Encoding>) -> Validators {
        let found = Found {
            path: "a.js".into(),
            file: "a.js".into(),
            size: 255,
            modified: Some(UNIX_EPOCH + Duration::from_millis(1_000_500)),
            brotli: None,
            gzip: None,
        };
        Validators::of(&found, encoding)
    }

    fn asked(lines: &[(&'static str, &str)]) -> HeaderMap {
        lines
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()))
            .collect()
    }

    const TAG: &str = "\"38d9f8acbad00-ff\"";
    const SAME: &str = "Thu, 01 Jan 1970 00:16:40 GMT";
    const LATER: &str = "Thu, 01 Jan 1970 00:16:41 GMT";
    const EARLIER: &str = "Thu, 01 Jan 1970 00:16:39 GMT";

    #[test]
    fn each_encoding_has_a_tag_of_its_own() {
        assert_ne!(validators(None).tag, validators(Some(Encoding::Brotli)).tag);
    }

    #[test]
    fn conditions_are_judged_in_their_order() {
        let validators = validators(None);
        let tag = validators.tag.clone();
        let weak = format!("W/{tag}");
        let list = format!("\"x\", {tag}");
        let judged: [(&[(&'static str, &str)], Condition); 12] = [
            (&[], Condition::Send),
            (&[("if-none-match", &tag)], Condition::NotModified),
            (&[("if-none-match", &weak)], Condition::NotModified),
            (&[("if-none-match", &list)], Condition::NotModified),
            (&[("if-none-match", "*")], Condition::NotModified),
            (&[("if-none-match", "\"x\"")], Condition::Send),
            (&[("if-modified-since", SAME)], Condition::NotModified),
            (&[("if-modified-since", EARLIER)], Condition::Send),
            // A tag is surer than a date.
            (
                &[("if-none-match", "\"x\""), ("if-modified-since", LATER)],
                Condition::Send,
            ),
            (&[("if-match", &weak)], Condition::Failed),
            (&[("if-unmodified-since", EARLIER)], Condition::Failed),
            (&[("if-modified-since", "yesterday")], Condition::Send),
        ];
        for (lines, condition) in judged {
            assert_eq!(validators.judge(&asked(lines)), condition, "{lines:?}");
        }
    }

    #[test]
    fn a_part_is_sent_of_the_same_file_only() {
        let validators = validators(None);
        let tag = validators.tag.clone();
        for (value, allowed) in [
            (tag.as_str(), true),
            (SAME, true),
            (LATER, false),
            (TAG, false),
            ("nonsense", false),
        ] {
            assert_eq!(
                validators.allow_part(&asked(&[("if-range", value)])),
                allowed,
                "{value}"
            );
        }
        assert!(validators.allow_part(&asked(&[])));
    }
}
