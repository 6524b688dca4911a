//! Files of old players, converted one after the other: ffmpeg takes all cores itself.

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use article::Language;
use jiff::Timestamp;
use media::Problem;
use media::conversion::{self, Aim, Ffmpeg, RECIPE, Source};
use media::legacy::Thing;
use media::picture;

use super::record::{self, Conversion, FileRole, MadeFile, Outcome, Record, WORK};
use super::survey::{Film, Survey};
use crate::finding::Failure;
use crate::progress::Progress;

/// What a run did.
#[derive(Default)]
pub struct Done {
    pub converted: Vec<Conversion>,
    /// Files, below `public/`, in which captions are to be written.
    pub stubs: Vec<String>,
    /// What is wrong with a file, below `public/`.
    pub broken: BTreeMap<String, Problem>,
    /// Why nothing could be converted at all.
    pub without: Option<Problem>,
}

/// One film: its files, the best first, of which the first that works is enough.
struct Task<'a> {
    files: Vec<&'a str>,
    aim: Aim,
}

impl Task<'_> {
    /// Whether it is made, or cannot be.
    fn is_settled(&self, survey: &Survey, record: &mut Record) -> bool {
        let result = |path: &&str| {
            let known = record.of(&survey.tree, path, self.aim, None);
            known.map(|one| one.result)
        };
        let known: Vec<Option<Outcome>> = self.files.iter().map(result).collect();
        known.contains(&Some(Outcome::Converted)) || !known.contains(&None)
    }
}

/// Everything that is wanted.
fn tasks<'a>(survey: &'a Survey) -> Vec<Task<'a>> {
    let mut tasks = Vec::new();
    for film in survey.films.iter().filter(|film| film.is_wanted()) {
        tasks.push(Task {
            files: film.files(&survey.tree),
            aim: film.aim,
        });
        for path in film.several() {
            tasks.push(Task {
                files: vec![path],
                aim: film.aim,
            });
        }
    }
    for link in &survey.links {
        for path in link.reference.files() {
            tasks.push(Task {
                files: vec![path],
                aim: Aim::Film,
            });
        }
    }
    for loose in &survey.loose {
        if loose.leads.is_none() && loose.named.thing != Thing::Metafile {
            tasks.push(Task {
                files: vec![&loose.path],
                aim: Aim::Film,
            });
        }
    }
    tasks.retain(|task| !task.files.is_empty());
    tasks
}

/// Converts what is here and not yet made.
///
/// # Errors
/// When the site cannot be written to, or another run is at work.
pub fn all(survey: &Survey, record: &mut Record, ffmpeg: &Ffmpeg) -> Result<Done, Failure> {
    let mut done = Done::default();
    let tasks = tasks(survey);
    if !tasks.is_empty() {
        match ffmpeg.version() {
            Ok(program) => convert(survey, record, ffmpeg, &program, &tasks, &mut done)?,
            // Without it there may be nothing left to do.
            Err(problem) => {
                let is_open = |task: &Task<'_>| !task.is_settled(survey, record);
                done.without = tasks.iter().any(is_open).then_some(problem);
            }
        }
    }
    for film in survey.films.iter().filter(|film| film.is_wanted()) {
        done.stubs.extend(stub(survey, record, film)?);
    }
    Ok(done)
}

fn convert(
    survey: &Survey,
    record: &mut Record,
    ffmpeg: &Ffmpeg,
    program: &str,
    tasks: &[Task<'_>],
    done: &mut Done,
) -> Result<(), Failure> {
    let root = survey.tree.root.as_path();
    let workshop = Workshop::open(root)?;
    // Of all films together, so that the bar is one: in seconds, as far as files tell.
    let seconds = |source: &Source| source.duration.map_or(1, |length| length.whole().max(1));
    let mut sources: BTreeMap<&str, Result<Source, Problem>> = BTreeMap::new();
    let mut total = 0;
    let looking = Progress::start("Looking into films", tasks.len());
    for task in tasks {
        looking.advance(1);
        for path in &task.files {
            if record
                .of(&survey.tree, path, task.aim, Some(program))
                .is_some()
            {
                break;
            }
            let source = ffmpeg.look(&root.join("public").join(path));
            let is_sound = source.is_ok();
            if let Ok(source) = &source {
                total += seconds(source);
            }
            sources.insert(path, source);
            if is_sound {
                break;
            }
        }
    }
    looking.finish();
    let progress = Progress::start(
        "Converting films (seconds)",
        usize::try_from(total).unwrap_or(usize::MAX),
    );
    let work = Work {
        survey,
        ffmpeg,
        program,
        workshop: &workshop,
        progress: &progress,
    };
    for task in tasks {
        for path in &task.files {
            if let Some(known) = record.of(&survey.tree, path, task.aim, Some(program)) {
                if known.result == Outcome::Converted {
                    break;
                }
                continue;
            }
            let source = sources
                .remove(path)
                .unwrap_or_else(|| ffmpeg.look(&root.join("public").join(path)));
            let source = match source {
                Ok(source) => source,
                Err(problem) => {
                    if !conversion::is_passing(&problem) {
                        let failed = work.begin(record, path, task.aim)?;
                        record.note(failed.with(problem.clone()))?;
                    }
                    done.broken.insert((*path).to_owned(), problem);
                    continue;
                }
            };
            let conversion = work.convert(record, path, &source, task.aim)?;
            let is_whole = conversion.result == Outcome::Converted;
            done.converted.push(conversion);
            if is_whole {
                break;
            }
        }
    }
    progress.finish();
    Ok(())
}

impl Film {
    /// Whether there is anything to do: what plays is well, and what was withdrawn
    /// stays so.
    pub fn is_wanted(&self) -> bool {
        !self.plays() && self.availability != article::media::Availability::Withdrawn
    }
}

struct Work<'a> {
    survey: &'a Survey,
    ffmpeg: &'a Ffmpeg,
    program: &'a str,
    workshop: &'a Workshop,
    progress: &'a Progress,
}

