//! From one site to the next: nothing is half done, nothing is done twice.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::process::{Command, Stdio};
use std::time::Duration;

use flate2::read::GzDecoder;
use serde_json::json;

use crate::newsroom::Newsroom;

const STORIES: usize = 120;

type Tree = BTreeMap<String, Vec<u8>>;

fn archive() -> Newsroom {
    let newsroom = Newsroom::new();
    for n in 0..STORIES {
        newsroom.story("en", &format!("story-{n:03}"), story(n, "as it was"));
    }
    newsroom
}

fn story(n: usize, text: &str) -> serde_json::Value {
    json!({
        "datePublished": format!("20{:02}-03-{:02}", n % 20, n % 28 + 1),
        "subjects": [{ "id": format!("topic-{}", n % 3), "name": format!("Topic {}", n % 3) }],
        "body": [{ "type": "paragraph", "content": format!("{text} {n}").repeat(50) }],
    })
}

/// Files are trusted by their times only when those are some seconds old.
fn wait_until_settled() {
    std::thread::sleep(Duration::from_millis(2_200));
}

fn changed(before: &Tree, after: &Tree) -> Vec<String> {
    let all: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    all.into_iter()
        .filter(|path| before.get(*path) != after.get(*path))
        .cloned()
        .collect()
}

#[test]
fn after_one_edit_only_the_files_that_show_it_change() {
    let newsroom = archive();
    newsroom.build().ends_with(0);
    wait_until_settled();
    newsroom.build().ends_with(0).says(&["0 changed files"]);
    let before = newsroom.built();
    // A story whose card does not change, old but among the newest of its topic, whose
    // feeds tell of it.
    newsroom.story("en", "story-010", story(10, "as it should be"));
    newsroom.build().ends_with(0);
    let after = newsroom.built();
    let feeds =
        ["atom.xml", "feed.json", "rss.xml"].map(|name| format!("en/topics/topic-1/{name}"));
    let expected: Vec<String> = ["articles/en/story-010.json".to_owned()]
        .into_iter()
        .chain(feeds)
        .collect();
    assert_eq!(changed(&before, &after), expected);

    // One that is too old for any feed, and whose card does change.
    let mut edited = story(4, "as it should be");
    edited["headline"] = json!("Another headline");
    newsroom.story("en", "story-004", edited);
    newsroom.build().ends_with(0);
    let paths = changed(&after, &newsroom.built());
    let is_a_list_of = |path: &String, folder: &str| {
        path.strip_prefix(folder)
            .is_some_and(|rest| rest.ends_with(".json") && !rest.contains('/'))
    };
    let (lists, others): (Vec<&String>, Vec<&String>) =
        paths.iter().partition(|path| path.starts_with("data/"));
    assert_eq!(others, ["articles/en/story-004.json"]);
    // The old pack, the new one and the head that names it, of the edition and of the topic.
    for folder in ["data/v1/en/", "data/v1/en/topics/topic-1/"] {
        let here = lists.iter().filter(|path| is_a_list_of(path, folder));
        assert_eq!(here.count(), 3, "{lists:?}");
    }
    assert_eq!(lists.len(), 6, "{lists:?}");
}

#[test]
fn what_is_remembered_makes_the_same_site_as_what_is_read_anew() {
    let newsroom = archive();
    newsroom.build().ends_with(0);
    wait_until_settled();
    newsroom.story("en", "story-004", story(4, "edited"));
    newsroom.story("en", "story-900", story(900, "new"));
    fs::remove_file(newsroom.root().join("public/articles/en/story-007.json")).unwrap();
    newsroom.build().ends_with(0);
    let remembered = newsroom.built();
    let dist = newsroom.dist();
    newsroom
        .press(&["build", "--into", dist.to_str().unwrap(), "--fresh"])
        .ends_with(0);
    assert_eq!(
        changed(&remembered, &newsroom.built()),
        Vec::<String>::new()
    );
}

