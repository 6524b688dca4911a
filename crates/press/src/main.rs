//! press: from a folder of articles to a published Dateline site.
//!
//! In reading order:
//! - [`command`]: the commands, their options and exit codes
//! - [`files`]: which files a site is made of, and how one is read
//! - [`story`]: what the rules across files need to know of an article
//! - [`check`]: the rules; [`finding`]: what they find; [`report`]: how it is shown
//! - [`embargo`], [`tombstone`]: what may be seen, and what remains of the rest
//! - [`card`], [`listing`]: the lists of stories
//! - [`complete`]: what articles are given of the files they show
//! - [`build`], [`output`]: what is written, and how; [`memory`]: what the next build
//!   need not do again; [`kept`]: bytes that live as long as the program
//! - [`feeds`], [`maps`]: what is written for programs of others
//! - [`base`], [`moment`], [`plain`], [`rendition`], [`xml`]: addresses, dates, texts
//!   and files as those programs take them
//! - [`snapshot`]: every page as HTML, in releases; [`inlined`]: the style in them
//! - [`headers`]: what a host should say of a file; [`hosts`]: how each host is told;
//!   [`server`]: a host on this machine
//! - `deploy`: a built site on its way to a host; `conformance`: what that host gets
//!   wrong; both in releases
//! - `legacy`: films of players that are gone, converted and put into their stories, in
//!   releases; `splice`: how a story is changed without touching the rest of it
//! - [`slug`]: an address from a headline; [`health`]: what is missing here
//! - [`progress`]: how far long work has come
//!
//! Two commands write below `public/`: `press new` a file that was not there, and
//! `press media`, where it is asked to, files that were not there and members that a
//! story had not.
//! A build changes nothing in the built site before every file of the input has
//! been read and found sound.

// Tests fail by panicking.
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)
)]

mod address;
mod allowed;
mod base;
mod build;
mod card;
mod check;
mod command;
mod compact;
mod complete;
mod composed;
#[cfg(feature = "deploy")]
mod conformance;
#[cfg(feature = "deploy")]
mod deploy;
mod embargo;
mod feeds;
mod files;
mod finding;
mod fingerprint;
mod headers;
mod health;
mod hosts;
mod icons;
mod inlined;
mod kept;
#[cfg(feature = "media")]
mod legacy;
mod listing;
mod maps;
mod memory;
mod moment;
mod nearest;
mod output;
mod plain;
mod progress;
mod rendition;
mod report;
mod server;
mod slug;
mod snapshot;
#[cfg(feature = "media")]
mod splice;
mod spread;
mod stamp;
mod story;
mod tombstone;
mod wording;
mod xml;

use std::process::ExitCode;

/// A page is made of thousands of small texts, on every core at once: the system's
/// allocator took a fifth of a build (`docs/dependencies.md`).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    command::run()
}
