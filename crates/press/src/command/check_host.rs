//! `press check-host`

use std::process::ExitCode;
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use clap::Args;
use serde_json::json;

use super::{Answer, Format, code, print, print_json};
use crate::conformance::{self, Finding};
use crate::finding::{Failure, Severity};
use crate::report::{JSON_VERSION, counted, visible};

/// Reads a site that was uploaded and says what its host gets wrong
#[derive(Args)]
#[command(after_help = AFTER)]
pub struct CheckHost {
    /// The address of the site's front, such as https://news.example/
    url: String,
    /// How many seconds to wait for an answer
    #[arg(long, value_name = "SECONDS", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..))]
    timeout: u16,
    #[command(flatten)]
    answer: Answer,
}

const AFTER: &str = "\
Examples:
  press check-host https://news.example/
  press check-host https://user.example/repo/ --format json
  press check-host http://127.0.0.1:8081/     the server of press preview

It asks for pages, files of every kind, what is missing, what should be hidden and
for addresses that lead astray, some ninety requests one after the other, and looks
at status, type, compression, parts, caching, every security header and redirects.
What a site has it reads from the site itself. It changes nothing.
Exit codes: 0 no errors, though there may be warnings; 1 the host gets something
wrong; 2 press could not work: nobody answers, or it is no site of press.";

/// Addresses of one finding that a person is shown.
const SHOWN: usize = 3;

impl CheckHost {
    pub fn format(&self) -> Format {
        self.answer.format
    }

    pub fn run(self) -> Result<ExitCode, Failure> {
        let patience = Duration::from_secs(self.timeout.into());
        let outcome = conformance::check(&self.url, patience)?;
        let findings = &outcome.findings;
        let count = |severity| findings.iter().filter(|f| f.severity == severity).count();
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        match self.answer.format {
            Format::Json => print_json(&json!({
                "version": JSON_VERSION,
                "command": "check-host",
                "exitCode": i32::from(errors > 0),
                "url": self.url,
                "findings": findings,
                "counts": {
                    "requests": outcome.requests,
                    "errors": errors,
                    "warnings": warnings,
                },
            }))?,
            Format::Text => {
                let mut text: String = findings.iter().map(told).collect();
                text.push_str(&format!(
                    "{}, {}, {}\n",
                    counted(outcome.requests, "request"),
                    counted(errors, "error"),
                    counted(warnings, "warning")
                ));
                print(&text)?;
            }
        }
        Ok(code(errors > 0))
    }
}

fn told(finding: &Finding) -> String {
    let (word, color) = match finding.severity {
        Severity::Error => ("error", AnsiColor::Red),
        Severity::Warning => ("warning", AnsiColor::Yellow),
    };
    let style = Style::new().bold().fg_color(Some(color.into()));
    let mut text = format!("{style}{word}{style:#}  {}\n", finding.kind);
    for address in finding.addresses.iter().take(SHOWN) {
        text.push_str(&format!("  {}\n", visible(address)));
    }
    let more = finding.addresses.len().saturating_sub(SHOWN);
    if more > 0 {
        text.push_str(&format!("  and {more} more\n"));
    }
    text.push_str(&format!(
        "  seen:     {}\n  expected: {}\n  {}\n\n",
        visible(&finding.seen),
        visible(&finding.expected),
        finding.hint
    ));
    text
}
