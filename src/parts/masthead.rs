//! The top of every page: the site's name, search, and the main navigation.

use article::site::NavLink;

use crate::i18n::Word;
use crate::markup::{Element, el};
use crate::route::Route;
use crate::scope::Scope;

/// Masthead and navigation.
pub fn masthead(scope: &Scope) -> Element {
    let front = Route::front_of(scope.lang().clone());
    let search = Route::Search {
        lang: scope.lang().clone(),
        query: String::new(),
    };
    let name = scope.site_name();
    // The block with the initial is the brand's mark, not a letter to be read.
    let initial: String = name
        .chars()
        .take(1)
        .map(|first| first.to_ascii_lowercase())
        .collect();
    let at_search = matches!(scope.route, Route::Search { .. }).then_some("page");
    let at_front = matches!(scope.route, Route::Front { older: 0, .. }).then_some("page");
    let logo = el("a")
        .class("logo")
        .attr("href", scope.to(&front))
        .put(
            el("span")
                .class("mark")
                .attr("aria-hidden", "true")
                .put(initial),
        )
        .put(el("span").class("name").put(name));
    let to_search = el("a")
        .class("button bare")
        .attr("href", scope.to(&search))
        .attr("aria-current", at_search)
        .put(magnifier())
        .put(el("span").class("label").put(scope.t(Word::search)));
    let mut nav = el("nav")
        .class("nav")
        .attr("aria-label", scope.t(Word::main_navigation))
        .put(
            el("a")
                .attr("href", scope.to(&front))
                .attr("aria-current", at_front)
                .put(scope.t(Word::front)),
        )
        .put(list(
            scope,
            Word::videos,
            &Route::Videos {
                lang: scope.lang().clone(),
                older: 0,
            },
        ))
        .put(list(
            scope,
            Word::gallery,
            &Route::Photos {
                lang: scope.lang().clone(),
                only: None,
                older: 0,
            },
        ));
    for link in scope
        .edition()
        .map(|edition| edition.nav.as_slice())
        .unwrap_or_default()
    {
        nav = nav.put(nav_link(scope, link));
    }
    el("header")
        .class("masthead")
        .put(
            el("div")
                .class("wrap masthead-row")
                .put(logo)
                .put(to_search),
        )
        .put(el("div").class("wrap").put(nav))
}

/// A link to a list that every edition has; marked on all of its pages.
fn list(scope: &Scope, word: Word, route: &Route) -> Element {
    let here = match (&scope.route, route) {
        (Route::Photos { only: Some(_), .. }, Route::Photos { .. }) => Some("true"),
        (here, list) => (here.clone().with_older(0) == *list).then_some("page"),
    };
    el("a")
        .attr("href", scope.to(route))
        .attr("aria-current", here)
        .put(scope.t(word))
}

/// A link of the site's own; marked if it leads to this page.
pub fn nav_link(scope: &Scope, link: &NavLink) -> Element {
    let here = link.href.site_path() == Some(scope.route.path().as_str());
    el("a")
        .attr("href", scope.link(&link.href))
        .attr("aria-current", here.then_some("page"))
        .put(link.label.as_str())
}

fn magnifier() -> Element {
    el("svg")
        .attr("viewBox", "0 0 24 24")
        .attr("fill", "none")
        .attr("stroke", "currentColor")
        .attr("stroke-width", "2")
        .attr("aria-hidden", "true")
        .put(
            el("circle")
                .attr("cx", "11")
                .attr("cy", "11")
                .attr("r", "7"),
        )
        .put(el("path").attr("d", "m16.5 16.5 5 5"))
}
