//! What the player does: one listener for all buttons, one for keys, and one for
//! whatever the film tells of itself, after which everything shown is set anew.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use super::bar::{self, Choice};
use super::film::{File, Film};
use super::lines::Lines;
use crate::i18n::{Word, clock};
use crate::markup::{self, el};
use crate::platform::dom::{self, Listening, Node};
use crate::platform::film::{self, Track};
use crate::platform::timer::{self, Timer};
use crate::platform::{fetch, page, storage};

/// After so many milliseconds without a touch a playing film is shown without its bar.
const IDLE: i32 = 3_000;
/// After so many milliseconds without a picture a reader is told that the line is slow.
const PATIENCE: i32 = 10_000;
/// Seconds between two notes of where the reader is.
const NOTED: i64 = 10;
/// Nobody looks for the first or last seconds of a film.
const EDGE: f64 = 5.0;

/// Which captions the reader chose last: a language, or `off`.
const CAPTIONS: &str = "dateline:captions";

struct Player {
    film: Film,
    element: film::Film,
    stage: Node,
    parts: Parts,
    tracks: Vec<Track>,
    lines: RefCell<Option<Lines>>,
    /// The place of the captions that are drawn, in `tracks`.
    drawn: Cell<Option<usize>>,
    /// The place of the stream in the files that a script plays.
    stream: Cell<Option<usize>>,
    /// The picture of it that was chosen; -1: none.
    level: Cell<i32>,
    was_started: Cell<bool>,
    noted: Cell<i64>,
    idle: RefCell<Option<Timer>>,
    woken: RefCell<Option<Timer>>,
    slow: RefCell<Option<Timer>>,
    /// Dropped with the player, and with it every one of these.
    listening: RefCell<Vec<Listening>>,
}

/// The pieces of the bar that change.
struct Parts {
    seek: Option<Node>,
    volume: Option<Node>,
    time: Option<Node>,
    cues: Option<Node>,
    trouble: Option<Node>,
    choices: Option<Node>,
}

/// Takes over the film in a stage. What it gives ends the player when dropped.
pub fn conduct(mut film: Film, stage: &Node) -> Option<Box<dyn Any>> {
    let element = film::Film::below(stage)?;
    let is_known = |file: &File| match file.is_stream {
        true => element.knows_streams(),
        false => element.knows(&file.content_type),
    };
    if film.files.iter().any(is_known) {
        film.files.retain(is_known);
    }
    let tracks = element.tracks();
    let captions = captions(&film, &tracks);
    let screen = dom::find(stage, ".screen")?;
    for part in bar::over(&film, !captions.is_empty()) {
        dom::append(&screen, &markup::build(part));
    }
    let panel = bar::panel(&film, element.can_float(), captions);
    dom::append(stage, &markup::build(panel));
    dom::remove_attribute(&element, "controls");
    dom::set_attribute(stage, "data-player", "");
    let part = |selector| dom::find(stage, selector);
    let parts = Parts {
        seek: part("input.seek"),
        volume: part("input.volume"),
        time: part(".time"),
        cues: part(".cues"),
        trouble: part(".trouble"),
        choices: part(".choices"),
    };
    let player = Rc::new(Player {
        film,
        stage: stage.clone(),
        parts,
        tracks,
        lines: RefCell::default(),
        drawn: Cell::new(None),
        stream: Cell::new(None),
        level: Cell::new(-1),
        was_started: Cell::new(false),
        noted: Cell::new(0),
        idle: RefCell::default(),
        woken: RefCell::default(),
        slow: RefCell::default(),
        listening: RefCell::default(),
        element,
    });
    player.choose_first_captions();
    player.listen();
    player.show();
    Some(Box::new(player))
}

/// The captions there are, and none.
fn captions(film: &Film, tracks: &[Track]) -> Vec<Choice> {
    // A sound has no picture to write on: what is said in it is in its transcript.
    if film.is_sound {
        return Vec::new();
    }
    let numbered = tracks.iter().enumerate();
    let mut choices: Vec<Choice> = numbered
        .filter(|(_, track)| is_drawn(track))
        .map(|(at, track)| Choice {
            does: format!("track:{at}"),
            words: track.label(),
            lang: Some(track.language()),
        })
        .collect();
    if !choices.is_empty() {
        let off = film.messages.get(Word::player_captions_off);
        choices.insert(0, bar::choice("track:off".into(), off));
    }
    choices
}

