//! What a build makes of a checked site.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use article::json::Span;
use article::listing::Card;
use article::{Article, json};

use crate::address::Address;
use crate::check::{Checked, media_file};
use crate::compact::compact;
use crate::embargo::Visibility;
use crate::files::Role;
use crate::finding::Failure;
use crate::output::Output;
use crate::story::{Facts, Story};
use crate::{listing, report, snapshot, spread, tombstone};

pub struct Options {
    pub into: PathBuf,
    /// In development: leave out what is broken, and leave the stories as Trunk copied them.
    pub keep_going: bool,
    /// Where the release's style and program are named, if snapshots are wanted.
    pub assets: Option<PathBuf>,
}

/// Builds the site and gives the sentences that tell what was done.
///
/// # Errors
/// When a file cannot be written.
pub fn build(checked: &Checked, options: &Options) -> Result<Vec<String>, Failure> {
    // Read first: a wrong --assets should be told before anything is written.
    let snapshots = options
        .assets
        .as_deref()
        .map(|assets| snapshot::prepare(checked, assets))
        .transpose()?;
    let output = Output::open(&options.into, &checked.tree.root)?;
    let broken = checked.broken();
    let mut said = Vec::new();

    let listed = write_lists(checked, &output, &broken)?;
    output.sweep("data/v1", |_| true)?;
    said.push(listed);
    if !broken.is_empty() {
        said.push(format!(
            "left out because of their errors: {}",
            broken.iter().copied().collect::<Vec<_>>().join(", ")
        ));
    }

    said.extend(withhold(checked, &output)?);
    if !options.keep_going {
        let stories: Vec<_> = sound(checked, &broken).collect();
        for written in spread::over(&stories, |(story, facts)| {
            write_article(checked, &output, story, facts)
        }) {
            written?;
        }
        // Whatever else was copied there: drafts, and stories taken out since.
        for role in [Role::Story, Role::Page] {
            output.sweep(role.folder(), |_| true)?;
        }
    }
    if let Some(snapshots) = snapshots {
        said.push(snapshots.write(checked, &output, &broken)?);
    }
    said.push(format!(
        "{} written to {}",
        report::counted(output.changed(), "changed file"),
        report::path(&options.into)
    ));
    Ok(said)
}

/// The articles without an error.
pub fn sound<'a>(
    checked: &'a Checked,
    broken: &'a BTreeSet<&str>,
) -> impl Iterator<Item = (&'a Story, &'a Facts)> {
    checked
        .stories
        .iter()
        .filter(|story| !broken.contains(story.file.path.as_ref()))
        .filter_map(|story| story.facts.as_ref().map(|facts| (story, facts)))
}

fn write_lists(
    checked: &Checked,
    output: &Output,
    broken: &BTreeSet<&str>,
) -> Result<String, Failure> {
    let mut editions: BTreeMap<String, Vec<Card>> = checked
        .languages()
        .into_iter()
        .map(|language| (language, Vec::new()))
        .collect();
    for (story, facts) in sound(checked, broken) {
        if story.file.role == Role::Story
            && checked.visibility(facts) == Visibility::Published
            && let Some(cards) = editions.get_mut(&facts.language.value)
        {
            cards.push(facts.card.clone());
        }
    }
    let mut counts = Vec::new();
    for (language, cards) in editions {
        counts.push(format!("{language} {}", cards.len()));
        for (name, bytes) in listing::files(cards)? {
            output.write(&format!("data/v1/{language}/{name}"), &bytes)?;
        }
    }
    Ok(format!("stories listed: {}", counts.join(", ")))
}

