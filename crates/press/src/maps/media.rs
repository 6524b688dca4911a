//! The pictures and films of a story, as far as search engines may show them.
//!
//! They show pictures without their story and without asking, so whatever carries
//! a warning is not among them.

use article::{Article, Href, Media};

use crate::plain::line;
use crate::rendition;

/// More are not allowed for one page.
const MOST_PICTURES: usize = 1000;

/// The limits of the protocol, in characters and seconds.
const MOST_TITLE: usize = 100;
const MOST_DESCRIPTION: usize = 2048;
const LONGEST: i64 = 28_800;

/// Search engines want the large picture, not the one of a card.
const WIDEST_PICTURE: u32 = 1920;

/// What is shown of a story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    pub pictures: Vec<Href>,
    pub films: Vec<Film>,
}

/// A film with everything the protocol demands of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Film {
    pub thumbnail: Href,
    pub title: String,
    pub description: String,
    /// The film itself, not a page or a stream.
    pub file: Href,
    pub seconds: Option<u32>,
}

/// What search engines may show of an article.
pub fn of(article: &Article) -> Shown {
    if article.content_warning.is_some() {
        return Shown::default();
    }
    let mut pictures: Vec<Href> = Vec::new();
    for image in article.images() {
        if image.content_warning.is_none()
            && let Some(file) = rendition::of_picture(image, WIDEST_PICTURE)
            && pictures.len() < MOST_PICTURES
            && !pictures.contains(&file.href)
        {
            pictures.push(file.href.clone());
        }
    }
    let films = article
        .videos()
        .into_iter()
        .filter_map(|media| film(media, article))
        .collect();
    Shown { pictures, films }
}

/// `None` where something that must be there is not known.
fn film(media: &Media, article: &Article) -> Option<Film> {
    let poster = media.poster.as_ref()?;
    if media.content_warning.is_some() || poster.content_warning.is_some() {
        return None;
    }
    let title = line(&media.title, MOST_TITLE);
    let description = media
        .caption
        .as_ref()
        .or(article.standfirst.as_ref())
        .map(article::RichText::to_plain)
        .or_else(|| article.description.clone())
        .map(|text| line(&text, MOST_DESCRIPTION))?;
    let file = rendition::of_media(media, "video")?;
    Some(Film {
        thumbnail: rendition::of_picture(poster, WIDEST_PICTURE)?.href.clone(),
        title: Some(title).filter(|title| !title.is_empty())?,
        description: Some(description).filter(|text| !text.is_empty())?,
        file: file.href.clone(),
        seconds: media
            .duration
            .or(file.duration)
            .map(article::Decimal::whole)
            .filter(|seconds| (1..=LONGEST).contains(seconds))
            .and_then(|seconds| u32::try_from(seconds).ok()),
    })
}

#[cfg(test)]
mod tests {
    use super::{Shown, of};
    use article::{Article, Block};

    const FILM: &str = r#"{"type":"video","video":{"title":"Film","caption":"What it shows","duration":94.4,"poster":{"renditions":[{"href":"/media/p.jpg","contentType":"image/jpeg"}]},"renditions":[{"href":"/media/f.mp4","contentType":"video/mp4"}]}}"#;

    fn shown(body: &str) -> Shown {
        let article = Article::read_leniently(&format!(r#"{{"body":[{body}]}}"#));
        of(&article.unwrap().article)
    }

    #[test]
    fn a_film_is_told_only_with_everything_that_must_be_known_of_it() {
        let film = &shown(FILM).films[0];
        assert_eq!(film.file.as_str(), "/media/f.mp4");
        assert_eq!(film.thumbnail.as_str(), "/media/p.jpg");
        assert_eq!(film.seconds, Some(94));
        for (known, unknown) in [
            ("\"title\":\"Film\"", "\"title\":\" \""),
            ("\"caption\":\"What it shows\",", ""),
            ("/media/p.jpg", "javascript:x"),
            ("/media/f.mp4", "javascript:x"),
            ("\"duration\"", "\"availability\":\"missing\",\"duration\""),
            ("\"duration\"", "\"contentWarning\":\"Blood\",\"duration\""),
        ] {
            assert_eq!(shown(&FILM.replace(known, unknown)).films, [], "{unknown}");
        }
    }

    #[test]
    fn a_length_that_the_protocol_refuses_is_not_told() {
        for length in ["0", "28801"] {
            assert_eq!(shown(&FILM.replace("94.4", length)).films[0].seconds, None);
        }
    }

    #[test]
    fn pictures_are_told_once_and_never_one_with_a_warning() {
        let picture = |name: &str, warning: &str| {
            format!(
                r#"{{"type":"image","image":{{{warning}"renditions":[{{"href":"/media/{name}.jpg","contentType":"image/jpeg"}}]}}}}"#
            )
        };
        let warned = r#""contentWarning":"Blood","#;
        let body = [picture("a", ""), picture("a", ""), picture("b", warned)].join(",");
        let pictures = shown(&body).pictures;
        assert_eq!(pictures.len(), 1);
        assert_eq!(pictures[0].as_str(), "/media/a.jpg");
    }

    #[test]
    fn a_story_that_carries_a_warning_shows_nothing() {
        let source = format!(r#"{{"contentWarning":"Blood","body":[{FILM}]}}"#);
        let article = Article::read_leniently(&source).unwrap().article;
        assert!(matches!(article.body[0], Block::Video(_)));
        assert_eq!(of(&article), Shown::default());
    }
}
