//! The release's files: one script, one wasm, one style sheet, each named by the
//! hash of its final bytes; and of the sheet what is seen first, for the pages.
//!
//! Trunk names files by what cargo produced, before wasm-opt: another wasm-opt
//! level then changes the bytes and not the name, which poisons caches that were
//! told `immutable`. And Trunk's inline loader would need a hash in the site's
//! security policy at every build. So its files are taken apart here and its
//! index.html is thrown away; press writes the pages.

mod style;

use crate::step::{Tree, announce, capture};
use anyhow::{Context, Result, bail};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256, Sha384};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
};
use style::{Style, stylesheets};

/// The oldest browsers that run the app; older ones read the snapshot. The floor
/// is `'wasm-unsafe-eval'` and cascade layers, with some room.
const TARGETS: &str = "--target=chrome105,safari16,firefox110";

/// Ways to turn text into markup or code. The site's policy (`trusted-types
/// 'none'`) makes the browser refuse them, so one left in would be a crash.
/// Leptos writes `innerHTML` for a `view!` subtree that is fully static: make
/// one of its texts an expression.
const FORBIDDEN: [&str; 6] = [
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "document.write",
    "eval(",
    "new Function",
];

/// Turns what Trunk staged into `assets/` and `version.json`.
pub fn bundle(tree: &Tree, staging: &Path) -> Result<()> {
    announce(
        "bundle",
        "one script, one wasm and one style sheet, named by their content",
    );
    let page = read(&staging.join("index.html"))?;
    let glue = only(staging, ".js")?;
    let wasm = only(staging, "_bg.wasm")?;
    let sheets: Vec<PathBuf> = stylesheets(&page)
        .into_iter()
        .map(|href| staging.join(href))
        .collect();
    let assets = staging.join("assets");
    fs::create_dir_all(&assets).context("assets/ cannot be made")?;

    let mut wasm_bytes = fs::read(&wasm).with_context(|| wasm.display().to_string())?;
    forget_the_folder(&mut wasm_bytes);
    let wasm_file = Asset::write(&assets, "app", "wasm", &wasm_bytes)?;
    let style = Style::of(tree, &sheets)?;
    let style_file = Asset::write(&assets, "style", "css", style.sheet.as_bytes())?;
    let faces_file = Asset::write(&assets, "faces", "css", style.faces.as_bytes())?;
    let first_file = Asset::write(&assets, "first", "css", style.first.as_bytes())?;

    let stream = stream(tree)?;
    refuse_sinks("stream.js", &stream)?;
    let stream_file = Asset::write(&assets, "stream", "js", stream.as_bytes())?;

    // The script holds the build's name, so that name cannot contain the hash of
    // the script: it is made of everything the script is made of.
    let boot = tree.path("boot/boot.js");
    let mut build = Sha256::new();
    let parts: [&[u8]; 4] = [
        &wasm_bytes,
        style.sheet.as_bytes(),
        style.first.as_bytes(),
        stream.as_bytes(),
    ];
    for part in parts {
        build.update(part);
    }
    build.update(read(&glue)?);
    build.update(read(&boot)?);
    let build = short(&build.finalize());

    let script = script(tree, &boot, &glue, [&wasm_file, &stream_file], &build)?;
    refuse_sinks("the script", &script)?;
    let script_file = Asset::write(&assets, "boot", "js", script.as_bytes())?;

    let list = serde_json::json!({
        "boot": script_file.json(),
        "wasm": wasm_file.json(),
        "style": style_file.json(),
        "faces": faces_file.json(),
        "first": first_file.json(),
        // press leaves it out where no story has a stream.
        "stream": stream_file.json(),
        "build": build,
    });
    fs::write(assets.join("assets.json"), format!("{list:#}\n"))?;
    // What the app cannot start without, for readers who asked for it to be kept.
    let kept = [&script_file, &wasm_file, &style_file, &faces_file].map(Asset::json);
    let worker = worker(tree, &serde_json::json!(kept), &build)?;
    fs::write(staging.join("sw.js"), worker)?;
    let version = serde_json::json!({ "build": build });
    fs::write(staging.join("version.json"), format!("{version}\n"))?;

    // What was replaced. Snippets are scripts of libraries, now inside ours.
    for leftover in sheets
        .iter()
        .chain([&glue, &wasm, &staging.join("index.html")])
    {
        fs::remove_file(leftover).with_context(|| leftover.display().to_string())?;
    }
    let snippets = staging.join("snippets");
    if snippets.is_dir() {
        fs::remove_dir_all(snippets)?;
    }
    Ok(())
}

