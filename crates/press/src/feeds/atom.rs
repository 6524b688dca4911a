//! Atom (RFC 4287), with thumbnails as Media RSS has them and archives as RFC 5005
//! has them.

use article::Date;

use super::entry::{Author, Entry};
use super::feed::{Feed, Format};
use crate::moment::{Zone, full};
use crate::xml::Xml;

/// The feed as Atom. `None` where no story has a date: a feed must say when it last
/// changed (§4.1.1), and what nobody knows is not made up.
///
/// An entry must have a date too, so a story without one is left to the other
/// formats; press lets none be published.
pub fn atom(feed: &Feed<'_>) -> Option<Vec<u8>> {
    let updated = feed.updated()?.to_string();
    let mut xml = Xml::document();
    xml.open(
        "feed",
        &[
            ("xmlns", "http://www.w3.org/2005/Atom"),
            ("xmlns:media", "http://search.yahoo.com/mrss/"),
            ("xmlns:fh", "http://purl.org/syndication/history/1.0"),
            ("xml:lang", feed.language.as_str()),
        ],
    );
    let page = feed.page_url();
    line(&mut xml, "id", &page);
    line(&mut xml, "title", feed.title);
    if let Some(description) = feed.description {
        line(&mut xml, "subtitle", description);
    }
    line(&mut xml, "updated", &updated);
    link(
        &mut xml,
        "self",
        Format::Atom.media_type(),
        &feed.url(Format::Atom, feed.part.name),
    );
    link(&mut xml, "alternate", "text/html", &page);
    if feed.part.name.is_some() {
        xml.new_line();
        xml.empty("fh:archive", &[]);
    }
    for (relation, url) in feed.chain(Format::Atom) {
        link(&mut xml, relation, Format::Atom.media_type(), &url);
    }
    if let Some(icon) = feed.icon {
        line(&mut xml, "icon", &feed.base.url(icon));
    }
    // It answers for every entry that has no author of its own (§4.2.1).
    person(&mut xml, "author", feed.publisher, None);
    for item in feed.items {
        xml.append(&item.atom);
    }
    xml.new_line();
    xml.close("feed");
    xml.new_line();
    Some(xml.finish())
}

/// A story; nothing where it has no date.
pub(super) fn entry(entry: &Entry<'_>, zone: &Zone) -> Vec<u8> {
    let mut xml = Xml::fragment();
    write_entry(&mut xml, entry, zone);
    xml.finish()
}

fn write_entry(xml: &mut Xml, entry: &Entry<'_>, zone: &Zone) {
    let moment = |date: Option<Date>| date.and_then(|date| full(&date, zone));
    let (Some(published), Some(updated)) = (moment(entry.issued()), moment(entry.updated())) else {
        return;
    };
    xml.new_line();
    xml.open("entry", &[("xml:lang", entry.language)]);
    line(xml, "id", &entry.id);
    xml.new_line();
    match &entry.title_html {
        Some(html) => xml.element("title", &[("type", "html")], html),
        None => xml.element("title", &[("type", "text")], &entry.title),
    }
    xml.new_line();
    xml.empty(
        "link",
        &[
            ("rel", "alternate"),
            ("type", "text/html"),
            ("hreflang", entry.language),
            ("href", &entry.url),
        ],
    );
    line(xml, "published", &published.to_string());
    line(xml, "updated", &updated.to_string());
    people(xml, "author", &entry.authors);
    people(xml, "contributor", &entry.contributors);
    for topic in &entry.topics {
        xml.new_line();
        xml.empty("category", &[("term", topic.id), ("label", topic.name)]);
    }
    for enclosure in &entry.enclosures {
        let bytes = enclosure.bytes.map(|bytes| bytes.to_string());
        let mut attributes = vec![
            ("rel", "enclosure"),
            ("type", enclosure.content_type),
            ("href", enclosure.url.as_str()),
        ];
        if !enclosure.title.is_empty() {
            attributes.push(("title", &enclosure.title));
        }
        if let Some(bytes) = &bytes {
            attributes.push(("length", bytes));
        }
        xml.new_line();
        xml.empty("link", &attributes);
    }
    if let Some(picture) = &entry.picture {
        let size = |pixels: Option<u32>| pixels.map(|pixels| pixels.to_string());
        let (width, height) = (size(picture.width), size(picture.height));
        let mut attributes = vec![("url", picture.url.as_str())];
        attributes.extend(width.as_deref().map(|width| ("width", width)));
        attributes.extend(height.as_deref().map(|height| ("height", height)));
        xml.new_line();
        xml.empty("media:thumbnail", &attributes);
    }
    if let Some(rights) = &entry.rights {
        line(xml, "rights", rights);
    }
    if let Some(summary) = &entry.summary {
        xml.new_line();
        xml.element("summary", &[("type", "text")], summary);
    }
    if let Some(content) = &entry.content {
        xml.new_line();
        xml.element("content", &[("type", "html")], content);
    }
    xml.new_line();
    xml.close("entry");
}

fn people(xml: &mut Xml, element: &str, people: &[Author]) {
    for someone in people {
        person(xml, element, &someone.name, someone.url.as_deref());
    }
}

/// An address that is no web page, such as one of mail, is no `uri` for a reader
/// to open.
fn person(xml: &mut Xml, element: &str, name: &str, url: Option<&str>) {
    xml.new_line();
    xml.open(element, &[]);
    xml.element("name", &[], name);
    if let Some(url) = url.filter(|url| url.starts_with("http")) {
        xml.element("uri", &[], url);
    }
    xml.close(element);
}

fn link(xml: &mut Xml, relation: &str, media_type: &str, url: &str) {
    xml.new_line();
    xml.empty(
        "link",
        &[("rel", relation), ("type", media_type), ("href", url)],
    );
}

fn line(xml: &mut Xml, name: &str, text: &str) {
    xml.new_line();
    xml.element(name, &[], text);
}
