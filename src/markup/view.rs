//! An element as a Leptos view: mounted, hydrated or written by Leptos like any other.

use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::types;
use leptos::tachys::view::add_attr::AddAnyAttr;
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};

use super::Element;

#[cfg(not(feature = "ssr"))]
use super::standing::Standing;

/// What stands in the page for a view.
pub struct State {
    #[cfg(not(feature = "ssr"))]
    standing: Standing,
}

#[cfg(not(feature = "ssr"))]
impl Mountable for State {
    fn unmount(&mut self) {
        self.standing.remove();
    }

    fn mount(&mut self, parent: &types::Element, marker: Option<&types::Node>) {
        self.standing.insert(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.standing.parent().is_some_and(|parent| {
            child.mount(&parent, Some(self.standing.node()));
            true
        })
    }

    fn elements(&self) -> Vec<types::Element> {
        self.standing.element().into_iter().collect()
    }
}

/// Natively nothing is ever mounted.
#[cfg(feature = "ssr")]
impl Mountable for State {
    fn unmount(&mut self) {}

    fn mount(&mut self, _: &types::Element, _: Option<&types::Node>) {}

    fn insert_before_this(&self, _: &mut dyn Mountable) -> bool {
        false
    }

    fn elements(&self) -> Vec<types::Element> {
        Vec::new()
    }
}

impl Render for Element {
    type State = State;

    fn build(self) -> State {
        State {
            #[cfg(not(feature = "ssr"))]
            standing: Standing::build(self),
        }
    }

    fn rebuild(self, state: &mut State) {
        let mut new = self.build();
        state.insert_before_this(&mut new);
        state.unmount();
        *state = new;
    }
}

impl AddAnyAttr for Element {
    type Output<SomeNewAttr: Attribute> = Self;

    /// Attributes are given where the element is made.
    fn add_any_attr<NewAttr: Attribute>(self, _: NewAttr) -> Self {
        self
    }
}

impl RenderHtml for Element {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        html: &mut String,
        position: &mut Position,
        _: bool,
        _: bool,
        _: Vec<AnyAttribute>,
    ) {
        super::write::element(&self, html);
        *position = Position::NextChild;
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> State {
        match position.get() {
            Position::FirstChild => cursor.child(),
            Position::Current => {}
            _ => cursor.sibling(),
        }
        position.set(Position::NextChild);
        State {
            #[cfg(not(feature = "ssr"))]
            standing: Standing::adopt(self, cursor.current()),
        }
    }

    fn into_owned(self) -> Self {
        self
    }
}
