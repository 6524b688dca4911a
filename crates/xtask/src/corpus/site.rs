//! `site.json` and the standing pages, which say that everything is generated.

use super::story::emphasised;
use super::tongue::{TONGUES, Tongue};
use article::rich::Mark;
use article::story::Translation;
use article::{Article, Date, Language, RichText, Slug, safe_href};
use serde_json::{Map, Value, json};

/// What the site says of itself.
pub fn site() -> Value {
    let tags: Vec<&str> = TONGUES.iter().map(|tongue| tongue.tag).collect();
    let editions: Map<String, Value> = TONGUES
        .iter()
        .map(|tongue| {
            let link = json!({
                "label": tongue.about.label,
                "href": format!("/{}/pages/about/", tongue.tag),
            });
            let edition = json!({
                "name": tongue.about.site_name,
                "tagline": tongue.about.tagline,
                "nav": [link],
                "footer": [link],
            });
            (tongue.tag.to_owned(), edition)
        })
        .collect();
    json!({
        "name": "Generated corpus",
        "baseUrl": "https://corpus.example/",
        "languages": tags,
        "defaultLanguage": "en",
        "timeZone": "UTC",
        "editions": editions,
        "search": { "provider": "static" },
        "publisher": { "name": "Generated corpus" },
    })
}

/// The about page in each language.
pub fn pages() -> Vec<Article> {
    TONGUES.iter().map(page).collect()
}

fn page(tongue: &Tongue) -> Article {
    let about = tongue.about;
    let [what, who, pictures] = about.paragraphs;
    Article {
        id: identifier(tongue),
        slug: Slug::new("about").unwrap_or_default(),
        language: Language::new(tongue.tag).unwrap_or_default(),
        headline: RichText::plain(about.headline),
        standfirst: Some(RichText::plain(about.tagline)),
        description: Some(about.tagline.into()),
        date_published: Date::parse("2006-01-01"),
        body: vec![
            super::body::paragraph(RichText::plain(what)),
            // The one sentence that must not be overlooked.
            super::body::paragraph(emphasised(who, Mark::Strong)),
            super::body::paragraph(RichText::plain(pictures)),
        ],
        translations: TONGUES
            .iter()
            .filter(|other| other.tag != tongue.tag)
            .map(|other| Translation {
                language: Language::new(other.tag).unwrap_or_default(),
                href: safe_href(&format!("/{}/pages/about/", other.tag)).unwrap_or_default(),
                id: Some(identifier(other)),
                headline: Some(other.about.headline.into()),
                original: other.tag == "en",
                machine: false,
            })
            .collect(),
        ..Article::default()
    }
}

fn identifier(tongue: &Tongue) -> String {
    format!("generated-corpus-about-{}", tongue.tag)
}
