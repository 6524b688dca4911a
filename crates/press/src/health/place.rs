//! The disk and the folder the site lies on.

use std::fs;
use std::path::{Path, PathBuf};

use super::Sign;

/// Below this, a build with pictures may end half-way.
const LITTLE: u64 = 1024 * 1024 * 1024;
/// Below this, any build may.
const NONE: u64 = 100 * 1024 * 1024;

/// Folders that programs copy to other machines while they are written to.
const SYNCED: &[&str] = &[
    "dropbox",
    "onedrive",
    "google drive",
    "googledrive",
    "my drive",
    "icloud drive",
    "mobile documents",
    "cloudstorage",
    "nextcloud",
    "owncloud",
    "pcloud drive",
    "syncthing",
    "box sync",
];
/// What such programs leave at the top of their folder.
const MARKS: &[&str] = &[
    ".dropbox",
    ".dropbox.cache",
    ".stfolder",
    ".owncloudsync.log",
    ".sync",
];

pub fn signs(root: &Path) -> Vec<Sign> {
    let mut signs = vec![disk_space(root)];
    signs.push(case(root));
    signs.push(synced(root));
    signs
}

fn disk_space(root: &Path) -> Sign {
    const NAME: &str = "disk-space";
    let mend = "Free some space, or move the site to another disk.";
    match fs4::available_space(root) {
        Ok(free) => {
            let message = format!("{} free", size(free));
            if free < NONE {
                Sign::fail(NAME, message, mend)
            } else if free < LITTLE {
                Sign::warn(NAME, message, mend)
            } else {
                Sign::ok(NAME, message)
            }
        }
        Err(error) => Sign::warn(
            NAME,
            format!("the free space of {} is not known: {error}", root.display()),
            "See that the folder is there and that you may open it.",
        ),
    }
}

fn size(bytes: u64) -> String {
    let mb = bytes / (1024 * 1024);
    if mb < 1024 {
        format!("{mb} MB")
    } else {
        format!("{}.{} GB", mb / 1024, mb % 1024 * 10 / 1024)
    }
}

/// Looks for `PUBLIC` where there is `public`, and writes nothing.
fn case(root: &Path) -> Sign {
    const NAME: &str = "file-names";
    let real = |name: &str| fs::canonicalize(root.join(name)).ok();
    let folders = (real("public"), real("PUBLIC"));
    match folders {
        (None, _) => Sign::warn(
            NAME,
            "whether the case of file names counts here was not tried: there is no public/",
            "Run press doctor where the site's public/ folder is, or name its place with --root.",
        ),
        (Some(a), Some(b)) if is_one(&a, &b) => Sign::warn(
            NAME,
            "the case of file names does not count on this disk: “Boat.jpg” is found as “boat.jpg” here and will be missing on the host",
            "press check compares every letter; give files lower-case names, and never two that differ in case only.",
        ),
        _ => Sign::ok(
            NAME,
            "the case of file names counts here, as it does on hosts",
        ),
    }
}

/// Whether two ways lead to one folder. Where the case of names does not count,
/// some systems give the way back as it was asked for.
fn is_one(a: &Path, b: &Path) -> bool {
    let has_other_case = fs::read_dir(a.parent().unwrap_or(a))
        .into_iter()
        .flatten()
        .flatten()
        .any(|entry| entry.file_name() == "PUBLIC");
    a == b || !has_other_case
}

fn synced(root: &Path) -> Sign {
    const NAME: &str = "synced-folder";
    let root = fs::canonicalize(root).unwrap_or_else(|_| PathBuf::from(root));
    let program = root.ancestors().find(|folder| {
        let name = folder
            .file_name()
            .map(|name| name.to_string_lossy().to_lowercase())
            .unwrap_or_default();
        // “OneDrive - Example Press”, “Dropbox (Personal)”.
        SYNCED.iter().any(|known| {
            name.strip_prefix(known)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '-', '(']))
        }) || MARKS.iter().any(|mark| folder.join(mark).exists())
    });
    match program {
        Some(folder) => Sign::warn(
            NAME,
            format!(
                "the site lies in {}, which another program copies while it is written to",
                folder.display()
            ),
            "Keep the site outside it, or build into a folder outside it (press build --into): half-written files and “conflicted copies” would be published.",
        ),
        None => Sign::ok(NAME, "no cloud program is known to copy this folder"),
    }
}

#[cfg(test)]
mod tests {
    use super::{size, synced};
    use crate::health::State;

    #[test]
    fn folders_of_cloud_programs_are_known_by_name_and_by_mark() {
        let there = tempfile::tempdir().unwrap();
        for (name, state) in [
            ("Dropbox (Personal)/site", State::Warn),
            ("OneDrive - Example Press/site", State::Warn),
            ("dropboxes/site", State::Ok),
            ("plain/site", State::Ok),
        ] {
            let folder = there.path().join(name);
            std::fs::create_dir_all(&folder).unwrap();
            assert_eq!(synced(&folder).state, state, "{name}");
        }
        std::fs::create_dir(there.path().join("plain/.stfolder")).unwrap();
        assert_eq!(synced(&there.path().join("plain/site")).state, State::Warn);
    }

    #[test]
    fn sizes_are_read_at_a_glance() {
        assert_eq!(size(100 * 1024 * 1024), "100 MB");
        assert_eq!(size(1_610_612_736), "1.5 GB");
    }
}
