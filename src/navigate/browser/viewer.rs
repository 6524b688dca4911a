//! The viewer, while it is open: which photo it shows, what is pressed in it, and how
//! it is left. Its markup is `pages/viewer.rs`; why it is so is
//! `docs/decisions/036-viewer.md`.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use article::Direction;
use article::story::Lenient;
use leptos::prelude::{Mountable, Owner, Render, WithUntracked};
use leptos::task::spawn_local;

use super::{Navigator, navigator};
use crate::app::Page;
use crate::content::{Content, Load};
use crate::i18n::Word;
use crate::markup::State;
use crate::pages::{self, viewer};
use crate::platform::dom::{self, Element, Event, Listening};
use crate::platform::history::{self, Address, Place};
use crate::platform::page::{self, ScrollLogicalPosition};
use crate::platform::timer::{self, Timer};
use crate::platform::{clipboard, dialog};
use crate::route::Route;
use crate::scope::Scope;

/// How long after the last movement of the track the photo in the middle is the one
/// that is shown.
const SETTLED_MS: i32 = 100;

/// An open viewer. All of it ends when this is dropped.
pub(super) struct Viewer {
    /// Of the photo that was opened.
    scope: Scope,
    story: Arc<Lenient>,
    at: Cell<usize>,
    route: RefCell<Route>,
    dialog: Element,
    track: Element,
    slides: Vec<Element>,
    /// What stands in the slides. To put all photos of an essay there at once would
    /// take a slow phone longer than a reader waits for the one they asked for.
    photos: RefCell<Vec<Option<State>>>,
    settling: RefCell<Option<Timer>>,
    filling: RefCell<Option<Timer>>,
    _listening: Vec<Listening>,
    owner: Owner,
    view: State,
}

impl Viewer {
    /// Puts the dialog into the page and shows it. `None` where the browser has none.
    fn open(scope: Scope, story: Arc<Lenient>, at: usize) -> Option<Self> {
        let owner = Owner::new();
        let mut view = owner.with(|| viewer::viewer(&scope, &story.article).build());
        view.mount(&page::root()?.into(), None);
        let element = view.elements().pop()?;
        let track = find(&element, ".track")?;
        let slides: Vec<Element> = dom::find_all(&track, "li")
            .iter()
            .filter_map(dom::as_element)
            .collect();
        let on = |node: &Element, name, listener: fn(&Navigator, &Event)| {
            dom::listen(node, name, move |event| {
                if let Some(navigator) = navigator() {
                    listener(&navigator, &event);
                }
            })
        };
        let listening = [
            on(&element, "click", Navigator::pressed),
            on(&element, "keydown", Navigator::keyed),
            on(&element, "close", Navigator::closed),
            on(&track, "scroll", Navigator::slid),
        ];
        let viewer = Self {
            route: RefCell::new(scope.route.clone()),
            scope,
            story,
            at: Cell::new(at),
            dialog: element,
            track,
            photos: RefCell::new(slides.iter().map(|_| None).collect()),
            slides,
            settling: RefCell::default(),
            filling: RefCell::default(),
            _listening: listening.into_iter().flatten().collect(),
            owner,
            view,
        };
        // Before it is shown: laid out once, not twice.
        viewer.write(at);
        if !dialog::show(&viewer.dialog) {
            viewer.shut();
            return None;
        }
        Some(viewer)
    }

    /// Takes the dialog away. It is dropped later, because one of its own listeners may
    /// be what calls this.
    fn shut(mut self) {
        dialog::close(&self.dialog);
        self.view.unmount();
        spawn_local(async move { drop(self) });
    }

    /// Puts a photo into its place of the track, unless it is there.
    fn fill(&self, place: usize) {
        let mut photos = self.photos.borrow_mut();
        let (Some(photo), Some(slide)) = (photos.get_mut(place), self.slides.get(place)) else {
            return;
        };
        if photo.is_some() {
            return;
        }
        let is_shown = place == self.at.get();
        let saves = page::saves_data();
        let content = viewer::slide(&self.scope, &self.story.article, place, is_shown, saves);
        *photo = content.map(|content| {
            let mut state = self.owner.with(|| content.build());
            state.mount(slide, None);
            keep_shape(slide);
            state
        });
    }

