//! From the site that is there to the one that was made beside it.
//!
//! Beside `dist/` lies `.dist.press/`, the workshop: the lock, the memory of the last
//! build, and `next/` with the files that are new. There are two ways to change over.
//!
//! - *All at once*: `next/` is filled up with hard links to what has not changed, then
//!   the two folders change places in one step.
//! - *File by file*, where little changes in a large site: a list of what is to be moved
//!   and removed is written down first (`commit`). It takes milliseconds; who is killed
//!   in the middle finds the list at the next build and carries it out. New files go
//!   first and old ones last, so that a page never names a file that is not there.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::finding::Failure;
use crate::fingerprint;
use crate::stamp::Stamp;

/// The folders of a site and its workshop.
#[derive(Clone, Debug)]
pub struct Workshop {
    pub site: PathBuf,
    pub folder: PathBuf,
}

/// What is still to be done to a site.
#[derive(Debug, Serialize, Deserialize)]
pub struct Commit {
    /// Paths in `next/` that take their place in the site, in this order.
    pub moved: Vec<String>,
    pub removed: Vec<String>,
}

impl Workshop {
    pub fn of(site: &Path) -> Self {
        let name = site
            .file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        Self {
            folder: site.with_file_name(format!(".{name}.press")),
            site: site.to_path_buf(),
        }
    }

    pub fn next(&self) -> PathBuf {
        self.folder.join("next")
    }

    pub fn memory(&self) -> PathBuf {
        self.folder.join("memory")
    }

    /// The memory that becomes true with the site in `next/`.
    pub fn next_memory(&self) -> PathBuf {
        self.folder.join("memory.next")
    }

    /// What has changed since the memory was written.
    pub fn changes(&self) -> PathBuf {
        self.folder.join("changes")
    }

    pub fn next_changes(&self) -> PathBuf {
        self.folder.join("changes.next")
    }

    fn commit(&self) -> PathBuf {
        self.folder.join("commit")
    }

    fn seal(&self) -> PathBuf {
        self.folder.join("seal")
    }

    fn old(&self) -> PathBuf {
        self.folder.join("old")
    }

    /// Ends what a killed build had begun: carries out its list, or clears away what
    /// had not come so far.
    pub fn recover(&self) -> Result<(), Failure> {
        if let Ok(bytes) = fs::read(self.commit()) {
            // A list that was cut off was never begun: it is renamed into place whole.
            if let Ok(commit) = postcard::from_bytes::<Commit>(&bytes) {
                self.carry_out(&commit)?;
            }
        }
        // Killed between the two steps of a change over in two steps.
        if !self.site.exists() && self.old().exists() {
            let (old, site) = (self.old(), &self.site);
            fs::rename(&old, site).map_err(|e| Failure::io("put back", site, &e))?;
        }
        for path in [self.commit(), self.next_memory(), self.next_changes()] {
            remove_file(&path)?;
        }
        for path in [self.next(), self.old()] {
            remove_folder(&path)?;
        }
        Ok(())
    }

    /// Changes over file by file.
    pub fn apply(&self, commit: &Commit) -> Result<(), Failure> {
        let path = self.commit();
        let bytes = postcard::to_stdvec(commit)
            .map_err(|error| Failure(format!("could not write down what to do: {error}")))?;
        let part = self.folder.join("commit.part");
        fs::write(&part, bytes)
            .and_then(|()| fs::rename(&part, &path))
            .map_err(|e| Failure::io("write", &path, &e))?;
        self.carry_out(commit)?;
        remove_file(&path)?;
        remove_folder(&self.next())
    }

