//! Nodes of the page: made, found, changed. None of these calls can fail on nodes
//! that our own markup makes, so their results are not passed on.

pub use web_sys::{Element, Event, Node};

#[cfg(not(feature = "ssr"))]
pub use browser::*;

#[cfg(not(feature = "ssr"))]
mod browser {
    use super::{Element, Event, Node};
    use wasm_bindgen::prelude::*;
    use web_sys::Document;

    fn document() -> Option<Document> {
        web_sys::window()?.document()
    }

    /// An element of HTML, or of SVG for the tags of our icons.
    #[must_use]
    pub fn create(tag: &str) -> Node {
        let Some(document) = document() else {
            return JsValue::NULL.unchecked_into();
        };
        let made = if matches!(tag, "svg" | "path" | "circle") {
            document.create_element_ns(Some("http://www.w3.org/2000/svg"), tag)
        } else {
            document.create_element(tag)
        };
        made.unwrap_or_else(|_| JsValue::NULL.unchecked_into())
            .into()
    }

    #[must_use]
    pub fn text(text: &str) -> Node {
        match document() {
            Some(document) => document.create_text_node(text).into(),
            None => JsValue::NULL.unchecked_into(),
        }
    }

    pub fn set_attribute(node: &Node, name: &str, value: &str) {
        _ = node.unchecked_ref::<Element>().set_attribute(name, value);
    }

    pub fn remove_attribute(node: &Node, name: &str) {
        _ = node.unchecked_ref::<Element>().remove_attribute(name);
    }

    pub fn append(parent: &Node, child: &Node) {
        _ = parent.append_child(child);
    }

    pub fn insert(parent: &Element, child: &Node, before: Option<&Node>) {
        insert_before(parent, child, before);
    }

    pub fn insert_before(parent: &Node, child: &Node, before: Option<&Node>) {
        _ = parent.insert_before(child, before);
    }

    pub fn replace(old: &Node, new: &Node) {
        if let Some(parent) = old.parent_node() {
            _ = parent.replace_child(new, old);
        }
    }

    pub fn remove(node: &Node) {
        if let Some(parent) = node.parent_node() {
            _ = parent.remove_child(node);
        }
    }

    pub fn clear(node: &Node) {
        node.set_text_content(None);
    }

    #[must_use]
    pub fn first_child(node: &Node) -> Option<Node> {
        node.first_child()
    }

    #[must_use]
    pub fn next_sibling(node: &Node) -> Option<Node> {
        node.next_sibling()
    }

    #[must_use]
    pub fn parent(node: &Node) -> Option<Element> {
        node.parent_element()
    }

    #[must_use]
    pub fn as_element(node: &Node) -> Option<Element> {
        node.clone().dyn_into().ok()
    }

    /// Whether it is an element of that tag. Names of HTML elements are in capitals.
    #[must_use]
    pub fn is(node: &Node, tag: &str) -> bool {
        node.node_name().eq_ignore_ascii_case(tag)
    }

    #[must_use]
    pub fn is_text(node: &Node) -> bool {
        node.node_type() == Node::TEXT_NODE
    }

    /// A listener, until it is dropped.
    pub struct Listening {
        node: Node,
        name: &'static str,
        callback: Closure<dyn FnMut(Event)>,
    }

    impl Drop for Listening {
        fn drop(&mut self) {
            _ = self.node.remove_event_listener_with_callback(
                self.name,
                self.callback.as_ref().unchecked_ref(),
            );
        }
    }

    /// Calls `listener` for every event of that name on the node.
    pub fn listen(
        node: &Node,
        name: &'static str,
        listener: impl FnMut(Event) + 'static,
    ) -> Option<Listening> {
        let callback = Closure::<dyn FnMut(Event)>::new(listener);
        node.add_event_listener_with_callback(name, callback.as_ref().unchecked_ref())
            .ok()?;
        Some(Listening {
            node: node.clone(),
            name,
            callback,
        })
    }

    /// Calls `listener` for every event of that name of something that is no node.
    pub fn listen_to(
        target: &web_sys::EventTarget,
        name: &'static str,
        listener: impl FnMut(Event) + 'static,
    ) -> Option<Listening> {
        listen(target.unchecked_ref(), name, listener)
    }

