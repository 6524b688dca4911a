//! The document: its title and language, where it is scrolled, what has the focus.

use article::Direction;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlElement, ScrollIntoViewOptions};

pub use web_sys::ScrollLogicalPosition;

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// The element the app lives in.
#[must_use]
pub fn root() -> Option<HtmlElement> {
    document()?.get_element_by_id("dateline")?.dyn_into().ok()
}

/// The data a snapshot was rendered from, if this page is one.
#[must_use]
pub fn snapshot_data() -> Option<String> {
    document()?.get_element_by_id("data")?.text_content()
}

/// The path of the site's root, with slashes at both ends. The boot module writes
/// it on the document; without it (development) the site is at the root.
#[must_use]
pub fn base() -> String {
    document()
        .and_then(|document| document.document_element())
        .and_then(|html| html.get_attribute("data-base"))
        .unwrap_or_else(|| "/".into())
}

/// Makes the relative links of a snapshot absolute, and those of the document's
/// head (Chromium asks for the icon again), because the address they are relative
/// to changes with the first navigation that loads no page.
pub fn make_links_absolute() {
    let selector = "a[href], form[action], link[href]";
    let Some(links) = document().and_then(|document| document.query_selector_all(selector).ok())
    else {
        return;
    };
    for index in 0..links.length() {
        let Some(element) = links
            .get(index)
            .and_then(|node| node.dyn_into::<Element>().ok())
        else {
            continue;
        };
        let name = if element.has_attribute("href") {
            "href"
        } else {
            "action"
        };
        let relative = element.get_attribute(name).unwrap_or_default();
        // A sheet that is asked for anew would flicker; it never moves anyway.
        if relative.starts_with('#')
            || element
                .matches("link[rel=stylesheet], link[rel=preload]")
                .unwrap_or(true)
        {
            continue;
        }
        let absolute = js_sys::Reflect::get(&element, &JsValue::from_str(name));
        if let Some(absolute) = absolute.ok().and_then(|address| address.as_string()) {
            _ = element.set_attribute(name, &absolute);
        }
    }
}

/// The same for the pictures of a snapshot, whose address changes below them
/// when a photo is shown over it: one that is fetched only then would be asked for in
/// the wrong place.
pub fn make_pictures_absolute(base: &str) {
    let selector = "#main picture > *";
    let Some(pictures) = document().and_then(|document| document.query_selector_all(selector).ok())
    else {
        return;
    };
    for index in 0..pictures.length() {
        let Some(element) = pictures
            .get(index)
            .and_then(|node| node.dyn_into::<Element>().ok())
        else {
            continue;
        };
        for name in ["srcset", "src"] {
            let relative = element.get_attribute(name).unwrap_or_default();
            let mut absolute = String::new();
            for part in relative.split(' ') {
                if !absolute.is_empty() {
                    absolute.push(' ');
                }
                // Upwards to the site's base, from however deep the page lies.
                let path = part.trim_start_matches("../");
                if path.len() < part.len() {
                    absolute.push_str(base);
                }
                absolute.push_str(path);
            }
            if absolute != relative {
                _ = element.set_attribute(name, &absolute);
            }
        }
    }
}

/// Names the page and says which language and direction it is in.
pub fn describe(title: &str, language: &str, direction: Direction) {
    let Some(document) = document() else { return };
    document.set_title(title);
    if let Some(html) = document.document_element() {
        // Written anew, even the same language makes the browser look at every rule
        // and every element again: 5 ms of a route change.
        for (name, value) in [("lang", language), ("dir", direction.as_str())] {
            if html.get_attribute(name).as_deref() != Some(value) {
                _ = html.set_attribute(name, value);
            }
        }
    }
}

/// How far the page is scrolled, in CSS pixels.
#[must_use]
pub fn scroll() -> f64 {
    web_sys::window()
        .and_then(|window| window.scroll_y().ok())
        .unwrap_or_default()
}

/// Scrolls so many CSS pixels from the top.
pub fn scroll_to(top: f64) {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, top);
    }
}

/// Puts the focus on the page's headline without scrolling to it.
pub fn focus_heading() {
    if let Some(heading) = find("#main h1") {
        focus(&heading);
    }
}

