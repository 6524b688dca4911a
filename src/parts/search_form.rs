//! The search field. Without the app it is a plain form that leads to the search page.

use leptos::prelude::*;

use crate::i18n::Word;
use crate::navigate;
use crate::route::Route;
use crate::scope::Scope;

/// A form with one field, filled with the words searched for last.
pub fn search_form(scope: &Scope, query: &str) -> AnyView {
    let lang = scope.lang().clone();
    let action = scope.to(&Route::Search { lang: lang.clone(), query: String::new() });
    let field = NodeRef::<leptos::html::Input>::new();
    let submit = move |event: leptos::ev::SubmitEvent| {
        if let Some(field) = field.get_untracked() {
            let query = field.value().trim().to_owned();
            if navigate::go(&Route::Search { lang: lang.clone(), query }) {
                event.prevent_default();
            }
        }
    };
    view! {
        <search class="search">
            <form action=action method="get" on:submit=submit>
                <label for="search-words">{scope.t(Word::search_label)}</label>
                <span class="search-row">
                    <input node_ref=field type="search" name="q" id="search-words" value=query.to_owned() autocomplete="off" enterkeyhint="search" />
                    <button class="button filled" type="submit">{scope.t(Word::search_button)}</button>
                </span>
            </form>
        </search>
    }
    .into_any()
}
