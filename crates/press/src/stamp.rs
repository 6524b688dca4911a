//! Whether a file is still as it was read, without reading it again.

use std::fs::Metadata;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// Size and times of a file. Two files of one stamp at one path are taken for equal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stamp {
    pub size: u64,
    /// Nanoseconds since 1970 of the last change of the content.
    modified: u64,
    /// The same of the last change of anything, which nobody can set back. 0 where the
    /// system does not tell.
    changed: u64,
}

impl Stamp {
    pub fn of(about: &Metadata) -> Self {
        Self {
            size: about.len(),
            modified: about.modified().map_or(0, nanoseconds),
            changed: changed(about),
        }
    }

    /// Whether the file may have changed once more without its stamp showing it: a
    /// clock has steps, and a file written twice within one keeps its times.
    pub fn is_too_young(&self, now: SystemTime) -> bool {
        /// The coarsest clock of a file system in use: FAT's.
        const STEP: u64 = 2_000_000_000;
        self.modified.max(self.changed).saturating_add(STEP) > nanoseconds(now)
    }
}

fn nanoseconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).map_or(0, |since| {
        u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)
    })
}

#[cfg(unix)]
fn changed(about: &Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt as _;
    let seconds = u64::try_from(about.ctime()).unwrap_or(0);
    let rest = u64::try_from(about.ctime_nsec()).unwrap_or(0);
    seconds.saturating_mul(1_000_000_000).saturating_add(rest)
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> u64 {
    0
}
