//! What programs and terminals get: JSON, colours, completions, help.

use serde_json::json;

use crate::answer::{press, press_with};
use crate::newsroom::Newsroom;

fn broken() -> Newsroom {
    let newsroom = Newsroom::new();
    newsroom.write(
        "public/articles/en/second.json",
        "{\n  \"headline\": \"قارب\", \"datePublished\": \"soon\"\n}",
    );
    newsroom.write("public/articles/en/third.json", "");
    newsroom
}

#[test]
fn a_check_as_json_says_the_same_with_line_column_and_field() {
    let newsroom = broken();
    let answer = press(newsroom.root(), &["check", "--format", "json"]);
    answer.ends_with(1);
    assert_eq!(answer.err, "", "a program reads standard output alone");
    let found = answer.json();
    assert_eq!(found["version"], 1);
    assert_eq!(found["command"], "check");
    assert_eq!(found["exitCode"], 1);
    assert_eq!(found["written"], json!([]));
    let findings = found["findings"].as_array().unwrap();
    let of_kind = |kind: &str| findings.iter().find(|f| f["kind"] == kind).unwrap();
    let date = of_kind("broken-date");
    assert_eq!(date["severity"], "error");
    assert_eq!(date["file"], "public/articles/en/second.json");
    assert_eq!((&date["line"], &date["column"]), (&json!(2), &json!(40)));
    assert_eq!(date["field"], "datePublished");
    assert!(date["message"].as_str().unwrap().contains("“soon”"));
    assert!(date["hint"].as_str().unwrap().starts_with("Write "));
    let empty = of_kind("empty-file");
    assert_eq!(empty["line"], json!(null), "it is about the whole file");
    let errors = findings.iter().filter(|f| f["severity"] == "error").count();
    assert_eq!(found["counts"]["errors"], errors);
    assert_eq!(found["counts"]["stories"], 3);
    for finding in findings {
        let keys: Vec<&String> = finding.as_object().unwrap().keys().collect();
        assert_eq!(keys.len(), 8, "{keys:?}");
    }
}

#[test]
fn a_build_as_json_names_the_files_it_wrote_and_removed() {
    let newsroom = Newsroom::new();
    let build = ["build", "--into", "dist", "--format", "json"];
    let first = press(newsroom.root(), &build);
    assert_eq!(first.ends_with(0).err, "");
    let first = first.json();
    assert_eq!(first["command"], "build");
    let written = first["written"].as_array().unwrap();
    assert!(written.contains(&json!("articles/en/first.json")));
    assert!(written.contains(&json!("data/v1/en/head.json")));
    assert!(!first["notes"].as_array().unwrap().is_empty());
    let again = press(newsroom.root(), &build).json();
    assert_eq!(again["written"], json!([]));

    std::fs::remove_file(newsroom.root().join("public/articles/en/first.json")).unwrap();
    let third = press(newsroom.root(), &build).json();
    assert!(
        third["removed"]
            .as_array()
            .unwrap()
            .contains(&json!("articles/en/first.json"))
    );
}

#[test]
fn a_build_that_is_refused_says_so_and_writes_nothing() {
    let newsroom = broken();
    let answer = press(
        newsroom.root(),
        &["build", "--into", "dist", "--format", "json"],
    );
    answer.ends_with(1);
    let found = answer.json();
    assert_eq!(found["exitCode"], 1);
    assert_eq!(found["written"], json!([]));
    assert!(!newsroom.dist().exists());
    let going = press(
        newsroom.root(),
        &[
            "build",
            "--into",
            "dist",
            "--keep-going",
            "--format",
            "json",
        ],
    );
    let found = going.ends_with(0).json();
    assert_eq!(found["exitCode"], 0);
    assert_ne!(found["counts"]["errors"], 0);
}

#[test]
fn what_could_not_be_done_is_json_too() {
    let newsroom = Newsroom::bare();
    for command in [
        &["check", "--format", "json"][..],
        &["build", "--into", "dist", "--format", "json"],
    ] {
        let answer = press(newsroom.root(), command);
        answer.ends_with(2).says(&["press: there is no folder"]);
        let found = answer.json();
        assert_eq!(found["exitCode"], 2);
        assert!(found["failure"].as_str().unwrap().contains("--root"));
    }
}

#[test]
fn colours_are_for_terminals_unless_they_are_asked_for() {
    let newsroom = broken();
    let colored = |arguments: &[&str], environment: &[(&str, &str)]| {
        let answer = press_with(newsroom.root(), arguments, environment);
        answer.ends_with(1);
        answer.err.contains('\u{1b}')
    };
    assert!(!colored(&["check"], &[]), "a pipe is no terminal");
    assert!(colored(&["check", "--color", "always"], &[]));
    assert!(colored(&["--color=always", "check"], &[("NO_COLOR", "1")]));
    assert!(colored(&["check"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!colored(
        &["check", "--color", "never"],
        &[("CLICOLOR_FORCE", "1")]
    ));
    assert!(!colored(
        &["check"],
        &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]
    ));
}

#[test]
fn json_has_no_colours_even_if_they_are_asked_for() {
    let newsroom = broken();
    for command in ["check", "doctor"] {
        let answer = press(
            newsroom.root(),
            &[command, "--format", "json", "--color", "always"],
        );
        assert!(!answer.out.contains('\u{1b}'));
        answer.json();
    }
}

#[test]
fn every_shell_completes_every_command() {
    let newsroom = Newsroom::bare();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let answer = press(newsroom.root(), &["completions", shell]);
        answer.ends_with(0);
        for command in [
            "check",
            "build",
            "new",
            "preview",
            "doctor",
            "schema",
            "keep-going",
        ] {
            assert!(answer.out.contains(command), "{shell} lacks {command}");
        }
    }
    press(newsroom.root(), &["completions", "tcsh"]).ends_with(2);
}

#[test]
fn every_command_teaches_with_examples_and_exit_codes() {
    let newsroom = Newsroom::bare();
    for command in [
        "check",
        "build",
        "new",
        "preview",
        "doctor",
        "schema",
        "completions",
    ] {
        let answer = press(newsroom.root(), &[command, "--help"]);
        answer.ends_with(0);
        let example = format!("press {command}");
        for piece in ["Example", &example, "Exit codes: 0", "--color"] {
            assert!(
                answer.out.contains(piece),
                "{command}: no {piece} in {}",
                answer.out
            );
        }
    }
}

#[test]
fn the_examples_can_be_typed_as_they_stand() {
    // A shell takes “ for a letter: the headline would fall apart into words.
    let newsroom = Newsroom::bare();
    for help in [&["--help"][..], &["new", "--help"]] {
        let answer = press(newsroom.root(), help);
        assert!(
            answer.out.contains("press new \"The night ferry"),
            "{}",
            answer.out
        );
        assert!(!answer.out.contains("press new “"), "{}", answer.out);
    }
}

#[cfg(unix)]
#[test]
fn a_reader_that_has_seen_enough_is_no_fault() {
    let press = env!("CARGO_BIN_EXE_press");
    let output = std::process::Command::new("sh")
        .args([
            "-c",
            "{ \"$0\" schema; echo \"code $?\" >&2; } | true",
            press,
        ])
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said, "code 0\n");
}
