//! Films and sounds, sound and broken ones.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use article::Decimal;
use media::Problem;
use media::film::{Ffprobe, Film, probe, probe_with};
use proptest::prelude::*;
use tempfile::TempDir;

fn sample(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../public/media")
        .join(name)
}

/// As on a machine where ffprobe is not installed.
fn no_ffprobe() -> Ffprobe {
    Ffprobe {
        program: "/there/is/no/ffprobe".into(),
        ..Ffprobe::default()
    }
}

fn alone(path: &Path) -> Result<Film, Problem> {
    probe_with(path, &no_ffprobe())
}

fn seconds(text: &str) -> Option<Decimal> {
    Decimal::parse(text)
}

/// A file of these bytes, and its folder, which must outlive it.
fn file(name: &str, bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    (folder, path)
}

fn refused(bytes: &[u8]) -> Problem {
    let (_folder, path) = file("film.mp4", bytes);
    let problem = alone(&path).unwrap_err();
    assert!(!problem.message.is_empty() && !problem.hint.is_empty());
    problem
}

#[test]
fn an_mp4_is_known_without_ffprobe() {
    let film = alone(&sample("paper-boats-film/720.mp4")).unwrap();
    assert_eq!((film.width, film.height), (Some(1280), Some(720)));
    assert_eq!(film.duration, seconds("16"));
    assert_eq!(film.codecs().as_deref(), Some("avc1.4d401f,mp4a.40.2"));
    assert_eq!(film.content_type, Some("video/mp4"));
    assert_eq!((film.has_video, film.has_audio), (true, true));
    assert_eq!(film.fast_start, Some(true));
    assert_eq!(film.size_in_bytes, 1_340_375);
    assert_eq!(film.bitrate, Some(670_187));
    assert_eq!(film.warnings, []);
}

#[test]
fn a_webm_is_known_without_ffprobe() {
    let film = alone(&sample("paper-boats-film/720.webm")).unwrap();
    assert_eq!((film.width, film.height), (Some(1280), Some(720)));
    assert_eq!(film.duration, seconds("16.008"));
    assert_eq!(film.codecs().as_deref(), Some("vp9,opus"));
    assert_eq!(film.content_type, Some("video/webm"));
    assert_eq!((film.fast_start, film.warnings), (None, vec![]));
}

#[test]
fn sounds_are_known_without_ffprobe() {
    for (name, kind, codec) in [
        ("fog-shore-sound/shore.mp3", "audio/mpeg", "mp3"),
        ("fog-shore-sound/shore.ogg", "audio/ogg", "opus"),
    ] {
        let sound = alone(&sample(name)).unwrap();
        assert_eq!(sound.content_type, Some(kind));
        assert_eq!(sound.codecs().as_deref(), Some(codec));
        assert_eq!((sound.has_video, sound.has_audio), (false, true));
        let length = sound.duration.unwrap().as_f64();
        assert!((23.9..24.1).contains(&length), "{name}: {length}");
    }
}

/// Runs where ffprobe is installed, and says so where it is not.
#[test]
fn ffprobe_and_the_headers_agree() {
    let ffprobe = Ffprobe {
        program: std::env::var_os("FFPROBE").map_or_else(|| "ffprobe".into(), Into::into),
        ..Ffprobe::default()
    };
    if std::process::Command::new(&ffprobe.program)
        .arg("-version")
        .output()
        .is_err()
    {
        println!("ffprobe is not installed: nothing to compare with");
        return;
    }
    for name in [
        "paper-boats-film/360.mp4",
        "paper-boats-film/720.mp4",
        "paper-boats-film/720.webm",
        "fog-shore-sound/shore.mp3",
        "fog-shore-sound/shore.ogg",
    ] {
        let (ours, both) = (
            alone(&sample(name)).unwrap(),
            probe_with(&sample(name), &ffprobe).unwrap(),
        );
        assert_eq!(
            (ours.width, ours.height),
            (both.width, both.height),
            "{name}"
        );
        assert_eq!(ours.codecs(), both.codecs(), "{name}");
        assert_eq!(ours.content_type, both.content_type, "{name}");
        let length = |film: &Film| film.duration.unwrap().as_f64();
        assert!((length(&ours) - length(&both)).abs() < 0.1, "{name}");
    }
    // A play list that calls itself a film opens nothing.
    let list = format!(
        "#EXTM3U\n#EXTINF:9,\n{}\n",
        sample("paper-boats-film/720.mp4").display()
    );
    let (_folder, path) = file("list.mp4", list.as_bytes());
    assert_eq!(probe_with(&path, &ffprobe).unwrap_err().kind, "play-list");
    let concat = format!(
        "ffconcat version 1.0\nfile {}\n",
        sample("paper-boats-film/720.mp4").display()
    );
    let (_folder, path) = file("concat.mp4", concat.as_bytes());
    assert_eq!(probe_with(&path, &ffprobe).unwrap_err().kind, "not-a-film");
}

