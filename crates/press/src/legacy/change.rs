//! What a story is given of the films that were made.
//!
//! Only what is absent is added, and the old sources stay. Captions are named in the
//! story when they have words: a track that shows nothing would promise readers who
//! cannot hear what is not there.

use std::fs;
use std::sync::Arc;

use article::json::{self, Kind, Value};
use article::media::Availability;
use article::{Article, Language, Severity};
use media::conversion::Aim;
use media::webvtt::{self, Purpose};

use super::convert::captions;
use super::record::{self, Conversion, FileRole, Outcome, Record};
use super::survey::{Film, Survey};
use crate::finding::Failure;
use crate::splice::{Json, Splice};

/// What a film of a story is to be given.
pub struct Change {
    pub story: Arc<str>,
    pub field: String,
    /// The names of the members that are added or changed.
    pub adds: Vec<&'static str>,
    /// The film or sound, below `public/`.
    pub file: String,
    conversion: Conversion,
    /// The track of its captions: language, and path below `public/`.
    track: Option<(Language, String)>,
    pub state: State,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// `--write` does it.
    Planned,
    Written,
    /// The story was left as it is, for this reason.
    Refused(String),
}

/// Everything that stories could be given, in their order. `with_partial`: also films
/// of which only a part was left.
pub fn plan(survey: &Survey, record: &mut Record, with_partial: bool) -> Vec<Change> {
    let mut changes = Vec::new();
    for film in &survey.films {
        let change = if film.is_wanted() {
            record
                .best_of(&survey.tree, film)
                .filter(|made| made.result == Outcome::Converted || with_partial)
                .and_then(|made| new_film(survey, film, made))
        } else {
            captions_only(survey, record, film)
        };
        changes.extend(change);
    }
    changes
}

fn new_film(survey: &Survey, film: &Film, conversion: Conversion) -> Option<Change> {
    let main = conversion.main()?;
    // A sound cannot be shown where a film is: `contentType` would be refused.
    if film.aim == Aim::Film && main.role == FileRole::Sound {
        return None;
    }
    let track = written_captions(survey, film, &conversion);
    let mut adds = vec!["renditions"];
    if film.availability != Availability::Playable {
        adds.push("availability");
    }
    if !film.has_poster && conversion.poster().is_some() {
        adds.push("poster");
    }
    if track.is_some() {
        adds.push("tracks");
    }
    Some(Change {
        story: Arc::clone(&film.story),
        field: film.field.clone(),
        adds,
        file: main.path().to_owned(),
        track,
        conversion,
        state: State::Planned,
    })
}

/// A film that plays already, in a file that was made here, and whose captions were
/// written since.
fn captions_only(survey: &Survey, record: &Record, film: &Film) -> Option<Change> {
    let conversion = film
        .playable
        .iter()
        .find_map(|path| record.that_made(path))?;
    let track = written_captions(survey, film, conversion)?;
    Some(Change {
        story: Arc::clone(&film.story),
        field: film.field.clone(),
        adds: vec!["tracks"],
        file: conversion.main()?.path().to_owned(),
        track: Some(track),
        conversion: conversion.clone(),
        state: State::Planned,
    })
}

/// The captions beside a film, if they have words.
fn written_captions(
    survey: &Survey,
    film: &Film,
    conversion: &Conversion,
) -> Option<(Language, String)> {
    let main = conversion
        .main()
        .filter(|main| main.role == FileRole::Film)?;
    if film.has_captions {
        return None;
    }
    let language = Language::new(&film.language)?;
    let path = captions(main, language.as_str());
    let file = survey.tree.root.join("public").join(&path);
    let size = fs::metadata(&file).ok()?.len();
    if size > webvtt::MAX_BYTES as u64 {
        return None;
    }
    let reading = webvtt::read(&fs::read(&file).ok()?, Purpose::Spoken);
    let has_words = reading.track.is_some_and(|track| !track.cues.is_empty());
    has_words.then_some((language, path))
}

