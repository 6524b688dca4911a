//! One film of a story, with its transcript, and the way back.

use article::listing::Card;
use article::{Article, Media};
use leptos::prelude::{RwSignal, Set, With};

use super::{not_found, videos};
use crate::blocks::{self, Place};
use crate::i18n::Word;
use crate::markup::{Content, Element, Nodes, el};
use crate::navigate;
use crate::parts::card::{Layout, card};
use crate::parts::heading::page_heading;
use crate::route::{Route, push_encoded};
use crate::scope::Scope;

/// The film and the link to its place in the story.
pub fn video(scope: &Scope, article: &Article, id: &str) -> Element {
    let Some(video) = find(article, id) else {
        return not_found::not_found(scope);
    };
    let back = scope.route.story().map(|story| {
        let mut href = scope.to(&story) + "#";
        push_encoded(&mut href, &blocks::video_anchor(id));
        el("p")
            .class("actions")
            .put(
                el("a")
                    .class("button")
                    .attr("href", href)
                    .put(scope.t(Word::back_to_story)),
            )
            .put(el("span").class("of-story").put(article.plain_headline()))
    });
    el("div")
        .class("wrap viewer")
        .put(
            page_heading()
                .class("viewer-heading")
                .put(title(scope, article, id)),
        )
        .put(blocks::video(scope, video, Place::Alone))
        .put(back)
        .put(more(scope, article, id))
}

/// The films that follow. They come once the app runs: were they in the page, each new
/// film would change the pages of those before it. The link to all of them needs no script.
fn more(scope: &Scope, article: &Article, id: &str) -> Element {
    let all = Route::Videos {
        lang: scope.lang().clone(),
        older: 0,
    };
    let cards = RwSignal::new(None::<Vec<Card>>);
    let (slug, id) = (article.slug.as_str().to_owned(), id.to_owned());
    let list = all.clone();
    let shown = scope.clone();
    el("section")
        .class("more")
        .attr("aria-label", scope.t(Word::more_videos))
        .put(
            el("div")
                .class("band-head")
                .put(el("h2").put(scope.t(Word::more_videos)))
                .put(
                    el("a")
                        .attr("href", scope.to(&all))
                        .put(scope.t(Word::all_videos)),
                ),
        )
        .put(
            el("div")
                .live_attr("class", move || {
                    // Its room is kept until it is known what stands in it.
                    let is_known = cards.with(Option::is_some);
                    Some(if is_known { "grid" } else { "grid awaited" }.into())
                })
                .live(move || {
                    let mut nodes = Nodes::new();
                    cards.with(|cards| {
                        for item in cards.iter().flatten() {
                            card(&shown, item, Layout::Stack, "h3").put_into(&mut nodes);
                        }
                    });
                    nodes
                }),
        )
        .ready(move |_| {
            navigate::load_head(&list, move |head| {
                let next = head.map(|head| {
                    let next = videos::after(&head, &slug, &id);
                    next.into_iter().cloned().collect::<Vec<_>>()
                });
                // The reader may have gone on meanwhile: then the signal is no more.
                _ = cards.try_set(Some(next.unwrap_or_default()));
            });
        })
}

/// The film's title.
#[must_use]
pub fn title(scope: &Scope, article: &Article, id: &str) -> String {
    match find(article, id) {
        Some(video) if video.title.is_empty() => scope
            .messages
            .with(Word::play_video, &[("title", &article.plain_headline())]),
        Some(video) => scope
            .messages
            .with(Word::play_video, &[("title", &video.title)]),
        None => scope.t(Word::not_found_heading),
    }
}

fn find<'a>(article: &'a Article, id: &str) -> Option<&'a Media> {
    article
        .videos()
        .into_iter()
        .find(|video| video.id.as_deref() == Some(id))
}
