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

pub use media::{Place, audio, video, video_anchor};
#[cfg(feature = "ssr")]
pub use media::{can_play, poster_file};

use crate::markup::{Content, Element, Nodes, el};
use crate::parts::figure::figure;
use crate::parts::picture::{Priority, Slot};
use crate::scope::Scope;

/// Any block, as it stands in the story.
pub fn block(scope: &Scope, block: &Block) -> Element {
    match block {
        Block::Paragraph(block) => paragraph::paragraph(scope, block, None),
        Block::Heading(block) => heading::heading(scope, block),
        Block::List(block) => list::list(scope, block),
        Block::Quote(block) => quote::quote(scope, block),
        Block::Image(block) => image::image(scope, block, Priority::Later),
        Block::Gallery(block) => gallery::gallery(scope, block, Priority::Later),
        Block::Video(block) => video(scope, &block.video, Place::Story),
        Block::Audio(block) => audio(scope, &block.audio),
        Block::Embed(block) => embed::embed(scope, block),
        Block::Table(block) => table::table(scope, block),
        Block::Aside(block) => aside::aside(scope, block),
        Block::RelatedLink(block) => related_link::related_link(scope, &block.link),
        Block::Divider(_) => el("hr"),
        Block::Unsupported(block) => unsupported::unsupported(scope, block),
        Block::Unknown(unknown) => unreadable::unreadable(scope, unknown),
    }
}

/// Several blocks.
pub fn all(scope: &Scope, blocks: &[Block]) -> Nodes {
    let mut nodes = Nodes::new();
    for item in blocks {
        block(scope, item).put_into(&mut nodes);
    }
    nodes
}

/// How many blocks of a body are on the first screen, where no picture leads the story.
const ON_FIRST_SCREEN: usize = 2;

/// The body of a story. Where it `opens` the story, a picture it begins with is wanted at
/// once. The dateline opens its first paragraph, as in print; where
/// the story does not begin with one, it stands alone.
pub fn body(scope: &Scope, blocks: &[Block], dateline: Option<&str>, opens: bool) -> Nodes {
    let mut nodes = Nodes::new();
    let Some(dateline) = dateline.map(paragraph::dateline) else {
        rest_of_body(scope, blocks, opens, &mut nodes);
        return nodes;
    };
    let rest = match blocks.split_first() {
        Some((Block::Paragraph(first), rest)) => {
            paragraph::paragraph(scope, first, Some(dateline)).put_into(&mut nodes);
            rest
        }
        _ => {
            el("p").put(dateline).put_into(&mut nodes);
            blocks
        }
    };
    rest_of_body(scope, rest, opens, &mut nodes);
    nodes
}

fn rest_of_body(scope: &Scope, blocks: &[Block], opens: bool, nodes: &mut Nodes) {
    let is_picture = |block: &Block| matches!(block, Block::Image(_));
    let mut first_blocks = blocks.iter().take(ON_FIRST_SCREEN);
    let first = first_blocks.position(is_picture).filter(|_| opens);
    for (number, item) in blocks.iter().enumerate() {
        match item {
            Block::Image(picture) if first == Some(number) => {
                image::image(scope, picture, Priority::First)
            }
            _ => block(scope, item),
        }
        .put_into(nodes);
    }
}

/// The picture, gallery or film that leads the story.
pub fn lead_media(scope: &Scope, lead: &Block) -> Element {
    match lead {
        Block::Image(block) => figure(
            scope,
            &block.image,
            "lead-media wide bleed",
            Slot::Wide,
            Priority::First,
        ),
        Block::Gallery(block) => gallery::gallery(scope, block, Priority::First),
        Block::Video(media) => video(scope, &media.video, Place::Lead),
        other => block(scope, other),
    }
}
