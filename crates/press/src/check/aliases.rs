//! Every old address leads to one story, and no live page is hidden behind one.

use std::collections::HashMap;
use std::sync::Arc;

use super::Checked;
use crate::address::{Address, Part, old_address, written};
use crate::finding::Finding;
use crate::fingerprint::{self, Map};
use crate::story::{self, Alias, Facts, Link, Story};

/// Every old address, in its comparable form, and the story it leads to.
pub fn of_site(checked: &Checked) -> HashMap<String, &Story> {
    checked
        .known()
        .flat_map(|(story, facts)| {
            facts
                .aliases
                .iter()
                .map(move |alias| (old_address(alias.link.text.value), story))
        })
        .collect()
}

pub fn check(checked: &Checked) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut taken: Map<u64, &Arc<str>> = Map::default();
    for (story, facts) in checked.known() {
        for Alias { link, address } in &facts.aliases {
            let alias = &link.text;
            let place = || (&story.file.path, alias.span());
            let finding = |kind: &str| {
                let (file, span) = place();
                Finding::error(kind, file, span)
            };
            if !alias.value.starts_with('/') || alias.value.starts_with("//") {
                findings.push(
                    finding("broken-alias")
                        .says(format!("“{}” is not an old address of this site", alias.value))
                        .hint("Write the path and query only, beginning with one slash: /news/2003/ferry.html or /?p=412."),
                );
                continue;
            }
            if let Some(target) = live(link, checked) {
                findings.push(match target {
                    Target::Article(other) if std::ptr::eq(other, story) => finding("alias-loop")
                        .says(format!("“{}” is the address of this very story", alias.value))
                        .hint("Remove it from \"aliases\": it would lead to itself for ever."),
                    Target::Article(other) if leads_back(other, story, facts, checked) => {
                        finding("alias-loop")
                            .says(format!(
                                "“{}” is the address of {}, which claims the address of this story in turn",
                                alias.value, other.file.path
                            ))
                            .hint("Remove one of the two aliases: a reader would be sent to and fro for ever.")
                    }
                    Target::Article(other) => finding("alias-is-live")
                        .says(format!(
                            "“{}” is the address of {}, which is still there",
                            alias.value, other.file.path
                        ))
                        .hint("Remove it from \"aliases\", or give the other story another slug."),
                    Target::Page => finding("alias-is-live")
                        .says(format!("“{}” is a page of the site", alias.value))
                        .hint("Remove it from \"aliases\"."),
                });
            }
            if let Some(first) = taken.get(address) {
                let message = if **first == story.file.path {
                    format!("the alias “{}” stands here twice", alias.value)
                } else {
                    format!("the alias “{}” already leads to {first}", alias.value)
                };
                findings.push(
                    finding("repeated-alias")
                        .says(message)
                        .hint("Leave it with the one story its readers want."),
                );
            } else {
                taken.insert(*address, &story.file.path);
            }
        }
    }
    findings
}

enum Target<'a> {
    Article(&'a Story),
    Page,
}

/// The page that stands at an address now. With a query it is an old address of
/// another system, whatever its path.
fn live<'a>(link: &Link, checked: &'a Checked) -> Option<Target<'a>> {
    let alias = &link.text.value;
    if alias.contains('?') {
        return None;
    }
    // Most lead to no page: their text need not be taken apart.
    match link.target {
        story::Target::Article(place) => return checked.story_in(place).map(Target::Article),
        story::Target::Front => return Some(Target::Page),
        story::Target::Part(_) | story::Target::Elsewhere => return None,
        story::Target::File(_) => {}
    }
    match Address::of(alias, checked.site())? {
        Address::Front | Address::Search | Address::List { .. } => Some(Target::Page),
        Address::Article {
            role,
            language,
            slug,
            part: Part::Whole,
        } => checked
            .story_at(role, &language, &slug)
            .map(Target::Article),
        Address::Article { .. } => None,
        Address::Other(path) => checked
            .tree
            .files
            .contains_key(&path)
            .then_some(Target::Page),
    }
}

/// Whether the other story has an alias that is this one's address.
fn leads_back(other: &Story, story: &Story, facts: &Facts, checked: &Checked) -> bool {
    let own = fingerprint::of(
        old_address(&written(
            story.file.role,
            facts.language.value,
            facts.slug.value,
        ))
        .as_str(),
    );
    let mut seen: Vec<&Story> = Vec::new();
    let mut next = vec![other];
    while let Some(story) = next.pop() {
        if seen.iter().any(|known| std::ptr::eq(*known, story)) {
            continue;
        }
        seen.push(story);
        for alias in story.facts.iter().flat_map(|facts| facts.aliases.iter()) {
            if alias.address == own {
                return true;
            }
            if let Some(Target::Article(further)) = live(&alias.link, checked) {
                next.push(further);
            }
        }
    }
    false
}
