//! One story, written: the assignment with its headline, and the whole article.

use super::Corpus;
use super::body::Body;
use super::dice::{Dice, Stream};
use super::media::Picture;
use super::plan::{Assignment, Fate};
use super::prose::Prose;
use super::tongue::{TONGUES, Tongue};
use super::topics::TOPICS;
use article::block::{Gallery, ImageBlock, VideoBlock};
use article::media::{Availability, ImageRole, LegacyFormat, LegacySource, LinkStatus, Rights};
use article::media::{TextTrack, Transcript};
use article::rich::{Inline, Mark, Marks, Span};
use article::story::{
    Author, AuthorRole, Correction, CorrectionType, Link, Place, PubStatus, Source, Subject,
    Translation,
};
use article::{Article, Block, Decimal, Href, Image, Language, Media, RichText, Slug, safe_href};

/// IPTC's name for what a program drew.
const DRAWN: &str = "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia";

/// Seconds of the one film and the one sound.
const FILM_SECONDS: i64 = 16;
const SOUND_SECONDS: i64 = 24;

/// The oldest stories keep the address their old system gave them; by it, films
/// of before this day were for players that are gone.
const FILMS_PLAY_SINCE: i64 = 1_293_840_000; // 2011-01-01T00:00:00Z

/// What another story needs to point to one.
pub struct Pointer {
    pub id: String,
    pub language: Language,
    pub slug: Slug,
    pub headline: String,
    pub href: Href,
}

impl Corpus {
    pub fn pointer(&self, story: &Assignment) -> Pointer {
        let prose = self.prose(story);
        let mut dice = Dice::of(self.seed, Stream::Headline, story.number);
        let headline = prose.phrase(dice.between(4, 10), &mut dice);
        let slug = slug(&headline, story.number);
        let tag = tongue(story).tag;
        Pointer {
            id: self.identifier(story.number),
            language: Language::new(tag).unwrap_or_default(),
            href: safe_href(&format!("/{tag}/stories/{slug}/")).unwrap_or_default(),
            slug: Slug::new(&slug).unwrap_or_default(),
            headline,
        }
    }

    /// The article with this number, as an editor would have left it.
    pub fn article(&self, number: u64) -> Article {
        let story = self.plan.assignment(number);
        let own = self.pointer(&story);
        let tongue = tongue(&story);
        let prose = self.prose(&story);
        let mut dice = Dice::of(self.seed, Stream::Story, number);
        // What a group of translations shares comes from the group's dice.
        let mut shared = Dice::of(self.seed, Stream::Story, story.original ^ (1 << 40));
        let byline = self.byline(&story, &mut shared, &mut dice);
        let place = self.newsroom.place(&mut shared);
        let body_dice = Dice::of(self.seed, Stream::Body, number);
        let mut body = Body::new(self, &story, prose, body_dice);
        let lead_media = self.lead_media(&mut shared, &mut body);
        let standfirst = prose.sentence(dice.between(14, 32), &mut dice);
        let correction = (dice.chance(30)).then(|| correction(&story, prose, &mut dice));
        let name = |names: &[String]| names.get(story.language).cloned().unwrap_or_default();
        let mut article = Article {
            id: own.id,
            version: dice.chance(300).then(|| dice.between(2, 6).to_string()),
            slug: own.slug,
            aliases: aliases(&story, &mut dice),
            language: own.language,
            genre: Some(tongue.genre.into()),
            label: dice.chance(600).then(|| {
                let at = dice.early_index(tongue.labels.len());
                tongue.labels.get(at).copied().unwrap_or_default().into()
            }),
            alternative_headline: dice.chance(100).then(|| prose.phrase(5, &mut dice)),
            description: Some(standfirst.clone()),
            standfirst: Some(rich(&standfirst, &mut dice)),
            headline: headline(&own.headline, &mut dice),
            byline: byline
                .first()
                .map(|first| RichText::plain(format!("{}{}", tongue.by, first.name))),
            authors: byline,
            dateline: place.map(|place| {
                format!(
                    "{}{}{}",
                    name(&place.names).to_uppercase(),
                    tongue.comma,
                    name(&place.regions)
                )
            }),
            location_created: place.map(|place| Place {
                name: name(&place.names),
                country: None,
                latitude: Some(place.latitude),
                longitude: Some(place.longitude),
            }),
            date_published: Some(story.published),
            date_modified: correction.as_ref().and_then(|note| note.date_published),
            article_section: topic_names(&story).next(),
            subjects: subjects(&story),
            content_warning: dice.chance(5).then(|| prose.sentence(6, &mut dice)),
            lead_media,
            corrections: correction.into_iter().collect(),
            related_links: self.related(&story, &mut dice),
            translations: self.translations(&story, &mut dice),
            source: story.was_moved().then(|| source(&story, prose, &mut dice)),
            ..Article::default()
        };
        article.body = body.write();
        let end = story.moment + 90 * 86_400;
        match story.fate {
            Fate::Published => {}
            Fate::Withheld => article.pub_status = PubStatus::Withheld,
            Fate::Canceled => article.pub_status = PubStatus::Canceled,
            Fate::Expired => article.expires = Some(story.date_at(end)),
            Fate::Embargoed => {
                article.embargoed_until = Some(story.published);
                // Nobody corrects what nobody has read.
                article.corrections.clear();
                article.date_modified = None;
            }
        }
        article
    }

