//! A newsroom in a temporary folder, and what press says of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

pub struct Newsroom {
    folder: TempDir,
}

/// What a run of press left behind.
pub struct Run {
    pub code: i32,
    /// Everything it said, on whichever stream.
    pub said: String,
}

impl Newsroom {
    /// A site in English and French with one sound story, `en/first`.
    pub fn new() -> Self {
        let newsroom = Self::bare();
        newsroom.write(
            "public/site.json",
            json!({
                "name": "The Test Gazette",
                "baseUrl": "https://gazette.example/",
                "languages": ["en", "fr"],
                "defaultLanguage": "en",
            })
            .to_string(),
        );
        newsroom.story("en", "first", json!({}));
        newsroom
    }

    /// A folder with nothing in it.
    pub fn bare() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn dist(&self) -> PathBuf {
        self.root().join("dist")
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let file = self.root().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    /// Puts a real picture or film below `public/media/`, from the sample newsroom's.
    pub fn media(&self, name: &str) {
        let sample = match name.rsplit('.').next().unwrap() {
            "jpg" | "JPG" => "red-boat/480.jpg",
            "mp4" => "paper-boats-film/360.mp4",
            "mp3" => "fog-shore-sound/shore.mp3",
            "vtt" => "paper-boats-film/en.vtt",
            _ => "",
        };
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/media");
        let bytes = if sample.is_empty() {
            Vec::new()
        } else {
            fs::read(samples.join(sample)).unwrap()
        };
        self.write(&format!("public/media/{name}"), bytes);
    }

    /// Writes a sound story, changed by the given fields; `null` takes one away.
    pub fn story(&self, language: &str, slug: &str, change: Value) {
        self.article("articles", language, slug, change);
    }

    pub fn page(&self, language: &str, slug: &str, change: Value) {
        self.article("pages", language, slug, change);
    }

    fn article(&self, folder: &str, language: &str, slug: &str, change: Value) {
        let mut article = json!({
            "schemaVersion": "1.0",
            "id": format!("urn:test:{folder}:{language}:{slug}"),
            "slug": slug,
            "language": language,
            "headline": format!("The story called {slug}"),
            "datePublished": "2024-05-06T07:08:09Z",
            "body": [{ "type": "paragraph", "content": "It happened." }],
        });
        for (name, value) in change.as_object().unwrap() {
            match value {
                Value::Null => article.as_object_mut().unwrap().remove(name),
                value => article
                    .as_object_mut()
                    .unwrap()
                    .insert(name.clone(), value.clone()),
            };
        }
        let path = format!("public/{folder}/{language}/{slug}.json");
        self.write(&path, serde_json::to_string_pretty(&article).unwrap());
    }

    /// Copies `public/` into `dist/`, as Trunk does before press is called.
    pub fn copy_as_trunk_does(&self) {
        copy(&self.root().join("public"), &self.dist());
    }

    pub fn check(&self) -> Run {
        self.press(&["check"])
    }

    pub fn build(&self) -> Run {
        self.press(&["build", "--into", self.dist().to_str().unwrap()])
    }

    pub fn build_keeping_going(&self) -> Run {
        let dist = self.dist();
        self.press(&["build", "--into", dist.to_str().unwrap(), "--keep-going"])
    }

    /// Runs press on this newsroom, at a fixed moment unless another is named.
    pub fn press(&self, arguments: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_press"));
        command.args(arguments).arg("--root").arg(self.root());
        if !arguments.contains(&"--as-of") {
            command.args(["--as-of", "2026-01-01"]);
        }
        run(&mut command)
    }

    /// Every file of the built site with its bytes.
    pub fn built(&self) -> BTreeMap<String, Vec<u8>> {
        files_of(&self.dist())
    }

    pub fn built_json(&self, path: &str) -> Value {
        let text = fs::read_to_string(self.dist().join(path)).unwrap();
        serde_json::from_str(&text).unwrap()
    }

    /// The slugs in the head of an edition, newest first.
    pub fn listed(&self, language: &str) -> Vec<String> {
        self.built_json(&format!("data/v1/{language}/head.json"))["cards"]
            .as_array()
            .unwrap()
            .iter()
            .map(|card| card["slug"].as_str().unwrap().to_owned())
            .collect()
    }

    /// Asserts that a word is nowhere in the built site: in no file, in no name.
    pub fn assert_nowhere(&self, word: &str) {
        for (path, bytes) in self.built() {
            assert!(!path.contains(word), "“{word}” names {path}");
            let text = String::from_utf8_lossy(&bytes).into_owned();
            assert!(!text.contains(word), "“{word}” is in {path}: {text}");
        }
    }
}

impl Run {
    /// Asserts each of the given pieces is in what was said.
    #[track_caller]
    pub fn says(&self, pieces: &[&str]) -> &Self {
        for piece in pieces {
            assert!(self.said.contains(piece), "no “{piece}” in:\n{}", self.said);
        }
        self
    }

    #[track_caller]
    pub fn does_not_say(&self, piece: &str) -> &Self {
        assert!(!self.said.contains(piece), "“{piece}” in:\n{}", self.said);
        self
    }

    #[track_caller]
    pub fn ends_with(&self, code: i32) -> &Self {
        assert_eq!(self.code, code, "{}", self.said);
        self
    }
}

pub fn run(command: &mut Command) -> Run {
    let output = command.output().unwrap();
    let mut said = String::from_utf8(output.stderr).unwrap();
    said.push_str(&String::from_utf8(output.stdout).unwrap());
    Run {
        code: output.status.code().unwrap(),
        said,
    }
}

/// Every file below a folder with its bytes.
pub fn files_of(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    collect(folder, folder, &mut files);
    files
}

pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap();
            files.insert(name.to_owned(), fs::read(&path).unwrap());
        }
    }
}

/// A picture with one file below `/media/`: its original, of which press makes the
/// renditions.
pub fn original(id: &str, file: &str) -> Value {
    let file = json!({ "href": format!("/media/{file}"), "contentType": "image/jpeg" });
    json!({ "id": id, "alt": "A boat", "renditions": [file] })
}

/// An image block's picture, in files of the given names below `/media/`. A single one
/// is named in two sizes: by itself it would be an [`original`].
pub fn picture(id: &str, files: &[&str]) -> Value {
    let mut renditions: Vec<Value> = Vec::new();
    for file in files {
        renditions.push(json!({
            "href": format!("/media/{file}"),
            "contentType": "image/jpeg",
            "width": 640,
            "height": 480,
        }));
    }
    if let [file] = files {
        renditions.push(json!({
            "href": format!("/media/{file}"),
            "contentType": "image/jpeg",
            "width": 320,
            "height": 240,
        }));
    }
    json!({ "id": id, "alt": "A boat", "width": 640, "height": 480, "renditions": renditions })
}
