//! The press of the development loop, which has no app in it.

use std::convert::Infallible;
use std::path::Path;
use std::sync::Arc;

use article::Lenient;

use crate::build::parts::Place;
use crate::check::Checked;
use crate::files::ArticleFile;
use crate::finding::Failure;
use crate::inlined::Inlined;
use crate::output::{Files, Output};
use crate::story::{Facts, Story};

/// Snapshots that cannot be: there is never a value of this type.
pub struct Snapshots(Infallible);

/// # Errors
/// Always.
pub fn prepare(
    _: &Checked,
    _: &Path,
    _: Option<Inlined>,
    _: Option<String>,
) -> Result<Snapshots, Failure> {
    Err(Failure(
        "this press was built without the app, so it cannot write pages: build it with --features snapshots, or leave out --app".into(),
    ))
}

impl Snapshots {
    pub fn fingerprint(&self) -> u64 {
        match self.0 {}
    }

    pub fn alternates(&self, _: &Checked, _: &Story, _: &Facts) -> Vec<(String, String)> {
        match self.0 {}
    }

    pub fn write_missing(&self, _: &Output) -> Result<(), Failure> {
        match self.0 {}
    }

    pub fn write_edition(&self, _: &str, _: &str, _: &Output) -> Result<(), Failure> {
        match self.0 {}
    }

    pub fn write_list(
        &self,
        _: &Place<'_>,
        _: &str,
        _: bool,
        _: &mut Files<'_>,
    ) -> Result<(), Failure> {
        match self.0 {}
    }

    pub fn write_article(
        &self,
        _: &mut Files<'_>,
        _: &ArticleFile,
        _: &Arc<Lenient>,
        _: &str,
        _: bool,
        _: Vec<(String, String)>,
    ) -> Result<(), Failure> {
        match self.0 {}
    }
}
