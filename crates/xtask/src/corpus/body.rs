//! The body of a story: paragraphs under sub-heads, and what stands between them.

use super::Corpus;
use super::dice::Dice;
use super::plan::Assignment;
use super::prose::Prose;
use super::story::emphasised;
use article::block::{
    Aside, AudioBlock, Divider, Embed, Gallery, Heading, ImageBlock, Level, List, ListItem,
    Paragraph, Quote, RelatedLink, Table, Unsupported, VideoBlock,
};
use article::media::ImageRole;
use article::rich::{Inline, Mark, Span};
use article::{Block, Decimal, Image, RichText, safe_href};

/// A sub-head stands about every so many words.
const SECTION: usize = 260;

pub struct Body<'a> {
    corpus: &'a Corpus,
    story: &'a Assignment,
    prose: Prose<'a>,
    pub dice: Dice,
    /// Pictures so far; each has an id of its own.
    photos: usize,
    has_film: bool,
}

/// Makes a block, unless the story has none of its kind to offer.
type Make<'a> = fn(&mut Body<'a>) -> Option<Block>;

pub fn paragraph(content: RichText) -> Block {
    Block::Paragraph(Paragraph {
        content,
        ..Paragraph::default()
    })
}

impl<'a> Body<'a> {
    pub fn new(corpus: &'a Corpus, story: &'a Assignment, prose: Prose<'a>, dice: Dice) -> Self {
        Self {
            corpus,
            story,
            prose,
            dice,
            photos: 0,
            has_film: false,
        }
    }

    /// Paragraphs of as many words as were assigned, with the rest spread evenly
    /// between them.
    pub fn write(mut self) -> Vec<Block> {
        let between = self.between();
        let mut paragraphs = Vec::new();
        let mut left = self.story.words;
        while left > 0 {
            let mut words = self.dice.between(22, 75);
            if left < words + 15 {
                words = left;
            }
            left -= words;
            paragraphs.push(words);
        }
        let apart = (paragraphs.len() / (between.len() + 1)).max(1);
        let mut between = between.into_iter();
        let mut body = Vec::new();
        let mut section = 0;
        let mut sections = 0;
        for (at, words) in paragraphs.into_iter().enumerate() {
            if section > SECTION {
                section = 0;
                sections += 1;
                body.push(self.heading(sections));
            }
            section += words;
            let content = self.running_text(words);
            body.push(paragraph(content));
            if (at + 1) % apart == 0 {
                body.extend(between.next());
            }
        }
        body.extend(between);
        body
    }

