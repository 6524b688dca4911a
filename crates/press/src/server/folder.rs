//! From the path of a request to a file of the site, and never out of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::address::percent_decoded;
use crate::allowed::Allowed;
use crate::finding::Failure;

/// The folder of a built site.
pub struct Folder {
    /// With every link followed.
    root: PathBuf,
}

/// What lies at the path of a request.
#[derive(Debug)]
pub enum Place {
    File(Found),
    /// A folder with a page, asked for without its slash.
    Folder,
    Nothing,
    /// No path at all.
    Nonsense,
}

/// A file of the site.
#[derive(Clone, Debug)]
pub struct Found {
    /// Below the root of the site, with forward slashes.
    pub path: String,
    /// Where it really lies.
    pub file: PathBuf,
    pub size: u64,
    pub modified: Option<SystemTime>,
    /// `file.br` and `file.gz` beside it.
    pub brotli: Option<PathBuf>,
    pub gzip: Option<PathBuf>,
}

impl Found {
    /// Whether somebody compressed it already.
    pub fn has_packed(&self) -> bool {
        self.brotli.is_some() || self.gzip.is_some()
    }
}

impl Folder {
    /// # Errors
    /// When there is no such folder, or no site in it.
    pub fn open(folder: &Path) -> Result<Self, Failure> {
        if folder.is_file() {
            return Err(Failure(format!(
                "{} is a file: name the folder of the built site, such as dist",
                folder.display()
            )));
        }
        if !folder.is_dir() {
            return Err(Failure(format!(
                "there is no folder {}: build the site first (cargo xtask build), or name the folder it was built into",
                folder.display()
            )));
        }
        if !folder.join("index.html").is_file() {
            let hint = if folder.join("public/site.json").is_file() {
                "it holds the stories a site is made of; build them first, then name the folder of the built site, such as dist"
            } else {
                "a built site has an index.html; build it first (cargo xtask build), or name the folder it was built into"
            };
            return Err(Failure(format!(
                "{} is not a built site: {hint}",
                folder.display()
            )));
        }
        let root = fs::canonicalize(folder).map_err(|e| Failure::io("open", folder, &e))?;
        Ok(Self { root })
    }

    /// What the site allows beyond its own files.
    pub fn allowed(&self) -> Allowed {
        Allowed::read(&self.root)
    }

    pub fn has(&self, path: &str) -> bool {
        matches!(self.find(path), Place::File(_))
    }

    /// Finds what a path means, as it stands in a request: below the root, without
    /// its first slash, still percent-encoded.
    pub fn find(&self, path: &str) -> Place {
        let mut names = Vec::new();
        let mut asks_for_folder = path.is_empty();
        let mut segments = path.split('/').peekable();
        while let Some(segment) = segments.next() {
            if segment.is_empty() && segments.peek().is_none() {
                asks_for_folder = true;
                break;
            }
            let Some(name) = percent_decoded(segment) else {
                return Place::Nonsense;
            };
            if name.contains('\0') {
                return Place::Nonsense;
            }
            if !is_served(&name) {
                return Place::Nothing;
            }
            names.push(name);
        }
        if asks_for_folder {
            names.push("index.html".to_owned());
        }
        let Some((file, about)) = self.real(&names) else {
            return Place::Nothing;
        };
        if about.is_dir() {
            names.push("index.html".to_owned());
            return match self.real(&names) {
                Some((_, about)) if about.is_file() => Place::Folder,
                _ => Place::Nothing,
            };
        }
        if !about.is_file() {
            return Place::Nothing;
        }
        Place::File(Found {
            brotli: self.beside(&names, "br"),
            gzip: self.beside(&names, "gz"),
            path: names.join("/"),
            file,
            size: about.len(),
            modified: about.modified().ok(),
        })
    }

    /// Where a path really leads, if that is inside the folder: a link may lead out
    /// of it, and hidden files may be reached by one.
    fn real(&self, names: &[String]) -> Option<(PathBuf, fs::Metadata)> {
        let file = fs::canonicalize(self.root.join(names.iter().collect::<PathBuf>())).ok()?;
        let below: Vec<&str> = file
            .strip_prefix(&self.root)
            .ok()?
            .iter()
            .map(|name| name.to_str())
            .collect::<Option<_>>()?;
        if !below.iter().all(|name| is_served(name)) {
            return None;
        }
        // macOS and Windows find `Boat.jpg` as `boat.jpg`; the host will not.
        let same_but_for_case = below.len() == names.len()
            && below.iter().zip(names).any(|(real, asked)| real != asked)
            && below
                .iter()
                .zip(names)
                .all(|(real, asked)| real.to_lowercase() == asked.to_lowercase());
        if same_but_for_case && !self.is_linked(names) {
            return None;
        }
        let about = fs::metadata(&file).ok()?;
        Some((file, about))
    }

