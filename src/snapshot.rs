//! A page as HTML, rendered natively from the same views.
//!
//! What is rendered here is adopted node by node in the browser, so nothing may be
//! changed in it on the way: no minifying, no rewriting.

use std::sync::Arc;

use article::json::{self, Kind};
use article::site::Site;
use article::{Block, Image, Language, Lenient, Media, Rendition};
use leptos::prelude::{Owner, RenderHtml};

use crate::app::{Page as AppPage, Shell, app};
use crate::blocks;
use crate::content::{self, Content, Load};
use crate::i18n::Messages;
use crate::pages;
use crate::parts::picture::{Slot, source_set};
use crate::route::Route;
use crate::scope::Scope;

/// What a page is rendered from; the texts are JSON.
pub struct Request<'a> {
    pub route: Route,
    /// `site.json`.
    pub site: &'a str,
    /// The language file of the route's language.
    pub messages: &'a str,
    /// The article or head that the route shows, if it shows one.
    pub content: Option<&'a str>,
    /// The relative prefix from the page to the site's root (`../../`), or its
    /// absolute path.
    pub base: &'a str,
}

/// A rendered page.
pub struct Page {
    /// What stands inside `#dateline`.
    pub html: String,
    /// What the document is called.
    pub title: String,
    /// For search engines and previews.
    pub description: Option<String>,
    pub language: String,
    pub direction: &'static str,
    /// The picture that is wanted first: its AVIF `srcset`, `sizes` and media type. Where
    /// `sizes` is empty it has one file, and the first is its address.
    pub preload_image: Option<(String, &'static str, String)>,
    /// The JSON the app adopts the page with, safe inside a script element.
    pub data: String,
}

/// What all pages of a language are rendered from, read once.
pub struct Edition {
    site: Arc<Site>,
    messages: Arc<Messages>,
    /// The beginning of the data of each of its pages.
    data: String,
}

impl Edition {
    /// Reads `site.json` and the language file.
    ///
    /// # Errors
    /// Says which of the two is not what it should be.
    pub fn read(language: &Language, site: &str, messages: &str) -> Result<Self, String> {
        Ok(Self {
            site: Arc::new(Site::read_leniently(site).ok_or("site.json is not an object")?),
            messages: Messages::read(language.clone(), messages)
                .ok_or("the language file is not an object")?,
            data: in_script(&format!(
                r#"{{"language":"{}","site":{},"messages":{}"#,
                language.as_str(),
                site.trim(),
                words_of_pages(messages)
            )),
        })
    }
}

/// What a page shows.
pub struct Shown {
    content: Content,
    /// As it stands in the data.
    data: Option<String>,
    /// Of the article.
    description: Option<String>,
}

impl Shown {
    /// Reads the article or head that a route shows, if it shows one.
    ///
    /// # Errors
    /// When it is not what the route needs.
    pub fn read(route: &Route, text: Option<&str>) -> Result<Self, String> {
        let parsed = text.map(json::parse);
        let value = parsed.as_ref().and_then(|parsed| parsed.value.as_ref());
        let content = content::embedded(route, value).ok_or("the content is not an object")?;
        Ok(Self {
            description: match &content {
                Content::Story(story) => pages::description(&story.article),
                _ => None,
            },
            content,
            data: text.map(|text| in_script(text.trim())),
        })
    }

    /// An article that was read from a text before.
    #[must_use]
    pub fn article(story: Arc<Lenient>, text: &str) -> Self {
        Self {
            description: pages::description(&story.article),
            data: Some(in_script(text.trim())),
            content: Content::Story(story),
        }
    }

