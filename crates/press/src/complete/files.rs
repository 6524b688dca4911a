//! Picture, film and caption files: what they are, and what readers get.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use article::Decimal;
use media::picture::{self, Cache, Recipe, Rendered};
use media::webvtt::Purpose;
use media::{Problem, film, transcript, webvtt};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::{Known, Made, icons};
use crate::build::{shown_as_it_is, stamped};
use crate::check::{Checked, media_file};
use crate::embargo::Visibility;
use crate::finding::{Failure, Finding};
use crate::fingerprint;
use crate::output::{Files, Output};
use crate::spread;
use crate::story::{Unseen, is_named_as_picture};

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
    /// Of a name that promises nothing. An article may have it for a picture, and a
    /// browser for a drawing.
    Unknown,
}

impl Kind {
    /// `None` for what no browser takes for a drawing and no article for a picture.
    fn of(path: &str) -> Option<Self> {
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        Some(match ending.to_ascii_lowercase().as_str() {
            "jpg" | "jpeg" | "png" | "webp" | "gif" | "avif" => Self::Picture,
            "svg" | "svgz" => Self::Drawing,
            "mp4" | "m4v" | "mov" | "webm" | "mp3" | "m4a" | "ogg" | "opus" | "oga" | "wav"
            | "flac" => Self::Film,
            "vtt" => Self::Track,
            "css" | "htm" | "html" | "js" | "json" | "md" | "mjs" | "otf" | "pdf" | "ttf"
            | "txt" | "webmanifest" | "woff" | "woff2" | "xht" | "xhtml" | "zip" => return None,
            _ => Self::Unknown,
        })
    }
}

/// A file that articles show, or that could do more than be shown.
struct Shown<'a> {
    path: &'a str,
    kind: Kind,
    role: Role,
    /// Whether it reaches readers with all that stands in it.
    is_as_it_is: bool,
    /// Of a text track: what it is for.
    purpose: Purpose,
}

/// What a file is to the articles of the site.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Role {
    /// None shows it: it is linked to, or lies there.
    Unshown,
    /// Only articles that are withheld show it: it is looked at, and nothing is made.
    Withheld,
    Published,
    /// A published article has it as the only file of a picture.
    Original,
}

/// The files to look at, in the order of their paths.
fn shown(checked: &Checked) -> Vec<Shown<'_>> {
    let mut roles: HashMap<u64, Role> = HashMap::new();
    let mut odd: HashSet<u64> = HashSet::new();
    let mut unseen: HashMap<u64, Unseen> = HashMap::new();
    let mut raise = |file: u64, role: Role| {
        let known = roles.entry(file).or_insert(role);
        *known = role.max(*known);
    };
    for (_, facts) in checked.known() {
        let is_published = checked.visibility(facts) == Visibility::Published;
        let role = if is_published {
            Role::Published
        } else {
            Role::Withheld
        };
        facts.media.iter().for_each(|file| raise(*file, role));
        if is_published {
            let originals = facts.originals.iter();
            originals.for_each(|file| raise(*file, Role::Original));
        }
        odd.extend(facts.odd_pictures.iter().copied());
        unseen.extend(facts.unseen_tracks.iter().copied());
    }
    // The site's own are its logo.
    let logos = checked.site.iter().flat_map(|file| &file.links.media);
    for logo in logos.filter_map(|link| media_file(&link.value)) {
        let logo = fingerprint::of(logo.as_str());
        raise(logo, Role::Published);
        odd.insert(logo);
    }
    let as_it_is = shown_as_it_is(checked);
    let files = checked.tree.files.keys().filter_map(|path| {
        let fingerprint = fingerprint::of(path.as_str());
        let is_odd = odd.contains(&fingerprint);
        let kind = Kind::of(path).or(is_odd.then_some(Kind::Unknown))?;
        let file = Shown {
            path,
            kind: if kind == Kind::Unknown && is_odd {
                Kind::Picture
            } else {
                kind
            },
            role: roles.get(&fingerprint).copied().unwrap_or(Role::Unshown),
            is_as_it_is: as_it_is.contains(&fingerprint),
            purpose: match unseen.get(&fingerprint) {
                Some(Unseen::Descriptions) => Purpose::Described,
                Some(Unseen::Chapters) => Purpose::Chapters,
                None => Purpose::Spoken,
            },
        };
        let is_looked_at = match kind {
            Kind::Drawing | Kind::Unknown => true,
            Kind::Picture => file.role != Role::Unshown || file.is_as_it_is,
            Kind::Film | Kind::Track => file.role != Role::Unshown,
        };
        is_looked_at.then_some(file)
    });
    files.collect()
}

