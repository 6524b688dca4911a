//! Markup as HTML text, for snapshots.

use super::{Element, Live, Node};

/// Elements that have no content and no end tag (HTML Living Standard §13.1.2).
const VOID: &[&str] = &["br", "hr", "img", "input", "source", "track"];

/// Appends an element.
pub(super) fn element(element: &Element, html: &mut String) {
    html.push('<');
    html.push_str(element.0.tag);
    for (name, value) in &element.0.attributes {
        attribute(name, value, html);
    }
    for live in &element.0.live {
        if let Live::Attribute(name, value) = live
            && let Some(value) = value()
        {
            attribute(name, &value, html);
        }
    }
    html.push('>');
    if VOID.contains(&element.0.tag) {
        return;
    }
    nodes(&element.0.children, html);
    for live in &element.0.live {
        if let Live::Children(children) = live {
            nodes(&children(), html);
        }
    }
    html.push_str("</");
    html.push_str(element.0.tag);
    html.push('>');
}

fn nodes(nodes: &[Node], html: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => escape(text, html),
            Node::Element(child) => element(child, html),
        }
    }
}

fn attribute(name: &str, value: &str, html: &mut String) {
    html.push(' ');
    html.push_str(name);
    html.push_str("=\"");
    escape(value, html);
    html.push('"');
}

/// Copies what needs no escaping in runs: press writes gigabytes through here.
fn escape(text: &str, html: &mut String) {
    let mut begin = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escaped = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        // All four are one byte, so the borders are those of characters.
        html.push_str(text.get(begin..at).unwrap_or_default());
        html.push_str(escaped);
        begin = at + 1;
    }
    html.push_str(text.get(begin..).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::{el, nodes};

    fn html(made: &Element) -> String {
        let mut html = String::new();
        element(made, &mut html);
        html
    }

    #[test]
    fn text_and_attributes_cannot_become_markup() {
        let made = el("p")
            .attr("title", "\"><script>".to_owned())
            .put("<b>&amp;</b>");
        assert_eq!(
            html(&made),
            "<p title=\"&quot;&gt;&lt;script&gt;\">&lt;b&gt;&amp;amp;&lt;/b&gt;</p>"
        );
    }

    #[test]
    fn neighbouring_texts_are_one_and_empty_ones_are_none() {
        let made = el("p")
            .put("a")
            .put("")
            .put(nodes!["b", Some("c"), None::<String>])
            .put(el("br"))
            .put("d");
        assert_eq!(made.0.children.len(), 3);
        assert_eq!(html(&made), "<p>abc<br>d</p>");
    }

    #[test]
    fn an_absent_value_is_no_attribute_and_a_boolean_one_has_no_text() {
        let made = el("input")
            .attr("value", None::<String>)
            .attr("hidden", true)
            .attr("disabled", false);
        assert_eq!(html(&made), "<input hidden=\"\">");
    }

    #[test]
    fn what_is_live_is_written_as_it_is_now() {
        let made = el("p")
            .live_attr("hidden", || None)
            .live_attr("lang", || Some("ar".into()))
            .live(|| nodes!["now"]);
        assert_eq!(html(&made), "<p lang=\"ar\">now</p>");
    }
}
