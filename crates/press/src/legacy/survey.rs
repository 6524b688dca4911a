//! What stories name of old players, and what lies there without being named.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use article::json::{self, Kind, Value};
use article::media::{Availability, LegacyFormat, LinkStatus};
use media::conversion::Aim;
use media::legacy::{self, Named, Thing};

use super::leads::{self, Leads};
use super::place::{Place, Places};
use crate::files::{ArticleFile, Tree};
use crate::finding::{Failure, Finding};
use crate::spread;

/// The legacy media of a site.
pub struct Survey {
    pub tree: Tree,
    /// In the order of the stories.
    pub films: Vec<Film>,
    pub links: Vec<Link>,
    /// Files that no story names, in the order of their paths.
    pub loose: Vec<Loose>,
    /// What browsers play and stories show or link to, below `public/`.
    pub shown: BTreeSet<String>,
    /// Stories that could not be read.
    pub findings: Vec<Finding>,
}

/// A film or sound of a story, in the words of the story.
pub struct Film {
    /// From the root of the site: `public/articles/en/night-ferry.json`.
    pub story: Arc<str>,
    pub language: String,
    /// The way through the data: `body[3].video`.
    pub field: String,
    pub aim: Aim,
    pub title: String,
    pub availability: Availability,
    /// Files that browsers play, as paths below `public/` where they are of the site.
    pub playable: Vec<String>,
    pub has_poster: bool,
    pub has_captions: bool,
    pub references: Vec<Reference>,
}

/// A link to such a file.
pub struct Link {
    pub story: Arc<str>,
    pub reference: Reference,
}

/// A file of the site that no story names.
pub struct Loose {
    /// Below `public/`.
    pub path: String,
    pub named: Named,
    pub size: u64,
    pub leads: Option<Leads>,
}

/// An old address in a story.
pub struct Reference {
    /// The way through the data: `body[3].video.legacySources[0]`.
    pub field: String,
    /// As written; `None` where only words are left.
    pub address: Option<String>,
    pub label: Option<String>,
    pub named: Named,
    pub status: LinkStatus,
    /// Where a copy is kept.
    pub archived_at: Option<String>,
    pub place: Place,
    /// Of a metafile that is here.
    pub leads: Option<Leads>,
}

impl Film {
    pub fn plays(&self) -> bool {
        self.availability == Availability::Playable && !self.playable.is_empty()
    }

    /// The files here that hold this film, the best first. A larger file of one film
    /// is the better one; a Flash program comes last, because it is seldom a film.
    pub fn files<'a>(&'a self, tree: &Tree) -> Vec<&'a str> {
        let mut files: Vec<(&str, Thing)> = Vec::new();
        for reference in &self.references {
            match (&reference.leads, &reference.place) {
                (Some(leads), _) => {
                    let film = leads.only_film().into_iter();
                    files.extend(film.map(|path| (path, Thing::Film)));
                }
                (None, Place::Here { path, .. }) => files.push((path, reference.named.thing)),
                (None, _) => {}
            }
        }
        let size = |path: &str| tree.files.get(path).map_or(0, |stamp| stamp.size);
        files
            .sort_by_key(|(path, thing)| (*thing == Thing::Program, std::cmp::Reverse(size(path))));
        let mut seen = BTreeSet::new();
        files.retain(|(path, _)| seen.insert(*path));
        files.into_iter().map(|(path, _)| path).collect()
    }

    /// The files of a list that plays several films one after the other: each may be
    /// saved, but which of them the story should show nobody can tell.
    pub fn several(&self) -> impl Iterator<Item = &str> {
        let leads = self.references.iter().filter_map(|r| r.leads.as_ref());
        leads.flat_map(Leads::several)
    }
}

impl Reference {
    /// The films that are here of what it names.
    pub fn files(&self) -> Vec<&str> {
        match (&self.leads, &self.place) {
            (Some(leads), _) => match leads.only_film() {
                Some(path) => vec![path],
                None => leads.several(),
            },
            (None, Place::Here { path, .. }) => vec![path.as_str()],
            (None, _) => Vec::new(),
        }
    }
}

