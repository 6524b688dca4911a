//! press: from a folder of articles to a published Dateline site.
//!
//! In reading order:
//! - [`files`]: which files a site is made of, and how one is read
//! - [`story`]: what the rules across files need to know of an article
//! - [`check`]: the rules; [`finding`]: what they find; [`report`]: how it is shown
//! - [`embargo`], [`tombstone`]: what may be seen, and what remains of the rest
//! - [`card`], [`listing`]: the lists of stories
//! - [`build`], [`output`]: what is written, and how
//! - [`feeds`], [`maps`]: what is written for programs of others
//! - [`base`], [`moment`], [`plain`], [`rendition`], [`xml`]: addresses, dates, texts
//!   and files as those programs take them
//! - [`snapshot`]: every page as HTML, in releases
//!
//! press never writes below `public/`, and changes nothing in the built site
//! before every file of the input has been read and found sound.

// Tests fail by panicking.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::indexing_slicing))]

mod address;
#[allow(dead_code, reason = "the build does not write these files yet")]
mod base;
mod build;
mod card;
mod check;
mod compact;
mod embargo;
#[allow(
    dead_code,
    unused_imports,
    reason = "the build does not write these files yet"
)]
mod feeds;
mod files;
mod finding;
mod listing;
#[allow(dead_code, reason = "the build does not write these files yet")]
mod maps;
#[allow(dead_code, reason = "the build does not write these files yet")]
mod moment;
mod nearest;
mod output;
mod plain;
mod rendition;
mod report;
mod snapshot;
mod spread;
mod story;
mod tombstone;
mod xml;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use embargo::AsOf;
use finding::Failure;

/// Checks the stories of a Dateline site and builds what its readers load.
#[derive(Parser)]
#[command(version, after_help = AFTER)]
struct Press {
    #[command(subcommand)]
    command: Command,
}

const AFTER: &str = "\
Exit codes:
  0  all is well; there may be warnings
  1  there are errors in the stories or in site.json
  2  press could not work: a wrong option, a folder that is not there, a full disk

A site is a folder with
  public/site.json                      what the site is called, its languages
  public/articles/<language>/<slug>.json  its stories
  public/pages/<language>/<slug>.json     its standing pages, such as “about”
  public/media/                         pictures, films, sounds";

#[derive(Subcommand)]
enum Command {
    /// Reads everything under public/ strictly and says what is wrong, where, and how to mend it
    #[command(after_help = CHECK)]
    Check(Site),
    /// Checks, then writes the lists, the stories and (with --assets) a snapshot of every page
    #[command(after_help = BUILD)]
    Build {
        #[command(flatten)]
        site: Site,
        /// The folder of the built site
        #[arg(long, value_name = "FOLDER")]
        into: PathBuf,
        /// For development: show the errors, leave the broken stories out of the lists, build the rest, exit with 0
        #[arg(long)]
        keep_going: bool,
        /// A JSON file that names the release's style sheet and program; asks for snapshots
        #[arg(long, value_name = "FILE")]
        assets: Option<PathBuf>,
    },
    /// Prints the JSON Schema of a file format, for editors that complete and check as you type
    #[command(after_help = SCHEMA)]
    Schema {
        #[arg(value_enum, default_value_t = Format::Article)]
        format: Format,
    },
}

const CHECK: &str = "\
Examples:
  press check                     the site in this folder
  press check --root ~/newsroom   the site in another folder
  press check --as-of 2026-12-01  as if it were the first of December: embargoes until then are over

Every problem of every file is shown at once, then counted by kind.
Exit codes: 0 no errors, 1 errors, 2 press could not work.";

const BUILD: &str = "\
Examples:
  press build --into dist               with errors, nothing is written and the exit code is 1
  press build --into dist --keep-going  in the development loop

A story whose embargoedUntil or datePublished is later than --as-of is left out
of every list and its file is removed from the built site. Of a withheld,
canceled or expired one, a page with its headline remains.
Exit codes: 0 built, 1 errors in the stories, 2 press could not work.";

const SCHEMA: &str = "\
Example:
  press schema article > article.schema.json
  then begin a story with \"$schema\": \"../../../article.schema.json\"";

#[derive(Args)]
struct Site {
    /// The folder in which public/ lies
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    root: PathBuf,
    /// The moment to publish for, such as 2026-11-24 or 2026-11-24T09:30:00+01:00 [default: now]
    #[arg(long, value_name = "DATE", value_parser = AsOf::parse)]
    as_of: Option<AsOf>,
}

impl Site {
    fn check(&self) -> Result<check::Checked, Failure> {
        let as_of = self.as_of.unwrap_or_else(AsOf::now);
        let checked = check::check(&self.root, as_of)?;
        eprint!("{}", report::of(&checked));
        Ok(checked)
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// A story or a standing page
    Article,
    /// site.json
    Site,
}

const ERRORS_FOUND: u8 = 1;
const COULD_NOT_WORK: u8 = 2;

fn main() -> ExitCode {
    match run(Press::parse().command) {
        Ok(code) => code,
        Err(Failure(message)) => {
            eprintln!("{}", report::failure(&message));
            ExitCode::from(COULD_NOT_WORK)
        }
    }
}

fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Check(site) => {
            let checked = site.check()?;
            Ok(if checked.has_errors() {
                ExitCode::from(ERRORS_FOUND)
            } else {
                ExitCode::SUCCESS
            })
        }
        Command::Build {
            site,
            into,
            keep_going,
            assets,
        } => {
            let checked = site.check()?;
            if checked.has_errors() && !keep_going {
                eprintln!("nothing was built: mend the errors first");
                return Ok(ExitCode::from(ERRORS_FOUND));
            }
            let options = build::Options {
                into,
                keep_going,
                assets,
            };
            for sentence in build::build(&checked, &options)? {
                eprintln!("{sentence}");
            }
            Ok(ExitCode::SUCCESS)
        }
        Command::Schema { format } => {
            let schema = match format {
                Format::Article => article::schema::article_schema(),
                Format::Site => article::schema::site_schema(),
            };
            println!("{schema:#}");
            Ok(ExitCode::SUCCESS)
        }
    }
}
