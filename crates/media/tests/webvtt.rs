//! Text tracks as browsers read them, and what is told of them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use media::webvtt::{MAX_PROBLEMS, Purpose, Reading, read};
use proptest::prelude::*;

fn spoken(text: &str) -> Reading {
    read(text.as_bytes(), Purpose::Spoken)
}

/// The words of each cue, and its times.
fn cues(text: &str) -> Vec<(u64, u64, String)> {
    spoken(text)
        .track
        .unwrap()
        .cues
        .iter()
        .map(|cue| (cue.start, cue.end, cue.to_plain()))
        .collect()
}

fn words(text: &str) -> Vec<String> {
    cues(text).into_iter().map(|(_, _, words)| words).collect()
}

fn kinds(text: &str) -> Vec<(usize, &'static str)> {
    spoken(text)
        .problems
        .iter()
        .map(|problem| (problem.line.unwrap_or(0), problem.kind))
        .collect()
}

#[test]
fn every_line_end_and_a_byte_order_mark_are_read_alike() {
    let text = "WEBVTT\n\nfirst\n00:01.000 --> 00:02.500\nOne\ntwo\n\n1:00:00.000 --> 100:00:00.001\nThree\n";
    let expected = vec![
        (1000, 2500, "One\ntwo".to_owned()),
        (3_600_000, 360_000_001, "Three".to_owned()),
    ];
    for variant in [
        text.to_owned(),
        text.replace('\n', "\r\n"),
        text.replace('\n', "\r"),
        format!("\u{feff}{text}"),
        text.trim_end().to_owned(),
    ] {
        assert_eq!(cues(&variant), expected, "{variant:?}");
        assert_eq!(kinds(&variant), [], "{variant:?}");
    }
    let track = spoken(text).track.unwrap();
    assert_eq!(track.cues[0].id.as_deref(), Some("first"));
    assert_eq!(track.cues[0].line, 4);
}

#[test]
fn remarks_styles_and_regions_are_passed_over() {
    let text = "WEBVTT - a title\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a\n\nNOTE\nDo not\nshow this\n\n00:01.000 --> 00:02.000\nShown\n\nNOTE nor this\n";
    assert_eq!(words(text), ["Shown"]);
    assert_eq!(kinds(text), []);
}

type Row = (
    &'static str,
    &'static [&'static str],
    &'static [(usize, &'static str)],
);

/// Text, what a browser shows of it, and the lines and kinds of what is told.
#[rustfmt::skip]
const TABLE: &[Row] = &[
    ("WEBVTT\n\n00:01.000 --> 00:02.000 align:start line:85% position:50%,center size:80% vertical:rl region:a\nA", &["A"], &[]),
    ("WEBVTT\n\n00:01.000-->00:02.000\nA", &["A"], &[]),
    ("WEBVTT\n\n00:01.000 --> 00:02.000 align:middle\nA", &["A"], &[(3, "broken-setting")]),
    ("WEBVTT\n\n00:01.000 --> 00:02.000 size:120% colour:red bold\nA", &["A"], &[(3, "broken-setting"), (3, "unknown-setting"), (3, "unknown-setting")]),
    ("WEBVTT\n\n00:00:01,000 --> 00:00:02,000\nA", &[], &[(0, "empty-track"), (3, "broken-time")]),
    ("WEBVTT\n\n00:01 --> 00:02\nA\n\n00:03.000 --> 00:04.000\nB", &["B"], &[(3, "broken-time")]),
    ("WEBVTT\n\n00:61.000 --> 00:62.000\nA\n\n00:03.000 --> 00:04.000\nB", &["B"], &[(3, "broken-time")]),
    ("WEBVTT\n\n00:02.000 --> 00:01.000\nA", &["A"], &[(3, "end-before-start")]),
    ("WEBVTT\n\n00:01.000 --> 00:03.000\nA\n\n00:02.000 --> 00:04.000\nB", &["A", "B"], &[(6, "overlapping-cues")]),
    ("WEBVTT\n\n00:05.000 --> 00:06.000\nA\n\n00:02.000 --> 00:04.000\nB", &["A", "B"], &[(6, "cue-order")]),
    ("WEBVTT\n\n00:01.000 --> 00:02.000\n\nLost", &[""], &[(3, "cue-without-words"), (5, "lost-text")]),
    ("WEBVTT\n00:01.000 --> 00:02.000\nA", &["A"], &[(2, "lost-text")]),
    ("WEBVTT\n\n1\nid\n00:01.000 --> 00:02.000\nA", &["A"], &[(3, "lost-text")]),
    ("WEBVTT\n\n00:01.000 --> 00:02.000\nA\n00:03.000 --> 00:04.000\nB", &["A", "B"], &[]),
    ("WEBVTT\n\n00:01.000 --> 00:02.000\n<laughs> Well, 1 < 2", &[" Well, 1 "], &[(4, "unknown-tag"), (4, "unknown-tag")]),
    ("WEBVTT\n\n00:01.000 --> 00:02.000\nA &amp; B &lt;i> &#233; &#x43a; &lrm;&nosuch; &", &["A & B <i> é к \u{200e}&nosuch; &"], &[]),
    ("WEBVTT\n\n00:01.000 --> 00:02.000\n<c.yellow.bg_blue>A</c> <u>B</u> <00:01.500>C", &["A B C"], &[]),
    ("WEBVTT\n\n00:01.000 --> 00:02.000\n<ruby>漢<rt>かん</rt>字<rt>じ</ruby>", &["漢（かん）字（じ）"], &[]),
    ("WEBVTT", &[], &[(0, "empty-track")]),
    ("WEBVTT\n\n", &[], &[(0, "empty-track")]),
];

