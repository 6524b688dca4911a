//! The lists of a site: each edition's, and those of its topics, authors and places.

use std::collections::{BTreeMap, BTreeSet};

use article::{Article, Language};
use serde::Serialize;

use super::parts::{self, Kind};
use super::summary::{MapLine, Summary};
use crate::check::Checked;
use crate::embargo::Visibility;
use crate::files::Role;
use crate::finding::Failure;
use crate::fingerprint;
use crate::listing::{self, Card};
use crate::maps::sitemap::Line;
use crate::output::Output;
use crate::snapshot::Snapshots;
use crate::story::{Facet, Named, Story};
use crate::{kept, spread};

/// A published article, as lists, feeds and maps show it.
pub struct Listed {
    /// Which of the articles it is.
    pub story: usize,
    /// The fingerprint of the article as readers get it.
    pub text: u64,
    pub line: MapLine,
    card: Card,
    photos: &'static [u8],
    films: &'static [u8],
}

impl Listed {
    pub fn new(story: usize, summary: Summary) -> Self {
        Self {
            story,
            text: summary.text,
            line: summary.line,
            card: Card::new(summary.card, summary.card_fingerprint),
            photos: summary.photos,
            films: summary.films,
        }
    }

    /// The fingerprints of the cards of its photos or films.
    pub fn parts(&self, kind: Kind) -> impl Iterator<Item = u64> {
        parts::read_fingerprints(match kind {
            Kind::Photos => self.photos,
            Kind::Films => self.films,
        })
    }
}

/// The articles as they were written. For development, where the published ones are
/// those of the writer, and nothing but lists is made of them.
pub fn of_sources(checked: &Checked, broken: &BTreeSet<&str>) -> Result<Vec<Listed>, Failure> {
    let stories: Vec<(usize, &Story)> = checked
        .stories
        .iter()
        .enumerate()
        .filter(|(_, story)| {
            let facts = story.facts.as_ref();
            !broken.contains(story.file.path.as_ref())
                && facts.is_some_and(|facts| checked.visibility(facts) == Visibility::Published)
        })
        .collect();
    let listed = spread::over(&stories, |(index, story)| {
        let source = checked.tree.read(&story.file.path).ok()?;
        let article = Article::read_leniently(&source).ok()?.article;
        let summary = Summary::of(&article, &source, &Line::default());
        Some(
            summary
                .and_then(|summary| Ok(Listed::new(*index, Summary::read(kept::bytes(summary))?))),
        )
    });
    listed.into_iter().flatten().collect()
}

/// The site in one language.
pub struct Edition<'a> {
    pub language: Language,
    /// Oldest first.
    pub stories: Vec<&'a Listed>,
}

/// The editions of a site, with their stories.
pub fn editions<'a>(checked: &Checked, listed: &'a [Listed]) -> Vec<Edition<'a>> {
    let mut editions: BTreeMap<String, Vec<&Listed>> = checked
        .languages()
        .into_iter()
        .map(|language| (language, Vec::new()))
        .collect();
    for one in listed {
        let is_story = checked
            .stories
            .get(one.story)
            .is_some_and(|story| story.file.role == Role::Story);
        let facts = checked.facts(one.story).filter(|_| is_story);
        if let Some(edition) = facts.and_then(|facts| editions.get_mut(facts.language.value)) {
            edition.push(one);
        }
    }
    editions
        .into_iter()
        .filter_map(|(language, mut stories)| {
            // Two stories of one moment keep their order by slug, so that the same
            // stories always make the same packs.
            stories.sort_by_cached_key(|one| {
                checked.facts(one.story).map(|facts| {
                    (
                        facts.published.map(|date| date.timestamp()),
                        facts.slug.value,
                    )
                })
            });
            Some(Edition {
                language: Language::new(&language)?,
                stories,
            })
        })
        .collect()
}

/// What was written.
pub struct Lists {
    /// A sentence for a person.
    pub note: String,
    /// For each edition the paths of the pages of photos and films that show any.
    pub pages: Vec<Vec<String>>,
}

