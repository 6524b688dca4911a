//! What the crate does with whole files, good and bad.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod bad_input;
mod caching;
mod icons;
mod originals;
mod rendering;
