//! Lists, at most three deep.

use article::block::{List, ListItem};

use crate::markup::{Element, el};
use crate::parts::rich_text::rich_text;
use crate::scope::Scope;

/// A list and the lists in it.
pub fn list(scope: &Scope, list: &List) -> Element {
    let start = list
        .start
        .filter(|_| list.ordered)
        .map(|start| start.to_string());
    items(scope, &list.items, list.ordered).attr("start", start)
}

fn items(scope: &Scope, list: &[ListItem], ordered: bool) -> Element {
    list.iter()
        .fold(el(if ordered { "ol" } else { "ul" }), |element, item| {
            let below = (!item.items.is_empty()).then(|| items(scope, &item.items, ordered));
            element.put(el("li").put(rich_text(scope, &item.content)).put(below))
        })
}
