//! What an object store says when it does not do what it was asked for.

use std::io;

use ureq::http::HeaderMap;

/// Why a request was in vain.
pub struct Fault {
    pub seen: String,
    pub mend: &'static str,
    /// Whether it is worth another try.
    pub may_pass: bool,
    /// The object is not there.
    pub is_missing: bool,
}

/// What to do about the codes that people meet
/// (<https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>).
const MENDS: &[(&str, &str)] = &[
    (
        "AccessDenied",
        "the key may not do that: it needs s3:ListBucket on the bucket, and s3:GetObject, s3:PutObject and s3:DeleteObject on its objects",
    ),
    (
        "AuthorizationHeaderMalformed",
        "the bucket is in another region: name it with --region",
    ),
    (
        "BadDigest",
        "the file changed while it was sent: build, then upload again",
    ),
    (
        "ExpiredToken",
        "the session has ended: ask for new credentials",
    ),
    (
        "InvalidAccessKeyId",
        "the store does not know the key: look at AWS_ACCESS_KEY_ID and the profile",
    ),
    (
        "InvalidToken",
        "the session token does not belong to the key: look at AWS_SESSION_TOKEN",
    ),
    (
        "NoSuchBucket",
        "there is no such bucket: make it, or look at its name, --region and --endpoint",
    ),
    (
        "PermanentRedirect",
        "the bucket is in another region: name it with --region",
    ),
    (
        "RequestTimeTooSkewed",
        "this machine's clock is wrong: set it",
    ),
    (
        "SignatureDoesNotMatch",
        "the secret is another one: look at AWS_SECRET_ACCESS_KEY and the profile",
    ),
];

/// Codes of failures that pass, whatever their status.
const PASSING: [&str; 4] = [
    "InternalError",
    "RequestTimeout",
    "ServiceUnavailable",
    "SlowDown",
];

impl Fault {
    /// What the store answered.
    pub fn of(status: u16, headers: &HeaderMap, body: &[u8]) -> Self {
        let body = String::from_utf8_lossy(body);
        let code = element(&body, "Code");
        let region = headers
            .get("x-amz-bucket-region")
            .and_then(|region| region.to_str().ok());
        let mut seen = match (code, element(&body, "Message")) {
            (Some(code), Some(message)) => format!("{code}: {message}"),
            (Some(code), None) => code.to_owned(),
            _ => format!("the store answered {status}"),
        };
        if let Some(region) = region {
            seen.push_str(&format!("; the bucket is in {region}"));
        }
        let known = |name: &str| {
            MENDS
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, mend)| *mend)
        };
        let by_status = match status {
            301 | 307 | 308 => known("PermanentRedirect"),
            403 => known("AccessDenied"),
            _ => None,
        };
        Self {
            seen,
            mend: code
                .and_then(known)
                .or(by_status)
                .unwrap_or("run press deploy again, it goes on where it was"),
            may_pass: matches!(status, 408 | 429 | 500..=599)
                || code.is_some_and(|code| PASSING.contains(&code)),
            is_missing: status == 404 && code != Some("NoSuchBucket"),
        }
    }

    /// Nothing came back, or not all of it.
    pub fn of_the_line(error: &ureq::Error) -> Self {
        Self {
            seen: error.to_string(),
            mend: "look at the network and at --endpoint; then run press deploy again, it goes on where it was",
            may_pass: !matches!(error, ureq::Error::Tls(_) | ureq::Error::BadUri(_)),
            is_missing: false,
        }
    }

    pub fn of_the_file(error: &io::Error) -> Self {
        Self {
            seen: error.to_string(),
            mend: "build, then upload again",
            may_pass: false,
            is_missing: false,
        }
    }

    /// The answer is none of an object store.
    pub fn of_nonsense() -> Self {
        Self {
            seen: "the answer is not one of an object store".into(),
            mend: "look at --endpoint",
            may_pass: false,
            is_missing: false,
        }
    }
}

/// The text of an element that holds no other; errors of S3 are that simple.
fn element<'a>(xml: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = xml.split_once(&format!("<{name}>"))?;
    rest.split_once(&format!("</{name}>"))
        .map(|(text, _)| text.trim())
}

#[cfg(test)]
mod tests {
    use super::Fault;
    use ureq::http::HeaderMap;

    #[test]
    fn a_fault_says_whether_it_may_pass_and_how_to_mend_it() {
        let xml = |code: &str| {
            format!("<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>M</Message></Error>")
        };
        for (status, body, may_pass, mend) in [
            (503, xml("SlowDown"), true, "again"),
            (400, xml("RequestTimeout"), true, "again"),
            (500, String::new(), true, "again"),
            (403, xml("AccessDenied"), false, "s3:PutObject"),
            (
                403,
                xml("SignatureDoesNotMatch"),
                false,
                "AWS_SECRET_ACCESS_KEY",
            ),
            (403, String::new(), false, "s3:PutObject"),
            (404, xml("NoSuchBucket"), false, "no such bucket"),
            (301, xml("PermanentRedirect"), false, "--region"),
        ] {
            let fault = Fault::of(status, &HeaderMap::new(), body.as_bytes());
            assert_eq!(fault.may_pass, may_pass, "{status} {body}");
            assert!(fault.mend.contains(mend), "{status} {body}: {}", fault.mend);
            assert!(!fault.is_missing);
        }
        assert!(Fault::of(404, &HeaderMap::new(), b"").is_missing);
    }
}
