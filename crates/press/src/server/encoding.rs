//! Compressed answers: those that lie beside the file, else made here and kept.

use std::collections::HashMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use hyper::body::Bytes;
use hyper::header::{self, HeaderMap};
use tokio::sync::OnceCell;

use super::folder::Found;
use crate::headers::MediaType;

/// Compressed by the server itself between these lengths, in bytes. Below, the
/// headers weigh more; above, CloudFront and others send the file as it is.
const COMPRESSED: std::ops::RangeInclusive<u64> = 200..=10_000_000;
/// What may lie beside a file, at most: it is read into memory.
const LARGEST_BESIDE: u64 = 64 * 1024 * 1024;
/// Of everything compressed here. Beyond it, all is forgotten and made again.
const KEPT: usize = 64 * 1024 * 1024;
/// Of brotli, 0 to 11. Hosts that compress as they send use 4 or 5.
const QUALITY: i32 = 5;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    Brotli,
    Gzip,
}

impl Encoding {
    /// As headers name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// The one a browser wants most (RFC 9110 §12.5.3); of two wanted equally,
    /// brotli, which is smaller. `None`: the file as it is.
    pub fn accepted(headers: &HeaderMap) -> Option<Self> {
        let wishes: Vec<(String, f32)> = headers
            .get_all(header::ACCEPT_ENCODING)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .filter_map(wish)
            .collect();
        let weight = |names: &[&str]| {
            let named = wishes
                .iter()
                .find(|(name, _)| names.contains(&name.as_str()));
            let any = || wishes.iter().find(|(name, _)| name == "*");
            named.or_else(any).map(|(_, weight)| *weight)
        };
        let brotli = weight(&["br"]).unwrap_or(0.0);
        let gzip = weight(&["gzip", "x-gzip"]).unwrap_or(0.0);
        // Unless it is named, the file as it is comes after everything named.
        let identity = wishes
            .iter()
            .find(|(name, _)| name == "identity")
            .map_or(0.0, |(_, weight)| *weight);
        let best = brotli.max(gzip);
        if best <= 0.0 || identity > best {
            None
        } else if brotli >= gzip {
            Some(Self::Brotli)
        } else {
            Some(Self::Gzip)
        }
    }
}

/// `gzip;q=0.5` as a name and a weight; `None` if it is no wish.
fn wish(text: &str) -> Option<(String, f32)> {
    let mut parts = text.split(';').map(str::trim);
    let name = parts.next().filter(|name| !name.is_empty())?;
    let weight = parts
        .find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")))
        .map_or(Some(1.0), |weight| weight.trim().parse::<f32>().ok())
        .filter(|weight| (0.0..=1.0).contains(weight))?;
    Some((name.to_ascii_lowercase(), weight))
}

/// A compressed file.
#[derive(Clone)]
pub struct Packed {
    pub encoding: Encoding,
    pub bytes: Bytes,
}

/// Compresses files and remembers them.
#[derive(Default)]
pub struct Encoder {
    kept: Mutex<HashMap<Key, Slot>>,
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    file: PathBuf,
    modified: Option<SystemTime>,
    size: u64,
    encoding: Encoding,
}

/// Filled once: two requests do not compress the same file twice.
type Slot = Arc<OnceCell<Option<Bytes>>>;

impl Encoder {
    /// A file in an encoding; `None` where that gains nothing or cannot be.
    pub async fn encode(
        &self,
        found: &Found,
        kind: MediaType,
        encoding: Encoding,
    ) -> Option<Packed> {
        let beside = match encoding {
            Encoding::Brotli => &found.brotli,
            Encoding::Gzip => &found.gzip,
        };
        if let Some(bytes) = match beside {
            Some(file) => beside_of(file).await,
            None => None,
        } {
            return Some(Packed { encoding, bytes });
        }
        if !kind.compresses || !COMPRESSED.contains(&found.size) {
            return None;
        }
        let slot = self.slot(Key {
            file: found.file.clone(),
            modified: found.modified,
            size: found.size,
            encoding,
        });
        let file = found.file.clone();
        let made = slot.get_or_init(|| async move {
            tokio::task::spawn_blocking(move || compressed(&file, encoding))
                .await
                .ok()
                .flatten()
        });
        let bytes = made.await.clone()?;
        Some(Packed { encoding, bytes })
    }

    fn slot(&self, key: Key) -> Slot {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let size: usize = kept
            .values()
            .filter_map(|slot| slot.get()?.as_ref().map(Bytes::len))
            .sum();
        if size > KEPT {
            kept.clear();
        }
        Arc::clone(kept.entry(key).or_default())
    }
}

async fn beside_of(file: &Path) -> Option<Bytes> {
    let about = tokio::fs::metadata(file).await.ok()?;
    if about.len() > LARGEST_BESIDE {
        return None;
    }
    tokio::fs::read(file).await.ok().map(Bytes::from)
}

fn compressed(file: &Path, encoding: Encoding) -> Option<Bytes> {
    let bytes = std::fs::read(file).ok()?;
    let mut packed = Vec::new();
    match encoding {
        Encoding::Brotli => {
            let parameters = brotli::enc::BrotliEncoderParams {
                quality: QUALITY,
                ..Default::default()
            };
            brotli::BrotliCompress(&mut bytes.as_slice(), &mut packed, &parameters).ok()?;
        }
        Encoding::Gzip => {
            let mut encoder =
                flate2::write::GzEncoder::new(&mut packed, flate2::Compression::default());
            encoder.write_all(&bytes).ok()?;
            encoder.finish().ok()?;
        }
    }
    Some(packed.into())
}

#[cfg(test)]
mod tests {
    use super::Encoding;
    use hyper::header::{ACCEPT_ENCODING, HeaderMap};

    #[test]
    fn the_browser_gets_what_it_wants_most() {
        use Encoding::{Brotli, Gzip};
        for (text, wanted) in [
            ("gzip, deflate, br, zstd", Some(Brotli)),
            ("gzip", Some(Gzip)),
            ("x-gzip", Some(Gzip)),
            ("br;q=0.5, gzip", Some(Gzip)),
            ("br;q=0.999, gzip;q=0.998", Some(Brotli)),
            ("br;q=0, gzip;q=0.001", Some(Gzip)),
            ("BR", Some(Brotli)),
            ("*", Some(Brotli)),
            ("br;q=0, *", Some(Gzip)),
            ("*;q=0", None),
            ("identity, gzip;q=0.5", None),
            ("identity;q=0.5, gzip;q=0.5", Some(Gzip)),
            ("gzip;q=2, br;q=x", None),
            ("brotli", None),
            ("", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, text.parse().unwrap());
            assert_eq!(Encoding::accepted(&headers), wanted, "{text}");
        }
        assert_eq!(Encoding::accepted(&HeaderMap::new()), None);
    }
}
