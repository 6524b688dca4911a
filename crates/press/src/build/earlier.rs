//! The program files of earlier builds, kept for those who are still reading their pages.
//!
//! A page that stands open, or lies in a cache, names the files of its own build. They
//! stay for ten builds, copied from the site that is replaced. Its `assets/assets.json`
//! says which they are, newest first: `"earlier": [{"build": "…", "files": ["assets/…"]}]`.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Map, Value, json};

use crate::allowed::Allowed;
use crate::finding::Failure;
use crate::fingerprint;
use crate::output::Output;

/// Where an app and a site name their files.
pub const LIST: &str = "assets/assets.json";
/// How many builds have their files in a site, the newest counted.
const BUILDS: usize = 10;

/// A build of the app.
#[derive(Debug, PartialEq, Eq)]
struct Release {
    /// What it calls itself; nothing, if it was made by hand.
    build: Value,
    /// Its files, from the root of the site.
    files: BTreeSet<String>,
}

/// Writes the list of an app with what the site allows, and the files of the builds before it that the site has.
///
/// # Errors
/// When the app's list cannot be read, or a file cannot be kept.
pub fn keep(app: &Path, allowed: &Allowed, site: &Path, output: &Output) -> Result<(), Failure> {
    let path = app.join(LIST);
    let source = std::fs::read_to_string(&path).map_err(|e| Failure::io("read", &path, &e))?;
    let mut list = parsed(&source)
        .ok_or_else(|| Failure(format!("{} is no list of assets", path.display())))?;
    let replaced = std::fs::read_to_string(site.join(LIST)).unwrap_or_default();
    let earlier = earlier(&list, &replaced, |file| site.join(file).is_file());
    list.remove("earlier");
    if !allowed.streams {
        list.remove("stream");
    }
    if !allowed.frames.is_empty() {
        list.insert("frames".to_owned(), json!(allowed.frames));
    }
    if !earlier.is_empty() {
        let told = earlier.iter().map(Release::told).collect();
        list.insert("earlier".to_owned(), told);
    }
    let text = format!("{:#}\n", Value::Object(list));
    output.unit(LIST, fingerprint::of(&text), |files| {
        files.write(LIST, text.as_bytes())?;
        Ok(None)
    })?;
    let kept: BTreeSet<String> = earlier.into_iter().flat_map(|one| one.files).collect();
    for file in kept.iter().filter(|file| !app.join(file).exists()) {
        // The name says what is in it.
        output.unit(file, fingerprint::of(file), |files| {
            files.copy(&site.join(file), file)?;
            Ok(None)
        })?;
    }
    Ok(())
}

/// The builds before an app's, of the list of the site it replaces, as far as their
/// files are there.
fn earlier(
    list: &Map<String, Value>,
    replaced: &str,
    is_there: impl Fn(&str) -> bool,
) -> Vec<Release> {
    let Some(replaced) = parsed(replaced) else {
        return Vec::new();
    };
    let mut releases: Vec<Release> = vec![Release::of(list)];
    let told = replaced.get("earlier").and_then(Value::as_array);
    let before = told.into_iter().flatten().filter_map(Release::read);
    for release in [Release::of(&replaced)].into_iter().chain(before) {
        // Who goes back to an older build has had it before.
        if releases.iter().all(|known| known.files != release.files) {
            releases.push(release);
        }
    }
    releases.remove(0);
    for release in &mut releases {
        release.files.retain(|file| is_there(file));
    }
    releases.retain(|release| !release.files.is_empty());
    releases.truncate(BUILDS - 1);
    releases
}

impl Release {
    /// Of an app's own list: `{"boot": {"href": "assets/…"}, …, "build": "…"}`.
    fn of(list: &Map<String, Value>) -> Self {
        let hrefs = list.values().filter_map(|asset| asset.get("href"));
        Self {
            build: list.get("build").cloned().unwrap_or_default(),
            files: hrefs.filter_map(file).collect(),
        }
    }

    fn read(told: &Value) -> Option<Self> {
        Some(Self {
            build: told.get("build").cloned().unwrap_or_default(),
            files: told
                .get("files")?
                .as_array()?
                .iter()
                .filter_map(file)
                .collect(),
        })
    }

    fn told(&self) -> Value {
        json!({ "build": self.build, "files": self.files })
    }
}

fn parsed(source: &str) -> Option<Map<String, Value>> {
    serde_json::from_str(source).ok()
}

/// A path in `assets/`, and in no folder of it or outside.
fn file(href: &Value) -> Option<String> {
    let path = href.as_str()?.trim_start_matches('/');
    let name = path.strip_prefix("assets/")?;
    let is_plain = !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\']);
    (is_plain && path != LIST).then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{earlier, file, parsed};
    use serde_json::{Value, json};

    fn app(n: usize) -> Value {
        json!({ "boot": { "href": format!("assets/boot-{n}.js") }, "build": format!("b{n}") })
    }

    fn builds(list: &Value, replaced: &Value, is_there: impl Fn(&str) -> bool) -> Vec<Value> {
        let list = parsed(&list.to_string()).unwrap();
        let found = earlier(&list, &replaced.to_string(), is_there);
        found.into_iter().map(|release| release.build).collect()
    }

    #[test]
    fn the_build_that_is_replaced_comes_first_and_the_same_again_is_none() {
        let mut replaced = app(2);
        replaced["earlier"] = json!([{ "build": "b1", "files": ["assets/boot-1.js"] }]);
        assert_eq!(builds(&app(3), &replaced, |_| true), ["b2", "b1"]);
        assert_eq!(builds(&app(2), &replaced, |_| true), ["b1"]);
        // Back to the one before.
        assert_eq!(builds(&app(1), &replaced, |_| true), ["b2"]);
    }

    #[test]
    fn of_a_build_whose_files_are_gone_nothing_is_told() {
        assert!(builds(&app(2), &app(1), |_| false).is_empty());
        assert!(builds(&app(2), &json!("no list"), |_| true).is_empty());
    }

    #[test]
    fn a_path_that_leads_out_of_the_folder_is_no_file_of_a_build() {
        for path in [
            "assets/../site.json",
            "../x",
            "assets/",
            "assets/.htaccess",
            "assets/assets.json",
            "en/index.html",
        ] {
            assert_eq!(file(&json!(path)), None, "{path}");
        }
        assert_eq!(file(&json!("/assets/a.js")).as_deref(), Some("assets/a.js"));
    }
}
