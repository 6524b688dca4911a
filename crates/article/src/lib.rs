//! The Dateline article format, version 1: its types, its two readings and its rules.
//!
//! In reading order:
//! - [`story`]: the article and what surrounds its body
//! - [`block`]: the blocks of the body
//! - [`media`]: pictures, films and sounds, their files and rights
//! - [`rich`]: text with marks and links, as flat spans
//! - [`embed`]: what is put into a frame for something on another site
//! - [`date`], [`language`], [`href`], [`decimal`]: the small types with rules of their own
//! - [`site`] and [`listing`]: the site's own facts, and the packs of cards that lists are made of
//! - [`limits`]: how much a story may hold
//! - [`json`]: JSON that remembers where every value stood
//! - `read`: how a type reads itself, and the two ears that hear what is wrong
//! - `strict` (feature `write`): the strict reading, for `press`
//! - `write`, `schema` (feature `write`): the way back to JSON, and the JSON Schema
//!
//! No web and no I/O: the same code runs in the reader's browser and in `press`.
//! The lenient reading never fails on a story that holds anything readable; the
//! strict one forgives nothing and says where and how to mend it.

pub mod block;
mod count;
pub mod date;
pub mod decimal;
pub mod embed;
pub mod href;
pub mod json;
pub mod language;
pub mod limits;
pub mod listing;
pub mod media;
mod read;
pub mod rich;
#[cfg(feature = "write")]
pub mod schema;
pub mod site;
pub mod story;
#[cfg(feature = "write")]
pub mod strict;
#[cfg(feature = "write")]
mod write;

pub use block::{Block, BlockError, EMBED_PROVIDERS, Unknown};
pub use date::Date;
pub use decimal::Decimal;
pub use href::{Href, safe_href};
pub use language::{Direction, Language};
pub use media::{Image, Media, Rendition, Rights};
pub use read::Code;
pub use rich::{Inline, Mark, Marks, RichText, Span};
pub use site::Site;
pub use story::{Article, Lenient, Slug, Unreadable};
#[cfg(feature = "write")]
pub use strict::{Problem, Severity, Strict, StrictSite};
