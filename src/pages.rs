//! One view for each kind of page.

mod failure;
pub mod front;
mod not_found;
mod offline;
mod photo;
mod photos;
mod saved;
mod search;
mod story;
#[cfg(feature = "ssr")]
pub use story::description;
mod video;
mod videos;
// Natively only its tests use it.
#[cfg_attr(feature = "ssr", allow(dead_code))]
pub mod viewer;

use article::Article;
use article::listing::{Card, Head, Pack};

use crate::content::{Content, Failure, Load};
use crate::i18n::Word;
use crate::markup::{Element, el};
use crate::parts::heading::page_heading;
use crate::route::Route;
use crate::scope::Scope;

/// The content of `main`.
pub fn page(scope: &Scope, load: &Load<Content>) -> Element {
    match (&scope.route, load) {
        (_, Load::Loading) => loading(scope),
        (_, Load::Failed(Failure::NotFound)) | (Route::NotFound { .. }, _) => {
            not_found::not_found(scope)
        }
        (_, Load::Failed(failure)) => failure::failure(scope, *failure),
        (Route::Story { .. } | Route::Page { .. }, Load::Ready(Content::Story(story))) => {
            story::story(scope, story)
        }
        (Route::Photo { id, .. }, Load::Ready(Content::Story(story))) => {
            photo::photo(scope, &story.article, id)
        }
        (Route::Video { id, .. }, Load::Ready(Content::Story(story))) => {
            video::video(scope, &story.article, id)
        }
        (Route::Front { .. }, Load::Ready(Content::Front(head, pack))) => {
            front::front(scope, head, pack.as_deref())
        }
        (Route::Photos { only, .. }, Load::Ready(Content::Front(head, pack))) => {
            photos::photos(scope, head, pack.as_deref(), only.as_ref())
        }
        (Route::Videos { .. }, Load::Ready(Content::Front(head, pack))) => {
            videos::videos(scope, head, pack.as_deref())
        }
        (Route::Search { query, .. }, Load::Ready(Content::Front(head, _))) => {
            search::search(scope, head, query)
        }
        (Route::Search { .. }, Load::Ready(Content::Nothing)) => search::form_alone(scope),
        (Route::Saved { .. }, _) => saved::saved(scope),
        (Route::Offline { .. }, _) => offline::offline(scope),
        // A route and content that do not belong together cannot be made by `content`.
        (_, Load::Ready(_)) => not_found::not_found(scope),
    }
}

/// The cards of a page of a list, newest first: those of its head, or of an older pack.
fn shown<'a>(head: &'a Head, pack: Option<&'a Pack>) -> impl Iterator<Item = &'a Card> {
    let newest = pack.is_none().then_some(&head.cards);
    let older = pack.map(|pack| pack.cards.iter().rev());
    newest
        .into_iter()
        .flatten()
        .chain(older.into_iter().flatten())
}

fn loading(scope: &Scope) -> Element {
    el("div")
        .class("wrap loading")
        .put(page_heading().put(scope.t(Word::loading)))
}

/// What the page is called, without the site's name.
#[must_use]
pub fn title(scope: &Scope, load: &Load<Content>) -> String {
    let in_story = |article: &Article| match &scope.route {
        Route::Photo { id, .. } => photo::title(scope, article, id),
        Route::Video { id, .. } => video::title(scope, article, id),
        _ => article.plain_headline(),
    };
    match (&scope.route, load) {
        (_, Load::Loading) => scope.t(Word::loading),
        (_, Load::Failed(Failure::NotFound)) | (Route::NotFound { .. }, _) => {
            scope.t(Word::not_found_heading)
        }
        (_, Load::Failed(_)) => scope.t(Word::failed_heading),
        (_, Load::Ready(Content::Story(story))) => in_story(&story.article),
        (Route::Saved { .. }, _) => scope.t(Word::saved_heading),
        (Route::Offline { .. }, _) => scope.t(Word::offline_heading),
        (Route::Search { query, .. }, _) if query.is_empty() => scope.t(Word::search_heading),
        (Route::Search { query, .. }, _) => format!("{}: {query}", scope.t(Word::search_heading)),
        (Route::Photos { only, .. }, Load::Ready(Content::Front(head, _))) => {
            photos::title(scope, head, only.as_ref())
        }
        (Route::Videos { .. }, _) => scope.t(Word::videos),
        (Route::Front { older, .. }, _) if *older > 0 => scope.t(Word::older_heading),
        _ => String::new(),
    }
}

/// What the document is called.
#[must_use]
pub fn document_title(scope: &Scope, load: &Load<Content>) -> String {
    let title = title(scope, load);
    let site = scope.site_name();
    match (
        title.is_empty(),
        scope
            .edition()
            .and_then(|edition| edition.tagline.as_deref()),
    ) {
        (false, _) => format!("{title} — {site}"),
        (true, Some(tagline)) => format!("{site} — {tagline}"),
        (true, None) => site.to_owned(),
    }
}
