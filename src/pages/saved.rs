//! The stories kept on this device: read, removed, taken along; and the newest of a
//! topic, for the journey home.

use article::Date;
use leptos::prelude::{Get, RwSignal, Set, With};

use crate::i18n::Word;
use crate::markup::{Content, Element, Nodes, el, nodes};
use crate::offline::{self, KeptTopic, Refusal, SavedStory, Shelf};
use crate::parts::heading::page_heading;
use crate::platform::dom;
use crate::scope::Scope;

/// How many stories of a topic can be kept.
const COUNTS: [&str; 3] = ["5", "10", "20"];

/// What the page knows. At first nothing: a snapshot is the same for everybody.
#[derive(Clone, Copy)]
struct Known {
    shelf: RwSignal<Option<Shelf>>,
    refusal: RwSignal<Option<Refusal>>,
    /// Id and name of the topics that could be kept.
    topics: RwSignal<Vec<(String, String)>>,
}

impl Known {
    fn learn(self, answer: Result<Shelf, Refusal>) {
        match answer {
            Ok(shelf) => {
                self.refusal.set(None);
                self.shelf.set(Some(shelf));
            }
            Err(refusal) => self.refusal.set(Some(refusal)),
        }
    }
}

/// The page.
pub fn saved(scope: &Scope) -> Element {
    let known = Known {
        shelf: RwSignal::new(None),
        refusal: RwSignal::new(None),
        topics: RwSignal::new(Vec::new()),
    };
    let lang = scope.lang().clone();
    let (of_list, of_form, of_refusal) = (scope.clone(), scope.clone(), scope.clone());
    el("div")
        .class("wrap saved-page")
        .put(
            page_heading()
                .class("listing-heading")
                .put(scope.t(Word::saved_heading)),
        )
        .put(el("noscript").put(scope.t(Word::saved_no_script)))
        .put(
            el("p")
                .class("saved-refusal")
                .attr("role", "status")
                .live(move || {
                    let refusal = known.refusal.get();
                    nodes![refusal.map(|refusal| of_refusal.t(refusal.word()))]
                }),
        )
        .put(el("div").live(move || {
            known.shelf.with(|shelf| match shelf {
                Some(shelf) => shown(&of_list, shelf, known),
                None => Nodes::new(),
            })
        }))
        .put(el("div").live(move || {
            known
                .topics
                .with(|topics| nodes![topic_form(&of_form, topics, known)])
        }))
        .put(el("p").class("meta").put(scope.t(Word::saved_note)))
        .ready(move |_| {
            offline::look(move |shelf| known.learn(Ok(shelf)));
            offline::topics(&lang, move |topics| known.topics.set(topics));
        })
}

fn shown(scope: &Scope, shelf: &Shelf, known: Known) -> Nodes {
    if shelf.stories.is_empty() && shelf.topics.is_empty() {
        return nodes![el("p").put(scope.t(Word::saved_none))];
    }
    let room = scope.messages.with(
        Word::saved_room,
        &[("size", &scope.messages.size(shelf.bytes))],
    );
    let stories = shelf.stories.iter().fold(
        el("ul").class("results").attr("role", "list"),
        |list, story| list.put(item(scope, story, known)),
    );
    let topics = shelf.topics.iter().fold(
        el("ul").class("kept-topics").attr("role", "list"),
        |list, topic| list.put(kept_topic(scope, topic, known)),
    );
    let clear = el("button")
        .class("button")
        .attr("type", "button")
        .put(scope.t(Word::saved_clear))
        .on("click", move |_| {
            offline::clear(move || known.learn(Ok(Shelf::default())));
        });
    let export = el("a")
        .class("button")
        .attr("href", format!("{}saved.zip", scope.base))
        .put(scope.t(Word::saved_export));
    nodes![
        el("p").class("meta").attr("role", "status").put(room),
        (!shelf.topics.is_empty()).then_some(topics),
        stories,
        el("p").class("actions").put(export).put(clear),
    ]
}

fn item(scope: &Scope, story: &SavedStory, known: Known) -> Element {
    let date = Date::parse(&story.saved).map(|date| scope.messages.date(&date));
    let path = story.path.clone();
    el("li")
        .put(
            el("h2").put(
                el("a")
                    .attr("href", format!("{}{}", scope.base, story.path))
                    .attr("lang", story.language.clone())
                    .attr("dir", "auto")
                    .put(story.headline.as_str()),
            ),
        )
        .put(
            el("p")
                .class("meta")
                .put(date)
                .put(" · ")
                .put(scope.messages.size(story.bytes)),
        )
        .put(remove_button(scope, &story.headline).on("click", move |_| {
            offline::remove(&path, move |answer| known.learn(answer));
        }))
}

fn kept_topic(scope: &Scope, topic: &KeptTopic, known: Known) -> Element {
    let words = scope.messages.plural(
        Word::saved_topic_kept,
        topic.newest,
        &[("topic", &topic.name)],
    );
    let wifi = topic
        .wifi
        .then(|| format!(" · {}", scope.t(Word::saved_topic_wifi)));
    let button = remove_button(scope, &topic.name);
    let topic = topic.clone();
    el("li")
        .put(el("span").put(words).put(wifi))
        .put(button.on("click", move |_| {
            offline::remove_topic(&topic, move |answer| known.learn(answer));
        }))
}

fn remove_button(scope: &Scope, title: &str) -> Element {
    el("button")
        .class("button")
        .attr("type", "button")
        .attr(
            "aria-label",
            scope.messages.with(Word::remove_saved, &[("title", title)]),
        )
        .put(scope.t(Word::remove))
}

/// Which topic, how many of its stories, over which line.
fn topic_form(scope: &Scope, topics: &[(String, String)], known: Known) -> Option<Element> {
    if topics.is_empty() {
        return None;
    }
    let choice = |id: &'static str, word: Word, options: Nodes| {
        nodes![
            el("label").attr("for", id).put(scope.t(word)),
            el("select").attr("id", id).attr("name", id).put(options),
        ]
    };
    let option = |value: &str, text: &str| el("option").attr("value", value.to_owned()).put(text);
    let mut names = Nodes::new();
    for (id, name) in topics {
        option(id, name).put_into(&mut names);
    }
    let mut counts = Nodes::new();
    for count in COUNTS {
        option(count, count).put_into(&mut counts);
    }
    let wifi = el("label")
        .class("check")
        .put(
            el("input")
                .attr("type", "checkbox")
                .attr("name", "wifi")
                .attr("checked", true),
        )
        .put(scope.t(Word::saved_topic_wifi));
    let button = el("button")
        .class("button filled")
        .attr("type", "submit")
        .put(scope.t(Word::saved_topic_save));
    let (topics, language) = (topics.to_vec(), scope.lang().as_str().to_owned());
    let form = el("form")
        .class("topic-form")
        .put(el("h2").put(scope.t(Word::saved_topic)))
        .put(choice("topic", Word::topics, names))
        .put(choice("count", Word::saved_topic_count, counts))
        .put(wifi)
        .put(button)
        .on("submit", move |event| {
            event.prevent_default();
            let Some(id) = dom::field_value(&event, "topic") else {
                return;
            };
            let name = topics.iter().find(|(known, _)| *known == id);
            let topic = KeptTopic {
                name: name.map_or_else(|| id.clone(), |(_, name)| name.clone()),
                id,
                language: language.clone(),
                newest: dom::field_value(&event, "count")
                    .and_then(|count| count.parse().ok())
                    .unwrap_or(10),
                wifi: dom::is_checked(&event, "wifi"),
            };
            offline::keep_topic(&topic, move |answer| known.learn(answer));
        });
    Some(form)
}