    /// Whether a link stands anywhere on the way.
    fn is_linked(&self, names: &[String]) -> bool {
        let mut file = self.root.clone();
        names.iter().any(|name| {
            file.push(name);
            fs::symlink_metadata(&file).is_ok_and(|about| about.is_symlink())
        })
    }

    fn beside(&self, names: &[String], ending: &str) -> Option<PathBuf> {
        let mut names = names.to_vec();
        let last = names.last_mut()?;
        last.push('.');
        last.push_str(ending);
        let (file, about) = self.real(&names)?;
        about.is_file().then_some(file)
    }
}

/// Whether a name may stand in a path: never one that leads elsewhere, and never a
/// hidden file, except the folder that exists to be asked for (RFC 8615).
fn is_served(name: &str) -> bool {
    let leads_away = name.is_empty()
        || name.contains(['/', '\\'])
        // Another drive, or another stream of the file.
        || (cfg!(windows) && name.contains(':'));
    !leads_away && (!name.starts_with('.') || name == ".well-known")
}

#[cfg(test)]
mod tests {
    use super::{Folder, Place};

    fn folder() -> (tempfile::TempDir, Folder) {
        let there = tempfile::tempdir().unwrap();
        let site = there.path().join("site");
        std::fs::create_dir_all(site.join("en/.git")).unwrap();
        std::fs::create_dir_all(site.join(".well-known")).unwrap();
        for file in [
            "index.html",
            "en/index.html",
            "en/قارب.json",
            "en/.env",
            "en/.git/config",
            ".well-known/security.txt",
            "en/a.js",
            "en/a.js.br",
        ] {
            std::fs::write(site.join(file), file).unwrap();
        }
        std::fs::write(there.path().join("secret"), "x").unwrap();
        let folder = Folder::open(&site).unwrap();
        (there, folder)
    }

    #[test]
    fn a_path_is_decoded_and_a_folder_has_its_index() {
        let (_there, folder) = folder();
        for (asked, found) in [
            ("", "index.html"),
            ("en/", "en/index.html"),
            ("en/%D9%82%D8%A7%D8%B1%D8%A8.json", "en/قارب.json"),
            (".well-known/security.txt", ".well-known/security.txt"),
        ] {
            match folder.find(asked) {
                Place::File(file) => assert_eq!(file.path, found),
                other => panic!("{asked}: {other:?}"),
            }
        }
        assert!(matches!(folder.find("en"), Place::Folder));
    }

    #[test]
    fn nothing_outside_the_folder_and_nothing_hidden_is_found() {
        let (_there, folder) = folder();
        for asked in [
            "../secret",
            "%2e%2e/secret",
            "en/../../secret",
            "en/..%2f..%2fsecret",
            "..%5csecret",
            "/etc/passwd",
            "en//index.html",
            "en/./index.html",
            "en/.env",
            "en/%2eenv",
            "en/.git/config",
            "en/index.html/",
            "EN/index.html",
            ".well-known",
        ] {
            assert!(matches!(folder.find(asked), Place::Nothing), "{asked}");
        }
    }

    #[test]
    fn what_stands_for_no_letter_is_no_path() {
        let (_there, folder) = folder();
        for asked in ["%", "%zz", "%ff", "en/%00", "index.html%00.txt"] {
            assert!(matches!(folder.find(asked), Place::Nonsense), "{asked}");
        }
    }

    #[test]
    fn a_compressed_file_beside_it_is_found() {
        let (_there, folder) = folder();
        let Place::File(file) = folder.find("en/a.js") else {
            panic!("not found");
        };
        assert!(file.brotli.is_some() && file.gzip.is_none());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_may_stay_in_the_folder_and_may_not_leave_it() {
        use std::os::unix::fs::symlink;
        let (there, folder) = folder();
        let site = there.path().join("site");
        symlink(there.path().join("secret"), site.join("out")).unwrap();
        symlink(there.path(), site.join("up")).unwrap();
        symlink(site.join("en/.env"), site.join("env")).unwrap();
        symlink(site.join("en/index.html"), site.join("in.html")).unwrap();
        symlink(site.join("loop"), site.join("loop")).unwrap();
        for asked in ["out", "up/secret", "env", "loop"] {
            assert!(matches!(folder.find(asked), Place::Nothing), "{asked}");
        }
        assert!(folder.has("in.html"));
    }
}
