//! Captions as paragraphs of a story.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::path::PathBuf;

use article::{Block, Inline, Mark};
use media::transcript::paragraphs;
use media::webvtt::{Purpose, read};

/// Paragraph by paragraph, with `*…*` for strong, `_…_` for em and `{fr:…}` for languages.
fn of(vtt: &str) -> Vec<String> {
    let reading = read(vtt.as_bytes(), Purpose::Spoken);
    shown(&paragraphs(&reading.track.unwrap()))
}

fn shown(blocks: &[Block]) -> Vec<String> {
    blocks
        .iter()
        .map(|block| {
            let Block::Paragraph(paragraph) = block else {
                panic!("{block:?}")
            };
            let inlines = paragraph.content.0.iter().map(|inline| match inline {
                Inline::Text(text) => text.clone(),
                Inline::Span(span) => {
                    let mut text = span.text.clone();
                    if span.marks.contains(Mark::Em) {
                        text = format!("_{text}_");
                    }
                    if span.marks.contains(Mark::Strong) {
                        text = format!("*{text}*");
                    }
                    match &span.lang {
                        Some(lang) => format!("{{{}:{text}}}", lang.as_str()),
                        None => text,
                    }
                }
            });
            inlines.collect()
        })
        .collect()
}

/// A track of cues, each a second long and without a pause.
fn track(cues: &[&str]) -> String {
    let mut vtt = "WEBVTT\n".to_owned();
    for (second, words) in cues.iter().enumerate() {
        vtt.push_str(&format!(
            "\n{:02}:{:02}.000 --> {:02}:{:02}.000\n{words}\n",
            second / 60,
            second % 60,
            (second + 1) / 60,
            (second + 1) % 60
        ));
    }
    vtt
}

#[test]
fn a_sentence_is_healed_where_it_was_cut_for_the_eye() {
    assert_eq!(
        of(&track(&[
            "The ferry left\nat nine",
            "and never",
            "came back. Nobody",
            "knew."
        ])),
        ["The ferry left at nine and never came back. Nobody knew."]
    );
}

#[test]
fn a_change_of_speaker_begins_a_paragraph_with_the_name() {
    assert_eq!(
        of(&track(&[
            "<v Amal>When did you",
            "<v Amal>last see it?",
            "<v Musa>In March.",
            "<v Amal>And <i>then</i>? <v Musa>Never.",
        ])),
        [
            "*Amal:* When did you last see it?",
            "*Musa:* In March.",
            "*Amal:* And _then_?",
            "*Musa:* Never.",
        ]
    );
}

#[test]
fn words_without_a_name_are_given_to_nobody() {
    assert_eq!(
        of(&track(&[
            "<v Amal>I was there.",
            "The river rose.",
            "<v Amal>It did,",
            "all night."
        ])),
        [
            "*Amal:* I was there.",
            "The river rose.",
            "*Amal:* It did, all night."
        ]
    );
}

#[test]
fn a_name_is_not_repeated_after_a_sound() {
    assert_eq!(
        of(&track(&[
            "<v Amal>Listen.",
            "[A bell]",
            "<v Amal>There.",
            "[A bell,",
            "far away] [Another]"
        ])),
        [
            "*Amal:* Listen.",
            "_[A bell]_",
            "There.",
            "_[A bell,_",
            "far away] [Another]"
        ]
    );
}

#[test]
fn sounds_are_paragraphs_of_their_own() {
    assert_eq!(
        of(&track(&[
            "[The bell again]\nLate afternoon",
            "on the river.",
            "[Wind,\nthen rain]"
        ])),
        [
            "_[The bell again]_",
            "Late afternoon on the river.",
            "_[Wind, then rain]_"
        ]
    );
}

#[test]
fn a_dash_is_a_turn_and_a_negative_number_is_not() {
    assert_eq!(
        of(&track(&[
            "- Cold?\n- Very.",
            "-5 degrees\nthat night.",
            ">> And wind."
        ])),
        ["Cold?", "Very. -5 degrees that night.", "And wind."]
    );
}

#[test]
fn a_pause_after_a_sentence_begins_a_paragraph_and_within_one_does_not() {
    let vtt = "WEBVTT\n\n00:01.000 --> 00:02.000\nIt was dark.\n\n00:05.000 --> 00:06.000\nThen the\n\n00:09.000 --> 00:10.000\nlight came.\n\n00:30.000 --> 00:31.000\nand later";
    assert_eq!(
        of(vtt),
        ["It was dark.", "Then the light came.", "and later"]
    );
}

