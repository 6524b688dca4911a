//! The article: one story, in one language.

use crate::block::Block;
use crate::date::Date;
use crate::decimal::Decimal;
use crate::href::Href;
use crate::json::{self, SyntaxError, Value};
use crate::language::{Direction, Language};
use crate::limits;
use crate::media::{Image, Rights};
use crate::read::{Code, Deaf, Description, Observer, Read, names, record, wrong_shape};
use crate::rich::RichText;

/// The version of the format this crate reads and writes.
pub const SCHEMA_VERSION: &str = "1.0";

record! {
    /// One story, in one language. Dates: RFC 3339, or truncated (YYYY, YYYY-MM,
    /// YYYY-MM-DD) when the archive knows no more.
    pub struct Article {
        /// The address of the JSON Schema, for editors.
        schema: Option<String>, "$schema", optional;
        /// The version of the format, 1.x.
        schema_version: SchemaVersion, "schemaVersion", expected;
        /// Never reused, the same through all versions of the story.
        id: String, "id", expected;
        /// The publisher's own count of revisions, as text.
        version: Option<String>, "version", optional;
        pub_status: PubStatus, "pubStatus", optional;
        /// The last part of the address, unique in its language.
        slug: Slug, "slug", expected;
        /// Old paths and queries that led to this story.
        aliases: Vec<String>, "aliases", optional;
        /// Where the story has its home, if that is not here; with its host.
        canonical_url: Option<Href>, "canonicalUrl", optional;
        /// BCP 47.
        language: Language, "language", expected;
        /// Default: the direction of the language's script.
        dir: Option<Direction>, "dir", optional;
        /// "Feature", "Analysis", in the publisher's words.
        genre: Option<String>, "genre", optional;
        /// The kicker above the headline.
        label: Option<String>, "label", optional;
        headline: RichText, "headline", expected;
        /// Shorter, for search engines and cards.
        alternative_headline: Option<String>, "alternativeHeadline", optional;
        /// The summary below the headline.
        standfirst: Option<RichText>, "standfirst", optional;
        /// For search engines and previews.
        description: Option<String>, "description", optional;
        /// As printed.
        byline: Option<RichText>, "byline", optional;
        authors: Vec<Author>, "authors", optional;
        /// As printed: "JUBA, South Sudan, 4 May".
        dateline: Option<String>, "dateline", optional;
        location_created: Option<Place>, "locationCreated", optional;
        date_published: Option<Date>, "datePublished", expected;
        date_modified: Option<Date>, "dateModified", optional;
        /// press publishes nothing before it. A static site cannot keep what it has published.
        embargoed_until: Option<Date>, "embargoedUntil", optional;
        /// press leaves the story out from then on.
        expires: Option<Date>, "expires", optional;
        article_section: Option<String>, "articleSection", optional;
        /// Topics.
        subjects: Vec<Subject>, "subjects", optional;
        content_warning: Option<String>, "contentWarning", optional;
        /// An image, gallery or video block.
        lead_media: Option<Box<Block>>, "leadMedia", optional;
        /// For cards, where lead media does not serve.
        thumbnail: Option<Image>, "thumbnail", optional;
        body: Vec<Block>, "body", expected;
        corrections: Vec<Correction>, "corrections", optional;
        related_links: Vec<Link>, "relatedLinks", optional;
        translations: Vec<Translation>, "translations", optional;
        rights: Option<Rights>, "rights", optional;
        source: Option<Source>, "source", optional;
        /// What a publisher's own tools keep here; carried along, never read.
        extensions: Option<Extensions>, "extensions", optional;
    }
}

names! {
    /// Whether the story may be shown (ninjs). The last two leave a tombstone.
    pub enum PubStatus {
        default Usable = "usable",
        Withheld = "withheld",
        Canceled = "canceled",
    }
}

names! {
    /// What somebody did for the story.
    pub enum AuthorRole {
        default Author = "author",
        Photographer = "photographer",
        Videographer = "videographer",
        Editor = "editor",
        Translator = "translator",
        Contributor = "contributor",
    }
}

