//! Elements as plain data: what every view of the app returns.
//!
//! A typed `view!` tree is compiled anew for every shape of markup: with one for
//! each block and part the app was 219 KB of wasm (brotli), and 153 KB with Leptos'
//! erased types. A story does not change once it stands, so its markup needs no
//! types: here an element is a value, and one routine builds it, another adopts
//! what a snapshot has already built, a third writes it as HTML
//! (`docs/decisions/014-markup-as-data.md` has the figures).
//!
//! An [`Element`] is a Leptos view: it can be mounted, hydrated, put into `view!`,
//! and its live parts are Leptos signals and effects. What it cannot be is HTML
//! text: there is no way to write anything but elements, attributes and text nodes.

#[cfg(not(feature = "ssr"))]
use std::any::Any;
use std::borrow::Cow;

#[cfg(not(feature = "ssr"))]
mod standing;
mod view;
mod write;

#[cfg(not(feature = "ssr"))]
pub use view::State;

/// A text or an element.
pub enum Node {
    Text(String),
    Element(Element),
}

/// Pieces that stand side by side.
pub type Nodes = Vec<Node>;

type LiveNodes = Box<dyn Fn() -> Nodes + Send + Sync>;
type LiveText = Box<dyn Fn() -> Option<String> + Send + Sync>;

/// An element with its attributes and what is in it. One pointer, because it is
/// handed on at every step of a view: by value that was 14 KB of copying code.
pub struct Element(Box<Parts>);

struct Parts {
    tag: &'static str,
    attributes: Vec<(&'static str, Cow<'static, str>)>,
    children: Nodes,
    /// What changes, or listens, after it stands. Most elements have none.
    live: Vec<Live>,
}

/// The part of an element that is not fixed.
enum Live {
    /// Children that follow a signal, in place of fixed ones.
    Children(LiveNodes),
    /// An attribute that follows a signal; there or not.
    Attribute(&'static str, LiveText),
    #[cfg(not(feature = "ssr"))]
    Listener(&'static str, Listener),
    /// Called with the element once it stands.
    #[cfg(not(feature = "ssr"))]
    Ready(Box<dyn FnOnce(crate::platform::dom::Node) + Send + Sync>),
    /// The same; what it gives is kept as long as the element stands.
    #[cfg(not(feature = "ssr"))]
    Held(Hold),
}

#[cfg(not(feature = "ssr"))]
type Hold = Box<dyn FnOnce(crate::platform::dom::Node) -> Option<Box<dyn Any>> + Send + Sync>;

#[cfg(not(feature = "ssr"))]
type Listener = Box<dyn FnMut(crate::platform::dom::Event) + Send + Sync>;

/// An element without anything.
#[must_use]
#[inline(never)]
pub fn el(tag: &'static str) -> Element {
    Element(Box::new(Parts {
        tag,
        attributes: Vec::new(),
        children: Vec::new(),
        live: Vec::new(),
    }))
}

impl Element {
    /// Sets the class.
    #[must_use]
    pub fn class(self, class: &'static str) -> Self {
        self.attr("class", class)
    }

    /// Sets an attribute: a text, or one that is there only if there is a value,
    /// or a boolean one.
    #[must_use]
    pub fn attr(self, name: &'static str, value: impl Value) -> Self {
        self.set(name, value.into_value())
    }

    // Not inlined, like all that views are made of: they call these hundreds of times.
    #[inline(never)]
    fn set(mut self, name: &'static str, value: Option<Cow<'static, str>>) -> Self {
        if let Some(value) = value {
            self.0.attributes.push((name, value));
        }
        self
    }

    /// Puts something into it, after what is there.
    #[must_use]
    #[inline(never)]
    pub fn put<C: Content>(mut self, content: C) -> Self {
        content.put_into(&mut self.0.children);
        self
    }

    /// Lets its children follow the signals that `content` reads.
    #[must_use]
    pub fn live(mut self, content: impl Fn() -> Nodes + Send + Sync + 'static) -> Self {
        self.0.live.push(Live::Children(Box::new(content)));
        self
    }

    /// Lets an attribute follow the signals that `value` reads.
    #[must_use]
    pub fn live_attr(
        mut self,
        name: &'static str,
        value: impl Fn() -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        self.0.live.push(Live::Attribute(name, Box::new(value)));
        self
    }
}

#[cfg(not(feature = "ssr"))]
impl Element {
    /// Calls `listener` for every event of that name on it.
    #[must_use]
    pub fn on(
        mut self,
        name: &'static str,
        listener: impl FnMut(crate::platform::dom::Event) + Send + Sync + 'static,
    ) -> Self {
        self.0.live.push(Live::Listener(name, Box::new(listener)));
        self
    }

    /// Calls `action` with the element once it stands in the page.
    #[must_use]
    pub fn ready(
        mut self,
        action: impl FnOnce(crate::platform::dom::Node) + Send + Sync + 'static,
    ) -> Self {
        self.0.live.push(Live::Ready(Box::new(action)));
        self
    }

    /// Calls `action` with the element once it stands in the page, and keeps what that
    /// gives (listeners, timers) as long as the element stands.
    #[must_use]
    pub fn hold(
        mut self,
        action: impl FnOnce(crate::platform::dom::Node) -> Option<Box<dyn Any>> + Send + Sync + 'static,
    ) -> Self {
        self.0.live.push(Live::Held(Box::new(action)));
        self
    }
}

/// Markup without live parts as a node of the page, for parts that only the running
/// app has.
#[cfg(not(feature = "ssr"))]
#[must_use]
pub fn build(element: Element) -> crate::platform::dom::Node {
    standing::build_once(element)
}

/// In a snapshot nothing happens: listeners are left out.
#[cfg(feature = "ssr")]
impl Element {
    #[must_use]
    pub fn on(
        self,
        _: &'static str,
        _: impl FnMut(crate::platform::dom::Event) + Send + Sync + 'static,
    ) -> Self {
        self
    }

    #[must_use]
    pub fn ready(self, _: impl FnOnce(crate::platform::dom::Node) + Send + Sync + 'static) -> Self {
        self
    }
}

/// What an attribute can be set to.
pub trait Value {
    /// The text, or nothing if the attribute is not to be there.
    fn into_value(self) -> Option<Cow<'static, str>>;
}

impl Value for &'static str {
    #[inline]
    fn into_value(self) -> Option<Cow<'static, str>> {
        Some(Cow::Borrowed(self))
    }
}

