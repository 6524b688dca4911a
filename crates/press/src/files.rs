//! Which files a site is made of, and how one is read.
//!
//! Nothing here knows what is in a file; a file that cannot be read becomes a
//! [`Finding`] and the others are read all the same.

use std::collections::{BTreeMap, HashSet};
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use article::json::Span;
use serde::{Deserialize, Serialize};

use crate::finding::{Failure, Finding};
use crate::spread;
use crate::stamp::Stamp;

/// Larger files are refused before a parser sees them: the longest honest story
/// is some hundred kilobytes, and readers load every byte of it.
pub const MAX_STORY_BYTES: u64 = 16 * 1024 * 1024;

/// Names at the top of `public/` that begin with a dot and are part of a site all
/// the same: RFC 8615, and what keeps one host from running its own generator.
pub const MEANT_TO_BE_HIDDEN: [&str; 2] = [".well-known", ".nojekyll"];

/// What an article file is for. Standing pages (about, privacy) are articles that
/// no list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    Story,
    Page,
}

impl Role {
    /// Its folder below `public/`, and below the built site.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Story => "articles",
            Self::Page => "pages",
        }
    }
}

/// `public/articles/<language>/<stem>.json`, or the same under `pages`.
#[derive(Clone, Debug)]
pub struct ArticleFile {
    pub role: Role,
    /// The folder it lies in, which should be its language.
    pub language: String,
    /// The file name without `.json`, which should be its slug.
    pub stem: String,
    /// From the root of the site: `public/articles/en/night-ferry.json`.
    pub path: Arc<str>,
    /// As the file was when it was found.
    pub stamp: Stamp,
}

impl ArticleFile {
    /// Where it lies in the built site: `articles/en/night-ferry.json`.
    pub fn published_path(&self) -> String {
        format!(
            "{}/{}/{}.json",
            self.role.folder(),
            self.language,
            self.stem
        )
    }
}

/// Everything under `public/`.
pub struct Tree {
    pub root: PathBuf,
    /// In the order of their paths.
    pub articles: Vec<ArticleFile>,
    /// Every other file, below `public/`, with forward slashes.
    pub files: BTreeMap<String, Stamp>,
    pub has_site: bool,
    /// What lies where it should not, or could not be opened.
    pub findings: Vec<Finding>,
}

impl Tree {
    /// Finds every file of the site under `root`.
    ///
    /// # Errors
    /// When there is no `public` folder to look into.
    pub fn find(root: &Path) -> Result<Self, Failure> {
        let public = public(root)?;
        let mut tree = Self {
            root: root.to_path_buf(),
            articles: Vec::new(),
            files: BTreeMap::new(),
            has_site: false,
            findings: Vec::new(),
        };
        tree.walk(&public, &mut Vec::new(), &mut HashSet::new());
        tree.articles
            .sort_unstable_by(|a, b| (a.role, &a.path).cmp(&(b.role, &b.path)));
        Ok(tree)
    }

