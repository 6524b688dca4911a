//! Running a command: one line that says what is done and why, then the time it took.
//!
//! Everything xtask starts goes through [`Tree::command`], so that the pinned
//! tools in `target/tools/bin` win over whatever else is on the PATH.

use anyhow::{Context, Result, anyhow, bail};
use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// Where things are in the checkout.
#[derive(Clone)]
pub struct Tree {
    pub root: PathBuf,
}

impl Tree {
    /// Finds the checkout from the current directory upwards, so that the
    /// commands work from any folder inside it.
    pub fn find() -> Result<Self> {
        let start = env::current_dir().context("the current directory cannot be read")?;
        start
            .ancestors()
            .find(|folder| folder.join("crates/xtask/Cargo.toml").is_file())
            .map(|root| Self { root: root.into() })
            .ok_or_else(|| anyhow!("run this inside the Dateline checkout"))
    }

    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    pub fn tools(&self) -> PathBuf {
        self.path("target/tools")
    }

    /// A command that runs at the root, with the pinned tools first on its PATH.
    pub fn command(&self, program: &str) -> Command {
        let mut paths: Vec<PathBuf> =
            vec![self.tools().join("bin"), self.path("node_modules/.bin")];
        if let Some(inherited) = env::var_os("PATH") {
            paths.extend(env::split_paths(&inherited));
        }
        let path = env::join_paths(paths).unwrap_or_else(|_| OsString::new());
        let mut command = Command::new(program);
        command
            .current_dir(&self.root)
            .env("PATH", path)
            // Trunk would otherwise ask a registry once a day whether it is the newest.
            .env("TRUNK_SKIP_VERSION_CHECK", "true")
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
            .env("PUPPETEER_SKIP_DOWNLOAD", "1");
        if env::var_os("NO_COLOR").is_some() {
            // Trunk reads NO_COLOR as a boolean and stops at the usual "1".
            command.env("NO_COLOR", "true");
        }
        command
    }
}

/// Says what is about to happen and why. The only place that decides how a step looks.
pub fn announce(what: &str, why: &str) {
    println!("==> {what}: {why}");
}

/// `4.2 s` or `3 min 07 s`.
pub fn spent(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 100 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

/// Runs a step with its output on the terminal. An error names the command.
pub fn run(what: &str, why: &str, command: &mut Command) -> Result<()> {
    announce(what, why);
    let started = Instant::now();
    let status = command
        .status()
        .with_context(|| format!("{} could not be started", shown(command)))?;
    if !status.success() {
        bail!("{what} failed: {} ({status})", shown(command));
    }
    println!("    done in {}", spent(started.elapsed()));
    Ok(())
}

/// What a captured command printed, and whether it succeeded.
pub struct Output {
    pub success: bool,
    /// Standard output, then standard error.
    pub text: String,
}

/// Runs a command without showing its output. For questions ("which version?")
/// and for test runners whose output is read before it is shown.
pub fn capture(command: &mut Command) -> Result<Output> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("{} could not be started", shown(command)))?;
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    Ok(Output {
        success: output.status.success(),
        text,
    })
}

/// The command as one would type it.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut words = vec![
        program
            .file_name()
            .unwrap_or(command.get_program())
            .to_string_lossy()
            .into_owned(),
    ];
    words.extend(
        command
            .get_args()
            .map(|word| word.to_string_lossy().into_owned()),
    );
    words.join(" ")
}

/// Where a program is on the PATH.
pub fn which(program: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?)
        .map(|folder| folder.join(program))
        .find(|candidate| candidate.is_file())
}
