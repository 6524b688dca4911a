//! Bad input, file by file: press says precisely what is wrong, exits with 1, and
//! leaves the built site alone.

use serde_json::json;

use crate::newsroom::{Newsroom, Run, picture};

/// Checks, then tries to build over an older site: both must refuse.
#[track_caller]
pub fn refused(newsroom: &Newsroom) -> Run {
    newsroom.write("dist/index.html", "the site of yesterday");
    newsroom.write("dist/data/v1/en/head.json", "{}");
    let before = newsroom.built();
    newsroom.build().ends_with(1).says(&["nothing was built"]);
    assert_eq!(newsroom.built(), before, "the built site was touched");
    let run = newsroom.check();
    run.ends_with(1);
    run
}

const FILE: &str = "public/articles/en/second.json";

/// A newsroom whose second story is this text.
fn with_text(text: impl AsRef<[u8]>) -> Newsroom {
    let newsroom = Newsroom::new();
    newsroom.write(FILE, text);
    newsroom
}

/// A newsroom whose second story differs from a sound one.
fn with(change: serde_json::Value) -> Newsroom {
    let newsroom = Newsroom::new();
    newsroom.story("en", "second", change);
    newsroom
}

fn at(line: usize, column: usize) -> String {
    format!("{FILE}:{line}:{column}")
}

#[test]
fn a_sound_newsroom_passes() {
    let newsroom = Newsroom::new();
    newsroom
        .check()
        .ends_with(0)
        .says(&["1 story checked, 0 errors, 0 warnings"]);
}

#[test]
fn a_story_that_is_not_json_is_refused() {
    refused(&with_text("Dear all,\nhere is the story.")).says(&[
        &at(1, 1),
        "syntax",
        "2 stories checked, 1 error,",
    ]);
}

#[test]
fn an_empty_story_is_refused() {
    refused(&with_text("")).says(&[
        "public/articles/en/second.json: the file is empty",
        "help: Write the story into it, or remove the file.",
    ]);
    refused(&with_text("\u{feff} \n\t")).says(&["the file is empty"]);
}

#[test]
fn a_truncated_story_is_refused_where_it_breaks_off() {
    let text = "{\n  \"schemaVersion\": \"1.0\",\n  \"slug\": \"second\",\n  \"body\": [\n    {\"type\": \"par";
    refused(&with_text(text)).says(&[&format!("{FILE}:5:"), "syntax"]);
}

#[test]
fn a_story_of_20_mb_is_refused_before_it_is_parsed() {
    let mut text = vec![b' '; 20 * 1024 * 1024];
    text[0] = b'{';
    refused(&with_text(text)).says(&[
        "public/articles/en/second.json: the file is 20.0 MB large",
        "nothing over 16 MB is read",
        "help: Take pictures or films out of the text",
    ]);
}

#[test]
fn a_story_in_an_old_encoding_is_refused_with_the_byte_named() {
    refused(&with_text(b"{\n  \"headline\": \"caf\xe9\"}")).says(&[
        &at(2, 19),
        "not UTF-8: byte 20 is 0xe9",
        "help: Save the file again with the encoding UTF-8",
    ]);
}

#[test]
fn a_field_of_the_wrong_type_is_underlined() {
    let run = refused(&with(json!({ "byline": 7 })));
    run.says(&[FILE, "\"byline\": 7", "expected a text", "found 7"]);
}

#[test]
fn a_missing_and_an_unknown_field_are_told_with_what_was_meant() {
    let run = refused(&with(json!({ "headline": null, "hedline": "A slip" })));
    run.says(&["missing-field", "“headline” is missing"]);
    run.says(&["unknown-field", "Did you mean “headline”?"]);
}

#[test]
fn an_unknown_block_is_told_with_its_path_and_what_was_meant() {
    let body = json!([{ "type": "paragraf", "content": "It happened." }]);
    refused(&with(json!({ "body": body }))).says(&[
        "there is no block type “paragraf”",
        "Did you mean “paragraph”?",
        "body[0]",
    ]);
}