/// Writes the changes into the stories, file by file.
///
/// # Errors
/// When a story cannot be written. One that is not as it was read, or would be refused
/// by press check for what is written, is left as it is and told.
pub fn write(survey: &Survey, changes: &mut [Change]) -> Result<(), Failure> {
    for together in changes.chunk_by_mut(|a, b| a.story == b.story) {
        let Some(story) = together.first().map(|change| Arc::clone(&change.story)) else {
            continue;
        };
        let state = match survey.tree.read(&story) {
            Err(finding) => State::Refused(finding.message),
            Ok(source) => match changed(&source, together) {
                Err(why) => State::Refused(why),
                Ok(text) => {
                    record::replace(&survey.tree.root.join(story.as_ref()), text.as_bytes())?;
                    State::Written
                }
            },
        };
        for change in together {
            change.state = state.clone();
        }
    }
    Ok(())
}

/// The story with what it is given.
fn changed(source: &str, changes: &[Change]) -> Result<String, String> {
    let parsed = json::parse(source);
    let root = parsed
        .value
        .as_ref()
        .filter(|_| parsed.error.is_none())
        .ok_or("it is no JSON any more")?;
    let mut splice = Splice::new(source);
    for change in changes {
        let film = at(root, &change.field)
            .ok_or_else(|| format!("{} is not there any more", change.field))?;
        put(&mut splice, film, change)?;
    }
    let text = splice.finish();
    // press check has the last word: what it would refuse is not written.
    let errors = |text: &str| -> Vec<String> {
        let problems = Article::read_strictly(text).problems.into_iter();
        problems
            .filter(|problem| problem.severity == Severity::Error)
            .map(|problem| format!("{}: {}", problem.path, problem.message))
            .collect()
    };
    let before = errors(source);
    match errors(&text)
        .into_iter()
        .find(|error| !before.contains(error))
    {
        None => Ok(text),
        Some(error) => Err(format!("press check would refuse it then: {error}")),
    }
}

/// The value at the end of a way through the data.
fn at<'v, 's>(root: &'v Value<'s>, field: &str) -> Option<&'v Value<'s>> {
    let mut value = root;
    for step in field.split(['.', '[']) {
        value = match step.strip_suffix(']') {
            None => value.get(step)?,
            Some(index) => match &value.kind {
                Kind::Array(items) => items.get(index.parse::<usize>().ok()?)?,
                _ => return None,
            },
        };
    }
    Some(value)
}

fn put(splice: &mut Splice<'_>, film: &Value<'_>, change: &Change) -> Result<(), String> {
    let is_new = change.adds.contains(&"renditions");
    let main = change.conversion.main().filter(|_| is_new);
    let mut members = Vec::new();
    let has_renditions = film.get("renditions").is_some();
    if let Some(main) = main {
        let rendition = rendition(main);
        match film.get("renditions") {
            None => members.push(("renditions", Json::List(vec![rendition]))),
            Some(list) if film.list("renditions").is_empty() => {
                splice.replace(film, list.span, &Json::List(vec![rendition]));
            }
            Some(list) => splice.at_front(list, &rendition),
        }
        if let Some(availability) = film.get("availability")
            && change.adds.contains(&"availability")
        {
            splice.replace(film, availability.span, &Json::text("playable"));
        }
        if change.adds.contains(&"poster")
            && let Some(poster) = change.conversion.poster()
        {
            members.push(("poster", image(poster)));
        }
    }
    if let Some((language, path)) = &change.track {
        let track = Json::Object(vec![
            ("kind", Json::text("captions")),
            ("language", Json::text(language.as_str())),
            ("label", Json::text(language.own_name())),
            ("href", Json::text(&address(path))),
        ]);
        match film.get("tracks") {
            None => members.push(("tracks", Json::List(vec![track]))),
            Some(list) if film.list("tracks").is_empty() => {
                splice.replace(film, list.span, &Json::List(vec![track]));
            }
            Some(list) => splice.at_front(list, &track),
        }
    }
    // Before the old sources, as docs/article-format.md has them in order.
    if film.get("legacySources").is_some() {
        splice.before(film, "legacySources", &members);
    } else if has_renditions {
        for (name, value) in &members {
            splice.behind(film, "renditions", (name, value));
        }
    } else {
        return Err(format!("{} has no old source any more", change.field));
    }
    Ok(())
}

