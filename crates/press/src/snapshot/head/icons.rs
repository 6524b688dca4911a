//! Which icons a page names.

use crate::icons::{DRAWING, FALLBACK, FALLBACK_SIDE, TOUCH};

/// The links to those icons that are there. The smaller file is named with its size,
/// because some browsers take one without a size before a drawing.
pub fn links(base: &str, icons: &[String]) -> String {
    let is_there = |path: &str| icons.iter().any(|icon| icon == path);
    let mut links = String::new();
    if is_there(FALLBACK) {
        links.push_str(&format!(
            "<link rel=\"icon\" href=\"{base}{FALLBACK}\" sizes=\"{FALLBACK_SIDE}x{FALLBACK_SIDE}\">\n"
        ));
    }
    if is_there(DRAWING) {
        links.push_str(&format!(
            "<link rel=\"icon\" href=\"{base}{DRAWING}\" type=\"image/svg+xml\">\n"
        ));
    }
    if is_there(TOUCH) {
        links.push_str(&format!(
            "<link rel=\"apple-touch-icon\" href=\"{base}{TOUCH}\">\n"
        ));
    }
    links
}
