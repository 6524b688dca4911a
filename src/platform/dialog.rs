//! A dialog over the page, and what is measured in it.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlElement, HtmlImageElement};

/// Shows a dialog over everything else, which cannot be reached until it is closed.
/// `false` where the browser knows no dialogs.
#[must_use]
pub fn show(dialog: &Element) -> bool {
    dialog
        .unchecked_ref::<HtmlDialogElement>()
        .show_modal()
        .is_ok()
}

/// Closes it; it says so by the event `close`.
pub fn close(dialog: &Element) {
    dialog.unchecked_ref::<HtmlDialogElement>().close();
}

/// Sets a property of style that sheets can reckon with. The content policy allows
/// this, but no attribute `style`.
pub fn set_property(element: &Element, name: &str, value: &str) {
    _ = element
        .unchecked_ref::<HtmlElement>()
        .style()
        .set_property(name, value);
}

/// Where an element is on the screen, in pixels of the sheet.
#[derive(Clone, Copy)]
pub struct Spot {
    left: i32,
    top: i32,
    width: i32,
}

/// Where an element is, if the reader can see any of it.
#[must_use]
pub fn spot(element: &Element) -> Option<Spot> {
    let spot = element.get_bounding_client_rect();
    let window = web_sys::window()?.inner_height().ok()?.as_f64()?;
    let is_seen = spot.width() > 0.0 && spot.bottom() > 0.0 && spot.top() < window;
    is_seen.then(|| Spot {
        left: spot.left() as i32,
        top: spot.top() as i32,
        width: spot.width() as i32,
    })
}

/// Lets an element seem to come from another spot to its own: the sheet moves it
/// (`[data-comes]`), and not where less motion is wanted.
pub fn come_from(element: &Element, from: Spot) {
    let Some(to) = spot(element) else { return };
    let properties = [
        ("--dx", from.left - to.left),
        ("--dy", from.top - to.top),
        ("--from", from.width),
        ("--to", to.width),
    ];
    for (name, value) in properties {
        set_property(element, name, &value.to_string());
    }
    _ = element.set_attribute("data-comes", "");
}

/// Shows the file of one picture behind another, until that has its own.
pub fn stand_in(element: &Element, picture: &Element) {
    let picture: &HtmlImageElement = picture.unchecked_ref();
    if picture.complete() && picture.natural_width() > 0 {
        // An address that the browser gives has no quotation marks.
        let file = format!("url(\"{}\")", picture.current_src());
        set_property(element, "--behind", &file);
    }
}

/// The place, among elements side by side, of the one that covers the middle of what
/// they are scrolled in, whichever way they are written.
#[must_use]
pub fn in_the_middle(window: &Element, elements: &[Element]) -> Option<usize> {
    let outer = window.get_bounding_client_rect();
    let middle = (outer.left() + outer.right()) / 2.0;
    elements.iter().position(|element| {
        let inner = element.get_bounding_client_rect();
        inner.left() <= middle && middle < inner.right()
    })
}
