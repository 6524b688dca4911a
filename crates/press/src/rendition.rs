//! Which file of a picture, film or sound is handed to programs of others, of
//! which nobody knows what they can show.

use article::media::Availability;
use article::{Image, Media, Rendition};

/// Wider pictures and films are no use in a feed reader.
pub const WIDEST: u32 = 1280;

/// Everything shows the first; the last ones are better than nothing.
const PICTURES: [&str; 5] = [
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/gif",
    "image/avif",
];

/// The file of a picture that most programs can show: of the first type there is,
/// the widest that is not too wide, else the narrowest.
pub fn of_picture(image: &Image, widest: u32) -> Option<&Rendition> {
    let kind = PICTURES.iter().find(|kind| {
        image
            .renditions
            .iter()
            .any(|file| is(file, kind) && file.href.is_fetchable())
    })?;
    let files = || {
        image
            .renditions
            .iter()
            .filter(|file| is(file, kind) && file.href.is_fetchable())
    };
    files()
        .filter(|file| file.width.is_none_or(|width| width <= widest))
        .max_by_key(|file| file.width)
        .or_else(|| files().min_by_key(|file| file.width))
}

/// The one file of a film or sound that can be fetched whole and played; a stream
/// is none. `None` where the film can no longer be played.
pub fn of_media<'a>(media: &'a Media, kind: &str) -> Option<&'a Rendition> {
    if media.availability != Availability::Playable {
        return None;
    }
    let files = || {
        media.renditions.iter().filter(|file| {
            let of_kind = file
                .content_type
                .split_once('/')
                .is_some_and(|(whole, _)| whole.eq_ignore_ascii_case(kind));
            // The lists that streams begin with have called themselves all sorts of things.
            of_kind && file.href.is_fetchable() && !file.content_type.contains("mpegurl")
        })
    };
    let plays_everywhere = |file: &&Rendition| {
        ["video/mp4", "audio/mpeg", "audio/mp4"]
            .iter()
            .any(|kind| is(file, kind))
    };
    let fits = |file: &&Rendition| file.width.is_none_or(|width| width <= WIDEST);
    files()
        .filter(plays_everywhere)
        .filter(fits)
        .max_by_key(|file| file.width)
        .or_else(|| {
            files()
                .filter(plays_everywhere)
                .min_by_key(|file| file.width)
        })
        .or_else(|| files().next())
}

fn is(file: &Rendition, kind: &str) -> bool {
    file.content_type.eq_ignore_ascii_case(kind)
}

#[cfg(test)]
mod tests {
    use super::{of_media, of_picture};
    use article::media::Availability;
    use article::{Image, Media, Rendition, safe_href};

    fn file(href: &str, content_type: &str, width: u32) -> Rendition {
        Rendition {
            href: safe_href(href).unwrap(),
            content_type: content_type.into(),
            width: Some(width),
            ..Rendition::default()
        }
    }

    #[test]
    fn a_picture_is_the_widest_jpeg_that_is_not_too_wide() {
        let image = Image {
            renditions: vec![
                file("/a.avif", "image/avif", 900),
                file("/s.jpg", "image/jpeg", 480),
                file("/m.jpg", "image/jpeg", 960),
                file("/l.jpg", "image/jpeg", 1920),
            ],
            ..Image::default()
        };
        assert_eq!(of_picture(&image, 1280).unwrap().href.as_str(), "/m.jpg");
        assert_eq!(of_picture(&image, 100).unwrap().href.as_str(), "/s.jpg");
    }

    #[test]
    fn a_stream_is_no_file_and_a_film_of_old_has_none() {
        let mut film = Media {
            renditions: vec![
                file("/x.m3u8", "application/vnd.apple.mpegurl", 1280),
                file("/x.webm", "video/webm", 640),
                file("/x.mp4", "video/mp4", 640),
            ],
            ..Media::default()
        };
        assert_eq!(of_media(&film, "video").unwrap().href.as_str(), "/x.mp4");
        assert_eq!(of_media(&film, "audio"), None);
        film.availability = Availability::LegacyOnly;
        assert_eq!(of_media(&film, "video"), None);
    }
}