#[test]
fn what_is_no_film_is_refused_with_how_to_make_one() {
    assert_eq!(refused(b"").kind, "empty-file");
    assert_eq!(refused(b"x").kind, "not-a-film");
    assert_eq!(
        refused(b"<!doctype html><title>404</title>").kind,
        "not-a-film"
    );
    assert_eq!(refused(&[0; 100_000]).kind, "not-a-film");
    assert_eq!(refused(b"\x89PNG\r\n\x1a\n").kind, "not-a-film");
    assert_eq!(refused(b"\x1a\x45\xdf\xa3").kind, "truncated-film");
    assert_eq!(refused(b"ID3").kind, "not-a-film");
    assert_eq!(refused(b"OggS").kind, "not-a-film");
    assert_eq!(refused(b"#EXTM3U\nfile.ts").kind, "play-list");
    assert!(refused(b"x").hint.contains("ffmpeg -i"));
}

#[test]
fn a_folder_and_a_missing_file_are_told() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(alone(folder.path()).unwrap_err().kind, "not-a-file");
    assert_eq!(
        alone(&folder.path().join("no.mp4")).unwrap_err().kind,
        "unreadable"
    );
}

#[cfg(unix)]
#[test]
fn a_device_is_not_read() {
    assert_eq!(
        alone(Path::new("/dev/zero")).unwrap_err().kind,
        "not-a-file"
    );
}

#[test]
fn a_film_that_breaks_off_is_told_with_where() {
    let mp4 = fs::read(sample("paper-boats-film/360.mp4")).unwrap();
    let webm = fs::read(sample("paper-boats-film/720.webm")).unwrap();
    for bytes in [&mp4, &webm] {
        for length in [bytes.len() / 2, bytes.len() - 1000, 5000] {
            let problem = refused(&bytes[..length]);
            assert_eq!(problem.kind, "truncated-film", "{length}: {problem:?}");
            assert!(problem.message.contains(&length.to_string()), "{problem:?}");
        }
    }
}

#[test]
fn a_huge_length_is_not_believed() {
    let mut mp4 = fs::read(sample("paper-boats-film/360.mp4")).unwrap();
    // The length of moov, then of a box within it.
    for at in [32, 40] {
        let before: [u8; 4] = mp4[at..at + 4].try_into().unwrap();
        mp4[at..at + 4].copy_from_slice(&u32::MAX.to_be_bytes());
        let (_folder, path) = file("film.mp4", &mp4);
        let began = Instant::now();
        let _ = alone(&path);
        assert!(began.elapsed() < Duration::from_secs(2));
        mp4[at..at + 4].copy_from_slice(&before);
    }
    let mut long = b"\0\0\0\x14ftypisom\0\0\0\0isom\0\0\0\x01mdat".to_vec();
    long.extend(u64::MAX.to_be_bytes());
    assert_eq!(refused(&long).kind, "truncated-film");
    let webm = b"\x1a\x45\xdf\xa3\x84\x42\x82\x81w\x18\x53\x80\x67\x01\x7f\xff\xff\xff\xff\xff\xff";
    assert_eq!(refused(webm).kind, "truncated-film");
}

#[test]
fn an_index_at_the_end_is_warned_of_with_the_command_that_mends_it() {
    let mp4 = fs::read(sample("paper-boats-film/360.mp4")).unwrap();
    let slow = [&mp4[..32], &mp4[11516..], &mp4[32..11516]].concat();
    let (_folder, path) = file("film.mp4", &slow);
    let film = alone(&path).unwrap();
    assert_eq!(film.fast_start, Some(false));
    assert_eq!(film.warnings[0].kind, "slow-start");
    assert!(
        film.warnings[0]
            .hint
            .contains("ffmpeg -i in.mp4 -c copy -movflags +faststart out.mp4")
    );
    assert_eq!(film.duration, seconds("16"));
}

#[test]
fn a_film_of_a_turned_phone_is_upright() {
    let mut mp4 = fs::read(sample("paper-boats-film/360.mp4")).unwrap();
    let at = mp4.windows(4).position(|name| name == b"tkhd").unwrap() + 4 + 40;
    let one = 0x0001_0000_i32;
    for (index, number) in [0, one, 0, -one, 0, 0, 0, 0, 0x4000_0000]
        .into_iter()
        .enumerate()
    {
        mp4[at + 4 * index..at + 4 * index + 4].copy_from_slice(&number.to_be_bytes());
    }
    let (_folder, path) = file("film.mp4", &mp4);
    let film = alone(&path).unwrap();
    assert_eq!((film.width, film.height), (Some(360), Some(640)));
}

