//! The name by which a feed reader knows a story again, whatever its address.

use crate::base::{Base, step};

/// RFC 4151 asks for a day on which the host was the publisher's. It is that of
/// the article format and not of the story: a date that is corrected must not make
/// another story, and an old story was often not this host's when it was written.
const SINCE: &str = "2026";

/// The id of a story as an address that leads nowhere: one that is an address
/// already stays (`urn:uuid:…`), any other becomes a tag of the site's host.
pub fn uri(id: &str, base: &Base) -> String {
    if is_uri(id) {
        return id.to_owned();
    }
    let host = base.host().split(':').next().unwrap_or_default();
    format!("tag:{host},{SINCE}:{}", step(id))
}

/// Whether a text is an address with its scheme (RFC 3986 §3), in its characters.
fn is_uri(id: &str) -> bool {
    let Some((scheme, rest)) = id.split_once(':') else {
        return false;
    };
    let is_scheme = ["urn", "tag", "http", "https"]
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known));
    is_scheme
        && !rest.is_empty()
        && rest
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::uri;
    use crate::base::Base;
    use article::safe_href;

    #[test]
    fn an_id_is_an_address_or_becomes_one() {
        let base = Base::at(&safe_href("https://news.example:8080/repo/").unwrap()).unwrap();
        for (id, name) in [
            (
                "urn:uuid:f39b10f1-1514-4c33-bdab-a6cb8afdc3e1",
                "urn:uuid:f39b10f1-1514-4c33-bdab-a6cb8afdc3e1",
            ),
            ("tag:old.example,2001:x", "tag:old.example,2001:x"),
            ("https://old.example/?p=1", "https://old.example/?p=1"),
            ("48213", "tag:news.example,2026:48213"),
            ("a story/é", "tag:news.example,2026:a%20story%2F%C3%A9"),
            // Not a scheme of addresses, whatever stands before the colon.
            ("wp:48213", "tag:news.example,2026:wp%3A48213"),
            ("urn:", "tag:news.example,2026:urn%3A"),
        ] {
            assert_eq!(uri(id, &base), name);
        }
    }
}
