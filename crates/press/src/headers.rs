//! What a host should say of a file: its type, how long it may be kept, and what
//! a page of this site may do.
//!
//! The rules are data in one place, so that the server of `press preview` and the
//! files that set up a real host cannot drift apart. Nothing here reads a file or
//! knows a host's syntax.

use std::borrow::Cow;

use crate::allowed::Allowed;

/// Where a rule holds, in the paths of the built site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Everywhere,
    /// A folder, without slashes.
    Below(&'static str),
    File(&'static str),
}

impl Place {
    /// Whether a path (below the root of the site, no leading slash) lies there.
    pub fn holds(self, path: &str) -> bool {
        match self {
            Self::Everywhere => true,
            Self::Below(folder) => path
                .strip_prefix(folder)
                .is_some_and(|rest| rest.starts_with('/')),
            Self::File(file) => path == file,
        }
    }
}

/// Headers for the files of a place.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    pub place: Place,
    pub headers: &'static [(&'static str, &'static str)],
}

/// Kept for ever: the name of such a file changes with its content.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Served from a cache for a minute, and for much longer while the host is down.
const A_MINUTE: &str = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400";
/// Asked for again each time; unchanged, the answer is short.
const ASK_AGAIN: &str = "no-cache";
/// Kept nowhere.
const NEVER_KEPT: &str = "no-store";

const CACHE: &str = "cache-control";
const OPENED_BY: &str = "cross-origin-resource-policy";
const POLICY: &str = "content-security-policy";
/// Of [`POLICY`], before what a site allows of its own ([`allowing`]).
const STYLES: &str = "style-src 'self'";
const MEDIA: &str = "media-src 'self'";
const NO_FRAMES: &str = "frame-src 'none'";
/// What a frame may be given besides its picture, where a reader asks for it.
pub const OF_FRAMES: [&str; 3] = ["encrypted-media", "fullscreen", "picture-in-picture"];

macro_rules! policy {
    ($last:literal) => {
        concat!(
            "default-src 'none'; ",
            "script-src 'self' 'wasm-unsafe-eval'; ",
            "style-src 'self'; ",
            "img-src 'self'; ",
            "font-src 'self'; ",
            "media-src 'self'; ",
            "connect-src 'self'; ",
            "manifest-src 'self'; ",
            // One script, at one address: what a reader keeps for later.
            "worker-src 'self'; ",
            "frame-src 'none'; ",
            "base-uri 'none'; ",
            // The search form works without scripts; it may go nowhere else.
            "form-action 'self'; ",
            "frame-ancestors 'none'; ",
            "require-trusted-types-for 'script'; ",
            // The one policy hands that address over, and no other.
            "trusted-types dateline-worker",
            $last
        )
    };
}

/// Every rule of the site. Where two speak of one header, the later one counts.
/// The cache rules are for an answer with the file itself (status 200, 206, 304);
/// for any other, [`of`] says [`NEVER_KEPT`].
pub const RULES: &[Rule] = &[
    Rule {
        place: Place::Everywhere,
        headers: &[
            (POLICY, policy!("")),
            // Scripts come with their hash or not at all.
            ("integrity-policy", "blocked-destinations=(script)"),
            ("x-content-type-options", "nosniff"),
            // For browsers that do not know frame-ancestors.
            ("x-frame-options", "DENY"),
            // What somebody reads here is nobody else's business.
            ("referrer-policy", "no-referrer"),
            (
                "permissions-policy",
                "accelerometer=(), autoplay=(self), browsing-topics=(), camera=(), display-capture=(), encrypted-media=(self), fullscreen=(self), geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(self), screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()",
            ),
            ("cross-origin-opener-policy", "same-origin"),
            (OPENED_BY, "same-origin"),
            (CACHE, ASK_AGAIN),
        ],
    },
    Rule {
        place: Place::Below("assets"),
        headers: &[(CACHE, FOR_EVER)],
    },
    // The only one there without a hash in its name.
    Rule {
        place: Place::File("assets/assets.json"),
        headers: &[(CACHE, ASK_AGAIN)],
    },
    Rule {
        place: Place::Below("media"),
        // Other newsrooms may show our pictures.
        headers: &[(CACHE, FOR_EVER), (OPENED_BY, "cross-origin")],
    },
    Rule {
        place: Place::Below("articles"),
        headers: &[(CACHE, A_MINUTE)],
    },
    Rule {
        place: Place::Below("pages"),
        headers: &[(CACHE, A_MINUTE)],
    },
    Rule {
        place: Place::Below("data"),
        headers: &[(CACHE, A_MINUTE)],
    },
    Rule {
        place: Place::Below("search"),
        headers: &[(CACHE, A_MINUTE)],
    },
    Rule {
        place: Place::Below("i18n"),
        headers: &[(CACHE, A_MINUTE)],
    },
    // Browsers keep asking for it, whatever it says.
    Rule {
        place: Place::File("sw.js"),
        headers: &[(CACHE, ASK_AGAIN)],
    },
    // Running pages ask it whether they are out of date.
    Rule {
        place: Place::File("version.json"),
        headers: &[(CACHE, NEVER_KEPT)],
    },
];

