//! What is kept on the reader's device, asked of the service worker (`boot/worker/`),
//! which answers requests to `saved.json` that no server gets.
//!
//! The worker is installed when a reader first does something that needs it, never
//! before.

use crate::i18n::Word;

/// A saved story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedStory {
    /// Its address below the site's root.
    pub path: String,
    pub headline: String,
    pub language: String,
    /// When, as ISO 8601.
    pub saved: String,
    pub bytes: u64,
}

/// A topic whose newest stories are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptTopic {
    pub id: String,
    pub name: String,
    pub language: String,
    pub newest: usize,
    /// Only looked for over Wi-Fi, where the browser tells.
    pub wifi: bool,
}

/// Everything that is saved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shelf {
    /// The last one first.
    pub stories: Vec<SavedStory>,
    pub topics: Vec<KeptTopic>,
    pub bytes: u64,
}

/// A story that can be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// Its address below the site's root.
    pub path: String,
    /// The address of its article there.
    pub article: String,
    pub headline: String,
    pub language: String,
}

/// How many bytes saving a story takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weight {
    /// With its pictures.
    pub story: u64,
    /// Its films besides, if it has any.
    pub film: Option<u64>,
}

/// Why something was not saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The browser has no worker here.
    Refused,
    /// No room.
    Full,
    /// It is no longer published.
    Gone,
    /// The network.
    Failed,
}

impl Refusal {
    /// The sentence for readers.
    #[must_use]
    pub fn word(self) -> Word {
        match self {
            Self::Refused => Word::save_refused,
            Self::Full => Word::save_full,
            Self::Gone => Word::save_gone,
            Self::Failed => Word::save_failed,
        }
    }
}

#[cfg(not(feature = "ssr"))]
pub use browser::*;

#[cfg(not(feature = "ssr"))]
mod browser {
    use article::Language;
    use article::json::{self, Kind, Value};
    use leptos::task::spawn_local;

    use super::{KeptTopic, Refusal, SavedStory, Shelf, Story, Weight};
    use crate::platform::{fetch, page, worker};

    const DESK: &str = "saved.json";

    /// What is saved; nothing where there is no worker yet.
    pub fn look(then: impl FnOnce(Shelf) + 'static) {
        spawn_local(async move {
            if worker::is_there()
                && let Ok(text) = worker::ask("GET", &address(""), None).await
            {
                then(shelf(&text));
            } else {
                then(Shelf::default());
            }
        });
    }

    /// How large a story is.
    pub fn weigh(story: Story, then: impl FnOnce(Result<Weight, Refusal>) + 'static) {
        send(
            "POST",
            String::new(),
            Some(of_story(&story, false)),
            |text| {
                then(text.map(|text| weight(&text)));
            },
        );
    }

    /// Saves a story, with its films or without.
    pub fn save(story: Story, film: bool, then: impl FnOnce(Result<Shelf, Refusal>) + 'static) {
        worker::ask_to_persist();
        send("PUT", String::new(), Some(of_story(&story, film)), |text| {
            then(text.map(|text| shelf(&text)));
        });
    }

    /// Removes a saved story.
    pub fn remove(path: &str, then: impl FnOnce(Result<Shelf, Refusal>) + 'static) {
        let query = format!("?path={}", worker::encoded(path));
        send("DELETE", query, None, |text| {
            then(text.map(|text| shelf(&text)))
        });
    }

    /// Keeps the newest stories of a topic.
    pub fn keep_topic(topic: &KeptTopic, then: impl FnOnce(Result<Shelf, Refusal>) + 'static) {
        let body = format!(
            r#"{{"topic":{{"id":{},"name":{},"language":{},"newest":{},"wifi":{}}}}}"#,
            worker::quoted(&topic.id),
            worker::quoted(&topic.name),
            worker::quoted(&topic.language),
            topic.newest,
            topic.wifi,
        );
        worker::ask_to_persist();
        send("PUT", String::new(), Some(body), |text| {
            then(text.map(|text| shelf(&text)))
        });
    }

    /// Lets go of a topic and the stories that were kept for it.
    pub fn remove_topic(topic: &KeptTopic, then: impl FnOnce(Result<Shelf, Refusal>) + 'static) {
        let id = format!("{}/{}", topic.language, topic.id);
        let query = format!("?topic={}", worker::encoded(&id));
        send("DELETE", query, None, |text| {
            then(text.map(|text| shelf(&text)))
        });
    }

