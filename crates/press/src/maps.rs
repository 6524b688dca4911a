//! Maps: what tells programs which pages the site has, and how it is searched and
//! installed.
//!
//! From structs to bytes, without touching a file; what there is to tell is for
//! the build to gather. The same input makes the same bytes.
//!
//! - [`sitemap`]: every page, for search engines; `news`: those of the last two days
//! - [`media`]: the pictures and films of a story, as a sitemap names them
//! - [`robots`]: who may read the site
//! - [`llms`]: what the site is, for language models
//! - [`manifest`]: how it looks when it is installed
//! - [`opensearch`]: how a browser's address field searches it

pub mod llms;
pub mod manifest;
pub mod media;
pub mod news;
pub mod opensearch;
pub mod robots;
pub mod sitemap;
