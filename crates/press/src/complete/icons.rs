//! The site's icons, drawn.

use std::path::Path;

use media::Problem;
use media::picture::icon::{Drawing, Ground, ico};

use super::files::{error, findings};
use crate::build::stamped;
use crate::check::Checked;
use crate::finding::{Failure, Finding};
use crate::fingerprint;
use crate::icons::{self, DRAWING, FALLBACK_SIDE, Look};
use crate::output::{Files, Output};

/// Says why the site's drawing could not be drawn.
pub fn look(checked: &Checked) -> Vec<Finding> {
    if icons::made(checked).next().is_none() {
        return Vec::new();
    }
    match read(&checked.tree.root) {
        Ok(_) => Vec::new(),
        Err(problem) => findings(DRAWING, vec![error(problem)]),
    }
}

/// Makes the icons that the publisher has not.
///
/// # Errors
/// When one cannot be written.
pub fn make(checked: &Checked, output: &Output) -> Result<Vec<Finding>, Failure> {
    let wanted: Vec<(&str, u32, Look)> = icons::made(checked).collect();
    let Some(stamp) = checked.tree.files.get(DRAWING) else {
        return Ok(Vec::new());
    };
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let paths: Vec<&str> = wanted.iter().map(|(path, ..)| *path).collect();
    let key = fingerprint::of(&(stamped(stamp, checked), paths));
    let mut problem = None;
    output.unit("icons for readers", key, |files| {
        problem = draw(&checked.tree.root, &wanted, files)?.err();
        Ok(None)
    })?;
    let problems = problem.into_iter().map(error);
    Ok(findings(DRAWING, problems.collect()))
}

fn draw(
    root: &Path,
    wanted: &[(&str, u32, Look)],
    files: &mut Files<'_>,
) -> Result<Result<(), Problem>, Failure> {
    let drawing = match read(root) {
        Ok(drawing) => drawing,
        Err(problem) => return Ok(Err(problem)),
    };
    for (path, side, look) in wanted {
        let ground = match look {
            Look::Clear | Look::Ico => Ground::Clear,
            Look::Filled => Ground::Filled,
            Look::Maskable => Ground::Masked,
        };
        let bytes = match drawing.png(*side, ground) {
            Ok(png) if *look == Look::Ico => ico(&png, FALLBACK_SIDE),
            Ok(png) => png,
            Err(problem) => return Ok(Err(problem)),
        };
        files.write(path, &bytes)?;
    }
    Ok(Ok(()))
}

fn read(root: &Path) -> Result<Drawing, Problem> {
    let text = std::fs::read_to_string(root.join("public").join(DRAWING)).map_err(|error| {
        Problem::new(
            "drawing-unreadable",
            format!("the drawing cannot be read as text: {error}"),
            "Save it again as SVG in UTF-8.",
        )
    })?;
    Drawing::read(&text)
}
