//! Content: what a route shows, where its files are, and how they are loaded.
//!
//! One cache holds what was read, one [`Load`] says how far a page's content has
//! come, and a request that nobody waits for any more is ended. Files are JSON,
//! read leniently by the `article` crate; nothing here knows how they look.

use std::sync::Arc;

use article::json::{self, Value};
use article::listing::{Head, Pack, PackNames};
use article::story::{Lenient, Unreadable};
use article::{Article, Language};

use crate::i18n::{self, Messages};
use crate::route::{Route, push_encoded};

/// How far loading has come.
#[derive(Clone, Debug)]
pub enum Load<T> {
    Loading,
    Ready(T),
    Failed(Failure),
}

/// Why something could not be loaded; each has a sentence of its own for readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No answer at all: no connection, or the site's name leads nowhere.
    Offline,
    /// Too long a silence.
    Timeout,
    /// 404 or 410.
    NotFound,
    /// Another status than 200.
    Server(u16),
    /// Something answered with other than JSON: a sign-in page, a host's index page.
    NotData,
    /// JSON was promised, but it is damaged beyond the lenient reading.
    Unreadable,
    /// The file says it is of a format this version does not know.
    NewerFormat,
}

/// What a page shows.
#[derive(Clone, Debug)]
pub enum Content {
    /// A page that needs no file.
    Nothing,
    Story(Arc<Lenient>),
    /// The newest stories of an edition, or one of its older packs.
    Front(Arc<Head>, Option<Arc<Pack>>),
}

/// A file that has been read.
#[derive(Clone, Debug)]
pub enum File {
    Story(Arc<Lenient>),
    Head(Arc<Head>),
    Pack(Arc<Pack>),
    PackNames(Arc<PackNames>),
    Messages(Arc<Messages>),
}

/// A file of the site, as the app asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    Story {
        folder: &'static str,
        lang: Language,
        slug: String,
    },
    /// Of the list in a folder, which ends in a slash.
    Head(String),
    Pack {
        folder: String,
        name: String,
    },
    /// The names of all packs, where a head does not name them.
    PackNames(String),
    Messages(Language),
}

impl Wanted {
    /// The file a route's content begins with, if it needs one.
    #[must_use]
    pub fn by(route: &Route) -> Option<Self> {
        match route {
            Route::Story { lang, slug }
            | Route::Photo { lang, slug, .. }
            | Route::Video { lang, slug, .. } => Some(Self::Story {
                folder: "articles",
                lang: lang.clone(),
                slug: slug.clone(),
            }),
            Route::Page { lang, slug } => Some(Self::Story {
                folder: "pages",
                lang: lang.clone(),
                slug: slug.clone(),
            }),
            Route::Front { .. }
            | Route::Search { .. }
            | Route::Photos { .. }
            | Route::Videos { .. } => Some(Self::Head(folder_of(route))),
            Route::Saved { .. } | Route::Offline { .. } | Route::NotFound { .. } => None,
        }
    }

    /// Its address below the site's base.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Story { folder, lang, slug } => {
                let mut path = format!("{folder}/{}/", lang.as_str());
                push_encoded(&mut path, slug);
                path + ".json"
            }
            Self::Head(folder) => format!("{folder}head.json"),
            Self::Pack { folder, name } => {
                let mut path = folder.clone();
                push_encoded(&mut path, name);
                path
            }
            Self::PackNames(folder) => format!("{folder}packs.json"),
            Self::Messages(lang) => i18n::file_of(lang),
        }
    }

    /// Whether the file changes with every new story.
    #[must_use]
    pub fn is_mutable(&self) -> bool {
        matches!(self, Self::Head(_) | Self::PackNames(_))
    }

    /// Reads the file's text.
    ///
    /// # Errors
    /// [`Failure::Unreadable`] or [`Failure::NewerFormat`].
    pub fn read(&self, source: &str) -> Result<File, Failure> {
        match self {
            Self::Story { lang, slug, .. } => {
                let mut story = Article::read_leniently(source).map_err(|error| match error {
                    Unreadable::NotAnArticle => Failure::Unreadable,
                    Unreadable::NewerFormat => Failure::NewerFormat,
                })?;
                supply_address(&mut story.article, lang, slug);
                Ok(File::Story(Arc::new(story)))
            }
            Self::Head(_) => Head::read_leniently(source)
                .map(|head| File::Head(Arc::new(head)))
                .ok_or(Failure::Unreadable),
            Self::Pack { .. } => Pack::read_leniently(source)
                .map(|pack| File::Pack(Arc::new(pack)))
                .ok_or(Failure::Unreadable),
            Self::PackNames(_) => PackNames::read_leniently(source)
                .map(|names| File::PackNames(Arc::new(names)))
                .ok_or(Failure::Unreadable),
            Self::Messages(lang) => Messages::read(lang.clone(), source)
                .map(File::Messages)
                .ok_or(Failure::Unreadable),
        }
    }
}

