//! WebM and Matroska, through matroska-demuxer.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::time::Duration;

use matroska_demuxer::{DemuxError, MatroskaFile, TrackEntry, TrackType};

use super::{Film, mp4, not_a_film, seconds_of, truncated};
use crate::problem::Problem;

/// The headers and the index of a film of some hours are under a megabyte; the crate
/// believes lengths as far as the file goes.
const MAX_READ: u64 = 4 * 1024 * 1024;

pub(super) fn read(file: File, size: u64) -> Result<Film, Problem> {
    if let Some(problem) = broken_off(&file, size) {
        return Err(problem);
    }
    let thrifty = Thrifty {
        file: BufReader::new(file),
        left: MAX_READ,
    };
    let film = MatroskaFile::open(thrifty).map_err(|error| match error {
        DemuxError::ElementSizeExceedsStream { .. } => {
            truncated("its headers promise more than there is")
        }
        DemuxError::IoError(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            truncated("its headers promise more than there is")
        }
        _ => not_a_film(),
    })?;
    let first = |kind: TrackType| {
        film.tracks()
            .iter()
            .find(|track| track.track_type() == kind)
    };
    let (video, audio) = (first(TrackType::Video), first(TrackType::Audio));
    if video.is_none() && audio.is_none() {
        return Err(not_a_film());
    }
    let picture = video.and_then(TrackEntry::video);
    let side = |shown: Option<std::num::NonZeroU64>, coded: std::num::NonZeroU64| {
        // A display size in centimetres or as a ratio is none in pixels.
        u32::try_from(shown.filter(|shown| *shown >= coded).unwrap_or(coded).get()).ok()
    };
    let info = film.info();
    let scale = info.timestamp_scale().get();
    let duration = info
        .duration()
        .map(|ticks| ticks * scale as f64 / 1e9)
        .filter(|seconds| *seconds > 0.0)
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .and_then(seconds_of);
    Ok(Film {
        content_type: Some(match (film.ebml_header().doc_type(), video.is_some()) {
            ("webm", true) => "video/webm",
            ("webm", false) => "audio/webm",
            _ => "video/x-matroska",
        }),
        width: picture.and_then(|p| side(p.display_width(), p.pixel_width())),
        height: picture.and_then(|p| side(p.display_height(), p.pixel_height())),
        duration,
        video_codec: video.and_then(codec),
        audio_codec: audio.and_then(codec),
        has_video: video.is_some(),
        has_audio: audio.is_some(),
        ..Film::default()
    })
}

/// The segment says how long it is: a file cut short is told here, because its
/// headers stand in front and read as if nothing were missing.
fn broken_off(mut file: &File, size: u64) -> Option<Problem> {
    let mut start = Vec::new();
    file.take(4096).read_to_end(&mut start).ok()?;
    file.seek(SeekFrom::Start(0)).ok()?;
    let (length, at) = variable(&start, 4)?;
    let segment = usize::try_from(length).ok()?.checked_add(at)?;
    if start.get(segment..segment.checked_add(4)?)? != [0x18, 0x53, 0x80, 0x67] {
        return None;
    }
    let (length, at) = variable(&start, segment + 4)?;
    let end = u64::try_from(at).ok()?.checked_add(length)?;
    (end > size).then(|| {
        truncated(&format!(
            "its content ends at byte {end}, the file at byte {size}"
        ))
    })
}

/// A length of EBML and where it ends; `None` for “unknown”.
fn variable(bytes: &[u8], at: usize) -> Option<(u64, usize)> {
    let first = *bytes.get(at)?;
    let more = usize::try_from(first.leading_zeros()).ok()?;
    if more > 7 {
        return None;
    }
    let mut value = u64::from(first) & (0x7f >> more);
    for byte in bytes.get(at + 1..at + 1 + more)? {
        value = (value << 8) | u64::from(*byte);
    }
    let unknown = (1 << (7 * (more + 1))) - 1;
    (value != unknown).then_some((value, at + 1 + more))
}

fn codec(track: &TrackEntry) -> Option<String> {
    let configuration = track.codec_private();
    Some(match track.codec_id() {
        "V_VP8" => "vp8".to_owned(),
        // Without level in the file; browsers know this short form.
        "V_VP9" => "vp9".to_owned(),
        "V_AV1" => return configuration.and_then(mp4::av1),
        "V_MPEG4/ISO/AVC" => return configuration.and_then(|c| mp4::avc(*b"avc1", c)),
        "V_MPEGH/ISO/HEVC" => return configuration.and_then(|c| mp4::hevc(*b"hvc1", c)),
        "A_OPUS" => "opus".to_owned(),
        "A_VORBIS" => "vorbis".to_owned(),
        "A_FLAC" => "flac".to_owned(),
        "A_MPEG/L3" => "mp3".to_owned(),
        id if id.starts_with("A_AAC") => "mp4a.40.2".to_owned(),
        _ => return None,
    })
}

/// A file of which only so much is read.
struct Thrifty {
    file: BufReader<File>,
    left: u64,
}

impl Read for Thrifty {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::Error::other("the headers are too long"));
        }
        let read = self.file.by_ref().take(self.left).read(buffer)?;
        self.left = self.left.saturating_sub(read as u64);
        Ok(read)
    }
}

impl Seek for Thrifty {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}
