//! XML into memory: elements and texts, escaped by quick-xml, without the
//! characters that XML forbids.
//!
//! Every text and attribute of a document goes through here, so no other module
//! has to think of them.

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::escape::partial_escape;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::plain::clean;

/// A document on its way.
pub struct Xml(Writer<Vec<u8>>);

impl Xml {
    /// A document with its declaration.
    pub fn document() -> Self {
        let mut xml = Self::fragment();
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
        xml.new_line();
        xml
    }

    /// Elements without a document around them: HTML inside a feed.
    pub fn fragment() -> Self {
        Self(Writer::new(Vec::new()))
    }

    pub fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.event(Event::Start(start(name, attributes)));
    }

    pub fn close(&mut self, name: &str) {
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// An element without content.
    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.event(Event::Empty(start(name, attributes)));
    }

    pub fn text(&mut self, text: &str) {
        let text = match clean(text) {
            Cow::Borrowed(text) => partial_escape(text),
            Cow::Owned(text) => partial_escape(text),
        };
        self.event(Event::Text(BytesText::from_escaped(text)));
    }

    /// An element that holds nothing but text.
    pub fn element(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.open(name, attributes);
        self.text(text);
        self.close(name);
    }

    /// A line end between elements, for people who look into the file.
    pub fn new_line(&mut self) {
        self.0.get_mut().push(b'\n');
    }

    pub fn len(&self) -> usize {
        self.0.get_ref().len()
    }

    /// Appends what was written elsewhere.
    pub fn append(&mut self, written: &[u8]) {
        self.0.get_mut().extend_from_slice(written);
    }

    pub fn finish(self) -> Vec<u8> {
        self.0.into_inner()
    }

    fn event(&mut self, event: Event<'_>) {
        // Writing to memory cannot fail.
        let _ = self.0.write_event(event);
    }
}

fn start<'a>(name: &'a str, attributes: &[(&str, &str)]) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        start.push_attribute((*name, clean(value).as_ref()));
    }
    start
}

#[cfg(test)]
mod tests {
    use super::Xml;

    #[test]
    fn texts_and_attributes_cannot_end_what_holds_them() {
        let mut xml = Xml::document();
        xml.element("a", &[("b", "\"><x y='\u{1}")], "]]></a>&amp;\u{0}\u{b}");
        xml.empty("br", &[]);
        let text = String::from_utf8(xml.finish()).unwrap();
        assert_eq!(
            text,
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<a b=\"&quot;&gt;&lt;x y=&apos;\">]]&gt;&lt;/a&gt;&amp;amp;</a><br/>"
        );
    }
}
