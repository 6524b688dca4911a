//! The search field. Without the app it is a plain form that leads to the search page.

use crate::i18n::Word;
use crate::markup::{Element, el};
use crate::navigate;
use crate::platform::dom;
use crate::route::Route;
use crate::scope::Scope;

/// A form with one field, filled with the words searched for last.
pub fn search_form(scope: &Scope, query: &str) -> Element {
    let lang = scope.lang().clone();
    let search = Route::Search {
        lang: lang.clone(),
        query: String::new(),
    };
    let field = el("input")
        .attr("type", "search")
        .attr("name", "q")
        .attr("id", "search-words")
        .attr("value", query.to_owned())
        .attr("autocomplete", "off")
        .attr("enterkeyhint", "search");
    let button = el("button")
        .class("button filled")
        .attr("type", "submit")
        .put(scope.t(Word::search_button));
    let form = el("form")
        .attr("action", scope.to(&search))
        .attr("method", "get")
        .put(
            el("label")
                .attr("for", "search-words")
                .put(scope.t(Word::search_label)),
        )
        .put(el("span").class("search-row").put(field).put(button))
        .on("submit", move |event| {
            let route = dom::field_value(&event, "q").map(|query| Route::Search {
                lang: lang.clone(),
                query,
            });
            if route.is_some_and(|route| navigate::go(&route)) {
                event.prevent_default();
            }
        });
    el("search").class("search").put(form)
}
