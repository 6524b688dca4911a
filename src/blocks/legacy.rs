//! The honest card for a film or sound that nothing plays any more.
//!
//! Old pages carry RealPlayer, Windows Media, QuickTime and Flash. Such a film is
//! not an error: the card says what it was, of when, and what is left of it. The
//! old address is printed as text: `rtsp:` and its like open nowhere.

use article::media::{Availability, LegacyFormat, LegacySource, LinkStatus};
use article::{Image, Media};

use crate::i18n::{Word, clock};
use crate::markup::{Element, el, nodes};
use crate::parts::cover::covered;
use crate::parts::dates;
use crate::parts::picture::{Priority, Slot, picture};
use crate::parts::rich_text::link;
use crate::scope::Scope;

/// Poster, what it was and why it does not play, and its old addresses.
pub fn legacy(scope: &Scope, media: &Media, priority: Priority) -> Element {
    let poster = media.poster.as_ref().map(|image| {
        let warned = Image {
            content_warning: image
                .content_warning
                .clone()
                .or(media.content_warning.clone()),
            ..image.clone()
        };
        covered(
            scope,
            &warned,
            picture(scope, &warned, Slot::Wide, priority, None),
        )
    });
    let addresses = (!media.legacy_sources.is_empty()).then(|| {
        let list = el("ul").attr("role", "list");
        media
            .legacy_sources
            .iter()
            .fold(list, |list, source| list.put(address(scope, source)))
    });
    let date = media
        .content_created
        .as_ref()
        .map(|date| dates::day(scope, date));
    let length = media.duration.map(|seconds| clock(seconds.whole()));
    let separator = (date.is_some() && length.is_some()).then_some(" · ");
    let facts = (date.is_some() || length.is_some())
        .then(|| el("p").class("meta").put(date).put(separator).put(length));
    let text = el("div")
        .class("legacy-text")
        .put(
            el("p")
                .put(el("strong").put(what_became_of_it(scope, media)))
                .put(" ")
                .put(scope.t(Word::legacy_explained)),
        )
        .put(facts)
        .put(addresses);
    el("div").class("legacy").put(poster).put(text)
}

fn what_became_of_it(scope: &Scope, media: &Media) -> String {
    match media.availability {
        Availability::TranscriptOnly => scope.t(Word::media_transcript_only),
        Availability::Missing => scope.t(Word::media_missing),
        Availability::Withdrawn => scope.t(Word::media_withdrawn),
        Availability::Playable => scope.t(Word::media_no_files),
        Availability::LegacyOnly => match media
            .legacy_sources
            .first()
            .and_then(|source| player_name(source.format))
        {
            Some(player) => scope
                .messages
                .with(Word::legacy_made_for, &[("format", player)]),
            None => scope.t(Word::legacy_unknown_player),
        },
    }
}

/// The names the players were known by.
fn player_name(format: LegacyFormat) -> Option<&'static str> {
    Some(match format {
        LegacyFormat::RealMedia => "RealPlayer",
        LegacyFormat::WindowsMedia => "Windows Media Player",
        LegacyFormat::QuickTime => "QuickTime Player",
        LegacyFormat::Flash => "Flash Player",
        LegacyFormat::EmpXml | LegacyFormat::Smil | LegacyFormat::Other => return None,
    })
}

fn address(scope: &Scope, source: &LegacySource) -> Element {
    let text = source
        .href
        .as_deref()
        .filter(|href| !href.is_empty())
        .map(|href| el("code").attr("dir", "ltr").put(href));
    let name = source
        .label
        .clone()
        .unwrap_or_else(|| scope.t(Word::legacy_address));
    let colon = text.is_some().then_some(": ");
    let status = (source.status == LinkStatus::Dead).then(|| {
        el("span")
            .class("meta")
            .put(format!(" ({})", scope.t(Word::legacy_status_dead)))
    });
    let copy = source.archived_at.as_ref().map(|copy| {
        nodes![
            " ",
            link(scope, copy).put(scope.t(Word::legacy_archived_copy))
        ]
    });
    el("li")
        .put(el("span").put(name).put(colon))
        .put(text)
        .put(status)
        .put(copy)
}