/// In place of the same headers of [`RULES`], where the site is served over HTTPS,
/// as every host does. Over plain HTTP they would send a browser to an address
/// where nobody answers.
pub const OVER_HTTPS: &[(&str, &str)] = &[
    (POLICY, policy!("; upgrade-insecure-requests")),
    // `preload` and the subdomains are for the owner of the whole domain to decide.
    ("strict-transport-security", "max-age=63072000"),
];

/// How the site reaches its readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// On this machine only.
    Http,
    Https,
}

/// What is answered, as far as caches care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The file, a part of it, or that it has not changed.
    File,
    /// A redirect, an error: kept for a year, a missing file would stay missing for a year.
    Other,
}

/// The value of a header of [`RULES`] or [`OVER_HTTPS`] for a site that allows this
/// beyond its own files; none but a policy changes.
pub fn allowing(value: &'static str, allowed: &Allowed) -> Cow<'static, str> {
    let mut value = Cow::Borrowed(value);
    let mut change = |from: &str, to: &dyn Fn() -> String| {
        if value.contains(from) {
            value = Cow::Owned(value.replace(from, &to()));
        }
    };
    if !allowed.styles.is_empty() {
        change(STYLES, &|| format!("{STYLES} {}", allowed.styles.join(" ")));
    }
    if allowed.streams {
        // A script hands the film to its element piece by piece.
        change(MEDIA, &|| format!("{MEDIA} blob:"));
    }
    if !allowed.frames.is_empty() {
        change(NO_FRAMES, &|| {
            format!("frame-src {}", allowed.frames.join(" "))
        });
        for feature in OF_FRAMES {
            change(&format!("{feature}=(self)"), &|| {
                format!("{feature}=(self \"{}\")", allowed.frames.join("\" \""))
            });
        }
    }
    value
}

/// The headers of an answer for a path (below the root of the site, no leading
/// slash, such as `media/night-ferry/640.avif`), with names in lower case, for a
/// site that allows nothing of its own: [`allowing`] adds that.
pub fn of(path: &str, answer: Answer, transport: Transport) -> Vec<(&'static str, &'static str)> {
    let mut headers: Vec<(&'static str, &'static str)> = Vec::new();
    let mut set = |(name, value): (&'static str, &'static str)| match headers
        .iter_mut()
        .find(|(known, _)| *known == name)
    {
        Some(header) => header.1 = value,
        None => headers.push((name, value)),
    };
    for rule in RULES.iter().filter(|rule| rule.place.holds(path)) {
        rule.headers.iter().copied().for_each(&mut set);
    }
    if answer == Answer::Other {
        set((CACHE, NEVER_KEPT));
    }
    if transport == Transport::Https {
        OVER_HTTPS.iter().copied().for_each(&mut set);
    }
    headers
}

/// A type that files are sent with, and whether compressing it gains anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MediaType {
    /// The value of `content-type`.
    pub name: &'static str,
    pub compresses: bool,
}

