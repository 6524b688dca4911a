//! Full addresses, for those who meet a page outside the site.

use article::Href;
use article::site::Site;

/// A site that says where it is published. Only of such a one can a page name
/// itself, its pictures and its translations to others.
#[derive(Clone)]
pub struct Published {
    /// Without a slash at the end.
    base: String,
}

impl Published {
    pub fn of(site: &Site) -> Option<Self> {
        let base = site.base_url.as_ref()?.as_str().trim_end_matches('/');
        Some(Self { base: base.into() })
    }

    /// The full address of a path below the site's root, in ASCII.
    pub fn url(&self, path: &str) -> String {
        format!("{}/{}", self.base, encoded(path.trim_start_matches('/')))
    }

    /// Where a link of the content leads; `None` for a place on the same page.
    pub fn link(&self, href: &Href) -> Option<String> {
        match href.site_path() {
            Some(path) => Some(self.url(path)),
            None => (!href.as_str().starts_with('#')).then(|| href.as_str().to_owned()),
        }
    }
}

/// A path in ASCII: what is encoded already stays as it is.
pub fn encoded(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_graphic() {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::Published;
    use article::safe_href;
    use article::site::Site;

    #[test]
    fn addresses_stand_below_the_base_with_all_its_path() {
        let site = Site::read_leniently(r#"{"baseUrl":"https://news.example/repo/"}"#).unwrap();
        let published = Published::of(&site).unwrap();
        assert_eq!(
            published.url("/ar/قا"),
            "https://news.example/repo/ar/%D9%82%D8%A7"
        );
        let link = |href: &str| published.link(&safe_href(href).unwrap());
        assert_eq!(
            link("/media/a.jpg").unwrap(),
            "https://news.example/repo/media/a.jpg"
        );
        assert_eq!(
            link("https://other.example/x").unwrap(),
            "https://other.example/x"
        );
        assert_eq!(link("#here"), None);
    }

    #[test]
    fn a_site_without_an_address_has_no_full_ones() {
        assert!(Published::of(&Site::default()).is_none());
    }
}
