//! The policy of a page inside the page, for hosts that send no headers.

use crate::allowed::Allowed;
use crate::headers::{self, Answer, Transport, allowing};

/// Directives that browsers obey in a header only (CSP Level 3, section 3.3).
const IN_HEADERS_ONLY: [&str; 4] = ["frame-ancestors", "report-uri", "report-to", "sandbox"];

/// The content of `<meta http-equiv="Content-Security-Policy">`, for pages of a site
/// that allows this beyond its own files.
pub fn policy(allowed: &Allowed) -> String {
    let policy = headers::of("index.html", Answer::File, Transport::Https)
        .into_iter()
        .find(|(name, _)| *name == "content-security-policy")
        .map_or_else(String::new, |(_, value)| {
            allowing(value, allowed).into_owned()
        });
    without_header_only(&policy)
}

fn without_header_only(policy: &str) -> String {
    policy
        .split(';')
        .map(str::trim)
        .filter(|directive| {
            let name = directive.split(' ').next().unwrap_or_default();
            !name.is_empty() && !IN_HEADERS_ONLY.contains(&name)
        })
        .collect::<Vec<_>>()
        .join("; ")
}

#[cfg(test)]
mod tests {
    use super::{Allowed, policy, without_header_only};

    #[test]
    fn what_only_headers_can_say_is_left_out_and_the_rest_stays() {
        let all = "default-src 'none'; frame-ancestors 'none'; report-to x; trusted-types 'none'";
        assert_eq!(
            without_header_only(all),
            "default-src 'none'; trusted-types 'none'"
        );
        let policy = policy(&Allowed {
            styles: vec!["'sha256-x'".to_owned()],
            ..Allowed::default()
        });
        assert!(policy.starts_with("default-src 'none'; script-src 'self'"));
        assert!(policy.contains("style-src 'self' 'sha256-x';"));
        assert!(policy.contains("require-trusted-types-for 'script'"));
        assert!(!policy.contains("frame-ancestors"));
    }
}
