//! What must be installed, at which version, and how it gets there.
//!
//! Rust tools go to `target/tools`, npm tools to `node_modules/`; nothing global
//! is touched, except Debian's packages (browsers, servers, ffmpeg) when root runs the tests.
//! Everything is checked by asking the tool its version, so that a second run
//! starts at once.

use crate::step::{Tree, capture, run, which};
use anyhow::{Context, Result, bail, ensure};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// Newer releases (0.22) need a newer compiler than the one pinned in
/// rust-toolchain.toml.
const TRUNK: &str = "0.21.14";

/// The tool that writes the JavaScript side must equal the library that wrote
/// the wasm side, to the last digit.
const WASM_BINDGEN: &str = "0.2.130";

/// The licence and dependency checker. Only for `cargo xtask deny`.
const CARGO_DENY: &str = "0.20.2";

/// The oldest Node the npm tools run on.
const NODE_MAJOR: u32 = 20;

/// How much a command needs. Each level holds the ones before it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Building and serving the app while writing it.
    Development,
    /// Plus wasm-opt and esbuild.
    Release,
    /// Plus the browsers.
    Browsers,
}

/// Installs what is missing.
pub fn ensure(tree: &Tree, need: Need) -> Result<()> {
    same_wasm_bindgen(tree)?;
    wasm_target(tree)?;
    // Without --locked: the lock file inside this release names a version that was withdrawn.
    cargo_tool(tree, "wasm-bindgen-cli", "wasm-bindgen", WASM_BINDGEN, &[])?;
    cargo_tool(tree, "trunk", "trunk", TRUNK, &["--locked"])?;
    if need >= Need::Release {
        npm_packages(tree)?;
        wasm_opt(tree)?;
    }
    if need >= Need::Browsers {
        browsers(tree)?;
    }
    Ok(())
}

/// Installs cargo-deny, which takes minutes and needs the network.
pub fn ensure_deny(tree: &Tree) -> Result<()> {
    cargo_tool(tree, "cargo-deny", "cargo-deny", CARGO_DENY, &["--locked"])
}

/// Fails with advice when Cargo.lock has moved to another wasm-bindgen than
/// the tool we install: the mismatch would show as a puzzling error much later.
fn same_wasm_bindgen(tree: &Tree) -> Result<()> {
    let lock = fs::read_to_string(tree.path("Cargo.lock")).context("Cargo.lock cannot be read")?;
    match locked_version(&lock, "wasm-bindgen") {
        // A checkout without the app's dependencies in its lock file is not wrong yet.
        None => Ok(()),
        Some(version) if version == WASM_BINDGEN => Ok(()),
        Some(version) => bail!(
            "Cargo.lock has wasm-bindgen {version}, but crates/xtask/src/tools.rs installs \
             wasm-bindgen-cli {WASM_BINDGEN}; the two must be equal. Change WASM_BINDGEN to \
             {version}, or run `cargo update -p wasm-bindgen --precise {WASM_BINDGEN}`."
        ),
    }
}

/// The version of a package in a Cargo.lock.
fn locked_version<'lock>(lock: &'lock str, package: &str) -> Option<&'lock str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines();
    lines.find(|line| *line == name)?;
    lines
        .next()?
        .strip_prefix("version = \"")?
        .strip_suffix('"')
}

/// The standard library for wasm. rustup would install it by itself from
/// rust-toolchain.toml, unless its automatic installation is switched off.
fn wasm_target(tree: &Tree) -> Result<()> {
    let root = capture(tree.command("rustc").args(["--print", "sysroot"]))?;
    let library = Path::new(root.text.lines().next().unwrap_or_default())
        .join("lib/rustlib/wasm32-unknown-unknown");
    if library.is_dir() {
        return Ok(());
    }
    run(
        "wasm target",
        "Rust's standard library for WebAssembly is missing",
        tree.command("rustup")
            .args(["target", "add", "wasm32-unknown-unknown"]),
    )
}

fn cargo_tool(
    tree: &Tree,
    package: &str,
    binary: &str,
    version: &str,
    flags: &[&str],
) -> Result<()> {
    let installed = tree.tools().join("bin").join(binary);
    if installed.is_file() {
        let answer = capture(tree.command(&installed.to_string_lossy()).arg("--version"))?;
        if answer.text.split_whitespace().any(|word| word == version) {
            return Ok(());
        }
    }
    let build = tree.tools().join("build");
    run(
        &format!("{package} {version}"),
        "a pinned build tool, compiled once into target/tools (some minutes)",
        tree.command("cargo")
            .args(["install", package, "--force", "--version"])
            .arg(format!("={version}"))
            .args(flags)
            .arg("--root")
            .arg(tree.tools())
            .env("CARGO_TARGET_DIR", &build)
            // A tool that runs for seconds need not be as fast as it can be: without this
            // it takes more than twice as long to compile, on everybody's first day.
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_RELEASE_LTO", "false")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            // Flags meant for the app would only make the tool slower to build.
            .env_remove("RUSTFLAGS"),
    )?;
    // Hundreds of megabytes nobody needs again. A failure to delete is no failure.
    let _ = fs::remove_dir_all(build);
    Ok(())
}

