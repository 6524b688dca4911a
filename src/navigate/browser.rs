//! The navigator: one for the whole life of the document.

mod viewer;

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use article::Language;
use article::listing::{Head, Pack, PackNames};
use article::site::Offline;
use leptos::prelude::{Effect, GetUntracked, Set, Track, WithUntracked};
use leptos::task::spawn_local;
use web_sys::{Event, MouseEvent};

use super::PATIENCE_MS;
use crate::app::{Page, Remark, Shell};
use crate::content::{Content, Failure, File, Library, Load, Wanted, folder_of};
use crate::i18n::{Messages, Word};
use crate::pages;
use crate::parts::notice;
use crate::platform::history::{self, Address, Place};
use crate::platform::timer::{self, Timer};
use crate::platform::{events, page};
use crate::route::Route;
use viewer::Viewer;

/// A pointer that rests this long on a link is likely to press it.
const HOVER_MS: i32 = 80;
/// How long after the last movement the place on the page is kept.
const SETTLED_MS: i32 = 200;
/// How long Back may show the page it leaves.
const BACK_PATIENCE_MS: i32 = 100;

thread_local! {
    static NAVIGATOR: RefCell<Option<Rc<Navigator>>> = const { RefCell::new(None) };
}

fn navigator() -> Option<Rc<Navigator>> {
    NAVIGATOR.with_borrow(Clone::clone)
}

/// Goes to a route. `false` if the browser must do it.
pub fn go(route: &Route) -> bool {
    let Some(navigator) = navigator() else {
        return false;
    };
    let address = Address {
        path: route.path(),
        query: route.query(),
        hash: String::new(),
    };
    navigator.visit(address, Way::Forward(None));
    true
}

/// Loads the current page's content again.
pub fn retry() {
    if let Some(navigator) = navigator() {
        let address = navigator.here.borrow().clone();
        navigator.visit(address, Way::Again);
    }
}

/// Loads the document again.
pub fn reload() {
    history::reload();
}

/// Puts the focus on the page's headline.
pub fn focus_heading() {
    page::focus_heading();
}

/// Loads a pack of older cards.
pub fn load_pack(
    lang: Language,
    name: String,
    then: impl FnOnce(Result<Arc<Pack>, Failure>) + 'static,
) {
    let Some(navigator) = navigator() else { return };
    spawn_local(async move {
        let folder = folder_of(&Route::front_of(lang));
        let answer = navigator.library.load(&Wanted::Pack { folder, name }).await;
        then(answer.and_then(|file| match file {
            File::Pack(pack) => Ok(pack),
            _ => Err(Failure::Unreadable),
        }));
    });
}

/// Loads the head of the list that a route shows.
pub fn load_head(route: &Route, then: impl FnOnce(Result<Arc<Head>, Failure>) + 'static) {
    let head = Wanted::Head(folder_of(route));
    spawn_local(async move {
        // The first page stands a moment before there is a navigator.
        let Some(navigator) = navigator() else { return };
        let answer = navigator.library.load(&head).await;
        then(answer.and_then(|file| match file {
            File::Head(head) => Ok(head),
            _ => Err(Failure::Unreadable),
        }));
    });
}

/// Loads the names of all packs, the oldest first.
pub fn load_pack_names(
    lang: Language,
    then: impl FnOnce(Result<Arc<PackNames>, Failure>) + 'static,
) {
    let Some(navigator) = navigator() else { return };
    spawn_local(async move {
        let names = Wanted::PackNames(folder_of(&Route::front_of(lang)));
        let answer = navigator.library.load(&names).await;
        then(answer.and_then(|file| match file {
            File::PackNames(names) => Ok(names),
            _ => Err(Failure::Unreadable),
        }));
    });
}

/// How a page was come to.
#[derive(Clone)]
enum Way {
    /// By a link, whose address is kept for the way back.
    Forward(Option<String>),
    /// By Back or Forward.
    Through(Place),
    /// It is the page shown already, tried again.
    Again,
}

/// Where the focus goes on a new page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Focus {
    /// To the headline, or the link followed last.
    Moves,
    /// Back into the search field: the results are other ones, the page is the same.
    Field,
    /// Nowhere yet: the page is still loading.
    Waits,
}

