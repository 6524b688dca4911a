//! The strict reading of a whole site: every file for itself, then the rules
//! that no file can keep alone.
//!
//! Each rule is a function from what was read to findings; none knows of another.

mod aliases;
mod future;
mod identity;
mod links;
pub mod media;
mod names;
mod translations;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use article::json;
use article::site::Site;

use crate::embargo::{AsOf, Visibility, visibility};
use crate::files::{ArticleFile, Role, Tree};
use crate::finding::{Failure, Finding};
use crate::fingerprint;
use crate::memory::Memory;
use crate::spread;
use crate::story::{self, Facts, Link, Links, Story};

pub use media::file_of as media_file;

pub const SITE_FILE: &str = "public/site.json";

/// Errors about what surrounds a story: it can be read all the same. In the
/// development loop such a story stays in the lists, because a story is often
/// written before its pictures and before the stories it points to.
const OF_SURROUNDINGS: [&str; 4] = [
    links::DEAD,
    media::MISSING,
    translations::INCONSISTENT,
    translations::ONE_SIDED,
];

/// A site as it was read, and everything found wrong with it.
pub struct Checked {
    pub tree: Tree,
    pub as_of: AsOf,
    /// When reading began.
    pub began: SystemTime,
    /// `None` when `site.json` is missing or is none at all.
    pub site: Option<SiteFile>,
    pub stories: Vec<Story>,
    /// Which story stands at an address.
    index: Index,
    pub findings: Vec<Finding>,
}

/// `site.json`.
pub struct SiteFile {
    pub site: Site,
    pub links: Links,
    /// Those of `links` that lead to pages, with where they lead.
    pub leads: Box<[Link]>,
    /// Of its text.
    pub fingerprint: u64,
}

/// Stories by their places in the site.
type Index = fingerprint::Map<u64, usize>;

/// Reads everything under `public/` strictly. What is remembered of a file that has
/// not changed since is believed.
///
/// # Errors
/// Only when there is no site to read. What is wrong with it is in the findings.
pub fn check(root: &Path, as_of: AsOf, memory: &mut Memory) -> Result<Checked, Failure> {
    let began = SystemTime::now();
    let mut tree = Tree::find(root)?;
    let mut findings = std::mem::take(&mut tree.findings);
    let site = read_site(&tree, &mut findings);
    memory.see_site(site.as_ref().map_or(0, |file| file.fingerprint));
    memory.see_files(&tree.files);
    let known = site.as_ref().map(|file| &file.site);
    let new: Vec<&ArticleFile> = tree
        .articles
        .iter()
        .filter(|file| !memory.knows(file))
        .collect();
    let mut read = spread::over_shown("Checking stories", &new, |file| {
        story::read(&tree, known, file)
    })
    .into_iter();
    let mut stories = Vec::with_capacity(tree.articles.len());
    for file in &tree.articles {
        let Some(story) = memory.recall(file).or_else(|| read.next()) else {
            continue;
        };
        findings.extend(story.found.iter().cloned());
        stories.push(story);
    }
    let mut checked = Checked {
        index: Index::default(),
        tree,
        as_of,
        began,
        site,
        stories,
        findings: Vec::new(),
    };
    checked.index_stories();
    // None knows of another, so they can run side by side.
    type Rule = fn(&Checked) -> Vec<Finding>;
    let rules: [Rule; 7] = [
        links::check,
        translations::check,
        identity::check,
        aliases::check,
        names::check,
        media::check,
        future::check,
    ];
    for found in spread::over_each(&rules, |rule| rule(&checked)) {
        findings.extend(found);
    }
    checked.add(findings);
    Ok(checked)
}

fn read_site(tree: &Tree, findings: &mut Vec<Finding>) -> Option<SiteFile> {
    let path: Arc<str> = SITE_FILE.into();
    if !tree.has_site {
        findings.push(
            Finding::error("missing-site", &path, None)
                .says("the file is missing")
                .hint("Write what the site is called and which languages it has: {\"name\": \"…\", \"baseUrl\": \"https://…/\", \"languages\": [\"en\"], \"defaultLanguage\": \"en\"}."),
        );
        return None;
    }
    let source = match tree.read(&path) {
        Ok(source) => source,
        Err(finding) => {
            findings.push(*finding);
            return None;
        }
    };
    let strict = Site::read_strictly(&source);
    findings.extend(
        strict
            .problems
            .into_iter()
            .map(|problem| story::problem_at(problem, &path)),
    );
    let mut links = Links::default();
    if let Some(value) = &json::parse(&source).value {
        links.collect(value);
    }
    strict.site.map(|site| SiteFile {
        leads: links
            .pages
            .iter()
            .map(|text| Link::of(text.clone(), Some(&site)))
            .collect(),
        site,
        links,
        fingerprint: fingerprint::of(&source),
    })
}

impl Checked {
    fn index_stories(&mut self) {
        self.index.reserve(self.stories.len());
        for (position, story) in self.stories.iter().enumerate() {
            self.index.insert(story.place, position);
            if let Some(facts) = &story.facts
                && facts.place != story.place
            {
                self.index.entry(facts.place).or_insert(position);
            }
        }
    }

    /// The story that stands at an address, published or not.
    pub fn story_at(&self, role: Role, language: &str, slug: &str) -> Option<&Story> {
        self.story_in(story::place(role, language, slug))
    }

    /// The same by the fingerprint of its place.
    pub fn story_in(&self, place: u64) -> Option<&Story> {
        self.stories.get(*self.index.get(&place)?)
    }

    /// Adds what was found, in the order of the files and of the places in them.
    pub fn add(&mut self, findings: Vec<Finding>) {
        self.findings.extend(findings);
        self.findings.sort_by(|a, b| {
            let place = |finding: &Finding| finding.span.map(|span| span.start);
            a.file.cmp(&b.file).then_with(|| place(a).cmp(&place(b)))
        });
    }

    pub fn role(&self, story: usize) -> Option<Role> {
        Some(self.stories.get(story)?.file.role)
    }

    /// The facts of the story of that number.
    pub fn facts(&self, story: usize) -> Option<&Facts> {
        self.stories.get(story)?.facts.as_ref()
    }

    pub fn site(&self) -> Option<&Site> {
        self.site.as_ref().map(|file| &file.site)
    }

    /// The languages of the site; where its own file cannot be read, those of the folders.
    pub fn languages(&self) -> Vec<String> {
        match self.site() {
            Some(site) => site
                .languages
                .iter()
                .map(|language| language.as_str().to_owned())
                .collect(),
            None => {
                let mut folders: Vec<String> = self
                    .stories
                    .iter()
                    .map(|story| story.file.language.clone())
                    .collect();
                folders.sort();
                folders.dedup();
                folders
            }
        }
    }

    pub fn visibility(&self, facts: &Facts) -> Visibility {
        visibility(facts, self.as_of)
    }

    /// Every story that could be read, with its facts.
    pub fn known(&self) -> impl Iterator<Item = (&Story, &Facts)> {
        self.stories
            .iter()
            .filter_map(|story| story.facts.as_ref().map(|facts| (story, facts)))
    }

    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(Finding::is_error)
    }

    /// The files with an error for which their story cannot be shown as it was meant.
    pub fn broken(&self) -> BTreeSet<&str> {
        self.findings
            .iter()
            .filter(|finding| finding.is_error())
            .filter(|finding| !OF_SURROUNDINGS.contains(&finding.kind.as_str()))
            .map(|finding| finding.file.as_ref())
            .filter(|file| *file != SITE_FILE)
            .collect()
    }
}
