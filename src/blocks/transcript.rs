//! What is said and heard in a film or sound, as text.

use article::Media;
use leptos::prelude::*;

use super::block;
use crate::i18n::Word;
use crate::scope::Scope;

/// The transcript below its film: folded in a story, open on the film's own page
/// and where it is all that is left.
pub fn transcript(scope: &Scope, media: &Media, open: bool) -> Option<AnyView> {
    let transcript = media.transcript.as_ref()?;
    let elsewhere = transcript.href.as_ref().map(|href| {
        let words = scope.t(Word::transcript_elsewhere);
        view! { <p><a href=scope.link(href)>{words}</a></p> }.into_any()
    });
    if transcript.body.is_empty() {
        return elsewhere;
    }
    let machine = transcript.auto_generated.then(|| {
        let words = scope.t(Word::machine_transcript);
        view! { <p class="meta">{words}</p> }.into_any()
    });
    let lang = transcript.language.as_str().to_owned();
    let dir = transcript.language.direction().as_str();
    let body: Vec<AnyView> = transcript.body.iter().map(|item| block(scope, item)).collect();
    let is_all_there_is = media.availability != article::media::Availability::Playable;
    let summary = scope.t(Word::transcript);
    Some(
        view! {
            <details class="transcript" open=open || is_all_there_is>
                <summary>{summary}</summary>
                {machine}
                <div lang=lang dir=dir>{body}</div>
                {elsewhere}
            </details>
        }
        .into_any(),
    )
}
