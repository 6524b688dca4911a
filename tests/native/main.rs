//! Contracts that need no browser: the language files, and (with the feature
//! `ssr`) that snapshots print dates and numbers as browsers do.

#![allow(clippy::unwrap_used, clippy::panic)]

mod language_files;
#[cfg(feature = "ssr")]
mod snapshots;
