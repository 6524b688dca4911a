//! `cargo xtask serve`: the site while it is being written, with live reload.

use crate::{
    step::{Tree, announce},
    tools::{self, Need},
};
use anyhow::{Context, Result, bail};

pub struct Options {
    pub port: u16,
    pub release: bool,
}

impl Options {
    pub fn read(arguments: &[String]) -> Result<Self> {
        let mut options = Self {
            port: 8080,
            release: false,
        };
        let mut words = arguments.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--release" => options.release = true,
                "--port" => {
                    options.port = words
                        .next()
                        .and_then(|port| port.parse().ok())
                        .context("--port needs a number between 1 and 65535")?;
                }
                other => bail!("serve does not know {other}; it takes --port N and --release"),
            }
        }
        Ok(options)
    }
}

pub fn serve(tree: &Tree, options: &Options) -> Result<()> {
    let need = if options.release {
        Need::Release
    } else {
        Need::Development
    };
    tools::ensure(tree, need)?;
    announce(
        "trunk serve",
        &format!(
            "builds, watches and reloads http://127.0.0.1:{} (Ctrl-C stops)",
            options.port
        ),
    );
    let mut trunk = tree.command("trunk");
    trunk
        .args(["serve", "--address", "127.0.0.1", "--port"])
        .arg(options.port.to_string());
    if options.release {
        trunk.arg("--release");
    } else {
        // Leptos then erases view types: larger wasm, much faster builds.
        trunk.env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
            "--cfg erase_components",
        );
    }
    let status = trunk.status().context("trunk could not be started")?;
    if !status.success() {
        bail!("trunk serve ended ({status})");
    }
    Ok(())
}
