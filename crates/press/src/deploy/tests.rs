//! An upload that is cut after each of its files, into a folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use tempfile::TempDir;

use super::folder::Folder;
use super::site::{File, Site};
use super::target::{Done, Seen, Target};
use super::{Deployed, Options, Wishes, run};
use crate::finding::Failure;

/// A folder that fails after so many files were put there or removed.
struct Cut {
    folder: Folder,
    left: AtomicUsize,
}

impl Cut {
    fn one_less(&self) -> Result<(), Failure> {
        self.left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                left.checked_sub(1)
            })
            .map(|_| ())
            .map_err(|_| Failure("cut".into()))
    }
}

impl Target for Cut {
    fn record(&self) -> Result<Option<Vec<u8>>, Failure> {
        self.folder.record()
    }

    /// A killed upload writes no record at its end.
    fn write_record(&self, record: &[u8]) -> Result<(), Failure> {
        match self.left.load(Ordering::Relaxed) {
            0 => Err(Failure("cut".into())),
            _ => self.folder.write_record(record),
        }
    }

    fn seen(&self) -> Result<Option<BTreeMap<String, Seen>>, Failure> {
        self.folder.seen()
    }

    fn holds(&self, file: &File, seen: &Seen) -> Result<bool, Failure> {
        self.folder.holds(file, seen)
    }

    fn put(&self, files: &[&File], done: &Done<'_>) -> Result<(), Failure> {
        for file in files {
            self.one_less()?;
            self.folder.put(&[file], done)?;
        }
        Ok(())
    }

    fn remove(&self, paths: &[String]) -> Result<(), Failure> {
        for path in paths {
            self.one_less()?;
            self.folder.remove(std::slice::from_ref(path))?;
        }
        Ok(())
    }
}

