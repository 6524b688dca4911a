//! `press preview`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use tokio::runtime::Runtime;

use super::print;
use crate::finding::Failure;
use crate::server::{Folder, Server};

/// Serves a built site on this machine as a host on the internet would
#[derive(Args)]
#[command(after_help = AFTER)]
pub struct Preview {
    /// The folder of the built site
    #[arg(default_value = "dist")]
    folder: PathBuf,
    /// The port on 127.0.0.1; 0 takes any free one
    #[arg(long, default_value_t = 8081)]
    port: u16,
    /// The path the site lies under, such as /repo/ [default: that of baseUrl in the site's site.json]
    #[arg(long, value_name = "PATH", value_parser = base)]
    base: Option<String>,
    /// Over a line as slow as the one the site is measured with: 1.6 Mbit/s, 150 ms
    #[arg(long)]
    slow: bool,
}

const AFTER: &str = "\
Examples:
  press preview                      dist/ at http://127.0.0.1:8081/
  press preview dist --port 0        at any free port, which is printed
  press preview dist --base /repo/   as a project page lies under a path
  press preview dist --slow          as on a slow phone

It does what a good host does: directory index, a redirect to the slash, the
site's 404 page with status 404, brotli and gzip, parts of films, validators,
and the cache and security headers a host should send. It listens on 127.0.0.1
only and is not meant for readers. Ctrl-C ends it.
Exit codes: 0 ended with Ctrl-C, 2 press could not work: the port is taken, the
folder is no built site.";

impl Preview {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let folder = Folder::open(&self.folder)?;
        if !folder.has("404.html") {
            eprintln!(
                "there is no 404.html in {}: readers of a missing page would see the host's own",
                self.folder.display()
            );
        }
        let base = self.base.unwrap_or_else(|| base_of(&self.folder));
        let runtime =
            Runtime::new().map_err(|e| Failure(format!("could not start the server: {e}")))?;
        let served = runtime.block_on(async {
            let server = Server::open(folder, &base, self.port, self.slow).await?;
            print(&format!(
                "serving {} on {} (Ctrl-C stops)\n",
                self.folder.display(),
                server.address()?
            ))?;
            tokio::select! {
                never = server.run() => match never {},
                ended = tokio::signal::ctrl_c() => {
                    ended.map_err(|e| Failure(format!("could not wait for Ctrl-C: {e}")))
                }
            }
        });
        // Not even for an answer that is under way.
        runtime.shutdown_background();
        served.map(|()| ExitCode::SUCCESS)
    }
}

/// The path the site was built for. A site without the file can be looked at all the same.
fn base_of(folder: &Path) -> String {
    std::fs::read_to_string(folder.join("site.json"))
        .ok()
        .and_then(|source| article::Site::read_leniently(&source))
        .map_or_else(|| "/".to_owned(), |site| site.base_path())
}

/// Reads `--base`: `repo`, `/repo` and `/repo/` mean the same.
fn base(text: &str) -> Result<String, String> {
    let path = text.trim_matches('/');
    let sound = path.split('/').all(|name| {
        !matches!(name, "." | "..")
            && name
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-._~%".contains(&b))
    });
    if path.is_empty() {
        Ok("/".to_owned())
    } else if !sound || path.contains("//") {
        Err("write the path as it stands in the address, such as /repo/".to_owned())
    } else {
        Ok(format!("/{path}/"))
    }
}

#[cfg(test)]
mod tests {
    use super::base;

    #[test]
    fn a_base_has_slashes_at_both_ends() {
        for text in ["repo", "/repo", "repo/", "/repo/"] {
            assert_eq!(base(text).as_deref(), Ok("/repo/"));
        }
        for text in ["", "/"] {
            assert_eq!(base(text).as_deref(), Ok("/"));
        }
        for text in ["https://x.example/", "/a b/", "/../", "/a//b/"] {
            assert!(base(text).is_err(), "{text}");
        }
    }
}
