//! The style that stands in a page, so that its first paint waits for no second file:
//! the rules for what is seen first.
//!
//! It is the same in all of them but for the way to the faces, which an inline style
//! names from the page: a variant for each depth of such pages. The site's policy
//! allows these and no other, by their hashes (CSP Level 3, "hash-source").

use std::path::Path;

use article::json::{self, Value};
use sha2::{Digest as _, Sha256};

use crate::finding::Failure;

/// How many folders below the root of the site such pages lie: the front of the site,
/// that of an edition, a story.
const DEPTHS: [usize; 3] = [0, 1, 3];

/// The way from the folder of the sheet to the root of the site, as the release
/// writes it before every address.
const ROOT: &str = "url(../";

/// What is seen first: the way from a page to the root, and the text for such pages.
pub struct Inlined([(String, String); DEPTHS.len()]);

impl Inlined {
    /// Reads the sheet that `assets/assets.json` of an app or a built site calls
    /// `first`; `None` if it names none.
    ///
    /// # Errors
    /// When the sheet cannot be read, or could end the element it is to stand in.
    pub fn read(site: &Path) -> Result<Option<Self>, Failure> {
        let Some(href) = std::fs::read_to_string(site.join("assets/assets.json"))
            .ok()
            .and_then(|source| named(&source))
        else {
            return Ok(None);
        };
        let path = site.join(href);
        let sheet = std::fs::read_to_string(&path).map_err(|e| Failure::io("read", &path, &e))?;
        Self::of(&sheet).map(Some).ok_or_else(|| {
            Failure(format!(
                "{} contains “</”, which could end the element it is to stand in",
                path.display()
            ))
        })
    }

    /// The variants of a sheet, or `None` if it could end its element.
    pub fn of(sheet: &str) -> Option<Self> {
        let variant = |depth| {
            let base = "../".repeat(depth);
            let text = sheet.replace(ROOT, &format!("url({base}"));
            (base, text)
        };
        (!sheet.contains("</")).then(|| Self(DEPTHS.map(variant)))
    }

    /// The text for a page from which `base` leads to the root. `None` where there is
    /// no such variant, as for the page that is shown at any address.
    #[cfg_attr(
        not(feature = "snapshots"),
        allow(dead_code, reason = "only pages hold it")
    )]
    pub fn at(&self, base: &str) -> Option<&str> {
        let (_, text) = self.0.iter().find(|(known, _)| known == base)?;
        Some(text)
    }

    /// What a policy's `style-src` names them by: `'sha256-…'`.
    pub fn sources(&self) -> Vec<String> {
        self.0.iter().map(|(_, text)| source(text)).collect()
    }
}

/// The file that is called `first`, from the root of the site.
fn named(assets: &str) -> Option<String> {
    let parsed = json::parse(assets);
    let first = parsed.value.as_ref()?.get("first")?;
    let href = first.get("href").and_then(Value::as_str)?;
    Some(href.trim_start_matches('/').to_owned())
}

fn source(text: &str) -> String {
    format!("'sha256-{}'", base64(&Sha256::digest(text)))
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let mut bits = 0_u32;
        for place in 0..3 {
            bits = bits << 8 | u32::from(three.get(place).copied().unwrap_or(0));
        }
        for place in 0..4 {
            let six = (bits >> (18 - 6 * place)) & 63;
            let letter = usize::try_from(six).ok().and_then(|six| ALPHABET.get(six));
            text.push(match letter {
                Some(letter) if place <= three.len() => char::from(*letter),
                _ => '=',
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Inlined, base64, named, source};

    #[test]
    fn addresses_lead_from_the_page_to_the_root() {
        let inlined = Inlined::of("a{src:url(../fonts/a.woff2),url(#b)}").unwrap();
        for (base, text) in [
            ("", "a{src:url(fonts/a.woff2),url(#b)}"),
            ("../../../", "a{src:url(../../../fonts/a.woff2),url(#b)}"),
        ] {
            assert_eq!(inlined.at(base), Some(text));
        }
    }

    #[test]
    fn a_page_at_another_depth_or_at_any_address_has_none() {
        let inlined = Inlined::of("a{}").unwrap();
        for base in ["/", "/repo/", "../../", "./../"] {
            assert_eq!(inlined.at(base), None, "{base}");
        }
    }

    #[test]
    fn each_variant_is_named_by_its_hash() {
        let inlined = Inlined::of("a{src:url(../b)}").unwrap();
        for base in ["", "../", "../../../"] {
            let own = source(inlined.at(base).unwrap());
            assert!(inlined.sources().contains(&own), "{base}");
        }
        // `printf '' | openssl dgst -sha256 -binary | base64`
        assert_eq!(
            source(""),
            "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
        );
    }

    #[test]
    fn base64_is_that_of_the_standard() {
        for (text, encoded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v")] {
            assert_eq!(base64(text.as_bytes()), encoded);
        }
    }

    #[test]
    fn a_sheet_that_could_end_its_element_is_refused() {
        assert!(Inlined::of("a::after{content:'</style>'}").is_none());
        assert!(Inlined::of("@container (width <= 9px){}").is_some());
    }

    #[test]
    fn the_sheet_is_the_one_that_the_app_calls_first() {
        let assets = r#"{"style":{"href":"assets/s.css"},"first":{"href":"/assets/f.css"}}"#;
        assert_eq!(named(assets).as_deref(), Some("assets/f.css"));
        assert_eq!(named(r#"{"style":{"href":"s"}}"#), None);
    }
}
