//! A release on its way: what is new lies in `next/`, what has not changed stays
//! where it is.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::lock::Lock;
use super::swap::{Commit, Workshop};
use super::{Outcome, apart, files_below};
use crate::finding::Failure;
use crate::fingerprint::Map;
use crate::memory::{Memory, Places, Unit, Units};
use crate::{kept, spread};

/// So few changes to a large site are made one by one: to make it anew of links, as
/// many as it has files, takes longer than all the rest of a build.
const FEW: usize = 4096;
/// A site of more files than that is large. One that is not changes in one step,
/// however few its changes are.
const LARGE: usize = 4096;

pub struct Staged {
    workshop: Workshop,
    next: PathBuf,
    /// Whether `dist/` holds what the memory says.
    is_continued: bool,
    /// Whether compressed versions are written beside the files.
    pub(super) precompress: bool,
    state: Mutex<State>,
    _lock: Lock,
}

#[derive(Default)]
struct State {
    /// Units of the build before that this one has not come to yet.
    before: Map<&'static str, Unit>,
    units: Units,
    staged: HashSet<Box<str>>,
    /// Files of the build before that their own unit no longer has.
    dropped: Vec<&'static str>,
}

impl Staged {
    /// Opens the site that is there, if it is one, and gives what is remembered of it.
    ///
    /// # Errors
    /// When another build is at work on it, or the folder holds something that press
    /// has not built: all of it would be gone.
    pub fn open(
        site: &Path,
        root: &Path,
        fresh: bool,
        precompress: bool,
    ) -> Result<(Self, Memory), Failure> {
        let site = apart(site, root)?;
        let workshop = Workshop::of(&site);
        if let Some(parent) = site.parent() {
            fs::create_dir_all(parent).map_err(|e| Failure::io("make the folder", parent, &e))?;
        }
        let is_known = workshop.folder.exists();
        if !is_known && !is_empty_or_a_site(&site)? {
            return Err(Failure(format!(
                "will not build into {}: there are files in it that press has not made, and a build replaces the whole folder; choose another, or empty it",
                site.display()
            )));
        }
        let lock = Lock::take(&workshop.folder, &site)?;
        workshop.recover()?;
        let is_continued = !fresh && workshop.is_sealed();
        let mut memory = if is_continued {
            Memory::load(&workshop.memory(), &workshop.changes())
        } else if !fresh && workshop.memory().exists() {
            Memory::refused()
        } else {
            Memory::default()
        };
        let next = workshop.next();
        fs::create_dir_all(&next).map_err(|e| Failure::io("make the folder", &next, &e))?;
        let staged = Self {
            next,
            precompress,
            is_continued: is_continued && !memory.units.is_empty(),
            state: Mutex::new(State {
                before: std::mem::take(&mut memory.units),
                ..State::default()
            }),
            workshop,
            _lock: lock,
        };
        Ok((staged, memory))
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A unit of the build before, if it is made of the same things; otherwise what it was.
    pub(super) fn keep(&self, name: &str, key: u64) -> Result<Unit, Option<Unit>> {
        let mut state = self.state();
        match state.before.remove_entry(name) {
            Some((name, unit)) if unit.key == key => {
                state.units.kept.push((name, unit.clone()));
                Ok(unit)
            }
            before => Err(before.map(|(_, unit)| unit)),
        }
    }

    pub(super) fn renew(&self, name: &str, unit: Unit, before: Option<Unit>) {
        let mut state = self.state();
        for (path, _) in before.into_iter().flat_map(|unit| unit.files) {
            let is_kept = unit
                .files
                .binary_search_by(|(kept, _)| (*kept).cmp(path))
                .is_ok();
            if !is_kept {
                state.dropped.push(path);
            }
        }
        state.units.made.push((kept::text(name), unit));
    }

    /// The paths of the files of all units so far, in order.
    pub(super) fn made(&self) -> Vec<String> {
        let state = self.state();
        let units = state.units.kept.iter().chain(&state.units.made);
        let mut paths: Vec<String> = units
            .flat_map(|(_, unit)| unit.files.iter())
            .map(|(path, _)| path.to_string())
            .collect();
        paths.sort_unstable();
        paths
    }

    /// Where a file of the site lies at this moment.
    pub(super) fn place(&self, path: &str) -> PathBuf {
        if self.state().staged.contains(path) {
            self.next.join(path)
        } else {
            self.workshop.site.join(path)
        }
    }

    pub(super) fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Failure> {
        let file = self.next.join(path);
        in_its_folder(&file, || {
            fs::File::create(&file).and_then(|mut file| file.write_all(bytes))
        })
        .map_err(|e| Failure::io("write", &file, &e))?;
        self.note(path)
    }

    pub(super) fn copy(&self, from: &Path, path: &str) -> Result<(), Failure> {
        let file = self.next.join(path);
        in_its_folder(&file, || fs::copy(from, &file).map(|_| ()))
            .map_err(|e| Failure::io("copy", from, &e))?;
        self.note(path)
    }

    fn note(&self, path: &str) -> Result<(), Failure> {
        if self.state().staged.insert(path.into()) {
            Ok(())
        } else {
            // Two parts of the site claim one address: which of them is seen must not
            // depend on chance.
            Err(Failure(format!(
                "two pages or files of the site would both be {path}; rename one of them"
            )))
        }
    }

    /// Lets the new site take the place of the old one. `remember` writes the memory
    /// of the new state, from all of its units.
    pub fn finish(
        self,
        remember: impl FnOnce(&Places, &Units) -> Result<(), Failure>,
    ) -> Result<Outcome, Failure> {
        let State {
            before,
            mut units,
            staged,
            dropped,
        } = std::mem::take(&mut *self.state());
        let mut removed: Vec<String> = before
            .values()
            .flat_map(|unit| unit.files.iter())
            .map(|(path, _)| *path)
            .chain(dropped)
            .filter(|path| !staged.contains(*path))
            .map(String::from)
            .collect();
        removed.sort_unstable();
        removed.dedup();
        units.gone = before.into_keys().collect();
        let places = Places {
            whole: self.workshop.next_memory(),
            changes: self.workshop.next_changes(),
        };
        remember(&places, &units)?;
        let mut written: Vec<String> = staged.iter().map(|path| path.to_string()).collect();
        written.sort_unstable();
        let changes = staged.len() + removed.len();
        let is_large = units.files() > LARGE;
        if self.is_continued && (changes == 0 || (is_large && changes <= FEW)) {
            let mut moved = written.clone();
            moved.sort_by_key(|path| order(path));
            let commit = Commit { moved, removed };
            self.workshop.apply(&commit)?;
            // The process ends soon: an archive's worth of units need not be taken apart.
            std::mem::forget(units);
            return Ok(Outcome {
                written,
                removed: commit.removed,
            });
        }
        if self.is_continued {
            let all = units.kept.iter().chain(&units.made);
            let kept: Vec<&str> = all
                .flat_map(|(_, unit)| unit.files.iter())
                .map(|(path, _)| *path)
                .filter(|path| !staged.contains(*path))
                .collect();
            for linked in spread::over_shown("Keeping what has not changed", &kept, |path| {
                self.link(path)
            }) {
                linked?;
            }
        }
        self.workshop.exchange()?;
        std::mem::forget(units);
        Ok(Outcome { written, removed })
    }

    /// Puts an unchanged file of the site into `next/` too, without copying it where
    /// the file system can.
    fn link(&self, path: &str) -> Result<(), Failure> {
        let (from, to) = (self.workshop.site.join(path), self.next.join(path));
        in_its_folder(&to, || {
            fs::hard_link(&from, &to).or_else(|_| fs::copy(&from, &to).map(|_| ()))
        })
        .map_err(|e| Failure::io("keep", &from, &e))
    }
}

/// What names others comes after what is named.
fn order(path: &str) -> u8 {
    match path.split('/').next().unwrap_or_default() {
        "assets" | "media" | "fonts" | "icons" | "i18n" => 0,
        "articles" | "pages" => 1,
        "data" if path.ends_with("head.json") => 4,
        "data" => 2,
        "version.json" => 5,
        _ => 3,
    }
}

/// Does something with a file, making its folder only if that is what was missing.
fn in_its_folder(file: &Path, work: impl Fn() -> io::Result<()>) -> io::Result<()> {
    match work() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let Some(folder) = file.parent() else {
                return Err(error);
            };
            fs::create_dir_all(folder)?;
            work()
        }
        other => other,
    }
}

/// Whether a folder may be replaced: it is missing or empty, lists of press are in it,
/// or nothing but the program files of a site, put back so that they are kept.
fn is_empty_or_a_site(folder: &Path) -> Result<bool, Failure> {
    if folder.join("data/v1").is_dir() || !folder.exists() {
        return Ok(true);
    }
    if !folder.is_dir() {
        return Ok(false);
    }
    let assets = folder.join("assets");
    let is_named = assets.join("assets.json").is_file();
    let files = files_below(folder)?;
    Ok(files
        .iter()
        .all(|file| is_named && file.starts_with(&assets)))
}
