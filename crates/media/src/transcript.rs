//! What is said in a text track, as paragraphs of a story.
//!
//! Captions are cut for the eye: a sentence runs over three of them. A transcript is
//! read, searched and printed, so the cuts are healed: words flow together until the
//! speaker changes, a sound is heard, or a sentence ends and the paragraph is long
//! enough or a pause follows. Sounds in brackets are paragraphs of their own, as in
//! a play. Nothing is left out and nothing is added but the names of the speakers.
//!
//! Chapters are names of parts and no transcript: ask for none of them.

use std::sync::Arc;

use article::block::Paragraph;
use article::rich::{Marks, Span};
use article::{Block, Inline, Language, Mark, RichText};

use crate::webvtt::{Cue, Piece, Track};

/// A pause of so many milliseconds ends a paragraph after a sentence.
const PAUSE: u64 = 2_000;
/// A pause of so many milliseconds ends a paragraph anywhere.
const SILENCE: u64 = 8_000;
/// Characters after which the next sentence begins a paragraph (wide letters say as
/// much in a third of them).
const ENOUGH: usize = 420;
/// Speech recognition writes no full stops: then a paragraph ends here, between cues.
const TOO_MUCH: usize = 1_200;

/// The paragraphs of what is said and heard in a track.
#[must_use]
pub fn paragraphs(track: &Track) -> Vec<Block> {
    let mut transcript = Transcript::default();
    let mut before: Option<&Cue> = None;
    for cue in &track.cues {
        let repeated = before.is_some_and(|before| is_rolled_up(before, cue));
        transcript.cue(cue, before.map(|cue| cue.end), repeated);
        before = Some(cue);
    }
    transcript.end();
    transcript.done
}

/// Whether the first line of a cue is only the last one of the cue before, moved up.
/// Live captions roll so, and every line would stand in the transcript twice.
fn is_rolled_up(before: &Cue, cue: &Cue) -> bool {
    let (old, new) = (before.to_plain(), cue.to_plain());
    let last = old.trim_end().rsplit('\n').next().map(str::trim);
    let first = new.trim_start().split('\n').next().map(str::trim);
    let rolls = new.trim().contains('\n') || cue.end.saturating_sub(cue.start) < 50;
    rolls && cue.start <= before.end.saturating_add(50) && first.is_some() && first == last
}

#[derive(Default)]
struct Transcript {
    done: Vec<Block>,
    open: Option<Open>,
    /// Who spoke last, so that a name is not written again after a sound.
    speaker: Option<Arc<str>>,
}

/// A paragraph that is being written.
struct Open {
    voice: Option<Arc<str>>,
    is_sound: bool,
    inlines: Vec<Run>,
    length: usize,
}

#[derive(Clone, PartialEq, Eq)]
struct Run {
    text: String,
    marks: Marks,
    lang: Option<Arc<str>>,
}

impl Run {
    fn is_plain(&self) -> bool {
        self.marks.is_empty() && self.lang.is_none()
    }
}

/// A line of a cue, in one voice.
struct Line {
    voice: Option<Arc<str>>,
    is_sound: bool,
    /// It begins with a dash: somebody else speaks.
    is_turn: bool,
    runs: Vec<Run>,
}

impl Transcript {
    fn cue(&mut self, cue: &Cue, end_before: Option<u64>, skip_first: bool) {
        let pause = end_before.map_or(0, |end| cue.start.saturating_sub(end));
        if let Some(open) = &self.open {
            let ended = open.ends_sentence();
            if pause >= SILENCE
                || ended && pause >= PAUSE
                || ended && open.length >= ENOUGH
                || open.length >= TOO_MUCH
            {
                self.end();
            }
        }
        for line in lines(&cue.text).into_iter().skip(usize::from(skip_first)) {
            self.line(line);
        }
    }

