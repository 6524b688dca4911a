//! The commands of press: their options, what they print and how they end.
//!
//! One file per command; what several share is here. The work itself is done
//! elsewhere, so that a command reads as the order of its steps.

mod build;
mod check;
#[cfg(feature = "deploy")]
mod check_host;
mod completions;
#[cfg(feature = "deploy")]
mod deploy;
mod doctor;
#[cfg(feature = "media")]
mod media;
mod new;
mod preview;
mod schema;

use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anstream::AutoStream;
use clap::{
    Args, ColorChoice, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum,
};
use serde_json::json;

use crate::check::Checked;
use crate::embargo::AsOf;
use crate::finding::Failure;
use crate::memory::Memory;
use crate::report::{self, Look};
use crate::{check as rules, progress};

/// Checks the stories of a Dateline site and builds what its readers load.
#[derive(Parser)]
#[command(name = "press", version, after_help = AFTER)]
struct Press {
    #[command(subcommand)]
    command: Command,
    /// Colours and bold type: on terminals only, in any case, or never
    #[arg(
        long,
        value_name = "WHEN",
        value_enum,
        default_value_t = ColorChoice::Auto,
        global = true,
        help_heading = "Display"
    )]
    color: ColorChoice,
}

const AFTER: &str = "\
A day with press:
  press doctor                     is everything here that a site needs?
  press new \"The night ferry\"      a new story, with its id, slug and date
  press check                      what is wrong, where, and how to mend it
  press media                      films of old players, and what can be saved of them
  press build --into dist          what readers load
  press preview dist               the built site, as a host would serve it
  press deploy --to PLACE          to where readers are, in a safe order
  press check-host URL             what the host gets wrong

Exit codes:
  0  all is well; there may be warnings
  1  there are errors in the stories, in site.json, in the installation or at the host
  2  press could not work: a wrong option, a folder that is not there, a full disk

A site is a folder with
  public/site.json                      what the site is called, its languages
  public/articles/<language>/<slug>.json  its stories
  public/pages/<language>/<slug>.json     its standing pages, such as “about”
  public/media/                         pictures, films, sounds

Colours follow NO_COLOR and CLICOLOR_FORCE where --color does not say otherwise.
docs/press.md describes every command, and the JSON of --format json.";

#[derive(Subcommand)]
enum Command {
    Check(check::Check),
    Build(build::Build),
    New(new::New),
    Preview(preview::Preview),
    #[cfg(feature = "deploy")]
    Deploy(deploy::Deploy),
    #[cfg(feature = "deploy")]
    CheckHost(check_host::CheckHost),
    #[cfg(feature = "media")]
    Media(media::Media),
    Doctor(doctor::Doctor),
    Schema(schema::Schema),
    Completions(completions::Completions),
}

/// There are errors, though press could do its work.
const ERRORS_FOUND: u8 = 1;
/// press could not do its work.
const COULD_NOT_WORK: u8 = 2;

/// Reads the command line and does what it asks.
pub fn run() -> ExitCode {
    // clap shows its own messages before it knows what --color says.
    let color = color_asked_for(std::env::args_os().skip(1));
    let matches = Press::command().color(color).get_matches();
    let press = match Press::from_arg_matches(&matches) {
        Ok(press) => press,
        Err(error) => error.exit(),
    };
    match press.color {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::AlwaysAnsi,
        ColorChoice::Never => anstream::ColorChoice::Never,
    }
    .write_global();
    let format = press.command.format();
    if format == Format::Json {
        progress::silence();
    }
    let name = press.command.name();
    press.command.run().unwrap_or_else(|Failure(message)| {
        eprintln!("{}", report::failure(&message));
        if format == Format::Json {
            // Whoever reads the answer must not have to guess from silence.
            let _ = print_json(&json!({
                "version": report::JSON_VERSION,
                "command": name,
                "exitCode": COULD_NOT_WORK,
                "failure": message,
            }));
        }
        ExitCode::from(COULD_NOT_WORK)
    })
}

/// The value of `--color` among words that are not understood yet.
fn color_asked_for(words: impl Iterator<Item = std::ffi::OsString>) -> ColorChoice {
    let mut after_name = false;
    for word in words {
        let Some(word) = word.to_str() else { continue };
        let value = match word.strip_prefix("--color") {
            _ if after_name => word,
            Some("") => {
                after_name = true;
                continue;
            }
            Some(value) if value.starts_with('=') => value.trim_start_matches('='),
            _ if word == "--" => break,
            _ => continue,
        };
        return ColorChoice::from_str(value, false).unwrap_or_default();
    }
    ColorChoice::Auto
}