    fn carry_out(&self, commit: &Commit) -> Result<(), Failure> {
        let next = self.next();
        for path in &commit.moved {
            let (from, to) = (next.join(path), self.site.join(path));
            let moved = fs::rename(&from, &to).or_else(|error| {
                let Some(folder) = to.parent().filter(|_| from.exists()) else {
                    return Err(error);
                };
                fs::create_dir_all(folder).and_then(|()| fs::rename(&from, &to))
            });
            match moved {
                // Moved already, before the kill.
                Err(error) if error.kind() == io::ErrorKind::NotFound && to.exists() => {}
                Err(error) => return Err(Failure::io("write", &to, &error)),
                Ok(()) => {}
            }
        }
        for path in &commit.removed {
            let file = self.site.join(path);
            remove_file(&file)?;
            self.remove_empty_folders(&file);
        }
        self.adopt_memory()?;
        self.set_seal()
    }

    fn remove_empty_folders(&self, file: &Path) {
        let folders = file.ancestors().skip(1);
        for folder in folders.take_while(|folder| *folder != self.site) {
            if fs::remove_dir(folder).is_err() {
                return;
            }
        }
    }

    /// Changes over all at once: `next/` is the whole new site.
    pub fn exchange(&self) -> Result<(), Failure> {
        let (next, old) = (self.next(), self.old());
        let failure = |error: &io::Error| Failure::io("replace", &self.site, error);
        if self.site.exists() {
            if !exchanged(&next, &self.site).map_err(|e| failure(&e))? {
                // Not in one step on this system: for a moment there is no site.
                fs::rename(&self.site, &old)
                    .and_then(|()| fs::rename(&next, &self.site))
                    .map_err(|e| failure(&e))?;
            }
        } else {
            fs::rename(&next, &self.site).map_err(|e| failure(&e))?;
        }
        self.adopt_memory()?;
        remove_folder(&next)?;
        remove_folder(&old)?;
        // Last: a file of which there was a second name has another time when that goes.
        self.set_seal()
    }

    fn adopt_memory(&self) -> Result<(), Failure> {
        // The changes of an old memory are none of a new one.
        if renamed(&self.next_memory(), &self.memory())? {
            remove_file(&self.changes())?;
        }
        renamed(&self.next_changes(), &self.changes())?;
        Ok(())
    }

    /// Notes what the site looks like from outside, to notice if somebody else has
    /// changed it, and which memory belongs to it.
    fn set_seal(&self) -> Result<(), Failure> {
        let path = self.seal();
        fs::write(&path, self.state().to_le_bytes()).map_err(|e| Failure::io("write", &path, &e))
    }

    /// Whether the site is as the last build left it, as far as its upper folders show,
    /// and its memory too.
    pub fn is_sealed(&self) -> bool {
        fs::read(self.seal()).is_ok_and(|seal| seal == self.state().to_le_bytes())
    }

    /// Older changes, or none, would tell of files that are not there any more. That
    /// the bytes are right is for the memory itself to see.
    fn state(&self) -> u64 {
        let size = |path: &Path| fs::metadata(path).map_or(0, |about| about.len());
        let changes = fs::read(self.changes()).unwrap_or_default();
        fingerprint::of(&(self.appearance(), size(&self.memory()), changes))
    }

    /// The names and times of everything in the site's uppermost folders: a file that
    /// is added to or removed from a folder changes the folder's time. Further down
    /// there are as many folders as stories.
    fn appearance(&self) -> u64 {
        const LEVELS: usize = 2;
        let mut seen = BTreeMap::new();
        let mut folders = vec![self.site.clone()];
        for level in 0..LEVELS {
            let mut below = Vec::new();
            for folder in folders {
                let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
                for entry in entries {
                    let Ok(about) = entry.metadata() else {
                        continue;
                    };
                    if about.is_dir() {
                        seen.insert(entry.path(), Stamp::of(&about));
                        below.push(entry.path());
                    } else if level == 0 {
                        seen.insert(entry.path(), Stamp::of(&about));
                    }
                }
            }
            folders = below;
        }
        fingerprint::of(&seen)
    }
}

