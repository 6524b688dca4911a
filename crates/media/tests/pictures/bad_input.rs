//! Files that nobody should have put there.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use image::ImageFormat;
use media::Problem;
use media::picture::{Cache, Probe, probe, render};
use tempfile::tempdir;

use crate::originals::{exif, file, jpeg, png, png_chunk, put, quarters, quick, zeros_packed};

fn probed(name: &str, bytes: &[u8]) -> Result<Probe, Problem> {
    let folder = tempdir().unwrap();
    probe(&put(folder.path(), name, bytes))
}

fn kind(name: &str, bytes: &[u8]) -> &'static str {
    match probed(name, bytes) {
        Ok(probe) => panic!("{name} was let pass: {probe:?}"),
        Err(problem) => {
            assert!(
                !problem.message.is_empty() && !problem.hint.is_empty(),
                "{problem}"
            );
            problem.kind
        }
    }
}

const FORMATS: [(&str, ImageFormat); 4] = [
    ("a.jpg", ImageFormat::Jpeg),
    ("a.png", ImageFormat::Png),
    ("a.gif", ImageFormat::Gif),
    ("a.webp", ImageFormat::WebP),
];

fn original(format: ImageFormat) -> Vec<u8> {
    if format == ImageFormat::Jpeg {
        jpeg(&quarters(60, 40), &[])
    } else {
        file(quarters(60, 40), format)
    }
}

#[test]
fn an_empty_file_is_named_as_such() {
    assert_eq!(kind("a.jpg", b""), "picture-empty");
}

#[test]
fn a_file_that_ends_too_early_is_truncated_wherever_it_ends() {
    for (name, format) in FORMATS {
        let bytes = original(format);
        for keep in [bytes.len() / 3, bytes.len() * 2 / 3, bytes.len() - 1] {
            // An old GIF file may end without a trailer.
            if format == ImageFormat::Gif && keep == bytes.len() - 1 {
                continue;
            }
            assert_eq!(
                kind(name, &bytes[..keep]),
                "picture-truncated",
                "{name} {keep}"
            );
        }
    }
}

#[test]
fn a_giant_is_refused_before_it_is_decoded() {
    // 900 million pixels, which would unpack from these few bytes.
    let giant = png(30_000, 30_000, &[], &zeros_packed(1 << 20));
    let from = Instant::now();
    assert_eq!(kind("a.png", &giant), "picture-too-large");
    assert_eq!(
        kind("a.png", &png(120_000, 1, &[], b"")),
        "picture-too-large"
    );
    assert!(from.elapsed() < Duration::from_secs(2));
}

#[test]
fn metadata_that_unpack_without_end_are_a_bomb() {
    let zeros = zeros_packed(16 << 20);
    let parts: [(&[u8; 4], &[u8]); 3] = [
        (b"zTXt", b"Comment\0\0"),
        (b"iTXt", b"XML:com.adobe.xmp\0\x01\0\0\0"),
        (b"iCCP", b"profile\0\0"),
    ];
    for (kind_of_chunk, head) in parts {
        let chunk = png_chunk(kind_of_chunk, &[head, &zeros].concat());
        let bytes = png(1, 1, &[chunk], &zeros_packed(1 << 20));
        assert_eq!(kind("a.png", &bytes), "picture-bomb");
    }
}