#[test]
fn a_javascript_link_is_refused() {
    let body = json!([{ "type": "paragraph", "content": [{ "text": "Go", "href": "javascript:alert(1)" }] }]);
    refused(&with(json!({ "body": body }))).says(&[
        "unsafe-link",
        "“javascript:alert(1)” is not an address that may become a link",
        "help: Write https://",
    ]);
}

#[test]
fn a_bidi_override_is_refused_and_not_printed() {
    let run = refused(&with(json!({ "headline": "Sound \u{202e}dnuos" })));
    run.says(&["bidi-control", "help: Remove the characters U+202A"]);
    run.does_not_say("\u{202e}");
}

#[test]
fn what_a_file_holds_does_not_reach_the_terminal_as_a_command() {
    let run = refused(&with_text("{\"slug\": \u{1b}[2J}"));
    run.does_not_say("\u{1b}");
}

#[test]
fn a_missing_image_is_named_with_the_file_that_was_meant() {
    let body =
        json!([{ "type": "image", "image": picture("boat", &["boat/640.jpg", "boat/960.jpg"]) }]);
    let newsroom = with(json!({ "body": body }));
    newsroom.media("boats/640.jpg");
    refused(&newsroom).says(&[
        "missing-media",
        "there is no file public/media/boat/640.jpg, and 1 more of public/media/boat/ are missing",
        "help: Did you mean “/media/boats/640.jpg”?",
        "\"href\": \"/media/boat/640.jpg\"",
    ]);
}

#[test]
fn the_case_of_a_file_name_counts() {
    let body = json!([{ "type": "image", "image": picture("boat", &["Boat.JPG"]) }]);
    let newsroom = with(json!({ "body": body }));
    newsroom.media("boat.jpg");
    refused(&newsroom).says(&["public/media/Boat.JPG", "Did you mean “/media/boat.jpg”?"]);
}

#[test]
fn a_missing_alt_text_is_a_warning_and_the_site_is_built() {
    let mut image = picture("boat", &["boat.jpg"]);
    image.as_object_mut().unwrap().remove("alt");
    let newsroom = with(json!({ "body": [{ "type": "image", "image": image }] }));
    newsroom.media("boat.jpg");
    newsroom
        .build()
        .ends_with(0)
        .says(&["alt", "2 stories checked, 0 errors, 1 warning"]);
}

#[test]
fn of_warnings_of_one_kind_the_first_three_are_shown_unless_all_are_asked_for() {
    let newsroom = Newsroom::new();
    newsroom.media("boat.jpg");
    for n in 0..5 {
        let mut image = picture("boat", &["boat.jpg"]);
        image.as_object_mut().unwrap().remove("alt");
        let body = json!({ "body": [{ "type": "image", "image": image }] });
        newsroom.story("en", &format!("boats-{n}"), body);
    }
    let excerpt = "help: ";
    let run = newsroom.check();
    run.ends_with(0).says(&[
        "5 warnings",
        "public/articles/en/boats-2.json:",
        "and 2 more",
        "2 warnings more of the kinds above; --all-warnings shows them",
    ]);
    assert_eq!(run.said.matches(excerpt).count(), 3, "{}", run.said);
    let all = newsroom.press(&["check", "--all-warnings"]);
    all.ends_with(0)
        .says(&["public/articles/en/boats-4.json:"])
        .does_not_say("more of the kinds above");
    assert_eq!(all.said.matches(excerpt).count(), 5, "{}", all.said);
}

#[test]
fn a_broken_date_is_refused() {
    refused(&with(json!({ "datePublished": "0000-00-00 00:00:00" }))).says(&[
        "broken-date",
        "“0000-00-00 00:00:00” is not a date",
        "help: A database writes this where nobody entered a date",
    ]);
}

#[test]
fn all_problems_of_all_files_are_shown_at_once_and_counted() {
    let newsroom = Newsroom::new();
    for name in ["a", "b", "c", "d"] {
        newsroom.write(&format!("public/articles/en/{name}.json"), "");
    }
    newsroom.story("en", "e", json!({ "datePublished": "soon" }));
    refused(&newsroom).says(&[
        "4 errors  empty-file: public/articles/en/a.json, public/articles/en/b.json, public/articles/en/c.json and 1 more",
        "1 error  broken-date: public/articles/en/e.json",
        "6 stories checked, 5 errors, 0 warnings",
    ]);
}

