//! What one build tells the next: of every article what was read in it, and of every
//! file of the built site what it was made of.
//!
//! It is a convenience and never the truth: a memory that is missing, damaged, of
//! another press or of another site is forgotten, and everything is made anew. It
//! lies beside the built site, whose state it describes, in two files: the memory of
//! a whole site, and what has changed since that was written. An edit of one story
//! writes some kilobytes and not the hundreds of megabytes of an archive; when the
//! changes have become many, the whole is written again.
//!
//! Both are frames one after another: the length of a frame, its fingerprint, its
//! bytes. What is remembered is borrowed from them as far as it is text.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use article::json::Span;
use serde::{Deserialize, Serialize};

use crate::files::ArticleFile;
use crate::finding::{Failure, Finding, Severity};
use crate::fingerprint::{self, Map, Set};
use crate::stamp::Stamp;
use crate::story::{Facts, Story};
use crate::{kept, spread};

/// Changes whenever the layout below does.
const FORMAT: u64 = 5;
/// How many records share a frame: enough that frames can be read side by side.
const FRAME: usize = 2048;
/// So many frames are made before they are written.
const TOGETHER: usize = 4;
/// The changes may become this part of the whole before that is written again.
const MOST_CHANGES: usize = 16;

/// What was there after the build before.
#[derive(Default)]
pub struct Memory {
    header: Header,
    // Boxed, because a growing map moves what is in it.
    stories: Map<&'static str, Box<Remembered>>,
    /// What is not true any more, and must not come back.
    forgotten: Vec<&'static str>,
    pub units: Map<&'static str, Unit>,
    /// The file all this was read from; `None` where nothing was.
    pub base: Option<Base>,
    /// Whether there was a memory, of a site that is not there any more or damaged.
    pub is_refused: bool,
}

/// A memory of a whole site, and the changes that belong to it.
pub struct Base {
    id: u64,
    length: usize,
    changes: &'static [u8],
}

