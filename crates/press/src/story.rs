//! What the rules across files need to know of an article, with the places.
//!
//! An archive has more articles than memory: only these facts are kept of each, in
//! few bytes, and whoever needs the whole text reads the file again. They are also
//! what is remembered of an article from one build to the next.

use std::sync::Arc;

use article::block::Embed;
use article::json::{self, Kind, Span, Value};
use article::media::{Image, Rendition, TrackKind};
use article::site::Site;
use article::story::PubStatus;
use article::strict;
use article::{Article, Date, Slug};
use serde::{Deserialize, Serialize};

use crate::address::{Address, Part, is_inside, old_address};
use crate::check::media;
use crate::composed::composed;
use crate::files::{ArticleFile, Role, Tree};
use crate::finding::{Finding, Severity};
use crate::wording;
use crate::{fingerprint, kept};

/// A value and where it stands in its file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Placed<T> {
    pub value: T,
    /// Byte offsets; files are smaller than 4 GB. `u32::MAX` where nothing stands.
    start: u32,
    end: u32,
}

impl<T> Placed<T> {
    fn new(value: T, span: Option<Span>) -> Self {
        let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        let (start, end) =
            span.map_or((u32::MAX, 0), |span| (narrow(span.start), narrow(span.end)));
        Self { value, start, end }
    }

    pub fn span(&self) -> Option<Span> {
        (self.start != u32::MAX).then_some(Span {
            start: self.start as usize,
            end: self.end as usize,
        })
    }
}

impl Text {
    fn kept(self) -> KeptText {
        Placed {
            value: kept::text(self.value),
            start: self.start,
            end: self.end,
        }
    }
}

pub type Text = Placed<Box<str>>;
/// A text that is part of an article's facts.
pub type KeptText = Placed<&'static str>;

/// An address that is written in an article, and where it leads.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Link {
    pub text: KeptText,
    pub target: Target,
}

/// Where an address leads, by fingerprints: most links are sound, and to know it
/// their text need not be read again at every build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// To another site.
    Elsewhere,
    /// To a page that every site has.
    Front,
    /// To an article, by its [`place`].
    Article(u64),
    /// To a photo or a film of that article.
    Part(u64),
    /// To anything else, by its path below `public/`.
    File(u64),
}

impl Link {
    pub fn of(text: Text, site: Option<&Site>) -> Self {
        Self {
            target: Target::of(&text.value, site),
            text: text.kept(),
        }
    }
}

impl Target {
    fn of(href: &str, site: Option<&Site>) -> Self {
        match Address::of(href, site) {
            None => Self::Elsewhere,
            Some(Address::Front | Address::Search | Address::List { only: None, .. }) => {
                Self::Front
            }
            // Whether it is there is looked up by its text.
            Some(Address::List { only: Some(_), .. }) => Self::File(fingerprint::of(href)),
            Some(Address::Article {
                role,
                language,
                slug,
                part,
            }) => {
                let place = place(role, &language, &slug);
                match part {
                    Part::Whole => Self::Article(place),
                    Part::Photo(_) | Part::Video(_) => Self::Part(place),
                }
            }
            Some(Address::Other(path)) => Self::File(fingerprint::of(path.as_str())),
        }
    }

    /// The article it leads to, or into.
    pub fn article(self) -> Option<u64> {
        match self {
            Self::Article(place) | Self::Part(place) => Some(place),
            Self::Elsewhere | Self::Front | Self::File(_) => None,
        }
    }
}

/// The fingerprint of an article's place in the site.
pub fn place(role: Role, language: &str, slug: &str) -> u64 {
    fingerprint::of(&(role, language.to_ascii_lowercase(), composed(slug)))
}

