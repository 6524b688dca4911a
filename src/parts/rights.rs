//! The credit line: who made it, and on what terms.

use crate::markup::{Element, el, nodes};
use crate::scope::Scope;
use article::Rights;

/// The credit on a line of its own; then notice, terms and licence where they are
/// recorded.
pub fn credit(scope: &Scope, rights: Option<&Rights>) -> Option<Element> {
    let rights = rights?;
    let line = rights.credit_line()?;
    let notice = rights
        .copyright_notice
        .clone()
        .filter(|notice| *notice != line)
        .map(|notice| format!(". {notice}"));
    let terms = rights.usage_terms.clone().map(|terms| format!(". {terms}"));
    let license = rights.license.as_ref().map(|license| {
        let link = el("a")
            .attr("rel", "license noopener")
            .attr("href", scope.link(license));
        nodes![". ", link.put(license_name(&license.shown()))]
    });
    Some(
        el("span")
            .class("credit")
            .attr("dir", "auto")
            .put(line)
            .put(notice)
            .put(terms)
            .put(license),
    )
}

/// A licence's usual short name; its host where it is no Creative Commons licence.
fn license_name(address: &str) -> String {
    let parts: Vec<&str> = address.split('/').collect();
    match parts.as_slice() {
        [_, _, "creativecommons.org", "licenses", kind, version, ..] => {
            format!("CC {} {version}", kind.to_ascii_uppercase())
        }
        [
            _,
            _,
            "creativecommons.org",
            "publicdomain",
            "zero",
            version,
            ..,
        ] => format!("CC0 {version}"),
        [_, _, host, ..] => (*host).to_owned(),
        _ => address.to_owned(),
    }
}
