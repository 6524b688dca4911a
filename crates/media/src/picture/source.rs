//! Reading a file whole, once: whatever is found out about a picture and
//! whatever is made of it comes from the same bytes.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;
use std::time::Duration;

use super::limits::MOST_BYTES;
use crate::Problem;

/// How often a file that changes while it is read is tried again: an editor's
/// program may just be saving it.
const TRIES: u32 = 3;

/// Between two tries.
const PAUSE: Duration = Duration::from_millis(150);

/// A file's bytes, and what the operating system said of it while they were read.
#[derive(Debug)]
pub struct Source {
    pub bytes: Vec<u8>,
    pub about: fs::Metadata,
}

/// Reads the file.
///
/// # Errors
/// When it is missing, no file, empty, too large, or never the same twice.
pub fn read(path: &Path) -> Result<Source, Problem> {
    read_while(path, || {})
}

/// `meanwhile` is done between looking at the file and reading it, so that tests
/// can do what a program that saves it would do.
fn read_while(path: &Path, mut meanwhile: impl FnMut()) -> Result<Source, Problem> {
    for attempt in 0..TRIES {
        if attempt > 0 {
            std::thread::sleep(PAUSE);
        }
        // Looked at before it is opened: opening a pipe waits for ever.
        let about = look(path)?;
        let file = File::open(path).map_err(|e| Problem::unreadable(path, &e))?;
        meanwhile();
        let mut bytes = Vec::new();
        let expected = usize::try_from(about.len()).unwrap_or(0);
        bytes
            .try_reserve_exact(expected)
            .map_err(|_| too_large(path, about.len()))?;
        // One byte more than allowed is asked for, because a file may grow while it is read.
        (&file)
            .take(MOST_BYTES + 1)
            .read_to_end(&mut bytes)
            .map_err(|e| Problem::unreadable(path, &e))?;
        let after = file.metadata().map_err(|e| Problem::unreadable(path, &e))?;
        let is_same = bytes.len() as u64 == about.len()
            && after.len() == about.len()
            && after.modified().ok() == about.modified().ok();
        if is_same {
            return if bytes.is_empty() {
                Err(Problem::of("picture-empty", path, "the file is empty")
                    .hint("The copying of it must have failed: copy it anew."))
            } else {
                Ok(Source { bytes, about })
            };
        }
    }
    Err(Problem::of(
        "picture-changing",
        path,
        "the file changed each time it was read",
    )
    .hint("Wait until the program that writes it is done."))
}

/// What the operating system says of the file, if it is one that may be read.
///
/// # Errors
/// When it is missing, a folder, a device, or too large.
pub fn look(path: &Path) -> Result<fs::Metadata, Problem> {
    let about = fs::metadata(path).map_err(|e| Problem::unreadable(path, &e))?;
    if about.is_dir() {
        return Err(Problem::of(
            "picture-is-folder",
            path,
            "this is a folder, where a picture should be",
        )
        .hint("Name the file in it, or move it out of the folder."));
    }
    if !about.is_file() {
        return Err(Problem::of(
            "picture-is-no-file",
            path,
            "this is a device or a pipe, where a picture should be",
        )
        .hint("Put an ordinary file there."));
    }
    if about.len() > MOST_BYTES {
        return Err(too_large(path, about.len()));
    }
    Ok(about)
}

fn too_large(path: &Path, bytes: u64) -> Problem {
    Problem::of(
        "picture-too-large",
        path,
        format!(
            "the file is {} MB large; no picture over {} MB is read",
            bytes / 1_048_576,
            MOST_BYTES / 1_048_576
        ),
    )
    .hint("Save it as a JPEG file of at most 6,000 pixels a side.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_changes_once_while_it_is_read_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("saving.jpg");
        fs::write(&path, b"half").unwrap();
        let mut saves = 0;
        let read = read_while(&path, || {
            saves += 1;
            if saves == 1 {
                fs::write(&path, b"the whole picture").unwrap();
            }
        });
        assert_eq!(read.unwrap().bytes, b"the whole picture");
        assert_eq!(saves, 2);
    }

    #[test]
    fn a_file_that_changes_whenever_it_is_read_is_a_problem() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("growing.jpg");
        fs::write(&path, b"a").unwrap();
        let mut length = 1;
        let read = read_while(&path, || {
            length += 1;
            fs::write(&path, vec![b'a'; length]).unwrap();
        });
        assert_eq!(read.unwrap_err().kind, "picture-changing");
    }

    #[test]
    fn a_sparse_file_over_the_limit_is_refused_unread() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("huge.png");
        File::create(&path)
            .unwrap()
            .set_len(MOST_BYTES + 1)
            .unwrap();
        assert_eq!(read(&path).unwrap_err().kind, "picture-too-large");
    }
}
