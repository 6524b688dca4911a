//! `cargo xtask bench press`: what a publisher waits for, beside Hugo.
//!
//! Both programs make one page of each of the same generated stories, into an empty
//! folder, in turns: press, Hugo, press, Hugo. Compared are medians and the median of the
//! ratios of neighbours, because another program on the machine then slows both.
//! Prints a table for docs/benchmarks.md, which says what is compared and what not.

use super::{
    hugo,
    measure::{self, Cost},
};
use crate::{
    corpus::{self, Corpus, grouped},
    step::{Tree, announce, capture, run},
    tools,
};
use anyhow::{Context, Result, ensure};
use std::{
    env, fs,
    num::NonZero,
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::Duration,
};

pub struct Options {
    /// Stories.
    pub count: u64,
    /// How often each program runs.
    pub pairs: usize,
    /// A press that is built already.
    pub press: Option<PathBuf>,
    /// Whether Hugo runs too. Above some hundred thousand stories it needs more
    /// memory than most machines have.
    pub with_hugo: bool,
}

impl Options {
    pub fn read(arguments: &[String]) -> Result<Self> {
        const USAGE: &str =
            "cargo xtask bench press [N] [--pairs P] [--press PROGRAM] [--without-hugo]";
        let mut options = Self {
            count: 10_000,
            pairs: 5,
            press: None,
            with_hugo: true,
        };
        let mut words = arguments.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--pairs" => {
                    options.pairs = words
                        .next()
                        .and_then(|pairs| pairs.parse().ok())
                        .context("--pairs needs a whole number")?;
                }
                "--press" => {
                    let program = words.next().context("--press needs a program")?;
                    options.press = Some(std::path::absolute(program)?);
                }
                "--without-hugo" => options.with_hugo = false,
                number => {
                    options.count = number.parse().with_context(|| {
                        format!("bench press does not know {number}; write {USAGE}")
                    })?;
                }
            }
        }
        ensure!(
            options.count > 0 && options.pairs > 0,
            "at least one story and one pair of runs: {USAGE}"
        );
        Ok(options)
    }
}

/// Everything about how press is called.
struct Press {
    program: PathBuf,
    /// The folder in which `public/` lies.
    root: PathBuf,
    /// A folder like that of the built app.
    app: PathBuf,
}

impl Press {
    fn check(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.arg("check").arg("--root").arg(&self.root);
        command
    }

    /// The lists and the stories, without pages.
    fn lists(&self, into: &Path) -> Command {
        let mut command = Command::new(&self.program);
        command
            .arg("build")
            .arg("--root")
            .arg(&self.root)
            .arg("--into")
            .arg(into);
        command
    }

    /// The same and a page for each address.
    fn pages(&self, into: &Path) -> Command {
        let mut command = self.lists(into);
        command.arg("--app").arg(&self.app);
        command
    }
}

