//! A story from headline to sources.

use article::Article;
use article::media::Rights;
use article::story::{Correction, CorrectionType, Lenient, PubStatus};

use crate::blocks::{self, related_link::target};
use crate::i18n::{Word, own_name};
use crate::markup::{Content, Element, Nodes, el, nodes};
use crate::parts::dates;
use crate::parts::heading::page_heading;
use crate::parts::rich_text::{link, rich_text};
use crate::parts::save::save;
use crate::route::Route;
use crate::scope::Scope;

/// The whole story. One that was withheld or canceled leaves only its headline.
pub fn story(scope: &Scope, story: &Lenient) -> Element {
    let article = &story.article;
    let gone = match article.pub_status {
        PubStatus::Usable => None,
        PubStatus::Withheld => Some(Word::story_withheld),
        PubStatus::Canceled => Some(Word::story_canceled),
    };
    let content = match gone {
        Some(word) => nodes![
            el("div")
                .class("body")
                .put(el("p").class("box").put(scope.t(word)))
        ],
        None => told(scope, story),
    };
    el("article")
        .class(if is_standing(scope) {
            "wrap story standing"
        } else {
            "wrap story"
        })
        .attr("lang", article.language.as_str().to_owned())
        .attr("dir", article.direction().as_str())
        .put(header(scope, article))
        .put(content)
}

/// Whether it is one of the site's own pages, such as "about".
fn is_standing(scope: &Scope) -> bool {
    matches!(scope.route, Route::Page { .. })
}

fn header(scope: &Scope, article: &Article) -> Element {
    let headline = if article.headline.is_blank() {
        nodes![article.plain_headline()]
    } else {
        rich_text(scope, &article.headline)
    };
    el("header")
        .put(
            article
                .label
                .as_ref()
                .map(|label| el("p").class("kicker").put(label.as_str())),
        )
        .put(page_heading().put(headline))
        .put(
            article
                .standfirst
                .as_ref()
                .map(|text| el("p").class("standfirst").put(rich_text(scope, text))),
        )
        .put(details(scope, article))
        .put(translations(scope, article))
        .put(save(scope, article))
}

/// Byline, date and reading time. A standing page says only when it was changed.
fn details(scope: &Scope, article: &Article) -> Element {
    let standing = is_standing(scope);
    let byline = byline(scope, article).map(|names| el("span").class("byline").put(names));
    let published = article
        .date_published
        .as_ref()
        .filter(|_| !standing)
        .map(|date| el("span").class("date").put(dates::moment(scope, date)));
    let changed = article.date_modified.as_ref().map(|date| {
        let words = scope
            .messages
            .with(Word::updated, &[("date", &scope.messages.date(date))]);
        el("span").class("date").put(words)
    });
    let minutes = (!standing && !article.body.is_empty()).then(|| {
        let words = scope
            .messages
            .plural(Word::minutes_to_read, article.reading_minutes(), &[]);
        el("span").class("minutes").put(words)
    });
    el("div")
        .class("details")
        .put(byline)
        .put(published)
        .put(changed)
        .put(minutes)
}

/// The byline as printed; where none was, the names of the authors.
fn byline(scope: &Scope, article: &Article) -> Option<Nodes> {
    if let Some(byline) = article.byline.as_ref().filter(|byline| !byline.is_blank()) {
        return Some(rich_text(scope, byline));
    }
    let mut names = Nodes::new();
    for author in &article.authors {
        if !names.is_empty() {
            " · ".put_into(&mut names);
        }
        let name = el("bdi").put(author.name.as_str());
        match &author.href {
            Some(href) => link(scope, href).put(name),
            None => name,
        }
        .put_into(&mut names);
    }
    (!names.is_empty()).then_some(names)
}

fn translations(scope: &Scope, article: &Article) -> Option<Element> {
    if article.translations.is_empty() {
        return None;
    }
    let list =
        article
            .translations
            .iter()
            .fold(el("ul").attr("role", "list"), |list, translation| {
                let tag = translation.language.as_str().to_owned();
                let note = match (translation.original, translation.machine) {
                    (true, _) => Some(Word::original_language),
                    (false, true) => Some(Word::machine_translation),
                    (false, false) => None,
                }
                .map(|word| {
                    el("span")
                        .class("meta")
                        .put(format!(" ({})", scope.t(word)))
                });
                let link = link(scope, &translation.href)
                    .attr("lang", tag.clone())
                    .attr("hreflang", tag)
                    .attr("dir", translation.language.direction().as_str())
                    .put(own_name(&translation.language));
                list.put(el("li").put(link).put(note))
            });
    Some(
        el("div")
            .class("also-in")
            .put(el("span").put(scope.t(Word::also_in)))
            .put(list),
    )
}