    /// The first element below a node that fits.
    #[must_use]
    pub fn find(node: &Node, selector: &str) -> Option<Node> {
        let found = node.unchecked_ref::<Element>().query_selector(selector);
        found.ok()?.map(Into::into)
    }

    /// All that fit.
    #[must_use]
    pub fn find_all(node: &Node, selector: &str) -> Vec<Node> {
        let found = node.unchecked_ref::<Element>().query_selector_all(selector);
        let Ok(found) = found else { return Vec::new() };
        (0..found.length()).filter_map(|at| found.get(at)).collect()
    }

    /// The element an event is of, or the nearest one around it, that fits.
    #[must_use]
    pub fn closest(event: &Event, selector: &str) -> Option<Node> {
        let target: Node = event.target()?.dyn_into().ok()?;
        ancestor(&target, selector)
    }

    /// The element itself, or the nearest one around it, that fits.
    #[must_use]
    pub fn ancestor(node: &Node, selector: &str) -> Option<Node> {
        let found = node.dyn_ref::<Element>()?.closest(selector);
        found.ok()?.map(Into::into)
    }

    #[must_use]
    pub fn matches(node: &Node, selector: &str) -> bool {
        let element: &Element = node.unchecked_ref();
        element.matches(selector).unwrap_or(false)
    }

    #[must_use]
    pub fn is_same(one: &Node, other: &Node) -> bool {
        one.is_same_node(Some(other))
    }

    #[must_use]
    pub fn attribute(node: &Node, name: &str) -> Option<String> {
        node.unchecked_ref::<Element>().get_attribute(name)
    }

    pub fn set_text(node: &Node, text: &str) {
        node.set_text_content(Some(text));
    }

    pub fn focus(node: &Node) {
        _ = node.unchecked_ref::<web_sys::HtmlElement>().focus();
    }

    /// Which key was pressed, if none that belongs to the browser goes with it.
    #[must_use]
    pub fn key(event: &Event) -> Option<String> {
        let event: &web_sys::KeyboardEvent = event.dyn_ref()?;
        let is_plain = !(event.ctrl_key() || event.alt_key() || event.meta_key());
        is_plain.then(|| event.key())
    }

    /// Where a slider stands.
    #[must_use]
    pub fn number(slider: &Node) -> f64 {
        slider
            .unchecked_ref::<web_sys::HtmlInputElement>()
            .value_as_number()
    }

    pub fn set_number(slider: &Node, number: f64) {
        slider
            .unchecked_ref::<web_sys::HtmlInputElement>()
            .set_value_as_number(number);
    }

    #[must_use]
    pub fn is_checked(field: &Node) -> bool {
        field.unchecked_ref::<web_sys::HtmlInputElement>().checked()
    }

    /// Brings an element into the middle of the list it is in, and moves nothing else.
    pub fn scroll_within(list: &Node, element: &Node) {
        let (list, element): (&web_sys::HtmlElement, &web_sys::HtmlElement) =
            (list.unchecked_ref(), element.unchecked_ref());
        let middle = element.offset_top() - (list.client_height() - element.offset_height()) / 2;
        list.set_scroll_top(middle.max(0));
    }

    /// Whether an element is a picture that has already failed to load.
    #[must_use]
    pub fn has_failed(node: &Node) -> bool {
        // A lazy picture that was not asked for yet is not complete.
        node.dyn_ref::<web_sys::HtmlImageElement>()
            .is_some_and(|image| {
                image.complete() && image.natural_width() == 0 && !image.current_src().is_empty()
            })
    }

    /// What is written in a field, without spaces around it.
    #[must_use]
    pub fn field_value(form: &Event, name: &str) -> Option<String> {
        let form: web_sys::HtmlFormElement = form.current_target()?.dyn_into().ok()?;
        let field: web_sys::HtmlInputElement = form.elements().named_item(name)?.dyn_into().ok()?;
        Some(field.value().trim().to_owned())
    }
}

/// Natively nothing happens, so nothing has failed and no form was filled in.
#[cfg(feature = "ssr")]
pub use native::*;

#[cfg(feature = "ssr")]
mod native {
    use super::{Event, Node};

    #[must_use]
    pub fn has_failed(_: &Node) -> bool {
        false
    }

    #[must_use]
    pub fn field_value(_: &Event, _: &str) -> Option<String> {
        None
    }
}
