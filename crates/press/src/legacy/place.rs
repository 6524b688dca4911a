//! Which file of the site an old address meant.
//!
//! An address of the site itself names its file. Any other names a file of a server
//! that is gone, and whoever finds that file in a backup puts it below `public/media/`
//! under its name: that name, with as many folders above it as agree, is what the two
//! are known by. A name that could mean two files, or a file that two addresses could
//! mean, is left to a person.

use std::collections::{BTreeMap, BTreeSet};

use media::legacy;

use crate::check::media_file;
use crate::files::Tree;

/// Where the file of an address is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Below `public/`.
    Here {
        path: String,
        /// Found by its name alone.
        is_by_name: bool,
    },
    /// The address is of this site, and there is no such file.
    Missing(String),
    /// Any of these files may be meant.
    Unclear(Vec<String>),
    /// On another site.
    Elsewhere,
    /// On a streaming server.
    Stream,
    /// Nowhere: no address is left.
    Words,
}

/// All files and addresses of a site.
pub struct Places<'a> {
    tree: &'a Tree,
    base: Option<&'a str>,
    /// The files of old players by their names in small letters.
    files: BTreeMap<String, Vec<&'a str>>,
    /// Every address that is of no file by itself, by the name in it.
    wanted: BTreeMap<String, BTreeSet<String>>,
}

impl<'a> Places<'a> {
    pub fn new<'b>(
        tree: &'a Tree,
        base: Option<&'a str>,
        addresses: impl Iterator<Item = &'b str>,
    ) -> Self {
        let mut files: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for path in tree
            .files
            .keys()
            .filter(|path| legacy::of_path(path).is_some())
        {
            files.entry(name(path)).or_default().push(path);
        }
        let mut places = Self {
            tree,
            base,
            files,
            wanted: BTreeMap::new(),
        };
        places.add(addresses.map(str::to_owned).collect());
        places
    }

    /// More addresses that stand in the site.
    pub fn add(&mut self, addresses: Vec<String>) {
        for address in addresses {
            if self.own(&address).is_none() {
                let path = path_in(&address);
                self.wanted.entry(name(&path)).or_default().insert(path);
            }
        }
    }

    /// The path below `public/` that an address of the site itself names.
    fn own(&self, address: &str) -> Option<String> {
        let address = address.trim();
        let inside = self.base.and_then(|base| address.strip_prefix(base));
        let path = inside.unwrap_or(address);
        media_file(path)
    }

    pub fn of(&self, address: &str) -> Place {
        if let Some(path) = self.own(address) {
            return match self.tree.files.contains_key(&path) {
                true => Place::Here {
                    path,
                    is_by_name: false,
                },
                false => Place::Missing(path),
            };
        }
        match self.by_name(&path_in(address)) {
            Some(place) => place,
            None if legacy::is_stream(address) => Place::Stream,
            None => Place::Elsewhere,
        }
    }

    /// The file of that name, if it is certain which.
    fn by_name(&self, wanted: &str) -> Option<Place> {
        let name = name(wanted);
        let files = self.files.get(&name)?;
        let most = |of: &str, among: &mut dyn Iterator<Item = &str>| {
            let mut best: (usize, Vec<String>) = (0, Vec::new());
            for other in among {
                let common = in_common(of, other);
                if common > best.0 {
                    best = (common, Vec::new());
                }
                if common == best.0 {
                    best.1.push(other.to_owned());
                }
            }
            best.1
        };
        let best = most(wanted, &mut files.iter().copied());
        let [path] = best.as_slice() else {
            return Some(Place::Unclear(best));
        };
        let rivals = self.wanted.get(&name).into_iter().flatten();
        let meant = most(path, &mut rivals.map(String::as_str));
        Some(match meant.as_slice() {
            [] | [_] if meant.first().is_none_or(|one| one == wanted) => Place::Here {
                path: path.clone(),
                is_by_name: true,
            },
            // It is another's file.
            [_] => return None,
            _ => Place::Unclear(best),
        })
    }
}

/// The path of an address: without scheme, query and fragment, with `/` for `\`. Without
/// its host as well, because one film was on the web server and on the streaming server;
/// in small letters, because Windows wrote it as it liked.
fn path_in(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let path = match path.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => path,
    };
    let path = crate::address::percent_decoded(path).unwrap_or_else(|| path.to_owned());
    path.trim().replace('\\', "/").to_lowercase()
}

fn name(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.to_lowercase()
}

/// How many segments at the end are the same, whatever their case.
fn in_common(a: &str, b: &str) -> usize {
    let segments = a.rsplit('/').zip(b.rsplit('/'));
    segments
        .take_while(|(a, b)| a.to_lowercase() == b.to_lowercase())
        .count()
}
