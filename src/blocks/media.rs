//! Films and sounds: the browser's own player, or an honest card where nothing plays.

use article::media::{Availability, TrackKind};
use article::{Media, Rendition};
use leptos::prelude::*;

use super::legacy::legacy;
use super::transcript::transcript;
use crate::i18n::{Word, clock, own_name};
use crate::parts::rich_text::rich_text;
use crate::parts::rights::credit;
use crate::route::Route;
use crate::scope::Scope;

/// Where a film stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Between the paragraphs of a story.
    Story,
    /// Above the story.
    Lead,
    /// On a page of its own.
    Alone,
}

/// The fragment by which a film's page leads back to its place in the story.
#[must_use]
pub fn video_anchor(id: &str) -> String {
    format!("video-{id}")
}

/// A film with caption, credit, languages of its captions, and transcript.
pub fn video(scope: &Scope, video: &Media, place: Place) -> AnyView {
    let class = match place {
        Place::Story => "video wide",
        Place::Lead => "video lead-media wide",
        Place::Alone => "video alone",
    };
    let anchor = video.id.as_deref().map(video_anchor);
    let stage = if can_play(video) { player(scope, video) } else { legacy(scope, video) };
    let own_page = (place != Place::Alone).then(|| own_page(scope, video)).flatten();
    view! {
        <figure class=class id=anchor>
            {stage}
            <figcaption>
                {title_and_caption(scope, video, Word::play_video)}
                {caption_languages(scope, video)}
                {credit(scope, video.rights.as_ref())}
                {own_page}
            </figcaption>
            {transcript(scope, video, place == Place::Alone)}
        </figure>
    }
    .into_any()
}

/// A sound with caption, credit and transcript.
pub fn audio(scope: &Scope, audio: &Media) -> AnyView {
    let anchor = audio.id.as_deref().map(|id| format!("audio-{id}"));
    let stage = if can_play(audio) {
        let name = audio.title.clone();
        view! { <audio class="player" controls=true preload="none" aria-label=name>{sources(scope, audio)}{downloads(scope, audio)}</audio> }.into_any()
    } else {
        legacy(scope, audio)
    };
    view! {
        <figure class="audio" id=anchor>
            {stage}
            <figcaption>{title_and_caption(scope, audio, Word::audio)}{credit(scope, audio.rights.as_ref())}</figcaption>
            {transcript(scope, audio, false)}
        </figure>
    }
    .into_any()
}

/// Whether there is anything a browser could play.
fn can_play(media: &Media) -> bool {
    media.availability == Availability::Playable && files(media).next().is_some()
}

/// The files in the order they are offered. A stream is left to the browsers that
/// understand it, which skip what they cannot play.
fn files(media: &Media) -> impl Iterator<Item = &Rendition> {
    media.renditions.iter().filter(|file| file.href.is_fetchable())
}

fn player(scope: &Scope, video: &Media) -> AnyView {
    let poster = video.poster.as_ref().and_then(|image| poster(scope, image));
    let first = files(video).next();
    let width = video.width.or_else(|| first.and_then(|file| file.width)).unwrap_or(16);
    let height = video.height.or_else(|| first.and_then(|file| file.height)).unwrap_or(9);
    let name = video.title.clone();
    let tracks: Vec<AnyView> = video
        .tracks
        .iter()
        .filter(|track| track.href.is_fetchable())
        .map(|track| {
            let is_default = track.default.then_some("");
            view! {
                <track kind=track.kind.as_str() srclang=track.language.as_str().to_owned() label=track.label.clone() src=scope.link(&track.href) default=is_default />
            }
            .into_any()
        })
        .collect();
    view! {
        <video class="player" controls=true playsinline=true preload="none" poster=poster width=width height=height aria-label=name>
            {sources(scope, video)}
            {tracks}
            {downloads(scope, video)}
        </video>
    }
    .into_any()
}

/// One file for the `poster` attribute, which takes no set: WebP or JPEG of about 960 pixels.
fn poster(scope: &Scope, image: &article::Image) -> Option<String> {
    let distance = |file: &&Rendition| file.width.unwrap_or(960).abs_diff(960);
    image
        .renditions
        .iter()
        .filter(|file| file.content_type != "image/avif" && file.href.is_fetchable())
        .min_by_key(distance)
        .map(|file| scope.link(&file.href))
}

fn sources(scope: &Scope, media: &Media) -> Vec<AnyView> {
    files(media)
        .map(|file| {
            let kind = match &file.codecs {
                Some(codecs) => format!("{}; codecs=\"{codecs}\"", file.content_type),
                None => file.content_type.clone(),
            };
            view! { <source src=scope.link(&file.href) type=kind /> }.into_any()
        })
        .collect()
}

/// For browsers that have no player at all: the files as links.
fn downloads(scope: &Scope, media: &Media) -> Vec<AnyView> {
    files(media)
        .map(|file| {
            let words = format!("{} {} ({})", scope.t(Word::download_file), media.title, file.content_type);
            view! { <a href=scope.link(&file.href)>{words}</a> }.into_any()
        })
        .collect()
}

fn title_and_caption(scope: &Scope, media: &Media, kind: Word) -> AnyView {
    let title = match kind {
        Word::play_video if !media.title.is_empty() => scope.messages.with(Word::play_video, &[("title", &media.title)]),
        Word::play_video => scope.t(Word::video),
        word if media.title.is_empty() => scope.t(word),
        _ => media.title.clone(),
    };
    let length = media.duration.map(|seconds| {
        view! { <span class="length">{clock(seconds.whole())}</span> }.into_any()
    });
    let caption = media.caption.as_ref().map(|caption| {
        view! { <span class="caption">{rich_text(scope, caption)}</span> }.into_any()
    });
    view! { <span class="media-title">{title}{length}</span>{caption} }.into_any()
}

fn caption_languages(scope: &Scope, media: &Media) -> Option<AnyView> {
    let mut names: Vec<String> = Vec::new();
    for track in &media.tracks {
        let name = own_name(&track.language);
        if matches!(track.kind, TrackKind::Captions | TrackKind::Subtitles) && !names.contains(&name) {
            names.push(name);
        }
    }
    if names.is_empty() || !can_play(media) {
        return None;
    }
    let languages = names.join(" · ");
    let words = scope.messages.with(Word::captions_in, &[("languages", &languages)]);
    Some(view! { <span class="captions">{words}</span> }.into_any())
}

fn own_page(scope: &Scope, video: &Media) -> Option<AnyView> {
    let Route::Story { lang, slug } = scope.route.story()? else {
        return None;
    };
    let id = video.id.clone().filter(|id| article::Slug::new(id).is_some())?;
    let page = Route::Video { lang, slug, id };
    let words = scope.t(Word::video_page);
    Some(view! { <a class="own-page" href=scope.to(&page)>{words}</a> }.into_any())
}
