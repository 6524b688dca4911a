//! The player: our own controls on the browser's own `<video>` and `<audio>`.
//!
//! A snapshot has the element with the browser's controls, which work without script.
//! Once the app is up it draws a bar of its own over the film's lower edge (nothing
//! moves), in the reader's language, with the keys that players have
//! (docs/decisions/037-player.md).

#[cfg(not(feature = "ssr"))]
mod bar;
#[cfg(not(feature = "ssr"))]
mod conduct;
#[cfg(not(feature = "ssr"))]
mod film;
#[cfg(not(feature = "ssr"))]
mod lines;

use article::{Media, Rendition};

use crate::markup::{Element, el};
use crate::scope::Scope;

/// The place a film or sound is played in. `player` is the browser's element, `files`
/// are those it may choose from.
pub(crate) fn stage<'a>(
    scope: &Scope,
    media: &Media,
    files: impl Iterator<Item = &'a Rendition>,
    is_sound: bool,
    player: Element,
) -> Element {
    let stage = el("div")
        .class(if is_sound { "stage sound" } else { "stage" })
        .put(el("div").class("screen").put(player));
    conducted(scope, media, files, is_sound, stage)
}

#[cfg(not(feature = "ssr"))]
fn conducted<'a>(
    scope: &Scope,
    media: &Media,
    files: impl Iterator<Item = &'a Rendition>,
    is_sound: bool,
    stage: Element,
) -> Element {
    let film = film::Film::of(scope, media, files, is_sound);
    stage.hold(move |stage| conduct::conduct(film, &stage))
}

/// Natively nothing is played.
#[cfg(feature = "ssr")]
fn conducted<'a>(
    _: &Scope,
    _: &Media,
    _: impl Iterator<Item = &'a Rendition>,
    _: bool,
    stage: Element,
) -> Element {
    stage
}