impl Work<'_> {
    /// The note of a conversion of which nothing has come yet.
    fn begin(&self, record: &mut Record, path: &str, aim: Aim) -> Result<Conversion, Failure> {
        let from = self.survey.tree.root.join("public").join(path);
        let stamp = self
            .survey
            .tree
            .files
            .get(path)
            .copied()
            .unwrap_or_default();
        let sha256 = record
            .hash(path, &stamp)
            .map_err(|error| Failure::io("read", &from, &error))?;
        Ok(Conversion {
            source: format!("public/{path}"),
            sha256,
            size_in_bytes: stamp.size,
            made: aim.into(),
            program: self.program.to_owned(),
            recipe: RECIPE,
            arguments: Vec::new(),
            began: Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            seconds: 0.0,
            result: Outcome::Failed,
            message: None,
            hint: None,
            files: Vec::new(),
        })
    }

    /// Makes film and poster apart, notes them, and only then puts them beside the
    /// source: a run that is ended in between is made good by the next one, which knows
    /// from the record what is its own.
    fn convert(
        &self,
        record: &mut Record,
        path: &str,
        source: &Source,
        aim: Aim,
    ) -> Result<Conversion, Failure> {
        let root = self.survey.tree.root.as_path();
        let from = root.join("public").join(path);
        let clock = Instant::now();
        let mut conversion = self.begin(record, path, aim)?;
        let is_film = source.becomes_film(aim);
        let film = self
            .workshop
            .folder
            .join(if is_film { "film.mp4" } else { "sound.m4a" });
        let poster = self.workshop.folder.join("poster.jpg");
        self.workshop.clear()?;
        let mut shown = 0;
        let made = self.ffmpeg.convert(&from, source, aim, &film, &mut |done| {
            let seconds = usize::try_from(done / 1000).unwrap_or(usize::MAX);
            self.progress.advance(seconds.saturating_sub(shown));
            shown = shown.max(seconds);
        });
        let made = match made {
            Ok(made) => made,
            Err(problem) if conversion::is_passing(&problem) => {
                return Err(Failure(format!(
                    "public/{path}: {}. {}",
                    problem.message, problem.hint
                )));
            }
            Err(problem) => {
                conversion.seconds = took(clock);
                let conversion = conversion.with(problem);
                record.note(conversion.clone())?;
                return Ok(conversion);
            }
        };
        conversion.arguments = made.arguments;
        conversion.result = match made.partial {
            None => Outcome::Converted,
            Some(problem) => {
                conversion.message = Some(problem.message);
                conversion.hint = Some(problem.hint);
                Outcome::Partial
            }
        };
        let has_poster = is_film && self.ffmpeg.poster(&film, &poster).unwrap_or(false);
        let mut files = vec![(
            &film,
            if is_film { ".mp4" } else { ".m4a" },
            if is_film {
                FileRole::Film
            } else {
                FileRole::Sound
            },
        )];
        if has_poster {
            files.push((&poster, ".jpg", FileRole::Poster));
        }
        let endings: Vec<&str> = files.iter().map(|(_, ending, _)| *ending).collect();
        record.remove_leavings(&conversion.sha256, conversion.made)?;
        let name = free_name(root, path, &endings)?;
        for (file, ending, role) in &files {
            let size = match role {
                FileRole::Poster => picture::probe(file)
                    .map(|probe| (Some(probe.width), Some(probe.height)))
                    .unwrap_or_default(),
                _ => (made.film.width, made.film.height),
            };
            let about = fs::metadata(file).map_err(|e| Failure::io("read", file, &e))?;
            conversion.files.push(MadeFile {
                role: *role,
                file: format!("{name}{ending}"),
                sha256: record::sha256(file).map_err(|e| Failure::io("read", file, &e))?,
                size_in_bytes: about.len(),
                width: size.0,
                height: size.1,
                duration: (*role != FileRole::Poster)
                    .then_some(made.film.duration)
                    .flatten()
                    .map(record::seconds),
            });
        }
        conversion.seconds = took(clock);
        record.note(conversion.clone())?;
        // The film comes last: as long as it is not there, the record counts for nothing.
        for (file, ending, _) in files.iter().rev() {
            put(file, &root.join(format!("{name}{ending}")))?;
        }
        Ok(conversion)
    }
}