#[test]
fn pixels_beyond_the_last_row_are_never_unpacked() {
    let folder = tempdir().unwrap();
    let cache = Cache::open(&folder.path().join("cache")).unwrap();
    // 64 MB of zeros where 10 × 10 pixels should be.
    let path = put(
        folder.path(),
        "a.png",
        &png(10, 10, &[], &zeros_packed(64 << 20)),
    );
    let from = Instant::now();
    let rendered = render(&path, &cache, &quick()).unwrap();
    assert_eq!((rendered.width, rendered.height), (10, 10));
    assert!(from.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_picture_that_is_something_else_besides_is_refused() {
    let photo = || jpeg(&quarters(60, 40), &[]);
    let behind = |tail: &[u8]| [photo(), tail.to_vec()].concat();
    let mut zip = b"PK\x03\x04 a file ".to_vec();
    zip.extend_from_slice(b"PK\x05\x06\0\0\0\0\x01\0\x01\0\x0a\0\0\0\0\0\0\0\0\0");
    let commented = |comment: &[u8]| {
        let mut bytes = photo();
        let mut segment = vec![0xFF, 0xFE];
        segment.extend_from_slice(&(comment.len() as u16 + 2).to_be_bytes());
        segment.extend_from_slice(comment);
        bytes.splice(2..2, segment);
        bytes
    };
    let script = png_chunk(b"tEXt", b"Comment\0<ScRiPt>alert(1)</script>");
    let mut gif = file(quarters(60, 40), ImageFormat::Gif);
    gif[6..8].copy_from_slice(b"/*");
    gif.extend_from_slice(b"*/=1;alert(1)");
    // Such a width needs a small height to be within the limits.
    gif[8..10].copy_from_slice(&[1, 0]);
    let cases = [
        ("a.jpg", behind(&zip)),
        ("a.jpg", behind(b"<html><body>hello")),
        ("a.jpg", behind(b"\n<!DOCTYPE html>")),
        ("a.jpg", commented(b"<?php system('ls');")),
        ("a.jpg", commented(b"*/=alert(1);//<script>")),
        ("a.jpg", commented(b"%PDF-1.4")),
        (
            "a.jpg",
            jpeg(&quarters(60, 40), &[(4, b"x <iframe src=//example.org>")]),
        ),
        ("a.png", png(1, 1, &[script], &zeros_packed(1 << 20))),
        ("a.gif", gif),
        (
            "a.webp",
            [file(quarters(8, 8), ImageFormat::WebP), zip.clone()].concat(),
        ),
    ];
    for (at, (name, bytes)) in cases.iter().enumerate() {
        assert_eq!(kind(name, bytes), "picture-is-more", "case {at}");
    }
}

#[test]
fn what_a_telephone_appends_is_a_warning_and_reaches_no_reader() {
    let folder = tempdir().unwrap();
    let film = b"\0\0\0\x18ftypmp42 a short film SECRET-TAIL".repeat(10);
    let bytes = [jpeg(&quarters(60, 40), &[]), film].concat();
    let path = put(folder.path(), "motion photo.jpg", &bytes);
    let cache = Cache::open(&folder.path().join("cache")).unwrap();
    let rendered = render(&path, &cache, &quick()).unwrap();
    assert_eq!(rendered.warnings.len(), 1);
    assert_eq!(rendered.warnings[0].kind, "picture-trailing-bytes");
    for rendition in rendered.renditions {
        let bytes = fs::read(rendition.path).unwrap();
        assert!(!bytes.windows(11).any(|part| part == b"SECRET-TAIL"));
    }
}

#[test]
fn a_name_that_lies_about_the_format_is_a_warning() {
    let probe = probed("photo.gif", &original(ImageFormat::Png)).unwrap();
    assert_eq!(probe.format.media_type(), "image/png");
    assert_eq!(probe.warnings[0].kind, "picture-name");
}

#[test]
fn what_is_no_file_is_refused_at_once() {
    let folder = tempdir().unwrap();
    assert_eq!(probe(folder.path()).unwrap_err().kind, "picture-is-folder");
    let missing = folder.path().join("missing.jpg");
    assert_eq!(probe(&missing).unwrap_err().kind, "picture-missing");
    let pipe = folder.path().join("pipe.jpg");
    let made = Command::new("mkfifo").arg(&pipe).status();
    if made.is_ok_and(|status| status.success()) {
        assert_eq!(probe(&pipe).unwrap_err().kind, "picture-is-no-file");
    } else {
        println!("not tested: this system makes no pipes");
    }
}

/// Root may read everything: there the test runs again as somebody who owns nothing.
#[cfg(unix)]
fn runs_as_nobody(test: &str) -> bool {
    let nobody = ["--reuid=65534", "--regid=65534", "--clear-groups"];
    let this = std::env::current_exe().unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new("setpriv");
        command.args(nobody).arg(&this).args(arguments).output()
    };
    if !run(&["--list"]).is_ok_and(|output| output.status.success()) {
        return false;
    }
    let output = run(&["--exact", test, "--nocapture"]).unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{errors}");
    assert!(said.contains("1 passed"), "{said}");
    assert!(!said.contains("not tested"), "{said}");
    true
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_says_so() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempdir().unwrap();
    let path = put(folder.path(), "a.png", &original(ImageFormat::Png));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::File::open(&path).is_ok() {
        if !runs_as_nobody("bad_input::a_file_that_may_not_be_read_says_so") {
            println!("not tested: this user may read everything");
        }
        return;
    }
    assert_eq!(probe(&path).unwrap_err().kind, "picture-unreadable");
}

#[test]
fn a_full_disk_is_named_and_leaves_nothing_half_written() {
    let folder = tempdir().unwrap();
    let disk = folder.path().join("disk");
    fs::create_dir(&disk).unwrap();
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=16k", "tmpfs"])
        .arg(&disk)
        .output();
    if !mounted.is_ok_and(|output| output.status.success()) {
        println!("not tested: only root can mount a small disk");
        return;
    }
    let _unmount = Unmount(&disk);
    let noise = image::RgbImage::from_fn(200, 200, |x, y| {
        let n = (x * 7919 + y * 104_729) as u8;
        image::Rgb([n, n.wrapping_mul(31), n.wrapping_mul(17)])
    });
    let path = put(folder.path(), "noise.png", &file(noise, ImageFormat::Png));
    let recipe = media::picture::Recipe {
        widths: vec![100, 200],
        ..quick()
    };
    let cache = Cache::open(&disk.join("cache")).unwrap();
    let problem = render(&path, &cache, &recipe).unwrap_err();
    assert_eq!(problem.kind, "picture-cache");
    assert!(problem.message.contains("full"), "{problem}");
    assert_eq!(leftovers(&disk), 0);
    // With room again, all is well.
    let elsewhere = Cache::open(&folder.path().join("cache")).unwrap();
    assert_eq!(
        render(&path, &elsewhere, &recipe).unwrap().renditions.len(),
        6
    );
}

struct Unmount<'a>(&'a Path);

