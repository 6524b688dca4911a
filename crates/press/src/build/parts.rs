//! The lists of an edition's photos and films, and the pages that show them.
//!
//! A large archive has more photos than stories, and most lists of them do not change.
//! So no card of theirs is kept from one build to the next: what is remembered is a
//! fingerprint of each, and a pack is a unit of its own, for which the stories of its
//! sixteen cards are read back only if one of them has changed. Lists are filled side by
//! side from the oldest story on, so that a first build reads each story once.

use std::collections::{BTreeMap, HashMap};

use article::Article;
use article::listing::{self as model, PACK_SIZE, PACKS_IN_HEAD};
use serde::Serialize;

pub use super::lists::folder_of;
use super::lists::{Edition, Listed};
use crate::check::Checked;
use crate::finding::Failure;
use crate::listing::{named_packs, pack_name};
use crate::output::Output;
use crate::snapshot::Snapshots;
use crate::story::{Facet, Named};
use crate::{card, fingerprint};

/// Topics, and as many places, that a list offers to be narrowed by: those with the most
/// photos. More would be a page of links above the first picture.
const FILTERS: usize = 24;

/// Stories whose cards are held in memory, about four kilobytes each.
const HELD: usize = 4096;

/// Which list of parts it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Photos,
    Films,
}

/// A list as its address names it.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    pub language: &'a str,
    pub kind: Kind,
    /// The topic or place it is narrowed to.
    pub only: Option<(Facet, &'a str)>,
}

impl Place<'_> {
    /// Below the site's root, with a slash at its end: `en/photos/topics/sea/`.
    pub fn path(&self) -> String {
        let kind = match self.kind {
            Kind::Photos => "photos",
            Kind::Films => "videos",
        };
        match self.only {
            None => format!("{}/{kind}/", self.language),
            Some((facet, id)) => {
                format!("{}/{kind}/{}/{id}/", self.language, folder_of(facet))
            }
        }
    }
}

/// A photo or film of a story.
#[derive(Clone, Copy)]
struct Part {
    /// The place of its story in the edition.
    story: usize,
    /// Its own among the parts of the story.
    at: usize,
    /// Of its card.
    fingerprint: u64,
}

/// A list that is being filled, the oldest part first.
#[derive(Default)]
struct List<'a> {
    named: Option<&'a Named>,
    parts: Vec<Part>,
    packs: Vec<&'static str>,
}

/// Writes the lists of an edition's photos and films. Gives the paths of those that hold
/// anything, as the sitemap names pages.
pub fn write(
    checked: &Checked,
    output: &Output,
    edition: &Edition<'_>,
    snapshots: Option<&Snapshots>,
) -> Result<Vec<String>, Failure> {
    let mut pages = Vec::new();
    for kind in [Kind::Photos, Kind::Films] {
        pages.extend(write_kind(checked, output, edition, kind, snapshots)?);
    }
    Ok(pages)
}

fn write_kind(
    checked: &Checked,
    output: &Output,
    edition: &Edition<'_>,
    kind: Kind,
    snapshots: Option<&Snapshots>,
) -> Result<Vec<String>, Failure> {
    let language = edition.language.as_str();
    let place = |only| Place {
        language,
        kind,
        only,
    };
    let mut cards = Cards {
        checked,
        output,
        stories: &edition.stories,
        kind,
        newer: HashMap::new(),
        older: HashMap::new(),
    };
    let mut lists: BTreeMap<Option<(Facet, &str)>, List<'_>> = BTreeMap::new();
    // There is always a page of all, even where there is nothing to show.
    lists.insert(None, List::default());
    for (story, one) in edition.stories.iter().enumerate() {
        let fingerprints = one.parts(kind);
        let facets = checked.facts(one.story).map(|facts| &*facts.facets);
        // Newest first, a story's own photos stand in the order of the story.
        for (at, fingerprint) in fingerprints
            .enumerate()
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
        {
            let part = Part {
                story,
                at,
                fingerprint,
            };
            let facets = facets.unwrap_or_default().iter();
            let narrowed = facets
                .filter(|(facet, _)| kind == Kind::Photos && *facet != Facet::Author)
                .map(|(facet, named)| (Some((*facet, named.id)), Some(named)));
            for (only, named) in narrowed.chain([(None, None)]) {
                let list = lists.entry(only).or_default();
                // As the newest story calls it.
                list.named = named.or(list.named);
                list.parts.push(part);
                if list.parts.len().is_multiple_of(PACK_SIZE) {
                    close(list, &place(only), output, &mut cards)?;
                }
            }
        }
    }
    let mut pages = Vec::new();
    for (only, list) in &lists {
        let place = place(*only);
        write_head(&place, list, &lists, output, &mut cards, snapshots)?;
        if !list.parts.is_empty() {
            pages.push(format!("/{}", place.path()));
        }
    }
    Ok(pages)
}

