//! Films and sounds: the browser's own player, or an honest card where nothing plays.

use article::media::{Availability, TrackKind};
use article::{Image, Media, Rendition};
use leptos::prelude::{Get, RwSignal};

use super::legacy::legacy;
use super::transcript::transcript;
use crate::i18n::{Word, clock, own_name};
use crate::markup::{Element, Nodes, el, nodes};
use crate::parts::cover::cover;
use crate::parts::picture::Priority;
use crate::parts::rich_text::rich_text;
use crate::parts::rights::credit;
use crate::player::stage;
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
pub fn video(scope: &Scope, video: &Media, place: Place) -> Element {
    let class = match place {
        Place::Alone => "video alone",
        // A card is text, and stays as wide as text.
        _ if !can_play(video) => "video",
        Place::Story => "video wide",
        Place::Lead => "video lead-media wide",
    };
    let title = match video.title.as_str() {
        "" => scope.t(Word::video),
        title => scope.messages.with(Word::play_video, &[("title", title)]),
    };
    let caption = el("figcaption")
        .put(title_and_caption(scope, video, title))
        .put(caption_languages(scope, video))
        .put(credit(scope, video.rights.as_ref()))
        .put(
            (place != Place::Alone)
                .then(|| own_page(scope, video))
                .flatten(),
        );
    el("figure")
        .class(class)
        .attr("id", video.id.as_deref().map(video_anchor))
        .put(if can_play(video) {
            video_player(scope, video)
        } else {
            // At the top of its page it is the first picture that is seen.
            let priority = match place {
                Place::Story => Priority::Later,
                Place::Lead | Place::Alone => Priority::First,
            };
            legacy(scope, video, priority)
        })
        .put(caption)
        .put(transcript(scope, video, place == Place::Alone))
}

/// A sound with caption, credit and transcript.
pub fn audio(scope: &Scope, audio: &Media) -> Element {
    let title = match audio.title.as_str() {
        "" => scope.t(Word::audio),
        title => title.to_owned(),
    };
    let stage = if can_play(audio) {
        stage(
            scope,
            audio,
            files(audio),
            true,
            player(scope, "audio", audio),
        )
    } else {
        legacy(scope, audio, Priority::Later)
    };
    let caption = el("figcaption")
        .put(title_and_caption(scope, audio, title))
        .put(credit(scope, audio.rights.as_ref()));
    el("figure")
        .class("audio")
        .attr("id", audio.id.as_deref().map(|id| format!("audio-{id}")))
        .put(stage)
        .put(caption)
        .put(transcript(scope, audio, false))
}

/// Whether there is anything a browser could play.
#[must_use]
pub fn can_play(media: &Media) -> bool {
    media.availability == Availability::Playable && files(media).next().is_some()
}

/// The files in the order they are offered: streams last, because a file needs no script,
/// can be kept, and is cached by its pieces.
fn files(media: &Media) -> impl Iterator<Item = &Rendition> {
    let own = |is_stream| {
        let files = media.renditions.iter();
        files.filter(move |file| file.href.is_own_file() && file.is_stream() == is_stream)
    };
    own(false).chain(own(true))
}

fn video_player(scope: &Scope, video: &Media) -> Element {
    let first = files(video).next();
    let poster = video
        .poster
        .as_ref()
        .and_then(poster_file)
        .map(|file| scope.link(&file.href));
    let poster_warning = video
        .poster
        .as_ref()
        .and_then(|image| image.content_warning.as_deref());
    let warning = scope.warning(video.content_warning.as_deref().or(poster_warning));
    let uncovered = RwSignal::new(false);
    let player = player(scope, "video", video).attr("playsinline", true);
    // Browsers fetch a poster even where nobody sees it.
    let player = match warning {
        Some(_) => player.live_attr("poster", move || poster.clone().filter(|_| uncovered.get())),
        None => player.attr("poster", poster),
    };
    let player = player
        .attr(
            "width",
            video
                .width
                .or_else(|| first.and_then(|file| file.width))
                .unwrap_or(16),
        )
        .attr(
            "height",
            video
                .height
                .or_else(|| first.and_then(|file| file.height))
                .unwrap_or(9),
        );
    let stage = stage(scope, video, files(video), false, player);
    match (warning, first) {
        (Some(warning), Some(file)) => {
            cover(scope, warning, file.href.as_str(), uncovered).put(stage)
        }
        _ => stage,
    }
}

/// The browser's own player with every file and text track; browsers that have
/// none show the files as links.
fn player(scope: &Scope, tag: &'static str, media: &Media) -> Element {
    let mut player = el(tag)
        .class("player")
        .attr("controls", true)
        .attr("preload", "none")
        .attr("aria-label", media.title.clone());
    for file in files(media) {
        let kind = match &file.codecs {
            Some(codecs) => format!("{}; codecs=\"{codecs}\"", file.content_type),
            None => file.content_type.clone(),
        };
        player = player.put(
            el("source")
                .attr("src", scope.link(&file.href))
                .attr("type", kind),
        );
    }
    for track in media.tracks.iter().filter(|track| track.href.is_own_file()) {
        player = player.put(
            el("track")
                .attr("kind", track.kind.as_str())
                .attr("srclang", track.language.as_str().to_owned())
                .attr("label", track.label.clone())
                .attr("src", scope.link(&track.href))
                .attr("default", track.default),
        );
    }
    for file in files(media) {
        let words = format!(
            "{} {} ({})",
            scope.t(Word::download_file),
            media.title,
            file.content_type
        );
        player = player.put(el("a").attr("href", scope.link(&file.href)).put(words));
    }
    player
}

/// One file for the `poster` attribute, which takes no set: WebP or JPEG of about 960 pixels.
#[must_use]
pub fn poster_file(image: &Image) -> Option<&Rendition> {
    let distance = |file: &&Rendition| file.width.unwrap_or(960).abs_diff(960);
    image
        .renditions
        .iter()
        .filter(|file| file.content_type != "image/avif" && file.href.is_own_file())
        .min_by_key(distance)
}

fn title_and_caption(scope: &Scope, media: &Media, title: String) -> Nodes {
    let length = media
        .duration
        .map(|seconds| el("span").class("length").put(clock(seconds.whole())));
    let caption = media
        .caption
        .as_ref()
        .map(|caption| el("span").class("caption").put(rich_text(scope, caption)));
    nodes![
        el("span").class("media-title").put(title).put(length),
        caption
    ]
}

fn caption_languages(scope: &Scope, media: &Media) -> Option<Element> {
    let mut names: Vec<String> = Vec::new();
    for track in &media.tracks {
        let name = own_name(&track.language);
        if matches!(track.kind, TrackKind::Captions | TrackKind::Subtitles)
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    if names.is_empty() || !can_play(media) {
        return None;
    }
    let words = scope
        .messages
        .with(Word::captions_in, &[("languages", &names.join(" · "))]);
    Some(el("span").class("captions").put(words))
}

fn own_page(scope: &Scope, video: &Media) -> Option<Element> {
    let Route::Story { lang, slug } = scope.route.story()? else {
        return None;
    };
    let id = video
        .id
        .clone()
        .filter(|id| article::Slug::new(id).is_some())?;
    let page = Route::Video { lang, slug, id };
    Some(
        el("a")
            .class("own-page")
            .attr("href", scope.to(&page))
            .put(scope.t(Word::video_page)),
    )
}
