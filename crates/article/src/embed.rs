//! From the address of something on another site to the address of its frame.
//!
//! An article names a page; what is put into a frame is an address of our own making,
//! of which only the id comes from the article. An address in which no id is found has
//! no frame: it stays a link.

use crate::block::{Embed, is_of_provider};
use crate::href::{Href, safe_href};

/// The providers' names as they write them.
const TITLES: &[(&str, &str)] = &[
    ("youtube", "YouTube"),
    ("vimeo", "Vimeo"),
    ("dailymotion", "Dailymotion"),
    ("soundcloud", "SoundCloud"),
    ("spotify", "Spotify"),
    ("internetArchive", "Internet Archive"),
    ("datawrapper", "Datawrapper"),
    ("flourish", "Flourish"),
    ("openStreetMap", "OpenStreetMap"),
    ("documentCloud", "DocumentCloud"),
];

/// How a page's address is written, without `https://` and `www.`, and the frame's. `*`
/// is an id, `#` a number; what follows `?` are parameters in any order, of which others
/// are passed over. The first row that fits counts.
const WAYS: &[(&str, &str)] = &[
    ("youtube.com/watch?v=*", YOUTUBE),
    ("youtube.com/embed/*", YOUTUBE),
    ("youtube.com/shorts/*", YOUTUBE),
    ("youtube.com/live/*", YOUTUBE),
    ("youtube-nocookie.com/embed/*", YOUTUBE),
    ("youtu.be/*", YOUTUBE),
    // The second part is the key of a film that is in no list.
    ("vimeo.com/#/*", VIMEO_UNLISTED),
    ("vimeo.com/#", VIMEO),
    ("player.vimeo.com/video/#?h=*", VIMEO_UNLISTED),
    ("player.vimeo.com/video/#", VIMEO),
    ("dailymotion.com/video/*", DAILYMOTION),
    ("dailymotion.com/embed/video/*", DAILYMOTION),
    ("geo.dailymotion.com/player.html?video=*", DAILYMOTION),
    (
        "soundcloud.com/*/sets/*",
        "https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/*/sets/*",
    ),
    (
        "soundcloud.com/*/*",
        "https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/*/*",
    ),
    (
        "w.soundcloud.com/player?url=https%3A//api.soundcloud.com/tracks/#",
        "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/*",
    ),
    ("open.spotify.com/embed/*/*", SPOTIFY),
    ("open.spotify.com/*/*", SPOTIFY),
    ("archive.org/details/*", "https://archive.org/embed/*"),
    ("archive.org/embed/*", "https://archive.org/embed/*"),
    (
        "datawrapper.dwcdn.net/*/#",
        "https://datawrapper.dwcdn.net/*/*/",
    ),
    ("datawrapper.dwcdn.net/*", DATAWRAPPER),
    ("datawrapper.de/_/*", DATAWRAPPER),
    ("flo.uri.sh/visualisation/#/embed", FLOURISH),
    ("flo.uri.sh/story/#/embed", FLOURISH_STORY),
    ("public.flourish.studio/visualisation/#", FLOURISH),
    ("public.flourish.studio/story/#", FLOURISH_STORY),
    (
        "openstreetmap.org/export/embed.html?bbox=*&marker=*",
        "https://www.openstreetmap.org/export/embed.html?bbox=*&marker=*",
    ),
    (
        "openstreetmap.org/export/embed.html?bbox=*",
        "https://www.openstreetmap.org/export/embed.html?bbox=*",
    ),
    ("embed.documentcloud.org/documents/*", DOCUMENT),
    ("documentcloud.org/documents/*", DOCUMENT),
];

