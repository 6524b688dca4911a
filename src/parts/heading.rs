//! The headline of a page: where the focus goes when the page is new.

use crate::markup::{Element, el};

/// The page's one `h1`, still empty.
pub fn page_heading() -> Element {
    el("h1").attr("tabindex", "-1")
}
