//! The front of an edition: the newest stories, or a pack of older ones.

use article::listing::{Card, CardKind, Head, Pack};
use leptos::prelude::*;

use crate::i18n::Word;
use crate::parts::card::{Layout, card};
use crate::parts::heading::page_heading;
use crate::route::Route;
use crate::scope::Scope;

/// How many stories stand beside the lead.
const RAIL: usize = 6;
/// How many cards a band of films or photo essays shows.
const BAND: usize = 3;

/// The front page, or one of the pages of older stories behind it.
pub fn front(scope: &Scope, head: &Head, pack: Option<&Pack>, older: usize) -> AnyView {
    match pack {
        Some(pack) => older_stories(scope, head, pack, older),
        None => newest(scope, head),
    }
}

fn newest(scope: &Scope, head: &Head) -> AnyView {
    let name = scope.site_name().to_owned();
    let heading = page_heading("visually-hidden", scope.messages.with(Word::front_heading, &[("site", &name)]));
    let Some((lead, rest)) = head.cards.split_first() else {
        return view! { <div class="wrap front">{heading}<p>{scope.t(Word::no_stories)}</p></div> }.into_any();
    };
    let (rail, more) = rest.split_at_checked(RAIL).unwrap_or((rest, &[]));
    let rail = (!rail.is_empty()).then(|| band(scope, "rail", Word::latest, rail, Layout::Row));
    // A story in a band is not shown again below it.
    let of_kind = |kind| more.iter().filter(|card| card.kind == kind).take(BAND).cloned().collect::<Vec<Card>>();
    let films = of_kind(CardKind::Video);
    let photos = of_kind(CardKind::Photos);
    let others: Vec<Card> = more
        .iter()
        .filter(|card| !films.iter().chain(&photos).any(|shown| shown.slug == card.slug))
        .cloned()
        .collect();
    let bands: Vec<AnyView> = [(Word::films_heading, films), (Word::photos_heading, photos), (Word::read_more, others)]
        .into_iter()
        .filter(|(_, cards)| !cards.is_empty())
        .map(|(word, cards)| band(scope, "band", word, &cards, Layout::Stack))
        .collect();
    view! {
        <div class="wrap front">
            {heading}
            <div class="front-grid"><div>{card(scope, lead, Layout::Lead, 2)}</div>{rail}</div>
            {campaigns(scope)}
            {bands}
            {pager(scope, head, 0)}
        </div>
    }
    .into_any()
}

fn older_stories(scope: &Scope, head: &Head, pack: &Pack, older: usize) -> AnyView {
    let cards: Vec<AnyView> = pack
        .cards
        .iter()
        .rev()
        .map(|item| card(scope, item, Layout::Stack, 2))
        .collect();
    view! {
        <div class="wrap front">
            {page_heading("listing-heading", scope.t(Word::older_heading))}
            <div class="grid">{cards}</div>
            {pager(scope, head, older)}
        </div>
    }
    .into_any()
}

/// A headed row of cards.
fn band(scope: &Scope, class: &'static str, word: Word, cards: &[Card], layout: Layout) -> AnyView {
    let cards: Vec<AnyView> = cards.iter().map(|item| card(scope, item, layout, 3)).collect();
    let (name, label) = (scope.t(word), scope.t(word));
    view! {
        <section class=class aria-label=label>
            <div class="band-head"><h2>{name}</h2></div>
            <div class="grid">{cards}</div>
        </section>
    }
    .into_any()
}

/// Featured links, such as an anniversary.
fn campaigns(scope: &Scope) -> Option<AnyView> {
    let links: Vec<AnyView> = scope
        .edition()?
        .campaigns
        .iter()
        .map(|campaign| {
            let text = campaign.text.clone().map(|text| view! { <span>{text}</span> }.into_any());
            view! { <li><a class="campaign" href=scope.link(&campaign.href)><strong>{campaign.label.clone()}</strong>{text}</a></li> }.into_any()
        })
        .collect();
    if links.is_empty() {
        return None;
    }
    let name = scope.t(Word::featured);
    Some(view! { <section class="campaigns" aria-label=name><ul role="list">{links}</ul></section> }.into_any())
}

/// How many of the closed packs the head itself repeats: `press` puts the newest
/// one into the head when the open pack is short.
#[must_use]
pub fn packs_behind(head: &Head) -> usize {
    let open = (head.count as usize).saturating_sub(head.packs.len() * article::listing::PACK_SIZE);
    let repeated = head.cards.len().saturating_sub(open) / article::listing::PACK_SIZE;
    head.packs.len().saturating_sub(repeated)
}

fn pager(scope: &Scope, head: &Head, older: usize) -> Option<AnyView> {
    let page = |older: usize| scope.to(&Route::Front { lang: scope.lang().clone(), older });
    let newer = (older > 0).then(|| {
        let words = scope.t(Word::newer_stories);
        view! { <a class="button" rel="prev" href=page(older - 1)>{words}</a> }.into_any()
    });
    let next = (older < packs_behind(head)).then(|| {
        let words = scope.t(Word::older_stories);
        view! { <a class="button" rel="next" href=page(older + 1)>{words}</a> }.into_any()
    });
    if newer.is_none() && next.is_none() {
        return None;
    }
    Some(view! { <p class="pager">{newer}{next}</p> }.into_any())
}
