//! What one host gets.

use super::limits::Counted;
use super::redirect::Redirect;

/// The files of one host, and what they could not say.
#[derive(Default)]
pub struct Made {
    /// Files of the built site: paths below its root.
    pub inside: Vec<File>,
    /// Files that no reader may see: paths below the folder beside the site.
    pub beside: Vec<File>,
    /// Old addresses for which the host has no rule; some may get a page.
    pub rest: Vec<Redirect>,
    /// What is counted of the files, against the host's limits.
    pub counted: Counted,
}

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub path: String,
    pub text: String,
}

impl File {
    pub fn new(path: &str, text: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            text: text.into(),
        }
    }
}

/// Bytes of a text.
pub fn length(text: &str) -> u64 {
    u64::try_from(text.len()).unwrap_or(u64::MAX)
}

/// A host's rules for old addresses, as far as it takes them.
pub struct Sorted<T> {
    pub rules: Vec<T>,
    pub rest: Vec<Redirect>,
}

/// Writes the rules of each redirect until the host takes no more: at most so many rules,
/// and so many bytes by `size`. A redirect of which `rules_of` makes none is left over.
pub fn sorted<T>(
    redirects: Vec<Redirect>,
    most: usize,
    most_bytes: usize,
    rules_of: impl Fn(&Redirect) -> Vec<T>,
    size: impl Fn(&T) -> usize,
) -> Sorted<T> {
    let mut sorted = Sorted {
        rules: Vec::new(),
        rest: Vec::new(),
    };
    let mut bytes = 0;
    for redirect in redirects {
        let rules = rules_of(&redirect);
        let longer: usize = rules.iter().map(&size).sum();
        if rules.is_empty()
            || sorted.rules.len() + rules.len() > most
            || bytes + longer > most_bytes
        {
            sorted.rest.push(redirect);
        } else {
            bytes += longer;
            sorted.rules.extend(rules);
        }
    }
    sorted
}

#[cfg(test)]
mod tests {
    use super::sorted;
    use crate::hosts::rules::samples;

    #[test]
    fn what_does_not_fit_is_left_over_and_nothing_is_lost() {
        let all = samples::redirects();
        for (most, bytes) in [(3, 1000), (1000, 40), (0, 0), (1000, 1000)] {
            let sorted = sorted(
                all.clone(),
                most,
                bytes,
                |redirect| vec![redirect.shown()],
                String::len,
            );
            assert_eq!(sorted.rules.len() + sorted.rest.len(), all.len());
            assert!(sorted.rules.len() <= most);
            assert!(sorted.rules.iter().map(String::len).sum::<usize>() <= bytes);
        }
    }
}