/// An article file and what could be learnt of it.
pub struct Story {
    pub file: ArticleFile,
    /// [`place`] by its folder and its name.
    pub place: u64,
    /// Whether it was remembered, and not read now.
    pub is_remembered: bool,
    /// `None` when it is no article at all.
    pub facts: Option<Facts>,
    /// What is wrong with the file by itself.
    pub found: Box<[Finding]>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Facts {
    /// Whether it was read to its end; of a file that broke off, much may be missing.
    pub is_whole: bool,
    pub id: KeptText,
    pub slug: KeptText,
    pub language: KeptText,
    /// [`place`] by its language and its slug.
    pub place: u64,
    #[serde(with = "written::status")]
    pub status: PubStatus,
    #[serde(with = "written::date")]
    pub published: Option<Date>,
    #[serde(with = "written::date")]
    pub modified: Option<Date>,
    #[serde(with = "written::date")]
    pub embargoed_until: Option<Date>,
    #[serde(with = "written::date")]
    pub expires: Option<Date>,
    pub aliases: Box<[Alias]>,
    pub translations: Box<[Translation]>,
    /// The links that stay on this site.
    pub links: Box<[Link]>,
    /// Files the page itself shows, by the fingerprints of their paths below `public/`.
    pub media: Box<[u64]>,
    /// Those of them that are the only file of a picture: its original, in place of
    /// which readers get renditions.
    pub originals: Box<[u64]>,
    /// Files that old sources of its films name: not shown, and not for others either
    /// where the story is not.
    pub old_sources: Box<[u64]>,
    /// Files of pictures whose names do not say that they are any.
    pub odd_pictures: Box<[u64]>,
    /// Text tracks that are spoken or that name parts, and are never seen on the picture.
    pub unseen_tracks: Box<[(u64, Unseen)]>,
    /// The ids by which `photos/<id>/` and `videos/<id>/` find them.
    pub photos: Box<[&'static str]>,
    pub videos: Box<[&'static str]>,
    /// The lists it stands in besides its edition's.
    pub facets: Box<[(Facet, Named)]>,
    /// Where frames of it would be loaded from, as a policy names them, each once.
    pub frames: Box<[&'static str]>,
    /// Whether it has a film or sound that comes as a stream.
    pub has_stream: bool,
}

/// What a text track is for that is not seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Unseen {
    Descriptions,
    Chapters,
}

/// A kind of list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Facet {
    Topic,
    Author,
    Place,
}

/// A topic, an author or a place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Named {
    /// As it stands in addresses.
    pub id: &'static str,
    pub name: &'static str,
}

/// An old address of an article.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Alias {
    pub link: Link,
    /// The fingerprint of its comparable form ([`old_address`]).
    pub address: u64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Translation {
    pub language: &'static str,
    pub link: Link,
    pub id: Option<KeptText>,
    pub original: bool,
}

/// The addresses written in a file.
#[derive(Default)]
pub struct Links {
    /// Where a reader can go from here.
    pub pages: Vec<Text>,
    /// Files the page itself shows: renditions, posters, text tracks, a logo.
    pub media: Vec<Text>,
    /// Old sources of films, which are text to a reader.
    pub old_sources: Vec<Text>,
}

/// The strict reading of one file.
pub fn read(tree: &Tree, site: Option<&Site>, file: &ArticleFile) -> Story {
    let (facts, findings) = match tree.read(&file.path) {
        Ok(source) => {
            let strict = Article::read_strictly(&source);
            let mut findings: Vec<Finding> = strict
                .problems
                .into_iter()
                .map(|problem| problem_at(problem, &file.path))
                .collect();
            let facts = strict.article.map(|article| {
                let parsed = json::parse(&source);
                let mut links = Links::default();
                if let Some(root) = &parsed.value {
                    links.collect(root);
                    findings.extend(wording(root, &file.path));
                }
                findings.extend(media::of_file(&tree.files, &file.path, &links.media));
                facts(&parsed, &article, file, links, site)
            });
            (facts, findings)
        }
        Err(finding) => (None, vec![*finding]),
    };
    Story {
        file: file.clone(),
        place: place(file.role, &file.language, &file.stem),
        is_remembered: false,
        facts,
        found: findings.into(),
    }
}

/// What is wrong with the words of a story as a whole.
fn wording(root: &Value<'_>, file: &Arc<str>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(found) = wording::other_language(root) {
        let span = root.get("language").map(|value| value.span);
        findings.push(
            Finding::warning("other-language", file, span)
                .says(format!("the story says another language, but its text is in “{found}”"))
                .hint(format!(
                    "Write \"language\": \"{found}\" and put it into that edition; a passage in another language is a span with \"lang\"."
                )),
        );
    }
    if let Some((span, word)) = wording::taken_apart(root) {
        findings.push(
            Finding::warning("text-not-nfc", file, Some(span))
                .says("letters of the text are written in pieces, a letter and its accent apart")
                .hint(format!(
                    "Write them in the form NFC, here “{word}”; a search does not find them otherwise. Most editors convert a file to NFC."
                )),
        );
    }
    findings
}

