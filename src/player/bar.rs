//! What the player's bar looks like: buttons, sliders and the panel of choices. All of
//! it is plain markup; what a button does stands in its `data-do`.

use super::film::Film;
use crate::i18n::{Messages, Word, clock};
use crate::markup::{Element, el};

/// How fast it may play, in quarters of the film's own speed. Counted in whole numbers:
/// reading and writing fractions would be 20 KB of wasm.
pub const RATES: [(u8, &str); 6] = [
    (3, "0.75×"),
    (4, "1×"),
    (5, "1.25×"),
    (6, "1.5×"),
    (7, "1.75×"),
    (8, "2×"),
];

const PLAY: &str = "M8 5v14l11-7z";
const PAUSE: &str = "M7 5h4v14H7zM13 5h4v14h-4z";
const SOUND: &str = "M4 9v6h4l5 4V5L8 9zM16 8a5 5 0 0 1 0 8M18.5 5.5a9 9 0 0 1 0 13";
const SILENT: &str = "M4 9v6h4l5 4V5L8 9zM16 9l5 6M21 9l-5 6";
const CAPTIONS: &str = "M4 6h16v12H4zM10 10.5a2 2 0 1 0 0 3M16.5 10.5a2 2 0 1 0 0 3";
const CHOICES: &str = "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5";
const SCREEN: &str = "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5";

/// Something to choose in the panel: what it does, its words, and their language where
/// it is not the page's.
pub struct Choice {
    pub does: String,
    pub words: String,
    pub lang: Option<String>,
}

/// What lies over the film: what is said, the large button, what went wrong, the bar.
pub fn over(film: &Film, has_captions: bool) -> Vec<Element> {
    let t = |word| film.messages.get(word);
    let large = el("button")
        .class("large-play")
        .attr("type", "button")
        .attr("data-do", "play")
        .put(icon(PLAY))
        .put(el("span").put(invitation(film)));
    let seek = slider("seek", t(Word::player_seek))
        .attr("max", film.length.unwrap_or(0).to_string())
        .attr("step", "1");
    let volume = slider("volume", t(Word::player_volume))
        .attr("max", "1")
        .attr("step", "0.05");
    let captions = button("captions", t(Word::player_captions))
        .attr("aria-pressed", "false")
        .put(icon(CAPTIONS));
    let screen = button("screen", t(Word::player_fullscreen)).put(icon(SCREEN));
    let buttons = el("div")
        .class("buttons")
        .put(
            button("play", t(Word::player_play))
                .put(icon(PLAY).class("off"))
                .put(icon(PAUSE).class("on")),
        )
        .put(el("span").class("time").put(time(0, film.length)))
        .put(
            button("mute", t(Word::player_mute))
                .put(icon(SOUND).class("off"))
                .put(icon(SILENT).class("on")),
        )
        .put(volume)
        .put(has_captions.then_some(captions))
        .put(
            button("choices", t(Word::player_settings))
                .attr("aria-expanded", "false")
                .put(icon(CHOICES)),
        )
        .put((!film.is_sound).then_some(screen));
    // Clocks and sliders run from the left in every language.
    let bar = el("div").class("bar").attr("dir", "ltr");
    // A sound has one row, which begins with its button; a film's slider has its own.
    let bar = if film.is_sound {
        bar.put(buttons).put(seek)
    } else {
        bar.put(seek).put(buttons)
    };
    let mut parts = vec![el("div").class("cues").attr("aria-hidden", "true")];
    if !film.is_sound {
        parts.push(large);
    }
    parts.push(el("p").class("trouble").attr("role", "status"));
    parts.push(bar);
    parts
}

/// What can be chosen. `captions` are the tracks there are.
pub fn panel(film: &Film, can_float: bool, captions: Vec<Choice>) -> Element {
    let t = |word| film.messages.get(word);
    let rates = RATES
        .iter()
        .map(|(rate, label)| choice(format!("rate:{rate}"), (*label).to_owned()));
    el("div")
        .class("choices")
        .attr("hidden", true)
        .put(group(t(Word::player_captions), "track", captions))
        .put(group(t(Word::player_speed), "rate", rates.collect()))
        .put(group(t(Word::player_quality), "file", qualities(film)))
        .put(actions(film, can_float))
        .put(keys(&film.messages))
}

/// "Play 3:07 · 5.8 MB".
fn invitation(film: &Film) -> String {
    let mut text = film.messages.get(Word::player_play);
    if let Some(length) = film.length {
        text.push(' ');
        text.push_str(&clock(length));
    }
    if let Some(bytes) = film.files.first().and_then(|file| file.bytes) {
        text.push_str(" · ");
        text.push_str(&size(&film.messages, bytes));
    }
    text
}

/// "1:04 / 3:07".
pub fn time(now: i64, length: Option<i64>) -> String {
    match length {
        Some(length) => format!("{} / {}", clock(now), clock(length)),
        None => clock(now),
    }
}

