//! A film or sound in the page, as far as the player conducts it. Bound here by name
//! and not through web-sys, which lacks half of it; what a browser lacks, it refuses.

use article::Language;
use js_sys::{Array, Function, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{DocumentFragment, Element, EventTarget, HtmlElement};

use super::dom::Node;

/// The media type of streams.
const HLS: &str = "application/vnd.apple.mpegurl";

#[wasm_bindgen]
extern "C" {
    /// `HTMLMediaElement`, with what only films have.
    #[wasm_bindgen(extends = HtmlElement)]
    #[derive(Clone)]
    pub type Film;
    #[wasm_bindgen(method, getter)]
    pub fn paused(this: &Film) -> bool;
    #[wasm_bindgen(method, getter)]
    pub fn ended(this: &Film) -> bool;
    #[wasm_bindgen(method, getter)]
    pub fn muted(this: &Film) -> bool;
    #[wasm_bindgen(method, setter)]
    pub fn set_muted(this: &Film, muted: bool);
    #[wasm_bindgen(method, getter)]
    pub fn volume(this: &Film) -> f64;
    #[wasm_bindgen(method, setter)]
    pub fn set_volume(this: &Film, share: f64);
    /// Seconds; NaN before anything is known.
    #[wasm_bindgen(method, getter)]
    pub fn duration(this: &Film) -> f64;
    #[wasm_bindgen(method, getter = currentTime)]
    pub fn time(this: &Film) -> f64;
    #[wasm_bindgen(method, setter = currentTime)]
    pub fn set_time(this: &Film, seconds: f64);
    #[wasm_bindgen(method, getter = playbackRate)]
    pub fn rate(this: &Film) -> f64;
    #[wasm_bindgen(method, setter = playbackRate)]
    pub fn set_rate(this: &Film, rate: f64);
    #[wasm_bindgen(method, getter = currentSrc)]
    pub fn address(this: &Film) -> String;
    #[wasm_bindgen(method, setter = src)]
    pub fn set_address(this: &Film, address: &str);
    /// 0 as long as no file was chosen.
    #[wasm_bindgen(method, getter = networkState)]
    pub fn network(this: &Film) -> u16;
    /// What boot/stream.js is told, and what it tells.
    #[wasm_bindgen(method, setter = stream)]
    fn set_stream(this: &Film, address: &str);
    #[wasm_bindgen(method, setter = saver)]
    fn set_saver(this: &Film, saves: bool);
    #[wasm_bindgen(method, setter = level)]
    fn set_level(this: &Film, level: i32);
    #[wasm_bindgen(method, getter)]
    fn levels(this: &Film) -> JsValue;
    #[wasm_bindgen(method)]
    pub fn pause(this: &Film);
    #[wasm_bindgen(method, catch)]
    fn play(this: &Film) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = requestPictureInPicture)]
    fn request_picture_in_picture(this: &Film) -> Result<js_sys::Promise, JsValue>;
    /// iPhones let no other element fill the screen.
    #[wasm_bindgen(method, catch, js_name = webkitEnterFullscreen)]
    fn enter_fullscreen(this: &Film) -> Result<(), JsValue>;
    #[wasm_bindgen(method, getter = textTracks)]
    fn text_tracks(this: &Film) -> JsValue;

    #[derive(Clone)]
    pub type Track;
    #[wasm_bindgen(method, getter)]
    pub fn kind(this: &Track) -> String;
    #[wasm_bindgen(method, getter)]
    pub fn label(this: &Track) -> String;
    #[wasm_bindgen(method, getter)]
    pub fn language(this: &Track) -> String;
    #[wasm_bindgen(method, setter)]
    fn set_mode(this: &Track, mode: &str);
    #[wasm_bindgen(method, getter)]
    fn cues(this: &Track) -> JsValue;
    #[wasm_bindgen(method, getter = activeCues)]
    fn active_cues(this: &Track) -> JsValue;

    /// A text and when it is said.
    #[derive(Clone)]
    pub type Cue;
    #[wasm_bindgen(method, getter = startTime)]
    pub fn start(this: &Cue) -> f64;
    #[wasm_bindgen(method, catch, js_name = getCueAsHTML)]
    fn as_html(this: &Cue) -> Result<DocumentFragment, JsValue>;

    #[wasm_bindgen(js_namespace = navigator, js_name = mediaSession)]
    #[wasm_bindgen(thread_local_v2)]
    static SESSION: Option<Session>;
    type Session;
    #[wasm_bindgen(method, setter)]
    fn set_metadata(this: &Session, about: &JsValue);
    #[wasm_bindgen(js_name = MediaMetadata)]
    type About;
    #[wasm_bindgen(constructor, catch, js_class = MediaMetadata)]
    fn new(init: &JsValue) -> Result<About, JsValue>;
}

/// A list of the browser's (`TextTrackList`, `TextTrackCueList`), or nothing.
fn list<T: JsCast>(items: &JsValue) -> Vec<T> {
    if items.is_falsy() {
        return Vec::new();
    }
    Array::from(items)
        .iter()
        .map(JsCast::unchecked_into)
        .collect()
}

/// What a rejected promise says is of no use to a reader, but must not be left
/// unhandled.
fn let_be(promise: JsValue) {
    thread_local! {
        static NOTHING: Closure<dyn FnMut(JsValue)> = Closure::new(|_| {});
    }
    if let Ok(promise) = promise.dyn_into::<js_sys::Promise>() {
        NOTHING.with(|nothing| {
            _ = promise.catch(nothing);
        });
    }
}

impl Film {
    /// The film or sound below an element.
    #[must_use]
    pub fn below(stage: &Node) -> Option<Self> {
        let found = stage
            .unchecked_ref::<Element>()
            .query_selector("video, audio");
        Some(found.ok()??.unchecked_into())
    }

