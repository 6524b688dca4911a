//! A story as lists show it: one link, stretched over the whole card.

use article::listing::{Card, CardKind};
use leptos::html::custom;
use leptos::prelude::*;

use super::dates;
use super::picture::{Priority, Slot, picture};
use super::rich_text::without_links;
use crate::i18n::{Word, clock};
use crate::route::Route;
use crate::scope::Scope;

/// How a card is laid out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// The one large card of a front.
    Lead,
    /// A small picture beside the headline.
    Row,
    /// A picture above the headline.
    Stack,
}

/// A card with a heading of the given level (2 or 3).
pub fn card(scope: &Scope, card: &Card, layout: Layout, level: u8) -> AnyView {
    let (class, slot, priority) = match layout {
        Layout::Lead => ("card lead", Slot::Lead, Priority::First),
        Layout::Row => ("card row", Slot::Card, Priority::Later),
        Layout::Stack => ("card stack", Slot::Card, Priority::Later),
    };
    let story = Route::Story {
        lang: scope.lang().clone(),
        slug: card.slug.as_str().into(),
    };
    let media = card.thumbnail.as_ref().map(|image| {
        // The picture repeats what the headline beside it links to.
        let image = article::Image { alt: Some(String::new()), decorative: true, ..image.clone() };
        view! {
            <div class="thumbnail">
                {picture(scope, &image, slot, priority, None)}
                {tag(scope, card)}
            </div>
        }
        .into_any()
    });
    let label = card.label.clone().map(|label| view! { <p class="kicker">{label}</p> }.into_any());
    let headline = if card.headline.is_blank() {
        vec![card.slug.as_str().to_owned().into_any()]
    } else {
        without_links(&card.headline)
    };
    let heading = custom(if level == 2 { "h2" } else { "h3" })
        .child(view! { <a href=scope.to(&story)>{headline}</a> }.into_any());
    let standfirst = card.standfirst.as_ref().map(|text| {
        view! { <p class="summary">{without_links(text)}</p> }.into_any()
    });
    let minutes = card
        .minutes
        .map(|minutes| scope.messages.plural(Word::minutes_to_read, minutes as usize, &[]));
    let date = card.date_published.as_ref().map(|date| dates::day(scope, date));
    let meta = match (date, minutes) {
        (None, None) => None,
        (date, minutes) => {
            let separator = (date.is_some() && minutes.is_some()).then_some(" · ");
            Some(view! { <p class="meta">{date}{separator}{minutes}</p> }.into_any())
        }
    };
    view! {
        <article class=class>
            <div class="card-in">
                {media}
                <div class="card-text">{label}{heading}{standfirst}{meta}</div>
            </div>
        </article>
    }
    .into_any()
}

/// The word on the picture that says the story is a film or a series of photos.
fn tag(scope: &Scope, card: &Card) -> Option<AnyView> {
    let length = card.duration.map(|seconds| clock(seconds.whole()));
    let (class, text) = match card.kind {
        CardKind::Text => return None,
        CardKind::Video => ("tag film", length.unwrap_or_else(|| scope.t(Word::video))),
        CardKind::Audio => ("tag sound", length.unwrap_or_else(|| scope.t(Word::audio))),
        CardKind::Photos => (
            "tag photos",
            scope.messages.plural(Word::photo_count, card.photos.unwrap_or_default() as usize, &[]),
        ),
    };
    Some(view! { <span class=class>{text}</span> }.into_any())
}
