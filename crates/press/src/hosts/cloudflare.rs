//! Cloudflare Pages: `_headers` and `_redirects`.
//!
//! Where two blocks of `_headers` fit an address, both count and the values of one header
//! are joined; `! name` takes the earlier one away. Cloudflare calls no missing file
//! immutable: it says `no-store` there itself, as long as there is a `404.html`.
//!
//! Syntax and limits: <https://developers.cloudflare.com/pages/configuration/headers/>,
//! <https://developers.cloudflare.com/pages/configuration/redirects/>,
//! <https://developers.cloudflare.com/pages/platform/limits/>.

use crate::headers::Place;

use super::limits::{Limit, Measure};
use super::lines::{self, Block};
use super::made::{File, Made, Sorted, sorted};
use super::redirect::Redirect;
use super::rules::Rules;

pub const WHY: &str = "its rules see no query, take no “*” and “:” in an address, at most 1,000 characters, and at most 2,000 of them";

/// Of the rules without placeholders.
const REDIRECTS: usize = 2_000;
/// Characters of one rule.
const LONGEST: usize = 1_000;

pub const LIMITS: &[Limit] = &[
    Limit {
        measure: Measure::Files,
        most: 20_000,
        advice: "Build without --precompress (Cloudflare compresses by itself); paid plans take 100,000; beyond that, use a server of your own or an object store.",
    },
    Limit {
        measure: Measure::Largest,
        most: 25 * 1024 * 1024,
        advice: "Put long films elsewhere, or encode them smaller.",
    },
    Limit {
        measure: Measure::Redirects,
        most: 2_000,
        advice: "What is beyond gets pages that lead on, where it can; Bulk Redirects of the account take more.",
    },
    Limit {
        measure: Measure::HeaderRules,
        most: 100,
        advice: "Join some in crates/press/src/headers.rs.",
    },
    Limit {
        measure: Measure::Line,
        most: 2_000,
        advice: "Shorten the longest header in crates/press/src/headers.rs.",
    },
];

pub fn make(rules: &Rules) -> Made {
    let blocks = blocks(rules);
    let headers = lines::headers(&blocks);
    let Sorted { rules: lines, rest } = sorted(
        rules.redirects.clone(),
        REDIRECTS,
        usize::MAX,
        |redirect| of(rules, redirect),
        String::len,
    );
    let counted = lines::counted(&blocks, &headers, lines.len());
    let mut inside = vec![File::new("_headers", headers)];
    inside.extend(lines::redirects(&lines).map(|text| File::new("_redirects", text)));
    Made {
        inside,
        rest,
        counted,
        ..Made::default()
    }
}

fn blocks(rules: &Rules) -> Vec<Block> {
    let base = &rules.base;
    let mut blocks = vec![Block {
        path: format!("{base}*"),
        // Cloudflare adds `*` by itself. The site's data are for its own pages.
        without: vec!["access-control-allow-origin"],
        headers: rules.everywhere.clone(),
    }];
    for section in &rules.sections {
        blocks.push(Block {
            path: match section.place {
                Place::Everywhere => format!("{base}*"),
                Place::Below(folder) => format!("{base}{folder}/*"),
                Place::File(file) => format!("{base}{file}"),
            },
            without: section.headers.iter().map(|header| header.name).collect(),
            headers: section.headers.clone(),
        });
    }
    blocks
}

/// The query of a request is passed on.
fn of(rules: &Rules, redirect: &Redirect) -> Vec<String> {
    if redirect.query.is_some() || !lines::is_plain(&redirect.path) {
        return Vec::new();
    }
    let base = &rules.base;
    let lines: Vec<String> = redirect
        .encoded_paths()
        .iter()
        .map(|from| format!("{base}{from} {base}{} 301", redirect.to))
        .collect();
    if lines.iter().any(|line| line.len() > LONGEST) {
        return Vec::new();
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{LIMITS, REDIRECTS, make};
    use crate::hosts::redirect::Redirect;
    use crate::hosts::rules::samples;

    #[test]
    fn a_later_block_takes_away_what_it_says_anew() {
        let text = &make(&samples::rules("/repo/")).inside[0].text;
        let assets = text.split("\n/repo/assets/*\n").nth(1).unwrap();
        assert!(assets.starts_with("  ! cache-control\n  cache-control: public, max-age=31536000, immutable\n/repo/assets/assets.json\n  ! cache-control\n  cache-control: no-cache\n"));
        assert!(text.contains("\n/repo/*\n  ! access-control-allow-origin\n"));
    }

    #[test]
    fn queries_are_left_over_and_both_ends_of_a_folder_lead_on() {
        let made = make(&samples::rules("/"));
        let text = &made.inside[1].text;
        assert!(text.contains("\n/old/%D9%82%D8%A7%D8%B1%D8%A8 /ar/"));
        assert!(text.contains("\n/old/%D9%82%D8%A7%D8%B1%D8%A8/ /ar/"));
        let rest: Vec<String> = made.rest.iter().map(Redirect::shown).collect();
        assert!(rest.contains(&"/?p=412".to_owned()));
        assert!(rest.contains(&"/every/*/thing:now".to_owned()));
    }

    #[test]
    fn of_many_redirects_those_that_do_not_fit_are_left_over() {
        let mut rules = samples::rules("/");
        rules.redirects = (0..REDIRECTS + 5)
            .map(|n| Redirect::new(&format!("/{n}.html"), "en/stories/x/".into(), 0))
            .collect();
        let made = make(&rules);
        assert_eq!(made.rest.len(), 5);
        assert_eq!(made.counted.against("cloudflare", LIMITS).len(), 1);
    }
}
