//! What an upload has to do: a site held against what is known of the target.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::record::{Entry, Record};
use super::site::{File, Site};
use super::step::Step;
use super::target::{Seen, Target};
use crate::finding::Failure;
use crate::spread;

pub struct Plan<'a> {
    /// In the order of the upload.
    pub put: Vec<&'a File>,
    pub unchanged: usize,
    /// What named others first.
    pub remove: Vec<String>,
    /// No longer part of the site, and not to be removed.
    pub left: Vec<String>,
    /// The record as it will be, but for the tags of what is uploaded.
    pub record: Record,
    /// Whether the record says something new though no file is to be touched.
    pub has_news: bool,
}

impl<'a> Plan<'a> {
    /// # Errors
    /// When the target cannot be looked at.
    pub fn make(
        target: &impl Target,
        site: &'a Site,
        before: Record,
        delete: bool,
        keep: u64,
    ) -> Result<Self, Failure> {
        let seen = target.seen()?;
        let states = spread::over_shown("Comparing", &site.files, |file| {
            let Some(seen) = seen.as_ref().and_then(|seen| seen.get(&file.path)) else {
                return Ok(None);
            };
            let entry = before.files.get(&file.path);
            // The record knows this very state of the file: what it says counts.
            let is_same = match entry {
                Some(entry) if !entry.tag.is_empty() && entry.tag == seen.tag => {
                    entry.size == file.size
                        && entry.sha256 == file.sha256
                        && entry.sent == target.sent(file)
                }
                _ => seen.size == file.size && target.holds(file, seen)?,
            };
            Ok(is_same.then(|| seen.tag.clone()))
        });
        let mut plan = Self {
            put: Vec::new(),
            unchanged: 0,
            remove: Vec::new(),
            left: Vec::new(),
            record: Record::default(),
            has_news: false,
        };
        let fingerprint = site.fingerprint();
        let is_new = before.site != fingerprint;
        plan.record.build = before.build + u64::from(is_new);
        plan.record.site = fingerprint;
        for (file, state) in site.files.iter().zip(states) {
            let tag = state?;
            if tag.is_some() {
                plan.unchanged += 1;
            } else {
                plan.put.push(file);
            }
            let entry = Entry {
                size: file.size,
                sha256: file.sha256.clone(),
                sent: target.sent(file),
                tag: tag.unwrap_or_default(),
                gone: None,
            };
            plan.record.files.insert(file.path.clone(), entry);
        }
        plan.part_with(&before, seen.as_ref(), delete, keep);
        plan.has_news = is_new || plan.record.files != before.files;
        Ok(plan)
    }

    /// What the record knows and the site has no more. Files that nobody recorded
    /// are not ours to remove.
    fn part_with(
        &mut self,
        before: &Record,
        seen: Option<&BTreeMap<String, Seen>>,
        delete: bool,
        keep: u64,
    ) {
        let build = self.record.build;
        for (path, entry) in &before.files {
            let is_removed = seen.is_some_and(|seen| !seen.contains_key(path));
            if is_removed || self.record.files.contains_key(path) {
                continue;
            }
            let gone = entry.gone.unwrap_or(build);
            let is_young = Step::of(path).outlives_its_release() && build - gone.min(build) < keep;
            if delete && !is_young {
                self.remove.push(path.clone());
            } else {
                self.left.push(path.clone());
            }
            let entry = Entry {
                gone: Some(gone),
                ..entry.clone()
            };
            self.record.files.insert(path.clone(), entry);
        }
        self.remove
            .sort_by_cached_key(|path| (Reverse(Step::of(path)), path.clone()));
    }
}