/// "5.8 MB", as files are counted: in thousands.
pub fn size(words: &Messages, bytes: u64) -> String {
    let tenths = bytes.div_ceil(100_000);
    let number = |n: u64| words.number(usize::try_from(n).unwrap_or(usize::MAX));
    if tenths < 10 {
        return words.with(
            Word::kilobytes,
            &[("n", &number(bytes.div_ceil(1_000).max(1)))],
        );
    }
    let mut text = number(tenths / 10);
    if tenths < 100 {
        text.push_str(&words.get(Word::decimal_sign));
        text.push_str(&number(tenths % 10));
    }
    words.with(Word::megabytes, &[("n", &text)])
}

/// "1 minute 4 seconds".
pub fn spoken(words: &Messages, seconds: i64) -> String {
    let parts = [
        (Word::hours, seconds / 3600),
        (Word::minutes, seconds / 60 % 60),
        (Word::seconds, seconds % 60),
    ];
    let mut text = String::new();
    for (word, count) in parts {
        if count > 0 || (word == Word::seconds && text.is_empty()) {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&words.plural(word, usize::try_from(count).unwrap_or(0), &[]));
        }
    }
    text
}

fn icon(path: &'static str) -> Element {
    el("svg")
        .attr("viewBox", "0 0 24 24")
        .attr("aria-hidden", "true")
        .put(el("path").attr("d", path))
}

fn button(does: &'static str, label: String) -> Element {
    el("button")
        .attr("type", "button")
        .attr("data-do", does)
        .attr("title", label.clone())
        .attr("aria-label", label)
}

fn slider(does: &'static str, label: String) -> Element {
    el("input")
        .class(does)
        .attr("type", "range")
        .attr("data-do", does)
        .attr("min", "0")
        .attr("value", "0")
        .attr("aria-label", label)
}

pub fn choice(does: String, words: String) -> Choice {
    Choice {
        does,
        words,
        lang: None,
    }
}

/// Buttons of which one is pressed; nothing where there is no choice.
pub fn group(name: String, class: &'static str, choices: Vec<Choice>) -> Option<Element> {
    if choices.len() < 2 {
        return None;
    }
    let mut list = el("div")
        .class(class)
        .attr("role", "group")
        .attr("aria-label", name.clone())
        .put(
            el("p")
                .class("choice-heading")
                .attr("aria-hidden", "true")
                .put(name),
        );
    for choice in choices {
        list = list.put(
            el("button")
                .attr("type", "button")
                .attr("data-do", choice.does)
                .attr("aria-pressed", "false")
                .attr("lang", choice.lang)
                .put(choice.words),
        );
    }
    Some(list)
}

/// The files, where they differ in what they are called: the same picture in another
/// format is no choice for a reader.
fn qualities(film: &Film) -> Vec<Choice> {
    let mut names: Vec<&str> = Vec::new();
    let mut choices = Vec::new();
    for (at, file) in film.files.iter().enumerate() {
        if file.name.is_empty() || names.contains(&file.name.as_str()) {
            continue;
        }
        names.push(&file.name);
        let mut words = file.name.clone();
        if let Some(bytes) = file.bytes {
            words.push_str(" · ");
            words.push_str(&size(&film.messages, bytes));
        }
        choices.push(choice(format!("file:{at}"), words));
    }
    choices
}

fn actions(film: &Film, can_float: bool) -> Element {
    let words = &film.messages;
    let float = can_float.then(|| {
        el("button")
            .attr("type", "button")
            .attr("data-do", "float")
            .put(words.get(Word::player_float))
    });
    let file = film.files.iter();
    let file = file.filter(|file| !file.is_stream);
    let download = file.take(1).next().map(|file| {
        let size = file.bytes.map(|bytes| format!(" ({})", size(words, bytes)));
        el("a")
            .attr("href", file.address.clone())
            .attr("download", true)
            .put(words.get(Word::download_file))
            .put(size)
    });
    el("div").class("actions").put(float).put(download)
}

fn keys(words: &Messages) -> Element {
    const KEYS: [(&str, Word); 9] = [
        ("Space K", Word::key_play),
        ("J L", Word::key_ten_seconds),
        ("← →", Word::key_five_seconds),
        ("↑ ↓", Word::player_volume),
        ("M", Word::player_mute),
        ("C", Word::player_captions),
        ("F", Word::player_fullscreen),
        ("< >", Word::player_speed),
        ("0 – 9", Word::key_part),
    ];
    let mut list = el("dl");
    for (keys, word) in KEYS {
        list = list
            .put(el("dt").attr("dir", "ltr").put(keys))
            .put(el("dd").put(words.get(word)));
    }
    el("details")
        .class("keys")
        .put(el("summary").put(words.get(Word::player_keys)))
        .put(list)
}
