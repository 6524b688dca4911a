//! How a story shows itself in a list, and how its photos and films do.

use article::block::Block;
use article::listing::{Card, CardKind};
use article::media::{Availability, TrackKind};
use article::{Article, Decimal, Image, Language, Media, Rendition, Slug};

/// Wider files are never shown on a card: it is at most 480 CSS pixels wide, on
/// a screen with two device pixels for each.
const WIDEST: u32 = 960;

/// So many pictures in one gallery make a story one that is told in them.
const PHOTO_STORY: usize = 4;

/// The card of a story.
pub fn of(article: &Article) -> Card {
    let video = lead_video(article);
    let audio = lead_audio(article);
    let (kind, told_in) = if video.is_some() {
        (CardKind::Video, video)
    } else if is_told_in_photos(article) {
        (CardKind::Photos, None)
    } else if audio.is_some() {
        (CardKind::Audio, audio)
    } else {
        (CardKind::Text, None)
    };
    Card {
        slug: article.slug.clone(),
        headline: article.headline.clone(),
        label: article.label.clone(),
        standfirst: article.standfirst.clone(),
        date_published: article.date_published,
        kind,
        minutes: u32::try_from(article.reading_minutes()).ok(),
        photos: (kind == CardKind::Photos)
            .then(|| u32::try_from(article.images().len()).ok())
            .flatten(),
        duration: told_in.and_then(duration),
        thumbnail: picture(article).map(reduced),
        topics: article
            .subjects
            .iter()
            .map(|subject| subject.name.clone())
            .collect(),
        ..Card::default()
    }
}

fn lead_video(article: &Article) -> Option<&Media> {
    match article.lead_media.as_deref() {
        Some(Block::Video(block)) => Some(&block.video),
        _ => None,
    }
    .filter(|video| {
        matches!(
            video.availability,
            Availability::Playable | Availability::LegacyOnly
        )
    })
}

fn lead_audio(article: &Article) -> Option<&Media> {
    match article.lead_media.as_deref().or(article.body.first()) {
        Some(Block::Audio(block)) => Some(&block.audio),
        _ => None,
    }
}

fn is_told_in_photos(article: &Article) -> bool {
    matches!(article.lead_media.as_deref(), Some(Block::Gallery(_)))
        || article.body.iter().any(
            |block| matches!(block, Block::Gallery(gallery) if gallery.images.len() >= PHOTO_STORY),
        )
}

/// What an editor wrote, else what the first file says.
fn duration(media: &Media) -> Option<Decimal> {
    media
        .duration
        .or_else(|| media.renditions.iter().find_map(|file| file.duration))
}

/// The picture of a story: the one chosen for lists, else the one it opens with,
/// else its first. A picture that carries a warning, or whose story does, is only shown in a list if
/// an editor chose it for that.
pub fn picture(article: &Article) -> Option<&Image> {
    let opening = match article.lead_media.as_deref() {
        Some(Block::Video(block)) => block.video.poster.as_ref(),
        _ => None,
    };
    let posters = article
        .videos()
        .into_iter()
        .filter_map(|video| video.poster.as_ref());
    article.thumbnail.as_ref().or_else(|| {
        opening
            .into_iter()
            .chain(article.images())
            .chain(posters)
            .filter(|_| article.content_warning.is_none())
            .find(|image| image.content_warning.is_none() && !image.renditions.is_empty())
    })
}

/// The photos of a story, in its order, as the list of photos shows them: all but
/// decoration and those of which there is no file.
pub fn photos(article: &Article) -> Vec<Card> {
    let is_shown = |image: &&Image| {
        !image.decorative && image.renditions.iter().any(|file| file.href.is_own_file())
    };
    let photo = |image: &Image| Card {
        slug: article.slug.clone(),
        headline: article.headline.clone(),
        kind: CardKind::Photos,
        part: own_page(image.id.as_ref()),
        thumbnail: Some(Image {
            caption: image.caption.clone(),
            rights: image.rights.clone(),
            // In a list nothing is left of what the story warns of as a whole.
            content_warning: image
                .content_warning
                .clone()
                .or_else(|| article.content_warning.clone()),
            ..reduced(image)
        }),
        ..Card::default()
    };
    let images = article.images().into_iter();
    images.filter(is_shown).map(photo).collect()
}

/// The films of a story, in its order, as the list of films shows them: all of which
/// there is something to see or read.
pub fn films(article: &Article) -> Vec<Card> {
    let is_shown = |video: &&Media| {
        !matches!(
            video.availability,
            Availability::Missing | Availability::Withdrawn
        )
    };
    let videos = article.videos().into_iter();
    videos
        .filter(is_shown)
        .map(|video| film(article, video))
        .collect()
}

fn film(article: &Article, video: &Media) -> Card {
    let poster = video.poster.as_ref();
    let warning = video
        .content_warning
        .as_ref()
        .or_else(|| poster?.content_warning.as_ref())
        .or(article.content_warning.as_ref());
    let mut captions: Vec<Language> = Vec::new();
    for track in &video.tracks {
        if matches!(track.kind, TrackKind::Captions | TrackKind::Subtitles)
            && video.availability == Availability::Playable
            && !captions.contains(&track.language)
        {
            captions.push(track.language.clone());
        }
    }
    let title = Some(&video.title).filter(|title| !title.trim().is_empty());
    Card {
        slug: article.slug.clone(),
        headline: article.headline.clone(),
        date_published: article.date_published,
        kind: CardKind::Video,
        part: own_page(video.id.as_ref()),
        title: title.cloned(),
        duration: duration(video),
        captions,
        // Who looks through a list has not asked for the picture: the words stand there.
        label: warning.cloned(),
        thumbnail: poster.filter(|_| warning.is_none()).map(reduced),
        ..Card::default()
    }
}

/// An id that can stand in an address.
fn own_page(id: Option<&String>) -> Option<String> {
    id.filter(|id| Slug::new(id).is_some()).cloned()
}

fn reduced(image: &Image) -> Image {
    let narrow = |file: &&Rendition| file.width.is_none_or(|width| width <= WIDEST);
    let mut renditions: Vec<&Rendition> = image.renditions.iter().filter(narrow).collect();
    if renditions.is_empty() {
        renditions = image
            .renditions
            .iter()
            .min_by_key(|file| file.width)
            .into_iter()
            .collect();
    }
    Image {
        alt: image.alt.clone(),
        decorative: image.decorative,
        width: image.width,
        height: image.height,
        focal_point: image.focal_point.clone(),
        placeholder: image.placeholder.clone(),
        renditions: renditions
            .into_iter()
            .map(|file| Rendition {
                href: file.href.clone(),
                content_type: file.content_type.clone(),
                width: file.width,
                height: file.height,
                ..Rendition::default()
            })
            .collect(),
        ..Image::default()
    }
}
