//! `press deploy`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::{Answer, Format, print_json};
use crate::deploy::{self, Deployed, Options, Wishes};
use crate::finding::Failure;
use crate::report::{JSON_VERSION, counted};

/// Uploads a built site in an order that never leaves a page without what it shows
#[derive(Args)]
#[command(after_help = AFTER)]
pub struct Deploy {
    /// The folder of the built site
    #[arg(default_value = "dist")]
    folder: PathBuf,
    /// Where to: a folder, rsync:user@host:path, rsync://host/module/path, s3://bucket/prefix
    #[arg(long, value_name = "PLACE")]
    to: String,
    /// Remove what is no longer part of the site
    #[arg(long)]
    delete: bool,
    /// With --delete: for how many later builds assets and media stay for pages that are still open
    #[arg(long, value_name = "BUILDS", default_value_t = 10)]
    keep: u64,
    /// Say what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,
    /// How many files are on their way at the same time
    #[arg(long, value_name = "FILES", default_value_t = 8, value_parser = clap::value_parser!(u8).range(1..=64))]
    jobs: u8,
    /// The address of the object store [default: Amazon's, or AWS_ENDPOINT_URL]
    #[arg(long, value_name = "URL", help_heading = "S3")]
    endpoint: Option<String>,
    /// The region of the bucket [default: AWS_REGION, that of the profile, or us-east-1]
    #[arg(long, value_name = "NAME", help_heading = "S3")]
    region: Option<String>,
    #[command(flatten)]
    answer: Answer,
}

const AFTER: &str = "\
Examples:
  press deploy --to /srv/www/news                a folder of this machine
  press deploy --to rsync:me@host:/srv/www/news  a server with ssh and rsync
  press deploy --to s3://news --region eu-west-3 a bucket of Amazon's
  press deploy --to s3://news --endpoint https://s3.example.org
  press deploy --to s3://news --dry-run          what would be uploaded

Assets and media go first, then stories and lists, then pages, version.json last;
what is gone goes after that, in the reverse order. Files that are there already
are not sent again, and an upload that was cut goes on where it was. Beside the
site lies .press-deploy.json, the record of what was uploaded; --delete removes
only what stands in it.
Credentials of S3 come from AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and
AWS_SESSION_TOKEN, or from the profile (AWS_PROFILE) in ~/.aws.
Exit codes: 0 uploaded, 2 press could not work: no built site, a target that
cannot be reached or written to.";

impl Deploy {
    pub fn format(&self) -> Format {
        self.answer.format
    }

    pub fn run(self) -> Result<ExitCode, Failure> {
        let options = Options {
            folder: self.folder,
            to: self.to,
            delete: self.delete,
            keep: self.keep,
            dry_run: self.dry_run,
            jobs: self.jobs.into(),
            s3: Wishes {
                endpoint: self.endpoint,
                region: self.region,
            },
        };
        let done = deploy::deploy(&options)?;
        match self.answer.format {
            Format::Json => print_json(&json!({
                "version": JSON_VERSION,
                "command": "deploy",
                "exitCode": 0,
                "to": options.to,
                "dryRun": options.dry_run,
                "uploaded": done.uploaded,
                "bytes": done.bytes,
                "unchanged": done.unchanged,
                "removed": done.removed,
                "left": done.left,
            }))?,
            Format::Text => eprint!("{}", told(&done, &options)),
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn told(done: &Deployed, options: &Options) -> String {
    let mut text = String::new();
    if options.dry_run {
        for (what, paths) in [("upload", &done.uploaded), ("remove", &done.removed)] {
            for path in paths {
                text.push_str(&format!("would {what} {}\n", crate::report::visible(path)));
            }
        }
    }
    let would = if options.dry_run { "would be " } else { "" };
    text.push_str(&format!(
        "{} ({}) {would}uploaded to {}, {} unchanged, {} {would}removed\n",
        counted(done.uploaded.len(), "file"),
        size(done.bytes),
        crate::report::visible(&options.to),
        done.unchanged,
        done.removed.len()
    ));
    if !done.left.is_empty() {
        text.push_str(&format!(
            "{} there {} no longer part of the site{}\n",
            counted(done.left.len(), "file"),
            if done.left.len() == 1 { "is" } else { "are" },
            if options.delete {
                ": assets and media stay for pages that are still open"
            } else {
                "; readers with the address still find them: --delete removes them"
            }
        ));
    }
    text
}

/// In units that people read.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => counted(usize::try_from(bytes).unwrap_or_default(), "byte"),
        1_000..1_000_000 => format!("{} KB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}