fn is_drawn(track: &Track) -> bool {
    matches!(track.kind().as_str(), "captions" | "subtitles")
}

impl Drop for Player {
    fn drop(&mut self) {
        if self.stream.get().is_some() {
            self.element.end_stream();
        }
    }
}

impl Player {
    fn listen(self: &Rc<Self>) {
        self.on(&self.stage, "click", Self::clicked);
        self.on(&self.stage, "input", Self::slid);
        self.on(&self.stage, "keydown", Self::pressed);
        for name in ["pointermove", "pointerdown", "focusin"] {
            self.on(&self.stage, name, |player, _| player.wake());
        }
        self.on(&self.stage, "fullscreenchange", |player, _| player.show());
        const OF_THE_FILM: [&str; 13] = [
            "play",
            "pause",
            "ended",
            "timeupdate",
            "seeking",
            "durationchange",
            "volumechange",
            "ratechange",
            "playing",
            "waiting",
            "loadedmetadata",
            "emptied",
            "dateline:levels",
        ];
        for name in OF_THE_FILM {
            self.on(&self.element, name, |player, event| {
                player.heard(&event.type_());
                player.show();
            });
        }
        self.on(&self.element, "error", |player, _| player.failed());
        // Each file that is no good says so itself; after the last there is nothing.
        if let Some(last) = dom::find(&self.element, "source:last-of-type") {
            self.on(&last, "error", |player, _| player.failed());
        }
        for track in &self.tracks {
            if is_drawn(track) {
                let listening = dom::listen_to(
                    track.target(),
                    "cuechange",
                    self.weakly(|player, _| {
                        player.draw();
                    }),
                );
                self.listening.borrow_mut().extend(listening);
            }
        }
        for (at, track) in dom::find_all(&self.element, "track")
            .into_iter()
            .enumerate()
        {
            self.on(&track, "load", move |player, _| player.loaded(at));
        }
    }

    fn on(
        self: &Rc<Self>,
        node: &Node,
        name: &'static str,
        action: impl Fn(&Rc<Self>, dom::Event) + 'static,
    ) {
        let listening = dom::listen(node, name, self.weakly(action));
        self.listening.borrow_mut().extend(listening);
    }

