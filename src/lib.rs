//! Dateline, a newsroom on a CDN: the app that runs in the reader's browser.
//!
//! It loads article JSON and renders stories, films and photos with their
//! captions. Where the page is a snapshot (HTML written by `press`), the app
//! adopts it; where it is not, the app renders from nothing.
//!
//! In reading order:
//! - [`route`]: every address of the site, as a type
//! - [`content`]: what a route shows, and how its files are loaded
//! - [`i18n`]: the words of the interface
//! - [`scope`]: what every view may ask for
//! - [`markup`]: elements as plain data, what views return
//! - `pages`: one view for each kind of page; `blocks`: one for each block of a
//!   story; `parts`: what they share
//! - `player`: our own controls on films and sounds
//! - [`app`]: the shell around every page
//! - [`navigate`]: following a link without loading a page
//! - [`snapshot`]: a page as HTML (feature `ssr`)
//! - [`platform`]: the browser
//!
//! Imports point one way: platform ← content, i18n ← scope ← parts ← player ←
//! blocks ← pages ← app ← navigate. Views take plain values and give markup; they
//! never name web-sys.

#![recursion_limit = "256"]

pub mod app;
mod blocks;
pub mod content;
pub mod i18n;
pub mod markup;
pub mod navigate;
mod pages;
mod parts;
pub mod platform;
mod player;
pub mod route;
pub mod scope;
#[cfg(feature = "ssr")]
pub mod snapshot;
