//! The page for addresses that lead nowhere.

use leptos::prelude::*;

use crate::i18n::Word;
use crate::parts::heading::page_heading;
use crate::parts::search_form::search_form;
use crate::route::Route;
use crate::scope::Scope;

/// What happened, a search field, and the way to the front.
pub fn not_found(scope: &Scope) -> AnyView {
    let front = Route::front_of(scope.lang().clone());
    view! {
        <div class="wrap failure">
            {page_heading("", scope.t(Word::not_found_heading))}
            <p>{scope.t(Word::not_found_text)}</p>
            {search_form(scope, "")}
            <p class="actions"><a class="button" href=scope.to(&front)>{scope.t(Word::go_to_front)}</a></p>
        </div>
    }
    .into_any()
}