/// Reads every story of the site under `root`.
///
/// # Errors
/// When there is no site to read.
pub fn of(root: &Path) -> Result<Survey, Failure> {
    let tree = Tree::find(root)?;
    let base = base_url(root);
    let found = spread::over_shown("Reading stories", &tree.articles, |file| read(&tree, file));
    let mut survey = Survey {
        films: Vec::new(),
        links: Vec::new(),
        loose: Vec::new(),
        shown: BTreeSet::new(),
        findings: Vec::new(),
        tree,
    };
    for one in found {
        match one {
            Ok(found) => {
                survey.films.extend(found.films);
                survey.links.extend(found.links);
                survey.shown.extend(found.shown);
            }
            Err(finding) => survey.findings.push(*finding),
        }
    }
    survey.find_places(base.as_deref());
    Ok(survey)
}

/// The address of the site itself: old links may be written in full.
fn base_url(root: &Path) -> Option<String> {
    let text = std::fs::read_to_string(root.join(crate::check::SITE_FILE)).ok()?;
    let site = article::Site::read_leniently(&text)?;
    Some(site.base_url?.as_str().trim_end_matches('/').to_owned())
}

impl Survey {
    /// Every reference, wherever it stands.
    pub fn references(&self) -> impl Iterator<Item = &Reference> {
        let of_films = self.films.iter().flat_map(|film| &film.references);
        of_films.chain(self.links.iter().map(|link| &link.reference))
    }

    fn find_places(&mut self, base: Option<&str>) {
        let addresses = self.references().filter_map(|r| r.address.as_deref());
        let mut places = Places::new(&self.tree, base, addresses);
        // What metafiles name may be a file of the site as well, and two of them may
        // mean different files of one name.
        let root = self.tree.root.join("public");
        let mut metafiles = leads::Metafiles::new(&root, &self.tree);
        metafiles.read_all(self.references().filter_map(|reference| {
            match places.of(reference.address.as_deref()?) {
                Place::Here { path, .. } => Some(path),
                _ => None,
            }
        }));
        places.add(metafiles.addresses());
        let of_films = self.films.iter_mut().flat_map(|film| &mut film.references);
        let of_links = self.links.iter_mut().map(|link| &mut link.reference);
        let mut named: BTreeSet<String> = self.shown.clone();
        for reference in of_films.chain(of_links) {
            let Some(address) = &reference.address else {
                continue;
            };
            reference.place = places.of(address);
            if let Place::Here { path, .. } = &reference.place {
                named.insert(path.clone());
                reference.leads = metafiles.leads(path, &places);
            }
            let leads = reference.leads.iter();
            named.extend(leads.flat_map(Leads::files).map(str::to_owned));
        }
        for (path, stamp) in &self.tree.files {
            if let Some(kind) = legacy::of_path(path).filter(|_| !named.contains(path)) {
                metafiles.read_all([path.clone()].into_iter());
                self.loose.push(Loose {
                    leads: metafiles.leads(path, &places),
                    path: path.clone(),
                    named: kind,
                    size: stamp.size,
                });
            }
        }
    }
}

/// What one story names.
#[derive(Default)]
struct Found {
    films: Vec<Film>,
    links: Vec<Link>,
    shown: Vec<String>,
}

fn read(tree: &Tree, file: &ArticleFile) -> Result<Found, Box<Finding>> {
    let source = tree.read(&file.path)?;
    let parsed = json::parse(&source);
    // What stood before a mistake may be half of a film, which nobody could write into.
    let (Some(root), None) = (&parsed.value, parsed.error) else {
        return Err(Box::new(
            Finding::error("json", &file.path, None)
                .says("this is no JSON to its end, and was left out")
                .hint("press check says where the mistake is."),
        ));
    };
    let language = root.get("language").and_then(Value::as_str);
    let mut reading = Reading {
        story: &file.path,
        language: language.unwrap_or(&file.language),
        found: Found::default(),
    };
    reading.walk(root, "", "");
    Ok(reading.found)
}

struct Reading<'a> {
    story: &'a Arc<str>,
    language: &'a str,
    found: Found,
}

