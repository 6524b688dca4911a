//! Which files of a folder a piece of work wrote or removed, by looking before
//! and after.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// A folder as it was.
pub struct Before(BTreeMap<String, State>);

/// Enough to see that a file was written: press replaces files, it does not change them.
type State = (Option<SystemTime>, u64);

/// Paths below the folder, with forward slashes, in order.
pub struct Changes {
    pub written: Vec<String>,
    pub removed: Vec<String>,
}

impl Before {
    pub fn of(folder: &Path) -> Self {
        let mut files = BTreeMap::new();
        look(folder, "", &mut files);
        Self(files)
    }

    pub fn compared_with_now(&self, folder: &Path) -> Changes {
        let Self(now) = Self::of(folder);
        Changes {
            written: now
                .iter()
                .filter(|(path, state)| self.0.get(*path) != Some(state))
                .map(|(path, _)| path.clone())
                .collect(),
            removed: self
                .0
                .keys()
                .filter(|path| !now.contains_key(*path))
                .cloned()
                .collect(),
        }
    }
}

/// Follows no links: what they lead to was not written by a build. What cannot be
/// opened was not written either.
fn look(folder: &Path, below: &str, files: &mut BTreeMap<String, State>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = format!("{below}{}", entry.file_name().to_string_lossy());
        let Ok(about) = entry.metadata() else {
            continue;
        };
        if about.is_dir() {
            look(&entry.path(), &format!("{path}/"), files);
        } else {
            files.insert(path, (about.modified().ok(), about.len()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Before;
    use std::fs;

    #[test]
    fn what_was_added_changed_and_removed_is_named_and_the_rest_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let file = |path: &str| folder.path().join(path);
        fs::create_dir(file("en")).unwrap();
        for path in ["same", "changed", "en/gone"] {
            fs::write(file(path), path).unwrap();
        }
        let before = Before::of(folder.path());
        fs::write(file("changed"), "otherwise").unwrap();
        fs::write(file("en/added"), "").unwrap();
        fs::remove_file(file("en/gone")).unwrap();
        let changes = before.compared_with_now(folder.path());
        assert_eq!(changes.written, ["changed", "en/added"]);
        assert_eq!(changes.removed, ["en/gone"]);
    }

    #[test]
    fn a_folder_that_was_not_there_is_all_new() {
        let folder = tempfile::tempdir().unwrap();
        let into = folder.path().join("dist");
        let before = Before::of(&into);
        fs::create_dir(&into).unwrap();
        fs::write(into.join("a"), "").unwrap();
        assert_eq!(before.compared_with_now(&into).written, ["a"]);
    }
}
