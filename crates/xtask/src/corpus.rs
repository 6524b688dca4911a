//! `cargo xtask corpus N`: a whole site of N generated stories, for measuring.
//!
//! It looks like the archive of an international newsroom: six languages in a
//! fixed proportion ([`plan::HUNDRED`] says which and why), twenty years, forty
//! topics, sixty authors, lengths and word frequencies as in news, every block
//! type, translations, corrections, old addresses, films nobody can play any more.
//! No sentence is anybody's and no person is real; the site's about page says so.
//!
//! The same seed gives the same bytes on every machine. Stories are written one
//! after the other and then forgotten, so a million need no more memory than a
//! hundred.
//!
//! In reading order: [`dice`] (chance), [`plan`] (what a story will be),
//! [`tongue`], [`topics`], [`newsroom`], [`media`] (what stories are made of),
//! [`vocabulary`], [`prose`] (words), [`story`], [`body`] (the article), [`site`].

mod body;
mod dice;
mod media;
mod newsroom;
mod plan;
mod prose;
mod site;
mod story;
mod tongue;
mod topics;
mod vocabulary;

use crate::step::{Tree, announce, spent};
use anyhow::{Context, Result, bail, ensure};
use article::Article;
use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

/// Names a folder as a corpus, so that only such a one is ever written over.
const MARK: &str = "corpus.json";

/// Raised whenever the same seed gives other bytes than before.
const VERSION: u64 = 1;

/// The seed of published figures.
pub const SEED: u64 = 1;

pub struct Options {
    pub count: u64,
    pub seed: u64,
    /// `target/corpus-<count>` unless the caller chooses.
    pub into: Option<PathBuf>,
    /// Whether each photo and film has an id, and by it a page of its own. Without,
    /// a story is one page, as other programs make it.
    pub own_pages: bool,
    /// Whether each picture is one large file, as an editor leaves it, of which press
    /// is still to make renditions.
    pub originals: bool,
}

impl Options {
    pub fn read(arguments: &[String]) -> Result<Self> {
        const USAGE: &str =
            "cargo xtask corpus N [--into FOLDER] [--seed NUMBER] [--one-page] [--originals]";
        let mut options = Self {
            count: 0,
            seed: SEED,
            into: None,
            own_pages: true,
            originals: false,
        };
        let mut words = arguments.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--into" => {
                    let folder = words.next().context("--into needs a folder")?;
                    options.into = Some(folder.into());
                }
                "--one-page" => options.own_pages = false,
                "--originals" => options.originals = true,
                "--seed" => {
                    options.seed = words
                        .next()
                        .and_then(|seed| seed.parse().ok())
                        .context("--seed needs a whole number")?;
                }
                number => {
                    options.count = number
                        .parse()
                        .with_context(|| format!("corpus does not know {number}; write {USAGE}"))?;
                }
            }
        }
        ensure!(
            (1..=10_000_000).contains(&options.count),
            "how many stories? From 1 to 10,000,000: {USAGE}"
        );
        Ok(options)
    }

    pub fn folder(&self, tree: &Tree) -> PathBuf {
        match &self.into {
            Some(folder) => std::path::absolute(folder).unwrap_or_else(|_| folder.clone()),
            None => {
                let kind = if self.own_pages { "" } else { "-one-page" };
                let pictures = if self.originals { "-originals" } else { "" };
                tree.path(&format!("target/corpus-{}{kind}{pictures}", self.count))
            }
        }
    }
}

/// Everything the stories are made of.
pub struct Corpus {
    seed: u64,
    own_pages: bool,
    plan: plan::Plan,
    newsroom: newsroom::Newsroom,
    media: media::Media,
    /// By language.
    vocabularies: [vocabulary::Vocabulary; tongue::LANGUAGES],
}

impl Corpus {
    pub fn new(tree: &Tree, options: &Options) -> Result<Self> {
        let seed = options.seed;
        Ok(Self {
            seed,
            own_pages: options.own_pages,
            plan: plan::Plan::new(seed, options.count),
            newsroom: newsroom::Newsroom::new(seed),
            media: media::Media::find(&tree.path("public/media"), options.originals)?,
            vocabularies: tongue::TONGUES
                .each_ref()
                .map(|tongue| vocabulary::Vocabulary::new(seed, tongue)),
        })
    }

    /// Every story, made when it is asked for.
    pub fn stories(&self) -> impl Iterator<Item = Article> {
        (0..self.plan.count).map(|number| self.article(number))
    }

    fn vocabulary(&self, language: usize) -> &vocabulary::Vocabulary {
        let [first, ..] = &self.vocabularies;
        self.vocabularies.get(language).unwrap_or(first)
    }
}

