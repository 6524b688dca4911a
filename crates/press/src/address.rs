//! Where an address written in an article leads inside the site.
//!
//! The app's `route.rs` says what addresses look like; press must know it too,
//! because in the development loop it is compiled without the app. A test under
//! the feature `snapshots` holds the two together.

use article::site::Site;

use crate::composed::composed;
use crate::files::Role;
use crate::story::Facet;

/// What an address means, before asking whether it is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// `/` and `/<language>/`
    Front,
    Article {
        role: Role,
        language: String,
        slug: String,
        part: Part,
    },
    Search,
    /// The list of an edition's photos, or those of a topic or place, or of its films.
    List {
        language: String,
        only: Option<(Facet, String)>,
    },
    /// Anything else below the site's root, as a path without leading slash.
    Other(String),
}

/// A page of its own within a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    Whole,
    Photo(String),
    Video(String),
}

impl Address {
    /// Reads an address written in an article; `None` if it leads to another site,
    /// to a place on the same page, or into another program (`mailto:`).
    pub fn of(href: &str, site: Option<&Site>) -> Option<Self> {
        let path = inside(href, site)?;
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let Some(segments) = segments(path) else {
            return Some(Self::Other(path.trim_matches('/').to_owned()));
        };
        let known = |tag: &str| {
            site.is_none_or(|site| site.language(tag).is_some())
                && article::Language::new(tag).is_some()
        };
        let parts: Vec<&str> = segments.iter().map(String::as_str).collect();
        Some(match parts.as_slice() {
            [] => Self::Front,
            [language] if known(language) => Self::Front,
            [language, "search"] if known(language) => Self::Search,
            [language, "photos" | "videos"] if known(language) => Self::List {
                language: (*language).to_owned(),
                only: None,
            },
            [language, "photos", facet @ ("topics" | "places"), id] if known(language) => {
                let facet = match *facet {
                    "topics" => Facet::Topic,
                    _ => Facet::Place,
                };
                Self::List {
                    language: (*language).to_owned(),
                    only: Some((facet, (*id).to_owned())),
                }
            }
            [language, "pages", slug] if known(language) => {
                Self::article(Role::Page, language, slug, Part::Whole)
            }
            [language, "stories", slug] if known(language) => {
                Self::article(Role::Story, language, slug, Part::Whole)
            }
            [language, "stories", slug, "photos", id] if known(language) => {
                Self::article(Role::Story, language, slug, Part::Photo((*id).into()))
            }
            [language, "stories", slug, "videos", id] if known(language) => {
                Self::article(Role::Story, language, slug, Part::Video((*id).into()))
            }
            other => Self::Other(other.join("/")),
        })
    }

    fn article(role: Role, language: &str, slug: &str, part: Part) -> Self {
        Self::Article {
            role,
            language: language.to_owned(),
            slug: slug.to_owned(),
            part,
        }
    }
}

/// The readable form of an article's address: `/en/stories/night-ferry/`.
pub fn written(role: Role, language: &str, slug: &str) -> String {
    let folder = match role {
        Role::Story => "stories",
        Role::Page => "pages",
    };
    format!("/{language}/{folder}/{slug}/")
}

/// The path below the site's root, if the address stays inside the site: written
/// as a path, or in full with the site's own `baseUrl`.
fn inside<'a>(href: &'a str, site: Option<&Site>) -> Option<&'a str> {
    let href = href.trim();
    if let Some(path) = href.strip_prefix('/') {
        return (!path.starts_with(['/', '\\'])).then_some(path);
    }
    let base = site?.base_url.as_ref()?.as_str().trim_end_matches('/');
    let rest = href.strip_prefix(base)?;
    (rest.is_empty() || rest.starts_with(['/', '?', '#'])).then(|| rest.trim_start_matches('/'))
}

/// Whether an address stays on this site, whatever is there.
pub fn is_inside(href: &str, site: Option<&Site>) -> bool {
    inside(href, site).is_some()
}

/// The decoded segments in NFC. `None` where a browser would resolve the path to
/// another one, or where the encoding is broken.
fn segments(path: &str) -> Option<Vec<String>> {
    path.split('/')
        .filter(|segment| !segment.is_empty())
        .map(|segment| {
            let decoded = percent_decoded(segment)?;
            let decoded = composed(&decoded).into_owned();
            let leads_away =
                matches!(decoded.as_str(), "." | "..") || decoded.contains(['/', '\\']);
            (!leads_away).then_some(decoded)
        })
        .collect()
}

/// `%D8%A7` as the letter it stands for; `None` if it stands for nothing.
pub fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut digit = || rest.next().and_then(|b| char::from(b).to_digit(16));
            let value = digit()? * 16 + digit()?;
            bytes.push(u8::try_from(value).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// An old address in the one form by which two are compared: decoded, in NFC,
/// without a slash at the end; the query counts.
pub fn old_address(alias: &str) -> String {
    let (path, query) = match alias.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (alias, None),
    };
    let decoded = percent_decoded(path).unwrap_or_else(|| path.to_owned());
    let mut address = composed(decoded.trim_matches('/')).into_owned();
    if let Some(query) = query {
        address.push('?');
        address.push_str(query);
    }
    address
}

#[cfg(test)]
mod tests {
    use super::{Address, Part, Role, old_address};

    fn site() -> article::site::Site {
        let source = r#"{"baseUrl":"https://news.example/repo/","languages":["en","ar"],"defaultLanguage":"en"}"#;
        article::site::Site::read_leniently(source).unwrap()
    }

    fn story(language: &str, slug: &str) -> Option<Address> {
        Some(Address::article(Role::Story, language, slug, Part::Whole))
    }

    #[test]
    fn a_story_is_found_with_and_without_slash_query_and_encoding() {
        let site = site();
        for href in [
            "/ar/stories/قارب/",
            "/ar/stories/قارب",
            "/ar/stories/%D9%82%D8%A7%D8%B1%D8%A8/?x=1#y",
            "https://news.example/repo/ar/stories/قارب/",
        ] {
            assert_eq!(
                Address::of(href, Some(&site)),
                story("ar", "قارب"),
                "{href}"
            );
        }
    }

    #[test]
    fn what_leaves_the_site_is_no_address_of_it() {
        let site = site();
        for href in [
            "https://other.example/en/",
            "https://news.example/repository/",
            "mailto:a@b.example",
            "#top",
            "//evil.example/",
        ] {
            assert_eq!(Address::of(href, Some(&site)), None, "{href}");
        }
    }

    #[test]
    fn dots_never_lead_to_a_story() {
        let site = site();
        assert_eq!(
            Address::of("/en/stories/../x/", Some(&site)),
            Some(Address::Other("en/stories/../x".into()))
        );
    }

    #[test]
    fn old_addresses_differ_by_their_query_but_not_by_their_slash() {
        assert_eq!(old_address("/news/"), old_address("/news"));
        assert_ne!(old_address("/?p=1"), old_address("/?p=2"));
    }
}
