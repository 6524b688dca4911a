//! The front of an edition: the newest stories, or a pack of older ones.

use article::listing::{Card, CardKind, Head, Pack};

use crate::i18n::Word;
use crate::markup::{Element, el};
use crate::parts::card::{Layout, card};
use crate::parts::heading::page_heading;
use crate::parts::pager::pager;
use crate::scope::Scope;

/// How many stories stand beside the lead.
const RAIL: usize = 6;
/// How many cards a band of films or photo essays shows, and how many it needs to
/// be one: a single card would stand in an empty row.
const BAND: usize = 4;
const BAND_LEAST: usize = 2;

/// The front page, or one of the pages of older stories behind it.
pub fn front(scope: &Scope, head: &Head, pack: Option<&Pack>) -> Element {
    let page = el("div").class("wrap front");
    match pack {
        Some(pack) => older_stories(scope, page, head, pack),
        None => newest(scope, page, head),
    }
}

fn newest(scope: &Scope, page: Element, head: &Head) -> Element {
    let heading = scope
        .messages
        .with(Word::front_heading, &[("site", scope.site_name())]);
    let page = page.put(page_heading().class("visually-hidden").put(heading));
    let Some((lead, rest)) = head.cards.split_first() else {
        return page.put(el("p").put(scope.t(Word::no_stories)));
    };
    let (rail, more) = rest.split_at_checked(RAIL).unwrap_or((rest, &[]));
    // A story in a band is not shown again below it.
    let of_kind = |kind| {
        let cards: Vec<&Card> = more
            .iter()
            .filter(|card| card.kind == kind)
            .take(BAND)
            .collect();
        if cards.len() < BAND_LEAST {
            Vec::new()
        } else {
            cards
        }
    };
    let films = of_kind(CardKind::Video);
    let photos = of_kind(CardKind::Photos);
    let is_shown = |card: &&Card| {
        films
            .iter()
            .chain(&photos)
            .any(|shown| shown.slug == card.slug)
    };
    let others: Vec<&Card> = more.iter().filter(|card| !is_shown(card)).collect();
    let grid = el("div")
        .class("front-grid")
        .put(el("div").put(card(scope, lead, Layout::Lead, "h2")))
        .put(band(
            scope,
            "rail",
            Word::latest,
            &rail.iter().collect::<Vec<_>>(),
            Layout::Row,
        ));
    page.put(grid)
        .put(campaigns(scope))
        .put(band(
            scope,
            "band",
            Word::films_heading,
            &films,
            Layout::Stack,
        ))
        .put(band(
            scope,
            "band",
            Word::photos_heading,
            &photos,
            Layout::Stack,
        ))
        .put(band(
            scope,
            "band",
            Word::more_stories,
            &others,
            Layout::Stack,
        ))
        .put(pager(scope, head, Word::newer_stories, Word::older_stories))
}

fn older_stories(scope: &Scope, page: Element, head: &Head, pack: &Pack) -> Element {
    let grid = pack
        .cards
        .iter()
        .rev()
        .fold(el("div").class("grid"), |grid, item| {
            grid.put(card(scope, item, Layout::Stack, "h2"))
        });
    page.put(
        page_heading()
            .class("listing-heading")
            .put(scope.t(Word::older_heading)),
    )
    .put(grid)
    .put(pager(scope, head, Word::newer_stories, Word::older_stories))
}

/// A headed row of cards; nothing without cards.
fn band(
    scope: &Scope,
    class: &'static str,
    word: Word,
    cards: &[&Card],
    layout: Layout,
) -> Option<Element> {
    if cards.is_empty() {
        return None;
    }
    let grid = cards.iter().fold(el("div").class("grid"), |grid, item| {
        grid.put(card(scope, item, layout, "h3"))
    });
    let band = el("section")
        .class(class)
        .attr("aria-label", scope.t(word))
        .put(
            el("div")
                .class("band-head")
                .put(el("h2").put(scope.t(word))),
        )
        .put(grid);
    Some(band)
}

/// Featured links, such as an anniversary.
fn campaigns(scope: &Scope) -> Option<Element> {
    let campaigns = &scope.edition()?.campaigns;
    if campaigns.is_empty() {
        return None;
    }
    let links = campaigns
        .iter()
        .fold(el("ul").attr("role", "list"), |list, campaign| {
            let text = campaign
                .text
                .as_ref()
                .map(|text| el("span").put(text.as_str()));
            let link = el("a")
                .class("campaign")
                .attr("href", scope.link(&campaign.href))
                .put(el("strong").put(campaign.label.as_str()))
                .put(text);
            list.put(el("li").put(link))
        });
    Some(
        el("section")
            .class("campaigns")
            .attr("aria-label", scope.t(Word::featured))
            .put(links),
    )
}
