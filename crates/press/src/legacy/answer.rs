//! What there is to say about the legacy media of a site: one answer, as sentences for
//! a person and as JSON for a program.

mod text;

use std::collections::BTreeSet;

use article::media::{Availability, LinkStatus};
use media::conversion::Aim;
use media::legacy::{self, Thing};
use media::metafile::Part;
use serde::Serialize;

use super::change::{Change, State};
use super::convert::{Done, captions};
use super::leads::{Leads, Way};
use super::place::Place;
use super::record::{Conversion, FileRole, Outcome, Record};
use super::survey::{Film, Reference, Survey};
use crate::report::counted;

/// Everything there is to say.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    pub films: Vec<FilmAnswer>,
    pub links: Vec<ReferenceAnswer>,
    pub loose: Vec<LooseAnswer>,
    /// Stories that could not be read.
    pub findings: Vec<FindingAnswer>,
    /// What this run converted, or tried to.
    pub converted: Vec<Conversion>,
    /// Files in which captions are to be written, from the root of the site.
    pub captions_to_write: Vec<String>,
    pub changes: Vec<ChangeAnswer>,
    /// Why nothing could be converted; only where it was asked for.
    pub without: Option<Advice>,
    pub counts: Counts,
}

#[derive(Serialize)]
pub struct Advice {
    pub message: String,
    pub hint: String,
}

#[derive(Serialize)]
pub struct FindingAnswer {
    pub file: String,
    pub message: String,
    pub hint: String,
}

#[derive(Serialize)]
pub struct FilmAnswer {
    pub story: String,
    pub field: String,
    pub title: String,
    /// `film` or `sound`, by the block it stands in.
    pub kind: &'static str,
    #[serde(flatten)]
    pub verdict: Verdict,
    pub references: Vec<ReferenceAnswer>,
}