#[test]
fn a_long_speech_is_divided_after_sentences_in_every_writing() {
    for (sentence, join) in [
        ("The water came up to the second stair of the house. ", ""),
        (
            "وصل الماء إلى الدرجة الثانية من سلّم البيت في تلك الليلة؟ ",
            "",
        ),
        ("水漫到了屋子的第二级台阶，没有人知道该往哪里去。", ""),
        ("पानी घर की दूसरी सीढ़ी तक आ गया था। ", ""),
    ] {
        let cues: Vec<&str> = std::iter::repeat_n(sentence, 40).collect();
        let found = of(&track(&cues));
        assert!((2..=20).contains(&found.len()), "{}: {join}", found.len());
        for paragraph in &found {
            let last = paragraph.chars().next_back().unwrap();
            assert!(".؟。।".contains(last), "{paragraph}");
        }
        let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
        let all: usize = found.iter().map(|text| letters(text)).sum();
        assert_eq!(all, 40 * letters(sentence));
    }
}

#[test]
fn speech_without_full_stops_is_divided_all_the_same() {
    let cues: Vec<&str> = std::iter::repeat_n("and then we went on and on and on", 100).collect();
    let found = of(&track(&cues));
    assert!((3..=4).contains(&found.len()), "{}", found.len());
}

#[test]
fn chinese_cues_join_without_a_space_and_korean_ones_with() {
    assert_eq!(
        of(&track(&["渡轮在九点", "离开了。"])),
        ["渡轮在九点离开了。"]
    );
    assert_eq!(
        of(&track(&["배가 아홉 시에", "떠났다."])),
        ["배가 아홉 시에 떠났다."]
    );
}

#[test]
fn lines_that_roll_up_are_written_once() {
    let vtt = "WEBVTT\n\n00:01.000 --> 00:02.000\nthe water\n\n00:02.000 --> 00:03.000\nthe water\nwas high\n\n00:03.000 --> 00:04.000\nwas high\nthat year";
    assert_eq!(of(vtt), ["the water was high that year"]);
    // But a word that is said twice stays.
    assert_eq!(of(&track(&["No.", "No."])), ["No. No."]);
}

#[test]
fn a_passage_in_another_language_keeps_its_language() {
    assert_eq!(
        of(&track(&[
            "She said <lang ar>سلام</lang>",
            "and <lang 1>left</lang>."
        ])),
        ["She said {ar:سلام} and left."]
    );
}

#[test]
fn every_sample_track_is_sound_and_gives_a_transcript() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../public/media");
    let mut seen = 0;
    for film in std::fs::read_dir(folder).unwrap() {
        let film = film.unwrap().path();
        if !film.is_dir() {
            continue;
        }
        for file in std::fs::read_dir(film).unwrap() {
            let file = file.unwrap().path();
            if file.extension().is_none_or(|extension| extension != "vtt") {
                continue;
            }
            seen += 1;
            let name = file.file_name().unwrap().to_str().unwrap().to_owned();
            let purpose = match name.as_str() {
                name if name.contains("chapters") => Purpose::Chapters,
                name if name.contains("descriptions") => Purpose::Described,
                _ => Purpose::Spoken,
            };
            let reading = read(&std::fs::read(&file).unwrap(), purpose);
            assert_eq!(reading.problems, [], "{file:?}");
            let track = reading.track.unwrap();
            if purpose == Purpose::Chapters {
                assert_eq!(track.cues.len(), 3, "{file:?}");
                continue;
            }
            let found = shown(&paragraphs(&track));
            println!("{}\n  {}", file.display(), found.join("\n  "));
            // Nothing is lost and nothing added.
            let letters = |text: &str| {
                text.chars()
                    .filter(|c| !c.is_whitespace() && !matches!(c, '_' | '*'))
                    .collect::<String>()
            };
            let words: String = track
                .cues
                .iter()
                .map(|cue| letters(&cue.to_plain()))
                .collect();
            assert_eq!(letters(&found.concat()), words, "{file:?}");
            assert!(
                found.len() >= 2 || purpose == Purpose::Described,
                "{file:?}"
            );
        }
    }
    assert!(seen >= 6, "{seen}");
}
