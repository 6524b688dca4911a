//! What one build tells the next: of every article what was read in it, and of every
//! file of the built site what it was made of.
//!
//! It is a convenience and never the truth: a memory that is missing, damaged, of
//! another press or of another site is forgotten, and everything is made anew. It
//! lies beside the built site, whose state it describes.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use article::json::Span;
use serde::{Deserialize, Serialize};

use crate::files::ArticleFile;
use crate::finding::{Failure, Finding, Severity};
use crate::fingerprint;
use crate::spread;
use crate::stamp::Stamp;
use crate::story::{Facts, Story};

/// Changes whenever the layout below does.
const FORMAT: u64 = 3;
/// How many records share a frame: enough that frames can be read side by side.
const FRAME: usize = 2048;
/// So many frames are made before they are written.
const TOGETHER: usize = 4;

/// What was there after the build before.
#[derive(Default)]
pub struct Memory {
    header: Header,
    // Boxed, because a growing map moves what is in it.
    stories: HashMap<Box<str>, Box<Remembered>>,
    pub units: HashMap<Box<str>, Unit>,
}

/// Files that are made of the same things, such as a story and its pages.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Unit {
    /// The fingerprint of everything they were made of.
    pub key: u64,
    /// Their paths below the built site, with the fingerprints of their bytes.
    pub files: Box<[(Box<str>, u64)]>,
    /// What else was made of the same things and is wanted again: a story's card, a
    /// list's head.
    pub summary: Option<Box<str>>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Header {
    format: u64,
    /// The program that wrote it.
    press: u64,
    /// `site.json`, which says which links stay on the site.
    site: u64,
    /// The names of all files of the site that are no articles.
    files: u64,
}

#[derive(Serialize, Deserialize)]
struct Remembered {
    stamp: Stamp,
    facts: Facts,
    findings: Box<[Kept]>,
}

/// A [`Finding`] without its file.
#[derive(Serialize, Deserialize)]
struct Kept {
    is_error: bool,
    kind: String,
    span: Option<(usize, usize)>,
    field: String,
    message: String,
    hint: String,
}

#[derive(Serialize, Deserialize)]
enum Frame {
    Header(Header),
    Stories(Vec<(Box<str>, Box<Remembered>)>),
    Units(Vec<(Box<str>, Unit)>),
}

/// The same for writing, with nothing copied.
#[derive(Serialize)]
enum FrameOf<'a> {
    Header(Header),
    Stories(Vec<(&'a str, RememberedOf<'a>)>),
    Units(&'a [(Box<str>, Unit)]),
}

#[derive(Serialize)]
struct RememberedOf<'a> {
    stamp: Stamp,
    facts: &'a Facts,
    findings: Vec<Kept>,
}

impl Memory {
    /// Reads a memory; an empty one where there is none to trust.
    pub fn load(path: &Path) -> Self {
        Self::read(path).unwrap_or_default()
    }

    fn read(path: &Path) -> Option<Self> {
        let bytes = fs::read(path).ok()?;
        let mut frames = Vec::new();
        let mut rest = bytes.as_slice();
        while let Some((length, after)) = rest.split_first_chunk::<8>() {
            let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
            let (frame, after) = after.split_at_checked(length)?;
            frames.push(frame);
            rest = after;
        }
        if !rest.is_empty() {
            return None;
        }
        let mut memory = Self::default();
        memory.stories.reserve(frames.len() * FRAME / 2);
        memory.units.reserve(frames.len() * FRAME / 2);
        for frame in spread::over_each(&frames, |frame| postcard::from_bytes::<Frame>(frame).ok()) {
            match frame? {
                Frame::Header(header) => memory.header = header,
                Frame::Stories(stories) => memory.stories.extend(stories),
                Frame::Units(units) => memory.units.extend(units),
            }
        }
        let is_ours = memory.header.format == FORMAT && memory.header.press == this_press();
        is_ours.then_some(memory)
    }

    /// Forgets what was read of the articles if it was read in the light of another
    /// `site.json`.
    pub fn see_site(&mut self, site: u64) {
        if self.header.site != site {
            self.stories.clear();
        }
    }

