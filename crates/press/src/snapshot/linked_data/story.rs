//! A story as `NewsArticle`, a standing page as `WebPage`.

use article::story::{Author, AuthorRole, CorrectionType, Place};
use article::{Article, Language, RichText};
use serde_json::{Map, Value, json};

use super::{Page, media, put, put_all, reference, story_id, typed};

/// Longer headlines are cut by Google (its guide to `Article`); then the shorter
/// one an editor wrote stands first, and the full one is still there.
const LONGEST_HEADLINE: usize = 110;

/// So many pictures of a story are listed: each has its own page that says more,
/// and a photo essay of hundreds must not double its page.
const MOST_PICTURES: usize = 20;

pub fn story(page: &Page<'_>, article: &Article, alternates: &[(String, String)]) -> Value {
    let mut node = typed("NewsArticle");
    node.insert("@id".into(), json!(story_id(page.url)));
    let home = article
        .canonical_url
        .as_ref()
        .filter(|href| href.is_external());
    let home = home.map_or(page.url, |href| href.as_str());
    node.insert("url".into(), json!(home));
    node.insert("mainEntityOfPage".into(), json!(home));
    headlines(&mut node, article);
    common(&mut node, page, article);
    people(&mut node, page, article);
    put(
        &mut node,
        "articleSection",
        article.article_section.as_deref(),
    );
    let topics = article
        .subjects
        .iter()
        .filter(|topic| !topic.name.is_empty());
    let keywords = topics.clone().map(|topic| json!(topic.name)).collect();
    put_all(&mut node, "keywords", keywords);
    let about = topics
        .filter_map(|topic| {
            let uri = topic.uri.as_ref().filter(|uri| uri.is_external())?;
            Some(json!({ "@type": "Thing", "name": topic.name, "sameAs": uri.as_str() }))
        })
        .collect();
    put_all(&mut node, "about", about);
    put(&mut node, "dateline", article.dateline.as_deref());
    if let Some(place) = &article.location_created {
        node.insert("contentLocation".into(), location(place));
    }
    // A picture with a warning is not offered to those who would show it without.
    let pictures = article
        .images()
        .into_iter()
        .filter(|image| image.content_warning.is_none())
        .filter_map(|image| media::image(page, image))
        .take(MOST_PICTURES)
        .map(Value::Object)
        .collect();
    put_all(&mut node, "image", pictures);
    let films = article
        .videos()
        .into_iter()
        .filter_map(|video| media::video(page, article, video))
        .map(Value::Object)
        .collect();
    put_all(&mut node, "video", films);
    let sounds = article
        .audios()
        .into_iter()
        .filter_map(|audio| media::audio(page, article, audio))
        .map(Value::Object)
        .collect();
    put_all(&mut node, "audio", sounds);
    corrections(&mut node, article);
    translations(&mut node, page, article, alternates);
    if let Some(rights) = &article.rights {
        media::rights(&mut node, page, rights);
    }
    let copy = article
        .source
        .as_ref()
        .and_then(|source| source.archived_at.as_ref());
    put(&mut node, "archivedAt", copy.map(|copy| copy.as_str()));
    Value::Object(node)
}

pub fn standing(page: &Page<'_>, article: &Article, is_about: bool) -> Value {
    let mut node = typed(if is_about { "AboutPage" } else { "WebPage" });
    node.insert("@id".into(), json!(page.url));
    node.insert("url".into(), json!(page.url));
    node.insert("name".into(), json!(article.plain_headline()));
    if is_about {
        node.insert("about".into(), reference(&page.publisher_id()));
    }
    common(&mut node, page, article);
    Value::Object(node)
}

/// What a story and a standing page have in common.
fn common(node: &mut Map<String, Value>, page: &Page<'_>, article: &Article) {
    put(node, "description", page.description);
    let text = |date: &article::Date| date.to_string();
    put(
        node,
        "datePublished",
        article.date_published.as_ref().map(text),
    );
    put(
        node,
        "dateModified",
        article.date_modified.as_ref().map(text),
    );
    node.insert("inLanguage".into(), json!(article.language.as_str()));
    node.insert("isAccessibleForFree".into(), json!(true));
    node.insert("isPartOf".into(), reference(&page.website_id()));
    node.insert("publisher".into(), reference(&page.publisher_id()));
}

