//! A folder of finished renditions, so that nothing is encoded twice.
//!
//! ```text
//! <folder>/CACHEDIR.TAG         so that backups leave it out
//! <folder>/records/ab/<key>     what was made of one original by one recipe
//! <folder>/files/cd/<hash>.avif the renditions, by their content
//! <folder>/seen/ef/<hash>       size and time of an original, and its hash
//! <folder>/locks/ab             one process at a time makes what has a key in ab
//! ```
//!
//! The key is a hash of the original's bytes and of everything else that the
//! renditions depend on, so nothing in here is ever wrong, only missing or
//! damaged; what is damaged is made anew. The folder may be deleted at any time.

use std::collections::{BTreeSet, HashSet};
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::credit::Credit;
use super::encode::Encoding;
use super::format::Format;
use super::placeholder::Placeholder;
use crate::Problem;

/// A file that was changed so short a time ago may be changed again without
/// another time or size: some file systems count in seconds. Its hash is not
/// remembered.
const SETTLED: Duration = Duration::from_secs(2);

/// How often the record of what is still in use says so by its own time.
const TOUCHED: Duration = Duration::from_hours(1);

/// A folder of finished renditions.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    parts: AtomicU64,
    hits: AtomicU64,
    misses: AtomicU64,
    unread: AtomicU64,
    damaged: AtomicU64,
}

/// What a cache was good for since it was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Pictures that were there.
    pub hits: u64,
    /// Pictures that had to be made.
    pub misses: u64,
    /// Originals known by size and time, so that they were not even read.
    pub unread: u64,
    /// Entries that were not what they should be, and were made anew.
    pub damaged: u64,
}

/// What [`Cache::prune`] removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pruned {
    pub files: u64,
    pub bytes: u64,
}

/// What was made of one original.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    pub source: String,
    pub format: Format,
    pub trailing_bytes: u64,
    pub width: u32,
    pub height: u32,
    pub is_animated: bool,
    pub credit: Credit,
    pub placeholder: Placeholder,
    pub renditions: Vec<Entry>,
}

/// One rendition in a record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    pub encoding: Encoding,
    pub width: u32,
    pub height: u32,
    pub bytes: u64,
    pub hash: String,
}

/// By which an original is known again.
#[derive(PartialEq, Serialize, Deserialize)]
struct Seen {
    size: u64,
    /// Nanoseconds since 1970.
    modified: u128,
    /// When the file's entry last changed, where the system tells: a copy can
    /// be given any time of modification, but not this one.
    changed: i128,
    source: String,
}

