//! The list of every file in `public/media`, as stories name them.

use crate::encode::{Rendition, Result};
use crate::film;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

fn be(bytes: &[u8], at: usize, count: usize) -> Option<u32> {
    let field = bytes.get(at..at + count)?;
    Some(field.iter().fold(0, |sum, &b| sum << 8 | u32::from(b)))
}

fn le(bytes: &[u8], at: usize, count: usize) -> Option<u32> {
    let field = bytes.get(at..at + count)?;
    Some(
        field
            .iter()
            .rev()
            .fold(0, |sum, &b| sum << 8 | u32::from(b)),
    )
}

fn find(bytes: &[u8], tag: &[u8]) -> Option<usize> {
    bytes.windows(tag.len()).position(|window| window == tag)
}

fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    loop {
        let marker = be(bytes, at, 2)?;
        if (0xffc0..=0xffc2).contains(&marker) {
            return Some((be(bytes, at + 7, 2)?, be(bytes, at + 5, 2)?));
        }
        at += 2 + be(bytes, at + 2, 2)? as usize;
    }
}

fn webp_size(bytes: &[u8]) -> Option<(u32, u32)> {
    match bytes.get(12..16)? {
        b"VP8 " => Some((le(bytes, 26, 2)? & 0x3fff, le(bytes, 28, 2)? & 0x3fff)),
        b"VP8L" => {
            let bits = le(bytes, 21, 4)?;
            Some(((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1))
        }
        _ => Some((le(bytes, 24, 3)? + 1, le(bytes, 27, 3)? + 1)),
    }
}

fn avif_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let at = find(bytes, b"ispe")?;
    Some((be(bytes, at + 8, 4)?, be(bytes, at + 12, 4)?))
}

/// The codecs of an MP4 with one H.264 and one AAC track.
fn mp4_codecs(bytes: &[u8]) -> Option<String> {
    let at = find(bytes, b"avcC")?;
    Some(format!("avc1.{:06x},mp4a.40.2", be(bytes, at + 5, 3)?))
}

fn describe(href: String, name: &str, bytes: &[u8]) -> Option<Rendition> {
    let (stem, ending) = name.rsplit_once('.')?;
    let still = |kind: &str, size: Option<(u32, u32)>| {
        let mut file = Rendition::picture(href.clone(), kind, (0, 0), bytes.len() as u64);
        (file.width, file.height) = (size.map(|s| s.0), size.map(|s| s.1));
        file
    };
    let film = |kind: &str, codecs: Option<String>| {
        let height = stem.parse::<u32>().ok();
        let mut file = still(kind, height.map(|h| (h * 16 / 9, h)));
        file.codecs = codecs;
        file.duration_in_seconds = Some(f64::from(film::SECONDS));
        file
    };
    let sound = |kind: &str, codecs: Option<&str>| {
        let mut file = still(kind, None);
        file.codecs = codecs.map(str::to_owned);
        file.duration_in_seconds = Some(24.0);
        file
    };
    Some(match ending {
        "avif" => still("image/avif", avif_size(bytes)),
        "webp" => still("image/webp", webp_size(bytes)),
        "jpg" => still("image/jpeg", jpeg_size(bytes)),
        "webm" => film("video/webm", Some("vp09.00.31.08,opus".to_owned())),
        "mp4" => film("video/mp4", mp4_codecs(bytes)),
        "ogg" => sound("audio/ogg", Some("opus")),
        "mp3" => sound("audio/mpeg", None),
        _ => return None,
    })
}

/// Writes `renditions.json` from the files that are there.
pub fn write(media: &Path, list: &Path) -> Result<()> {
    let mut all: BTreeMap<String, Vec<Rendition>> = BTreeMap::new();
    for folder in fs::read_dir(media)? {
        let folder = folder?.path();
        let Some(id) = folder.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        if !folder.is_dir() {
            continue;
        }
        let mut files = Vec::new();
        for file in fs::read_dir(&folder)? {
            let path = file?.path();
            if let Some(name) = path.file_name().and_then(|name| name.to_str()) {
                files.extend(describe(
                    format!("/media/{id}/{name}"),
                    name,
                    &fs::read(&path)?,
                ));
            }
        }
        // As stories list them: the smallest format first, then by width.
        let rank = |file: &Rendition| {
            let order = [
                "image/avif",
                "image/webp",
                "image/jpeg",
                "video/webm",
                "video/mp4",
            ];
            let kind = order.iter().position(|kind| *kind == file.content_type);
            let width = file.width.unwrap_or(0);
            let film = file.content_type.starts_with("video/");
            (
                kind.unwrap_or(9),
                if film { u32::MAX - width } else { width },
                file.href.clone(),
            )
        };
        files.sort_by_key(rank);
        if !files.is_empty() {
            all.insert(id.to_owned(), files);
        }
    }
    let mut text = serde_json::to_string_pretty(&all)?;
    text.push('\n');
    fs::write(list, text)?;
    println!("{} lists {} folders", list.display(), all.len());
    Ok(())
}
