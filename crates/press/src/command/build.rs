//! `press build`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::{Format, Site, code, print_json};
use crate::finding::Failure;
use crate::written::Before;
use crate::{build, report};

/// Checks, then writes the lists, the stories and (with --assets) a snapshot of every page
#[derive(Args)]
#[command(after_help = AFTER)]
pub struct Build {
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
}

const AFTER: &str = "\
Examples:
  press build --into dist                with errors, nothing is written and the exit code is 1
  press build --into dist --keep-going   in the development loop
  press build --into dist --as-of 2026-12-01T06:00:00Z
                                         the site as it will be on that morning
  press build --into dist --format json  which files changed, as JSON on standard output

A story whose embargoedUntil or datePublished is later than --as-of is left out
of every list and its file is removed from the built site. Of a withheld,
canceled or expired one, a page with its headline remains.
Exit codes: 0 built, 1 errors in the stories, 2 press could not work.";

impl Build {
    pub fn format(&self) -> Format {
        self.site.answer.format
    }

    pub fn run(self) -> Result<ExitCode, Failure> {
        let format = self.format();
        let checked = self.site.check()?;
        let refused = checked.has_errors() && !self.keep_going;
        let mut answer = match format {
            Format::Text => json!({}),
            Format::Json => report::json("build", &checked, refused),
        };
        if refused {
            match format {
                Format::Text => eprintln!("nothing was built: mend the errors first"),
                Format::Json => print_json(&answer)?,
            }
            return Ok(code(true));
        }
        let before = (format == Format::Json).then(|| Before::of(&self.into));
        let options = build::Options {
            into: self.into.clone(),
            keep_going: self.keep_going,
            assets: self.assets,
        };
        let sentences = build::build(&checked, &options)?;
        match (before, answer.as_object_mut()) {
            (Some(before), Some(answer)) => {
                let changes = before.compared_with_now(&self.into);
                answer.insert("written".into(), json!(changes.written));
                answer.insert("removed".into(), json!(changes.removed));
                answer.insert("notes".into(), json!(sentences));
            }
            _ => sentences
                .iter()
                .for_each(|sentence| eprintln!("{sentence}")),
        }
        if format == Format::Json {
            print_json(&answer)?;
        }
        Ok(code(false))
    }
}
