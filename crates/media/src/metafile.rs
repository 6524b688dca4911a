//! The small texts in front of old films: RAM, ASX, SMIL and QuickTime's links.
//!
//! A page linked to a metafile, the browser handed it to the player, and the player
//! went to the addresses in it. Four formats, none of them kept to by those who wrote
//! them:
//!
//! - **RAM** (`.ram`, `.rpm`): an address a line, `#` for comments, `--stop--` for the
//!   end (RealNetworks' production guide)
//! - **ASX** (`.asx`, `.wax`, `.wvx`): `<ENTRY>`s of `<REF HREF>`s. It looks like XML and
//!   was read like HTML: names in any case, `&` as it is, tags that nobody closed. Older
//!   ones are lists of `Ref1=…` or lines that begin with `ASF`
//! - **SMIL** (`.smil`, `.smi`): what plays beside and after what (W3C, SMIL 1.0 to 3.0).
//!   SAMI captions have the name `.smi` too, and lead nowhere
//! - **QuickTime** (`.qtl`, and text under the name `.mov`): `<embed src>`, or an address
//!   behind the word `RTSPtext`
//!
//! So tags are read as HTML reads them (the tokenizer of the WHATWG standard), whatever
//! the name says the bytes are looked at first, and a text is in UTF-8 only if it is:
//! else in what it declares, else in Windows-1252.
//!
//! Nothing is fetched, and no address is believed: they are texts until somebody finds
//! the file they meant.

mod charset;
mod lines;
mod tags;

use article::media::LegacyFormat;

use crate::Problem;

/// A longer file (in bytes) is refused: the longest honest play list is some kilobytes.
pub const MAX_BYTES: usize = 256 * 1024;

/// No more addresses than these are taken from one file.
pub const MAX_LEADS: usize = 1000;

/// A metafile that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metafile {
    /// The player it was written for, by what is in it.
    pub format: LegacyFormat,
    /// What it calls its film.
    pub title: Option<String>,
    /// Where it leads, in the order written.
    pub leads: Vec<Lead>,
    /// The encoding it was read in, as the Encoding Standard calls it: `windows-1252`.
    pub charset: &'static str,
}

/// An address in a metafile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead {
    /// As written, joined to the base that the metafile itself names, if any. It may be
    /// relative: to the place of the metafile then.
    pub address: String,
    /// Which of the things it plays one after another. Addresses of one entry stand for
    /// the same film: the player took the first that answered.
    pub entry: usize,
    pub part: Part,
}

/// What an address in a metafile is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A film or a sound, or another metafile.
    Film,
    /// Words that ran beside the film, such as RealText captions.
    Text,
    /// A picture of a slide show.
    Picture,
}

/// Whether a file is worth [`read`]ing, by its first bytes: some metafiles have the
/// name of a film, and some films that of a metafile.
#[must_use]
pub fn is_one(start: &[u8]) -> bool {
    !charset::is_binary(start) && {
        let (text, _) = charset::decoded(start);
        let text = text.trim_start();
        tags::first(text).is_some_and(tags::is_known) || lines::begins(text)
    }
}

/// Reads a metafile.
///
/// # Errors
/// With what is wrong, if it leads nowhere: it is empty, too long, a film itself, SAMI
/// captions, or text of another kind.
pub fn read(bytes: &[u8]) -> Result<Metafile, Problem> {
    if bytes.len() > MAX_BYTES {
        return Err(Problem::new(
            "metafile-too-long",
            format!(
                "the file is longer than {} KB, and no list of addresses is",
                MAX_BYTES / 1024
            ),
            "See what it is: a film may have the wrong name.",
        ));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Problem::new(
            "empty-file",
            "the file is empty",
            "Copy it there again.",
        ));
    }
    if charset::is_binary(bytes) {
        return Err(Problem::new(
            "not-a-metafile",
            "this is no text: it may be the film itself under the name of its metafile",
            "Give it the name of what it is, such as .rm or .wmv.",
        ));
    }
    let (text, charset) = charset::decoded(bytes);
    let text = text.trim_start_matches('\u{feff}').trim();
    let read = match tags::first(text) {
        Some("sami") => {
            return Err(Problem::new(
                "sami-captions",
                "these are captions (SAMI), not a play list",
                "Convert them to WebVTT and name them in “tracks”: ffmpeg -i in.smi out.vtt",
            ));
        }
        Some("html") => return Err(a_page()),
        Some(name) if tags::is_known(name) => tags::read(text, name),
        _ => lines::read(text),
    };
    if read.leads.is_empty() {
        return Err(Problem::new(
            "metafile-leads-nowhere",
            "there is no address in the file",
            "Look into it: if a server wrote it, what was saved may be its error message.",
        ));
    }
    Ok(Metafile { charset, ..read })
}

/// What a mirror saves where a server answered with a page instead of the file.
fn a_page() -> Problem {
    Problem::new(
        "metafile-is-a-page",
        "this is a web page, not a play list: the old server may have answered with an error",
        "Look for the file in another copy of the old site.",
    )
}

/// A metafile in the making.
struct Found {
    title: Option<String>,
    leads: Vec<Lead>,
}

impl Found {
    fn new() -> Self {
        Self {
            title: None,
            leads: Vec::new(),
        }
    }

    fn add(&mut self, address: &str, entry: usize, part: Part) {
        let address = address.trim();
        if !address.is_empty() && self.leads.len() < MAX_LEADS {
            self.leads.push(Lead {
                address: address.to_owned(),
                entry,
                part,
            });
        }
    }

    fn of(self, format: LegacyFormat) -> Metafile {
        Metafile {
            format,
            title: self.title,
            leads: self.leads,
            charset: "",
        }
    }
}

/// An address that is written against a base. Only what a metafile needs: a base is a
/// folder, or a file whose folder counts.
pub fn joined(base: &str, address: &str) -> String {
    let is_whole = crate::legacy::scheme(address).is_some()
        // `C:\film.rm`, `\\server\film.rm`
        || address.contains('\\')
        || base.trim().is_empty();
    if is_whole {
        return address.to_owned();
    }
    let host_end = base.find("://").map_or(0, |at| {
        let rest = base.get(at + 3..).unwrap_or_default();
        at + 3 + rest.find('/').unwrap_or(rest.len())
    });
    if address.starts_with('/') {
        return format!("{}{address}", base.get(..host_end).unwrap_or_default());
    }
    let path = base.get(host_end..).unwrap_or_default();
    let mut folders: Vec<&str> = path.split('/').collect();
    folders.pop();
    for step in address.split('/') {
        match step {
            "." => {}
            // Above the root there is nothing.
            ".." if folders.len() > 1 => {
                folders.pop();
            }
            ".." => {}
            step => folders.push(step),
        }
    }
    let host = base.get(..host_end).unwrap_or_default();
    let path = folders.join("/");
    let is_rooted = path.starts_with('/') || host.is_empty() && !base.starts_with('/');
    let slash = if is_rooted { "" } else { "/" };
    format!("{host}{slash}{path}")
}