/// Where the list is that a route shows: that of an edition's stories, or of its photos
/// or films.
#[must_use]
pub fn folder_of(route: &Route) -> String {
    let list = match route {
        Route::Photos { .. } | Route::Videos { .. } => route.clone().with_older(0),
        _ => Route::front_of(route.lang().clone()),
    };
    format!("data/v1/{}", list.path())
}

/// A damaged file may have lost its language or slug; its address knows them.
fn supply_address(article: &mut Article, lang: &Language, slug: &str) {
    if article.language.is_undetermined() {
        article.language = lang.clone();
    }
    if article.slug.as_str().is_empty()
        && let Some(slug) = article::Slug::new(slug)
    {
        article.slug = slug;
    }
}

/// The content a snapshot was rendered from, out of the data embedded in it.
#[must_use]
pub fn embedded(route: &Route, value: Option<&Value<'_>>) -> Option<Content> {
    // A snapshot of the search page holds only its form: results come with the query.
    let wanted = match (route, Wanted::by(route)) {
        (Route::Search { .. }, _) | (_, None) => return Some(Content::Nothing),
        (_, Some(wanted)) => wanted,
    };
    let value = value?;
    match wanted {
        Wanted::Story { lang, slug, .. } => {
            let mut article = Article::from_value(value)?;
            supply_address(&mut article, &lang, &slug);
            Some(Content::Story(Arc::new(Lenient {
                article,
                broke_off: None,
                was_cut: false,
            })))
        }
        _ => Some(Content::Front(Arc::new(Head::from_value(value)?), None)),
    }
}

/// The files read last, the most recent at the end.
#[derive(Debug, Default)]
pub struct Cache {
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    path: String,
    file: File,
    /// Milliseconds of the clock it was put in by.
    at: f64,
}

/// About two megabytes of stories at most, and more than anybody goes back.
const CAPACITY: usize = 40;
/// How long a head counts as new, like its `max-age` on the server.
const FRESH_MS: f64 = 60_000.0;

impl Cache {
    /// A file, however old.
    pub fn get(&mut self, wanted: &Wanted) -> Option<File> {
        let path = wanted.path();
        let index = self.entries.iter().position(|entry| entry.path == path)?;
        let entry = self.entries.remove(index);
        let file = entry.file.clone();
        self.entries.push(entry);
        Some(file)
    }

    /// A file that need not be asked for again.
    pub fn get_fresh(&mut self, wanted: &Wanted, now: f64) -> Option<File> {
        let path = wanted.path();
        let is_fresh = |entry: &&Entry| {
            entry.path == path
                && (!wanted.is_mutable() || (0.0..FRESH_MS).contains(&(now - entry.at)))
        };
        self.entries.iter().find(is_fresh)?;
        self.get(wanted)
    }

    /// Keeps a file, and lets go of the one not used for longest.
    pub fn put(&mut self, wanted: &Wanted, file: File, now: f64) {
        let path = wanted.path();
        self.entries.retain(|entry| entry.path != path);
        if self.entries.len() >= CAPACITY {
            self.entries.remove(0);
        }
        self.entries.push(Entry {
            path,
            file,
            at: now,
        });
    }
}

