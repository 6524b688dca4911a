//! A dialog over the page, and what is measured in it.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlElement};

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
