//! What a feed says of one story, in no format yet.

use article::media::Rights;
use article::story::AuthorRole;
use article::{Article, Block, Date, Image, Inline, Media, RichText};

use super::{html, identity};
use crate::address;
use crate::base::Base;
use crate::card;
use crate::files::Role;
use crate::plain::line;
use crate::rendition;

/// A longer text is left to the story's page, and the feed has its summary: feed
/// readers give up on feeds of many megabytes.
const MOST_TEXT: usize = 256 * 1024;

/// Characters of a title; of a longer one, the beginning.
const MOST_TITLE: usize = 500;

/// Characters of a summary.
const MOST_SUMMARY: usize = 2000;

/// One story.
pub struct Entry<'a> {
    /// An address that leads nowhere and never changes.
    pub id: String,
    pub url: String,
    pub language: &'a str,
    /// Never blank.
    pub title: String,
    /// The title as HTML, where it has marks that plain text loses.
    pub title_html: Option<String>,
    pub summary: Option<String>,
    /// The whole story as HTML; `None` where it is too long for a feed.
    pub content: Option<String>,
    pub published: Option<Date>,
    pub modified: Option<Date>,
    pub authors: Vec<Author>,
    /// Photographers, translators and others who are not the authors.
    pub contributors: Vec<Author>,
    pub topics: Vec<Topic<'a>>,
    pub picture: Option<Picture>,
    /// Its films and sounds, as files.
    pub enclosures: Vec<Enclosure<'a>>,
    pub rights: Option<String>,
}

pub struct Author {
    pub name: String,
    pub url: Option<String>,
}

pub struct Topic<'a> {
    pub id: &'a str,
    pub name: &'a str,
}

pub struct Picture {
    pub url: String,
    pub content_type: String,
    pub width: Option<u32>,
    pub height: Option<u32>,
    pub alt: Option<String>,
    pub credit: Option<String>,
}

pub struct Enclosure<'a> {
    pub url: String,
    pub content_type: &'a str,
    pub title: String,
    pub bytes: Option<u64>,
    /// Of play.
    pub seconds: Option<u32>,
}

impl<'a> Entry<'a> {
    /// What a feed says of an article. It must be the article as readers get it:
    /// without pointers to stories that are not out yet.
    pub fn of(article: &'a Article, base: &Base) -> Self {
        let language = article.language.as_str();
        let slug = article.slug.as_str();
        let url = base.url(&address::written(Role::Story, language, slug));
        let title = [article.plain_headline().as_str(), slug, url.as_str()]
            .iter()
            .map(|title| line(title, MOST_TITLE))
            .find(|title| !title.is_empty())
            .unwrap_or_default();
        let title_html = (is_marked(&article.headline) && !title.ends_with('…'))
            .then(|| html::line(&article.headline));
        let summary = article
            .standfirst
            .as_ref()
            .map(RichText::to_plain)
            .or_else(|| article.description.clone())
            .map(|summary| line(&summary, MOST_SUMMARY))
            .filter(|summary| !summary.is_empty());
        let content = html::story(article, base, &url);
        let (authors, contributors) = people(article, base, &url);
        Self {
            id: identity::uri(named(&article.id, &url), base),
            language,
            title,
            title_html,
            summary,
            content: (content.len() <= MOST_TEXT).then_some(content),
            published: article.date_published.filter(|date| date.year > 0),
            modified: article.date_modified.filter(|date| date.year > 0),
            authors,
            contributors,
            topics: article
                .subjects
                .iter()
                .filter(|topic| !topic.name.trim().is_empty())
                .map(|topic| Topic {
                    id: named(&topic.id, &topic.name),
                    name: &topic.name,
                })
                .collect(),
            picture: card::picture(article).and_then(|image| picture(image, base, &url)),
            enclosures: enclosures(article, base, &url),
            rights: article.rights.as_ref().and_then(notice),
            url,
        }
    }

    /// When it last changed, as far as anybody wrote down.
    pub fn updated(&self) -> Option<Date> {
        self.modified.or(self.published)
    }

    /// When it came out. A story whose change alone has a date came out no later.
    pub fn issued(&self) -> Option<Date> {
        self.published.or(self.modified)
    }
}

/// The name of a thing, else another one.
fn named<'a>(name: &'a str, instead: &'a str) -> &'a str {
    if name.trim().is_empty() {
        instead
    } else {
        name
    }
}

fn is_marked(text: &RichText) -> bool {
    text.0.iter().any(|piece| {
        matches!(piece, Inline::Span(span)
            if !span.marks.is_empty() || span.lang.is_some() || span.dir.is_some())
    })
}

/// The authors, and the others who had a part in it; where there are no authors,
/// the others are.
fn people(article: &Article, base: &Base, page: &str) -> (Vec<Author>, Vec<Author>) {
    let of = |is_author: bool| -> Vec<Author> {
        article
            .authors
            .iter()
            .filter(|author| (author.role == AuthorRole::Author) == is_author)
            .map(|author| Author {
                name: line(&author.name, MOST_TITLE),
                url: author.href.as_ref().map(|href| base.link(href, page)),
            })
            .filter(|author| !author.name.is_empty())
            .collect()
    };
    let (authors, others) = (of(true), of(false));
    if authors.is_empty() {
        (others, Vec::new())
    } else {
        (authors, others)
    }
}

fn picture(image: &Image, base: &Base, page: &str) -> Option<Picture> {
    let file = rendition::of_picture(image, rendition::WIDEST)?;
    Some(Picture {
        url: base.link(&file.href, page),
        content_type: file.content_type.clone(),
        width: file.width,
        height: file.height,
        alt: image.alt.clone().filter(|alt| !alt.trim().is_empty()),
        credit: image.rights.as_ref().and_then(Rights::credit_line),
    })
}

/// The films and sounds that can be fetched. One that carries a warning is not
/// among them: podcast players load and play enclosures by themselves.
fn enclosures<'a>(article: &'a Article, base: &Base, page: &str) -> Vec<Enclosure<'a>> {
    fn collect<'a>(block: &'a Block, found: &mut Vec<(&'a Media, &'static str)>) {
        match block {
            Block::Video(block) => found.push((&block.video, "video")),
            Block::Audio(block) => found.push((&block.audio, "audio")),
            Block::Aside(aside) => {
                for block in &aside.body {
                    collect(block, found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    for block in article
        .lead_media
        .iter()
        .map(Box::as_ref)
        .chain(&article.body)
    {
        collect(block, &mut found);
    }
    let mut enclosures: Vec<Enclosure<'a>> = Vec::new();
    for (media, kind) in found {
        if media.content_warning.is_some() {
            continue;
        }
        let Some(file) = rendition::of_media(media, kind) else {
            continue;
        };
        let url = base.link(&file.href, page);
        if enclosures.iter().any(|known| known.url == url) {
            continue;
        }
        enclosures.push(Enclosure {
            url,
            content_type: &file.content_type,
            title: line(&media.title, MOST_TITLE),
            bytes: file.size_in_bytes,
            seconds: media
                .duration
                .or(file.duration)
                .and_then(|length| u32::try_from(length.whole()).ok())
                .filter(|seconds| *seconds > 0),
        });
    }
    enclosures
}

fn notice(rights: &Rights) -> Option<String> {
    rights
        .notice()
        .map(|notice| line(&notice, MOST_SUMMARY))
        .filter(|notice| !notice.is_empty())
}
