//! Every picture, film, sound and text track that an article names is there.

use std::collections::BTreeMap;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization as _;

use super::Checked;
use crate::address::percent_decoded;
use crate::finding::Finding;
use crate::nearest::nearest;
use crate::stamp::Stamp;
use crate::story::Text;

pub const MISSING: &str = "missing-media";

/// The rule for the site's own file; that of a story is kept when it is read, so that
/// its long lists of files need not be.
pub fn check(checked: &Checked) -> Vec<Finding> {
    let path = Arc::from(super::SITE_FILE);
    checked
        .site
        .iter()
        .flat_map(|file| of_file(&checked.tree.files, &path, &file.links.media))
        .collect()
}

pub fn of_file(files: &BTreeMap<String, Stamp>, file: &Arc<str>, media: &[Text]) -> Vec<Finding> {
    let mut findings = Vec::new();
    // The renditions of a picture lie in one folder and are forgotten together:
    // one finding for them, or a story of ten pictures would fill the screen.
    let mut missing: BTreeMap<String, Vec<(String, &Text)>> = BTreeMap::new();
    for link in media {
        let Some(path) = file_of(&link.value) else {
            findings.push(
                Finding::error("media-elsewhere", file, link.span())
                    .says(format!(
                        "“{}” lies on another site, which would learn who reads this story",
                        link.value
                    ))
                    .hint("Copy the file to public/media/ and name it as /media/…: the site's security policy loads nothing from elsewhere."),
            );
            continue;
        };
        if !files.contains_key(&path) {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let together = missing.entry(folder.to_owned()).or_default();
            if together.iter().all(|(known, _)| *known != path) {
                together.push((path, link));
            }
        }
    }
    for (folder, together) in missing {
        let Some((path, link)) = together.first() else {
            continue;
        };
        let others = match together.len() - 1 {
            0 => String::new(),
            others => format!(", and {others} more of public/{folder}/ are missing"),
        };
        findings.push(
            Finding::error(MISSING, file, link.span())
                .says(format!("there is no file public/{path}{others}"))
                .hint(hint(path, files)),
        );
    }
    findings
}

fn hint(path: &str, files: &BTreeMap<String, Stamp>) -> String {
    if let Some(other) = decomposed(path, files) {
        return format!(
            "There is a file of this name, but its letters are composed in another way: rename it in the form NFC, as macOS does not by itself ({} bytes should be {}).",
            other.len(),
            path.len()
        );
    }
    match near(path, files) {
        Some(near) => format!("Did you mean “/{near}”?"),
        None => "Put the file there, or take it out of the list.".into(),
    }
}

/// A file whose name looks the same and is written in other code points.
fn decomposed<'a>(path: &str, files: &'a BTreeMap<String, Stamp>) -> Option<&'a str> {
    if path.is_ascii() {
        return None;
    }
    files
        .keys()
        .map(String::as_str)
        .find(|file| file.nfc().eq(path.nfc()))
}

/// The path below `public/` that an address of this site fetches.
pub fn file_of(href: &str) -> Option<String> {
    let path = href
        .strip_prefix('/')
        .filter(|path| !path.starts_with('/'))?;
    let path = path.split(['?', '#']).next().unwrap_or_default();
    Some(percent_decoded(path).unwrap_or_else(|| path.to_owned()))
}

/// The existing file that was probably meant: one of nearly its name in its folder,
/// or one of its name in a folder of nearly that name. Looking further would take
/// long in an archive and find chance likenesses.
fn near<'a>(path: &str, files: &'a BTreeMap<String, Stamp>) -> Option<&'a str> {
    let (folder, name) = path.rsplit_once('/')?;
    let neighbours: BTreeMap<&str, &str> = files
        .range(format!("{folder}/")..)
        .map(|(file, _)| file)
        .take_while(|file| file.starts_with(folder))
        .filter_map(|file| Some((file.strip_prefix(folder)?.strip_prefix('/')?, file.as_str())))
        .filter(|(name, _)| !name.contains('/'))
        .collect();
    if let Some(near) = nearest(name, neighbours.keys().copied()) {
        return neighbours.get(near).copied();
    }
    let last = |folder: &'a str| folder.rsplit('/').next().unwrap_or(folder);
    let namesakes: BTreeMap<&str, &str> = files
        .keys()
        .filter_map(|file| Some((file.rsplit_once('/')?, file.as_str())))
        .filter(|((_, other), _)| *other == name)
        .map(|((folder, _), file)| (last(folder), file))
        .collect();
    let near = nearest(folder.rsplit('/').next()?, namesakes.keys().copied())?;
    namesakes.get(near).copied()
}