    /// Forgets what may have been read otherwise now that other files are there: who
    /// names a missing file, and who was found to.
    pub fn see_files(&mut self, files: &BTreeMap<String, Stamp>) {
        if self.header.files == names(files) {
            return;
        }
        let there: std::collections::HashSet<u64> = files
            .keys()
            .map(|path| fingerprint::of(path.as_str()))
            .collect();
        self.stories.retain(|_, story| {
            story.findings.is_empty() && story.facts.media.iter().all(|path| there.contains(path))
        });
    }

    pub fn knows(&self, file: &ArticleFile) -> bool {
        self.stories
            .get(&*file.path)
            .is_some_and(|story| story.stamp == file.stamp)
    }

    /// What is known of a file that has not changed.
    pub fn recall(&mut self, file: &ArticleFile) -> Option<Story> {
        let story = self.stories.remove(&*file.path)?;
        (story.stamp == file.stamp).then(|| Story {
            file: file.clone(),
            facts: Some(story.facts),
            found: story
                .findings
                .into_iter()
                .map(|kept| kept.of(&file.path))
                .collect(),
        })
    }
}

/// Writes a memory whole or not at all.
///
/// # Errors
/// When the file cannot be written.
pub fn save(
    path: &Path,
    site: u64,
    files: &BTreeMap<String, Stamp>,
    stories: &[&Story],
    units: &[(Box<str>, Unit)],
) -> Result<(), Failure> {
    let failure = |error: &std::io::Error| Failure::io("write", path, error);
    let header = FrameOf::Header(Header {
        format: FORMAT,
        press: this_press(),
        site,
        files: names(files),
    });
    let file = fs::File::create(path).map_err(|e| failure(&e))?;
    let mut file = std::io::BufWriter::new(file);
    let mut write = |frames: Vec<postcard::Result<Vec<u8>>>| {
        for frame in frames {
            let frame =
                frame.map_err(|error| Failure(format!("could not remember the build: {error}")))?;
            file.write_all(&(frame.len() as u64).to_le_bytes())
                .and_then(|()| file.write_all(&frame))
                .map_err(|e| failure(&e))?;
        }
        Ok(())
    };
    write(vec![postcard::to_stdvec(&header)])?;
    // Some frames at a time: all of them would need as much memory as the file is long.
    let parts: Vec<&[&Story]> = stories.chunks(FRAME).collect();
    for parts in parts.chunks(TOGETHER) {
        write(spread::over_each(parts, |part| {
            let stories = part.iter().filter_map(|story| {
                let remembered = RememberedOf {
                    stamp: story.file.stamp,
                    facts: story.facts.as_ref()?,
                    findings: story.found.iter().map(Kept::from).collect(),
                };
                Some((&*story.file.path, remembered))
            });
            postcard::to_stdvec(&FrameOf::Stories(stories.collect()))
        }))?;
    }
    let parts: Vec<&[(Box<str>, Unit)]> = units.chunks(FRAME).collect();
    for parts in parts.chunks(TOGETHER) {
        write(spread::over_each(parts, |part| {
            postcard::to_stdvec(&FrameOf::Units(part))
        }))?;
    }
    file.flush().map_err(|e| failure(&e))
}

impl Kept {
    fn of(self, file: &Arc<str>) -> Finding {
        Finding {
            severity: if self.is_error {
                Severity::Error
            } else {
                Severity::Warning
            },
            kind: self.kind,
            file: Arc::clone(file),
            span: self.span.map(|(start, end)| Span { start, end }),
            field: self.field,
            message: self.message,
            hint: self.hint,
        }
    }
}

impl From<&Finding> for Kept {
    fn from(finding: &Finding) -> Self {
        Self {
            is_error: finding.is_error(),
            kind: finding.kind.clone(),
            span: finding.span.map(|span| (span.start, span.end)),
            field: finding.field.clone(),
            message: finding.message.clone(),
            hint: finding.hint.clone(),
        }
    }
}

fn names(files: &BTreeMap<String, Stamp>) -> u64 {
    fingerprint::of(&files.keys().collect::<Vec<_>>())
}

/// The program that runs now: another one may read and write otherwise.
pub fn this_press() -> u64 {
    let program = std::env::current_exe().and_then(fs::metadata).ok();
    fingerprint::of(&(
        env!("CARGO_PKG_VERSION"),
        program.as_ref().map(Stamp::of),
        cfg!(feature = "snapshots"),
    ))
}