/// Writes a corpus, in place of an older one in the same folder.
pub fn corpus(tree: &Tree, options: &Options) -> Result<()> {
    if cfg!(debug_assertions) {
        return in_release(tree, options);
    }
    let folder = options.folder(tree);
    announce(
        "corpus",
        &format!(
            "{} generated stories with seed {} into {}",
            grouped(options.count),
            options.seed,
            folder.display()
        ),
    );
    let started = Instant::now();
    let written = write(tree, options, &folder)?;
    println!(
        "    {} stories, {} MB of JSON, in {}",
        grouped(options.count),
        grouped(written.div_ceil(1_000_000)),
        spent(started.elapsed())
    );
    Ok(())
}

/// Without optimisation a large corpus takes ten times as long.
fn in_release(tree: &Tree, options: &Options) -> Result<()> {
    let mut command = tree.command("cargo");
    command
        .args([
            "run",
            "--quiet",
            "--release",
            "--package",
            "xtask",
            "--",
            "corpus",
        ])
        .arg(options.count.to_string())
        .args(["--seed", &options.seed.to_string(), "--into"])
        .arg(options.folder(tree));
    if !options.own_pages {
        command.arg("--one-page");
    }
    if options.originals {
        command.arg("--originals");
    }
    crate::step::run(
        "corpus",
        "compiles the generator with optimisation first",
        &mut command,
    )
}

/// Makes sure of a corpus: an older one of the same count and seed is used again.
pub fn ensure_corpus(tree: &Tree, options: &Options) -> Result<PathBuf> {
    let folder = options.folder(tree);
    let there = fs::read_to_string(folder.join(MARK)).unwrap_or_default();
    if there != mark(options, true) {
        corpus(tree, options)?;
    }
    Ok(folder)
}

fn mark(options: &Options, complete: bool) -> String {
    let mark = serde_json::json!({
        "stories": options.count,
        "seed": options.seed,
        "ownPages": options.own_pages,
        "originals": options.originals,
        "version": VERSION,
        "complete": complete,
    });
    format!("{mark}\n")
}

/// Writes the folder and says how many bytes its stories have.
fn write(tree: &Tree, options: &Options, folder: &Path) -> Result<u64> {
    make_room(folder)?;
    // First, so that a corpus that was broken off can be replaced.
    put(&folder.join(MARK), mark(options, false).as_bytes())?;
    let corpus = Corpus::new(tree, options)?;
    let public = folder.join("public");
    corpus.media.copy(&public)?;
    let mut site = serde_json::to_vec(&site::site())?;
    site.push(b'\n');
    put(&public.join("site.json"), &site)?;
    interface_words(tree, folder)?;
    for kind in ["pages", "articles"] {
        for tongue in &tongue::TONGUES {
            let folder = public.join(kind).join(tongue.tag);
            fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        }
    }
    let mut text = Vec::new();
    let mut written = 0;
    for page in site::pages() {
        written += put_article(&public.join("pages"), &page, &mut text)?;
    }
    let articles = public.join("articles");
    for story in corpus.stories() {
        written += put_article(&articles, &story, &mut text)?;
    }
    put(&folder.join(MARK), mark(options, true).as_bytes())?;
    Ok(written)
}

/// Empties a folder that holds an older corpus; refuses any other.
fn make_room(folder: &Path) -> Result<()> {
    let is_empty = match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(_) => !folder.exists(),
    };
    if is_empty {
        return Ok(());
    }
    if !folder.join(MARK).is_file() {
        bail!(
            "{} holds something that is no corpus: empty it, or name another folder with --into",
            folder.display()
        );
    }
    fs::remove_dir_all(folder)
        .with_context(|| format!("the older corpus in {} cannot be removed", folder.display()))
}

/// The words of the interface, which press puts into every page. English stands in
/// for a language the app does not speak yet: what is measured is how much work a
/// page is, and that is the same.
fn interface_words(tree: &Tree, folder: &Path) -> Result<()> {
    let words = tree.path("src/i18n");
    for tongue in &tongue::TONGUES {
        let own = words.join(format!("{}.json", tongue.tag));
        let source = if own.is_file() {
            own
        } else {
            words.join("en.json")
        };
        let text = fs::read(&source).with_context(|| source.display().to_string())?;
        put(&folder.join(format!("src/i18n/{}.json", tongue.tag)), &text)?;
    }
    Ok(())
}

/// Writes an article below a folder, whose languages are there already.
fn put_article(folder: &Path, article: &Article, text: &mut Vec<u8>) -> Result<u64> {
    text.clear();
    serde_json::to_writer(&mut *text, article)?;
    text.push(b'\n');
    let name = format!("{}.json", article.slug.as_str());
    let file = folder.join(article.language.as_str()).join(name);
    fs::write(&file, &text).with_context(|| format!("{} could not be written", file.display()))?;
    Ok(text.len() as u64)
}

