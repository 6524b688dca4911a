//! Routes: the only code that knows what an address of the site looks like.
//!
//! A route is written as a path from the site's root, without a leading slash and
//! with one at the end, so that it can be joined to any base (`/`, `/repo/`, `../../`).
//! Both `/x` and `/x/` are read. Addresses in a language the site does not have,
//! and all others nobody knows, are [`Route::NotFound`].

use article::site::Site;
use article::{Language, Slug};

/// Every address of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// `/{lang}/`, and `/` for the default language. `older` counts packs back
    /// from the head: `?older=1` is the newest closed pack that the head does not show.
    Front { lang: Language, older: usize },
    /// `/{lang}/stories/{slug}/`
    Story { lang: Language, slug: String },
    /// `/{lang}/stories/{slug}/photos/{id}/`
    Photo {
        lang: Language,
        slug: String,
        id: String,
    },
    /// `/{lang}/stories/{slug}/videos/{id}/`
    Video {
        lang: Language,
        slug: String,
        id: String,
    },
    /// `/{lang}/photos/`, or those of a topic or place: `/{lang}/photos/topics/{id}/`
    Photos {
        lang: Language,
        only: Option<Only>,
        older: usize,
    },
    /// `/{lang}/videos/`
    Videos { lang: Language, older: usize },
    /// `/{lang}/pages/{slug}/`: about, accessibility, privacy
    Page { lang: Language, slug: String },
    /// `/{lang}/search/?q=…`
    Search { lang: Language, query: String },
    /// `/{lang}/saved/`: the stories kept on this device
    Saved { lang: Language },
    /// `/{lang}/offline/`: shown in place of a page that cannot be had
    Offline { lang: Language },
    /// Anything else, in the language it seems to be meant in.
    NotFound { lang: Language, path: String },
}

/// What a list of photos is narrowed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Only {
    pub facet: Facet,
    pub id: String,
}

/// By what a list is narrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facet {
    Topic,
    Place,
}

impl Facet {
    /// The folder of its lists, in addresses and on the server.
    #[must_use]
    pub fn folder(self) -> &'static str {
        match self {
            Self::Topic => "topics",
            Self::Place => "places",
        }
    }
}

impl Route {
    /// Reads a path below the site's root (percent-encoded, with or without a
    /// leading slash) and a query (with or without its question mark).
    #[must_use]
    pub fn parse(path: &str, query: &str, site: &Site) -> Self {
        let default = || site.default_language.clone();
        let Some(segments) = segments(path) else {
            return Self::NotFound {
                lang: default(),
                path: path.into(),
            };
        };
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        let Some((first, rest)) = segments.split_first() else {
            return Self::front_of(default()).with_older(older(query));
        };
        let Some(lang) = site.language(first).cloned() else {
            return Self::NotFound {
                lang: default(),
                path: path.into(),
            };
        };
        match rest {
            [] => Self::front_of(lang).with_older(older(query)),
            ["photos"] => Self::photos(lang, None, query),
            ["photos", "topics", id] => Self::photos(lang, Some((Facet::Topic, id)), query),
            ["photos", "places", id] => Self::photos(lang, Some((Facet::Place, id)), query),
            ["videos"] => Self::Videos {
                lang,
                older: older(query),
            },
            ["stories", slug] => Self::Story {
                lang,
                slug: (*slug).into(),
            },
            ["stories", slug, "photos", id] => Self::Photo {
                lang,
                slug: (*slug).into(),
                id: (*id).into(),
            },
            ["stories", slug, "videos", id] => Self::Video {
                lang,
                slug: (*slug).into(),
                id: (*id).into(),
            },
            ["pages", slug] => Self::Page {
                lang,
                slug: (*slug).into(),
            },
            ["search"] => Self::Search {
                lang,
                query: query_value(query, "q").unwrap_or_default(),
            },
            ["saved"] => Self::Saved { lang },
            ["offline"] => Self::Offline { lang },
            _ => Self::NotFound {
                lang,
                path: path.into(),
            },
        }
    }

    fn photos(lang: Language, only: Option<(Facet, &str)>, query: &str) -> Self {
        Self::Photos {
            lang,
            only: only.map(|(facet, id)| Only {
                facet,
                id: id.into(),
            }),
            older: older(query),
        }
    }

    /// How many packs back from the head a list is shown.
    #[must_use]
    pub fn older(&self) -> usize {
        match self {
            Self::Front { older, .. } | Self::Photos { older, .. } | Self::Videos { older, .. } => {
                *older
            }
            _ => 0,
        }
    }

    /// The same list so many packs back.
    #[must_use]
    pub fn with_older(mut self, packs: usize) -> Self {
        if let Self::Front { older, .. } | Self::Photos { older, .. } | Self::Videos { older, .. } =
            &mut self
        {
            *older = packs;
        }
        self
    }

