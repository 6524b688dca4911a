//! XMP (ISO 16684-1): RDF in XML. Property names as in the IPTC Photo Metadata
//! Standard 2024.1.

use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use roxmltree::{Document, Node, ParsingOptions};

use super::Credit;
use crate::picture::limits::MOST_XML_NODES;

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const DC: &str = "http://purl.org/dc/elements/1.1/";
const PHOTOSHOP: &str = "http://ns.adobe.com/photoshop/1.0/";
const RIGHTS: &str = "http://ns.adobe.com/xap/1.0/rights/";
const EXTENSION: &str = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";

/// What a packet says; nothing if it is broken.
pub fn read(packet: &[u8]) -> Credit {
    let Ok(text) = std::str::from_utf8(packet) else {
        return Credit::default();
    };
    let text = text.trim_matches(|letter: char| {
        letter.is_whitespace() || letter == '\0' || letter == '\u{FEFF}'
    });
    // No document type, so no entities; and not more nodes than an honest packet has.
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: MOST_XML_NODES,
        ..ParsingOptions::default()
    };
    let Ok(document) = Document::parse_with_options(text, options) else {
        return Credit::default();
    };
    let value = |space: &str, name: &str| values(&document, space, name).into_iter().next();
    Credit {
        creators: values(&document, DC, "creator"),
        credit_line: value(PHOTOSHOP, "Credit"),
        copyright_notice: value(DC, "rights"),
        usage_terms: value(RIGHTS, "UsageTerms"),
        web_statement: value(RIGHTS, "WebStatement"),
        digital_source_type: value(EXTENSION, "DigitalSourceType"),
    }
}

/// All values of a property of the picture itself, the default language first.
fn values(document: &Document<'_>, space: &str, name: &str) -> Vec<String> {
    let mut values = Vec::new();
    let descriptions = document
        .descendants()
        .filter(|node| node.has_tag_name((RDF, "Description")))
        // Descriptions inside others are of pictures it was made from.
        .filter(|node| {
            node.parent()
                .is_some_and(|above| above.has_tag_name((RDF, "RDF")))
        });
    for description in descriptions {
        if let Some(value) = description.attribute((space, name)) {
            values.push(value.to_owned());
        }
        for property in description
            .children()
            .filter(|node| node.has_tag_name((space, name)))
        {
            items(property, &mut values);
        }
    }
    values
}

fn items(property: Node<'_, '_>, values: &mut Vec<String>) {
    if let Some(address) = property.attribute((RDF, "resource")) {
        values.push(address.to_owned());
        return;
    }
    let mut items: Vec<Node<'_, '_>> = property
        .descendants()
        .filter(|node| node.has_tag_name((RDF, "li")))
        .collect();
    if items.is_empty() {
        values.extend(property.text().map(str::to_owned));
        return;
    }
    let is_default = |node: &Node<'_, '_>| {
        node.attribute(("http://www.w3.org/XML/1998/namespace", "lang")) == Some("x-default")
    };
    items.sort_by_key(|node| !is_default(node));
    values.extend(
        items
            .iter()
            .filter_map(|node| node.text())
            .map(str::to_owned),
    );
}

/// A packet with the credit and nothing else.
///
/// # Errors
/// None that can be thought of: it is written to memory.
pub fn write(credit: &Credit) -> std::io::Result<Vec<u8>> {
    let mut out = Writer::new(Vec::new());
    // The beginning and the end by which programs find a packet in any file.
    out.get_mut().extend_from_slice(
        "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>".as_bytes(),
    );
    let meta = BytesStart::new("x:xmpmeta").with_attributes([("xmlns:x", "adobe:ns:meta/")]);
    let rdf = BytesStart::new("rdf:RDF").with_attributes([("xmlns:rdf", RDF)]);
    let mut description = BytesStart::new("rdf:Description");
    description.push_attribute(("rdf:about", ""));
    let has_dublin_core = !credit.creators.is_empty() || credit.copyright_notice.is_some();
    let has_rights = credit.usage_terms.is_some() || credit.web_statement.is_some();
    for (is_used, prefix, space) in [
        (has_dublin_core, "xmlns:dc", DC),
        (credit.credit_line.is_some(), "xmlns:photoshop", PHOTOSHOP),
        (has_rights, "xmlns:xmpRights", RIGHTS),
        (
            credit.digital_source_type.is_some(),
            "xmlns:Iptc4xmpExt",
            EXTENSION,
        ),
    ] {
        if is_used {
            description.push_attribute((prefix, space));
        }
    }
    for (name, value) in [
        ("photoshop:Credit", &credit.credit_line),
        ("xmpRights:WebStatement", &credit.web_statement),
        ("Iptc4xmpExt:DigitalSourceType", &credit.digital_source_type),
    ] {
        if let Some(value) = value {
            description.push_attribute((name, value.as_str()));
        }
    }
    out.write_event(Event::Start(meta))?;
    out.write_event(Event::Start(rdf))?;
    out.write_event(Event::Start(description))?;
    let creators: Vec<&str> = credit.creators.iter().map(String::as_str).collect();
    list(&mut out, "dc:creator", "rdf:Seq", &creators)?;
    for (name, value) in [
        ("dc:rights", &credit.copyright_notice),
        ("xmpRights:UsageTerms", &credit.usage_terms),
    ] {
        if let Some(value) = value {
            list(&mut out, name, "rdf:Alt", &[value])?;
        }
    }
    for name in ["rdf:Description", "rdf:RDF", "x:xmpmeta"] {
        out.write_event(Event::End(BytesEnd::new(name)))?;
    }
    out.get_mut().extend_from_slice(b"<?xpacket end=\"r\"?>");
    Ok(out.into_inner())
}

fn list(out: &mut Writer<Vec<u8>>, name: &str, kind: &str, items: &[&str]) -> std::io::Result<()> {
    if items.is_empty() {
        return Ok(());
    }
    out.write_event(Event::Start(BytesStart::new(name)))?;
    out.write_event(Event::Start(BytesStart::new(kind)))?;
    for item in items {
        let mut li = BytesStart::new("rdf:li");
        if kind == "rdf:Alt" {
            li.push_attribute(("xml:lang", "x-default"));
        }
        out.write_event(Event::Start(li))?;
        out.write_event(Event::Text(BytesText::new(item)))?;
        out.write_event(Event::End(BytesEnd::new("rdf:li")))?;
    }
    out.write_event(Event::End(BytesEnd::new(kind)))?;
    out.write_event(Event::End(BytesEnd::new(name)))
}
