//! A folder: of a web server on this machine, or of a disk that is mounted.

use std::collections::BTreeMap;
use std::fs::{self, File as Opened, Metadata};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::UNIX_EPOCH;

use super::site::{self, File};
use super::target::{Done, RECORD, Seen, Target};
use super::together;
use crate::finding::Failure;

/// How files are called while they are written. Hidden, so that no host serves them.
const PART: &str = ".press-part-";

pub struct Folder {
    folder: PathBuf,
    jobs: usize,
    parts: AtomicUsize,
}

impl Folder {
    /// # Errors
    /// When the folder cannot be made, or is the site's own.
    pub fn open(folder: PathBuf, site: &Path, jobs: usize, dry_run: bool) -> Result<Self, Failure> {
        if dry_run && !folder.exists() {
            return Ok(Self {
                folder,
                jobs,
                parts: AtomicUsize::new(0),
            });
        }
        fs::create_dir_all(&folder).map_err(|e| Failure::io("make", &folder, &e))?;
        let real = |path: &Path| fs::canonicalize(path).map_err(|e| Failure::io("open", path, &e));
        let (to, from) = (real(&folder)?, real(site)?);
        if to.starts_with(&from) || from.starts_with(&to) {
            return Err(Failure(format!(
                "{} and {} lie within each other: name another folder to upload to",
                folder.display(),
                site.display()
            )));
        }
        Ok(Self {
            folder: to,
            jobs,
            parts: AtomicUsize::new(0),
        })
    }

    /// Gives a file its name only when it is whole.
    fn write(
        &self,
        path: &str,
        fill: impl FnOnce(&mut Opened) -> io::Result<()>,
    ) -> Result<Metadata, Failure> {
        let to = self.folder.join(path);
        let failed = |e: &io::Error| {
            let mend = match e.kind() {
                io::ErrorKind::StorageFull => ". The disk is full: make room and upload again",
                io::ErrorKind::PermissionDenied => ". Ask for the right to write there",
                io::ErrorKind::IsADirectory | io::ErrorKind::DirectoryNotEmpty => {
                    ". A folder has its name: remove that"
                }
                io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
                    ". A file has the name of its folder: remove that"
                }
                _ => "",
            };
            Failure(format!("could not write {}: {e}{mend}", to.display()))
        };
        let beside = to.parent().unwrap_or(&self.folder);
        fs::create_dir_all(beside).map_err(|e| failed(&e))?;
        let number = self.parts.fetch_add(1, Ordering::Relaxed);
        let part = beside.join(format!("{PART}{}-{number}", std::process::id()));
        let written = (|| {
            let mut file = Opened::create(&part)?;
            fill(&mut file)?;
            file.flush()?;
            fs::rename(&part, &to)?;
            file.metadata()
        })();
        written.map_err(|e| {
            // What cannot be written often cannot be removed either.
            let _ = fs::remove_file(&part);
            failed(&e)
        })
    }
}

impl Target for Folder {
    fn record(&self) -> Result<Option<Vec<u8>>, Failure> {
        let file = self.folder.join(RECORD);
        match fs::read(&file) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Failure::io("read", &file, &error)),
        }
    }

    fn write_record(&self, record: &[u8]) -> Result<(), Failure> {
        self.write(RECORD, |file| file.write_all(record))
            .map(|_| ())
    }

    fn seen(&self) -> Result<Option<BTreeMap<String, Seen>>, Failure> {
        let mut seen = BTreeMap::new();
        if !self.folder.exists() {
            return Ok(Some(seen));
        }
        look(&self.folder, "", &mut seen)
            .map_err(|e| Failure::io("look into", &self.folder, &e))?;
        Ok(Some(seen))
    }

    fn holds(&self, file: &File, _: &Seen) -> Result<bool, Failure> {
        let there = self.folder.join(&file.path);
        let (_, sha256) = site::read(&there).map_err(|e| Failure::io("read", &there, &e))?;
        Ok(sha256 == file.sha256)
    }

    fn put(&self, files: &[&File], done: &Done<'_>) -> Result<(), Failure> {
        together::each(self.jobs, files, |file| {
            let mut from = file.open()?;
            let about = self.write(&file.path, |to| io::copy(&mut from, to).map(|_| ()))?;
            done(file, tag(&about));
            Ok(())
        })
    }

    fn remove(&self, paths: &[String]) -> Result<(), Failure> {
        for path in paths {
            let file = self.folder.join(path);
            match fs::remove_file(&file) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(Failure::io("remove", &file, &error));
                }
                _ => {}
            }
            // An empty folder would be listed, or answered with 403, where 404 is right.
            let mut above = file.parent();
            while let Some(folder) = above.filter(|folder| *folder != self.folder) {
                if fs::remove_dir(folder).is_err() {
                    break;
                }
                above = folder.parent();
            }
        }
        Ok(())
    }
}

/// Length and time: another program that writes the file changes one of them.
fn tag(about: &Metadata) -> String {
    let time = about
        .modified()
        .ok()
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
        .unwrap_or_default();
    format!("{}-{}", about.len(), time.as_nanos())
}

/// What lies in the folder. What a killed upload has left half written goes.
fn look(folder: &Path, below: &str, seen: &mut BTreeMap<String, Seen>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        if name.starts_with(PART) {
            fs::remove_file(entry.path())?;
            continue;
        }
        let path = format!("{below}{name}");
        let about = entry.metadata()?;
        if about.is_dir() {
            look(&entry.path(), &format!("{path}/"), seen)?;
        } else if about.is_file() {
            let (size, tag) = (about.len(), tag(&about));
            seen.insert(path, Seen { size, tag });
        }
    }
    Ok(())
}