    fn walk(&mut self, folder: &Path, below: &mut Vec<String>, open: &mut HashSet<PathBuf>) {
        let shown = |below: &[String]| -> Arc<str> {
            ["public"]
                .into_iter()
                .chain(below.iter().map(String::as_str))
                .collect::<Vec<_>>()
                .join("/")
                .into()
        };
        // A link to a folder above would be walked for ever.
        let real = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_path_buf());
        if !open.insert(real.clone()) {
            self.findings.push(
                Finding::error("folder-loop", &shown(below), None)
                    .says("this folder is a link to a folder it lies in")
                    .hint("Remove the link."),
            );
            return;
        }
        let entries = match fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>) {
            Ok(entries) => entries,
            Err(error) => {
                self.findings.push(unreadable(&shown(below), &error));
                Vec::new()
            }
        };
        // Follows links: media often lie on another disk.
        let abouts = spread::over(&entries, |entry| fs::metadata(entry.path()));
        for (entry, about) in entries.iter().zip(abouts) {
            let name = entry.file_name();
            let Some(name) = name.to_str() else {
                below.push(name.to_string_lossy().into_owned());
                self.findings.push(
                    Finding::error("file-name", &shown(below), None)
                        .says("the name of this file is not UTF-8, so no address can lead to it")
                        .hint("Rename the file."),
                );
                below.pop();
                continue;
            };
            // What systems and editors leave behind: .DS_Store, .swp.
            if name.starts_with('.') && !(below.is_empty() && MEANT_TO_BE_HIDDEN.contains(&name)) {
                continue;
            }
            below.push(name.to_owned());
            match about {
                Ok(about) if about.is_dir() => {
                    if name.ends_with(".json") {
                        self.findings.push(
                            Finding::error("stray-file", &shown(below), None)
                                .says("this is a folder, where a file should be")
                                .hint("Move the file out of it, then remove the folder."),
                        );
                    }
                    self.walk(&entry.path(), below, open);
                }
                Ok(about) if about.is_file() => {
                    self.file(below, &shown(below), Stamp::of(&about));
                }
                // A pipe or a device: reading it may never end.
                Ok(_) => self.findings.push(
                    Finding::error("stray-file", &shown(below), None)
                        .says("this is no file but a pipe, a socket or a device")
                        .hint("Take it out of public/."),
                ),
                Err(error) => self.findings.push(unreadable(&shown(below), &error)),
            }
            below.pop();
        }
        open.remove(&real);
    }

    fn file(&mut self, below: &[String], path: &Arc<str>, stamp: Stamp) {
        let parts: Vec<&str> = below.iter().map(String::as_str).collect();
        let role = match parts.first() {
            Some(&"articles") => Some(Role::Story),
            Some(&"pages") => Some(Role::Page),
            _ => None,
        };
        match (role, parts.as_slice()) {
            (None, ["site.json"]) => self.has_site = true,
            (Some(role), [_, language, name]) if name.ends_with(".json") => {
                self.articles.push(ArticleFile {
                    role,
                    language: (*language).to_owned(),
                    stem: name.trim_end_matches(".json").to_owned(),
                    path: Arc::clone(path),
                    stamp,
                });
                return;
            }
            (Some(role), _) => self.findings.push(
                Finding::warning("stray-file", path, None)
                    .says("this is no story: it is not published")
                    .hint(format!(
                        "Stories lie at public/{}/<language>/<slug>.json.",
                        role.folder()
                    )),
            ),
            // The web manifest may be called so.
            (None, ["manifest.json"]) => {}
            (None, _) => {
                if parts.last().is_some_and(|name| name.ends_with(".json")) {
                    self.findings.push(
                        Finding::warning("stray-file", path, None)
                            .says("this JSON file is outside articles/ and pages/: nothing checks it, and it is published as it is")
                            .hint("Move a story to public/articles/<language>/<slug>.json, and keep other data out of public/."),
                    );
                }
            }
        }
        if role.is_none() {
            self.files.insert(below.join("/"), stamp);
        }
    }

    /// Reads a file of this site as text.
    ///
    /// # Errors
    /// With the finding that says why it is none.
    pub fn read(&self, path: &Arc<str>) -> Result<String, Box<Finding>> {
        let file = File::open(self.root.join(path.as_ref()))
            .map_err(|e| Box::new(unreadable(path, &e)))?;
        let size = file
            .metadata()
            .map_err(|e| Box::new(unreadable(path, &e)))?
            .len();
        let mut bytes = Vec::new();
        // One byte more than allowed is asked for, because a file may grow while it is read.
        if size <= MAX_STORY_BYTES {
            file.take(MAX_STORY_BYTES + 1)
                .read_to_end(&mut bytes)
                .map_err(|e| Box::new(unreadable(path, &e)))?;
        }
        let size = size.max(bytes.len() as u64);
        if size > MAX_STORY_BYTES {
            return Err(Box::new(Finding::error("size", path, None)
                .says(format!(
                    "the file is {}.{} MB large; nothing over 16 MB is read",
                    size / 1_048_576,
                    size % 1_048_576 * 10 / 1_048_576
                ))
                .hint("Take pictures or films out of the text and put them into public/media/; divide a long document into several stories.")));
        }
        let text = String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            let byte = error.as_bytes().get(at).copied().unwrap_or_default();
            Box::new(Finding::error("not-utf-8", path, Some(Span { start: at, end: at + 1 }))
                .says(format!("the file is not UTF-8: byte {at} is {byte:#04x}"))
                .hint("Save the file again with the encoding UTF-8; an old editor may have written Windows-1252 or UTF-16."))
        })?;
        if text.trim_start_matches('\u{feff}').trim().is_empty() {
            return Err(Box::new(
                Finding::error("empty-file", path, None)
                    .says("the file is empty")
                    .hint("Write the story into it, or remove the file."),
            ));
        }
        Ok(text)
    }
}

/// The folder of the site's own files.
///
/// # Errors
/// When there is none.
pub fn public(root: &Path) -> Result<PathBuf, Failure> {
    let public = root.join("public");
    if public.is_dir() {
        return Ok(public);
    }
    Err(Failure(format!(
        "there is no folder “{}”: run press where the site's public/ folder is, or name its place with --root",
        public.display()
    )))
}

fn unreadable(path: &Arc<str>, error: &std::io::Error) -> Finding {
    Finding::error("unreadable", path, None)
        .says(format!("cannot be opened: {error}"))
        .hint("See that the file is there and that you may read it.")
}