/// What is to be done once a page stands.
struct Arrival {
    way: Way,
    hash: String,
    focus: Focus,
    announcement: String,
    /// The photo that is then shown over it.
    over: Option<(Page, usize)>,
}

/// Knows where the reader is and brings them elsewhere.
pub struct Navigator {
    shell: Shell,
    library: Rc<Library>,
    here: RefCell<Address>,
    /// Counts visits; an answer to an older one is dropped.
    turn: Cell<usize>,
    awaited: RefCell<Option<Wanted>>,
    patience: RefCell<Option<Timer>>,
    arrival: RefCell<Option<Arrival>>,
    viewer: RefCell<Option<Viewer>>,
    /// Whether the pictures of the first page depend on its address no longer.
    freed: Cell<bool>,
    hovering: RefCell<Option<Timer>>,
    settling: RefCell<Option<Timer>>,
    rehearsed: Cell<bool>,
    /// Whether the worker was told to come.
    keeps: Cell<bool>,
}

impl Navigator {
    /// Begins to listen. The page shown at this moment is where the reader is.
    pub fn start(shell: Shell, library: Rc<Library>) {
        let here = history::address(&shell.base).unwrap_or_default();
        let navigator = Rc::new(Self {
            shell,
            library,
            here: RefCell::new(here),
            turn: Cell::new(0),
            awaited: RefCell::default(),
            patience: RefCell::default(),
            arrival: RefCell::default(),
            viewer: RefCell::default(),
            freed: Cell::new(false),
            hovering: RefCell::default(),
            settling: RefCell::default(),
            rehearsed: Cell::new(false),
            keeps: Cell::new(false),
        });
        NAVIGATOR.set(Some(Rc::clone(&navigator)));
        navigator.remember_first_page();
        navigator.listen();
        navigator.settle_in();
    }

    /// Keeps what the first page was made of, for the way back to it. The page of a
    /// photo or film brings only that part of its story along, so the way from there
    /// to the story fetches the whole.
    fn remember_first_page(&self) {
        let first = self.shell.page.get_untracked();
        self.library.keep(
            &Wanted::Messages(first.messages.language.clone()),
            File::Messages(first.messages),
        );
        if matches!(first.route, Route::Photo { .. } | Route::Video { .. }) {
            return;
        }
        if let (Some(wanted), Load::Ready(content)) = (Wanted::by(&first.route), first.load) {
            match content {
                Content::Story(story) => self.library.keep(&wanted, File::Story(story)),
                Content::Front(head, _) => self.library.keep(&wanted, File::Head(head)),
                Content::Nothing => {}
            }
        }
    }

    /// What only the browser knows comes after the first render: a notice that was
    /// dismissed, and content for an address that only the app can show.
    fn settle_in(self: &Rc<Self>) {
        if let Some(text) = &self.shell.site.notice
            && (notice::was_dismissed(text) || notice::is_over(text))
        {
            self.shell.notice_dismissed.set(true);
        }
        if let Some(date) = page::mark("copy") {
            self.shell.remark.set(Some(Remark::Copy(date)));
        }
        let first = self.shell.page.get_untracked();
        let address = self.here.borrow().clone();
        let route = Route::parse(&address.path, &address.query, &self.shell.site);
        if route != first.route || matches!(first.load, Load::Loading) {
            self.visit(address, Way::Again);
        }
    }

    fn listen(self: &Rc<Self>) {
        let navigator = Rc::clone(self);
        events::on_document("click", move |event: MouseEvent| navigator.click(&event));
        let navigator = Rc::clone(self);
        events::on_window("popstate", move |_: Event| navigator.popped());
        let navigator = Rc::clone(self);
        events::on_document("pointerover", move |event: Event| navigator.hover(&event));
        for name in ["focusin", "touchstart"] {
            let navigator = Rc::clone(self);
            events::on_document(name, move |event: Event| navigator.prefetch(&event));
        }
        let remark = self.shell.remark;
        events::on_document("dateline:newer", move |_: Event| {
            remark.set(Some(Remark::Newer));
        });
        events::on_document("dateline:refused", move |_: Event| {
            remark.set(Some(Remark::Refused));
        });
        let navigator = Rc::clone(self);
        events::on_window("scroll", move |_: Event| navigator.scrolled());
        // Between documents the browser restores the place itself, at once.
        history::restore_scroll_ourselves(true);
        events::on_window("pagehide", |_: Event| {
            history::restore_scroll_ourselves(false)
        });
        events::on_window("pageshow", |_: Event| {
            history::restore_scroll_ourselves(true)
        });
        let navigator = Rc::clone(self);
        let first = Cell::new(true);
        let number = self.shell.page;
        Effect::new(move || {
            number.track();
            if !first.take() {
                navigator.arrive();
            }
        });
    }