impl Reading<'_> {
    fn walk(&mut self, value: &Value<'_>, name: &str, field: &str) {
        match &value.kind {
            Kind::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.walk(item, name, &format!("{field}[{index}]"));
                }
            }
            Kind::Object(members) => {
                if matches!(name, "video" | "audio") {
                    self.film(value, name, field);
                }
                for member in members {
                    let name = member.name.as_ref();
                    match name {
                        // Somebody else's data, data about the past, and what a film
                        // has been asked for already.
                        "extensions" | "source" | "translations" | "aliases" | "canonicalUrl"
                        | "legacySources" | "archivedAt" | "renditions" => {}
                        _ => {
                            let dot = if field.is_empty() { "" } else { "." };
                            self.walk(&member.value, name, &format!("{field}{dot}{name}"));
                        }
                    }
                }
            }
            Kind::String(text) if matches!(name, "href" | "cite") => {
                if let Some(named) = legacy::of_address(text) {
                    self.found.links.push(Link {
                        story: Arc::clone(self.story),
                        reference: reference(field.to_owned(), Some(text.to_string()), named),
                    });
                } else if text.ends_with(".mp4") || text.ends_with(".m4a") {
                    self.found.shown.extend(crate::check::media_file(text));
                }
            }
            _ => {}
        }
    }

    fn film(&mut self, film: &Value<'_>, name: &str, field: &str) {
        let mut references = Vec::new();
        for (index, source) in film.list("legacySources").iter().enumerate() {
            let at = format!("{field}.legacySources[{index}]");
            references.push(source_of(source, at));
        }
        let mut playable = Vec::new();
        for (index, file) in film.list("renditions").iter().enumerate() {
            let Some(href) = text(file, "href") else {
                continue;
            };
            match old_player(href, text(file, "contentType")) {
                None => match crate::check::media_file(href) {
                    Some(path) => {
                        self.found.shown.push(path.clone());
                        playable.push(path);
                    }
                    None => playable.push(href.to_owned()),
                },
                Some(named) => references.push(reference(
                    format!("{field}.renditions[{index}]"),
                    Some(href.to_owned()),
                    named,
                )),
            }
        }
        if references.is_empty() {
            return;
        }
        self.found.films.push(Film {
            story: Arc::clone(self.story),
            language: self.language.to_owned(),
            field: field.to_owned(),
            aim: if name == "audio" {
                Aim::Sound
            } else {
                Aim::Film
            },
            title: text(film, "title").unwrap_or_default().to_owned(),
            availability: one_of(Availability::ALL, text(film, "availability"), |one| {
                one.as_str()
            }),
            playable,
            has_poster: film.get("poster").is_some(),
            has_captions: film
                .list("tracks")
                .iter()
                .any(|track| matches!(text(track, "kind"), None | Some("captions" | "subtitles"))),
            references,
        });
    }
}

/// What a file of a film was for, if it was for a player of old: by its type, else by its
/// name. A QuickTime film that is said to be an MP4 may well be one: of the two kinds of
/// file one came from the other, and browsers look inside.
fn old_player(href: &str, media_type: Option<&str>) -> Option<Named> {
    let by_type = media_type.and_then(legacy::of_media_type);
    by_type.or_else(|| {
        let by_name = legacy::of_address(href)?;
        let is_kin = by_name.format == LegacyFormat::QuickTime && by_name.thing == Thing::Film;
        (!is_kin || media_type != Some("video/mp4")).then_some(by_name)
    })
}

fn text<'v>(object: &'v Value<'_>, name: &str) -> Option<&'v str> {
    object.get(name).and_then(Value::as_str)
}

/// The one of that name; what is unknown is told by press check, and is the default here.
fn one_of<T: Copy + Default>(
    all: &[T],
    name: Option<&str>,
    name_of: impl Fn(T) -> &'static str,
) -> T {
    let known = all.iter().find(|one| Some(name_of(**one)) == name);
    known.copied().unwrap_or_default()
}

fn reference(field: String, address: Option<String>, named: Named) -> Reference {
    Reference {
        field,
        address,
        label: None,
        named,
        status: LinkStatus::Unknown,
        archived_at: None,
        place: Place::Words,
        leads: None,
    }
}

/// What an importer wrote of an old source. Its name is believed before its format,
/// which may be a guess.
fn source_of(source: &Value<'_>, field: String) -> Reference {
    let owned = |name: &str| text(source, name).map(str::to_owned);
    let address = owned("href").filter(|address| !address.trim().is_empty());
    let named = address.as_deref().and_then(legacy::of_address);
    let named = named.unwrap_or_else(|| Named {
        format: one_of(LegacyFormat::ALL, text(source, "format"), |one| {
            one.as_str()
        }),
        thing: Thing::Film,
    });
    Reference {
        label: owned("label"),
        status: one_of(LinkStatus::ALL, text(source, "status"), |one| one.as_str()),
        archived_at: owned("archivedAt"),
        ..reference(field, address, named)
    }
}
