//! HTTPS, and that nothing goes without it.

use super::client::Client;
use super::finding::{Findings, Rule};
use crate::headers::Transport;

const NO_HTTPS: Rule = Rule {
    kind: "no-https",
    hint: "Let the host get a certificate (Let's Encrypt gives them away): anybody on the way can read and change pages without one.",
};
const HTTP_STAYS: Rule = Rule {
    kind: "http-stays",
    hint: "Let the host redirect http:// to https:// with 301 or 308.",
};

pub fn check(client: &Client, findings: &mut Findings) {
    if client.is_here() {
        return;
    }
    let address = client.address("");
    if client.transport() == Transport::Http {
        return findings.error(NO_HTTPS, &address, "http://", "https://");
    }
    // Another port is another program's.
    let host = client.origin().trim_start_matches("https://");
    if host.contains(':') {
        return;
    }
    let plain = format!("http://{host}{}", client.base());
    // A closed port is the strictest answer.
    let Ok(reply) = client.ask("GET", &plain, &[]) else {
        return;
    };
    let is_sent_on = reply.leads_to().is_some_and(|to| to.scheme() == "https");
    if !is_sent_on {
        findings.error(
            HTTP_STAYS,
            &plain,
            format!("status {}", reply.status),
            format!("status 301 to {address}"),
        );
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::check;
    use crate::conformance::client::Client;
    use crate::conformance::finding::Findings;

    #[test]
    fn only_this_machine_may_go_without_https() {
        for (address, is_told) in [
            ("http://news.example/", true),
            ("http://127.0.0.1.news.example/", true),
            ("http://127.0.0.1:8081/repo/", false),
            ("http://localhost/", false),
            ("http://[::1]:80/", false),
        ] {
            let client = Client::open(address, Duration::from_secs(1)).unwrap();
            let mut findings = Findings::default();
            check(&client, &mut findings);
            let told = findings.in_order();
            assert_eq!(told.len(), usize::from(is_told), "{address}");
            assert_eq!(client.requests(), 0);
        }
    }
}
