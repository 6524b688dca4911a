//! The site's style: one sheet, the faces, and what is seen first.
//!
//! What is seen first stands in the pages that readers arrive at, so that their first
//! paint waits for no second file; press puts it there. The sheet comes after it and
//! has all rules once more: what a loaded page looks like is what the sheet alone says,
//! in its order, whatever was in the page. Only the faces are not in it: said again, a
//! face that has arrived since would be exchanged under the reader's eyes.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{TARGETS, esbuild, read};
use crate::step::Tree;
use anyhow::{Result, bail};

/// The sheets of `style/` that a front or a story needs for its first screen. They are
/// repeated in each, so what is rare, or lower down, is not among them.
const FIRST: [&str; 12] = [
    "tokens", FACES, "base", "layout", "button", "masthead", "notice", "card", "figure", "media",
    "front", "story",
];

/// The sheet of the faces.
const FACES: &str = "fonts";

/// Style sheets as published: minified, with addresses relative to `assets/`.
pub struct Style {
    /// Everything but the faces.
    pub sheet: String,
    pub faces: String,
    /// The faces and a part of the sheet, in the same order.
    pub first: String,
}

impl Style {
    /// Reads the sheets that Trunk staged, in the order of the cascade.
    pub fn of(tree: &Tree, sheets: &[PathBuf]) -> Result<Self> {
        let first = chosen(sheets, |part| FIRST.contains(&part));
        if first.len() != FIRST.len() {
            bail!("index.html does not link each of the sheets that are seen first: {FIRST:?}");
        }
        Ok(Self {
            sheet: one(tree, &chosen(sheets, |part| part != FACES))?,
            faces: one(tree, &chosen(sheets, |part| part == FACES))?,
            first: one(tree, &first)?,
        })
    }
}

fn chosen(sheets: &[PathBuf], is_chosen: impl Fn(&str) -> bool) -> Vec<&PathBuf> {
    let sheets = sheets.iter();
    sheets.filter(|sheet| is_chosen(part(sheet))).collect()
}

/// `tokens` of `…/tokens-1a2b.css`, as Trunk names it, and `story-end` of
/// `story-end-1a2b.css`.
fn part(sheet: &Path) -> &str {
    let stem = sheet.file_stem().and_then(|stem| stem.to_str());
    stem.and_then(|stem| stem.rsplit_once('-'))
        .map_or("", |(part, _)| part)
}

/// The file names of the style sheets a page links, in order. Reads the few
/// `<link>` elements Trunk writes, quoted or (minified) not.
pub fn stylesheets(page: &str) -> Vec<String> {
    page.split("<link")
        .skip(1)
        .filter_map(|rest| rest.split_once('>'))
        .map(|(tag, _)| tag)
        .filter(|tag| attribute(tag, "rel") == Some("stylesheet"))
        .filter_map(|tag| attribute(tag, "href"))
        .filter_map(|href| href.rsplit('/').next())
        .map(String::from)
        .collect()
}

/// The value of an attribute inside a tag.
fn attribute<'tag>(tag: &'tag str, name: &str) -> Option<&'tag str> {
    let start = tag.match_indices(name).find_map(|(at, _)| {
        let before = tag.get(..at)?.chars().next_back()?;
        let value = tag.get(at + name.len()..)?.strip_prefix('=')?;
        before.is_whitespace().then_some(value)
    })?;
    for quote in ['"', '\''] {
        if let Some(quoted) = start.strip_prefix(quote) {
            return quoted.split(quote).next();
        }
    }
    start
        .split(|letter: char| letter.is_whitespace() || letter == '>')
        .next()
        .map(|value| value.trim_end_matches('/'))
}

/// Sheets as one, minified for the browsers we aim at.
fn one(tree: &Tree, sheets: &[&PathBuf]) -> Result<String> {
    let mut all = String::new();
    for sheet in sheets {
        all.push_str(&read(sheet)?);
        all.push('\n');
    }
    let whole = tree.path("target/style.css");
    fs::write(&whole, all)?;
    let small = esbuild(
        tree,
        &[
            "--loader:.css=css",
            "--minify",
            "--charset=utf8",
            TARGETS,
            &whole.to_string_lossy(),
        ],
    )?;
    // The sheet moves from the site's root into assets/. `../fonts/x` is right in
    // both places (a root has no parent, so browsers ignore the dots there).
    for (_, rest) in small
        .match_indices("url(")
        .map(|(at, _)| small.split_at(at))
    {
        let target = rest.trim_start_matches("url(").trim_start_matches('"');
        if !["../", "data:", "#"]
            .iter()
            .any(|start| target.starts_with(start))
        {
            bail!(
                "a style sheet has {}…: write url(../…), which works in development and in assets/",
                rest.chars().take(40).collect::<String>()
            );
        }
    }
    Ok(small)
}

#[cfg(test)]
mod tests {
    use super::{part, stylesheets};
    use std::path::Path;

    #[test]
    fn style_sheets_are_found_in_order_quoted_or_not() {
        let page = r#"<link rel="preload" href="/a.css"><link integrity="x" rel="stylesheet" href="/tokens-1.css"/>
            <link rel=stylesheet href=/repo/base-2.css><link href='part-3.css' rel='stylesheet'>"#;
        assert_eq!(
            stylesheets(page),
            ["tokens-1.css", "base-2.css", "part-3.css"]
        );
    }

    #[test]
    fn a_staged_sheet_is_known_by_the_name_it_has_in_style() {
        assert_eq!(part(Path::new("/s/tokens-0123456789abcdef.css")), "tokens");
        assert_eq!(
            part(Path::new("story-end-0123456789abcdef.css")),
            "story-end"
        );
        assert_eq!(part(Path::new("tokens.css")), "");
    }
}
