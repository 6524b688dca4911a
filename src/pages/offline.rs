//! The page in place of one that is neither on the network nor on this device.

use crate::i18n::Word;
use crate::markup::{Element, el};
use crate::navigate;
use crate::parts::heading::page_heading;
use crate::route::Route;
use crate::scope::Scope;

/// What happened, a button to try again, and what can be read.
pub fn offline(scope: &Scope) -> Element {
    let retry = el("button")
        .class("button filled retry")
        .attr("type", "button")
        .put(scope.t(Word::retry))
        .on("click", |_| navigate::reload());
    let link = |route: Route, word: Word| {
        el("a")
            .class("button")
            .attr("href", scope.to(&route))
            .put(scope.t(word))
    };
    let lang = scope.lang();
    el("div")
        .class("wrap failure")
        .put(page_heading().put(scope.t(Word::offline_heading)))
        .put(el("p").put(scope.t(Word::offline_text)))
        .put(
            el("p")
                .class("actions")
                .put(retry)
                .put(link(
                    Route::Saved { lang: lang.clone() },
                    Word::saved_heading,
                ))
                .put(link(Route::front_of(lang.clone()), Word::go_to_front)),
        )
}
