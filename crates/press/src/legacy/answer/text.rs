//! The answer in sentences: story by story, then what no story names, then all counted.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use media::legacy::player;

use super::{
    Answer, ChangeAnswer, FilmAnswer, LeadsAnswer, LooseAnswer, ReferenceAnswer, Saved, Verdict,
    megabytes,
};
use crate::report::{counted, visible};

const BOLD: Style = Style::new().bold();

impl Answer {
    /// All of it in sentences, with colours.
    pub fn text(&self, is_asked_to_write: bool) -> String {
        let mut text = String::new();
        let mut stories: BTreeMap<&str, (Vec<&FilmAnswer>, Vec<&ReferenceAnswer>)> =
            BTreeMap::new();
        for film in &self.films {
            stories.entry(&film.story).or_default().0.push(film);
        }
        for link in &self.links {
            stories.entry(&link.story).or_default().1.push(link);
        }
        for (story, (films, links)) in stories {
            let _ = writeln!(text, "{BOLD}{}{BOLD:#}", visible(story));
            for film in films {
                film.push(&mut text);
            }
            for link in links {
                let _ = writeln!(text, "  {}", visible(&link.field));
                link.push(&mut text);
            }
            text.push('\n');
        }
        if !self.loose.is_empty() {
            let _ = writeln!(text, "{BOLD}No story names these{BOLD:#}");
            for file in &self.loose {
                file.push(&mut text);
            }
            text.push('\n');
        }
        for finding in &self.findings {
            let _ = writeln!(
                text,
                "{}: {}. {}",
                visible(&finding.file),
                visible(&finding.message),
                visible(&finding.hint)
            );
        }
        for change in &self.changes {
            change.push(&mut text);
        }
        if !self.captions_to_write.is_empty() {
            let _ = writeln!(
                text,
                "Captions are still to be written in\n  {}\nOnce they are, press media --write names them in the stories.",
                self.captions_to_write
                    .iter()
                    .map(|file| visible(file))
                    .collect::<Vec<_>>()
                    .join("\n  ")
            );
        }
        if let Some(without) = &self.without {
            let _ = writeln!(
                text,
                "Nothing was converted: {}. {}",
                visible(&without.message),
                visible(&without.hint)
            );
        }
        self.push_totals(is_asked_to_write, &mut text);
        text
    }

    fn push_totals(&self, is_asked_to_write: bool, text: &mut String) {
        let counts = &self.counts;
        if counts.films + counts.links + counts.loose == 0 {
            text.push_str("There is nothing here that was made for RealPlayer, Windows Media, QuickTime or Flash.\n");
            return;
        }
        let films = [
            (counts.plays, "playable"),
            (counts.made, "saved, and not in the story yet"),
            (counts.convertible, "to be converted"),
            (counts.cards, "shown as a card"),
        ];
        let films: Vec<String> = films
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        let colon = if films.is_empty() { "" } else { ": " };
        let _ = writeln!(
            text,
            "{}{colon}{}\n{}, {} that no story names, {}",
            counted(counts.films, "film"),
            films.join(", "),
            counted(counts.links, "link"),
            counted(counts.loose, "file"),
            counted(counts.errors, "error"),
        );
        let is_loose = |state| self.loose.iter().any(|file| file.verdict.state == state);
        if counts.convertible > 0 || is_loose(Saved::Convertible) {
            text.push_str("Next: press media --convert (it replaces nothing, and changes no story without --write)\n");
        } else if self.changes.iter().any(|change| !change.is_written) && !is_asked_to_write {
            text.push_str("Next: press media --write\n");
        }
    }
}

impl FilmAnswer {
    fn push(&self, text: &mut String) {
        let _ = write!(text, "  {}", visible(&self.field));
        if !self.title.is_empty() {
            let _ = write!(text, " “{}”", visible(&self.title));
        }
        text.push('\n');
        let mut hint_before = None;
        for reference in &self.references {
            let field = reference
                .field
                .strip_prefix(self.field.as_str())
                .unwrap_or(&reference.field);
            let _ = write!(text, "    {}  ", field.trim_start_matches('.'));
            reference.push_line(text);
            reference.push_rest(hint_before, text);
            hint_before = reference.hint.as_deref();
        }
        self.verdict.push("    ", text);
    }
}

