//! Films and sounds of old players, made into what every browser plays.
//!
//! ffmpeg decodes RealVideo, Windows Media, Sorenson and VP6; nothing else that is free
//! does, and nothing written in Rust. So it is called as a program, if it is installed:
//! without it everything else goes on, and whoever asks is told how to get it.
//!
//! What comes out:
//! - a film: MP4 with H.264 and AAC, index in front, even sides, upright, pixels square.
//!   No side ever grows: where pixels were not square, the longer one shrinks. A stream
//!   that is in H.264 or AAC already is copied, not encoded again
//! - a sound: M4A with AAC
//! - a poster: the first picture of the film that is not black, as JPEG
//! - a stub of captions ([`caption_stub`])
//!
//! Title, artist and copyright go along. What else a film tells of where and by whom it
//! was taken does not.
//!
//! Files come from anywhere: ffmpeg may open the one file it is given and no address,
//! no list of files, no picture of more than 64 million pixels, and is ended when it
//! makes no progress.

mod asf;
mod program;
mod recipe;
mod stub;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use article::Decimal;
use serde::Deserialize;

use crate::film::ffprobe::Ffprobe;
use crate::film::{self, Film};
use crate::problem::Problem;

pub use stub::caption_stub;

/// The two programs, and how long ffmpeg may stand still.
#[derive(Clone, Debug)]
pub struct Ffmpeg {
    /// A name is looked for where the system keeps its programs.
    pub ffmpeg: PathBuf,
    pub ffprobe: PathBuf,
    /// So long without a picture or a sound more, and it is ended. The index of a film
    /// of hours is moved to the front within this time too.
    pub patience: Duration,
}

impl Default for Ffmpeg {
    fn default() -> Self {
        Self {
            ffmpeg: "ffmpeg".into(),
            ffprobe: "ffprobe".into(),
            patience: Duration::from_mins(5),
        }
    }
}

/// The number of the recipe (`conversion/recipe.rs`): it changes whenever that does.
pub const RECIPE: u32 = 1;

/// The kind of a problem: some builds of ffmpeg leave encoders out, for their licences.
pub const WITHOUT_ENCODER: &str = "ffmpeg-without-encoder";

/// What is to be made of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aim {
    /// An MP4; of a file without pictures, an M4A.
    Film,
    /// An M4A, whatever else is in the file.
    Sound,
}

/// What is in a file of an old player.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Seconds, as the file says. Some say it wrongly, some not at all.
    pub duration: Option<Decimal>,
    video: Option<Video>,
    audio: Option<Audio>,
    credit: BTreeMap<&'static str, String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Video {
    stream: u32,
    /// Whether a browser can play the stream as it is.
    is_fit: bool,
    has_square_pixels: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Audio {
    stream: u32,
    is_fit: bool,
    channels: u32,
    /// Hertz.
    rate: u32,
}

impl Source {
    #[must_use]
    pub fn has_video(&self) -> bool {
        self.video.is_some()
    }

    /// Whether an MP4 comes out, and not an M4A.
    #[must_use]
    pub fn becomes_film(&self, aim: Aim) -> bool {
        aim == Aim::Film && self.has_video()
    }
}

/// A film or sound that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Converted {
    /// What ffmpeg was called with; `{source}` and `{result}` stand for the files.
    pub arguments: Vec<String>,
    /// What came out, by its own headers.
    pub film: Film,
    /// What was lost, if the file breaks off: what there is of it has been made.
    pub partial: Option<Problem>,
}

impl Ffmpeg {
    /// Which ffmpeg this is: `ffmpeg version 7.1`.
    ///
    /// # Errors
    /// `no-ffmpeg` where it, or ffprobe, cannot be called; [`WITHOUT_ENCODER`] where it
    /// was built without one that is needed. Both with how to get another.
    pub fn version(&self) -> Result<String, Problem> {
        let version =
            program::first_line(&self.ffmpeg).ok_or_else(|| missing("ffmpeg is not installed"))?;
        if program::first_line(&self.ffprobe).is_none() {
            return Err(missing(
                "ffmpeg is installed, but ffprobe, which comes with it, is not",
            ));
        }
        let encoders = program::output(&self.ffmpeg, &["-hide_banner", "-encoders"])
            .ok_or_else(|| missing("ffmpeg does not say what it can do"))?;
        for encoder in ["libx264", "aac", "mjpeg"] {
            if !encoders.split_whitespace().any(|word| word == encoder) {
                return Err(Problem {
                    kind: WITHOUT_ENCODER,
                    ..missing(&format!("this ffmpeg has no encoder {encoder}"))
                });
            }
        }
        Ok(version)
    }

