//! The files a page points at so that other programs find them: feeds, the
//! manifest, the description of the search.

use std::fmt::Write as _;

use article::story::Subject;
use article::{Language, Site, Slug};

use crate::base::encoded;
use crate::snapshot::document::escaped;

/// The name of a feed's file and its media type, in the order they are offered.
pub const FEEDS: [(&str, &str); 3] = [
    ("atom.xml", "application/atom+xml"),
    ("rss.xml", "application/rss+xml"),
    ("feed.json", "application/feed+json"),
];

/// Where the companions of an edition lie, as paths from the site's root.
pub struct Places {
    /// The folder of the edition's feeds, with a slash at the end.
    pub edition: String,
    /// The folder of the topics' folders of feeds, with a slash at the end.
    pub topics: String,
    pub manifest: String,
    pub search: String,
}

impl Places {
    pub fn of(language: &Language) -> Self {
        let tag = language.as_str();
        Self {
            edition: format!("{tag}/"),
            topics: format!("{tag}/topics/"),
            manifest: format!("{tag}/manifest.json"),
            search: format!("{tag}/opensearch.xml"),
        }
    }
}

/// What there is of them. A link to a file that is not there would be a fault
/// that every feed reader and every installation stumbles over.
#[derive(Default)]
pub struct Companions {
    links: Vec<Link>,
}

struct Link {
    rel: &'static str,
    media_type: Option<&'static str>,
    title: Option<String>,
    path: String,
}

impl Companions {
    /// The companions of an edition and, on a story, of its first topic; `has` says
    /// which files are in the built site.
    pub fn of(
        site: &Site,
        language: &Language,
        topic: Option<&Subject>,
        places: &Places,
        has: impl Fn(&str) -> bool,
    ) -> Self {
        let name = site.name_in(language);
        let mut links = Vec::new();
        let mut add = |rel, media_type, title: Option<String>, path: String| {
            if has(&path) {
                links.push(Link {
                    rel,
                    media_type,
                    title,
                    path,
                });
            }
        };
        for (file, media_type) in FEEDS {
            let path = format!("{}{file}", places.edition);
            add("alternate", Some(media_type), Some(name.into()), path);
        }
        // An id becomes part of a path, as a slug does.
        if let Some(topic) = topic.filter(|topic| Slug::new(&topic.id).is_some()) {
            for (file, media_type) in FEEDS {
                let path = format!("{}{}/{file}", places.topics, topic.id);
                let title = format!("{name}: {}", topic.name);
                add("alternate", Some(media_type), Some(title), path);
            }
        }
        add("manifest", None, None, places.manifest.clone());
        add(
            "search",
            Some("application/opensearchdescription+xml"),
            Some(name.into()),
            places.search.clone(),
        );
        Self { links }
    }

    /// The link elements, seen from a page with this way to the root.
    pub fn write_to(&self, base: &str, text: &mut String) -> std::fmt::Result {
        for link in &self.links {
            write!(text, "<link rel=\"{}\"", link.rel)?;
            if let Some(media_type) = link.media_type {
                write!(text, " type=\"{media_type}\"")?;
            }
            if let Some(title) = &link.title {
                write!(text, " title=\"{}\"", escaped(title))?;
            }
            let href = format!("{base}{}", encoded(&link.path));
            writeln!(text, " href=\"{}\">", escaped(&href))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Companions, Places};
    use article::Language;
    use article::site::Site;
    use article::story::Subject;

    fn written(there: &[&str]) -> String {
        let site = Site::read_leniently(r#"{"name":"A \"B\"","languages":["en"]}"#).unwrap();
        let language = Language::new("en").unwrap();
        let topic = Subject {
            id: "بحر".into(),
            name: "Sea".into(),
            uri: None,
        };
        let places = Places::of(&language);
        let found = Companions::of(&site, &language, Some(&topic), &places, |path| {
            there.contains(&path)
        });
        let mut text = String::new();
        found.write_to("../", &mut text).unwrap();
        text
    }

    #[test]
    fn only_files_that_are_there_are_linked() {
        assert_eq!(written(&[]), "");
        assert_eq!(
            written(&["en/atom.xml", "en/manifest.json"]),
            "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"A &quot;B&quot;\" href=\"../en/atom.xml\">\n\
             <link rel=\"manifest\" href=\"../en/manifest.json\">\n"
        );
    }

    #[test]
    fn the_feed_of_a_storys_first_topic_is_named_after_it() {
        assert_eq!(
            written(&["en/topics/بحر/feed.json"]),
            "<link rel=\"alternate\" type=\"application/feed+json\" title=\"A &quot;B&quot;: Sea\" href=\"../en/topics/%D8%A8%D8%AD%D8%B1/feed.json\">\n"
        );
    }
}