record! {
    /// Who made the story.
    pub struct Author {
        name: String, "name", expected;
        role: AuthorRole, "role", optional;
        job_title: Option<String>, "jobTitle", optional;
        id: Option<String>, "id", optional;
        href: Option<Href>, "href", optional;
        /// Not a person.
        organization: bool, "organization", optional;
    }
}

record! {
    /// Where the story was reported.
    pub struct Place {
        name: String, "name", expected;
        /// ISO 3166-1 alpha-2.
        country: Option<String>, "country", optional;
        /// Degrees north.
        latitude: Option<Decimal>, "latitude", optional;
        /// Degrees east.
        longitude: Option<Decimal>, "longitude", optional;
    }
}

record! {
    /// A topic.
    pub struct Subject {
        id: String, "id", expected;
        name: String, "name", expected;
        /// In a vocabulary that others share, such as IPTC Media Topics.
        uri: Option<Href>, "uri", optional;
    }
}

names! {
    /// What kind of note is added to a published story.
    pub enum CorrectionType {
        default Correction = "correction",
        Clarification = "clarification",
        Update = "update",
        EditorsNote = "editorsNote",
        Retraction = "retraction",
    }
}

record! {
    /// What was changed after publication, and why.
    pub struct Correction {
        r#type: CorrectionType, "type", expected;
        date_published: Option<Date>, "datePublished", expected;
        text: RichText, "text", required;
    }
}

record! {
    /// A pointer to a story, here or elsewhere.
    pub struct Link {
        id: Option<String>, "id", optional;
        href: Href, "href", required;
        headline: String, "headline", expected;
        /// How it is related: "background", "external".
        rel: Option<String>, "rel", optional;
        language: Option<Language>, "language", optional;
        date_published: Option<Date>, "datePublished", optional;
        /// What waits behind it: "article", "video", "photos".
        media: Option<String>, "media", optional;
    }
}

record! {
    /// The same story in another language.
    pub struct Translation {
        language: Language, "language", expected;
        href: Href, "href", required;
        id: Option<String>, "id", optional;
        headline: Option<String>, "headline", optional;
        /// This is the one the others were made from.
        original: bool, "original", optional;
        /// Nobody has read it over.
        machine: bool, "machine", optional;
    }
}

record! {
    /// Where the story was moved from.
    pub struct Source {
        /// The system it came out of, with its version: "wordpress-wxr/1.2".
        system: String, "system", expected;
        id: Option<String>, "id", optional;
        href: Option<Href>, "href", optional;
        /// A copy of the original, in a web archive.
        archived_at: Option<Href>, "archivedAt", optional;
        imported: Option<Date>, "imported", optional;
        /// What the importer could not carry over.
        notes: Vec<String>, "notes", optional;
    }
}

/// The format's version, as written. Versions 1.x differ only by what they add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaVersion(String);

impl Default for SchemaVersion {
    fn default() -> Self {
        Self(SCHEMA_VERSION.into())
    }
}

impl SchemaVersion {
    /// As written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this crate can read it at all.
    #[must_use]
    pub fn is_readable(&self) -> bool {
        self.0
            .strip_prefix("1.")
            .is_some_and(|minor| !minor.is_empty() && minor.bytes().all(|b| b.is_ascii_digit()))
    }
}

impl Read for SchemaVersion {
    const EXPECTED: &'static str = "\"1.0\"";

    fn read<O: Observer>(value: &Value<'_>, observer: &mut O) -> Option<Self> {
        let version = Self(String::read(value, observer)?);
        if !version.is_readable() {
            observer.problem(value.span, || Description {
                code: Code::Version,
                message: format!("version “{}” of the format is not known here", version.0),
                hint: "Write \"1.0\", or use a newer press.".into(),
            });
        }
        Some(version)
    }
}

/// The part of the address that names a story: one to 120 characters of any
/// script, without white space, `/ ? # % < > \` and characters nobody can see
/// (ZWNJ and ZWJ may stand in it: Persian and Indic words need them).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(String);

