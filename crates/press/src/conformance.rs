//! What the host of a site gets wrong, seen from outside.
//!
//! It asks for what readers, feed readers, crawlers and curious people ask for, and
//! holds the answers against [`crate::headers`] and RFC 9110. Headers are compared by
//! their meaning: another order, another case, a stricter value are no faults. What to
//! ask for is found in the site itself. Redirects are followed by hand, nothing is
//! stored, nothing is changed.
//!
//! - [`client`]: one request, one answer
//! - [`finding`]: what is told of an answer
//! - [`survey`]: what this site has
//! - [`addresses`], [`files`], [`missing`], [`transfer`], [`version`], [`transport`]:
//!   the rules
//! - [`said`], [`policy`], [`caching`]: headers by their meaning

mod addresses;
mod caching;
mod client;
mod files;
mod finding;
mod missing;
mod policy;
mod said;
mod survey;
mod transfer;
mod transport;
mod version;

use std::time::Duration;

use crate::finding::Failure;
use client::Client;
use finding::Findings;
use survey::Survey;

pub use finding::Finding;

/// A look at a host.
pub struct Outcome {
    pub findings: Vec<Finding>,
    /// How many requests were sent.
    pub requests: usize,
}

/// Looks at the site at an address.
///
/// # Errors
/// When the address is none, nobody answers there, or it is no site of press.
pub fn check(address: &str, patience: Duration) -> Result<Outcome, Failure> {
    let client = Client::open(address, patience)?;
    let survey = Survey::of(&client)?;
    let mut findings = Findings::default();
    transport::check(&client, &mut findings);
    files::check(&client, &survey, &mut findings);
    version::check(&client, &survey, &mut findings);
    addresses::check(&client, &survey, &mut findings);
    missing::check(&client, &survey, &mut findings);
    transfer::check(&client, &survey, &mut findings);
    Ok(Outcome {
        findings: findings.in_order(),
        requests: client.requests(),
    })
}