#[test]
fn a_warning_is_told_again_for_a_story_that_was_not_read_again() {
    let newsroom = archive();
    newsroom.media("boat.jpg");
    let mut image = crate::newsroom::picture("p", &["boat.jpg"]);
    image.as_object_mut().unwrap().remove("alt");
    let body = json!([{ "type": "image", "image": image }]);
    newsroom.story("en", "second", json!({ "body": body }));
    let first = newsroom.build();
    first
        .ends_with(0)
        .says(&["1 warning", "public/articles/en/second.json:"]);
    wait_until_settled();
    newsroom.build().ends_with(0);
    let again = newsroom.build();
    again
        .ends_with(0)
        .says(&["1 warning", "public/articles/en/second.json:"]);
}

#[test]
fn a_picture_taken_away_is_missed_by_a_story_that_did_not_change() {
    let newsroom = archive();
    newsroom.media("boat.jpg");
    let lead = json!({ "type": "image", "image": crate::newsroom::picture("p", &["boat.jpg"]) });
    newsroom.story("en", "second", json!({ "leadMedia": lead }));
    newsroom.build().ends_with(0);
    wait_until_settled();
    newsroom.build().ends_with(0);
    fs::remove_file(newsroom.root().join("public/media/boat.jpg")).unwrap();
    newsroom
        .build()
        .ends_with(1)
        .says(&["missing-media", "public/media/boat.jpg"]);
}

#[test]
fn a_build_killed_at_any_moment_leaves_the_old_site_or_the_new_one() {
    let newsroom = archive();
    let killed = kill_at_any_moment(&newsroom, Duration::from_millis(15), |left, old, new| {
        assert!(
            left == old || left == new,
            "neither the old site nor the new one: {:?} are not of the old one",
            changed(old, left)
        );
    });
    assert!(killed[0] > 0, "killed too late: {killed:?}");
    assert!(killed[1] > 0, "killed too early: {killed:?}");
}

#[test]
fn of_a_large_site_a_kill_leaves_whole_files_and_the_next_build_completes_it() {
    let newsroom = archive();
    // More files than change in one step when little changes.
    for n in 0..4_200 {
        newsroom.write(
            &format!("public/media/notes/{n:04}.txt"),
            format!("note {n}"),
        );
    }
    let killed = kill_at_any_moment(&newsroom, Duration::from_millis(60), |left, old, new| {
        for (path, bytes) in left {
            assert!(
                old.get(path) == Some(bytes) || new.get(path) == Some(bytes),
                "{path} is neither the old nor the new file"
            );
        }
    });
    assert!(killed[0] > 0, "killed too late: {killed:?}");
    assert!(killed[1] > 0, "killed too early: {killed:?}");
}

/// Kills the build of many changes after ever longer times, looks at what each left, and
/// lets another complete it. Gives how many left something else than the new site, and
/// how many that.
fn kill_at_any_moment(
    newsroom: &Newsroom,
    step: Duration,
    look: impl Fn(&Tree, &Tree, &Tree),
) -> [usize; 2] {
    newsroom.build().ends_with(0);
    let old = newsroom.built();
    for n in 0..STORIES {
        if n % 7 == 0 {
            fs::remove_file(
                newsroom
                    .root()
                    .join(format!("public/articles/en/story-{n:03}.json")),
            )
            .unwrap();
        } else if n % 3 == 0 {
            newsroom.story("en", &format!("story-{n:03}"), story(n, "anew"));
        }
    }
    let elsewhere = newsroom.root().join("elsewhere");
    newsroom
        .press(&["build", "--into", elsewhere.to_str().unwrap()])
        .ends_with(0);
    let new = crate::newsroom::files_of(&elsewhere);
    assert_ne!(old, new);

    let saved = newsroom.root().join("saved");
    crate::newsroom::copy(&newsroom.dist(), &saved);
    let workshop = newsroom.root().join(".dist.press");
    crate::newsroom::copy(&workshop, &newsroom.root().join("workshop"));
    let mut kinds = [0, 0];
    for waited in (0..).map(|n| step * n) {
        fs::remove_dir_all(newsroom.dist()).unwrap();
        fs::remove_dir_all(&workshop).unwrap();
        crate::newsroom::copy(&saved, &newsroom.dist());
        crate::newsroom::copy(&newsroom.root().join("workshop"), &workshop);
        let mut press = Command::new(env!("CARGO_BIN_EXE_press"))
            .args(["build", "--as-of", "2026-01-01", "--root"])
            .arg(newsroom.root())
            .arg("--into")
            .arg(newsroom.dist())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(waited);
        let was_done = press.try_wait().unwrap().is_some();
        press.kill().unwrap();
        press.wait().unwrap();
        let left = newsroom.built();
        look(&left, &old, &new);
        kinds[usize::from(left == new)] += 1;
        newsroom.build().ends_with(0);
        assert_eq!(changed(&new, &newsroom.built()), Vec::<String>::new());
        if was_done {
            break;
        }
    }
    kinds
}