/// Everything below the header.
fn told(scope: &Scope, story: &Lenient) -> Nodes {
    let article = &story.article;
    let warning = article.content_warning.as_ref().map(|text| {
        el("div")
            .class("box")
            .attr("role", "note")
            .put(
                el("p")
                    .class("box-title")
                    .put(scope.t(Word::content_warning)),
            )
            .put(el("p").put(text.as_str()))
    });
    let broke_off = story.broke_off.map(|_| {
        el("p")
            .class("box quiet unreadable")
            .put(scope.t(Word::story_broke_off))
    });
    let was_cut = story.was_cut.then(|| {
        el("p")
            .class("box quiet unreadable")
            .put(scope.t(Word::story_cut))
    });
    let body = el("div")
        .class("body")
        .put(blocks::body(
            scope,
            &article.body,
            article.dateline.as_deref(),
            article.lead_media.is_none(),
        ))
        .put(broke_off)
        .put(was_cut);
    nodes![
        warning,
        article
            .lead_media
            .as_ref()
            .map(|lead| blocks::lead_media(scope, lead)),
        body,
        corrections(scope, article),
        topics(scope, article),
        related(scope, article),
        source(scope, article),
    ]
}

fn corrections(scope: &Scope, article: &Article) -> Option<Element> {
    if article.corrections.is_empty() {
        return None;
    }
    let section = el("section")
        .class("box corrections")
        .attr("aria-label", scope.t(Word::corrections))
        .put(el("h2").class("box-title").put(scope.t(Word::corrections)));
    Some(article.corrections.iter().fold(section, |section, note| {
        section.put(correction(scope, note))
    }))
}

fn correction(scope: &Scope, correction: &Correction) -> Element {
    let kind = scope.t(match correction.r#type {
        CorrectionType::Correction => Word::correction,
        CorrectionType::Clarification => Word::clarification,
        CorrectionType::Update => Word::update,
        CorrectionType::EditorsNote => Word::editors_note,
        CorrectionType::Retraction => Word::retraction,
    });
    let date = correction
        .date_published
        .as_ref()
        .map(|date| nodes![", ", dates::day(scope, date)]);
    el("p")
        .put(el("strong").put(kind).put(date).put(": "))
        .put(rich_text(scope, &correction.text))
}

fn topics(scope: &Scope, article: &Article) -> Option<Element> {
    if article.subjects.is_empty() {
        return None;
    }
    let list = article
        .subjects
        .iter()
        .fold(el("ul").attr("role", "list"), |list, subject| {
            // Until topics have pages, a topic is a search for its name.
            let route = Route::Search {
                lang: scope.lang().clone(),
                query: subject.name.clone(),
            };
            let link = el("a")
                .class("button topic")
                .attr("href", scope.to(&route))
                .put(subject.name.as_str());
            list.put(el("li").put(link))
        });
    Some(
        el("nav")
            .class("topics")
            .attr("aria-label", scope.t(Word::topics))
            .put(list),
    )
}

fn related(scope: &Scope, article: &Article) -> Option<Element> {
    if article.related_links.is_empty() {
        return None;
    }
    let list = article
        .related_links
        .iter()
        .fold(el("ul").attr("role", "list"), |list, link| {
            list.put(el("li").put(target(scope, link)))
        });
    let section = el("section")
        .class("related")
        .attr("aria-label", scope.t(Word::related))
        .put(
            el("div")
                .class("band-head")
                .put(el("h2").put(scope.t(Word::related))),
        )
        .put(list);
    Some(section)
}

/// Where the story was moved from, and its rights.
fn source(scope: &Scope, article: &Article) -> Option<Element> {
    let moved = article.source.as_ref().map(|source| {
        let copy = source
            .archived_at
            .as_ref()
            .map(|copy| nodes![" ", link(scope, copy).put(scope.t(Word::archived_original))]);
        el("p").put(scope.t(Word::moved_from)).put(copy)
    });
    let rights = article
        .rights
        .as_ref()
        .and_then(Rights::notice)
        .map(|line| el("p").put(line));
    (moved.is_some() || rights.is_some())
        .then(|| el("div").class("source meta").put(moved).put(rights))
}

/// What search engines and previews say of it: the description, else the standfirst.
#[cfg(feature = "ssr")]
#[must_use]
pub fn description(article: &Article) -> Option<String> {
    article
        .description
        .clone()
        .or_else(|| article.standfirst.as_ref().map(article::RichText::to_plain))
}
