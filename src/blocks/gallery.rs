//! Several pictures that belong together.

use article::block::Gallery;

use crate::i18n::Word;
use crate::markup::{Element, el};
use crate::parts::figure::figure;
use crate::parts::picture::{Priority, Slot};
use crate::parts::rich_text::rich_text;
use crate::scope::Scope;

/// A grid of figures, the first as wide as the grid. Captions stand below each
/// picture, so that it reads without opening any. `priority` is that of the first.
pub fn gallery(scope: &Scope, gallery: &Gallery, priority: Priority) -> Element {
    let mut tiles = el("ul").attr("role", "list");
    for (index, image) in gallery.images.iter().enumerate() {
        let (slot, priority) = match index {
            0 => (Slot::Wide, priority),
            _ => (Slot::Tile, Priority::Later),
        };
        tiles = tiles.put(el("li").put(figure(scope, image, "tile", slot, priority)));
    }
    let caption = gallery.caption.as_ref().map(|caption| {
        el("p")
            .class("gallery-caption")
            .put(rich_text(scope, caption))
    });
    el("section")
        .class("gallery wide")
        .attr("aria-label", scope.t(Word::gallery))
        .put(tiles)
        .put(caption)
}
