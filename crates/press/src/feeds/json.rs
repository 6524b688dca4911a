//! JSON Feed, version 1.1.

use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::entry::{Author, Entry};
use super::feed::{Feed, Format};
use crate::finding::Failure;
use crate::moment::{Zone, full};

#[derive(Serialize)]
struct Document<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: String,
    feed_url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    /// The next older part.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    icon: Option<String>,
    authors: Vec<Person<'a>>,
    language: &'a str,
    items: Vec<&'a RawValue>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    /// One of the two must be there.
    #[serde(skip_serializing_if = "Option::is_none")]
    content_html: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Person<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'a str>,
    language: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<Attachment<'a>>,
}

#[derive(Serialize)]
struct Person<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct Attachment<'a> {
    url: &'a str,
    mime_type: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    size_in_bytes: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration_in_seconds: Option<u32>,
}

/// The feed as JSON Feed 1.1.
pub fn json(feed: &Feed<'_>) -> Result<Vec<u8>, Failure> {
    let document = Document {
        version: "https://jsonfeed.org/version/1.1",
        title: feed.title,
        home_page_url: feed.page_url(),
        feed_url: feed.url(Format::Json, feed.part.name),
        description: feed.description,
        next_url: feed
            .part
            .older
            .map(|older| feed.url(Format::Json, Some(older))),
        icon: feed.icon.map(|icon| feed.base.url(icon)),
        authors: vec![Person {
            name: feed.publisher,
            url: None,
        }],
        language: feed.language.as_str(),
        items: feed.items.iter().map(|item| &*item.json).collect(),
    };
    serde_json::to_vec(&document).map_err(|error| unwritten(&error))
}

fn unwritten(error: &serde_json::Error) -> Failure {
    Failure(format!("could not write a JSON feed: {error}"))
}

/// A story.
pub(super) fn item(entry: &Entry<'_>, zone: &Zone) -> Result<Box<RawValue>, Failure> {
    to_raw_value(&told(entry, zone)).map_err(|error| unwritten(&error))
}

fn told<'a>(entry: &'a Entry<'_>, zone: &Zone) -> Item<'a> {
    let moment = |date: Option<article::Date>| {
        date.and_then(|date| full(&date, zone))
            .map(|date| date.to_string())
    };
    let instead = entry.summary.as_deref().unwrap_or(&entry.title);
    Item {
        id: &entry.id,
        url: &entry.url,
        title: &entry.title,
        content_html: entry.content.as_deref(),
        content_text: entry.content.is_none().then_some(instead),
        summary: entry.summary.as_deref(),
        image: entry.picture.as_ref().map(|picture| picture.url.as_str()),
        date_published: moment(entry.issued()),
        date_modified: moment(entry.modified),
        authors: entry.authors.iter().map(person).collect(),
        tags: entry.topics.iter().map(|topic| topic.name).collect(),
        language: entry.language,
        attachments: entry
            .enclosures
            .iter()
            .map(|enclosure| Attachment {
                url: &enclosure.url,
                mime_type: enclosure.content_type,
                title: &enclosure.title,
                size_in_bytes: enclosure.bytes,
                duration_in_seconds: enclosure.seconds,
            })
            .collect(),
    }
}

fn person(author: &Author) -> Person<'_> {
    Person {
        name: &author.name,
        url: author.url.as_deref(),
    }
}