#[test]
fn a_second_build_at_the_same_time_says_so_and_stops() {
    let newsroom = archive();
    newsroom.build().ends_with(0);
    for n in 0..STORIES {
        newsroom.story("en", &format!("story-{n:03}"), story(n, "anew"));
    }
    let lock = newsroom.root().join(".dist.press/lock");
    let mut first = Command::new(env!("CARGO_BIN_EXE_press"))
        .args(["build", "--as-of", "2026-01-01", "--root"])
        .arg(newsroom.root())
        .arg("--into")
        .arg(newsroom.dist())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let is_building = || {
        let lock = fs::File::options().write(true).open(&lock).unwrap();
        lock.try_lock().is_err()
    };
    while !is_building() {
        assert!(first.try_wait().unwrap().is_none(), "it was too quick");
        std::thread::yield_now();
    }
    // Held still, so that it is certain to be at work.
    let signal = |name: &str| {
        let mut kill = Command::new("kill");
        kill.args([name, &first.id().to_string()]);
        assert!(kill.status().unwrap().success());
    };
    signal("-STOP");
    let before = newsroom.built();
    newsroom
        .build()
        .ends_with(2)
        .says(&["another build of", "is running"]);
    assert_eq!(newsroom.built(), before);
    signal("-CONT");
    assert!(first.wait().unwrap().success());
    newsroom
        .build()
        .ends_with(0)
        .says(&["0 changed files written"]);
}

#[test]
fn a_folder_that_press_has_not_built_is_not_replaced() {
    let newsroom = Newsroom::new();
    newsroom.write("dist/holiday.jpg", "a picture of somebody's");
    newsroom.build().ends_with(2).says(&[
        "will not build into",
        "files in it that press has not made",
        "choose another, or empty it",
    ]);
    assert_eq!(newsroom.built().len(), 1);
}

#[test]
fn a_site_that_somebody_else_has_changed_is_made_whole_again() {
    let newsroom = archive();
    newsroom.build().ends_with(0);
    let whole = newsroom.built();
    wait_until_settled();
    fs::remove_file(newsroom.dist().join("articles/en/story-001.json")).unwrap();
    newsroom.build().ends_with(0);
    assert_eq!(changed(&whole, &newsroom.built()), Vec::<String>::new());
    fs::remove_dir_all(newsroom.dist()).unwrap();
    newsroom.build().ends_with(0);
    assert_eq!(changed(&whole, &newsroom.built()), Vec::<String>::new());
}

#[test]
fn compressed_versions_come_and_go_on_request() {
    let newsroom = archive();
    let dist = newsroom.dist();
    let dist = dist.to_str().unwrap();
    newsroom.build().ends_with(0);
    let plain = newsroom.built();
    newsroom
        .press(&["build", "--into", dist, "--precompress"])
        .ends_with(0);
    let packed = newsroom.built();
    let path = "articles/en/story-004.json";
    for ending in [".br", ".gz"] {
        let version = &packed[&format!("{path}{ending}")];
        assert!(version.len() < plain[path].len() / 2);
    }
    assert!(plain.iter().all(|(path, bytes)| packed[path] == *bytes));

    newsroom.story("en", "story-004", story(4, "anew"));
    fs::remove_file(newsroom.root().join("public/articles/en/story-005.json")).unwrap();
    newsroom
        .press(&["build", "--into", dist, "--precompress"])
        .ends_with(0);
    let edited = newsroom.built();
    for (path, bytes) in &edited {
        if let Some(original) = path.strip_suffix(".gz") {
            let mut unpacked = Vec::new();
            GzDecoder::new(&bytes[..])
                .read_to_end(&mut unpacked)
                .unwrap();
            assert!(unpacked == edited[original], "{path} is of another file");
        }
    }
    assert_ne!(edited[&format!("{path}.gz")], packed[&format!("{path}.gz")]);
    assert!(edited.keys().all(|path| !path.contains("story-005")));
    newsroom.story("en", "story-004", story(4, "as it was"));
    newsroom.story("en", "story-005", story(5, "as it was"));
    newsroom.build().ends_with(0);
    assert_eq!(changed(&plain, &newsroom.built()), Vec::<String>::new());
}

