//! The folder of the built site, and how it changes from one state to the next.
//!
//! A release is made beside the site that is there ([`staged`]) and takes its place
//! at the end ([`swap`]), so that no failure, and no kill at any moment, leaves half a
//! site. In the development loop the folder belongs to Trunk, which does the same:
//! there files are written straight into it, each whole or not at all.

mod lock;
mod packed;
mod staged;
mod swap;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::finding::Failure;
use crate::memory::Unit;
use crate::spread;
use crate::{files, fingerprint, kept};

pub use staged::Staged;

/// Where the files of a build go.
pub enum Output {
    /// Into a folder that is somebody else's staging area.
    Direct(Direct),
    Staged(Staged),
}

/// What became of a build. Paths below the built site, in order.
pub struct Outcome {
    pub written: Vec<String>,
    pub removed: Vec<String>,
}

/// The files of one unit on their way out.
pub struct Files<'a> {
    output: &'a Output,
    before: Option<Unit>,
    files: Vec<(&'static str, u64)>,
}

impl Output {
    /// Makes the files of a unit, unless they are there and made of the same things.
    /// Gives what else was made with them.
    pub fn unit(
        &self,
        name: &str,
        key: u64,
        make: impl FnOnce(&mut Files<'_>) -> Result<Option<Vec<u8>>, Failure>,
    ) -> Result<Option<&'static [u8]>, Failure> {
        let key = match self {
            Self::Direct(_) => key,
            Self::Staged(staged) => fingerprint::of(&(key, staged.precompress)),
        };
        let before = match self {
            Self::Direct(_) => None,
            Self::Staged(staged) => match staged.keep(name, key) {
                Ok(unit) => return Ok(unit.summary),
                Err(before) => before,
            },
        };
        let mut files = Files {
            output: self,
            before,
            files: Vec::new(),
        };
        let summary = make(&mut files)?.map(kept::bytes);
        let Files { before, files, .. } = files;
        if let Self::Staged(staged) = self {
            let unit = Unit {
                key,
                files: sorted(files),
                summary,
            };
            staged.renew(name, unit, before);
        }
        Ok(summary)
    }

    /// Every file of the site as it is made so far, in order, with its size in bytes.
    pub fn files(&self) -> Result<Vec<(String, u64)>, Failure> {
        let Self::Staged(staged) = self else {
            return Ok(Vec::new());
        };
        let paths = staged.made();
        let sizes = spread::over(&paths, |path| {
            let file = staged.place(path);
            fs::metadata(&file)
                .map(|about| about.len())
                .map_err(|e| Failure::io("read", &file, &e))
        });
        paths
            .into_iter()
            .zip(sizes)
            .map(|(path, size)| size.map(|size| (path, size)))
            .collect()
    }

    /// The same for what else was made being text.
    pub fn unit_with_text(
        &self,
        name: &str,
        key: u64,
        make: impl FnOnce(&mut Files<'_>) -> Result<Option<String>, Failure>,
    ) -> Result<Option<&'static str>, Failure> {
        let made = self.unit(name, key, |files| Ok(make(files)?.map(String::into_bytes)))?;
        made.map(kept::as_text).transpose()
    }

    /// Reads a file of the site as it will be.
    pub fn read(&self, path: &str) -> Result<String, Failure> {
        let file = match self {
            Self::Direct(direct) => direct.folder.join(path),
            Self::Staged(staged) => staged.place(path),
        };
        fs::read_to_string(&file).map_err(|e| Failure::io("read", &file, &e))
    }
}

impl Files<'_> {
    /// Writes a file of the unit, if its bytes are not there already.
    pub fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), Failure> {
        let fingerprint = fingerprint::of(bytes);
        match self.output {
            Output::Direct(direct) => direct.write(path, bytes)?,
            Output::Staged(staged) => {
                if self.was(path) != Some(fingerprint) {
                    staged.write(path, bytes)?;
                }
                if staged.precompress {
                    self.pack(staged, path, bytes)?;
                }
            }
        }
        self.files.push((kept::text(path), fingerprint));
        Ok(())
    }

    /// Writes the compressed versions of a file beside it.
    fn pack(&mut self, staged: &Staged, path: &str, bytes: &[u8]) -> Result<(), Failure> {
        let versions = packed::versions(path, bytes)
            .map_err(|error| Failure(format!("could not compress {path}: {error}")))?;
        for (ending, bytes) in versions {
            let path = format!("{path}{ending}");
            let fingerprint = fingerprint::of(bytes.as_slice());
            if self.was(&path) != Some(fingerprint) {
                staged.write(&path, &bytes)?;
            }
            self.files.push((kept::text(path), fingerprint));
        }
        Ok(())
    }

    /// Copies a file of the site as it is.
    pub fn copy(&mut self, from: &Path, path: &str) -> Result<(), Failure> {
        let fingerprint = contents(from).map_err(|e| Failure::io("read", from, &e))?;
        if let Output::Staged(staged) = self.output {
            if self.was(path) != Some(fingerprint) {
                staged.copy(from, path)?;
            }
            if staged.precompress && packed::is_text(path) {
                let bytes = fs::read(from).map_err(|e| Failure::io("read", from, &e))?;
                self.pack(staged, path, &bytes)?;
            }
        }
        self.files.push((kept::text(path), fingerprint));
        Ok(())
    }

    /// Writes a file whose name says what is in it, and which need not even be made
    /// if one of that name is there.
    pub fn write_named(
        &mut self,
        path: &str,
        make: impl FnOnce() -> Vec<u8>,
    ) -> Result<(), Failure> {
        match self.was(path) {
            Some(fingerprint) => {
                self.files.push((kept::text(path), fingerprint));
                Ok(())
            }
            None => self.write(path, &make()),
        }
    }

    fn was(&self, path: &str) -> Option<u64> {
        let files = &self.before.as_ref()?.files;
        let place = files
            .binary_search_by(|(known, _)| (*known).cmp(path))
            .ok()?;
        files.get(place).map(|(_, fingerprint)| *fingerprint)
    }
}

