//! One film of a story, with its transcript, and the way back.

use article::{Article, Media};
use leptos::prelude::*;

use super::not_found;
use crate::blocks::{self, Place};
use crate::i18n::Word;
use crate::parts::heading::page_heading;
use crate::scope::Scope;

/// The film and the link to its place in the story.
pub fn video(scope: &Scope, article: &Article, id: &str) -> AnyView {
    let Some(video) = find(article, id) else {
        return not_found::not_found(scope);
    };
    let back = scope.route.story().map(|story| {
        let mut href = format!("{}#", scope.to(&story));
        crate::route::push_encoded(&mut href, &blocks::video_anchor(id));
        let words = scope.t(Word::back_to_story);
        let headline = article.plain_headline();
        view! { <p class="actions"><a class="button" href=href>{words}</a><span class="of-story">{headline}</span></p> }.into_any()
    });
    view! {
        <div class="wrap viewer">
            {page_heading("viewer-heading", title(scope, article, id))}
            {blocks::video(scope, video, Place::Alone)}
            {back}
        </div>
    }
    .into_any()
}

/// The film's title.
#[must_use]
pub fn title(scope: &Scope, article: &Article, id: &str) -> String {
    match find(article, id) {
        Some(video) if video.title.is_empty() => scope.messages.with(Word::play_video, &[("title", &article.plain_headline())]),
        Some(video) => scope.messages.with(Word::play_video, &[("title", &video.title)]),
        None => scope.t(Word::not_found_heading),
    }
}

fn find<'a>(article: &'a Article, id: &str) -> Option<&'a Media> {
    article.videos().into_iter().find(|video| video.id.as_deref() == Some(id))
}
