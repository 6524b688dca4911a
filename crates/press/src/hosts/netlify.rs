//! Netlify: `_headers` and `_redirects`.
//!
//! Where two blocks of `_headers` fit an address, both count, and of one header there
//! would be two values. So `/*` says only what is the same everywhere, and every other
//! block has addresses of its own; the files of `assets/` are named one by one, so that
//! no missing one is ever called immutable.
//!
//! Syntax: <https://docs.netlify.com/manage/routing/headers/> and
//! <https://docs.netlify.com/manage/routing/redirects/overview/>.

use super::limits::{Limit, Measure};
use super::lines::{self, Block};
use super::made::{File, Made, Sorted, sorted};
use super::redirect::{Redirect, encoded};
use super::rules::{Header, Rules, Top};

pub const WHY: &str =
    "its rules know no “*” and “:” in an address, and only queries of the form name=value";

/// Netlify names no limit, and advises other ways from 10,000 redirects on:
/// <https://docs.netlify.com/manage/routing/redirects/overview/>.
pub const LIMITS: &[Limit] = &[Limit {
    measure: Measure::Redirects,
    most: 10_000,
    advice: "A deploy with many more may fail: let an edge function answer the oldest addresses, or drop those nobody asks for.",
}];

pub fn make(rules: &Rules) -> Made {
    let blocks = blocks(rules);
    let headers = lines::headers(&blocks);
    let Sorted { rules: lines, rest } = sorted(
        rules.redirects.clone(),
        usize::MAX,
        usize::MAX,
        |redirect| line(rules, redirect).into_iter().collect(),
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
    let varying = rules.varying();
    let of = |path: &str| -> Vec<Header> {
        let mut headers = rules.of(path);
        headers.retain(|header| varying.contains(&header.name));
        headers
    };
    let block = |path: String, headers| Block {
        path,
        without: Vec::new(),
        headers,
    };
    let base = &rules.base;
    let mut blocks = vec![block(
        format!("{base}*"),
        rules.constant().cloned().collect(),
    )];
    for top in &rules.tops {
        match top {
            Top::Folder(folder) => blocks.push(block(
                format!("{base}{}/*", encoded(folder)),
                of(&format!("{folder}/x")),
            )),
            Top::File(file) => {
                if file == "index.html" {
                    blocks.push(block(base.clone(), of(file)));
                }
                blocks.push(block(format!("{base}{}", encoded(file)), of(file)));
            }
        }
    }
    blocks
}

/// `301!`: also where a file lies, as the site's front does for `/?p=412`. An address
/// counts with and without a slash at its end.
fn line(rules: &Rules, redirect: &Redirect) -> Option<String> {
    if !lines::is_plain(&redirect.path) {
        return None;
    }
    let base = &rules.base;
    let mut line = format!("{base}{}", encoded(&redirect.path));
    if redirect.query.is_some() {
        for (name, value) in redirect.parameters()? {
            line.push_str(&format!(" {name}={value}"));
        }
    }
    line.push_str(&format!(" {base}{} 301!", redirect.to));
    Some(line)
}

#[cfg(test)]
mod tests {
    use super::make;
    use crate::hosts::rules::samples;

    #[test]
    fn no_address_has_two_values_of_one_header() {
        let made = make(&samples::rules("/"));
        let text = &made.inside[0].text;
        let everywhere = text.split("\n/").nth(1).unwrap();
        assert!(everywhere.starts_with("*\n"));
        assert!(!everywhere.contains("cache-control"));
        assert!(!everywhere.contains("cross-origin-resource-policy"));
        assert!(everywhere.contains("strict-transport-security"));
        let media = text.split("\n/media/*\n").nth(1).unwrap();
        assert!(media.contains("  cache-control: public, max-age=31536000, immutable\n"));
        assert!(media.contains("  cross-origin-resource-policy: cross-origin\n"));
    }

    #[test]
    fn old_addresses_are_matched_with_their_query_under_any_path() {
        let made = make(&samples::rules("/repo/"));
        let text = &made.inside[1].text;
        for line in [
            "/repo/science/kites.html /repo/en/stories/kites/ 301!",
            "/repo/news/ferry.asp id=412 /repo/en/stories/ferry/ 301!",
            "/repo/ p=412 /repo/en/stories/ferry/ 301!",
            "/repo/old/%D9%82%D8%A7%D8%B1%D8%A8 /repo/ar/stories/%D9%82%D8%A7%D8%B1%D8%A8/ 301!",
            "/repo/a%20b/%22quoted%22 /repo/en/stories/kites/ 301!",
        ] {
            assert!(text.lines().any(|one| one == line), "{line}\n{text}");
        }
        assert_eq!(made.rest.len(), 1);
    }
}
