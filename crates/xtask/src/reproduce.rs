//! `cargo xtask reproduce`: the same sources give the same bytes, wherever and after
//! whatever they are built.
//!
//! This folder's release, made of what earlier builds have left, is compared with one
//! made from nothing, in another folder and with another cargo home. A path or a time
//! in a file, an order by chance, a leftover: each shows as a file that differs.

use crate::{
    release,
    step::{Tree, announce, capture},
    tools,
};
use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// What is compared: the site, and the app it was made of.
const COMPARED: [&str; 2] = ["dist", "target/trunk"];
/// Left out: it also has what earlier builds have left. The app's own is compared.
const LEFT_OUT: &str = "dist/assets/";

/// Builds twice and compares. `Ok(true)` if all bytes are the same.
pub fn reproduce(tree: &Tree) -> Result<bool> {
    release::build(tree)?;
    // Longer than this one's, so that a path in a file moves what stands after it.
    let place = tree.path("target/reproduce/in-another-place");
    if place.exists() {
        fs::remove_dir_all(&place).context("the last copy cannot be removed")?;
    }
    let copy = Tree {
        root: place.join("dateline"),
    };
    copy_sources(tree, &copy)?;
    release::trunk_build_from(&copy, &another_home(&place)?)?;
    let mut differ = 0;
    for folder in COMPARED {
        let [here, there] = [tree, &copy].map(|tree| hashes(&tree.path(folder)));
        let (here, there) = (here?, there?);
        let mut paths: Vec<&String> = here.keys().chain(there.keys()).collect();
        paths.sort_unstable();
        paths.dedup();
        paths.retain(|path| !format!("{folder}/{path}").starts_with(LEFT_OUT));
        for path in &paths {
            if here.get(*path) != there.get(*path) {
                println!("differs: {folder}/{path}");
                differ += 1;
            }
        }
        println!("{folder}: {} files compared", paths.len());
    }
    if differ == 0 {
        fs::remove_dir_all(tree.path("target/reproduce"))?;
    }
    println!("{differ} files differ");
    Ok(differ == 0)
}

/// Copies what git knows or would know. The Rust tools are shared.
fn copy_sources(tree: &Tree, copy: &Tree) -> Result<()> {
    announce("copy", "the sources, to a folder where nothing was built");
    let files = capture(tree.command("git").args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]))?;
    if !files.success {
        bail!("git does not list the sources:\n{}", files.text);
    }
    for path in files.text.split('\0').filter(|path| !path.is_empty()) {
        let (from, to) = (tree.path(path), copy.path(path));
        // A file that was removed and not yet committed.
        if !from.is_file() {
            continue;
        }
        let folder = to.parent().context("a file has a folder")?;
        fs::create_dir_all(folder)?;
        fs::copy(&from, &to).with_context(|| path.to_owned())?;
    }
    fs::create_dir_all(copy.path("target"))?;
    link(&tree.tools(), &copy.tools())?;
    // Packages of its own: `npm ci` empties the folder first, and would do that to what a
    // link leads to.
    tools::npm_packages(copy)
}

/// A cargo home of another name with the same sources of dependencies in it.
fn another_home(place: &Path) -> Result<PathBuf> {
    let home = release::cargo_home().context("there is no cargo home")?;
    let another = place.join("home-of-somebody-else");
    fs::create_dir_all(&another)?;
    for entry in fs::read_dir(&home).with_context(|| home.display().to_string())? {
        let entry = entry?;
        link(&entry.path(), &another.join(entry.file_name()))?;
    }
    Ok(another)
}

/// The hash of every file below a folder, by its path there.
fn hashes(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(next) = waiting.pop() {
        for entry in fs::read_dir(&next).with_context(|| next.display().to_string())? {
            let path = entry?.path();
            if path.is_dir() {
                waiting.push(path);
                continue;
            }
            let name = path.strip_prefix(folder)?.to_string_lossy().into_owned();
            found.insert(name, Sha256::digest(fs::read(&path)?).to_vec());
        }
    }
    if found.is_empty() {
        bail!("{} is empty", folder.display());
    }
    Ok(found)
}

#[cfg(unix)]
fn link(from: &Path, to: &Path) -> Result<()> {
    std::os::unix::fs::symlink(from, to).with_context(|| to.display().to_string())
}

#[cfg(not(unix))]
fn link(_: &Path, to: &Path) -> Result<()> {
    bail!("{}: reproducing a build needs symbolic links", to.display())
}

#[cfg(test)]
mod tests {
    use super::hashes;
    use std::fs;

    #[test]
    fn a_file_in_a_folder_is_named_by_its_path_and_an_empty_folder_is_no_site() {
        let folder = std::env::temp_dir().join(format!("dateline-hashes-{}", std::process::id()));
        fs::create_dir_all(folder.join("en")).unwrap();
        assert!(hashes(&folder).is_err());
        fs::write(folder.join("en/index.html"), "a").unwrap();
        let names: Vec<String> = hashes(&folder).unwrap().into_keys().collect();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(names, ["en/index.html"]);
    }
}
