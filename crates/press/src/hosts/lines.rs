//! `_headers` and `_redirects`: a path, then what holds there. Netlify thought of them;
//! Cloudflare and GitLab read their own kinds.

use super::limits::Counted;
use super::made::length;
use super::rules::Header;

/// What stands at the top of every file that press writes for a host.
pub const NOTE: &str = "# Written by press: changes are lost at the next build.\n";

/// A block of `_headers`.
pub struct Block {
    pub path: String,
    /// Names of headers that an earlier block said; only Cloudflare reads it.
    pub without: Vec<&'static str>,
    pub headers: Vec<Header>,
}

/// The text of `_headers`.
pub fn headers(blocks: &[Block]) -> String {
    let mut text = String::from(NOTE);
    for block in blocks {
        text.push_str(&block.path);
        text.push('\n');
        for name in &block.without {
            text.push_str(&format!("  ! {name}\n"));
        }
        for header in &block.headers {
            text.push_str(&format!("  {}: {}\n", header.name, header.value));
        }
    }
    text
}

/// The text of `_redirects`; `None` without rules.
pub fn redirects(rules: &[String]) -> Option<String> {
    (!rules.is_empty()).then(|| format!("{NOTE}{}\n", rules.join("\n")))
}

/// Whether a path means itself in such a file: `*` and `:name` stand for others.
pub fn is_plain(path: &str) -> bool {
    !path.contains(['*', ':'])
}

/// What hosts limit of the two files.
pub fn counted(blocks: &[Block], headers: &str, rules: usize) -> Counted {
    Counted {
        header_rules: u64::try_from(blocks.len()).unwrap_or(u64::MAX),
        line: headers.lines().map(length).max().unwrap_or(0),
        redirects: u64::try_from(rules).unwrap_or(u64::MAX),
        ..Counted::default()
    }
}
