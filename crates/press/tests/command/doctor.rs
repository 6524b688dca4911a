//! `press doctor`: what is missing here.

use serde_json::{Value, json};

use crate::answer::{press, press_with};
use crate::newsroom::Newsroom;

/// A newsroom that lacks nothing that lies in its folder.
fn healthy() -> Newsroom {
    let newsroom = Newsroom::new();
    newsroom.write(
        "public/site.json",
        r#"{"name":"Gazette","baseUrl":"https://gazette.ngo/","languages":["en","fr"],"defaultLanguage":"en"}"#,
    );
    for file in [
        "src/i18n/en.json",
        "src/i18n/fr.json",
        "public/media/a.jpg",
        "public/fonts/serif.woff2",
        "public/icons/icon.svg",
    ] {
        newsroom.write(file, r#"{"boot_failed":"It did not start"}"#);
    }
    newsroom
}

/// What it says of the languages, with the built app named.
fn editions_with_app(newsroom: &Newsroom) -> (i64, Value, Vec<Value>) {
    let app = newsroom.root().join("app");
    let arguments = ["doctor", "--format", "json", "--app", app.to_str().unwrap()];
    let found = press(newsroom.root(), &arguments).json();
    let editions = found["checks"].as_array().unwrap().iter();
    let editions = editions.filter(|check| check["name"] == "edition");
    let code = found["exitCode"].as_i64().unwrap();
    (code, sign(&found, "app"), editions.cloned().collect())
}

fn examined(newsroom: &Newsroom) -> Value {
    press(newsroom.root(), &["doctor", "--format", "json"]).json()
}

#[track_caller]
fn sign(found: &Value, name: &str) -> Value {
    let checks = found["checks"].as_array().unwrap();
    checks
        .iter()
        .find(|check| check["name"] == name)
        .unwrap_or_else(|| panic!("no {name} in {found:#}"))
        .clone()
}

#[test]
fn a_healthy_site_fails_nowhere() {
    let newsroom = healthy();
    let found = examined(&newsroom);
    assert_eq!(found["command"], "doctor");
    assert_eq!(found["exitCode"], 0);
    assert_eq!(found["counts"]["fail"], 0);
    for name in [
        "site",
        "edition",
        "base-url",
        "fonts",
        "icons",
        "media-folder",
        "version",
    ] {
        let sign = sign(&found, name);
        assert_eq!(sign["state"], "ok", "{sign}");
        assert_eq!(sign["mend"], json!(null));
    }
    assert_eq!(
        std::fs::read_dir(newsroom.root().join("public/media"))
            .unwrap()
            .count(),
        1,
        "nothing is left behind"
    );
}

#[test]
fn the_feature_of_this_press_is_told() {
    let found = examined(&healthy());
    let expected = if cfg!(feature = "snapshots") {
        "ok"
    } else {
        "warn"
    };
    assert_eq!(sign(&found, "feature-snapshots")["state"], expected);
    assert!(sign(&found, "feature-media")["message"].is_string());
}

#[test]
fn every_sign_says_how_to_mend_it() {
    let newsroom = Newsroom::bare();
    let answer = press(newsroom.root(), &["doctor", "--format", "json"]);
    let found = answer.ends_with(1).json();
    assert_eq!(found["exitCode"], 1);
    for check in found["checks"].as_array().unwrap() {
        assert!(check["message"].is_string());
        assert_eq!(check["state"] == "ok", check["mend"].is_null(), "{check}");
    }
    let site = sign(&found, "site");
    assert_eq!(site["state"], "fail");
    assert!(site["mend"].as_str().unwrap().contains("--root"));
}

#[test]
fn a_broken_site_file_fails_with_its_mistake() {
    let newsroom = healthy();
    newsroom.write("public/site.json", "{\"name\": 7");
    let site = sign(&examined(&newsroom), "site");
    assert_eq!(site["state"], "fail");
    assert!(site["mend"].as_str().unwrap().contains("press check"));
}

#[test]
fn an_edition_without_words_fails_and_says_what_was_looked_for() {
    let newsroom = healthy();
    std::fs::remove_file(newsroom.root().join("src/i18n/fr.json")).unwrap();
    let found = examined(&newsroom);
    assert_eq!(found["exitCode"], 1);
    let editions: Vec<&Value> = found["checks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|check| check["name"] == "edition")
        .collect();
    assert_eq!(editions[0]["state"], "ok");
    assert_eq!(editions[1]["state"], "fail");
    assert!(
        editions[1]["message"]
            .as_str()
            .unwrap()
            .contains("src/i18n/fr.json")
    );
    assert!(
        editions[1]["mend"]
            .as_str()
            .unwrap()
            .contains("src/i18n/en.json")
    );
}

#[test]
fn the_words_are_looked_for_in_the_built_app_where_a_build_takes_them_from() {
    let newsroom = healthy();
    // What the source of the app would say must not count.
    std::fs::remove_dir_all(newsroom.root().join("src")).unwrap();
    let words = r#"{"boot_failed":"It did not start"}"#;
    for file in ["assets/assets.json", "version.json", "i18n/en.json"] {
        newsroom.write(&format!("app/{file}"), words);
    }
    let (code, app, editions) = editions_with_app(&newsroom);
    assert_eq!((code, &app["state"]), (1, &json!("ok")));
    assert_eq!(editions[0]["state"], "ok");
    assert_eq!(editions[1]["state"], "fail");
    let message = editions[1]["message"].as_str().unwrap();
    assert!(message.contains("app/i18n/fr.json"), "{message}");

    newsroom.write("app/i18n/fr.json", r#"{"front":"Une"}"#);
    let (_, _, editions) = editions_with_app(&newsroom);
    assert_eq!(editions[1]["state"], "fail", "a build refuses it");

    newsroom.write("app/i18n/fr.json", words);
    let (code, _, editions) = editions_with_app(&newsroom);
    assert_eq!((code, &editions[1]["state"]), (0, &json!("ok")));
}

#[test]
fn a_folder_that_is_no_built_app_fails_and_without_one_it_says_to_name_it() {
    let newsroom = healthy();
    std::fs::remove_dir_all(newsroom.root().join("src")).unwrap();
    newsroom.write("app/i18n/en.json", "{}");
    let (code, app, _) = editions_with_app(&newsroom);
    assert_eq!((code, &app["state"]), (1, &json!("fail")));
    let message = app["message"].as_str().unwrap();
    assert!(message.contains("assets/assets.json"), "{message}");
    let edition = sign(&examined(&newsroom), "edition");
    assert_eq!(edition["state"], "warn");
    assert!(edition["mend"].as_str().unwrap().contains("--app"));
}

#[test]
fn what_a_site_can_do_without_is_a_warning() {
    let newsroom = healthy();
    newsroom.write(
        "public/site.json",
        r#"{"name":"Gazette","languages":["en"],"defaultLanguage":"en"}"#,
    );
    for folder in ["public/fonts", "public/icons", "public/media", "src"] {
        std::fs::remove_dir_all(newsroom.root().join(folder)).unwrap();
    }
    let answer = press(newsroom.root(), &["doctor", "--format", "json"]);
    let found = answer.ends_with(0).json();
    for name in ["base-url", "fonts", "icons", "media-folder", "edition"] {
        assert_eq!(sign(&found, name)["state"], "warn", "{name}");
    }
    newsroom.write(
        "public/site.json",
        r#"{"name":"Gazette","baseUrl":"https://news.example/","languages":["en"],"defaultLanguage":"en"}"#,
    );
    let base = sign(&examined(&newsroom), "base-url");
    assert!(base["message"].as_str().unwrap().contains("is an example"));
}

#[cfg(unix)]
#[test]
fn programs_that_are_missing_and_those_that_are_there_are_told() {
    use std::os::unix::fs::PermissionsExt as _;
    let newsroom = healthy();
    newsroom.write(
        "bin/ffmpeg",
        "#!/bin/sh\necho 'ffmpeg version 9.9 Copyright (c) somebody'\necho 'libx264 aac mjpeg'\n",
    );
    let program = newsroom.root().join("bin/ffmpeg");
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = program.parent().unwrap().to_str().unwrap().to_owned();
    let answer = press_with(
        newsroom.root(),
        &["doctor", "--format", "json"],
        &[("PATH", &path)],
    );
    let found = answer.ends_with(0).json();
    let ffmpeg = sign(&found, "ffmpeg");
    assert_eq!(ffmpeg["state"], "ok");
    let message = ffmpeg["message"].as_str().unwrap();
    assert!(
        message.starts_with("ffmpeg version 9.9: press media"),
        "{message}"
    );
    let ffprobe = sign(&found, "ffprobe");
    assert_eq!(ffprobe["state"], "warn");
    let mend = ffprobe["mend"].as_str().unwrap();
    assert!(
        mend.contains("apt install ffmpeg") && mend.contains("converts nothing"),
        "{mend}"
    );
}

#[cfg(all(unix, feature = "media"))]
#[test]
fn an_ffmpeg_without_the_encoders_is_told_as_one_that_does_not_help() {
    use std::os::unix::fs::PermissionsExt as _;
    let newsroom = healthy();
    for name in ["ffmpeg", "ffprobe"] {
        newsroom.write(
            &format!("bin/{name}"),
            format!("#!/bin/sh\necho '{name} version 9.9'\n"),
        );
        let program = newsroom.root().join("bin").join(name);
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    let path = newsroom.root().join("bin");
    let answer = press_with(
        newsroom.root(),
        &["doctor", "--format", "json"],
        &[("PATH", path.to_str().unwrap())],
    );
    let ffmpeg = sign(&answer.ends_with(0).json(), "ffmpeg");
    assert_eq!(ffmpeg["state"], "warn");
    assert!(ffmpeg["message"].as_str().unwrap().contains("libx264"));
}

#[test]
fn a_synced_folder_is_a_warning() {
    let newsroom = healthy();
    newsroom.write(".stfolder/marker", "");
    assert_eq!(sign(&examined(&newsroom), "synced-folder")["state"], "warn");
}

#[test]
fn a_person_gets_a_line_for_each_sign_and_the_mend_below() {
    let newsroom = Newsroom::bare();
    let answer = press(newsroom.root(), &["doctor"]);
    answer.ends_with(1);
    for piece in ["ok    version", "FAIL  site", "--root", "1 failure"] {
        assert!(answer.out.contains(piece), "no {piece} in:\n{}", answer.out);
    }
    assert!(!answer.out.contains('\u{1b}'));
    let colored = press(newsroom.root(), &["doctor", "--color", "always"]);
    assert!(colored.out.contains('\u{1b}'));
}
