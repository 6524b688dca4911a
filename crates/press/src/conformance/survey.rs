//! What this site has: which addresses there are to ask for.

use std::collections::BTreeSet;

use article::Site;
use article::listing::Head;

use super::client::{Client, Reply};
use crate::finding::Failure;

/// Stories looked into for pictures, films and old addresses.
const STORIES: usize = 12;
/// Old addresses that are tried.
const ALIASES: usize = 5;

/// Paths of the site, without a leading slash.
pub struct Survey {
    pub languages: Vec<String>,
    pub front: Reply,
    pub missing_page: Option<Vec<u8>>,
    /// Named in `assets/assets.json`, with their integrity.
    pub assets: Vec<Asset>,
    /// The build that `assets/assets.json` belongs to.
    pub build: Option<String>,
    /// `en/stories/night-ferry/`
    pub story: Option<String>,
    /// One with an address in other letters than Latin ones.
    pub story_in_script: Option<String>,
    /// Files whose answers are looked at.
    pub files: Vec<String>,
    /// The path of a film or sound, of a picture without one.
    pub in_parts: Option<String>,
    /// Old addresses (from the root of the site) and where they should lead.
    pub aliases: Vec<(String, String)>,
}

pub struct Asset {
    pub path: String,
    pub integrity: String,
}

impl Survey {
    /// # Errors
    /// When nobody answers, or it is no site of press.
    pub fn of(client: &Client) -> Result<Self, Failure> {
        let get = |path: &str| {
            client.get(path).map_err(|why| {
                Failure(format!(
                    "{} does not answer: {why}. Look at the address, and whether the site is up",
                    client.address(path)
                ))
            })
        };
        let front = get("")?;
        let site = get("site.json")?;
        let site = (site.status == 200)
            .then(|| Site::read_leniently(&site.text()))
            .flatten()
            .filter(|site| !site.languages.is_empty());
        let Some(site) = site else {
            return Err(Failure(format!(
                "{} is no site of press: there is no site.json that names its languages. Write the address of the front, with the path the site lies under",
                client.address("")
            )));
        };
        let mut survey = Self {
            languages: site
                .languages
                .iter()
                .map(|language| language.as_str().to_owned())
                .collect(),
            front,
            missing_page: get("404.html")
                .ok()
                .filter(|reply| reply.status == 200)
                .map(|reply| reply.body),
            assets: Vec::new(),
            build: None,
            story: None,
            story_in_script: None,
            files: Vec::new(),
            in_parts: None,
            aliases: Vec::new(),
        };
        survey.find_assets(client);
        survey.find_stories(client);
        survey.find_files();
        Ok(survey)
    }

    fn find_assets(&mut self, client: &Client) {
        let Some(list) = object(client, "assets/assets.json") else {
            return;
        };
        let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
        self.build = list.get("build").and_then(text);
        for name in ["boot", "wasm", "style"] {
            let Some(asset) = list.get(name) else {
                continue;
            };
            if let (Some(path), Some(integrity)) = (
                asset.get("href").and_then(text),
                asset.get("integrity").and_then(text),
            ) {
                self.assets.push(Asset { path, integrity });
            }
        }
    }

    fn find_stories(&mut self, client: &Client) {
        let mut media = BTreeSet::new();
        let mut looked_into = 0;
        for language in self.languages.clone() {
            let path = format!("data/v1/{language}/head.json");
            let head = client
                .get(&path)
                .ok()
                .filter(|reply| reply.status == 200)
                .and_then(|reply| Head::read_leniently(&reply.text()));
            let Some(head) = head else { continue };
            if let Some(pack) = head.packs.first() {
                self.files.push(format!("data/v1/{language}/{pack}"));
            }
            for card in &head.cards {
                let slug = card.slug.as_str().to_owned();
                let story = format!("{language}/stories/{slug}/");
                self.story.get_or_insert_with(|| story.clone());
                if !slug.is_ascii() {
                    self.story_in_script.get_or_insert_with(|| story.clone());
                }
                if looked_into == STORIES {
                    continue;
                }
                looked_into += 1;
                let article = format!("articles/{language}/{slug}.json");
                let Some(found) = object(client, &article) else {
                    continue;
                };
                if looked_into == 1 {
                    self.files.push(article);
                }
                links(&found, &mut media);
                let aliases = found.get("aliases").and_then(|aliases| aliases.as_array());
                for alias in aliases.into_iter().flatten().filter_map(|a| a.as_str()) {
                    if alias.starts_with('/') && self.aliases.len() < ALIASES {
                        self.aliases.push((alias.to_owned(), story.clone()));
                    }
                }
            }
        }
        // One of each kind.
        let mut kinds = BTreeSet::new();
        for path in &media {
            let kind = path.rsplit_once('.').map_or("", |(_, kind)| kind);
            if kinds.insert(kind.to_ascii_lowercase()) {
                self.files.push(path.clone());
            }
        }
        let is_timed = |path: &&String| {
            let kind = crate::headers::media_type(path).name;
            kind.starts_with("video/") || kind.starts_with("audio/")
        };
        self.in_parts = media
            .iter()
            .find(is_timed)
            .or_else(|| media.first())
            .cloned();
    }

    /// What every site has, and what its front names.
    fn find_files(&mut self) {
        let language = self.languages.first().cloned().unwrap_or_default();
        self.files.push(format!("data/v1/{language}/head.json"));
        self.files.push(format!("i18n/{language}.json"));
        self.files.push("site.json".into());
        let assets: Vec<String> = self.assets.iter().map(|asset| asset.path.clone()).collect();
        self.files.extend(assets);
    }
}

/// A JSON object of the site, if there is one.
fn object(client: &Client, path: &str) -> Option<serde_json::Value> {
    let reply = client.get(path).ok().filter(|reply| reply.status == 200)?;
    // A byte order mark is no JSON to serde, and no reason to look no further.
    let text = reply.text();
    serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()
}

/// The media that an article names, as paths of the site.
fn links(value: &serde_json::Value, found: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::String(text) => {
            if let Some(path) = text.strip_prefix('/').filter(|p| p.starts_with("media/")) {
                found.insert(path.to_owned());
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| links(item, found)),
        serde_json::Value::Object(fields) => fields.values().for_each(|field| links(field, found)),
        _ => {}
    }
}
