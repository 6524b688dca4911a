//! GitLab Pages: `_redirects`, and nothing that would set a header.
//!
//! Pages carry their policy themselves. GitLab sends `.br` and `.gz` files that lie
//! beside the file asked for. Syntax and limits:
//! <https://docs.gitlab.com/user/project/pages/redirects/>,
//! <https://docs.gitlab.com/user/gitlab_com/#gitlab-pages>; the site's size and number of
//! files on GitLab.com as in <https://gitlab.com/gitlab-org/gitlab/-/issues/405048>.

use super::limits::{Counted, Limit, Measure};
use super::lines;
use super::made::{File, Made, Sorted, length, sorted};
use super::redirect::Redirect;
use super::rules::Rules;

pub const WHY: &str =
    "its rules see no query, take no “*” and “:” in an address, and at most 1,000 of them in 64 KB";

const REDIRECTS: usize = 1_000;
/// Of the whole file.
const BYTES: usize = 64 * 1024;

pub const LIMITS: &[Limit] = &[
    Limit {
        measure: Measure::Size,
        most: 1024 * 1024 * 1024,
        advice: "A GitLab of your own takes more; or put films elsewhere.",
    },
    Limit {
        measure: Measure::Files,
        most: 200_000,
        advice: "Build without --precompress, or use a server of your own.",
    },
    Limit {
        measure: Measure::Redirects,
        most: 1_000,
        advice: "What is beyond gets pages that lead on, where it can.",
    },
    Limit {
        measure: Measure::Settings,
        most: 64 * 1024,
        advice: "What is beyond gets pages that lead on, where it can.",
    },
];

pub fn make(rules: &Rules) -> Made {
    let Sorted { rules: lines, rest } = sorted(
        rules.redirects.clone(),
        REDIRECTS,
        BYTES - lines::NOTE.len(),
        |redirect| of(rules, redirect),
        |line: &String| line.len() + 1,
    );
    let text = lines::redirects(&lines);
    Made {
        counted: Counted {
            redirects: u64::try_from(lines.len()).unwrap_or(u64::MAX),
            settings: text.as_deref().map_or(0, length),
            ..Counted::default()
        },
        inside: text
            .map(|text| File::new("_redirects", text))
            .into_iter()
            .collect(),
        rest,
        ..Made::default()
    }
}

/// An address with other letters stands there as it is sent and as it is read: which of
/// them a release of GitLab compares is written nowhere.
fn of(rules: &Rules, redirect: &Redirect) -> Vec<String> {
    if redirect.query.is_some() || !lines::is_plain(&redirect.path) {
        return Vec::new();
    }
    let base = &rules.base;
    let mut from = redirect.encoded_paths();
    for path in redirect.paths() {
        if !from.contains(&path) && !path.contains(char::is_whitespace) {
            from.push(path);
        }
    }
    from.iter()
        .map(|from| format!("{base}{from} {base}{} 301", redirect.to))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{BYTES, make};
    use crate::hosts::redirect::Redirect;
    use crate::hosts::rules::samples;

    #[test]
    fn there_is_a_file_for_redirects_only() {
        let made = make(&samples::rules("/group/"));
        let paths: Vec<&str> = made.inside.iter().map(|file| &*file.path).collect();
        assert_eq!(paths, ["_redirects"]);
        let text = &made.inside[0].text;
        assert!(text.contains("\n/group/science/kites.html /group/en/stories/kites/ 301\n"));
        assert!(text.contains("\n/group/old/قارب /group/ar/"));
    }

    #[test]
    fn the_file_never_grows_beyond_what_is_read() {
        let mut rules = samples::rules("/");
        let long = "x".repeat(150);
        rules.redirects = (0..900)
            .map(|n| Redirect::new(&format!("/{long}{n}.html"), "en/stories/x/".into(), 0))
            .collect();
        let made = make(&rules);
        assert!(made.inside[0].text.len() <= BYTES);
        assert!(!made.rest.is_empty());
    }
}
