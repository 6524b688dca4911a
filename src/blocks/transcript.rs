//! What is said and heard in a film or sound, as text.

use article::Media;
use article::media::Availability;

use super::all;
use crate::i18n::Word;
use crate::markup::{Element, el};
use crate::scope::Scope;

/// The transcript below its film: folded in a story, open on the film's own page
/// and where it is all that is left.
pub fn transcript(scope: &Scope, media: &Media, open: bool) -> Option<Element> {
    let transcript = media.transcript.as_ref()?;
    let elsewhere = transcript.href.as_ref().map(|href| {
        el("p").put(
            el("a")
                .attr("href", scope.link(href))
                .put(scope.t(Word::transcript_elsewhere)),
        )
    });
    if transcript.body.is_empty() {
        return elsewhere;
    }
    let machine = transcript
        .auto_generated
        .then(|| el("p").class("meta").put(scope.t(Word::machine_transcript)));
    let text = el("div")
        .attr("lang", transcript.language.as_str().to_owned())
        .attr("dir", transcript.language.direction().as_str())
        .put(all(scope, &transcript.body));
    Some(
        el("details")
            .class("transcript")
            .attr("open", open || media.availability != Availability::Playable)
            .put(el("summary").put(scope.t(Word::transcript)))
            .put(machine)
            .put(text)
            .put(elsewhere),
    )
}
