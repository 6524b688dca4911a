//! What every view may ask for: the site, the words, and where links lead.

use std::sync::Arc;

use article::site::{Edition, Site};
use article::{Href, Language};

use crate::i18n::{Messages, Word};
use crate::route::Route;

/// The surroundings of a view. Cheap to clone.
#[derive(Clone)]
pub struct Scope {
    pub site: Arc<Site>,
    pub messages: Arc<Messages>,
    /// What paths below the site's root are joined to: `/`, `/repo/`, or `../../`
    /// in a snapshot. Ends in a slash or is empty.
    pub base: Arc<str>,
    pub route: Route,
}

impl Scope {
    /// The language of the interface.
    #[must_use]
    pub fn lang(&self) -> &Language {
        &self.messages.language
    }

    /// A word of the interface.
    #[must_use]
    pub fn t(&self, word: Word) -> String {
        self.messages.get(word)
    }

    /// The address of a route.
    #[must_use]
    pub fn to(&self, route: &Route) -> String {
        let href = route.href(&self.base);
        if href.is_empty() { "./".into() } else { href }
    }

    /// The address a link of the content leads to, or a file of it is fetched from.
    #[must_use]
    pub fn link(&self, href: &Href) -> String {
        match href.site_path() {
            Some(path) if path.is_empty() && self.base.is_empty() => "./".into(),
            Some(path) => format!("{}{path}", self.base),
            None => href.as_str().to_owned(),
        }
    }

    /// What the site says of itself in this language.
    #[must_use]
    pub fn edition(&self) -> Option<&Edition> {
        self.site.editions.get(self.lang())
    }

    /// The site's name in this language.
    #[must_use]
    pub fn site_name(&self) -> &str {
        self.site.name_in(self.lang())
    }
}
