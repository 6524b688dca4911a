//! A page that could not be loaded, and what its reader can do.

use crate::content::Failure;
use crate::i18n::Word;
use crate::markup::{Element, el};
use crate::navigate;
use crate::parts::heading::page_heading;
use crate::route::Route;
use crate::scope::Scope;

/// What happened in one sentence, a button to try again, and a way out.
pub fn failure(scope: &Scope, failure: Failure) -> Element {
    let retry = if failure == Failure::NewerFormat {
        navigate::reload
    } else {
        navigate::retry
    };
    let button = el("button")
        .class("button filled retry")
        .attr("type", "button")
        .put(scope.t(Word::retry))
        .on("click", move |_| retry());
    let front = el("a")
        .class("button")
        .attr("href", scope.to(&Route::front_of(scope.lang().clone())))
        .put(scope.t(Word::go_to_front));
    el("div")
        .class("wrap failure")
        .put(page_heading().put(scope.t(Word::failed_heading)))
        .put(el("p").put(sentence(scope, failure)))
        .put(el("p").class("actions").put(button).put(front))
}

fn sentence(scope: &Scope, failure: Failure) -> String {
    match failure {
        Failure::Offline => scope.t(Word::failed_offline),
        Failure::Timeout => scope.t(Word::failed_timeout),
        Failure::NotFound => scope.t(Word::not_found_text),
        Failure::Server(status) => scope
            .messages
            .with(Word::failed_server, &[("status", &status.to_string())]),
        Failure::NotData => scope.t(Word::failed_not_data),
        Failure::Unreadable => scope.t(Word::failed_unreadable),
        Failure::NewerFormat => scope.t(Word::failed_newer),
    }
}