/// A problem of the format as a finding in a file.
pub fn problem_at(problem: strict::Problem, file: &Arc<str>) -> Finding {
    Finding {
        severity: match problem.severity {
            strict::Severity::Error => Severity::Error,
            strict::Severity::Warning => Severity::Warning,
        },
        kind: kebab(&format!("{:?}", problem.code)),
        file: Arc::clone(file),
        span: Some(problem.span),
        field: problem.path,
        message: problem.message,
        hint: problem.hint,
    }
}

/// `UnsafeLink` as `unsafe-link`.
fn kebab(name: &str) -> String {
    let mut text = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !text.is_empty() {
            text.push('-');
        }
        text.extend(letter.to_lowercase());
    }
    text
}

fn facts(
    parsed: &json::Parsed<'_>,
    article: &Article,
    file: &ArticleFile,
    links: Links,
    site: Option<&Site>,
) -> Facts {
    let root = parsed.value.as_ref();
    let span = |name: &str| root.and_then(|root| root.get(name)).map(|value| value.span);
    // A broken slug or language is told already; the file's place stands in for it.
    let or = |text: &str, instead: &str| {
        kept::text(if text.is_empty() || text == "und" {
            instead
        } else {
            text
        })
    };
    let ids = |ids: Vec<Option<&String>>| -> Box<[&'static str]> {
        let mut ids: Vec<&str> = ids.into_iter().flatten().map(String::as_str).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.into_iter().map(kept::text).collect()
    };
    let mut media: Vec<u64> = links
        .media
        .iter()
        .filter_map(|link| media::file_of(&link.value))
        .map(|path| fingerprint::of(path.as_str()))
        .collect();
    media.sort_unstable();
    media.dedup();
    let slug = or(article.slug.as_str(), &file.stem);
    let language = or(article.language.as_str(), &file.language);
    let link = |text: Text| Link::of(text, site);
    Facts {
        is_whole: parsed.error.is_none(),
        id: Placed::new(kept::text(article.id.as_str()), span("id")),
        place: place(file.role, language, slug),
        slug: Placed::new(slug, span("slug")),
        language: Placed::new(language, span("language")),
        status: article.pub_status,
        published: article.date_published,
        modified: article.date_modified,
        embargoed_until: article.embargoed_until,
        expires: article.expires,
        aliases: root
            .map_or(&[][..], |root| root.list("aliases"))
            .iter()
            .filter_map(placed)
            .map(|alias| Alias {
                address: fingerprint::of(old_address(&alias.value).as_str()),
                link: link(alias),
            })
            .collect(),
        translations: translations(root.map_or(&[], |root| root.list("translations")), link),
        links: links
            .pages
            .into_iter()
            .filter(|link| is_inside(&link.value, site))
            .map(link)
            .collect(),
        media: media.into(),
        originals: originals(article),
        old_sources: fingerprints(
            links
                .old_sources
                .iter()
                .filter_map(|source| media::file_of(&source.value)),
        ),
        odd_pictures: odd_pictures(article),
        unseen_tracks: unseen_tracks(article),
        photos: ids(article
            .images()
            .iter()
            .map(|image| image.id.as_ref())
            .collect()),
        videos: ids(article
            .videos()
            .iter()
            .map(|video| video.id.as_ref())
            .collect()),
        facets: facets(article),
        frames: frames(article),
        has_stream: article
            .videos()
            .into_iter()
            .chain(article.audios())
            .flat_map(|media| &media.renditions)
            .any(Rendition::is_stream),
    }
}