impl Cache {
    /// Opens the folder, making it if need be.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(folder: &Path) -> Result<Self, Problem> {
        let cache = Self {
            folder: folder.to_path_buf(),
            parts: AtomicU64::new(0),
            hits: AtomicU64::new(0),
            misses: AtomicU64::new(0),
            unread: AtomicU64::new(0),
            damaged: AtomicU64::new(0),
        };
        let tag = folder.join("CACHEDIR.TAG");
        if !tag.exists() {
            let text = b"Signature: 8a477f597d28d172789f06886806bc55\n# Renditions of pictures. May be deleted: they are made anew.\n";
            cache.write(&tag, text)?;
        }
        Ok(cache)
    }

    /// What it was good for so far.
    pub fn statistics(&self) -> Statistics {
        let of = |count: &AtomicU64| count.load(Ordering::Relaxed);
        Statistics {
            hits: of(&self.hits),
            misses: of(&self.misses),
            unread: of(&self.unread),
            damaged: of(&self.damaged),
        }
    }

    /// Removes what no picture in `keep` needs; these are the keys of
    /// [`Rendered`](super::Rendered). What was made or used within `spare` stays:
    /// another process may be about to use it. An hour is right for builds.
    ///
    /// # Errors
    /// When something may not be removed.
    pub fn prune(&self, keep: &BTreeSet<String>, spare: Duration) -> Result<Pruned, Problem> {
        let mut pruned = Pruned::default();
        let mut wanted: HashSet<String> = HashSet::new();
        let mut sources: HashSet<String> = HashSet::new();
        for file in self.files("records") {
            let is_young = is_young(&file, spare);
            match self.record(&file) {
                Some(record) if is_young || keep.contains(&name(&file)) => {
                    wanted.extend(record.renditions.iter().map(Entry::name));
                    sources.insert(record.source);
                }
                // Half-written, perhaps by a process that is still at it.
                _ if is_young => {}
                _ => remove(&file, &mut pruned)?,
            }
        }
        for file in self.files("files") {
            if !wanted.contains(&name(&file)) && !is_young(&file, spare) {
                remove(&file, &mut pruned)?;
            }
        }
        for file in self.files("seen") {
            let seen: Option<Seen> = read_json(&file);
            let is_of_use = seen.is_some_and(|seen| sources.contains(&seen.source));
            if !is_of_use && !is_young(&file, spare) {
                remove(&file, &mut pruned)?;
            }
        }
        Ok(pruned)
    }

    /// All files two folders below.
    fn files(&self, kind: &str) -> Vec<PathBuf> {
        let entries = |folder: &Path| -> Vec<PathBuf> {
            fs::read_dir(folder)
                .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
                .unwrap_or_default()
        };
        let folders = entries(&self.folder.join(kind));
        folders.iter().flat_map(|folder| entries(folder)).collect()
    }

    pub(super) fn key(source: &str, recipe: &str) -> String {
        hash(format!("{source}\n{recipe}").as_bytes())
    }

    /// The hash of an original that has not changed since it was last read.
    pub(super) fn known(&self, path: &Path, about: &fs::Metadata) -> Option<String> {
        let seen: Seen = read_json(&self.seen(path)?)?;
        let now = seen_of(about, seen.source.clone())?;
        (now == seen).then_some(seen.source)
    }

    pub(super) fn count_unread(&self) {
        self.unread.fetch_add(1, Ordering::Relaxed);
    }

    /// Remembers the hash of an original, unless it was changed just now.
    pub(super) fn remember(&self, path: &Path, about: &fs::Metadata, source: &str) {
        let age = about.modified().ok().and_then(|time| time.elapsed().ok());
        if age.is_none_or(|age| age < SETTLED) {
            return;
        }
        let written = self.seen(path).and_then(|file| {
            let text = serde_json::to_vec(&seen_of(about, source.to_owned())?).ok()?;
            self.write(&file, &text).ok()
        });
        // Without it the original is read once more next time.
        let _ = written;
    }

    fn seen(&self, path: &Path) -> Option<PathBuf> {
        let path = std::path::absolute(path).ok()?;
        Some(self.place("seen", &hash(path.as_os_str().as_encoded_bytes())))
    }

    /// What was made of an original, if all of it is there and whole.
    pub(super) fn load(&self, key: &str) -> Option<Record> {
        let file = self.place("records", key);
        let record = self
            .record(&file)
            .filter(|record| record.renditions.iter().all(|entry| self.is_whole(entry)));
        if record.is_some() {
            self.hits.fetch_add(1, Ordering::Relaxed);
            if !is_young(&file, TOUCHED) {
                // Only so that pruning spares it.
                let _ = File::options()
                    .append(true)
                    .open(&file)
                    .and_then(|file| file.set_modified(SystemTime::now()));
            }
        }
        record
    }

    /// Called when an entry is about to be made: if there is one, it was no good.
    pub(super) fn count_damaged(&self, key: &str) {
        if self.place("records", key).exists() {
            self.damaged.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// A record begins with its own hash.
    fn record(&self, file: &Path) -> Option<Record> {
        let bytes = fs::read(file).ok()?;
        let (sum, json) = bytes.split_at_checked(64)?;
        (sum == hash(json).as_bytes())
            .then(|| serde_json::from_slice(json).ok())
            .flatten()
    }

    fn is_whole(&self, entry: &Entry) -> bool {
        let path = self.path(entry);
        let has_length = fs::metadata(&path).is_ok_and(|about| about.len() == entry.bytes);
        has_length && fs::read(&path).is_ok_and(|bytes| hash(&bytes) == entry.hash)
    }

    pub(super) fn path(&self, entry: &Entry) -> PathBuf {
        self.place("files", &entry.name())
    }

    /// Puts a rendition in and gives its hash.
    pub(super) fn store(&self, encoding: Encoding, bytes: &[u8]) -> Result<String, Problem> {
        let hash = hash(bytes);
        let path = self.place("files", &format!("{hash}.{}", encoding.ending()));
        self.write(&path, bytes)?;
        Ok(hash)
    }

    /// Puts the record in, after everything that it names.
    pub(super) fn finish(&self, key: &str, record: &Record) -> Result<(), Problem> {
        let file = self.place("records", key);
        let json = serde_json::to_vec(record).map_err(|error| unwritable(&file, &error.into()))?;
        let mut bytes = hash(&json).into_bytes();
        bytes.extend_from_slice(&json);
        self.write(&file, &bytes)?;
        self.misses.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// Waits until nobody else, in this process or another, makes what has this
    /// key, and keeps others waiting until the guard is dropped. Where the file
    /// system has no locks, both make it, and the same bytes come of it.
    pub(super) fn lock(&self, key: &str) -> Option<File> {
        let path = self.folder.join("locks").join(key.get(..2)?);
        fs::create_dir_all(path.parent()?).ok()?;
        let file = File::options().create(true).append(true).open(path).ok()?;
        file.lock().ok()?;
        Some(file)
    }

    fn place(&self, kind: &str, name: &str) -> PathBuf {
        let shelf = name.get(..2).unwrap_or("00");
        self.folder.join(kind).join(shelf).join(name)
    }

    /// Writes a file whole or not at all.
    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), Problem> {
        let folder = path.parent().unwrap_or(&self.folder);
        let number = self.parts.fetch_add(1, Ordering::Relaxed);
        let part = folder.join(format!(".{}-{number}.part", std::process::id()));
        let written = fs::create_dir_all(folder)
            .and_then(|()| File::create(&part))
            .and_then(|mut file| file.write_all(bytes))
            .and_then(|()| fs::rename(&part, path));
        written.map_err(|error| {
            let _ = fs::remove_file(&part);
            unwritable(path, &error)
        })
    }
}

impl Entry {
    fn name(&self) -> String {
        format!("{}.{}", self.hash, self.encoding.ending())
    }
}

fn unwritable(path: &Path, error: &std::io::Error) -> Problem {
    use std::io::ErrorKind;
    let (what, hint) = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => (
            "the disk is full, so this rendition could not be kept".to_owned(),
            "Make room, or put the cache of renditions on another disk.",
        ),
        _ => (
            format!("this rendition could not be kept: {error}"),
            "See whether the folder of the cache may be written to, or choose another.",
        ),
    };
    Problem::of("picture-cache", path, what).hint(hint)
}

