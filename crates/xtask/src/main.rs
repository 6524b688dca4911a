//! `cargo xtask`: the commands of this repository, each complete in itself.
//!
//! A command installs what it needs, says what it does and why, and can be run
//! again at once. What is *in* the site is decided by `press`; this only builds,
//! serves, tests and measures.

// Tests fail by panicking.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::indexing_slicing))]

mod bench;
mod budget;
mod bundle;
mod corpus;
mod fuzz;
mod release;
mod reproduce;
mod serve;
mod step;
mod test;
mod tools;

use anyhow::{Result, bail};
use std::{env, process::ExitCode};
use step::{Tree, run};

const HELP: &str = "\
Dateline's commands. Each installs what it needs (into target/tools and
node_modules/, nothing global) and can be run again at once.

  cargo xtask serve     write: the site on http://127.0.0.1:8080, reloading by itself
                        when a story, a style or a component changes
                          --port N     another port
                          --release    as readers will get it (slower to build)
  cargo xtask test      check: format, clippy, tests native and in browsers, release
                        build, byte budgets; ends with `N passed, N failed`
                          PART…        only these: `cargo xtask test native e2e`
                          --deep       at full length, under every path, with the fuzz targets
  cargo xtask build     publish: a release in dist/, ready for any static host
  cargo xtask bench     measure: paint and route changes on a slow phone
                          press [N]    how long press takes for N stories, beside Hugo

First time? `cargo xtask serve` (about five minutes once, seconds after that),
then open public/articles/ and change a word.

More: cargo xtask help all
";

const MORE: &str = "
Less often:

  cargo xtask tools     only install: wasm target, wasm-bindgen, trunk, npm packages,
                        browsers
  cargo xtask corpus N  a site of N generated stories in target/corpus-N, to measure with
                          --into FOLDER   elsewhere
                          --seed NUMBER   other stories
                          --one-page      photos and films without a page of their own
                          --originals     one large file of each picture, for press to
                                          make renditions of
  cargo xtask reproduce builds once more, from clean, in another folder and with another
                        cargo home, and compares every byte with this folder's release
                        (ten minutes and more)
  cargo xtask deny      licences, duplicate versions and known vulnerabilities of all
                        dependencies (compiles cargo-deny once; asks the network)
  cargo xtask finish    never by hand: Trunk's post_build hook. In development it
                        lets press complete the staging directory
                        (TRUNK_STAGING_DIR); in a release it makes one script, one
                        wasm and one style sheet out of Trunk's files, named by
                        their content, and press makes dist/ with them

Plain `trunk serve` works too:
  PATH=\"$PWD/target/tools/bin:$PATH\" trunk serve

Variables: CHROMIUM, CHROMEDRIVER and FIREFOX name the browsers to use, HUGO the Hugo.

Parts of `cargo xtask test`:
";

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    match command(&words) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Runs one command. `Ok(false)` is a run that ended well and found failures.
fn command(words: &[String]) -> Result<bool> {
    let Some((name, arguments)) = words.split_first() else {
        print!("{HELP}");
        return Ok(true);
    };
    let tree = Tree::find()?;
    match name.as_str() {
        "serve" => serve::serve(&tree, &serve::Options::read(arguments)?)?,
        "build" => release::build(&tree)?,
        "test" => return test::test(&tree, arguments),
        "bench" => bench::bench(&tree, arguments)?,
        "corpus" => corpus::corpus(&tree, &corpus::Options::read(arguments)?)?,
        "reproduce" => return reproduce::reproduce(&tree),
        "tools" => tools::ensure(&tree, tools::Need::Browsers)?,
        "deny" => {
            tools::ensure_deny(&tree)?;
            run(
                "cargo deny",
                "licences we may ship, no duplicates, no known vulnerability (deny.toml)",
                tree.command("cargo-deny").arg("check"),
            )?;
        }
        "finish" => release::finish(&tree)?,
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            if arguments.first().is_some_and(|word| word == "all") {
                print!("{MORE}");
                for (part, what) in test::PARTS {
                    println!("  {part:<9} {what}");
                }
            }
        }
        unknown => bail!("there is no command {unknown}; `cargo xtask` lists them"),
    }
    Ok(true)
}