impl Slug {
    /// Checks a text. NFC is for `press` to check: the tables are too large for a browser.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let sound = (1..=120).contains(&text.chars().count())
            && !matches!(text, "." | "..")
            && text.chars().all(|c| {
                !c.is_whitespace()
                    && !c.is_control()
                    && !crate::read::is_bidi_control(c)
                    && !crate::read::is_invisible(c)
                    && !matches!(c, '/' | '?' | '#' | '%' | '<' | '>' | '\\')
            });
        sound.then(|| Self(text.into()))
    }

    /// As written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Read for Slug {
    const EXPECTED: &'static str = "a slug such as \"night-ferry-returns\"";

    fn read<O: Observer>(value: &Value<'_>, observer: &mut O) -> Option<Self> {
        let Some(text) = value.as_str() else {
            wrong_shape(value, Self::EXPECTED, observer);
            return None;
        };
        let slug = Self::new(text);
        if slug.is_none() {
            observer.problem(value.span, || Description {
                code: Code::BrokenSlug,
                message: format!("“{text}” cannot be part of an address"),
                hint: "Use letters of any script, digits and hyphens, 1 to 120 of them; no spaces and none of / ? # % < > \\.".into(),
            });
        }
        slug
    }
}

/// An object somebody else's tools keep in the article, as it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extensions(String);

impl Extensions {
    /// The JSON text.
    #[must_use]
    pub fn as_json(&self) -> &str {
        &self.0
    }
}

/// Reading keeps nothing in the browser, where nobody asks for it.
impl Read for Extensions {
    const EXPECTED: &'static str = "an object { \"vendor\": { … } }";

    fn read<O: Observer>(value: &Value<'_>, observer: &mut O) -> Option<Self> {
        if !matches!(value.kind, json::Kind::Object(_)) {
            wrong_shape(value, Self::EXPECTED, observer);
            return None;
        }
        #[cfg(feature = "write")]
        return Some(Self(crate::write::to_json(value)));
        #[cfg(not(feature = "write"))]
        Some(Self::default())
    }
}

impl<T: Read> Read for Box<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn read<O: Observer>(value: &Value<'_>, observer: &mut O) -> Option<Self> {
        T::read(value, observer).map(Box::new)
    }
}

/// What the lenient reading made of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Lenient {
    pub article: Article,
    /// The text ended early or broke off: more may have stood there.
    pub broke_off: Option<SyntaxError>,
    /// It held more than a story may ([`limits`]) and was cut there.
    pub was_cut: bool,
}

/// Why not even the lenient reading can make a story of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Not JSON, or JSON that is not an object.
    NotAnArticle,
    /// A version of the format that this crate does not know.
    NewerFormat,
}

impl Article {
    /// The lenient reading, for browsers: unknown fields are ignored, what is broken
    /// is left out or replaced, what stands before a syntax error is kept.
    ///
    /// # Errors
    /// Only when there is no object at all, or the format is a future one.
    pub fn read_leniently(source: &str) -> Result<Lenient, Unreadable> {
        let parsed = json::parse(source);
        let value = parsed.value.ok_or(Unreadable::NotAnArticle)?;
        let (article, was_cut) = Self::cut_from(&value).ok_or(Unreadable::NotAnArticle)?;
        if !article.schema_version.is_readable() {
            return Err(Unreadable::NewerFormat);
        }
        Ok(Lenient {
            article,
            broke_off: parsed.error,
            was_cut,
        })
    }

    /// The lenient reading of JSON that is parsed already, whatever version of the
    /// format it says it is. `None` if it is no object, or one without any field.
    #[must_use]
    pub fn from_value(value: &Value<'_>) -> Option<Self> {
        Self::cut_from(value).map(|(article, _)| article)
    }

    /// The same, and whether it was cut.
    fn cut_from(value: &Value<'_>) -> Option<(Self, bool)> {
        let mut article = match &value.kind {
            json::Kind::Object(members) if !members.is_empty() => Self::read(value, &mut Deaf)?,
            _ => return None,
        };
        let mut was_cut = false;
        limits::cut(&mut article, &mut |_, _, _| was_cut = true);
        Some((article, was_cut))
    }

    /// The direction its text runs in.
    #[must_use]
    pub fn direction(&self) -> Direction {
        self.dir.unwrap_or_else(|| self.language.direction())
    }