    /// The canonical path below the site's root: `en/stories/night-ferry/`.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = format!("{}/", self.lang().as_str());
        let mut push = |segment: &str| {
            push_encoded(&mut path, segment);
            path.push('/');
        };
        match self {
            Self::Front { .. } => {}
            Self::Story { slug, .. } => {
                push("stories");
                push(slug);
            }
            Self::Photo { slug, id, .. } => {
                push("stories");
                push(slug);
                push("photos");
                push(id);
            }
            Self::Video { slug, id, .. } => {
                push("stories");
                push(slug);
                push("videos");
                push(id);
            }
            Self::Photos { only, .. } => {
                push("photos");
                if let Some(only) = only {
                    push(only.facet.folder());
                    push(&only.id);
                }
            }
            Self::Videos { .. } => push("videos"),
            Self::Page { slug, .. } => {
                push("pages");
                push(slug);
            }
            Self::Search { .. } => push("search"),
            Self::Saved { .. } => push("saved"),
            Self::Offline { .. } => push("offline"),
            // Behind the slash of a base, another slash would name another host; a
            // backslash is one to browsers, which drop controls before they look.
            Self::NotFound { path, .. } => {
                return path
                    .trim_start_matches(|c: char| c <= ' ' || matches!(c, '/' | '\\'))
                    .into();
            }
        }
        path
    }

    /// The query with its question mark, or nothing.
    #[must_use]
    pub fn query(&self) -> String {
        match self {
            Self::Search { query, .. } if !query.is_empty() => {
                let mut text = "?q=".into();
                push_encoded(&mut text, query);
                text
            }
            _ if self.older() > 0 => format!("?older={}", self.older()),
            _ => String::new(),
        }
    }

    /// The address below a base that ends in a slash.
    #[must_use]
    pub fn href(&self, base: &str) -> String {
        format!("{base}{}{}", self.path(), self.query())
    }

    /// The language of the interface on this page.
    #[must_use]
    pub fn lang(&self) -> &Language {
        match self {
            Self::Front { lang, .. }
            | Self::Story { lang, .. }
            | Self::Photo { lang, .. }
            | Self::Video { lang, .. }
            | Self::Photos { lang, .. }
            | Self::Videos { lang, .. }
            | Self::Page { lang, .. }
            | Self::Search { lang, .. }
            | Self::Saved { lang }
            | Self::Offline { lang }
            | Self::NotFound { lang, .. } => lang,
        }
    }

    /// The story a photo or video belongs to.
    #[must_use]
    pub fn story(&self) -> Option<Self> {
        match self {
            Self::Story { lang, slug }
            | Self::Photo { lang, slug, .. }
            | Self::Video { lang, slug, .. } => Some(Self::Story {
                lang: lang.clone(),
                slug: slug.clone(),
            }),
            _ => None,
        }
    }

    /// A front page without older packs.
    #[must_use]
    pub fn front_of(lang: Language) -> Self {
        Self::Front { lang, older: 0 }
    }
}

/// The decoded segments of a path, without empty ones at either end. `None` for
/// what no address of ours contains: an empty segment inside, `.` or `..`, broken
/// percent-encoding, or a character that no slug may have.
fn segments(path: &str) -> Option<Vec<String>> {
    let path = path.strip_prefix('/').unwrap_or(path);
    let path = path.strip_suffix('/').unwrap_or(path);
    let path = path.strip_suffix("/index.html").unwrap_or(path);
    if path.is_empty() || path == "index.html" {
        return Some(Vec::new());
    }
    path.split('/')
        .map(|segment| {
            let text = decode(segment)?;
            Slug::new(&text).map(|_| text)
        })
        .collect()
}

/// How many packs back a query asks for.
fn older(query: &str) -> usize {
    query_value(query, "older")
        .and_then(|packs| packs.parse().ok())
        .unwrap_or(0)
}

/// The decoded value of a field of a query.
fn query_value(query: &str, name: &str) -> Option<String> {
    query
        .trim_start_matches('?')
        .split('&')
        .find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name))
        .and_then(|(_, value)| decode(&value.replace('+', " ")))
}

/// Undoes percent-encoding; `None` if the result is not UTF-8.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut hex = || char::from(rest.next()?).to_digit(16);
            bytes.push((hex()? * 16 + hex()?) as u8);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// Appends a text percent-encoded, except for the unreserved characters of RFC 3986.
