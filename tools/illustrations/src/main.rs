//! Draws every picture of the sample newsroom and writes it in every size and
//! format a reader's browser may ask for.
//!
//! Usage: `illustrations [--draft DIR] [ID ...]`; with no id, every still.
//! `illustrations film`, `sound` and `renditions` make the film, the sound and
//! the list of all files (the first two need ffmpeg).

mod canvas;
mod encode;
mod film;
mod noise;
mod palette;
mod props;
mod renditions;
mod scenes;
mod sound;

use encode::Result;
use std::path::{Path, PathBuf};

fn draft(folder: &Path, name: &str, master: &image::RgbImage) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let (w, h) = (master.width() * 5 / 8, master.height() * 5 / 8);
    let half = image::imageops::resize(master, w, h, image::imageops::FilterType::Triangle);
    half.save(folder.join(format!("{name}.png")))?;
    Ok(())
}

fn main() -> Result<()> {
    let mut wanted = Vec::new();
    let mut drafts: Option<PathBuf> = None;
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        if arg == "--draft" {
            drafts = Some(args.next().ok_or("--draft needs a folder")?.into());
        } else {
            wanted.push(arg);
        }
    }
    let media = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../public/media"));
    match (wanted.first().map(String::as_str), &drafts) {
        (Some("film"), Some(folder)) => {
            return film::stills(folder, &[1.0, 5.0, 8.0, 11.6, 14.5]);
        }
        (Some("film"), None) => return film::write(&media),
        (Some("sound"), _) => return sound::write(&media),
        (Some("renditions"), _) => {
            let list = concat!(env!("CARGO_MANIFEST_DIR"), "/renditions.json");
            return renditions::write(&media, Path::new(list));
        }
        _ => {}
    }
    for (id, draw) in scenes::ALL {
        if !wanted.is_empty() && !wanted.iter().any(|w| w == id) {
            continue;
        }
        let canvas = draw();
        let master = encode::picture(canvas.width(), canvas.height(), canvas.to_rgb8())?;
        match &drafts {
            Some(folder) => draft(folder, id, &master)?,
            None => {
                for r in encode::write_renditions(&media, id, &master, &[480, 960, 1920])? {
                    println!("{} {}", r.href, r.size_in_bytes);
                }
            }
        }
    }
    Ok(())
}