impl Verdict {
    fn push(&self, indent: &str, text: &mut String) {
        let color = match self.state {
            Saved::Plays | Saved::Written | Saved::Made => AnsiColor::Green,
            Saved::Convertible | Saved::Several | Saved::Partial => AnsiColor::Yellow,
            Saved::Broken => AnsiColor::Red,
            Saved::Card | Saved::Withdrawn => AnsiColor::Cyan,
        };
        let style = Style::new().fg_color(Some(color.into()));
        let written = if self.state == Saved::Written {
            ", and written into the story"
        } else {
            ""
        };
        let _ = writeln!(
            text,
            "{indent}{style}={style:#} {}{written}",
            visible(&self.message)
        );
        if let Some(hint) = &self.hint {
            let _ = writeln!(text, "{indent}  {}", visible(hint));
        }
    }
}

impl ReferenceAnswer {
    /// What it is, and its address.
    fn push_line(&self, text: &mut String) {
        text.push_str(&kind_words(self.format, self.thing));
        if let Some(label) = &self.label {
            let _ = write!(text, ", “{}”", visible(label));
        }
        text.push('\n');
        if let Some(address) = &self.address {
            let _ = writeln!(text, "      {}", visible(address));
        }
    }

    fn push_rest(&self, hint_before: Option<&str>, text: &mut String) {
        let _ = writeln!(text, "      {}", visible(&self.message));
        if let Some(leads) = &self.leads_to {
            leads.push("        ", text);
        }
        if let Some(hint) = self
            .hint
            .as_deref()
            .filter(|hint| Some(*hint) != hint_before)
        {
            let _ = writeln!(text, "      {}", visible(hint));
        }
    }

    fn push(&self, text: &mut String) {
        text.push_str("    link to ");
        self.push_line(text);
        self.push_rest(None, text);
    }
}

impl LeadsAnswer {
    fn push(&self, indent: &str, text: &mut String) {
        if let Some(problem) = &self.problem {
            let _ = writeln!(
                text,
                "{indent}{}. {}",
                visible(&problem.message),
                visible(&problem.hint)
            );
        }
        if let Some(title) = &self.title {
            let _ = writeln!(text, "{indent}“{}”", visible(title));
        }
        for way in &self.ways {
            let place = match (&way.file, way.is_loop) {
                (_, true) => "leads back to a list that led here".to_owned(),
                (Some(file), _) => format!("here: {file}"),
                (None, _) => match way.place {
                    "unclear" => "unclear which file is meant".to_owned(),
                    _ => "not here".to_owned(),
                },
            };
            let _ = writeln!(
                text,
                "{indent}-> {} ({})",
                visible(&way.address),
                visible(&place)
            );
            if let Some(leads) = &way.leads_to {
                leads.push(&format!("{indent}   "), text);
            }
        }
    }
}

impl LooseAnswer {
    fn push(&self, text: &mut String) {
        let _ = writeln!(
            text,
            "  {}  {} ({})",
            visible(&self.file),
            kind_words(self.format, self.thing),
            megabytes(self.size_in_bytes)
        );
        if let Some(leads) = &self.leads_to {
            leads.push("    ", text);
        }
        self.verdict.push("    ", text);
    }
}

impl ChangeAnswer {
    fn push(&self, text: &mut String) {
        let verb = match (&self.refused, self.is_written) {
            (Some(why), _) => {
                let _ = writeln!(
                    text,
                    "not written: {} {}: {}",
                    visible(&self.story),
                    visible(&self.field),
                    visible(why)
                );
                return;
            }
            (None, true) => "written",
            (None, false) => "to write",
        };
        let _ = writeln!(
            text,
            "{verb}: {} {}: {}",
            visible(&self.story),
            visible(&self.field),
            self.adds.join(", ")
        );
    }
}

/// `RealMedia film`
fn kind_words(format: &str, thing: &str) -> String {
    let known = article::media::LegacyFormat::ALL
        .iter()
        .find(|known| known.as_str() == format);
    format!("{} {thing}", known.map_or(format, |known| player(*known)))
}