    pub fn prose(&self, story: &Assignment) -> Prose<'_> {
        Prose {
            vocabulary: self.vocabulary(story.language),
            topic: story.topic(),
        }
    }

    /// An UUID of version 8, which RFC 9562 leaves to whoever makes it.
    fn identifier(&self, number: u64) -> String {
        let mut dice = Dice::of(self.seed, Stream::Identifier, number);
        let (high, low) = (dice.roll(), dice.roll());
        format!(
            "urn:uuid:{:08x}-{:04x}-8{:03x}-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xffff,
            high & 0xfff,
            0x8000 | (low >> 48) & 0x3fff,
            low & 0xffff_ffff_ffff
        )
    }

    /// Who wrote it; of a translation, also who translated it.
    fn byline(&self, story: &Assignment, shared: &mut Dice, own: &mut Dice) -> Vec<Author> {
        let job_title = Some(tongue(story).job_title.to_owned());
        let first = self.plan.assignment(story.original).language;
        let credit = |author: &super::newsroom::Author, role| Author {
            name: author.name.clone(),
            role,
            id: Some(author.id.clone()),
            job_title: job_title.clone(),
            ..Author::default()
        };
        let mut authors: Vec<Author> = Vec::new();
        let count = 1 + usize::from(shared.chance(120));
        for _ in 0..count {
            if let Some(author) = self.newsroom.author(first, shared)
                && !authors
                    .iter()
                    .any(|known| known.id.as_ref() == Some(&author.id))
            {
                authors.push(credit(author, AuthorRole::Author));
            }
        }
        if story.number != story.original
            && let Some(translator) = self.newsroom.author(story.language, own)
        {
            authors.push(credit(translator, AuthorRole::Translator));
        }
        authors
    }

    /// A picture mostly, sometimes a gallery or a film, sometimes nothing.
    fn lead_media(&self, shared: &mut Dice, body: &mut Body<'_>) -> Option<Box<Block>> {
        let block = match shared.below(100) {
            0..70 => Block::Image(ImageBlock {
                image: body.image(shared.index(self.media.pictures.len())),
                role: Some(ImageRole::Showcase),
            }),
            70..75 => Block::Gallery(Gallery {
                images: body.images(shared),
                caption: None,
            }),
            75..83 => Block::Video(VideoBlock {
                video: body.take_film(),
            }),
            _ => return None,
        };
        Some(Box::new(block))
    }

    pub fn image(&self, prose: Prose<'_>, at: usize, id: String, dice: &mut Dice) -> Image {
        let Some(picture) = self.media.pictures.get(at) else {
            return Image::default();
        };
        Image {
            id: self.own_pages.then_some(id),
            alt: Some(prose.sentence(dice.between(8, 18), dice)),
            caption: Some(RichText::plain(prose.sentence(dice.between(6, 22), dice))),
            rights: Some(credited(prose, dice)),
            ..files(picture)
        }
    }

    /// The film, or what is left of one for players that are gone.
    pub fn film(&self, story: &Assignment, prose: Prose<'_>, dice: &mut Dice) -> Media {
        let poster = dice.index(self.media.pictures.len());
        let mut film = Media {
            id: self.own_pages.then(|| "film".into()),
            title: prose.phrase(dice.between(3, 8), dice),
            caption: Some(RichText::plain(prose.sentence(dice.between(6, 20), dice))),
            rights: Some(credited(prose, dice)),
            duration: Some(seconds(FILM_SECONDS)),
            poster: self.media.pictures.get(poster).map(files),
            transcript: Some(transcript(story, prose, dice)),
            digital_source_type: safe_href(DRAWN),
            ..Media::default()
        };
        if story.moment < FILMS_PLAY_SINCE {
            film.availability = Availability::LegacyOnly;
            film.duration = Some(seconds(dice.between(40, 400) as i64));
            film.legacy_sources = legacy_sources(story.number);
            film.digital_source_type = None;
        } else {
            film.renditions = self.media.film.clone();
            film.tracks = vec![captions(&self.media.film_captions)];
        }
        film
    }

    pub fn sound(&self, story: &Assignment, dice: &mut Dice) -> Media {
        let prose = self.prose(story);
        Media {
            id: Some("sound".into()),
            title: prose.phrase(dice.between(3, 7), dice),
            rights: Some(credited(prose, dice)),
            duration: Some(seconds(SOUND_SECONDS)),
            renditions: self.media.sound.clone(),
            tracks: vec![captions(&self.media.sound_captions)],
            transcript: Some(transcript(story, prose, dice)),
            digital_source_type: safe_href(DRAWN),
            ..Media::default()
        }
    }

    /// A link to an earlier story.
    pub fn link(&self, other: &Assignment) -> Link {
        let pointer = self.pointer(other);
        Link {
            id: Some(pointer.id),
            href: pointer.href,
            headline: pointer.headline,
            date_published: Some(other.published),
            media: Some("article".into()),
            ..Link::default()
        }
    }

    fn related(&self, story: &Assignment, dice: &mut Dice) -> Vec<Link> {
        let wanted = dice.between(0, 4);
        self.plan
            .earlier(story, wanted, dice)
            .iter()
            .map(|other| self.link(other))
            .collect()
    }

    fn translations(&self, story: &Assignment, dice: &mut Dice) -> Vec<Translation> {
        self.plan
            .translations(story.number)
            .map(|other| {
                let pointer = self.pointer(&self.plan.assignment(other));
                let original = other == story.original;
                Translation {
                    language: pointer.language,
                    href: pointer.href,
                    id: Some(pointer.id),
                    headline: Some(pointer.headline),
                    original,
                    machine: !original && dice.chance(100),
                }
            })
            .collect()
    }
}

