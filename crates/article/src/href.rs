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

    /// Whether it is a file of this site: nothing else is loaded into a page.
    #[must_use]
    pub fn is_own_file(&self) -> bool {
        self.0.starts_with('/')
    }

    /// The host it leads to, with its port, as it may be shown: in small letters and, if
    /// not all of them are ASCII, in Punycode. A host that is written like another one
    /// with letters of another script is then seen for what it is.
    #[must_use]
    pub fn host(&self) -> Option<String> {
        let (_, authority, _) = self.parted()?;
        let authority = lower_case(authority);
        let port = authority.find(':').filter(|_| !authority.starts_with('['));
        let (host, port) = authority.split_at_checked(port.unwrap_or(authority.len()))?;
        let labels: Vec<String> = host.split('.').map(ascii).collect();
        Some(labels.join(".") + port)
    }

    /// The whole address as it may be shown, with its [`host`](Self::host).
    #[must_use]
    pub fn shown(&self) -> String {
        match (self.parted(), self.host()) {
            (Some((scheme, _, rest)), Some(host)) => format!("{scheme}{host}{rest}"),
            _ => self.0.clone(),
        }
    }

    /// `https://`, the host with its port, and the rest.
    fn parted(&self) -> Option<(&str, &str, &str)> {
        if !self.is_external() {
            return None;
        }
        let start = self.0.find("://")? + 3;
        let (scheme, rest) = self.0.split_at_checked(start)?;
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at_checked(end)?;
        Some((scheme, authority, rest))
    }

    /// Whether it leads to another site.
    #[must_use]
    pub fn is_external(&self) -> bool {
        has_scheme(&self.0, "http") || has_scheme(&self.0, "https")
    }
}

/// In small letters. The tables for letters beyond ASCII are 6 KB of a reader's wasm,
/// and would only turn one Punycode into another.
fn lower_case(host: &str) -> String {
    if cfg!(target_arch = "wasm32") {
        host.to_ascii_lowercase()
    } else {
        host.to_lowercase()
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

/// A label of a host in ASCII: as it is, or `xn--` and its Punycode (RFC 3492, §6.3).
fn ascii(label: &str) -> String {
    const BASE: u32 = 36;
    let mut code: String = label.chars().filter(char::is_ascii).collect();
    if code.len() == label.len() {
        return code;
    }
    let letters: Vec<u32> = label.chars().map(u32::from).collect();
    let basic = code.len() as u32;
    if basic > 0 {
        code.push('-');
    }
    code.insert_str(0, "xn--");
    let (mut least, mut delta, mut bias, mut handled) = (128, 0_u32, 72, basic);
    while let Some(next) = letters.iter().copied().filter(|c| *c >= least).min() {
        delta = delta.wrapping_add((next - least).wrapping_mul(handled + 1));
        least = next;
        for letter in &letters {
            if *letter < least {
                delta = delta.wrapping_add(1);
            }
            if *letter != least {
                continue;
            }
            let mut rest = delta;
            for k in (BASE..).step_by(BASE as usize) {
                let threshold = k.saturating_sub(bias).clamp(1, 26);
                if rest < threshold {
                    break;
                }
                let span = BASE - threshold;
                code.extend(
                    char::from_digit(threshold + (rest - threshold) % span, BASE).map(digit),
                );
                rest = (rest - threshold) / span;
            }
            code.extend(char::from_digit(rest, BASE).map(digit));
            // The bias adapts (§6.1).
            delta /= if handled == basic { 700 } else { 2 };
            handled += 1;
            delta += delta / handled;
            bias = 0;
            while delta > 455 {
                delta /= BASE - 1;
                bias += BASE;
            }
            bias += BASE * delta / (delta + 38);
            delta = 0;
        }
        delta = delta.wrapping_add(1);
        least += 1;
    }
    code
}

/// Punycode counts `a` to `z`, then `0` to `9`; Rust the other way round.
fn digit(usual: char) -> char {
    match usual {
        '0'..='9' => char::from(b'a' + (usual as u8 - b'0')),
        'a'..='p' => char::from(usual as u8 + 10),
        _ => char::from(b'0' + (usual as u8 - b'q')),
    }
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
