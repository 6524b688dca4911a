//! How large, how long and in which codecs a film or sound is.
//!
//! Two ways to know, and the better of each. Our own reading of the headers
//! ([`mp4`], [`webm`], [`sound`]) needs nothing installed, gives the exact codecs
//! and says whether an MP4 begins to play at once; ffprobe, where it is installed,
//! knows every other format and counts what headers leave out. Neither decodes a
//! picture, and nothing here is ever trusted further than the file is long.
//!
//! It makes no film smaller and no poster: that is ffmpeg's work. Of the films of old
//! players [`crate::conversion`] asks for it; of others, the hints say how to.

pub(crate) mod ffprobe;
mod mp4;
mod sound;
mod webm;

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::time::Duration;

use article::Decimal;

use crate::problem::Problem;

pub use ffprobe::Ffprobe;

/// What is in a film or sound file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Film {
    /// Media type by what is in the file, not by its name: `video/mp4`.
    pub content_type: Option<&'static str>,
    /// Pixels, as it is shown: a film of a turned phone is upright.
    pub width: Option<u32>,
    /// Pixels, as it is shown.
    pub height: Option<u32>,
    /// Seconds.
    pub duration: Option<Decimal>,
    /// As in the codecs parameter of RFC 6381: `avc1.640028`.
    pub video_codec: Option<String>,
    /// As in the codecs parameter of RFC 6381: `mp4a.40.2`.
    pub audio_codec: Option<String>,
    pub has_video: bool,
    pub has_audio: bool,
    /// Bits a second, of the whole file.
    pub bitrate: Option<u64>,
    pub size_in_bytes: u64,
    /// Of an MP4: whether a browser can begin before it has the whole file.
    pub fast_start: Option<bool>,
    /// What readers would be better served by; none of it keeps the film from playing.
    pub warnings: Vec<Problem>,
}

impl Film {
    /// The codecs parameter of the whole file, where every codec in it is known.
    #[must_use]
    pub fn codecs(&self) -> Option<String> {
        let wanted = usize::from(self.has_video) + usize::from(self.has_audio);
        let known: Vec<&str> = self
            .video_codec
            .iter()
            .chain(&self.audio_codec)
            .map(String::as_str)
            .collect();
        (wanted > 0 && known.len() == wanted).then(|| known.join(","))
    }
}

/// Looks into a file, with ffprobe's help where it is installed.
///
/// # Errors
/// With what is wrong, if it is no film or sound that could be published.
pub fn probe(path: &Path) -> Result<Film, Problem> {
    probe_with(path, &Ffprobe::default())
}

/// The same, with a certain ffprobe.
///
/// # Errors
/// As for [`probe`].
pub fn probe_with(path: &Path, ffprobe: &Ffprobe) -> Result<Film, Problem> {
    let (by_header, size) = headers(path)?;
    let by_ffprobe = match &by_header {
        // A file that breaks off is played to where it breaks off, and ffprobe does
        // not mind; an editor should.
        Err(problem) if problem.kind != UNKNOWN => return Err(problem.clone()),
        _ => ffprobe.ask(path),
    };
    let mut film = match (by_header, by_ffprobe) {
        (Ok(film), Ok(Some(theirs))) => film.completed_by(theirs),
        (Ok(film), _) => film,
        (Err(_), Ok(Some(theirs))) => theirs,
        (Err(problem), Ok(None)) | (Err(_), Err(problem)) => return Err(problem),
    };
    film.size_in_bytes = size;
    film.bitrate = film.bitrate.or_else(|| bitrate(size, film.duration));
    if film.fast_start == Some(false) {
        film.warnings.push(Problem::new(
            "slow-start",
            "the film begins to play only when the whole file has come: its index stands at the end",
            "Move it to the front: ffmpeg -i in.mp4 -c copy -movflags +faststart out.mp4",
        ));
    }
    if film.duration.is_none() {
        film.warnings.push(Problem::new(
            "unknown-duration",
            "the file does not say how long it lasts",
            "Write “duration” (in seconds) into the story, or write the file anew: ffmpeg -i in -c copy out",
        ));
    }
    Ok(film)
}

impl Film {
    /// Headers know the codecs better, ffprobe the rest.
    fn completed_by(self, theirs: Self) -> Self {
        Self {
            content_type: self.content_type.or(theirs.content_type),
            width: theirs.width.or(self.width),
            height: theirs.height.or(self.height),
            duration: theirs.duration.or(self.duration),
            video_codec: self.video_codec.or(theirs.video_codec),
            audio_codec: self.audio_codec.or(theirs.audio_codec),
            has_video: self.has_video || theirs.has_video,
            has_audio: self.has_audio || theirs.has_audio,
            bitrate: theirs.bitrate.or(self.bitrate),
            ..self
        }
    }
}

