//! The blocks of a file: the signature, cues, and what is not shown.

use super::cue_text;
use super::settings;
use super::{Cue, LONGEST_LINE, MAX_PROBLEMS, Purpose, Reading, Track};
use crate::problem::Problem;

pub(super) fn read(bytes: &[u8], purpose: Purpose) -> Reading {
    let mut problems = Problems::default();
    let text = decoded(bytes, &mut problems);
    let mut lines = Lines::of(&text);
    if text.trim().is_empty() {
        problems.tell(Problem::new(
            "empty-track",
            "the file is empty",
            "Write the captions into it, or take the track out of the story.",
        ));
        return problems.without_track();
    }
    let first = lines.next().map_or("", |line| line.text);
    let signed = first
        .strip_prefix("WEBVTT")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
    if !signed {
        problems.tell(not_webvtt(&text).at(1));
        return problems.without_track();
    }
    // Metadata of the header, up to the first empty line; old files had some.
    if lines.peek().is_some_and(|line| !line.text.is_empty()) {
        header(&mut lines, &mut problems);
    }
    let mut track = Track::default();
    while let Some(line) = lines.peek() {
        if line.text.is_empty() {
            lines.next();
        } else if let Some(cue) = block(&mut lines, purpose, &mut problems) {
            track.cues.push(cue);
        }
    }
    if track.cues.is_empty() {
        problems.tell(Problem::new(
            "empty-track",
            "the file has no cue, so nothing is ever shown",
            "Write the captions into it, or take the track out of the story.",
        ));
    }
    order(&track, purpose, &mut problems);
    problems.list.sort_by_key(|problem| problem.line);
    Reading {
        track: Some(track),
        problems: problems.list,
    }
}

#[derive(Default)]
pub(super) struct Problems {
    list: Vec<Problem>,
}

impl Problems {
    pub(super) fn tell(&mut self, problem: Problem) {
        if self.list.len() < MAX_PROBLEMS {
            self.list.push(problem);
        }
    }

    fn without_track(self) -> Reading {
        Reading {
            track: None,
            problems: self.list,
        }
    }
}

/// UTF-8 as browsers decode it, with one kind of line end.
fn decoded(bytes: &[u8], problems: &mut Problems) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Err(error) = std::str::from_utf8(bytes) {
        let at = error.valid_up_to();
        let before = bytes.get(..at).unwrap_or_default();
        let utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
        let byte = bytes.get(at).copied().unwrap_or_default();
        problems.tell(
            Problem::new(
                "not-utf-8",
                if utf16 {
                    "the file is UTF-16, and browsers read text tracks as UTF-8 only".to_owned()
                } else {
                    format!("the file is not UTF-8: byte {at} is {byte:#04x}")
                },
                "Save it again with the encoding UTF-8.",
            )
            .at(line_ends(before) + 1),
        );
    }
    let mut text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    if text.contains(['\r', '\0']) {
        text = text.replace('\r', "\n").replace('\0', "\u{fffd}");
    }
    text
}

fn line_ends(bytes: &[u8]) -> usize {
    let feeds = bytes.iter().filter(|byte| **byte == b'\n').count();
    let alone = bytes
        .windows(2)
        .filter(|pair| matches!(pair, [b'\r', next] if *next != b'\n'))
        .count();
    feeds + alone
}

/// What the file is instead, as far as that can be seen.
fn not_webvtt(text: &str) -> Problem {
    let hint = if text.lines().take(4).any(|line| {
        line.split_once("-->")
            .is_some_and(|(start, _)| start.contains(','))
    }) {
        "This looks like SubRip (.srt): write WEBVTT and an empty line before it, and a dot for the comma in every time (00:00:01.000)."
    } else if text.trim_start().starts_with('<') {
        "This looks like a web page or a TTML file: export the captions as WebVTT."
    } else {
        "Write WEBVTT, in capitals, on the first line, and leave the second one empty."
    };
    Problem::new(
        "not-webvtt",
        "the first line is not WEBVTT, so browsers show nothing of this file",
        hint,
    )
}

#[derive(Clone, Copy)]
struct Line<'a> {
    text: &'a str,
    /// Counted from 1.
    number: usize,
}

