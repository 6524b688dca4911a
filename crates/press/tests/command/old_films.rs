//! `press media`: films of players that are gone.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::answer::{Answer, press, press_with};
use crate::newsroom::{Newsroom, files_of};

/// Whether ffmpeg is installed. Where it is not, the test says that it did not run;
/// `cargo xtask test` installs it, and lets nothing be left out.
fn has_ffmpeg() -> bool {
    let has = |name: &str| Command::new(name).arg("-version").output().is_ok();
    let both = has("ffmpeg") && has("ffprobe");
    if !both {
        assert!(
            std::env::var_os("FFMPEG_REQUIRED").is_none(),
            "ffmpeg is not installed"
        );
        eprintln!("NOT RUN: ffmpeg is not installed (apt install ffmpeg)");
    }
    both
}

fn media(newsroom: &Newsroom, words: &[&str]) -> Answer {
    press(newsroom.root(), &[&["media"], words].concat())
}

#[track_caller]
fn report(newsroom: &Newsroom, code: i32, words: &[&str]) -> Value {
    let words = [&["--format", "json"], words].concat();
    let answer = media(newsroom, &words);
    let report = answer.ends_with(code).json();
    assert_eq!(answer.err, "");
    assert_eq!(report["command"], "media");
    assert_eq!(report["exitCode"], code);
    report
}

/// Makes a film of six seconds, or a sound, with these words for ffmpeg.
fn make(newsroom: &Newsroom, name: &str, words: &str) {
    make_sized(newsroom, name, "176x144", words);
}

fn make_sized(newsroom: &Newsroom, name: &str, size: &str, words: &str) {
    let path = newsroom.root().join("public/media").join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let picture =
        format!("color=black:s={size}:r=15:d=1[b];testsrc=s={size}:r=15:d=5[t];[b][t]concat");
    let made = Command::new("ffmpeg")
        .args(["-nostdin", "-v", "error", "-f", "lavfi", "-i", &picture])
        .args(["-f", "lavfi", "-i", "sine=d=6"])
        .args(words.split(' '))
        .arg(&path)
        .output()
        .unwrap();
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
}

const REAL: &str = "-c:v rv20 -c:a ac3";
const WINDOWS: &str = "-c:v wmv2 -c:a wmav2";

/// Leaves the first half of a file.
fn break_off(newsroom: &Newsroom, name: &str, to: &str) {
    let bytes = fs::read(newsroom.root().join("public/media").join(name)).unwrap();
    newsroom.write(&format!("public/media/{to}"), &bytes[..bytes.len() / 2]);
}

/// A film of old players, with these addresses.
fn old(id: &str, addresses: &[&str]) -> Value {
    let sources: Vec<Value> = addresses
        .iter()
        .map(|href| json!({ "href": href, "format": "realMedia", "status": "unknown" }))
        .collect();
    json!({ "id": id, "title": id, "availability": "legacyOnly", "legacySources": sources })
}

fn story(newsroom: &Newsroom, slug: &str, films: &[Value]) {
    let body: Vec<Value> = films
        .iter()
        .map(|film| json!({ "type": "video", "video": film }))
        .collect();
    newsroom.story("en", slug, json!({ "body": body }));
}

/// The story as it stands in its file.
fn text(newsroom: &Newsroom, slug: &str) -> String {
    fs::read_to_string(
        newsroom
            .root()
            .join(format!("public/articles/en/{slug}.json")),
    )
    .unwrap()
}

fn film(newsroom: &Newsroom, slug: &str) -> Value {
    let story: Value = serde_json::from_str(&text(newsroom, slug)).unwrap();
    let block = &story["body"][0];
    block.get("video").or(block.get("audio")).unwrap().clone()
}

/// The files below `public/media/`, without their folder.
fn files(newsroom: &Newsroom) -> Vec<String> {
    files_of(&newsroom.root().join("public/media"))
        .into_keys()
        .collect()
}

