//! The blocks a story is made of.
//!
//! To add one: a record here and its line in `blocks!`, its view in
//! `src/blocks/`, its look in `style/`, its scenario in `tests/fixtures/`.

use crate::decimal::Decimal;
use crate::href::Href;
use crate::json::{Kind, Value};
use crate::language::{Direction, Language};
use crate::media::{Image, ImageRole, Media};
use crate::read::{Code, Deaf, Description, Observer, Read, nearest, record, wrong_shape};
use crate::rich::RichText;
use crate::story::{Link, Slug};

record! {
    /// Running text.
    pub struct Paragraph {
        content: RichText, "content", required;
        lang: Option<Language>, "lang", optional;
        dir: Option<Direction>, "dir", optional;
    }
}

record! {
    /// A sub-head.
    pub struct Heading {
        level: Level, "level", expected;
        content: RichText, "content", required;
        /// The fragment a link can lead to.
        id: Option<String>, "id", optional;
    }
}

/// Ids of the page's own.
const OWN_IDS: &[&str] = &[
    "main",
    "dateline",
    "data",
    "boot-note",
    "status",
    "search-words",
];

/// Whether an id of the content may become one of the page: it can be part of an
/// address, and takes nothing that the page's own parts or pictures are found by.
pub(crate) fn is_anchor(id: &str) -> bool {
    Slug::new(id).is_some()
        && !OWN_IDS.contains(&id)
        && !["photo-", "video-", "audio-"]
            .iter()
            .any(|own| id.starts_with(own))
}

impl Heading {
    /// Its fragment, where the id is fit to be one.
    #[must_use]
    pub fn anchor(&self) -> Option<&str> {
        self.id.as_deref().filter(|id| is_anchor(id))
    }
}

/// The level of a heading, 2 to 4 (the headline is level 1). The lenient reading
/// takes the nearest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level(u8);

impl Level {
    /// The nearest level there is.
    #[must_use]
    pub fn nearest(level: u8) -> Self {
        Self(level.clamp(2, 4))
    }

    /// 2, 3 or 4.
    #[must_use]
    pub fn get(self) -> u8 {
        self.0
    }
}

impl Default for Level {
    fn default() -> Self {
        Self(2)
    }
}

impl Read for Level {
    const EXPECTED: &'static str = "2, 3 or 4";

    fn read<O: Observer>(value: &Value<'_>, observer: &mut O) -> Option<Self> {
        let Some(level) = u8::read(value, &mut Deaf) else {
            wrong_shape(value, Self::EXPECTED, observer);
            return None;
        };
        if !(2..=4).contains(&level) {
            observer.problem(value.span, || Description {
                code: Code::OutOfRange,
                message: format!("a heading of level {level}"),
                hint: "Write 2, 3 or 4: level 1 is the headline.".into(),
            });
        }
        Some(Self::nearest(level))
    }
}

record! {
    /// A list, at most three deep.
    pub struct List {
        ordered: bool, "ordered", optional;
        /// The number of the first item.
        start: Option<i32>, "start", optional;
        items: Vec<ListItem>, "items", required;
    }
}

record! {
    /// An item, with the list below it if there is one.
    pub struct ListItem {
        content: RichText, "content", required;
        items: Vec<ListItem>, "items", optional;
    }
}

record! {
    /// What somebody said or wrote.
    pub struct Quote {
        /// Its paragraphs.
        content: Vec<RichText>, "content", required;
        /// Set large, beside or between the text it is taken from.
        pull: bool, "pull", optional;
        attribution: Option<RichText>, "attribution", optional;
        /// Where it was published.
        cite: Option<Href>, "cite", optional;
    }
}

record! {
    /// A picture in the story.
    pub struct ImageBlock {
        image: Image, "image", required;
        role: Option<ImageRole>, "role", optional;
    }
}

record! {
    /// Several pictures that belong together.
    pub struct Gallery {
        images: Vec<Image>, "images", required;
        caption: Option<RichText>, "caption", optional;
    }
}

record! {
    /// A film in the story.
    pub struct VideoBlock {
        video: Media, "video", required;
    }
}

record! {
    /// A sound in the story.
    pub struct AudioBlock {
        audio: Media, "audio", required;
    }
}