    /// Puts the photos beside the shown one into the page, once that is drawn.
    fn fill_neighbours(&self) {
        let timer = timer::after(SETTLED_MS, || {
            let Some(navigator) = navigator() else { return };
            if let Some(viewer) = navigator.viewer.borrow().as_ref() {
                let at = viewer.at.get();
                viewer.fill(at + 1);
                if let Some(before) = at.checked_sub(1) {
                    viewer.fill(before);
                }
            }
        });
        self.filling.replace(Some(timer));
    }

    /// Writes what is said and offered of the photo at a place, and lets the others
    /// be reached by moving only. What was announced is handed back.
    fn write(&self, to: usize) -> Option<String> {
        let shown = viewer::shown(&self.scope, &self.story.article, to)?;
        if let Route::Photo { id, .. } = &mut *self.route.borrow_mut() {
            id.clone_from(&shown.id);
        }
        if self.is_zoomed() {
            self.zoom(false);
        }
        if let Some(slide) = self.slides.get(self.at.replace(to)) {
            set(slide, "inert", Some(""));
        }
        self.fill(to);
        if let Some(slide) = self.slides.get(to) {
            set(slide, "inert", None);
        }
        self.fill_neighbours();
        self.put("h1", &shown.number);
        self.put("[name=copy] span", &self.scope.t(Word::copy_credit));
        if let Some(copy) = self.find("[name=copy]") {
            set(&copy, "hidden", shown.credit.is_none().then_some(""));
            set(&copy, "data-done", None);
        }
        if let Some(link) = self.find(".tools a") {
            let (address, name) = shown.file.unzip();
            set(&link, "hidden", address.is_none().then_some(""));
            set(&link, "href", address.as_deref());
            set(&link, "download", name.as_deref());
        }
        for (name, ends) in [
            ("[name=previous]", shown.is_first),
            ("[name=next]", shown.is_last),
        ] {
            if let Some(button) = self.find(name) {
                // `disabled` would take the focus from it.
                set(&button, "aria-disabled", ends.then_some("true"));
            }
        }
        Some(shown.said)
    }

    fn find(&self, selector: &str) -> Option<Element> {
        find(&self.dialog, selector)
    }

    fn put(&self, selector: &str, text: &str) {
        if let Some(element) = self.find(selector) {
            dom::set_text(&element, text);
        }
    }

    /// The frame of the photo that is shown.
    fn frame(&self) -> Option<Element> {
        find(self.slides.get(self.at.get())?, ".frame")
    }

    /// Scrolls to the photo that is shown.
    fn reveal(&self) {
        if let Some(slide) = self.slides.get(self.at.get()) {
            page::reveal(slide, ScrollLogicalPosition::Start);
        }
    }

    fn is_zoomed(&self) -> bool {
        self.dialog.has_attribute("data-zoomed")
    }

    /// Shows the photo twice as large as it fits, in a frame that is scrolled by hand,
    /// wheel and arrows; or as large as it fits.
    fn zoom(&self, zoomed: bool) {
        set(&self.dialog, "data-zoomed", zoomed.then_some(""));
        if let Some(button) = self.find("[name=zoom]") {
            dom::set_attribute(
                &button,
                "aria-pressed",
                if zoomed { "true" } else { "false" },
            );
        }
        if let Some(pane) = self.find(".pane[tabindex]") {
            dom::remove_attribute(&pane, "tabindex");
        }
        let Some(frame) = self.frame().filter(|_| zoomed) else {
            return;
        };
        if let Some(pane) = dom::ancestor(&frame, ".pane") {
            dom::set_attribute(&pane, "tabindex", "0");
        }
        page::reveal(&frame, ScrollLogicalPosition::Center);
    }

    fn say(&self, text: &str) {
        self.put("[role=status]", text);
    }
}

