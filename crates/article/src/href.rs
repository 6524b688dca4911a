//! The one gate to an `href` or `src`.

use crate::json::Value;
use crate::read::{Code, Description, Observer, Read, is_bidi_control, wrong_shape};

/// Longer addresses are refused: no honest link of a story comes near.
pub const MAX_LENGTH: usize = 2048;

/// An address that is safe to put into an `href` or `src`.
///
/// It can only be made by [`safe_href`], so a view that asks for a `Href` cannot
/// be handed a `javascript:` link. Allowed: `https:`, `http:`, `mailto:`, `tel:`,
/// a path from the site's root (`/path`, but not `//host` or `/\host`), and `#id`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Href(String);

impl Href {
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
    if cleaned.len() > MAX_LENGTH || cleaned.chars().any(is_refused) {
        return None;
    }
    let allowed = match cleaned.as_bytes() {
        [b'/', b'/' | b'\\', ..] => false,
        [b'/', ..] => true,
        [b'#', _, ..] => true,
        _ if has_scheme(&cleaned, "https") || has_scheme(&cleaned, "http") => names_a_host(&cleaned),
        _ => has_scheme(&cleaned, "mailto") || has_scheme(&cleaned, "tel"),
    };
    allowed.then_some(Href(cleaned))
}

/// White space, controls, and characters that show an address as another one.
fn is_refused(c: char) -> bool {
    c <= ' '
        || ('\u{7f}'..='\u{a0}').contains(&c)
        || is_bidi_control(c)
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{61c}' | '\u{2028}' | '\u{2029}' | '\u{2060}' | '\u{feff}')
        || c.is_whitespace()
}

fn has_scheme(address: &str, scheme: &str) -> bool {
    address
        .split_once(':')
        .is_some_and(|(before, _)| before.eq_ignore_ascii_case(scheme))
}

/// `https://host…`, without a user name in front of the host, which is a way to
/// show one host and lead to another.
fn names_a_host(address: &str) -> bool {
    address
        .split_once("://")
        .map(|(_, rest)| rest.split(['/', '?', '#', '\\']).next().unwrap_or_default())
        .is_some_and(|host| !host.is_empty() && !host.contains('@'))
}

impl Read for Href {
    const EXPECTED: &'static str = "an address in quotes";

    fn read<O: Observer>(value: &Value<'_>, observer: &mut O) -> Option<Self> {
        let Some(text) = value.as_str() else {
            wrong_shape(value, Self::EXPECTED, observer);
            return None;
        };
        let href = safe_href(text);
        if href.is_none() {
            observer.problem(value.span, || Description {
                code: Code::UnsafeLink,
                message: format!("“{}” is not an address that may become a link", text.escape_debug()),
                hint: "Write https://…, http://…, mailto:…, tel:…, a path of this site that begins with one slash, or #id. Remove white space and invisible characters.".into(),
            });
        }
        href
    }
}

#[cfg(feature = "write")]
crate::write::as_text!(Href, |href| href.as_str());