    /// Plays, and lets every other one on the page rest.
    pub fn start(&self) {
        self.let_others_rest();
        if let Ok(promise) = self.play() {
            let_be(promise);
        }
    }

    fn let_others_rest(&self) {
        let others = self
            .owner_document()
            .and_then(|document| document.query_selector_all("video, audio").ok());
        if let Some(others) = others {
            for index in 0..others.length() {
                if let Some(other) = others.get(index)
                    && !self.is_same_node(Some(&other))
                {
                    other.unchecked_ref::<Self>().pause();
                }
            }
        }
    }

    /// Whether a script has to play streams here. Safari plays them itself; Chromium says
    /// so too, and then stands still at some. Both have this class or they have not.
    #[must_use]
    pub fn needs_script(&self) -> bool {
        let has = |name: &str| {
            web_sys::window().is_some_and(|window| {
                Reflect::get(&window, &name.into()).is_ok_and(|class| class.is_truthy())
            })
        };
        let is_own = self.knows(HLS) && has("ManagedMediaSource");
        !is_own && has("MediaSource")
    }

    /// Whether a stream can be played in one way or the other.
    #[must_use]
    pub fn knows_streams(&self) -> bool {
        self.needs_script() || self.knows(HLS)
    }

    /// Asks the boot module for the script that plays a stream; it begins by itself.
    pub fn stream(&self, address: &str, saves_data: bool) {
        self.let_others_rest();
        self.set_stream(address);
        self.set_saver(saves_data);
        self.tell("dateline:stream");
    }

    /// Chooses a picture of the stream; -1: as the line allows.
    pub fn choose_level(&self, level: i32) {
        self.set_level(level);
        self.tell("dateline:level");
    }

    pub fn end_stream(&self) {
        self.tell("dateline:end");
    }

    /// The names of the stream's pictures, the smallest first.
    #[must_use]
    pub fn level_names(&self) -> Vec<String> {
        list(&self.levels())
            .iter()
            .filter_map(JsValue::as_string)
            .collect()
    }

    fn tell(&self, name: &str) {
        if let Ok(event) = web_sys::Event::new(name) {
            _ = self.dispatch_event(&event);
        }
    }

    #[must_use]
    pub fn tracks(&self) -> Vec<Track> {
        list(&self.text_tracks())
    }

    /// Whether it can stand in a small window of its own.
    #[must_use]
    pub fn can_float(&self) -> bool {
        let Some(document) = self.owner_document() else {
            return false;
        };
        self.node_name() == "VIDEO"
            && Reflect::get(&document, &"pictureInPictureEnabled".into())
                .is_ok_and(|enabled| enabled.is_truthy())
    }

    pub fn float(&self) {
        if let Ok(promise) = self.request_picture_in_picture() {
            let_be(promise.into());
        }
    }

    /// Whether the browser says that it may play files of a type.
    #[must_use]
    pub fn knows(&self, kind: &str) -> bool {
        let ask: Option<Function> = Reflect::get(self, &"canPlayType".into())
            .ok()
            .and_then(|ask| ask.dyn_into().ok());
        ask.and_then(|ask| ask.call1(self, &kind.into()).ok())
            .and_then(|answer| answer.as_string())
            .is_some_and(|answer| !answer.is_empty())
    }

    /// Lets the stage fill the screen, or no longer.
    pub fn fill_screen(&self, stage: &Node) {
        let stage: &Element = stage.unchecked_ref();
        let Some(document) = self.owner_document() else {
            return;
        };
        if document.fullscreen_element().is_some() {
            document.exit_fullscreen();
        } else if let Err(_refused) = stage.request_fullscreen() {
            _ = self.enter_fullscreen();
        }
    }

    /// Whether anything fills the screen.
    #[must_use]
    pub fn fills_screen(&self) -> bool {
        self.owner_document()
            .is_some_and(|document| document.fullscreen_element().is_some())
    }

    /// Tells the system what plays, for its own buttons and lock screen.
    pub fn announce(&self, title: &str, publisher: &str) {
        SESSION.with(|session| {
            let Some(session) = session else { return };
            let init = js_sys::Object::new();
            for (name, value) in [("title", title), ("artist", publisher)] {
                _ = Reflect::set(&init, &name.into(), &value.into());
            }
            if let Ok(about) = About::new(&init) {
                session.set_metadata(&about);
            }
        });
    }
}

impl Track {
    /// Whether the player draws it: it is loaded, and its cues are told of.
    pub fn draw(&self, is_wanted: bool) {
        self.set_mode(if is_wanted { "hidden" } else { "disabled" });
    }

    /// All of its texts, once it is loaded.
    #[must_use]
    pub fn texts(&self) -> Vec<Cue> {
        list(&self.cues())
    }

    /// What is said at this moment.
    #[must_use]
    pub fn now(&self) -> Vec<Cue> {
        list(&self.active_cues())
    }

    #[must_use]
    pub fn target(&self) -> &EventTarget {
        self.unchecked_ref()
    }

    /// The language's own direction of writing.
    #[must_use]
    pub fn direction(&self) -> &'static str {
        Language::new(&self.language()).map_or("auto", |language| language.direction().as_str())
    }
}

impl Cue {
    /// The text as nodes: the browser's own reading of WebVTT, in which nothing is
    /// markup but emphasis and names.
    #[must_use]
    pub fn nodes(&self) -> Option<Node> {
        self.as_html().ok().map(JsCast::unchecked_into)
    }

    /// Who speaks, where that is said.
    #[must_use]
    pub fn speaker(&self) -> Option<String> {
        let spoken = self.as_html().ok()?;
        let named = spoken.query_selector("span[title]").ok()??;
        named.get_attribute("title")
    }
}
