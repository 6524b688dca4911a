//! Films of old players, made by ffmpeg and made playable by it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use article::Language;
use media::Problem;
use media::conversion::{Aim, Converted, Ffmpeg, caption_stub, is_passing};
use media::film::{Film, probe};
use media::webvtt::{self, Purpose};
use tempfile::TempDir;

/// Whether ffmpeg is installed. Where it is not, the test says that it did not run;
/// `cargo xtask test` installs it, and lets nothing be left out.
fn has_ffmpeg() -> bool {
    match Ffmpeg::default().version() {
        Ok(version) => version.starts_with("ffmpeg"),
        Err(problem) => {
            assert!(std::env::var_os("FFMPEG_REQUIRED").is_none(), "{problem}");
            eprintln!("NOT RUN: {problem}");
            false
        }
    }
}

struct Bench {
    folder: TempDir,
}

impl Bench {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A film of a second of black and five of a test picture, with a tone.
    fn film(&self, name: &str, size: &str, words: &[&str]) -> PathBuf {
        let picture =
            format!("color=black:s={size}:r=15:d=1[b];testsrc=s={size}:r=15:d=5[t];[b][t]concat");
        let inputs = [
            "-f", "lavfi", "-i", &picture, "-f", "lavfi", "-i", "sine=d=6",
        ];
        self.made(name, &[&inputs, words].concat())
    }

    fn made(&self, name: &str, words: &[&str]) -> PathBuf {
        let path = self.path(name);
        let made = Command::new("ffmpeg")
            .args(["-nostdin", "-v", "error"])
            .args(words)
            .arg(&path)
            .output()
            .unwrap();
        assert!(
            made.status.success(),
            "{}",
            String::from_utf8_lossy(&made.stderr)
        );
        path
    }

    /// A file that breaks off in the middle of another.
    fn half(&self, whole: &Path, name: &str) -> PathBuf {
        let bytes = fs::read(whole).unwrap();
        let path = self.path(name);
        fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
        path
    }

    fn converted(&self, from: &Path, aim: Aim) -> Result<(PathBuf, Converted), Problem> {
        let ffmpeg = Ffmpeg::default();
        let source = ffmpeg.look(from)?;
        let ending = if source.becomes_film(aim) {
            "mp4"
        } else {
            "m4a"
        };
        let mut to = from.as_os_str().to_owned();
        to.push(format!(".{ending}"));
        let to = PathBuf::from(to);
        let mut told = Vec::new();
        let made = ffmpeg.convert(from, &source, aim, &to, &mut |done| told.push(done))?;
        assert!(told.is_sorted(), "{told:?}");
        Ok((to, made))
    }
}

/// Asserts that browsers play it, and from the first byte on.
#[track_caller]
fn plays(path: &Path, width: u32, height: u32) -> Film {
    let film = probe(path).unwrap();
    assert_eq!(film.content_type, Some("video/mp4"));
    assert_eq!((film.width, film.height), (Some(width), Some(height)));
    assert_eq!(film.fast_start, Some(true));
    let codec = film.video_codec.clone().unwrap();
    assert!(codec.starts_with("avc1."), "{codec}");
    assert_eq!(film.warnings, []);
    film
}

fn seconds(film: &Film) -> f64 {
    film.duration.unwrap().as_f64()
}

/// What ffprobe says of one stream.
fn field(path: &Path, stream: &str, name: &str) -> String {
    let answer = Command::new("ffprobe")
        .args(["-v", "error", "-select_streams", stream, "-of", "csv=p=0"])
        .args(["-show_entries", &format!("stream={name}")])
        .arg(path)
        .output()
        .unwrap();
    String::from_utf8(answer.stdout).unwrap().trim().to_owned()
}

