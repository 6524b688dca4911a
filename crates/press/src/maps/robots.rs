//! `robots.txt` (RFC 9309): everybody may read everything, and the sitemap is there.
//!
//! It is only asked for at the root of a host. Of a site under a sub-path nobody
//! reads it; nothing is lost but the hint to the sitemap, which then is told to a
//! search engine once, by hand.

use crate::base::Base;
use crate::maps::sitemap::INDEX;

pub const FILE: &str = "robots.txt";

pub fn robots(base: &Base) -> Vec<u8> {
    format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", base.url(INDEX)).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::robots;
    use crate::base::Base;
    use article::safe_href;

    #[test]
    fn everybody_may_read_everything() {
        let base = Base::at(&safe_href("https://news.example/repo").unwrap()).unwrap();
        assert_eq!(
            String::from_utf8(robots(&base)).unwrap(),
            "User-agent: *\nAllow: /\n\nSitemap: https://news.example/repo/sitemap.xml\n"
        );
    }
}
