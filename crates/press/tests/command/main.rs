//! press as an editor meets it: a folder goes in, messages and a built site come out.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod across_files;
mod answer;
mod bad_input;
mod building;
mod changeover;
mod disk;
mod doctor;
mod embargo;
#[cfg(feature = "snapshots")]
mod head;
mod hostile;
mod in_the_wild;
mod machine;
mod new_story;
mod newsroom;
mod preview;
#[cfg(feature = "snapshots")]
mod snapshots;
