//! Following a link without loading a page.
//!
//! On each navigation: the title, `<html lang dir>`, scroll (the top for a new
//! page, the old place for Back), the focus on the new `h1` (or on the link that
//! was followed, for Back), and a polite announcement. The address and the page
//! change together: a page that takes longer than [`PATIENCE_MS`] is announced and
//! shown as loading under its own address, and an answer that comes after the
//! reader has gone on is dropped.
//!
//! Whatever the app does not know how to show is left to the browser, which loads
//! it like any page.

/// How long the old page may stay while the new one loads.
pub const PATIENCE_MS: i32 = 400;

#[cfg(not(feature = "ssr"))]
mod browser;
#[cfg(not(feature = "ssr"))]
pub use browser::{
    Navigator, focus_heading, go, load_head, load_pack, load_pack_names, reload, retry,
};

#[cfg(feature = "ssr")]
pub use snapshot::{focus_heading, go, load_head, load_pack, load_pack_names, reload, retry};

/// In a snapshot nothing moves; the views only need the names.
#[cfg(feature = "ssr")]
mod snapshot {
    use std::sync::Arc;

    use article::Language;
    use article::listing::{Head, Pack, PackNames};

    use crate::content::Failure;
    use crate::route::Route;

    pub fn go(_: &Route) -> bool {
        false
    }

    pub fn retry() {}

    pub fn reload() {}

    pub fn focus_heading() {}

    pub fn load_head(_: &Route, _: impl FnOnce(Result<Arc<Head>, Failure>) + 'static) {}

    pub fn load_pack_names(_: Language, _: impl FnOnce(Result<Arc<PackNames>, Failure>) + 'static) {
    }

    pub fn load_pack(_: Language, _: String, _: impl FnOnce(Result<Arc<Pack>, Failure>) + 'static) {
    }
}