/// Endings of file names and the types they are sent with (IANA's registry).
pub const MEDIA_TYPES: &[(&str, MediaType)] = &[
    ("atom", text("application/atom+xml")),
    ("avif", packed("image/avif")),
    ("css", text("text/css; charset=utf-8")),
    ("csv", text("text/csv; charset=utf-8")),
    ("flac", packed("audio/flac")),
    ("gif", packed("image/gif")),
    ("htm", text("text/html; charset=utf-8")),
    ("html", text("text/html; charset=utf-8")),
    ("ico", text("image/vnd.microsoft.icon")),
    ("jpeg", packed("image/jpeg")),
    ("jpg", packed("image/jpeg")),
    ("js", text("text/javascript; charset=utf-8")),
    ("json", text("application/json")),
    ("jxl", packed("image/jxl")),
    ("m3u8", text("application/vnd.apple.mpegurl")),
    ("m4a", packed("audio/mp4")),
    ("m4s", packed("video/iso.segment")),
    ("m4v", packed("video/mp4")),
    ("md", text("text/markdown; charset=utf-8")),
    ("mjs", text("text/javascript; charset=utf-8")),
    ("mov", packed("video/quicktime")),
    ("mp3", packed("audio/mpeg")),
    ("mp4", packed("video/mp4")),
    ("oga", packed("audio/ogg")),
    ("ogg", packed("audio/ogg")),
    ("ogv", packed("video/ogg")),
    ("opus", packed("audio/ogg")),
    ("otf", text("font/otf")),
    ("pdf", packed("application/pdf")),
    ("png", packed("image/png")),
    ("rss", text("application/rss+xml")),
    ("srt", text("application/x-subrip")),
    ("svg", text("image/svg+xml")),
    ("ts", packed("video/mp2t")),
    ("ttf", text("font/ttf")),
    ("txt", text("text/plain; charset=utf-8")),
    ("vtt", text("text/vtt; charset=utf-8")),
    ("wasm", text("application/wasm")),
    ("wav", packed("audio/wav")),
    ("webm", packed("video/webm")),
    ("webmanifest", text("application/manifest+json")),
    ("webp", packed("image/webp")),
    ("woff", packed("font/woff")),
    ("woff2", packed("font/woff2")),
    ("xml", text("application/xml")),
    ("xsl", text("text/xsl; charset=utf-8")),
    ("zip", packed("application/zip")),
];

/// Files whose ending says less than their name: programs look for feeds and search
/// descriptions by their type.
pub const NAMED: &[(&str, MediaType)] = &[
    ("atom.xml", text("application/atom+xml")),
    ("feed.json", text("application/feed+json")),
    (
        "opensearch.xml",
        text("application/opensearchdescription+xml"),
    ),
    ("rss.xml", text("application/rss+xml")),
];

const UNKNOWN: MediaType = packed("application/octet-stream");

const fn text(name: &'static str) -> MediaType {
    MediaType {
        name,
        compresses: true,
    }
}

const fn packed(name: &'static str) -> MediaType {
    MediaType {
        name,
        compresses: false,
    }
}

