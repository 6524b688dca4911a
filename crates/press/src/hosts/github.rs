//! GitHub Pages: no headers and no redirects, so pages carry their policy, and old
//! addresses have pages that lead on.
//!
//! Limits: <https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits>.

use super::limits::{Limit, Measure};
use super::made::{File, Made};
use super::rules::Rules;

pub const WHY: &str = "it has no redirects, and a page can stand in for none of these";

pub const LIMITS: &[Limit] = &[Limit {
    measure: Measure::Size,
    most: 1_000_000_000,
    advice: "Put films elsewhere, or use a host without this limit.",
}];

/// Keeps GitHub from running its own generator, which would leave files out.
const NO_JEKYLL: &str = ".nojekyll";

pub fn make(rules: &Rules) -> Made {
    Made {
        inside: vec![File::new(NO_JEKYLL, "")],
        rest: rules.redirects.clone(),
        ..Made::default()
    }
}
