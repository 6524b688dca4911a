//! What covers a picture or film that carries a warning, until the reader asks for it.
//!
//! A `details` element: it works without a script, and keyboards and screen readers know
//! it. Browsers that run scripts fetch nothing lazy inside a closed one; those that run
//! none fetch all pictures at once. What a reader has uncovered stays so for the visit;
//! where storage is blocked, until the page is loaded anew.

use article::Image;
use leptos::prelude::RwSignal;

use super::picture::plain_file;
use crate::i18n::Word;
use crate::markup::{Element, el};
use crate::scope::Scope;

/// A picture, covered if it or its story carries a warning. `content` is the picture, or
/// a link around it.
pub fn covered(scope: &Scope, image: &Image, content: Element) -> Element {
    let warning = scope.warning(image.content_warning.as_deref());
    let Some(warning) = warning.filter(|_| !image.renditions.is_empty()) else {
        return content;
    };
    let files: Vec<_> = image.renditions.iter().collect();
    let name = plain_file(&files).map(|file| file.href.as_str());
    let cover = cover(
        scope,
        warning,
        name.unwrap_or_default(),
        RwSignal::new(false),
    );
    cover.put(content)
}

/// The cover alone, for what is put into it. `name` tells it from others on the site;
/// `open` follows whether the reader has asked.
pub fn cover(scope: &Scope, warning: &str, name: &str, open: RwSignal<bool>) -> Element {
    let button = |class, word| el("span").class(class).put(scope.t(word));
    let words = el("span")
        .class("warning")
        .put(el("strong").put(scope.t(Word::warned)))
        .put(" ")
        .put(warning);
    let details = el("details").class("cover").put(
        el("summary")
            .put(words)
            .put(" ")
            .put(button("button show", Word::show))
            .put(button("button hide", Word::hide)),
    );
    followed(details, name, open)
}

#[cfg(feature = "ssr")]
fn followed(details: Element, _: &str, _: RwSignal<bool>) -> Element {
    details
}

#[cfg(not(feature = "ssr"))]
fn followed(details: Element, name: &str, open: RwSignal<bool>) -> Element {
    use crate::platform::dom;
    use leptos::prelude::Set;

    let name = format!("{name}\n");
    details.hold(move |node| {
        // The browser tells of this change too.
        if visit::has(&name) {
            dom::set_attribute(&node, "open", "");
        }
        let element = node.clone();
        let listening = dom::listen(&node, "toggle", move |_| {
            let is_open = dom::attribute(&element, "open").is_some();
            visit::note(&name, is_open);
            open.set(is_open);
        })?;
        Some(Box::new(listening))
    })
}

/// The names of what was uncovered, each followed by a line break.
#[cfg(not(feature = "ssr"))]
mod visit {
    use std::cell::RefCell;

    use crate::platform::{page, storage};

    thread_local! {
        static UNCOVERED: RefCell<String> =
            RefCell::new(storage::get_for_visit(&key()).unwrap_or_default());
    }

    fn key() -> String {
        format!("dateline:{}:uncovered", page::base())
    }

    pub fn has(name: &str) -> bool {
        UNCOVERED.with_borrow(|names| names.contains(name))
    }

    pub fn note(name: &str, is_open: bool) {
        if has(name) == is_open {
            return;
        }
        UNCOVERED.with_borrow_mut(|names| {
            if is_open {
                names.push_str(name);
            } else {
                *names = names.replace(name, "");
            }
            storage::set_for_visit(&key(), names);
        });
    }
}
