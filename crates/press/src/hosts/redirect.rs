//! From an old address to the story that has moved.
//!
//! A redirect only ever leads to a page of this site: its target is written from the
//! story's own slug, never from a request. An old address is a path of this site, with
//! the query if the old system told its pages apart by it.

use crate::address::{percent_decoded, written};
use crate::base;
use crate::check::Checked;
use crate::composed::composed;
use crate::embargo::Visibility;

/// One old address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// Decoded, in NFC, below the root of the site, without slash at the beginning:
    /// `science/kites.html`; empty for the root.
    pub path: String,
    /// What stood after the `?`, as it was written.
    pub query: Option<String>,
    /// Where it leads: percent-encoded, below the root of the site, without slash at the
    /// beginning.
    pub to: String,
    /// The story's place in [`Checked::stories`].
    pub story: usize,
}

impl Redirect {
    /// Reads an old address, which begins with a slash.
    pub fn new(alias: &str, to: String, story: usize) -> Self {
        let alias = alias.split('#').next().unwrap_or_default();
        let (path, query) = match alias.split_once('?') {
            Some((path, query)) => (path, Some(query.to_owned())),
            None => (alias, None),
        };
        let decoded = percent_decoded(path).unwrap_or_else(|| path.to_owned());
        Self {
            path: composed(decoded.trim_start_matches('/')).into_owned(),
            query: query.filter(|query| !query.is_empty()),
            to,
            story,
        }
    }

    /// The address as requests have it: decoded, with and without slash at the end
    /// unless its last part looks like a file's name.
    pub fn paths(&self) -> Vec<String> {
        let bare = self.path.trim_end_matches('/');
        if bare.is_empty() {
            return vec![String::new()];
        }
        let last = bare.rsplit('/').next().unwrap_or_default();
        if last.contains('.') {
            return vec![self.path.clone()];
        }
        vec![bare.to_owned(), format!("{bare}/")]
    }

    /// The same, percent-encoded.
    pub fn encoded_paths(&self) -> Vec<String> {
        self.paths().iter().map(|path| encoded(path)).collect()
    }

    /// The names and values of the query, if it has the usual form and needs no
    /// encoding.
    pub fn parameters(&self) -> Option<Vec<(&str, &str)>> {
        let plain = |text: &str| {
            !text.is_empty()
                && text
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
        };
        self.query
            .as_deref()?
            .split('&')
            .map(|pair| {
                let (name, value) = pair.split_once('=')?;
                (plain(name) && plain(value)).then_some((name, value))
            })
            .collect()
    }

    /// For a person.
    pub fn shown(&self) -> String {
        match &self.query {
            Some(query) => format!("/{}?{query}", self.path),
            None => format!("/{}", self.path),
        }
    }
}

/// A path with everything encoded but letters and digits of ASCII, `-._~` and its slashes.
pub fn encoded(path: &str) -> String {
    path.split('/')
        .map(base::step)
        .collect::<Vec<_>>()
        .join("/")
}

/// Every old address of what may be seen, in the order of the stories.
pub fn of_site(checked: &Checked) -> Vec<Redirect> {
    let mut redirects = Vec::new();
    for (index, story) in checked.stories.iter().enumerate() {
        let Some(facts) = &story.facts else { continue };
        if matches!(checked.visibility(facts), Visibility::Embargoed { .. }) {
            continue;
        }
        let to = written(
            story.file.role,
            facts.language.value,
            &composed(facts.slug.value),
        );
        let to = encoded(to.trim_start_matches('/'));
        for alias in &facts.aliases {
            redirects.push(Redirect::new(alias.link.text.value, to.clone(), index));
        }
    }
    redirects
}

/// Drops what another rule of the same host says already: an address with a query whose
/// path leads to the same story whatever the query.
pub fn needed(redirects: Vec<Redirect>) -> Vec<Redirect> {
    let whole: std::collections::HashSet<(String, String)> = redirects
        .iter()
        .filter(|redirect| redirect.query.is_none())
        .map(|redirect| (redirect.path.clone(), redirect.to.clone()))
        .collect();
    redirects
        .into_iter()
        .filter(|redirect| {
            redirect.query.is_none()
                || !whole.contains(&(redirect.path.clone(), redirect.to.clone()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Redirect, needed};
    use crate::hosts::rules::samples;

    fn redirect(alias: &str) -> Redirect {
        Redirect::new(alias, "en/stories/x/".into(), 0)
    }

    #[test]
    fn an_old_address_is_decoded_and_its_query_kept() {
        let one = redirect("/old/%D9%82?id=4&x=%20#top");
        assert_eq!(one.path, "old/ق");
        assert_eq!(one.query.as_deref(), Some("id=4&x=%20"));
        assert_eq!(one.encoded_paths(), ["old/%D9%82", "old/%D9%82/"]);
    }

    #[test]
    fn a_file_has_one_address_and_a_folder_two() {
        assert_eq!(redirect("/a/b.html").paths(), ["a/b.html"]);
        assert_eq!(redirect("/a/b/").paths(), ["a/b", "a/b/"]);
        assert_eq!(redirect("/?p=1").paths(), [""]);
    }

    #[test]
    fn parameters_are_those_that_every_host_reads_alike() {
        assert_eq!(redirect("/?p=1&q=b").parameters().unwrap().len(), 2);
        for alias in ["/?412", "/?a=b%20c", "/?a=:b", "/?a=", "/"] {
            assert_eq!(redirect(alias).parameters(), None, "{alias}");
        }
    }

    #[test]
    fn a_query_that_changes_nothing_needs_no_rule() {
        let shown: Vec<String> = needed(samples::redirects())
            .iter()
            .map(Redirect::shown)
            .collect();
        assert!(!shown.contains(&"/science/kites.html?print=1".to_owned()));
        assert!(shown.contains(&"/?p=412".to_owned()));
    }
}
