//! The address bar, and what the browser keeps with each entry of its history:
//! how far the page was scrolled and which link was followed from it.

use wasm_bindgen::JsValue;
use web_sys::{History, ScrollRestoration, Url};

use super::page;

/// Where the reader was on a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    /// CSS pixels from the top.
    pub scroll: f64,
    /// The address of the link that was followed from here.
    pub link: Option<String>,
    /// Whether it is a photo over its story, whose entry is then the one before.
    pub over: bool,
}

/// What an entry of a photo over its story is marked with; no address has a space.
const OVER: &str = "over";

/// An address below the site's base.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// Below the base, percent-encoded.
    pub path: String,
    pub query: String,
    /// Without its `#`.
    pub hash: String,
}

fn history() -> Option<History> {
    web_sys::window()?.history().ok()
}

/// The place kept with the current entry.
#[must_use]
pub fn place() -> Place {
    let state = history().and_then(|history| history.state().ok());
    let state = state
        .and_then(|state| state.as_string())
        .unwrap_or_default();
    let (scroll, rest) = state.split_once(' ').unwrap_or((&state, ""));
    let (link, mark) = rest.split_once(' ').unwrap_or((rest, ""));
    Place {
        scroll: js_sys::parse_float(scroll).max(0.0),
        link: (!link.is_empty()).then(|| link.to_owned()),
        over: mark == OVER,
    }
}

/// Keeps the place with the current entry.
pub fn keep_place(place: &Place) {
    if let Some(history) = history() {
        let state = state_of(place);
        // Safari refuses more than a hundred of these in half a minute.
        _ = history.replace_state_with_url(&JsValue::from_str(&state), "", None);
    }
}

fn state_of(place: &Place) -> String {
    let link = place.link.as_deref().unwrap_or_default();
    let over = if place.over { OVER } else { "" };
    format!("{} {link} {over}", place.scroll.round() as i64)
}

/// Adds an entry. `false` if the browser refuses, and the page must be loaded instead.
#[must_use]
pub fn push(href: &str, place: &Place) -> bool {
    let state = JsValue::from_str(&state_of(place));
    history().is_some_and(|history| history.push_state_with_url(&state, "", Some(href)).is_ok())
}

/// Puts another address in the place of the current entry.
pub fn replace(href: &str, place: &Place) {
    let state = JsValue::from_str(&state_of(place));
    if let Some(history) = history() {
        // Refused in a long series: then the address is that of an earlier photo.
        _ = history.replace_state_with_url(&state, "", Some(href));
    }
}

/// As the browser's own button does.
pub fn back() {
    if let Some(history) = history() {
        _ = history.back();
    }
}

/// Whether we or the browser put pages back to where they were scrolled. The
/// browser does it better between documents, we between stories inside one.
pub fn restore_scroll_ourselves(ourselves: bool) {
    if let Some(history) = history() {
        _ = history.set_scroll_restoration(if ourselves {
            ScrollRestoration::Manual
        } else {
            ScrollRestoration::Auto
        });
    }
}

/// The current address, if it lies below the base.
#[must_use]
pub fn address(base: &str) -> Option<Address> {
    address_of(&web_sys::window()?.location().href().ok()?, base)
}

/// Any absolute address, if it lies on this site below the base.
#[must_use]
pub fn address_of(href: &str, base: &str) -> Option<Address> {
    let url = Url::new(href).ok()?;
    let origin = web_sys::window()?.location().origin().ok()?;
    if url.origin() != origin {
        return None;
    }
    Some(Address {
        path: url.pathname().strip_prefix(base)?.to_owned(),
        query: url.search(),
        hash: url.hash().trim_start_matches('#').to_owned(),
    })
}

/// Loads a page the ordinary way.
pub fn load(href: &str) {
    if let Some(window) = web_sys::window() {
        _ = window.location().set_href(href);
    }
}

/// Loads the current page again.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        _ = window.location().reload();
    }
}

/// Notes where the reader is, for the way back.
pub fn keep_scroll() {
    keep_place(&Place {
        scroll: page::scroll(),
        ..place()
    });
}