#[test]
fn each_mistake_is_told_with_its_line_and_costs_no_more_than_in_a_browser() {
    for (text, shown, told) in TABLE {
        assert_eq!(words(text), *shown, "{text:?}");
        assert_eq!(kinds(text), *told, "{text:?}");
    }
}

#[test]
fn a_file_that_browsers_refuse_has_no_track_and_is_told_why() {
    for (bytes, kind, hint) in [
        (&b""[..], "empty-track", "take the track out"),
        (b"\xef\xbb\xbf\n ", "empty-track", "take the track out"),
        (
            b"1\n00:00:01,000 --> 00:00:02,000\nHello",
            "not-webvtt",
            "SubRip",
        ),
        (b"<html>", "not-webvtt", "TTML"),
        (b" WEBVTT\n\n", "not-webvtt", "in capitals"),
        (b"WEBVTTX\n\n", "not-webvtt", "in capitals"),
        (b"webvtt", "not-webvtt", "in capitals"),
    ] {
        let reading = read(bytes, Purpose::Spoken);
        assert_eq!(reading.track, None, "{bytes:?}");
        assert_eq!(reading.problems[0].kind, kind, "{bytes:?}");
        assert!(reading.problems[0].hint.contains(hint), "{reading:?}");
    }
    let reading = read(&vec![b' '; 9 * 1024 * 1024], Purpose::Spoken);
    assert_eq!(
        (reading.track, reading.problems[0].kind),
        (None, "large-track")
    );
}

#[test]
fn what_is_not_utf_8_is_read_with_a_stand_in_and_told_with_its_line() {
    let reading = read(
        b"WEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\ncaf\xe9",
        Purpose::Spoken,
    );
    assert_eq!(reading.track.unwrap().cues[0].to_plain(), "caf\u{fffd}");
    assert_eq!(
        (reading.problems[0].kind, reading.problems[0].line),
        ("not-utf-8", Some(4))
    );
    let utf16: Vec<u8> = "\u{feff}WEBVTT"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let reading = read(&utf16, Purpose::Spoken);
    assert!(reading.problems[0].message.contains("UTF-16"));
    assert_eq!(reading.track, None);
}

#[test]
fn a_line_is_too_long_on_a_picture_but_not_for_a_voice() {
    let text = format!(
        "WEBVTT\n\n00:01.000 --> 00:02.000\nshort\n{}",
        "long ".repeat(20)
    );
    assert_eq!(kinds(&text), [(5, "long-line")]);
    assert_eq!(read(text.as_bytes(), Purpose::Described).problems, []);
    let wide = format!("WEBVTT\n\n00:01.000 --> 00:02.000\n{}", "字".repeat(41));
    assert_eq!(kinds(&wide), [(4, "long-line")]);
}

#[test]
fn chapters_may_lie_in_one_another() {
    let text = "WEBVTT\n\n00:00.000 --> 00:10.000\nAll\n\n00:00.000 --> 00:05.000\nFirst half";
    assert_eq!(read(text.as_bytes(), Purpose::Chapters).problems, []);
    assert_eq!(kinds(text), [(6, "overlapping-cues")]);
}

#[test]
fn voices_marks_and_languages_are_known_of_every_letter() {
    let text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v.loud  Amal   Idris>Look <i>there <b>now</b></i>, <lang fr>mon ami</lang></v> &rlm;";
    let track = spoken(text).track.unwrap();
    let pieces: Vec<_> = track.cues[0]
        .text
        .iter()
        .map(|piece| {
            (
                piece.text.as_str(),
                piece.voice.as_deref(),
                piece.marks.emphasis,
                piece.marks.strong,
                piece.lang.as_deref(),
            )
        })
        .collect();
    let amal = Some("Amal Idris");
    assert_eq!(
        pieces,
        [
            ("Look ", amal, false, false, None),
            ("there ", amal, true, false, None),
            ("now", amal, true, true, None),
            (", ", amal, false, false, None),
            ("mon ami", amal, false, false, Some("fr")),
            (" \u{200f}", None, false, false, None),
        ]
    );
}

