//! `cargo xtask bench`: what people wait for. A reader on a slow phone; with
//! `press`, a publisher who builds a large site.
//!
//! Times depend on the machine, so this is never part of the tests.

mod hugo;
mod measure;
mod press;

use crate::{
    release,
    step::{Tree, run},
    tools::{self, Need},
};
use anyhow::{Context, Result};

pub fn bench(tree: &Tree, arguments: &[String]) -> Result<()> {
    match arguments.split_first() {
        Some((first, rest)) if first == "press" => press::bench(tree, &press::Options::read(rest)?),
        _ => reader(tree, arguments),
    }
}

fn reader(tree: &Tree, arguments: &[String]) -> Result<()> {
    tools::ensure(tree, Need::Browsers)?;
    release::build_if_stale(tree)?;
    let browsers = tools::find_browsers().context("a browser went missing")?;
    run(
        "bench",
        "a slow phone in Chromium: paint, layout shift, route changes (about ten minutes)",
        tree.command("node")
            .arg("tests/bench/bench.mjs")
            .args(arguments)
            .env("CHROMIUM", browsers.chromium),
    )
}
