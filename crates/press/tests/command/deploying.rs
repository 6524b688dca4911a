//! `press deploy`: from a built site to where readers are.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::answer::press;
use crate::bucket::{Fault, Store};
use crate::newsroom::copy;
use crate::releases::{Releases, assert_readable, uploaded};

#[test]
fn a_bucket_is_readable_after_every_file_of_an_upload_that_is_cut() {
    let releases = Releases::build();
    let store = Store::open();
    let options = ["--jobs", "1", "--delete", "--keep", "0"];
    store.deploy(&releases.older(), &options).ends_with(0);
    assert!(assert_readable(&store.folder(), "the old release") > 20);
    let before = tempfile::tempdir().unwrap();
    let root = store.folder().parent().unwrap().to_owned();
    copy(&root, before.path());
    store.set(Fault::None);
    store.deploy(&releases.newer(), &options).ends_with(0);
    let files = store.puts();
    assert!(files > 15, "{files}");
    for k in 0..files {
        fs::remove_dir_all(&root).unwrap();
        copy(before.path(), &root);
        store.set(Fault::CutAfter(k));
        store
            .deploy(&releases.newer(), &options)
            .ends_with(2)
            .says(&["AccessDenied", "s3:PutObject"]);
        assert_readable(&store.folder(), &format!("after {k} files"));
        store.set(Fault::None);
        store.deploy(&releases.newer(), &options).ends_with(0);
        assert_eq!(store.puts(), files - k, "what was there was sent again");
        assert!(
            uploaded(&store.folder()) == uploaded(&releases.newer()),
            "after {k} files the bucket is not the site"
        );
    }
}

#[test]
fn a_bucket_is_readable_when_many_files_were_on_their_way() {
    let releases = Releases::build();
    let store = Store::open();
    store.deploy(&releases.older(), &[]).ends_with(0);
    for k in [1, 3, 2, 4, 1] {
        store.set(Fault::CutAfter(k));
        store
            .deploy(&releases.newer(), &["--jobs", "6"])
            .ends_with(2);
        assert_readable(&store.folder(), &format!("after {k} files"));
    }
    store.set(Fault::None);
    store.deploy(&releases.newer(), &[]).ends_with(0);
    assert_readable(&store.folder(), "at the end");
    let there = uploaded(&store.folder());
    assert!(
        uploaded(&releases.newer())
            .iter()
            .all(|(path, bytes)| there.get(path) == Some(bytes))
    );
}

#[test]
fn objects_are_sent_with_type_cache_and_encoding() {
    let releases = Releases::build();
    let site = releases.newer();
    fs::write(site.join("assets/boot-b.js.br"), "as brotli").unwrap();
    fs::write(site.join("en/index.html.gz"), "as gzip").unwrap();
    let store = Store::open();
    store
        .deploy(&site, &["--to", "s3://news/a/prefix"])
        .ends_with(0);
    let folder = store.folder();
    assert!(folder.join("a/prefix/version.json").is_file());
    assert!(!folder.join("a/prefix/en/index.html.gz").exists());
    let saved: String = crate::newsroom::files_of(folder.parent().unwrap())
        .iter()
        .filter(|(path, _)| !path.starts_with("news/"))
        .map(|(path, bytes)| format!("{path} {}\n", String::from_utf8_lossy(bytes)))
        .collect();
    for said in [
        "application/wasm",
        "text/html; charset=utf-8",
        "public, max-age=31536000, immutable",
        "no-store",
        "\"br\"",
        "\"gzip\"",
    ] {
        assert!(saved.contains(said), "no {said} in {saved}");
    }
    // Another program put it there, without what belongs to it.
    let answer = store.deploy(&site, &["--to", "s3://news/a/prefix", "--format", "json"]);
    assert_eq!(
        answer.ends_with(0).json()["uploaded"],
        serde_json::json!([])
    );
}

