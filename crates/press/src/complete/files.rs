//! Picture, film and caption files: what they are, and what readers get.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use article::Decimal;
use media::picture::{self, Cache, Recipe, Rendered};
use media::webvtt::Purpose;
use media::{Problem, film, transcript, webvtt};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::{Known, Made};
use crate::build::stamped;
use crate::check::Checked;
use crate::embargo::Visibility;
use crate::finding::{Failure, Finding};
use crate::fingerprint;
use crate::output::{Files, Output};
use crate::spread;
use crate::story::Unseen;

/// Where pictures that were made once are kept, from the root of the site.
const CACHE: &str = ".press/pictures";

/// Below the built site, where what press has made does not meet what an editor put there.
const RENDITIONS: &str = "media/press";

/// What a file is taken for, by its name: what it really is, its bytes tell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Picture,
    Drawing,
    Film,
    Track,
}

impl Kind {
    fn of(path: &str) -> Option<Self> {
        let (_, ending) = path.rsplit_once('.')?;
        Some(match ending.to_ascii_lowercase().as_str() {
            "jpg" | "jpeg" | "png" | "webp" | "gif" => Self::Picture,
            "svg" => Self::Drawing,
            "mp4" | "m4v" | "mov" | "webm" | "mp3" | "m4a" | "ogg" | "opus" | "oga" | "wav"
            | "flac" => Self::Film,
            "vtt" => Self::Track,
            _ => return None,
        })
    }
}

/// A file that articles show.
struct Shown<'a> {
    path: &'a str,
    kind: Kind,
    /// The only file of a picture.
    is_original: bool,
    /// Of a text track: what it is for.
    purpose: Purpose,
}

/// The files that articles show, but for those that only withheld ones do.
fn shown(checked: &Checked) -> Vec<Shown<'_>> {
    let mut named: HashMap<u64, bool> = HashMap::new();
    let mut unseen: HashMap<u64, Unseen> = HashMap::new();
    for (_, facts) in checked.known() {
        if matches!(checked.visibility(facts), Visibility::Embargoed { .. }) {
            continue;
        }
        for file in &facts.media {
            named.entry(*file).or_insert(false);
        }
        for file in &facts.originals {
            named.insert(*file, true);
        }
        unseen.extend(facts.unseen_tracks.iter().copied());
    }
    checked
        .tree
        .files
        .keys()
        .filter_map(|path| {
            Some(Shown {
                path,
                is_original: *named.get(&fingerprint::of(path.as_str()))?,
                kind: Kind::of(path)?,
                purpose: match unseen.get(&fingerprint::of(path.as_str())) {
                    Some(Unseen::Descriptions) => Purpose::Described,
                    Some(Unseen::Chapters) => Purpose::Chapters,
                    None => Purpose::Spoken,
                },
            })
        })
        .collect()
}

/// Looks at every file that articles show and says what is wrong with some.
pub fn look(checked: &Checked) -> Vec<Finding> {
    let files = shown(checked);
    let found = spread::over_shown("Looking at pictures and films", &files, |file| {
        let from = place(checked, file.path);
        let problems = match file.kind {
            Kind::Picture => match picture::probe(&from) {
                Ok(probe) => warnings(probe.warnings),
                Err(problem) => vec![(problem, true)],
            },
            Kind::Drawing => drawing(&from),
            Kind::Film => match film::probe(&from) {
                Ok(film) => warnings(film.warnings),
                Err(problem) => vec![(problem, true)],
            },
            Kind::Track => track(&from, file.purpose).1,
        };
        findings(file.path, problems)
    });
    found.into_iter().flatten().collect()
}

/// Makes what readers get of every file that articles show.
///
/// # Errors
/// When the cache or the built site cannot be written.
pub fn make(checked: &Checked, output: &Output) -> Result<(Known, Vec<Finding>), Failure> {
    let folder = checked.tree.root.join(CACHE);
    let cache = Cache::open(&folder).map_err(|problem| Failure(problem.to_string()))?;
    let recipe = Recipe::default();
    let files = shown(checked);
    let made = spread::over_shown("Making pictures ready", &files, |file| {
        let Some(stamp) = checked.tree.files.get(file.path) else {
            return Ok((None, Vec::new()));
        };
        let key = fingerprint::of(&(
            stamped(stamp, checked),
            file.is_original,
            file.purpose == Purpose::Described,
            file.purpose == Purpose::Chapters,
        ));
        let mut found = Vec::new();
        let json = output.unit_with_text(&format!("{} for readers", file.path), key, |files| {
            let from = place(checked, file.path);
            let (json, problems) = match file.kind {
                Kind::Picture if file.is_original => {
                    match picture::render(&from, &cache, &recipe) {
                        Ok(rendered) => {
                            publish(files, file.path, &rendered)?;
                            (
                                Some(of_picture(file.path, &rendered)),
                                warnings(rendered.warnings),
                            )
                        }
                        Err(problem) => (None, vec![(problem, true)]),
                    }
                }
                Kind::Picture => match picture::probe(&from) {
                    Ok(probe) => (None, warnings(probe.warnings)),
                    Err(problem) => (None, vec![(problem, true)]),
                },
                Kind::Drawing => (None, drawing(&from)),
                Kind::Film => match film::probe(&from) {
                    Ok(film) => (Some(of_film(&film)), warnings(film.warnings)),
                    Err(problem) => (None, vec![(problem, true)]),
                },
                Kind::Track => track(&from, file.purpose),
            };
            found = findings(file.path, problems);
            Ok(json.map(|json| json.to_string()))
        })?;
        let json = json.map(|json| {
            let made = Made {
                fingerprint: fingerprint::of(json),
                json,
            };
            (fingerprint::of(file.path), made)
        });
        Ok((json, found))
    });
    let mut known = Known::default();
    let mut findings = Vec::new();
    for one in made {
        let (json, found) = one?;
        known.files.extend(json);
        findings.extend(found);
    }
    Ok((known, findings))
}