/// Installs the npm packages, if the lock file is newer than what is there.
///
/// # Errors
/// When Node is missing or too old, when npm fails, or when `node_modules` is a link:
/// `npm ci` empties the folder first, which would then be somebody else's.
pub fn npm_packages(tree: &Tree) -> Result<()> {
    let version = capture(tree.command("node").arg("--version")).map(|answer| answer.text);
    let major = version.ok().and_then(|text| {
        text.trim()
            .strip_prefix('v')?
            .split('.')
            .next()?
            .parse::<u32>()
            .ok()
    });
    if major.is_none_or(|major| major < NODE_MAJOR) {
        bail!(
            "Node {NODE_MAJOR} or newer is needed for the release build and the tests \
             (Debian: apt-get install nodejs npm). `cargo xtask serve` works without it."
        );
    }
    let wanted = changed(&tree.path("package-lock.json"));
    let present = changed(&tree.path("node_modules/.package-lock.json"));
    if present.is_some() && present >= wanted {
        return Ok(());
    }
    if tree.path("node_modules").is_symlink() {
        bail!(
            "node_modules is a link and what it leads to is older than package-lock.json: \
             install there yourself, or remove the link"
        );
    }
    run(
        "npm packages",
        "wasm-opt, esbuild and the browser test tools, into node_modules/",
        // No install scripts: nothing we use needs one, and none may download a browser.
        tree.command("npm")
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .args(["--loglevel", "error"]),
    )
}

/// When a file last changed.
pub fn changed(path: &Path) -> Option<std::time::SystemTime> {
    fs::metadata(path).ok()?.modified().ok()
}

/// Puts npm's wasm-opt where Trunk looks for it. Trunk's own download comes from
/// one host that is not reachable everywhere, and Debian's wasm-opt is too old
/// for today's Rust.
fn wasm_opt(tree: &Tree) -> Result<()> {
    let launcher = tree.tools().join("bin/wasm-opt");
    if launcher.exists() {
        return Ok(());
    }
    let target = Path::new("../../../node_modules/binaryen/bin/wasm-opt");
    // A dangling link from an older checkout would make the next line fail.
    let _ = fs::remove_file(&launcher);
    link(target, &launcher).context("wasm-opt could not be put into target/tools/bin")
}

#[cfg(unix)]
fn link(target: &Path, launcher: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(target, launcher)
}

#[cfg(not(unix))]
fn link(_: &Path, _: &Path) -> std::io::Result<()> {
    Err(std::io::Error::other(
        "links work on Unix only; put binaryen's wasm-opt on your PATH",
    ))
}

/// The browsers the tests drive.
pub struct Browsers {
    pub chromium: PathBuf,
    pub chromedriver: PathBuf,
    pub firefox: PathBuf,
}

/// Looks for the browsers, `CHROMIUM`, `CHROMEDRIVER` and `FIREFOX` first.
/// `None` where one is missing.
pub fn find_browsers() -> Option<Browsers> {
    Some(Browsers {
        chromium: find(
            "CHROMIUM",
            &["chromium", "chromium-browser", "google-chrome"],
        )?,
        chromedriver: find("CHROMEDRIVER", &["chromedriver"])?,
        firefox: find("FIREFOX", &["firefox-esr", "firefox"])?,
    })
}

fn find(variable: &str, names: &[&str]) -> Option<PathBuf> {
    env::var_os(variable)
        .map(PathBuf::from)
        .or_else(|| names.iter().find_map(|name| which(name)))
}

fn browsers(tree: &Tree) -> Result<()> {
    if find_browsers().is_some() {
        return Ok(());
    }
    const PACKAGES: [&str; 3] = ["chromium", "chromium-driver", "firefox-esr"];
    if !may_install(tree) {
        bail!(
            "the tests need Chromium, its driver and Firefox. On Debian: sudo apt-get install {}. \
             Elsewhere install them and set CHROMIUM, CHROMEDRIVER and FIREFOX to their paths.",
            PACKAGES.join(" ")
        );
    }
    install(tree, "the tests run in real browsers", &PACKAGES)?;
    match find_browsers() {
        Some(_) => Ok(()),
        None => bail!("apt-get succeeded but a browser is still not on the PATH"),
    }
}

