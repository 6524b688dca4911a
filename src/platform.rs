//! The browser: the only code that names web-sys, js-sys or gloo.
//!
//! Every call that a browser may refuse (storage, history, fetch) is made here
//! and returns something a caller has to look at. Under the feature `ssr` there
//! is no browser: what a snapshot needs (dates, numbers) has a native twin, and
//! the rest answers as a browser without that ability would.

#[cfg(not(feature = "ssr"))]
pub mod clipboard;
#[cfg(not(feature = "ssr"))]
pub mod clock;
#[cfg(not(feature = "ssr"))]
pub mod dialog;
pub mod dom;
#[cfg(not(feature = "ssr"))]
pub mod events;
#[cfg(not(feature = "ssr"))]
pub mod fetch;
#[cfg(not(feature = "ssr"))]
pub mod film;
#[cfg(not(feature = "ssr"))]
pub mod history;
pub mod intl;
#[cfg(not(feature = "ssr"))]
pub mod page;
#[cfg(feature = "ssr")]
pub mod page {
    //! Natively nobody listens.

    pub fn tell(_: &str) {}
}
#[cfg(not(feature = "ssr"))]
pub mod storage;
#[cfg(not(feature = "ssr"))]
pub mod timer;

#[cfg(not(feature = "ssr"))]
pub use crash::{has_crashed, watch_for_crashes};

#[cfg(not(feature = "ssr"))]
mod crash {
    //! A panic ends the app, not the page: it stays readable, says so, and the
    //! next link is followed by the browser.

    use std::sync::atomic::{AtomicBool, Ordering};

    use super::page;

    static CRASHED: AtomicBool = AtomicBool::new(false);

    /// Whether the app is no more.
    #[must_use]
    pub fn has_crashed() -> bool {
        CRASHED.load(Ordering::Relaxed)
    }

    /// Installs the hook, with what is said when it happens.
    pub fn watch_for_crashes(words: String) {
        std::panic::set_hook(Box::new(move |info| {
            CRASHED.store(true, Ordering::Relaxed);
            page::report_boot("crashed");
            page::show_boot_note(&words);
            // The developer's copy says where; a reader's is too small for that.
            if cfg!(debug_assertions) {
                leptos::logging::error!("{info}");
            }
        }));
    }
}