/// The lines, of which one can be looked at beforehand.
struct Lines<'a> {
    rest: std::iter::Peekable<std::iter::Enumerate<std::str::Split<'a, char>>>,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        Self {
            rest: text.split('\n').enumerate().peekable(),
        }
    }

    fn peek(&mut self) -> Option<Line<'a>> {
        self.rest.peek().map(|(index, text)| Line {
            text,
            number: index + 1,
        })
    }

    fn next(&mut self) -> Option<Line<'a>> {
        self.rest.next().map(|(index, text)| Line {
            text,
            number: index + 1,
        })
    }
}

/// Passes over the rest of the header. A cue may begin right after it.
fn header(lines: &mut Lines<'_>, problems: &mut Problems) {
    while let Some(line) = lines.peek() {
        if line.text.is_empty() {
            return;
        }
        if line.text.contains("-->") {
            problems.tell(
                Problem::new(
                    "lost-text",
                    "no empty line stands between WEBVTT and the first cue",
                    "Leave the second line empty: some players lose the first cue.",
                )
                .at(line.number),
            );
            return;
        }
        lines.next();
    }
}

/// A cue, or something that is not shown (W3C: "collect a WebVTT block").
fn block(lines: &mut Lines<'_>, purpose: Purpose, problems: &mut Problems) -> Option<Cue> {
    let mut before: Vec<Line<'_>> = Vec::new();
    while let Some(line) = lines.peek() {
        if line.text.is_empty() {
            break;
        }
        if !line.text.contains("-->") {
            before.push(line);
            lines.next();
            continue;
        }
        if before.len() > 1 {
            // The cue begins here all the same; what stood before it is lost.
            break;
        }
        lines.next();
        let id = before.first().map(|line| line.text.to_owned());
        let cue = cue(line, id, purpose, problems);
        let words = words(lines);
        // Without times the words are lost too, as in a browser.
        return cue.map(|cue| with_words(cue, &words, purpose, problems));
    }
    let first = before.first()?;
    let is = |name: &str| {
        first
            .text
            .strip_prefix(name)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
    };
    if !(is("NOTE") || is("STYLE") || is("REGION")) {
        problems.tell(
            Problem::new(
                "lost-text",
                format!("“{}” stands outside any cue, so it is never shown", shortened(first.text)),
                "Put it directly under the times of its cue, without an empty line between; for a remark write NOTE before it.",
            )
            .at(first.number),
        );
    }
    None
}

/// The lines up to the next empty one, or to one that begins another cue.
fn words<'a>(lines: &mut Lines<'a>) -> Vec<Line<'a>> {
    let mut words = Vec::new();
    while let Some(line) = lines.peek() {
        if line.text.is_empty() || line.text.contains("-->") {
            break;
        }
        words.push(line);
        lines.next();
    }
    words
}

/// The line of a cue's times and settings.
fn cue(
    line: Line<'_>,
    id: Option<String>,
    purpose: Purpose,
    problems: &mut Problems,
) -> Option<Cue> {
    let Some((start, end, rest)) = timings(line.text) else {
        problems.tell(
            Problem::new(
                "broken-time",
                format!(
                    "“{}” is not a pair of times; browsers drop the cue",
                    shortened(line.text)
                ),
                if line.text.contains(',') {
                    "Write a dot before the milliseconds: 00:00:01.000 --> 00:00:03.500."
                } else {
                    "Write both with their milliseconds: 00:00:01.000 --> 00:00:03.500."
                },
            )
            .at(line.number),
        );
        return None;
    };
    if end <= start && purpose != Purpose::Chapters || end < start {
        problems.tell(
            Problem::new(
                "end-before-start",
                "the cue ends before it begins, so it is never shown",
                "Exchange its two times, or mend the wrong one.",
            )
            .at(line.number),
        );
    }
    for problem in settings::check(rest) {
        problems.tell(problem.at(line.number));
    }
    Some(Cue {
        id,
        start,
        end,
        text: Vec::new(),
        line: line.number,
    })
}

