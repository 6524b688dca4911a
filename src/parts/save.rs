//! Saving a story: how large it is first, then the choice, then what came of it.

use std::sync::Arc;

use article::Article;
use article::site::Offline;
use article::story::PubStatus;
use leptos::prelude::{Get, RwSignal, Set};

use crate::content::Wanted;
use crate::i18n::{Messages, Word};
use crate::markup::{Element, Nodes, el, nodes};
use crate::navigate;
use crate::offline::{self, Refusal, Shelf, Story, Weight};
use crate::route::Route;
use crate::scope::Scope;

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Offered,
    Looking,
    Choice(Weight),
    Saving,
    /// With so many bytes.
    Saved(u64),
    Refused(Refusal),
}

/// The button below a story's headline, and what comes after it. Nothing is loaded or
/// stored before it is pressed.
pub fn save(scope: &Scope, article: &Article) -> Option<Element> {
    let is_story = matches!(scope.route, Route::Story { .. });
    if scope.site.offline == Offline::Off || !is_story || article.pub_status != PubStatus::Usable {
        return None;
    }
    let story = Story {
        path: scope.route.path(),
        article: Wanted::by(&scope.route)?.path(),
        headline: article.plain_headline(),
        language: scope.lang().as_str().into(),
    };
    let step = RwSignal::new(Step::Offered);
    // Until all words are loaded, only the offer is shown.
    let words = RwSignal::new(Arc::clone(&scope.messages));
    let found = {
        let path = story.path.clone();
        let lang = scope.lang().clone();
        move || {
            offline::look(move |shelf| {
                if let Some(bytes) = size_in(&shelf, &path) {
                    navigate::with_all_words(lang, move |all| {
                        words.set(all);
                        step.set(Step::Saved(bytes));
                    });
                }
            });
        }
    };
    let lang = scope.lang().clone();
    let scope = scope.clone();
    Some(
        el("div")
            .class("save")
            .attr("role", "status")
            .live(move || view(&scope, &story, &lang, step, words))
            .ready(move |_| found()),
    )
}

fn size_in(shelf: &Shelf, path: &str) -> Option<u64> {
    let story = shelf.stories.iter().find(|story| story.path == path)?;
    Some(story.bytes)
}

fn view(
    scope: &Scope,
    story: &Story,
    lang: &article::Language,
    step: RwSignal<Step>,
    words: RwSignal<Arc<Messages>>,
) -> Nodes {
    let all = words.get();
    let button = |label: String| {
        el("button")
            .class("button")
            .attr("type", "button")
            .put(label)
    };
    let choose = |film: bool, label: String| {
        let story = story.clone();
        button(label).on("click", move |_| {
            step.set(Step::Saving);
            let path = story.path.clone();
            offline::save(story.clone(), film, move |answer| {
                step.set(match answer {
                    Ok(shelf) => Step::Saved(size_in(&shelf, &path).unwrap_or_default()),
                    Err(refusal) => Step::Refused(refusal),
                });
            });
        })
    };
    match step.get() {
        Step::Offered => {
            let (story, lang) = (story.clone(), lang.clone());
            nodes![button(scope.t(Word::save_offline)).on("click", move |_| {
                let story = story.clone();
                navigate::with_all_words(lang.clone(), move |all| {
                    words.set(all);
                    step.set(Step::Looking);
                    offline::weigh(story, move |answer| {
                        step.set(match answer {
                            Ok(weight) => Step::Choice(weight),
                            Err(refusal) => Step::Refused(refusal),
                        });
                    });
                });
            })]
        }
        Step::Looking => nodes![el("span").put(all.get(Word::save_measuring))],
        Step::Choice(weight) => {
            let with = |word, bytes| all.with(word, &[("size", &all.size(bytes))]);
            nodes![
                choose(false, with(Word::save_story, weight.story)),
                weight
                    .film
                    .map(|film| { choose(true, with(Word::save_with_film, weight.story + film)) }),
            ]
        }
        Step::Saving => nodes![el("span").put(all.get(Word::saving))],
        Step::Saved(bytes) => {
            let saved = Route::Saved { lang: lang.clone() };
            let path = story.path.clone();
            let title = story.headline.clone();
            nodes![
                el("a")
                    .attr("href", scope.to(&saved))
                    .put(all.with(Word::saved_here, &[("size", &all.size(bytes))])),
                button(all.get(Word::remove))
                    .attr(
                        "aria-label",
                        all.with(Word::remove_saved, &[("title", &title)])
                    )
                    .on("click", move |_| {
                        offline::remove(&path, move |answer| {
                            if answer.is_ok() {
                                step.set(Step::Offered);
                            }
                        });
                    }),
            ]
        }
        Step::Refused(refusal) => nodes![
            el("span").put(all.get(refusal.word())),
            (refusal != Refusal::Refused).then(|| button(scope.t(Word::retry)).on(
                "click",
                move |_| step.set(Step::Offered)
            )),
        ],
    }
}
