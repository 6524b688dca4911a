//! What was converted, kept with the site: `press-media.json` beside `public/`.
//!
//! It belongs into version control, as the stories do: it says where a film came from,
//! with which program it was made and how, for whoever asks in ten years. A source is
//! known by its content, so a file that was moved, or lies there twice, is converted
//! once. To know it again costs reading it whole; the hashes of files that have not
//! changed since are kept in `.press/`, which may be deleted at any time.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use article::Decimal;
use media::Problem;
use media::conversion::{Aim, RECIPE};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::survey::Film;
use crate::files::Tree;
use crate::finding::Failure;
use crate::stamp::Stamp;

/// From the root of the site.
pub const FILE: &str = "press-media.json";
/// Where hashes are kept, and films are while they are made.
pub const WORK: &str = ".press/films";
/// Of the layout of the record. Fields may be added to a version.
const VERSION: u32 = 1;

/// Everything that was converted.
pub struct Record {
    root: PathBuf,
    conversions: Vec<Conversion>,
    hashes: Hashes,
}

#[derive(Serialize, Deserialize)]
struct Written {
    version: u32,
    conversions: Vec<Conversion>,
}

/// One file that was converted, or could not be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Conversion {
    /// From the root of the site, where the source lay then.
    pub source: String,
    /// Of the source, in hexadecimal digits.
    pub sha256: String,
    pub size_in_bytes: u64,
    pub made: Made,
    /// `ffmpeg version 7.1`
    pub program: String,
    /// The number of press's own way of calling it.
    pub recipe: u32,
    /// `{source}` and `{result}` stand for the files.
    pub arguments: Vec<String>,
    /// UTC, as in RFC 3339.
    pub began: String,
    /// How long it took.
    pub seconds: f64,
    pub result: Outcome,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hint: Option<String>,
    pub files: Vec<MadeFile>,
}

/// What was to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Made {
    Film,
    Sound,
}

impl From<Aim> for Made {
    fn from(aim: Aim) -> Self {
        match aim {
            Aim::Film => Self::Film,
            Aim::Sound => Self::Sound,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    Converted,
    /// The source breaks off; what there is of it was converted.
    Partial,
    Failed,
}

/// A file that was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MadeFile {
    pub role: FileRole,
    /// From the root of the site.
    pub file: String,
    pub sha256: String,
    pub size_in_bytes: u64,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub height: Option<u32>,
    /// Seconds.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub duration: Option<f64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FileRole {
    Film,
    Sound,
    Poster,
}

impl MadeFile {
    /// Below `public/`.
    pub fn path(&self) -> &str {
        self.file.strip_prefix("public/").unwrap_or(&self.file)
    }
}

impl Conversion {
    /// The film or sound.
    pub fn main(&self) -> Option<&MadeFile> {
        self.files.iter().find(|file| file.role != FileRole::Poster)
    }

    pub fn poster(&self) -> Option<&MadeFile> {
        self.files.iter().find(|file| file.role == FileRole::Poster)
    }

    /// Whether what was made is still there. An editor may have replaced it by
    /// something better; that stays.
    fn is_there(&self, root: &Path) -> bool {
        self.main()
            .is_some_and(|file| root.join(&file.file).is_file())
    }

    /// Whether the same would happen again: nothing is tried twice with the same means.
    fn would_be_the_same(&self, program: Option<&str>) -> bool {
        self.recipe == RECIPE && program.is_none_or(|program| program == self.program)
    }
}

impl Record {
    /// Reads the record of the site.
    ///
    /// # Errors
    /// When there is one that cannot be read: it would be overwritten.
    pub fn read(root: &Path) -> Result<Self, Failure> {
        let file = root.join(FILE);
        let conversions = match fs::read(&file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(Failure::io("read", &file, &error)),
            Ok(bytes) => match serde_json::from_slice::<Written>(&bytes) {
                Ok(written) if written.version == VERSION => written.conversions,
                Ok(written) => {
                    return Err(Failure(format!(
                        "{} was written by another press (version {}): use that one, or move the file away, and everything is converted anew",
                        file.display(),
                        written.version
                    )));
                }
                Err(error) => {
                    return Err(Failure(format!(
                        "{} is damaged ({error}): restore it from version control, or move it away, and everything is converted anew",
                        file.display()
                    )));
                }
            },
        };
        Ok(Self {
            hashes: Hashes::read(root),
            root: root.to_path_buf(),
            conversions,
        })
    }

    /// What was made of a file, as far as it is still there, or why nothing was: only if
    /// the same program would fail again, where it is known which.
    pub fn of(
        &mut self,
        tree: &Tree,
        path: &str,
        aim: Aim,
        program: Option<&str>,
    ) -> Option<&Conversion> {
        let stamp = tree.files.get(path)?;
        let is_candidate =
            |one: &Conversion| one.size_in_bytes == stamp.size && one.made == Made::from(aim);
        if !self.conversions.iter().any(is_candidate) {
            return None;
        }
        let hash = self.hashes.of(&self.root, path, stamp).ok()?;
        let root = self.root.as_path();
        self.conversions.iter().find(|one| {
            is_candidate(one)
                && one.sha256 == hash
                && match one.result {
                    Outcome::Failed => one.would_be_the_same(program),
                    _ => one.is_there(root),
                }
        })
    }

