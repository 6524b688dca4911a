//! How much a story may hold.
//!
//! No honest story comes near these limits; a file beyond them was broken or made to
//! exhaust a reader's phone. The lenient reading cuts it there and says so to the
//! reader; the strict one says where, and `press` does not publish it.

use crate::block::{Block, ListItem};
use crate::media::{Image, Media};
use crate::rich::{Inline, RichText};
use crate::story::Article;

/// Characters of a headline, and of everything else that is printed as one line above
/// the story.
pub const MAX_TITLE: usize = 1_000;
/// Characters of a block, and of the summary. A text without any counts as one, so that
/// a table of empty cells ends too.
pub const MAX_BLOCK_TEXT: usize = 200_000;
/// Blocks of a story, with those in boxes and transcripts, and the pictures of galleries.
pub const MAX_BLOCKS: usize = 20_000;
/// How deep blocks and lists may stand in each other.
pub const MAX_NESTING: usize = 16;
/// Links in the texts of a story, and items of the lists around its body.
pub const MAX_LINKS: usize = 5_000;

/// What there is too much of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Excess {
    Title,
    BlockText,
    Blocks,
    Nesting,
    Links,
}

/// Hears which field was cut (and which item of it, for the body), and why.
pub(crate) type Tell<'t> = &'t mut dyn FnMut(&'static str, usize, Excess);

/// Cuts a story to the limits, in the order in which it is read.
pub(crate) fn cut(article: &mut Article, tell: Tell<'_>) {
    let mut rest = Rest {
        blocks: MAX_BLOCKS,
        links: MAX_LINKS,
        found: None,
    };
    let mut headline = MAX_TITLE;
    rest.text(&mut article.headline, &mut headline);
    rest.told_as_title("headline", tell);
    if let Some(byline) = &mut article.byline {
        rest.text(byline, &mut { MAX_TITLE });
        rest.told_as_title("byline", tell);
    }
    for (name, text) in [
        ("label", &mut article.label),
        ("alternativeHeadline", &mut article.alternative_headline),
        ("dateline", &mut article.dateline),
    ] {
        if let Some(text) = text {
            rest.plain(text, &mut { MAX_TITLE });
            rest.told_as_title(name, tell);
        }
    }
    if let Some(standfirst) = &mut article.standfirst {
        rest.text(standfirst, &mut { MAX_BLOCK_TEXT });
        rest.told("standfirst", 0, tell);
    }
    if let Some(lead) = &mut article.lead_media {
        rest.block(lead, 1);
        rest.told("leadMedia", 0, tell);
    }
    rest.body(&mut article.body, tell);
    for correction in &mut article.corrections {
        rest.text(&mut correction.text, &mut { MAX_BLOCK_TEXT });
    }
    rest.told("corrections", 0, tell);
    rest.few(&mut article.corrections, "corrections", tell);
    rest.few(&mut article.authors, "authors", tell);
    rest.few(&mut article.subjects, "subjects", tell);
    rest.few(&mut article.related_links, "relatedLinks", tell);
    rest.few(&mut article.translations, "translations", tell);
}

/// What may still come.
struct Rest {
    blocks: usize,
    links: usize,
    /// What was cut last.
    found: Option<Excess>,
}

impl Rest {
    fn told(
        &mut self,
        field: &'static str,
        item: usize,
        tell: &mut dyn FnMut(&'static str, usize, Excess),
    ) {
        if let Some(excess) = self.found.take() {
            tell(field, item, excess);
        }
    }

    fn told_as_title(
        &mut self,
        field: &'static str,
        tell: &mut dyn FnMut(&'static str, usize, Excess),
    ) {
        if self.found == Some(Excess::BlockText) {
            self.found = Some(Excess::Title);
        }
        self.told(field, 0, tell);
    }

    fn few<T>(&mut self, list: &mut Vec<T>, field: &'static str, tell: Tell<'_>) {
        if list.len() > MAX_LINKS {
            list.truncate(MAX_LINKS);
            tell(field, 0, Excess::Links);
        }
    }

    fn body(&mut self, body: &mut Vec<Block>, tell: Tell<'_>) {
        for index in 0..body.len() {
            if self.blocks == 0 {
                body.truncate(index);
                tell("body", index, Excess::Blocks);
                return;
            }
            self.blocks -= 1;
            if let Some(block) = body.get_mut(index) {
                self.block(block, 1);
            }
            self.told("body", index, tell);
        }
    }

    /// Blocks in a block.
    fn inner(&mut self, list: &mut Vec<Block>, depth: usize) {
        list.retain_mut(|block| {
            let stays = self.enter(depth) && self.take();
            if stays {
                self.block(block, depth);
            }
            stays
        });
    }

    /// Whether something may stand so deep.
    fn enter(&mut self, depth: usize) -> bool {
        if depth > MAX_NESTING {
            self.found = Some(Excess::Nesting);
        }
        depth <= MAX_NESTING
    }

    /// Whether there may be one block more.
    fn take(&mut self) -> bool {
        if self.blocks == 0 {
            self.found = Some(Excess::Blocks);
            return false;
        }
        self.blocks -= 1;
        true
    }

    fn block(&mut self, block: &mut Block, depth: usize) {
        let room = &mut { MAX_BLOCK_TEXT };
        match block {
            Block::Paragraph(block) => self.text(&mut block.content, room),
            Block::Heading(block) => self.text(&mut block.content, room),
            Block::List(block) => self.items(&mut block.items, depth, room),
            Block::Quote(block) => {
                self.texts(&mut block.content, room);
                self.texts(&mut block.attribution, room);
            }
            Block::Image(block) => self.image(&mut block.image, room),
            Block::Gallery(block) => {
                block.images.retain_mut(|image| {
                    let stays = self.take();
                    if stays {
                        self.image(image, room);
                    }
                    stays
                });
                self.texts(&mut block.caption, room);
            }
            Block::Video(block) => self.media(&mut block.video, depth, room),
            Block::Audio(block) => self.media(&mut block.audio, depth, room),
            Block::Embed(block) => {
                self.texts(&mut block.caption, room);
                self.texts(&mut block.fallback, room);
            }
            Block::Table(block) => {
                self.texts(&mut block.caption, room);
                for row in &mut block.rows {
                    self.texts(row, room);
                }
            }
            Block::Aside(block) => {
                self.texts(&mut block.title, room);
                self.inner(&mut block.body, depth + 1);
            }
            Block::Unsupported(block) => {
                if let Some(text) = &mut block.text {
                    self.plain(text, room);
                }
            }
            Block::Unknown(block) => self.texts(&mut block.text, room),
            Block::RelatedLink(_) | Block::Divider(_) => {}
        }
    }

    fn items(&mut self, items: &mut Vec<ListItem>, depth: usize, room: &mut usize) {
        items.retain_mut(|item| {
            let stays = self.enter(depth) && self.has_room(*room);
            if stays {
                self.text(&mut item.content, room);
                self.items(&mut item.items, depth + 1, room);
            }
            stays
        });
    }

    fn image(&mut self, image: &mut Image, room: &mut usize) {
        self.texts(&mut image.caption, room);
        self.texts(&mut image.long_description, room);
    }

    fn media(&mut self, media: &mut Media, depth: usize, room: &mut usize) {
        self.texts(&mut media.caption, room);
        if let Some(transcript) = &mut media.transcript {
            self.inner(&mut transcript.body, depth + 1);
        }
    }

    fn texts<'a>(&mut self, texts: impl IntoIterator<Item = &'a mut RichText>, room: &mut usize) {
        for text in texts {
            self.text(text, room);
        }
    }

    fn has_room(&mut self, room: usize) -> bool {
        if room == 0 {
            self.found = Some(Excess::BlockText);
        }
        room > 0
    }

    fn text(&mut self, text: &mut RichText, room: &mut usize) {
        text.0.retain_mut(|inline| {
            if !self.has_room(*room) {
                return false;
            }
            match inline {
                Inline::Text(words) => self.plain(words, room),
                Inline::Span(span) => {
                    self.plain(&mut span.text, room);
                    if span.href.is_some() && self.links == 0 {
                        span.href = None;
                        self.found = Some(Excess::Links);
                    } else if span.href.is_some() {
                        self.links -= 1;
                    }
                }
            }
            true
        });
    }

    fn plain(&mut self, words: &mut String, room: &mut usize) {
        // Most texts have fewer bytes than there is room for characters.
        let length = words.chars().count();
        if length > *room {
            let end = words.char_indices().nth(*room).map_or(0, |(at, _)| at);
            words.truncate(end);
            self.found = Some(Excess::BlockText);
            *room = 0;
        } else {
            *room -= length.max(1).min(*room);
        }
    }
}