#[test]
fn a_film_of_each_player_becomes_one_that_browsers_play() {
    if !has_ffmpeg() {
        return;
    }
    let bench = Bench::new();
    for (name, words) in [
        ("a.rm", "-c:v rv10 -c:a ac3"),
        ("b.rm", "-c:v rv20 -c:a ac3"),
        ("c.wmv", "-c:v wmv2 -c:a wmav2"),
        ("d.mov", "-c:v svq1 -c:a adpcm_ima_qt"),
        ("e.flv", "-c:v flv -c:a adpcm_swf -ar 22050"),
        ("f.swf", "-c:v flv -c:a mp3 -ar 22050"),
        ("g.wmv", "-c:v wmv1 -an"),
    ] {
        let words: Vec<&str> = words.split(' ').collect();
        let from = bench.film(name, "176x144", &words);
        let (to, made) = bench.converted(&from, Aim::Film).unwrap();
        let film = plays(&to, 176, 144);
        assert_eq!(made.partial, None, "{name}");
        assert_eq!(film.has_audio, !words.contains(&"-an"), "{name}");
        assert!((5.5..6.7).contains(&seconds(&film)), "{name}: {film:?}");
        if film.has_audio {
            assert_eq!(film.audio_codec.as_deref(), Some("mp4a.40.2"));
        }
        assert_eq!(field(&to, "v:0", "pix_fmt"), "yuv420p");
        assert!(made.arguments.contains(&"{source}".to_owned()));
        let said = made.arguments.join(" ");
        let folder = bench.folder.path().display().to_string();
        assert!(!said.contains(&folder), "the place of this disk: {said}");
    }
}

#[test]
fn sides_become_even_pixels_square_and_pictures_upright_and_nothing_grows() {
    if !has_ffmpeg() {
        return;
    }
    let bench = Bench::new();
    let odd = bench.film("odd.mov", "161x121", &["-c:v", "svq1", "-an"]);
    plays(&bench.converted(&odd, Aim::Film).unwrap().0, 160, 120);
    // Wide pixels: the height shrinks. Narrow ones: the width.
    for (name, ratio, width, height) in [
        ("wide.mov", "setsar=12/11", 176, 132),
        ("narrow.mov", "setsar=10/11", 160, 144),
    ] {
        let from = bench.film(name, "176x144", &["-vf", ratio, "-c:v", "mpeg4", "-an"]);
        let (to, _) = bench.converted(&from, Aim::Film).unwrap();
        plays(&to, width, height);
        assert_eq!(field(&to, "v:0", "sample_aspect_ratio"), "1:1");
    }
    let lying = bench.film("lying.mov", "176x144", &["-c:v", "mpeg4", "-an"]);
    let turned = bench.made(
        "turned.mov",
        &[
            "-i",
            lying.to_str().unwrap(),
            "-c",
            "copy",
            "-metadata:s:v",
            "rotate=90",
        ],
    );
    let (to, _) = bench.converted(&turned, Aim::Film).unwrap();
    plays(&to, 144, 176);
    assert!(
        !field(&to, "v:0", "side_data_list").contains("90"),
        "turned once and not again"
    );
}

#[test]
fn what_browsers_play_already_is_copied_and_not_encoded_again() {
    if !has_ffmpeg() {
        return;
    }
    let bench = Bench::new();
    let words = ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac"];
    let from = bench.film("new.mov", "160x120", &words);
    let (to, made) = bench.converted(&from, Aim::Film).unwrap();
    plays(&to, 160, 120);
    let said = made.arguments.join(" ");
    assert!(
        said.contains("-c:v copy") && said.contains("-c:a copy"),
        "{said}"
    );
    // The same streams, bit for bit.
    let hash = |path: &Path| {
        let answer = Command::new("ffmpeg")
            .args(["-v", "error", "-i"])
            .arg(path)
            .args(["-map", "0:v", "-c", "copy", "-f", "md5", "-"])
            .output()
            .unwrap();
        String::from_utf8(answer.stdout).unwrap()
    };
    assert_eq!(hash(&from), hash(&to));
    // In ten bits a colour, browsers do not.
    let deep = ["-c:v", "libx264", "-pix_fmt", "yuv420p10le", "-an"];
    let deep = bench.film("deep.mov", "160x120", &deep);
    let (to, made) = bench.converted(&deep, Aim::Film).unwrap();
    assert!(made.arguments.join(" ").contains("-c:v libx264"));
    assert_eq!(field(&to, "v:0", "pix_fmt"), "yuv420p");
}

