//! Where metafiles lead, and whether it is here.
//!
//! A metafile may name another one, and that one the first: each is read once, and no
//! way is gone twice.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use media::Problem;
use media::legacy::{self, Thing};
use media::metafile::{self, Metafile, Part};

use super::place::{Place, Places};
use crate::files::Tree;

/// What came of reading a metafile.
#[derive(Clone, Debug)]
pub enum Leads {
    To {
        /// What it calls its film.
        title: Option<String>,
        charset: &'static str,
        ways: Vec<Way>,
    },
    /// It could not be read.
    Nowhere(Problem),
}

/// An address in a metafile.
#[derive(Clone, Debug)]
pub struct Way {
    pub address: String,
    /// Which of the things that are played one after another.
    pub entry: usize,
    pub part: Part,
    pub place: Place,
    /// Where it leads on, if it is a metafile that is here.
    pub on: Option<Leads>,
    /// It leads back to a metafile that led here.
    pub is_loop: bool,
}

impl Leads {
    fn ways(&self) -> &[Way] {
        match self {
            Self::To { ways, .. } => ways,
            Self::Nowhere(_) => &[],
        }
    }

    /// Every file of the site on the way.
    pub fn files(&self) -> Vec<&str> {
        let mut files = Vec::new();
        for way in self.ways() {
            if let Place::Here { path, .. } = &way.place {
                files.push(path.as_str());
            }
            files.extend(way.on.iter().flat_map(Self::files));
        }
        files
    }

    /// The films at the end of all ways, by what is played one after another. Of each,
    /// the files that are here.
    fn entries(&self) -> Vec<Vec<&str>> {
        let mut entries: BTreeMap<usize, Vec<Vec<&str>>> = BTreeMap::new();
        let films = self.ways().iter().filter(|way| way.part == Part::Film);
        for way in films.filter(|way| !way.is_loop) {
            let entry = entries.entry(way.entry).or_default();
            match (&way.on, &way.place) {
                (Some(on), _) => entry.extend(on.entries()),
                (None, Place::Here { path, .. }) => entry.push(vec![path.as_str()]),
                (None, _) => entry.push(Vec::new()),
            }
        }
        // A list that only led back has none.
        entries.retain(|_, alternatives| !alternatives.is_empty());
        // Alternatives are one film, unless one of them is a list of several itself.
        let mut all = Vec::new();
        for alternatives in entries.into_values() {
            if alternatives.iter().all(|files| files.len() <= 1) {
                all.push(alternatives.into_iter().flatten().collect());
            } else {
                all.extend(alternatives);
            }
        }
        all
    }

    /// The file of its film, if it plays one film and no more.
    pub fn only_film(&self) -> Option<&str> {
        match self.entries().as_slice() {
            [files] => files.first().copied(),
            _ => None,
        }
    }

    /// The files of its films, if it plays several.
    pub fn several(&self) -> Vec<&str> {
        let entries = self.entries();
        if entries.len() < 2 {
            return Vec::new();
        }
        let firsts = entries.iter().filter_map(|files| files.first().copied());
        firsts.collect()
    }
}

/// The metafiles of a site that were read.
pub struct Metafiles<'a> {
    public: PathBuf,
    tree: &'a Tree,
    /// By their paths below `public/`; `None` for what is none.
    read: BTreeMap<String, Option<Result<Metafile, Problem>>>,
}

impl<'a> Metafiles<'a> {
    pub fn new(public: &Path, tree: &'a Tree) -> Self {
        Self {
            public: public.to_path_buf(),
            tree,
            read: BTreeMap::new(),
        }
    }

    /// Reads these, and what they lead to as far as it is certain where that is.
    pub fn read_all(&mut self, paths: impl Iterator<Item = String>) {
        let mut open: Vec<String> = paths.collect();
        while let Some(path) = open.pop() {
            if self.read.contains_key(&path) {
                continue;
            }
            let read = self.one(&path);
            if let Some(Ok(metafile)) = &read {
                let paths = metafile
                    .leads
                    .iter()
                    .map(|lead| beside(&path, &lead.address));
                open.extend(
                    paths
                        .filter_map(|address| crate::check::media_file(&address))
                        .filter(|path| self.tree.files.contains_key(path)),
                );
            }
            self.read.insert(path, read);
        }
    }

    /// `None` for a film: most files are looked at by their first bytes only.
    fn one(&self, path: &str) -> Option<Result<Metafile, Problem>> {
        let is_named_so = legacy::of_path(path).is_some_and(|named| named.thing == Thing::Metafile);
        let file = self.public.join(path);
        let mut bytes = Vec::new();
        let most = if is_named_so {
            metafile::MAX_BYTES as u64 + 1
        } else {
            512
        };
        let read = File::open(&file).and_then(|file| file.take(most).read_to_end(&mut bytes));
        if let Err(error) = read {
            return is_named_so.then(|| {
                Err(Problem::new(
                    "unreadable",
                    format!("the file cannot be opened: {error}"),
                    "See that you may read it.",
                ))
            });
        }
        if is_named_so {
            return Some(metafile::read(&bytes));
        }
        if !metafile::is_one(&bytes) {
            return None;
        }
        let whole = std::fs::metadata(&file).ok()?.len();
        // A text of that length is none of them, and a film may begin like one.
        if whole > metafile::MAX_BYTES as u64 {
            return None;
        }
        metafile::read(&std::fs::read(&file).ok()?).ok().map(Ok)
    }

    /// Every address in them, as it stands from the place of its metafile.
    pub fn addresses(&self) -> Vec<String> {
        let mut all = Vec::new();
        for (path, read) in &self.read {
            if let Some(Ok(metafile)) = read {
                all.extend(
                    metafile
                        .leads
                        .iter()
                        .map(|lead| beside(path, &lead.address)),
                );
            }
        }
        all
    }

    /// Where a file leads; `None` if it is no metafile.
    pub fn leads(&self, path: &str, places: &Places<'_>) -> Option<Leads> {
        self.from(path, places, &mut BTreeSet::new())
    }

    fn from<'s>(
        &'s self,
        path: &str,
        places: &Places<'_>,
        open: &mut BTreeSet<&'s str>,
    ) -> Option<Leads> {
        let (path, read) = self.read.get_key_value(path)?;
        let metafile = match read.as_ref()? {
            Ok(metafile) => metafile,
            Err(problem) => return Some(Leads::Nowhere(problem.clone())),
        };
        // Each is followed once in a whole journey: a hundred metafiles that name one
        // another would have more ways through them than there are atoms.
        open.insert(path);
        let mut ways = Vec::new();
        for lead in &metafile.leads {
            let address = beside(path, &lead.address);
            let place = places.of(&address);
            let mut is_loop = false;
            let mut on = None;
            if let Place::Here { path, .. } = &place {
                is_loop = open.contains(path.as_str());
                if !is_loop {
                    on = self.from(path, places, open);
                }
            }
            ways.push(Way {
                address: lead.address.clone(),
                entry: lead.entry,
                part: lead.part,
                place,
                on,
                is_loop,
            });
        }
        Some(Leads::To {
            title: metafile.title.clone(),
            charset: metafile.charset,
            ways,
        })
    }
}

/// An address in a metafile as one of the site: what has no scheme is meant from the
/// folder of the metafile.
fn beside(path: &str, address: &str) -> String {
    if address.contains('\\') && !address.contains("://") {
        // `D:\web\film.rm`: its name is all that is left of it.
        return address.replace('\\', "/");
    }
    metafile::joined(&format!("/{path}"), address)
}