    /// The part of an article that the page of a photo or film shows, as an article of
    /// its own. The page is described as the whole is.
    ///
    /// # Errors
    /// When the part is not an article.
    pub fn part(&self, route: &Route, text: &str) -> Result<Self, String> {
        Ok(Self {
            description: self.description.clone(),
            ..Self::read(route, Some(text))?
        })
    }
}

/// Renders a page from texts.
///
/// # Errors
/// Says which of the texts is not what it should be.
pub fn render(request: &Request<'_>) -> Result<Page, String> {
    let edition = Edition::read(request.route.lang(), request.site, request.messages)?;
    let shown = Shown::read(&request.route, request.content)?;
    Ok(render_shown(&edition, &request.route, &shown, request.base))
}

/// Renders a page from what was read already.
#[must_use]
pub fn render_shown(edition: &Edition, route: &Route, shown: &Shown, base: &str) -> Page {
    let language: &Language = route.lang();
    let content = &shown.content;
    let page = AppPage {
        route: route.clone(),
        load: Load::Ready(content.clone()),
        messages: Arc::clone(&edition.messages),
    };
    let owner = Owner::new();
    let rendered = owner.with(|| {
        let shell = Shell::new(Arc::clone(&edition.site), base, page.clone());
        let scope = shell.scope(&page);
        Page {
            title: pages::document_title(&scope, &page.load),
            description: match content {
                Content::Story(_) => shown.description.clone(),
                _ => scope.edition().and_then(|edition| edition.tagline.clone()),
            },
            language: language.as_str().into(),
            direction: language.direction().as_str(),
            preload_image: first_image(route, content).map(|first| first.preload(&scope)),
            html: app(shell).to_html(),
            data: data(edition, route, shown),
        }
    });
    owner.cleanup();
    rendered
}

/// What is seen first of a page.
enum First<'a> {
    Picture(&'a Image, Slot),
    /// A player shows one file, whatever the screen.
    Poster(&'a Rendition),
}

impl First<'_> {
    /// `srcset`, `sizes` and media type, as the view writes them; of a poster the
    /// address alone.
    fn preload(&self, scope: &Scope) -> (String, &'static str, String) {
        match self {
            Self::Picture(image, slot) => {
                let files: Vec<_> = image.renditions.iter().collect();
                let kind = files
                    .first()
                    .map(|file| file.content_type.clone())
                    .unwrap_or_default();
                (source_set(scope, &files, &kind, *slot), slot.sizes(), kind)
            }
            Self::Poster(file) => (scope.link(&file.href), "", file.content_type.clone()),
        }
    }
}

/// The picture at the top of a page.
fn first_image<'a>(route: &Route, content: &'a Content) -> Option<First<'a>> {
    let found = match (route, content) {
        (Route::Story { .. } | Route::Page { .. }, Content::Story(story)) => {
            match story.article.lead_media.as_deref()? {
                Block::Image(block) => First::Picture(&block.image, Slot::Wide),
                Block::Gallery(gallery) => First::Picture(gallery.images.first()?, Slot::Wide),
                Block::Video(block) => of_film(&block.video)?,
                _ => return None,
            }
        }
        (Route::Photo { id, .. }, Content::Story(story)) => {
            let mut images = story.article.images().into_iter();
            First::Picture(
                images.find(|image| image.id.as_deref() == Some(id))?,
                Slot::Full,
            )
        }
        (Route::Video { id, .. }, Content::Story(story)) => {
            let mut videos = story.article.videos().into_iter();
            of_film(videos.find(|video| video.id.as_deref() == Some(id))?)?
        }
        (Route::Front { .. }, Content::Front(head, _)) => {
            First::Picture(head.cards.first()?.thumbnail.as_ref()?, Slot::Lead)
        }
        (Route::Photos { .. }, Content::Front(head, _)) => {
            First::Picture(head.cards.first()?.thumbnail.as_ref()?, Slot::Wall)
        }
        _ => return None,
    };
    let is_there = match &found {
        // Behind a cover nothing is fetched.
        First::Picture(image, _) => !image.renditions.is_empty() && image.content_warning.is_none(),
        First::Poster(_) => true,
    };
    let story_warns = match content {
        Content::Story(story) => story.article.content_warning.is_some(),
        _ => false,
    };
    (is_there && !story_warns).then_some(found)
}

/// What a film shows before it plays; one that plays no more shows its poster as a
/// picture.
fn of_film(video: &Media) -> Option<First<'_>> {
    let poster = video.poster.as_ref()?;
    if video.content_warning.is_some() || poster.content_warning.is_some() {
        return None;
    }
    if blocks::can_play(video) {
        blocks::poster_file(poster).map(First::Poster)
    } else {
        Some(First::Picture(poster, Slot::Wide))
    }
}

/// The texts as one JSON object.
fn data(edition: &Edition, route: &Route, shown: &Shown) -> String {
    let mut data = edition.data.clone();
    if let Some(content) = &shown.data {
        data.push_str(",\"content\":");
        data.push_str(content);
    }
    if matches!(route, Route::NotFound { .. }) {
        data.push_str(",\"found\":false");
    }
    if matches!(route, Route::Offline { .. }) {
        data.push_str(",\"offline\":true");
    }
    data.push('}');
    data
}

/// A language file without the words that the service worker alone says.
fn words_of_pages(messages: &str) -> String {
    let parsed = json::parse(messages);
    let Some(Kind::Object(members)) = parsed.value.map(|value| value.kind) else {
        return messages.trim().to_owned();
    };
    let words = members
        .iter()
        .filter(|member| member.name != "worker")
        .filter_map(|member| messages.get(member.name_span.start..member.value.span.end));
    format!("{{{}}}", words.collect::<Vec<_>>().join(","))
}

/// JSON that can stand in a script element: `<` is escaped so that no text can end
/// it, and U+2028/2029 because JavaScript once counted them as line ends.
fn in_script(json: &str) -> String {
    let mut safe = String::with_capacity(json.len() + json.len() / 64);
    for piece in json.split_inclusive(['<', '\u{2028}', '\u{2029}']) {
        let special = piece
            .chars()
            .next_back()
            .filter(|last| matches!(last, '<' | '\u{2028}' | '\u{2029}'));
        match special {
            Some(last) => {
                safe.push_str(piece.strip_suffix(last).unwrap_or(piece));
                safe.push_str(match last {
                    '<' => "\\u003c",
                    '\u{2028}' => "\\u2028",
                    _ => "\\u2029",
                });
            }
            None => safe.push_str(piece),
        }
    }
    safe
}
