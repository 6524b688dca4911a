//! The shell around every page: skip link, masthead, notice, main, footer.

use std::sync::Arc;

use article::site::Site;
use leptos::prelude::{Get, RwSignal};

use crate::content::{Content, Load};
use crate::i18n::{Messages, Word};
use crate::markup::{Element, Nodes, el, nodes};
use crate::pages;
use crate::parts::footer::footer;
use crate::parts::masthead::masthead;
use crate::parts::notice::notice;
use crate::route::Route;
use crate::scope::Scope;

/// All that the first render may depend on; in the browser the same three come from
/// a snapshot's embedded data, or are loaded.
#[derive(Clone)]
pub struct Page {
    pub route: Route,
    pub load: Load<Content>,
    pub messages: Arc<Messages>,
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

/// Everything inside `#dateline`: the page, which changes as a whole, and the
/// region that announces changes, which must not.
pub fn app(shell: Shell) -> Element {
    let status = shell.status;
    let page = el("div")
        .class("page")
        .live(move || around(&shell, &shell.page.get()));
    let announcer = el("p")
        .attr("id", "status")
        .attr("role", "status")
        .class("visually-hidden")
        .live(move || nodes![status.get()]);
    el("div").class("app").put(page).put(announcer)
}

fn around(shell: &Shell, page: &Page) -> Nodes {
    let scope = shell.scope(page);
    let busy = matches!(page.load, Load::Loading).then_some("true");
    let main = el("main")
        .attr("id", "main")
        .attr("tabindex", "-1")
        .attr("aria-busy", busy)
        .put(pages::page(&scope, &page.load));
    nodes![
        el("a")
            .class("skip")
            .attr("href", "#main")
            .put(scope.t(Word::skip_to_main)),
        masthead(&scope),
        shell
            .site
            .notice
            .as_ref()
            .and_then(|text| notice(&scope, text, shell.notice_dismissed)),
        main,
        footer(&scope),
    ]
}