impl Drop for Unmount<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0).status();
    }
}

/// Files that were begun and not finished.
fn leftovers(folder: &Path) -> usize {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            if path.is_dir() {
                leftovers(&path)
            } else {
                usize::from(path.extension().is_some_and(|ending| ending == "part"))
            }
        })
        .sum()
}

#[test]
fn names_with_blanks_and_in_either_unicode_form_are_names_like_others() {
    let folder = tempdir().unwrap();
    let cache = Cache::open(&folder.path().join("a cache")).unwrap();
    // é as one letter and as two; Arabic; a leading dash.
    for name in [
        "caf\u{e9} 1.png",
        "cafe\u{301} 2.png",
        "صورة 3.png",
        "-4 .png",
    ] {
        let path = put(folder.path(), name, &original(ImageFormat::Png));
        let rendered = render(&path, &cache, &quick()).unwrap();
        assert!(rendered.warnings.is_empty(), "{name}");
    }
    assert_eq!(cache.statistics().misses, 1);
}

#[test]
fn no_damaged_byte_makes_anything_panic() {
    let folder = tempdir().unwrap();
    let cache = Cache::open(&folder.path().join("cache")).unwrap();
    let recipe = media::picture::Recipe {
        widths: vec![8],
        ..quick()
    };
    let mut seed = 88_172_645_463_325_252_u64;
    let mut next = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed % below as u64) as usize
    };
    for (name, format) in FORMATS {
        let mut bytes = if format == ImageFormat::Jpeg {
            jpeg(
                &quarters(24, 16),
                &[(1, &exif(6, &[(0x8298, "© somebody")]))],
            )
        } else {
            file(quarters(24, 16), format)
        };
        bytes.extend_from_slice(b"\n");
        for round in 0..300 {
            let mut damaged = bytes.clone();
            for _ in 0..=round % 4 {
                let at = next(damaged.len());
                damaged[at] = next(256) as u8;
            }
            if round % 5 == 0 {
                damaged.truncate(next(damaged.len()));
            }
            let path = put(folder.path(), name, &damaged);
            if let Ok(probe) = probe(&path) {
                // Pictures that the damage made large take their time, and no harm.
                if probe.width.max(probe.height) < 500 {
                    let _ = render(&path, &cache, &recipe);
                }
            }
        }
    }
}