const YOUTUBE: &str = "https://www.youtube-nocookie.com/embed/*?rel=0";
const VIMEO: &str = "https://player.vimeo.com/video/*?dnt=1";
const VIMEO_UNLISTED: &str = "https://player.vimeo.com/video/*?h=*&dnt=1";
const DAILYMOTION: &str = "https://geo.dailymotion.com/player.html?video=*";
const SPOTIFY: &str = "https://open.spotify.com/embed/*/*";
const DATAWRAPPER: &str = "https://datawrapper.dwcdn.net/*/";
const FLOURISH: &str = "https://flo.uri.sh/visualisation/*/embed";
const FLOURISH_STORY: &str = "https://flo.uri.sh/story/*/embed";
const DOCUMENT: &str = "https://embed.documentcloud.org/documents/*/?embed=1";

impl Embed {
    /// Whose it is, as they write it, or the host if the address is none of theirs.
    #[must_use]
    pub fn owner(&self) -> String {
        match self.href.host() {
            Some(host) if !is_of_provider(&self.provider, &self.href) => host,
            _ => TITLES
                .iter()
                .find(|(name, _)| *name == self.provider)
                .map_or(self.provider.as_str(), |(_, title)| title)
                .to_owned(),
        }
    }

    /// What a frame loads once the reader asks for it; `None` where there is only a link.
    #[must_use]
    pub fn frame(&self) -> Option<Href> {
        if !is_of_provider(&self.provider, &self.href) {
            return None;
        }
        // Parameters write the comma of two numbers in either way.
        let address = self.href.as_str().replace("%2C", ",").replace("%2F", "/");
        let address = address.get("https://".len()..)?.split('#').next()?;
        let (path, parameters) = address.split_once('?').unwrap_or((address, ""));
        let path = path.trim_end_matches('/');
        let host_ends = path.find('/')?;
        let (host, path) = path.split_at_checked(host_ends)?;
        let host = host.to_ascii_lowercase();
        let host = host.strip_prefix("www.").unwrap_or(&host);
        WAYS.iter().find_map(|(page, frame)| {
            let page = page.strip_prefix(host)?;
            let (page, named) = page.split_once('?').unwrap_or((page, ""));
            let mut ids = Vec::new();
            fits(page, path, &mut ids)?;
            for pattern in named.split('&').filter(|name| !name.is_empty()) {
                parameters
                    .split('&')
                    .find_map(|value| fits(pattern, value, &mut ids))?;
            }
            let mut ids = ids.into_iter();
            let mut address = String::new();
            for piece in frame.split_inclusive('*') {
                match piece.strip_suffix('*') {
                    Some(before) => {
                        address.push_str(before);
                        address.push_str(ids.next()?);
                    }
                    None => address.push_str(piece),
                }
            }
            safe_href(&address)
        })
    }

    /// The host of its frame as a content policy names it.
    #[must_use]
    pub fn origin(&self) -> Option<String> {
        Some(format!("https://{}", self.frame()?.host()?))
    }
}

/// Every origin a frame can be of.
pub fn origins() -> impl Iterator<Item = &'static str> {
    WAYS.iter().filter_map(|(_, frame)| {
        let host_ends = frame.get(8..)?.find('/')? + 8;
        frame.get(..host_ends)
    })
}

/// Whether a text fits a pattern; its ids are put to the others then.
fn fits<'a>(pattern: &str, text: &'a str, ids: &mut Vec<&'a str>) -> Option<()> {
    let mut rest = text;
    let mut found = Vec::new();
    for piece in pattern.split_inclusive(['*', '#']) {
        let is_number = piece.ends_with('#');
        let Some(before) = piece.strip_suffix(['*', '#']) else {
            rest = rest.strip_prefix(piece)?;
            continue;
        };
        rest = rest.strip_prefix(before)?;
        let end = rest
            .find(|c: char| !(c.is_ascii_digit() || !is_number && is_of_an_id(c)))
            .unwrap_or(rest.len());
        let (id, after) = rest.split_at_checked(end)?;
        // `..` would be a path.
        if id.is_empty() || id.starts_with('.') {
            return None;
        }
        found.push(id);
        rest = after;
    }
    rest.is_empty().then(|| ids.extend(found))
}

fn is_of_an_id(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ',')
}