/// What press needs of a built app: the names of its files, and the interface's words,
/// which the generated site has of its own.
fn write_app(app: &Path, root: &Path) -> Result<()> {
    let names = r#"{"style":{"href":"assets/style-0.css"},"boot":{"href":"assets/boot-0.js"}}"#;
    for (path, text) in [
        ("assets/assets.json", names),
        ("version.json", r#"{"build":"0"}"#),
    ] {
        let file = app.join(path);
        fs::create_dir_all(file.parent().unwrap_or(app))?;
        fs::write(&file, text).with_context(|| file.display().to_string())?;
    }
    let words = app.join("i18n");
    fs::create_dir_all(&words)?;
    for entry in fs::read_dir(root.join("src/i18n"))? {
        let entry = entry?;
        fs::copy(entry.path(), words.join(entry.file_name()))?;
    }
    Ok(())
}

/// Runs everything and prints the table.
pub fn bench(tree: &Tree, options: &Options) -> Result<()> {
    let hugo = match options.with_hugo {
        true => Some(tools::hugo(tree)?),
        false => None,
    };
    let program = program(tree, options)?;
    let sources = |own_pages| corpus::Options {
        count: options.count,
        seed: corpus::SEED,
        into: None,
        own_pages,
        originals: false,
    };
    let work = tree.path("target/bench-press");
    fs::create_dir_all(&work).with_context(|| work.display().to_string())?;
    let app = work.join("app");
    let press = |own_pages| -> Result<Press> {
        let root = corpus::ensure_corpus(tree, &sources(own_pages))?;
        write_app(&app, &root)?;
        Ok(Press {
            program: program.clone(),
            root,
            app: app.clone(),
        })
    };
    // The site as it is, and the one in which a story is one page.
    let (whole, plain) = (press(true)?, press(false)?);
    let corpus = Corpus::new(tree, &sources(false))?;
    let hugo_site = work.join("hugo");
    if hugo.is_some() {
        announce("hugo site", "the same stories as Hugo wants them");
        hugo::write(&corpus, &hugo_site)?;
    }
    // A new folder for every run, and all of them removed at the end: creating files
    // right after thousands were removed took press three times as long.
    let results = work.join("results");
    empty(&results)?;
    let (mut ours, mut theirs) = (PathBuf::new(), PathBuf::new());
    let run_hugo = |program: &Path, into: &Path| {
        let mut command = Command::new(program);
        command
            .arg("--quiet")
            .arg("--source")
            .arg(&hugo_site)
            .arg("--destination")
            .arg(into)
            .arg("--cacheDir")
            .arg(work.join("cache-hugo"));
        measure::run(&mut command)
    };

    let (mut checks, mut lists, mut every) = (Vec::new(), Vec::new(), Vec::new());
    let (mut every_again, mut whole_size) = (Vec::new(), Size::default());
    let mut edit = Edit::new(&corpus, &whole.root, None)?;
    for turn in 1..=options.pairs {
        let turns = format!("{turn} of {}", options.pairs);
        announce(
            "press alone",
            &format!("check; lists and stories; all pages, twice: {turns}"),
        );
        settle(tree)?;
        checks.push(measure::run(&mut whole.check())?);
        ours = results.join(format!("lists-{turn}"));
        settle(tree)?;
        lists.push(measure::run(&mut whole.lists(&ours))?);
        ours = results.join(format!("every-{turn}"));
        settle(tree)?;
        every.push(measure::run(&mut whole.pages(&ours))?);
        edit.make(turn)?;
        settle(tree)?;
        every_again.push(measure::run(&mut whole.pages(&ours))?);
        edit.undo()?;
        whole_size = Size::of(&ours)?;
    }
    let (mut pages, mut hugos) = (Vec::new(), Vec::new());
    for turn in 1..=options.pairs {
        announce(
            "a page a story",
            &format!("into an empty folder, {turn} of {}", options.pairs),
        );
        ours = results.join(format!("press-{turn}"));
        settle(tree)?;
        pages.push(measure::run(&mut plain.pages(&ours))?);
        if let Some(program) = &hugo {
            theirs = results.join(format!("hugo-{turn}"));
            settle(tree)?;
            hugos.push(run_hugo(program, &theirs)?);
        }
    }
    let mut edit = Edit::new(&corpus, &plain.root, hugo.is_some().then_some(&hugo_site))?;
    let (mut again, mut hugos_again) = (Vec::new(), Vec::new());
    for turn in 1..=options.pairs {
        announce(
            "one story edited",
            &format!("built again, {turn} of {}", options.pairs),
        );
        edit.make(turn)?;
        settle(tree)?;
        again.push(measure::run(&mut plain.pages(&ours))?);
        if let Some(program) = &hugo {
            settle(tree)?;
            hugos_again.push(run_hugo(program, &theirs)?);
        }
    }
    edit.undo()?;

    let version = match &hugo {
        Some(program) => hugo_version(tree, program)?,
        None => String::new(),
    };
    let rows = [
        Row::new("a page a story, into an empty folder", &pages, &hugos),
        Row::new(
            "the same again after one story was edited",
            &again,
            &hugos_again,
        ),
        Row::new("check: every file read strictly", &checks, &[]),
        Row::new("check, lists and stories, without pages", &lists, &[]),
        Row::new(
            "every page, photos and films too, into an empty folder",
            &every,
            &[],
        ),
        Row::new(
            "every page again after one story was edited",
            &every_again,
            &[],
        ),
    ];
    println!(
        "\n{} stories (seed {}), {} cores, median of {} runs each{}.\n",
        grouped(options.count),
        corpus::SEED,
        thread::available_parallelism().map_or(1, NonZero::get),
        options.pairs,
        if hugo.is_some() { ", in turns" } else { "" }
    );
    print!("{}", table(&rows, &version));
    println!();
    let outputs = [
        ("press, a page a story", Size::of(&ours)?, &pages),
        ("Hugo, a page a story", Size::of(&theirs)?, &hugos),
        ("press, every page", whole_size, &every),
    ];
    println!("| | HTML pages | pages a second | milliseconds a page | MB of HTML | MB in all |");
    println!("| --- | --- | --- | --- | --- | --- |");
    for (name, size, costs) in outputs.iter().filter(|(_, _, costs)| !costs.is_empty()) {
        let seconds = measure::summary(costs).wall.as_secs_f64();
        println!(
            "| {name} | {} | {} | {:.3} | {} | {} |",
            grouped(size.pages),
            grouped((size.pages as f64 / seconds) as u64),
            seconds * 1000.0 / size.pages as f64,
            grouped(size.html.div_ceil(1_000_000)),
            grouped(size.all.div_ceil(1_000_000)),
        );
    }
    for folder in [&results, &hugo_site] {
        empty(folder)?;
    }
    Ok(())
}

/// The press to measure: a release with snapshots, as publishers have it.
fn program(tree: &Tree, options: &Options) -> Result<PathBuf> {
    if let Some(program) = &options.press {
        return Ok(program.clone());
    }
    run(
        "press",
        "a release with snapshots, as publishers have it",
        tree.command("cargo")
            .args(["build", "--quiet", "--release", "--package", "press"])
            .args(["--features", crate::release::PRESS]),
    )?;
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| tree.path("target"), PathBuf::from);
    Ok(target.join("release/press"))
}

