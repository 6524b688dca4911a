//! The transcript while its film is there: each line a button that goes to it, the one
//! that is said now marked. Without the app the paragraphs stand there, as in print.

use crate::i18n::clock;
use crate::markup::{self, el};
use crate::platform::dom::{self, Event, Node};
use crate::platform::film::Track;

pub struct Lines {
    place: Node,
    list: Node,
    follow: Option<Node>,
    /// Where each line begins, in seconds, and its button.
    lines: Vec<(f64, Node)>,
}

impl Lines {
    /// Puts the lines of a track in the place of the transcript of the stage's film.
    pub fn of(stage: &Node, track: &Track, follow: String) -> Option<Self> {
        let figure = dom::ancestor(stage, "figure")?;
        let place = dom::find(&figure, ".transcript > div")?;
        let cues = track.texts();
        // A transcript that somebody wrote may tell more than is said: then it stays.
        let letters = |node: Node| node.text_content().map_or(0, |text| text.len());
        let said: usize = cues.iter().filter_map(|cue| cue.nodes()).map(letters).sum();
        if cues.is_empty() || said * 10 < letters(place.clone()) * 7 {
            return None;
        }
        let list = markup::build(el("ol").class("lines"));
        let mut lines = Vec::with_capacity(cues.len());
        let mut before = None;
        for cue in cues {
            let speaker = cue.speaker();
            let name = speaker
                .clone()
                .filter(|name| before.as_ref() != Some(name))
                .map(|name| el("strong").put(format!("{name}: ")));
            before = speaker;
            let time = el("span").class("length").put(clock(cue.start() as i64));
            let button = markup::build(el("button").attr("type", "button").put(time).put(name));
            if let Some(nodes) = cue.nodes() {
                dom::append(&button, &nodes);
            }
            let item = markup::build(el("li"));
            dom::append(&item, &button);
            dom::append(&list, &item);
            lines.push((cue.start(), button));
        }
        let follow = markup::build(
            el("label")
                .class("follow")
                .put(el("input").attr("type", "checkbox").attr("checked", true))
                .put(follow),
        );
        dom::clear(&place);
        if let Some(parent) = dom::parent(&place) {
            dom::insert_before(&parent, &follow, Some(&place));
        }
        dom::append(&place, &list);
        Some(Self {
            follow: dom::find(&follow, "input"),
            place,
            list,
            lines,
        })
    }

    pub fn place(&self) -> &Node {
        &self.place
    }

    /// Where the line that was pressed begins.
    pub fn start_of(&self, event: &Event) -> Option<f64> {
        let pressed = dom::closest(event, "button")?;
        let mut lines = self.lines.iter();
        let (start, _) = lines.find(|(_, button)| dom::is_same(button, &pressed))?;
        Some(*start)
    }

    /// Marks the line that is said now, and keeps it in sight if that is wished and
    /// nobody is reading in the list.
    pub fn mark(&self, seconds: f64) {
        // A cue may begin a hair after the place that was asked for.
        let now = self
            .lines
            .iter()
            .rposition(|(start, _)| *start <= seconds + 0.05);
        for (at, (_, button)) in self.lines.iter().enumerate() {
            let is_marked = dom::attribute(button, "aria-current").is_some();
            if is_marked && now != Some(at) {
                dom::remove_attribute(button, "aria-current");
            } else if !is_marked && now == Some(at) {
                dom::set_attribute(button, "aria-current", "true");
                if self.follow.as_ref().is_some_and(dom::is_checked)
                    && !dom::matches(&self.list, ":hover, :focus-within")
                {
                    dom::scroll_within(&self.list, button);
                }
            }
        }
    }
}