#[test]
fn sounds_become_m4a_even_those_whose_clock_stands_still() {
    if !has_ffmpeg() {
        return;
    }
    let bench = Bench::new();
    for (name, words) in [
        ("a.ra", "-c:a ac3 -f rm"),
        ("b.wma", "-c:a wmav2"),
        // ffmpeg writes all of it with the time 0, as old encoders did.
        ("c.ra", "-ar 8000 -ac 1 -c:a real_144 -f rm"),
    ] {
        let words: Vec<&str> = ["-f", "lavfi", "-i", "sine=d=4"]
            .into_iter()
            .chain(words.split(' '))
            .collect();
        let from = bench.made(name, &words);
        let (to, made) = bench.converted(&from, Aim::Film).unwrap();
        assert!(to.to_str().unwrap().ends_with(".m4a"));
        let sound = probe(&to).unwrap();
        assert_eq!((sound.has_video, sound.has_audio), (false, true), "{name}");
        assert_eq!(sound.codecs().as_deref(), Some("mp4a.40.2"));
        assert!((3.8..4.3).contains(&seconds(&sound)), "{name}: {sound:?}");
        assert_eq!(made.partial, None);
    }
    let film = bench.film("film.wmv", "176x144", &["-c:v", "wmv2", "-c:a", "wmav2"]);
    let (to, _) = bench.converted(&film, Aim::Sound).unwrap();
    assert!(!probe(&to).unwrap().has_video, "of a film, the sound alone");
}

#[test]
fn of_a_file_that_breaks_off_there_is_what_there_is_and_it_is_told() {
    if !has_ffmpeg() {
        return;
    }
    let bench = Bench::new();
    for (name, words) in [
        ("a.rm", "-c:v rv20 -c:a ac3"),
        ("a.wmv", "-c:v wmv2 -c:a wmav2"),
        ("a.flv", "-c:v flv -c:a adpcm_swf -ar 22050"),
    ] {
        let words: Vec<&str> = words.split(' ').collect();
        let whole = bench.film(name, "176x144", &words);
        let half = bench.half(&whole, &format!("half-{name}"));
        let (to, made) = bench.converted(&half, Aim::Film).unwrap();
        let problem = made.partial.unwrap_or_else(|| panic!("{name} is whole"));
        assert_eq!(problem.kind, "truncated-film");
        assert!(problem.message.contains("of 6 seconds only"), "{problem}");
        assert!((1.0..4.5).contains(&seconds(&probe(&to).unwrap())));
    }
}

#[test]
fn what_holds_no_film_is_refused_with_its_reason_and_leaves_nothing() {
    if !has_ffmpeg() {
        return;
    }
    let bench = Bench::new();
    let refused = |path: &Path| {
        let problem = bench.converted(path, Aim::Film).unwrap_err();
        assert!(!problem.hint.is_empty());
        problem
    };
    let empty = bench.path("empty.rm");
    fs::write(&empty, "").unwrap();
    assert_eq!(refused(&empty).kind, "empty-file");
    let words = bench.path("words.wmv");
    fs::write(&words, "This is no film.").unwrap();
    assert_eq!(refused(&words).kind, "nothing-in-it");
    // The index of a QuickTime film stands at its end.
    let mov = bench.film("a.mov", "176x144", &["-c:v", "mpeg4"]);
    assert_eq!(refused(&bench.half(&mov, "half.mov")).kind, "nothing-in-it");
    // Headers that promise a film, and nothing behind them.
    let wmv = bench.film("a.wmv", "176x144", &["-c:v", "wmv2"]);
    let mut bytes = fs::read(&wmv).unwrap();
    bytes[1000..].fill(0);
    fs::write(&wmv, bytes).unwrap();
    let problem = refused(&wmv);
    assert!(
        matches!(
            problem.kind,
            "nothing-came-out" | "ffmpeg-failed" | "nothing-in-it"
        ),
        "{problem}"
    );
    assert!(
        !problem
            .message
            .contains(bench.folder.path().to_str().unwrap())
    );
    assert!(!bench.path("a.wmv.mp4").exists());
    assert!(!is_passing(&problem), "it will not be better tomorrow");
}

