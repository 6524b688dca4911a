//! What lies around the stories: site.json, the words of the interface, fonts,
//! icons, the folder for media.

use std::fs::{self, File};
use std::path::Path;

use article::{Language, Severity, Site};

use super::Sign;
use crate::check::SITE_FILE;

/// `app` is the folder of the built app, if it is named.
pub fn signs(root: &Path, app: Option<&Path>) -> Vec<Sign> {
    let (sign, site) = site_json(root);
    let mut signs = vec![sign];
    signs.extend(app.map(built_app));
    if let Some(site) = &site {
        signs.extend(editions(root, app, site));
        signs.push(base_url(site));
    }
    signs.push(fonts(root));
    signs.push(icons(root));
    signs.push(media(root));
    signs
}

fn site_json(root: &Path) -> (Sign, Option<Site>) {
    const NAME: &str = "site";
    let source = match fs::read_to_string(root.join(SITE_FILE)) {
        Ok(source) => source,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let sign = Sign::fail(
                NAME,
                format!("there is no {}", root.join(SITE_FILE).display()),
                "Run press doctor where the site's public/ folder is, or name its place with --root; a new site begins with that file (docs/publishing.md).",
            );
            return (sign, None);
        }
        Err(error) => {
            let sign = Sign::fail(
                NAME,
                format!("{SITE_FILE} cannot be read: {error}"),
                "See that you may read it and that it is saved as UTF-8.",
            );
            return (sign, None);
        }
    };
    let strict = Site::read_strictly(&source);
    let error = strict
        .problems
        .iter()
        .find(|problem| problem.severity == Severity::Error);
    let sign = match (error, &strict.site) {
        (Some(problem), _) => Sign::fail(
            NAME,
            format!("{SITE_FILE} has a mistake: {}", problem.message),
            format!("{} press check shows the place.", problem.hint),
        ),
        (None, Some(site)) => Sign::ok(NAME, format!("{SITE_FILE}: “{}”", site.name)),
        (None, None) => Sign::fail(
            NAME,
            format!("{SITE_FILE} is not the description of a site"),
            "press check says what is expected.",
        ),
    };
    (sign, strict.site)
}

/// What a build copies of the app, and cannot do without.
fn built_app(app: &Path) -> Sign {
    const NAME: &str = "app";
    let missing: Vec<&str> = ["assets/assets.json", "i18n", "version.json"]
        .into_iter()
        .filter(|name| !app.join(name).exists())
        .collect();
    if missing.is_empty() {
        Sign::ok(NAME, app.display().to_string())
    } else {
        Sign::fail(
            NAME,
            format!(
                "{} is no built app: there is no {}",
                app.display(),
                missing.join(", no ")
            ),
            "Name with --app the folder that press build is given: a release unpacked, or what cargo xtask build leaves in target/trunk.",
        )
    }
}

/// Each edition needs the words of its interface. A build takes them from the built
/// app; where the source of the app lies, the app is built with those in it.
fn editions(root: &Path, app: Option<&Path>, site: &Site) -> Vec<Sign> {
    const NAME: &str = "edition";
    let folder = app.map_or_else(|| root.join("src/i18n"), |app| app.join("i18n"));
    // As it is to be typed.
    let shown = match app {
        Some(_) => folder.display().to_string(),
        None => "src/i18n".to_owned(),
    };
    let is_unknown = app.is_none() && !folder.is_dir();
    site.languages
        .iter()
        .map(|language| {
            let tag = language.as_str();
            if is_unknown {
                return Sign::warn(
                    NAME,
                    format!("{tag}: whether the interface speaks it is not known: its words are in the built app"),
                    "Name the folder of the built app, as for press build: press doctor --app FOLDER.",
                );
            }
            let file = format!("{shown}/{tag}.json");
            match fs::read_to_string(folder.join(format!("{tag}.json"))) {
                Ok(text) if are_words(&text) => Sign::ok(NAME, format!("{tag}: {file}")),
                Ok(_) => Sign::fail(
                    NAME,
                    format!("{tag}: {file} does not hold the words of the interface"),
                    "Mend it, or take the last version that was right: JSON, with the text “boot_failed” among the others.",
                ),
                Err(_) => Sign::fail(
                    NAME,
                    format!("{tag}: looked for the words of the interface in {file}, which is not there or cannot be read"),
                    format!("Copy {shown}/{}.json to it and translate its texts, or take the language out of \"languages\" in {SITE_FILE}.", nearby(site, language)),
                ),
            }
        })
        .collect()
}