    fn click(self: &Rc<Self>, event: &MouseEvent) {
        let modified = event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key();
        if crate::platform::has_crashed()
            || event.default_prevented()
            || event.button() != 0
            || modified
        {
            return;
        }
        let Some(link) = page::link_of(event) else {
            return;
        };
        let elsewhere =
            !matches!(link.target().as_str(), "" | "_self") || link.has_attribute("download");
        if elsewhere {
            return;
        }
        let Some(address) = history::address_of(&link.href(), &self.shell.base) else {
            return;
        };
        let same_page = {
            let here = self.here.borrow();
            address.path == here.path && address.query == here.query
        };
        let route = Route::parse(&address.path, &address.query, &self.shell.site);
        // Fragments of the same page, files and unknown addresses are the browser's. What
        // is saved, the worker knows and not the app.
        if (same_page && !address.hash.is_empty())
            || matches!(route, Route::NotFound { .. } | Route::Saved { .. })
        {
            return;
        }
        event.prevent_default();
        let way = if same_page {
            Way::Again
        } else {
            Way::Forward(Some(link.href()))
        };
        // The reader reads on: from now on what is opened is kept, if the site wants it.
        if self.shell.site.offline == Offline::Visited && !self.keeps.replace(true) {
            page::tell("dateline:keep");
        }
        self.visit(address, way);
    }

    fn popped(self: &Rc<Self>) {
        let Some(address) = history::address(&self.shell.base) else {
            return;
        };
        let same_page = {
            let here = self.here.borrow();
            address.path == here.path && address.query == here.query
        };
        if same_page {
            // A fragment: the browser has scrolled to it.
            *self.here.borrow_mut() = address;
            return;
        }
        self.settling.take();
        let route = Route::parse(&address.path, &address.query, &self.shell.site);
        if self.viewer.borrow().is_some() && self.is_shown(&route) {
            self.leave();
            *self.here.borrow_mut() = address;
            return;
        }
        self.visit(address, Way::Through(history::place()));
    }

    fn hover(self: &Rc<Self>, event: &Event) {
        self.hovering.take();
        let Some((route, wanted)) = self.likely(event) else {
            return;
        };
        let navigator = Rc::clone(self);
        let timer = timer::after(HOVER_MS, move || navigator.fetch_ahead(route, wanted));
        self.hovering.replace(Some(timer));
    }

    fn prefetch(self: &Rc<Self>, event: &Event) {
        if let Some((route, wanted)) = self.likely(event) {
            self.fetch_ahead(route, wanted);
        }
    }

    /// Where the link leads that an event happened in, and the file behind it, unless
    /// that is here already or data is to be saved.
    fn likely(&self, event: &Event) -> Option<(Route, Wanted)> {
        if crate::platform::has_crashed() || page::saves_data() {
            return None;
        }
        let address = history::address_of(&page::link_of(event)?.href(), &self.shell.base)?;
        let route = Route::parse(&address.path, &address.query, &self.shell.site);
        if matches!(route, Route::Photo { .. }) {
            self.free_pictures();
        }
        let wanted = Wanted::by(&route)?;
        self.library
            .at_hand(&wanted, false)
            .is_none()
            .then_some((route, wanted))
    }

    fn fetch_ahead(self: &Rc<Self>, route: Route, wanted: Wanted) {
        let navigator = Rc::clone(self);
        spawn_local(async move {
            // Whether it worked shows when somebody goes there.
            if navigator.library.load(&wanted).await.is_ok() {
                navigator.rehearse(route);
            }
        });
    }