    /// What stands between the paragraphs, in the order it will.
    fn between(&mut self) -> Vec<Block> {
        let long = self.story.words > 250;
        let mut blocks = Vec::new();
        let pictures = if long { self.dice.between(0, 2) } else { 0 };
        for _ in 0..pictures {
            let at = self.dice.index(self.corpus.media.pictures.len());
            let role = match self.dice.below(6) {
                0 => Some(ImageRole::Supporting),
                1 => Some(ImageRole::Portrait),
                _ => None,
            };
            blocks.push(Block::Image(ImageBlock {
                image: self.image(at),
                role,
            }));
        }
        let kinds: [(u64, Make<'a>); 12] = [
            (300, Self::quote),
            (220, Self::related),
            (120, Self::list),
            (70, Self::aside),
            (60, Self::table),
            (50, Self::gallery),
            (45, Self::film),
            (40, Self::map),
            (35, Self::sound),
            (30, Self::divider),
            (100, Self::unsupported),
            (60, Self::quote),
        ];
        for (often, make) in kinds {
            // Short items seldom have more than their text.
            if self.dice.chance(if long { often } else { often / 3 }) {
                blocks.extend(make(self));
            }
        }
        for at in (1..blocks.len()).rev() {
            blocks.swap(at, self.dice.index(at + 1));
        }
        blocks
    }

    /// A paragraph, sometimes with a word marked or a link to an earlier story.
    fn running_text(&mut self, words: usize) -> RichText {
        let text = self.prose.paragraph(words, &mut self.dice);
        match self.dice.below(100) {
            0..5 => emphasised(&text, Mark::Strong),
            5..9 => emphasised(&text, Mark::Em),
            9..14 => {
                let Some(other) = self.earlier() else {
                    return RichText::plain(text);
                };
                let pointer = self.corpus.pointer(&other);
                let space = self.prose.vocabulary.tongue.space;
                RichText(vec![
                    Inline::Text(format!("{text}{space}")),
                    Inline::Span(Span {
                        text: pointer.headline,
                        href: Some(pointer.href),
                        ..Span::default()
                    }),
                    Inline::Text(self.prose.vocabulary.tongue.stop.into()),
                ])
            }
            _ => RichText::plain(text),
        }
    }

    fn earlier(&mut self) -> Option<Assignment> {
        self.corpus
            .plan
            .earlier(self.story, 1, &mut self.dice)
            .pop()
    }

    pub fn image(&mut self, at: usize) -> Image {
        self.photos += 1;
        let id = format!("photo-{}", self.photos);
        self.corpus.image(self.prose, at, id, &mut self.dice)
    }

    pub fn images(&mut self, shared: &mut Dice) -> Vec<Image> {
        (0..shared.between(3, 8))
            .map(|_| self.image(shared.index(self.corpus.media.pictures.len())))
            .collect()
    }

    fn heading(&mut self, number: usize) -> Block {
        Block::Heading(Heading {
            // The first is a sub-head; some later ones stand below one.
            level: Level::nearest(if number > 1 && self.dice.chance(200) {
                3
            } else {
                2
            }),
            content: RichText::plain(self.prose.phrase(self.dice.between(2, 6), &mut self.dice)),
            id: self.dice.chance(300).then(|| format!("part-{number}")),
        })
    }

    fn sentence(&mut self, least: usize, most: usize) -> RichText {
        RichText::plain(
            self.prose
                .sentence(self.dice.between(least, most), &mut self.dice),
        )
    }

    fn quote(&mut self) -> Option<Block> {
        Some(Block::Quote(Quote {
            content: (0..self.dice.between(1, 2))
                .map(|_| self.sentence(8, 24))
                .collect(),
            pull: self.dice.chance(250),
            attribution: Some(RichText::plain(self.prose.name(&mut self.dice))),
            cite: None,
        }))
    }

    fn related(&mut self) -> Option<Block> {
        let other = self.earlier()?;
        Some(Block::RelatedLink(RelatedLink {
            link: self.corpus.link(&other),
        }))
    }

    fn list(&mut self) -> Option<Block> {
        let deep = self.dice.chance(150);
        let items = (0..self.dice.between(3, 7))
            .map(|_| ListItem {
                content: self.sentence(4, 16),
                items: if deep && self.dice.chance(400) {
                    vec![ListItem {
                        content: self.sentence(3, 9),
                        items: Vec::new(),
                    }]
                } else {
                    Vec::new()
                },
            })
            .collect();
        Some(Block::List(List {
            ordered: self.dice.chance(350),
            start: None,
            items,
        }))
    }

    fn aside(&mut self) -> Option<Block> {
        let title = self.prose.phrase(self.dice.between(2, 5), &mut self.dice);
        Some(Block::Aside(Aside {
            title: Some(RichText::plain(title)),
            body: (0..self.dice.between(1, 4))
                .map(|_| {
                    let text = self
                        .prose
                        .paragraph(self.dice.between(20, 50), &mut self.dice);
                    paragraph(RichText::plain(text))
                })
                .collect(),
        }))
    }

    fn table(&mut self) -> Option<Block> {
        let columns = self.dice.between(2, 5);
        let mut rows = vec![
            (0..columns)
                .map(|_| RichText::plain(self.prose.phrase(1, &mut self.dice)))
                .collect::<Vec<_>>(),
        ];
        for _ in 0..self.dice.between(3, 12) {
            let mut row = vec![RichText::plain(self.prose.phrase(2, &mut self.dice))];
            row.extend(
                (1..columns).map(|_| RichText::plain(self.dice.between(1, 9_999).to_string())),
            );
            rows.push(row);
        }
        Some(Block::Table(Table {
            caption: Some(self.sentence(5, 14)),
            header_rows: 1,
            header_columns: 1,
            rows,
        }))
    }

    fn gallery(&mut self) -> Option<Block> {
        let images = (0..self.dice.between(3, 9))
            .map(|_| {
                let at = self.dice.index(self.corpus.media.pictures.len());
                self.image(at)
            })
            .collect();
        Some(Block::Gallery(Gallery {
            images,
            caption: Some(self.sentence(5, 14)),
        }))
    }

    /// At most one: it has an address of its own.
    fn film(&mut self) -> Option<Block> {
        if self.has_film {
            return None;
        }
        Some(Block::Video(VideoBlock {
            video: self.take_film(),
        }))
    }

    pub fn take_film(&mut self) -> article::Media {
        self.has_film = true;
        self.corpus.film(self.story, self.prose, &mut self.dice)
    }

    fn sound(&mut self) -> Option<Block> {
        Some(Block::Audio(AudioBlock {
            audio: self.corpus.sound(self.story, &mut self.dice),
        }))
    }

    /// A map of somewhere: the one provider of which every address exists.
    fn map(&mut self) -> Option<Block> {
        let west = self.dice.between(0, 300) as i64 - 150;
        let south = self.dice.between(0, 100) as i64 - 50;
        let bounds = format!("{west},{south},{},{}", west + 4, south + 3);
        Some(Block::Embed(Embed {
            provider: "openStreetMap".into(),
            href: safe_href(&format!(
                "https://www.openstreetmap.org/export/embed.html?bbox={bounds}"
            ))?,
            title: self.prose.phrase(4, &mut self.dice),
            aspect_ratio: Some(Decimal { micros: 1_333_000 }),
            poster: None,
            caption: Some(self.sentence(5, 14)),
            fallback: Some(self.sentence(8, 20)),
        }))
    }

    fn divider(&mut self) -> Option<Block> {
        Some(Block::Divider(Divider {}))
    }

    /// Something the old system had and nothing else knows.
    fn unsupported(&mut self) -> Option<Block> {
        self.story.was_moved().then(|| {
            Block::Unsupported(Unsupported {
                kind: "old-cms/poll".into(),
                text: Some(self.prose.sentence(9, &mut self.dice)),
                href: None,
            })
        })
    }
}
