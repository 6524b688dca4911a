//! The site's icons: its drawing, and what is made of it for programs that want pixels.
//!
//! A publisher's own file of the same name is used instead.

use crate::check::Checked;

/// What all others are made of.
pub const DRAWING: &str = "icons/icon.svg";

/// For the home screens of iPhones and iPads, which read no manifest.
pub const TOUCH: &str = "icons/apple-touch-icon.png";

/// For browsers that draw no SVG in their tabs, and for programs that ask without
/// having read a page.
pub const FALLBACK: &str = "favicon.ico";

/// The side of the picture in [`FALLBACK`], in pixels.
pub const FALLBACK_SIDE: u8 = 32;

/// How a file is made of the drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    Clear,
    /// To the corners: what shows through is black on an iPhone.
    Filled,
    /// With room around it, for a system that cuts a circle or a drop out of it.
    Maskable,
    /// Clear, in an icon file.
    Ico,
}

/// The files made of the drawing: path, side in pixels, look.
pub const MADE: [(&str, u32, Look); 5] = [
    ("icons/icon-192.png", 192, Look::Clear),
    ("icons/icon-512.png", 512, Look::Clear),
    ("icons/icon-maskable-512.png", 512, Look::Maskable),
    (TOUCH, 180, Look::Filled),
    (FALLBACK, FALLBACK_SIDE as u32, Look::Ico),
];

/// Those that this press makes for this site: none without a drawing or without the
/// feature `media`, and never one that the publisher has.
pub fn made(checked: &Checked) -> impl Iterator<Item = (&'static str, u32, Look)> {
    let files = &checked.tree.files;
    let can_draw = cfg!(feature = "media") && files.contains_key(DRAWING);
    MADE.into_iter()
        .filter(move |(path, ..)| can_draw && !files.contains_key(*path))
}

/// All icons that will be in the built site, from its root.
pub fn of(checked: &Checked) -> Vec<String> {
    let is_icon = |path: &&String| path.starts_with("icons/") || path.as_str() == FALLBACK;
    let files = &checked.tree.files;
    let mut icons: Vec<String> = files.keys().filter(is_icon).cloned().collect();
    icons.extend(made(checked).map(|(path, ..)| path.to_owned()));
    icons.sort();
    icons
}
