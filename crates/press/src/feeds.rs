//! Feeds: the newest stories of an edition or a topic, for programs of others.
//!
//! The same [`Feed`] is written as Atom, RSS 2 and JSON Feed, from structs to
//! bytes, without touching a file. Which stories are in it, and where it is
//! written, is for the build to say; the stories come as readers get them, so that
//! nothing under embargo is told here.
//!
//! In reading order:
//! - [`feed`]: what a feed says of itself; [`entry`]: what it says of a story
//! - `html`: the story itself; `identity`: the name it is known by
//! - `item`: the story in every format, written once for all feeds it stands in
//! - `atom`, `rss`, `json`: the three formats
//!
//! The same input makes the same bytes: nowhere is asked what time it is.

mod atom;
pub mod entry;
mod feed;
mod html;
mod identity;
mod item;
mod json;
mod rss;
#[cfg(test)]
mod samples;

pub use atom::atom;
pub use entry::Entry;
pub use feed::{Feed, Format, Part};
pub use item::Item;
pub use json::json;
pub use rss::rss;

#[cfg(test)]
pub use samples::keep;