/// Files that are made of the same things, such as a story and its pages.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Unit {
    /// The fingerprint of everything they were made of.
    pub key: u64,
    /// Their paths below the built site, with the fingerprints of their bytes.
    pub files: Box<[(&'static str, u64)]>,
    /// What else was made of the same things and is wanted again: what lists and maps
    /// need of a story, a list's head.
    pub summary: Option<&'static [u8]>,
}

/// The units of a build, by their names.
#[derive(Default)]
pub struct Units {
    /// As they were after the build before.
    pub kept: Vec<(&'static str, Unit)>,
    pub made: Vec<(&'static str, Unit)>,
    /// Those of the build before that are no more.
    pub gone: Vec<&'static str>,
}

impl Units {
    /// How many files the site has.
    pub fn files(&self) -> usize {
        let units = self.kept.iter().chain(&self.made);
        units.map(|(_, unit)| unit.files.len()).sum()
    }
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Header {
    format: u64,
    /// The program that wrote it.
    press: u64,
    /// Which memory of a whole site this is, or belongs to.
    base: u64,
    /// `site.json`, which says which links stay on the site.
    site: u64,
    /// The names of all files of the site that are no articles.
    files: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct Remembered {
    stamp: Stamp,
    place: u64,
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
#[serde(bound(deserialize = "'de: 'static"))]
enum Frame {
    Header(Header),
    Forgotten {
        stories: Vec<&'static str>,
        units: Vec<&'static str>,
    },
    Stories(Vec<(&'static str, Box<Remembered>)>),
    Units(Vec<(&'static str, Unit)>),
}

/// The same for writing, with nothing copied.
#[derive(Serialize)]
enum FrameOf<'a> {
    Header(Header),
    Forgotten {
        stories: &'a [&'static str],
        units: &'a [&'static str],
    },
    Stories(Vec<(&'a str, RememberedOf<'a>)>),
    Units(&'a [(&'static str, Unit)]),
}

#[derive(Serialize)]
struct RememberedOf<'a> {
    stamp: Stamp,
    place: u64,
    facts: &'a Facts,
    findings: Vec<Kept>,
}

impl Memory {
    /// Reads a memory; an empty one where there is none to trust.
    pub fn load(whole: &Path, changes: &Path) -> Self {
        if !whole.exists() {
            return Self::default();
        }
        Self::read(whole, changes).unwrap_or_else(Self::refused)
    }

    /// Nothing is remembered, and somebody should know.
    pub fn refused() -> Self {
        Self {
            is_refused: true,
            ..Self::default()
        }
    }

    fn read(whole: &Path, changes: &Path) -> Option<Self> {
        let bytes = kept::file(whole).ok()?;
        let mut memory = Self::default();
        let frames = frames(bytes)?;
        memory.stories.reserve(frames.len() * FRAME / 2);
        memory.units.reserve(frames.len() * FRAME / 2);
        let Some(Frame::Header(header)) = frames.first().and_then(|frame| frame.read()) else {
            return None;
        };
        // Another press wrote it: that is no damage, and nothing to tell of.
        if header.format != FORMAT || header.press != this_press() {
            return Some(Self::default());
        }
        memory.learn(&frames)?;
        let changes = match changes.exists() {
            true => kept::file(changes).ok()?,
            false => &[],
        };
        let base = memory.header.base;
        let later = self::frames(changes)?;
        memory.learn(&later)?;
        // Changes of another whole would not tell of this one.
        if memory.header.base != base {
            return None;
        }
        memory.base = Some(Base {
            id: base,
            length: bytes.len(),
            changes,
        });
        Some(memory)
    }

    /// Takes frames in, of which later ones have the last word.
    fn learn(&mut self, frames: &[Bytes]) -> Option<()> {
        for frame in spread::over_each(frames, Bytes::read) {
            match frame? {
                Frame::Header(header) => self.header = header,
                Frame::Forgotten { stories, units } => {
                    for path in stories {
                        self.stories.remove(path);
                    }
                    for name in units {
                        self.units.remove(name);
                    }
                }
                Frame::Stories(stories) => self.stories.extend(stories),
                Frame::Units(units) => self.units.extend(units),
            }
        }
        Some(())
    }

    /// Forgets what was read of the articles if it was read in the light of another
    /// `site.json`.
    pub fn see_site(&mut self, site: u64) {
        if self.header.site != site {
            self.forgotten
                .extend(self.stories.drain().map(|(path, _)| path));
        }
    }

    /// Forgets what may have been read otherwise now that other files are there: who
    /// names a missing file, and who was found to.
    pub fn see_files(&mut self, files: &BTreeMap<String, Stamp>) {
        if self.header.files == names(files) {
            return;
        }
        let there: Set<u64> = files
            .keys()
            .map(|path| fingerprint::of(path.as_str()))
            .collect();
        let is_false = |_: &&'static str, story: &mut Box<Remembered>| {
            !story.findings.is_empty() || !story.facts.media.iter().all(|path| there.contains(path))
        };
        let gone = self.stories.extract_if(is_false);
        self.forgotten.extend(gone.map(|(path, _)| path));
    }

    pub fn knows(&self, file: &ArticleFile) -> bool {
        self.stories
            .get(&*file.path)
            .is_some_and(|story| story.stamp == file.stamp)
    }

    /// What is known of a file that has not changed.
    pub fn recall(&mut self, file: &ArticleFile) -> Option<Story> {
        let (path, story) = self.stories.remove_entry(&*file.path)?;
        if story.stamp != file.stamp {
            self.forgotten.push(path);
            return None;
        }
        Some(Story {
            file: file.clone(),
            place: story.place,
            is_remembered: true,
            facts: Some(story.facts),
            found: story
                .findings
                .into_iter()
                .map(|kept| kept.of(&file.path))
                .collect(),
        })
    }

    /// The articles that are no more as they were.
    pub fn forgotten(&self) -> impl Iterator<Item = &'static str> {
        self.forgotten
            .iter()
            .copied()
            .chain(self.stories.keys().copied())
    }
}

/// A frame that has not been read yet.
struct Bytes {
    fingerprint: u64,
    bytes: &'static [u8],
}

impl Bytes {
    /// `None` if it is damaged.
    fn read(&self) -> Option<Frame> {
        let is_sound = fingerprint::of(self.bytes) == self.fingerprint;
        postcard::from_bytes(self.bytes).ok().filter(|_| is_sound)
    }
}

/// The frames of a file; `None` if it has been cut off.
fn frames(mut rest: &'static [u8]) -> Option<Vec<Bytes>> {
    let mut frames = Vec::new();
    while let Some((length, after)) = rest.split_first_chunk::<8>() {
        let (fingerprint, after) = after.split_first_chunk::<8>()?;
        let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
        let (bytes, after) = after.split_at_checked(length)?;
        frames.push(Bytes {
            fingerprint: u64::from_le_bytes(*fingerprint),
            bytes,
        });
        rest = after;
    }
    rest.is_empty().then_some(frames)
}

/// What a build leaves to the next.
pub struct Remember<'a> {
    /// The fingerprint of `site.json`.
    pub site: u64,
    pub files: &'a BTreeMap<String, Stamp>,
    /// The articles of whose files the times can be relied on.
    pub stories: Vec<&'a Story>,
    /// The articles that are no more as they were at the build before.
    pub forgotten: Vec<&'static str>,
}

/// Where memories are written, to take their places together with the site.
pub struct Places {
    pub whole: PathBuf,
    pub changes: PathBuf,
}

impl Remember<'_> {
    /// Writes a memory whole or not at all: what has changed since the base, or
    /// everything where there is no base or the changes have become many.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save(&self, places: &Places, base: Option<&Base>, units: &Units) -> Result<(), Failure> {
        let new: Vec<&Story> = self
            .stories
            .iter()
            .copied()
            .filter(|story| !story.is_remembered)
            .collect();
        let is_little = |base: &&Base| {
            new.len() * MOST_CHANGES <= self.stories.len()
                && units.made.len() * MOST_CHANGES <= units.kept.len()
                && base.changes.len() * MOST_CHANGES <= base.length
        };
        if let Some(base) = base.filter(is_little) {
            let mut file = Frames::create(&places.changes)?;
            file.append(base.changes)?;
            file.put(&FrameOf::Header(self.header(base.id)))?;
            file.put(&FrameOf::Forgotten {
                stories: &self.forgotten,
                units: &units.gone,
            })?;
            file.put_all(&new, |part| stories(part))?;
            file.put_all(&units.made, FrameOf::Units)?;
            return file.end();
        }
        let id = fingerprint::of(&(SystemTime::now(), std::process::id()));
        let mut file = Frames::create(&places.whole)?;
        file.put(&FrameOf::Header(self.header(id)))?;
        file.put_all(&self.stories, |part| stories(part))?;
        file.put_all(&units.kept, FrameOf::Units)?;
        file.put_all(&units.made, FrameOf::Units)?;
        file.end()
    }

    fn header(&self, base: u64) -> Header {
        Header {
            format: FORMAT,
            press: this_press(),
            base,
            site: self.site,
            files: names(self.files),
        }
    }
}

