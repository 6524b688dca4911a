//! What stays of an article that was taken back: its address and its headline.

use article::story::PubStatus;
use article::{Article, Slug};

use crate::files::ArticleFile;

/// The article without anything it said. An expired one counts as withheld, so
/// that the app shows the same page for it.
pub fn of(article: &Article, file: &ArticleFile) -> Article {
    Article {
        schema_version: article.schema_version.clone(),
        id: article.id.clone(),
        pub_status: match article.pub_status {
            PubStatus::Canceled => PubStatus::Canceled,
            PubStatus::Withheld | PubStatus::Usable => PubStatus::Withheld,
        },
        slug: Slug::new(&file.stem).unwrap_or_default(),
        language: article.language.clone(),
        dir: article.dir,
        headline: article.headline.clone(),
        date_published: article.date_published,
        ..Article::default()
    }
}
