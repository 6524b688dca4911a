//! `press media`

use std::process::ExitCode;

use clap::Args;
use media::conversion::Ffmpeg;
use serde_json::json;

use super::{Answer, Format, Root, code, print, print_json};
use crate::finding::Failure;
use crate::legacy::answer::Known;
use crate::legacy::convert::{self, Done};
use crate::legacy::record::Record;
use crate::legacy::{change, survey};
use crate::report::JSON_VERSION;

/// Finds films and sounds for RealPlayer, Windows Media, QuickTime and Flash, and saves them
#[derive(Args)]
#[command(after_help = AFTER)]
pub struct Media {
    #[command(flatten)]
    root: Root,
    /// Make MP4 and M4A of the files that are here, with ffmpeg, and a poster of each film
    #[arg(long)]
    convert: bool,
    /// Put what was made into the stories; the old sources stay in them
    #[arg(long)]
    write: bool,
    /// With --write: also films of which a damaged file held only a part
    #[arg(long, requires = "write")]
    partial: bool,
    #[command(flatten)]
    answer: Answer,
}

const AFTER: &str = "\
Examples:
  press media                      what there is, whether its file is here, what can be done
  press media --convert            makes films of the files that are here; changes no story
  press media --convert --write    and puts them into the stories
  press media --write              puts in what was made before, and captions written since
  press media --format json        one JSON object on standard output

It reads RealMedia (.rm .rv .ra .rmvb), Windows Media (.wmv .asf .wma), QuickTime (.mov
.qt) and Flash (.flv .f4v .swf), and the play lists in front of them (.ram .rpm .asx .wax
.wvx .smil .smi .qtl). An address of a server that is gone is matched by its name: put
the file from a backup anywhere below public/media/.

Beside ferry.rm it writes ferry.rm.mp4, ferry.rm.jpg (the poster) and ferry.rm.en.vtt,
where captions are to be written; the story names them once they have words. No file is
replaced, no source removed, nothing fetched. press-media.json beside public/ records
what was made of what, so that nothing is made twice: keep it with the stories.
Without ffmpeg (apt install ffmpeg) everything but --convert works. What cannot be saved
stays what readers see now: a card that says what the film was.

Exit codes: 0 all is well, though there may be cards; 1 a file is damaged, a story could
not be read or written, or --convert found no ffmpeg; 2 press could not work.";

impl Media {
    pub fn format(&self) -> Format {
        self.answer.format
    }

    pub fn run(self) -> Result<ExitCode, Failure> {
        let root = &self.root.root;
        let mut record = Record::read(root)?;
        let mut survey = survey::of(root)?;
        let done = if self.convert {
            let done = convert::all(&survey, &mut record, &Ffmpeg::default())?;
            // What was made lies there now.
            if !done.converted.is_empty() || !done.stubs.is_empty() {
                survey = survey::of(root)?;
            }
            done
        } else {
            Done::default()
        };
        let mut changes = change::plan(&survey, &mut record, self.partial);
        if self.write {
            change::write(&survey, &mut changes)?;
        }
        let answer = Known {
            survey: &survey,
            record: &mut record,
            done: &done,
            changes: &changes,
        }
        .answer();
        record.close();
        let has_errors = answer.counts.errors > 0;
        match self.format() {
            Format::Text => print(&answer.text(self.write))?,
            Format::Json => {
                let mut value = json!(answer);
                if let Some(members) = value.as_object_mut() {
                    members.insert("version".into(), JSON_VERSION.into());
                    members.insert("command".into(), "media".into());
                    members.insert("exitCode".into(), i32::from(has_errors).into());
                }
                print_json(&value)?;
            }
        }
        Ok(code(has_errors))
    }
}
