//! From an original to its renditions.

use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::cache::{Cache, Entry, Record, hash};
use super::credit::Credit;
use super::decode::{Pixels, decode};
use super::encode::{Encoding, Inscription, encode};
use super::format::Format;
use super::limits::LARGE_PIXELS;
use super::placeholder::{self, Placeholder};
use super::probe::{Probe, examine, warnings};
use super::recipe::Recipe;
use super::scale::Light;
use super::source;
use crate::Problem;

/// What was made of a picture.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// Its place in the cache, for [`Cache::prune`].
    pub key: String,
    /// Of the original.
    pub format: Format,
    /// Pixels of the original, as shown.
    pub width: u32,
    pub height: u32,
    /// Whether the original moves; the renditions do not.
    pub is_animated: bool,
    pub credit: Credit,
    pub placeholder: Placeholder,
    /// AVIF, then WebP, then JPEG, each from the narrowest on.
    pub renditions: Vec<Rendition>,
    /// What is not right with the original, though it can be used.
    pub warnings: Vec<Problem>,
}

/// One file that readers may be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendition {
    pub encoding: Encoding,
    /// Pixels.
    pub width: u32,
    pub height: u32,
    /// Of the file.
    pub bytes: u64,
    /// SHA-256 of the file, in hexadecimal.
    pub hash: String,
    /// In the cache.
    pub path: PathBuf,
}

impl Rendition {
    pub fn media_type(&self) -> &'static str {
        self.encoding.media_type()
    }

    /// A name for the published file that never means another: the beginning of
    /// its hash, which is enough for more pictures than there are.
    pub fn file_name(&self) -> String {
        let hash = self.hash.get(..20).unwrap_or(&self.hash);
        format!("{hash}.{}", self.encoding.ending())
    }
}

/// Makes the renditions of one picture, with all cores, or finds them in the cache.
///
/// # Errors
/// As [`probe`](super::probe()), when it cannot be decoded, or when the cache
/// cannot be written to.
pub fn render(path: &Path, cache: &Cache, recipe: &Recipe) -> Result<Rendered, Problem> {
    render_with(path, cache, recipe, cores())
}

/// Makes the renditions of many pictures, one a core, in the order of their paths.
/// `done` is told of each as it is ready, in any order and from any thread.
pub fn render_all(
    paths: &[PathBuf],
    cache: &Cache,
    recipe: &Recipe,
    done: impl Fn(&Path, &Result<Rendered, Problem>) + Sync,
) -> Vec<Result<Rendered, Problem>> {
    // One thread a picture: decoding and scaling then run on all cores as well.
    let workers = cores().min(paths.len());
    let inside = cores().checked_div(workers).unwrap_or(1);
    spread(paths, workers, |path| {
        let rendered = render_with(path, cache, recipe, inside);
        done(path, &rendered);
        rendered
    })
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}

/// Does the same with every item on several threads; the results are in the order
/// of the items.
fn spread<T: Sync, R: Send>(items: &[T], workers: usize, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    if workers < 2 {
        return items.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::with_capacity(items.len()));
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(at) else { break };
                    let result = work(item);
                    results
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .push((at, result));
                }
            });
        }
    });
    let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    results.sort_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}

fn render_with(
    path: &Path,
    cache: &Cache,
    recipe: &Recipe,
    threads: usize,
) -> Result<Rendered, Problem> {
    let fingerprint = recipe.fingerprint();
    let about = source::look(path)?;
    if let Some(known) = cache.known(path, &about) {
        let key = Cache::key(&known, &fingerprint);
        if let Some(record) = cache.load(&key) {
            cache.count_unread();
            return Ok(rendered(path, cache, key, record));
        }
    }
    let source = source::read(path)?;
    let sum = hash(&source.bytes);
    let key = Cache::key(&sum, &fingerprint);
    let record = match cache.load(&key) {
        Some(record) => record,
        None => {
            let _guard = cache.lock(&key);
            // Somebody else may have made it meanwhile.
            match cache.load(&key) {
                Some(record) => record,
                None => {
                    cache.count_damaged(&key);
                    let record = make(&source.bytes, &sum, path, cache, recipe, threads)?;
                    cache.finish(&key, &record)?;
                    record
                }
            }
        }
    };
    cache.remember(path, &source.about, &sum);
    Ok(rendered(path, cache, key, record))
}

