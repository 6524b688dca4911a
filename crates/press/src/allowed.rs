//! What a site's policy allows beyond the site's own files: the styles that stand in its
//! pages, the hosts of frames that its readers may ask for, and streams.
//!
//! It is no more than what its stories use. A built site says it in
//! `assets/assets.json`: `first` is the sheet, `frames` are the origins, and `stream` is
//! the script of streams, which lies there only where a story has one.

use std::path::Path;

use article::json::{self, Value};

use crate::check::Checked;
use crate::embargo::Visibility;
use crate::inlined::Inlined;

/// What is allowed; by default nothing is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Allowed {
    /// Sources of `style-src` ([`Inlined::sources`]).
    pub styles: Vec<String>,
    /// Origins of `frame-src`, such as `https://player.vimeo.com`, in order.
    pub frames: Vec<String>,
    /// Whether a script hands films to their elements.
    pub streams: bool,
}

impl Allowed {
    /// What the published stories use, in pages that hold these styles.
    pub fn of(checked: &Checked, inlined: Option<&Inlined>) -> Self {
        let mut allowed = Self {
            styles: inlined.map(Inlined::sources).unwrap_or_default(),
            ..Self::default()
        };
        for (_, facts) in checked.known() {
            if checked.visibility(facts) == Visibility::Published {
                allowed
                    .frames
                    .extend(facts.frames.iter().copied().map(str::to_owned));
                allowed.streams |= facts.has_stream;
            }
        }
        allowed.frames.sort_unstable();
        allowed.frames.dedup();
        allowed
    }

    /// What a built site says of itself. What cannot be read allows nothing.
    pub fn read(site: &Path) -> Self {
        let inlined = Inlined::read(site).ok().flatten();
        let source = std::fs::read_to_string(site.join("assets/assets.json")).unwrap_or_default();
        let (frames, streams) = named(&source);
        Self {
            styles: inlined.as_ref().map(Inlined::sources).unwrap_or_default(),
            frames,
            streams,
        }
    }
}

/// The origins of frames, and whether there is a script of streams.
fn named(assets: &str) -> (Vec<String>, bool) {
    let parsed = json::parse(assets);
    let Some(root) = &parsed.value else {
        return (Vec::new(), false);
    };
    let frames = root.list("frames").iter().filter_map(Value::as_str);
    // A file that somebody else wrote may not widen the policy.
    let frames = frames.filter(|origin| article::embed::origins().any(|known| known == *origin));
    (
        frames.map(str::to_owned).collect(),
        root.get("stream").is_some(),
    )
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn a_site_says_what_it_allows_and_nothing_that_is_no_provider_of_embeds() {
        let (frames, streams) = named(
            r#"{"frames": ["https://player.vimeo.com", "https://evil.example", "*"], "stream": {}}"#,
        );
        assert_eq!(frames, ["https://player.vimeo.com"]);
        assert!(streams);
        assert_eq!(named("{}"), (Vec::new(), false));
        assert_eq!(named("no list"), (Vec::new(), false));
    }
}
