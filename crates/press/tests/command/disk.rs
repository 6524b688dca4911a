//! What the disk does to press: loops, rights, no room, and files that change.

use std::fs;
use std::io::Write as _;
use std::process::Command;

use serde_json::json;

use crate::bad_input::refused;
use crate::newsroom::{Newsroom, Run, run};

/// Not eprintln!, which the test runner keeps to itself when a test passes.
fn skipped(why: &str) {
    let _ = writeln!(std::io::stderr(), "SKIPPED: {why}");
}

fn can(program: &str, arguments: &[&str]) -> bool {
    Command::new(program)
        .args(arguments)
        .output()
        .is_ok_and(|output| output.status.success())
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_to_itself_is_told_and_the_rest_is_read() {
    let newsroom = Newsroom::new();
    let link = newsroom.root().join("public/articles/en/second.json");
    std::os::unix::fs::symlink(&link, &link).unwrap();
    refused(&newsroom).says(&[
        "public/articles/en/second.json: cannot be opened",
        "unreadable",
        "help: See that the file is there and that you may read it.",
        "1 story checked, 1 error,",
    ]);
}

#[cfg(unix)]
#[test]
fn a_folder_that_links_to_a_folder_above_stops_the_build() {
    let newsroom = Newsroom::new();
    std::os::unix::fs::symlink(
        newsroom.root().join("public"),
        newsroom.root().join("public/media"),
    )
    .unwrap();
    refused(&newsroom).says(&[
        "public/media: this folder is a link",
        "folder-loop",
        "Remove the link.",
    ]);
}

/// Runs press as somebody who owns nothing here, or not at all where nobody can.
#[cfg(unix)]
fn as_nobody(newsroom: &Newsroom, arguments: &[&str]) -> Option<Run> {
    let press = env!("CARGO_BIN_EXE_press");
    let root = newsroom.root().to_str().unwrap();
    let nobody = ["--reuid=65534", "--regid=65534", "--clear-groups"];
    let mut command = if can("id", &["-u"]) && !can("sh", &["-c", "test $(id -u) = 0"]) {
        Command::new(press)
    } else if can("setpriv", &[&nobody[..], &[press, "--version"]].concat()) {
        let mut command = Command::new("setpriv");
        command.args(nobody).arg(press);
        command
    } else {
        return None;
    };
    command
        .args(arguments)
        .args(["--root", root, "--as-of", "2026-01-01"]);
    Some(run(&mut command))
}

#[cfg(unix)]
#[test]
fn a_story_that_may_not_be_read_is_told_and_nothing_is_built() {
    use std::os::unix::fs::PermissionsExt as _;
    let newsroom = Newsroom::new();
    newsroom.story("en", "second", json!({}));
    newsroom.write("dist/index.html", "the site of yesterday");
    newsroom.write("dist/data/v1/en/head.json", "{}");
    let before = newsroom.built();
    let everybody = fs::Permissions::from_mode(0o777);
    fs::set_permissions(newsroom.root(), everybody).unwrap();
    let file = newsroom.root().join("public/articles/en/second.json");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    let dist = newsroom.dist();
    let Some(run) = as_nobody(&newsroom, &["build", "--into", dist.to_str().unwrap()]) else {
        return skipped("nobody but the superuser can be had here, who may read everything");
    };
    run.ends_with(1).says(&[
        "public/articles/en/second.json: cannot be opened: Permission denied",
        "help: See that the file is there and that you may read it.",
        "nothing was built",
    ]);
    assert_eq!(newsroom.built(), before);
}

#[cfg(unix)]
#[test]
fn a_built_site_that_may_not_be_written_is_told_and_left_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let newsroom = Newsroom::new();
    newsroom.write("dist/index.html", "the site of yesterday");
    newsroom.write("dist/data/v1/en/head.json", "{}");
    let dist = newsroom.dist();
    fs::set_permissions(newsroom.root(), fs::Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(&dist, fs::Permissions::from_mode(0o555)).unwrap();
    let before = newsroom.built();
    let Some(run) = as_nobody(&newsroom, &["build", "--into", dist.to_str().unwrap()]) else {
        return skipped("nobody but the superuser can be had here, who may write everything");
    };
    run.ends_with(2)
        .says(&["press: could not ", "dist", "Permission denied"]);
    assert_eq!(newsroom.built(), before);
}

/// On a disk of 256 KB with 300 KB of stories: what was there stays whole.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_leaves_no_half_file() {
    let mount = |script: &str| {
        let mut command = Command::new("unshare");
        command.args(["--mount", "--map-root-user", "sh", "-c", script]);
        command
    };
    if !mount("mount -t tmpfs -o size=64k none /mnt")
        .output()
        .is_ok_and(|output| output.status.success())
    {
        return skipped("no small disk can be mounted here");
    }
    let newsroom = Newsroom::new();
    for n in 0..30 {
        let words = "It happened again. ".repeat(500);
        newsroom.story(
            "en",
            &format!("story-{n}"),
            json!({ "body": [{ "type": "paragraph", "content": words.trim_end() }] }),
        );
    }
    let disk = newsroom.root().join("disk");
    fs::create_dir(&disk).unwrap();
    let script = format!(
        "mount -t tmpfs -o size=256k none '{disk}' && mkdir -p '{disk}/dist/data/v1' && echo yesterday > '{disk}/dist/index.html' \
         && '{press}' build --root '{root}' --as-of 2026-01-01 --into '{disk}/dist'; code=$?; \
         cat '{disk}/dist/index.html'; \
         find '{disk}/dist' -name '*.part' | sed 's/^/LEFT OVER /'; \
         for file in $(find '{disk}/dist/articles' -name '*.json'); do tail -c 2 \"$file\" | grep -q '}}' || echo \"HALF $file\"; done; \
         exit $code",
        disk = disk.display(),
        root = newsroom.root().display(),
        press = env!("CARGO_BIN_EXE_press"),
    );
    run(&mut mount(&script))
        .ends_with(2)
        .says(&[
            "press: could not write",
            "No space left on device",
            "yesterday\n",
        ])
        .does_not_say("LEFT OVER")
        .does_not_say("HALF");
}

/// A desk saves while press builds: whichever version press meets, it is a whole one.
#[test]
fn a_story_that_changes_while_it_is_read_is_built_whole_or_not_at_all() {
    use std::sync::atomic::{AtomicBool, Ordering};
    let newsroom = Newsroom::new();
    let done = AtomicBool::new(false);
    let version = |words: &str| {
        let words = words.repeat(5000);
        newsroom.story(
            "en",
            "second",
            json!({ "body": [{ "type": "paragraph", "content": words.trim_end() }] }),
        );
    };
    version("One. ");
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                // Written in place, as some editors do: at times the file is empty.
                version("One. ");
                version("Another. ");
            }
        });
        for _ in 0..12 {
            let run = newsroom.build();
            assert!((0..=2).contains(&run.code), "{}", run.said);
            run.does_not_say("panicked");
            if run.code == 2 {
                run.says(&[
                    "public/articles/en/second.json changed while it was read; run press again",
                ]);
            }
        }
        done.store(true, Ordering::Relaxed);
    });
    newsroom.build().ends_with(0);
    let built = newsroom.built_json("articles/en/second.json");
    let words = built["body"][0]["content"].as_str().unwrap();
    assert!(words.starts_with("Another. ") && words.ends_with("Another."));
}
