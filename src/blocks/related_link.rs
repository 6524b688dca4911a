//! A pointer to another story.

use article::story::Link;
use leptos::prelude::*;

use crate::i18n::Word;
use crate::parts::dates;
use crate::scope::Scope;

/// Between two paragraphs.
pub fn related_link(scope: &Scope, link: &Link) -> AnyView {
    let words = scope.t(Word::read_more);
    view! { <p class="read-more"><span class="kicker">{words}</span>{" "}{target(scope, link)}</p> }.into_any()
}

/// The link itself, with its language where that differs and its date if it has one.
pub fn target(scope: &Scope, link: &Link) -> AnyView {
    let lang = link.language.as_ref().map(|language| language.as_str().to_owned());
    let external = link.href.is_external().then_some("noopener");
    let text = if link.headline.is_empty() { link.href.as_str().to_owned() } else { link.headline.clone() };
    let date = link.date_published.as_ref().map(|date| {
        view! { <span class="meta">{" "}{dates::day(scope, date)}</span> }.into_any()
    });
    view! { <a href=scope.link(&link.href) rel=external hreflang=lang.clone() lang=lang>{text}</a>{date} }.into_any()
}