/// Looks at every file that articles show and says what is wrong with some.
pub fn look(checked: &Checked) -> Vec<Finding> {
    let files = shown(checked);
    let found = spread::over_shown("Looking at pictures and films", &files, |file| {
        let from = place(checked, file.path);
        let problems = if file.is_replaced(&from) {
            match picture::probe(&from) {
                Ok(probe) => warnings(probe.warnings),
                Err(problem) => vec![error(problem)],
            }
        } else {
            seen(&from, file).1
        };
        findings(file.path, problems)
    });
    let mut found: Vec<Finding> = found.into_iter().flatten().collect();
    found.extend(icons::look(checked));
    found
}

/// Makes what readers get of every file that published articles show, and looks at
/// those that only withheld ones do.
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
            file.role,
            file.kind == Kind::Picture,
            file.is_as_it_is,
            file.purpose == Purpose::Described,
            file.purpose == Purpose::Chapters,
        ));
        let made = output.unit_with_text(&format!("{} for readers", file.path), key, |files| {
            let from = place(checked, file.path);
            let (json, problems) = if file.is_replaced(&from) {
                match picture::render(&from, &cache, &recipe) {
                    Ok(rendered) => {
                        publish(files, file.path, &rendered)?;
                        let made = of_picture(file.path, &rendered);
                        let mut problems = warnings(rendered.warnings);
                        if file.is_as_it_is {
                            problems = published(&from, file);
                        }
                        (Some(made), problems)
                    }
                    Err(problem) => (None, vec![error(problem)]),
                }
            } else {
                seen(&from, file)
            };
            remembered(json.filter(|_| file.role != Role::Withheld), &problems).map(Some)
        })?;
        let (json, problems) = made.map(recalled).unwrap_or_default();
        let json = json.map(|json| {
            let made = Made {
                fingerprint: fingerprint::of(json),
                json,
            };
            (fingerprint::of(file.path), made)
        });
        Ok((json, findings(file.path, problems)))
    });
    let mut known = Known::default();
    let mut findings = icons::make(checked, output)?;
    for one in made {
        let (json, found) = one?;
        known.files.extend(json);
        findings.extend(found);
    }
    Ok((known, findings))
}

impl Shown<'_> {
    /// Whether readers get renditions in its place.
    fn is_replaced(&self, from: &Path) -> bool {
        self.kind == Kind::Picture
            && self.role == Role::Original
            && !self.is_drawing(from)
            && !picture::place::is_shown_only(from)
    }

    /// Whether the file is a drawing to a browser, though its name says nothing.
    fn is_drawing(&self, from: &Path) -> bool {
        if is_named_as_picture(self.path) {
            return false;
        }
        /// So many bytes tell whether it is worth reading: drawings begin with `<`.
        const START: u64 = 256;
        let mut start = Vec::new();
        let read = File::open(from).and_then(|file| file.take(START).read_to_end(&mut start));
        let is_padding = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, 0 | 0xEF..=0xFF);
        let first = start
            .iter()
            .find(|byte| !is_padding(byte) && **byte != 0xBB);
        read.is_ok()
            && first == Some(&b'<')
            && std::fs::read(from).is_ok_and(|bytes| picture::svg::is_in(&bytes))
    }
}

/// What there is to know of a file of which no renditions are made, and what is wrong
/// with it.
fn seen(from: &Path, file: &Shown<'_>) -> (Option<Value>, Vec<Told>) {
    match file.kind {
        Kind::Drawing => (None, drawing(from)),
        Kind::Picture | Kind::Unknown if file.is_drawing(from) => (None, drawing(from)),
        Kind::Picture => (None, published(from, file)),
        Kind::Unknown => (None, Vec::new()),
        Kind::Film => match film::probe(from) {
            Ok(film) => (Some(of_film(&film)), warnings(film.warnings)),
            Err(problem) => (None, vec![error(problem)]),
        },
        Kind::Track => track(from, file.purpose),
    }
}

