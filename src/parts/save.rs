//! The way to saving a story: the page on which the worker says how large it is.

use article::Article;
use article::site::Offline;
use article::story::PubStatus;

use crate::i18n::Word;
use crate::markup::{Element, el};
use crate::platform::page;
use crate::route::{Route, push_encoded};
use crate::scope::Scope;

/// A button below a story's headline. The worker is installed when it is pressed, and
/// not before; the boot module then goes to the address in it.
pub fn save(scope: &Scope, article: &Article) -> Option<Element> {
    let is_story = matches!(scope.route, Route::Story { .. });
    if scope.site.offline == Offline::Off || !is_story || article.pub_status != PubStatus::Usable {
        return None;
    }
    let lang = scope.lang().clone();
    let mut address = scope.to(&Route::Saved { lang });
    address.push_str("?story=");
    push_encoded(&mut address, &scope.route.path());
    let button = el("button")
        .class("button keep")
        .attr("type", "button")
        .attr("value", address)
        .put(scope.t(Word::save_offline))
        .on("click", |_| page::tell("dateline:save"));
    Some(el("p").class("save").put(button))
}
