//! Photos and drawings: from the file an editor has to the files readers load.
//!
//! In reading order:
//! - [`limits`]: what is refused, before anything is decoded
//! - [`source`]: reading a file whole, once
//! - [`format`], [`container`]: what a file is, by its bytes; its size, its metadata
//! - [`foreign`]: files that are a picture and something else besides
//! - [`credit`]: who made it and what others may do with it, read and put back
//! - [`probe`](probe()): all of that, of one file
//! - [`place`]: whether it tells where it was taken; pictures published as they are
//! - [`decode`], [`scale`], [`placeholder`], [`encode`]: pixels
//! - [`recipe`]: which files are made, and how good they are
//! - [`cache`]: nothing is made twice
//! - [`render`](render()): all of that, of one file; [`render_all`]: of many
//! - [`svg`]: which drawings may be published as they are
//! - [`icon`]: the site's drawing in the sizes that home screens want
//!
//! Nothing of the original reaches a reader but its pixels, its credit and its
//! rights: cameras write down where a source lives. Films, sounds and captions
//! are not dealt with here, and of a moving picture only the first frame is.

pub mod cache;
mod container;
pub mod credit;
mod decode;
mod encode;
mod foreign;
mod format;
pub mod icon;
pub mod limits;
pub mod place;
mod placeholder;
mod probe;
pub mod recipe;
mod render;
mod scale;
mod source;
pub mod svg;

pub use cache::Cache;
pub use credit::Credit;
pub use encode::Encoding;
pub use format::Format;
pub use placeholder::{Direction, Gradient, Placeholder};
pub use probe::{Orientation, Probe, probe};
pub use recipe::Recipe;
pub use render::{Rendered, Rendition, render, render_all};
