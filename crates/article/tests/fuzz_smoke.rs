//! The fuzz targets' checks on stable Rust: every seed, and 20,000 mutations of them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

#[path = "../../../fuzz/checks.rs"]
mod checks;

use std::path::Path;

const MUTATIONS: usize = 20_000;

fn seeds(folders: &[&str]) -> Vec<Vec<u8>> {
    let mut paths: Vec<_> = folders
        .iter()
        .flat_map(|folder| {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
            std::fs::read_dir(&folder)
                .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        })
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    assert!(paths.len() > 2);
    paths
        .iter()
        .map(|path| std::fs::read(path).unwrap())
        .collect()
}

/// The same numbers in every run, so that a failure comes back.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        // Splitmix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % limit.max(1) as u64) as usize
    }
}

/// What slips into JSON.
const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "null",
    "true",
    "-1",
    "1e9",
    "1e-6",
    "0.5",
    "\"\"",
    "[]",
    "{}",
    "\"type\":",
    "\"text\":\"a\"",
    "\"paragraph\"",
    "\"image\"",
    "\"href\":\"javascript:a\"",
    "\\u202e",
    "\\ud800",
    "\\u0000",
    "\u{202e}",
    "\u{feff}",
    "é",
    "😀",
    "\n",
    "\r",
    "2024-02-30",
];

fn mutate(seeds: &[Vec<u8>], random: &mut Random) -> String {
    let mut bytes = seeds[random.below(seeds.len())].clone();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len() + 1);
        let end = (at + random.below(12)).min(bytes.len());
        match random.below(6) {
            0 => drop(bytes.drain(at..end)),
            1 => drop(bytes.splice(at..at, PIECES[random.below(PIECES.len())].bytes())),
            2 => drop(bytes.splice(at..end, PIECES[random.below(PIECES.len())].bytes())),
            3 => bytes.truncate(at),
            4 => {
                let other = &seeds[random.below(seeds.len())];
                let from = random.below(other.len() + 1);
                let to = (from + random.below(60)).min(other.len());
                bytes.splice(at..at, other[from..to].iter().copied());
            }
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << random.below(8);
                }
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn run(seeds: &[Vec<u8>], check: fn(&str)) {
    for seed in seeds {
        check(&String::from_utf8_lossy(seed));
    }
    let mut random = Random(1);
    for _ in 0..MUTATIONS {
        check(&mutate(seeds, &mut random));
    }
}

#[test]
fn no_text_breaks_the_readings_of_an_article() {
    run(
        &seeds(&["../../fuzz/seeds/article", "../../tests/fixtures/articles"]),
        checks::article,
    );
}

#[test]
fn no_text_breaks_the_reading_of_a_list() {
    run(&seeds(&["../../fuzz/seeds/listing"]), checks::listing);
}

#[test]
fn no_text_breaks_the_reading_of_a_rich_text() {
    run(&seeds(&["../../fuzz/seeds/rich_text"]), checks::rich_text);
}
