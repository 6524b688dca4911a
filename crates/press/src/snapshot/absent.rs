//! The press of the development loop, which has no app in it.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::path::Path;

use crate::check::Checked;
use crate::finding::Failure;
use crate::output::Output;

/// Snapshots that cannot be: there is never a value of this type.
pub struct Snapshots(Infallible);

/// # Errors
/// Always.
pub fn prepare(_: &Checked, _: &Path) -> Result<Snapshots, Failure> {
    Err(Failure(
        "this press was built without the app, so it cannot write snapshots: build it with --features snapshots, or leave out --assets".into(),
    ))
}

impl Snapshots {
    pub fn write(&self, _: &Checked, _: &Output, _: &BTreeSet<&str>) -> Result<String, Failure> {
        match self.0 {}
    }
}
