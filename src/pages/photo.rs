//! One photo of a story, with its caption, its credit, and the way back.

use article::{Article, Image};

use super::not_found;
use crate::i18n::Word;
use crate::markup::{Element, el};
use crate::parts::cover::covered;
use crate::parts::figure::{caption, photo_anchor};
use crate::parts::heading::page_heading;
use crate::parts::picture::{Priority, Slot, picture};
use crate::route::{Route, push_encoded};
use crate::scope::Scope;

/// The photo, its neighbours, and the link to its place in the story.
pub fn photo(scope: &Scope, article: &Article, id: &str) -> Element {
    let Some((index, images)) = find(article, id) else {
        return not_found::not_found(scope);
    };
    let Some(image) = images.get(index).copied() else {
        return not_found::not_found(scope);
    };
    let neighbour = |index: Option<usize>, rel: &'static str, word: Word| {
        let page = page_of(scope, images.get(index?)?)?;
        Some(
            el("a")
                .class("button")
                .attr("rel", rel)
                .attr("href", scope.to(&page))
                .put(scope.t(word)),
        )
    };
    let back = scope.route.story().map(|story| {
        let mut href = scope.to(&story) + "#";
        push_encoded(&mut href, &photo_anchor(id));
        el("a")
            .class("button")
            .attr("href", href)
            .put(scope.t(Word::back_to_story))
    });
    let largest = image
        .renditions
        .iter()
        .filter(|file| file.href.is_own_file())
        .max_by_key(|file| {
            // Of the largest, the one every program opens.
            (file.width.unwrap_or(0), file.content_type == "image/jpeg")
        });
    let open = largest.map(|file| {
        el("a")
            .class("button")
            .attr("href", scope.link(&file.href))
            .attr("target", "_blank")
            .attr("rel", "noopener")
            .put(scope.t(Word::open_photo))
    });
    let figure = el("figure")
        .class("viewer-figure")
        .put(covered(
            scope,
            image,
            picture(
                scope,
                image,
                Slot::Full,
                Priority::First,
                Some(scope.t(Word::picture_missing)),
            ),
        ))
        .put(caption(scope, image));
    let actions = el("p")
        .class("actions")
        .put(neighbour(
            index.checked_sub(1),
            "prev",
            Word::previous_photo,
        ))
        .put(neighbour(Some(index + 1), "next", Word::next_photo))
        .put(back)
        .put(open);
    el("div")
        .class("wrap viewer")
        .put(
            page_heading()
                .class("viewer-heading")
                .put(title(scope, article, id)),
        )
        .put(figure)
        .put(actions)
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
    scope.messages.with(
        Word::photo_of,
        &[("n", &number), ("total", &total), ("headline", &headline)],
    )
}

/// The photos of a story that have pages.
pub(super) fn photos(article: &Article) -> Vec<&Image> {
    let mut images = article.images();
    images.retain(|image| image.id.is_some());
    images
}

/// "Photo 3 of 7".
pub(super) fn number(scope: &Scope, at: usize, total: usize) -> String {
    let number = scope.messages.number(at + 1);
    let total = scope.messages.number(total);
    scope
        .messages
        .with(Word::photo_number, &[("n", &number), ("total", &total)])
}

/// All of them, and which is meant.
fn find<'a>(article: &'a Article, id: &str) -> Option<(usize, Vec<&'a Image>)> {
    let images = photos(article);
    let index = images
        .iter()
        .position(|image| image.id.as_deref() == Some(id))?;
    Some((index, images))
}

fn page_of(scope: &Scope, image: &Image) -> Option<Route> {
    let Route::Story { lang, slug } = scope.route.story()? else {
        return None;
    };
    Some(Route::Photo {
        lang,
        slug,
        id: image.id.clone()?,
    })
}
