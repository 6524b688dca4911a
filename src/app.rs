//! The shell around every page: skip link, masthead, notice, main, footer.

use std::sync::Arc;

use article::site::Site;
use leptos::either::Either;
use leptos::prelude::*;

use crate::content::{Content, Load};
use crate::i18n::{Messages, Word};
use crate::pages;
use crate::parts::footer::footer;
use crate::parts::masthead::masthead;
use crate::parts::notice::notice;
use crate::route::Route;
use crate::scope::Scope;

/// All that the first render may depend on; in the browser the same four come from
/// a snapshot's embedded data, or are loaded.
#[derive(Clone)]
pub struct Page {
    pub route: Route,
    pub load: Load<Content>,
    pub messages: Arc<Messages>,
    /// Changes with every page that is not just an update of the one shown: then
    /// `main` is built anew, so that no film, picture or open detail of the old
    /// story lives on in the new one.
    pub number: usize,
}

/// What lives as long as the document.
#[derive(Clone)]
pub struct Shell {
    pub site: Arc<Site>,
    pub base: Arc<str>,
    pub page: RwSignal<Page>,
    /// What the screen reader says next.
    pub status: RwSignal<String>,
    pub notice_dismissed: RwSignal<bool>,
}

impl Shell {
    #[must_use]
    pub fn new(site: Arc<Site>, base: &str, page: Page) -> Self {
        Self {
            site,
            base: base.into(),
            page: RwSignal::new(page),
            status: RwSignal::new(String::new()),
            notice_dismissed: RwSignal::new(false),
        }
    }

    /// What views of a page may ask for.
    #[must_use]
    pub fn scope(&self, page: &Page) -> Scope {
        Scope {
            site: Arc::clone(&self.site),
            messages: Arc::clone(&page.messages),
            base: Arc::clone(&self.base),
            route: page.route.clone(),
        }
    }
}

/// Everything inside `#dateline`.
pub fn app(shell: Shell) -> impl IntoView {
    let status = shell.status;
    let whole = move || {
        let page = shell.page.get();
        around(&shell, &page)
    };
    view! {
        {whole}
        <p id="status" role="status" class="visually-hidden">{move || status.get()}</p>
    }
}

fn around(shell: &Shell, page: &Page) -> AnyView {
    let scope = shell.scope(page);
    let content = pages::page(&scope, &page.load);
    // Two types of the same view: going from one to the other builds it anew.
    let content = if page.number.is_multiple_of(2) { Either::Left(content) } else { Either::Right(content) };
    let busy = matches!(page.load, Load::Loading).then_some("true");
    let notice = shell.site.notice.as_ref().and_then(|text| notice(&scope, text, shell.notice_dismissed));
    view! {
        <a class="skip" href="#main">{scope.t(Word::skip_to_main)}</a>
        {masthead(&scope)}
        {notice}
        <main id="main" tabindex="-1" aria-busy=busy>{content}</main>
        {footer(&scope)}
    }
    .into_any()
}
