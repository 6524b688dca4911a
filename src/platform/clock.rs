//! The time.

/// Milliseconds since 1970 by the reader's clock, which may be wrong.
#[must_use]
pub fn now() -> f64 {
    js_sys::Date::now()
}