fn hugo_version(tree: &Tree, program: &Path) -> Result<String> {
    let answer = capture(tree.command(&program.to_string_lossy()).arg("version"))?;
    let version = answer.text.split_whitespace().nth(1).unwrap_or_default();
    let version = version.split(['-', '+']).next().unwrap_or_default();
    Ok(version.trim_start_matches('v').to_owned())
}

/// A change of one word in one story, in both sites, and the way back.
struct Edit {
    /// Each file with its text as it was, and where a paragraph of it begins.
    files: Vec<(PathBuf, String, &'static str)>,
}

impl Edit {
    fn new(corpus: &Corpus, root: &Path, hugo_site: Option<&PathBuf>) -> Result<Self> {
        let story = corpus
            .stories()
            .find(hugo::is_published)
            .context("the corpus has no story that is out")?;
        let ours = root.join(format!(
            "public/articles/{}/{}.json",
            story.language.as_str(),
            story.slug.as_str()
        ));
        let mut places = vec![(ours, r#""content":""#)];
        if let Some(hugo_site) = hugo_site {
            places.push((hugo_site.join(hugo::content(&story)), "<p>"));
        }
        let files = places
            .into_iter()
            .map(|(file, start)| {
                let text = fs::read_to_string(&file)
                    .with_context(|| format!("{} cannot be read", file.display()))?;
                ensure!(text.contains(start), "{} has no paragraph", file.display());
                Ok((file, text, start))
            })
            .collect::<Result<_>>()?;
        Ok(Self { files })
    }

    fn make(&mut self, turn: usize) -> Result<()> {
        for (file, text, start) in &self.files {
            let edited = text.replacen(start, &format!("{start}Edit {turn}. "), 1);
            fs::write(file, edited).with_context(|| file.display().to_string())?;
        }
        Ok(())
    }

    fn undo(&self) -> Result<()> {
        for (file, text, _) in &self.files {
            fs::write(file, text).with_context(|| file.display().to_string())?;
        }
        Ok(())
    }
}

/// A corpus is used again by the next bench: it must not keep an edit of one that
/// broke off.
impl Drop for Edit {
    fn drop(&mut self) {
        let _ = self.undo();
    }
}

struct Row<'a> {
    what: &'static str,
    press: &'a [Cost],
    /// None where Hugo has nothing like it.
    hugo: &'a [Cost],
}

impl<'a> Row<'a> {
    fn new(what: &'static str, press: &'a [Cost], hugo: &'a [Cost]) -> Self {
        Self { what, press, hugo }
    }
}

fn table(rows: &[Row<'_>], hugo: &str) -> String {
    let mut lines = if hugo.is_empty() {
        vec![
            "| | press | processor time | peak memory |".to_owned(),
            "| --- | --- | --- | --- |".to_owned(),
        ]
    } else {
        vec![
            format!(
                "| | press | Hugo {hugo} | press ÷ Hugo | peak memory, press | peak memory, Hugo |"
            ),
            "| --- | --- | --- | --- | --- | --- |".to_owned(),
        ]
    };
    for row in rows {
        let press = measure::summary(row.press);
        lines.push(if hugo.is_empty() {
            let processor = seconds(press.processor);
            let (wall, peak) = (seconds(press.wall), megabytes(press.peak));
            format!("| {} | {wall} | {processor} | {peak} |", row.what)
        } else if row.hugo.is_empty() {
            let (wall, peak) = (seconds(press.wall), megabytes(press.peak));
            format!("| {} | {wall} | – | – | {peak} | – |", row.what)
        } else {
            let theirs = measure::summary(row.hugo);
            format!(
                "| {} | {} | {} | {:.2} | {} | {} |",
                row.what,
                seconds(press.wall),
                seconds(theirs.wall),
                measure::ratio(row.press, row.hugo),
                megabytes(press.peak),
                megabytes(theirs.peak),
            )
        });
    }
    lines.join("\n") + "\n"
}

fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", grouped(bytes.div_ceil(1_000_000)))
}

/// What a program wrote.
#[derive(Debug, Default, PartialEq)]
struct Size {
    pages: u64,
    html: u64,
    all: u64,
}

impl Size {
    fn of(folder: &Path) -> Result<Self> {
        let mut size = Self::default();
        if !folder.exists() {
            return Ok(size);
        }
        let mut open = vec![folder.to_path_buf()];
        while let Some(folder) = open.pop() {
            let entries = fs::read_dir(&folder).with_context(|| folder.display().to_string())?;
            for entry in entries {
                let entry = entry?;
                let about = entry.metadata()?;
                if about.is_dir() {
                    open.push(entry.path());
                    continue;
                }
                size.all += about.len();
                if entry
                    .path()
                    .extension()
                    .is_some_and(|ending| ending == "html")
                {
                    size.pages += 1;
                    size.html += about.len();
                }
            }
        }
        Ok(size)
    }
}

/// Waits until the disk has what was written so far, so that no run pays for the
/// one before it.
fn settle(tree: &Tree) -> Result<()> {
    let answer = capture(&mut tree.command("sync"))?;
    ensure!(answer.success, "sync failed: {}", answer.text);
    Ok(())
}

fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("{} cannot be removed", folder.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_both_did_gets_a_ratio() {
        let costs = [Cost {
            wall: Duration::from_millis(1500),
            processor: Duration::from_secs(2),
            peak: 250_000_000,
        }];
        let rows = [
            Row::new("check", &costs, &[]),
            Row::new("pages", &costs, &costs),
        ];
        let with = table(&rows, "0.1");
        assert!(
            with.contains("| check | 1.50 s | – | – | 250 MB | – |"),
            "{with}"
        );
        assert!(
            with.contains("| pages | 1.50 s | 1.50 s | 1.00 | 250 MB | 250 MB |"),
            "{with}"
        );
        let without = table(&rows, "");
        assert!(
            without.contains("| pages | 1.50 s | 2.00 s | 250 MB |"),
            "{without}"
        );
    }

    #[test]
    fn options_have_defaults_and_unknown_words_are_refused() {
        let read = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|word| (*word).into()).collect();
            Options::read(&words)
        };
        let options = read(&[]).unwrap();
        assert_eq!(
            (options.count, options.pairs, options.with_hugo),
            (10_000, 5, true)
        );
        let options = read(&["500", "--pairs", "3", "--without-hugo"]).unwrap();
        assert_eq!(
            (options.count, options.pairs, options.with_hugo),
            (500, 3, false)
        );
        assert!(read(&["--pairs"]).is_err());
        assert!(read(&["quickly"]).is_err());
    }
}
