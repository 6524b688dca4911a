//! What a page is about, as JSON-LD in the words of schema.org: for search engines,
//! archives and everybody who reads pages with a program.
//!
//! It says nothing that the page does not show, and invents nothing: a date is as
//! exact as the archive's, an author without a page has no address, a film that
//! nothing plays is no `VideoObject`. What it is written from has been through
//! press, so stories before their time and stories taken back are not in it.

mod media;
mod story;

use article::site::Site;
use article::{Article, Image, Language, Media};
use serde_json::{Map, Value, json};

use crate::base::Base;

/// A page as linked data sees it.
pub struct Page<'a> {
    pub site: &'a Site,
    pub published: &'a Base,
    /// Of the edition.
    pub language: &'a Language,
    /// The page's own full address.
    pub url: &'a str,
    /// What it is called, without the site's name.
    pub name: &'a str,
    pub description: Option<&'a str>,
    pub shows: Shows<'a>,
}

/// What a page is there for.
pub enum Shows<'a> {
    Front {
        /// The full address of the search, without a query.
        search: &'a str,
    },
    Story {
        article: &'a Article,
        /// Its published translations and itself, by language tag or `x-default`.
        alternates: &'a [(String, String)],
    },
    /// A standing page, such as "about".
    Standing {
        article: &'a Article,
        is_about: bool,
    },
    /// Photos or films, the newest first.
    List {
        /// What they are called, and the full addresses of their pages.
        parts: &'a [(String, String)],
    },
    Photo {
        article: &'a Article,
        /// The full address of the story it belongs to.
        story: &'a str,
        image: &'a Image,
    },
    Video {
        article: &'a Article,
        /// The full address of the story it belongs to.
        story: &'a str,
        video: &'a Media,
    },
}

/// The whole as one graph, whose nodes refer to each other by `@id`.
pub fn graph(page: &Page<'_>) -> Value {
    let mut nodes = Vec::new();
    match &page.shows {
        Shows::Front { search } => {
            nodes.push(page.organization(true));
            nodes.push(page.website(Some(search)));
        }
        Shows::Story {
            article,
            alternates,
        } => {
            nodes.push(story::story(page, article, alternates));
            nodes.push(page.trail(&[]));
            nodes.push(page.organization(false));
            nodes.push(page.website(None));
        }
        Shows::Standing { article, is_about } => {
            nodes.push(story::standing(page, article, *is_about));
            nodes.push(page.trail(&[]));
            nodes.push(page.organization(false));
            nodes.push(page.website(None));
        }
        Shows::List { parts } => {
            nodes.push(page.collection(parts));
            nodes.push(page.trail(&[]));
            nodes.push(page.website(None));
        }
        Shows::Photo {
            article,
            story,
            image,
        } => {
            if let Some(node) = media::photo(page, story, image) {
                nodes.push(node);
            }
            nodes.push(page.trail(&[(article.plain_headline(), story)]));
        }
        Shows::Video {
            article,
            story,
            video,
        } => {
            if let Some(mut node) = media::video(page, article, video) {
                node.insert("@id".into(), json!(format!("{}#video", page.url)));
                node.insert("isPartOf".into(), reference(&story_id(story)));
                nodes.push(Value::Object(node));
            }
            nodes.push(page.trail(&[(article.plain_headline(), story)]));
        }
    }
    json!({ "@context": "https://schema.org", "@graph": nodes })
}

/// JSON as it may stand in a script element: nothing in it can end the element or
/// open a comment (HTML Standard, "script data state"), and U+2028/2029 are
/// escaped because JavaScript once counted them as line ends. All of these can only
/// stand inside the strings of JSON, so it remains the same JSON.
pub fn in_script(value: &Value) -> String {
    let json = value.to_string();
    let mut safe = String::with_capacity(json.len() + json.len() / 16);
    for character in json.chars() {
        match character {
            '<' => safe.push_str("\\u003c"),
            '>' => safe.push_str("\\u003e"),
            '&' => safe.push_str("\\u0026"),
            '\u{2028}' => safe.push_str("\\u2028"),
            '\u{2029}' => safe.push_str("\\u2029"),
            other => safe.push(other),
        }
    }
    safe
}

/// The name of a story in linked data: its address and its part of the page.
fn story_id(url: &str) -> String {
    format!("{url}#story")
}

fn reference(id: &str) -> Value {
    json!({ "@id": id })
}

