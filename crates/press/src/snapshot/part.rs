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
        body,
        ..Article::default()
    }
}