#[test]
fn a_damaged_memory_is_forgotten() {
    let newsroom = archive();
    newsroom.build().ends_with(0);
    let whole = newsroom.built();
    let memory = newsroom.root().join(".dist.press/memory");
    let bytes = fs::read(&memory).unwrap();
    let mut turned = bytes.clone();
    for byte in turned.iter_mut().skip(200).step_by(97) {
        *byte ^= 0x55;
    }
    for damaged in [
        Vec::new(),
        bytes[..bytes.len() / 2].to_vec(),
        turned,
        vec![0xff; 64],
    ] {
        fs::write(&memory, damaged).unwrap();
        newsroom.build().ends_with(0);
        assert_eq!(changed(&whole, &newsroom.built()), Vec::<String>::new());
    }
}

#[test]
fn many_small_edits_make_the_same_site_as_one_build_of_all() {
    let newsroom = archive();
    newsroom.build().ends_with(0);
    wait_until_settled();
    newsroom.build().ends_with(0).says(&["0 changed files"]);
    let workshop = newsroom.root().join(".dist.press");
    let whole = fs::read(workshop.join("memory")).unwrap();
    for (n, text) in [(4, "edited"), (5, "edited"), (4, "edited again")] {
        newsroom.story("en", &format!("story-{n:03}"), story(n, text));
        newsroom.build().ends_with(0);
    }
    // For an edit only what was edited is written.
    assert_eq!(whole, fs::read(workshop.join("memory")).unwrap());
    assert!(workshop.join("changes").exists());
    let mut edited = story(5, "as it was");
    edited["headline"] = json!("Another headline");
    newsroom.story("en", "story-005", edited);
    fs::remove_file(newsroom.root().join("public/articles/en/story-007.json")).unwrap();
    newsroom.build().ends_with(0);
    newsroom.story("en", "story-007", story(7, "back again"));
    newsroom.build().ends_with(0);
    let elsewhere = newsroom.root().join("elsewhere");
    newsroom
        .press(&["build", "--into", elsewhere.to_str().unwrap()])
        .ends_with(0);
    assert_eq!(
        changed(&newsroom.built(), &crate::newsroom::files_of(&elsewhere)),
        Vec::<String>::new()
    );
}

#[test]
fn a_memory_that_is_damaged_or_lost_is_told_of_and_never_believed() {
    let newsroom = archive();
    newsroom.build().ends_with(0);
    wait_until_settled();
    newsroom.build().ends_with(0);
    let right = newsroom.built();
    type Damage = fn(&mut Vec<u8>);
    let damages: [(&str, Damage); 7] = [
        ("memory", |bytes| *middle(bytes) ^= 1),
        ("memory", |bytes| bytes.truncate(bytes.len() / 2)),
        ("memory", |bytes| bytes.extend([0; 3])),
        ("changes", |bytes| *middle(bytes) ^= 1),
        ("changes", |bytes| bytes.truncate(bytes.len() / 2)),
        ("changes", Vec::clear),
        ("seal", |bytes| *middle(bytes) ^= 1),
    ];
    for (name, damage) in damages {
        newsroom.story("en", "story-004", story(4, "edited"));
        newsroom.build().ends_with(0);
        // Back to what the memory tells where the changes are not known.
        newsroom.story("en", "story-004", story(4, "as it was"));
        let path = newsroom.root().join(".dist.press").join(name);
        let mut bytes = fs::read(&path).unwrap();
        damage(&mut bytes);
        fs::write(&path, bytes).unwrap();
        newsroom
            .build()
            .ends_with(0)
            .says(&["everything was made anew"]);
        assert_eq!(
            changed(&right, &newsroom.built()),
            Vec::<String>::new(),
            "{name}"
        );
    }
}

fn middle(bytes: &mut [u8]) -> &mut u8 {
    let middle = bytes.len() / 2;
    &mut bytes[middle]
}