    fn line(&mut self, line: Line) {
        let goes_on = self.open.as_ref().is_some_and(|open| {
            // A sentence goes on where its speaker is not named again; after its end,
            // words without a name may be anybody's, and are nobody's here.
            let same_voice =
                open.voice == line.voice || line.voice.is_none() && !open.ends_sentence();
            open.is_sound == line.is_sound && (same_voice || line.is_sound) && !line.is_turn
                // Two sounds are two paragraphs, unless the first goes on in this line.
                && !(line.is_sound && open.closes_bracket())
        });
        if !goes_on {
            self.end();
            self.open = Some(Open {
                voice: line.voice,
                is_sound: line.is_sound,
                inlines: Vec::new(),
                length: 0,
            });
        }
        if let Some(open) = &mut self.open {
            open.add(line.runs);
        }
    }

    fn end(&mut self) {
        let Some(open) = self.open.take() else { return };
        let mut inlines = Vec::new();
        if let Some(name) = open.voice.as_ref().filter(|name| !name.is_empty())
            && !open.is_sound
        {
            if self.speaker.as_ref() != Some(name) {
                inlines.push(Inline::Span(Span {
                    text: format!("{name}:"),
                    marks: Marks::default().with(Mark::Strong),
                    ..Span::default()
                }));
                inlines.push(Inline::Text(" ".into()));
            }
            self.speaker = Some(name.clone());
        } else if !open.is_sound {
            self.speaker = None;
        }
        for run in open.inlines {
            let lang = run.lang.as_deref().and_then(Language::new);
            let marks = if open.is_sound {
                run.marks.with(Mark::Em)
            } else {
                run.marks
            };
            if marks.is_empty() && lang.is_none() {
                match inlines.last_mut() {
                    Some(Inline::Text(text)) => text.push_str(&run.text),
                    _ => inlines.push(Inline::Text(run.text)),
                }
            } else {
                inlines.push(Inline::Span(Span {
                    text: run.text,
                    marks,
                    lang,
                    ..Span::default()
                }));
            }
        }
        let content = RichText(inlines);
        if !content.is_blank() {
            self.done.push(Block::Paragraph(Paragraph {
                content,
                ..Paragraph::default()
            }));
        }
    }
}

impl Open {
    fn add(&mut self, runs: Vec<Run>) {
        let last = self.last();
        let next = runs.first().and_then(|run| run.text.chars().next());
        if let (Some(last), Some(next)) = (last, next)
            && needs_space(last, next)
        {
            self.length += 1;
            match self.inlines.last_mut() {
                Some(run) if run.is_plain() => run.text.push(' '),
                // Neither emphasis nor another language reaches over the gap.
                _ => self.inlines.push(Run {
                    text: " ".into(),
                    marks: Marks::default(),
                    lang: None,
                }),
            }
        }
        for run in runs {
            self.length += run
                .text
                .chars()
                .map(|letter| if is_wide(letter) { 3 } else { 1 })
                .sum::<usize>();
            match self.inlines.last_mut() {
                Some(last) if last.marks == run.marks && last.lang == run.lang => {
                    last.text.push_str(&run.text);
                }
                _ => self.inlines.push(run),
            }
        }
    }

    fn last(&self) -> Option<char> {
        self.inlines.last()?.text.chars().next_back()
    }

    fn closes_bracket(&self) -> bool {
        self.last().is_some_and(is_closing_bracket)
    }

    /// Whether the last letter that is no quotation mark or bracket ends a sentence:
    /// in Latin, Chinese, Arabic, Urdu, Hindi, Amharic, Armenian or Burmese writing.
    fn ends_sentence(&self) -> bool {
        self.inlines
            .iter()
            .rev()
            .flat_map(|run| run.text.chars().rev())
            .find(|c| {
                !c.is_whitespace()
                    && !is_closing_bracket(*c)
                    && !matches!(
                        c,
                        '"' | '\''
                            | '”'
                            | '’'
                            | '»'
                            | '›'
                            | '」'
                            | '』'
                            | '》'
                            | '\u{200e}'
                            | '\u{200f}'
                    )
            })
            .is_none_or(|c| {
                matches!(
                    c,
                    '.' | '!'
                        | '?'
                        | '…'
                        | '。'
                        | '！'
                        | '？'
                        | '｡'
                        | '．'
                        | '؟'
                        | '۔'
                        | '।'
                        | '॥'
                        | '።'
                        | '፧'
                        | '։'
                        | '။'
                        | '♪'
                )
            })
    }
}

