//! `press completions`

use std::process::ExitCode;

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::{Press, print};
use crate::finding::Failure;

/// Prints a script that lets a shell complete the commands and options of press
#[derive(Args)]
#[command(after_help = AFTER)]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

const AFTER: &str = "\
Examples:
  press completions bash > ~/.local/share/bash-completion/completions/press
  press completions zsh > ~/.zfunc/_press       with fpath+=~/.zfunc before compinit in ~/.zshrc
  press completions fish > ~/.config/fish/completions/press.fish
  press completions powershell >> $PROFILE
  press completions elvish >> ~/.config/elvish/rc.elv

Exit codes: 0 printed, 2 press could not work.";

impl Completions {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Press::command(), "press", &mut script);
        print(&String::from_utf8_lossy(&script))?;
        Ok(ExitCode::SUCCESS)
    }
}