    /// A listener that keeps nothing alive.
    fn weakly(
        self: &Rc<Self>,
        action: impl Fn(&Rc<Self>, dom::Event) + 'static,
    ) -> impl FnMut(dom::Event) + 'static {
        let player: Weak<Self> = Rc::downgrade(self);
        move |event| {
            if let Some(player) = player.upgrade() {
                action(&player, event);
            }
        }
    }

    // What readers do

    fn clicked(self: &Rc<Self>, event: dom::Event) {
        let Some(does) = dom::closest(&event, "[data-do]")
            .filter(|target| dom::is(target, "button"))
            .and_then(|button| dom::attribute(&button, "data-do"))
        else {
            if dom::closest(&event, "video").is_some() {
                // A finger that lets the bar come back does not mean the film.
                if dom::attribute(&self.stage, "data-woken").is_none() {
                    self.turn();
                }
            } else if dom::closest(&event, ".choices").is_none() {
                self.open_choices(false);
            }
            return;
        };
        match does.split_once(':').unwrap_or((&does, "")) {
            ("play", _) => {
                self.turn();
                self.show();
                // The large button goes when the film begins; its focus goes on.
                let small = dom::find(&self.stage, ".bar [data-do=play]");
                if let Some(small) = small.filter(|_| !self.film.is_sound) {
                    dom::focus(&small);
                }
            }
            ("mute", _) => self.mute(),
            ("captions", _) => self.turn_captions(),
            ("choices", _) => {
                let is_open = self.choices_are_open();
                self.open_choices(!is_open);
            }
            ("screen", _) => self.element.fill_screen(&self.stage),
            ("float", _) => self.element.float(),
            ("track", at) => self.choose_captions(at.parse().ok()),
            ("rate", quarters) => self.set_rate(quarters.parse().unwrap_or(4)),
            ("seek", at) => self.play_from(seconds(at.parse().unwrap_or(0))),
            ("file", at) => self.take_file(at.parse().unwrap_or(0)),
            ("level", at) => {
                self.level.set(at.parse().unwrap_or(-1));
                self.element.choose_level(self.level.get());
            }
            _ => {}
        }
        self.show();
    }

    fn slid(self: &Rc<Self>, event: dom::Event) {
        let Some(slider) = dom::closest(&event, "input[type=range]") else {
            return;
        };
        let value = dom::number(&slider);
        if dom::attribute(&slider, "data-do").as_deref() == Some("volume") {
            self.element.set_muted(value == 0.0);
            self.element.set_volume(value);
        } else {
            self.seek(value);
        }
        self.show();
    }

    fn pressed(self: &Rc<Self>, event: dom::Event) {
        let Some(key) = dom::key(&event) else { return };
        let is_on_slider = dom::closest(&event, "input").is_some();
        let is_on_button = dom::closest(&event, "button, a, summary").is_some();
        let element = &self.element;
        match key.as_str() {
            // A button that has the focus is pressed by it.
            " " if is_on_button => return,
            " " | "k" | "K" => self.turn(),
            "j" | "J" => self.seek(element.time() - 10.0),
            "l" | "L" => self.seek(element.time() + 10.0),
            "ArrowLeft" => self.seek(element.time() - 5.0),
            "ArrowRight" => self.seek(element.time() + 5.0),
            "ArrowUp" => self.louder(0.1),
            "ArrowDown" => self.louder(-0.1),
            "m" | "M" => self.mute(),
            "c" | "C" => self.turn_captions(),
            "f" | "F" if !self.film.is_sound => element.fill_screen(&self.stage),
            "<" => self.faster(-1),
            ">" => self.faster(1),
            "Escape" if self.choices_are_open() => {
                self.open_choices(false);
                if let Some(button) = dom::find(&self.stage, "[data-do=choices]") {
                    dom::focus(&button);
                }
            }
            "Home" if is_on_slider => self.seek(0.0),
            digit if digit.len() == 1 => match digit.parse::<u8>() {
                Ok(tenth) => self.seek(self.length() * f64::from(tenth) / 10.0),
                Err(_) => return,
            },
            _ => return,
        }
        event.prevent_default();
        self.wake();
        self.show();
    }

    fn turn(self: &Rc<Self>) {
        if !self.element.paused() {
            self.element.pause();
            return;
        }
        if !self.was_started.replace(true) {
            self.begin();
        }
        // A stream begins by itself, once there is what plays it.
        if self.stream.get().is_none() || self.element.address().starts_with("blob:") {
            self.element.start();
        }
        let title = match self.film.title.as_str() {
            "" => &self.film.publisher,
            title => title,
        };
        self.element.announce(title, &self.film.publisher);
        self.wake();
    }

    /// Before the first picture: the smallest file for who saves data, and the place
    /// where the reader was.
    fn begin(self: &Rc<Self>) {
        let files = &self.film.files;
        let smallest = files
            .iter()
            .filter(|file| page::saves_data() && file.bytes.is_some())
            .min_by_key(|file| file.bytes);
        if let Some(file) = smallest {
            self.element.set_address(&file.address);
        } else if files.first().is_some_and(|file| self.is_for_script(file)) {
            self.take_stream(0);
        }
        if let Some(seconds) = self.noted_place() {
            self.element.set_time(seconds);
        }
        self.draw_captions(self.drawn.get());
        // Its lines are those of the transcript, whether they are drawn or not.
        if let Some(track) = self
            .track_of_transcript()
            .and_then(|at| self.tracks.get(at))
        {
            track.draw(true);
        }
        // A track that is shown by default has come before anybody listened.
        for (at, track) in self.tracks.iter().enumerate() {
            if !track.texts().is_empty() {
                self.loaded(at);
            }
        }
    }

    fn mute(&self) {
        self.element.set_muted(!self.element.muted());
        // Who plays without sound wants to read what is said.
        if self.element.muted() && self.drawn.get().is_none() {
            self.draw_captions(self.best_captions());
        }
    }

    fn louder(&self, step: f64) {
        let volume = (self.element.volume() + step).clamp(0.0, 1.0);
        self.element.set_muted(volume == 0.0);
        self.element.set_volume(volume);
    }

    fn faster(&self, steps: isize) {
        let now = self.quarters();
        let mut rates = bar::RATES.iter();
        let at = rates.position(|(rate, _)| *rate >= now).unwrap_or(1);
        let next = at.saturating_add_signed(steps).min(bar::RATES.len() - 1);
        if let Some((rate, _)) = bar::RATES.get(next) {
            self.set_rate(*rate);
        }
    }

    fn quarters(&self) -> u8 {
        (self.element.rate() * 4.0) as u8
    }

    fn set_rate(&self, quarters: u8) {
        self.element.set_rate(f64::from(quarters) / 4.0);
    }

    fn seek(&self, seconds: f64) {
        let length = self.length();
        let end = if length > 0.0 { length } else { f64::MAX };
        self.element.set_time(seconds.clamp(0.0, end));
    }

    /// Goes to a line of the transcript and plays from there.
    pub fn play_from(self: &Rc<Self>, seconds: f64) {
        if !self.was_started.replace(true) {
            self.begin();
        }
        self.seek(seconds);
        if self.element.paused() {
            self.turn();
        }
    }

    fn take_file(&self, at: usize) {
        let Some(file) = self.film.files.get(at) else {
            return;
        };
        let (time, rate, was_playing) = (
            self.element.time(),
            self.element.rate(),
            !self.element.paused(),
        );
        if self.is_for_script(file) {
            return self.take_stream(at);
        }
        if self.stream.take().is_some() {
            self.element.end_stream();
            if let Some(levels) = dom::find(&self.stage, ".level") {
                dom::remove(&levels);
            }
        }
        self.element.set_address(&file.address);
        self.element.set_time(time);
        self.element.set_rate(rate);
        if was_playing {
            self.element.start();
        }
    }

    fn is_for_script(&self, file: &File) -> bool {
        file.is_stream && self.element.needs_script()
    }

    fn take_stream(&self, at: usize) {
        if let Some(file) = self.film.files.get(at) {
            self.stream.set(Some(at));
            self.level.set(-1);
            self.element.stream(&file.address, page::saves_data());
        }
    }

    /// The pictures a stream comes in, in the panel.
    fn list_levels(&self) {
        let Some(panel) = &self.parts.choices else {
            return;
        };
        let words = &self.film.messages;
        let names = self.element.level_names();
        let mut choices = vec![bar::choice(
            "level:-1".into(),
            words.get(Word::player_quality_auto),
        )];
        for (at, name) in names.into_iter().enumerate() {
            choices.push(bar::choice(format!("level:{at}"), name));
        }
        // One picture is no choice.
        if choices.len() > 2
            && dom::find(panel, ".level").is_none()
            && let Some(group) = bar::group(words.get(Word::player_quality), "level", choices)
        {
            let actions = dom::find(panel, ".actions");
            dom::insert_before(panel, &markup::build(group), actions.as_ref());
        }
    }

    fn choices_are_open(&self) -> bool {
        let choices = self.parts.choices.as_ref();
        choices.is_some_and(|choices| dom::attribute(choices, "hidden").is_none())
    }

    fn open_choices(&self, open: bool) {
        let Some(choices) = &self.parts.choices else {
            return;
        };
        set(choices, "hidden", !open);
        if let Some(button) = dom::find(&self.stage, "[data-do=choices]") {
            dom::set_attribute(
                &button,
                "aria-expanded",
                if open { "true" } else { "false" },
            );
        }
    }

    // Captions

    fn choose_first_captions(&self) {
        let own = self.film.messages.language.primary();
        let chosen = storage::get(CAPTIONS);
        let is_foreign = self
            .film
            .language
            .as_ref()
            .is_some_and(|spoken| spoken.primary() != own);
        let default = dom::find(&self.element, "track[default]").is_some();
        let at = match chosen.as_deref() {
            Some("off") => None,
            Some(language) => self.captions_in(language).or_else(|| self.best_captions()),
            None if is_foreign || default || self.element.muted() => self.best_captions(),
            None => None,
        };
        self.drawn.set(at);
        // What the browser would draw by itself.
        for track in &self.tracks {
            track.draw(false);
        }
    }

    fn captions_in(&self, language: &str) -> Option<usize> {
        let primary = |tag: &str| tag.split('-').next().map(str::to_owned);
        let wanted = primary(language);
        let mut tracks = self.tracks.iter();
        tracks.position(|track| is_drawn(track) && primary(&track.language()) == wanted)
    }

    /// In the reader's language, else the first there are.
    fn best_captions(&self) -> Option<usize> {
        self.captions_in(self.film.messages.language.as_str())
            .or_else(|| self.tracks.iter().position(is_drawn))
    }

    fn turn_captions(&self) {
        match self.drawn.get() {
            Some(_) => self.choose_captions(None),
            None => self.choose_captions(self.best_captions()),
        }
    }

    fn choose_captions(&self, at: Option<usize>) {
        let track = at.and_then(|at| self.tracks.get(at));
        let language = track.map(Track::language);
        storage::set(CAPTIONS, language.as_deref().unwrap_or("off"));
        self.draw_captions(at);
    }

    fn draw_captions(&self, at: Option<usize>) {
        self.drawn.set(at);
        let told = self.track_of_transcript();
        for (other, track) in self.tracks.iter().enumerate() {
            let is_told = self.was_started.get() && told == Some(other);
            let is_list = self.was_started.get() && track.kind() == "chapters";
            track.draw(at == Some(other) || is_told || is_list);
        }
        self.draw();
    }

    /// Draws what is said at this moment.
    fn draw(&self) {
        let Some(place) = &self.parts.cues else {
            return;
        };
        dom::clear(place);
        let Some(track) = self.drawn.get().and_then(|at| self.tracks.get(at)) else {
            return;
        };
        dom::set_attribute(place, "lang", &track.language());
        dom::set_attribute(place, "dir", track.direction());
        for cue in track.now() {
            if let Some(nodes) = cue.nodes() {
                let line = markup::build(el("p"));
                dom::append(&line, &nodes);
                dom::append(place, &line);
            }
        }
    }

    // The transcript

    fn track_of_transcript(&self) -> Option<usize> {
        let language = self.film.transcript.as_ref()?;
        self.captions_in(language.as_str())
    }

    /// A track has come.
    fn loaded(self: &Rc<Self>, at: usize) {
        if self
            .tracks
            .get(at)
            .is_some_and(|track| track.kind() == "chapters")
        {
            self.list_chapters(at);
        }
        if self.track_of_transcript() != Some(at) || self.lines.borrow().is_some() {
            return;
        }
        let Some(track) = self.tracks.get(at) else {
            return;
        };
        let follow = self.film.messages.get(Word::player_follow);
        let Some(lines) = Lines::of(&self.stage, track, follow) else {
            return;
        };
        self.on(lines.place(), "click", |player, event| {
            let start = player
                .lines
                .borrow()
                .as_ref()
                .and_then(|lines| lines.start_of(&event));
            if let Some(seconds) = start {
                player.play_from(seconds);
            }
        });
        *self.lines.borrow_mut() = Some(lines);
        self.show();
    }

    /// The parts of the film, in the panel.
    fn list_chapters(&self, at: usize) {
        let (Some(track), Some(panel)) = (self.tracks.get(at), &self.parts.choices) else {
            return;
        };
        if dom::find(panel, ".chapters").is_some() {
            return;
        }
        let texts = track.texts().into_iter();
        let chapters = texts.filter_map(|cue| {
            let name = cue.nodes()?.text_content()?;
            let words = format!("{} {name}", clock(cue.start() as i64));
            Some(Choice {
                does: format!("seek:{}", milliseconds(cue.start())),
                words,
                lang: Some(track.language()),
            })
        });
        let name = self.film.messages.get(Word::player_chapters);
        if let Some(group) = bar::group(name, "chapters", chapters.collect()) {
            let first = dom::first_child(panel);
            dom::insert_before(panel, &markup::build(group), first.as_ref());
        }
    }

    // What the film tells

    fn heard(self: &Rc<Self>, name: &str) {
        match name {
            "waiting" => {
                let player = Rc::downgrade(self);
                let told = timer::after(PATIENCE, move || {
                    if let Some(player) = player.upgrade() {
                        player.say(Some(Word::film_slow));
                    }
                });
                *self.slow.borrow_mut() = Some(told);
            }
            "playing" => {
                *self.slow.borrow_mut() = None;
                self.say(None);
            }
            "dateline:levels" => self.list_levels(),
            "pause" | "timeupdate" => self.note_place(name == "pause"),
            "ended" => self.forget_place(),
            _ => {}
        }
    }

    /// Nothing could be played. Which it was, only another look at the file tells.
    fn failed(self: &Rc<Self>) {
        let streams = self.stream.get().and_then(|at| self.film.files.get(at));
        // A browser that plays no streams says so at once; it need not.
        let is_to_come = |file: &File| self.is_for_script(file);
        if !self.was_started.get() && self.film.files.iter().any(is_to_come) {
            return;
        }
        *self.slow.borrow_mut() = None;
        let address = match self.element.address() {
            _ if streams.is_some() => streams.map(|file| file.address.clone()),
            address if address.is_empty() => {
                self.film.files.first().map(|file| file.address.clone())
            }
            address => Some(address),
        };
        let Some(address) = address else { return };
        let player = Rc::downgrade(self);
        wasm_bindgen_futures::spawn_local(async move {
            let word = match fetch::status_of(&address).await {
                None => Word::film_offline,
                Some(404 | 410) => Word::film_gone,
                Some(401 | 403 | 451) => Word::film_blocked,
                Some(_) => Word::film_unsupported,
            };
            if let Some(player) = player.upgrade() {
                player.say(Some(word));
                player.open_transcript();
            }
        });
    }

    /// What there is to read instead.
    fn open_transcript(&self) {
        let figure = dom::ancestor(&self.stage, "figure");
        if let Some(transcript) = figure.and_then(|figure| dom::find(&figure, ".transcript")) {
            dom::set_attribute(&transcript, "open", "");
        }
    }

    fn say(&self, word: Option<Word>) {
        let Some(place) = &self.parts.trouble else {
            return;
        };
        dom::clear(place);
        let Some(word) = word else { return };
        let words = &self.film.messages;
        dom::append(place, &dom::text(&words.get(word)));
        if word != Word::film_slow
            && let Some(File { address, .. }) = self.film.files.first()
        {
            let link = el("a")
                .attr("href", address.clone())
                .put(words.get(Word::download_file));
            dom::append(place, &dom::text(" "));
            dom::append(place, &markup::build(link));
        }
    }

    fn length(&self) -> f64 {
        match self.element.duration() {
            known if known.is_finite() => known,
            _ => self.film.length.map_or(0.0, |seconds| seconds as f64),
        }
    }

    // Where the reader was

    fn key_of_place(&self) -> Option<String> {
        let file = self.film.files.first()?;
        Some(format!("dateline:at:{}", file.address))
    }

    fn noted_place(&self) -> Option<f64> {
        let key = self.key_of_place()?;
        let noted = storage::get_for_visit(&key).or_else(|| storage::get(&key))?;
        noted.parse().ok().map(|second: u32| f64::from(second))
    }

    fn note_place(&self, now: bool) {
        let (time, length) = (self.element.time(), self.length());
        let second = time as i64;
        let is_due = now || second.abs_diff(self.noted.get()) >= NOTED.unsigned_abs();
        if !is_due || !self.was_started.get() || time < EDGE || time > length - EDGE {
            return;
        }
        self.noted.set(second);
        if let Some(key) = self.key_of_place() {
            // What somebody looks at is nobody else's business where a site says so.
            if self.film.is_remembered {
                storage::set(&key, &second.to_string());
            } else {
                storage::set_for_visit(&key, &second.to_string());
            }
        }
    }

    fn forget_place(&self) {
        if let Some(key) = self.key_of_place() {
            storage::remove(&key);
        }
    }

    // What is shown

    /// Shows the bar for a while.
    fn wake(self: &Rc<Self>) {
        if dom::attribute(&self.stage, "data-idle").is_some() {
            dom::remove_attribute(&self.stage, "data-idle");
            dom::set_attribute(&self.stage, "data-woken", "");
        }
        let player = Rc::downgrade(self);
        let idle = timer::after(IDLE, move || {
            if let Some(player) = player.upgrade()
                && !player.element.paused()
                && !player.choices_are_open()
            {
                dom::set_attribute(&player.stage, "data-idle", "");
            }
        });
        *self.idle.borrow_mut() = Some(idle);
        let player = Rc::downgrade(self);
        // The click that belongs to the touch comes before this.
        let woken = timer::after(400, move || {
            if let Some(player) = player.upgrade() {
                dom::remove_attribute(&player.stage, "data-woken");
            }
        });
        *self.woken.borrow_mut() = Some(woken);
    }

    /// Sets everything shown by what is true now.
    fn show(&self) {
        let (element, words) = (&self.element, &self.film.messages);
        let (time, length) = (element.time() as i64, self.length() as i64);
        let is_playing = !element.paused();
        set(&self.stage, "data-playing", is_playing);
        set(&self.stage, "data-started", self.was_started.get());
        set(&self.stage, "data-muted", element.muted());
        if !is_playing {
            dom::remove_attribute(&self.stage, "data-idle");
        }
        if let Some(seek) = &self.parts.seek {
            dom::set_attribute(seek, "max", &length.max(1).to_string());
            dom::set_number(seek, time as f64);
            let spoken = words.with(
                Word::player_time,
                &[
                    ("time", &bar::spoken(words, time)),
                    ("total", &bar::spoken(words, length)),
                ],
            );
            dom::set_attribute(seek, "aria-valuetext", &spoken);
        }
        if let Some(volume) = &self.parts.volume {
            let share = if element.muted() {
                0.0
            } else {
                element.volume()
            };
            dom::set_number(volume, share);
            let percent = format!("{} %", words.number((share * 100.0).round() as usize));
            dom::set_attribute(volume, "aria-valuetext", &percent);
        }
        if let Some(place) = &self.parts.time {
            let length = (length > 0).then_some(length);
            dom::set_text(place, &bar::time(time, length));
        }
        self.name("play", is_playing, Word::player_pause, Word::player_play);
        self.name(
            "mute",
            element.muted(),
            Word::player_unmute,
            Word::player_mute,
        );
        self.name(
            "screen",
            element.fills_screen(),
            Word::player_fullscreen_leave,
            Word::player_fullscreen,
        );
        let drawn = self.drawn.get();
        self.press("captions", drawn.is_some());
        self.press("track:off", drawn.is_none());
        for at in 0..self.tracks.len() {
            self.press(&format!("track:{at}"), drawn == Some(at));
        }
        for (rate, _) in bar::RATES {
            self.press(&format!("rate:{rate}"), self.quarters() == rate);
        }
        let playing = element.address();
        for at in -1..i32::try_from(element.level_names().len()).unwrap_or(0) {
            self.press(&format!("level:{at}"), self.level.get() == at);
        }
        for (at, file) in self.film.files.iter().enumerate() {
            self.press(
                &format!("file:{at}"),
                self.stream.get() == Some(at)
                    || playing.ends_with(file.address.trim_start_matches('.')),
            );
        }
        if let Some(lines) = &*self.lines.borrow() {
            lines.mark(element.time());
        }
    }

    /// Names a button by what it would do.
    fn name(&self, does: &str, is_on: bool, on: Word, off: Word) {
        if let Some(button) = dom::find(&self.stage, &format!(".bar [data-do={does}]")) {
            let name = self.film.messages.get(if is_on { on } else { off });
            set(&button, "data-on", is_on);
            // A screen reader says a name again that is set again.
            if dom::attribute(&button, "aria-label").as_ref() != Some(&name) {
                dom::set_attribute(&button, "aria-label", &name);
                dom::set_attribute(&button, "title", &name);
            }
        }
    }

    fn press(&self, does: &str, is_pressed: bool) {
        if let Some(button) = dom::find(&self.stage, &format!("[data-do='{does}']")) {
            dom::set_attribute(
                &button,
                "aria-pressed",
                if is_pressed { "true" } else { "false" },
            );
        }
    }
}

fn milliseconds(seconds: f64) -> u32 {
    (seconds * 1000.0) as u32
}

fn seconds(milliseconds: u32) -> f64 {
    f64::from(milliseconds) / 1000.0
}

/// Lets an attribute without value be there or not.
fn set(node: &Node, name: &str, is_there: bool) {
    if is_there {
        dom::set_attribute(node, name, "");
    } else {
        dom::remove_attribute(node, name);
    }
}