/// What can be done for a film.
#[derive(Clone, Serialize)]
pub struct Verdict {
    pub state: Saved,
    pub message: String,
    pub hint: Option<String>,
    /// Files that were made, from the root of the site.
    pub made: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Saved {
    /// Readers can play it.
    Plays,
    /// It was made, and this run put it into the story.
    Written,
    /// It was made, and the story does not know it yet.
    Made,
    /// Of a damaged file, what was left was made.
    Partial,
    /// `press media --convert` makes it.
    Convertible,
    /// Its list plays several films: which to show, a person must say.
    Several,
    /// There is a file, and nothing came of it.
    Broken,
    /// Nothing of it is here.
    Card,
    Withdrawn,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReferenceAnswer {
    pub story: String,
    pub field: String,
    pub address: Option<String>,
    pub label: Option<String>,
    pub format: &'static str,
    pub thing: &'static str,
    pub place: &'static str,
    /// From the root of the site.
    pub file: Option<String>,
    pub size_in_bytes: Option<u64>,
    pub is_by_name: bool,
    pub message: String,
    pub hint: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leads_to: Option<LeadsAnswer>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LeadsAnswer {
    pub title: Option<String>,
    pub charset: Option<&'static str>,
    /// Why it could not be read.
    pub problem: Option<Advice>,
    pub ways: Vec<WayAnswer>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WayAnswer {
    pub address: String,
    /// Ways of one number are of one film.
    pub entry: usize,
    pub part: &'static str,
    pub place: &'static str,
    pub file: Option<String>,
    pub is_loop: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leads_to: Option<LeadsAnswer>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LooseAnswer {
    pub file: String,
    pub size_in_bytes: u64,
    pub format: &'static str,
    pub thing: &'static str,
    #[serde(flatten)]
    pub verdict: Verdict,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leads_to: Option<LeadsAnswer>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChangeAnswer {
    pub story: String,
    pub field: String,
    pub adds: Vec<&'static str>,
    pub file: String,
    pub is_written: bool,
    /// Why the story was left as it is.
    pub refused: Option<String>,
}

#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    pub films: usize,
    pub plays: usize,
    pub made: usize,
    pub convertible: usize,
    pub cards: usize,
    pub links: usize,
    pub loose: usize,
    /// What was asked for and not done, and files that are broken.
    pub errors: usize,
}

/// What a run knows.
pub struct Known<'a> {
    pub survey: &'a Survey,
    pub record: &'a mut Record,
    pub done: &'a Done,
    pub changes: &'a [Change],
}

impl Known<'_> {
    pub fn answer(mut self) -> Answer {
        let survey = self.survey;
        let mut faults = BTreeSet::new();
        let mut films = Vec::new();
        for film in &survey.films {
            let verdict = self.of_film(film, &mut faults);
            films.push(FilmAnswer {
                story: film.story.to_string(),
                field: film.field.clone(),
                title: film.title.clone(),
                kind: if film.aim == Aim::Sound {
                    "sound"
                } else {
                    "film"
                },
                verdict,
                references: film
                    .references
                    .iter()
                    .map(|reference| self.of_reference(&film.story, reference, film.aim))
                    .collect(),
            });
        }
        let mut links = Vec::new();
        for link in &survey.links {
            let mut answer = self.of_reference(&link.story, &link.reference, Aim::Film);
            let files = link.reference.files();
            if !files.is_empty() {
                let verdict = self.of_files(&files, Aim::Film, &mut faults);
                answer.message = format!("{}; {}", answer.message, verdict.message);
                answer.hint = match verdict.made.first() {
                    Some(made) => Some(format!(
                        "Make it a video block with /{}, or let the link lead there.",
                        made.trim_start_matches("public/")
                    )),
                    None => verdict.hint,
                };
            }
            links.push(answer);
        }
        let mut loose = Vec::new();
        for file in &survey.loose {
            let is_list = file.leads.is_some() || file.named.thing == Thing::Metafile;
            let verdict = if is_list {
                Verdict {
                    state: Saved::Card,
                    message: "no story names this list".into(),
                    hint: None,
                    made: Vec::new(),
                }
            } else {
                let mut verdict = self.of_files(&[file.path.as_str()], Aim::Film, &mut faults);
                match verdict.state {
                    Saved::Made => {
                        verdict.hint = Some(
                            "Name it in a video or audio block of a story, or link to it.".into(),
                        );
                    }
                    Saved::Partial => verdict.hint = Some("Look for a whole copy.".into()),
                    _ => {}
                }
                verdict
            };
            // An editor has found a place for it since.
            let is_shown = |file: &String| {
                survey
                    .shown
                    .contains(file.strip_prefix("public/").unwrap_or(file))
            };
            if verdict.made.iter().any(is_shown) {
                continue;
            }
            loose.push(LooseAnswer {
                file: format!("public/{}", file.path),
                size_in_bytes: file.size,
                format: file.named.format.as_str(),
                thing: file.named.thing.as_str(),
                verdict,
                leads_to: file.leads.as_ref().map(leads_answer),
            });
        }
        let findings: Vec<FindingAnswer> = survey
            .findings
            .iter()
            .map(|finding| FindingAnswer {
                file: finding.file.to_string(),
                message: finding.message.clone(),
                hint: finding.hint.clone(),
            })
            .collect();
        let changes: Vec<ChangeAnswer> = self.changes.iter().map(change_answer).collect();
        let captions_to_write = self.captions_to_write();
        let with = |state| {
            films
                .iter()
                .filter(|film| film.verdict.state == state)
                .count()
        };
        let refused = changes.iter().filter(|change| change.refused.is_some());
        let counts = Counts {
            films: films.len(),
            plays: with(Saved::Plays) + with(Saved::Written),
            made: with(Saved::Made) + with(Saved::Partial),
            convertible: with(Saved::Convertible),
            cards: with(Saved::Card) + with(Saved::Broken) + with(Saved::Several),
            links: links.len(),
            loose: loose.len(),
            errors: findings.len()
                + faults.len()
                + refused.count()
                + usize::from(self.done.without.is_some()),
        };
        Answer {
            films,
            links,
            loose,
            findings,
            converted: self.done.converted.clone(),
            captions_to_write,
            changes,
            without: self.done.without.as_ref().map(|problem| Advice {
                message: problem.message.clone(),
                hint: problem.hint.clone(),
            }),
            counts,
        }
    }

    fn of_film(&mut self, film: &Film, faults: &mut BTreeSet<String>) -> Verdict {
        let simple = |state, message: &str| Verdict {
            state,
            message: message.to_owned(),
            hint: None,
            made: Vec::new(),
        };
        if film.availability == Availability::Withdrawn {
            return simple(Saved::Withdrawn, "was withdrawn, and stays so");
        }
        if film.plays() {
            return simple(
                Saved::Plays,
                "plays already; its old sources stay as they are",
            );
        }
        let files = film.files(&self.survey.tree);
        let several: Vec<&str> = film.several().collect();
        if files.is_empty() && !several.is_empty() {
            return self.of_several(&several, film.aim, faults);
        }
        if files.is_empty() {
            return simple(Saved::Card, "stays a card: none of its files is here");
        }
        let mut verdict = self.of_files(&files, film.aim, faults);
        // Of one film, the next best file is as good: its fault is told, and no error.
        if verdict.state == Saved::Broken {
            verdict.message = format!("stays a card: {}", verdict.message);
        }
        let change = self
            .changes
            .iter()
            .find(|change| change.story == film.story && change.field == film.field);
        match (verdict.state, change.map(|change| &change.state)) {
            (_, Some(State::Written)) => {
                verdict.state = Saved::Written;
                verdict.hint = None;
            }
            (_, Some(State::Refused(why))) => {
                verdict.hint = Some(format!(
                    "The story was left as it is, because {why}. Mend it, then run press media --write."
                ));
            }
            (Saved::Made, None) => {
                verdict.hint = Some(
                    "It is only sound: make it an audio block of the story with this file.".into(),
                );
            }
            _ => {}
        }
        verdict
    }

    /// What can be done with the films of a list, each for itself.
    fn of_several(&mut self, files: &[&str], aim: Aim, faults: &mut BTreeSet<String>) -> Verdict {
        let parts: Vec<Verdict> = files
            .iter()
            .map(|path| self.of_files(&[path], aim, faults))
            .collect();
        let waiting = parts.iter().find(|part| part.state == Saved::Convertible);
        let hint = match waiting {
            Some(part) => part.hint.clone(),
            None => Some(
                "Say in the story which of them it shows: one video block for each.".to_owned(),
            ),
        };
        let messages: Vec<&str> = parts.iter().map(|part| part.message.as_str()).collect();
        Verdict {
            state: Saved::Several,
            message: format!(
                "its list plays several films one after the other, {} of them here: {}",
                files.len(),
                messages.join("; ")
            ),
            hint,
            made: parts.into_iter().flat_map(|part| part.made).collect(),
        }
    }

    /// What can be done with files of which one is enough, the best first.
    fn of_files(&mut self, files: &[&str], aim: Aim, faults: &mut BTreeSet<String>) -> Verdict {
        let mut made = Vec::new();
        let mut partial = None;
        let mut broken = Vec::new();
        let mut untouched = None;
        for path in files {
            let known = self.record.of(&self.survey.tree, path, aim, None).cloned();
            match known {
                Some(one) if one.result == Outcome::Converted => made.push(one),
                Some(one) if one.result == Outcome::Partial => {
                    partial = partial.or(Some(one));
                }
                _ => match self.fault(path, aim) {
                    Some(fault) => broken.push((*path, fault)),
                    None => untouched = untouched.or(Some(*path)),
                },
            }
        }
        if let Some(one) = made.first() {
            return Verdict {
                state: Saved::Made,
                message: format!("saved as {}", made_words(one)),
                hint: Some("press media --write puts it into the story.".into()),
                made: made.iter().flat_map(files_of).collect(),
            };
        }
        if let Some(path) = untouched {
            let size = self
                .survey
                .tree
                .files
                .get(path)
                .map_or(0, |stamp| stamp.size);
            return Verdict {
                state: Saved::Convertible,
                message: "can be saved".into(),
                hint: Some(format!(
                    "press media --convert makes {} of public/{path} ({}).",
                    match legacy::of_path(path).map(|named| named.thing) {
                        Some(Thing::Sound) => "an M4A",
                        _ if aim == Aim::Sound => "an M4A",
                        _ => "an MP4",
                    },
                    megabytes(size)
                )),
                made: Vec::new(),
            };
        }
        faults.extend(broken.iter().map(|(path, _)| (*path).to_owned()));
        if let Some(one) = partial {
            faults.insert(one.source.trim_start_matches("public/").to_owned());
            return Verdict {
                state: Saved::Partial,
                message: format!(
                    "{}: {}; saved as {}",
                    one.source,
                    one.message.clone().unwrap_or_default(),
                    made_words(&one)
                ),
                hint: Some(
                    "Look for a whole copy; press media --write --partial puts what there is into the story.".into(),
                ),
                made: files_of(&one),
            };
        }
        let words: Vec<String> = broken
            .iter()
            .map(|(path, fault)| format!("public/{path}: {}", fault.message))
            .collect();
        Verdict {
            state: Saved::Broken,
            message: words.join("; "),
            hint: broken.first().map(|(_, fault)| fault.hint.clone()),
            made: Vec::new(),
        }
    }

    /// What is wrong with a file that is here.
    fn fault(&mut self, path: &str, aim: Aim) -> Option<Advice> {
        if let Some(problem) = self.done.broken.get(path) {
            return Some(Advice {
                message: problem.message.clone(),
                hint: problem.hint.clone(),
            });
        }
        let stamp = self.survey.tree.files.get(path)?;
        if stamp.size == 0 {
            return Some(Advice {
                message: "the file is empty".into(),
                hint: "Copy the film there again from where it came.".into(),
            });
        }
        let known = self.record.of(&self.survey.tree, path, aim, None)?;
        let problem = known.problem()?;
        Some(Advice {
            message: problem.message,
            hint: problem.hint,
        })
    }

    fn of_reference(&mut self, story: &str, reference: &Reference, aim: Aim) -> ReferenceAnswer {
        let (file, is_by_name) = match &reference.place {
            Place::Here { path, is_by_name } => (Some(path.clone()), *is_by_name),
            _ => (None, false),
        };
        let size = file
            .as_ref()
            .and_then(|path| Some(self.survey.tree.files.get(path)?.size));
        let fault = file
            .as_ref()
            .filter(|_| reference.leads.is_none())
            .and_then(|path| self.fault(path, aim));
        let (message, hint) = words_of(reference, size, fault);
        ReferenceAnswer {
            story: story.to_owned(),
            field: reference.field.clone(),
            address: reference.address.clone(),
            label: reference.label.clone(),
            format: reference.named.format.as_str(),
            thing: reference.named.thing.as_str(),
            place: place_word(&reference.place),
            file: file.map(|path| format!("public/{path}")),
            size_in_bytes: size,
            is_by_name,
            message,
            hint,
            leads_to: reference.leads.as_ref().map(leads_answer),
        }
    }

    /// The captions of films that were made, as long as they have no words.
    fn captions_to_write(&mut self) -> Vec<String> {
        let mut files = Vec::new();
        for film in self.survey.films.iter().filter(|film| !film.has_captions) {
            let mine = film
                .playable
                .iter()
                .find_map(|path| self.record.that_made(path));
            let made = match mine {
                Some(conversion) => Some(conversion.clone()),
                None if film.is_wanted() => self.record.best_of(&self.survey.tree, film),
                None => None,
            };
            let main = made.as_ref().and_then(Conversion::main);
            let has_track = self.changes.iter().any(|change| {
                change.story == film.story
                    && change.field == film.field
                    && change.adds.contains(&"tracks")
            });
            if let Some(main) = main.filter(|main| main.role == FileRole::Film && !has_track) {
                let path = captions(main, &film.language);
                if self.survey.tree.root.join("public").join(&path).is_file() {
                    files.push(format!("public/{path}"));
                }
            }
        }
        files.sort();
        files.dedup();
        files
    }
}

fn change_answer(change: &Change) -> ChangeAnswer {
    ChangeAnswer {
        story: change.story.to_string(),
        field: change.field.clone(),
        adds: change.adds.clone(),
        file: format!("public/{}", change.file),
        is_written: change.state == State::Written,
        refused: match &change.state {
            State::Refused(why) => Some(why.clone()),
            _ => None,
        },
    }
}

fn files_of(conversion: &Conversion) -> Vec<String> {
    conversion
        .files
        .iter()
        .map(|file| file.file.clone())
        .collect()
}

/// `public/media/ferry.rm.mp4 (4:01, 3.2 MB)`
fn made_words(conversion: &Conversion) -> String {
    let Some(main) = conversion.main() else {
        return String::new();
    };
    let length = main.duration.map_or_else(String::new, |seconds| {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the length of a film, not negative"
        )]
        let seconds = seconds.round() as u64;
        format!("{}:{:02}, ", seconds / 60, seconds % 60)
    });
    format!("{} ({length}{})", main.file, megabytes(main.size_in_bytes))
}

/// `3.2 MB`, `120 KB`, `17 bytes`
fn megabytes(bytes: u64) -> String {
    match bytes {
        0..1000 => counted(usize::try_from(bytes).unwrap_or(0), "byte"),
        1000..1_000_000 => format!("{} KB", bytes / 1000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

fn place_word(place: &Place) -> &'static str {
    match place {
        Place::Here { .. } => "here",
        Place::Missing(_) => "missing",
        Place::Unclear(_) => "unclear",
        Place::Elsewhere => "elsewhere",
        Place::Stream => "stream",
        Place::Words => "words",
    }
}

/// Whether the file is here, and what can be done about it.
fn words_of(
    reference: &Reference,
    size: Option<u64>,
    fault: Option<Advice>,
) -> (String, Option<String>) {
    match &reference.place {
        Place::Here { path, is_by_name } => {
            let how = if *is_by_name { ", by its name" } else { "" };
            let size = size.map_or_else(String::new, |size| format!(" ({}{how})", megabytes(size)));
            match fault {
                Some(fault) => (
                    format!("here: public/{path}{size}, but {}", fault.message),
                    Some(fault.hint),
                ),
                None => (format!("here: public/{path}{size}"), None),
            }
        }
        Place::Missing(path) => (
            format!("not here: there is no file public/{path}"),
            Some("Put it there, from a backup of the old site.".into()),
        ),
        Place::Unclear(paths) => {
            let named: Vec<String> = paths
                .iter()
                .take(3)
                .map(|path| format!("/{path}"))
                .collect();
            (
                format!("unclear: {} may be meant", named.join(" or ")),
                Some("Write the address of the right one as “href” of a legacy source.".into()),
            )
        }
        Place::Words => ("no address is left".into(), None),
        Place::Stream | Place::Elsewhere => elsewhere(reference),
    }
}

fn elsewhere(reference: &Reference) -> (String, Option<String>) {
    let name = reference
        .address
        .as_deref()
        .map(|address| address.split(['?', '#']).next().unwrap_or_default())
        .and_then(|path| path.rsplit('/').next())
        .filter(|name| name.contains('.'));
    let put = match name {
        Some(name) => format!("put it anywhere below public/media/ as {name}"),
        None => "put it below public/media/ and write its address into “href”".to_owned(),
    };
    let is_stream = reference.place == Place::Stream;
    if let Some(copy) = &reference.archived_at {
        return (
            "not here; a copy is kept".into(),
            Some(format!("Save the copy and {put}: {copy}")),
        );
    }
    match (is_stream, reference.status) {
        (true, _) => (
            "not here: it was on a streaming server".into(),
            Some(format!("Look for the file in a backup and {put}.")),
        ),
        (false, LinkStatus::Dead) => (
            "not here, and dead where it was".into(),
            Some(format!("Look for the file in a backup and {put}.")),
        ),
        (false, _) => (
            "not here: it is on another site".into(),
            Some(format!("Save it while it is there, and {put}.")),
        ),
    }
}

fn leads_answer(leads: &Leads) -> LeadsAnswer {
    match leads {
        Leads::Nowhere(problem) => LeadsAnswer {
            title: None,
            charset: None,
            problem: Some(Advice {
                message: problem.message.clone(),
                hint: problem.hint.clone(),
            }),
            ways: Vec::new(),
        },
        Leads::To {
            title,
            charset,
            ways,
        } => LeadsAnswer {
            title: title.clone(),
            charset: Some(charset),
            problem: None,
            ways: ways.iter().map(way_answer).collect(),
        },
    }
}

fn way_answer(way: &Way) -> WayAnswer {
    WayAnswer {
        address: way.address.clone(),
        entry: way.entry,
        part: match way.part {
            Part::Film => "film",
            Part::Text => "text",
            Part::Picture => "picture",
        },
        place: place_word(&way.place),
        file: match &way.place {
            Place::Here { path, .. } => Some(format!("public/{path}")),
            _ => None,
        },
        is_loop: way.is_loop,
        leads_to: way.on.as_ref().map(leads_answer),
    }
}
