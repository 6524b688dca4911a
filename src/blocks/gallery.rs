//! Several pictures that belong together.

use article::block::Gallery;

use crate::i18n::Word;
use crate::markup::{Element, el};
use crate::parts::figure::figure;
use crate::parts::picture::{Priority, Slot};
use crate::parts::rich_text::rich_text;
use crate::scope::Scope;

/// A grid of figures, the first as wide as the grid. Captions stand below each
/// picture, so that it reads without opening any.
pub fn gallery(scope: &Scope, gallery: &Gallery) -> Element {
    let mut tiles = el("ul").attr("role", "list");
    for (index, image) in gallery.images.iter().enumerate() {
        let slot = if index == 0 { Slot::Wide } else { Slot::Tile };
        tiles = tiles.put(el("li").put(figure(scope, image, "tile", slot, Priority::Later)));
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