/// In the order in which they are looked up.
fn sorted(mut files: Vec<(&'static str, u64)>) -> Box<[(&'static str, u64)]> {
    files.sort_unstable();
    files.into()
}

/// The fingerprint of what is in a file, however large.
fn contents(file: &Path) -> std::io::Result<u64> {
    use std::hash::Hasher as _;
    use std::io::BufRead as _;
    let mut reader = std::io::BufReader::with_capacity(1 << 16, fs::File::open(file)?);
    let mut hasher = fingerprint::hasher();
    loop {
        let bytes = reader.fill_buf()?;
        if bytes.is_empty() {
            return Ok(hasher.finish());
        }
        hasher.write(bytes);
        let length = bytes.len();
        reader.consume(length);
    }
}

/// A folder that is written straight into.
pub struct Direct {
    folder: PathBuf,
    /// What this build wants to be there, changed or not.
    wanted: Mutex<BTreeSet<String>>,
    written: Mutex<Vec<String>>,
    removed: Mutex<Vec<String>>,
}

impl Direct {
    /// Opens the folder, making it if need be.
    ///
    /// # Errors
    /// When it cannot be made, or lies where the stories do.
    pub fn open(folder: &Path, root: &Path) -> Result<Self, Failure> {
        let folder = apart(folder, root)?;
        fs::create_dir_all(&folder).map_err(|e| Failure::io("make the folder", &folder, &e))?;
        Ok(Self {
            folder,
            wanted: Mutex::default(),
            written: Mutex::default(),
            removed: Mutex::default(),
        })
    }

    /// Writes a file below the folder, if its bytes are not there already.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Failure> {
        held(&self.wanted).insert(path.to_owned());
        let file = self.folder.join(path);
        if fs::read(&file).is_ok_and(|old| old == bytes) {
            return Ok(());
        }
        let folder = file.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder).map_err(|e| Failure::io("make the folder", folder, &e))?;
        // A short name of its own: that of a story may already be as long as names can be.
        let part = folder.join(format!(".press-{}.part", std::process::id()));
        let written = fs::File::create(&part)
            .and_then(|mut file| file.write_all(bytes))
            .and_then(|()| fs::rename(&part, &file));
        written.map_err(|error| {
            let _ = fs::remove_file(&part);
            Failure::io("write", &file, &error)
        })?;
        held(&self.written).push(path.to_owned());
        Ok(())
    }

    /// Removes a file that must not be published.
    pub fn remove(&self, path: &str) -> Result<(), Failure> {
        let file = self.folder.join(path);
        match fs::remove_file(&file) {
            Ok(()) => {
                held(&self.removed).push(path.to_owned());
                Ok(())
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(Failure::io("remove", &file, &error)),
        }
    }

    /// Removes from a folder that is press's own what this build did not want there.
    pub fn finish(self, below: &str) -> Result<Outcome, Failure> {
        let wanted = held(&self.wanted);
        let folder = self.folder.join(below);
        for path in files_below(&folder)? {
            let name = path
                .strip_prefix(&self.folder)
                .unwrap_or(&path)
                .to_string_lossy()
                .replace(std::path::MAIN_SEPARATOR, "/");
            if !wanted.contains(&name) {
                fs::remove_file(&path).map_err(|e| Failure::io("remove", &path, &e))?;
                held(&self.removed).push(name);
            }
        }
        let mut outcome = Outcome {
            written: std::mem::take(&mut held(&self.written)),
            removed: std::mem::take(&mut held(&self.removed)),
        };
        outcome.written.sort_unstable();
        outcome.removed.sort_unstable();
        Ok(outcome)
    }
}

/// A thread that panicked while it held a list has left it whole.
fn held<T>(list: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    list.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Every file below a folder; none if it is not there.
fn files_below(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => return Err(Failure::io("open", &folder, &error)),
        };
        for entry in entries {
            let entry = entry.map_err(|e| Failure::io("open", &folder, &e))?;
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                folders.push(entry.path());
            } else {
                files.push(entry.path());
            }
        }
    }
    Ok(files)
}

/// The folder as an absolute path without links, if building there leaves the
/// stories alone.
///
/// # Errors
/// When it is where the site's own files lie: a build removes what is no longer
/// published.
fn apart(folder: &Path, root: &Path) -> Result<PathBuf, Failure> {
    let public = files::public(root)?;
    let public = fs::canonicalize(&public).map_err(|e| Failure::io("open", &public, &e))?;
    let into = real(folder).map_err(|e| Failure::io("open", folder, &e))?;
    if into.starts_with(&public) || public.starts_with(&into) {
        return Err(Failure(format!(
            "will not build into {}: the stories themselves lie there; choose a folder such as dist",
            folder.display()
        )));
    }
    Ok(into)
}

/// Where a folder is or would be, with links followed as far as it exists.
fn real(folder: &Path) -> std::io::Result<PathBuf> {
    let folder = std::path::absolute(folder)?;
    let there = folder.ancestors().find(|path| path.exists());
    let Some(there) = there else {
        return Ok(folder);
    };
    let below = folder.strip_prefix(there).unwrap_or(Path::new(""));
    Ok(fs::canonicalize(there)?.join(below))
}