record! {
    /// Something that lives on somebody else's site.
    pub struct Embed {
        /// A name of [`EMBED_PROVIDERS`].
        provider: String, "provider", expected;
        /// The page at the provider's (https). What is put into a frame when the reader
        /// asks for it is made of the id in it ([`Embed::frame`]).
        href: Href, "href", required;
        /// What the frame shows, for those who cannot see it.
        title: String, "title", expected;
        /// Width divided by height.
        aspect_ratio: Option<Decimal>, "aspectRatio", optional;
        /// The picture shown before it is loaded, of our own files.
        poster: Option<Image>, "poster", optional;
        caption: Option<RichText>, "caption", optional;
        /// What it says, for those who do not load it.
        fallback: Option<RichText>, "fallback", optional;
    }
}

/// The sites an embed may come from: the provider's name and the hosts its frames
/// load from. press refuses any other, and a host's `frame-src` needs no more than
/// these. To add one: a line here, its ways in `embed.rs`, and a line in
/// docs/article-format.md.
pub const EMBED_PROVIDERS: &[(&str, &[&str])] = &[
    (
        "youtube",
        &[
            "www.youtube-nocookie.com",
            "www.youtube.com",
            "youtube.com",
            "youtu.be",
        ],
    ),
    ("vimeo", &["player.vimeo.com", "vimeo.com"]),
    (
        "dailymotion",
        &["www.dailymotion.com", "geo.dailymotion.com"],
    ),
    ("soundcloud", &["w.soundcloud.com", "soundcloud.com"]),
    ("spotify", &["open.spotify.com"]),
    ("internetArchive", &["archive.org"]),
    (
        "datawrapper",
        &["datawrapper.dwcdn.net", "www.datawrapper.de"],
    ),
    ("flourish", &["flo.uri.sh", "public.flourish.studio"]),
    ("openStreetMap", &["www.openstreetmap.org"]),
    (
        "documentCloud",
        &["embed.documentcloud.org", "www.documentcloud.org"],
    ),
];

/// Whether an address is one of a provider's.
pub(crate) fn is_of_provider(provider: &str, href: &Href) -> bool {
    let is_safe = href
        .as_str()
        .get(..8)
        .is_some_and(|start| start.eq_ignore_ascii_case("https://"));
    let host = href.host().unwrap_or_default();
    is_safe
        && EMBED_PROVIDERS
            .iter()
            .any(|(name, hosts)| *name == provider && hosts.contains(&host.as_str()))
}

record! {
    /// Rows and columns.
    pub struct Table {
        caption: Option<RichText>, "caption", optional;
        /// How many rows at the top are headings.
        header_rows: u8, "headerRows", optional;
        /// How many columns at the start are headings.
        header_columns: u8, "headerColumns", optional;
        rows: Vec<Vec<RichText>>, "rows", required;
    }
}

record! {
    /// A box beside the story. No box in a box.
    pub struct Aside {
        title: Option<RichText>, "title", optional;
        body: Vec<Block>, "body", required;
    }
}

record! {
    /// A pointer to another story, between two paragraphs.
    pub struct RelatedLink {
        link: Link, "link", required;
    }
}

record! {
    /// A change of scene.
    pub struct Divider {
    }
}

record! {
    /// Something an importer could not map: shown as text and link, never as markup.
    pub struct Unsupported {
        kind: String, "kind", expected;
        text: Option<String>, "text", optional;
        href: Option<Href>, "href", optional;
    }
}

/// A block that this version cannot show; its place in the story is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Unknown {
    /// Its `type`, as written; empty if it had none.
    pub kind: String,
    /// Why it could not be read.
    pub error: BlockError,
    /// Whatever plain text could be found in it.
    pub text: Option<RichText>,
}

/// Why a block could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockError {
    /// A newer version of the format may know this type.
    UnknownType,
    /// A type of this version, but not its shape.
    Broken,
    /// No `type`, or not an object at all.
    NotABlock,
}

