//! From one page of a list to the next.

use article::listing::Head;

use crate::i18n::Word;
use crate::markup::{Element, el};
use crate::scope::Scope;

/// Links to the newer and the older page of the list that the route shows, called by
/// these two words. Nothing where the list has one page.
pub fn pager(scope: &Scope, head: &Head, newer: Word, older: Word) -> Option<Element> {
    let here = scope.route.older();
    let link = |packs: usize, rel: &'static str, word: Word| {
        el("a")
            .class("button")
            .attr("rel", rel)
            .attr("href", scope.to(&scope.route.clone().with_older(packs)))
            .put(scope.t(word))
    };
    let newer = (here > 0).then(|| link(here - 1, "prev", newer));
    let older = (here < head.behind()).then(|| link(here + 1, "next", older));
    (newer.is_some() || older.is_some()).then(|| el("p").class("pager").put(newer).put(older))
}
