//! The films of an edition, newest first.

use article::listing::{Card, Head, Pack};

use super::shown;
use crate::i18n::Word;
use crate::markup::{Element, el};
use crate::parts::card::{Layout, card};
use crate::parts::heading::page_heading;
use crate::parts::pager::pager;
use crate::scope::Scope;

/// How many films follow the one on its page.
const NEXT: usize = 4;

/// The head of the list, or a pack of older films.
pub fn videos(scope: &Scope, head: &Head, pack: Option<&Pack>) -> Element {
    let page = el("div").class("wrap listing").put(
        page_heading()
            .class("listing-heading")
            .put(scope.t(Word::videos)),
    );
    if head.cards.is_empty() {
        return page.put(el("p").put(scope.t(Word::no_videos)));
    }
    let grid = shown(head, pack).fold(el("div").class("grid"), |grid, item| {
        grid.put(card(scope, item, Layout::Stack, "h2"))
    });
    page.put(grid)
        .put(pager(scope, head, Word::newer_page, Word::older_page))
}

/// The films that come after one of them; where the list ends, the newest go on.
#[must_use]
pub fn after<'a>(head: &'a Head, slug: &str, id: &str) -> Vec<&'a Card> {
    let is_own = |card: &Card| card.slug.as_str() == slug && card.part.as_deref() == Some(id);
    let (newer, older) = match head.cards.iter().position(is_own) {
        Some(place) => head.cards.split_at(place),
        None => ([].as_slice(), head.cards.as_slice()),
    };
    let others = older.iter().chain(newer).filter(|card| !is_own(card));
    others.take(NEXT).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::after;
    use article::listing::Head;

    fn next(slug: &str) -> Vec<String> {
        let cards: Vec<String> = ["f", "e", "d", "c", "b", "a"]
            .iter()
            .map(|slug| format!(r#"{{"slug":"{slug}","part":"film"}}"#))
            .collect();
        let head = format!(r#"{{"count":6,"cards":[{}]}}"#, cards.join(","));
        let head = Head::read_leniently(&head).unwrap();
        let next = after(&head, slug, "film");
        next.iter()
            .map(|card| card.slug.as_str().to_owned())
            .collect()
    }

    #[test]
    fn the_next_films_are_the_older_ones_and_then_the_newest() {
        assert_eq!(next("e"), ["d", "c", "b", "a"]);
        assert_eq!(next("b"), ["a", "f", "e", "d"]);
        assert_eq!(next("not-in-the-head"), ["f", "e", "d", "c"]);
    }
}
