//! The site notice: one sentence for every reader, until it is dismissed.

use article::site::Notice;
use leptos::prelude::*;

use crate::i18n::Word;
use crate::scope::Scope;

/// The notice above the page. It is in every snapshot, and goes away once the app
/// is up and remembers that it was dismissed; its id decides, so that a new notice
/// is seen again.
pub fn notice(scope: &Scope, notice: &Notice, dismissed: RwSignal<bool>) -> Option<AnyView> {
    let text = notice.text.get(scope.lang())?.clone();
    let more = notice.href.get(scope.lang()).map(|href| {
        let words = scope.t(Word::more_about_this);
        view! { {" "}<a href=scope.link(href)>{words}</a> }.into_any()
    });
    let id = notice.id.clone();
    let dismiss = move |_| {
        dismissed.set(true);
        remember(&id);
        // The button that had the focus is gone.
        crate::navigate::focus_heading();
    };
    Some(
        view! {
            <section class="notice" aria-label=scope.t(Word::site_notice) hidden=move || dismissed.get()>
                <div class="wrap">
                    <p>{text}{more}</p>
                    <button class="button bare icon" type="button" aria-label=scope.t(Word::dismiss_notice) on:click=dismiss>{"✕"}</button>
                </div>
            </section>
        }
        .into_any(),
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
    notice
        .until
        .is_some_and(|until| until.timestamp() as f64 * 1000.0 + DAY_MS < crate::platform::clock::now())
}

#[cfg(feature = "ssr")]
fn remember(_: &str) {}
