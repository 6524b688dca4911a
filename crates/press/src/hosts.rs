//! What hosts want to be told, in files of their own kinds.
//!
//! - [`rules`]: what all of them are told: headers and redirects
//! - [`redirect`]: from old addresses to stories; [`stub`]: pages that lead on, where a
//!   host does not; [`in_page`]: the policy, where a host sends none
//! - [`limits`]: how much a host takes
//! - a file for each host: its words, its limits, and what it cannot be told
//!
//! Files that the host itself reads and serves to nobody lie in the site. What a server
//! is set up with lies beside it (`dist.host/` for `dist/`): it is read by a program with
//! more rights than the one that uploads a site.

mod azure;
mod caddy;
mod cloudflare;
mod firebase;
mod github;
mod gitlab;
pub mod in_page;
mod limits;
mod lines;
mod made;
mod netlify;
mod nginx;
mod redirect;
mod rules;
mod s3;
mod stub;
mod vercel;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use article::Article;
use clap::ValueEnum;

use crate::allowed::Allowed;
use crate::base::Base;
use crate::check::Checked;
use crate::finding::Failure;
use crate::fingerprint;
use crate::headers::{Place, RULES};
use crate::output::Output;
use crate::stamp::Stamp;

use limits::{Counted, Limit};
use made::{File, Made};
use redirect::Redirect;
use rules::{Rules, Top};
use stub::{Stub, Taken};

/// A host that press knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Host {
    Netlify,
    Cloudflare,
    Github,
    Gitlab,
    S3,
    Azure,
    Firebase,
    Vercel,
    Nginx,
    Caddy,
}

impl Host {
    fn name(self) -> &'static str {
        match self {
            Self::Netlify => "netlify",
            Self::Cloudflare => "cloudflare",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::S3 => "s3",
            Self::Azure => "azure",
            Self::Firebase => "firebase",
            Self::Vercel => "vercel",
            Self::Nginx => "nginx",
            Self::Caddy => "caddy",
        }
    }

    /// Whether it sends the headers it is told to.
    fn sends_headers(self) -> bool {
        !matches!(self, Self::Github | Self::Gitlab)
    }

    /// Why some old addresses cannot be told to it.
    fn why(self) -> &'static str {
        match self {
            Self::Netlify => netlify::WHY,
            Self::Cloudflare => cloudflare::WHY,
            Self::Github => github::WHY,
            Self::Gitlab => gitlab::WHY,
            Self::S3 => s3::WHY,
            Self::Azure => azure::WHY,
            Self::Firebase => firebase::WHY,
            Self::Vercel => vercel::WHY,
            Self::Nginx => nginx::WHY,
            Self::Caddy => caddy::WHY,
        }
    }

    fn limits(self) -> &'static [Limit] {
        match self {
            Self::Netlify => netlify::LIMITS,
            Self::Cloudflare => cloudflare::LIMITS,
            Self::Github => github::LIMITS,
            Self::Gitlab => gitlab::LIMITS,
            Self::S3 => s3::LIMITS,
            Self::Azure => azure::LIMITS,
            Self::Firebase => firebase::LIMITS,
            Self::Vercel => vercel::LIMITS,
            Self::Nginx | Self::Caddy => &[],
        }
    }

    fn make(self, rules: &Rules) -> Made {
        match self {
            Self::Netlify => netlify::make(rules),
            Self::Cloudflare => cloudflare::make(rules),
            Self::Github => github::make(rules),
            Self::Gitlab => gitlab::make(rules),
            Self::S3 => s3::make(rules),
            Self::Azure => azure::make(rules),
            Self::Firebase => firebase::make(rules),
            Self::Vercel => vercel::make(rules),
            Self::Nginx => nginx::make(rules),
            Self::Caddy => caddy::make(rules),
        }
    }
}

/// The hosts a site is built for, each once.
#[derive(Clone, Debug, Default)]
pub struct Hosts(Vec<Host>);

impl Hosts {
    /// # Errors
    /// When two of them read a file of one name, each in its own way.
    pub fn new(hosts: &[Host]) -> Result<Self, Failure> {
        let mut hosts = hosts.to_vec();
        hosts.sort_unstable();
        hosts.dedup();
        let alike: Vec<&str> = hosts
            .iter()
            .filter(|host| matches!(host, Host::Netlify | Host::Cloudflare | Host::Gitlab))
            .map(|host| host.name())
            .collect();
        if let [first, second, ..] = alike.as_slice() {
            return Err(Failure(format!(
                "{first} and {second} both read _redirects, each in its own way: build into a folder of its own for each of them"
            )));
        }
        Ok(Self(hosts))
    }

    /// The policy that pages carry themselves, where one of the hosts cannot send it.
    pub fn policy_in_pages(&self, allowed: &Allowed) -> Option<String> {
        let needed = self.0.iter().any(|host| !host.sends_headers());
        needed.then(|| in_page::policy(allowed))
    }
}

