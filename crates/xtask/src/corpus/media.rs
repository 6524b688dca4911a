//! The pictures, the film and the sound that all stories share.
//!
//! They are copied from the sample newsroom, in their smaller widths only: what is
//! measured is the number of stories, not the size of their pictures.

use anyhow::{Context, Result, ensure};
use article::media::Rendition;
use article::{Href, safe_href};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Wider files are left behind, if there is a narrower one.
const WIDEST: u32 = 960;

/// Picture folders of the corpus. The sample newsroom has fewer: they come round again.
const FOLDERS: usize = 30;

/// Best compression first, as browsers choose.
const KINDS: [(&str, &str); 3] = [
    ("avif", "image/avif"),
    ("webp", "image/webp"),
    ("jpg", "image/jpeg"),
];

/// Files of one picture, the best kind first, then the narrowest.
#[derive(Clone, Debug)]
pub struct Picture {
    pub renditions: Vec<Rendition>,
    pub width: u32,
    pub height: u32,
}

pub struct Media {
    pub pictures: Vec<Picture>,
    pub film: Vec<Rendition>,
    pub film_captions: Href,
    pub sound: Vec<Rendition>,
    pub sound_captions: Href,
    /// Where each file lies in the sample newsroom and what it is called here.
    copies: Vec<(PathBuf, String)>,
}

impl Media {
    /// Looks through the sample newsroom's `public/media`. With `originals` each picture
    /// is one large file, of which renditions are still to be made.
    pub fn find(folder: &Path, originals: bool) -> Result<Self> {
        let mut copies = Vec::new();
        let mut sources = Vec::new();
        let mut names: Vec<PathBuf> = fs::read_dir(folder)
            .with_context(|| format!("{} cannot be read", folder.display()))?
            .map(|entry| Ok(entry?.path()))
            .collect::<Result<_>>()?;
        names.sort();
        for name in names.iter().filter(|path| path.is_dir()) {
            let files = picture_files(name, originals)?;
            if !files.is_empty() {
                sources.push(files);
            }
        }
        ensure!(
            !sources.is_empty(),
            "{} has no picture folder: expected <name>/<width>.jpg, .webp or .avif",
            folder.display()
        );
        let pictures = sources
            .iter()
            .cycle()
            .take(FOLDERS)
            .enumerate()
            .map(|(at, files)| picture(&format!("media/picture-{:02}", at + 1), files, &mut copies))
            .collect::<Result<_>>()?;
        let mut file = |from: &str, to: &str, kind: &str| -> Result<Rendition> {
            let source = folder.join(from);
            let rendition = Rendition {
                href: href(to)?,
                content_type: kind.into(),
                size_in_bytes: Some(size(&source)?),
                ..Rendition::default()
            };
            copies.push((source, to.into()));
            Ok(rendition)
        };
        let mut film = file(
            "paper-boats-film/360.mp4",
            "media/film/360.mp4",
            "video/mp4",
        )?;
        (film.width, film.height) = (Some(640), Some(360));
        let film_captions = file("paper-boats-film/en.vtt", "media/film/en.vtt", "text/vtt")?.href;
        let sound = file(
            "fog-shore-sound/shore.ogg",
            "media/sound/shore.ogg",
            "audio/ogg",
        )?;
        let sound_captions = file("fog-shore-sound/en.vtt", "media/sound/en.vtt", "text/vtt")?.href;
        Ok(Self {
            pictures,
            film: vec![film],
            film_captions,
            sound: vec![sound],
            sound_captions,
            copies,
        })
    }

    /// Copies the files below a `public` folder.
    pub fn copy(&self, public: &Path) -> Result<()> {
        for (from, to) in &self.copies {
            let to = public.join(to);
            if let Some(folder) = to.parent() {
                fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
            }
            fs::copy(from, &to)
                .with_context(|| format!("{} could not be copied", from.display()))?;
        }
        Ok(())
    }
}

/// The files of a folder that are called by their width, and small enough; or the
/// largest JPEG of them.
fn picture_files(folder: &Path, originals: bool) -> Result<Vec<(u32, &'static str, PathBuf)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        let text = |part: Option<&std::ffi::OsStr>| {
            part.and_then(|part| part.to_str())
                .unwrap_or_default()
                .to_owned()
        };
        let (stem, ending) = (text(path.file_stem()), text(path.extension()));
        let kind = KINDS.iter().find(|(known, _)| *known == ending);
        if let (Ok(width), Some((ending, _))) = (stem.parse::<u32>(), kind) {
            files.push((width, *ending, path));
        }
    }
    files.sort();
    if originals {
        files.retain(|(_, ending, _)| *ending == "jpg");
        return Ok(files.pop().into_iter().collect());
    }
    if let Some(narrowest) = files.first().map(|(width, ..)| *width) {
        files.retain(|(width, ..)| *width <= WIDEST.max(narrowest));
    }
    Ok(files)
}

fn picture(
    folder: &str,
    files: &[(u32, &'static str, PathBuf)],
    copies: &mut Vec<(PathBuf, String)>,
) -> Result<Picture> {
    let mut renditions = Vec::new();
    let (mut width, mut height) = (0, 0);
    for (ending, content_type) in KINDS {
        for (stem, _, source) in files.iter().filter(|(_, other, _)| *other == ending) {
            let to = format!("{folder}/{stem}.{ending}");
            let pixels = imagesize::size(source)
                .with_context(|| format!("{} is no picture", source.display()))?;
            let (wide, high) = (u32::try_from(pixels.width)?, u32::try_from(pixels.height)?);
            if wide > width {
                (width, height) = (wide, high);
            }
            renditions.push(Rendition {
                href: href(&to)?,
                content_type: content_type.into(),
                width: Some(wide),
                height: Some(high),
                size_in_bytes: Some(size(source)?),
                ..Rendition::default()
            });
            copies.push((source.clone(), to));
        }
    }
    Ok(Picture {
        renditions,
        width,
        height,
    })
}

fn href(path: &str) -> Result<Href> {
    safe_href(&format!("/{path}")).with_context(|| format!("{path} cannot be an address"))
}

fn size(path: &Path) -> Result<u64> {
    Ok(fs::metadata(path)
        .with_context(|| format!("{} is not there", path.display()))?
        .len())
}
