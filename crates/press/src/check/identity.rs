//! No two articles share an id or a slug, and no two topics, authors or places a folder.

use std::collections::BTreeMap;

use super::Checked;
use crate::composed::composed;
use crate::finding::Finding;
use crate::fingerprint::{self, Map};
use crate::story::Story;

pub fn check(checked: &Checked) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut slugs: Map<u64, &Story> = Map::default();
    let mut ids: Map<&str, &Story> = Map::default();
    for (story, facts) in checked.known() {
        // Compared as the file systems of macOS and Windows do: there, two names
        // that differ only in case are one file, and one story overwrites the other.
        let slug = composed(facts.slug.value).to_lowercase();
        let place = fingerprint::of(&(story.file.role, &facts.language.value, slug));
        if let Some(first) = slugs.get(&place) {
            findings.push(
                Finding::error("repeated-slug", &story.file.path, facts.slug.span())
                    .says(format!(
                        "the slug “{}” is already that of {}",
                        facts.slug.value, first.file.path
                    ))
                    .hint("Give one of the two another slug and file name; put its old address into \"aliases\" if it was ever published."),
            );
        } else {
            slugs.insert(place, story);
        }
        let id = facts.id.value;
        if id.is_empty() {
            continue;
        }
        if let Some(first) = ids.get(id) {
            findings.push(
                Finding::error("repeated-id", &story.file.path, facts.id.span())
                    .says(format!("the id “{id}” is already that of {}", first.file.path))
                    .hint("Give the newer story an id of its own; an id is never used again, a translation has its own."),
            );
        } else {
            ids.insert(id, story);
        }
    }
    findings.extend(lists(checked));
    findings
}

/// Ids of topics, authors and places that differ only in case: each has a folder of
/// lists, and on macOS and Windows those would be one.
fn lists(checked: &Checked) -> Vec<Finding> {
    let mut spellings: BTreeMap<_, BTreeMap<&str, &Story>> = BTreeMap::new();
    for (story, facts) in checked.known() {
        for (facet, named) in &facts.facets {
            let list = (
                *facet,
                facts.language.value,
                composed(named.id).to_lowercase(),
            );
            spellings
                .entry(list)
                .or_default()
                .entry(named.id)
                .or_insert(story);
        }
    }
    let differing = spellings.into_values().filter(|known| known.len() > 1);
    differing
        .flat_map(|known| {
            let mut known = known.into_iter();
            let first = known.next();
            known.filter_map(move |(id, story)| {
                let (other, first) = first?;
                let file = &story.file.path;
                let finding = Finding::error("repeated-list", file, None)
                    .says(format!(
                        "the id “{id}” differs only in capital letters from “{other}” in {}; their lists would lie in one folder",
                        first.file.path
                    ))
                    .hint("Write the id of a topic, author or place in the same way everywhere.");
                Some(finding)
            })
        })
        .collect()
}
