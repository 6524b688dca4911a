//! The files that go along with stories: what they are, and what readers are
//! given in their place.
//!
//! - [`picture`]: photos and drawings
//! - [`Problem`]: what may be wrong with a file, in words for an editor
//!
//! Nothing here knows of articles, sites or press: paths go in, plain values
//! come out. Every file is taken for hostile until it has been read.

// Tests fail by panicking.
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )
)]

pub mod picture;
mod problem;

pub use problem::Problem;