pub fn tongue(story: &Assignment) -> &'static Tongue {
    let [first, ..] = &TONGUES;
    TONGUES.get(story.language).unwrap_or(first)
}

/// The words of a headline as an address, and the number, as old systems had it.
fn slug(headline: &str, number: u64) -> String {
    /// Longer ones are cut by whoever copies them.
    const LONGEST: usize = 60;
    let mut slug = String::new();
    for letter in headline.chars().flat_map(char::to_lowercase).take(LONGEST) {
        match letter {
            'é' | 'è' | 'ê' => slug.push('e'),
            'á' | 'à' | 'â' => slug.push('a'),
            'í' | 'î' => slug.push('i'),
            'ó' | 'ô' => slug.push('o'),
            'ú' | 'ù' => slug.push('u'),
            'ñ' => slug.push('n'),
            'ç' => slug.push('c'),
            letter if letter.is_alphanumeric() => slug.push(letter),
            ' ' => slug.push('-'),
            _ => {}
        }
    }
    format!("{}-{number}", slug.trim_end_matches('-'))
}

/// Now and then one word of a headline is the name of a ship or a book.
fn headline(text: &str, dice: &mut Dice) -> RichText {
    if dice.chance(30) {
        emphasised(text, Mark::Em)
    } else {
        RichText::plain(text)
    }
}

/// A text, sometimes with a mark in it.
fn rich(text: &str, dice: &mut Dice) -> RichText {
    if dice.chance(60) {
        emphasised(text, Mark::Em)
    } else {
        RichText::plain(text)
    }
}

/// The text with its first word marked.
pub fn emphasised(text: &str, mark: Mark) -> RichText {
    let end = text
        .char_indices()
        .find(|(at, letter)| *at > 5 && !letter.is_alphanumeric())
        .map_or(text.len(), |(at, _)| at);
    let (word, rest) = text.split_at(end);
    let mut inlines = vec![Inline::Span(Span {
        text: word.into(),
        marks: Marks::default().with(mark),
        ..Span::default()
    })];
    if !rest.is_empty() {
        inlines.push(Inline::Text(rest.into()));
    }
    RichText(inlines)
}