impl Value for String {
    fn into_value(self) -> Option<Cow<'static, str>> {
        Some(Cow::Owned(self))
    }
}

impl Value for bool {
    fn into_value(self) -> Option<Cow<'static, str>> {
        self.then_some(Cow::Borrowed(""))
    }
}

impl Value for u32 {
    fn into_value(self) -> Option<Cow<'static, str>> {
        Some(Cow::Owned(self.to_string()))
    }
}

impl<V: Value> Value for Option<V> {
    fn into_value(self) -> Option<Cow<'static, str>> {
        self.and_then(Value::into_value)
    }
}

/// What can be put into an element.
pub trait Content {
    fn put_into(self, children: &mut Nodes);
}

/// A text joins the one before it, as it would when HTML is parsed; an empty one
/// is nothing, because HTML has none.
impl Content for String {
    #[inline(never)]
    fn put_into(self, children: &mut Nodes) {
        if self.is_empty() {
            return;
        }
        if let Some(Node::Text(before)) = children.last_mut() {
            before.push_str(&self);
        } else {
            children.push(Node::Text(self));
        }
    }
}

impl Content for &str {
    fn put_into(self, children: &mut Nodes) {
        self.to_owned().put_into(children);
    }
}

impl Content for Element {
    fn put_into(self, children: &mut Nodes) {
        children.push(Node::Element(self));
    }
}

impl Content for Nodes {
    fn put_into(self, children: &mut Nodes) {
        for node in self {
            match node {
                Node::Text(text) => text.put_into(children),
                Node::Element(element) => element.put_into(children),
            }
        }
    }
}

impl<C: Content> Content for Option<C> {
    fn put_into(self, children: &mut Nodes) {
        if let Some(content) = self {
            content.put_into(children);
        }
    }
}

/// Several contents, side by side.
#[macro_export]
macro_rules! nodes {
    ($($content:expr),* $(,)?) => {{
        let mut nodes: $crate::markup::Nodes = Vec::new();
        $( $crate::markup::Content::put_into($content, &mut nodes); )*
        nodes
    }};
}
pub use nodes;
