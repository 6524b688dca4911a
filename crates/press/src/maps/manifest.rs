//! The web manifest: the site as an application on a reader's screen.
//!
//! Its addresses are relative to itself, so it needs no base and the site can be
//! moved. There is one for each language, because what is installed has one name,
//! one direction and one first page. It is called `.json`: nginx and Caddy send
//! `.webmanifest` without a type.

use serde::Serialize;

use article::Language;

use crate::finding::Failure;
use crate::plain::line;

/// Below the front of a language.
pub const FILE: &str = "manifest.json";

/// Longer names do not fit under an icon.
const MOST_SHORT_NAME: usize = 12;

const MOST_NAME: usize = 45;

pub struct Manifest<'a> {
    pub language: &'a Language,
    pub name: &'a str,
    pub description: Option<&'a str>,
    /// The icons there are.
    pub icons: &'a [Icon<'a>],
    /// The colour of the paper in the light scheme, `#FFFFFF`.
    pub paper: &'a str,
    /// What the stories are called that a reader keeps on the device, where that is
    /// offered: a way to them from the icon.
    pub saved: Option<&'a str>,
}

/// A picture of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Icon<'a> {
    /// From the site's root, without leading slash: `icons/icon.svg`.
    pub path: &'a str,
    /// In pixels; `None` for a drawing, which has any size.
    pub pixels: Option<u32>,
    pub content_type: &'a str,
    /// Drawn so that a circle may be cut out of it.
    pub is_maskable: bool,
}

#[derive(Serialize)]
struct Document<'a> {
    id: &'static str,
    name: String,
    short_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    lang: &'a str,
    dir: &'static str,
    start_url: &'static str,
    /// The whole site: a reader may change the language.
    scope: &'static str,
    display: &'static str,
    theme_color: &'a str,
    background_color: &'a str,
    icons: Vec<File<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    shortcuts: Vec<Shortcut<'a>>,
}

/// A page that is offered where the icon is pressed for long.
#[derive(Serialize)]
struct Shortcut<'a> {
    name: &'a str,
    url: &'static str,
}

#[derive(Serialize)]
struct File<'a> {
    src: String,
    sizes: String,
    r#type: &'a str,
    purpose: &'static str,
}

pub fn manifest(manifest: &Manifest<'_>) -> Result<Vec<u8>, Failure> {
    let document = Document {
        id: "./",
        name: line(manifest.name, MOST_NAME),
        short_name: line(manifest.name, MOST_SHORT_NAME),
        description: manifest.description.map(|text| line(text, 300)),
        lang: manifest.language.as_str(),
        dir: manifest.language.direction().as_str(),
        start_url: "./",
        scope: "../",
        display: "minimal-ui",
        theme_color: manifest.paper,
        background_color: manifest.paper,
        icons: manifest
            .icons
            .iter()
            .map(|icon| File {
                src: format!("../{}", icon.path.trim_start_matches('/')),
                sizes: icon
                    .pixels
                    .map_or_else(|| "any".to_owned(), |side| format!("{side}x{side}")),
                r#type: icon.content_type,
                purpose: if icon.is_maskable { "maskable" } else { "any" },
            })
            .collect(),
        shortcuts: manifest
            .saved
            .map(|name| Shortcut {
                name,
                url: "./saved/",
            })
            .into_iter()
            .collect(),
    };
    serde_json::to_vec_pretty(&document)
        .map_err(|error| Failure(format!("could not write a web manifest: {error}")))
}

#[cfg(test)]
mod tests {
    use super::{Icon, Manifest, manifest};
    use article::Language;
    use serde_json::json;

    #[test]
    fn every_address_is_relative_and_the_name_fits_under_an_icon() {
        let language = Language::new("ar").unwrap();
        let icons = [
            Icon {
                path: "icons/icon.svg",
                pixels: None,
                content_type: "image/svg+xml",
                is_maskable: false,
            },
            Icon {
                path: "/icons/512.png",
                pixels: Some(512),
                content_type: "image/png",
                is_maskable: true,
            },
        ];
        let bytes = manifest(&Manifest {
            language: &language,
            name: "The Harbour and River Post",
            description: None,
            icons: &icons,
            paper: "#FFFFFF",
            saved: Some("القصص المحفوظة"),
        })
        .unwrap();
        let written: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        for (name, value) in [
            ("name", "The Harbour and River Post"),
            ("short_name", "The Harbour…"),
            ("lang", "ar"),
            ("dir", "rtl"),
            ("start_url", "./"),
            ("scope", "../"),
            ("theme_color", "#FFFFFF"),
        ] {
            assert_eq!(written[name], value, "{name}");
        }
        assert_eq!(written["icons"][0]["src"], "../icons/icon.svg");
        assert_eq!(written["icons"][0]["sizes"], "any");
        assert_eq!(written["icons"][1]["sizes"], "512x512");
        assert_eq!(written["icons"][1]["purpose"], "maskable");
        let shortcuts = json!([{ "name": "القصص المحفوظة", "url": "./saved/" }]);
        assert_eq!(written["shortcuts"], shortcuts);
    }
}
