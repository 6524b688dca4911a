//! Articles completed: an editor names one file for a picture, a film or its
//! captions, and readers get sizes, renditions and a transcript.
//!
//! [`files`] looks at the files, and makes what readers are given of them, once for
//! each; [`article`] writes what is known of them where an article names them. What
//! an editor has written stays: only what is absent is added, and only a picture with
//! a single file, its original, is given renditions in its place.

#[cfg(not(feature = "media"))]
mod absent;
mod article;
#[cfg(feature = "media")]
mod files;
#[cfg(feature = "media")]
mod icons;

use std::collections::HashMap;

#[cfg(not(feature = "media"))]
pub use absent::{look, make};
pub use article::edits;
#[cfg(feature = "media")]
pub use files::{look, make};

/// What is known of the files that articles show, by the fingerprints of their paths.
#[derive(Default)]
pub struct Known {
    files: HashMap<u64, Made>,
}

/// What was made of a file, as JSON: an object whose members an article is given.
pub struct Made {
    json: &'static str,
    fingerprint: u64,
}

impl Known {
    fn get(&self, path: &str) -> Option<&Made> {
        self.files.get(&crate::fingerprint::of(path))
    }

    /// Whether readers get renditions in place of this file. An original may tell more
    /// than its picture, such as where it was taken, and is not published.
    pub fn is_replaced(&self, path: &str) -> bool {
        self.get(path)
            .is_some_and(|made| made.json.contains("\"renditions\""))
    }

    /// Whether that is so for any file.
    pub fn has_replaced(&self) -> bool {
        self.files
            .values()
            .any(|made| made.json.contains("\"renditions\""))
    }

    /// The fingerprint of everything known of some files.
    pub fn fingerprint(&self, files: &[u64]) -> u64 {
        let known: Vec<u64> = files
            .iter()
            .filter_map(|file| self.files.get(file))
            .map(|made| made.fingerprint)
            .collect();
        crate::fingerprint::of(&known)
    }
}
