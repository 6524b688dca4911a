//! Rich text: only ever text nodes and a closed set of elements.

use article::{Direction, Href, Inline, Language, Marks, RichText};
use leptos::html::custom;
use leptos::prelude::*;

use crate::scope::Scope;

/// The pieces of a rich text; neighbours with one address become one link.
pub fn rich_text(scope: &Scope, text: &RichText) -> Vec<AnyView> {
    let mut views = Vec::new();
    let mut rest = text.0.as_slice();
    while let Some((first, others)) = rest.split_first() {
        let Some(href) = href_of(first) else {
            views.push(inline(first));
            rest = others;
            continue;
        };
        let length = rest
            .iter()
            .take_while(|piece| href_of(piece) == Some(href))
            .count();
        let (linked, others) = rest.split_at(length);
        let content: Vec<AnyView> = linked.iter().map(inline).collect();
        views.push(link(scope, href, content));
        rest = others;
    }
    views
}

/// The same without links, for where the whole is already one: a headline in a card.
pub fn without_links(text: &RichText) -> Vec<AnyView> {
    text.0.iter().map(inline).collect()
}

/// A link of the content.
pub fn link(scope: &Scope, href: &Href, content: Vec<AnyView>) -> AnyView {
    let external = href.is_external().then_some("noopener");
    view! { <a href=scope.link(href) rel=external>{content}</a> }.into_any()
}

fn href_of(inline: &Inline) -> Option<&Href> {
    match inline {
        Inline::Span(span) => span.href.as_ref(),
        Inline::Text(_) => None,
    }
}

fn inline(inline: &Inline) -> AnyView {
    match inline {
        Inline::Text(text) => lines(text),
        Inline::Span(span) => {
            let marked = marked(span.marks, lines(&span.text));
            match &span.lang {
                None if span.dir.is_none() => marked,
                language => passage(language.as_ref(), span.dir, marked),
            }
        }
    }
}

/// A passage in another language or direction. Without a direction of its own it
/// takes that of its first strong letter.
fn passage(language: Option<&Language>, direction: Option<Direction>, content: AnyView) -> AnyView {
    let lang = language.map(|language| language.as_str().to_owned());
    let dir = direction.unwrap_or(Direction::Auto).as_str();
    view! { <span lang=lang dir=dir>{content}</span> }.into_any()
}

fn marked(marks: Marks, content: AnyView) -> AnyView {
    marks.iter().fold(content, |content, mark| {
        let tag = match mark.as_str() {
            "strike" => "s",
            tag => tag,
        };
        custom(tag).child(content).into_any()
    })
}

/// Text in which a line feed is a line break.
fn lines(text: &str) -> AnyView {
    if !text.contains('\n') {
        return text.to_owned().into_any();
    }
    text.split('\n')
        .enumerate()
        .map(|(index, line)| {
            let line_break = (index > 0).then(|| custom("br"));
            (line_break, line.to_owned()).into_any()
        })
        .collect::<Vec<_>>()
        .into_any()
}