/// Writes the pack that has just been filled.
fn close(
    list: &mut List<'_>,
    place: &Place<'_>,
    output: &Output,
    cards: &mut Cards<'_>,
) -> Result<(), Failure> {
    let from = list.parts.len() - PACK_SIZE;
    let parts = list.parts.get(from..).unwrap_or_default();
    let fingerprints: Vec<u64> = parts.iter().map(|part| part.fingerprint).collect();
    let folder = format!("data/v1/{}", place.path());
    let number = list.packs.len();
    let name = output.unit_with_text(
        &format!("{folder}{number:04}"),
        fingerprint::of(&fingerprints),
        |files| {
            let pack = format!("{{\"cards\":[{}]}}", cards.written(parts)?);
            let name = pack_name(number, &pack);
            files.write_named(&format!("{folder}{name}"), || pack.into_bytes())?;
            Ok(Some(name))
        },
    )?;
    list.packs.push(name.unwrap_or_default());
    Ok(())
}

/// What a head says besides its cards.
#[derive(Serialize, Hash)]
struct Filters<'a> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    topics: Vec<Filter<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    places: Vec<Filter<'a>>,
}

/// The model's [`model::Filter`].
#[derive(Serialize, Hash)]
struct Filter<'a> {
    id: &'a str,
    name: &'a str,
}

/// Writes the head of a list, and the page that shows it.
fn write_head(
    place: &Place<'_>,
    list: &List<'_>,
    lists: &BTreeMap<Option<(Facet, &str)>, List<'_>>,
    output: &Output,
    cards: &mut Cards<'_>,
    snapshots: Option<&Snapshots>,
) -> Result<(), Failure> {
    let filters = Filters {
        topics: most(Facet::Topic, place, lists),
        places: most(Facet::Place, place, lists),
    };
    let in_head = list.parts.len() % PACK_SIZE + PACK_SIZE;
    let newest: Vec<Part> = list.parts.iter().rev().take(in_head).copied().collect();
    let fingerprints: Vec<u64> = newest.iter().map(|part| part.fingerprint).collect();
    let key = fingerprint::of(&(
        snapshots.map_or(0, Snapshots::fingerprint),
        &fingerprints,
        list.parts.len(),
        &list.packs,
        &filters,
    ));
    output.unit(&place.path(), key, |files| {
        let folder = format!("data/v1/{}", place.path());
        let packs: Vec<String> = list.packs.iter().map(|name| (*name).to_owned()).collect();
        let named = packs.len().saturating_sub(PACKS_IN_HEAD);
        if named > 0 {
            let names = named_packs(&packs);
            files.write(&format!("{folder}packs.json"), names.as_bytes())?;
        }
        let failed = |error| Failure(format!("could not write {folder}head.json: {error}"));
        let mut head = format!(
            "{{\"count\":{},\"cards\":[{}]",
            list.parts.len(),
            cards.written(&newest)?
        );
        if !packs.is_empty() {
            let newest = packs.get(named..).unwrap_or_default();
            let newest = serde_json::to_string(newest).map_err(failed)?;
            head.push_str(&format!(",\"packs\":{newest}"));
        }
        let filters = serde_json::to_string(&filters).map_err(failed)?;
        if let Some(filters) = filters.strip_prefix('{').filter(|rest| *rest != "}") {
            head.push(',');
            head.push_str(filters);
        } else {
            head.push('}');
        }
        files.write(&format!("{folder}head.json"), head.as_bytes())?;
        if let Some(snapshots) = snapshots {
            snapshots.write_list(place, &head, !list.parts.is_empty(), files)?;
        }
        Ok(None)
    })?;
    Ok(())
}

