//! The photos of an edition with their captions, or those of one topic or place.

use article::listing::{Card, Filter, Head, Pack};

use super::shown;
use crate::i18n::Word;
use crate::markup::{Element, el};
use crate::parts::cover::covered;
use crate::parts::figure::said_below;
use crate::parts::heading::page_heading;
use crate::parts::pager::pager;
use crate::parts::picture::{Priority, Slot, picture};
use crate::parts::rich_text::without_links;
use crate::route::{Facet, Only, Route};
use crate::scope::Scope;

/// The wall of photos, newest first: the head of the list, or a pack of older ones.
pub fn photos(scope: &Scope, head: &Head, pack: Option<&Pack>, only: Option<&Only>) -> Element {
    let page = el("div")
        .class("wrap listing")
        .put(
            page_heading()
                .class("listing-heading")
                .put(title(scope, head, only)),
        )
        .put(filters(scope, head, only));
    let mut wall = el("ul").class("wall").attr("role", "list");
    let mut priority = Priority::First;
    for card in shown(head, pack) {
        if let Some(tile) = tile(scope, card, priority) {
            wall = wall.put(tile);
            priority = Priority::Later;
        }
    }
    if head.cards.is_empty() {
        return page.put(el("p").put(scope.t(Word::no_photos)));
    }
    page.put(wall)
        .put(pager(scope, head, Word::newer_page, Word::older_page))
}

/// "Photos", or "Photos: Harbour".
#[must_use]
pub fn title(scope: &Scope, head: &Head, only: Option<&Only>) -> String {
    match only {
        None => scope.t(Word::gallery),
        Some(only) => {
            let own = named(head, only.facet)
                .iter()
                .find(|filter| filter.id == only.id);
            let name = own.map_or(only.id.as_str(), |filter| filter.name.as_str());
            scope.messages.with(Word::photos_of, &[("name", name)])
        }
    }
}

fn named(head: &Head, facet: Facet) -> &[Filter] {
    match facet {
        Facet::Topic => &head.topics,
        Facet::Place => &head.places,
    }
}

/// Links to the photos of each topic and place: pages of their own, which need no script.
fn filters(scope: &Scope, head: &Head, only: Option<&Only>) -> Option<Element> {
    let all = only.map(|_| {
        el("a")
            .class("button")
            .attr("href", scope.to(&list(scope, None)))
            .put(scope.t(Word::all_photos))
    });
    let group = |facet: Facet, word: Word| {
        let filters = named(head, facet);
        if filters.is_empty() {
            return None;
        }
        let links = filters
            .iter()
            .fold(el("ul").attr("role", "list"), |links, filter| {
                let own = Only {
                    facet,
                    id: filter.id.clone(),
                };
                let is_here = only == Some(&own);
                let link = el("a")
                    .class("button topic")
                    .attr("href", scope.to(&list(scope, Some(own))))
                    .attr("aria-current", is_here.then_some("page"))
                    .put(filter.name.as_str());
                links.put(el("li").put(link))
            });
        Some(
            el("details")
                .put(el("summary").put(scope.t(word)))
                .put(links),
        )
    };
    let topics = group(Facet::Topic, Word::topics);
    let places = group(Facet::Place, Word::places);
    if topics.is_none() && places.is_none() && all.is_none() {
        return None;
    }
    Some(
        el("nav")
            .class("filters")
            .attr("aria-label", scope.t(Word::narrow))
            .put(all)
            .put(topics)
            .put(places),
    )
}

fn list(scope: &Scope, only: Option<Only>) -> Route {
    Route::Photos {
        lang: scope.lang().clone(),
        only,
        older: 0,
    }
}

/// A photo as wide as its shape and its row ask, its caption below.
fn tile(scope: &Scope, card: &Card, priority: Priority) -> Option<Element> {
    let image = card.thumbnail.as_ref()?;
    let lang = scope.lang().clone();
    let slug = card.slug.as_str().to_owned();
    let story = Route::Story {
        lang: lang.clone(),
        slug: slug.clone(),
    };
    let page = match &card.part {
        Some(id) => Route::Photo {
            lang,
            slug,
            id: id.clone(),
        },
        None => story.clone(),
    };
    let link = el("a")
        .class("enlarge")
        .attr("href", scope.to(&page))
        .put(picture(
            scope,
            image,
            Slot::Wall,
            priority,
            Some(scope.t(Word::picture_missing)),
        ))
        .put(
            el("span")
                .class("visually-hidden")
                .put(scope.t(Word::enlarge)),
        );
    let headline = el("a").attr("href", scope.to(&story));
    let headline = if card.headline.is_blank() {
        headline.put(card.slug.as_str())
    } else {
        headline.put(without_links(&card.headline))
    };
    let figure = el("figure").put(covered(scope, image, link)).put(
        el("figcaption")
            .put(said_below(scope, image))
            .put(el("span").class("of-story").put(headline)),
    );
    Some(
        el("li")
            .attr("class", shape(image.width, image.height))
            .put(figure),
    )
}

/// The class of a shape: its width in twelfths of its height. A class, because the
/// content policy allows no `style` attribute in a snapshot, and in twelfths the usual
/// shapes (3:2, 4:3, 2:3, 3:4, 1:1) are exact; others lose a little at an edge. Of a
/// picture whose size nobody knows it is that of most.
fn shape(width: Option<u32>, height: Option<u32>) -> String {
    const FLATTEST: u32 = 36;
    const TALLEST: u32 = 6;
    let twelfths = match (width, height) {
        (Some(width), Some(height @ 1..)) => {
            (width.saturating_mul(12).saturating_add(height / 2) / height).clamp(TALLEST, FLATTEST)
        }
        _ => 18,
    };
    format!("s{twelfths}")
}

#[cfg(test)]
mod tests {
    use super::shape;

    #[test]
    fn a_shape_is_told_in_twelfths_within_what_a_row_can_hold() {
        for (width, height, class) in [
            (1800, 1200, "s18"),
            (800, 1200, "s8"),
            (1600, 900, "s21"),
            (100, 10_000, "s6"),
            (u32::MAX, 1, "s36"),
        ] {
            assert_eq!(shape(Some(width), Some(height)), class);
        }
        assert_eq!(shape(Some(5), Some(0)), "s18");
        assert_eq!(shape(None, None), "s18");
    }
}