/// The type of a file, by its name alone, as a CDN decides it.
pub fn media_type(path: &str) -> MediaType {
    let name = path.rsplit('/').next().unwrap_or_default();
    let named = NAMED.iter().find(|(known, _)| *known == name);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    named
        .or_else(|| {
            MEDIA_TYPES
                .iter()
                .find(|(known, _)| known.eq_ignore_ascii_case(ending))
        })
        .map_or(UNKNOWN, |(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::{
        Allowed, Answer, MEDIA_TYPES, OVER_HTTPS, RULES, Transport, allowing, media_type, of,
    };
    use crate::inlined::Inlined;

    fn header(path: &str, name: &str, answer: Answer) -> &'static str {
        of(path, answer, Transport::Http)
            .into_iter()
            .find(|(known, _)| *known == name)
            .unwrap()
            .1
    }

    #[test]
    fn what_is_named_by_its_content_is_kept_and_pages_are_asked_for_again() {
        for (path, kept) in [
            ("assets/app-1a.wasm", "public, max-age=31536000, immutable"),
            ("assets/assets.json", "no-cache"),
            ("media/a/1.avif", "public, max-age=31536000, immutable"),
            ("articles/en/a.json", super::A_MINUTE),
            ("data/v1/en/head.json", super::A_MINUTE),
            ("i18n/en.json", super::A_MINUTE),
            ("version.json", "no-store"),
            ("en/index.html", "no-cache"),
            ("en/media/index.html", "no-cache"),
            ("mediapack.json", "no-cache"),
        ] {
            assert_eq!(header(path, "cache-control", Answer::File), kept, "{path}");
        }
    }

    #[test]
    fn no_error_and_no_redirect_is_ever_kept() {
        for path in ["assets/gone.js", "media/gone.avif", "en"] {
            assert_eq!(header(path, "cache-control", Answer::Other), "no-store");
        }
    }

    #[test]
    fn pictures_may_be_shown_elsewhere_and_nothing_else_may() {
        let name = "cross-origin-resource-policy";
        assert_eq!(header("media/a.avif", name, Answer::File), "cross-origin");
        assert_eq!(header("en/index.html", name, Answer::File), "same-origin");
    }

    #[test]
    fn a_page_may_do_the_same_whatever_the_answer() {
        let security = |answer| {
            let mut headers = of("en/index.html", answer, Transport::Http);
            headers.retain(|(name, _)| *name != "cache-control");
            headers
        };
        assert_eq!(security(Answer::File), security(Answer::Other));
    }

    #[test]
    fn https_adds_its_headers_and_repeats_none() {
        let headers = of("", Answer::File, Transport::Https);
        for (name, value) in OVER_HTTPS {
            let said: Vec<_> = headers.iter().filter(|(known, _)| known == name).collect();
            assert_eq!(said, [&(*name, *value)]);
        }
    }

    #[test]
    fn every_line_fits_the_hosts() {
        // Cloudflare refuses a longer line in `_headers`.
        let allowed = Allowed {
            styles: Inlined::of("a{}").unwrap().sources(),
            frames: article::embed::origins()
                .map(str::to_owned)
                .collect::<std::collections::BTreeSet<_>>()
                .into_iter()
                .collect(),
            streams: true,
        };
        for (name, value) in RULES.iter().flat_map(|rule| rule.headers).chain(OVER_HTTPS) {
            let value = allowing(value, &allowed);
            assert!(name.len() + value.len() < 1990, "{name}");
        }
    }

    #[test]
    fn a_policy_allows_the_styles_of_the_pages_and_other_headers_stay() {
        let styles = Allowed {
            styles: vec!["'sha256-a='".to_owned(), "'sha256-b='".to_owned()],
            ..Allowed::default()
        };
        let allowed = |path, transport| {
            of(path, Answer::File, transport)
                .into_iter()
                .map(|(name, value)| (name, value, allowing(value, &styles)))
        };
        for transport in [Transport::Http, Transport::Https] {
            for (name, before, after) in allowed("en/index.html", transport) {
                if name == super::POLICY {
                    assert!(after.contains("; style-src 'self' 'sha256-a=' 'sha256-b='; "));
                } else {
                    assert_eq!(after, before);
                }
            }
        }
    }

    #[test]
    fn frames_and_streams_are_allowed_where_stories_have_them_and_nothing_else_changes() {
        let allowed = Allowed {
            frames: vec!["https://a.example".into(), "https://b.example".into()],
            streams: true,
            ..Allowed::default()
        };
        for (name, before) in of("en/index.html", Answer::File, Transport::Https) {
            let after = allowing(before, &allowed);
            match name {
                super::POLICY => {
                    assert!(after.contains("; frame-src https://a.example https://b.example; "));
                    assert!(after.contains("; media-src 'self' blob:; "));
                    assert!(after.contains("; script-src 'self' 'wasm-unsafe-eval'; "));
                }
                "permissions-policy" => {
                    assert!(after.contains(
                        ", fullscreen=(self \"https://a.example\" \"https://b.example\"), "
                    ));
                    assert!(after.contains(", autoplay=(self), "));
                    assert!(after.contains("camera=()"));
                }
                _ => assert_eq!(after, before),
            }
            assert_eq!(allowing(before, &Allowed::default()), before);
        }
    }

    #[test]
    fn types_are_found_by_ending_in_any_case_and_feeds_by_name() {
        for (path, name) in [
            ("a/app.wasm", "application/wasm"),
            ("site.webmanifest", "application/manifest+json"),
            ("A.JPG", "image/jpeg"),
            ("x.vtt", "text/vtt; charset=utf-8"),
            ("en/atom.xml", "application/atom+xml"),
            ("sitemap.xml", "application/xml"),
            ("CNAME", "application/octet-stream"),
            ("a.html/x", "application/octet-stream"),
        ] {
            assert_eq!(media_type(path).name, name, "{path}");
        }
    }

    #[test]
    fn the_table_of_types_is_in_order_and_repeats_nothing() {
        assert!(MEDIA_TYPES.is_sorted_by(|a, b| a.0 < b.0));
    }
}