#[test]
fn any_name_is_only_a_name() {
    let bytes = fs::read(sample("paper-boats-film/360.mp4")).unwrap();
    for name in [
        "-i.mp4",
        "-version",
        "two words.mp4",
        "e\u{301}te\u{301}.mp4",
        "قارب.mp4",
        "http:.mp4",
        "%03d.mp4",
        "a;b$(c)`d`'\".mp4",
        "new\nline.mp4",
    ] {
        let (_folder, path) = file(name, &bytes);
        let film = probe(&path).unwrap();
        assert_eq!(film.width, Some(640), "{name}");
    }
}

#[cfg(unix)]
fn script(folder: &Path, text: &str) -> Ffprobe {
    use std::os::unix::fs::PermissionsExt as _;
    let program = folder.join("ffprobe");
    fs::write(&program, format!("#!/bin/sh\n{text}\n")).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    Ffprobe {
        program,
        time_limit: Duration::from_millis(400),
    }
}

#[cfg(unix)]
#[test]
fn an_ffprobe_without_end_is_ended_and_the_headers_serve() {
    let folder = tempfile::tempdir().unwrap();
    let endless = script(folder.path(), "exec sleep 60");
    let began = Instant::now();
    let film = probe_with(&sample("paper-boats-film/360.mp4"), &endless).unwrap();
    assert_eq!(film.width, Some(640));
    let (_other, path) = file("film.rm", b".RMF\0\0\0");
    let problem = probe_with(&path, &endless).unwrap_err();
    assert_eq!(problem.kind, "ffprobe-too-slow");
    assert!(began.elapsed() < Duration::from_secs(10));
}

#[cfg(unix)]
#[test]
fn an_ffprobe_that_never_stops_talking_or_talks_nonsense_is_not_listened_to() {
    let folder = tempfile::tempdir().unwrap();
    for text in ["exec yes", "echo '{\"streams\": 7}'", "exit 1", "echo '{}'"] {
        let chatty = script(folder.path(), text);
        let film = probe_with(&sample("paper-boats-film/360.mp4"), &chatty).unwrap();
        assert_eq!(
            film.codecs().as_deref().map(|c| &c[..4]),
            Some("avc1"),
            "{text}"
        );
    }
}

#[cfg(unix)]
#[test]
fn an_old_format_is_known_through_ffprobe_only() {
    let folder = tempfile::tempdir().unwrap();
    let answer = r#"{"streams": [{"codec_type": "video", "codec_name": "rv40", "width": 320, "height": 240,
        "side_data_list": [{"rotation": -90}]}, {"codec_type": "audio", "codec_name": "aac", "profile": "LC"}],
        "format": {"format_name": "rm", "duration": "94.400000", "bit_rate": "225000"}}"#;
    let ffprobe = script(folder.path(), &format!("cat <<'END'\n{answer}\nEND"));
    let (_other, path) = file("film.rm", b".RMF\0\0\0");
    assert_eq!(alone(&path).unwrap_err().kind, "not-a-film");
    let film = probe_with(&path, &ffprobe).unwrap();
    assert_eq!((film.width, film.height), (Some(240), Some(320)));
    assert_eq!(film.duration, seconds("94.4"));
    assert_eq!(film.content_type, Some("application/vnd.rn-realmedia"));
    assert_eq!(
        (film.codecs(), film.audio_codec.as_deref()),
        (None, Some("mp4a.40.2"))
    );
    assert_eq!((film.bitrate, film.size_in_bytes), (Some(225_000), 7));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_damage_makes_it_panic(
        which in 0..4_usize,
        hits in proptest::collection::vec((0..12_000_usize, any::<u8>()), 1..12),
        keep in 0.0..1.0_f64,
    ) {
        let name = ["paper-boats-film/360.mp4", "paper-boats-film/720.webm", "fog-shore-sound/shore.mp3", "fog-shore-sound/shore.ogg"][which];
        let mut bytes = fs::read(sample(name)).unwrap();
        // Mostly the headers are hit, at times the file is cut.
        for (at, byte) in hits {
            bytes[at] = byte;
        }
        if keep < 0.5 {
            bytes.truncate((bytes.len() as f64 * keep * 2.0) as usize);
        }
        let (_folder, path) = file("film", &bytes);
        let _ = alone(&path);
    }

    #[test]
    fn no_bytes_make_it_panic(start in 0..6_usize, noise in proptest::collection::vec(any::<u8>(), 0..4000)) {
        let start: &[u8] = [&b"\0\0\0\x10ftypisom\0\0\0\0\0\0\x08\0moov"[..], b"\x1a\x45\xdf\xa3", b"OggS\0", b"ID3\x04\0\0", b"\xff\xfb\x90\x64", b"RIFF\0\0\0\0WAVE"][start];
        let (_folder, path) = file("film", &[start, &noise].concat());
        let _ = alone(&path);
    }
}