/// Writes all lists, and the pages that show them.
pub fn write(
    checked: &Checked,
    output: &Output,
    editions: &[Edition<'_>],
    snapshots: Option<&Snapshots>,
) -> Result<Lists, Failure> {
    let mut counts = Vec::new();
    for edition in editions {
        let language = edition.language.as_str();
        counts.push(format!("{language} {}", edition.stories.len()));
        write_edition(checked, output, language, &edition.stories, snapshots)?;
    }
    let pages = spread::over_each(editions, |edition| {
        parts::write(checked, output, edition, snapshots)
    });
    Ok(Lists {
        note: format!("stories listed: {}", counts.join(", ")),
        pages: pages.into_iter().collect::<Result<_, _>>()?,
    })
}

fn write_edition(
    checked: &Checked,
    output: &Output,
    language: &str,
    stories: &[&Listed],
    snapshots: Option<&Snapshots>,
) -> Result<(), Failure> {
    let folder = format!("data/v1/{language}");
    let cards: Vec<&Card> = stories.iter().map(|one| &one.card).collect();
    let head = listing::write(output, &folder, &cards)?;
    if let Some(snapshots) = snapshots {
        snapshots.write_edition(language, head, output)?;
    }
    write_months(checked, output, &folder, stories)?;
    let mut lists: BTreeMap<(Facet, &str), (&Named, Vec<&Card>)> = BTreeMap::new();
    for one in stories {
        let facts = checked.facts(one.story);
        for (facet, named) in facts.iter().flat_map(|facts| facts.facets.iter()) {
            let list = lists
                .entry((*facet, named.id))
                .or_insert_with(|| (named, Vec::new()));
            // As the newest story calls it.
            list.0 = named;
            list.1.push(&one.card);
        }
    }
    let all: Vec<_> = lists.iter().collect();
    for written in spread::over(&all, |((facet, id), (_, cards))| {
        listing::write(
            output,
            &format!("{folder}/{}/{id}", folder_of(*facet)),
            cards,
        )
    }) {
        written?;
    }
    for facet in [Facet::Topic, Facet::Author, Facet::Place] {
        let names: Vec<Entry<'_>> = lists
            .iter()
            .filter(|((kind, _), _)| *kind == facet)
            .map(|((_, id), (named, cards))| Entry {
                id,
                name: named.name,
                count: cards.len(),
            })
            .collect();
        let path = format!("{folder}/{}.json", folder_of(facet));
        write_json(output, &path, &BTreeMap::from([(folder_of(facet), names)]))?;
    }
    Ok(())
}

/// A line in the list of topics, authors or places.
#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    name: &'a str,
    count: usize,
}

pub fn folder_of(facet: Facet) -> &'static str {
    match facet {
        Facet::Topic => "topics",
        Facet::Author => "authors",
        Facet::Place => "places",
    }
}

/// Which part of the edition's list each month is: the archive is walked by it. What
/// is dated by its year alone stands under the year.
fn write_months(
    checked: &Checked,
    output: &Output,
    folder: &str,
    stories: &[&Listed],
) -> Result<(), Failure> {
    let mut months: Vec<Month> = Vec::new();
    for (from, one) in stories.iter().enumerate() {
        let date = checked.facts(one.story).and_then(|facts| facts.published);
        let Some(date) = date else { continue };
        let month = match date.month {
            Some(month) => format!("{:04}-{month:02}", date.year),
            None => format!("{:04}", date.year),
        };
        match months.last_mut() {
            Some(last) if last.month == month => last.count += 1,
            _ => months.push(Month {
                month,
                from,
                count: 1,
            }),
        }
    }
    write_json(
        output,
        &format!("{folder}/months.json"),
        &BTreeMap::from([("months", months)]),
    )
}

#[derive(Serialize)]
struct Month {
    /// `2026-11`, or `2003`.
    month: String,
    /// The place of its first story in the edition's list, which begins at 0.
    from: usize,
    count: usize,
}

fn write_json(output: &Output, path: &str, value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string(value)
        .map_err(|error| Failure(format!("could not write {path}: {error}")))?;
    output.unit(path, fingerprint::of(&text), |files| {
        files.write(path, text.as_bytes())?;
        Ok(None)
    })?;
    Ok(())
}
