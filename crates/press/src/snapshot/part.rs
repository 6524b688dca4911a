//! What the page of one photo or film is made of.
//!
//! The page carries the data by which the app adopts it. With the whole story in it a
//! page of one picture was as large as the story; it shows one picture, and of the
//! others no more than that they exist.

use article::block::{ImageBlock, VideoBlock};
use article::{Article, Block, Image, Media};

use crate::finding::Failure;

/// The story with nothing in it but its photos: one whole, the others by their ids,
/// which are counted and lead to the neighbours.
pub fn photo(article: &Article, id: &str) -> Article {
    let blocks = article.images().into_iter().filter_map(|image| {
        let own = image.id.as_ref()?;
        let image = if own == id {
            image.clone()
        } else {
            Image {
                id: Some(own.clone()),
                ..Image::default()
            }
        };
        Some(Block::Image(ImageBlock { image, role: None }))
    });
    around(article, blocks.collect())
}

/// The story with nothing in it but one film.
pub fn video(article: &Article, video: &Media) -> Article {
    let video = video.clone();
    around(article, vec![Block::Video(VideoBlock { video })])
}

/// As JSON.
///
/// # Errors
/// When it cannot be written.
pub fn text(article: &Article) -> Result<String, Failure> {
    serde_json::to_string(article)
        .map_err(|error| Failure(format!("could not write a part of a story: {error}")))
}

fn around(article: &Article, body: Vec<Block>) -> Article {
    Article {
        schema_version: article.schema_version.clone(),
        id: article.id.clone(),
        slug: article.slug.clone(),
        language: article.language.clone(),
        dir: article.dir,
        headline: article.headline.clone(),
        // It is about every part.
        content_warning: article.content_warning.clone(),
        body,
        ..Article::default()
    }
}

#[cfg(test)]
mod tests {
    use super::{photo, text, video};
    use article::Article;

    const STORY: &str = r#"{"id":"1","slug":"ferry","language":"en","headline":"The ferry",
        "leadMedia":{"type":"image","image":{"id":"quay","alt":"The quay","renditions":[]}},
        "body":[{"type":"paragraph","content":"It sailed."},
        {"type":"image","image":{"alt":"Without an address","renditions":[]}},
        {"type":"gallery","images":[{"id":"deck","alt":"The deck","renditions":[]},{"id":"mast","alt":"The mast","renditions":[]}]},
        {"type":"video","video":{"id":"film","title":"Casting off","renditions":[]}}]}"#;

    fn story() -> Article {
        Article::read_leniently(STORY).unwrap().article
    }

    #[test]
    fn the_page_of_a_photo_knows_its_neighbours_by_id_and_nothing_else_of_the_story() {
        let text = text(&photo(&story(), "deck")).unwrap();
        let read = Article::read_leniently(&text).unwrap().article;
        let images: Vec<_> = read
            .images()
            .iter()
            .map(|image| (image.id.clone().unwrap(), image.alt.is_some()))
            .collect();
        let wanted = [("quay", false), ("deck", true), ("mast", false)];
        assert_eq!(
            images,
            wanted.map(|(id, is_whole)| (id.to_owned(), is_whole))
        );
        assert_eq!(read.plain_headline(), "The ferry");
        assert!(
            !text.contains("It sailed") && !text.contains("Casting off"),
            "{text}"
        );
    }

    #[test]
    fn the_page_of_a_film_has_the_film_and_no_photo() {
        let story = story();
        let part = video(&story, story.videos()[0]);
        let text = text(&part).unwrap();
        let read = Article::read_leniently(&text).unwrap().article;
        assert_eq!(read.videos()[0].title, "Casting off");
        assert!(
            read.images().is_empty() && !text.contains("It sailed"),
            "{text}"
        );
    }
}