impl Navigator {
    /// Opens the viewer over the story that stands there.
    pub(super) fn open(&self, shown: &Page, at: usize) {
        let Load::Ready(Content::Story(story)) = &shown.load else {
            return;
        };
        self.free_pictures();
        let thumbnail = self.thumbnail(&shown.route);
        let spot = thumbnail.as_ref().and_then(dialog::spot);
        let Some(opened) = Viewer::open(self.shell.scope(shown), Arc::clone(story), at) else {
            // The plain page of the photo is at the same address.
            history::reload();
            return;
        };
        opened.reveal();
        page::focus_in(&opened.dialog, "h1");
        if let (Some(frame), Some(thumbnail)) = (opened.frame(), thumbnail) {
            dom::remove_attribute(&thumbnail, "data-comes");
            if let Some(picture) = find(&thumbnail, "img") {
                dialog::stand_in(&frame, &picture);
            }
            if let Some(spot) = spot {
                dialog::come_from(&frame, spot);
            }
        }
        *self.viewer.borrow_mut() = Some(opened);
    }

    /// Makes the addresses of the story's pictures independent of the page's, which will
    /// change below them. Done when a reader reaches for a photo, it need not be done
    /// when they open it.
    pub(super) fn free_pictures(&self) {
        if !self.freed.replace(true) {
            page::make_pictures_absolute(&self.shell.base);
        }
    }

    /// The frame of a photo in the story.
    fn thumbnail(&self, photo: &Route) -> Option<Element> {
        let link = page::link_to(&photo.href(&self.shell.base))?;
        find(&link, ".frame")
    }

    /// Takes the viewer away, if it is open.
    pub(super) fn shut_viewer(&self) {
        if let Some(viewer) = self.viewer.take() {
            viewer.shut();
        }
    }

    /// Leaves the viewer for the story below, at the picture that was seen last.
    pub(super) fn leave(&self) {
        let Some(viewer) = self.viewer.take() else {
            return;
        };
        let photo = viewer.route.borrow().clone();
        let spot = viewer.frame().as_ref().and_then(dialog::spot);
        viewer.shut();
        self.shell
            .page
            .with_untracked(|page| self.describe(&self.shell.scope(page), &page.load));
        if page::focus_link(&photo.href(&self.shell.base)) {
            page::reveal_focus();
            if let (Some(thumbnail), Some(spot)) = (self.thumbnail(&photo), spot) {
                dialog::come_from(&thumbnail, spot);
            }
        } else {
            page::focus_heading();
        }
    }

    /// The reader has closed it, by the button or by Escape: as if by going back.
    fn closed(&self, _: &Event) {
        if self.viewer.borrow().is_none() {
            return;
        }
        self.leave();
        *self.here.borrow_mut() = Address {
            path: self.shell.page.with_untracked(|page| page.route.path()),
            ..Address::default()
        };
        history::back();
    }

    /// Shows another photo in the place of this one, in the address too.
    fn turn(&self, to: usize, scrolls: bool) {
        let viewer = self.viewer.borrow();
        let Some(viewer) = viewer.as_ref() else {
            return;
        };
        let Some(said) = viewer.write(to) else {
            return;
        };
        if scrolls {
            viewer.reveal();
        }
        viewer.say(&said);
        let route = viewer.route.borrow().clone();
        let place = Place {
            scroll: page::scroll(),
            link: None,
            over: true,
        };
        history::replace(&route.href(&self.shell.base), &place);
        *self.here.borrow_mut() = Address {
            path: route.path(),
            ..Address::default()
        };
        let scope = Scope {
            route,
            ..viewer.scope.clone()
        };
        self.describe(
            &scope,
            &Load::Ready(Content::Story(Arc::clone(&viewer.story))),
        );
    }

    /// Names the document.
    pub(super) fn describe(&self, scope: &Scope, load: &Load<Content>) {
        page::describe(
            &pages::document_title(scope, load),
            scope.lang().as_str(),
            scope.lang().direction(),
        );
    }

