//! What nobody may read: stories before their time, and what was taken back.

use std::collections::HashSet;

use article::Article;

use crate::check::Checked;
use crate::embargo::Visibility;
use crate::finding::Failure;
use crate::fingerprint;
use crate::output::Direct;
use crate::story::{Link, Story, Target};
use crate::tombstone;

/// So many stories of a kind are named; of an archive the rest is counted.
const NAMED: usize = 10;

/// The stories that are not published, and the files that only they show.
pub struct Withheld<'a> {
    embargoed: Vec<&'a Story>,
    tombstones: Vec<&'a Story>,
    /// Paths below `public/`. A picture may say more than its story.
    pub media: HashSet<&'a str>,
}

pub fn of(checked: &Checked) -> Withheld<'_> {
    let mut withheld = Withheld {
        embargoed: Vec::new(),
        tombstones: Vec::new(),
        media: HashSet::new(),
    };
    let mut hidden = fingerprint::Set::default();
    for (story, facts) in checked.known() {
        match checked.visibility(facts) {
            Visibility::Published => continue,
            Visibility::Embargoed { .. } => withheld.embargoed.push(story),
            Visibility::Tombstone => withheld.tombstones.push(story),
        }
        hidden.extend(facts.media.iter().copied());
        hidden.extend(facts.old_sources.iter().copied());
        // A picture that is linked to instead of shown.
        hidden.extend(facts.links.iter().filter_map(linked_file));
    }
    // Which files an unreadable story needs is not known, so then they all stay.
    if hidden.is_empty() || checked.stories.iter().any(|story| story.facts.is_none()) {
        return withheld;
    }
    let shown = shown(checked);
    hidden.retain(|path| !shown.contains(path));
    let site = checked.site.iter();
    for link in site.flat_map(|file| file.links.media.iter().chain(&file.links.pages)) {
        if let Some(path) = crate::check::media_file(&link.value) {
            hidden.remove(&fingerprint::of(path.as_str()));
        }
    }
    if !hidden.is_empty() {
        let files = &checked.tree.files;
        let is_hidden = |path: &str| hidden.contains(&fingerprint::of(path));
        // A film that press media made lies beside its source, before the story names
        // it and after: neither says more than the other.
        let mut sources = fingerprint::Set::default();
        let mut made = fingerprint::Set::default();
        for path in files.keys() {
            let Some(source) = source_of(path, |source| files.contains_key(source)) else {
                continue;
            };
            if is_hidden(path) {
                sources.insert(fingerprint::of(source));
            }
            if is_hidden(source) {
                made.insert(fingerprint::of(path.as_str()));
            }
        }
        let streams = folders_of_streams(files.keys().map(String::as_str), &hidden, &shown);
        let is_of_one = |path: &str, file: &u64| {
            let is_beside =
                || is_piece(path) && streams.iter().any(|folder| path.starts_with(folder));
            hidden.contains(file)
                || (sources.contains(file) || made.contains(file) || is_beside())
                    && !shown.contains(file)
        };
        withheld.media = files
            .keys()
            .map(String::as_str)
            .filter(|path| !is_of_the_site(path) && is_of_one(path, &fingerprint::of(*path)))
            .collect();
    }
    withheld
}

/// The folders, with their slash, in which a stream lies that is hidden, and none that is
/// shown: its pieces are named by the stream and by no story.
fn folders_of_streams<'a>(
    paths: impl Iterator<Item = &'a str>,
    hidden: &fingerprint::Set<u64>,
    shown: &fingerprint::Set<u64>,
) -> Vec<&'a str> {
    let (mut folders, mut open) = (Vec::new(), Vec::new());
    for path in paths.filter(|path| path.ends_with(".m3u8")) {
        let file = fingerprint::of(path);
        let folder = path
            .get(..=path.rfind('/').unwrap_or(0))
            .unwrap_or_default();
        if hidden.contains(&file) {
            folders.push(folder);
        } else if shown.contains(&file) {
            open.push(folder);
        }
    }
    folders.retain(|folder| !open.iter().any(|shown| shown.starts_with(folder)));
    folders
}