fn topic_names(story: &Assignment) -> impl Iterator<Item = String> {
    let language = story.language;
    story
        .topics
        .iter()
        .filter_map(|topic| TOPICS.get(*topic))
        .filter_map(move |topic| topic.names.get(language).map(|name| (*name).to_owned()))
}

fn subjects(story: &Assignment) -> Vec<Subject> {
    let ids = story.topics.iter().filter_map(|topic| TOPICS.get(*topic));
    ids.zip(topic_names(story))
        .map(|(topic, name)| Subject {
            id: topic.id.into(),
            name,
            uri: None,
        })
        .collect()
}

/// The addresses of two old systems, the later of which kept the earlier's.
fn aliases(story: &Assignment, dice: &mut Dice) -> Vec<String> {
    if !story.was_moved() {
        return Vec::new();
    }
    let number = story.number;
    let mut aliases = vec![format!("/?p={}", number + 1000)];
    if dice.chance(400) {
        let (year, tag) = (story.published.year, tongue(story).tag);
        aliases.push(format!("/news/{tag}/{year}/story_{number}.html"));
    }
    aliases
}

fn source(story: &Assignment, prose: Prose<'_>, dice: &mut Dice) -> Source {
    let number = story.number + 1000;
    Source {
        system: "generated-corpus/old-cms".into(),
        id: Some(number.to_string()),
        href: safe_href(&format!("http://www.old-site.example/?p={number}")),
        imported: Some(story.date_at(1_700_000_000)),
        notes: if dice.chance(150) {
            vec![prose.sentence(8, dice)]
        } else {
            Vec::new()
        },
        ..Source::default()
    }
}

fn correction(story: &Assignment, prose: Prose<'_>, dice: &mut Dice) -> Correction {
    let kinds = CorrectionType::ALL;
    let at = dice.early_index(kinds.len());
    let later = story.moment + 3600 * dice.between(2, 500) as i64;
    Correction {
        r#type: kinds.get(at).copied().unwrap_or_default(),
        date_published: Some(story.date_at(later)),
        text: RichText::plain(prose.paragraph(dice.between(12, 40), dice)),
    }
}

fn credited(prose: Prose<'_>, dice: &mut Dice) -> Rights {
    let name = prose.name(dice);
    Rights {
        credit_text: Some(format!("{}{name}", prose.vocabulary.tongue.credit)),
        ..Rights::default()
    }
}

fn files(picture: &Picture) -> Image {
    Image {
        width: Some(picture.width),
        height: Some(picture.height),
        renditions: picture.renditions.clone(),
        digital_source_type: safe_href(DRAWN),
        ..Image::default()
    }
}

fn captions(href: &Href) -> TextTrack {
    TextTrack {
        language: Language::new("en").unwrap_or_default(),
        label: "English".into(),
        href: href.clone(),
        default: true,
        ..TextTrack::default()
    }
}

fn transcript(story: &Assignment, prose: Prose<'_>, dice: &mut Dice) -> Transcript {
    Transcript {
        language: Language::new(tongue(story).tag).unwrap_or_default(),
        body: (0..dice.between(2, 5))
            .map(|_| super::body::paragraph(RichText::plain(prose.paragraph(25, dice))))
            .collect(),
        ..Transcript::default()
    }
}

fn legacy_sources(number: u64) -> Vec<LegacySource> {
    vec![
        LegacySource {
            href: Some(format!("rtsp://media.old-site.example/{number}.rm")),
            format: LegacyFormat::RealMedia,
            status: LinkStatus::Dead,
            label: Some("RealPlayer".into()),
            ..LegacySource::default()
        },
        LegacySource {
            href: Some(format!("http://www.old-site.example/video/{number}.asx")),
            format: LegacyFormat::WindowsMedia,
            status: LinkStatus::Archived,
            label: Some("Windows Media".into()),
            archived_at: safe_href(&format!("https://archive.example.org/video/{number}.asx")),
            ..LegacySource::default()
        },
    ]
}

fn seconds(seconds: i64) -> Decimal {
    Decimal {
        micros: seconds * 1_000_000,
    }
}
