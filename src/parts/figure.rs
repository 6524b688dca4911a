//! A picture with its caption and credit.

use article::Image;
use leptos::prelude::*;

use super::picture::{Priority, Slot, picture};
use super::rich_text::rich_text;
use super::rights::credit;
use crate::i18n::Word;
use crate::route::Route;
use crate::scope::Scope;

/// The fragment by which a photo's page leads back to its place in the story.
#[must_use]
pub fn photo_anchor(id: &str) -> String {
    format!("photo-{id}")
}

/// A figure: the picture (a link to its own page where it has one), the caption,
/// and the credit on its own line.
pub fn figure(scope: &Scope, image: &Image, class: &'static str, slot: Slot, priority: Priority) -> AnyView {
    let anchor = image.id.as_deref().map(photo_anchor);
    view! {
        <figure class=class id=anchor>
            {linked_picture(scope, image, slot, priority)}
            {caption(scope, image)}
        </figure>
    }
    .into_any()
}

/// The picture, as a link to its own page if there is one.
pub fn linked_picture(scope: &Scope, image: &Image, slot: Slot, priority: Priority) -> AnyView {
    let content = picture(scope, image, slot, priority, Some(scope.t(Word::picture_missing)));
    match (photo_page(scope, image), image.renditions.is_empty()) {
        (Some(page), false) => {
            let name = scope.t(Word::enlarge);
            view! {
                <a class="enlarge" href=scope.to(&page)>{content}<span class="visually-hidden">{name}</span></a>
            }
            .into_any()
        }
        _ => content,
    }
}

fn photo_page(scope: &Scope, image: &Image) -> Option<Route> {
    match scope.route.story()? {
        Route::Story { lang, slug } => Some(Route::Photo {
            lang,
            slug,
            id: image.id.clone().filter(|id| article::Slug::new(id).is_some())?,
        }),
        _ => None,
    }
}

/// Caption, credit, long description, and the plain word where nobody described
/// an old picture. Nothing if there is nothing to say.
pub fn caption(scope: &Scope, image: &Image) -> Option<AnyView> {
    let text = image.caption.as_ref().map(|caption| {
        view! { <span class="caption">{rich_text(scope, caption)}</span> }.into_any()
    });
    let undescribed = (image.alt.is_none() && !image.decorative).then(|| {
        let sentence = scope.t(Word::no_description);
        view! { <span class="undescribed">{sentence}</span> }.into_any()
    });
    let credit = credit(scope, image.rights.as_ref());
    let long = image.long_description.as_ref().map(|text| {
        let summary = scope.t(Word::long_description);
        view! { <details><summary>{summary}</summary><p>{rich_text(scope, text)}</p></details> }.into_any()
    });
    if text.is_none() && undescribed.is_none() && credit.is_none() && long.is_none() {
        return None;
    }
    Some(view! { <figcaption>{text}{undescribed}{credit}{long}</figcaption> }.into_any())
}