/// The topics or places with the most photos, and the list's own, in the order of their
/// names: so that a new photo seldom changes the pages of all.
fn most<'a>(
    facet: Facet,
    place: &Place<'_>,
    lists: &BTreeMap<Option<(Facet, &'a str)>, List<'a>>,
) -> Vec<Filter<'a>> {
    let mut found: Vec<(bool, usize, Filter<'a>)> = lists
        .iter()
        .filter_map(|(only, list)| {
            let (_, id) = only.filter(|(of, _)| *of == facet)?;
            let name = list.named?.name;
            let is_own = place.only == Some((facet, id));
            Some((is_own, list.parts.len(), Filter { id, name }))
        })
        .collect();
    found.sort_by_key(|(is_own, photos, _)| std::cmp::Reverse((*is_own, *photos)));
    found.truncate(FILTERS);
    let mut filters: Vec<Filter<'a>> = found.into_iter().map(|(_, _, filter)| filter).collect();
    filters.sort_by_key(|filter| (filter.name, filter.id));
    filters
}

/// The cards of an edition's photos or films, read back from its stories.
struct Cards<'a> {
    checked: &'a Checked,
    output: &'a Output,
    stories: &'a [&'a Listed],
    kind: Kind,
    /// By the place of their story. Two halves, of which the older is let go as a whole.
    newer: HashMap<usize, Vec<String>>,
    older: HashMap<usize, Vec<String>>,
}

impl Cards<'_> {
    /// The cards as JSON, with commas between them.
    fn written(&mut self, parts: &[Part]) -> Result<String, Failure> {
        let mut text = String::new();
        for part in parts {
            self.read(part.story)?;
            let cards = self.newer.get(&part.story);
            let card = cards.and_then(|cards| cards.get(part.at));
            let card = card.ok_or_else(|| {
                Failure("a story changed while it was listed; run press again".into())
            })?;
            if !text.is_empty() {
                text.push(',');
            }
            text.push_str(card);
        }
        Ok(text)
    }

    fn read(&mut self, story: usize) -> Result<(), Failure> {
        if self.newer.contains_key(&story) {
            return Ok(());
        }
        let cards = match self.older.remove(&story) {
            Some(cards) => cards,
            None => match self.stories.get(story) {
                Some(one) => written(&self.article(one)?, self.kind)?,
                None => Vec::new(),
            },
        };
        if self.newer.len() >= HELD / 2 {
            self.older = std::mem::take(&mut self.newer);
        }
        self.newer.insert(story, cards);
        Ok(())
    }

    /// An article as it is published; in development, as it was written.
    fn article(&self, one: &Listed) -> Result<Article, Failure> {
        let Some(story) = self.checked.stories.get(one.story) else {
            return Ok(Article::default());
        };
        let text = match self.output {
            Output::Direct(_) => self
                .checked
                .tree
                .read(&story.file.path)
                .map_err(|_| super::changed(story))?
                .to_string(),
            Output::Staged(_) => self.output.read(&story.file.published_path())?,
        };
        Article::read_leniently(&text)
            .map(|lenient| lenient.article)
            .map_err(|_| super::changed(story))
    }
}

/// The cards of a story's photos or films as JSON.
fn written(article: &Article, kind: Kind) -> Result<Vec<String>, Failure> {
    let cards: Vec<model::Card> = match kind {
        Kind::Photos => card::photos(article),
        Kind::Films => card::films(article),
    };
    cards
        .iter()
        .map(serde_json::to_string)
        .collect::<Result<_, _>>()
        .map_err(|error| Failure(format!("could not write a card: {error}")))
}

/// The fingerprints of the cards of a story's photos or films, as they are remembered:
/// eight bytes each.
pub fn fingerprints(article: &Article, kind: Kind) -> Result<Vec<u8>, Failure> {
    let cards = written(article, kind)?;
    Ok(cards
        .iter()
        .flat_map(|card| fingerprint::of(card).to_le_bytes())
        .collect())
}

/// The same read back.
pub fn read_fingerprints(bytes: &[u8]) -> impl Iterator<Item = u64> {
    bytes
        .chunks_exact(8)
        .filter_map(|eight| Some(u64::from_le_bytes(eight.try_into().ok()?)))
}
