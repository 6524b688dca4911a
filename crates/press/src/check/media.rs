//! Every picture, film, sound and text track that an article names is there.

use std::collections::BTreeSet;

use super::Checked;
use crate::address::percent_decoded;
use crate::finding::Finding;
use crate::nearest::nearest;

pub fn check(checked: &Checked) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, links) in checked.links() {
        for link in &links.media {
            let Some(path) = file_of(&link.value) else {
                findings.push(
                    Finding::warning("media-elsewhere", &file, link.span)
                        .says(format!(
                            "“{}” lies on another site, which would learn who reads this story",
                            link.value
                        ))
                        .hint("Copy the file to public/media/ and name it as /media/…: the site's security policy loads nothing from elsewhere."),
                );
                continue;
            };
            if !checked.tree.files.contains(&path) {
                findings.push(
                    Finding::error("missing-media", &file, link.span)
                        .says(format!("there is no file public/{path}"))
                        .hint(match near(&path, &checked.tree.files) {
                            Some(near) => format!("Did you mean “/{near}”?"),
                            None => "Put the file there, or take it out of the list.".into(),
                        }),
                );
            }
        }
    }
    findings
}

/// The path below `public/` that an address of this site fetches.
pub fn file_of(href: &str) -> Option<String> {
    let path = href
        .strip_prefix('/')
        .filter(|path| !path.starts_with('/'))?;
    let path = path.split(['?', '#']).next().unwrap_or_default();
    Some(percent_decoded(path).unwrap_or_else(|| path.to_owned()))
}

/// The existing file that was probably meant: another one of its folder, or one
/// of its name in another folder. Looking further would take long in an archive
/// and find chance likenesses.
fn near<'a>(path: &str, files: &'a BTreeSet<String>) -> Option<&'a str> {
    let (folder, name) = path.rsplit_once('/')?;
    let neighbours = files
        .range(format!("{folder}/")..)
        .map(String::as_str)
        .take_while(|file| file.starts_with(folder))
        .filter(|file| file.rsplit_once('/').map(|(place, _)| place) == Some(folder));
    nearest(path, neighbours).or_else(|| {
        let namesakes = files
            .iter()
            .map(String::as_str)
            .filter(|file| file.rsplit('/').next() == Some(name));
        nearest(path, namesakes)
    })
}