/// What is wrong with a picture that is published as it is, or will be.
fn published(from: &Path, file: &Shown<'_>) -> Vec<Told> {
    let mut problems = match picture::place::look(from) {
        Ok(problems) => warnings(problems),
        // What nobody shows may be there to be downloaded.
        Err(problem) => vec![told(problem, file.role != Role::Unshown)],
    };
    if !file.is_as_it_is && file.role != Role::Original {
        problems.retain(|problem| problem.kind != "picture-tells-place");
    }
    if file.role == Role::Original && picture::place::is_shown_only(from) {
        problems.push(told(
            Problem::new(
                "picture-as-it-is",
                "no sizes are made of an AVIF picture: every reader gets this file, and all that stands in it",
                "Save the original as JPEG or PNG: press makes AVIF, WebP and JPEG of it in six widths.",
            ),
            false,
        ));
    }
    problems
}

/// A problem of a file, as it is remembered until the file changes.
#[derive(Serialize, Deserialize)]
pub(super) struct Told {
    is_error: bool,
    kind: String,
    line: Option<usize>,
    message: String,
    hint: String,
}

fn told(problem: Problem, is_error: bool) -> Told {
    Told {
        is_error,
        kind: problem.kind.to_owned(),
        line: problem.line,
        message: problem.message,
        hint: problem.hint,
    }
}

pub(super) fn error(problem: Problem) -> Told {
    told(problem, true)
}

fn warnings(problems: Vec<Problem>) -> Vec<Told> {
    problems
        .into_iter()
        .map(|problem| told(problem, false))
        .collect()
}

/// What is known of a file in a line behind what is wrong with it: the next build says
/// both without looking at the file again, and need not read the one to find the other.
fn remembered(json: Option<Value>, problems: &[Told]) -> Result<String, Failure> {
    let problems = serde_json::to_string(problems)
        .map_err(|error| Failure(format!("could not note what a picture is: {error}")))?;
    let json = json.map(|json| json.to_string()).unwrap_or_default();
    Ok(format!("{problems}\n{json}"))
}

fn recalled(text: &'static str) -> (Option<&'static str>, Vec<Told>) {
    let (problems, json) = text.split_once('\n').unwrap_or_default();
    let problems = match problems {
        "[]" => Vec::new(),
        problems => serde_json::from_str(problems).unwrap_or_default(),
    };
    (Some(json).filter(|json| !json.is_empty()), problems)
}

fn place(checked: &Checked, path: &str) -> PathBuf {
    checked.tree.root.join("public").join(path)
}

pub(super) fn findings(path: &str, problems: Vec<Told>) -> Vec<Finding> {
    let file: Arc<str> = format!("public/{path}").into();
    problems
        .into_iter()
        .map(|problem| {
            let finding = if problem.is_error {
                Finding::error(&problem.kind, &file, None)
            } else {
                Finding::warning(&problem.kind, &file, None)
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
fn drawing(from: &Path) -> Vec<Told> {
    let Ok(text) = std::fs::read_to_string(from) else {
        let problem = Problem::new(
            "drawing-unreadable",
            "the drawing cannot be read as text",
            "Save it again as SVG in UTF-8.",
        );
        return vec![error(problem)];
    };
    match picture::svg::is_inert(&text) {
        Ok(()) => Vec::new(),
        Err(reason) => {
            let problem = Problem::new(
                "drawing-not-inert",
                format!("the drawing could do more than be seen: {reason}"),
                "Take that out, or publish the drawing as PNG.",
            );
            vec![error(problem)]
        }
    }
}

fn track(from: &Path, purpose: Purpose) -> (Option<Value>, Vec<Told>) {
    let bytes = match std::fs::read(from) {
        Ok(bytes) => bytes,
        Err(failure) => {
            let problem = Problem::new(
                "track-unreadable",
                format!("the text track cannot be read: {failure}"),
                "See that the file is there and that you may read it.",
            );
            return (None, vec![error(problem)]);
        }
    };
    let reading = webvtt::read(&bytes, purpose);
    let is_error = reading.track.is_none();
    let problems = reading
        .problems
        .into_iter()
        .map(|problem| told(problem, is_error))
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
        "renditions": renditions,
    });
    // Other formats may have holes, through which a colour behind them would be seen
    // for ever.
    if rendered.format == picture::Format::Jpeg
        && let Some(made) = made.as_object_mut()
    {
        let colour = rendered.placeholder.colour.as_str();
        made.insert("placeholder".into(), colour.into());
    }
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
