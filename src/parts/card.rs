//! A story as lists show it, or a film: one link, stretched over the whole card. A film's
//! story has a second one above that.

use article::Language;
use article::listing::{Card, CardKind};

use super::dates;
use super::picture::{Priority, Slot, picture};
use super::rich_text::without_links;
use crate::i18n::{Word, clock};
use crate::markup::{Element, el};
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

/// A card with a heading, `h2` or `h3`.
pub fn card(scope: &Scope, card: &Card, layout: Layout, heading: &'static str) -> Element {
    let (class, slot, priority) = match layout {
        Layout::Lead => ("card lead", Slot::Lead, Priority::First),
        Layout::Row => ("card row", Slot::Card, Priority::Later),
        Layout::Stack => ("card stack", Slot::Card, Priority::Later),
    };
    let story = Route::Story {
        lang: scope.lang().clone(),
        slug: card.slug.as_str().into(),
    };
    let own = card.part.as_ref().map(|id| Route::Video {
        lang: scope.lang().clone(),
        slug: card.slug.as_str().into(),
        id: id.clone(),
    });
    let media = card.thumbnail.as_ref().map(|image| {
        // The picture repeats what the headline beside it links to.
        let image = article::Image {
            decorative: true,
            ..image.clone()
        };
        el("div")
            .class("thumbnail")
            .put(picture(scope, &image, slot, priority, None))
            .put(tag(scope, card))
    });
    let link = el("a").attr("href", scope.to(own.as_ref().unwrap_or(&story)));
    let link = if let Some(title) = &card.title {
        link.put(title.as_str())
    } else if card.headline.is_blank() {
        link.put(card.slug.as_str())
    } else {
        link.put(without_links(&card.headline))
    };
    let text = el("div")
        .class("card-text")
        .put(
            card.label
                .clone()
                .map(|label| el("p").class("kicker").put(label)),
        )
        .put(el(heading).put(link))
        .put(
            card.standfirst
                .as_ref()
                .map(|text| el("p").class("summary").put(without_links(text))),
        )
        .put(meta(scope, card, layout))
        .put(captions(scope, card))
        .put(card.title.as_ref().map(|_| {
            let link = el("a")
                .attr("href", scope.to(&story))
                .put(without_links(&card.headline));
            el("p").class("meta of-story").put(link)
        }));
    el("article")
        .class(class)
        .put(el("div").class("card-in").put(media).put(text))
}

/// Date and reading time; beside a small picture there is room for the date alone.
fn meta(scope: &Scope, card: &Card, layout: Layout) -> Option<Element> {
    let date = card
        .date_published
        .as_ref()
        .map(|date| dates::day(scope, date));
    let minutes = card
        .minutes
        .filter(|_| layout != Layout::Row)
        .map(|minutes| {
            scope
                .messages
                .plural(Word::minutes_to_read, minutes as usize, &[])
        });
    let separator = (date.is_some() && minutes.is_some()).then_some(" · ");
    (date.is_some() || minutes.is_some())
        .then(|| el("p").class("meta").put(date).put(separator).put(minutes))
}

/// The languages in which a film can be read.
fn captions(scope: &Scope, card: &Card) -> Option<Element> {
    let names: Vec<&str> = card.captions.iter().map(Language::own_name).collect();
    let words = scope
        .messages
        .with(Word::captions_in, &[("languages", &names.join(" · "))]);
    (!names.is_empty()).then(|| el("p").class("meta").put(words))
}

/// The word on the picture that says the story is a film or a series of photos.
fn tag(scope: &Scope, card: &Card) -> Option<Element> {
    let length = card.duration.map(|seconds| clock(seconds.whole()));
    let (class, text) = match card.kind {
        CardKind::Text => return None,
        CardKind::Video => ("tag film", length.unwrap_or_else(|| scope.t(Word::video))),
        CardKind::Audio => ("tag sound", length.unwrap_or_else(|| scope.t(Word::audio))),
        CardKind::Photos => (
            "tag photos",
            scope.messages.plural(
                Word::photo_count,
                card.photos.unwrap_or_default() as usize,
                &[],
            ),
        ),
    };
    Some(el("span").class(class).put(text))
}
