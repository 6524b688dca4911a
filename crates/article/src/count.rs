//! How much there is to read.

use crate::block::{Block, ListItem};
use crate::rich::RichText;

/// The characters a reader reads in a block: its text and captions, not its transcripts.
pub(crate) fn characters(block: &Block) -> usize {
    fn optional(text: Option<&RichText>) -> usize {
        text.map_or(0, RichText::char_count)
    }
    fn items(list: &[ListItem]) -> usize {
        list.iter()
            .map(|item| item.content.char_count() + items(&item.items))
            .sum()
    }
    match block {
        Block::Paragraph(paragraph) => paragraph.content.char_count(),
        Block::Heading(heading) => heading.content.char_count(),
        Block::List(list) => items(&list.items),
        Block::Quote(quote) => quote.content.iter().map(RichText::char_count).sum(),
        Block::Image(block) => optional(block.image.caption.as_ref()),
        Block::Gallery(gallery) => {
            optional(gallery.caption.as_ref())
                + gallery
                    .images
                    .iter()
                    .map(|image| optional(image.caption.as_ref()))
                    .sum::<usize>()
        }
        Block::Video(block) => optional(block.video.caption.as_ref()),
        Block::Audio(block) => optional(block.audio.caption.as_ref()),
        Block::Embed(embed) => optional(embed.caption.as_ref()) + optional(embed.fallback.as_ref()),
        Block::Table(table) => {
            optional(table.caption.as_ref())
                + table
                    .rows
                    .iter()
                    .flatten()
                    .map(RichText::char_count)
                    .sum::<usize>()
        }
        Block::Aside(aside) => {
            optional(aside.title.as_ref()) + aside.body.iter().map(characters).sum::<usize>()
        }
        Block::Unsupported(block) => block.text.as_ref().map_or(0, |text| text.chars().count()),
        Block::Unknown(unknown) => optional(unknown.text.as_ref()),
        Block::RelatedLink(_) | Block::Divider(_) => 0,
    }
}
