//! A story from headline to sources.

use std::sync::Arc;

use article::media::Rights;
use article::story::{Correction, CorrectionType, Lenient, PubStatus};
use article::Article;
use leptos::prelude::*;

use crate::blocks::{self, related_link::target};
use crate::i18n::{Word, own_name};
use crate::parts::dates;
use crate::parts::heading::page_heading;
use crate::parts::rich_text::{link, rich_text};
use crate::route::Route;
use crate::scope::Scope;

/// The whole story. One that was withheld or canceled leaves only its headline.
pub fn story(scope: &Scope, story: &Arc<Lenient>) -> AnyView {
    let article = &story.article;
    let lang = article.language.as_str().to_owned();
    let dir = article.direction().as_str();
    let gone = match article.pub_status {
        PubStatus::Usable => None,
        PubStatus::Withheld => Some(Word::story_withheld),
        PubStatus::Canceled => Some(Word::story_canceled),
    };
    let content = match gone {
        Some(word) => vec![view! { <div class="body"><p class="box">{scope.t(word)}</p></div> }.into_any()],
        None => told(scope, story),
    };
    let class = match scope.route {
        Route::Page { .. } => "wrap story standing",
        _ => "wrap story",
    };
    view! { <article class=class lang=lang dir=dir>{header(scope, article)}{content}</article> }.into_any()
}

fn header(scope: &Scope, article: &Article) -> AnyView {
    let kicker = article.label.clone().map(|label| view! { <p class="kicker">{label}</p> }.into_any());
    let headline = if article.headline.is_blank() {
        vec![article.plain_headline().into_any()]
    } else {
        rich_text(scope, &article.headline)
    };
    let standfirst = article.standfirst.as_ref().map(|text| {
        view! { <p class="standfirst">{rich_text(scope, text)}</p> }.into_any()
    });
    view! {
        <header>
            {kicker}
            {page_heading("", headline.into_any())}
            {standfirst}
            {details(scope, article)}
            {translations(scope, article)}
        </header>
    }
    .into_any()
}

/// Byline, date and reading time. A standing page says only when it was changed.
fn details(scope: &Scope, article: &Article) -> AnyView {
    let standing = matches!(scope.route, Route::Page { .. });
    let byline = byline(scope, article).map(|content| {
        view! { <span class="byline">{content}</span> }.into_any()
    });
    let published = article.date_published.as_ref().filter(|_| !standing).map(|date| {
        view! { <span class="date">{dates::moment(scope, date)}</span> }.into_any()
    });
    let changed = article.date_modified.as_ref().map(|date| {
        let words = scope.messages.with(Word::updated, &[("date", &scope.messages.date(date))]);
        view! { <span class="date">{words}</span> }.into_any()
    });
    let minutes = (!standing && !article.body.is_empty()).then(|| {
        let words = scope.messages.plural(Word::minutes_to_read, article.reading_minutes(), &[]);
        view! { <span class="minutes">{words}</span> }.into_any()
    });
    view! { <div class="details">{byline}{published}{changed}{minutes}</div> }.into_any()
}

/// The byline as printed; where none was, the names of the authors.
fn byline(scope: &Scope, article: &Article) -> Option<Vec<AnyView>> {
    if let Some(byline) = article.byline.as_ref().filter(|byline| !byline.is_blank()) {
        return Some(rich_text(scope, byline));
    }
    let mut names = Vec::new();
    for author in &article.authors {
        if !names.is_empty() {
            names.push(" · ".into_any());
        }
        let name = view! { <bdi>{author.name.clone()}</bdi> }.into_any();
        names.push(match &author.href {
            Some(href) => link(scope, href, vec![name]),
            None => name,
        });
    }
    (!names.is_empty()).then_some(names)
}

fn translations(scope: &Scope, article: &Article) -> Option<AnyView> {
    if article.translations.is_empty() {
        return None;
    }
    let links: Vec<AnyView> = article
        .translations
        .iter()
        .map(|translation| {
            let tag = translation.language.as_str().to_owned();
            let note = match (translation.original, translation.machine) {
                (true, _) => Some(scope.t(Word::original_language)),
                (false, true) => Some(scope.t(Word::machine_translation)),
                (false, false) => None,
            }
            .map(|note| view! { <span class="meta">{" ("}{note}{")"}</span> }.into_any());
            view! {
                <li><a href=scope.link(&translation.href) lang=tag.clone() hreflang=tag dir=translation.language.direction().as_str()>{own_name(&translation.language)}</a>{note}</li>
            }
            .into_any()
        })
        .collect();
    let words = scope.t(Word::also_in);
    Some(view! { <div class="also-in"><span>{words}</span><ul role="list">{links}</ul></div> }.into_any())
}