    /// What was made of a film: of its best file that was converted whole, else of the
    /// best that was converted at all.
    pub fn best_of(&mut self, tree: &Tree, film: &Film) -> Option<Conversion> {
        let files = film.files(tree);
        let made: Vec<Conversion> = files
            .into_iter()
            .filter_map(|path| self.of(tree, path, film.aim, None).cloned())
            .collect();
        let with = |outcome| made.iter().find(|one| one.result == outcome);
        with(Outcome::Converted)
            .or_else(|| with(Outcome::Partial))
            .cloned()
    }

    /// Removes what a run that was ended had put down already, as far as it is still
    /// what that run wrote.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn remove_leavings(&self, hash: &str, made: Made) -> Result<(), Failure> {
        let mine = self.conversions.iter();
        for file in mine
            .filter(|one| one.sha256 == hash && one.made == made)
            .flat_map(|one| &one.files)
        {
            let path = self.root.join(&file.file);
            if sha256(&path).is_ok_and(|hash| hash == file.sha256) {
                fs::remove_file(&path).map_err(|e| Failure::io("remove", &path, &e))?;
            }
        }
        Ok(())
    }

    /// The conversion that made a file.
    pub fn that_made(&self, path: &str) -> Option<&Conversion> {
        let made = self.conversions.iter();
        made.filter(|one| one.result != Outcome::Failed)
            .find(|one| one.main().is_some_and(|file| file.path() == path))
    }

    pub fn hash(&mut self, path: &str, stamp: &Stamp) -> io::Result<String> {
        self.hashes.of(&self.root, path, stamp)
    }

    /// Notes a conversion and writes the record, in place of what is known of the same
    /// source. The file is whole at any moment.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn note(&mut self, conversion: Conversion) -> Result<(), Failure> {
        self.conversions
            .retain(|one| one.sha256 != conversion.sha256 || one.made != conversion.made);
        self.conversions.push(conversion);
        self.conversions
            .sort_by(|a, b| (&a.source, a.made).cmp(&(&b.source, b.made)));
        let written = Written {
            version: VERSION,
            conversions: std::mem::take(&mut self.conversions),
        };
        let text = serde_json::to_string_pretty(&written)
            .map_err(|error| Failure(format!("could not write {FILE}: {error}")))?;
        self.conversions = written.conversions;
        replace(&self.root.join(FILE), format!("{text}\n").as_bytes())
    }

    /// Keeps the hashes for the next time. That it failed is no matter.
    pub fn close(self) {
        self.hashes.write(&self.root);
    }
}

/// Puts a text in the place of a file, whole or not at all.
pub fn replace(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    // A link stays one, and what it leads to changes.
    let file = fs::canonicalize(file).unwrap_or_else(|_| file.to_path_buf());
    let folder = file.parent().unwrap_or(Path::new("."));
    let part = folder.join(format!(".press-{}.part", std::process::id()));
    let written = File::create(&part)
        .and_then(|mut open| {
            if let Ok(about) = fs::metadata(&file) {
                open.set_permissions(about.permissions())?;
            }
            open.write_all(bytes)?;
            open.sync_all()
        })
        .and_then(|()| fs::rename(&part, &file));
    written.map_err(|error| {
        let _ = fs::remove_file(&part);
        Failure::io("write", &file, &error)
    })
}

/// The SHA-256 of files, by path, size and time.
struct Hashes {
    known: BTreeMap<String, (Stamp, String)>,
    is_changed: bool,
}

impl Hashes {
    fn read(root: &Path) -> Self {
        let file = root.join(WORK).join("hashes.json");
        let known = fs::read(file).ok();
        Self {
            known: known
                .and_then(|bytes| serde_json::from_slice(&bytes).ok())
                .unwrap_or_default(),
            is_changed: false,
        }
    }

    fn of(&mut self, root: &Path, path: &str, stamp: &Stamp) -> io::Result<String> {
        if let Some((then, hash)) = self.known.get(path)
            && then == stamp
        {
            return Ok(hash.clone());
        }
        let now = SystemTime::now();
        let hash = sha256(&root.join("public").join(path))?;
        if !stamp.is_too_young(now) {
            self.known.insert(path.to_owned(), (*stamp, hash.clone()));
            self.is_changed = true;
        }
        Ok(hash)
    }

    fn write(&self, root: &Path) {
        if !self.is_changed {
            return;
        }
        let folder = root.join(WORK);
        if let Ok(text) = serde_json::to_vec(&self.known)
            && fs::create_dir_all(&folder).is_ok()
        {
            let _ = replace(&folder.join("hashes.json"), &text);
        }
    }
}

/// In hexadecimal digits.
pub fn sha256(file: &Path) -> io::Result<String> {
    let mut file = File::open(file)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 256 * 1024];
    loop {
        match file.read(&mut buffer)? {
            0 => break,
            read => hasher.update(buffer.get(..read).unwrap_or_default()),
        }
    }
    let digest = hasher.finalize();
    Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Seconds with milliseconds.
pub fn seconds(duration: Decimal) -> f64 {
    (duration.as_f64() * 1000.0).round() / 1000.0
}

impl Conversion {
    /// The same, with what went wrong.
    pub fn with(self, problem: Problem) -> Self {
        Self {
            message: Some(problem.message),
            hint: Some(problem.hint),
            ..self
        }
    }

    /// Why nothing was made, or not all.
    pub fn problem(&self) -> Option<Problem> {
        let message = self.message.clone()?;
        let kind = match self.result {
            Outcome::Failed => "not-converted",
            _ => "truncated-film",
        };
        Some(Problem::new(
            kind,
            message,
            self.hint.clone().unwrap_or_default(),
        ))
    }
}
