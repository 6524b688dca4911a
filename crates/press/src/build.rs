//! What a build makes of a checked site.
//!
//! A release is made of units: an article with its pages, a list, a file that is
//! copied. Each is made anew only if something it is made of has changed since the
//! last build; [`crate::output`] sees to it that the site changes as a whole.

mod earlier;
mod early;
mod lists;
mod outward;
pub mod parts;
mod public;
mod summary;
mod withheld;

use std::path::PathBuf;
use std::sync::Arc;

use article::{Article, json};

use crate::address::{self, Address};
use crate::allowed::Allowed;
use crate::base::Base;
use crate::card;
use crate::check::{Checked, SITE_FILE};
use crate::compact::{Edits, edited};
use crate::complete::{self, Known};
use crate::embargo::Visibility;
use crate::files::Role;
use crate::finding::Failure;
use crate::fingerprint::{self, Set};
use crate::hosts::{self, Hosts};
use crate::inlined::Inlined;
use crate::maps::{self, sitemap};
use crate::memory::{Memory, Remember};
use crate::output::{Direct, Files, Outcome, Output, Staged};
use crate::snapshot::Snapshots;
use crate::stamp::Stamp;
use crate::story::{Facts, Story};
use crate::{report, snapshot, spread, tombstone};

use lists::Listed;
#[cfg(feature = "media")]
pub use public::shown_as_it_is;
use summary::Summary;

pub struct Options {
    pub root: PathBuf,
    pub into: PathBuf,
    /// In development: leave out what is broken, and leave the stories as Trunk copied them.
    pub keep_going: bool,
    /// The folder of the built app, if pages are wanted.
    pub app: Option<PathBuf>,
    /// Trust nothing of the last build.
    pub fresh: bool,
    /// Write `.br` and `.gz` beside the files.
    pub precompress: bool,
    /// The hosts whose files are wanted too.
    pub hosts: Hosts,
}

/// A build that has its place, and has not read the site yet.
pub struct Build {
    options: Options,
    output: Output,
    pub memory: Memory,
    known: Known,
}

/// What a build has done.
pub struct Built {
    /// Paths below the built site.
    pub written: Vec<String>,
    pub removed: Vec<String>,
    /// Sentences for a person.
    pub notes: Vec<String>,
}

impl Build {
    /// Takes its place in the folder of the built site.
    ///
    /// # Errors
    /// When the folder cannot be built into, or somebody else is building there.
    pub fn open(options: Options) -> Result<Self, Failure> {
        let (output, memory) = if options.keep_going {
            let direct = Direct::open(&options.into, &options.root)?;
            (Output::Direct(direct), Memory::default())
        } else {
            let (staged, memory) = Staged::open(
                &options.into,
                &options.root,
                options.fresh,
                options.precompress,
            )?;
            (Output::Staged(staged), memory)
        };
        Ok(Self {
            options,
            output,
            memory,
            known: Known::default(),
        })
    }

    /// Makes what readers get of pictures, films and captions, and adds what is wrong
    /// with some of them to the findings. With errors in the stories it only looks.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn complete(&mut self, checked: &mut Checked) -> Result<(), Failure> {
        if self.options.keep_going {
            return Ok(());
        }
        let findings = if checked.has_errors() {
            complete::look(checked)
        } else {
            let (known, findings) = complete::make(checked, &self.output)?;
            self.known = known;
            findings
        };
        checked.add(findings);
        Ok(())
    }

    /// Builds the site.
    ///
    /// # Errors
    /// When a file cannot be read or written; the site that was there stays.
    pub fn build(self, checked: &Checked) -> Result<Built, Failure> {
        let Self {
            options,
            output,
            memory,
            known,
        } = self;
        // Read first: a wrong --app should be told before anything is written.
        let app = options.app.as_deref();
        let inlined = app.map(Inlined::read).transpose()?.flatten();
        let allowed = Allowed::of(checked, inlined.as_ref());
        let policy = options.hosts.policy_in_pages(&allowed);
        let snapshots = app
            .map(|app| snapshot::prepare(checked, app, inlined, policy))
            .transpose()?;
        let broken = checked.broken();
        let withheld = withheld::of(checked);
        let mut notes = Vec::new();
        if memory.is_refused {
            notes.push(
                "what was remembered of the last build is damaged or does not belong to the site that is there: everything was made anew".into(),
            );
        }
        let listed = match &output {
            Output::Direct(direct) => {
                withheld::take_out(checked, direct, &withheld)?;
                lists::of_sources(checked, &broken)?
            }
            Output::Staged(_) => articles(checked, &output, &known, snapshots.as_ref())?,
        };
        let editions = lists::editions(checked, &listed);
        let list = lists::write(checked, &output, &editions, snapshots.as_ref())?;
        notes.push(list.note);
        if !broken.is_empty() {
            notes.push(format!(
                "left out because of their errors: {}",
                broken.iter().copied().collect::<Vec<_>>().join(", ")
            ));
        }
        notes.extend(withheld.sentences(checked));
        if let Output::Staged(_) = output {
            if let Some(snapshots) = &snapshots {
                snapshots.write_missing(&output)?;
            }
            let pages: Vec<&Listed> = listed
                .iter()
                .filter(|one| checked.role(one.story) == Some(Role::Page))
                .collect();
            outward::write(checked, &output, &editions, &list.pages, &pages, app)?;
            public::copy(checked, &output, &withheld, &known)?;
            if let Some(app) = app {
                public::copy_app(app, &allowed, &output)?;
                public::write_worker(checked, app, &output)?;
                earlier::keep(app, &allowed, &options.into, &output)?;
            }
            notes.extend(hosts::write(
                checked,
                &output,
                &options.hosts,
                allowed,
                &options.into,
            )?);
        }
        let outcome = finish(output, &memory, checked)?;
        // The process ends soon: an archive's worth of cards need not be taken apart.
        std::mem::forget((memory, editions));
        std::mem::forget(listed);
        let removed = match outcome.removed.len() {
            0 => String::new(),
            count => format!(", {count} removed"),
        };
        notes.push(format!(
            "{} written to {}{removed}",
            report::counted(outcome.written.len(), "changed file"),
            report::path(&options.into)
        ));
        Ok(Built {
            written: outcome.written,
            removed: outcome.removed,
            notes,
        })
    }
}

