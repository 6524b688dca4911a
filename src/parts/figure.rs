//! A picture with its caption and credit.

use article::Image;

use super::cover::covered;
use super::picture::{Priority, Slot, picture};
use super::rich_text::rich_text;
use super::rights::credit;
use crate::i18n::Word;
use crate::markup::{Element, Nodes, el, nodes};
use crate::route::Route;
use crate::scope::Scope;

/// The fragment by which a photo's page leads back to its place in the story.
#[must_use]
pub fn photo_anchor(id: &str) -> String {
    format!("photo-{id}")
}

/// A figure: the picture (a link to its own page where it has one), the caption,
/// and the credit on its own line.
pub fn figure(
    scope: &Scope,
    image: &Image,
    class: &'static str,
    slot: Slot,
    priority: Priority,
) -> Element {
    el("figure")
        .class(class)
        .attr("id", image.id.as_deref().map(photo_anchor))
        .put(linked_picture(scope, image, slot, priority))
        .put(caption(scope, image))
}

/// The picture, as a link to its own page if there is one.
fn linked_picture(scope: &Scope, image: &Image, slot: Slot, priority: Priority) -> Element {
    let content = picture(
        scope,
        image,
        slot,
        priority,
        Some(scope.t(Word::picture_missing)),
    );
    let content = match photo_page(scope, image).filter(|_| !image.renditions.is_empty()) {
        Some(page) => el("a")
            .class("enlarge")
            .attr("href", scope.to(&page))
            .put(content)
            .put(
                el("span")
                    .class("visually-hidden")
                    .put(scope.t(Word::enlarge)),
            ),
        None => content,
    };
    covered(scope, image, content)
}

fn photo_page(scope: &Scope, image: &Image) -> Option<Route> {
    match scope.route.story()? {
        Route::Story { lang, slug } => Some(Route::Photo {
            lang,
            slug,
            id: image
                .id
                .clone()
                .filter(|id| article::Slug::new(id).is_some())?,
        }),
        _ => None,
    }
}

/// Caption, credit, long description, and the plain word where nobody described
/// an old picture. Nothing if there is nothing to say.
pub fn caption(scope: &Scope, image: &Image) -> Option<Element> {
    let said = said_below(scope, image);
    (!said.is_empty()).then(|| el("figcaption").put(said))
}

/// What a caption is made of.
pub fn said_below(scope: &Scope, image: &Image) -> Nodes {
    let text = image
        .caption
        .as_ref()
        .map(|caption| el("span").class("caption").put(rich_text(scope, caption)));
    let undescribed = (image.alt.is_none() && !image.decorative).then(|| {
        el("span")
            .class("undescribed")
            .put(scope.t(Word::no_description))
    });
    let credit = credit(scope, image.rights.as_ref());
    let long = image.long_description.as_ref().map(|text| {
        el("details")
            .put(el("summary").put(scope.t(Word::long_description)))
            .put(el("p").put(rich_text(scope, text)))
    });
    nodes![text, undescribed, credit, long]
}