#[test]
fn a_file_that_is_there_already_stays_as_it_is() {
    if !has_ffmpeg() {
        return;
    }
    let bench = Bench::new();
    let from = bench.film("a.wmv", "176x144", &["-c:v", "wmv2", "-an"]);
    fs::write(bench.path("a.wmv.mp4"), "somebody's").unwrap();
    let problem = bench.converted(&from, Aim::Film).unwrap_err();
    assert!(is_passing(&problem), "{problem}");
    assert_eq!(fs::read(bench.path("a.wmv.mp4")).unwrap(), b"somebody's");
}

/// A list that calls itself a film could make ffmpeg open any file or address.
#[test]
fn ffmpeg_opens_the_file_it_is_given_and_no_other() {
    if !has_ffmpeg() {
        return;
    }
    let bench = Bench::new();
    let secret = bench.film("secret.wmv", "176x144", &["-c:v", "wmv2", "-an"]);
    let ffmpeg = Ffmpeg::default();
    for list in [
        format!("ffconcat version 1.0\nfile '{}'\n", secret.display()),
        format!("#EXTM3U\n#EXTINF:6,\n{}\n", secret.display()),
        format!("#EXTM3U\n#EXTINF:6,\nhttp://127.0.0.1:9/{}\n", "a.ts"),
    ] {
        let path = bench.path("list.rm");
        fs::write(&path, list).unwrap();
        assert_eq!(ffmpeg.look(&path).unwrap_err().kind, "nothing-in-it");
    }
}

#[test]
fn names_that_look_like_options_or_addresses_are_names() {
    if !has_ffmpeg() {
        return;
    }
    let bench = Bench::new();
    let from = bench.film("plain.wmv", "176x144", &["-c:v", "wmv2", "-an"]);
    for name in [
        "-i.wmv",
        "http:x.wmv",
        "a b%20c.wmv",
        "مركب.wmv",
        "it's.wmv",
    ] {
        let path = bench.path(name);
        fs::copy(&from, &path).unwrap();
        let (to, _) = bench.converted(&path, Aim::Film).unwrap();
        plays(&to, 176, 144);
    }
}

#[test]
fn title_artist_and_copyright_go_along_and_nothing_else() {
    if !has_ffmpeg() {
        return;
    }
    let bench = Bench::new();
    let words = [
        "-c:v",
        "mpeg4",
        "-an",
        "-metadata",
        "title=The ferry",
        "-metadata",
        "artist=Amina Otieno",
        "-metadata",
        "copyright=© Gazette 2003",
        "-metadata",
        "comment=taken from my flat",
        "-metadata",
        "location=+46.2044+006.1432/",
        "-metadata",
        "make=Camera 2000",
    ];
    let from = bench.film("a.mov", "176x144", &words);
    let (to, _) = bench.converted(&from, Aim::Film).unwrap();
    let bytes = fs::read(&to).unwrap();
    let has = |text: &str| {
        bytes
            .windows(text.len())
            .any(|window| window == text.as_bytes())
    };
    assert!(has("The ferry") && has("Amina Otieno") && has("© Gazette 2003"));
    assert!(!has("flat") && !has("46.2044") && !has("Camera 2000"));
}

#[test]
fn the_poster_is_the_first_picture_that_is_not_black() {
    if !has_ffmpeg() {
        return;
    }
    let bench = Bench::new();
    let ffmpeg = Ffmpeg::default();
    let bright = |path: &Path| {
        // The mean of all pixels, as one grey one.
        let answer = Command::new("ffmpeg")
            .args(["-v", "error", "-i"])
            .arg(path)
            .args(["-vf", "scale=1:1,format=gray", "-f", "rawvideo", "-"])
            .output()
            .unwrap();
        answer.stdout[0]
    };
    let film = bench.film("a.mp4", "176x144", &["-c:v", "libx264", "-an"]);
    let poster = bench.path("a.jpg");
    assert!(ffmpeg.poster(&film, &poster).unwrap());
    assert!(bright(&poster) > 60, "{}", bright(&poster));
    let probe = media::picture::probe(&poster).unwrap();
    assert_eq!((probe.width, probe.height), (176, 144));
    // At night a lamp has to do.
    let night = "color=black:s=176x144:r=5:d=1[a];color=black:s=176x144:r=5:d=1,drawbox=80:60:20:20:white:fill[b];[a][b]concat";
    let night = bench.made(
        "night.mp4",
        &["-f", "lavfi", "-i", night, "-c:v", "libx264"],
    );
    let poster = bench.path("night.jpg");
    assert!(ffmpeg.poster(&night, &poster).unwrap());
    assert!(bright(&poster) > 0);
    let black = [
        "-f",
        "lavfi",
        "-i",
        "color=black:s=176x144:d=1",
        "-c:v",
        "libx264",
    ];
    let black = bench.made("black.mp4", &black);
    let poster = bench.path("black.jpg");
    assert!(!ffmpeg.poster(&black, &poster).unwrap());
    assert!(!poster.exists());
}

