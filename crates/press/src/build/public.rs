//! What is published as it lies there: media, fonts, icons, and the app.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use super::withheld::Withheld;
use super::{earlier, published_site, stamped};
use crate::allowed::Allowed;
use crate::check::{Checked, SITE_FILE, media_file};
use crate::complete::Known;
use crate::embargo::Visibility;
use crate::finding::Failure;
use crate::fingerprint;
use crate::output::Output;
use crate::stamp::Stamp;
use crate::story::Target;

/// The parts of a built app that a site needs. Whatever else lies beside them is of
/// the tool that built it.
const OF_THE_APP: [&str; 3] = ["assets", "i18n", "version.json"];

/// How the name of the script that plays streams begins.
const OF_STREAMS: &str = "assets/stream-";

/// The service worker, at the root of a site: it speaks for what lies below it.
pub const WORKER: &str = "sw.js";

/// Copies the files of `public/`, but for those that only withheld stories show.
pub fn copy(
    checked: &Checked,
    output: &Output,
    withheld: &Withheld<'_>,
    known: &Known,
) -> Result<(), Failure> {
    let public = checked.tree.root.join("public");
    let as_it_is = if known.has_replaced() {
        shown_as_it_is(checked)
    } else {
        HashSet::new()
    };
    for (path, stamp) in &checked.tree.files {
        // The site's own file is published without its white space, below.
        if path == "site.json" || withheld.media.contains(path.as_str()) {
            continue;
        }
        // An original may tell more than its picture, such as where it was taken.
        if known.is_replaced(path) && !as_it_is.contains(&fingerprint::of(path.as_str())) {
            continue;
        }
        let from = public.join(path);
        output.unit(path, stamped(stamp, checked), |files| {
            files.copy(&from, path)?;
            // A drawing was proven inert, a picture looked at: what is published must be
            // that file, not one that was saved over it since.
            if fs::metadata(&from).is_ok_and(|about| Stamp::of(&about) == *stamp) {
                Ok(None)
            } else {
                Err(Failure(format!(
                    "public/{path} changed while it was read; run press again"
                )))
            }
        })?;
    }
    if let Some(site) = &checked.site {
        let text = published_site(checked).ok_or_else(|| {
            Failure(format!(
                "{SITE_FILE} changed while it was read; run press again"
            ))
        })?;
        let key = fingerprint::of(&(site.fingerprint, &text));
        output.unit("site.json", key, |files| {
            files.write("site.json", text.as_bytes())?;
            Ok(None)
        })?;
    }
    Ok(())
}

/// The files that an article or the site itself shows or links to without renditions of
/// them, by the fingerprints of their paths.
pub fn shown_as_it_is(checked: &Checked) -> HashSet<u64> {
    let mut shown = HashSet::new();
    for (_, facts) in checked.known() {
        if checked.visibility(facts) != Visibility::Published {
            continue;
        }
        let shows = facts.media.iter().copied();
        shown.extend(shows.filter(|file| facts.originals.binary_search(file).is_err()));
        let links = facts
            .links
            .iter()
            .filter(|link| matches!(link.target, Target::File(_)))
            .filter_map(|link| media_file(link.text.value));
        shown.extend(links.map(|path| fingerprint::of(path.as_str())));
    }
    let site = checked.site.iter();
    let links = site.flat_map(|file| file.links.media.iter().chain(&file.links.pages));
    let files = links.filter_map(|link| media_file(&link.value));
    shown.extend(files.map(|path| fingerprint::of(path.as_str())));
    shown
}

/// The worker, with what this site wants of it written before it. It is published even
/// where none is wanted: browsers that have one keep asking for it, and learn so.
pub fn write_worker(checked: &Checked, app: &Path, output: &Output) -> Result<(), Failure> {
    let path = app.join(WORKER);
    let program = match fs::read_to_string(&path) {
        Ok(program) => program,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Failure::io("read", &path, &error)),
    };
    let offline = checked.site().map_or("off", |site| site.offline.as_str());
    let wish = serde_json::json!({ "offline": offline, "languages": checked.languages() });
    let text = format!("self.dateline={wish};\n{program}");
    output.unit(WORKER, fingerprint::of(&text), |files| {
        files.write(WORKER, text.as_bytes())?;
        Ok(None)
    })?;
    Ok(())
}

/// Copies the app, but for the list of its assets, and for the script of streams where
/// no story has one.
pub fn copy_app(app: &Path, allowed: &Allowed, output: &Output) -> Result<(), Failure> {
    for name in OF_THE_APP {
        let mut waiting = vec![(app.join(name), name.to_owned())];
        while let Some((from, path)) = waiting.pop() {
            let is_needed = allowed.streams || !path.starts_with(OF_STREAMS);
            if path == earlier::LIST || !is_needed {
                continue;
            }
            let about = fs::metadata(&from).map_err(|e| Failure::io("read", &from, &e))?;
            if !about.is_dir() {
                copy_file(output, &from, &path, fingerprint::of(&Stamp::of(&about)))?;
                continue;
            }
            for entry in fs::read_dir(&from).map_err(|e| Failure::io("open", &from, &e))? {
                let entry = entry.map_err(|e| Failure::io("open", &from, &e))?;
                let name = entry.file_name();
                let path = format!("{path}/{}", name.to_string_lossy());
                waiting.push((entry.path(), path));
            }
        }
    }
    Ok(())
}

fn copy_file(output: &Output, from: &Path, path: &str, key: u64) -> Result<(), Failure> {
    output.unit(path, key, |files| {
        files.copy(from, path)?;
        Ok(None)
    })?;
    Ok(())
}
