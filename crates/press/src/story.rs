//! What the rules across files need to know of an article, with the places.
//!
//! An archive has more articles than memory: only these facts are kept of each,
//! and whoever needs the whole text reads the file again.

use std::collections::BTreeSet;
use std::sync::Arc;

use article::json::{self, Kind, Span, Value};
use article::listing::Card;
use article::story::PubStatus;
use article::strict;
use article::{Article, Date};

use crate::card;
use crate::files::{ArticleFile, Tree};
use crate::finding::{Finding, Severity};

/// A value and where it stands in its file.
#[derive(Clone, Debug)]
pub struct Placed<T> {
    pub value: T,
    pub span: Option<Span>,
}

/// An article file and what could be learnt of it.
pub struct Story {
    pub file: ArticleFile,
    /// `None` when it is no article at all.
    pub facts: Option<Facts>,
}

pub struct Facts {
    /// Whether it was read to its end; of a file that broke off, much may be missing.
    pub is_whole: bool,
    pub id: Placed<String>,
    pub slug: Placed<String>,
    pub language: Placed<String>,
    pub status: PubStatus,
    pub published: Option<Date>,
    pub embargoed_until: Option<Date>,
    pub expires: Option<Date>,
    pub aliases: Vec<Placed<String>>,
    pub translations: Vec<Translation>,
    pub links: Links,
    /// The ids by which `photos/<id>/` and `videos/<id>/` find them.
    pub photos: BTreeSet<String>,
    pub videos: BTreeSet<String>,
    pub card: Card,
}

pub struct Translation {
    pub language: String,
    pub href: String,
    pub id: Option<Placed<String>>,
    pub original: bool,
    pub span: Option<Span>,
}

/// The addresses written in a file.
#[derive(Default)]
pub struct Links {
    /// Where a reader can go from here.
    pub pages: Vec<Placed<String>>,
    /// Files the page itself shows: renditions, posters, text tracks, a logo.
    pub media: Vec<Placed<String>>,
}

/// The strict reading of one file.
pub fn read(tree: &Tree, file: &ArticleFile) -> (Story, Vec<Finding>) {
    let (facts, findings) = match tree.read(&file.path) {
        Ok(source) => {
            let strict = Article::read_strictly(&source);
            let findings = strict
                .problems
                .into_iter()
                .map(|problem| problem_at(problem, &file.path))
                .collect();
            let facts = strict.article.map(|article| facts(&source, &article, file));
            (facts, findings)
        }
        Err(finding) => (None, vec![*finding]),
    };
    let story = Story {
        file: file.clone(),
        facts,
    };
    (story, findings)
}

/// A problem of the format as a finding in a file.
pub fn problem_at(problem: strict::Problem, file: &Arc<str>) -> Finding {
    Finding {
        severity: match problem.severity {
            strict::Severity::Error => Severity::Error,
            strict::Severity::Warning => Severity::Warning,
        },
        kind: kebab(&format!("{:?}", problem.code)),
        file: Arc::clone(file),
        span: Some(problem.span),
        field: problem.path,
        message: problem.message,
        hint: problem.hint,
    }
}

/// `UnsafeLink` as `unsafe-link`.
fn kebab(name: &str) -> String {
    let mut text = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !text.is_empty() {
            text.push('-');
        }
        text.extend(letter.to_lowercase());
    }
    text
}

fn facts(source: &str, article: &Article, file: &ArticleFile) -> Facts {
    let parsed = json::parse(source);
    let root = parsed.value.as_ref();
    let span = |name: &str| root.and_then(|root| root.get(name)).map(|value| value.span);
    let mut links = Links::default();
    if let Some(root) = root {
        links.collect(root);
    }
    // A broken slug or language is told already; the file's place stands in for it.
    let or = |text: &str, instead: &str| {
        if text.is_empty() || text == "und" {
            instead.to_owned()
        } else {
            text.to_owned()
        }
    };
    let ids = |ids: Vec<Option<&String>>| ids.into_iter().flatten().cloned().collect();
    Facts {
        is_whole: parsed.error.is_none(),
        id: Placed {
            value: article.id.clone(),
            span: span("id"),
        },
        slug: Placed {
            value: or(article.slug.as_str(), &file.stem),
            span: span("slug"),
        },
        language: Placed {
            value: or(article.language.as_str(), &file.language),
            span: span("language"),
        },
        status: article.pub_status,
        published: article.date_published,
        embargoed_until: article.embargoed_until,
        expires: article.expires,
        aliases: strings(root.and_then(|root| root.get("aliases"))),
        translations: translations(root.and_then(|root| root.get("translations"))),
        links,
        photos: ids(article
            .images()
            .iter()
            .map(|image| image.id.as_ref())
            .collect()),
        videos: ids(article
            .videos()
            .iter()
            .map(|video| video.id.as_ref())
            .collect()),
        card: card::of(article),
    }
}

fn items<'a, 'v>(list: Option<&'v Value<'a>>) -> &'v [Value<'a>] {
    match list.map(|list| &list.kind) {
        Some(Kind::Array(items)) => items,
        _ => &[],
    }
}

fn placed(value: &Value<'_>) -> Option<Placed<String>> {
    value.as_str().map(|text| Placed {
        value: text.to_owned(),
        span: Some(value.span),
    })
}

fn strings(list: Option<&Value<'_>>) -> Vec<Placed<String>> {
    items(list).iter().filter_map(placed).collect()
}

fn translations(list: Option<&Value<'_>>) -> Vec<Translation> {
    items(list)
        .iter()
        .filter_map(|item| {
            let href = item.get("href")?;
            Some(Translation {
                language: item.get("language")?.as_str()?.to_owned(),
                href: href.as_str()?.to_owned(),
                id: item.get("id").and_then(placed),
                original: item
                    .get("original")
                    .is_some_and(|value| value.kind == Kind::Bool(true)),
                span: Some(href.span),
            })
        })
        .collect()
}

impl Links {
    /// Finds the addresses of an object and everything in it. It looks at names,
    /// not at types, so that a block type added later is covered from its first day.
    pub fn collect(&mut self, value: &Value<'_>) {
        match &value.kind {
            Kind::Array(items) => {
                for item in items {
                    self.collect(item);
                }
            }
            Kind::Object(members) => {
                for member in members {
                    self.member(&member.name, &member.value);
                }
            }
            _ => {}
        }
    }

    fn member(&mut self, name: &str, value: &Value<'_>) {
        match name {
            // Somebody else's data, data about the past, and what has a rule of its own.
            "extensions" | "source" | "legacySources" | "translations" | "aliases"
            | "canonicalUrl" => {}
            "renditions" | "tracks" => {
                for item in items(Some(value)) {
                    self.media.extend(item.get("href").and_then(placed));
                }
            }
            "logo" => self.media.extend(placed(value)),
            "href" | "cite" | "license" | "acquireLicensePage" | "contact" => {
                match &value.kind {
                    // `{"en": "/en/…"}` of a notice.
                    Kind::Object(members) => {
                        for member in members {
                            self.pages.extend(placed(&member.value));
                        }
                    }
                    _ => self.pages.extend(placed(value)),
                }
            }
            _ => self.collect(value),
        }
    }
}
