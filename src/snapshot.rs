//! A page as HTML, rendered natively from the same views.
//!
//! What is rendered here is adopted node by node in the browser, so nothing may be
//! changed in it on the way: no minifying, no rewriting.

use std::sync::Arc;

use article::site::Site;
use article::{Article, Block, Image, Language, json};
use leptos::prelude::{Owner, RenderHtml};

use crate::app::{Page as AppPage, Shell, app};
use crate::content::{self, Content, Load};
use crate::i18n::Messages;
use crate::pages;
use crate::parts::picture::{Slot, source_set};
use crate::route::Route;

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
    /// The picture that is wanted first: its AVIF `srcset`, `sizes` and media type.
    pub preload_image: Option<(String, &'static str, String)>,
    /// The JSON the app adopts the page with, safe inside a script element.
    pub data: String,
}

/// Renders a page.
///
/// # Errors
/// Says which of the texts is not what it should be.
pub fn render(request: &Request<'_>) -> Result<Page, String> {
    let site = Arc::new(Site::read_leniently(request.site).ok_or("site.json is not an object")?);
    let language: &Language = request.route.lang();
    let messages = Messages::read(language.clone(), request.messages)
        .ok_or("the language file is not an object")?;
    let parsed = request.content.map(json::parse);
    let value = parsed.as_ref().and_then(|parsed| parsed.value.as_ref());
    let content = content::embedded(&request.route, value).ok_or("the content is not an object")?;
    let page = AppPage {
        route: request.route.clone(),
        load: Load::Ready(content.clone()),
        messages,
    };
    let owner = Owner::new();
    let rendered = owner.with(|| {
        let shell = Shell::new(site, request.base, page.clone());
        let scope = shell.scope(&page);
        Page {
            title: pages::document_title(&scope, &page.load),
            description: match &content {
                Content::Story(story) => pages::description(&story.article),
                _ => scope.edition().and_then(|edition| edition.tagline.clone()),
            },
            language: language.as_str().into(),
            direction: language.direction().as_str(),
            preload_image: first_image(&request.route, &content).map(|(image, slot)| {
                let files: Vec<_> = image.renditions.iter().collect();
                let kind = files
                    .first()
                    .map(|file| file.content_type.clone())
                    .unwrap_or_default();
                (source_set(&scope, &files, &kind), slot.sizes(), kind)
            }),
            html: app(shell).to_html(),
            data: data(request),
        }
    });
    owner.cleanup();
    Ok(rendered)
}

/// The picture at the top of a page.
fn first_image<'a>(route: &Route, content: &'a Content) -> Option<(&'a Image, Slot)> {
    let lead = |article: &'a Article| match article.lead_media.as_deref() {
        Some(Block::Image(block)) => Some(&block.image),
        _ => None,
    };
    let found = match (route, content) {
        (Route::Story { .. } | Route::Page { .. }, Content::Story(story)) => {
            (lead(&story.article)?, Slot::Wide)
        }
        (Route::Photo { id, .. }, Content::Story(story)) => {
            let images = story.article.images();
            (
                images
                    .into_iter()
                    .find(|image| image.id.as_deref() == Some(id))?,
                Slot::Full,
            )
        }
        (Route::Front { .. }, Content::Front(head, _)) => {
            (head.cards.first()?.thumbnail.as_ref()?, Slot::Lead)
        }
        _ => return None,
    };
    (!found.0.renditions.is_empty()).then_some(found)
}

/// The texts as one JSON object. `<` is escaped so that no text can end the script
/// element, and U+2028/2029 because JavaScript once counted them as line ends.
fn data(request: &Request<'_>) -> String {
    let mut data = format!(
        r#"{{"language":"{}","site":{},"messages":{}"#,
        request.route.lang().as_str(),
        request.site.trim(),
        request.messages.trim()
    );
    if let Some(content) = request.content {
        data.push_str(",\"content\":");
        data.push_str(content.trim());
    }
    if matches!(request.route, Route::NotFound { .. }) {
        data.push_str(",\"found\":false");
    }
    data.push('}');
    data.replace('<', "\\u003c")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}
