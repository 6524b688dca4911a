//! RSS 2.0, as the RSS Advisory Board's Best Practices Profile has it: the whole
//! story in `content:encoded`, names in `dc:creator`, pictures as Media RSS.

use super::entry::{Entry, Picture};
use super::feed::{Feed, Format};
use crate::moment::{Zone, rfc822};
use crate::xml::Xml;

/// The feed as RSS 2.0.
pub fn rss(feed: &Feed<'_>) -> Vec<u8> {
    let mut xml = Xml::document();
    xml.open(
        "rss",
        &[
            ("version", "2.0"),
            ("xmlns:atom", "http://www.w3.org/2005/Atom"),
            ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
            ("xmlns:fh", "http://purl.org/syndication/history/1.0"),
            ("xmlns:media", "http://search.yahoo.com/mrss/"),
        ],
    );
    xml.open("channel", &[]);
    line(&mut xml, "title", feed.title);
    line(&mut xml, "link", &feed.page_url());
    // It may not be missing.
    line(
        &mut xml,
        "description",
        feed.description.unwrap_or(feed.title),
    );
    line(&mut xml, "language", feed.language.as_str());
    if let Some(updated) = feed.updated().and_then(|date| rfc822(&date, feed.zone)) {
        line(&mut xml, "lastBuildDate", &updated);
    }
    link(&mut xml, "self", &feed.url(Format::Rss, feed.part.name));
    if feed.part.name.is_some() {
        xml.new_line();
        xml.empty("fh:archive", &[]);
    }
    for (relation, url) in feed.chain(Format::Rss) {
        link(&mut xml, relation, &url);
    }
    for item in feed.items {
        xml.append(&item.rss);
    }
    xml.new_line();
    xml.close("channel");
    xml.close("rss");
    xml.new_line();
    xml.finish()
}

/// A story.
pub(super) fn item(entry: &Entry<'_>, zone: &Zone, publisher: &str) -> Vec<u8> {
    let mut xml = Xml::fragment();
    write_item(&mut xml, entry, zone, publisher);
    xml.finish()
}

fn write_item(xml: &mut Xml, entry: &Entry<'_>, zone: &Zone, publisher: &str) {
    xml.new_line();
    xml.open("item", &[]);
    line(xml, "title", &entry.title);
    line(xml, "link", &entry.url);
    xml.new_line();
    xml.element("guid", &[("isPermaLink", "false")], &entry.id);
    if let Some(date) = entry.issued().and_then(|date| rfc822(&date, zone)) {
        line(xml, "pubDate", &date);
    }
    // The language of an item has no element in RSS itself.
    line(xml, "dc:language", entry.language);
    if entry.authors.is_empty() {
        line(xml, "dc:creator", publisher);
    }
    for author in &entry.authors {
        line(xml, "dc:creator", &author.name);
    }
    for person in &entry.contributors {
        line(xml, "dc:contributor", &person.name);
    }
    for topic in &entry.topics {
        line(xml, "category", topic.name);
    }
    if let Some(summary) = &entry.summary {
        line(xml, "description", summary);
    }
    // More than one is against the profile: half of the readers take the first,
    // half the last. All of them are in media:content.
    if let Some(enclosure) = entry.enclosures.first() {
        // Where the size is not known, the profile asks for a nought.
        let bytes = enclosure.bytes.unwrap_or_default().to_string();
        xml.new_line();
        xml.empty(
            "enclosure",
            &[
                ("url", enclosure.url.as_str()),
                ("length", &bytes),
                ("type", enclosure.content_type),
            ],
        );
    }
    if let Some(picture) = &entry.picture {
        write_picture(xml, picture);
    }
    for enclosure in &entry.enclosures {
        let bytes = enclosure.bytes.map(|bytes| bytes.to_string());
        let seconds = enclosure.seconds.map(|seconds| seconds.to_string());
        let medium = enclosure.content_type.split('/').next().unwrap_or_default();
        let mut attributes = vec![
            ("url", enclosure.url.as_str()),
            ("type", enclosure.content_type),
            ("medium", medium),
        ];
        attributes.extend(bytes.as_deref().map(|bytes| ("fileSize", bytes)));
        attributes.extend(seconds.as_deref().map(|seconds| ("duration", seconds)));
        xml.new_line();
        xml.open("media:content", &attributes);
        if !enclosure.title.is_empty() {
            xml.element("media:title", &[("type", "plain")], &enclosure.title);
        }
        xml.close("media:content");
    }
    // After the summary: readers that know both take the last that they can show.
    if let Some(content) = &entry.content {
        line(xml, "content:encoded", content);
    }
    xml.new_line();
    xml.close("item");
}

fn write_picture(xml: &mut Xml, picture: &Picture) {
    let size = |pixels: Option<u32>| pixels.map(|pixels| pixels.to_string());
    let (width, height) = (size(picture.width), size(picture.height));
    let mut attributes = vec![
        ("url", picture.url.as_str()),
        ("type", picture.content_type.as_str()),
        ("medium", "image"),
    ];
    let mut thumbnail = vec![("url", picture.url.as_str())];
    for attributes in [&mut attributes, &mut thumbnail] {
        attributes.extend(width.as_deref().map(|width| ("width", width)));
        attributes.extend(height.as_deref().map(|height| ("height", height)));
    }
    xml.new_line();
    xml.open("media:content", &attributes);
    if let Some(alt) = &picture.alt {
        xml.element("media:description", &[("type", "plain")], alt);
    }
    if let Some(credit) = &picture.credit {
        xml.element("media:credit", &[], credit);
    }
    xml.empty("media:thumbnail", &thumbnail);
    xml.close("media:content");
}

fn link(xml: &mut Xml, relation: &str, url: &str) {
    xml.new_line();
    xml.empty(
        "atom:link",
        &[
            ("rel", relation),
            ("type", Format::Rss.media_type()),
            ("href", url),
        ],
    );
}

fn line(xml: &mut Xml, name: &str, text: &str) {
    xml.new_line();
    xml.element(name, &[], text);
}