/// Lets the new site take its place.
fn finish(output: Output, memory: &Memory, checked: &Checked) -> Result<Outcome, Failure> {
    match output {
        Output::Direct(direct) => direct.finish("data/v1"),
        Output::Staged(staged) => staged.finish(|places, units| {
            let remember = Remember {
                site: checked.site.as_ref().map_or(0, |file| file.fingerprint),
                files: &checked.tree.files,
                stories: checked
                    .stories
                    .iter()
                    .filter(|story| !story.file.stamp.is_too_young(checked.began))
                    .collect(),
                forgotten: memory.forgotten().collect(),
            };
            remember.save(places, memory.base.as_ref(), units)
        }),
    }
}

/// What articles are made of besides themselves.
struct Articles<'a> {
    checked: &'a Checked,
    known: &'a Known,
    snapshots: Option<&'a Snapshots>,
    base: Option<Base>,
    /// The places of what is not out yet.
    embargoed: Set<u64>,
}

/// Every article that may be seen, with its pages. Gives what is shown of each elsewhere.
fn articles(
    checked: &Checked,
    output: &Output,
    known: &Known,
    snapshots: Option<&Snapshots>,
) -> Result<Vec<Listed>, Failure> {
    let is_embargoed =
        |facts: &Facts| matches!(checked.visibility(facts), Visibility::Embargoed { .. });
    let articles = Articles {
        checked,
        known,
        snapshots,
        base: checked.site().and_then(Base::of),
        embargoed: checked
            .known()
            .filter(|(_, facts)| is_embargoed(facts))
            .flat_map(|(story, facts)| [story.place, facts.place])
            .collect(),
    };
    let stories: Vec<(usize, &Story, &Facts)> = checked
        .stories
        .iter()
        .enumerate()
        .filter_map(|(index, story)| Some((index, story, story.facts.as_ref()?)))
        .filter(|(_, _, facts)| !is_embargoed(facts))
        .collect();
    let made = spread::over_shown("Writing stories", &stories, |(index, story, facts)| {
        let summary = articles.unit(output, story, facts)?;
        summary
            .filter(|_| checked.visibility(facts) == Visibility::Published)
            .map(|summary| Ok(Listed::new(*index, Summary::read(summary)?)))
            .transpose()
    });
    made.into_iter()
        .filter_map(Result::transpose)
        .collect::<Result<Vec<_>, Failure>>()
}

impl Articles<'_> {
    /// An article's files, made anew if something they are made of has changed.
    fn unit(
        &self,
        output: &Output,
        story: &Story,
        facts: &Facts,
    ) -> Result<Option<&'static [u8]>, Failure> {
        let alternates = self
            .snapshots
            .map(|snapshots| snapshots.alternates(self.checked, story, facts))
            .unwrap_or_default();
        let key = fingerprint::of(&(
            self.snapshots.map_or(0, Snapshots::fingerprint),
            self.base.as_ref().map(|base| base.url("")),
            stamped(&story.file.stamp, self.checked),
            self.known.fingerprint(&facts.media),
            self.checked.visibility(facts) == Visibility::Published,
            early_links(self.checked, facts, &self.embargoed),
            &alternates,
        ));
        output.unit(&story.file.published_path(), key, |files| {
            self.make(files, story, facts, alternates).map(Some)
        })
    }

    fn make(
        &self,
        files: &mut Files<'_>,
        story: &Story,
        facts: &Facts,
        alternates: Vec<(String, String)>,
    ) -> Result<Vec<u8>, Failure> {
        let text = published_text(self.checked, self.known, story, facts)?;
        files.write(&story.file.published_path(), text.as_bytes())?;
        let read = Arc::new(Article::read_leniently(&text).map_err(|_| changed(story))?);
        let article = &read.article;
        let is_published = self.checked.visibility(facts) == Visibility::Published;
        let line = self
            .base
            .as_ref()
            .filter(|_| is_published && article.canonical_url.is_none())
            .map(|base| map_line(story.file.role, article, base, &alternates));
        if let Some(snapshots) = self.snapshots {
            snapshots.write_article(files, &story.file, &read, &text, is_published, alternates)?;
        }
        Summary::of(article, &text, &line.unwrap_or_default())
    }
}

