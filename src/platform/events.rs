//! Listening to the whole document or window, for as long as the page lives.

use wasm_bindgen::prelude::*;
use web_sys::{AddEventListenerOptions, Event, EventTarget};

/// Calls `listener` for every event of that name anywhere in the page.
pub fn on_document<E: JsCast + 'static>(name: &str, listener: impl FnMut(E) + 'static) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        listen(&document, name, listener);
    }
}

/// Calls `listener` for every event of that name of the window.
pub fn on_window<E: JsCast + 'static>(name: &str, listener: impl FnMut(E) + 'static) {
    if let Some(window) = web_sys::window() {
        listen(&window, name, listener);
    }
}

fn listen<E: JsCast + 'static>(
    target: &EventTarget,
    name: &str,
    mut listener: impl FnMut(E) + 'static,
) {
    let callback =
        Closure::<dyn FnMut(Event)>::new(move |event: Event| listener(event.unchecked_into()));
    let options = AddEventListenerOptions::new();
    // Touch and scroll listeners must not make the browser wait for us.
    options.set_passive(name != "click" && name != "submit");
    // Without the listener the links are plain links, which work too.
    _ = target.add_event_listener_with_callback_and_add_event_listener_options(
        name,
        callback.as_ref().unchecked_ref(),
        &options,
    );
    callback.forget();
}
