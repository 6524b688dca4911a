//! Uploading a built site, so that at every moment what is there can be read.
//!
//! What a page needs is there before the page is ([`step`]), and what is gone goes
//! after everything that named it. A [`record`] beside the site says what was
//! uploaded; it is believed only where the target agrees, so that an upload that was
//! cut goes on where it was, and a lost record costs a look at each file, no more.
//!
//! In reading order:
//! - [`step`]: the order of an upload
//! - [`site`]: the files of a built site
//! - [`record`]: what was uploaded by earlier runs
//! - [`plan`]: what is to be done
//! - [`target`]: where it goes: [`folder`], [`rsync`], [`s3`]
//! - [`together`]: several files at a time
//!
//! Two uploads to one target at the same time are not kept apart: an object store has
//! no lock that would hold when one of them is killed.

mod folder;
mod plan;
mod record;
mod rsync;
mod s3;
mod site;
mod step;
mod target;
#[cfg(test)]
mod tests;
mod together;

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use crate::finding::Failure;
use crate::progress::Progress;
use plan::Plan;
use record::Record;
use site::Site;
use step::Step;
use target::{Address, Target};

pub use s3::Wishes;

pub struct Options {
    /// The built site.
    pub folder: PathBuf,
    /// As it was written: a folder, `rsync:…`, `s3://…`.
    pub to: String,
    /// Remove what is no longer part of the site.
    pub delete: bool,
    /// For how many later builds assets and media stay that are no longer in the site.
    pub keep: u64,
    pub dry_run: bool,
    /// Files on their way at the same time.
    pub jobs: usize,
    /// What only object stores need.
    pub s3: Wishes,
}

/// What an upload has done; of a dry run, what it would do. Paths in their order.
#[derive(Debug, Default)]
pub struct Deployed {
    pub uploaded: Vec<String>,
    pub bytes: u64,
    pub unchanged: usize,
    pub removed: Vec<String>,
    /// No longer part of the site, and still at the target.
    pub left: Vec<String>,
}

/// Uploads the site.
///
/// # Errors
/// When the folder is no site of press, the target cannot be reached, or a file cannot
/// be read or put there. What was uploaded until then stays, and is not sent again.
pub fn deploy(options: &Options) -> Result<Deployed, Failure> {
    let site = Site::read(&options.folder)?;
    match Address::parse(&options.to)? {
        Address::Folder(folder) => {
            let target =
                folder::Folder::open(folder, &options.folder, options.jobs, options.dry_run)?;
            run(&target, &site, options)
        }
        Address::Rsync(place) => {
            let target = rsync::Rsync::open(place, &options.folder, options.dry_run)?;
            run(&target, &site, options)
        }
        Address::S3 { bucket, prefix } => {
            let target = s3::S3::open(&bucket, &prefix, &options.s3, options.jobs)?;
            run(&target, &site.sent_packed(), options)
        }
    }
}

fn run(target: &impl Target, site: &Site, options: &Options) -> Result<Deployed, Failure> {
    let record = Record::read(target.record()?)?;
    let plan = Plan::make(target, site, record, options.delete, options.keep)?;
    let mut deployed = Deployed {
        unchanged: plan.unchanged,
        left: plan.left.clone(),
        ..Deployed::default()
    };
    if options.dry_run {
        if target.decides_itself() {
            upload(
                target,
                &plan,
                &Mutex::new(plan.record.clone()),
                &mut deployed,
            )?;
        } else {
            for file in &plan.put {
                deployed.bytes += file.size;
                deployed.uploaded.push(file.path.clone());
            }
        }
        deployed.removed.clone_from(&plan.remove);
        return Ok(deployed);
    }
    let nothing_to_do = plan.put.is_empty() && plan.remove.is_empty();
    if nothing_to_do && !plan.has_news {
        return Ok(deployed);
    }
    // Before the first file: one that is uploaded and never recorded would never be
    // removed, and a story that was taken back might be such a file.
    target.write_record(&plan.record.written())?;
    let record = Mutex::new(plan.record.clone());
    let done = upload(target, &plan, &record, &mut deployed)
        .and_then(|()| remove(target, &plan, &record, &mut deployed));
    let record = record.into_inner().unwrap_or_else(PoisonError::into_inner);
    let recorded = target.write_record(&record.written());
    // What went wrong first is what matters.
    done.and(recorded).map(|()| deployed)
}

fn upload(
    target: &impl Target,
    plan: &Plan<'_>,
    record: &Mutex<Record>,
    deployed: &mut Deployed,
) -> Result<(), Failure> {
    let progress = Progress::start("Uploading", plan.put.len());
    let uploaded = Mutex::new((Vec::new(), 0));
    for files in plan.put.chunk_by(|a, b| a.step == b.step) {
        target.put(files, &|file, tag| {
            let mut record = record.lock().unwrap_or_else(PoisonError::into_inner);
            record.tag(&file.path, tag);
            let mut uploaded = uploaded.lock().unwrap_or_else(PoisonError::into_inner);
            uploaded.0.push(file.path.clone());
            uploaded.1 += file.size;
            progress.advance(1);
        })?;
    }
    progress.finish();
    let (mut paths, bytes) = uploaded
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    paths.sort_by(|a: &String, b| (Step::of(a), a).cmp(&(Step::of(b), b)));
    deployed.unchanged += plan.put.len() - paths.len();
    deployed.uploaded = paths;
    deployed.bytes = bytes;
    Ok(())
}

fn remove(
    target: &impl Target,
    plan: &Plan<'_>,
    record: &Mutex<Record>,
    deployed: &mut Deployed,
) -> Result<(), Failure> {
    let progress = Progress::start("Removing", plan.remove.len());
    for paths in plan.remove.chunk_by(|a, b| Step::of(a) == Step::of(b)) {
        target.remove(paths)?;
        let mut record = record.lock().unwrap_or_else(PoisonError::into_inner);
        paths.iter().for_each(|path| record.forget(path));
        progress.advance(paths.len());
    }
    progress.finish();
    deployed.removed.clone_from(&plan.remove);
    Ok(())
}