/// Everything below the header.
fn told(scope: &Scope, story: &Arc<Lenient>) -> Vec<AnyView> {
    let article = &story.article;
    let warning = article.content_warning.clone().map(|text| {
        let words = scope.t(Word::content_warning);
        view! { <div class="box" role="note"><p class="box-title">{words}</p><p>{text}</p></div> }.into_any()
    });
    let lead = article.lead_media.as_ref().map(|lead| blocks::lead_media(scope, lead));
    let broke_off = story.broke_off.map(|_| {
        view! { <p class="box quiet unreadable">{scope.t(Word::story_broke_off)}</p> }.into_any()
    });
    let body = blocks::body(scope, &article.body, article.dateline.as_deref());
    let parts = [
        warning,
        lead,
        Some(view! { <div class="body">{body}{broke_off}</div> }.into_any()),
        corrections(scope, article),
        topics(scope, article),
        related(scope, article),
        source(scope, article),
    ];
    parts.into_iter().flatten().collect()
}

fn corrections(scope: &Scope, article: &Article) -> Option<AnyView> {
    if article.corrections.is_empty() {
        return None;
    }
    let notes: Vec<AnyView> = article.corrections.iter().map(|note| correction(scope, note)).collect();
    let (words, label) = (scope.t(Word::corrections), scope.t(Word::corrections));
    Some(view! { <section class="box corrections" aria-label=label><h2 class="box-title">{words}</h2>{notes}</section> }.into_any())
}

fn correction(scope: &Scope, correction: &Correction) -> AnyView {
    let kind = scope.t(match correction.r#type {
        CorrectionType::Correction => Word::correction,
        CorrectionType::Clarification => Word::clarification,
        CorrectionType::Update => Word::update,
        CorrectionType::EditorsNote => Word::editors_note,
        CorrectionType::Retraction => Word::retraction,
    });
    let date = correction.date_published.as_ref().map(|date| view! { {", "}{dates::day(scope, date)} }.into_any());
    view! { <p><strong>{kind}{date}{": "}</strong>{rich_text(scope, &correction.text)}</p> }.into_any()
}

fn topics(scope: &Scope, article: &Article) -> Option<AnyView> {
    if article.subjects.is_empty() {
        return None;
    }
    let names: Vec<AnyView> = article
        .subjects
        .iter()
        .map(|subject| {
            // Until topics have pages, a topic is a search for its name.
            let route = Route::Search { lang: scope.lang().clone(), query: subject.name.clone() };
            view! { <li><a class="button topic" href=scope.to(&route)>{subject.name.clone()}</a></li> }.into_any()
        })
        .collect();
    let words = scope.t(Word::topics);
    Some(view! { <nav class="topics" aria-label=words><ul role="list">{names}</ul></nav> }.into_any())
}

fn related(scope: &Scope, article: &Article) -> Option<AnyView> {
    if article.related_links.is_empty() {
        return None;
    }
    let links: Vec<AnyView> = article
        .related_links
        .iter()
        .map(|link| view! { <li>{target(scope, link)}</li> }.into_any())
        .collect();
    let (words, label) = (scope.t(Word::related), scope.t(Word::related));
    Some(
        view! {
            <section class="related" aria-label=label>
                <div class="band-head"><h2>{words}</h2></div>
                <ul role="list">{links}</ul>
            </section>
        }
        .into_any(),
    )
}

/// Where the story was moved from, and its rights.
fn source(scope: &Scope, article: &Article) -> Option<AnyView> {
    let moved = article.source.as_ref().map(|source| {
        let copy = source.archived_at.as_ref().map(|copy| {
            let words = scope.t(Word::archived_original);
            view! { {" "}<a href=scope.link(copy) rel="noopener">{words}</a> }.into_any()
        });
        view! { <p>{scope.t(Word::moved_from)}{copy}</p> }.into_any()
    });
    let rights = article.rights.as_ref().and_then(rights_line).map(|line| view! { <p>{line}</p> }.into_any());
    if moved.is_none() && rights.is_none() {
        return None;
    }
    Some(view! { <div class="source meta">{moved}{rights}</div> }.into_any())
}

fn rights_line(rights: &Rights) -> Option<String> {
    rights
        .copyright_notice
        .clone()
        .or_else(|| rights.copyright_holder.as_ref().map(|holder| match rights.copyright_year {
            Some(year) => format!("© {year} {holder}"),
            None => format!("© {holder}"),
        }))
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