/// An article's line in the sitemap.
fn map_line(
    role: Role,
    article: &Article,
    base: &Base,
    alternates: &[(String, String)],
) -> sitemap::Line {
    let shown = maps::media::of(article);
    let headline = article.plain_headline();
    sitemap::line_of(
        &sitemap::Page {
            language: &article.language,
            path: &address::written(role, article.language.as_str(), article.slug.as_str()),
            story: (role == Role::Story).then_some(sitemap::Story {
                headline: &headline,
                published: article.date_published,
                modified: article.date_modified,
            }),
            pictures: &shown.pictures,
            films: &shown.films,
            alternates,
        },
        base,
    )
}

/// A story's card as JSON.
fn card_of(article: &Article) -> Result<String, Failure> {
    serde_json::to_string(&card::of(article))
        .map_err(|error| Failure(format!("could not write a card: {error}")))
}

fn changed(story: &Story) -> Failure {
    Failure(format!(
        "{} changed while it was read; run press again",
        story.file.path
    ))
}

/// An article as readers get it. It must not be under embargo.
fn published_text(
    checked: &Checked,
    known: &Known,
    story: &Story,
    facts: &Facts,
) -> Result<String, Failure> {
    let source = checked
        .tree
        .read(&story.file.path)
        .map_err(|_| changed(story))?;
    if checked.visibility(facts) == Visibility::Tombstone {
        let article = Article::read_leniently(&source)
            .map_err(|_| changed(story))?
            .article;
        return serde_json::to_string(&tombstone::of(&article, &story.file))
            .map_err(|error| Failure(format!("could not write {}: {error}", story.file.path)));
    }
    let parsed = json::parse(&source);
    let root = parsed.value.filter(|_| parsed.error.is_none());
    let root = root.ok_or_else(|| changed(story))?;
    let mut edits = Edits {
        without: early::in_article(&root, |href| is_embargoed(href, checked)),
        ..Edits::default()
    };
    complete::edits(&root, known, &mut edits);
    Ok(edited(&root, &edits, source.len()))
}

/// A stamp as far as it can be relied on: that of a file which has just been written
/// says nothing yet, and the next build looks again.
pub fn stamped(stamp: &Stamp, checked: &Checked) -> u64 {
    if stamp.is_too_young(checked.began) {
        fingerprint::of(&(stamp, checked.began))
    } else {
        fingerprint::of(stamp)
    }
}

/// The addresses in an article that lead to a story before its time.
fn early_links<'a>(checked: &Checked, facts: &'a Facts, embargoed: &Set<u64>) -> Vec<&'a str> {
    if embargoed.is_empty() {
        return Vec::new();
    }
    let translations = facts.translations.iter().map(|one| &one.link);
    facts
        .links
        .iter()
        .chain(translations)
        .filter(|link| {
            let place = link.target.article();
            place.is_some_and(|place| embargoed.contains(&place))
        })
        .map(|link| link.text.value)
        .filter(|href| is_embargoed(href, checked))
        .collect()
}

/// The site's own file as readers get it: nothing in it announces a story before its
/// time. `None` if the file is none, or no longer what was checked.
pub fn published_site(checked: &Checked) -> Option<String> {
    let source = checked.tree.read(&SITE_FILE.into()).ok()?;
    let parsed = json::parse(&source);
    let root = parsed.value.filter(|_| parsed.error.is_none())?;
    let edits = Edits {
        without: early::in_site(&root, |href| is_embargoed(href, checked)),
        ..Edits::default()
    };
    Some(edited(&root, &edits, source.len()))
}

/// Whether an address leads to a story before its time.
fn is_embargoed(href: &str, checked: &Checked) -> bool {
    let Some(Address::Article {
        role,
        language,
        slug,
        ..
    }) = Address::of(href, checked.site())
    else {
        return false;
    };
    checked
        .story_at(role, &language, &slug)
        .and_then(|story| story.facts.as_ref())
        .is_some_and(|facts| matches!(checked.visibility(facts), Visibility::Embargoed { .. }))
}