/// Lets two folders change places in one step; `false` where the system cannot.
#[cfg(target_os = "linux")]
fn exchanged(one: &Path, other: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(target_os = "linux"))]
fn exchanged(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Puts a file into its place, if there is one to be put there.
fn renamed(from: &Path, to: &Path) -> Result<bool, Failure> {
    match fs::rename(from, to) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Failure::io("write", to, &error)),
    }
}

fn remove_file(path: &Path) -> Result<(), Failure> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(Failure::io("remove", path, &error))
        }
        _ => Ok(()),
    }
}

fn remove_folder(path: &Path) -> Result<(), Failure> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(Failure::io("remove", path, &error))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{Commit, Workshop};

    /// A site of an old and a kept file, and a workshop with the list of what was to be
    /// done to it when its build was killed.
    fn killed(folder: &Path, moved_already: bool) -> Workshop {
        let workshop = Workshop::of(&folder.join("dist"));
        let write = |path: &Path, text: &str| {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        let new = if moved_already {
            workshop.site.join("en/new.html")
        } else {
            workshop.next().join("en/new.html")
        };
        write(&new, "new");
        write(&workshop.next().join("head.json"), "head of the new site");
        write(&workshop.site.join("head.json"), "head of the old site");
        write(&workshop.site.join("fr/old.html"), "old");
        write(&workshop.site.join("kept.html"), "kept");
        write(&workshop.next_memory(), "memory of the new site");
        let commit = Commit {
            moved: vec!["en/new.html".into(), "head.json".into()],
            removed: vec!["fr/old.html".into()],
        };
        fs::write(workshop.commit(), postcard::to_stdvec(&commit).unwrap()).unwrap();
        workshop
    }

    fn reads(path: &Path) -> Option<String> {
        fs::read_to_string(path).ok()
    }

    #[test]
    fn a_list_of_moves_that_a_kill_left_behind_is_carried_out() {
        for moved_already in [false, true] {
            let folder = tempfile::tempdir().unwrap();
            let workshop = killed(folder.path(), moved_already);
            workshop.recover().unwrap();
            let site = &workshop.site;
            assert_eq!(reads(&site.join("en/new.html")).as_deref(), Some("new"));
            let head = reads(&site.join("head.json"));
            assert_eq!(head.as_deref(), Some("head of the new site"));
            assert!(!site.join("fr").exists());
            assert_eq!(reads(&site.join("kept.html")).as_deref(), Some("kept"));
            let memory = reads(&workshop.memory());
            assert_eq!(memory.as_deref(), Some("memory of the new site"));
            assert!(workshop.is_sealed());
            assert!(!workshop.commit().exists() && !workshop.next().exists());
        }
    }

    #[test]
    fn without_a_list_the_site_stays_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let workshop = killed(folder.path(), false);
        fs::remove_file(workshop.commit()).unwrap();
        workshop.recover().unwrap();
        let head = reads(&workshop.site.join("head.json"));
        assert_eq!(head.as_deref(), Some("head of the old site"));
        assert!(workshop.site.join("fr/old.html").exists());
        assert!(!workshop.next().exists() && !workshop.next_memory().exists());
    }

    #[test]
    fn a_site_set_aside_by_a_kill_between_two_steps_is_put_back() {
        let folder = tempfile::tempdir().unwrap();
        let workshop = killed(folder.path(), false);
        fs::remove_file(workshop.commit()).unwrap();
        fs::rename(&workshop.site, workshop.old()).unwrap();
        workshop.recover().unwrap();
        assert!(workshop.site.join("kept.html").exists() && !workshop.old().exists());
    }

    #[test]
    fn two_folders_change_places() {
        let folder = tempfile::tempdir().unwrap();
        let workshop = killed(folder.path(), false);
        workshop.exchange().unwrap();
        assert!(!workshop.site.join("kept.html").exists());
        let head = reads(&workshop.site.join("head.json"));
        assert_eq!(head.as_deref(), Some("head of the new site"));
        assert!(workshop.is_sealed() && !workshop.next().exists());
    }
}
