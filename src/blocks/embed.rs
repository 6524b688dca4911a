//! Something that lives on somebody else's site. Nothing of it is loaded by itself: the
//! story says what it is and links to it, and a button tells from whom it would come.
//! Only when that is pressed does a frame take its place (docs/decisions/038-hls-and-embeds.md).

use article::block::Embed;

use crate::i18n::Word;
use crate::markup::{Element, el};
use crate::parts::picture::{Priority, Slot, picture};
use crate::parts::rich_text::{link, rich_text};
use crate::scope::Scope;

/// Poster, title, what it says, the button, and the link.
pub fn embed(scope: &Scope, embed: &Embed) -> Element {
    let host = embed.href.host().unwrap_or_else(|| embed.href.shown());
    let owner = embed.owner();
    let of_owner = |word| scope.messages.with(word, &[("provider", &owner)]);
    let open = link(scope, &embed.href).put(format!("{} ({host})", scope.t(Word::embed_open)));
    let button = embed.frame().map(|frame| {
        let button = el("button")
            .class("button filled show")
            .attr("type", "button")
            .put(el("span").put(of_owner(Word::embed_show)))
            .put(el("small").put(of_owner(Word::embed_tells)));
        showing(embed, frame, button)
    });
    let poster = embed
        .poster
        .as_ref()
        .map(|image| picture(scope, image, Slot::Text, Priority::Later, None));
    let card = el("div")
        .class("box")
        .put(el("p").class("box-title").put(embed.title.as_str()))
        .put(
            embed
                .fallback
                .as_ref()
                .map(|text| el("p").put(rich_text(scope, text))),
        )
        .put(el("p").class("meta").put(of_owner(Word::embed_elsewhere)))
        .put(button)
        .put(el("p").put(open));
    let caption = embed
        .caption
        .as_ref()
        .map(|text| el("figcaption").put(el("span").class("caption").put(rich_text(scope, text))));
    el("figure")
        .class("embed")
        .put(poster)
        .put(card)
        .put(caption)
}

/// The button as it works in the app. Its room is kept before, so that nothing moves; it
/// stays out of sight without the app, and for who saves data.
#[cfg(not(feature = "ssr"))]
fn showing(embed: &Embed, frame: article::Href, button: Element) -> Element {
    use crate::platform::{dom, page};

    let title = embed.title.clone();
    // Thousandths of the height; 16:9 where nothing is said.
    let width = embed.aspect_ratio.map_or(1778, |ratio| ratio.micros / 1000);
    let shape = format!("0 0 {} 1000", width.clamp(250, 6000));
    button
        .ready(|button| {
            if !page::saves_data() {
                dom::set_attribute(&button, "data-on", "");
            }
        })
        .on("click", move |event| {
            let (Some(figure), Some(button)) = (
                dom::closest(&event, "figure"),
                dom::closest(&event, "button"),
            ) else {
                return;
            };
            let inside = el("iframe")
                .attr("title", title.clone())
                // A player is a program with storage of its own, and may fill the screen.
                // It gets no window, no form and no way to take the page elsewhere.
                .attr("sandbox", "allow-scripts allow-same-origin")
                .attr("allow", "fullscreen; encrypted-media; picture-in-picture")
                // The site and not the page: players refuse to be shown by nobody.
                .attr("referrerpolicy", "strict-origin")
                .attr("src", frame.as_str().to_owned());
            let place = crate::markup::build(
                el("div")
                    .class("elsewhere")
                    .put(
                        el("svg")
                            .attr("viewBox", shape.clone())
                            .attr("aria-hidden", "true"),
                    )
                    .put(inside),
            );
            if let Some(poster) = dom::find(&figure, ":scope > :not(.box, figcaption)") {
                dom::remove(&poster);
            }
            dom::remove(&button);
            dom::insert_before(&figure, &place, dom::first_child(&figure).as_ref());
            if let Some(frame) = dom::find(&place, "iframe") {
                dom::focus(&frame);
            }
        })
}

/// Natively nothing is pressed.
#[cfg(feature = "ssr")]
fn showing(_: &Embed, _: article::Href, button: Element) -> Element {
    button
}