/// Seconds with tenths.
fn took(clock: Instant) -> f64 {
    (clock.elapsed().as_secs_f64() * 10.0).round() / 10.0
}

/// From the root of the site, without its ending: the whole name of the source, so that
/// everybody sees what it was made of. A number goes behind it where somebody else's
/// file has the name.
fn free_name(root: &Path, path: &str, endings: &[&str]) -> Result<String, Failure> {
    /// Beyond so many files of one name, something else is wrong.
    const MOST: usize = 99;
    let names = (1..=MOST).map(|number| match number {
        1 => format!("public/{path}"),
        _ => format!("public/{path}-{number}"),
    });
    let is_free = |name: &String| {
        endings
            .iter()
            .all(|ending| fs::symlink_metadata(root.join(format!("{name}{ending}"))).is_err())
    };
    names.into_iter().find(is_free).ok_or_else(|| {
        Failure(format!(
            "there are {MOST} files beside public/{path} that are called like it: move some of them away"
        ))
    })
}

/// Moves a finished file to where nothing is. On another disk it is copied under a
/// hidden name first, so that nobody ever sees half of it.
fn put(from: &Path, to: &Path) -> Result<(), Failure> {
    let failure = |error: &io::Error| Failure::io("write", to, error);
    if fs::hard_link(from, to).is_ok() {
        let _ = fs::remove_file(from);
        return Ok(());
    }
    let folder = to.parent().unwrap_or(Path::new("."));
    let part = folder.join(format!(".press-{}.part", std::process::id()));
    let copied = fs::copy(from, &part)
        .and_then(|_| File::open(&part)?.sync_all())
        .and_then(|()| {
            if fs::symlink_metadata(to).is_ok() {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            fs::rename(&part, to)
        });
    copied.map_err(|error| {
        let _ = fs::remove_file(&part);
        failure(&error)
    })?;
    let _ = fs::remove_file(from);
    Ok(())
}

/// Below `public/`: where the captions of a film that was made are written, in a
/// language.
pub fn captions(film: &MadeFile, language: &str) -> String {
    let path = film.path();
    let stem = path.strip_suffix(".mp4").unwrap_or(path);
    format!("{stem}.{language}.vtt")
}

/// Writes the stub of captions for a film that was made and has none.
fn stub(survey: &Survey, record: &mut Record, film: &Film) -> Result<Option<String>, Failure> {
    if film.has_captions {
        return Ok(None);
    }
    let Some(language) = Language::new(&film.language) else {
        return Ok(None);
    };
    let made = record.best_of(&survey.tree, film);
    let main = made.as_ref().and_then(Conversion::main);
    let Some(main) = main.filter(|main| main.role == FileRole::Film) else {
        return Ok(None);
    };
    let path = captions(main, language.as_str());
    let file = survey.tree.root.join("public").join(&path);
    let text = conversion::caption_stub(&language);
    match File::create_new(&file).and_then(|mut open| open.write_all(text.as_bytes())) {
        Ok(()) => Ok(Some(path)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(None),
        Err(error) => Err(Failure::io("write", &file, &error)),
    }
}

/// Where films are while they are made: a folder of one run at a time, whose leavings
/// the next one clears.
struct Workshop {
    folder: PathBuf,
    _lock: File,
}

impl Workshop {
    fn open(root: &Path) -> Result<Self, Failure> {
        let folder = root.join(WORK);
        fs::create_dir_all(&folder).map_err(|e| Failure::io("make the folder", &folder, &e))?;
        let lock = folder.join("lock");
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&lock)
            .map_err(|e| Failure::io("open", &lock, &e))?;
        if let Err(TryLockError::WouldBlock) = file.try_lock() {
            return Err(Failure(
                "another press media converts films of this site; wait until it is done".into(),
            ));
        }
        Ok(Self {
            folder: folder.join("work"),
            _lock: file,
        })
    }

    /// An empty folder.
    fn clear(&self) -> Result<(), Failure> {
        let _ = fs::remove_dir_all(&self.folder);
        fs::create_dir_all(&self.folder)
            .map_err(|e| Failure::io("make the folder", &self.folder, &e))
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}
