//! `press build`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::{Format, Site, code, print_json};
use crate::finding::Failure;
use crate::hosts::{Host, Hosts};
use crate::{build, report};

/// Checks, then writes the lists, the stories and (with --app) a snapshot of every page
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
    /// The folder of the built app; asks for a page of every story
    #[arg(long, value_name = "FOLDER")]
    app: Option<PathBuf>,
    /// Make everything anew, whatever the last build has left
    #[arg(long)]
    fresh: bool,
    /// Write a .br and a .gz beside each file that gains by it, for hosts that send them
    #[arg(long)]
    precompress: bool,
    /// Write the files that this host is set up with: headers, redirects, limits; may be given more than once
    #[arg(long, value_enum, value_name = "HOST", conflicts_with = "keep_going")]
    host: Vec<Host>,
}

const AFTER: &str = "\
Examples:
  press build --into dist                with errors, nothing is written and the exit code is 1
  press build --into dist --app app      with a page of every story, which needs no program
  press build --into dist --app app --host netlify
                                         with the host's files (docs/hosting.md)
  press build --into dist --keep-going   in the development loop
  press build --into dist --as-of 2026-12-01T06:00:00Z
                                         the site as it will be on that morning
  press build --into dist --format json  which files changed, as JSON on standard output

A build is made beside the folder (in .dist.press for dist) and takes its place at
the end, in one step; only what has changed since the last build is made again. A few
changes to a site of more than 4,096 files are moved one by one instead: who is killed
in those milliseconds builds again.
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
        let mut build = build::Build::open(build::Options {
            root: self.site.root.root.clone(),
            into: self.into,
            keep_going: self.keep_going,
            app: self.app,
            fresh: self.fresh,
            precompress: self.precompress,
            hosts: Hosts::new(&self.host)?,
        })?;
        let mut checked = self.site.check(&mut build.memory)?;
        build.complete(&mut checked)?;
        self.site.show(&checked);
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
        let built = build.build(&checked)?;
        match (format, answer.as_object_mut()) {
            (Format::Json, Some(answer)) => {
                answer.insert("written".into(), json!(built.written));
                answer.insert("removed".into(), json!(built.removed));
                answer.insert("notes".into(), json!(built.notes));
                print_json(&json!(answer))?;
            }
            _ => built.notes.iter().for_each(|note| eprintln!("{note}")),
        }
        // The process ends here: an archive's worth of facts need not be taken apart.
        std::mem::forget(checked);
        Ok(code(false))
    }
}