/// Writes the files of the hosts, for a site that allows this beyond its own files. To be
/// called when every other file of the site is made. Gives sentences for a person.
///
/// # Errors
/// When a file cannot be written.
pub fn write(
    checked: &Checked,
    output: &Output,
    hosts: &Hosts,
    allowed: Allowed,
    into: &Path,
) -> Result<Vec<String>, Failure> {
    if hosts.0.is_empty() {
        return Ok(Vec::new());
    }
    let mut files = output.files()?;
    let rules = rules_of(checked, &files, allowed);
    let mut taken = Taken::default();
    for (path, _) in &files {
        taken.add(path);
    }
    let mut notes = Vec::new();
    let made: Vec<(Host, Made)> = hosts
        .0
        .iter()
        .map(|host| (*host, host.make(&rules)))
        .collect();

    let mut inside: BTreeMap<&str, &File> = BTreeMap::new();
    let mut stubs: BTreeMap<String, &Redirect> = BTreeMap::new();
    for (host, made) in &made {
        for file in &made.inside {
            if checked.tree.files.contains_key(&file.path) {
                // A file of theirs counts; an empty one is the same whoever wrote it.
                if !file.text.is_empty() {
                    notes.push(format!(
                        "{}: public/{} is there and is kept as it is; remove it to have press write it",
                        host.name(),
                        file.path
                    ));
                }
            } else {
                inside.insert(&file.path, file);
            }
        }
        notes.extend(rest(*host, made, &mut taken, &mut stubs));
    }
    write_inside(output, &inside)?;
    files.extend(
        inside
            .values()
            .map(|file| (file.path.clone(), made::length(&file.text))),
    );
    files.extend(write_stubs(checked, output, hosts, &rules, &stubs)?);

    let beside = folder_beside(into);
    for (host, made) in &made {
        for file in &made.beside {
            write_beside(&beside, file)?;
        }
        if !made.beside.is_empty() {
            let names: Vec<String> = made
                .beside
                .iter()
                .map(|file| beside.join(&file.path).display().to_string())
                .collect();
            notes.push(format!("{}: see {}", host.name(), names.join(", ")));
        }
        let counted = Counted {
            redirects: made.counted.redirects,
            header_rules: made.counted.header_rules,
            line: made.counted.line,
            settings: made.counted.settings,
            ..Counted::of(&files)
        };
        notes.extend(counted.against(host.name(), host.limits()));
    }
    Ok(notes)
}

fn rules_of(checked: &Checked, files: &[(String, u64)], allowed: Allowed) -> Rules {
    let site = checked.site();
    let base = site.map_or_else(|| "/".into(), article::site::Site::base_path);
    let url = site
        .and_then(|site| site.base_url.as_ref())
        .map(|url| url.as_str());
    let redirects = redirect::needed(redirect::of_site(checked));
    Rules::new(base, rules::name_of(url), redirects, tops(files), allowed)
}

/// The parts of a site: together they are all of it, and none lies in another. A folder
/// with a file that has rules of its own is taken apart.
fn tops(files: &[(String, u64)]) -> Vec<Top> {
    let apart: Vec<&str> = RULES
        .iter()
        .filter_map(|rule| match rule.place {
            Place::File(file) => file.split_once('/').map(|(folder, _)| folder),
            _ => None,
        })
        .collect();
    let tops: BTreeSet<Top> = files
        .iter()
        .map(|(path, _)| match path.split_once('/') {
            Some((folder, _)) if !apart.contains(&folder) => Top::Folder(folder.to_owned()),
            _ => Top::File(path.clone()),
        })
        .collect();
    tops.into_iter().collect()
}

/// Finds pages for old addresses that a host has no rule for. Gives what to say of them.
fn rest<'a>(
    host: Host,
    made: &'a Made,
    taken: &mut Taken,
    stubs: &mut BTreeMap<String, &'a Redirect>,
) -> Vec<String> {
    let (mut pages, mut lost) = (0_usize, Vec::new());
    for redirect in &made.rest {
        match stub::place(redirect) {
            Some(place) if stubs.get(&place).is_some_and(|one| one.to == redirect.to) => pages += 1,
            Some(place) if taken.allows(&place) => {
                taken.add(&place);
                stubs.insert(place, redirect);
                pages += 1;
            }
            _ => lost.push(redirect),
        }
    }
    let mut notes = Vec::new();
    if pages > 0 {
        notes.push(format!(
            "{}: {pages} of the old addresses have a page that leads on",
            host.name()
        ));
    }
    if let Some(first) = lost.first() {
        notes.push(format!(
            "{}: {} of the old addresses will not be found there, such as {}: {}",
            host.name(),
            lost.len(),
            first.shown(),
            host.why()
        ));
    }
    notes
}

fn write_inside(output: &Output, inside: &BTreeMap<&str, &File>) -> Result<(), Failure> {
    for (path, file) in inside {
        output.unit(path, fingerprint::of(&file.text), |files| {
            files.write(path, file.text.as_bytes())?;
            Ok(None)
        })?;
    }
    Ok(())
}

