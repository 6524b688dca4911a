//! What this installation and this site lack, and how to mend it.
//!
//! It looks at what surrounds the stories, in seconds; the stories themselves are
//! the business of [`crate::check`].

mod place;
mod programs;
mod site;

use std::path::Path;

use serde::Serialize;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    Ok,
    /// It works without, but less well.
    Warn,
    /// Something will not work.
    Fail,
}

/// One thing looked at.
#[derive(Clone, Debug, Serialize)]
pub struct Sign {
    /// Its name for programs: `disk-space`.
    pub name: &'static str,
    pub state: State,
    /// What was looked for, and what was found.
    pub message: String,
    /// How to mend it; `None` if there is nothing to mend.
    pub mend: Option<String>,
}

impl Sign {
    fn ok(name: &'static str, message: impl Into<String>) -> Self {
        Self {
            name,
            state: State::Ok,
            message: message.into(),
            mend: None,
        }
    }

    fn warn(name: &'static str, message: impl Into<String>, mend: impl Into<String>) -> Self {
        Self {
            name,
            state: State::Warn,
            message: message.into(),
            mend: Some(mend.into()),
        }
    }

    fn fail(name: &'static str, message: impl Into<String>, mend: impl Into<String>) -> Self {
        Self {
            state: State::Fail,
            ..Self::warn(name, message, mend)
        }
    }
}

/// Everything looked at, for the site under `root` and the built app in `app`.
pub fn of(root: &Path, app: Option<&Path>) -> Vec<Sign> {
    let mut signs = programs::signs();
    signs.extend(place::signs(root));
    signs.extend(site::signs(root, app));
    signs
}
