//! press itself, and the programs it can call.

use std::process::{Command, Stdio};

use super::Sign;

pub fn signs() -> Vec<Sign> {
    let mut signs = vec![Sign::ok(
        "version",
        format!("press {}", env!("CARGO_PKG_VERSION")),
    )];
    signs.push(feature(
        "feature-snapshots",
        cfg!(feature = "snapshots"),
        "every page can be written as HTML",
        "this press was built without snapshots: it checks stories and writes lists, but no pages",
        "Build it with --features snapshots, as cargo xtask build does; the development loop needs none.",
    ));
    // The feature comes with the crate that makes pictures and films smaller.
    let media = cfg!(feature = "media");
    signs.push(feature(
        "feature-media",
        media,
        "pictures and films can be made smaller",
        "this press was built without media: it publishes pictures and films as they are",
        "Build it with --features media where the source has that feature, or bring every picture in the sizes its story names.",
    ));
    signs.push(feature(
        "feature-deploy",
        cfg!(feature = "deploy"),
        "a built site can be uploaded, and its host checked",
        "this press was built without deploy: it cannot upload a site or check its host",
        "Build it with --features deploy, as cargo xtask build does.",
    ));
    for name in ["ffmpeg", "ffprobe"] {
        signs.push(program(name));
    }
    signs
}

fn feature(name: &'static str, is_in: bool, with: &str, without: &str, mend: &str) -> Sign {
    if is_in {
        Sign::ok(name, with)
    } else {
        Sign::warn(name, without, mend)
    }
}

fn program(name: &'static str) -> Sign {
    let answer = Command::new(name)
        .arg("-version")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output();
    let mend = "Install ffmpeg (apt install ffmpeg, brew install ffmpeg, winget install ffmpeg); it is needed only to make films and sounds smaller.";
    match answer {
        Ok(answer) if answer.status.success() => {
            let said = String::from_utf8_lossy(&answer.stdout);
            let first = said.lines().next().unwrap_or_default();
            let words = first.split(" Copyright").next().unwrap_or_default().trim();
            Sign::ok(name, if words.is_empty() { name } else { words })
        }
        Ok(answer) => Sign::warn(
            name,
            format!("{name} is there but does not run ({})", answer.status),
            mend,
        ),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Sign::warn(name, format!("{name} was not found"), mend)
        }
        Err(error) => Sign::warn(name, format!("{name} could not be started: {error}"), mend),
    }
}
