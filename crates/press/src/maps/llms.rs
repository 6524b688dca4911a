//! `llms.txt` (llmstxt.org): what the site is and where it begins, as Markdown for
//! language models.
//!
//! Its own words are English, because it is one file for all languages; names and
//! headlines are as they are. Every text is one line without Markdown of its own,
//! so that a headline can neither make a link nor begin a section.

use std::fmt::Write as _;

use crate::base::Base;
use crate::feeds::Format;
use crate::plain::line;

pub const FILE: &str = "llms.txt";

/// Characters of a text.
const MOST: usize = 300;

pub struct Site<'a> {
    pub name: &'a str,
    pub summary: Option<&'a str>,
    pub editions: &'a [Edition<'a>],
}

pub struct Edition<'a> {
    /// What its readers call their language: `Français`.
    pub name: &'a str,
    /// From the site's root: `/fr/`. The feeds lie below it.
    pub path: &'a str,
    pub tagline: Option<&'a str>,
    /// Newest first.
    pub newest: &'a [Story<'a>],
}

pub struct Story<'a> {
    pub headline: &'a str,
    pub path: &'a str,
    pub standfirst: Option<&'a str>,
}

pub fn llms(site: &Site<'_>, base: &Base) -> Vec<u8> {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = write(&mut text, site, base);
    text.into_bytes()
}

fn write(text: &mut String, site: &Site<'_>, base: &Base) -> std::fmt::Result {
    writeln!(text, "# {}", plain(site.name))?;
    if let Some(summary) = site.summary {
        writeln!(text, "\n> {}", plain(summary))?;
    }
    writeln!(text, "\n## Editions\n")?;
    for edition in site.editions {
        item(text, edition.name, &base.url(edition.path), edition.tagline)?;
    }
    for edition in site
        .editions
        .iter()
        .filter(|edition| !edition.newest.is_empty())
    {
        writeln!(text, "\n## Newest stories: {}\n", plain(edition.name))?;
        for story in edition.newest {
            item(
                text,
                story.headline,
                &base.url(story.path),
                story.standfirst,
            )?;
        }
    }
    writeln!(text, "\n## Feeds\n")?;
    for edition in site.editions {
        for (format, name) in [
            (Format::Atom, "Atom"),
            (Format::Rss, "RSS"),
            (Format::Json, "JSON Feed"),
        ] {
            let path = format!(
                "{}/{}",
                edition.path.trim_end_matches('/'),
                format.file(None)
            );
            item(
                text,
                &format!("{}, {name}", edition.name),
                &base.url(&path),
                None,
            )?;
        }
    }
    Ok(())
}

fn item(text: &mut String, name: &str, url: &str, about: Option<&str>) -> std::fmt::Result {
    // Brackets in an address would end the link.
    let url = url.replace('(', "%28").replace(')', "%29");
    write!(text, "- [{}]({url})", plain(name))?;
    if let Some(about) = about.map(plain).filter(|about| !about.is_empty()) {
        write!(text, ": {about}")?;
    }
    text.push('\n');
    Ok(())
}

/// One line in which no character means anything to Markdown.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for character in line(text, MOST).chars() {
        if matches!(
            character,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '&'
        ) {
            plain.push('\\');
        }
        plain.push(character);
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::{Edition, Site, Story, llms};
    use crate::base::Base;
    use article::safe_href;

    #[test]
    fn the_site_its_editions_newest_stories_and_feeds_are_listed() {
        let base = Base::at(&safe_href("https://news.example/repo/").unwrap()).unwrap();
        let newest = [Story {
            headline: "A](https://evil.example)\n# *Ship*",
            path: "/en/stories/a_(b)/",
            standfirst: Some("It is <late>"),
        }];
        let editions = [
            Edition {
                name: "English",
                path: "/en/",
                tagline: Some("Small places"),
                newest: &newest,
            },
            Edition {
                name: "العربية",
                path: "/ar/",
                tagline: None,
                newest: &[],
            },
        ];
        let site = Site {
            name: "Dateline",
            summary: Some("A newsroom"),
            editions: &editions,
        };
        let text = String::from_utf8(llms(&site, &base)).unwrap();
        assert_eq!(
            text,
            "# Dateline\n\n> A newsroom\n\n## Editions\n\n\
             - [English](https://news.example/repo/en/): Small places\n\
             - [العربية](https://news.example/repo/ar/)\n\n\
             ## Newest stories: English\n\n\
             - [A\\](https://evil.example) \\# \\*Ship\\*](https://news.example/repo/en/stories/a_%28b%29/): It is \\<late\\>\n\n\
             ## Feeds\n\n\
             - [English, Atom](https://news.example/repo/en/atom.xml)\n\
             - [English, RSS](https://news.example/repo/en/rss.xml)\n\
             - [English, JSON Feed](https://news.example/repo/en/feed.json)\n\
             - [العربية, Atom](https://news.example/repo/ar/atom.xml)\n\
             - [العربية, RSS](https://news.example/repo/ar/rss.xml)\n\
             - [العربية, JSON Feed](https://news.example/repo/ar/feed.json)\n"
        );
    }
}