#[test]
fn a_place_on_a_line_of_a_megabyte_is_shown_without_the_line() {
    let text = format!(
        "{{\"headline\":\"{}\",\"datePublished\":\"soon\"}}",
        "x".repeat(1_000_000)
    );
    let run = refused(&with_text(text));
    run.says(&["“soon” is not a date", &at(1, 1_000_032)]);
    assert!(
        run.said.len() < 20_000,
        "{} bytes were said",
        run.said.len()
    );
}

#[test]
fn columns_count_characters_not_bytes() {
    let newsroom = with_text("{\n  \"headline\": \"قارب\", \"datePublished\": \"soon\"\n}");
    refused(&newsroom).says(&[&at(2, 40)]);
}

#[test]
fn a_site_without_its_own_file_is_refused() {
    let newsroom = Newsroom::new();
    std::fs::remove_file(newsroom.root().join("public/site.json")).unwrap();
    refused(&newsroom).says(&[
        "public/site.json: the file is missing",
        "\"defaultLanguage\"",
    ]);
}

#[test]
fn a_broken_site_file_is_refused() {
    let newsroom = Newsroom::new();
    newsroom.write("public/site.json", "{\n  \"name\": \"Gazette\",\n");
    refused(&newsroom).says(&["public/site.json:3:1", "syntax"]);
}

#[test]
fn a_folder_called_like_a_story_is_refused() {
    let newsroom = Newsroom::new();
    newsroom.write("public/articles/en/second.json/text.txt", "");
    refused(&newsroom).says(&["public/articles/en/second.json: this is a folder"]);
}

#[test]
fn stray_files_are_warned_of_and_hidden_ones_are_not() {
    let newsroom = Newsroom::new();
    newsroom.write("public/first.json", "{}");
    newsroom.write("public/articles/en/first.json~", "{}");
    newsroom.write("public/articles/.DS_Store", "");
    newsroom
        .check()
        .ends_with(0)
        .says(&[
            "public/first.json: this JSON file is outside articles/ and pages/",
            "public/articles/en/first.json~: this is no story",
            "0 errors, 2 warnings",
        ])
        .does_not_say("DS_Store");
}

#[cfg(unix)]
#[test]
fn a_folder_that_links_to_itself_is_not_walked_for_ever() {
    let newsroom = Newsroom::new();
    std::os::unix::fs::symlink(
        newsroom.root().join("public"),
        newsroom.root().join("public/again"),
    )
    .unwrap();
    newsroom
        .check()
        .ends_with(1)
        .says(&["public/again: this folder is a link to a folder it lies in"]);
}

#[test]
fn without_a_public_folder_press_cannot_work() {
    let newsroom = Newsroom::bare();
    newsroom
        .check()
        .ends_with(2)
        .says(&["press: there is no folder", "--root"]);
}

#[test]
fn a_wrong_option_is_a_wrong_use() {
    let newsroom = Newsroom::new();
    newsroom
        .press(&["check", "--as-of", "tomorrow"])
        .ends_with(2)
        .says(&["write a date such as 2026-11-24"]);
}

#[test]
fn help_teaches_the_exit_codes() {
    let run =
        crate::newsroom::run(std::process::Command::new(env!("CARGO_BIN_EXE_press")).arg("--help"));
    run.ends_with(0)
        .says(&["Exit codes", "public/articles/<language>/<slug>.json"]);
}

#[test]
fn the_schema_of_both_formats_is_printed() {
    for (format, field) in [("article", "\"headline\""), ("site", "\"defaultLanguage\"")] {
        let run = crate::newsroom::run(
            std::process::Command::new(env!("CARGO_BIN_EXE_press")).args(["schema", format]),
        );
        run.ends_with(0).says(&[field]);
        let schema: serde_json::Value = serde_json::from_str(&run.said).unwrap();
        assert!(schema.is_object());
    }
}
