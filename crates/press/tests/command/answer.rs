//! What a run of press printed, stream by stream.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

pub struct Answer {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// Runs press in a folder, with neither colours nor the outside's wishes for them.
pub fn press(folder: &Path, arguments: &[&str]) -> Answer {
    press_with(folder, arguments, &[])
}

pub fn press_with(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Answer {
    let output = Command::new(env!("CARGO_BIN_EXE_press"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .envs(environment.iter().copied())
        .output()
        .unwrap();
    Answer {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

impl Answer {
    #[track_caller]
    pub fn ends_with(&self, code: i32) -> &Self {
        assert_eq!(self.code, code, "{}{}", self.out, self.err);
        self
    }

    /// Asserts each of the pieces is in what was said to the person.
    #[track_caller]
    pub fn says(&self, pieces: &[&str]) -> &Self {
        for piece in pieces {
            assert!(self.err.contains(piece), "no “{piece}” in:\n{}", self.err);
        }
        self
    }

    /// Standard output as the one JSON object it must be.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}:\n{}", self.out))
    }
}