fn frames(article: &Article) -> Box<[&'static str]> {
    let mut origins: Vec<&'static str> = article
        .embeds()
        .into_iter()
        .filter_map(Embed::origin)
        .map(|origin| kept::text(origin.as_str()))
        .collect();
    origins.sort_unstable();
    origins.dedup();
    origins.into()
}

/// Every picture of an article, wherever it stands.
fn pictures(article: &Article) -> impl Iterator<Item = &Image> {
    let posters = article
        .videos()
        .into_iter()
        .filter_map(|video| video.poster.as_ref());
    let of_embeds = article
        .embeds()
        .into_iter()
        .filter_map(|embed| embed.poster.as_ref());
    article
        .images()
        .into_iter()
        .chain(posters)
        .chain(of_embeds)
        .chain(&article.thumbnail)
}

fn originals(article: &Article) -> Box<[u64]> {
    fingerprints(
        pictures(article).filter_map(|image| match image.renditions.as_slice() {
            [file] => media::file_of(file.href.as_str()),
            _ => None,
        }),
    )
}

fn odd_pictures(article: &Article) -> Box<[u64]> {
    fingerprints(
        pictures(article)
            .flat_map(|image| &image.renditions)
            .filter_map(|file| media::file_of(file.href.as_str()))
            .filter(|path| !is_named_as_picture(path)),
    )
}

/// Whether the name of a file says that it is a picture which browsers show.
pub fn is_named_as_picture(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["jpg", "jpeg", "png", "webp", "gif", "avif", "svg"]
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}

/// In order, each once.
fn fingerprints(paths: impl Iterator<Item = String>) -> Box<[u64]> {
    let mut all: Vec<u64> = paths.map(|path| fingerprint::of(path.as_str())).collect();
    all.sort_unstable();
    all.dedup();
    all.into()
}

fn unseen_tracks(article: &Article) -> Box<[(u64, Unseen)]> {
    article
        .videos()
        .into_iter()
        .flat_map(|video| &video.tracks)
        .filter_map(|track| {
            let purpose = match track.kind {
                TrackKind::Descriptions => Unseen::Descriptions,
                TrackKind::Chapters => Unseen::Chapters,
                TrackKind::Captions | TrackKind::Subtitles => return None,
            };
            let path = media::file_of(track.href.as_str())?;
            Some((fingerprint::of(path.as_str()), purpose))
        })
        .collect()
}

/// Its topics, its authors and its place, as far as they can stand in an address.
fn facets(article: &Article) -> Box<[(Facet, Named)]> {
    let named = |facet: Facet, id: Option<&str>, name: &str| {
        let id = match id {
            Some(id) => Slug::new(id)?,
            None => Slug::new(&address_form(name))?,
        };
        Some((
            facet,
            Named {
                id: kept::text(id.as_str()),
                name: kept::text(name.trim()),
            },
        ))
    };
    let topics = article.subjects.iter().filter_map(|subject| {
        named(
            Facet::Topic,
            Some(subject.id.as_str()).filter(|id| !id.is_empty()),
            &subject.name,
        )
    });
    // Two people may have one name: only an id says who is meant.
    let authors = article
        .authors
        .iter()
        .filter_map(|author| named(Facet::Author, Some(author.id.as_deref()?), &author.name));
    let place = article
        .location_created
        .as_ref()
        .and_then(|place| named(Facet::Place, None, &place.name));
    let mut facets: Vec<_> = topics.chain(authors).chain(place).collect();
    facets.sort_unstable();
    facets.dedup_by(|a, b| a.0 == b.0 && a.1.id == b.1.id);
    facets.into()
}