/// Takes out of the built site what nobody may read: Trunk has copied it there.
fn withhold(checked: &Checked, output: &Output) -> Result<Vec<String>, Failure> {
    let mut embargoed = Vec::new();
    let mut tombstones = Vec::new();
    let mut hidden_media = BTreeSet::new();
    let mut shown_media = BTreeSet::new();
    let mut unreadable = false;
    for story in &checked.stories {
        let Some(facts) = &story.facts else {
            unreadable = true;
            continue;
        };
        let links = facts.links.media.iter().chain(&facts.links.pages);
        let media = links.filter_map(|link| media_file(&link.value));
        match checked.visibility(facts) {
            Visibility::Published => {
                shown_media.extend(media);
                continue;
            }
            Visibility::Embargoed { .. } => {
                output.remove(&story.file.published_path())?;
                embargoed.push(story.file.path.as_ref());
            }
            Visibility::Tombstone => {
                write_tombstone(checked, output, story)?;
                tombstones.push(story.file.path.as_ref());
            }
        }
        hidden_media.extend(media);
    }
    // A picture may say more than its story. Which ones an unreadable story
    // needs is not known, so then they all stay.
    if !unreadable {
        let site = checked.site.iter().flat_map(|file| &file.links.media);
        shown_media.extend(site.filter_map(|link| media_file(&link.value)));
        for path in hidden_media.difference(&shown_media) {
            if path.starts_with("media/") && checked.tree.files.contains(path) {
                output.remove(path)?;
            }
        }
    }
    let mut said = Vec::new();
    if !embargoed.is_empty() {
        said.push(format!(
            "left out, because it is not their time yet at {}: {}",
            checked.as_of.date(),
            embargoed.join(", ")
        ));
    }
    if !tombstones.is_empty() {
        said.push(format!(
            "withheld, canceled or expired, so only a headline remains: {}",
            tombstones.join(", ")
        ));
    }
    Ok(said)
}

fn write_tombstone(checked: &Checked, output: &Output, story: &Story) -> Result<(), Failure> {
    let text = published_text(checked, story)?.unwrap_or_default();
    output.write(&story.file.published_path(), text.as_bytes())
}

fn write_article(
    checked: &Checked,
    output: &Output,
    story: &Story,
    facts: &Facts,
) -> Result<(), Failure> {
    match checked.visibility(facts) {
        // Written already.
        Visibility::Tombstone | Visibility::Embargoed { .. } => Ok(()),
        Visibility::Published => match published_text(checked, story)? {
            Some(text) => output.write(&story.file.published_path(), text.as_bytes()),
            None => Ok(()),
        },
    }
}

/// An article as readers get it; `None` while it is under embargo.
pub fn published_text(checked: &Checked, story: &Story) -> Result<Option<String>, Failure> {
    let Some(facts) = &story.facts else {
        return Ok(None);
    };
    let visibility = checked.visibility(facts);
    if matches!(visibility, Visibility::Embargoed { .. }) {
        return Ok(None);
    }
    let changed = || {
        Failure(format!(
            "{} changed while it was read; run press again",
            story.file.path
        ))
    };
    let source = checked.tree.read(&story.file.path).map_err(|_| changed())?;
    if visibility == Visibility::Tombstone {
        let article = Article::read_leniently(&source)
            .map_err(|_| changed())?
            .article;
        return serde_json::to_string(&tombstone::of(&article, &story.file))
            .map(Some)
            .map_err(|error| Failure(format!("could not write {}: {error}", story.file.path)));
    }
    compact(&source, &pointers_to_embargoed(&source, checked))
        .map(Some)
        .ok_or_else(changed)
}

/// The list items of an article that announce a story before its time: its
/// translations and related links carry the address and often the headline.
fn pointers_to_embargoed(source: &str, checked: &Checked) -> Vec<Span> {
    let mut spans = Vec::new();
    if let Some(root) = &json::parse(source).value {
        for name in ["translations", "relatedLinks", "body"] {
            let Some(json::Kind::Array(items)) = root.get(name).map(|list| &list.kind) else {
                continue;
            };
            for item in items {
                let href = if name == "body" {
                    item.get("link").and_then(|link| link.get("href"))
                } else {
                    item.get("href")
                };
                let is_early = href
                    .and_then(|href| href.as_str())
                    .is_some_and(|href| is_embargoed(href, checked));
                if is_early {
                    spans.push(item.span);
                }
            }
        }
    }
    spans
}

/// Whether an address leads to a story before its time.
pub fn is_embargoed(href: &str, checked: &Checked) -> bool {
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
