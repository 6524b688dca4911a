//! The foot of every page: the site's own pages, its languages, who answers for it.

use article::site::Offline;
use leptos::prelude::{RwSignal, Set};

use super::masthead::nav_link;
use crate::app::Remark;
use crate::i18n::{Word, own_name};
use crate::markup::{Element, el, nodes};
use crate::platform::page;
use crate::route::Route;
use crate::scope::Scope;

/// The footer.
pub fn footer(scope: &Scope, remark: RwSignal<Option<Remark>>) -> Element {
    let links = scope
        .edition()
        .map(|edition| edition.footer.as_slice())
        .unwrap_or_default();
    let own = (!links.is_empty()).then(|| {
        let nav = el("nav").attr("aria-label", scope.t(Word::pages));
        links
            .iter()
            .fold(nav, |nav, link| nav.put(nav_link(scope, link)))
    });
    let languages = (scope.site.languages.len() > 1).then(|| {
        let nav = el("nav").attr("aria-label", scope.t(Word::languages));
        scope.site.languages.iter().fold(nav, |nav, language| {
            let tag = language.as_str().to_owned();
            nav.put(
                el("a")
                    .attr("href", scope.to(&Route::front_of(language.clone())))
                    .attr("lang", tag.clone())
                    .attr("hreflang", tag)
                    .attr("dir", language.direction().as_str())
                    .attr("aria-current", (language == scope.lang()).then_some("true"))
                    .put(own_name(language)),
            )
        })
    });
    let kept = (scope.site.offline != Offline::Off).then(|| {
        let saved = Route::Saved {
            lang: scope.lang().clone(),
        };
        el("p")
            .class("kept")
            .put(
                el("a")
                    .attr("href", scope.to(&saved))
                    .put(scope.t(Word::saved)),
            )
            .put(
                el("button")
                    .class("button bare clear")
                    .attr("type", "button")
                    .put(scope.t(Word::saved_clear))
                    .on("click", move |_| {
                        page::tell("dateline:clear");
                        remark.set(Some(Remark::Cleared));
                    }),
            )
    });
    let publisher = scope.site.publisher.as_ref().map(|publisher| {
        let contact = publisher.contact.as_ref().map(|contact| {
            let address = contact.as_str().trim_start_matches("mailto:");
            nodes![
                " · ",
                el("a")
                    .attr("href", scope.link(contact))
                    .attr("dir", "ltr")
                    .put(address)
            ]
        });
        el("p")
            .class("meta")
            .put(el("bdi").put(publisher.name.as_str()))
            .put(contact)
    });
    el("footer").class("footer").put(
        el("div")
            .class("wrap")
            .put(own)
            .put(languages)
            .put(kept)
            .put(publisher),
    )
}
