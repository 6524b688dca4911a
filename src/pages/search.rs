//! Search over the cards of an edition: headlines, summaries, kickers and topics.
//!
//! The newest stories come with the head; older ones are looked through pack by
//! pack, a few at once, so that nobody's data is spent unasked.

use std::sync::Arc;

use article::listing::{Card, Head};
use leptos::prelude::{RwSignal, Update, With, WithUntracked};

use crate::i18n::Word;
use crate::markup::{Content, Element, Nodes, el, nodes};
use crate::navigate;
use crate::parts::card::{Layout, card};
use crate::parts::heading::page_heading;
use crate::parts::search_form::search_form;
use crate::platform::intl::fold;
use crate::scope::Scope;

/// Packs looked through without asking (128 stories, about 16 KB), and at each
/// press of the button.
const PACKS_AT_ONCE: usize = 8;

/// The field, and what was found.
pub fn search(scope: &Scope, head: &Head, query: &str) -> Element {
    let page = around_form(scope, query);
    if query.is_empty() {
        page
    } else {
        page.put(found(scope, head, query))
    }
}

/// The field as a snapshot has it, with what to do where there is no script.
pub fn form_alone(scope: &Scope) -> Element {
    // Text alone: where there is a script, browsers read nothing else inside it.
    around_form(scope, "").put(el("noscript").put(scope.t(Word::search_no_script)))
}

fn around_form(scope: &Scope, query: &str) -> Element {
    el("div")
        .class("wrap search-page")
        .put(
            page_heading()
                .class("listing-heading")
                .put(scope.t(Word::search_heading)),
        )
        .put(search_form(scope, query))
}

/// What has been found so far, and how far back that is.
#[derive(Clone, Default)]
struct Results {
    cards: Vec<Card>,
    /// Packs still to look through, the newest last.
    packs: Vec<String>,
    /// Older ones whose names are not known yet.
    unnamed: usize,
    looking: bool,
}

impl Results {
    fn is_at_the_end(&self) -> bool {
        self.packs.is_empty() && self.unnamed == 0
    }
}

fn found(scope: &Scope, head: &Head, query: &str) -> Nodes {
    let words: Arc<[String]> = fold(query).split_whitespace().map(Into::into).collect();
    let named = head.behind().saturating_sub(head.unnamed());
    let packs = head.packs.iter().take(named).cloned().collect();
    let results = RwSignal::new(Results {
        cards: head
            .cards
            .iter()
            .filter(|card| matches(card, &words))
            .cloned()
            .collect(),
        packs,
        unnamed: head.unnamed(),
        looking: false,
    });
    look_further(scope, &words, results, PACKS_AT_ONCE);
    let summary = {
        let (scope, query) = (scope.clone(), query.to_owned());
        move || nodes![results.with(|results| summary(&scope, &query, results))]
    };
    let cards = {
        let scope = scope.clone();
        move || {
            results.with(|results| {
                let mut nodes = Nodes::new();
                for item in &results.cards {
                    el("li")
                        .put(card(&scope, item, Layout::Row, "h2"))
                        .put_into(&mut nodes);
                }
                nodes
            })
        }
    };
    let further = {
        let (scope, words) = (scope.clone(), Arc::clone(&words));
        move || {
            if results.with(|results| results.is_at_the_end() || results.looking) {
                return Nodes::new();
            }
            let (words, within) = (Arc::clone(&words), scope.clone());
            nodes![
                el("button")
                    .class("button")
                    .attr("type", "button")
                    .put(scope.t(Word::search_further))
                    .on("click", move |_| look_further(
                        &within,
                        &words,
                        results,
                        PACKS_AT_ONCE
                    ))
            ]
        }
    };
    nodes![
        el("p")
            .class("meta search-summary")
            .attr("role", "status")
            .live(summary),
        el("ol").class("results").attr("role", "list").live(cards),
        el("p").class("pager").live(further),
    ]
}

/// How many were found, and whether that is all.
fn summary(scope: &Scope, query: &str, results: &Results) -> String {
    if results.looking {
        return scope.t(Word::loading);
    }
    let text = if results.cards.is_empty() {
        scope
            .messages
            .with(Word::search_nothing, &[("query", query)])
            + " "
            + &scope.t(Word::search_hint)
    } else {
        scope
            .messages
            .plural(Word::search_found, results.cards.len(), &[("query", query)])
    };
    if results.is_at_the_end() {
        text + " · " + &scope.t(Word::search_all_looked_at)
    } else {
        text
    }
}

/// Looks through so many older packs, one after the other. A pack that cannot be
/// loaded stays in the list, for the next press of the button.
fn look_further(scope: &Scope, words: &Arc<[String]>, results: RwSignal<Results>, packs: usize) {
    let (next, unnamed) = results.with_untracked(|results| {
        let is_at_names = results.packs.is_empty() && results.unnamed > 0;
        (results.packs.last().cloned(), is_at_names)
    });
    if unnamed && packs > 0 {
        learn_names(scope, words, results, packs);
        return;
    }
    let Some(name) = next.filter(|_| packs > 0) else {
        results.update(|results| results.looking = false);
        return;
    };
    results.update(|results| results.looking = true);
    let (scope, words) = (scope.clone(), Arc::clone(words));
    navigate::load_pack(scope.lang().clone(), name, move |pack| {
        // The reader may have gone on meanwhile: then the signal is no more.
        let Some(()) = results.try_update(|results| match &pack {
            Ok(pack) => {
                results.packs.pop();
                results.cards.extend(
                    pack.cards
                        .iter()
                        .rev()
                        .filter(|card| matches(card, &words))
                        .cloned(),
                );
            }
            Err(_) => results.looking = false,
        }) else {
            return;
        };
        if pack.is_ok() {
            look_further(&scope, &words, results, packs - 1);
        }
    });
}

/// Asks for the names of the packs that the head does not name, and looks further.
fn learn_names(scope: &Scope, words: &Arc<[String]>, results: RwSignal<Results>, packs: usize) {
    results.update(|results| results.looking = true);
    let (scope, words) = (scope.clone(), Arc::clone(words));
    navigate::load_pack_names(scope.lang().clone(), move |names| {
        let Some(()) = results.try_update(|results| match &names {
            Ok(names) => {
                let older = names.packs.iter().take(results.unnamed);
                results.packs = older.cloned().collect();
                results.unnamed = 0;
            }
            Err(_) => results.looking = false,
        }) else {
            return;
        };
        if names.is_ok() {
            look_further(&scope, &words, results, packs);
        }
    });
}

/// Whether every word stands somewhere in the card.
fn matches(card: &Card, words: &[String]) -> bool {
    let mut text = card.headline.to_plain();
    for part in card
        .standfirst
        .iter()
        .map(article::RichText::to_plain)
        .chain(card.label.clone())
        .chain(card.topics.iter().cloned())
    {
        text.push('\n');
        text.push_str(&part);
    }
    let text = fold(&text);
    !words.is_empty() && words.iter().all(|word| text.contains(word.as_str()))
}
