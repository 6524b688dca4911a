//! The site notice: one sentence for every reader, until it is dismissed.

use article::site::Notice;
use leptos::prelude::{Get, RwSignal, Set};

use crate::i18n::Word;
use crate::markup::{Element, el, nodes};
use crate::navigate;
use crate::scope::Scope;

/// The notice above the page. It is in every snapshot, and goes away once the app
/// is up and remembers that it was dismissed; its id decides, so that a new notice
/// is seen again.
pub fn notice(scope: &Scope, notice: &Notice, dismissed: RwSignal<bool>) -> Option<Element> {
    let text = notice.text.get(scope.lang())?.as_str();
    let more = notice.href.get(scope.lang()).map(|href| {
        nodes![
            " ",
            el("a")
                .attr("href", scope.link(href))
                .put(scope.t(Word::more_about_this))
        ]
    });
    let id = notice.id.clone();
    let dismiss = el("button")
        .class("button bare icon")
        .attr("type", "button")
        .attr("aria-label", scope.t(Word::dismiss_notice))
        .put("✕")
        .on("click", move |_| {
            dismissed.set(true);
            remember(&id);
            // The button that had the focus is gone.
            navigate::focus_heading();
        });
    Some(
        el("section")
            .class("notice")
            .attr("aria-label", scope.t(Word::site_notice))
            .live_attr("hidden", move || dismissed.get().then(String::new))
            .put(
                el("div")
                    .class("wrap")
                    .put(el("p").put(text).put(more))
                    .put(dismiss),
            ),
    )
}

/// Where dismissed notices are remembered. Sites on one origin keep apart by their base.
#[cfg(not(feature = "ssr"))]
fn key() -> String {
    format!("dateline:{}:notice", crate::platform::page::base())
}

#[cfg(not(feature = "ssr"))]
fn remember(id: &str) {
    crate::platform::storage::set(&key(), id);
}

/// Whether the reader has dismissed this notice before.
#[cfg(not(feature = "ssr"))]
#[must_use]
pub fn was_dismissed(notice: &Notice) -> bool {
    crate::platform::storage::get(&key()).is_some_and(|id| id == notice.id)
}

/// Whether its last day is over, by the reader's clock.
#[cfg(not(feature = "ssr"))]
#[must_use]
pub fn is_over(notice: &Notice) -> bool {
    const DAY_MS: f64 = 86_400_000.0;
    notice.until.is_some_and(|until| {
        until.timestamp() as f64 * 1000.0 + DAY_MS < crate::platform::clock::now()
    })
}

#[cfg(feature = "ssr")]
fn remember(_: &str) {}
