//! What every host is told, before it is said in a host's own words.
//!
//! The headers come from [`headers::of`] and nowhere else; a host's file only says
//! them again.

use crate::allowed::Allowed;
use crate::headers::{self, Answer, Place, RULES, Transport};

use super::redirect::Redirect;

/// Everything that the files of a host are made of.
pub struct Rules {
    /// The path the site lies under, with slashes at both ends.
    pub base: String,
    /// The site's name among others on one server: letters, digits and `_`.
    pub name: String,
    /// The headers of every answer.
    pub everywhere: Vec<Header>,
    /// Headers in place of those, where they hold. Where two speak of one header, the
    /// later one counts.
    pub sections: Vec<Section>,
    /// `cache-control` of everything that is not a file which is there.
    pub unkept: String,
    /// From old addresses, none twice.
    pub redirects: Vec<Redirect>,
    /// What lies at the top of the built site.
    pub tops: Vec<Top>,
    /// What its policy allows beyond its own files.
    allowed: Allowed,
}

/// A header: its name in lower case, and its value in ASCII.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    pub name: &'static str,
    pub value: String,
}

/// Headers of one part of the site.
pub struct Section {
    pub place: Place,
    pub headers: Vec<Header>,
}

/// A file or a folder at the top of the built site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Top {
    Folder(String),
    File(String),
}

/// How long something may be kept.
pub const CACHE: &str = "cache-control";

impl Rules {
    /// The rules of a site under a path (slashes at both ends), by its name, that allows
    /// this beyond its own files.
    pub fn new(
        base: String,
        name: String,
        redirects: Vec<Redirect>,
        tops: Vec<Top>,
        allowed: Allowed,
    ) -> Self {
        let sections = RULES.iter().filter_map(|rule| {
            let sample = match rule.place {
                Place::Everywhere => return None,
                Place::Below(folder) => format!("{folder}/x"),
                Place::File(file) => file.to_owned(),
            };
            let mut said = at(&sample, Answer::File, &allowed);
            said.retain(|header| rule.headers.iter().any(|(name, _)| *name == header.name));
            Some(Section {
                place: rule.place,
                headers: said,
            })
        });
        let unkept = at("", Answer::Other, &allowed)
            .into_iter()
            .find(|header| header.name == CACHE)
            .map_or_else(String::new, |header| header.value);
        Self {
            everywhere: at("", Answer::File, &allowed),
            sections: sections.collect(),
            unkept,
            base,
            name,
            redirects,
            tops,
            allowed,
        }
    }

    /// The headers of a file, by its path below the root of the site.
    pub fn of(&self, path: &str) -> Vec<Header> {
        at(path, Answer::File, &self.allowed)
    }

    /// Names of headers that are not the same everywhere.
    pub fn varying(&self) -> Vec<&'static str> {
        let mut names: Vec<&'static str> = self
            .sections
            .iter()
            .flat_map(|section| section.headers.iter().map(|header| header.name))
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The headers that are the same everywhere.
    pub fn constant(&self) -> impl Iterator<Item = &Header> {
        let varying = self.varying();
        self.everywhere
            .iter()
            .filter(move |header| !varying.contains(&header.name))
    }
}

fn at(path: &str, answer: Answer, allowed: &Allowed) -> Vec<Header> {
    headers::of(path, answer, Transport::Https)
        .into_iter()
        .map(|(name, value)| Header {
            name,
            value: headers::allowing(value, allowed).into_owned(),
        })
        .collect()
}

/// The site's name among others, from its full address.
pub fn name_of(url: Option<&str>) -> String {
    let rest = url.and_then(|url| url.split_once("://"));
    let mut name = String::from("dateline");
    for word in rest
        .map_or("", |(_, rest)| rest)
        .split(|character: char| !character.is_ascii_alphanumeric())
    {
        if !word.is_empty() {
            name.push('_');
            name.push_str(word);
        }
    }
    name
}

#[cfg(test)]
pub mod samples {
    use super::{Allowed, Redirect, Rules, Top};

    /// A small site with old addresses of every kind.
    pub fn rules(base: &str) -> Rules {
        Rules::new(
            base.into(),
            "dateline_news_example".into(),
            redirects(),
            vec![
                Top::File("404.html".into()),
                Top::Folder("assets".into()),
                Top::Folder("en".into()),
                Top::File("index.html".into()),
                Top::Folder("media".into()),
                Top::File("version.json".into()),
            ],
            Allowed {
                styles: vec!["'sha256-first'".into()],
                ..Allowed::default()
            },
        )
    }

    pub fn redirects() -> Vec<Redirect> {
        [
            ("/science/kites.html", "en/stories/kites/"),
            ("/news/ferry.asp?id=412", "en/stories/ferry/"),
            ("/?p=412", "en/stories/ferry/"),
            ("/old/قارب", "ar/stories/%D9%82%D8%A7%D8%B1%D8%A8/"),
            ("/a b/\"quoted\"", "en/stories/kites/"),
            ("/every/*/thing:now", "en/stories/kites/"),
            ("/science/kites.html?print=1", "en/stories/kites/"),
        ]
        .into_iter()
        .map(|(from, to)| Redirect::new(from, to.to_owned(), 0))
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{CACHE, Place, name_of, samples};

    #[test]
    fn a_section_says_only_what_it_changes() {
        let rules = samples::rules("/");
        let media = rules
            .sections
            .iter()
            .find(|section| section.place == Place::Below("media"))
            .unwrap();
        let names: Vec<&str> = media.headers.iter().map(|header| header.name).collect();
        assert_eq!(names.len(), 2);
        assert!(names.contains(&CACHE) && names.contains(&"cross-origin-resource-policy"));
        assert_eq!(rules.unkept, "no-store");
    }

    #[test]
    fn what_is_the_same_everywhere_and_what_is_not_make_the_whole() {
        let rules = samples::rules("/");
        assert_eq!(
            rules.constant().count() + rules.varying().len(),
            rules.everywhere.len()
        );
    }

    #[test]
    fn a_name_is_made_of_the_address() {
        let name = name_of(Some("https://user.example/repo/"));
        assert_eq!(name, "dateline_user_example_repo");
        assert_eq!(name_of(None), "dateline");
    }
}
