//! The site's own address, and how every other address becomes a full one.
//!
//! Feeds and maps are read far from the site, where a path means nothing. A site
//! that does not say its `baseUrl` has no [`Base`], and so none of these files.

use std::borrow::Cow;

use article::Href;
use article::site::Site;

/// Where the site is published, with the sub-path it lives under if there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    /// In ASCII as far as it goes, without a slash at the end.
    root: String,
}

impl Base {
    /// The base of a site; `None` where it does not say its address.
    pub fn of(site: &Site) -> Option<Self> {
        Self::at(site.base_url.as_ref()?)
    }

    /// The base at an address; `None` if it is no web address. What a query or a
    /// fragment would add has no place in the middle of other addresses.
    pub fn at(url: &Href) -> Option<Self> {
        let url = url.is_external().then(|| url.as_str())?;
        let url = url.split(['?', '#']).next().unwrap_or_default();
        Some(Self {
            root: in_ascii(url.trim_end_matches('/')).into_owned(),
        })
    }

    /// Who the site's names belong to: `news.example` of `https://news.example/repo`.
    pub fn host(&self) -> &str {
        let host = self.root.split_once("://").map_or("", |(_, rest)| rest);
        host.split('/').next().unwrap_or_default()
    }

    /// The full address of a path below the site's root, with or without its
    /// leading slash, percent-encoded or not.
    pub fn url(&self, path: &str) -> String {
        let mut url = String::with_capacity(self.root.len() + path.len() + 1);
        url.push_str(&self.root);
        url.push('/');
        push_in_ascii(&mut url, path.trim_start_matches('/'));
        url
    }

    /// The full address behind a link; `None` for a place on the same page.
    #[cfg(feature = "snapshots")]
    pub fn target(&self, href: &Href) -> Option<String> {
        (!href.as_str().starts_with('#')).then(|| self.link(href, ""))
    }

    /// The full address behind a link that stands on a page of the site.
    pub fn link(&self, href: &Href, page: &str) -> String {
        if let Some(path) = href.site_path() {
            self.url(path)
        } else if href.as_str().starts_with('#') {
            let mut url = page.to_owned();
            push_in_ascii(&mut url, href.as_str());
            url
        } else {
            in_ascii(href.as_str()).into_owned()
        }
    }
}

/// A path in ASCII; what is encoded already stays as it is.
#[cfg(feature = "snapshots")]
pub fn encoded(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    push_in_ascii(&mut text, path);
    text
}

/// One step of a path in which no character means anything: a topic's id may hold
/// slashes and question marks.
pub fn step(text: &str) -> String {
    let mut step = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            step.push(char::from(byte));
        } else {
            push_percent(&mut step, byte);
        }
    }
    step
}

/// An address with everything after its host in ASCII. The host stays as written:
/// other letters in it are encoded in another way (RFC 3492), which those who
/// follow the link know.
fn in_ascii(url: &str) -> Cow<'_, str> {
    if url.bytes().all(stays) {
        return Cow::Borrowed(url);
    }
    let host_ends = url
        .find("://")
        .and_then(|scheme| {
            let host = scheme + 3;
            Some(host + url.get(host..)?.find(['/', '?', '#'])?)
        })
        .unwrap_or(if url.contains("://") { url.len() } else { 0 });
    let (host, rest) = url.split_at_checked(host_ends).unwrap_or((url, ""));
    let mut ascii = String::with_capacity(url.len() + 16);
    ascii.push_str(host);
    push_in_ascii(&mut ascii, rest);
    Cow::Owned(ascii)
}

/// Appends a part of an address, percent-encoding what RFC 3986 does not allow
/// there; what is encoded already stays.
fn push_in_ascii(url: &mut String, part: &str) {
    let bytes = part.as_bytes();
    for (at, byte) in bytes.iter().copied().enumerate() {
        let is_hex = |ahead: usize| bytes.get(at + ahead).is_some_and(u8::is_ascii_hexdigit);
        if stays(byte) && (byte != b'%' || is_hex(1) && is_hex(2)) {
            url.push(char::from(byte));
        } else {
            push_percent(url, byte);
        }
    }
}

fn stays(byte: u8) -> bool {
    byte.is_ascii_graphic()
        && !matches!(
            byte,
            b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}'
        )
}

fn push_percent(url: &mut String, byte: u8) {
    url.push('%');
    for half in [byte >> 4, byte & 15] {
        let digit = char::from_digit(u32::from(half), 16).unwrap_or('0');
        url.push(digit.to_ascii_uppercase());
    }
}

#[cfg(test)]
mod tests {
    use super::{Base, step};
    use article::safe_href;

    fn base(url: &str) -> Base {
        Base::at(&safe_href(url).unwrap()).unwrap()
    }

    #[test]
    fn a_sub_path_is_part_of_every_address() {
        for url in ["https://user.example/repo", "https://user.example/repo/"] {
            let base = base(url);
            assert_eq!(base.url("/en/"), "https://user.example/repo/en/");
            assert_eq!(base.url("en/"), "https://user.example/repo/en/");
            assert_eq!(base.host(), "user.example");
        }
    }

    #[test]
    fn other_letters_are_encoded_and_what_is_encoded_is_not_encoded_again() {
        let base = base("https://news.example/");
        let once = "https://news.example/ar/stories/%D9%82/";
        assert_eq!(base.url("/ar/stories/ق/"), once);
        assert_eq!(base.url("/ar/stories/%D9%82/"), once);
        assert_eq!(base.url("/x/100%"), "https://news.example/x/100%25");
        assert_eq!(base.url("/a b\"<"), "https://news.example/a%20b%22%3C");
    }

    #[test]
    fn links_of_every_kind_become_full_ones() {
        let base = base("https://news.example/repo/");
        let page = "https://news.example/repo/en/stories/x/";
        for (href, full) in [
            ("/media/a.jpg", "https://news.example/repo/media/a.jpg"),
            ("#notes", "https://news.example/repo/en/stories/x/#notes"),
            (
                "https://other.example/é?ü#ö",
                "https://other.example/%C3%A9?%C3%BC#%C3%B6",
            ),
            ("https://münchen.example", "https://münchen.example"),
            ("mailto:a@b.example", "mailto:a@b.example"),
        ] {
            assert_eq!(base.link(&safe_href(href).unwrap(), page), full, "{href}");
        }
    }

    #[test]
    fn a_step_of_a_path_cannot_become_two() {
        assert_eq!(step("sea/../x?y"), "sea%2F..%2Fx%3Fy");
    }

    #[test]
    fn an_address_without_host_is_no_base() {
        for href in ["/repo/", "#x", "mailto:a@b.example"] {
            assert_eq!(Base::at(&safe_href(href).unwrap()), None, "{href}");
        }
    }
}