pub(crate) fn push_encoded(path: &mut String, text: &str) {
    const HEX: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F',
    ];
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            path.push(char::from(byte));
        } else {
            path.push('%');
            path.extend(
                [byte >> 4, byte & 15]
                    .map(|nibble| HEX.get(usize::from(nibble)).copied().unwrap_or('0')),
            );
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;

    fn site() -> Site {
        Site::read_leniently(r#"{"name":"S","languages":["en","ar"],"defaultLanguage":"en"}"#)
            .unwrap()
    }

    fn parse(path: &str, query: &str) -> Route {
        Route::parse(path, query, &site())
    }

    fn en() -> Language {
        Language::new("en").unwrap()
    }

    #[test]
    fn every_route_is_read_back_from_its_own_address() {
        let lang = Language::new("ar").unwrap();
        let slug = "عودة-العبارة".to_owned();
        let routes = [
            Route::front_of(lang.clone()),
            Route::Front {
                lang: lang.clone(),
                older: 3,
            },
            Route::Story {
                lang: lang.clone(),
                slug: slug.clone(),
            },
            Route::Photo {
                lang: lang.clone(),
                slug: slug.clone(),
                id: "img 1&2".replace(' ', "-"),
            },
            Route::Video {
                lang: lang.clone(),
                slug: slug.clone(),
                id: "v".into(),
            },
            Route::Page {
                lang: lang.clone(),
                slug: "about".into(),
            },
            Route::Photos {
                lang: lang.clone(),
                only: None,
                older: 2,
            },
            Route::Photos {
                lang: lang.clone(),
                only: Some(Only {
                    facet: Facet::Topic,
                    id: "بحر".into(),
                }),
                older: 0,
            },
            Route::Photos {
                lang: lang.clone(),
                only: Some(Only {
                    facet: Facet::Place,
                    id: "corrin".into(),
                }),
                older: 1,
            },
            Route::Videos {
                lang: lang.clone(),
                older: 0,
            },
            Route::Saved { lang: lang.clone() },
            Route::Offline { lang: lang.clone() },
            Route::Search {
                lang,
                query: "100% أمارا + more & less".into(),
            },
        ];
        for route in routes {
            assert_eq!(parse(&route.path(), &route.query()), route);
        }
    }

    #[test]
    fn an_address_is_read_with_and_without_its_last_slash() {
        for path in [
            "/en/stories/a/",
            "/en/stories/a",
            "en/stories/a",
            "/en/stories/a/index.html",
        ] {
            assert_eq!(
                parse(path, ""),
                Route::Story {
                    lang: en(),
                    slug: "a".into()
                },
                "{path}"
            );
        }
    }

    #[test]
    fn an_unknown_address_stays_on_this_site() {
        for path in [
            "//evil.example/",
            "/\\evil.example",
            "\t/evil.example",
            "/ /\n\\evil.example",
        ] {
            let path = parse(path, "").path();
            assert!(path.starts_with("evil.example"), "{path}");
        }
    }

    #[test]
    fn no_hostile_path_is_written_as_another_host() {
        let source = include_str!("../tests/e2e/hostile/paths.json");
        let paths = article::json::parse(source).value.unwrap();
        let article::json::Kind::Array(paths) = &paths.kind else {
            panic!("no list");
        };
        assert!(paths.len() >= 50);
        for path in paths {
            let path = path.as_str().unwrap();
            let (path, query) = path.split_once('?').unwrap_or((path, ""));
            for base in ["/", "/repo/"] {
                let href = parse(path, query).href(base);
                // Browsers drop tabs and line breaks, and take a backslash for a slash.
                let read: String = href
                    .chars()
                    .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
                    .map(|c| if c == '\\' { '/' } else { c })
                    .collect();
                assert!(read.starts_with(base) && !read.starts_with("//"), "{href}");
            }
        }
    }

    #[test]
    fn the_root_is_the_front_of_the_default_language() {
        for path in ["", "/", "/index.html"] {
            assert_eq!(parse(path, ""), Route::front_of(en()), "{path}");
        }
    }

    #[test]
    fn what_nobody_knows_is_not_found_in_the_language_it_was_asked_in() {
        assert!(
            matches!(parse("/ar/nowhere/", ""), Route::NotFound { lang, .. } if lang.as_str() == "ar")
        );
        for path in [
            "/de/",
            "/en//stories/a/",
            "/en/stories/../a/",
            "/en/stories/%ff/",
            "/en/stories/a%2Fb/",
            "/en/stories/%",
        ] {
            assert!(matches!(parse(path, ""), Route::NotFound { .. }), "{path}");
        }
    }

    #[test]
    fn a_plus_in_a_query_is_a_space() {
        assert_eq!(
            parse("/en/search/", "?q=night+ferry"),
            Route::Search {
                lang: en(),
                query: "night ferry".into()
            }
        );
    }
}
