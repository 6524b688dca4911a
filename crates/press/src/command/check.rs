//! `press check`

use std::process::ExitCode;

use clap::Args;

use super::{Format, Site, code, print_json};
use crate::finding::Failure;
use crate::memory::Memory;
use crate::{complete, report};

/// Reads everything under public/ strictly and says what is wrong, where, and how to mend it
#[derive(Args)]
#[command(after_help = AFTER)]
pub struct Check {
    #[command(flatten)]
    site: Site,
}

const AFTER: &str = "\
Examples:
  press check                     the site in this folder
  press check --root ~/newsroom   the site in another folder
  press check --as-of 2026-12-01  as if it were the first of December: embargoes until then are over
  press check --format json       one JSON object on standard output, for editors and build servers

Every error of every file is shown at once, and the first three warnings of each kind;
then all are counted by kind.
Exit codes: 0 no errors, 1 errors, 2 press could not work.";

impl Check {
    pub fn format(&self) -> Format {
        self.site.answer.format
    }

    pub fn run(self) -> Result<ExitCode, Failure> {
        let mut checked = self.site.check(&mut Memory::default())?;
        checked.add(complete::look(&checked));
        self.site.show(&checked);
        let has_errors = checked.has_errors();
        if self.format() == Format::Json {
            print_json(&report::json("check", &checked, has_errors))?;
        }
        Ok(code(has_errors))
    }
}