/// The embedded data of a snapshot, taken apart.
#[must_use]
pub fn parse_embedded(source: &str) -> Option<Value<'_>> {
    let parsed = json::parse(source);
    // Cut short on the way: the page can be read, but not safely adopted.
    if parsed.error.is_some() {
        return None;
    }
    parsed.value
}

#[cfg(not(feature = "ssr"))]
pub use loading::Library;

#[cfg(not(feature = "ssr"))]
mod loading {
    use std::cell::RefCell;
    use std::rc::Rc;

    use futures::channel::oneshot;

    use super::{Cache, Failure, File, Wanted};
    use crate::platform::{clock, fetch};

    type Answer = Result<File, Failure>;

    /// Everything loaded so far, and everything on its way.
    pub struct Library {
        base: String,
        cache: RefCell<Cache>,
        on_the_way: RefCell<Vec<OnTheWay>>,
        /// Files whose last copy was damaged; the browser may keep it for a while yet.
        damaged: RefCell<Vec<String>>,
        /// Files that came from this device because the network gave none, and when
        /// they were put there.
        copies: RefCell<Vec<(String, String)>>,
    }

    /// A request, and those who wait for it besides the one who made it.
    struct OnTheWay {
        path: String,
        abort: fetch::Abort,
        waiting: Vec<oneshot::Sender<Answer>>,
    }

    impl Library {
        #[must_use]
        pub fn new(base: &str) -> Rc<Self> {
            Rc::new(Self {
                base: base.into(),
                cache: RefCell::default(),
                on_the_way: RefCell::default(),
                damaged: RefCell::default(),
                copies: RefCell::default(),
            })
        }

        /// Keeps what a snapshot brought along.
        pub fn keep(&self, wanted: &Wanted, file: File) {
            self.cache.borrow_mut().put(wanted, file, clock::now());
        }

        /// What is here already; `stale` too, if that is good enough.
        #[must_use]
        pub fn at_hand(&self, wanted: &Wanted, stale: bool) -> Option<File> {
            let mut cache = self.cache.borrow_mut();
            if stale {
                cache.get(wanted)
            } else {
                cache.get_fresh(wanted, clock::now())
            }
        }

        /// Loads a file, unless it is at hand or on its way.
        ///
        /// # Errors
        /// See [`Failure`]. An older copy is better than an error: only a file that
        /// is gone is not shown from the cache.
        pub async fn load(&self, wanted: &Wanted) -> Answer {
            if let Some(file) = self.at_hand(wanted, false) {
                return Ok(file);
            }
            let answer = match self.wait_for(wanted) {
                Some(coming) => coming.await.unwrap_or(Err(Failure::Offline)),
                None => self.request(wanted).await,
            };
            match answer {
                Err(failure) if failure != Failure::NotFound => {
                    self.at_hand(wanted, true).ok_or(failure)
                }
                answer => answer,
            }
        }

        /// When a file was put on this device, if it came from there.
        #[must_use]
        pub fn copy_from(&self, wanted: &Wanted) -> Option<String> {
            let path = wanted.path();
            let copies = self.copies.borrow();
            let copy = copies.iter().find(|(known, _)| *known == path);
            copy.map(|(_, date)| date.clone())
        }

        /// Ends the request for a file, if there is one.
        pub fn give_up(&self, wanted: &Wanted) {
            let path = wanted.path();
            if let Some(request) = self
                .on_the_way
                .borrow()
                .iter()
                .find(|request| request.path == path)
            {
                request.abort.abort();
            }
        }

        fn wait_for(&self, wanted: &Wanted) -> Option<oneshot::Receiver<Answer>> {
            let path = wanted.path();
            let mut requests = self.on_the_way.borrow_mut();
            let request = requests.iter_mut().find(|request| request.path == path)?;
            let (sender, receiver) = oneshot::channel();
            request.waiting.push(sender);
            Some(receiver)
        }

