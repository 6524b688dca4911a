//! A picture in the story.

use crate::markup::Element;
use article::block::ImageBlock;
use article::media::ImageRole;

use crate::parts::figure::figure;
use crate::parts::picture::{Priority, Slot};
use crate::scope::Scope;

/// A figure as large as its role asks.
pub fn image(scope: &Scope, block: &ImageBlock, priority: Priority) -> Element {
    let (class, slot) = match block.role.unwrap_or_default() {
        ImageRole::Inline => ("image", Slot::Text),
        ImageRole::Showcase => ("image wide bleed", Slot::Wide),
        ImageRole::Supporting => ("image supporting", Slot::Tile),
        ImageRole::Portrait => ("image portrait", Slot::Tile),
    };
    figure(scope, &block.image, class, slot, priority)
}
