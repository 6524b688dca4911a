//! One film of a story, with its transcript, and the way back.

use article::{Article, Media};

use super::not_found;
use crate::blocks::{self, Place};
use crate::i18n::Word;
use crate::markup::{Element, el};
use crate::parts::heading::page_heading;
use crate::route::push_encoded;
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