fn write(folder: &Path, path: &str, text: &str) {
    let file = folder.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

/// A release: a program of its own, and stories with a picture each.
fn release(name: &str, stories: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let app = [
        format!("assets/boot-{name}.js"),
        format!("assets/app-{name}.wasm"),
    ];
    for file in &app {
        write(folder.path(), file, name);
    }
    let page = |shows: &[&str]| {
        let shown: String = shows.iter().map(|path| format!("<{path}>")).collect();
        let app: String = app.iter().map(|path| format!("<{path}>")).collect();
        format!("{shown}{app} end")
    };
    let mut heads = String::new();
    for (slug, text) in stories {
        let media = format!("media/{slug}-{text}.avif");
        let article = format!("articles/en/{slug}.json");
        write(folder.path(), &media, text);
        write(folder.path(), &article, text);
        write(
            folder.path(),
            &format!("en/stories/{slug}/index.html"),
            &page(&[&media, &article]),
        );
        heads.push_str(slug);
    }
    write(folder.path(), "data/v1/en/head.json", &heads);
    write(
        folder.path(),
        "en/index.html",
        &page(&["data/v1/en/head.json"]),
    );
    write(folder.path(), "assets/assets.json", name);
    write(folder.path(), "version.json", name);
    folder
}

fn files(folder: &Path) -> BTreeMap<String, String> {
    fn walk(folder: &Path, below: &str, files: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let path = format!("{below}{}", entry.file_name().to_str().unwrap());
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{path}/"), files);
            } else {
                files.insert(path, fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
    let mut files_found = BTreeMap::new();
    walk(folder, "", &mut files_found);
    files_found.remove(super::target::RECORD);
    files_found
}

/// Every page is whole, and what it shows is there.
fn assert_readable(target: &Path, when: &str) {
    let files = files(target);
    for (path, page) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        assert!(page.ends_with(" end"), "{when}: {path} is not whole");
        for shown in page
            .split('<')
            .skip(1)
            .filter_map(|rest| rest.split_once('>'))
        {
            assert!(
                files.contains_key(shown.0),
                "{when}: {path} shows {}, which is not there",
                shown.0
            );
        }
    }
}

fn options(site: &Path, target: &Path, delete: bool, keep: u64) -> Options {
    Options {
        folder: site.to_owned(),
        to: target.to_str().unwrap().to_owned(),
        delete,
        keep,
        dry_run: false,
        jobs: 3,
        s3: Wishes::default(),
    }
}

fn deploy(site: &Path, target: &Path, delete: bool, keep: u64) -> Deployed {
    super::deploy(&options(site, target, delete, keep)).unwrap()
}

fn deploy_cut_after(k: usize, site: &Path, target: &Path) -> Result<Deployed, Failure> {
    let options = options(site, target, true, 0);
    let cut = Cut {
        folder: Folder::open(target.to_owned(), site, 1, false).unwrap(),
        left: AtomicUsize::new(k),
    };
    run(&cut, &Site::read(site).unwrap(), &options)
}

#[test]
fn cut_after_any_file_every_page_can_be_read_and_the_next_run_goes_on() {
    let old = release("a", &[("boat", "1"), ("kite", "1"), ("gone", "1")]);
    let new = release("b", &[("boat", "2"), ("kite", "1"), ("fresh", "1")]);
    let changes = {
        let target = tempfile::tempdir().unwrap();
        deploy(old.path(), target.path(), true, 0);
        let done = deploy(new.path(), target.path(), true, 0);
        done.uploaded.len() + done.removed.len()
    };
    assert!(changes > 15, "{changes}");
    for k in 0..changes {
        let target = tempfile::tempdir().unwrap();
        let target = target.path();
        deploy(old.path(), target, true, 0);
        assert!(deploy_cut_after(k, new.path(), target).is_err());
        // What a kill in the middle of a file leaves.
        write(target, "en/.press-part-1-1", "hal");
        assert_readable(target, &format!("after {k} files"));
        let done = deploy(new.path(), target, true, 0);
        assert_eq!(
            done.uploaded.len() + done.removed.len(),
            changes - k,
            "after {k} files: sent again {:?}",
            done.uploaded
        );
        assert_eq!(files(target), files(new.path()), "after {k} files");
        assert!(!target.join("en/stories/gone").exists());
    }
}

#[test]
fn a_cut_upload_that_is_taken_back_leaves_the_old_site() {
    let old = release("a", &[("boat", "1")]);
    let new = release("b", &[("boat", "2"), ("secret", "1")]);
    for k in 0..12 {
        let target = tempfile::tempdir().unwrap();
        deploy(old.path(), target.path(), true, 0);
        assert!(deploy_cut_after(k, new.path(), target.path()).is_err());
        deploy(old.path(), target.path(), true, 0);
        assert_eq!(files(target.path()), files(old.path()), "after {k} files");
    }
}

#[test]
fn assets_and_media_outlive_so_many_builds_and_pages_do_not() {
    let target = tempfile::tempdir().unwrap();
    let target = target.path();
    let has = |path: &str| target.join(path).exists();
    deploy(
        release("a", &[("gone", "1"), ("boat", "1")]).path(),
        target,
        true,
        2,
    );
    let second = release("b", &[("boat", "1")]);
    let done = deploy(second.path(), target, true, 2);
    assert_eq!(
        done.removed,
        ["en/stories/gone/index.html", "articles/en/gone.json"]
    );
    assert_eq!(
        done.left,
        ["assets/app-a.wasm", "assets/boot-a.js", "media/gone-1.avif"]
    );
    // The same build again makes nothing older.
    deploy(second.path(), target, true, 2);
    deploy(second.path(), target, true, 2);
    deploy(release("c", &[("boat", "1")]).path(), target, true, 2);
    assert!(has("assets/boot-a.js") && has("assets/boot-b.js"));
    deploy(release("d", &[("boat", "1")]).path(), target, true, 2);
    assert!(!has("assets/boot-a.js") && has("assets/boot-b.js"));
}

#[test]
fn without_delete_nothing_goes_and_with_it_only_what_was_uploaded() {
    let target = tempfile::tempdir().unwrap();
    let target = target.path();
    write(target, "mine.txt", "mine");
    deploy(release("a", &[("gone", "1")]).path(), target, false, 0);
    let new = release("b", &[("boat", "1")]);
    let done = deploy(new.path(), target, false, 0);
    assert!(done.removed.is_empty());
    assert!(done.left.contains(&"articles/en/gone.json".to_owned()));
    assert!(target.join("articles/en/gone.json").exists());
    deploy(new.path(), target, true, 0);
    assert!(!target.join("articles/en/gone.json").exists());
    assert!(target.join("mine.txt").exists());
}

#[test]
fn a_file_that_was_changed_at_the_target_is_put_right() {
    let target = tempfile::tempdir().unwrap();
    let site = release("a", &[("boat", "1")]);
    deploy(site.path(), target.path(), false, 0);
    write(target.path(), "version.json", "z");
    let done = deploy(site.path(), target.path(), false, 0);
    assert_eq!(done.uploaded, ["version.json"]);
    fs::remove_file(target.path().join(super::target::RECORD)).unwrap();
    let done = deploy(site.path(), target.path(), false, 0);
    assert!(done.uploaded.is_empty(), "{:?}", done.uploaded);
}

#[test]
fn compressed_versions_take_the_place_of_their_files_in_a_bucket() {
    let site = release("a", &[("boat", "1")]);
    for path in ["assets/boot-a.js", "en/index.html"] {
        for (ending, text) in [(".br", "as brotli"), (".gz", "as gzip")] {
            write(site.path(), &format!("{path}{ending}"), text);
        }
    }
    // No version of a file: a download.
    write(site.path(), "media/archive.tar.gz", "x");
    let site = Site::read(site.path()).unwrap().sent_packed();
    let file = |path: &str| site.files.iter().find(|file| file.path == path).unwrap();
    assert_eq!(file("assets/boot-a.js").encoding, Some("br"));
    assert_eq!(file("assets/boot-a.js").size, 9);
    assert_eq!(file("en/index.html").encoding, Some("gzip"));
    assert_eq!(file("version.json").encoding, None);
    assert_eq!(file("media/archive.tar.gz").encoding, None);
    assert!(!site.files.iter().any(|file| file.path.ends_with(".br")));
}