fn record(newsroom: &Newsroom) -> Value {
    let text = fs::read_to_string(newsroom.root().join("press-media.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// The state of each film, by its field.
fn states(report: &Value) -> Vec<&str> {
    let films = report["films"].as_array().unwrap().iter();
    films.map(|film| film["state"].as_str().unwrap()).collect()
}

#[test]
fn every_kind_of_old_file_is_found_wherever_a_story_names_it() {
    let newsroom = Newsroom::new();
    let endings = [
        "rm", "rv", "ra", "rmvb", "wmv", "asf", "wma", "mov", "qt", "flv", "f4v", "swf", "ram",
        "rpm", "asx", "wax", "wvx", "smil", "smi", "qtl",
    ];
    let addresses: Vec<String> = endings
        .iter()
        .map(|ending| format!("http://old.example/{ending}/film.{}", ending.to_uppercase()))
        .collect();
    let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
    let link = |href: &str| json!({ "text": "film", "href": href });
    newsroom.story(
        "en",
        "many",
        json!({
            "leadMedia": { "type": "video", "video": old("lead", &addresses) },
            "body": [
                { "type": "paragraph", "content": ["See ", link("http://old.example/x.rm"), link("/media/here.wmv?x")] },
                { "type": "audio", "audio": { "id": "s", "title": "s", "renditions": [
                    { "href": "/media/s.wma", "contentType": "audio/x-ms-wma" },
                    { "href": "/media/odd", "contentType": "video/x-flv" },
                ] } },
                { "type": "aside", "body": [{ "type": "unsupported", "kind": "legacy-html/embed", "href": "http://old.example/y.swf" }] },
            ],
            "extensions": { "cms": { "href": "http://old.example/z.rm" } },
        }),
    );
    newsroom.write("public/media/here.wmv", "x");
    newsroom.write("public/media/lying/around.RM", "x");
    newsroom.write("public/media/lying/new.mp4", "x");
    let report = report(&newsroom, 0, &[]);
    let films = report["films"].as_array().unwrap();
    let of = |field: &str| films.iter().find(|film| film["field"] == field).unwrap();
    let lead = of("leadMedia.video");
    let found = lead["references"].as_array().unwrap();
    let kinds: Vec<String> = found
        .iter()
        .map(|one| {
            format!(
                "{} {}",
                one["format"].as_str().unwrap(),
                one["thing"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(found.len(), endings.len());
    assert_eq!(kinds[0], "realMedia film");
    assert_eq!(kinds[6], "windowsMedia sound");
    assert_eq!(kinds[11], "flash program");
    assert_eq!(
        kinds[12..]
            .iter()
            .filter(|kind| kind.ends_with("metafile"))
            .count(),
        8
    );
    let sound = of("body[1].audio");
    assert_eq!(sound["kind"], "sound");
    assert_eq!(sound["references"][1]["format"], "flash", "by its type");
    let links: Vec<(&str, &str)> = report["links"]
        .as_array()
        .unwrap()
        .iter()
        .map(|link| {
            (
                link["field"].as_str().unwrap(),
                link["place"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        links,
        [
            ("body[0].content[1].href", "elsewhere"),
            ("body[0].content[2].href", "here"),
            ("body[2].body[0].href", "elsewhere"),
        ]
    );
    let loose = report["loose"].as_array().unwrap();
    assert_eq!(loose.len(), 1, "{loose:#?}");
    assert_eq!(loose[0]["file"], "public/media/lying/around.RM");
    let said = media(&newsroom, &[]);
    for piece in [
        "leadMedia.video “lead”",
        "legacySources[0]  RealMedia film",
        "http://old.example/rm/film.RM",
        "not here: it is on another site",
        "Save it while it is there, and put it anywhere below public/media/ as film.RM.",
        "stays a card",
        "link to Windows Media film",
        "public/media/lying/around.RM",
    ] {
        assert!(said.out.contains(piece), "no “{piece}” in {}", said.out);
    }
}

#[test]
fn what_can_be_done_depends_on_where_the_file_was() {
    let newsroom = Newsroom::new();
    let mut one = old(
        "a",
        &[
            "rtsp://h.example/a.rm",
            "/media/gone.rm",
            "http://h.example/b.wmv",
            "http://h.example/c.rm",
        ],
    );
    one["legacySources"][2]["status"] = json!("dead");
    one["legacySources"][3]["archivedAt"] = json!("https://archive.example/c.rm");
    let sources = one["legacySources"].as_array_mut().unwrap();
    sources.push(json!({ "label": "RealPlayer, 56k", "format": "realMedia", "status": "dead" }));
    story(&newsroom, "one", &[one]);
    let found = report(&newsroom, 0, &[]);
    let references = found["films"][0]["references"].as_array().unwrap();
    let said: Vec<(&str, &str)> = references
        .iter()
        .map(|one| {
            let hint = one["hint"].as_str().unwrap_or_default();
            (one["place"].as_str().unwrap(), hint)
        })
        .collect();
    assert_eq!(
        said,
        [
            (
                "stream",
                "Look for the file in a backup and put it anywhere below public/media/ as a.rm."
            ),
            ("missing", "Put it there, from a backup of the old site."),
            (
                "elsewhere",
                "Look for the file in a backup and put it anywhere below public/media/ as b.wmv."
            ),
            (
                "elsewhere",
                "Save the copy and put it anywhere below public/media/ as c.rm: https://archive.example/c.rm"
            ),
            ("words", ""),
        ]
    );
    assert_eq!(states(&found), ["card"]);
}

#[test]
fn a_site_without_old_films_says_so() {
    let newsroom = Newsroom::new();
    let answer = media(&newsroom, &[]);
    answer.ends_with(0);
    assert!(
        answer.out.starts_with("There is nothing here"),
        "{}",
        answer.out
    );
    assert!(!newsroom.root().join("press-media.json").exists());
    assert!(
        !newsroom.root().join(".press").exists(),
        "nothing is left behind"
    );
}

#[test]
fn a_file_from_a_backup_is_known_by_its_name_if_it_is_certain() {
    let newsroom = Newsroom::new();
    story(
        &newsroom,
        "one",
        &[
            old(
                "a",
                &[
                    "rtsp://rm.example:554/2003/11/Ferry_BB.rm?cloakport=80",
                    "http://www.example/2003/11/ferry_bb.rm",
                ],
            ),
            old("b", &["http://www.example/kites/video.wmv"]),
            old("c", &["http://www.example/boats/video.wmv"]),
            old("d", &["http://www.example/2003/clip.rm"]),
            old("e", &["http://www.example/2004/clip.rm"]),
            old("f", &["http://www.example/x/twice.rm"]),
        ],
    );
    for path in [
        "backup/ferry_bb.rm",
        "video.wmv",
        "mirror/2003/clip.rm",
        "mirror/2004/clip.rm",
        "one/twice.rm",
        "two/twice.rm",
    ] {
        newsroom.write(&format!("public/media/{path}"), "x");
    }
    let found = report(&newsroom, 0, &[]);
    let places: Vec<Vec<(&str, &str)>> = found["films"]
        .as_array()
        .unwrap()
        .iter()
        .map(|film| {
            let references = film["references"].as_array().unwrap().iter();
            references
                .map(|one| {
                    (
                        one["place"].as_str().unwrap(),
                        one["file"].as_str().unwrap_or(""),
                    )
                })
                .collect()
        })
        .collect();
    let here = |path| ("here", path);
    assert_eq!(
        places,
        [
            // The streaming server and the web server had the same file.
            vec![
                here("public/media/backup/ferry_bb.rm"),
                here("public/media/backup/ferry_bb.rm")
            ],
            // Either may be meant.
            vec![("unclear", "")],
            vec![("unclear", "")],
            // The folder decides.
            vec![here("public/media/mirror/2003/clip.rm")],
            vec![here("public/media/mirror/2004/clip.rm")],
            vec![("unclear", "")],
        ]
    );
    assert_eq!(found["films"][0]["references"][0]["isByName"], true);
    let unclear = found["films"][1]["references"][0]["hint"].as_str().unwrap();
    assert!(
        unclear.contains("Write the address of the right one"),
        "{unclear}"
    );
}

#[test]
fn lists_say_where_they_lead_and_a_circle_of_them_ends() {
    let newsroom = Newsroom::new();
    story(
        &newsroom,
        "one",
        &[
            old("a", &["/media/old/a.ram"]),
            old("b", &["/media/old/b.asx"]),
        ],
    );
    newsroom.write(
        "public/media/old/a.ram",
        "../other/c.ram\r\nfilm.rm\r\nrtsp://gone.example/x.rm\r\n",
    );
    newsroom.write(
        "public/media/other/c.ram",
        "/media/old/a.ram\nhttp://h.example/c.ram\n",
    );
    newsroom.write("public/media/old/film.rm", "x");
    newsroom.write(
        "public/media/old/b.asx",
        b"<ASX><title>Caf\xe9</TITLE><Ref HREF=\"mms://h.example/v/Boat%20One.wmv\"></ASX>",
    );
    newsroom.write("public/media/Boat One.wmv", "x");
    let found = report(&newsroom, 0, &[]);
    let leads = &found["films"][0]["references"][0]["leadsTo"];
    let ways = leads["ways"].as_array().unwrap();
    assert_eq!(ways[0]["file"], "public/media/other/c.ram");
    let on = ways[0]["leadsTo"]["ways"].as_array().unwrap();
    assert_eq!(
        (&on[0]["isLoop"], &on[1]["isLoop"]),
        (&json!(true), &json!(true))
    );
    assert_eq!(ways[1]["file"], "public/media/old/film.rm");
    assert_eq!(ways[2]["place"], "stream");
    let asx = &found["films"][1]["references"][0]["leadsTo"];
    assert_eq!(asx["title"], "Café");
    assert_eq!(asx["charset"], "windows-1252");
    assert_eq!(asx["ways"][0]["file"], "public/media/Boat One.wmv");
    // The first plays another film as well, which is not here.
    assert_eq!(states(&found), ["several", "convertible"]);
    assert_eq!(found["loose"], json!([]), "all are named by somebody");
    let said = media(&newsroom, &[]).out;
    assert!(
        said.contains("-> /media/old/a.ram (leads back to a list that led here)"),
        "{said}"
    );
    assert!(said.contains("“Café”"), "{said}");
}

#[test]
fn a_list_that_cannot_be_read_says_why() {
    let newsroom = Newsroom::new();
    for (name, bytes, why) in [
        ("empty.ram", b"".to_vec(), "the file is empty"),
        ("long.asx", vec![b' '; 300 * 1024], "longer than 256 KB"),
        (
            "page.ram",
            b"<html>404 Not Found</html>".to_vec(),
            "a web page",
        ),
        ("real.ram", b".RMF\0\0\0\x12".to_vec(), "no text"),
        ("sami.smi", b"<SAMI></SAMI>".to_vec(), "captions (SAMI)"),
    ] {
        newsroom.write(&format!("public/media/{name}"), bytes);
        story(&newsroom, "one", &[old("a", &[&format!("/media/{name}")])]);
        let said = media(&newsroom, &[]);
        assert!(said.ends_with(0).out.contains(why), "{name}: {}", said.out);
        fs::remove_file(newsroom.root().join("public/media").join(name)).unwrap();
    }
}

/// From the report to the built site.
#[test]
fn a_film_is_converted_put_into_its_story_and_built() {
    if !has_ffmpeg() {
        return;
    }
    let newsroom = Newsroom::new();
    make(&newsroom, "2003/ferry_bb.rm", REAL);
    newsroom.write(
        "public/media/2003/ferry.ram",
        "rtsp://rm.example/2003/ferry_bb.rm\r\n",
    );
    let source = fs::read(newsroom.root().join("public/media/2003/ferry_bb.rm")).unwrap();
    // As somebody wrote it by hand, with everything a tool would change.
    let before = "{\r\n\t\"schemaVersion\": \"1.0\", \"id\": \"urn:test:ferry\",\r\n\t\"slug\": \"ferry\", \"language\": \"en\",\r\n\t\"headline\": \"The caf\\u00e9 ferry\",\r\n\t\"datePublished\": \"2003-11-04\",\r\n\r\n\t\"body\": [\r\n\t\t{ \"video\": {\r\n\t\t\t\"title\": \"The ferry\",\r\n\t\t\t\"id\": \"ferry\",\r\n\t\t\t\"duration\": 6.50,\r\n\t\t\t\"availability\": \"legacyOnly\",\r\n\t\t\t\"legacySources\": [ { \"status\": \"dead\", \"format\": \"realMedia\", \"href\": \"http://www.example/ram/2003/ferry.ram\" } ]\r\n\t\t}, \"type\": \"video\" }\r\n\t]\r\n}\r\n";
    newsroom.write("public/articles/en/ferry.json", before);

    let found = report(&newsroom, 0, &[]);
    assert_eq!(states(&found), ["convertible"]);
    assert_eq!(
        files(&newsroom),
        ["2003/ferry.ram", "2003/ferry_bb.rm"],
        "only looked"
    );

    let found = report(&newsroom, 0, &["--convert"]);
    assert_eq!(states(&found), ["made"]);
    assert_eq!(
        files(&newsroom),
        [
            "2003/ferry.ram",
            "2003/ferry_bb.rm",
            "2003/ferry_bb.rm.en.vtt",
            "2003/ferry_bb.rm.jpg",
            "2003/ferry_bb.rm.mp4",
        ]
    );
    assert_eq!(text(&newsroom, "ferry"), before, "not without --write");
    assert_eq!(found["changes"][0]["isWritten"], false);
    assert_eq!(
        found["changes"][0]["adds"],
        json!(["renditions", "availability", "poster"])
    );
    assert_eq!(
        found["captionsToWrite"],
        json!(["public/media/2003/ferry_bb.rm.en.vtt"])
    );

    let found = report(&newsroom, 0, &["--write"]);
    assert_eq!(states(&found), ["written"]);
    let rendition = "\t\t\t\"renditions\": [\r\n\t\t\t\t{\r\n\t\t\t\t\t\"href\": \"/media/2003/ferry_bb.rm.mp4\",\r\n\t\t\t\t\t\"contentType\": \"video/mp4\",\r\n\t\t\t\t\t\"width\": 176,\r\n\t\t\t\t\t\"height\": 144\r\n\t\t\t\t}\r\n\t\t\t],\r\n";
    let poster = "\t\t\t\"poster\": {\r\n\t\t\t\t\"renditions\": [\r\n\t\t\t\t\t{\r\n\t\t\t\t\t\t\"href\": \"/media/2003/ferry_bb.rm.jpg\",\r\n\t\t\t\t\t\t\"contentType\": \"image/jpeg\",\r\n\t\t\t\t\t\t\"width\": 176,\r\n\t\t\t\t\t\t\"height\": 144\r\n\t\t\t\t\t}\r\n\t\t\t\t]\r\n\t\t\t},\r\n";
    let expected = before.replace("legacyOnly", "playable").replace(
        "\t\t\t\"legacySources\"",
        &format!("{rendition}{poster}\t\t\t\"legacySources\""),
    );
    assert_eq!(text(&newsroom, "ferry"), expected, "and no other byte");
    assert_eq!(
        fs::read(newsroom.root().join("public/media/2003/ferry_bb.rm")).unwrap(),
        source
    );
    newsroom.check().ends_with(0).says(&["0 errors"]);

    newsroom.build().ends_with(0);
    let video = &newsroom.built_json("articles/en/ferry.json")["body"][0]["video"];
    assert_eq!(video["duration"], 6.5, "what the editor wrote");
    assert!(
        video["renditions"][0]["codecs"]
            .as_str()
            .unwrap()
            .starts_with("avc1")
    );
    let posters = video["poster"]["renditions"].as_array().unwrap();
    assert!(posters.len() >= 3, "{posters:?}");
    assert_eq!(states(&report(&newsroom, 0, &[])), ["plays"]);
}

#[test]
fn a_second_run_does_nothing_and_the_record_says_what_the_first_did() {
    if !has_ffmpeg() {
        return;
    }
    let newsroom = Newsroom::new();
    make(&newsroom, "a.wmv", WINDOWS);
    fs::copy(
        newsroom.root().join("public/media/a.wmv"),
        newsroom.root().join("public/media/copy.wmv"),
    )
    .unwrap();
    story(&newsroom, "one", &[old("a", &["/media/a.wmv"])]);
    story(&newsroom, "two", &[old("a", &["/media/copy.wmv"])]);
    report(&newsroom, 0, &["--convert", "--write"]);
    let written = record(&newsroom);
    let all = written["conversions"].as_array().unwrap();
    assert_eq!(all.len(), 1, "the same film is converted once");
    let one = &all[0];
    assert_eq!(one["source"], "public/media/a.wmv");
    assert_eq!(one["sha256"].as_str().unwrap().len(), 64);
    assert!(
        one["program"]
            .as_str()
            .unwrap()
            .starts_with("ffmpeg version")
    );
    assert_eq!(
        (&one["result"], &one["made"]),
        (&json!("converted"), &json!("film"))
    );
    assert!(one["began"].as_str().unwrap().ends_with('Z'));
    let arguments = one["arguments"].to_string();
    assert!(arguments.contains("libx264") && arguments.contains("{source}"));
    assert_eq!(one["files"][0]["file"], "public/media/a.wmv.mp4");
    let root = newsroom.root().to_str().unwrap();
    assert!(!written.to_string().contains(root), "no place of this disk");
    assert_eq!(
        film(&newsroom, "two")["renditions"][0]["href"],
        "/media/a.wmv.mp4"
    );

    let before = files_of(newsroom.root());
    let times = |path: &str| {
        let about = fs::metadata(newsroom.root().join(path)).unwrap();
        about.modified().unwrap()
    };
    let made = times("public/media/a.wmv.mp4");
    let again = report(&newsroom, 0, &["--convert", "--write"]);
    assert_eq!(again["converted"], json!([]));
    assert_eq!(again["changes"], json!([]));
    let public = |files: BTreeMap<String, Vec<u8>>| -> BTreeMap<String, Vec<u8>> {
        let files = files.into_iter();
        files
            .filter(|(path, _)| !path.starts_with(".press/"))
            .collect()
    };
    assert_eq!(public(files_of(newsroom.root())), public(before));
    assert_eq!(times("public/media/a.wmv.mp4"), made);
    // A film that is gone is made again.
    fs::remove_file(newsroom.root().join("public/media/a.wmv.mp4")).unwrap();
    story(&newsroom, "one", &[old("a", &["/media/a.wmv"])]);
    let again = report(&newsroom, 0, &["--convert"]);
    assert_eq!(again["converted"].as_array().unwrap().len(), 1);
    assert!(files(&newsroom).contains(&"a.wmv.mp4".to_owned()));
    assert!(!files(&newsroom).iter().any(|file| file.contains("-2")));
}

#[test]
fn captions_are_named_in_the_story_when_they_have_words_and_not_before() {
    if !has_ffmpeg() {
        return;
    }
    let newsroom = Newsroom::new();
    make(&newsroom, "a.rm", REAL);
    newsroom.story(
        "fr",
        "un",
        json!({ "body": [{ "type": "video", "video": old("a", &["/media/a.rm"]) }] }),
    );
    let path = newsroom.root().join("public/articles/fr/un.json");
    let video = || -> Value {
        let story: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        story["body"][0]["video"].clone()
    };
    report(&newsroom, 0, &["--convert", "--write"]);
    assert_eq!(
        video()["tracks"],
        json!(null),
        "an empty track would be a promise"
    );
    let stub = fs::read_to_string(newsroom.root().join("public/media/a.rm.fr.vtt")).unwrap();
    assert!(
        stub.starts_with("WEBVTT\n\nNOTE\nLes sous-titres"),
        "{stub}"
    );
    let said = media(&newsroom, &["--write"]).out;
    assert!(
        said.contains("Captions are still to be written in\n  public/media/a.rm.fr.vtt"),
        "{said}"
    );

    let written = format!("{stub}\n00:01.000 --> 00:03.000\nLe bac part.\n");
    newsroom.write("public/media/a.rm.fr.vtt", &written);
    let found = report(&newsroom, 0, &["--convert", "--write"]);
    assert_eq!(found["changes"][0]["adds"], json!(["tracks"]));
    assert_eq!(found["captionsToWrite"], json!([]));
    assert_eq!(
        video()["tracks"],
        json!([{ "kind": "captions", "language": "fr", "label": "Français", "href": "/media/a.rm.fr.vtt" }])
    );
    let kept = fs::read_to_string(newsroom.root().join("public/media/a.rm.fr.vtt")).unwrap();
    assert_eq!(kept, written);
    assert_eq!(report(&newsroom, 0, &["--write"])["changes"], json!([]));
    newsroom.build().ends_with(0);
    let built = newsroom.built_json("articles/fr/un.json");
    let said = built["body"][0]["video"]["transcript"].to_string();
    assert!(said.contains("Le bac part."), "{said}");
}

#[test]
fn nothing_that_is_there_is_replaced() {
    if !has_ffmpeg() {
        return;
    }
    let newsroom = Newsroom::new();
    make(&newsroom, "a.rm", REAL);
    let mine = ["a.rm.jpg", "a.rm-2.mp4", "a.rm-3.en.vtt"];
    for name in mine {
        newsroom.write(&format!("public/media/{name}"), "mine");
    }
    let mut with_poster = old("a", &["/media/a.rm"]);
    with_poster["poster"] =
        json!({ "renditions": [{ "href": "/media/b.jpg", "contentType": "image/jpeg" }] });
    newsroom.media("b.jpg");
    story(&newsroom, "one", &[with_poster.clone()]);
    report(&newsroom, 0, &["--convert", "--write"]);
    for name in mine {
        let kept = fs::read(newsroom.root().join("public/media").join(name)).unwrap();
        assert_eq!(kept, b"mine", "{name}");
    }
    let film = film(&newsroom, "one");
    assert_eq!(film["renditions"][0]["href"], "/media/a.rm-3.mp4");
    assert_eq!(film["poster"], with_poster["poster"]);
    assert_eq!(film["legacySources"], with_poster["legacySources"]);
}

#[test]
fn a_damaged_file_is_told_by_name_and_the_rest_goes_on() {
    if !has_ffmpeg() {
        return;
    }
    let newsroom = Newsroom::new();
    make(&newsroom, "whole.rm", REAL);
    make(&newsroom, "whole.mov", "-c:v svq1 -an");
    break_off(&newsroom, "whole.rm", "half.rm");
    break_off(&newsroom, "whole.mov", "half.mov");
    fs::remove_file(newsroom.root().join("public/media/whole.mov")).unwrap();
    newsroom.write("public/media/zero.rm", "");
    newsroom.write("public/media/text.wmv", "Not a film at all");
    story(
        &newsroom,
        "one",
        &[
            old("zero", &["/media/zero.rm"]),
            old("half", &["/media/half.rm"]),
            old("mov", &["/media/half.mov"]),
            old("text", &["/media/text.wmv"]),
            old("whole", &["/media/whole.rm"]),
        ],
    );
    let found = report(&newsroom, 1, &["--convert", "--write"]);
    assert_eq!(
        states(&found),
        ["broken", "partial", "broken", "broken", "written"]
    );
    assert_eq!(found["counts"]["errors"], 4);
    let messages = found["films"].to_string();
    for piece in [
        "public/media/zero.rm: the file is empty",
        "public/media/half.rm: the file breaks off: of 6 seconds only",
        "public/media/half.mov: ffmpeg finds neither film nor sound",
        "public/media/text.wmv: ffmpeg finds neither film nor sound",
    ] {
        assert!(messages.contains(piece), "no “{piece}” in {messages}");
    }
    let story: Value = serde_json::from_str(&text(&newsroom, "one")).unwrap();
    assert_eq!(
        story["body"][1]["video"]["renditions"],
        json!(null),
        "half a film is no film"
    );
    // It is known now, without trying.
    let again = report(&newsroom, 1, &["--convert"]);
    assert_eq!(again["converted"], json!([]));
    assert_eq!(
        states(&again),
        ["broken", "partial", "broken", "broken", "plays"]
    );
    // And it is told without converting.
    assert_eq!(states(&report(&newsroom, 1, &[])), states(&again));
    newsroom.check().ends_with(0);

    let found = report(&newsroom, 1, &["--write", "--partial"]);
    assert_eq!(states(&found)[1], "written");
    let story: Value = serde_json::from_str(&text(&newsroom, "one")).unwrap();
    assert_eq!(
        story["body"][1]["video"]["renditions"][0]["href"],
        "/media/half.rm.mp4"
    );
}

#[test]
fn the_largest_file_of_a_film_is_taken_and_the_next_where_it_is_damaged() {
    if !has_ffmpeg() {
        return;
    }
    let newsroom = Newsroom::new();
    make_sized(&newsroom, "56k.rm", "96x64", "-c:v rv10 -b:v 30k -an");
    make_sized(
        &newsroom,
        "bb.rm",
        "176x144",
        "-c:v rv20 -b:v 400k -c:a ac3",
    );
    let both = ["/media/56k.rm", "/media/bb.rm"];
    story(&newsroom, "one", &[old("a", &both)]);
    report(&newsroom, 0, &["--convert"]);
    let made = |newsroom: &Newsroom| -> Vec<String> {
        let files = files(newsroom).into_iter();
        files.filter(|file| file.ends_with(".mp4")).collect()
    };
    assert_eq!(made(&newsroom), ["bb.rm.mp4"], "one is enough");

    let newsroom = Newsroom::new();
    make_sized(&newsroom, "56k.rm", "96x64", "-c:v rv10 -b:v 30k -an");
    newsroom.write("public/media/bb.rm", vec![7; 500_000]);
    story(&newsroom, "one", &[old("a", &both)]);
    let found = report(&newsroom, 0, &["--convert"]);
    assert_eq!(made(&newsroom), ["56k.rm.mp4"]);
    assert_eq!(states(&found), ["made"]);
    let told = found["films"][0]["references"][1]["message"]
        .as_str()
        .unwrap();
    assert!(
        told.contains("public/media/bb.rm") && told.contains("neither film nor sound"),
        "{told}"
    );
}

#[test]
fn a_list_of_several_films_is_converted_and_left_to_a_person() {
    if !has_ffmpeg() {
        return;
    }
    let newsroom = Newsroom::new();
    make(&newsroom, "one.rm", REAL);
    make(&newsroom, "two.rm", "-c:v rv10 -c:a ac3");
    newsroom.write("public/media/both.ram", "one.rm\ntwo.rm\n");
    story(&newsroom, "one", &[old("a", &["/media/both.ram"])]);
    let before = text(&newsroom, "one");
    let found = report(&newsroom, 0, &["--convert", "--write"]);
    assert_eq!(states(&found), ["several"]);
    let made = found["films"][0]["made"].to_string();
    assert!(
        made.contains("one.rm.mp4") && made.contains("two.rm.mp4"),
        "{made}"
    );
    assert_eq!(text(&newsroom, "one"), before);
}

#[test]
fn films_that_play_and_films_that_were_withdrawn_are_left_alone() {
    if !has_ffmpeg() {
        return;
    }
    let newsroom = Newsroom::new();
    make(&newsroom, "a.rm", REAL);
    make(&newsroom, "b.rm", "-c:v rv10 -an");
    newsroom.media("a.mp4");
    let mut plays = old("a", &["/media/a.rm"]);
    plays["availability"] = json!("playable");
    plays["renditions"] = json!([{ "href": "/media/a.mp4", "contentType": "video/mp4" }]);
    let mut withdrawn = old("b", &["/media/b.rm"]);
    withdrawn["availability"] = json!("withdrawn");
    story(&newsroom, "one", &[plays, withdrawn]);
    let before = text(&newsroom, "one");
    let found = report(&newsroom, 0, &["--convert", "--write"]);
    assert_eq!(states(&found), ["plays", "withdrawn"]);
    assert_eq!(files(&newsroom), ["a.mp4", "a.rm", "b.rm"]);
    assert_eq!(text(&newsroom, "one"), before);
}

#[test]
fn sounds_become_sounds_and_a_sound_is_not_put_where_a_film_is() {
    if !has_ffmpeg() {
        return;
    }
    let newsroom = Newsroom::new();
    make(&newsroom, "speech.ra", "-map 1:a -c:a ac3 -f rm");
    make(&newsroom, "film.wmv", WINDOWS);
    make(&newsroom, "tone.wma", "-map 1:a -c:a wmav2");
    let audio = |id: &str, href: &str| json!({ "type": "audio", "audio": old(id, &[href]) });
    newsroom.story(
        "en",
        "one",
        json!({ "body": [audio("a", "/media/speech.ra"), audio("b", "/media/film.wmv"),
            { "type": "video", "video": old("c", &["/media/tone.wma"]) }] }),
    );
    let found = report(&newsroom, 0, &["--convert", "--write"]);
    assert_eq!(states(&found), ["written", "written", "made"]);
    let story: Value = serde_json::from_str(&text(&newsroom, "one")).unwrap();
    for (index, file) in ["speech.ra.m4a", "film.wmv.m4a"].into_iter().enumerate() {
        let rendition = &story["body"][index]["audio"]["renditions"][0];
        assert_eq!(rendition["href"], format!("/media/{file}"));
        assert_eq!(rendition["contentType"], "audio/mp4");
    }
    assert_eq!(story["body"][2]["video"]["renditions"], json!(null));
    let hint = found["films"][2]["hint"].as_str().unwrap();
    assert!(hint.contains("audio block"), "{hint}");
    assert!(
        !files(&newsroom)
            .iter()
            .any(|file| file.ends_with(".vtt") || file.ends_with(".jpg"))
    );
    newsroom.check().ends_with(0);
}

#[test]
fn links_and_loose_files_are_converted_and_said_what_to_do_with() {
    if !has_ffmpeg() {
        return;
    }
    let newsroom = Newsroom::new();
    make(&newsroom, "linked.flv", "-c:v flv -an");
    make(&newsroom, "loose.mov", "-c:v svq1 -an");
    let link = json!({ "text": "film", "href": "/media/linked.flv" });
    newsroom.story(
        "en",
        "one",
        json!({ "body": [{ "type": "paragraph", "content": [link] }] }),
    );
    let before = text(&newsroom, "one");
    let found = report(&newsroom, 0, &["--convert", "--write"]);
    assert_eq!(text(&newsroom, "one"), before, "a link is the editor's");
    let hint = found["links"][0]["hint"].as_str().unwrap();
    assert!(hint.contains("/media/linked.flv.mp4"), "{hint}");
    assert_eq!(found["loose"][0]["state"], "made");
    // Once a story shows it, there is nothing more to say.
    story(
        &newsroom,
        "two",
        &[
            json!({ "id": "x", "title": "x", "renditions": [{ "href": "/media/loose.mov.mp4", "contentType": "video/mp4" }] }),
        ],
    );
    assert_eq!(report(&newsroom, 0, &[])["loose"], json!([]));
}

#[test]
fn where_ffmpeg_is_missing_all_else_works_and_it_is_said_how_to_get_it() {
    let newsroom = Newsroom::new();
    newsroom.write("public/media/a.rm", "x");
    story(&newsroom, "one", &[old("a", &["/media/a.rm"])]);
    let without =
        |words: &[&str]| press_with(newsroom.root(), words, &[("PATH", "/there/is/nothing")]);
    without(&["media"]).ends_with(0);
    let answer = without(&["media", "--convert", "--write"]);
    answer.ends_with(1);
    assert!(
        answer
            .out
            .contains("Nothing was converted: ffmpeg is not installed. Install ffmpeg"),
        "{}",
        answer.out
    );
    let answer = without(&["media", "--convert", "--format", "json"]);
    let report = answer.ends_with(1).json();
    assert!(
        report["without"]["hint"]
            .as_str()
            .unwrap()
            .contains("apt install ffmpeg")
    );
    assert_eq!(states(&report), ["convertible"]);
    // Where there is nothing to convert, nothing is missing.
    fs::remove_file(newsroom.root().join("public/media/a.rm")).unwrap();
    without(&["media", "--convert", "--write"]).ends_with(0);
}

#[test]
fn a_record_that_cannot_be_read_is_not_written_over() {
    let newsroom = Newsroom::new();
    newsroom.write("public/media/a.rm", "x");
    for (text, why) in [
        ("{\"version\": 1, \"conv", "is damaged"),
        (
            "{\"version\": 9, \"conversions\": []}",
            "was written by another press",
        ),
    ] {
        newsroom.write("press-media.json", text);
        let answer = media(&newsroom, &["--convert"]);
        answer.ends_with(2).says(&["press-media.json", why]);
        let kept = fs::read_to_string(newsroom.root().join("press-media.json")).unwrap();
        assert_eq!(kept, text);
    }
}

#[test]
fn a_story_that_cannot_be_read_is_told_and_the_others_are_looked_at() {
    let newsroom = Newsroom::new();
    story(&newsroom, "one", &[old("a", &["rtsp://h.example/a.rm"])]);
    newsroom.write("public/articles/en/broken.json", "{ \"body\": [ ");
    let found = report(&newsroom, 1, &[]);
    assert_eq!(
        found["findings"][0]["file"],
        "public/articles/en/broken.json"
    );
    assert_eq!(states(&found), ["card"]);
}

#[test]
fn without_a_site_press_could_not_work() {
    let newsroom = Newsroom::bare();
    media(&newsroom, &[]).ends_with(2).says(&["public"]);
    media(&Newsroom::new(), &["--partial"])
        .ends_with(2)
        .says(&["--write"]);
}

#[test]
fn names_in_any_script_and_with_spaces_become_addresses() {
    if !has_ffmpeg() {
        return;
    }
    let newsroom = Newsroom::new();
    make(&newsroom, "100% قارب one#2.wmv", WINDOWS);
    let href = "/media/100%25%20قارب%20one%232.wmv";
    story(&newsroom, "one", &[old("a", &[href])]);
    report(&newsroom, 0, &["--convert", "--write"]);
    let film = film(&newsroom, "one");
    assert_eq!(film["renditions"][0]["href"], format!("{href}.mp4"));
    newsroom.check().ends_with(0);
    assert_eq!(states(&report(&newsroom, 0, &[])), ["plays"]);
}

#[test]
fn a_quicktime_film_that_is_said_to_be_an_mp4_is_believed() {
    let newsroom = Newsroom::new();
    newsroom.media("a.mp4");
    let bytes = fs::read(newsroom.root().join("public/media/a.mp4")).unwrap();
    newsroom.write("public/media/a.mov", bytes);
    let film = |kind: &str| json!({ "id": "a", "title": "a", "renditions": [{ "href": "/media/a.mov", "contentType": kind }] });
    story(&newsroom, "one", &[film("video/mp4")]);
    let found = report(&newsroom, 0, &[]);
    assert_eq!((&found["films"], &found["loose"]), (&json!([]), &json!([])));
    story(&newsroom, "one", &[film("video/quicktime")]);
    assert_eq!(states(&report(&newsroom, 0, &[])), ["convertible"]);
}

/// Killed in the middle, as by a power cut.
#[test]
fn a_run_that_is_killed_leaves_no_half_film_and_the_next_one_makes_it_whole() {
    if !has_ffmpeg() {
        return;
    }
    let newsroom = Newsroom::new();
    make_sized(&newsroom, "long.wmv", "1280x960", "-c:v wmv2 -b:v 4M -an");
    story(&newsroom, "one", &[old("a", &["/media/long.wmv"])]);
    let mut run = Command::new(env!("CARGO_BIN_EXE_press"))
        .args(["media", "--convert", "--write", "--root"])
        .arg(newsroom.root())
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let work = newsroom.root().join(".press/films/work/film.mp4");
    let clock = Instant::now();
    while !work.exists() {
        assert!(clock.elapsed() < Duration::from_secs(60), "it never began");
        std::thread::sleep(Duration::from_millis(5));
    }
    run.kill().unwrap();
    run.wait().unwrap();
    assert_eq!(files(&newsroom), ["long.wmv"]);
    assert!(!newsroom.root().join("press-media.json").exists());
    report(&newsroom, 0, &["--convert", "--write"]);
    assert_eq!(
        files(&newsroom),
        [
            "long.wmv",
            "long.wmv.en.vtt",
            "long.wmv.jpg",
            "long.wmv.mp4"
        ]
    );
    assert!(!work.exists(), "nothing of the first run is left");
}

/// Ended between the note and the last file: what is noted and there is its own.
#[test]
fn what_a_killed_run_had_put_down_already_is_its_own() {
    if !has_ffmpeg() {
        return;
    }
    let newsroom = Newsroom::new();
    make(&newsroom, "a.rm", REAL);
    story(&newsroom, "one", &[old("a", &["/media/a.rm"])]);
    report(&newsroom, 0, &["--convert"]);
    let all = files(&newsroom);
    fs::remove_file(newsroom.root().join("public/media/a.rm.mp4")).unwrap();
    report(&newsroom, 0, &["--convert"]);
    assert_eq!(files(&newsroom), all, "no second poster");
    // A poster that somebody changed is not.
    fs::remove_file(newsroom.root().join("public/media/a.rm.mp4")).unwrap();
    newsroom.write("public/media/a.rm.jpg", "mine");
    report(&newsroom, 0, &["--convert"]);
    let poster = fs::read(newsroom.root().join("public/media/a.rm.jpg")).unwrap();
    assert_eq!(poster, b"mine");
    assert!(files(&newsroom).contains(&"a.rm-2.mp4".to_owned()));
}

#[test]
fn two_runs_do_not_work_at_the_same_time() {
    if !has_ffmpeg() {
        return;
    }
    let newsroom = Newsroom::new();
    newsroom.write("public/media/a.rm", "x");
    newsroom.write(".press/films/lock", "");
    let lock = fs::File::open(newsroom.root().join(".press/films/lock")).unwrap();
    lock.lock().unwrap();
    media(&newsroom, &["--convert"])
        .ends_with(2)
        .says(&["another press media"]);
    media(&newsroom, &[]).ends_with(0);
}

/// The films of a story before its time are no secret less than its pictures.
#[test]
fn of_a_story_that_nobody_may_read_no_film_is_published() {
    let hidden = json!({ "pubStatus": "withheld" });
    let newsroom = Newsroom::new();
    let names = [
        "a.rm",
        "a.rm.mp4",
        "a.rm.jpg",
        "a.rm.en.vtt",
        "a.rm-2.mp4",
        "b.rm",
    ];
    for name in names {
        newsroom.write(&format!("public/media/{name}"), "x");
    }
    newsroom.media("b.rm.mp4");
    newsroom.media("c.rm.mp4");
    newsroom.write("public/media/c.rm", "x");
    let shows = |id: &str| json!({ "id": id, "title": id, "renditions": [{ "href": format!("/media/{id}.rm.mp4"), "contentType": "video/mp4" }] });
    let mut fields = json!({ "body": [
        { "type": "video", "video": old("a", &["/media/a.rm"]) },
        { "type": "video", "video": shows("b") },
    ] });
    fields["pubStatus"] = hidden["pubStatus"].clone();
    newsroom.story("en", "hidden", fields);
    story(&newsroom, "open", &[shows("c")]);
    newsroom.build().ends_with(0);
    let media = |newsroom: &Newsroom| -> Vec<String> {
        let built = newsroom.built().into_keys();
        built.filter(|path| path.starts_with("media/")).collect()
    };
    assert_eq!(media(&newsroom), ["media/c.rm", "media/c.rm.mp4"]);
    // A published story with the same film shows it to everybody.
    story(&newsroom, "second", &[old("a", &["/media/a.rm"])]);
    newsroom.build().ends_with(0);
    let seen = media(&newsroom);
    assert!(seen.contains(&"media/a.rm".to_owned()), "{seen:?}");
    assert!(!seen.contains(&"media/b.rm".to_owned()), "{seen:?}");
}

#[test]
fn the_sample_newsroom_has_its_four_cards() {
    let root: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let answer = press(&root, &["media", "--format", "json"]);
    let found = answer.ends_with(0).json();
    assert_eq!(states(&found), ["card"; 4]);
    assert_eq!(found["loose"], json!([]));
}
