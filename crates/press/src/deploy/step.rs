//! The order of an upload: what is named comes before what names it.

/// A step begins when every file of the one before is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Programs, pictures, films, faces, words: what pages show.
    Assets,
    /// Stories and standing pages as JSON, closed packs of cards, what is searched.
    Data,
    /// The lists that name stories.
    Heads,
    /// A page of each story.
    Stories,
    /// Fronts, feeds, maps: they lead to those pages.
    Lists,
    /// What tells a browser or the next release which assets there are.
    Worker,
    /// From here on, running pages know that there is a newer release.
    Version,
}

impl Step {
    pub fn of(path: &str) -> Self {
        // A compressed version goes with its file.
        let path = path
            .strip_suffix(".br")
            .or_else(|| path.strip_suffix(".gz"))
            .unwrap_or(path);
        let (first, rest) = path.split_once('/').unwrap_or((path, ""));
        match first {
            "version.json" => Self::Version,
            "sw.js" => Self::Worker,
            "assets" if rest == "assets.json" => Self::Worker,
            "assets" | "media" | "fonts" | "icons" | "i18n" => Self::Assets,
            "data" if path.ends_with("/head.json") => Self::Heads,
            "articles" | "pages" | "data" | "search" => Self::Data,
            _ if rest.starts_with("stories/") || rest.starts_with("pages/") => Self::Stories,
            _ => Self::Lists,
        }
    }

    /// Whether a page that a reader opened before may still ask for such a file.
    pub fn outlives_its_release(self) -> bool {
        self == Self::Assets
    }
}

#[cfg(test)]
mod tests {
    use super::Step;

    #[test]
    fn what_is_named_comes_before_what_names_it() {
        let order = [
            ("media/red-boat/640.avif", Step::Assets),
            ("assets/app-1a.wasm.br", Step::Assets),
            ("articles/en/night-ferry.json", Step::Data),
            ("data/v1/en/0000.1a2b3c4d.json", Step::Data),
            ("data/v1/en/topics/harbour/head.json", Step::Heads),
            ("en/stories/night-ferry/index.html", Step::Stories),
            ("en/pages/about/index.html.gz", Step::Stories),
            ("en/index.html", Step::Lists),
            ("index.html", Step::Lists),
            ("sitemap.xml", Step::Lists),
            ("sw.js", Step::Worker),
            ("assets/assets.json", Step::Worker),
            ("version.json", Step::Version),
        ];
        for (path, step) in order {
            assert_eq!(Step::of(path), step, "{path}");
        }
        assert!(order.is_sorted_by_key(|(_, step)| *step));
    }
}