/// Writes the pages that lead on. Gives their paths and sizes.
fn write_stubs(
    checked: &Checked,
    output: &Output,
    hosts: &Hosts,
    rules: &Rules,
    stubs: &BTreeMap<String, &Redirect>,
) -> Result<Vec<(String, u64)>, Failure> {
    // They have no style, and show nothing.
    let policy = hosts.policy_in_pages(&Allowed::default());
    let base = checked.site().and_then(Base::of);
    let mut written = Vec::new();
    for (path, redirect) in stubs {
        let Some(story) = checked.stories.get(redirect.story) else {
            continue;
        };
        let canonical = base.as_ref().map(|base| base.url(&redirect.to));
        let key = fingerprint::of(&(
            &redirect.to,
            &canonical,
            &policy,
            &rules.base,
            stamped(&story.file.stamp, checked),
        ));
        let summary = output.unit_with_text(path, key, |files| {
            let article = checked
                .tree
                .read(&story.file.path)
                .ok()
                .and_then(|text| Article::read_leniently(&text).ok())
                .map(|lenient| lenient.article);
            let headline = article
                .as_ref()
                .map(Article::plain_headline)
                .filter(|headline| !headline.trim().is_empty())
                .map_or_else(
                    || stub::last_part(&redirect.to),
                    |headline| headline.to_string(),
                );
            let html = Stub {
                language: &story.file.language,
                direction: article::Language::new(&story.file.language)
                    .map_or("auto", |language| language.direction().as_str()),
                headline: &headline,
                canonical: canonical.as_deref(),
                policy: policy.as_deref(),
                to: &stub::relative(path, &redirect.to),
            }
            .html();
            files.write(path, html.as_bytes())?;
            Ok(Some(html.len().to_string()))
        })?;
        let size = summary.and_then(|size| size.parse().ok()).unwrap_or(0);
        written.push((path.clone(), size));
    }
    Ok(written)
}

fn stamped(stamp: &Stamp, checked: &Checked) -> u64 {
    crate::build::stamped(stamp, checked)
}

/// `dist.host` for `dist`.
fn folder_beside(into: &Path) -> PathBuf {
    let name = into
        .file_name()
        .map_or_else(|| "site".into(), |name| name.to_string_lossy());
    into.with_file_name(format!("{name}.host"))
}

/// Writes a file whole or not at all, if its bytes are not there already.
fn write_beside(folder: &Path, file: &File) -> Result<(), Failure> {
    let path = folder.join(&file.path);
    if fs::read(&path).is_ok_and(|old| old == file.text.as_bytes()) {
        return Ok(());
    }
    let parent = path.parent().unwrap_or(folder);
    fs::create_dir_all(parent).map_err(|e| Failure::io("make the folder", parent, &e))?;
    let part = parent.join(format!(".press-{}.part", std::process::id()));
    fs::write(&part, &file.text)
        .and_then(|()| fs::rename(&part, &path))
        .map_err(|error| {
            let _ = fs::remove_file(&part);
            Failure::io("write", &path, &error)
        })
}

#[cfg(test)]
mod tests {
    use super::{Allowed, Host, Hosts, Top, folder_beside, tops};
    use std::path::Path;

    #[test]
    fn hosts_that_read_one_file_in_two_ways_are_not_built_for_at_once() {
        assert!(Hosts::new(&[Host::Netlify, Host::Cloudflare]).is_err());
        assert!(Hosts::new(&[Host::Gitlab, Host::Nginx, Host::Netlify]).is_err());
        let fine = [Host::Nginx, Host::Caddy, Host::Github, Host::Nginx];
        assert_eq!(Hosts::new(&fine).unwrap().0.len(), 3);
    }

    #[test]
    fn pages_carry_a_policy_only_where_a_host_sends_none() {
        let policy = |hosts: &[Host]| {
            Hosts::new(hosts)
                .unwrap()
                .policy_in_pages(&Allowed::default())
        };
        assert!(policy(&[Host::Netlify, Host::Nginx]).is_none());
        assert!(policy(&[Host::Github]).is_some());
        assert!(policy(&[Host::Gitlab]).is_some());
    }

    #[test]
    fn the_parts_of_a_site_are_all_of_it_and_none_lies_in_another() {
        let files = [
            "assets/a.js",
            "assets/assets.json",
            "en/x/index.html",
            "index.html",
        ];
        let files: Vec<(String, u64)> = files.iter().map(|path| ((*path).into(), 1)).collect();
        assert_eq!(
            tops(&files),
            [
                Top::Folder("en".into()),
                Top::File("assets/a.js".into()),
                Top::File("assets/assets.json".into()),
                Top::File("index.html".into()),
            ]
        );
    }

    #[test]
    fn what_a_server_is_set_up_with_lies_beside_the_site() {
        let beside = folder_beside(Path::new("/srv/dist"));
        assert_eq!(beside, Path::new("/srv/dist.host"));
    }
}