/// As a build wants them.
fn are_words(text: &str) -> bool {
    let parsed = article::json::parse(text);
    let note = parsed
        .value
        .as_ref()
        .and_then(|words| words.get("boot_failed"));
    parsed.error.is_none() && note.is_some_and(|note| note.as_str().is_some())
}

/// A language of the site to translate from.
fn nearby<'s>(site: &'s Site, missing: &Language) -> &'s str {
    site.languages
        .iter()
        .find(|language| *language != missing)
        .map_or("en", Language::as_str)
}

fn base_url(site: &Site) -> Sign {
    const NAME: &str = "base-url";
    let Some(url) = &site.base_url else {
        return Sign::warn(
            NAME,
            "the site does not say where it is published",
            format!(
                "Write \"baseUrl\": \"https://…/\" into {SITE_FILE}: feeds, the sitemap and link previews need whole addresses."
            ),
        );
    };
    let url = url.as_str();
    let host = url
        .split_once("://")
        .and_then(|(_, rest)| rest.split(['/', ':']).next())
        .unwrap_or_default();
    // Reserved, so nobody's (RFC 2606, RFC 6761).
    let is_nobodys = [".example", ".test", ".invalid", ".localhost"]
        .iter()
        .any(|ending| host.ends_with(ending))
        || matches!(
            host,
            "localhost" | "example.com" | "example.org" | "example.net"
        );
    if is_nobodys {
        Sign::warn(
            NAME,
            format!("{url} is an example, not an address"),
            format!(
                "Write the site's own address as \"baseUrl\" into {SITE_FILE} before it is uploaded."
            ),
        )
    } else if url.starts_with("http://") {
        Sign::warn(
            NAME,
            format!("{url} is not encrypted"),
            "Use https://: hosts give certificates away, and browsers warn of pages without.",
        )
    } else {
        Sign::ok(NAME, url)
    }
}

fn fonts(root: &Path) -> Sign {
    const NAME: &str = "fonts";
    match count(&root.join("public/fonts"), ".woff2") {
        0 => Sign::warn(
            NAME,
            "there is no .woff2 file in public/fonts/: readers see the fonts of their system",
            "Copy the fonts that the style sheet names (style/fonts.css) to public/fonts/.",
        ),
        1 => Sign::ok(NAME, "1 font in public/fonts/"),
        fonts => Sign::ok(NAME, format!("{fonts} fonts in public/fonts/")),
    }
}

fn icons(root: &Path) -> Sign {
    const NAME: &str = "icons";
    if root.join("public/icons/icon.svg").is_file() {
        Sign::ok(NAME, "public/icons/icon.svg")
    } else {
        Sign::warn(
            NAME,
            "there is no public/icons/icon.svg: tabs and bookmarks show nothing",
            "Put the site's sign there, as SVG.",
        )
    }
}

fn count(folder: &Path, ending: &str) -> usize {
    fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().ends_with(ending))
        .count()
}

/// Tries to write, because rights alone do not tell (read-only disks, quotas), and
/// takes it back. Hidden, so that no build sees it.
fn media(root: &Path) -> Sign {
    const NAME: &str = "media-folder";
    let folder = root.join("public/media");
    if !folder.is_dir() {
        return Sign::warn(
            NAME,
            "there is no public/media/ for pictures and films",
            "Make the folder when there is the first picture.",
        );
    }
    let probe = folder.join(format!(".press-doctor-{}", std::process::id()));
    match File::create_new(&probe).map(drop) {
        Ok(()) => {
            let _ = fs::remove_file(&probe);
            Sign::ok(NAME, "public/media/ can be written to")
        }
        Err(error) => Sign::fail(
            NAME,
            format!("public/media/ cannot be written to: {error}"),
            "Give yourself the right to write there (chmod u+w public/media), or move the site to a disk you may write to.",
        ),
    }
}
