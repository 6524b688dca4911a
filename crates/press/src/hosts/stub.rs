//! A page at an old address, for hosts that send nobody on: it does so itself.

use std::collections::HashSet;

use crate::address::percent_decoded;

use super::redirect::Redirect;

/// What stands on such a page.
pub struct Stub<'a> {
    pub language: &'a str,
    pub direction: &'a str,
    /// The story's headline.
    pub headline: &'a str,
    /// The story's full address, if the site says where it is.
    pub canonical: Option<&'a str>,
    /// The policy of a page, where the host cannot send it.
    pub policy: Option<&'a str>,
    /// From this page to the story.
    pub to: &'a str,
}

impl Stub<'_> {
    pub fn html(&self) -> String {
        let headline = escaped(self.headline);
        let to = escaped(self.to);
        let policy = self.policy.map_or_else(String::new, |policy| {
            format!(
                "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n<meta name=\"referrer\" content=\"no-referrer\">\n",
                escaped(policy)
            )
        });
        let canonical = self.canonical.map_or_else(String::new, |url| {
            format!("<link rel=\"canonical\" href=\"{}\">\n", escaped(url))
        });
        format!(
            "<!DOCTYPE html>\n<html lang=\"{}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n{policy}<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"robots\" content=\"noindex\">\n<title>{headline}</title>\n{canonical}<meta http-equiv=\"refresh\" content=\"0; url={to}\">\n</head>\n<body>\n<p><a href=\"{to}\">{headline}</a></p>\n</body>\n</html>\n",
            escaped(self.language),
            self.direction,
        )
    }
}

/// For text and for attribute values in double quotes.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// The file of the built site that is served at an old address; `None` if none can be.
/// `ferry.asp` becomes a folder: as a file, hosts would send it as something to save.
pub fn place(redirect: &Redirect) -> Option<String> {
    /// The longest name that file systems take, in bytes.
    const LONGEST: usize = 255;
    if redirect.query.is_some() {
        return None;
    }
    let path = redirect.path.trim_end_matches('/');
    let sound = |name: &str| {
        !name.is_empty()
            && name.len() <= LONGEST
            && !name.starts_with('.')
            && !name.ends_with(['.', ' '])
            && !name.contains(|character: char| {
                character.is_control() || r#"\:*?"<>|"#.contains(character)
            })
    };
    if !path.split('/').all(sound) {
        return None;
    }
    if path.ends_with(".html") || path.ends_with(".htm") {
        Some(path.to_owned())
    } else {
        Some(format!("{path}/index.html"))
    }
}

/// From the page at a path of the built site to an address below its root.
pub fn relative(page: &str, to: &str) -> String {
    format!("{}{to}", "../".repeat(page.matches('/').count()))
}

/// The paths of the site, against which new files are held.
#[derive(Default)]
pub struct Taken {
    /// In lower case: on some disks `News.html` and `news.html` are one file.
    files: HashSet<String>,
    folders: HashSet<String>,
}

impl Taken {
    pub fn add(&mut self, path: &str) {
        let path = path.to_lowercase();
        for (at, _) in path.match_indices('/') {
            if let Some(folder) = path.get(..at)
                && !self.folders.contains(folder)
            {
                self.folders.insert(folder.to_owned());
            }
        }
        self.files.insert(path);
    }

    /// Whether a file may be put there: nothing else is there, and none of its folders
    /// is a file.
    pub fn allows(&self, path: &str) -> bool {
        let path = path.to_lowercase();
        let in_a_file = path
            .match_indices('/')
            .filter_map(|(at, _)| path.get(..at))
            .any(|folder| self.files.contains(folder));
        !in_a_file && !self.files.contains(&path) && !self.folders.contains(&path)
    }
}

/// What a page is called whose headline is not known: the last part of its address.
pub fn last_part(to: &str) -> String {
    let last = to.trim_end_matches('/').rsplit('/').next().unwrap_or(to);
    percent_decoded(last).unwrap_or_else(|| last.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Stub, Taken, last_part, place, relative};
    use crate::hosts::redirect::Redirect;

    fn at(alias: &str) -> Option<String> {
        place(&Redirect::new(alias, "en/stories/x/".into(), 0))
    }

    #[test]
    fn pages_stay_files_and_everything_else_becomes_a_folder() {
        assert_eq!(at("/a/b.html").unwrap(), "a/b.html");
        assert_eq!(at("/a/b/").unwrap(), "a/b/index.html");
        assert_eq!(at("/news/ferry.asp").unwrap(), "news/ferry.asp/index.html");
        assert_eq!(at("/old/قارب").unwrap(), "old/قارب/index.html");
    }

    #[test]
    fn nothing_is_put_where_it_could_not_be_found_or_would_leave_the_site() {
        for alias in [
            "/?p=1",
            "/a.html?x=1",
            "/",
            "/../x.html",
            "/a/%2e%2e/b.html",
            "/.well-known/x.html",
            "/a//b.html",
            "/a\\b.html",
            "/a:b",
        ] {
            assert_eq!(at(alias), None, "{alias}");
        }
    }

    #[test]
    fn a_page_never_takes_the_place_of_another_file() {
        let mut taken = Taken::default();
        taken.add("en/index.html");
        taken.add("News.html");
        for (path, free) in [
            ("en/index.html", false),
            ("en", false),
            ("news.html", false),
            ("news.html/index.html", false),
            ("en/old.html", true),
        ] {
            assert_eq!(taken.allows(path), free, "{path}");
        }
    }

    #[test]
    fn the_page_leads_on_in_three_ways_and_ends_nobodys_markup() {
        let html = Stub {
            language: "ar",
            direction: "rtl",
            headline: "A <b> & \"c\"",
            canonical: Some("https://news.example/ar/stories/x/"),
            policy: Some("default-src 'none'"),
            to: &relative("old/a/index.html", "ar/stories/x/"),
        }
        .html();
        assert!(html.contains("content=\"0; url=../../ar/stories/x/\""));
        assert!(
            html.contains("<a href=\"../../ar/stories/x/\">A &lt;b&gt; &amp; &quot;c&quot;</a>")
        );
        assert!(html.contains("rel=\"canonical\" href=\"https://news.example/ar/stories/x/\""));
        assert!(html.contains("<html lang=\"ar\" dir=\"rtl\">") && html.contains("noindex"));
    }

    #[test]
    fn a_page_without_headline_is_called_by_its_address() {
        assert_eq!(last_part("ar/stories/%D9%82/"), "ق");
    }
}
