//! One build at a time.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use crate::finding::Failure;

/// Held while it lives, and given back by the system however the process ends.
pub struct Lock {
    _file: File,
}

impl Lock {
    /// # Errors
    /// When another build holds it.
    pub fn take(folder: &Path, site: &Path) -> Result<Self, Failure> {
        fs::create_dir_all(folder).map_err(|e| Failure::io("make the folder", folder, &e))?;
        let path = folder.join("lock");
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|e| Failure::io("open", &path, &e))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(Failure(format!(
                "another build of {} is running; wait until it is done",
                site.display()
            ))),
            // A file system without locks: two builds at once are then nobody's to notice.
            Err(TryLockError::Error(_)) => Ok(Self { _file: file }),
        }
    }
}