/// Of a problem for which ffprobe may still know better.
const UNKNOWN: &str = "not-a-film";

fn headers(path: &Path) -> Result<(Result<Film, Problem>, u64), Problem> {
    let unreadable = |error: &io::Error| {
        Problem::new(
            "unreadable",
            format!("the file cannot be opened: {error}"),
            "See that it is there and that you may read it.",
        )
    };
    // A pipe or a device would be waited for; a folder is read as an error of its own.
    let about = std::fs::metadata(path).map_err(|error| unreadable(&error))?;
    if !about.is_file() {
        return Err(Problem::new(
            "not-a-file",
            if about.is_dir() {
                "this is a folder, where a film should be"
            } else {
                "this is no ordinary file"
            },
            "Put the film itself there.",
        ));
    }
    let mut file = File::open(path).map_err(|error| unreadable(&error))?;
    let size = file.metadata().map_err(|error| unreadable(&error))?.len();
    if size == 0 {
        return Err(Problem::new(
            "empty-file",
            "the file is empty",
            "Copy the film there again.",
        ));
    }
    let mut start = [0; 16];
    let length = read_up_to(&mut file, &mut start).map_err(|error| unreadable(&error))?;
    let start = start.get(..length).unwrap_or_default();
    file.seek(SeekFrom::Start(0))
        .map_err(|error| unreadable(&error))?;
    let film = match start {
        [_, _, _, _, b'f', b't', b'y', b'p', ..]
        | [_, _, _, _, b'm', b'o', b'o', b'v', ..]
        | [_, _, _, _, b'm', b'd', b'a', b't', ..]
        | [_, _, _, _, b'w', b'i', b'd', b'e', ..]
        | [_, _, _, _, b'f', b'r', b'e', b'e', ..] => mp4::read(file, size),
        [0x1a, 0x45, 0xdf, 0xa3, ..] => webm::read(file, size),
        [b'#', b'E', b'X', b'T', b'M', b'3', b'U', ..] => Err(Problem::new(
            "play-list",
            "this is a play list of other files, not a film",
            "Probe the files that it names.",
        )),
        _ => sound::read(file, start),
    };
    Ok((film, size))
}

fn read_up_to(file: &mut File, buffer: &mut [u8]) -> io::Result<usize> {
    let mut length = 0;
    while let Some(rest) = buffer.get_mut(length..).filter(|rest| !rest.is_empty()) {
        match file.read(rest)? {
            0 => break,
            read => length += read,
        }
    }
    Ok(length)
}

fn not_a_film() -> Problem {
    Problem::new(
        UNKNOWN,
        "this is no film or sound that browsers play",
        "Convert it: ffmpeg -i in -c:v libx264 -pix_fmt yuv420p -c:a aac -movflags +faststart out.mp4 (sound: out.mp3).",
    )
}

fn truncated(what: &str) -> Problem {
    Problem::new(
        "truncated-film",
        format!("the file breaks off: {what}"),
        "Copy it again from where it came; if the original is damaged too, mend what is left: ffmpeg -i in.mp4 -c copy out.mp4",
    )
}

fn bitrate(size: u64, duration: Option<Decimal>) -> Option<u64> {
    let micros = u128::try_from(duration?.micros)
        .ok()
        .filter(|micros| *micros > 0)?;
    u64::try_from(u128::from(size) * 8 * 1_000_000 / micros).ok()
}

/// Seconds from a count of ticks; `None` beyond what the model can hold.
fn seconds(ticks: u64, ticks_a_second: u64) -> Option<Decimal> {
    if ticks_a_second == 0 {
        return None;
    }
    let micros = u128::from(ticks) * 1_000_000 / u128::from(ticks_a_second);
    of_micros(i64::try_from(micros).ok()?)
}

fn seconds_of(duration: Duration) -> Option<Decimal> {
    of_micros(i64::try_from(duration.as_micros()).ok()?)
}

/// Rounded to milliseconds: nobody cuts finer, and a story is read by people too.
pub(crate) fn of_micros(micros: i64) -> Option<Decimal> {
    let whole = micros.checked_add(500)? / 1000 * 1000;
    (0..1_000_000_000_000_000)
        .contains(&whole)
        .then_some(Decimal { micros: whole })
}
