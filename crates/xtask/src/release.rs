//! `cargo xtask build`: a release `dist/`, ready to upload. And `finish`, the
//! part of it that Trunk calls back.

use crate::{
    budget, bundle,
    step::{Tree, run},
    tools::{self, Need, changed},
};
use anyhow::{Context, Result, bail};
use std::{
    env, fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// The built site.
const SITE: &str = "dist";
/// Whatever press can do: pages, pictures in every size, uploads.
pub const PRESS: &str = "snapshots,media,deploy";

/// Installs what is missing, builds, and prints the byte budgets.
pub fn build(tree: &Tree) -> Result<()> {
    tools::ensure(tree, Need::Release)?;
    trunk_build(tree)?;
    budget::print(&budget::measure(tree)?);
    Ok(())
}

pub fn trunk_build(tree: &Tree) -> Result<()> {
    let home = cargo_home().context("there is no cargo home")?;
    trunk_build_from(tree, &home)
}

/// The same with the dependencies of a certain cargo home.
pub fn trunk_build_from(tree: &Tree, home: &Path) -> Result<()> {
    run(
        "trunk build --release",
        "compiles the app to wasm, shrinks it, then writes the site into dist/",
        tree.command("trunk")
            .args(["build", "--release"])
            .env("CARGO_HOME", home)
            .env(
                "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
                remapped(home),
            ),
    )
}

/// The press of a release, as `trunk build --release` has made it or would.
pub fn press(tree: &Tree) -> Result<PathBuf> {
    run(
        "press",
        "the program of the release",
        tree.command("cargo")
            .args(["build", "--quiet", "--release", "--package", "press"])
            .args(["--features", PRESS]),
    )?;
    Ok(tree.path("target/release/press"))
}

/// Where cargo keeps the sources of dependencies.
pub fn cargo_home() -> Option<PathBuf> {
    env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(env::home_dir()?.join(".cargo")))
}

/// The flags that keep this machine's folders out of the program: a panic names the
/// file it happened in, and those of dependencies lie in cargo's home. The program's
/// bytes would be others in another home.
fn remapped(home: &Path) -> String {
    let registries = fs::read_dir(home.join("registry/src")).ok();
    let mut flags: Vec<String> = registries
        .into_iter()
        .flatten()
        .flatten()
        // Cargo splits these flags at spaces.
        .filter_map(|entry| entry.path().to_str().map(String::from))
        .filter(|path| !path.contains(' '))
        .map(|path| format!("--remap-path-prefix={path}=crates"))
        .collect();
    flags.sort_unstable();
    flags.join(" ")
}

/// Builds only when a source is newer than the last release.
pub fn build_if_stale(tree: &Tree) -> Result<()> {
    const SOURCES: [&str; 11] = [
        "src",
        "style",
        "public",
        "crates",
        "boot",
        "i18n",
        "index.html",
        "Trunk.toml",
        "Cargo.toml",
        "Cargo.lock",
        "package-lock.json",
    ];
    tools::ensure(tree, Need::Release)?;
    let built = changed(&tree.path("target/trunk/version.json"));
    let newest = SOURCES
        .iter()
        .filter_map(|source| newest(&tree.path(source)))
        .max();
    if built.is_some() && built >= newest {
        return Ok(());
    }
    trunk_build(tree)
}

/// The latest change below a path.
fn newest(path: &Path) -> Option<SystemTime> {
    if !path.is_dir() {
        return changed(path);
    }
    fs::read_dir(path)
        .ok()?
        .filter_map(|entry| newest(&entry.ok()?.path()))
        .max()
}

/// Trunk's post_build hook, called before Trunk puts its staging directory in place.
/// In development press completes that directory. For a release it holds the app, and
/// press makes the site of it beside `dist/`: an error leaves the old one untouched.
pub fn finish(tree: &Tree) -> Result<()> {
    let staging = env::var_os("TRUNK_STAGING_DIR")
        .map(PathBuf::from)
        .context("`finish` is called by Trunk, which sets TRUNK_STAGING_DIR")?;
    let mut press = tree.command("cargo");
    press.args(["run", "--quiet", "--package", "press"]);
    match env::var("TRUNK_PROFILE").as_deref() {
        Ok("release") => {
            // Plain `trunk build --release` comes here too, with or without the tools.
            tools::ensure(tree, Need::Release)?;
            bundle::bundle(tree, &staging)?;
            press
                .args(["--release", "--features", PRESS, "--", "build"])
                .arg("--into")
                .arg(tree.path(SITE))
                .arg("--app")
                .arg(&staging);
            run(
                "press build",
                "checks the stories, makes their pictures ready, writes lists and every page",
                &mut press,
            )
        }
        Ok("debug") => {
            // A broken story must not keep the writer from seeing the others.
            press
                .args(["--", "build", "--into"])
                .arg(&staging)
                .arg("--keep-going");
            let status = press.status().context("press could not be started")?;
            if !status.success() {
                bail!("press build failed ({status})");
            }
            Ok(())
        }
        other => bail!("TRUNK_PROFILE should be debug or release, not {other:?}"),
    }
}