/// Writes zeros for the sixteen digits by which wasm_split_helpers names an export of its
/// own: they are a hash of the folder it was compiled in, and nothing reads them. The
/// program's bytes are then the same wherever it was built.
fn forget_the_folder(wasm: &mut [u8]) {
    const MARKER: &[u8] = b"_WASM_SPLIT_MARKER_";
    const DIGITS: usize = 16;
    let mut from = 0;
    while let Some(rest) = wasm.get_mut(from..) {
        let Some(at) = rest.windows(MARKER.len()).position(|part| part == MARKER) else {
            return;
        };
        let digits = at + MARKER.len();
        if let Some(hash) = rest.get_mut(digits..digits + DIGITS) {
            hash.fill(b'0');
        }
        from += digits;
    }
}

/// A file in `assets/`, and what a page needs to load it.
struct Asset {
    name: String,
    integrity: String,
}

impl Asset {
    fn write(folder: &Path, stem: &str, extension: &str, bytes: &[u8]) -> Result<Self> {
        let name = format!("{stem}-{}.{extension}", short(&Sha256::digest(bytes)));
        fs::write(folder.join(&name), bytes).with_context(|| name.clone())?;
        Ok(Self {
            name,
            integrity: format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes))),
        })
    }

    fn json(&self) -> serde_json::Value {
        serde_json::json!({
            "href": format!("assets/{}", self.name),
            "integrity": self.integrity,
        })
    }
}

/// Sixteen hexadecimal digits: enough that two builds never meet.
fn short(hash: &[u8]) -> String {
    hash.iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

/// The one file of Trunk's at the top of the staging directory with this ending.
fn only(staging: &Path, ending: &str) -> Result<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(staging).context("the staging directory cannot be read")? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("dateline-") && name.ends_with(ending) {
            found.push(entry.path());
        }
    }
    match found.len() {
        1 => found.pop().context("one was counted"),
        count => bail!(
            "Trunk should have staged one dateline-*{ending} in {}, not {count}",
            staging.display()
        ),
    }
}

/// Our boot code and the wasm-bindgen glue as one module.
fn script(
    tree: &Tree,
    boot: &Path,
    glue: &Path,
    [wasm, stream]: [&Asset; 2],
    build: &str,
) -> Result<String> {
    bundled(
        tree,
        &[
            "--format=esm",
            // The glue asks for its wasm by a relative URL only when none is given.
            "--log-override:empty-import-meta=silent",
            &format!("--alias:glue={}", glue.display()),
            &format!("--define:WASM_FILE={:?}", wasm.name),
            &format!("--define:WASM_INTEGRITY={:?}", wasm.integrity),
            &format!("--define:STREAM_FILE={:?}", stream.name),
            &format!("--define:STREAM_INTEGRITY={:?}", stream.integrity),
            &format!("--define:BUILD={build:?}"),
            &boot.to_string_lossy(),
        ],
    )
}

/// What plays streams where a browser does not: a module of its own, loaded when a
/// reader asks for such a film.
fn stream(tree: &Tree) -> Result<String> {
    bundled(
        tree,
        &[
            "--format=esm",
            "--banner:js=/* With hls.js, Apache-2.0, https://github.com/video-dev/hls.js */",
            &tree.path("boot/stream.js").to_string_lossy(),
        ],
    )
}