        async fn request(&self, wanted: &Wanted) -> Answer {
            let path = wanted.path();
            let abort = fetch::Abort::new();
            self.on_the_way.borrow_mut().push(OnTheWay {
                path: path.clone(),
                abort: abort.clone(),
                waiting: Vec::new(),
            });
            let copies = if self.damaged.borrow().contains(&path) {
                fetch::Copies::Refused
            } else {
                fetch::Copies::Allowed
            };
            let answer = fetch::json_text(&format!("{}{path}", self.base), &abort, copies).await;
            self.copies.borrow_mut().retain(|(known, _)| *known != path);
            let answer = answer.and_then(|answer| {
                if let Some(date) = answer.copy {
                    self.copies.borrow_mut().push((path.clone(), date));
                }
                wanted.read(&answer.text)
            });
            let mut damaged = self.damaged.borrow_mut();
            damaged.retain(|damaged| *damaged != path);
            if matches!(answer, Err(Failure::Unreadable | Failure::NotData)) {
                damaged.push(path.clone());
            }
            drop(damaged);
            if let Ok(file) = &answer {
                self.keep(wanted, file.clone());
            }
            let mut requests = self.on_the_way.borrow_mut();
            if let Some(index) = requests.iter().position(|request| request.path == path) {
                for waiting in requests.remove(index).waiting {
                    // Whoever no longer waits need not be told.
                    _ = waiting.send(answer.clone());
                }
            }
            answer
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;

    fn head() -> Wanted {
        Wanted::Head("data/v1/en/".into())
    }

    fn story(slug: &str) -> Wanted {
        Wanted::Story {
            folder: "articles",
            lang: Language::new("en").unwrap(),
            slug: slug.into(),
        }
    }

    fn a_head() -> File {
        File::Head(Arc::default())
    }

    #[test]
    fn a_head_is_asked_for_again_after_a_minute_and_a_story_is_not() {
        let mut cache = Cache::default();
        cache.put(&head(), a_head(), 1_000.0);
        cache.put(&story("a"), a_head(), 1_000.0);
        assert!(cache.get_fresh(&head(), 60_999.0).is_some());
        assert!(cache.get_fresh(&head(), 61_001.0).is_none());
        assert!(
            cache.get(&head()).is_some(),
            "but it is still there for when the network is not"
        );
        assert!(cache.get_fresh(&story("a"), 1e12).is_some());
    }

    #[test]
    fn a_head_is_not_trusted_for_ever_when_the_clock_is_set_back() {
        let mut cache = Cache::default();
        cache.put(&head(), a_head(), 1e12);
        assert!(cache.get_fresh(&head(), 1_000.0).is_none());
    }

    #[test]
    fn the_cache_lets_go_of_what_was_not_used_for_longest() {
        let mut cache = Cache::default();
        for number in 0..CAPACITY {
            cache.put(&story(&number.to_string()), a_head(), 0.0);
        }
        assert!(cache.get(&story("0")).is_some());
        cache.put(&story("new"), a_head(), 0.0);
        assert!(cache.get(&story("0")).is_some(), "used a moment ago");
        assert!(cache.get(&story("1")).is_none(), "not used for longest");
    }

    #[test]
    fn a_damaged_story_takes_its_language_and_slug_from_its_address() {
        let wanted = Wanted::Story {
            folder: "articles",
            lang: Language::new("ar").unwrap(),
            slug: "عودة".into(),
        };
        let File::Story(story) = wanted.read(r#"{"headline":"x""#).unwrap() else {
            panic!("not a story")
        };
        assert_eq!(story.article.language.as_str(), "ar");
        assert_eq!(story.article.slug.as_str(), "عودة");
        assert!(story.broke_off.is_some());
    }

    #[test]
    fn what_is_no_article_is_unreadable_and_a_future_one_is_said_to_be_newer() {
        for source in ["", "<!doctype html>", "[]", "5", "{}"] {
            assert_eq!(
                story("a").read(source).unwrap_err(),
                Failure::Unreadable,
                "{source}"
            );
        }
        assert_eq!(
            story("a")
                .read(r#"{"schemaVersion":"2.0","headline":"x"}"#)
                .unwrap_err(),
            Failure::NewerFormat
        );
    }

    #[test]
    fn file_addresses_are_percent_encoded() {
        assert_eq!(story("a b").path(), "articles/en/a%20b.json");
    }
}
