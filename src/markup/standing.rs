//! Markup in the page: built from nothing, or adopted from a snapshot.

use std::any::Any;

use leptos::prelude::RenderEffect;

use super::{Content, Element, Live, Node, Nodes};
use crate::platform::dom;

/// An element in the page and what keeps its live parts going; all of it ends when
/// this is dropped.
pub(super) struct Standing {
    node: dom::Node,
    kept: Kept,
}

/// Listeners and effects of an element and everything below it.
#[derive(Default)]
struct Kept {
    listeners: Vec<dom::Listening>,
    effects: Vec<RenderEffect<()>>,
    /// Effects that own what their last run made.
    children: Vec<RenderEffect<Kept>>,
    held: Vec<Box<dyn Any>>,
}

impl Standing {
    pub(super) fn build(element: Element) -> Self {
        let mut kept = Kept::default();
        let node = build_element(element, &mut kept);
        Self { node, kept }
    }

    /// Takes over a node of a snapshot. Where the page is not what it should be (an
    /// extension or a proxy rewrote it), the part that differs is built anew.
    pub(super) fn adopt(element: Element, node: dom::Node) -> Self {
        let mut kept = Kept::default();
        let node = adopt_element(element, node, &mut kept);
        Self { node, kept }
    }

    pub(super) fn node(&self) -> &dom::Node {
        &self.node
    }

    pub(super) fn element(&self) -> Option<dom::Element> {
        dom::as_element(&self.node)
    }

    pub(super) fn parent(&self) -> Option<dom::Element> {
        dom::parent(&self.node)
    }

    pub(super) fn insert(&self, parent: &dom::Element, before: Option<&dom::Node>) {
        dom::insert(parent, &self.node, before);
    }

    pub(super) fn remove(&mut self) {
        dom::remove(&self.node);
        self.kept = Kept::default();
    }
}

/// Builds markup that has no live parts.
pub(super) fn build_once(element: Element) -> dom::Node {
    build_element(element, &mut Kept::default())
}

fn build_element(element: Element, kept: &mut Kept) -> dom::Node {
    let element = *element.0;
    let node = dom::create(element.tag);
    for (name, value) in &element.attributes {
        dom::set_attribute(&node, name, value);
    }
    build_children(&node, element.children, kept);
    enliven(&node, element.live, kept, false);
    node
}

fn build_children(parent: &dom::Node, children: Nodes, kept: &mut Kept) {
    for child in children {
        let child = build(child, kept);
        dom::append(parent, &child);
    }
}

fn build(node: Node, kept: &mut Kept) -> dom::Node {
    match node {
        Node::Text(text) => dom::text(&text),
        Node::Element(element) => build_element(element, kept),
    }
}

fn adopt_element(element: Element, node: dom::Node, kept: &mut Kept) -> dom::Node {
    if !dom::is(&node, element.0.tag) {
        let built = build_element(element, kept);
        dom::replace(&node, &built);
        return built;
    }
    let element = *element.0;
    adopt_children(
        &node,
        element.children,
        kept,
        element
            .live
            .iter()
            .any(|live| matches!(live, Live::Children(_))),
    );
    enliven(&node, element.live, kept, true);
    node
}

/// Walks the children that stand there beside those that should. `open` if more
/// may follow that are not accounted for here.
fn adopt_children(parent: &dom::Node, children: Nodes, kept: &mut Kept, open: bool) {
    let mut next = dom::first_child(parent);
    for child in children {
        match (child, next.take()) {
            (Node::Element(element), Some(here)) if dom::is(&here, element.0.tag) => {
                next = dom::next_sibling(&here);
                adopt_element(element, here, kept);
            }
            // Browsers split very long texts in several nodes.
            (Node::Text(_), Some(here)) if dom::is_text(&here) => {
                next = dom::next_sibling(&here);
                while let Some(more) = next.take_if(|node| dom::is_text(node)) {
                    next = dom::next_sibling(&more);
                }
            }
            (child, here) => {
                let built = build(child, kept);
                dom::insert_before(parent, &built, here.as_ref());
                next = here;
            }
        }
    }
    while !open && let Some(extra) = next.take() {
        next = dom::next_sibling(&extra);
        dom::remove(&extra);
    }
}

/// Starts what listens and what follows signals.
fn enliven(node: &dom::Node, live: Vec<Live>, kept: &mut Kept, adopting: bool) {
    for live in live {
        match live {
            Live::Listener(name, listener) => {
                kept.listeners.extend(dom::listen(node, name, listener))
            }
            Live::Ready(action) => action(node.clone()),
            Live::Held(action) => kept.held.extend(action(node.clone())),
            Live::Attribute(name, value) => {
                let node = node.clone();
                kept.effects.push(RenderEffect::new(move |_| match value() {
                    Some(value) => dom::set_attribute(&node, name, &value),
                    None => dom::remove_attribute(&node, name),
                }));
            }
            Live::Children(content) => {
                let node = node.clone();
                kept.children
                    .push(RenderEffect::new(move |old: Option<Kept>| {
                        let mut kept = Kept::default();
                        let mut children = Nodes::new();
                        content().put_into(&mut children);
                        if adopting && old.is_none() {
                            adopt_children(&node, children, &mut kept, false);
                        } else {
                            dom::clear(&node);
                            build_children(&node, children, &mut kept);
                        }
                        kept
                    }));
            }
        }
    }
}
