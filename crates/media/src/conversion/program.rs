//! ffmpeg as a program: started, watched, ended.

use std::ffi::OsString;
use std::io::{self, BufRead as _, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use super::Ffmpeg;
use super::recipe::{RESULT, SOURCE};
use crate::film::ffprobe::FORMATS;
use crate::problem::Problem;

/// Asks nothing, replaces nothing, says how far it is, and opens no more than the file.
const FIXED: [&str; 13] = [
    "-nostdin",
    "-hide_banner",
    "-v",
    "error",
    "-nostats",
    "-progress",
    "pipe:1",
    "-n",
    "-protocol_whitelist",
    "file",
    "-max_pixels",
    "67108864",
    "-format_whitelist",
];

/// Somebody, or the system, ended it: nothing is known of the file.
pub const ENDED: &str = "ffmpeg-ended";
/// The same, of a full disk.
pub const FULL: &str = "disk-full";
/// The same, of a place that is taken.
pub const TAKEN: &str = "file-taken";

/// So much of what it complains of is kept.
const MAX_COMPLAINT: u64 = 16 * 1024;

/// All arguments of a call.
pub fn all(words: &[String]) -> Vec<String> {
    let fixed = FIXED.into_iter().chain([FORMATS]).map(str::to_owned);
    fixed.chain(words.iter().cloned()).collect()
}

/// The first line that `program -version` says, up to the copyright; `None` if it
/// cannot be called.
pub fn first_line(program: &Path) -> Option<String> {
    let said = output(program, &["-version"])?;
    let first = said.lines().next()?.split(" Copyright").next()?.trim();
    Some(first.to_owned())
}

pub fn output(program: &Path, words: &[&str]) -> Option<String> {
    let answer = Command::new(program)
        .args(words)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let said = String::from_utf8_lossy(&answer.stdout).into_owned();
    answer.status.success().then_some(said)
}

/// Runs ffmpeg on `from`, into `to`.
pub fn run(
    ffmpeg: &Ffmpeg,
    words: &[String],
    from: &Path,
    to: &Path,
    advance: &mut dyn FnMut(u64),
) -> Result<(), Problem> {
    // What is there is somebody's, and is not removed below if this comes to nothing.
    if std::fs::symlink_metadata(to).is_ok() {
        return Err(Problem::new(
            TAKEN,
            "there is a file already where the result should be",
            "Move it away.",
        ));
    }
    let result = started(ffmpeg, words, from, to)
        .map_err(|error| {
            Problem::new(
                "no-ffmpeg",
                format!("ffmpeg cannot be called: {error}"),
                "See that it is installed: ffmpeg -version",
            )
        })
        .and_then(|child| watched(child, ffmpeg.patience, from, advance));
    if result.is_err() {
        let _ = std::fs::remove_file(to);
    }
    result
}

fn started(ffmpeg: &Ffmpeg, words: &[String], from: &Path, to: &Path) -> io::Result<Child> {
    let mut command = Command::new(&ffmpeg.ffmpeg);
    for word in all(words) {
        match word.as_str() {
            SOURCE => command.arg(address(from)?),
            RESULT => command.arg(address(to)?),
            _ => command.arg(word),
        };
    }
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
}

/// `file:` and a whole path: a name that begins with a hyphen is no option, and one
/// with a colon no address.
fn address(path: &Path) -> io::Result<OsString> {
    let mut address = OsString::from("file:");
    address.push(std::path::absolute(path)?);
    Ok(address)
}

fn watched(
    mut child: Child,
    patience: Duration,
    from: &Path,
    advance: &mut dyn FnMut(u64),
) -> Result<(), Problem> {
    let (sender, lines) = mpsc::channel();
    // Both threads end with the program, whose ends of the pipes close then.
    if let Some(output) = child.stdout.take() {
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
    }
    let complaint = child.stderr.take().map(|errors| {
        thread::spawn(move || {
            let mut kept = Vec::new();
            let mut errors = BufReader::new(errors);
            let _ = errors.by_ref().take(MAX_COMPLAINT).read_to_end(&mut kept);
            // The rest is read as well, or it would wait for ever to say it.
            let _ = io::copy(&mut errors, &mut io::sink());
            String::from_utf8_lossy(&kept).into_owned()
        })
    });
    let mut last = (0, Instant::now());
    let stood_still = loop {
        match lines.recv_timeout(Duration::from_millis(200).min(patience)) {
            Ok(line) => {
                if let Some(done) = milliseconds(&line).filter(|done| *done > last.0) {
                    last = (done, Instant::now());
                    advance(done);
                }
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break false,
        }
        if last.1.elapsed() > patience {
            break true;
        }
    };
    if stood_still {
        let _ = child.kill();
    }
    let status = child.wait();
    if stood_still {
        return Err(Problem::new(
            "ffmpeg-stood-still",
            format!(
                "ffmpeg made no progress for {} seconds and was ended",
                patience.as_secs()
            ),
            "The file may be damaged: see whether it plays, for example in VLC.",
        ));
    }
    let code = status.ok().and_then(|status| status.code());
    if code == Some(0) {
        return Ok(());
    }
    // 255 is what it says when it was asked to stop; without a code it was killed.
    if matches!(code, None | Some(255)) {
        return Err(Problem::new(
            ENDED,
            "ffmpeg was ended before it was done",
            "Run it again; if the memory of this machine ran out, end other programs first.",
        ));
    }
    let complaint = complaint.and_then(|thread| thread.join().ok());
    if complaint
        .as_ref()
        .is_some_and(|said| said.contains("No space left"))
    {
        return Err(Problem::new(
            FULL,
            "there is no space left on the disk",
            "Make room, then run it again: what is done already is not done twice.",
        ));
    }
    Err(Problem::new(
        "ffmpeg-failed",
        format!("ffmpeg gave up: {}", last_words(complaint, from)),
        "The file may be damaged: see whether it plays, for example in VLC, and copy it again from where it came.",
    ))
}

/// `out_time_us=2500000` as 2500. Before ffmpeg 4.4 there was only `out_time_ms`, which
/// counts microseconds too.
fn milliseconds(line: &str) -> Option<u64> {
    let (name, value) = line.split_once('=')?;
    let is_time = matches!(name, "out_time_us" | "out_time_ms");
    let micros: u64 = value.trim().parse().ok().filter(|_| is_time)?;
    Some(micros / 1000)
}

/// The end of what it complained of, without the place of the file on this disk.
fn last_words(complaint: Option<String>, from: &Path) -> String {
    let complaint = complaint.unwrap_or_default();
    let folder = std::path::absolute(from)
        .ok()
        .and_then(|path| Some(format!("file:{}/", path.parent()?.display())));
    let lines: Vec<&str> = complaint
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    let last = lines
        .get(lines.len().saturating_sub(2)..)
        .unwrap_or_default();
    let said = last.join("; ");
    let said = match &folder {
        Some(folder) => said.replace(folder.as_str(), ""),
        None => said,
    };
    if said.is_empty() {
        "it does not say why".to_owned()
    } else {
        said
    }
}