    /// Makes the markup of a page once and drops it. A browser compiles each part of
    /// the program when it is first run: a third of the time of the first route change,
    /// which the reader then does not wait for.
    fn rehearse(&self, route: Route) {
        if self.rehearsed.replace(true) {
            return;
        }
        if let Some((content, messages)) = self.at_hand(&route, true) {
            let page = Page {
                route,
                load: Load::Ready(content),
                messages,
            };
            let scope = self.shell.scope(&page);
            _ = pages::document_title(&scope, &page.load);
            drop(pages::page(&scope, &page.load));
        }
    }

    fn scrolled(self: &Rc<Self>) {
        if self.settling.borrow().is_some() || self.awaited.borrow().is_some() {
            return;
        }
        let navigator = Rc::clone(self);
        let timer = timer::after(SETTLED_MS, move || {
            history::keep_scroll();
            // Dropping the timer from inside its own callback would free the callback.
            let navigator = Rc::clone(&navigator);
            spawn_local(async move {
                navigator.settling.take();
            });
        });
        self.settling.replace(Some(timer));
    }

    /// Goes to an address of the site.
    fn visit(self: &Rc<Self>, address: Address, way: Way) {
        // A newer release is live: this is the moment to go over to it.
        if page::mark("newer").is_some() && matches!(way, Way::Forward(_)) {
            history::load(&format!(
                "{}{}{}",
                self.shell.base, address.path, address.query
            ));
            return;
        }
        let route = Route::parse(&address.path, &address.query, &self.shell.site);
        let turn = self.turn.get() + 1;
        self.turn.set(turn);
        self.patience.take();
        let wanted = Wanted::by(&route);
        if let Some(old) = self.awaited.replace(wanted.clone())
            && Some(&old) != wanted.as_ref()
        {
            self.library.give_up(&old);
        }
        let stale_will_do = matches!(way, Way::Through(_));
        if let Some((content, messages)) = self.at_hand(&route, stale_will_do) {
            self.show(&address, route, Load::Ready(content), messages, &way, true);
            return;
        }
        let patience = if matches!(way, Way::Through(_)) {
            BACK_PATIENCE_MS
        } else {
            PATIENCE_MS
        };
        let shown_as_loading = Rc::new(Cell::new(false));
        let timer = {
            let (navigator, address, route, way) =
                (Rc::clone(self), address.clone(), route.clone(), way.clone());
            let shown_as_loading = Rc::clone(&shown_as_loading);
            timer::after(patience, move || {
                shown_as_loading.set(true);
                let messages = navigator.messages_at_hand(&route);
                navigator.show(&address, route, Load::Loading, messages, &way, true);
            })
        };
        self.patience.replace(Some(timer));
        let navigator = Rc::clone(self);
        spawn_local(async move {
            let answer = navigator.gather(&route).await;
            if navigator.turn.get() != turn {
                return;
            }
            navigator.remark_on(&route);
            navigator.patience.take();
            let messages = navigator.messages_at_hand(&route);
            let load = match answer {
                Ok(content) => Load::Ready(content),
                Err(failure) => Load::Failed(failure),
            };
            navigator.show(
                &address,
                route,
                load,
                messages,
                &way,
                !shown_as_loading.get(),
            );
        });
    }

    /// Says that a page is a copy, or no longer does.
    fn remark_on(&self, route: &Route) {
        let copy = Wanted::by(route).and_then(|wanted| self.library.copy_from(&wanted));
        let said = self.shell.remark.get_untracked();
        match (copy, said) {
            (Some(date), _) => self.shell.remark.set(Some(Remark::Copy(date))),
            (None, Some(Remark::Copy(_))) => self.shell.remark.set(None),
            (None, _) => {}
        }
    }

    /// The words for a route; the present ones until they are loaded.
    fn messages_at_hand(&self, route: &Route) -> Arc<Messages> {
        match self
            .library
            .at_hand(&Wanted::Messages(route.lang().clone()), true)
        {
            Some(File::Messages(messages)) => messages,
            _ => self
                .shell
                .page
                .with_untracked(|page| Arc::clone(&page.messages)),
        }
    }