#[test]
fn a_busy_store_and_a_broken_line_are_tried_again() {
    let releases = Releases::build();
    for fault in [Fault::Busy(3), Fault::HangsUp(3)] {
        let store = Store::open();
        store.set(fault);
        store
            .deploy(&releases.newer(), &["--jobs", "1"])
            .ends_with(0);
        assert!(uploaded(&store.folder()) == uploaded(&releases.newer()));
    }
}

#[test]
fn what_a_store_refuses_is_said_with_its_mend_and_without_secrets() {
    let releases = Releases::build();
    let store = Store::open();
    store
        .deploy_as(&releases.newer(), &[], "KEY", "another secret")
        .ends_with(2)
        .says(&["SignatureDoesNotMatch", "AWS_SECRET_ACCESS_KEY"]);
    store
        .deploy(&releases.newer(), &["--to", "s3://nobodys"])
        .ends_with(2)
        .says(&["s3://nobodys"]);
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let started = Instant::now();
    store
        .deploy(
            &releases.newer(),
            &["--endpoint", &nobody, "--to", "s3://news"],
        )
        .ends_with(2);
    assert!(started.elapsed() < Duration::from_secs(30));
}

#[test]
fn a_folder_is_readable_whenever_the_upload_is_killed() {
    let releases = Releases::build();
    let target = tempfile::tempdir().unwrap();
    let target = target.path().join("www");
    let to = target.to_str().unwrap();
    let (old, new) = (releases.older(), releases.newer());
    press(&old, &["deploy", ".", "--to", to]).ends_with(0);
    for (round, site) in [&new, &old, &new, &old]
        .into_iter()
        .cycle()
        .take(24)
        .enumerate()
    {
        let mut process = Command::new(env!("CARGO_BIN_EXE_press"))
            .args([
                "deploy", ".", "--jobs", "2", "--delete", "--keep", "0", "--to", to,
            ])
            .current_dir(site)
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_millis(3 * round as u64));
        let _ = process.kill();
        process.wait().unwrap();
        assert_readable(&target, &format!("killed in round {round}"));
    }
    press(
        &new,
        &["deploy", ".", "--delete", "--keep", "0", "--to", to],
    )
    .ends_with(0);
    assert!(uploaded(&target) == uploaded(&new));
}

#[test]
fn a_dry_run_says_what_would_be_done_in_its_order_and_does_nothing() {
    let releases = Releases::build();
    let target = tempfile::tempdir().unwrap();
    let to = target.path().join("www");
    let to = to.to_str().unwrap();
    let answer = press(
        &releases.newer(),
        &["deploy", ".", "--to", to, "--dry-run", "--format", "json"],
    );
    let told = answer.ends_with(0).json();
    let uploaded_paths: Vec<&str> = told["uploaded"]
        .as_array()
        .unwrap()
        .iter()
        .map(|path| path.as_str().unwrap())
        .collect();
    assert_eq!(uploaded_paths.last(), Some(&"version.json"));
    let at = |path: &str| uploaded_paths.iter().position(|p| *p == path).unwrap();
    assert!(at("assets/boot-b.js") < at("articles/en/fresh.json"));
    assert!(at("articles/en/fresh.json") < at("data/v1/en/head.json"));
    assert!(at("data/v1/en/head.json") < at("en/stories/fresh/index.html"));
    assert!(at("en/stories/fresh/index.html") < at("en/index.html"));
    assert!(!std::path::Path::new(to).exists());
}

#[test]
fn what_is_no_site_of_press_and_no_place_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("index.html"), "a page").unwrap();
    for (arguments, said) in [
        (
            vec!["deploy", ".", "--to", "/nowhere"],
            "not a site that press has built",
        ),
        (
            vec!["deploy", "none", "--to", "/nowhere"],
            "not a site that press has built",
        ),
    ] {
        press(folder.path(), &arguments).ends_with(2).says(&[said]);
    }
    let releases = Releases::build();
    for (to, said) in [
        ("ftp://x", "s3://bucket/prefix"),
        ("inside", "lie within each other"),
    ] {
        press(&releases.newer(), &["deploy", ".", "--to", to])
            .ends_with(2)
            .says(&[said]);
    }
    let file = folder.path().join("index.html/www");
    press(
        &releases.newer(),
        &["deploy", ".", "--to", file.to_str().unwrap()],
    )
    .ends_with(2)
    .says(&["index.html"]);
    // A folder has the name of a file.
    let target = folder.path().join("www");
    fs::create_dir_all(target.join("version.json/x")).unwrap();
    press(
        &releases.newer(),
        &["deploy", ".", "--to", target.to_str().unwrap()],
    )
    .ends_with(2)
    .says(&["version.json", "remove that"]);
}

