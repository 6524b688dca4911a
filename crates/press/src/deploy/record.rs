//! What was uploaded by earlier runs: one file at the target, beside the site.
//!
//! It holds nothing that the site does not publish anyway.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::finding::Failure;

const VERSION: u32 = 1;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Record {
    version: u32,
    /// Counts the builds that were uploaded.
    pub build: u64,
    /// The fingerprint of the newest of them.
    pub site: String,
    pub files: BTreeMap<String, Entry>,
}

/// One file that is, or may be, at the target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub size: u64,
    pub sha256: String,
    /// The headers it was sent with, where the target keeps those.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sent: String,
    /// How the target names this state of the file; empty while it was not sent.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub tag: String,
    /// The first build that has the file no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gone: Option<u64>,
}

impl Record {
    /// # Errors
    /// When it was written by a newer press. One that is damaged is as good as none:
    /// every file is looked at, and nothing is removed.
    pub fn read(source: Option<Vec<u8>>) -> Result<Self, Failure> {
        let record = source.and_then(|source| serde_json::from_slice::<Self>(&source).ok());
        match record {
            Some(record) if record.version > VERSION => Err(Failure(
                "the target was last uploaded to by a newer press: use that one, or remove the target's .press-deploy.json".into(),
            )),
            record => Ok(record.unwrap_or_default()),
        }
    }

    pub fn written(&self) -> Vec<u8> {
        let record = Self {
            version: VERSION,
            ..self.clone()
        };
        // Strings and numbers always can be written.
        serde_json::to_vec(&record).unwrap_or_default()
    }

    pub fn tag(&mut self, path: &str, tag: String) {
        if let Some(entry) = self.files.get_mut(path) {
            entry.tag = tag;
        }
    }

    pub fn forget(&mut self, path: &str) {
        self.files.remove(path);
    }
}

#[cfg(test)]
mod tests {
    use super::Record;

    #[test]
    fn a_damaged_record_is_none_and_a_newer_one_is_not_touched() {
        for damaged in [&b""[..], b"{\"version\":1", b"[]", b"\xff"] {
            let record = Record::read(Some(damaged.to_vec())).unwrap();
            assert!(record.files.is_empty());
        }
        let newer = br#"{"version":2,"build":1,"site":"","files":{}}"#;
        assert!(Record::read(Some(newer.to_vec())).is_err());
    }

    #[test]
    fn what_is_written_is_read() {
        let source =
            br#"{"version":1,"build":4,"site":"s","files":{"a":{"size":1,"sha256":"b","gone":3}}}"#;
        let record = Record::read(Some(source.to_vec())).unwrap();
        assert_eq!(record.written(), source);
        assert_eq!(record.files["a"].gone, Some(3));
    }
}
