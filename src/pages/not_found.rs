//! The page for addresses that lead nowhere.

use crate::i18n::Word;
use crate::markup::{Element, el};
use crate::parts::heading::page_heading;
use crate::parts::search_form::search_form;
use crate::route::Route;
use crate::scope::Scope;

/// What happened, a search field, and the way to the front.
pub fn not_found(scope: &Scope) -> Element {
    let front = el("a")
        .class("button")
        .attr("href", scope.to(&Route::front_of(scope.lang().clone())))
        .put(scope.t(Word::go_to_front));
    el("div")
        .class("wrap failure")
        .put(page_heading().put(scope.t(Word::not_found_heading)))
        .put(el("p").put(scope.t(Word::not_found_text)))
        .put(search_form(scope, ""))
        .put(el("p").class("actions").put(front))
}
