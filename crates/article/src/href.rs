//! The one gate to an `href` or `src`.

use crate::json::Value;
use crate::read::{Code, Description, Observer, Read, is_bidi_control, is_invisible, wrong_shape};

/// Addresses of more characters are refused: no honest link of a story comes near.
pub const MAX_LENGTH: usize = 2048;

/// An address that is safe to put into an `href` or `src`.
///
/// It can only be made by [`safe_href`], so a view that asks for a `Href` cannot
/// be handed a `javascript:` link. Allowed: `https:`, `http:`, `mailto:`, `tel:`,
/// a path from the site's root (`/path`, but not `//host` or `/\host`), and `#id`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Href(String);

impl Href {
    /// The cleaned address, as it may stand in an `href` or `src`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A path of this site, without its leading slash.
    #[must_use]
    pub fn site_path(&self) -> Option<&str> {
        self.0.strip_prefix('/')
    }

    /// Whether it points at a file a browser can fetch (not `mailto:`, `tel:` or `#id`).
    #[must_use]
    pub fn is_fetchable(&self) -> bool {
        self.0.starts_with('/') || has_scheme(&self.0, "http") || has_scheme(&self.0, "https")
    }

    /// Whether it leads to another site.
    #[must_use]
    pub fn is_external(&self) -> bool {
        has_scheme(&self.0, "http") || has_scheme(&self.0, "https")
    }
}

/// Cleans an address as a browser would (WHATWG URL: outer spaces and control
/// characters are trimmed, tabs and line ends dropped) and lets it through if it
/// is one of the allowed kinds. `None`: keep the text, lose the link.
#[must_use]
pub fn safe_href(address: &str) -> Option<Href> {
    let cleaned: String = address
        .trim_matches(|c: char| c <= ' ')
        .chars()
        .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
        .collect();
    if cleaned.chars().count() > MAX_LENGTH || cleaned.chars().any(is_refused) {
        return None;
    }
    let allowed = match cleaned.as_bytes() {
        [b'/', b'/', ..] => false,
        [b'/', ..] | [b'#', _, ..] => true,
        _ => cleaned.split_once(':').is_some_and(|(scheme, rest)| {
            if ["https", "http"]
                .iter()
                .any(|s| scheme.eq_ignore_ascii_case(s))
            {
                names_a_host(rest)
            } else {
                !rest.is_empty()
                    && ["mailto", "tel"]
                        .iter()
                        .any(|s| scheme.eq_ignore_ascii_case(s))
            }
        }),
    };
    allowed.then_some(Href(cleaned))
}

/// White space, controls, characters that show an address as another one, and the
/// backslash, which browsers take for a slash and nobody else does.
fn is_refused(c: char) -> bool {
    c <= ' '
        || c == '\\'
        || ('\u{7f}'..='\u{a0}').contains(&c)
        || is_bidi_control(c)
        || is_invisible(c)
        || matches!(c, '\u{200c}' | '\u{200d}')
        || c.is_whitespace()
}

fn has_scheme(address: &str, scheme: &str) -> bool {
    address
        .split_once(':')
        .is_some_and(|(before, _)| before.eq_ignore_ascii_case(scheme))
}

/// Whether what follows `https:` is `//host…`. Browsers also take `https:host` and
/// `https:///host`, but as something else than they look like. A user name before
/// the host, or a host with `%`, shows one host and leads to another.
fn names_a_host(rest: &str) -> bool {
    let authority = rest
        .strip_prefix("//")
        .and_then(|rest| rest.split(['/', '?', '#']).next())
        .unwrap_or_default();
    // A bracket encloses an IPv6 address; a port stands after the last colon beyond it.
    let (host, port) = match authority
        .strip_prefix('[')
        .and_then(|rest| rest.split_once(']'))
    {
        Some((address, port)) => (
            address,
            port.strip_prefix(':').or(port.is_empty().then_some("")),
        ),
        None => match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, Some("")),
        },
    };
    let refused = |c: char| matches!(c, '@' | '%' | '<' | '>' | '^' | '|' | '[' | ']' | '"' | '`');
    !host.is_empty()
        && !host.contains(refused)
        && port.is_some_and(|port| {
            port.is_empty()
                || port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok()
        })
}

/// How to mend an address that is refused, by what it looks like.
fn hint(address: &str) -> &'static str {
    let address = address.trim();
    let begins = |start: &str| {
        address
            .get(..start.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(start))
    };
    if begins("data:") || begins("blob:") {
        "A file is pasted into the story as text. Save it as a file in public/media/, and write its path: /media/…"
    } else if begins("file:") || begins("c:\\") || begins("d:\\") {
        "This leads to a file on one computer only. Put the file into public/media/, and write its path: /media/…"
    } else if address.starts_with('/') && address.contains(char::is_whitespace) {
        "Write each space as %20; better, give the file a name with hyphens instead of spaces."
    } else {
        "Write https://…, http://…, mailto:…, tel:…, a path of this site that begins with one slash, or #id. Remove white space and invisible characters."
    }
}

impl Read for Href {
    const EXPECTED: &'static str = "an address in quotes";

    fn read<O: Observer>(value: &Value<'_>, observer: &mut O) -> Option<Self> {
        let Some(text) = value.as_str() else {
            wrong_shape(value, Self::EXPECTED, observer);
            return None;
        };
        let href = safe_href(text);
        if href.as_ref().is_some_and(|href| href.as_str() != text) {
            observer.problem(value.span, || Description {
                code: Code::UnsafeLink,
                message: "the address has white space or control characters in it or around it"
                    .into(),
                hint: "Remove them; browsers drop them in silence.".into(),
            });
        }
        if href.is_none() {
            observer.problem(value.span, || Description {
                code: Code::UnsafeLink,
                message: format!("“{text}” is not an address that may become a link"),
                hint: hint(text).into(),
            });
        }
        href
    }
}

#[cfg(feature = "write")]
crate::write::as_text!(Href, |href| href.as_str());
