//! Several pictures that belong together.

use article::block::Gallery;
use leptos::prelude::*;

use crate::i18n::Word;
use crate::parts::figure::figure;
use crate::parts::picture::{Priority, Slot};
use crate::parts::rich_text::rich_text;
use crate::scope::Scope;

/// A grid of figures, the first as wide as the grid. Captions stand below each
/// picture, so that it reads without opening any.
pub fn gallery(scope: &Scope, gallery: &Gallery) -> AnyView {
    let tiles: Vec<AnyView> = gallery
        .images
        .iter()
        .enumerate()
        .map(|(index, image)| {
            let slot = if index == 0 { Slot::Wide } else { Slot::Tile };
            view! { <li>{figure(scope, image, "tile", slot, Priority::Later)}</li> }.into_any()
        })
        .collect();
    let caption = gallery.caption.as_ref().map(|caption| {
        view! { <p class="gallery-caption">{rich_text(scope, caption)}</p> }.into_any()
    });
    view! { <section class="gallery wide" aria-label=scope.t(Word::gallery)><ul role="list">{tiles}</ul>{caption}</section> }.into_any()
}