impl Command {
    fn name(&self) -> &'static str {
        match self {
            Self::Check(_) => "check",
            Self::Build(_) => "build",
            Self::New(_) => "new",
            Self::Preview(_) => "preview",
            #[cfg(feature = "deploy")]
            Self::Deploy(_) => "deploy",
            #[cfg(feature = "deploy")]
            Self::CheckHost(_) => "check-host",
            #[cfg(feature = "media")]
            Self::Media(_) => "media",
            Self::Doctor(_) => "doctor",
            Self::Schema(_) => "schema",
            Self::Completions(_) => "completions",
        }
    }

    fn format(&self) -> Format {
        match self {
            Self::Check(check) => check.format(),
            Self::Build(build) => build.format(),
            #[cfg(feature = "media")]
            Self::Media(media) => media.format(),
            Self::Doctor(doctor) => doctor.format(),
            #[cfg(feature = "deploy")]
            Self::Deploy(deploy) => deploy.format(),
            #[cfg(feature = "deploy")]
            Self::CheckHost(check) => check.format(),
            Self::New(_) | Self::Preview(_) | Self::Schema(_) | Self::Completions(_) => {
                Format::Text
            }
        }
    }

    fn run(self) -> Result<ExitCode, Failure> {
        match self {
            Self::Check(check) => check.run(),
            Self::Build(build) => build.run(),
            Self::New(new) => new.run(),
            Self::Preview(preview) => preview.run(),
            #[cfg(feature = "deploy")]
            Self::Deploy(deploy) => deploy.run(),
            #[cfg(feature = "deploy")]
            Self::CheckHost(check) => check.run(),
            #[cfg(feature = "media")]
            Self::Media(media) => media.run(),
            Self::Doctor(doctor) => doctor.run(),
            Self::Schema(schema) => schema.run(),
            Self::Completions(completions) => completions.run(),
        }
    }
}

/// Which site.
#[derive(Args)]
struct Root {
    /// The folder in which public/ lies
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    root: PathBuf,
}

/// Which site, at which moment, and for whom the answer is.
#[derive(Args)]
struct Site {
    #[command(flatten)]
    root: Root,
    /// The moment to publish for, such as 2026-11-24 or 2026-11-24T09:30:00+01:00 [default: now]
    #[arg(long, value_name = "DATE", value_parser = AsOf::parse)]
    as_of: Option<AsOf>,
    /// Show every warning, not only the first three of each kind
    #[arg(long, help_heading = "Display")]
    all_warnings: bool,
    #[command(flatten)]
    answer: Answer,
}

impl Site {
    /// Reads the site strictly.
    fn check(&self, memory: &mut Memory) -> Result<Checked, Failure> {
        let as_of = self.as_of.unwrap_or_else(AsOf::now);
        rules::check(&self.root.root, as_of, memory)
    }

    /// Shows what was found, if a person is to see it.
    fn show(&self, checked: &Checked) {
        if self.answer.format == Format::Text {
            eprint!("{}", report::of(checked, look(), self.all_warnings));
        }
    }
}

/// For whom the answer is.
#[derive(Args)]
struct Answer {
    /// Sentences for a person, or one JSON object on standard output for a program
    #[arg(long, value_enum, default_value_t = Format::Text, help_heading = "Display")]
    format: Format,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    #[default]
    Text,
    Json,
}

fn code(has_errors: bool) -> ExitCode {
    if has_errors {
        ExitCode::from(ERRORS_FOUND)
    } else {
        ExitCode::SUCCESS
    }
}

/// How reports look on standard error, here and now.
fn look() -> Look {
    Look {
        colored: AutoStream::choice(&io::stderr()) != anstream::ColorChoice::Never,
        wrapped: io::stderr().is_terminal(),
    }
}

/// Writes to standard output. A reader that has seen enough, as `head` has, is no fault.
fn print(text: &str) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure(format!("could not write the answer: {error}")))
        }
        _ => Ok(()),
    }
}

fn print_json(value: &serde_json::Value) -> Result<(), Failure> {
    print(&format!("{value:#}\n"))
}

/// Reads `site.json` for a command that needs no more of the site.
fn site_json(root: &Path) -> Result<article::Site, Failure> {
    let file = root.join(rules::SITE_FILE);
    let source = std::fs::read_to_string(&file).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Failure(format!(
            "there is no {}: run press where the site's public/ folder is, or name its place with --root",
            file.display()
        )),
        _ => Failure::io("read", &file, &error),
    })?;
    article::Site::read_leniently(&source)
        .filter(|site| !site.languages.is_empty())
        .ok_or_else(|| {
            Failure(format!(
                "{} names no language of the site: mend it first (press check says how)",
                file.display()
            ))
        })
}

#[cfg(test)]
mod tests {
    use super::{ColorChoice, Press, color_asked_for};
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_sound() {
        Press::command().debug_assert();
    }

    #[test]
    fn color_is_known_before_the_rest_is_understood() {
        for (words, color) in [
            ("check --color never", ColorChoice::Never),
            ("--color=always check", ColorChoice::Always),
            ("check", ColorChoice::Auto),
            ("check --color purple", ColorChoice::Auto),
            ("new -- --color=never", ColorChoice::Auto),
        ] {
            let words = words.split(' ').map(Into::into);
            assert_eq!(color_asked_for(words), color);
        }
    }
}
