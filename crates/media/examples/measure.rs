//! What pictures cost: seconds to make and bytes to load.
//!
//! `cargo run --release -p media --example measure -- public/media/*/1920.jpg`
//! prints a line for each rendition's mean; with `--speeds` before the files it
//! compares the speeds of the AVIF encoder on the first of them.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

use media::picture::{Cache, Recipe, render, render_all};

fn main() {
    let mut files: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    if files
        .first()
        .is_some_and(|first| first.as_os_str() == "--speeds")
    {
        speeds(files.get(1).expect("name a picture behind --speeds"));
        return;
    }
    files.sort();
    let folder = std::env::temp_dir().join(format!("media-measure-{}", std::process::id()));
    let cache = Cache::open(&folder).expect("a folder for the cache");
    let recipe = Recipe::default();
    let from = Instant::now();
    let mut sums: BTreeMap<(String, u32), (u64, u64)> = BTreeMap::new();
    for rendered in render_all(&files, &cache, &recipe, |_, _| {}) {
        match rendered {
            Ok(rendered) => {
                for file in rendered.renditions {
                    let sum = sums
                        .entry((file.media_type().to_owned(), file.width))
                        .or_default();
                    sum.0 += file.bytes;
                    sum.1 += 1;
                }
            }
            Err(problem) => eprintln!("{problem}"),
        }
    }
    let seconds = from.elapsed().as_secs_f64();
    for ((kind, width), (bytes, count)) in &sums {
        println!(
            "{kind:11} {width:5} px {:8} bytes (mean of {count})",
            bytes / count
        );
    }
    println!(
        "{} pictures in {seconds:.1} s, {:.2} s each",
        files.len(),
        seconds / files.len() as f64
    );
    let from = Instant::now();
    let again = render_all(&files, &cache, &recipe, |_, _| {});
    println!(
        "{} from the cache in {:.3} s; {:?}",
        again.len(),
        from.elapsed().as_secs_f64(),
        cache.statistics()
    );
    std::fs::remove_dir_all(&folder).expect("the folder goes again");
}

/// Only the AVIF files, at each speed, by one thread's work in sum.
fn speeds(file: &std::path::Path) {
    for speed in (5..=10).rev() {
        let folder =
            std::env::temp_dir().join(format!("media-speed-{}-{speed}", std::process::id()));
        let cache = Cache::open(&folder).expect("a folder for the cache");
        let recipe = Recipe {
            avif_speed: speed,
            widths: vec![960, 1920],
            ..Recipe::default()
        };
        let from = Instant::now();
        let rendered = render(file, &cache, &recipe).expect("a picture");
        let avif: Vec<u64> = rendered
            .renditions
            .iter()
            .take(2)
            .map(|file| file.bytes)
            .collect();
        println!(
            "speed {speed:2}: {:.2} s, {avif:?} bytes at 960 and 1920 px",
            from.elapsed().as_secs_f64()
        );
        std::fs::remove_dir_all(&folder).expect("the folder goes again");
    }
}
