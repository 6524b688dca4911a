//! The honest card for a film or sound that nothing plays any more.
//!
//! Old pages carry RealPlayer, Windows Media, QuickTime and Flash. Such a film is
//! not an error: the card says what it was, of when, and what is left of it. The
//! old address is printed as text: `rtsp:` and its like open nowhere.

use article::Media;
use article::media::{Availability, LegacyFormat, LegacySource, LinkStatus};
use leptos::prelude::*;

use crate::i18n::{Word, clock};
use crate::parts::dates;
use crate::parts::picture::{Priority, Slot, picture};
use crate::scope::Scope;

/// Poster, what it was and why it does not play, and its old addresses.
pub fn legacy(scope: &Scope, media: &Media) -> AnyView {
    let poster = media.poster.as_ref().map(|image| picture(scope, image, Slot::Wide, Priority::Later, None));
    let addresses: Vec<AnyView> = media.legacy_sources.iter().map(|source| address(scope, source)).collect();
    let addresses = (!addresses.is_empty()).then(|| view! { <ul role="list">{addresses}</ul> }.into_any());
    let date = media.content_created.as_ref().map(|date| dates::day(scope, date));
    let length = media.duration.map(|seconds| clock(seconds.whole()));
    let facts = (date.is_some() || length.is_some()).then(|| {
        let separator = (date.is_some() && length.is_some()).then_some(" · ");
        view! { <p class="meta">{date}{separator}{length}</p> }.into_any()
    });
    view! {
        <div class="legacy">
            {poster}
            <div class="legacy-text">
                <p><strong>{what_became_of_it(scope, media)}</strong>{" "}{scope.t(Word::legacy_explained)}</p>
                {facts}
                {addresses}
            </div>
        </div>
    }
    .into_any()
}

fn what_became_of_it(scope: &Scope, media: &Media) -> String {
    match media.availability {
        Availability::TranscriptOnly => scope.t(Word::media_transcript_only),
        Availability::Missing => scope.t(Word::media_missing),
        Availability::Withdrawn => scope.t(Word::media_withdrawn),
        Availability::Playable => scope.t(Word::media_no_files),
        Availability::LegacyOnly => match media.legacy_sources.first().and_then(|source| player_name(source.format)) {
            Some(player) => scope.messages.with(Word::legacy_made_for, &[("format", player)]),
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

fn address(scope: &Scope, source: &LegacySource) -> AnyView {
    let name = source.label.clone().unwrap_or_else(|| scope.t(Word::legacy_address));
    let status = (source.status == LinkStatus::Dead).then(|| {
        let words = format!(" ({})", scope.t(Word::legacy_status_dead));
        view! { <span class="meta">{words}</span> }.into_any()
    });
    let text = (!source.href.is_empty()).then(|| {
        view! { <code dir="ltr">{source.href.clone()}</code> }.into_any()
    });
    let copy = source.archived_at.as_ref().map(|copy| {
        let words = scope.t(Word::legacy_archived_copy);
        view! { {" "}<a href=scope.link(copy) rel="noopener">{words}</a> }.into_any()
    });
    view! { <li><span>{name}{": "}</span>{text}{status}{copy}</li> }.into_any()
}
