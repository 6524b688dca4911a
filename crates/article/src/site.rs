//! `site.json`: what a site says of itself.

use crate::date::Date;
use crate::href::Href;
use crate::json::{self, Kind, Value};
use crate::language::Language;
use crate::read::{Deaf, Observer, Read, names, record, wrong_shape};

record! {
    /// A site: its name, languages, and what stands around its stories.
    pub struct Site {
        schema: Option<String>, "$schema", optional;
        name: String, "name", expected;
        /// Where the site is published; its path is the sub-path the site lives under.
        base_url: Option<Href>, "baseUrl", optional;
        /// In the order they are offered.
        languages: Vec<Language>, "languages", expected;
        default_language: Language, "defaultLanguage", expected;
        /// IANA name; UTC if absent.
        time_zone: Option<String>, "timeZone", optional;
        /// What differs from language to language, by language.
        editions: PerLanguage<Edition>, "editions", optional;
        notice: Option<Notice>, "notice", optional;
        search: Option<Search>, "search", optional;
        publisher: Option<Publisher>, "publisher", optional;
        /// What a reader's browser keeps. Nothing is kept before the reader does something.
        offline: Offline, "offline", optional;
    }
}

names! {
    /// What of a site can be read without a connection: the stories that were opened
    /// and those that were saved; only what was saved, because copies of what was opened
    /// are a reading history; nothing, and what was kept before is deleted.
    pub enum Offline {
        default Visited = "visited",
        Saved = "saved",
        Off = "off",
    }
}

record! {
    /// The site in one language.
    pub struct Edition {
        /// The site's name in this language, where it differs.
        name: Option<String>, "name", optional;
        tagline: Option<String>, "tagline", optional;
        /// Links beside those every site has.
        nav: Vec<NavLink>, "nav", optional;
        /// Featured links, such as an anniversary.
        campaigns: Vec<NavLink>, "campaigns", optional;
        footer: Vec<NavLink>, "footer", optional;
    }
}

record! {
    /// A link of the site's own.
    pub struct NavLink {
        label: String, "label", expected;
        /// A sentence that goes with it, where there is room.
        text: Option<String>, "text", optional;
        href: Href, "href", required;
    }
}

record! {
    /// A message to every reader, until it is dismissed.
    pub struct Notice {
        /// A dismissed notice stays away until its id changes.
        id: String, "id", required;
        text: PerLanguage<String>, "text", expected;
        href: PerLanguage<Href>, "href", optional;
        /// The last day it is shown.
        until: Option<Date>, "until", optional;
    }
}

record! {
    /// How the site is searched.
    pub struct Search {
        /// "static": the site's own index.
        provider: String, "provider", expected;
    }
}

record! {
    /// Who answers for the site.
    pub struct Publisher {
        name: String, "name", expected;
        logo: Option<Href>, "logo", optional;
        contact: Option<Href>, "contact", optional;
    }
}

/// One value for each language, `{"en": …, "ar": …}`.
#[derive(Clone, Debug, PartialEq)]
pub struct PerLanguage<T>(pub Vec<(Language, T)>);

impl<T> Default for PerLanguage<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> PerLanguage<T> {
    /// The value for a language: the same tag, else the same primary language.
    #[must_use]
    pub fn get(&self, language: &Language) -> Option<&T> {
        let same = |(tag, _): &&(Language, T)| tag.is_same_as(language);
        let related =
            |(tag, _): &&(Language, T)| tag.primary().eq_ignore_ascii_case(language.primary());
        self.0
            .iter()
            .find(same)
            .or_else(|| self.0.iter().find(related))
            .map(|(_, value)| value)
    }
}

impl<T: Read> Read for PerLanguage<T> {
    const EXPECTED: &'static str = "an object with a value for each language";

    fn read<O: Observer>(value: &Value<'_>, observer: &mut O) -> Option<Self> {
        let Kind::Object(members) = &value.kind else {
            wrong_shape(value, Self::EXPECTED, observer);
            return None;
        };
        let mut values = Vec::new();
        for member in members {
            let tag = Value {
                kind: Kind::String(member.name.clone()),
                span: member.name_span,
            };
            if let Some(language) = Language::read(&tag, observer)
                && let Some(value) = T::read(&member.value, observer)
            {
                values.push((language, value));
            }
        }
        Some(Self(values))
    }
}

impl Site {
    /// The lenient reading; `None` if there is no object at all.
    #[must_use]
    pub fn read_leniently(source: &str) -> Option<Self> {
        Self::from_value(&json::parse(source).value?)
    }

    /// The lenient reading of JSON that is parsed already; `None` if it is no object.
    #[must_use]
    pub fn from_value(value: &Value<'_>) -> Option<Self> {
        Self::read(value, &mut Deaf)
    }

    /// The path the site lives under, with slashes at both ends: `/` or `/repo/`.
    #[must_use]
    pub fn base_path(&self) -> String {
        let path = self
            .base_url
            .as_ref()
            .and_then(|url| url.as_str().split_once("://"))
            .and_then(|(_, rest)| rest.split(['?', '#']).next())
            .and_then(|rest| rest.split_once('/'))
            .map_or("", |(_, path)| path)
            .trim_matches('/');
        if path.is_empty() {
            "/".into()
        } else {
            format!("/{path}/")
        }
    }

    /// The language of the site that a tag of an address means.
    #[must_use]
    pub fn language(&self, tag: &str) -> Option<&Language> {
        self.languages
            .iter()
            .find(|language| language.as_str().eq_ignore_ascii_case(tag))
    }

    /// The site's name in a language.
    #[must_use]
    pub fn name_in(&self, language: &Language) -> &str {
        self.editions
            .get(language)
            .and_then(|edition| edition.name.as_deref())
            .unwrap_or(&self.name)
    }
}

#[cfg(feature = "write")]
mod writing {
    use super::PerLanguage;
    use serde::{Serialize, Serializer};

    impl<T: Serialize> Serialize for PerLanguage<T> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_map(self.0.iter().map(|(language, value)| (language, value)))
        }
    }

    impl<T> crate::write::MaybeAbsent for PerLanguage<T> {
        fn is_absent(&self) -> bool {
            self.0.is_empty()
        }
    }
}
