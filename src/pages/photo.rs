//! One photo of a story, with its caption, its credit, and the way back.

use article::{Article, Image};
use leptos::prelude::*;

use super::not_found;
use crate::i18n::Word;
use crate::parts::figure::{caption, photo_anchor};
use crate::parts::heading::page_heading;
use crate::parts::picture::{Priority, Slot, picture};
use crate::route::Route;
use crate::scope::Scope;

/// The photo, its neighbours, and the link to its place in the story.
pub fn photo(scope: &Scope, article: &Article, id: &str) -> AnyView {
    let Some((index, images)) = find(article, id) else {
        return not_found::not_found(scope);
    };
    let Some(image) = images.get(index).copied() else {
        return not_found::not_found(scope);
    };
    let neighbour = |index: Option<usize>, word: Word, rel: &'static str| {
        let page = page_of(scope, images.get(index?)?)?;
        let words = scope.t(word);
        Some(view! { <a class="button" rel=rel href=scope.to(&page)>{words}</a> }.into_any())
    };
    let previous = neighbour(index.checked_sub(1), Word::previous_photo, "prev");
    let next = neighbour(Some(index + 1), Word::next_photo, "next");
    let back = scope.route.story().map(|story| {
        let href = format!("{}#{}", scope.to(&story), encoded(&photo_anchor(id)));
        let words = scope.t(Word::back_to_story);
        view! { <a class="button" href=href>{words}</a> }.into_any()
    });
    let largest = image.renditions.iter().filter(|file| file.href.is_fetchable()).max_by_key(|file| {
        // Of the largest, the one every program opens.
        (file.width.unwrap_or(0), file.content_type == "image/jpeg")
    });
    let open = largest.map(|file| {
        let words = scope.t(Word::open_photo);
        view! { <a class="button" href=scope.link(&file.href) target="_blank" rel="noopener">{words}</a> }.into_any()
    });
    view! {
        <div class="wrap viewer">
            {page_heading("viewer-heading", title(scope, article, id))}
            <figure class="viewer-figure">
                {picture(scope, image, Slot::Full, Priority::First, Some(scope.t(Word::picture_missing)))}
                {caption(scope, image)}
            </figure>
            <p class="actions">{previous}{next}{back}{open}</p>
        </div>
    }
    .into_any()
}

/// "Photo 3 of 7", with the headline of its story.
#[must_use]
pub fn title(scope: &Scope, article: &Article, id: &str) -> String {
    let Some((index, images)) = find(article, id) else {
        return scope.t(Word::not_found_heading);
    };
    let number = scope.messages.number(index + 1);
    let total = scope.messages.number(images.len());
    let headline = article.plain_headline();
    scope.messages.with(Word::photo_of, &[("n", &number), ("total", &total), ("headline", &headline)])
}

/// The photos of a story that have pages, and which of them is meant.
fn find<'a>(article: &'a Article, id: &str) -> Option<(usize, Vec<&'a Image>)> {
    let mut images = article.images();
    images.retain(|image| image.id.is_some());
    let index = images.iter().position(|image| image.id.as_deref() == Some(id))?;
    Some((index, images))
}

fn page_of(scope: &Scope, image: &Image) -> Option<Route> {
    let Route::Story { lang, slug } = scope.route.story()? else {
        return None;
    };
    Some(Route::Photo { lang, slug, id: image.id.clone()? })
}

fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    crate::route::push_encoded(&mut encoded, text);
    encoded
}