    /// A route's content, if nothing has to be loaded for it.
    fn at_hand(&self, route: &Route, stale: bool) -> Option<(Content, Arc<Messages>)> {
        let messages = match self
            .library
            .at_hand(&Wanted::Messages(route.lang().clone()), true)?
        {
            File::Messages(messages) => messages,
            _ => return None,
        };
        let Some(wanted) = Wanted::by(route) else {
            return Some((Content::Nothing, messages));
        };
        let content = match self.library.at_hand(&wanted, stale)? {
            File::Story(story) => Content::Story(story),
            File::Head(head) => {
                let name = match older_pack(route, &head)? {
                    Older::None => return Some((Content::Front(head, None), messages)),
                    Older::Named(name) => name,
                    Older::Unnamed(index) => {
                        let names = Wanted::PackNames(folder_of(route));
                        name_of(self.library.at_hand(&names, true)?, index)?
                    }
                };
                match self.library.at_hand(&pack_of(route, name), true)? {
                    File::Pack(pack) => Content::Front(head, Some(pack)),
                    _ => return None,
                }
            }
            File::Pack(_) | File::PackNames(_) | File::Messages(_) => return None,
        };
        Some((content, messages))
    }

    /// Loads everything a route needs.
    async fn gather(&self, route: &Route) -> Result<Content, Failure> {
        let words = Wanted::Messages(route.lang().clone());
        let (words, content) =
            futures::join!(self.library.load(&words), self.gather_content(route));
        words?;
        content
    }

    async fn gather_content(&self, route: &Route) -> Result<Content, Failure> {
        let Some(wanted) = Wanted::by(route) else {
            return Ok(Content::Nothing);
        };
        match self.library.load(&wanted).await? {
            File::Story(story) => Ok(Content::Story(story)),
            File::Head(head) => {
                let name = match older_pack(route, &head).ok_or(Failure::NotFound)? {
                    Older::None => return Ok(Content::Front(head, None)),
                    Older::Named(name) => name,
                    Older::Unnamed(index) => {
                        let names = Wanted::PackNames(folder_of(route));
                        name_of(self.library.load(&names).await?, index).ok_or(Failure::NotFound)?
                    }
                };
                match self.library.load(&pack_of(route, name)).await? {
                    File::Pack(pack) => Ok(Content::Front(head, Some(pack))),
                    _ => Err(Failure::Unreadable),
                }
            }
            File::Pack(_) | File::PackNames(_) | File::Messages(_) => Err(Failure::Unreadable),
        }
    }

    /// Puts a page on the screen; `moves` if the address changes with it.
    fn show(
        &self,
        address: &Address,
        route: Route,
        load: Load<Content>,
        messages: Arc<Messages>,
        way: &Way,
        moves: bool,
    ) {
        self.shut_viewer();
        // Whether a photo is shown over its story: only where Back then leads to it.
        let is_over = matches!(route, Route::Photo { .. })
            && match way {
                Way::Forward(_) => true,
                Way::Through(place) => place.over,
                Way::Again => history::place().over,
            };
        if moves && let Way::Forward(link) = way {
            let hash = if address.hash.is_empty() {
                String::new()
            } else {
                format!("#{}", address.hash)
            };
            let href = format!("{}{}{}{hash}", self.shell.base, address.path, address.query);
            if !self.enter(&href, &route, is_over, link.clone()) {
                history::load(&href);
                return;
            }
        }
        self.settling.take();
        *self.here.borrow_mut() = address.clone();
        let old = self.shell.page.get_untracked();
        let is_loading = matches!(load, Load::Loading);
        if !is_loading {
            self.awaited.take();
        }
        let both_search = matches!(
            (&old.route, &route),
            (Route::Search { .. }, Route::Search { .. })
        );
        let mut page = Page {
            route,
            load,
            messages,
        };
        let scope = self.shell.scope(&page);
        let announcement = if is_loading {
            scope.t(Word::loading)
        } else {
            match pages::title(&scope, &page.load) {
                title if title.is_empty() => scope.t(Word::front),
                title => title,
            }
        };
        self.describe(&scope, &page.load);
        let place = match (&page.route, &page.load) {
            (Route::Photo { id, .. }, Load::Ready(Content::Story(story))) if is_over => {
                pages::viewer::place_of(&story.article, id)
            }
            _ => None,
        };
        let mut over = None;
        if let (Some(place), Some(story)) = (place, page.route.story()) {
            if self.is_shown(&story) {
                self.open(&page, place);
                return;
            }
            over = Some((page.clone(), place));
            page.route = story;
        }
        // While it loads, the focus waits with the reader.
        self.arrival.replace(Some(Arrival {
            way: way.clone(),
            hash: address.hash.clone(),
            focus: match (is_loading, both_search && !matches!(way, Way::Through(_))) {
                (true, _) => Focus::Waits,
                (false, true) => Focus::Field,
                (false, false) => Focus::Moves,
            },
            announcement,
            over,
        }));
        self.shell.page.set(page);
    }