/// A name as it stands in an address: `Lake Amara` as `lake-amara`.
fn address_form(name: &str) -> String {
    let mut form = String::with_capacity(name.len());
    for character in name.trim().chars() {
        if character.is_alphanumeric() {
            form.extend(character.to_lowercase());
        } else if !form.ends_with('-') && !form.is_empty() {
            form.push('-');
        }
    }
    form.truncate(form.trim_end_matches('-').len());
    form
}

fn placed(value: &Value<'_>) -> Option<Text> {
    value
        .as_str()
        .map(|text| Placed::new(text.into(), Some(value.span)))
}

fn translations(list: &[Value<'_>], link: impl Fn(Text) -> Link) -> Box<[Translation]> {
    list.iter()
        .filter_map(|item| {
            Some(Translation {
                language: kept::text(item.get("language")?.as_str()?),
                link: link(placed(item.get("href")?)?),
                id: item.get("id").and_then(placed).map(Text::kept),
                original: item
                    .get("original")
                    .is_some_and(|value| value.kind == Kind::Bool(true)),
            })
        })
        .collect()
}

impl Links {
    /// Finds the addresses of an object and everything in it. It looks at names,
    /// not at types, so that a block type added later is covered from its first day.
    pub fn collect(&mut self, value: &Value<'_>) {
        match &value.kind {
            Kind::Array(items) => {
                for item in items {
                    self.collect(item);
                }
            }
            Kind::Object(members) => {
                for member in members {
                    self.member(&member.name, &member.value);
                }
            }
            _ => {}
        }
    }

    fn member(&mut self, name: &str, value: &Value<'_>) {
        match name {
            // Somebody else's data, data about the past, and what has a rule of its own.
            "extensions" | "source" | "translations" | "aliases" | "canonicalUrl" => {}
            "legacySources" => {
                if let Kind::Array(items) = &value.kind {
                    let files = items.iter().filter_map(|item| item.get("href"));
                    self.old_sources.extend(files.filter_map(placed));
                }
            }
            "renditions" | "tracks" => {
                if let Kind::Array(items) = &value.kind {
                    let files = items.iter().filter_map(|item| item.get("href"));
                    self.media.extend(files.filter_map(placed));
                }
            }
            "logo" => self.media.extend(placed(value)),
            "href" | "cite" | "license" | "acquireLicensePage" | "contact" => {
                match &value.kind {
                    // `{"en": "/en/…"}` of a notice.
                    Kind::Object(members) => {
                        for member in members {
                            self.pages.extend(placed(&member.value));
                        }
                    }
                    _ => self.pages.extend(placed(value)),
                }
            }
            _ => self.collect(value),
        }
    }
}

/// How the model's own types are remembered between builds.
mod written {
    pub mod date {
        use article::Date;
        use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

        pub fn serialize<S: Serializer>(date: &Option<Date>, to: S) -> Result<S::Ok, S::Error> {
            match date {
                Some(date) => to.collect_str(date),
                None => to.serialize_str(""),
            }
        }

        pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Date>, D::Error> {
            let text = <&str>::deserialize(from)?;
            if text.is_empty() {
                return Ok(None);
            }
            Date::parse(text)
                .map(Some)
                .ok_or_else(|| D::Error::custom("no date"))
        }
    }

    pub mod status {
        use article::story::PubStatus;
        use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer, de::Error as _};

        pub fn serialize<S: Serializer>(status: &PubStatus, to: S) -> Result<S::Ok, S::Error> {
            let number: u8 = match status {
                PubStatus::Usable => 0,
                PubStatus::Withheld => 1,
                PubStatus::Canceled => 2,
            };
            number.serialize(to)
        }

        pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<PubStatus, D::Error> {
            Ok(match u8::deserialize(from)? {
                0 => PubStatus::Usable,
                1 => PubStatus::Withheld,
                2 => PubStatus::Canceled,
                _ => return Err(D::Error::custom("no status")),
            })
        }
    }
}
