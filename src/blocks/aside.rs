//! A box beside the story.

use article::Block;
use article::block::Aside;
use leptos::prelude::*;

use super::block;
use crate::parts::rich_text::rich_text;
use crate::scope::Scope;

/// A box with its title. A box inside a box is shown without its frame.
pub fn aside(scope: &Scope, aside: &Aside) -> AnyView {
    let name = aside.title.as_ref().map(article::RichText::to_plain);
    let title = aside.title.as_ref().map(|title| view! { <p class="box-title">{rich_text(scope, title)}</p> }.into_any());
    let body: Vec<AnyView> = aside
        .body
        .iter()
        .flat_map(|item| match item {
            Block::Aside(inner) => inner.body.iter().map(|item| block(scope, item)).collect(),
            item => vec![block(scope, item)],
        })
        .collect();
    // Without a name of its own it is no landmark, only a box.
    match name {
        Some(name) => view! { <div class="box" role="note" aria-label=name>{title}{body}</div> }.into_any(),
        None => view! { <div class="box" role="note">{body}</div> }.into_any(),
    }
}
