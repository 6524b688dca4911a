//! Every page of the site as HTML, so that a story can be read before, and
//! without, the program that shows it.
//!
//! The pages come from the app itself, compiled natively under the feature
//! `snapshots`; what press adds is the document around them.

#[cfg(not(feature = "snapshots"))]
mod absent;
#[cfg(feature = "snapshots")]
mod assets;
#[cfg(feature = "snapshots")]
mod document;
#[cfg(feature = "snapshots")]
mod head;
#[cfg(feature = "snapshots")]
mod linked_data;
#[cfg(feature = "snapshots")]
mod pages;
#[cfg(feature = "snapshots")]
mod part;

/// `--c-bg` of the two colour schemes in style/tokens.css.
pub const PAPER: [(&str, &str); 2] = [("light", "#FFFFFF"), ("dark", "#0E171B")];

#[cfg(not(feature = "snapshots"))]
pub use absent::{Snapshots, prepare};
#[cfg(feature = "snapshots")]
pub use pages::{Snapshots, prepare};