    /// Whether that page stands there whole, perhaps below the viewer.
    fn is_shown(&self, route: &Route) -> bool {
        self.shell
            .page
            .with_untracked(|page| page.route == *route && matches!(page.load, Load::Ready(_)))
    }

    /// Writes an address into the history, and the place that is left. Before a photo
    /// that is shown over its story there is always the story: Back leads to it, from
    /// wherever the reader came. `false` if the browser refuses.
    fn enter(&self, href: &str, route: &Route, is_over: bool, link: Option<String>) -> bool {
        let was_over = history::place().over;
        history::keep_place(&Place {
            scroll: page::scroll(),
            link,
            over: was_over,
        });
        let next = Place {
            over: is_over,
            ..Place::default()
        };
        if let Some(story) = route.story().filter(|_| is_over) {
            let old = self.shell.page.with_untracked(|page| page.route.clone());
            let story_href = story.href(&self.shell.base);
            let of_the_same = old.story().as_ref() == Some(&story);
            if of_the_same && was_over {
                history::replace(href, &next);
                return true;
            }
            match old {
                Route::Story { .. } if of_the_same => {}
                Route::Photo { .. } if of_the_same => {
                    history::replace(&story_href, &Place::default());
                }
                _ => {
                    return history::push(&story_href, &Place::default())
                        && history::push(href, &next);
                }
            }
        }
        history::push(href, &next)
    }

    /// The new page stands: scroll, focus, announce.
    fn arrive(&self) {
        let Some(arrival) = self.arrival.take() else {
            return;
        };
        if let Some((page, place)) = arrival.over {
            page::scroll_to(0.0);
            self.open(&page, place);
            return;
        }
        match (arrival.focus, &arrival.way) {
            (Focus::Waits, _) => {}
            (Focus::Field, _) => page::focus_field("search-words"),
            (Focus::Moves, Way::Through(place)) => {
                let at_link = place.link.as_deref().is_some_and(page::focus_link);
                if !at_link {
                    page::focus_heading();
                }
                page::scroll_to(place.scroll);
            }
            (Focus::Moves, Way::Forward(_) | Way::Again) => {
                let at_fragment = !arrival.hash.is_empty() && page::go_to_fragment(&arrival.hash);
                if !at_fragment {
                    page::scroll_to(0.0);
                    page::focus_heading();
                }
            }
        }
        self.shell.status.set(arrival.announcement);
    }
}

/// Which pack a front of older stories shows.
enum Older {
    /// None: it is the front itself.
    None,
    /// By its name.
    Named(String),
    /// By its place among all: the head does not name it.
    Unnamed(usize),
}

/// The pack that a front shows; `None` if there is no such page.
fn older_pack(route: &Route, head: &Head) -> Option<Older> {
    let older @ 1.. = route.older() else {
        return Some(Older::None);
    };
    let index = head.behind().checked_sub(older)?;
    Some(match index.checked_sub(head.unnamed()) {
        Some(index) => Older::Named(head.packs.get(index)?.clone()),
        None => Older::Unnamed(index),
    })
}

fn name_of(file: File, index: usize) -> Option<String> {
    match file {
        File::PackNames(names) => names.packs.get(index).cloned(),
        _ => None,
    }
}

fn pack_of(route: &Route, name: String) -> Wanted {
    Wanted::Pack {
        folder: folder_of(route),
        name,
    }
}
