//! A page that could not be loaded, and what its reader can do.

use leptos::prelude::*;

use crate::content::Failure;
use crate::i18n::Word;
use crate::navigate;
use crate::parts::heading::page_heading;
use crate::route::Route;
use crate::scope::Scope;

/// What happened in one sentence, a button to try again, and a way out.
pub fn failure(scope: &Scope, failure: Failure) -> AnyView {
    let retry = if failure == Failure::NewerFormat { navigate::reload } else { navigate::retry };
    let front = Route::front_of(scope.lang().clone());
    view! {
        <div class="wrap failure">
            {page_heading("", scope.t(Word::failed_heading))}
            <p>{sentence(scope, failure)}</p>
            <p class="actions">
                <button class="button filled retry" type="button" on:click=move |_| retry()>{scope.t(Word::retry)}</button>
                <a class="button" href=scope.to(&front)>{scope.t(Word::go_to_front)}</a>
            </p>
        </div>
    }
    .into_any()
}

fn sentence(scope: &Scope, failure: Failure) -> String {
    match failure {
        Failure::Offline => scope.t(Word::failed_offline),
        Failure::Timeout => scope.t(Word::failed_timeout),
        Failure::NotFound => scope.t(Word::not_found_text),
        Failure::Server(status) => scope.messages.with(Word::failed_server, &[("status", &status.to_string())]),
        Failure::NotData => scope.t(Word::failed_not_data),
        Failure::Unreadable => scope.t(Word::failed_unreadable),
        Failure::NewerFormat => scope.t(Word::failed_newer),
    }
}
