//! Lists, at most three deep.

use article::block::{List, ListItem};
use leptos::prelude::*;

use crate::parts::rich_text::rich_text;
use crate::scope::Scope;

/// A list and the lists in it.
pub fn list(scope: &Scope, list: &List) -> AnyView {
    items(scope, &list.items, list.ordered, list.start)
}

fn items(scope: &Scope, list: &[ListItem], ordered: bool, start: Option<i32>) -> AnyView {
    let content: Vec<AnyView> = list
        .iter()
        .map(|item| {
            let below = (!item.items.is_empty()).then(|| items(scope, &item.items, ordered, None));
            view! { <li>{rich_text(scope, &item.content)}{below}</li> }.into_any()
        })
        .collect();
    if ordered {
        view! { <ol start=start.map(|n| n.to_string())>{content}</ol> }.into_any()
    } else {
        view! { <ul>{content}</ul> }.into_any()
    }
}