/// Hugo, which `cargo xtask bench press` is measured beside.
pub fn hugo(tree: &Tree) -> Result<PathBuf> {
    if let Some(program) = find("HUGO", &["hugo"]) {
        return Ok(program);
    }
    if !may_install(tree) {
        bail!(
            "Hugo is not there. On Debian: sudo apt-get install hugo. Elsewhere install it and \
             set HUGO to its path, or measure press alone with --without-hugo."
        );
    }
    install(tree, "press is measured beside Hugo", &["hugo"])?;
    find("HUGO", &["hugo"]).context("apt-get succeeded but hugo is still not on the PATH")
}

/// WebKitGTK's driver, which brings its small browser, and a screen for it.
pub fn webkit(tree: &Tree) -> Result<()> {
    let is_there = || which("WebKitWebDriver").is_some() && which("Xvfb").is_some();
    const PACKAGES: [&str; 2] = ["webkit2gtk-driver", "xvfb"];
    if is_there() {
        return Ok(());
    }
    if !may_install(tree) {
        bail!(
            "the tests in WebKit need its driver and a screen. On Debian: sudo apt-get install {}. \
             Elsewhere name the other parts: cargo xtask test e2e firefox …",
            PACKAGES.join(" ")
        );
    }
    install(tree, "the site is opened in WebKit too", &PACKAGES)?;
    ensure!(
        is_there(),
        "apt-get succeeded but WebKitWebDriver or Xvfb is still not on the PATH"
    );
    Ok(())
}

/// nginx and Caddy, which are set up with the files that press writes for them.
pub fn servers(tree: &Tree) -> Result<()> {
    let is_there = || {
        let nginx = which("nginx").is_some() || Path::new("/usr/sbin/nginx").is_file();
        nginx && which("caddy").is_some()
    };
    const PACKAGES: [&str; 3] = ["nginx", "libnginx-mod-http-brotli-static", "caddy"];
    if is_there() {
        return Ok(());
    }
    if !may_install(tree) {
        bail!(
            "the tests of hosts need nginx and Caddy. On Debian: sudo apt-get install {}.",
            PACKAGES.join(" ")
        );
    }
    install(
        tree,
        "the files of hosts are tried with real servers",
        &PACKAGES,
    )?;
    if is_there() {
        Ok(())
    } else {
        bail!("apt-get succeeded but nginx or caddy is still not there")
    }
}

/// ffmpeg, which makes the old films that the tests convert, and converts them.
pub fn ffmpeg(tree: &Tree) -> Result<()> {
    let is_there = || which("ffmpeg").is_some() && which("ffprobe").is_some();
    if is_there() {
        return Ok(());
    }
    if !may_install(tree) {
        bail!(
            "the tests of old films need ffmpeg, with libx264. On Debian: sudo apt-get install \
             ffmpeg."
        );
    }
    install(tree, "old films are made and converted", &["ffmpeg"])?;
    if is_there() {
        Ok(())
    } else {
        bail!("apt-get succeeded but ffmpeg is still not on the PATH")
    }
}

/// Whether this is Debian or its like, and we are root.
fn may_install(tree: &Tree) -> bool {
    which("apt-get").is_some()
        && capture(tree.command("id").arg("-u")).is_ok_and(|answer| answer.text.trim() == "0")
}

/// Installs Debian packages.
fn install(tree: &Tree, why: &str, packages: &[&str]) -> Result<()> {
    run(
        "package list",
        "apt must know today's versions",
        tree.command("apt-get").args(["update", "-qq"]),
    )?;
    run(
        &format!("packages {}", packages.join(" ")),
        &format!("{why}; Debian's, since you are root"),
        tree.command("apt-get")
            .args(["install", "-y", "-qq", "--no-install-recommends"])
            .args(packages)
            .env("DEBIAN_FRONTEND", "noninteractive")
            // A package of a server would start it at once; nobody wants that here.
            .env("RUNLEVEL", "1"),
    )
}

#[cfg(test)]
mod tests {
    use super::locked_version;

    const LOCK: &str = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.2.1\"\n\n\
                        [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";

    #[test]
    fn the_locked_version_is_that_of_the_package_and_not_of_one_with_a_longer_name() {
        assert_eq!(locked_version(LOCK, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(LOCK, "serde"), None);
    }
}
