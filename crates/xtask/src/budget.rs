//! How many bytes a reader pays, and how many they may be.
//!
//! A KB here is 1,024 bytes. Sizes are brotli, quality 11, each file alone, as
//! a CDN sends them.

use crate::{bundle::brotli_sizes, step::Tree};
use anyhow::{Context, Result};
use std::{fs, path::PathBuf};

const KB: u64 = 1024;

/// The page that stands for "a story": long, with photos and a video, and in
/// the sample newsroom.
const STORY: &str = "en/stories/beijing-meeting-on-child-rights-2010/index.html";

/// One line of the table.
pub struct Budget {
    pub name: &'static str,
    /// Bytes as sent.
    pub size: u64,
    /// Bytes allowed.
    pub limit: u64,
    /// What it should come down to, where it is not there yet.
    pub target: Option<u64>,
}

impl Budget {
    pub fn holds(&self) -> bool {
        self.size <= self.limit
    }
}

/// Measures the files of the release in `dist/`.
pub fn measure(tree: &Tree) -> Result<Vec<Budget>> {
    let dist = tree.path("dist");
    let list = fs::read_to_string(dist.join("assets/assets.json"))
        .context("dist/ is not a release: `cargo xtask build` makes one")?;
    let list: serde_json::Value = serde_json::from_str(&list)?;
    let asset = |name: &str| -> Result<PathBuf> {
        list.pointer(&format!("/{name}/href"))
            .and_then(|href| href.as_str())
            .map(|href| dist.join(href))
            .with_context(|| format!("assets.json names no {name}"))
    };
    let files = [
        asset("wasm")?,
        asset("boot")?,
        asset("style")?,
        asset("first")?,
        dist.join(STORY),
    ];
    let sizes = brotli_sizes(tree, &files)?;
    let [wasm, boot, style, first, story] = sizes.as_slice() else {
        anyhow::bail!("five files have five sizes");
    };
    Ok(vec![
        Budget {
            name: "wasm + JavaScript",
            size: wasm + boot,
            limit: 149 * KB,
            // 120 for reading; 25 more for films and photos.
            target: Some(145 * KB),
        },
        Budget {
            name: "CSS (the sheet, and what each page holds)",
            size: style + first,
            limit: 12 * KB,
            target: None,
        },
        // The sheet, the script and the wasm come after the text, so they are not part
        // of it.
        Budget {
            name: "before a story is readable (HTML, styled)",
            size: *story,
            limit: 30 * KB,
            target: None,
        },
    ])
}

pub fn print(budgets: &[Budget]) {
    println!("\nBytes a reader pays (brotli 11; 1 KB = 1,024 bytes)");
    for budget in budgets {
        println!(
            "    {:<42} {:>6} KB of {:>3} KB   {}",
            budget.name,
            tenths(budget.size),
            budget.limit / KB,
            if budget.holds() { "holds" } else { "TOO LARGE" }
        );
        if let Some(over) = budget
            .target
            .and_then(|target| budget.size.checked_sub(target))
        {
            println!("    {:<42} {:>6} KB over its target", "", tenths(over));
        }
    }
}

fn tenths(bytes: u64) -> String {
    let tenths = bytes * 10 / KB;
    format!("{}.{}", tenths / 10, tenths % 10)
}