    /// Deletes everything the site keeps on this device, and the worker.
    pub fn clear(then: impl FnOnce() + 'static) {
        spawn_local(async move {
            worker::clear(&page::base()).await;
            then();
        });
    }

    /// The topics of an edition: id and name.
    pub fn topics(language: &Language, then: impl FnOnce(Vec<(String, String)>) + 'static) {
        let url = format!("{}data/v1/{}/topics.json", page::base(), language.as_str());
        spawn_local(async move {
            let answer = fetch::json_text(&url, &fetch::Abort::new(), fetch::Copies::Allowed).await;
            let text = answer.map(|answer| answer.text).unwrap_or_default();
            let parsed = json::parse(&text);
            let list = parsed.value.iter().flat_map(|root| root.list("topics"));
            then(
                list.map(|topic| (text_of(topic, "id"), text_of(topic, "name")))
                    .collect(),
            );
        });
    }

    fn address(query: &str) -> String {
        format!("{}{DESK}{query}", page::base())
    }

    fn send(
        method: &'static str,
        query: String,
        body: Option<String>,
        then: impl FnOnce(Result<String, Refusal>) + 'static,
    ) {
        spawn_local(async move {
            if !worker::summon().await {
                return then(Err(Refusal::Refused));
            }
            then(worker::ask(method, &address(&query), body).await);
        });
    }

    fn of_story(story: &Story, film: bool) -> String {
        format!(
            r#"{{"path":{},"article":{},"headline":{},"language":{},"film":{film}}}"#,
            worker::quoted(&story.path),
            worker::quoted(&story.article),
            worker::quoted(&story.headline),
            worker::quoted(&story.language),
        )
    }

    fn weight(text: &str) -> Weight {
        let parsed = json::parse(text);
        let root = parsed.value.as_ref();
        let number = |name: &str| root.and_then(|root| number_of(root, name));
        Weight {
            story: number("bytes").unwrap_or_default(),
            film: number("films")
                .filter(|films| *films > 0)
                .and_then(|_| number("film")),
        }
    }

    fn shelf(text: &str) -> Shelf {
        let parsed = json::parse(text);
        let Some(root) = parsed.value.as_ref() else {
            return Shelf::default();
        };
        Shelf {
            stories: root
                .list("stories")
                .iter()
                .map(|story| SavedStory {
                    path: text_of(story, "path"),
                    headline: text_of(story, "headline"),
                    language: text_of(story, "language"),
                    saved: text_of(story, "saved"),
                    bytes: number_of(story, "bytes").unwrap_or_default(),
                })
                .collect(),
            topics: root
                .list("topics")
                .iter()
                .map(|topic| KeptTopic {
                    id: text_of(topic, "id"),
                    name: text_of(topic, "name"),
                    language: text_of(topic, "language"),
                    newest: number_of(topic, "newest").unwrap_or_default() as usize,
                    wifi: matches!(topic.get("wifi").map(|v| &v.kind), Some(Kind::Bool(true))),
                })
                .collect(),
            bytes: number_of(root, "bytes").unwrap_or_default(),
        }
    }

    fn text_of(value: &Value<'_>, name: &str) -> String {
        let text = value.get(name).and_then(Value::as_str);
        text.unwrap_or_default().to_owned()
    }

    fn number_of(value: &Value<'_>, name: &str) -> Option<u64> {
        match &value.get(name)?.kind {
            Kind::Number(digits) => digits.parse().ok(),
            _ => None,
        }
    }
}

/// In a snapshot nothing is saved; the views only need the names.
#[cfg(feature = "ssr")]
pub use snapshot::*;

#[cfg(feature = "ssr")]
mod snapshot {
    use article::Language;

    use super::{KeptTopic, Refusal, Shelf, Story, Weight};

    pub fn look(_: impl FnOnce(Shelf) + 'static) {}

    pub fn weigh(_: Story, _: impl FnOnce(Result<Weight, Refusal>) + 'static) {}

    pub fn save(_: Story, _: bool, _: impl FnOnce(Result<Shelf, Refusal>) + 'static) {}

    pub fn remove(_: &str, _: impl FnOnce(Result<Shelf, Refusal>) + 'static) {}

    pub fn keep_topic(_: &KeptTopic, _: impl FnOnce(Result<Shelf, Refusal>) + 'static) {}

    pub fn remove_topic(_: &KeptTopic, _: impl FnOnce(Result<Shelf, Refusal>) + 'static) {}

    pub fn clear(_: impl FnOnce() + 'static) {}

    pub fn topics(_: &Language, _: impl FnOnce(Vec<(String, String)>) + 'static) {}
}
