//! Every link inside the site leads to a page that is there.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use super::{Checked, SITE_FILE, aliases};
use crate::address::{Address, Part, old_address, written};
use crate::embargo::Visibility;
use crate::files::Role;
use crate::finding::Finding;
use crate::fingerprint;
use crate::nearest::nearest;
use crate::spread;
use crate::story::{Link, Story, Target};

pub const DEAD: &str = "dead-link";

pub fn check(checked: &Checked) -> Vec<Finding> {
    // Only a dead link asks for it.
    let old = LazyLock::new(|| aliases::of_site(checked));
    let paths: fingerprint::Set<u64> = checked
        .tree
        .files
        .keys()
        .map(|path| fingerprint::of(path.as_str()))
        .collect();
    let is_sound = |link: &&Link| match link.target {
        Target::Elsewhere | Target::Front => true,
        Target::Article(place) => checked.story_in(place).is_some_and(|story| {
            !story.facts.as_ref().is_some_and(|facts| {
                matches!(checked.visibility(facts), Visibility::Embargoed { .. })
            })
        }),
        Target::File(path) => paths.contains(&path),
        Target::Part(_) => false,
    };
    let site_path = Arc::from(SITE_FILE);
    let files = checked
        .known()
        .map(|(story, facts)| (&story.file.path, &*facts.links))
        .chain(checked.site.iter().map(|file| (&site_path, &*file.leads)));
    // What is not sound at the first sight is looked up by its text, to say what is wrong.
    let doubtful: Vec<(&Arc<str>, &Link)> = files
        .flat_map(|(file, links)| links.iter().map(move |link| (file, link)))
        .filter(|(_, link)| !is_sound(link))
        .collect();
    let found = spread::over(&doubtful, |(file, link)| {
        let link = &link.text;
        let address = Address::of(link.value, checked.site())?;
        Some(match lookup(&address, checked) {
            Found::Page => return None,
            Found::Embargoed(story, until) => {
                Finding::warning("link-to-embargoed", file, link.span())
                    .says(format!(
                        "“{}” is not published before {until}; until then only the words of this link are on the site",
                        link.value
                    ))
                    .hint(format!(
                        "Publish it together with {}, or take the link out for now.",
                        story.file.path
                    ))
            }
            Found::NoPart(story, what, ids) => Finding::error(DEAD, file, link.span())
                .says(format!("{} has no {what}", story.file.path))
                .hint(if ids.is_empty() {
                    "Give it an \"id\" there, or link to the story.".into()
                } else {
                    format!("The ids there: {}.", ids.join(", "))
                }),
            Found::Nothing => Finding::error(DEAD, file, link.span())
                .says(format!("“{}” leads to nothing on this site", link.value))
                .hint(hint(link.value, &address, checked, &old)),
        })
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
        Address::Front | Address::Search | Address::List { only: None, .. } => {
            return Found::Page;
        }
        Address::List {
            language,
            only: Some((facet, id)),
        } => {
            let mut known = checked.known().filter(|(story, facts)| {
                story.file.role == Role::Story && facts.language.value == language
            });
            let is_there = known.any(|(_, facts)| {
                let mut facets = facts.facets.iter();
                facets.any(|(of, named)| of == facet && named.id == id)
            });
            return if is_there {
                Found::Page
            } else {
                Found::Nothing
            };
        }
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
        Address::List { .. } => {
            "No story in this language has this topic or place; see the ids in its stories.".into()
        }
        Address::Front | Address::Search => String::new(),
    }
}
