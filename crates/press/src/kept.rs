//! Bytes that are kept until the program ends.
//!
//! press does one thing and ends. What it knows of an archive is needed to the last
//! moment, and what was remembered of it is one long piece of bytes: facts borrow from
//! it, instead of a million small texts being copied out of it and freed again.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::num::NonZero;
use std::path::Path;
use std::thread;

use crate::finding::Failure;

pub fn text(text: impl Into<Box<str>>) -> &'static str {
    Box::leak(text.into())
}

pub fn bytes(bytes: impl Into<Box<[u8]>>) -> &'static [u8] {
    Box::leak(bytes.into())
}

/// Bytes of a memory as the text they are.
///
/// # Errors
/// When they are none, and so the memory is damaged.
pub fn as_text(bytes: &'static [u8]) -> Result<&'static str, Failure> {
    str::from_utf8(bytes).map_err(|_| damaged())
}

/// What is said of a memory that is found out only while it is used.
pub fn damaged() -> Failure {
    Failure("what is remembered of the last build is damaged; run press with --fresh".into())
}

/// A whole file, read by all cores.
///
/// # Errors
/// When it cannot be read, or becomes shorter while it is.
pub fn file(path: &Path) -> io::Result<&'static [u8]> {
    let length = usize::try_from(File::open(path)?.metadata()?.len()).map_err(io::Error::other)?;
    let mut whole = vec![0; length];
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let part = length.div_ceil(cores).max(1);
    thread::scope(|scope| {
        let readers: Vec<_> = (0_u64..)
            .step_by(part)
            .zip(whole.chunks_mut(part))
            .map(|(from, part)| {
                scope.spawn(move || {
                    let mut file = File::open(path)?;
                    file.seek(SeekFrom::Start(from))?;
                    file.read_exact(part)
                })
            })
            .collect();
        readers.into_iter().try_for_each(|reader| {
            reader
                .join()
                .unwrap_or_else(|payload| std::panic::resume_unwind(payload))
        })
    })?;
    Ok(bytes(whole))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_file_read_in_parts_is_the_whole_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        for length in [0, 1, 2, 3, 1001] {
            let bytes: Vec<u8> = (0..length).map(|n| (n % 251) as u8).collect();
            std::fs::write(&path, &bytes).unwrap();
            assert_eq!(super::file(&path).unwrap(), bytes);
        }
    }
}
