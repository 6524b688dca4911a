//! The folder of the built site: every file is written whole or not at all, and
//! only when it differs, so that hosts and caches see what really changed.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::finding::Failure;

pub struct Output {
    folder: PathBuf,
    /// What this build wants to be there, changed or not.
    wanted: Mutex<BTreeSet<String>>,
    changed: AtomicUsize,
}

impl Output {
    /// Opens the folder, making it if need be.
    ///
    /// # Errors
    /// When it cannot be made, or when it is where the site's own files lie: a
    /// build removes what is no longer published.
    pub fn open(folder: &Path, root: &Path) -> Result<Self, Failure> {
        let public = root.join("public");
        let public = fs::canonicalize(&public).map_err(|e| Failure::io("open", &public, &e))?;
        let into = real(folder).map_err(|e| Failure::io("open", folder, &e))?;
        if into.starts_with(&public) || public.starts_with(&into) {
            return Err(Failure(format!(
                "will not build into {}: the stories themselves lie there; choose a folder such as dist",
                folder.display()
            )));
        }
        fs::create_dir_all(&into).map_err(|e| Failure::io("make the folder", &into, &e))?;
        Ok(Self {
            folder: into,
            wanted: Mutex::new(BTreeSet::new()),
            changed: AtomicUsize::new(0),
        })
    }

    /// Files written so far because they were missing or different.
    pub fn changed(&self) -> usize {
        self.changed.load(Ordering::Relaxed)
    }

    #[cfg(feature = "snapshots")]
    pub fn has(&self, path: &str) -> bool {
        self.folder.join(path).is_file()
    }

    /// Writes a file below the folder, if its bytes are not there already.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Failure> {
        self.wanted
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(path.to_owned());
        let file = self.folder.join(path);
        let is_there = fs::metadata(&file).is_ok_and(|about| about.len() == bytes.len() as u64)
            && fs::read(&file).is_ok_and(|old| old == bytes);
        if is_there {
            return Ok(());
        }
        let number = self.changed.fetch_add(1, Ordering::Relaxed);
        let folder = file.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder).map_err(|e| Failure::io("make the folder", folder, &e))?;
        // A short name of its own: that of a story may already be as long as names can be.
        let part = folder.join(format!(".press-{}-{number}.part", std::process::id()));
        let written = fs::File::create(&part)
            .and_then(|mut file| file.write_all(bytes))
            .and_then(|()| fs::rename(&part, &file));
        written.map_err(|error| {
            let _ = fs::remove_file(&part);
            Failure::io("write", &file, &error)
        })
    }

    /// Reads back a file of the built site.
    #[cfg(feature = "snapshots")]
    pub fn read(&self, path: &str) -> Result<String, Failure> {
        let file = self.folder.join(path);
        fs::read_to_string(&file).map_err(|e| Failure::io("read", &file, &e))
    }

    /// Removes a file that must not be published.
    pub fn remove(&self, path: &str) -> Result<(), Failure> {
        let file = self.folder.join(path);
        match fs::remove_file(&file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(Failure::io("remove", &file, &error))
            }
            _ => Ok(()),
        }
    }

    /// Removes from a folder that is press's own what this build did not want
    /// there: lists and stories of an earlier build. `of_press` may spare files.
    pub fn sweep(&self, folder: &str, of_press: impl Fn(&str) -> bool) -> Result<(), Failure> {
        let wanted = self.wanted.lock().unwrap_or_else(PoisonError::into_inner);
        self.sweep_folder(folder, &wanted, &of_press).map(|_| ())
    }

    /// Whether the folder is empty afterwards.
    fn sweep_folder(
        &self,
        below: &str,
        wanted: &BTreeSet<String>,
        of_press: &impl Fn(&str) -> bool,
    ) -> Result<bool, Failure> {
        let folder = self.folder.join(below);
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(true),
            Err(error) => return Err(Failure::io("open", &folder, &error)),
        };
        let mut empty = true;
        for entry in entries {
            let entry = entry.map_err(|e| Failure::io("open", &folder, &e))?;
            let name = entry.file_name();
            let path = format!("{below}/{}", name.to_string_lossy());
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if is_folder {
                if self.sweep_folder(&path, wanted, of_press)? {
                    let _ = fs::remove_dir(entry.path());
                } else {
                    empty = false;
                }
            } else if wanted.contains(&path) || !of_press(&path) {
                empty = false;
            } else {
                fs::remove_file(entry.path())
                    .map_err(|e| Failure::io("remove", &entry.path(), &e))?;
            }
        }
        Ok(empty)
    }
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
