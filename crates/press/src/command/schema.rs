//! `press schema`

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::print_json;
use crate::finding::Failure;

/// Prints the JSON Schema of a file format, for editors that complete and check as you type
#[derive(Args)]
#[command(after_help = AFTER)]
pub struct Schema {
    #[arg(value_enum, default_value_t = FileFormat::Article)]
    format: FileFormat,
}

#[derive(Clone, Copy, ValueEnum)]
enum FileFormat {
    /// A story or a standing page
    Article,
    /// site.json
    Site,
}

const AFTER: &str = "\
Examples:
  press schema article > article.schema.json
      then begin a story with \"$schema\": \"../../../article.schema.json\"
      (press new does so by itself when that file lies beside public/)
  press schema site > site.schema.json
      then begin site.json with \"$schema\": \"../site.schema.json\"

Exit codes: 0 printed, 2 press could not work.";

impl Schema {
    pub fn run(self) -> Result<ExitCode, Failure> {
        print_json(&match self.format {
            FileFormat::Article => article::schema::article_schema(),
            FileFormat::Site => article::schema::site_schema(),
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
