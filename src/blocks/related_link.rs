//! A pointer to another story.

use article::story::Link;

use crate::i18n::Word;
use crate::markup::{Element, Nodes, el, nodes};
use crate::parts::dates;
use crate::parts::rich_text::link;
use crate::scope::Scope;

/// Between two paragraphs.
pub fn related_link(scope: &Scope, link: &Link) -> Element {
    el("p")
        .class("read-more")
        .put(el("span").class("kicker").put(scope.t(Word::read_more)))
        .put(" ")
        .put(target(scope, link))
}

/// The link itself, with its language where that differs and its date if it has one.
pub fn target(scope: &Scope, target: &Link) -> Nodes {
    let lang = target
        .language
        .as_ref()
        .map(|language| language.as_str().to_owned());
    let text = if target.headline.is_empty() {
        target.href.shown()
    } else {
        target.headline.clone()
    };
    let date = target.date_published.as_ref().map(|date| {
        el("span")
            .class("meta")
            .put(" ")
            .put(dates::day(scope, date))
    });
    let link = link(scope, &target.href)
        .attr("hreflang", lang.clone())
        .attr("lang", lang);
    nodes![link.put(text), date]
}