fn place(checked: &Checked, path: &str) -> PathBuf {
    checked.tree.root.join("public").join(path)
}

fn warnings(problems: Vec<Problem>) -> Vec<(Problem, bool)> {
    problems
        .into_iter()
        .map(|problem| (problem, false))
        .collect()
}

/// Problems as findings; `true` is an error.
fn findings(path: &str, problems: Vec<(Problem, bool)>) -> Vec<Finding> {
    let file: Arc<str> = format!("public/{path}").into();
    problems
        .into_iter()
        .map(|(problem, is_error)| {
            let finding = if is_error {
                Finding::error(problem.kind, &file, None)
            } else {
                Finding::warning(problem.kind, &file, None)
            };
            let line = problem
                .line
                .map_or_else(String::new, |line| format!("line {line}: "));
            finding
                .says(format!("{line}{}", problem.message))
                .hint(problem.hint)
        })
        .collect()
}

/// A drawing is published as it is, so it has to be one and nothing else.
fn drawing(from: &Path) -> Vec<(Problem, bool)> {
    let Ok(text) = std::fs::read_to_string(from) else {
        let problem = Problem::new(
            "drawing-unreadable",
            "the drawing cannot be read as text",
            "Save it again as SVG in UTF-8.",
        );
        return vec![(problem, true)];
    };
    match picture::svg::is_inert(&text) {
        Ok(()) => Vec::new(),
        Err(reason) => {
            let problem = Problem::new(
                "drawing-not-inert",
                format!("the drawing could do more than be seen: {reason}"),
                "Take that out, or publish the drawing as PNG.",
            );
            vec![(problem, true)]
        }
    }
}

fn track(from: &Path, purpose: Purpose) -> (Option<Value>, Vec<(Problem, bool)>) {
    let bytes = match std::fs::read(from) {
        Ok(bytes) => bytes,
        Err(error) => {
            let problem = Problem::new(
                "track-unreadable",
                format!("the text track cannot be read: {error}"),
                "See that the file is there and that you may read it.",
            );
            return (None, vec![(problem, true)]);
        }
    };
    let reading = webvtt::read(&bytes, purpose);
    let is_error = reading.track.is_none();
    let problems = reading
        .problems
        .into_iter()
        .map(|problem| (problem, is_error))
        .collect();
    let body = reading.track.map(|track| transcript::paragraphs(&track));
    let body = body.filter(|body| !body.is_empty());
    (body.map(|body| json!({ "body": body })), problems)
}

/// Copies the renditions of a picture into the site.
fn publish(files: &mut Files<'_>, path: &str, rendered: &Rendered) -> Result<(), Failure> {
    for rendition in &rendered.renditions {
        files.copy(&rendition.path, &path_of(path, rendition))?;
    }
    Ok(())
}

/// A folder for each original, by the hash of its path: two originals of the same
/// bytes have the same renditions, and each its own copies.
fn path_of(path: &str, rendition: &picture::Rendition) -> String {
    let folder: String = Sha256::digest(path)
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{RENDITIONS}/{folder}/{}", rendition.file_name())
}

fn of_picture(path: &str, rendered: &Rendered) -> Value {
    let renditions: Vec<Value> = rendered
        .renditions
        .iter()
        .map(|file| {
            json!({
                "href": format!("/{}", path_of(path, file)),
                "contentType": file.media_type(),
                "width": file.width,
                "height": file.height,
                "sizeInBytes": file.bytes,
            })
        })
        .collect();
    let mut made = json!({
        "width": rendered.width,
        "height": rendered.height,
        "placeholder": rendered.placeholder.colour,
        "renditions": renditions,
    });
    let credit = &rendered.credit;
    let mut rights = Map::new();
    let line = credit
        .credit_line
        .clone()
        .or_else(|| (!credit.creators.is_empty()).then(|| credit.creators.join(", ")));
    for (name, value) in [
        ("creditText", line),
        ("copyrightNotice", credit.copyright_notice.clone()),
        ("usageTerms", credit.usage_terms.clone()),
    ] {
        if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
            rights.insert(name.into(), value.trim().into());
        }
    }
    if !rights.is_empty()
        && let Some(made) = made.as_object_mut()
    {
        made.insert("rights".into(), rights.into());
    }
    made
}

fn of_film(film: &film::Film) -> Value {
    let mut made = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            made.insert(name.into(), value);
        }
    };
    put("width", film.width.map(Value::from));
    put("height", film.height.map(Value::from));
    put("sizeInBytes", Some(film.size_in_bytes.into()));
    put("duration", film.duration.and_then(seconds));
    put("codecs", film.codecs().map(Value::from));
    put("bitrate", film.bitrate.map(Value::from));
    made.into()
}

fn seconds(duration: Decimal) -> Option<Value> {
    serde_json::to_value(duration).ok()
}