    /// Looks into a file, without decoding it.
    ///
    /// # Errors
    /// With what is wrong, if there is neither film nor sound in it.
    pub fn look(&self, path: &Path) -> Result<Source, Problem> {
        let about = std::fs::metadata(path).map_err(|error| {
            Problem::new(
                "unreadable",
                format!("the file cannot be opened: {error}"),
                "See that it is there and that you may read it.",
            )
        })?;
        if about.len() == 0 {
            return Err(Problem::new(
                "empty-file",
                "the file is empty",
                "Copy the film there again from where it came.",
            ));
        }
        let source = self
            .ffprobe()
            .answer(path)?
            .and_then(|answer| serde_json::from_slice::<Answer>(&answer).ok())
            .map(Answer::source)
            .filter(|source| source.video.is_some() || source.audio.is_some());
        let source = source.map(|source| Source {
            duration: source.duration.or_else(|| asf::duration(path)),
            ..source
        });
        source.ok_or_else(|| {
            Problem::new(
                "nothing-in-it",
                "ffmpeg finds neither film nor sound in the file",
                "It may be damaged, be protected against copying, or be something else under this name: copy it again from where it came.",
            )
        })
    }

    /// Makes a film or sound of `from` at `to`, where nothing may be yet. `advance` is
    /// told how many milliseconds of the film are done, again and again.
    ///
    /// # Errors
    /// With what ffmpeg said. Then there is nothing at `to`.
    pub fn convert(
        &self,
        from: &Path,
        source: &Source,
        aim: Aim,
        to: &Path,
        advance: &mut dyn FnMut(u64),
    ) -> Result<Converted, Problem> {
        let words = recipe::words(source, aim);
        program::run(self, &words, from, to, advance)?;
        let film = film::probe_with(to, &self.ffprobe()).map_err(|problem| {
            let _ = std::fs::remove_file(to);
            Problem::new(
                "nothing-came-out",
                format!("nothing in the file could be decoded ({})", problem.message),
                "It may be damaged or protected against copying: copy it again from where it came.",
            )
        })?;
        let partial = source.duration.and_then(|said| broken_off(said, &film));
        Ok(Converted {
            arguments: program::all(&words),
            film,
            partial,
        })
    }