/// The lines of a cue, each with its voice; a voice that changes within a line makes
/// two of it.
fn lines(pieces: &[Piece]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut begins = true;
    for piece in pieces {
        for (index, text) in piece.text.split('\n').enumerate() {
            begins |= index > 0;
            if text.is_empty() {
                continue;
            }
            let run = Run {
                text: text.to_owned(),
                marks: marks(piece),
                lang: piece.lang.clone(),
            };
            match lines.last_mut() {
                Some(line) if !begins && line.voice == piece.voice => line.runs.push(run),
                _ => lines.push(Line {
                    voice: piece.voice.clone(),
                    is_sound: false,
                    is_turn: false,
                    runs: vec![run],
                }),
            }
            begins = false;
        }
    }
    lines.retain_mut(tidy);
    mark_sounds(&mut lines);
    lines
}

/// Trims a line and takes the dash of a turn away. Whether words are left.
fn tidy(line: &mut Line) -> bool {
    if let Some(first) = line.runs.first_mut() {
        let text = first.text.trim_start();
        let turn = ["- ", "– ", "— ", ">> ", ">>", "-"]
            .iter()
            .find_map(|dash| text.strip_prefix(dash));
        // “-5 degrees” is no turn.
        let turn = turn.filter(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
        line.is_turn = turn.is_some();
        first.text = turn.unwrap_or(text).trim_start().to_owned();
    }
    if let Some(last) = line.runs.last_mut() {
        last.text.truncate(last.text.trim_end().len());
    }
    line.runs.retain(|run| !run.text.is_empty());
    !line.runs.is_empty()
}

/// Sounds stand in brackets, over several lines at times.
fn mark_sounds(lines: &mut [Line]) {
    let mut inside = false;
    for line in lines {
        let first = line.runs.first().and_then(|run| run.text.chars().next());
        let last = line
            .runs
            .last()
            .and_then(|run| run.text.chars().next_back());
        let opens = first.is_some_and(|c| matches!(c, '[' | '［' | '【'));
        let closes = last.is_some_and(is_closing_bracket);
        let text: String = line.runs.iter().map(|run| run.text.as_str()).collect();
        let opened = text
            .chars()
            .filter(|c| matches!(c, '[' | '［' | '【'))
            .count();
        let closed = text
            .chars()
            .filter(|c| matches!(c, ']' | '］' | '】'))
            .count();
        if inside {
            line.is_sound = true;
            inside = closed <= opened;
        } else if opens && closes && opened == closed {
            line.is_sound = true;
        } else if opens && opened > closed {
            line.is_sound = true;
            inside = true;
        }
    }
}

fn is_closing_bracket(c: char) -> bool {
    matches!(c, ']' | '］' | '】' | ')' | '）')
}

fn marks(piece: &Piece) -> Marks {
    let mut marks = Marks::default();
    if piece.marks.strong {
        marks = marks.with(Mark::Strong);
    }
    if piece.marks.emphasis {
        marks = marks.with(Mark::Em);
    }
    marks
}

/// Chinese and Japanese are written without spaces; Korean is not.
fn needs_space(last: char, next: char) -> bool {
    let close =
        |c: char| is_wide(c) && !matches!(c, '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7a3}');
    !(last.is_whitespace() || next.is_whitespace() || close(last) || close(next))
}

fn is_wide(letter: char) -> bool {
    crate::webvtt::is_wide(letter)
}
