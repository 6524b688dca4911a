//! `cargo xtask test --deep`: the fuzz targets, a minute each.
//!
//! libFuzzer needs coverage counters in the code. Nightly's cargo-fuzz asks for them
//! with `-Z` flags; the same counters come with two stable ones (`-C passes` and
//! `-C llvm-args`), so the pinned compiler is enough. Without an address sanitizer,
//! which would need nightly: there is no `unsafe` here for it to watch.

use crate::step::Tree;
use anyhow::{Context, Result};
use std::{fs, process::Command};

/// Each has its checks in `fuzz/`, and its seeds in a folder of its name there.
pub const TARGETS: [&str; 5] = ["article", "rich_text", "listing", "route", "webvtt"];

/// Where instrumented code goes: it must not mix with what is shipped.
const TARGET_FOLDER: &str = "target/fuzz";
/// How long each target runs, in seconds.
const SECONDS: u32 = 60;
/// Megabytes a target may take, all told.
const MEMORY: u32 = 512;

/// What cargo-fuzz passes to the compiler, as far as stable Rust has it.
const FLAGS: &str = "-Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares \
    -Ccodegen-units=1 --cfg fuzzing";

/// Compiles the targets. With a target triple of its own, or build scripts and macros
/// would get the counters too and not link.
pub fn build(tree: &Tree, host: &str) -> Command {
    let mut command = tree.command("cargo");
    command
        .args(["build", "--quiet", "--release", "--locked"])
        .args(["--manifest-path", "fuzz/Cargo.toml", "--target", host])
        .args(["--target-dir", TARGET_FOLDER])
        .env("RUSTFLAGS", FLAGS);
    command
}

/// Runs one target with what it found before and its seeds.
///
/// # Errors
/// When the folder of finds cannot be made.
pub fn run(tree: &Tree, host: &str, target: &str) -> Result<Command> {
    let corpus = tree.path(TARGET_FOLDER).join("corpus").join(target);
    fs::create_dir_all(&corpus).with_context(|| format!("cannot make {}", corpus.display()))?;
    let program = tree
        .path(TARGET_FOLDER)
        .join(host)
        .join("release")
        .join(target);
    let mut command = tree.command(&program.to_string_lossy());
    command
        .arg(corpus)
        .arg(tree.path("fuzz/seeds").join(target))
        .arg(format!("-max_total_time={SECONDS}"))
        .arg(format!("-rss_limit_mb={MEMORY}"))
        .args(["-timeout=5", "-max_len=65536", "-print_final_stats=1"])
        .arg(format!(
            "-artifact_prefix={}/{target}-",
            tree.path(TARGET_FOLDER).display()
        ));
    if target == "article" {
        command.arg(tree.path("tests/fixtures/articles"));
    }
    Ok(command)
}

/// The machine's own triple, out of `rustc -vV`.
pub fn host(version: &str) -> Option<&str> {
    version.lines().find_map(|line| line.strip_prefix("host: "))
}
