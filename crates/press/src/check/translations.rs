//! Translations name one another, in both directions and in one voice.

use std::collections::HashSet;

use super::{Checked, links};
use crate::address::{Address, Part, written};
use crate::finding::Finding;
use crate::story::{self, Facts, Story, Translation};

pub const INCONSISTENT: &str = "translation";
pub const ONE_SIDED: &str = "one-sided-translation";

pub fn check(checked: &Checked) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (story, facts) in checked.known() {
        let mut languages = HashSet::new();
        let mut originals = 0;
        for translation in facts.translations.iter() {
            let finding =
                |kind: &str| Finding::error(kind, &story.file.path, translation.link.text.span());
            originals += usize::from(translation.original);
            if translation.original && originals == 2 {
                findings.push(
                    finding(INCONSISTENT)
                        .says("two translations are both called the original")
                        .hint("Leave \"original\": true with the one the others were made from."),
                );
            }
            if translation.language == facts.language.value {
                findings.push(
                    finding(INCONSISTENT)
                        .says(format!(
                            "a translation into “{}”, which is the language of this story",
                            translation.language
                        ))
                        .hint("Write the language of the other story; the story itself is not listed."),
                );
            } else if !languages.insert(translation.language) {
                findings.push(
                    finding(INCONSISTENT)
                        .says(format!(
                            "a second translation into “{}”",
                            translation.language
                        ))
                        .hint("Leave one for each language."),
                );
            }
            match target(translation, checked) {
                Target::Elsewhere => {}
                Target::Nothing(address) => findings.push(
                    finding(links::DEAD)
                        .says(format!(
                            "“{}” leads to no story of this site",
                            translation.link.text.value
                        ))
                        .hint(match address {
                            Some(file) => format!("There is no {file}. Write the translation, or take it out of the list."),
                            None => "Write /<language>/stories/<slug>/.".into(),
                        }),
                ),
                Target::Story(other) => {
                    findings.extend(agree(checked, story, facts, translation, other));
                }
            }
        }
    }
    findings
}

enum Target<'a> {
    /// On another site, where nothing can be looked up.
    Elsewhere,
    Story(&'a Story),
    /// The file that should be there.
    Nothing(Option<String>),
}

fn target<'a>(translation: &Translation, checked: &'a Checked) -> Target<'a> {
    // Most are there, and then their text need not be read.
    if let story::Target::Article(place) = translation.link.target
        && let Some(story) = checked.story_in(place)
    {
        return Target::Story(story);
    }
    match Address::of(translation.link.text.value, checked.site()) {
        None => Target::Elsewhere,
        Some(Address::Article {
            role,
            language,
            slug,
            part: Part::Whole,
        }) => match checked.story_at(role, &language, &slug) {
            Some(story) => Target::Story(story),
            None => Target::Nothing(Some(format!(
                "public/{}/{language}/{slug}.json",
                role.folder()
            ))),
        },
        Some(_) => Target::Nothing(None),
    }
}

/// What the story says of its translation against what that says of itself.
fn agree(
    checked: &Checked,
    story: &Story,
    facts: &Facts,
    translation: &Translation,
    other: &Story,
) -> Option<Finding> {
    // What is wrong with an unreadable story is told there.
    let theirs = other.facts.as_ref().filter(|facts| facts.is_whole)?;
    let finding = |kind: &str| Finding::error(kind, &story.file.path, translation.link.text.span());
    if theirs.language.value != translation.language {
        return Some(
            finding(INCONSISTENT)
                .says(format!(
                    "this translation is said to be in “{}”, but {} is in “{}”",
                    translation.language, other.file.path, theirs.language.value
                ))
                .hint(format!(
                    "Write \"language\": \"{}\".",
                    theirs.language.value
                )),
        );
    }
    if let Some(id) = &translation.id
        && id.value != theirs.id.value
    {
        return Some(
            Finding::error(INCONSISTENT, &story.file.path, id.span())
                .says(format!(
                    "this translation is said to have the id “{}”, but {} has “{}”",
                    id.value, other.file.path, theirs.id.value
                ))
                .hint(format!("Write \"id\": \"{}\".", theirs.id.value)),
        );
    }
    let own = || written(story.file.role, facts.language.value, facts.slug.value);
    let back = theirs
        .translations
        .iter()
        .find(|back| back.language == facts.language.value);
    match back {
        None => Some(
            finding(ONE_SIDED)
                .says(format!(
                    "{} does not name this story as its translation",
                    other.file.path
                ))
                .hint(format!(
                    "Add {{ \"language\": \"{}\", \"href\": \"{}\" }} to \"translations\" there.",
                    facts.language.value,
                    own()
                )),
        ),
        Some(back) if !matches!(target(back, checked), Target::Story(named) if std::ptr::eq(named, story)) => {
            Some(
                finding(ONE_SIDED)
                    .says(format!(
                        "{} names “{}” as its translation into “{}”, not this story",
                        other.file.path, back.link.text.value, back.language
                    ))
                    .hint(format!(
                        "Write \"href\": \"{}\" there, or mend the link here.",
                        own()
                    )),
            )
        }
        Some(back) if back.original && translation.original => Some(
            finding(INCONSISTENT)
                .says(format!(
                    "this story and {} each call the other the original",
                    other.file.path
                ))
                .hint("Take \"original\": true out of one of them."),
        ),
        Some(_) => None,
    }
}