    /// The headline without marks; the slug where there is none.
    #[must_use]
    pub fn plain_headline(&self) -> String {
        if self.headline.is_blank() {
            self.slug.as_str().to_owned()
        } else {
            self.headline.to_plain()
        }
    }

    /// Whole minutes an adult needs to read it, at least one: the characters of
    /// headline, standfirst, body and captions by the speed of the language.
    #[must_use]
    pub fn reading_minutes(&self) -> usize {
        let blocks = self.lead_media.iter().map(Box::as_ref).chain(&self.body);
        let characters = self.headline.char_count()
            + self.standfirst.as_ref().map_or(0, RichText::char_count)
            + blocks.map(crate::count::characters).sum::<usize>();
        characters
            .div_ceil(self.language.characters_per_minute())
            .max(1)
    }

    /// Every picture of the story in reading order: lead media, then the body with
    /// galleries and boxes; a picture that stands in both counts once.
    #[must_use]
    pub fn images(&self) -> Vec<&Image> {
        let mut images = Vec::new();
        for block in self.lead_media.iter().map(Box::as_ref).chain(&self.body) {
            collect_images(block, &mut images);
        }
        images
    }

    /// Every film of the story in reading order.
    #[must_use]
    pub fn videos(&self) -> Vec<&crate::media::Media> {
        let mut videos = Vec::new();
        for block in self.lead_media.iter().map(Box::as_ref).chain(&self.body) {
            collect_videos(block, &mut videos);
        }
        videos
    }

    /// Every sound of the story in reading order.
    #[must_use]
    pub fn audios(&self) -> Vec<&crate::media::Media> {
        let mut audios = Vec::new();
        for block in self.lead_media.iter().map(Box::as_ref).chain(&self.body) {
            collect_audios(block, &mut audios);
        }
        audios
    }

    /// Everything of the story that lives on somebody else's site, in reading order.
    #[must_use]
    pub fn embeds(&self) -> Vec<&crate::block::Embed> {
        let mut embeds = Vec::new();
        for block in self.lead_media.iter().map(Box::as_ref).chain(&self.body) {
            collect_embeds(block, &mut embeds);
        }
        embeds
    }
}

fn collect_embeds<'a>(block: &'a Block, embeds: &mut Vec<&'a crate::block::Embed>) {
    match block {
        Block::Embed(embed) => embeds.push(embed),
        Block::Aside(aside) => {
            for block in &aside.body {
                collect_embeds(block, embeds);
            }
        }
        _ => {}
    }
}

fn collect_images<'a>(block: &'a Block, images: &mut Vec<&'a Image>) {
    let found: &[Image] = match block {
        Block::Image(block) => std::slice::from_ref(&block.image),
        Block::Gallery(gallery) => &gallery.images,
        Block::Aside(aside) => {
            for block in &aside.body {
                collect_images(block, images);
            }
            return;
        }
        _ => return,
    };
    for image in found {
        let seen = image.id.is_some() && images.iter().any(|known| known.id == image.id);
        if !seen {
            images.push(image);
        }
    }
}

fn collect_audios<'a>(block: &'a Block, audios: &mut Vec<&'a crate::media::Media>) {
    match block {
        Block::Audio(block) => audios.push(&block.audio),
        Block::Aside(aside) => {
            for block in &aside.body {
                collect_audios(block, audios);
            }
        }
        _ => {}
    }
}

fn collect_videos<'a>(block: &'a Block, videos: &mut Vec<&'a crate::media::Media>) {
    match block {
        Block::Video(block) => videos.push(&block.video),
        Block::Aside(aside) => {
            for block in &aside.body {
                collect_videos(block, videos);
            }
        }
        _ => {}
    }
}

#[cfg(feature = "write")]
mod writing {
    use super::{Extensions, SchemaVersion, Slug};
    use serde::{Serialize, Serializer};

    crate::write::as_text!(SchemaVersion, |version| version.as_str());
    crate::write::as_text!(Slug, |slug| slug.as_str());

    impl crate::write::MaybeAbsent for Extensions {}

    impl Serialize for Extensions {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let raw = serde_json::value::RawValue::from_string(self.0.clone())
                .map_err(serde::ser::Error::custom)?;
            raw.serialize(serializer)
        }
    }
}
