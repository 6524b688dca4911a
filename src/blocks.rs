//! The blocks of a story, one file each. To add one: its record in
//! `crates/article/src/block.rs`, its view here, its look in `style/`.

mod aside;
mod embed;
mod gallery;
mod heading;
mod image;
mod legacy;
mod list;
mod media;
mod paragraph;
mod quote;
pub mod related_link;
mod table;
mod transcript;
mod unreadable;
mod unsupported;

use article::Block;
use leptos::prelude::*;

pub use media::{audio, video, video_anchor};

use crate::parts::picture::{Priority, Slot};
use crate::scope::Scope;

/// Any block, as it stands in the story.
pub fn block(scope: &Scope, block: &Block) -> AnyView {
    match block {
        Block::Paragraph(block) => paragraph::paragraph(scope, block, None),
        Block::Heading(block) => heading::heading(scope, block),
        Block::List(block) => list::list(scope, block),
        Block::Quote(block) => quote::quote(scope, block),
        Block::Image(block) => image::image(scope, block),
        Block::Gallery(block) => gallery::gallery(scope, block),
        Block::Video(block) => video(scope, &block.video, Place::Story),
        Block::Audio(block) => audio(scope, &block.audio),
        Block::Embed(block) => embed::embed(scope, block),
        Block::Table(block) => table::table(scope, block),
        Block::Aside(block) => aside::aside(scope, block),
        Block::RelatedLink(block) => related_link::related_link(scope, &block.link),
        Block::Divider(_) => leptos::html::custom("hr").into_any(),
        Block::Unsupported(block) => unsupported::unsupported(scope, block),
        Block::Unknown(unknown) => unreadable::unreadable(scope, unknown),
    }
}

pub use media::Place;

/// The body of a story. The dateline opens its first paragraph, as in print; where
/// the story does not begin with one, it stands alone.
pub fn body(scope: &Scope, blocks: &[Block], dateline: Option<&str>) -> Vec<AnyView> {
    let mut views = Vec::new();
    let mut rest = blocks;
    if let Some(dateline) = dateline {
        let dateline = paragraph::dateline(dateline);
        if let Some((Block::Paragraph(first), others)) = blocks.split_first() {
            views.push(paragraph::paragraph(scope, first, Some(dateline)));
            rest = others;
        } else {
            views.push(view! { <p>{dateline}</p> }.into_any());
        }
    }
    views.extend(rest.iter().map(|item| block(scope, item)));
    views
}

/// The picture, gallery or film that leads the story.
pub fn lead_media(scope: &Scope, lead: &Block) -> AnyView {
    match lead {
        Block::Image(block) => {
            crate::parts::figure::figure(scope, &block.image, "lead-media wide bleed", Slot::Wide, Priority::First)
        }
        Block::Video(media) => video(scope, &media.video, Place::Lead),
        other => block(scope, other),
    }
}