fn rendition(main: &record::MadeFile) -> Json {
    let kind = match main.role {
        FileRole::Sound => "audio/mp4",
        _ => "video/mp4",
    };
    let mut members = vec![
        ("href", Json::text(&address(main.path()))),
        ("contentType", Json::text(kind)),
    ];
    members.extend(sides(main));
    Json::Object(members)
}

/// A picture with one file: its original, of which press build makes the sizes.
fn image(poster: &record::MadeFile) -> Json {
    let mut file = vec![
        ("href", Json::text(&address(poster.path()))),
        ("contentType", Json::text("image/jpeg")),
    ];
    file.extend(sides(poster));
    Json::Object(vec![("renditions", Json::List(vec![Json::Object(file)]))])
}

fn sides(file: &record::MadeFile) -> Vec<(&'static str, Json)> {
    let side = |name, side: Option<u32>| side.map(|side| (name, Json::number(side)));
    let sides = [side("width", file.width), side("height", file.height)];
    sides.into_iter().flatten().collect()
}

/// The address of a file of the site: what would end a path early is encoded.
fn address(path: &str) -> String {
    let mut address = String::from("/");
    for character in path.chars() {
        match character {
            '%' | '?' | '#' | ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => {
                address.push_str(&format!("%{:02X}", u32::from(character)));
            }
            other => address.push(other),
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Change, State, changed};

    const STORY: &str = r#"{"schemaVersion":"1.0","id":"urn:x","slug":"x","language":"en","headline":"X","datePublished":"2003","body":[{"type":"video","video":{"id":"a","title":"A","availability":"legacyOnly","legacySources":[{"href":"rtsp://h/a.rm","format":"realMedia","status":"dead"}]}}]}"#;

    fn change(width: u32) -> Change {
        let conversion = json!({
            "source": "public/media/a.rm", "sha256": "0", "sizeInBytes": 1, "made": "film",
            "program": "ffmpeg", "recipe": 1, "arguments": [], "began": "", "seconds": 1.0,
            "result": "converted",
            "files": [{ "role": "film", "file": "public/media/a.rm.mp4", "sha256": "1",
                "sizeInBytes": 1, "width": width, "height": 2 }],
        });
        Change {
            story: "public/articles/en/x.json".into(),
            field: "body[0].video".into(),
            adds: vec!["renditions", "availability"],
            file: "media/a.rm.mp4".into(),
            conversion: serde_json::from_value(conversion).unwrap(),
            track: None,
            state: State::Planned,
        }
    }

    #[test]
    fn a_story_on_one_line_stays_on_one_line() {
        let text = changed(STORY, &[change(2)]).unwrap();
        let expected = STORY.replace("legacyOnly", "playable").replace(
            r#""legacySources""#,
            r#""renditions":[{"href":"/media/a.rm.mp4","contentType":"video/mp4","width":2,"height":2}],"legacySources""#,
        );
        assert_eq!(text, expected);
    }

    #[test]
    fn a_story_that_changed_since_it_was_read_is_left_as_it_is() {
        for other in [
            STORY.replace(r#""video":{"#, r#""film":{"#),
            STORY.replace(r#""body":[{"#, r#""body":[],"was":[{"#),
            STORY.replace("legacySources", "sources"),
        ] {
            let why = changed(&other, &[change(2)]).unwrap_err();
            assert!(why.contains("any more"), "{why}");
        }
        let why = changed(&STORY[..200], &[change(2)]).unwrap_err();
        assert!(why.contains("no JSON"), "{why}");
    }

    #[test]
    fn what_press_check_would_refuse_is_not_written() {
        let why = changed(STORY, &[change(0)]).unwrap_err();
        assert!(
            why.starts_with("press check would refuse it then: body[0].video"),
            "{why}"
        );
    }
}
