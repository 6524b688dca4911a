//! `press doctor`

use std::path::PathBuf;
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use clap::Args;
use serde_json::json;

use super::{Answer, Format, Root, code, print, print_json};
use crate::finding::Failure;
use crate::health::{self, Sign, State};
use crate::report::{self, JSON_VERSION};

/// Says what this installation and this site lack, and how to mend it
#[derive(Args)]
#[command(after_help = AFTER)]
pub struct Doctor {
    #[command(flatten)]
    root: Root,
    /// The folder of the built app, as for press build; its words are looked at
    #[arg(long, value_name = "FOLDER")]
    app: Option<PathBuf>,
    #[command(flatten)]
    answer: Answer,
}

const AFTER: &str = "\
Examples:
  press doctor                      this folder
  press doctor --root ~/newsroom    another folder
  press doctor --app app            also whether the built app is whole
  press doctor --format json        one JSON object on standard output

It looks at site.json, the built app, the words of the interface for each language
(in the built app; without --app in src/i18n/, if that is here), baseUrl,
fonts and icons, whether public/media/ can be written to, ffmpeg, the free space of
the disk, the folder (case of file names, cloud programs) and what this press
was built with. It changes nothing. press check looks at the stories.
Exit codes: 0 nothing fails, though there may be warnings; 1 something fails;
2 press could not work.";

impl Doctor {
    pub fn format(&self) -> Format {
        self.answer.format
    }

    pub fn run(self) -> Result<ExitCode, Failure> {
        let signs = health::of(&self.root.root, self.app.as_deref());
        let count = |state| signs.iter().filter(|sign| sign.state == state).count();
        let (ok, warn, fail) = (count(State::Ok), count(State::Warn), count(State::Fail));
        match self.format() {
            Format::Json => print_json(&json!({
                "version": JSON_VERSION,
                "command": "doctor",
                "exitCode": i32::from(fail > 0),
                "checks": signs,
                "counts": { "ok": ok, "warn": warn, "fail": fail },
            }))?,
            Format::Text => {
                let mut text: String = signs.iter().map(line).collect();
                text.push_str(&format!(
                    "\n{ok} ok, {}, {}\n",
                    report::counted(warn, "warning"),
                    report::counted(fail, "failure")
                ));
                print(&text)?;
            }
        }
        Ok(code(fail > 0))
    }
}

/// `warn  ffmpeg was not found`, and the mend below it.
fn line(sign: &Sign) -> String {
    let (word, color) = match sign.state {
        State::Ok => ("ok  ", AnsiColor::Green),
        State::Warn => ("warn", AnsiColor::Yellow),
        State::Fail => ("FAIL", AnsiColor::Red),
    };
    let style = Style::new().bold().fg_color(Some(color.into()));
    let mut line = format!(
        "{style}{word}{style:#}  {:<17}  {}\n",
        sign.name,
        report::visible(&sign.message)
    );
    if let Some(mend) = &sign.mend {
        line.push_str(&format!("{:25}{}\n", "", report::visible(mend)));
    }
    line
}
