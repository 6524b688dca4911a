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
    /// What the story shown warns of as a whole.
    pub story_warning: Option<Arc<str>>,
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
        below(&self.base, &route.href(""))
    }

    /// The address a link of the content leads to, or a file of it is fetched from.
    #[must_use]
    pub fn link(&self, href: &Href) -> String {
        match href.site_path() {
            Some(path) => below(&self.base, path),
            None => href.as_str().to_owned(),
        }
    }

    /// What the site says of itself in this language.
    #[must_use]
    pub fn edition(&self) -> Option<&Edition> {
        self.site.editions.get(self.lang())
    }

    /// What a picture or film of the page carries a warning of: its own, else that of its
    /// story, which is about all of them.
    #[must_use]
    pub fn warning<'a>(&'a self, own: Option<&'a str>) -> Option<&'a str> {
        own.or(self.story_warning.as_deref())
    }

    /// The site's name in this language.
    #[must_use]
    pub fn site_name(&self) -> &str {
        self.site.name_in(self.lang())
    }
}

/// A path below the base. Where the base is empty a first segment with a colon would be
/// read as a scheme (`javascript:…`), and nothing at all as this page.
fn below(base: &str, path: &str) -> String {
    let first = path.split('/').next().unwrap_or_default();
    if base.is_empty() && (path.is_empty() || first.contains(':')) {
        return format!("./{path}");
    }
    format!("{base}{path}")
}

#[cfg(test)]
mod tests {
    use super::below;

    #[test]
    fn no_path_below_an_empty_base_is_read_as_a_scheme() {
        assert_eq!(below("", "javascript:alert(1)"), "./javascript:alert(1)");
        assert_eq!(below("", "data:text/html,x/y"), "./data:text/html,x/y");
        assert_eq!(below("", ""), "./");
        assert_eq!(below("", "en/stories/a:b/"), "en/stories/a:b/");
        assert_eq!(below("../", "javascript:x"), "../javascript:x");
    }
}
