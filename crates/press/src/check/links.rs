//! Every link inside the site leads to a page that is there.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Checked, aliases};
use crate::address::{Address, Part, old_address, written};
use crate::embargo::Visibility;
use crate::finding::Finding;
use crate::nearest::nearest;
use crate::spread;
use crate::story::Story;

pub const DEAD: &str = "dead-link";

pub fn check(checked: &Checked) -> Vec<Finding> {
    // Only a dead link asks for it.
    let old = LazyLock::new(|| aliases::of_site(checked));
    let files: Vec<_> = checked.links().collect();
    let found = spread::over(&files, |(file, links)| {
        let mut findings = Vec::new();
        for link in *links {
            let Some(address) = Address::of(&link.value, checked.site()) else {
                continue;
            };
            match lookup(&address, checked) {
                Found::Page => {}
                Found::Embargoed(story, until) => findings.push(
                    Finding::warning("link-to-embargoed", file, link.span())
                        .says(format!(
                            "“{}” is not published before {until}; until then only the words of this link are on the site",
                            link.value
                        ))
                        .hint(format!(
                            "Publish it together with {}, or take the link out for now.",
                            story.file.path
                        )),
                ),
                Found::NoPart(story, what, ids) => findings.push(
                    Finding::error(DEAD, file, link.span())
                        .says(format!("{} has no {what}", story.file.path))
                        .hint(if ids.is_empty() {
                            "Give it an \"id\" there, or link to the story.".into()
                        } else {
                            format!("The ids there: {}.", ids.join(", "))
                        }),
                ),
                Found::Nothing => findings.push(
                    Finding::error(DEAD, file, link.span())
                        .says(format!("“{}” leads to nothing on this site", link.value))
                        .hint(hint(&link.value, &address, checked, &old)),
                ),
            }
        }
        findings
    });
    found.into_iter().flatten().collect()
}

enum Found<'a> {
    Page,
    Embargoed(&'a Story, article::Date),
    NoPart(&'a Story, String, Vec<String>),
    Nothing,
}

fn lookup<'a>(address: &Address, checked: &'a Checked) -> Found<'a> {
    let (role, language, slug, part) = match address {
        Address::Front | Address::Search => return Found::Page,
        Address::Other(path) if checked.tree.files.contains_key(path) => return Found::Page,
        Address::Other(_) => return Found::Nothing,
        Address::Article {
            role,
            language,
            slug,
            part,
        } => (*role, language, slug, part),
    };
    let Some(story) = checked.story_at(role, language, slug) else {
        return Found::Nothing;
    };
    // What is wrong with an unreadable story is told there.
    let Some(facts) = &story.facts else {
        return Found::Page;
    };
    let (ids, id, what) = match part {
        Part::Whole => {
            return match checked.visibility(facts) {
                Visibility::Embargoed { until } => Found::Embargoed(story, until),
                Visibility::Published | Visibility::Tombstone => Found::Page,
            };
        }
        Part::Photo(id) => (&facts.photos, id, "picture"),
        Part::Video(id) => (&facts.videos, id, "video"),
    };
    if ids.iter().any(|known| **known == **id) {
        Found::Page
    } else {
        Found::NoPart(
            story,
            format!("{what} with the id “{id}”"),
            ids.iter().map(ToString::to_string).collect(),
        )
    }
}

fn hint(href: &str, address: &Address, checked: &Checked, old: &HashMap<String, &Story>) -> String {
    let path = href.split('#').next().unwrap_or_default();
    if let Some(story) = old.get(&old_address(path)) {
        let file = &story.file;
        return format!(
            "This is an old address; write {}.",
            written(file.role, &file.language, &file.stem)
        );
    }
    match address {
        Address::Article {
            role,
            language,
            slug,
            ..
        } => {
            let slugs = checked
                .stories
                .iter()
                .map(|story| &story.file)
                .filter(|file| file.role == *role && file.language.eq_ignore_ascii_case(language))
                .map(|file| file.stem.as_str());
            match nearest(slug, slugs) {
                Some(near) => format!("Did you mean {}?", written(*role, language, near)),
                None => format!(
                    "There is no public/{}/{language}/{slug}.json. Write the story, or take the link out.",
                    role.folder()
                ),
            }
        }
        Address::Other(path) => {
            let files = checked.tree.files.keys().map(String::as_str);
            match nearest(path, files) {
                Some(near) => format!("Did you mean /{near}?"),
                None => format!(
                    "There is no such page, and no file public/{path}. The address of a story is /<language>/stories/<slug>/."
                ),
            }
        }
        Address::Front | Address::Search => String::new(),
    }
}