/// The service worker as one classic script: no engine here runs modules in its place.
fn worker(tree: &Tree, kept: &serde_json::Value, build: &str) -> Result<String> {
    bundled(
        tree,
        &[
            "--format=iife",
            &format!("--define:ASSETS={kept}"),
            &format!("--define:BUILD={build:?}"),
            &tree.path("boot/worker.js").to_string_lossy(),
        ],
    )
}

/// Scripts with all they import, as small as they go, for the browsers we serve.
fn bundled(tree: &Tree, arguments: &[&str]) -> Result<String> {
    let mut all = vec!["--bundle", "--minify", "--charset=utf8"];
    all.extend(["--legal-comments=none", TARGETS]);
    all.extend(arguments);
    esbuild(tree, &all)
}

fn esbuild(tree: &Tree, arguments: &[&str]) -> Result<String> {
    let output = tree
        .command("esbuild")
        .args(arguments)
        .args(["--log-level=warning", "--color=false"])
        .stdin(Stdio::null())
        .output()
        .context("esbuild could not be started")?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        bail!("esbuild failed:\n{said}");
    }
    if !said.trim().is_empty() {
        bail!("esbuild warns, and a warning here reaches every reader:\n{said}");
    }
    String::from_utf8(output.stdout).context("esbuild printed something that is not UTF-8")
}

fn refuse_sinks(name: &str, script: &str) -> Result<()> {
    if let Some(sink) = forbidden(script) {
        bail!(
            "{name} contains `{sink}`, which the site's security policy forbids. A fully \
             static `view!` subtree does this: write one of its texts as an expression, {{\"…\"}}."
        );
    }
    Ok(())
}

/// The first forbidden way into the document that a script contains.
fn forbidden(script: &str) -> Option<&'static str> {
    FORBIDDEN.into_iter().find(|sink| {
        script.match_indices(sink).any(|(at, _)| {
            // `retrieval(` is not `eval(`.
            let before = script.get(..at).and_then(|text| text.chars().next_back());
            *sink != "eval(" || !before.is_some_and(|letter| letter.is_alphanumeric())
        })
    })
}

/// Brotli sizes (quality 11) of files, in the order given. By Node, whose
/// brotli is compiled already.
pub fn brotli_sizes(tree: &Tree, files: &[PathBuf]) -> Result<Vec<u64>> {
    const PROGRAM: &str = "const zlib = require('zlib'), fs = require('fs'); \
        for (const file of process.argv.slice(1)) \
        console.log(zlib.brotliCompressSync(fs.readFileSync(file)).length)";
    let answer = capture(tree.command("node").args(["-e", PROGRAM]).args(files))?;
    let sizes: Vec<u64> = answer
        .text
        .lines()
        .filter_map(|line| line.trim().parse().ok())
        .collect();
    if !answer.success || sizes.len() != files.len() {
        bail!("the sizes could not be measured:\n{}", answer.text);
    }
    Ok(sizes)
}

#[cfg(test)]
mod tests {
    use super::{forbidden, forget_the_folder};

    #[test]
    fn two_folders_leave_the_same_bytes_and_the_others_are_as_they_were() {
        let compiled = |hash| format!("\0*_WASM_SPLIT_MARKER_{hash}version\u{1}").into_bytes();
        let (mut here, mut there) = (compiled("732e786d2a082da8"), compiled("02575db269933a55"));
        forget_the_folder(&mut here);
        forget_the_folder(&mut there);
        assert_eq!(here, there);
        assert_eq!(here, compiled("0000000000000000"));
        let mut cut_off = b"_WASM_SPLIT_MARKER_1".to_vec();
        forget_the_folder(&mut cut_off);
        assert_eq!(cut_off, b"_WASM_SPLIT_MARKER_1");
    }

    #[test]
    fn a_sink_is_named_and_a_word_that_ends_like_one_is_not() {
        assert_eq!(forbidden("x.innerHTML=y"), Some("innerHTML"));
        assert_eq!(forbidden("(0,eval(x))"), Some("eval("));
        assert_eq!(forbidden("retrieval(x)"), None);
    }
}