fn put(file: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    fs::write(file, bytes).with_context(|| format!("{} could not be written", file.display()))
}

/// `100,000`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use article::Code;
    use article::block::BLOCK_TYPES;
    use article::story::PubStatus;
    use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

    fn corpus(seed: u64, count: u64) -> Corpus {
        let options = Options {
            count,
            seed,
            into: None,
            own_pages: true,
            originals: false,
        };
        Corpus::new(&Tree::find().unwrap(), &options).unwrap()
    }

    fn json(article: &Article) -> String {
        serde_json::to_string(article).unwrap()
    }

    #[test]
    fn every_story_is_read_strictly_without_an_error_as_the_story_it_was() {
        let corpus = corpus(1, 600);
        for story in corpus.stories() {
            let source = json(&story);
            let strict = Article::read_strictly(&source);
            // The one thing that an archive has and no newsroom wants.
            let problems = strict.problems.iter();
            let others = problems.filter(|problem| problem.code != Code::Unsupported);
            assert_eq!(others.count(), 0, "{}", story.slug.as_str());
            assert_eq!(strict.article.map(|article| json(&article)), Some(source));
        }
        for page in site::pages() {
            assert_eq!(Article::read_strictly(&json(&page)).problems, []);
        }
        let site = site::site().to_string();
        assert_eq!(article::Site::read_strictly(&site).problems, []);
    }

    #[test]
    fn a_few_hundred_stories_have_every_block_type_and_every_fate() {
        let corpus = corpus(1, 600);
        let mut types = BTreeSet::new();
        let mut statuses = BTreeMap::new();
        let (mut expired, mut embargoed, mut corrected, mut legacy) = (0, 0, 0, 0);
        for story in corpus.stories() {
            for block in story.body.iter().chain(story.lead_media.as_deref()) {
                types.insert(block.type_name().to_owned());
            }
            *statuses.entry(story.pub_status.as_str()).or_insert(0) += 1;
            expired += usize::from(story.expires.is_some());
            embargoed += usize::from(story.embargoed_until.is_some());
            corrected += usize::from(!story.corrections.is_empty());
            legacy += usize::from(json(&story).contains("legacyOnly"));
        }
        let known: BTreeSet<String> = BLOCK_TYPES.iter().map(|name| (*name).into()).collect();
        assert_eq!(types, known);
        let of = |status: PubStatus| statuses.get(status.as_str()).copied();
        assert_eq!(of(PubStatus::Withheld), Some(2));
        assert_eq!(of(PubStatus::Canceled), Some(2));
        assert_eq!((expired, embargoed), (2, 2));
        assert!(corrected > 5 && legacy > 5, "{corrected} {legacy}");
    }

    /// Every `href` that begins with a slash, wherever it stands.
    fn paths(value: &serde_json::Value, found: &mut Vec<String>) {
        match value {
            serde_json::Value::Array(items) => items.iter().for_each(|item| paths(item, found)),
            serde_json::Value::Object(members) => {
                for (name, value) in members {
                    match value.as_str().filter(|_| name == "href") {
                        Some(href) if href.starts_with('/') => found.push(href.into()),
                        _ => paths(value, found),
                    }
                }
            }
            _ => {}
        }
    }

    #[test]
    fn links_lead_to_stories_and_files_that_are_there() {
        let corpus = corpus(5, 800);
        let stories: Vec<Article> = corpus.stories().collect();
        let address = |story: &Article| {
            format!(
                "/{}/stories/{}/",
                story.language.as_str(),
                story.slug.as_str()
            )
        };
        let there: HashSet<String> = stories.iter().map(address).collect();
        let folder = std::env::temp_dir().join(format!("corpus-media-{}", std::process::id()));
        corpus.media.copy(&folder).unwrap();
        let (mut to_stories, mut to_files) = (0, 0);
        for story in &stories {
            let mut found = Vec::new();
            paths(&serde_json::to_value(story).unwrap(), &mut found);
            for href in found {
                if href.starts_with("/media/") {
                    to_files += 1;
                    assert!(folder.join(&href[1..]).is_file(), "{href}");
                } else {
                    to_stories += 1;
                    assert!(there.contains(&href), "{href}");
                }
            }
        }
        fs::remove_dir_all(folder).unwrap();
        assert!(
            to_stories > 800 && to_files > 3_000,
            "{to_stories} {to_files}"
        );
    }

    #[test]
    fn translations_point_both_ways_with_one_original() {
        let corpus = corpus(1, 250);
        let stories: Vec<Article> = corpus.stories().collect();
        let by_id: HashMap<&str, &Article> = stories
            .iter()
            .map(|story| (story.id.as_str(), story))
            .collect();
        assert_eq!(by_id.len(), 250, "ids are unique");
        let mut pairs = 0;
        for story in &stories {
            assert!(
                story
                    .translations
                    .iter()
                    .filter(|other| other.original)
                    .count()
                    <= 1
            );
            for translation in &story.translations {
                let other = by_id[translation.id.as_deref().unwrap()];
                pairs += 1;
                assert_eq!(other.language, translation.language);
                assert_eq!(translation.headline, Some(other.headline.to_plain()));
                let back = other
                    .translations
                    .iter()
                    .find(|back| back.language == story.language);
                assert_eq!(back.and_then(|back| back.id.as_ref()), Some(&story.id));
            }
        }
        assert!(pairs > 100, "{pairs}");
    }

    #[test]
    fn old_addresses_and_slugs_belong_to_one_story_each() {
        let corpus = corpus(1, 2_000);
        let mut aliases = HashSet::new();
        let mut slugs = HashSet::new();
        for story in corpus.stories() {
            assert!(slugs.insert((story.language.clone(), story.slug.clone())));
            for alias in story.aliases {
                assert!(aliases.insert(alias));
            }
        }
        assert!(aliases.len() > 500);
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
        let texts = |seed| {
            corpus(seed, 120)
                .stories()
                .map(|s| json(&s))
                .collect::<Vec<_>>()
        };
        assert_eq!(texts(1), texts(1));
        let alike = texts(1)
            .iter()
            .zip(texts(2))
            .filter(|(a, b)| **a == *b)
            .count();
        assert_eq!(alike, 0);
    }

    #[test]
    fn a_story_of_a_small_corpus_is_the_same_in_a_large_one() {
        let (small, large) = (corpus(1, 200), corpus(1, 100_000));
        for number in 0..200 {
            assert_eq!(json(&small.article(number)), json(&large.article(number)));
        }
    }

    #[test]
    fn with_originals_every_picture_is_one_large_file() {
        let options = Options {
            count: 60,
            seed: 1,
            into: None,
            own_pages: true,
            originals: true,
        };
        let corpus = Corpus::new(&Tree::find().unwrap(), &options).unwrap();
        let mut seen = 0;
        for story in corpus.stories() {
            for image in story.images() {
                seen += 1;
                assert_eq!(image.renditions.len(), 1, "{}", story.slug.as_str());
                let original = image.renditions.first().unwrap();
                assert_eq!(original.content_type, "image/jpeg");
                assert!(original.width >= Some(960), "{:?}", original.width);
            }
        }
        assert!(seen > 20, "{seen}");
    }

    #[test]
    fn without_pages_of_their_own_photos_and_films_lose_their_ids_and_nothing_else() {
        let whole = corpus(1, 120);
        let plain = Corpus {
            own_pages: false,
            ..corpus(1, 120)
        };
        for (with, without) in whole.stories().zip(plain.stories()) {
            assert!(without.images().iter().all(|image| image.id.is_none()));
            assert!(without.videos().iter().all(|video| video.id.is_none()));
            // A topic has the id “film” as well; a film has a title behind it.
            let mut text = json(&with).replace(r#""id":"film","title""#, r#""title""#);
            for number in 1..40 {
                text = text.replace(&format!(r#""id":"photo-{number}","#), "");
            }
            assert!(json(&without) == text, "{}", with.slug.as_str());
        }
    }

    #[test]
    fn sixty_authors_fifty_places_and_forty_topics_are_all_used() {
        let corpus = corpus(1, 6_000);
        assert_eq!(corpus.newsroom.size(), (60, 50));
        let (mut authors, mut places, mut topics) =
            (HashSet::new(), HashSet::new(), HashSet::new());
        for story in corpus.stories() {
            authors.extend(story.authors.into_iter().filter_map(|author| author.id));
            topics.extend(story.subjects.into_iter().map(|topic| topic.id));
            places.extend(
                story
                    .location_created
                    .map(|place| (place.latitude, place.longitude)),
            );
        }
        assert_eq!((authors.len(), places.len(), topics.len()), (60, 50, 40));
    }

    #[test]
    fn a_folder_that_is_no_corpus_is_not_written_over() {
        let folder = std::env::temp_dir().join(format!("corpus-room-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("letter.txt"), "mine").unwrap();
        assert!(make_room(&folder).is_err());
        assert!(folder.join("letter.txt").is_file());
        fs::write(folder.join(MARK), "{}").unwrap();
        make_room(&folder).unwrap();
        assert!(!folder.exists());
    }

    #[test]
    fn a_count_is_asked_for_and_read() {
        let read = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|word| (*word).into()).collect();
            Options::read(&words).map(|options| (options.count, options.seed))
        };
        assert_eq!(read(&["100", "--seed", "7"]).unwrap(), (100, 7));
        assert!(read(&[]).is_err());
        assert!(read(&["many"]).is_err());
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(grouped(12), "12");
    }
}
