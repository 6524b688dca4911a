//! The files of a built site, as they are sent.

use std::fs::{self, File as Opened};
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::step::Step;
use super::target::RECORD;
use crate::files::MEANT_TO_BE_HIDDEN;
use crate::finding::Failure;
use crate::headers::{self, Answer, Transport};
use crate::spread;

/// One file of the site.
#[derive(Clone, Debug)]
pub struct File {
    /// Below the root of the site, with forward slashes.
    pub path: String,
    /// What is read.
    pub local: PathBuf,
    pub size: u64,
    /// Of the bytes that are sent, in hexadecimal digits.
    pub sha256: String,
    pub step: Step,
    /// The encoding of a file that is sent compressed.
    pub encoding: Option<&'static str>,
}

impl File {
    /// What an object store should say with the file.
    pub fn headers(&self) -> [(&'static str, &'static str); 2] {
        let cache = headers::of(&self.path, Answer::File, Transport::Https)
            .into_iter()
            .find(|(name, _)| *name == "cache-control")
            .map_or("no-cache", |(_, value)| value);
        [
            ("content-type", headers::media_type(&self.path).name),
            ("cache-control", cache),
        ]
    }

    pub fn open(&self) -> Result<Opened, Failure> {
        Opened::open(&self.local).map_err(|e| Failure::io("read", &self.local, &e))
    }
}

/// A built site, its files in the order of an upload.
#[derive(Debug)]
pub struct Site {
    pub files: Vec<File>,
}

impl Site {
    /// Finds the files of a built site and reads each of them once.
    ///
    /// # Errors
    /// When there is no site of press, or a file cannot be read.
    pub fn read(folder: &Path) -> Result<Self, Failure> {
        for needed in ["data/v1", "version.json"] {
            if !folder.join(needed).exists() {
                return Err(Failure(format!(
                    "{} is not a site that press has built: there is no {needed} in it. Build it first (cargo xtask build), then name its folder, such as dist",
                    folder.display()
                )));
            }
        }
        let mut found = Vec::new();
        walk(folder, "", &mut found)?;
        let files = spread::over_shown("Reading the site", &found, |(path, local)| {
            let (size, sha256) = read(local).map_err(|e| Failure::io("read", local, &e))?;
            Ok(File {
                step: Step::of(path),
                path: path.clone(),
                local: local.clone(),
                size,
                sha256,
                encoding: None,
            })
        });
        let files: Result<Vec<File>, Failure> = files.into_iter().collect();
        let mut files = files?;
        files.sort_unstable_by(|a, b| (a.step, &a.path).cmp(&(b.step, &b.path)));
        Ok(Self { files })
    }

    /// For hosts that choose between no versions of a file: the compressed one takes
    /// the place of the file. The program and its style, which only browsers ask for, go
    /// as brotli; everything else as gzip, which feed readers and crawlers know too.
    pub fn sent_packed(self) -> Self {
        let mut packed: Vec<File> = Vec::new();
        let mut files: Vec<File> = Vec::new();
        let plain: std::collections::HashSet<String> =
            self.files.iter().map(|file| file.path.clone()).collect();
        for file in self.files {
            let stem = file
                .path
                .strip_suffix(".br")
                .or_else(|| file.path.strip_suffix(".gz"));
            if stem.is_some_and(|stem| plain.contains(stem)) {
                packed.push(file);
            } else {
                files.push(file);
            }
        }
        for file in packed {
            let (stem, encoding) = match file.path.rsplit_once('.') {
                Some((stem, "br")) if stem.starts_with("assets/") => (stem, "br"),
                Some((stem, "gz")) if !stem.starts_with("assets/") => (stem, "gzip"),
                _ => continue,
            };
            if let Some(plain) = files.iter_mut().find(|plain| plain.path == stem) {
                plain.local = file.local;
                plain.size = file.size;
                plain.sha256 = file.sha256;
                plain.encoding = Some(encoding);
            }
        }
        Self { files }
    }

    /// Which site this is: another path or byte, another text.
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        for file in &self.files {
            hash.update(format!("{}\0{}\n", file.path, file.sha256));
        }
        hex(&hash.finalize())
    }
}

fn walk(folder: &Path, below: &str, found: &mut Vec<(String, PathBuf)>) -> Result<(), Failure> {
    let failed = |e: &io::Error| Failure::io("read", folder, e);
    for entry in fs::read_dir(folder).map_err(|e| failed(&e))? {
        let entry = entry.map_err(|e| failed(&e))?;
        let local = entry.path();
        let Ok(name) = entry.file_name().into_string() else {
            return Err(Failure(format!(
                "{} has a name that is no Unicode text, which no address can hold: rename it",
                local.display()
            )));
        };
        let is_hidden = name.starts_with('.')
            && !(below.is_empty() && MEANT_TO_BE_HIDDEN.contains(&name.as_str()));
        if is_hidden || name == RECORD {
            continue;
        }
        let path = format!("{below}{name}");
        // Links are followed: a site may have its media on another disk.
        let about = fs::metadata(&local).map_err(|e| Failure::io("read", &local, &e))?;
        if about.is_dir() {
            walk(&local, &format!("{path}/"), found)?;
        } else if about.is_file() {
            found.push((path, local));
        }
    }
    Ok(())
}

/// Length and SHA-256 of a file.
pub fn read(file: &Path) -> io::Result<(u64, String)> {
    let mut hash = Sha256::new();
    let size = io::copy(&mut Opened::open(file)?, &mut Digesting(&mut hash))?;
    Ok((size, hex(&hash.finalize())))
}

/// A hash that is written to.
struct Digesting<'a, H>(&'a mut H);

impl<H: sha2::digest::Update> io::Write for Digesting<'_, H> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
