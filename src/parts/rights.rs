//! The credit line: who made it, and on what terms.

use article::Rights;
use leptos::prelude::*;

use crate::scope::Scope;

/// The credit on a line of its own: the credit text as printed, else the holder
/// of the copyright; then notice, terms and licence where they are recorded.
pub fn credit(scope: &Scope, rights: Option<&Rights>) -> Option<AnyView> {
    let rights = rights?;
    let line = rights
        .credit_text
        .clone()
        .or_else(|| rights.copyright_notice.clone())
        .or_else(|| rights.copyright_holder.as_ref().map(|holder| format!("© {holder}")))?;
    let notice = rights
        .copyright_notice
        .clone()
        .filter(|notice| *notice != line)
        .map(|notice| format!(". {notice}"));
    let terms = rights.usage_terms.clone().map(|terms| format!(". {terms}"));
    let license = rights.license.as_ref().map(|license| {
        let name = license_name(license.as_str());
        view! { {". "}<a rel="license noopener" href=scope.link(license)>{name}</a> }.into_any()
    });
    Some(view! { <span class="credit" dir="auto">{line}{notice}{terms}{license}</span> }.into_any())
}

/// A licence's usual short name; its host where it is no Creative Commons licence.
fn license_name(address: &str) -> String {
    let parts: Vec<&str> = address.split('/').collect();
    match parts.as_slice() {
        [_, _, "creativecommons.org", "licenses", kind, version, ..] => {
            format!("CC {} {version}", kind.to_ascii_uppercase())
        }
        [_, _, "creativecommons.org", "publicdomain", "zero", version, ..] => format!("CC0 {version}"),
        [_, _, host, ..] => (*host).to_owned(),
        _ => address.to_owned(),
    }
}