/// The headline is never cut: if it is too long for some, a shorter one stands first.
fn headlines(node: &mut Map<String, Value>, article: &Article) {
    let full = article.plain_headline();
    let other = article
        .alternative_headline
        .clone()
        .filter(|other| !other.trim().is_empty() && *other != full);
    let fits = |headline: &str| headline.chars().count() <= LONGEST_HEADLINE;
    let (first, second) = match other {
        Some(short) if !fits(&full) && fits(&short) => (short, Some(full)),
        other => (full, other),
    };
    node.insert("headline".into(), json!(first));
    put(node, "alternativeHeadline", second);
}

fn people(node: &mut Map<String, Value>, page: &Page<'_>, article: &Article) {
    for (name, roles) in [
        ("author", &[AuthorRole::Author][..]),
        ("editor", &[AuthorRole::Editor]),
        ("translator", &[AuthorRole::Translator]),
        (
            "contributor",
            &[
                AuthorRole::Contributor,
                AuthorRole::Photographer,
                AuthorRole::Videographer,
            ],
        ),
    ] {
        let people = article
            .authors
            .iter()
            .filter(|author| roles.contains(&author.role) && !author.name.is_empty())
            .map(|author| person(page, author))
            .collect();
        put_all(node, name, people);
    }
}

fn person(page: &Page<'_>, author: &Author) -> Value {
    let kind = if author.organization {
        "Organization"
    } else {
        "Person"
    };
    let mut node = typed(kind);
    node.insert("name".into(), json!(author.name));
    if !author.organization {
        put(&mut node, "jobTitle", author.job_title.as_deref());
    }
    let url = author
        .href
        .as_ref()
        .filter(|href| href.is_fetchable())
        .and_then(|href| page.published.target(href));
    put(&mut node, "url", url);
    Value::Object(node)
}

fn location(place: &Place) -> Value {
    let mut node = typed("Place");
    node.insert("name".into(), json!(place.name));
    if let Some(country) = &place.country {
        let address = json!({ "@type": "PostalAddress", "addressCountry": country });
        node.insert("address".into(), address);
    }
    if let (Some(latitude), Some(longitude)) = (place.latitude, place.longitude) {
        let geo =
            json!({ "@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude });
        node.insert("geo".into(), geo);
    }
    Value::Object(node)
}

/// Updates and notes of the editors correct nothing.
fn corrections(node: &mut Map<String, Value>, article: &Article) {
    let is_correction = |kind: CorrectionType| {
        matches!(
            kind,
            CorrectionType::Correction | CorrectionType::Clarification | CorrectionType::Retraction
        )
    };
    let notes = article
        .corrections
        .iter()
        .filter(|note| is_correction(note.r#type))
        .map(|note| {
            let mut comment = typed("CorrectionComment");
            comment.insert("text".into(), json!(RichText::to_plain(&note.text)));
            let date = note.date_published.map(|date| date.to_string());
            put(&mut comment, "datePublished", date);
            Value::Object(comment)
        })
        .collect();
    put_all(node, "correction", notes);
}

/// A story that names its original is a translation of it; one that names none is
/// what the others were made from. Two translations of a third are not told of each other.
fn translations(
    node: &mut Map<String, Value>,
    page: &Page<'_>,
    article: &Article,
    alternates: &[(String, String)],
) {
    let is_original = |tag: &str| {
        article
            .translations
            .iter()
            .any(|other| other.original && other.language.as_str() == tag)
    };
    let names_original = article.translations.iter().any(|other| other.original);
    let own = &article.language;
    let works = alternates
        .iter()
        .filter(|(tag, _)| Language::new(tag).is_some_and(|other| !other.is_same_as(own)))
        .filter(|(tag, _)| tag != "x-default" && (!names_original || is_original(tag)))
        .map(|(tag, url)| {
            let mut work = typed("NewsArticle");
            // What another site calls it is not known.
            if url.starts_with(&page.published.url("")) {
                work.insert("@id".into(), json!(story_id(url)));
            }
            work.insert("url".into(), json!(url));
            work.insert("inLanguage".into(), json!(tag));
            Value::Object(work)
        })
        .collect();
    let property = if names_original {
        "translationOfWork"
    } else {
        "workTranslation"
    };
    put_all(node, property, works);
}