#[test]
fn where_ffmpeg_is_not_installed_it_is_said_how_to_get_it() {
    let none = Ffmpeg {
        ffmpeg: "/there/is/no/ffmpeg".into(),
        ..Ffmpeg::default()
    };
    let problem = none.version().unwrap_err();
    assert_eq!(problem.kind, "no-ffmpeg");
    assert!(problem.hint.contains("apt install ffmpeg"), "{problem}");
    assert!(is_passing(&problem));
}

#[cfg(unix)]
mod in_place_of_ffmpeg {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    /// A program that does this.
    fn program(bench: &Bench, script: &str) -> PathBuf {
        let path = bench.path("ffmpeg");
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        path
    }

    fn run(bench: &Bench, script: &str) -> Problem {
        let ffmpeg = Ffmpeg {
            ffmpeg: program(bench, script),
            patience: Duration::from_millis(400),
            ..Ffmpeg::default()
        };
        let poster = bench.path("poster.jpg");
        ffmpeg.poster(&bench.path("film.rm"), &poster).unwrap_err()
    }

    #[test]
    fn one_that_stands_still_is_ended() {
        let bench = Bench::new();
        let clock = Instant::now();
        let problem = run(&bench, "echo out_time_us=1000; exec sleep 60");
        assert_eq!(problem.kind, "ffmpeg-stood-still");
        assert!(clock.elapsed() < Duration::from_secs(20));
    }

    #[test]
    fn one_that_is_ended_or_has_no_room_says_nothing_of_the_film() {
        for script in [
            "kill -9 $$",
            "exit 255",
            "echo 'No space left on device' >&2; exit 1",
        ] {
            let problem = run(&Bench::new(), script);
            assert!(is_passing(&problem), "{script}: {problem}");
        }
        let problem = run(&Bench::new(), "echo 'Invalid data' >&2; exit 1");
        assert_eq!(problem.kind, "ffmpeg-failed");
        assert!(problem.message.contains("Invalid data"), "{problem}");
        assert!(!is_passing(&problem));
    }

    #[test]
    fn a_build_without_the_encoders_is_not_called() {
        let bench = Bench::new();
        let ffmpeg = Ffmpeg {
            ffmpeg: program(
                &bench,
                "echo 'ffmpeg version 7.1 Copyright'; echo ' V..... aac'",
            ),
            ffprobe: bench.path("ffmpeg"),
            ..Ffmpeg::default()
        };
        let problem = ffmpeg.version().unwrap_err();
        assert!(problem.message.contains("libx264"), "{problem}");
    }
}

#[test]
fn a_stub_of_captions_is_sound_and_says_in_its_language_that_they_are_to_be_written() {
    let mut notes = Vec::new();
    for tag in ["ar", "en", "es", "fr", "ru", "zh-Hans", "de"] {
        let stub = caption_stub(&Language::new(tag).unwrap());
        let reading = webvtt::read(stub.as_bytes(), Purpose::Spoken);
        let kinds: Vec<&str> = reading
            .problems
            .iter()
            .map(|problem| problem.kind)
            .collect();
        assert_eq!(kinds, ["empty-track"], "{tag}: nothing else is wrong");
        assert_eq!(reading.track.unwrap().cues, []);
        notes.push(stub);
    }
    assert_eq!(notes[1], notes[6], "German has the English note");
    notes.pop();
    notes.sort();
    notes.dedup();
    assert_eq!(notes.len(), 6);
}
