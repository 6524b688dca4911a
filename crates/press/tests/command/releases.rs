//! Two releases of one site, as real builds, and what a reader may ask of either.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;
use tempfile::TempDir;

use crate::newsroom::{copy, files_of, picture};
use crate::snapshots;

pub struct Releases {
    folder: TempDir,
}

impl Releases {
    /// From the first to the second the program has other names, one story is
    /// changed, one is gone, and one comes with a new picture.
    pub fn build() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let newsroom = snapshots::newsroom();
        snapshots::boat_with_film(&newsroom);
        newsroom.story("en", "gone", json!({ "aliases": ["/old/gone.html"] }));
        newsroom.story("fr", "القارب", json!({}));
        for name in ["a", "b"] {
            let assets = newsroom.root().join("app/assets");
            let _ = fs::remove_dir_all(&assets);
            for (file, text) in [
                (format!("style-{name}.css"), "p { margin: 0 }\n"),
                (format!("boot-{name}.js"), "let ferry = 1;\n"),
                (format!("app-{name}.wasm"), "\0asm and more\n"),
            ] {
                newsroom.write(&format!("app/assets/{file}"), text.repeat(200));
            }
            let asset = |file: &str| {
                json!({
                    "href": format!("assets/{file}"),
                    "integrity": integrity(&fs::read(assets.join(file)).unwrap()),
                })
            };
            newsroom.write(
                "app/assets/assets.json",
                json!({
                    "boot": asset(&format!("boot-{name}.js")),
                    "wasm": asset(&format!("app-{name}.wasm")),
                    "style": asset(&format!("style-{name}.css")),
                    "build": name,
                })
                .to_string(),
            );
            newsroom.write("app/version.json", json!({ "build": name }).to_string());
            snapshots::build(&newsroom).ends_with(0);
            copy(&newsroom.dist(), &folder.path().join(name));
            // For the second release.
            newsroom.story("en", "first", json!({ "headline": "Another headline" }));
            fs::remove_file(newsroom.root().join("public/articles/en/gone.json")).unwrap_or(());
            newsroom.media("sail.jpg");
            newsroom.story(
                "en",
                "fresh",
                json!({
                    "aliases": ["/old/fresh.html"],
                    "leadMedia": { "type": "image", "image": picture("sail", &["sail.jpg"]) },
                }),
            );
        }
        Self { folder }
    }

    pub fn older(&self) -> PathBuf {
        self.folder.path().join("a")
    }

    pub fn newer(&self) -> PathBuf {
        self.folder.path().join("b")
    }
}

fn integrity(bytes: &[u8]) -> String {
    use base64::Engine as _;
    use sha2::Digest as _;
    let hash = sha2::Sha384::digest(bytes);
    format!(
        "sha384-{}",
        base64::engine::general_purpose::STANDARD.encode(hash)
    )
}

/// The files of a target, without the record of the upload.
pub fn uploaded(target: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = files_of(target);
    files.remove(".press-deploy.json");
    files
}

/// Every page that is there is whole, and every file that it names below the folders
/// a page needs is there too. Gives how many such names there were.
#[track_caller]
pub fn assert_readable(target: &Path, when: &str) -> usize {
    let files = uploaded(target);
    let mut named = 0;
    for (path, page) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = String::from_utf8(page.clone()).unwrap();
        assert!(
            page.trim_end().ends_with("</html>"),
            "{when}: {path} is not whole"
        );
        for folder in ["assets/", "media/", "data/v1/", "articles/", "i18n/"] {
            for (at, _) in page.match_indices(folder) {
                // The beginning of an address, not a word of a sentence.
                if !page[..at].ends_with(['/', '"']) {
                    continue;
                }
                let rest = &page[at..];
                let end = rest
                    .find(|c: char| c.is_whitespace() || "\"'<>)&,?#\\".contains(c))
                    .unwrap_or(rest.len());
                let name = &rest[..end];
                assert!(
                    files.contains_key(name),
                    "{when}: {path} needs {name}, which is not there"
                );
                named += 1;
            }
        }
    }
    named
}
