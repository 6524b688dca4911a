//! press as an editor meets it: a folder goes in, messages and a built site come out.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod across_files;
mod answer;
mod bad_input;
#[cfg(feature = "media")]
mod bad_media;
#[cfg(all(feature = "deploy", feature = "snapshots"))]
mod bucket;
mod building;
mod changeover;
#[cfg(all(feature = "deploy", feature = "snapshots"))]
mod checking_hosts;
#[cfg(feature = "media")]
mod completing;
#[cfg(all(feature = "deploy", feature = "snapshots"))]
mod deploying;
mod disk;
mod doctor;
mod embargo;
#[cfg(feature = "snapshots")]
mod head;
mod hostile;
mod hosts;
#[cfg(all(feature = "media", feature = "snapshots"))]
mod icons;
mod in_the_wild;
mod machine;
mod new_story;
mod newsroom;
#[cfg(feature = "media")]
mod old_films;
#[cfg(feature = "snapshots")]
mod parts;
#[cfg(feature = "media")]
mod photo;
mod preview;
#[cfg(all(feature = "deploy", feature = "snapshots"))]
mod releases;
#[cfg(feature = "snapshots")]
mod snapshots;