fn stories<'a>(part: &[&'a Story]) -> FrameOf<'a> {
    let stories = part.iter().filter_map(|story| {
        let remembered = RememberedOf {
            stamp: story.file.stamp,
            place: story.place,
            facts: story.facts.as_ref()?,
            findings: story.found.iter().map(Kept::from).collect(),
        };
        Some((&*story.file.path, remembered))
    });
    FrameOf::Stories(stories.collect())
}

/// A file of frames on its way out.
struct Frames<'a> {
    path: &'a Path,
    file: io::BufWriter<fs::File>,
}

impl<'a> Frames<'a> {
    fn create(path: &'a Path) -> Result<Self, Failure> {
        let file = fs::File::create(path).map_err(|e| Failure::io("write", path, &e))?;
        Ok(Self {
            path,
            file: io::BufWriter::new(file),
        })
    }

    fn append(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.file
            .write_all(bytes)
            .map_err(|e| Failure::io("write", self.path, &e))
    }

    fn put(&mut self, frame: &FrameOf<'_>) -> Result<(), Failure> {
        self.add(postcard::to_stdvec(frame))
    }

    /// Some frames at a time: all of them would need as much memory as the file is long.
    fn put_all<'r, T: Sync>(
        &mut self,
        records: &'r [T],
        frame: impl Fn(&'r [T]) -> FrameOf<'r> + Sync,
    ) -> Result<(), Failure> {
        let parts: Vec<&[T]> = records.chunks(FRAME).collect();
        for parts in parts.chunks(TOGETHER) {
            for made in spread::over_each(parts, |part| postcard::to_stdvec(&frame(part))) {
                self.add(made)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, frame: postcard::Result<Vec<u8>>) -> Result<(), Failure> {
        let frame =
            frame.map_err(|error| Failure(format!("could not remember the build: {error}")))?;
        self.append(&(frame.len() as u64).to_le_bytes())?;
        self.append(&fingerprint::of(frame.as_slice()).to_le_bytes())?;
        self.append(&frame)
    }

    fn end(mut self) -> Result<(), Failure> {
        self.file
            .flush()
            .map_err(|e| Failure::io("write", self.path, &e))
    }
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
