//! OpenSearch 1.1: how a browser's address field searches the site.

use article::Language;

use crate::base::Base;
use crate::plain::line;
use crate::xml::Xml;

/// Below the front of a language.
pub const FILE: &str = "opensearch.xml";

pub const MEDIA_TYPE: &str = "application/opensearchdescription+xml";

/// The limits of the specification, in characters.
const MOST_SHORT_NAME: usize = 16;
const MOST_LONG_NAME: usize = 48;
const MOST_DESCRIPTION: usize = 1024;

pub struct Search<'a> {
    pub language: &'a Language,
    /// The site's name in the language.
    pub name: &'a str,
    pub description: Option<&'a str>,
    /// The site's icon, as a path from its root, and its type.
    pub icon: Option<(&'a str, &'a str)>,
}

pub fn opensearch(search: &Search<'_>, base: &Base) -> Vec<u8> {
    let front = crate::base::step(search.language.as_str());
    let mut xml = Xml::document();
    xml.open(
        "OpenSearchDescription",
        &[("xmlns", "http://a9.com/-/spec/opensearch/1.1/")],
    );
    let name = line(search.name, MOST_LONG_NAME);
    let description = search.description.map(|text| line(text, MOST_DESCRIPTION));
    let about = description.as_deref().filter(|text| !text.is_empty());
    element(&mut xml, "ShortName", &line(search.name, MOST_SHORT_NAME));
    element(&mut xml, "LongName", &name);
    element(&mut xml, "Description", about.unwrap_or(&name));
    element(&mut xml, "Language", search.language.as_str());
    element(&mut xml, "InputEncoding", "UTF-8");
    element(&mut xml, "OutputEncoding", "UTF-8");
    if let Some((path, content_type)) = search.icon {
        xml.new_line();
        xml.element("Image", &[("type", content_type)], &base.url(path));
    }
    // The braces belong to the template and must stay.
    let template = format!(
        "{}?q={{searchTerms}}",
        base.url(&format!("{front}/search/"))
    );
    let own = base.url(&format!("{front}/{FILE}"));
    for attributes in [
        [("type", "text/html"), ("template", template.as_str())].as_slice(),
        &[("type", MEDIA_TYPE), ("rel", "self"), ("template", &own)],
    ] {
        xml.new_line();
        xml.empty("Url", attributes);
    }
    xml.new_line();
    xml.close("OpenSearchDescription");
    xml.new_line();
    xml.finish()
}

fn element(xml: &mut Xml, name: &str, text: &str) {
    xml.new_line();
    xml.element(name, &[], text);
}

#[cfg(test)]
mod tests {
    use super::{Search, opensearch};
    use crate::base::Base;
    use article::{Language, safe_href};

    #[test]
    fn the_search_page_is_asked_with_what_was_typed() {
        let language = Language::new("zh-Hans").unwrap();
        let base = Base::at(&safe_href("https://news.example/repo/").unwrap()).unwrap();
        let xml = opensearch(
            &Search {
                language: &language,
                name: "The Harbour & River Post",
                description: None,
                icon: Some(("icons/icon.svg", "image/svg+xml")),
            },
            &base,
        );
        let xml = String::from_utf8(xml).unwrap();
        for part in [
            "<ShortName>The Harbour &amp;…</ShortName>",
            "<LongName>The Harbour &amp; River Post</LongName>",
            "<Description>The Harbour &amp; River Post</Description>",
            "<Image type=\"image/svg+xml\">https://news.example/repo/icons/icon.svg</Image>",
            "template=\"https://news.example/repo/zh-Hans/search/?q={searchTerms}\"/>",
            "rel=\"self\" template=\"https://news.example/repo/zh-Hans/opensearch.xml\"/>",
        ] {
            assert!(xml.contains(part), "{part}\n{xml}");
        }
    }
}
