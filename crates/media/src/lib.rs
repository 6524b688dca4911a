//! The files that go along with stories: what they are, and what readers are
//! given in their place.
//!
//! - [`picture`]: photos and drawings, made ready for readers
//! - [`film`]: size, length and codecs of films and sounds
//! - [`legacy`]: what names of old players' files promise; [`metafile`]: the small texts
//!   in front of them
//! - [`conversion`]: such files made into what browsers play, with ffmpeg
//! - [`webvtt`]: text tracks; [`transcript`]: what is said in them, as blocks of a story
//! - [`Problem`]: what may be wrong with a file, in words for an editor
//!
//! Nothing here knows of sites or press: paths go in, plain values come out. No
//! file that was given is changed, no network is opened, and every file is taken for
//! hostile until it has been read.

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

pub mod conversion;
pub mod film;
pub mod legacy;
pub mod metafile;
pub mod picture;
mod problem;
pub mod transcript;
pub mod webvtt;

pub use problem::Problem;