    /// Saves the first picture of `film` that is not black at `to`, as JPEG. `false` if
    /// all of them are.
    ///
    /// # Errors
    /// With what ffmpeg said.
    pub fn poster(&self, film: &Path, to: &Path) -> Result<bool, Problem> {
        // Most films begin with a fade from black; one of a night is never brighter than
        // that, and then the first picture that shows anything has to do.
        for most_black in ["90", "99"] {
            program::run(self, &recipe::poster(most_black), film, to, &mut |_| {})?;
            if std::fs::metadata(to).is_ok_and(|about| about.len() > 0) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn ffprobe(&self) -> Ffprobe {
        Ffprobe {
            program: self.ffprobe.clone(),
            ..Ffprobe::default()
        }
    }
}

/// Whether a problem is of this machine at this moment, and says nothing of the file.
#[must_use]
pub fn is_passing(problem: &Problem) -> bool {
    matches!(
        problem.kind,
        program::ENDED
            | program::FULL
            | program::TAKEN
            | WITHOUT_ENCODER
            | "no-ffmpeg"
            | "unreadable"
            | "empty-file"
    )
}

fn missing(what: &str) -> Problem {
    Problem::new(
        "no-ffmpeg",
        what,
        "Install ffmpeg, which brings ffprobe: apt install ffmpeg, brew install ffmpeg, winget install ffmpeg.",
    )
}

/// What is missing at the end, if more is than the imprecision of old headers.
fn broken_off(said: Decimal, film: &Film) -> Option<Problem> {
    let made = film.duration.map_or(0, |made| made.micros);
    let lost = said.micros.checked_sub(made)?;
    let is_worth_telling = lost > 2_000_000 && lost > said.micros / 20;
    is_worth_telling.then(|| {
        Problem::new(
            "truncated-film",
            format!(
                "the file breaks off: of {} only {} are there",
                words_of(said.micros),
                words_of(made)
            ),
            "Copy it again from where it came; if the original is damaged too, this is what is left.",
        )
    })
}

/// `12 seconds`, `3:07 minutes`.
fn words_of(micros: i64) -> String {
    let seconds = (micros + 500_000) / 1_000_000;
    if seconds < 60 {
        return format!("{seconds} seconds");
    }
    format!("{}:{:02} minutes", seconds / 60, seconds % 60)
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    streams: Vec<Stream>,
    format: Option<Format>,
}

#[derive(Deserialize)]
struct Format {
    duration: Option<String>,
    #[serde(default)]
    tags: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Stream {
    index: u32,
    codec_type: Option<String>,
    codec_name: Option<String>,
    profile: Option<String>,
    width: Option<u32>,
    height: Option<u32>,
    pix_fmt: Option<String>,
    sample_aspect_ratio: Option<String>,
    channels: Option<u32>,
    sample_rate: Option<String>,
    duration: Option<String>,
    #[serde(default)]
    side_data_list: Vec<SideData>,
    #[serde(default)]
    disposition: Disposition,
}

#[derive(Deserialize)]
struct SideData {
    rotation: Option<f64>,
}

#[derive(Default, Deserialize)]
struct Disposition {
    /// The cover of a record is no film.
    #[serde(default)]
    attached_pic: u8,
}

impl Answer {
    fn source(self) -> Source {
        let is = |stream: &&Stream, kind: &str| stream.codec_type.as_deref() == Some(kind);
        let video = self
            .streams
            .iter()
            .filter(|stream| is(stream, "video") && stream.disposition.attached_pic == 0)
            // A file for several lines holds the film in several qualities.
            .max_by_key(|stream| {
                let pixels =
                    u64::from(stream.width.unwrap_or(0)) * u64::from(stream.height.unwrap_or(0));
                (pixels, std::cmp::Reverse(stream.index))
            });
        let audio = self.streams.iter().find(|stream| is(stream, "audio"));
        let format = self.format.as_ref();
        Source {
            // Some headers have it for the streams alone.
            duration: format
                .and_then(|format| format.duration.as_deref())
                .into_iter()
                .chain(self.streams.iter().filter_map(|s| s.duration.as_deref()))
                .filter_map(Decimal::parse)
                .find(|seconds| seconds.micros > 0),
            video: video.map(Stream::video),
            audio: audio.map(Stream::audio),
            credit: format.map(Format::credit).unwrap_or_default(),
        }
    }
}

impl Format {
    /// Who made it, under the names that MP4 has for it.
    fn credit(&self) -> BTreeMap<&'static str, String> {
        let mut credit = BTreeMap::new();
        for (name, value) in &self.tags {
            let name = match name.to_ascii_lowercase().as_str() {
                "title" => "title",
                "artist" | "author" => "artist",
                "copyright" => "copyright",
                _ => continue,
            };
            // Old tags are in old encodings, which nobody wrote down.
            if !value.trim().is_empty() && !value.contains(char::REPLACEMENT_CHARACTER) {
                credit.insert(name, value.trim().to_owned());
            }
        }
        credit
    }
}

impl Stream {
    fn video(&self) -> Video {
        let is_turned = self
            .side_data_list
            .iter()
            .filter_map(|data| data.rotation)
            .any(|degrees| degrees.abs() > 0.5);
        let has_square_pixels = matches!(
            self.sample_aspect_ratio.as_deref(),
            None | Some("1:1" | "0:1" | "N/A")
        );
        let is_even = |side: Option<u32>| side.is_some_and(|side| side > 0 && side % 2 == 0);
        Video {
            stream: self.index,
            is_fit: self.codec_name.as_deref() == Some("h264")
                && self.pix_fmt.as_deref() == Some("yuv420p")
                && has_square_pixels
                && !is_turned
                && is_even(self.width)
                && is_even(self.height),
            has_square_pixels,
        }
    }

    fn audio(&self) -> Audio {
        Audio {
            stream: self.index,
            is_fit: self.codec_name.as_deref() == Some("aac")
                && self.profile.as_deref() == Some("LC"),
            channels: self.channels.unwrap_or(2),
            rate: self
                .sample_rate
                .as_deref()
                .and_then(|rate| rate.parse().ok())
                .unwrap_or(0),
        }
    }
}