fn with_words(cue: Cue, words: &[Line<'_>], purpose: Purpose, problems: &mut Problems) -> Cue {
    let source: Vec<&str> = words.iter().map(|line| line.text).collect();
    let mut unknown = Vec::new();
    let text = cue_text::read(&source.join("\n"), &mut unknown);
    for (line, tag) in unknown {
        problems.tell(
            Problem::new(
                "unknown-tag",
                format!("browsers do not know the tag “{}” and leave it out", shortened(&tag)),
                "If it is something heard, write it in brackets: [laughter]; for the sign itself write &lt;.",
            )
            .at(words.get(line).map_or(cue.line, |line| line.number)),
        );
    }
    let cue = Cue { text, ..cue };
    let plain = cue.to_plain();
    if plain.trim().is_empty() {
        problems.tell(
            Problem::new(
                "cue-without-words",
                "the cue has no words",
                "Write them directly under its times, or remove the cue.",
            )
            .at(cue.line),
        );
    }
    if purpose == Purpose::Spoken {
        for (index, line) in plain.split('\n').enumerate() {
            let width = width(line);
            if width > LONGEST_LINE {
                problems.tell(
                    Problem::new(
                        "long-line",
                        format!("a line of {width} characters, which covers much of the picture"),
                        format!("Break it where the sense breaks, or make two cues of it: {LONGEST_LINE} are read at a glance at most."),
                    )
                    .at(words.get(index).map_or(cue.line, |line| line.number)),
                );
            }
        }
    }
    cue
}

/// Columns: wide letters count twice.
fn width(line: &str) -> usize {
    line.chars()
        .map(|letter| if is_wide(letter) { 2 } else { 1 })
        .sum()
}

/// Chinese, Japanese and Korean letters, which stand without spaces between words
/// (Korean excepted) and are twice as wide.
pub(crate) fn is_wide(letter: char) -> bool {
    matches!(letter,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}' | '\u{20000}'..='\u{3fffd}')
}

/// Whether the cues follow one another.
fn order(track: &Track, purpose: Purpose, problems: &mut Problems) {
    for pair in track.cues.windows(2) {
        let [first, second] = pair else { continue };
        if second.start < first.start {
            problems.tell(
                Problem::new(
                    "cue-order",
                    "the cue begins before the one above it",
                    "Put the cues in the order of their times: a transcript follows the order of the file.",
                )
                .at(second.line),
            );
        } else if purpose != Purpose::Chapters
            && second.start < first.end
            && first.start < first.end
        {
            problems.tell(
                Problem::new(
                    "overlapping-cues",
                    "the cue begins while the one above it is still shown",
                    "Let the one above end first. If two people speak at once, put both into one cue: <v Name>…",
                )
                .at(second.line),
            );
        }
    }
}

/// Start, end, and what follows them (W3C: "collect WebVTT cue timings and settings").
fn timings(line: &str) -> Option<(u64, u64, &str)> {
    let (start, rest) = timestamp(skip_space(line))?;
    let rest = skip_space(rest).strip_prefix("-->")?;
    let (end, rest) = timestamp(skip_space(rest))?;
    Some((start, end, rest))
}

fn skip_space(text: &str) -> &str {
    text.trim_start_matches([' ', '\t', '\u{c}'])
}

/// Milliseconds, from `mm:ss.ttt` or `hh:mm:ss.ttt` (W3C: "collect a WebVTT timestamp").
pub(super) fn timestamp(text: &str) -> Option<(u64, &str)> {
    let (first, digits, rest) = number(text)?;
    let rest = rest.strip_prefix(':')?;
    let (second, two, rest) = number(rest)?;
    if two != 2 {
        return None;
    }
    let (hours, minutes, seconds, rest) = match rest.strip_prefix(':') {
        Some(rest) => {
            let (third, two, rest) = number(rest)?;
            if two != 2 {
                return None;
            }
            (first, second, third, rest)
        }
        // Hours of one digit or of many are hours; two digits up to 59 may be minutes.
        None if digits == 2 && first <= 59 => (0, first, second, rest),
        None => return None,
    };
    let (fraction, three, rest) = number(rest.strip_prefix('.')?)?;
    if three != 3 || minutes > 59 || seconds > 59 {
        return None;
    }
    let milliseconds = hours
        .saturating_mul(3_600_000)
        .saturating_add(minutes * 60_000 + seconds * 1000 + fraction);
    Some((milliseconds, rest))
}

/// A number, its digits, and what follows it. Too large a number is the largest.
fn number(text: &str) -> Option<(u64, usize, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at_checked(digits)?;
    let value = number.bytes().fold(0_u64, |value, digit| {
        value
            .saturating_mul(10)
            .saturating_add(u64::from(digit - b'0'))
    });
    (digits > 0).then_some((value, digits, rest))
}

/// The beginning of a line, for a message.
fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    let mut short: String = text.chars().take(MOST).collect();
    if text.chars().nth(MOST).is_some() {
        short.push('…');
    }
    short
}