macro_rules! blocks {
    ($( $variant:ident($record:ty) = $type:literal, )*) => {
        /// One block of a story, by its `type`.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Block {
            $( $variant($record), )*
            Unknown(Unknown),
        }

        /// The names of all block types, in the order of the format.
        pub const BLOCK_TYPES: &[&str] = &[$( $type ),*];

        impl Block {
            /// The block's `type`.
            #[must_use]
            pub fn type_name(&self) -> &str {
                match self {
                    $( Self::$variant(_) => $type, )*
                    Self::Unknown(unknown) => &unknown.kind,
                }
            }
        }

        fn read_known<O: Observer>(kind: &str, value: &Value<'_>, observer: &mut O) -> Result<Block, BlockError> {
            match kind {
                $( $type => {
                    observer.block();
                    <$record>::read(value, observer).map(Block::$variant).ok_or(BlockError::Broken)
                } )*
                _ => {
                    observer.problem(value.get("type").map_or(value.span, |kind| kind.span), || Description {
                        code: Code::UnknownBlock,
                        message: format!("there is no block type “{kind}”"),
                        hint: nearest(kind, BLOCK_TYPES),
                    });
                    Err(BlockError::UnknownType)
                }
            }
        }

        #[cfg(feature = "write")]
        impl serde::Serialize for Block {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use crate::write::Record as _;
                use serde::ser::SerializeMap as _;
                let mut map = serializer.serialize_map(None)?;
                // What never had a type must not be given one.
                if !matches!(self, Self::Unknown(Unknown { error: BlockError::NotABlock, .. })) {
                    map.serialize_entry("type", self.type_name())?;
                }
                match self {
                    $( Self::$variant(block) => block.write_fields(&mut map)?, )*
                    Self::Unknown(unknown) => {
                        if let Some(text) = &unknown.text {
                            map.serialize_entry("text", text)?;
                        }
                    }
                }
                map.end()
            }
        }

        #[cfg(feature = "write")]
        impl crate::schema::Describe for Block {
            fn describe(definitions: &mut crate::schema::Definitions) -> serde_json::Value {
                definitions.tagged("Block", "One block of a story, by its type.", |definitions| vec![
                    $( ($type, <$record as crate::schema::Describe>::describe(definitions)), )*
                ])
            }
        }
    };
}

blocks! {
    Paragraph(Paragraph) = "paragraph",
    Heading(Heading) = "heading",
    List(List) = "list",
    Quote(Quote) = "quote",
    Image(ImageBlock) = "image",
    Gallery(Gallery) = "gallery",
    Video(VideoBlock) = "video",
    Audio(AudioBlock) = "audio",
    Embed(Embed) = "embed",
    Table(Table) = "table",
    Aside(Aside) = "aside",
    RelatedLink(RelatedLink) = "relatedLink",
    Divider(Divider) = "divider",
    Unsupported(Unsupported) = "unsupported",
}

/// Always a block: what cannot be read becomes [`Unknown`], so that neighbours
/// keep their places and a mistake inside a known type is never taken for an
/// unknown type.
impl Read for Block {
    const EXPECTED: &'static str = "a block { \"type\": … }";

    fn read<O: Observer>(value: &Value<'_>, observer: &mut O) -> Option<Self> {
        let kind = value.get("type").and_then(Value::as_str);
        let read = match kind {
            Some(kind) => read_known(kind, value, observer),
            None => {
                if let Some(kind) = value.get("type") {
                    wrong_shape(kind, "the type of a block, in quotes", observer);
                } else if matches!(value.kind, Kind::Object(_)) {
                    observer.problem(value.span, || Description {
                        code: Code::MissingField,
                        message: "a block without a “type”".into(),
                        hint: format!("Known types: {}.", BLOCK_TYPES.join(", ")),
                    });
                } else {
                    wrong_shape(value, Self::EXPECTED, observer);
                }
                Err(BlockError::NotABlock)
            }
        };
        Some(read.unwrap_or_else(|error| {
            Self::Unknown(Unknown {
                kind: kind.unwrap_or_default().into(),
                error,
                text: salvage(value),
            })
        }))
    }
}

/// The first readable text of a block that could not be read.
fn salvage(value: &Value<'_>) -> Option<RichText> {
    if value.as_str().is_some() {
        return RichText::read(value, &mut Deaf).filter(|text| !text.is_blank());
    }
    [
        "content", "text", "headline", "title", "caption", "fallback",
    ]
    .iter()
    .filter_map(|name| value.get(name))
    .filter_map(|value| RichText::read(value, &mut Deaf))
    .find(|text| !text.is_blank())
}

#[cfg(feature = "write")]
impl serde::Serialize for Level {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.0)
    }
}

#[cfg(feature = "write")]
impl crate::write::MaybeAbsent for Level {}