/// Whether a file can be a piece of a stream, by its name.
fn is_piece(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["m3u8", "ts", "m4s", "mp4", "m4a", "aac", "vtt"].contains(&ending)
}

/// The file that a film, a poster or captions were made of, by the name press media gives
/// them: `ferry.rm` of `ferry.rm.mp4`, `ferry.rm.jpg`, `ferry.rm.en.vtt`, `ferry.rm-2.mp4`.
fn source_of(path: &str, is_there: impl Fn(&str) -> bool) -> Option<&str> {
    let (stem, ending) = path.rsplit_once('.')?;
    let stem = match ending {
        "mp4" | "m4a" | "jpg" => stem,
        "vtt" => stem.rsplit_once('.')?.0,
        _ => return None,
    };
    let without_number = || {
        let (stem, number) = stem.rsplit_once('-')?;
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then_some(stem)
    };
    let is_source = |stem: &&str| is_there(stem) && !crate::story::is_named_as_picture(stem);
    Some(stem)
        .filter(is_source)
        .or_else(|| without_number().filter(is_source))
}

/// What published stories show, name as an old source or link to.
fn shown(checked: &Checked) -> fingerprint::Set<u64> {
    let mut shown = fingerprint::Set::default();
    for (_, facts) in checked.known() {
        if checked.visibility(facts) == Visibility::Published {
            shown.extend(facts.media.iter().copied());
            shown.extend(facts.old_sources.iter().copied());
            shown.extend(facts.links.iter().filter_map(linked_file));
        }
    }
    shown
}

/// Files that pages need whatever the stories say: `favicon.ico`, icons, fonts.
fn is_of_the_site(path: &str) -> bool {
    match path.split_once('/') {
        Some((folder, _)) => matches!(folder, "icons" | "fonts"),
        None => true,
    }
}

fn linked_file(link: &Link) -> Option<u64> {
    let is_file = matches!(link.target, Target::File(_));
    let path = crate::check::media_file(link.text.value).filter(|_| is_file)?;
    Some(fingerprint::of(path.as_str()))
}

impl Withheld<'_> {
    pub fn sentences(&self, checked: &Checked) -> Vec<String> {
        let named = |stories: &[&Story]| {
            let first: Vec<&str> = stories
                .iter()
                .take(NAMED)
                .map(|story| story.file.path.as_ref())
                .collect();
            match stories.len().saturating_sub(NAMED) {
                0 => first.join(", "),
                more => format!("{} and {more} more", first.join(", ")),
            }
        };
        let mut said = Vec::new();
        if !self.embargoed.is_empty() {
            said.push(format!(
                "left out, because it is not their time yet at {}: {}",
                checked.as_of.date(),
                named(&self.embargoed)
            ));
        }
        if !self.tombstones.is_empty() {
            said.push(format!(
                "withheld, canceled or expired, so only a headline remains: {}",
                named(&self.tombstones)
            ));
        }
        said
    }
}

/// Takes them out of a folder into which Trunk has copied everything.
pub fn take_out(
    checked: &Checked,
    output: &Direct,
    withheld: &Withheld<'_>,
) -> Result<(), Failure> {
    for story in &withheld.embargoed {
        output.remove(&story.file.published_path())?;
    }
    for story in &withheld.tombstones {
        let source = checked.tree.read(&story.file.path).unwrap_or_default();
        let path = story.file.published_path();
        output.remove(&path)?;
        if let Ok(lenient) = Article::read_leniently(&source) {
            let tombstone = serde_json::to_string(&tombstone::of(&lenient.article, &story.file))
                .map_err(|error| Failure(format!("could not write {path}: {error}")))?;
            output.write(&path, tombstone.as_bytes())?;
        }
    }
    for path in &withheld.media {
        output.remove(path)?;
    }
    Ok(())
}
