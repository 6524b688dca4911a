//! What press must know of picture, film and sound files.
//!
//! It reads files and says what is in them; it changes none, and opens no network.
//! - [`film`]: size, length and codecs of films and sounds
//! - [`webvtt`]: text tracks; [`transcript`]: what is said in them, as blocks of a story
//! - [`problem`]: what is wrong with a file, and how to mend it

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

pub mod film;
pub mod problem;
pub mod transcript;
pub mod webvtt;
