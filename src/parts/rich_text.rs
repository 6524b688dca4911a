//! Rich text: only ever text nodes and a closed set of elements.

use article::{Direction, Href, Inline, RichText};

use crate::markup::{Content, Element, Node, Nodes, el};
use crate::scope::Scope;

/// The pieces of a rich text; neighbours with one address become one link.
pub fn rich_text(scope: &Scope, text: &RichText) -> Nodes {
    let mut nodes = Nodes::new();
    let mut rest = text.0.as_slice();
    while let Some((first, others)) = rest.split_first() {
        let Some(href) = href_of(first) else {
            inline(first).put_into(&mut nodes);
            rest = others;
            continue;
        };
        let length = rest
            .iter()
            .take_while(|piece| href_of(piece) == Some(href))
            .count();
        let (linked, others) = rest.split_at(length);
        let content: Nodes = linked.iter().flat_map(inline).collect();
        link(scope, href).put(content).put_into(&mut nodes);
        rest = others;
    }
    nodes
}

/// The same without links, for where the whole is already one: a headline in a card.
pub fn without_links(text: &RichText) -> Nodes {
    text.0.iter().flat_map(inline).collect()
}

/// A link of the content, still empty.
pub fn link(scope: &Scope, href: &Href) -> Element {
    el("a")
        .attr("href", scope.link(href))
        .attr("rel", href.is_external().then_some("noopener"))
}

fn href_of(inline: &Inline) -> Option<&Href> {
    match inline {
        Inline::Span(span) => span.href.as_ref(),
        Inline::Text(_) => None,
    }
}

fn inline(inline: &Inline) -> Nodes {
    let span = match inline {
        Inline::Text(text) => return lines(text),
        Inline::Span(span) => span,
    };
    let marked = span.marks.iter().fold(lines(&span.text), |content, mark| {
        let tag = match mark.as_str() {
            "strike" => "s",
            tag => tag,
        };
        vec![Node::Element(el(tag).put(content))]
    });
    if span.lang.is_none() && span.dir.is_none() {
        return marked;
    }
    // Without a direction of its own a passage takes that of its first strong letter.
    let passage = el("span")
        .attr(
            "lang",
            span.lang
                .as_ref()
                .map(|language| language.as_str().to_owned()),
        )
        .attr("dir", span.dir.unwrap_or(Direction::Auto).as_str())
        .put(marked);
    vec![Node::Element(passage)]
}

/// Text in which a line feed is a line break.
fn lines(text: &str) -> Nodes {
    let mut nodes = Nodes::new();
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            el("br").put_into(&mut nodes);
        }
        line.put_into(&mut nodes);
    }
    nodes
}
