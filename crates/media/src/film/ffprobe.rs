//! What ffprobe says of a file, where ffprobe is installed.
//!
//! A film comes from anywhere, so ffprobe is kept on a short leash: it may open this
//! file and nothing else (a play list that calls itself a film could name any file
//! or address), it has a time limit, and no more than a megabyte of its answer is
//! read.

use std::ffi::OsString;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use article::Decimal;
use serde::Deserialize;

use super::{Film, of_micros};
use crate::problem::Problem;

/// The program, and how long it may take.
#[derive(Clone, Debug)]
pub struct Ffprobe {
    /// A name is looked for where the system keeps its programs.
    pub program: PathBuf,
    pub time_limit: Duration,
}

impl Default for Ffprobe {
    fn default() -> Self {
        Self {
            program: "ffprobe".into(),
            time_limit: Duration::from_secs(20),
        }
    }
}

/// Films and sounds; none of the formats that consist of the names of other files.
pub(crate) const FORMATS: &str =
    "mov,matroska,webm,ogg,mp3,wav,flac,aac,avi,asf,rm,flv,swf,mpegts,mpeg,amr,aiff,au";

const MAX_ANSWER: u64 = 1024 * 1024;

impl Ffprobe {
    /// `Ok(None)` where it is not installed, or finds no film in the file.
    pub(super) fn ask(&self, path: &Path) -> Result<Option<Film>, Problem> {
        let answer = self.answer(path)?;
        Ok(answer
            .and_then(|answer| serde_json::from_slice::<Answer>(&answer).ok())
            .and_then(Answer::film))
    }

    /// What it prints about a file, as JSON; `Ok(None)` where it is not installed.
    pub(crate) fn answer(&self, path: &Path) -> Result<Option<Vec<u8>>, Problem> {
        let Some(mut child) = self.start(path) else {
            return Ok(None);
        };
        let Some(output) = child.stdout.take() else {
            end(&mut child);
            return Ok(None);
        };
        let (sender, answers) = mpsc::channel();
        // Ends with the program, whose end of the pipe closes then.
        thread::spawn(move || {
            let mut answer = Vec::new();
            let read = output.take(MAX_ANSWER).read_to_end(&mut answer);
            let _ = sender.send(read.map(|_| answer));
        });
        let answer = answers.recv_timeout(self.time_limit);
        end(&mut child);
        match answer {
            Ok(Ok(answer)) => Ok(Some(answer)),
            Ok(Err(_)) | Err(mpsc::RecvTimeoutError::Disconnected) => Ok(None),
            Err(mpsc::RecvTimeoutError::Timeout) => Err(Problem::new(
                "ffprobe-too-slow",
                format!(
                    "ffprobe did not come to an end within {} seconds",
                    self.time_limit.as_secs()
                ),
                "See whether the file plays; if it does, write it anew: ffmpeg -i in -c copy out",
            )),
        }
    }

    fn start(&self, path: &Path) -> Option<Child> {
        // `file:` and a whole path: a name that begins with a hyphen is no option,
        // and one with a colon no address.
        let mut address = OsString::from("file:");
        address.push(std::path::absolute(path).ok()?);
        Command::new(&self.program)
            .args(["-v", "error", "-of", "json"])
            .args(["-protocol_whitelist", "file"])
            .args(["-format_whitelist", FORMATS])
            .args(["-show_format", "-show_streams", "-i"])
            .arg(address)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()
    }
}

/// After its answer it is done; after its time it has to be.
fn end(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    streams: Vec<Stream>,
    format: Option<Format>,
}

#[derive(Deserialize)]
struct Format {
    format_name: Option<String>,
    duration: Option<String>,
    bit_rate: Option<String>,
}

#[derive(Deserialize)]
struct Stream {
    codec_type: Option<String>,
    codec_name: Option<String>,
    profile: Option<String>,
    width: Option<u32>,
    height: Option<u32>,
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
    fn film(self) -> Option<Film> {
        let is = |stream: &&Stream, kind: &str| stream.codec_type.as_deref() == Some(kind);
        let video = self
            .streams
            .iter()
            .find(|stream| is(stream, "video") && stream.disposition.attached_pic == 0);
        let audio = self.streams.iter().find(|stream| is(stream, "audio"));
        if video.is_none() && audio.is_none() {
            return None;
        }
        let is_turned = video.is_some_and(Stream::is_turned);
        let size = video.and_then(|video| Some((video.width?, video.height?)));
        let size = size.map(|(width, height)| {
            if is_turned {
                (height, width)
            } else {
                (width, height)
            }
        });
        let format = self.format.as_ref();
        Some(Film {
            content_type: format
                .and_then(|format| format.format_name.as_deref())
                .and_then(|name| content_type(name, video.is_some())),
            width: size.map(|(width, _)| width),
            height: size.map(|(_, height)| height),
            duration: format
                .and_then(|format| Decimal::parse(format.duration.as_deref()?))
                .and_then(|seconds| of_micros(seconds.micros))
                .filter(|seconds| seconds.micros > 0),
            video_codec: video.and_then(Stream::codec),
            audio_codec: audio.and_then(Stream::codec),
            has_video: video.is_some(),
            has_audio: audio.is_some(),
            bitrate: format.and_then(|format| format.bit_rate.as_deref()?.parse().ok()),
            ..Film::default()
        })
    }
}

impl Stream {
    fn is_turned(&self) -> bool {
        self.side_data_list
            .iter()
            .filter_map(|data| data.rotation)
            .any(|degrees| (degrees.abs() % 180.0 - 90.0).abs() < 1.0)
    }

    /// Only where the name and profile tell the whole codec: H.264 has levels and
    /// constraints that ffprobe does not print.
    fn codec(&self) -> Option<String> {
        Some(
            match (self.codec_name.as_deref()?, self.profile.as_deref()) {
                ("aac", Some("LC") | None) => "mp4a.40.2",
                ("aac", Some("HE-AAC")) => "mp4a.40.5",
                ("aac", Some("HE-AACv2")) => "mp4a.40.29",
                ("opus", _) => "opus",
                ("vorbis", _) => "vorbis",
                ("mp3", _) => "mp3",
                ("flac", _) => "flac",
                ("vp8", _) => "vp8",
                ("vp9", _) => "vp9",
                _ => return None,
            }
            .to_owned(),
        )
    }
}

fn content_type(format: &str, has_video: bool) -> Option<&'static str> {
    Some(match (format.split(',').next()?, has_video) {
        ("mov", true) => "video/mp4",
        ("mov", false) => "audio/mp4",
        ("matroska", true) => "video/webm",
        ("matroska", false) => "audio/webm",
        ("ogg", true) => "video/ogg",
        ("ogg", false) => "audio/ogg",
        ("mp3", _) => "audio/mpeg",
        ("wav", _) => "audio/wav",
        ("flac", _) => "audio/flac",
        ("aac", _) => "audio/aac",
        ("avi", _) => "video/x-msvideo",
        ("asf", _) => "video/x-ms-asf",
        ("rm", _) => "application/vnd.rn-realmedia",
        ("flv", _) => "video/x-flv",
        ("mpegts", _) => "video/mp2t",
        ("mpeg", _) => "video/mpeg",
        _ => return None,
    })
}