impl Page<'_> {
    fn publisher_id(&self) -> String {
        self.published.url("#publisher")
    }

    fn website_id(&self) -> String {
        self.published.url("#website")
    }

    /// Who answers for the site; on the front with how to reach them.
    fn organization(&self, is_whole: bool) -> Value {
        let publisher = self.site.publisher.as_ref();
        let name = publisher
            .map(|publisher| publisher.name.as_str())
            .filter(|name| !name.is_empty())
            .unwrap_or(&self.site.name);
        let mut node = typed("NewsMediaOrganization");
        node.insert("@id".into(), json!(self.publisher_id()));
        node.insert("name".into(), json!(name));
        node.insert("url".into(), json!(self.published.url("")));
        let logo = publisher.and_then(|publisher| publisher.logo.as_ref());
        if let Some(url) = logo.and_then(|href| self.published.target(href)) {
            node.insert("logo".into(), json!({ "@type": "ImageObject", "url": url }));
        }
        let contact = publisher.and_then(|publisher| publisher.contact.as_ref());
        if let Some(contact) = contact.filter(|_| is_whole) {
            let address = contact.as_str();
            let bare = |scheme: &str| {
                address
                    .get(..scheme.len())
                    .filter(|start| start.eq_ignore_ascii_case(scheme))
                    .and_then(|_| address.get(scheme.len()..))
                    .and_then(|rest| rest.split('?').next())
            };
            if let Some(email) = bare("mailto:") {
                node.insert("email".into(), json!(email));
            } else if let Some(number) = bare("tel:") {
                node.insert("telephone".into(), json!(number));
            } else if let Some(url) = self.published.target(contact) {
                let point = json!({ "@type": "ContactPoint", "url": url });
                node.insert("contactPoint".into(), point);
            }
        }
        Value::Object(node)
    }

    /// The site; on the front with its languages and how to search it.
    fn website(&self, search: Option<&str>) -> Value {
        let mut node = typed("WebSite");
        node.insert("@id".into(), json!(self.website_id()));
        node.insert("name".into(), json!(self.site.name_in(self.language)));
        node.insert("url".into(), json!(self.published.url("")));
        let Some(search) = search else {
            return Value::Object(node);
        };
        if self.site.name_in(self.language) != self.site.name {
            node.insert("alternateName".into(), json!(self.site.name));
        }
        put(&mut node, "description", self.description);
        node.insert("publisher".into(), reference(&self.publisher_id()));
        let languages = self.site.languages.iter().map(Language::as_str);
        node.insert("inLanguage".into(), languages.collect());
        node.insert(
            "potentialAction".into(),
            json!({
                "@type": "SearchAction",
                "target": {
                    "@type": "EntryPoint",
                    "urlTemplate": format!("{search}?q={{search_term_string}}"),
                },
                "query-input": "required name=search_term_string",
            }),
        );
        Value::Object(node)
    }

    /// A page that lists others. Of each it says name and address: the rest stands there.
    fn collection(&self, parts: &[(String, String)]) -> Value {
        let mut node = typed("CollectionPage");
        node.insert("url".into(), json!(self.url));
        node.insert("name".into(), json!(self.name));
        put(&mut node, "description", self.description);
        node.insert("inLanguage".into(), json!(self.language.as_str()));
        node.insert("isPartOf".into(), reference(&self.website_id()));
        let items: Vec<Value> = parts
            .iter()
            .enumerate()
            .map(|(index, (name, url))| {
                json!({ "@type": "ListItem", "position": index + 1, "name": name, "url": url })
            })
            .collect();
        node.insert(
            "mainEntity".into(),
            json!({ "@type": "ItemList", "itemListElement": items }),
        );
        Value::Object(node)
    }

    /// The way from the front to this page, by way of the given ones.
    fn trail(&self, between: &[(String, &str)]) -> Value {
        let front = self.published.url(&format!("{}/", self.language.as_str()));
        let site = self.site.name_in(self.language).to_owned();
        let steps = std::iter::once((site, front.as_str()))
            .chain(between.iter().cloned())
            .chain([(self.name.to_owned(), self.url)]);
        let items: Vec<Value> = steps
            .enumerate()
            .map(|(index, (name, url))| {
                json!({ "@type": "ListItem", "position": index + 1, "name": name, "item": url })
            })
            .collect();
        json!({ "@type": "BreadcrumbList", "itemListElement": items })
    }
}

fn typed(kind: &str) -> Map<String, Value> {
    let mut node = Map::new();
    node.insert("@type".into(), json!(kind));
    node
}

/// Sets a property that has a value.
fn put<T: Into<Value>>(node: &mut Map<String, Value>, name: &str, value: Option<T>) {
    if let Some(value) = value {
        node.insert(name.into(), value.into());
    }
}

/// Sets a property that has one value or several.
fn put_all(node: &mut Map<String, Value>, name: &str, mut values: Vec<Value>) {
    match values.len() {
        0 => {}
        1 => put(node, name, values.pop()),
        _ => put(node, name, Some(values)),
    }
}

#[cfg(test)]
mod tests;