    /// So many photos on, as far as there are any.
    fn step(&self, forward: bool) {
        let at = self.viewer.borrow().as_ref().map(|viewer| viewer.at.get());
        let to = at.and_then(|at| {
            if forward {
                at.checked_add(1)
            } else {
                at.checked_sub(1)
            }
        });
        if let Some(to) = to {
            self.turn(to, true);
        }
    }

    fn pressed(&self, event: &Event) {
        let Some(button) = dom::closest(event, "button") else {
            return;
        };
        match dom::attribute(&button, "name").as_deref() {
            Some("previous") => self.step(false),
            Some("next") => self.step(true),
            Some("close") => {
                if let Some(viewer) = self.viewer.borrow().as_ref() {
                    dialog::close(&viewer.dialog);
                }
            }
            Some("zoom") => {
                if let Some(viewer) = self.viewer.borrow().as_ref() {
                    viewer.zoom(!viewer.is_zoomed());
                }
            }
            Some("copy") => self.copy_credit(),
            _ => {}
        }
    }

    fn copy_credit(&self) {
        let viewer = self.viewer.borrow();
        let credit = viewer.as_ref().and_then(|viewer| {
            viewer::shown(&viewer.scope, &viewer.story.article, viewer.at.get())?.credit
        });
        let Some(credit) = credit else { return };
        spawn_local(async move {
            let word = if clipboard::write(&credit).await {
                Word::credit_copied
            } else {
                Word::credit_not_copied
            };
            let Some(navigator) = navigator() else { return };
            if let Some(viewer) = navigator.viewer.borrow().as_ref() {
                let text = viewer.scope.t(word);
                viewer.put("[name=copy] span", &text);
                if let Some(copy) = viewer.find("[name=copy]") {
                    dom::set_attribute(&copy, "data-done", "");
                }
                viewer.say(&text);
            }
        });
    }

    fn keyed(&self, event: &Event) {
        // In a picture that is larger than its frame they move the picture.
        if dom::closest(event, ".pane[tabindex]").is_some() {
            return;
        }
        let Some(key) = dom::key(event) else {
            return;
        };
        let (last, direction) = match self.viewer.borrow().as_ref() {
            Some(viewer) => (viewer.slides.len(), viewer.scope.lang().direction()),
            None => return,
        };
        let is_rtl = direction == Direction::Rtl;
        match key.as_str() {
            "ArrowRight" => self.step(!is_rtl),
            "ArrowLeft" => self.step(is_rtl),
            "Home" => self.turn(0, true),
            "End" => self.turn(last.saturating_sub(1), true),
            _ => return,
        }
        event.prevent_default();
    }

    /// The track was moved, by a finger or by us.
    fn slid(&self, _: &Event) {
        if let Some(viewer) = self.viewer.borrow().as_ref() {
            let timer = timer::after(SETTLED_MS, || {
                if let Some(navigator) = navigator() {
                    navigator.settled();
                }
            });
            viewer.settling.replace(Some(timer));
        }
    }

    fn settled(&self) {
        let to = match self.viewer.borrow().as_ref() {
            Some(viewer) => dialog::in_the_middle(&viewer.track, &viewer.slides)
                .filter(|to| *to != viewer.at.get()),
            None => None,
        };
        if let Some(to) = to {
            self.turn(to, false);
        }
    }
}

/// Tells the style how large the picture of a slide is, so that its frame has its shape
/// before it is there.
fn keep_shape(slide: &Element) {
    let (Some(pane), Some(picture)) = (find(slide, ".pane"), find(slide, "img")) else {
        return;
    };
    let size = picture
        .get_attribute("width")
        .zip(picture.get_attribute("height"));
    if let Some((width, height)) = size {
        dialog::set_property(&pane, "--width", &width);
        dialog::set_property(&pane, "--height", &height);
    }
}

fn find(within: &Element, selector: &str) -> Option<Element> {
    dom::as_element(&dom::find(within, selector)?)
}

/// Sets an attribute, or takes it away.
fn set(element: &Element, name: &str, value: Option<&str>) {
    match value {
        Some(value) => dom::set_attribute(element, name, value),
        None => dom::remove_attribute(element, name),
    }
}
