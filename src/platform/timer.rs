//! Doing something later.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;

/// A timer that is cancelled when dropped.
pub struct Timer {
    handle: Option<i32>,
    _callback: Closure<dyn FnMut()>,
}

impl Drop for Timer {
    fn drop(&mut self) {
        if let (Some(handle), Some(window)) = (self.handle, web_sys::window()) {
            window.clear_timeout_with_handle(handle);
        }
    }
}

/// Runs `action` once, so many milliseconds from now, unless the timer is dropped first.
pub fn after(milliseconds: i32, action: impl FnOnce() + 'static) -> Timer {
    let callback = Closure::once(action);
    let handle = web_sys::window().and_then(|window| {
        window
            .set_timeout_with_callback_and_timeout_and_arguments_0(
                callback.as_ref().unchecked_ref(),
                milliseconds,
            )
            .ok()
    });
    Timer {
        handle,
        _callback: callback,
    }
}

/// Waits so many milliseconds.
pub async fn sleep(milliseconds: i32) {
    let timer: Rc<RefCell<Option<Timer>>> = Rc::default();
    let slot = Rc::clone(&timer);
    let promise = js_sys::Promise::new(&mut move |resolve, _| {
        *slot.borrow_mut() = Some(after(milliseconds, move || {
            // Resolving a promise cannot fail.
            _ = resolve.call0(&JsValue::UNDEFINED);
        }));
    });
    _ = wasm_bindgen_futures::JsFuture::from(promise).await;
    drop(timer);
}