/// Whether rsync is installed; where it is not, press says so, and that is the test.
fn has_rsync() -> bool {
    Command::new("rsync")
        .arg("--version")
        .stdout(Stdio::null())
        .status()
        .is_ok()
}

#[test]
fn rsync_uploads_what_is_different_and_removes_what_is_gone() {
    let releases = Releases::build();
    let target = tempfile::tempdir().unwrap();
    let target = target.path().join("www");
    let to = format!("rsync:{}", target.display());
    let deploy = |site: &std::path::Path, more: &[&str]| {
        let mut arguments = vec!["deploy", ".", "--to", &to, "--format", "json"];
        arguments.extend(more);
        press(site, &arguments)
    };
    if !has_rsync() {
        deploy(&releases.older(), &[])
            .ends_with(2)
            .says(&["rsync is not installed"]);
        return;
    }
    deploy(&releases.older(), &["--dry-run"]).ends_with(0);
    assert!(uploaded(&target).is_empty());
    deploy(&releases.older(), &[]).ends_with(0);
    assert!(uploaded(&target) == uploaded(&releases.older()));
    fs::write(target.join("mine.txt"), "mine").unwrap();
    let told = deploy(&releases.newer(), &["--delete", "--keep", "0"])
        .ends_with(0)
        .json();
    let sent = told["uploaded"].as_array().unwrap();
    assert!(sent.contains(&"version.json".into()));
    assert!(!sent.contains(&"articles/en/boat.json".into()));
    assert_eq!(fs::read(target.join("mine.txt")).unwrap(), b"mine");
    fs::remove_file(target.join("mine.txt")).unwrap();
    assert!(uploaded(&target) == uploaded(&releases.newer()));
    assert!(!target.join("en/stories/gone").exists(), "an empty folder");
    let told = deploy(&releases.newer(), &[]).ends_with(0).json();
    assert_eq!(told["uploaded"], serde_json::json!([]));
}

#[test]
fn rsync_reaches_a_daemon() {
    if !has_rsync() {
        return;
    }
    let releases = Releases::build();
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("www");
    fs::create_dir(&target).unwrap();
    // Started by root, the daemon works as nobody.
    for (path, mode) in [(folder.path(), 0o755), (target.as_path(), 0o777)] {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let config = folder.path().join("rsyncd.conf");
    fs::write(
        &config,
        format!(
            "use chroot = no\n[site]\npath = {}\nread only = no\n",
            target.display()
        ),
    )
    .unwrap();
    let mut daemon = Command::new("rsync")
        .args(["--daemon", "--no-detach", "--address=127.0.0.1"])
        .arg(format!("--port={port}"))
        .arg(format!("--config={}", config.display()))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let until = Instant::now() + Duration::from_secs(10);
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() && Instant::now() < until {
        thread::sleep(Duration::from_millis(20));
    }
    let to = format!("rsync://127.0.0.1:{port}/site/below");
    let answer = press(&releases.newer(), &["deploy", ".", "--to", &to]);
    let missing = press(
        &releases.newer(),
        &[
            "deploy",
            ".",
            "--to",
            &format!("rsync://127.0.0.1:{port}/other"),
        ],
    );
    let _ = daemon.kill();
    let _ = daemon.wait();
    answer.ends_with(0);
    assert!(uploaded(&target.join("below")) == uploaded(&releases.newer()));
    missing.ends_with(2).says(&["Unknown module"]);
}
