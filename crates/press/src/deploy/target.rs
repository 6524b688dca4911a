//! Where a site is uploaded to.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::site::File;
use crate::finding::Failure;

/// The record's name at the target. Hidden, so that most hosts do not serve it.
pub const RECORD: &str = ".press-deploy.json";

/// A file as the target tells of it.
#[derive(Clone, Debug)]
pub struct Seen {
    pub size: u64,
    /// Changes whenever the file does.
    pub tag: String,
}

/// Told of each file that has arrived, and its tag.
pub type Done<'a> = dyn Fn(&File, String) + Sync + 'a;

/// A place that holds files. Each is there whole or not at all.
pub trait Target: Sync {
    /// The record of earlier uploads, if there is one.
    fn record(&self) -> Result<Option<Vec<u8>>, Failure>;

    fn write_record(&self, record: &[u8]) -> Result<(), Failure>;

    /// What lies there, by path; `None` if the target compares files itself.
    fn seen(&self) -> Result<Option<BTreeMap<String, Seen>>, Failure>;

    /// Whether the file there, of the right size, is this one: a slow look.
    fn holds(&self, file: &File, seen: &Seen) -> Result<bool, Failure>;

    /// What is kept with a file besides its bytes.
    fn sent(&self, _: &File) -> String {
        String::new()
    }

    /// Whether [`Target::put`] finds out which files are different.
    fn decides_itself(&self) -> bool {
        false
    }

    /// Puts files there, in any order.
    fn put(&self, files: &[&File], done: &Done<'_>) -> Result<(), Failure>;

    /// Removes files, in any order, and the folders that are empty then. One that
    /// is not there is no fault.
    fn remove(&self, paths: &[String]) -> Result<(), Failure>;
}

/// `--to`, understood.
#[derive(Debug, PartialEq, Eq)]
pub enum Address {
    Folder(PathBuf),
    /// As rsync takes it.
    Rsync(String),
    S3 {
        bucket: String,
        /// Without slashes at its ends; may be empty.
        prefix: String,
    },
}

impl Address {
    /// # Errors
    /// When it is none of the three.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        let wrong = |why: &str| {
            Err(Failure(format!(
                "--to {text}: {why}. Write a folder, rsync:user@host:path, rsync://host/module/path or s3://bucket/prefix"
            )))
        };
        if let Some(place) = text.strip_prefix("s3://") {
            let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
            let prefix = prefix.trim_matches('/');
            let is_name = |c: u8| c.is_ascii_alphanumeric() || b".-_".contains(&c);
            if bucket.is_empty() || !bucket.bytes().all(is_name) {
                return wrong("a bucket's name has letters, digits, dots and hyphens");
            }
            if prefix.split('/').any(|name| matches!(name, "." | "..")) || prefix.contains("//") {
                return wrong("a prefix has no empty parts and no dots for names");
            }
            return Ok(Self::S3 {
                bucket: bucket.into(),
                prefix: prefix.into(),
            });
        }
        let place = if text.starts_with("rsync://") {
            Some(text)
        } else {
            text.strip_prefix("rsync:")
        };
        if let Some(place) = place {
            // What begins with a hyphen would be an option, of rsync or of ssh.
            if place.is_empty() || place.starts_with('-') {
                return wrong("rsync needs a place");
            }
            return Ok(Self::Rsync(place.trim_end_matches('/').to_owned() + "/"));
        }
        if text.contains("://") || text.is_empty() {
            return wrong("press does not know such places");
        }
        Ok(Self::Folder(text.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn an_address_is_a_folder_an_rsync_place_or_a_bucket() {
        let s3 = |bucket: &str, prefix: &str| Address::S3 {
            bucket: bucket.into(),
            prefix: prefix.into(),
        };
        for (text, address) in [
            ("/srv/www", Address::Folder("/srv/www".into())),
            ("public_html", Address::Folder("public_html".into())),
            ("C:\\www", Address::Folder("C:\\www".into())),
            ("rsync:me@host:www", Address::Rsync("me@host:www/".into())),
            ("rsync:/srv/www/", Address::Rsync("/srv/www/".into())),
            (
                "rsync://127.0.0.1:873/site",
                Address::Rsync("rsync://127.0.0.1:873/site/".into()),
            ),
            ("s3://news", s3("news", "")),
            ("s3://news/a/b/", s3("news", "a/b")),
        ] {
            assert_eq!(Address::parse(text).unwrap(), address, "{text}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "",
            "ftp://x/",
            "s3://",
            "s3:///x",
            "s3://a/../b",
            "s3://a b",
            "rsync:",
            "rsync:-e sh:x",
        ] {
            assert!(Address::parse(text).is_err(), "{text}");
        }
    }
}