/// SHA-256, in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        for half in [byte >> 4, byte & 15] {
            text.extend(char::from_digit(u32::from(half), 16));
        }
    }
    text
}

fn seen_of(about: &fs::Metadata, source: String) -> Option<Seen> {
    let modified = about.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(Seen {
        size: about.len(),
        modified: modified.as_nanos(),
        changed: changed(about),
        source,
    })
}

#[cfg(unix)]
fn changed(about: &fs::Metadata) -> i128 {
    use std::os::unix::fs::MetadataExt as _;
    i128::from(about.ctime()) * 1_000_000_000 + i128::from(about.ctime_nsec())
}

#[cfg(not(unix))]
fn changed(_: &fs::Metadata) -> i128 {
    0
}

fn read_json<T: for<'a> Deserialize<'a>>(file: &Path) -> Option<T> {
    serde_json::from_slice(&fs::read(file).ok()?).ok()
}

fn name(file: &Path) -> String {
    file.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

fn is_young(file: &Path, age: Duration) -> bool {
    fs::metadata(file)
        .and_then(|about| about.modified())
        // A time in the future is young too.
        .is_ok_and(|time| time.elapsed().map_or(true, |elapsed| elapsed < age))
}

fn remove(file: &Path, pruned: &mut Pruned) -> Result<(), Problem> {
    let bytes = fs::metadata(file).map_or(0, |about| about.len());
    match fs::remove_file(file) {
        Ok(()) => {
            pruned.files += 1;
            pruned.bytes += bytes;
            Ok(())
        }
        // Another process was quicker.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Problem::of(
            "picture-cache",
            file,
            format!("this file of the cache could not be removed: {error}"),
        )
        .hint("See whether the folder of the cache may be written to.")),
    }
}
