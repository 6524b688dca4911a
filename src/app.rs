//! The shell around every page: skip link, masthead, notice, main, footer.

use std::sync::Arc;

use article::Date;
use article::site::Site;
use leptos::prelude::{Get, RwSignal, With};

use crate::content::{Content, Load};
use crate::i18n::{Messages, Word};
use crate::markup::{Element, Nodes, el, nodes};
use crate::navigate;
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
    /// What is said of the page as a whole, below it.
    pub remark: RwSignal<Option<Remark>>,
}

/// Something a reader may want to know of the page, and need not do anything about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// It came from this device, because the network gave none; when it was put there.
    Copy(String),
    /// A newer release is live.
    Newer,
    /// Everything the site kept here was deleted.
    Cleared,
    /// The browser keeps nothing here.
    Refused,
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
            remark: RwSignal::new(None),
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
            story_warning: match &page.load {
                Load::Ready(Content::Story(story)) => {
                    story.article.content_warning.as_deref().map(Arc::from)
                }
                _ => None,
            },
        }
    }
}

/// Everything inside `#dateline`: the page, which changes as a whole, and the
/// region that announces changes, which must not.
pub fn app(shell: Shell) -> Element {
    let status = shell.status;
    let shell_of_remark = shell.clone();
    let page = el("div")
        .class("page")
        .live(move || around(&shell, &shell.page.get()));
    let announcer = el("p")
        .attr("id", "status")
        .attr("role", "status")
        .class("visually-hidden")
        .live(move || nodes![status.get()]);
    let remark = el("p")
        .class("remark")
        .attr("role", "status")
        .live(move || remark(&shell_of_remark));
    el("div").class("app").put(page).put(remark).put(announcer)
}

/// The bar below the page; empty as long as all is as it should be.
fn remark(shell: &Shell) -> Nodes {
    let Some(remark) = shell.remark.get() else {
        return Nodes::new();
    };
    let messages = shell.page.with(|page| Arc::clone(&page.messages));
    match remark {
        Remark::Copy(date) => {
            let date = Date::parse(&date).map_or(date, |date| messages.date_and_time(&date));
            nodes![messages.with(Word::copy_from, &[("date", &date)])]
        }
        Remark::Newer => nodes![
            messages.get(Word::newer_release),
            " ",
            el("button")
                .class("button")
                .attr("type", "button")
                .put(messages.get(Word::load_newer))
                .on("click", |_| navigate::reload()),
        ],
        Remark::Cleared => nodes![messages.get(Word::saved_cleared)],
        Remark::Refused => nodes![messages.get(Word::save_refused)],
    }
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
        footer(&scope, shell.remark),
    ]
}