#[test]
fn characters_that_reorder_a_line_do_not_come_through() {
    let text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v a\u{202e}b>x\u{202e}y&#x202e;z\u{7}";
    let track = spoken(text).track.unwrap();
    assert_eq!(track.cues[0].to_plain(), "xyz");
    assert_eq!(track.cues[0].text[0].voice.as_deref(), Some("ab"));
}

#[test]
fn a_file_of_mistakes_and_of_open_tags_stays_small() {
    let many = format!("WEBVTT\n\n{}", "x --> y\n\n".repeat(100_000));
    assert_eq!(spoken(&many).problems.len(), MAX_PROBLEMS);
    // A long name that is copied to every letter would be gigabytes.
    let long = format!(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v {}>{}",
        "n".repeat(500_000),
        "a<b>b</b>".repeat(50_000)
    );
    let track = spoken(&long).track.unwrap();
    let voices: Vec<_> = track.cues[0]
        .text
        .iter()
        .map(|piece| piece.voice.clone().unwrap())
        .collect();
    assert_eq!(voices.len(), 100_000);
    assert!(
        voices
            .iter()
            .all(|voice| std::sync::Arc::ptr_eq(voice, &voices[0]))
    );
    assert_eq!(voices[0].len(), 200);
    let deep = format!(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n{}x",
        "<b><i>".repeat(200_000)
    );
    assert_eq!(spoken(&deep).track.unwrap().cues[0].to_plain(), "x");
}

/// Bytes that look like a text track here and there.
fn like_webvtt() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(b"WEBVTT".to_vec()),
        Just(b"\n".to_vec()),
        Just(b"\r\n".to_vec()),
        Just(b"\n\n".to_vec()),
        Just(b"00:01.000 --> 00:02.000".to_vec()),
        Just(b"99999999999999999999:00:00.000 --> ".to_vec()),
        Just(b" --> ".to_vec()),
        Just(b"NOTE ".to_vec()),
        Just(b"STYLE\n".to_vec()),
        Just(b"<v Name>".to_vec()),
        Just(b"</v>".to_vec()),
        Just(b"<ruby>a<rt>".to_vec()),
        Just(b"<00:".to_vec()),
        Just(b"</ruby>".to_vec()),
        Just(b"&#xffffffff;&#0;&".to_vec()),
        Just(b" align:start line:-.%".to_vec()),
        Just("[是。」".as_bytes().to_vec()),
        Just(b"]".to_vec()),
        Just(b"- ".to_vec()),
        proptest::collection::vec(any::<u8>(), 0..8),
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn no_bytes_make_it_panic_or_grow(bytes in like_webvtt(), signed in any::<bool>()) {
        let bytes = if signed { [b"WEBVTT\n\n".to_vec(), bytes].concat() } else { bytes };
        for purpose in [Purpose::Spoken, Purpose::Described, Purpose::Chapters] {
            let reading = read(&bytes, purpose);
            prop_assert!(reading.problems.len() <= MAX_PROBLEMS);
            let lines = bytes.split(|b| matches!(b, b'\n' | b'\r')).count();
            for problem in &reading.problems {
                prop_assert!(problem.line.is_none_or(|line| (1..=lines).contains(&line)), "{problem:?}");
                prop_assert!(problem.message.len() < 1000 && !problem.hint.is_empty());
            }
            let Some(track) = reading.track else { continue };
            let shown: usize = track.cues.iter().map(|cue| cue.to_plain().len()).sum();
            // A byte that is no UTF-8 becomes three, a bracket around ruby six.
            prop_assert!(shown <= bytes.len() * 6);
            let blocks = media::transcript::paragraphs(&track);
            prop_assert!(blocks.len() <= bytes.len());
        }
    }

    #[test]
    fn plain_words_come_out_as_they_went_in(
        lines in proptest::collection::vec("[a-zA-Zà-ÿ,.!? ]{0,30}[a-z]", 1..12)
    ) {
        let mut text = "WEBVTT\n".to_owned();
        for (index, line) in lines.iter().enumerate() {
            text.push_str(&format!("\n00:{:02}.000 --> 00:{:02}.000\n{line}\n", index, index + 1));
        }
        prop_assert_eq!(words(&text), lines);
        prop_assert_eq!(kinds(&text), []);
    }
}