fn rendered(path: &Path, cache: &Cache, key: String, record: Record) -> Rendered {
    let renditions = record.renditions.iter().map(|entry| Rendition {
        encoding: entry.encoding,
        width: entry.width,
        height: entry.height,
        bytes: entry.bytes,
        hash: entry.hash.clone(),
        path: cache.path(entry),
    });
    Rendered {
        key,
        format: record.format,
        width: record.width,
        height: record.height,
        is_animated: record.is_animated,
        renditions: renditions.collect(),
        warnings: warnings(record.format, record.trailing_bytes, path),
        credit: record.credit,
        placeholder: record.placeholder,
    }
}

fn make(
    bytes: &[u8],
    sum: &str,
    path: &Path,
    cache: &Cache,
    recipe: &Recipe,
    threads: usize,
) -> Result<Record, Problem> {
    let probe = examine(bytes, path)?;
    // The encoders are other people's too.
    catch_unwind(AssertUnwindSafe(|| {
        make_of(bytes, sum, &probe, path, cache, recipe, threads)
    }))
    .unwrap_or_else(|_| Err(failed(path, "an encoder gave up on it")))
}

fn failed(path: &Path, what: &str) -> Problem {
    Problem::of(
        "picture-failed",
        path,
        format!("no renditions could be made of the picture: {what}"),
    )
    .hint("Open it in a picture editor and save it anew. If that does not help, please report it, with the picture.")
}

fn make_of(
    bytes: &[u8],
    sum: &str,
    probe: &Probe,
    path: &Path,
    cache: &Cache,
    recipe: &Recipe,
    threads: usize,
) -> Result<Record, Problem> {
    let refused = || failed(path, "it could not be made smaller");
    let sizes = recipe.sizes(probe.width, probe.height);
    let (width, height) = sizes.last().copied().ok_or_else(refused)?;
    let largest = {
        let pixels = u64::from(probe.width) * u64::from(probe.height);
        let _one_at_a_time = (pixels > LARGE_PIXELS)
            .then(|| ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner));
        let decoded = decode(bytes, probe, path)?;
        Light::of(&decoded, probe.orientation, width, height).ok_or_else(refused)?
    };
    let placeholder = placeholder::of(&largest, recipe.background).ok_or_else(refused)?;
    let inscription = Inscription::of(&probe.credit).map_err(|error| failed(path, &error))?;

    // The longest work first, so that the cores end together.
    let mut widest_first: Vec<(u32, u32)> = sizes.clone();
    widest_first.reverse();
    let scaled: Vec<Option<Pixels>> = spread(&widest_first, threads, |(width, height)| {
        if *width == largest.width() {
            Some(largest.pixels())
        } else {
            largest.resized(*width, *height).map(|light| light.pixels())
        }
    });
    let scaled: Vec<Pixels> = scaled
        .into_iter()
        .collect::<Option<_>>()
        .ok_or_else(refused)?;
    let work: Vec<(Encoding, &Pixels)> = Encoding::ALL
        .iter()
        .flat_map(|encoding| scaled.iter().map(move |pixels| (*encoding, pixels)))
        .collect();
    let entries = spread(&work, threads, |(encoding, pixels)| {
        let file = encode(*encoding, pixels, recipe, &inscription)
            .map_err(|error| failed(path, &error))?;
        Ok(Entry {
            encoding: *encoding,
            width: pixels.width,
            height: pixels.height,
            bytes: file.len() as u64,
            hash: cache.store(*encoding, &file)?,
        })
    });
    let mut renditions = entries.into_iter().collect::<Result<Vec<_>, Problem>>()?;
    renditions.sort_by_key(|entry| (entry.encoding, entry.width));
    Ok(Record {
        source: sum.to_owned(),
        format: probe.format,
        trailing_bytes: probe.trailing_bytes,
        width: probe.width,
        height: probe.height,
        is_animated: probe.is_animated,
        credit: probe.credit.clone(),
        placeholder,
        renditions,
    })
}

/// Held while a very large picture is in memory.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
