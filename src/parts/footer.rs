//! The foot of every page: the site's own pages, its languages, who answers for it.

use leptos::prelude::*;

use super::masthead::nav_link;
use crate::i18n::{Word, own_name};
use crate::route::Route;
use crate::scope::Scope;

/// The footer.
pub fn footer(scope: &Scope) -> AnyView {
    let links: Vec<AnyView> = scope
        .edition()
        .map(|edition| edition.footer.iter().map(|link| nav_link(scope, link)).collect())
        .unwrap_or_default();
    let own = (!links.is_empty()).then(|| {
        view! { <nav aria-label=scope.t(Word::pages)>{links}</nav> }.into_any()
    });
    let languages: Vec<AnyView> = scope
        .site
        .languages
        .iter()
        .map(|language| {
            let front = Route::front_of(language.clone());
            let current = (language == scope.lang()).then_some("true");
            let tag = language.as_str().to_owned();
            view! {
                <a href=scope.to(&front) lang=tag.clone() hreflang=tag dir=language.direction().as_str() aria-current=current>{own_name(language)}</a>
            }
            .into_any()
        })
        .collect();
    let languages = (scope.site.languages.len() > 1).then(|| {
        view! { <nav aria-label=scope.t(Word::languages)>{languages}</nav> }.into_any()
    });
    let publisher = scope.site.publisher.as_ref().map(|publisher| {
        let name = publisher.name.clone();
        let contact = publisher.contact.as_ref().map(|contact| {
            let address = contact.as_str().trim_start_matches("mailto:").to_owned();
            view! { {" · "}<a href=scope.link(contact) dir="ltr">{address}</a> }.into_any()
        });
        view! { <p class="meta"><bdi>{name}</bdi>{contact}</p> }.into_any()
    });
    view! { <footer class="footer"><div class="wrap">{own}{languages}{publisher}</div></footer> }.into_any()
}
