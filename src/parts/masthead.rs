//! The top of every page: the site's name, search, and the main navigation.

use article::site::NavLink;
use leptos::prelude::*;
use leptos::svg;

use crate::i18n::Word;
use crate::route::Route;
use crate::scope::Scope;

/// Masthead and navigation.
pub fn masthead(scope: &Scope) -> AnyView {
    let front = Route::front_of(scope.lang().clone());
    let search = Route::Search { lang: scope.lang().clone(), query: String::new() };
    let name = scope.site_name().to_owned();
    // The block with the initial is the brand's mark, not a letter to be read.
    let initial: String = name.chars().next().map(|first| first.to_lowercase().to_string()).unwrap_or_default();
    let at_search = matches!(scope.route, Route::Search { .. }).then_some("page");
    let at_front = matches!(scope.route, Route::Front { older: 0, .. }).then_some("page");
    let own: Vec<AnyView> = scope
        .edition()
        .map(|edition| edition.nav.iter().map(|link| nav_link(scope, link)).collect())
        .unwrap_or_default();
    view! {
        <header class="masthead">
            <div class="wrap masthead-row">
                <a class="logo" href=scope.to(&front)><span class="mark" aria-hidden="true">{initial}</span><span class="name">{name}</span></a>
                <a class="button bare" href=scope.to(&search) aria-current=at_search>{magnifier()}<span class="label">{scope.t(Word::search)}</span></a>
            </div>
            <div class="wrap">
                <nav class="nav" aria-label=scope.t(Word::main_navigation)>
                    <a href=scope.to(&front) aria-current=at_front>{scope.t(Word::front)}</a>
                    {own}
                </nav>
            </div>
        </header>
    }
    .into_any()
}

/// A link of the site's own; marked if it leads to this page.
pub fn nav_link(scope: &Scope, link: &NavLink) -> AnyView {
    let here = link.href.site_path() == Some(scope.route.path().as_str());
    let current = here.then_some("page");
    view! { <a href=scope.link(&link.href) aria-current=current>{link.label.clone()}</a> }.into_any()
}

fn magnifier() -> AnyView {
    svg::svg()
        .attr("viewBox", "0 0 24 24")
        .attr("fill", "none")
        .attr("stroke", "currentColor")
        .attr("stroke-width", "2")
        .attr("aria-hidden", "true")
        .child((
            svg::circle().attr("cx", "11").attr("cy", "11").attr("r", "7"),
            svg::path().attr("d", "m16.5 16.5 5 5"),
        ))
        .into_any()
}
