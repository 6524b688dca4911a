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
    // The feature comes with the crate that makes pictures smaller and looks at films.
    let media = cfg!(feature = "media");
    signs.push(feature(
        "feature-media",
        media,
        "pictures can be made smaller, films looked at, drawings proven inert",
        "this press was built without media: it publishes pictures, films and drawings as they are and looks at none",
        "Build it with --features media where the source has that feature, or bring every picture in the sizes its story names.",
    ));
    signs.push(feature(
        "feature-deploy",
        cfg!(feature = "deploy"),
        "a built site can be uploaded, and its host checked",
        "this press was built without deploy: it cannot upload a site or check its host",
        "Build it with --features deploy, as cargo xtask build does.",
    ));
    let ffmpeg = program(
        "ffmpeg",
        "press media makes films of RealPlayer, Windows Media, QuickTime and Flash playable with it",
        "without it they stay cards, and nothing else is missing",
    );
    signs.push(match encoder_missing(&ffmpeg) {
        Some(sign) => sign,
        None => ffmpeg,
    });
    signs.push(program(
        "ffprobe",
        "press asks it about films and sounds whose own headers do not tell their length or size",
        "without it press build leaves such lengths out, and press media converts nothing",
    ));
    signs
}

/// An ffmpeg that could be called, and does not help.
#[cfg(feature = "media")]
fn encoder_missing(ffmpeg: &Sign) -> Option<Sign> {
    use media::conversion::{Ffmpeg, WITHOUT_ENCODER};
    let problem = Ffmpeg::default().version().err()?;
    let is_it = ffmpeg.state == super::State::Ok && problem.kind == WITHOUT_ENCODER;
    is_it.then(|| {
        Sign::warn(
            "ffmpeg",
            format!("{}, which press media needs", problem.message),
            problem.hint,
        )
    })
}

#[cfg(not(feature = "media"))]
fn encoder_missing(_: &Sign) -> Option<Sign> {
    None
}

fn feature(name: &'static str, is_in: bool, with: &str, without: &str, mend: &str) -> Sign {
    if is_in {
        Sign::ok(name, with)
    } else {
        Sign::warn(name, without, mend)
    }
}

fn program(name: &'static str, what_for: &str, without: &str) -> Sign {
    let answer = Command::new(name)
        .arg("-version")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output();
    let mend = format!(
        "Install ffmpeg, which brings both (apt install ffmpeg, brew install ffmpeg, winget install ffmpeg): {what_for}; {without}."
    );
    match answer {
        Ok(answer) if answer.status.success() => {
            let said = String::from_utf8_lossy(&answer.stdout);
            let first = said.lines().next().unwrap_or_default();
            let words = first.split(" Copyright").next().unwrap_or_default().trim();
            let words = if words.is_empty() { name } else { words };
            Sign::ok(name, format!("{words}: {what_for}"))
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
