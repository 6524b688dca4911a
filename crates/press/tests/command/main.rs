//! press as an editor meets it: a folder goes in, messages and a built site come out.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod across_files;
mod bad_input;
mod building;
mod embargo;
#[cfg(feature = "snapshots")]
mod head;
mod newsroom;
#[cfg(feature = "snapshots")]
mod snapshots;