/// Puts the focus on an element inside another.
pub fn focus_in(within: &Element, selector: &str) {
    if let Ok(Some(found)) = within.query_selector(selector) {
        focus(found.unchecked_ref());
    }
}

/// Puts the focus into a field, behind what is written in it.
pub fn focus_field(id: &str) {
    let field = document().and_then(|document| document.get_element_by_id(id));
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        focus(&field);
    }
}

/// The link that leads to an address, whole or from the root of the host.
#[must_use]
pub fn link_to(href: &str) -> Option<Element> {
    let links = document()?.query_selector_all("#main a[href]").ok()?;
    (0..links.length())
        .filter_map(|index| {
            links
                .get(index)?
                .dyn_into::<web_sys::HtmlAnchorElement>()
                .ok()
        })
        .find(|link| link.href() == href || link.pathname() == href)
        .map(Into::into)
}

/// Puts the focus on the link that leads to an address, without scrolling to it.
/// `false` if there is none.
#[must_use]
pub fn focus_link(href: &str) -> bool {
    let link = link_to(href);
    if let Some(link) = &link {
        focus(link.unchecked_ref());
    }
    link.is_some()
}

/// Scrolls to the element with an id and puts the focus there. `false` if there is none.
#[must_use]
pub fn go_to_fragment(id: &str) -> bool {
    let decoded = js_sys::decode_uri_component(id).map_or_else(|_| id.to_owned(), String::from);
    let Some(target) = document().and_then(|document| document.get_element_by_id(&decoded)) else {
        return false;
    };
    target.scroll_into_view_with_scroll_into_view_options(&ScrollIntoViewOptions::new());
    if !target.has_attribute("tabindex") {
        _ = target.set_attribute("tabindex", "-1");
    }
    if let Some(target) = target.dyn_ref::<HtmlElement>() {
        focus(target);
    }
    true
}

fn find(selector: &str) -> Option<HtmlElement> {
    document()?.query_selector(selector).ok()??.dyn_into().ok()
}

fn focus(element: &HtmlElement) {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    _ = element.focus_with_options(&options);
}

/// Scrolls what has the focus into view, as little as that takes.
pub fn reveal_focus() {
    if let Some(element) = document().and_then(|document| document.active_element()) {
        reveal(&element, ScrollLogicalPosition::Nearest);
    }
}

/// Scrolls an element to a place in what it is scrolled in, at once.
pub fn reveal(element: &Element, place: ScrollLogicalPosition) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(match place {
        ScrollLogicalPosition::Center => place,
        // One that is scrolled sideways stays at its height.
        _ => ScrollLogicalPosition::Nearest,
    });
    options.set_inline(place);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Whether the reader asked the browser to save data.
#[must_use]
pub fn saves_data() -> bool {
    let Some(window) = web_sys::window() else {
        return false;
    };
    js_sys::Reflect::get(&window.navigator(), &JsValue::from_str("connection"))
        .and_then(|connection| js_sys::Reflect::get(&connection, &JsValue::from_str("saveData")))
        .is_ok_and(|saves| saves.is_truthy())
}

/// Tells the boot module how far the app has come (`ok`, `crashed`).
pub fn report_boot(state: &str) {
    if let Some(html) = document().and_then(|document| document.document_element()) {
        _ = html.set_attribute("data-boot", state);
    }
}

/// What the boot module or the worker wrote on the document, under `data-…`.
#[must_use]
pub fn mark(name: &str) -> Option<String> {
    let html = document()?.document_element()?;
    html.get_attribute(&format!("data-{name}"))
}

/// Tells the boot module something, by an event of that name.
pub fn tell(name: &str) {
    if let (Some(document), Ok(event)) = (document(), web_sys::Event::new(name)) {
        _ = document.dispatch_event(&event);
    }
}

/// Shows the note that stands outside the app, with another text.
pub fn show_boot_note(text: &str) {
    if let Some(note) = document().and_then(|document| document.get_element_by_id("boot-note")) {
        if !text.is_empty() {
            note.set_text_content(Some(text));
        }
        _ = note.remove_attribute("hidden");
    }
}

/// The link an event happened in.
#[must_use]
pub fn link_of(event: &web_sys::Event) -> Option<web_sys::HtmlAnchorElement> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest("a[href]").ok()??.dyn_into().ok()
}
