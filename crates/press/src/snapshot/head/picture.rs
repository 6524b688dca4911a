//! The one picture that stands for a page where others show a link to it.

use article::site::Site;
use article::{Image, Rendition};

use crate::base::Base;

/// Those who show a link crop to about 1200 × 630 pixels (Open Graph's advice of
/// Facebook, X and LinkedIn); a wider file is scaled down by them.
const ENOUGH: u32 = 1200;
/// Beyond that a file is only heavier.
const MUCH: u32 = 2400;
/// Below that a picture is shown as a small square beside the words.
const LEAST: u32 = 600;

/// What every program that fetches a picture can open; AVIF and SVG are not.
const KINDS: [&str; 4] = ["image/jpeg", "image/png", "image/webp", "image/gif"];

/// A file of a picture, by its full address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub url: String,
    pub content_type: String,
    pub width: Option<u32>,
    pub height: Option<u32>,
    pub alt: Option<String>,
}

impl Picture {
    /// The file of an image that others can use: JPEG if there is one, and of its
    /// widths the least that is enough, else the widest.
    pub fn of(image: &Image, published: &Base) -> Option<Self> {
        let file = KINDS.iter().find_map(|kind| {
            image
                .renditions
                .iter()
                .filter(|file| file.content_type == *kind && file.href.is_fetchable())
                .min_by_key(|file| distance(file))
        })?;
        Some(Self {
            url: published.target(&file.href)?,
            content_type: file.content_type.clone(),
            width: file.width,
            height: file.height,
            alt: image.alt.clone().filter(|alt| !alt.trim().is_empty()),
        })
    }

    /// The mark of the publisher, for pages without a picture.
    pub fn logo(site: &Site, published: &Base) -> Option<Self> {
        let publisher = site.publisher.as_ref()?;
        let href = publisher.logo.as_ref()?;
        let path = href.as_str().split(['?', '#']).next().unwrap_or_default();
        let extension = path.rsplit_once('.')?.1.to_ascii_lowercase();
        let content_type = match extension.as_str() {
            "jpg" | "jpeg" => "image/jpeg",
            "png" => "image/png",
            "webp" => "image/webp",
            "gif" => "image/gif",
            _ => return None,
        };
        Some(Self {
            url: published.target(href)?,
            content_type: content_type.into(),
            width: None,
            height: None,
            alt: Some(publisher.name.clone()).filter(|name| !name.is_empty()),
        })
    }

    /// Whether it is wide enough to be shown above the words.
    pub fn is_large(&self) -> bool {
        self.width.is_some_and(|width| width >= LEAST)
    }
}

/// How far a file is from what is wanted; the kind of distance first.
fn distance(file: &Rendition) -> (u8, u32) {
    match file.width {
        Some(width @ ENOUGH..=MUCH) => (0, width - ENOUGH),
        Some(width @ LEAST..ENOUGH) => (1, ENOUGH - width),
        Some(width) if width > MUCH => (2, width - MUCH),
        Some(width) => (3, LEAST.saturating_sub(width)),
        None => (4, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::Picture;
    use crate::base::Base;
    use article::media::Rendition;
    use article::site::{Publisher, Site};
    use article::{Image, safe_href};

    fn published() -> Base {
        let site = Site::read_leniently(r#"{"baseUrl":"https://news.example/"}"#).unwrap();
        Base::of(&site).unwrap()
    }

    fn chosen(files: &[(&str, u32)]) -> Option<String> {
        let image = Image {
            renditions: files
                .iter()
                .map(|(kind, width)| Rendition {
                    href: safe_href(&format!("/media/{width}.{kind}")).unwrap(),
                    content_type: format!("image/{kind}"),
                    width: Some(*width),
                    ..Rendition::default()
                })
                .collect(),
            ..Image::default()
        };
        Picture::of(&image, &published()).map(|picture| picture.url)
    }

    #[test]
    fn the_least_jpeg_that_is_enough_stands_for_a_page() {
        let url = |name: &str| Some(format!("https://news.example/media/{name}"));
        let sizes = [
            ("avif", 1920),
            ("jpeg", 480),
            ("jpeg", 1280),
            ("jpeg", 1920),
        ];
        assert_eq!(chosen(&sizes), url("1280.jpeg"));
        assert_eq!(chosen(&[("jpeg", 480), ("jpeg", 960)]), url("960.jpeg"));
        assert_eq!(chosen(&[("jpeg", 480), ("jpeg", 6000)]), url("6000.jpeg"));
        assert_eq!(chosen(&[("jpeg", 240), ("jpeg", 480)]), url("480.jpeg"));
        assert_eq!(chosen(&[("webp", 1280), ("png", 640)]), url("640.png"));
        assert_eq!(chosen(&[("avif", 1280), ("svg+xml", 640)]), None);
    }

    #[test]
    fn a_logo_that_no_preview_can_open_is_no_picture() {
        let logo = |href: &str| {
            let site = Site {
                publisher: Some(Publisher {
                    name: "The desk".into(),
                    logo: safe_href(href),
                    ..Publisher::default()
                }),
                ..Site::default()
            };
            Picture::logo(&site, &published())
        };
        let picture = logo("/media/logo.PNG").unwrap();
        assert_eq!(picture.url, "https://news.example/media/logo.PNG");
        assert!(!picture.is_large());
        assert_eq!(logo("/icons/icon.svg"), None);
    }
}
