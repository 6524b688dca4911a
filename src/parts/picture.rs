//! A picture in the renditions there are: AVIF, WebP, JPEG, each in several widths.

use article::media::FocalPoint;
use article::{Image, Rendition};
use leptos::prelude::{Get, RwSignal, Set};

use crate::markup::{Element, Nodes, el, nodes};
use crate::scope::Scope;

/// How soon a picture is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Priority {
    /// The first picture of a page: fetched at once.
    First,
    /// Fetched at once, behind what is more urgent: it is not on the screen yet.
    Soon,
    /// Fetched when it comes near the screen.
    Later,
}

/// How wide a picture is shown, as an `img`'s `sizes` says it. On screens with three
/// device pixels for each of CSS nobody sees the third, and a file for it has twice the
/// bytes: to them the place is said to be a third narrower.
#[derive(Clone, Copy)]
pub enum Slot {
    /// As wide as the text.
    Text,
    /// As wide as the page's wide column.
    Wide,
    /// The small square or the column of a card.
    Card,
    /// The large picture of the front.
    Lead,
    /// A tile of a gallery.
    Tile,
    /// A photo among all of them.
    Wall,
    /// Alone on its page.
    Full,
    /// Alone on the screen.
    Screen,
}

impl Slot {
    /// The value of `sizes`.
    #[must_use]
    pub fn sizes(self) -> &'static str {
        match self {
            Self::Text => "(min-width:44rem) 40rem, (min-resolution:2.5dppx) 67vw, 100vw",
            Self::Wide => "(min-width:66rem) 64rem, (min-resolution:2.5dppx) 67vw, 100vw",
            Self::Card => "(min-width:64rem) 19rem, (min-width:40rem) 45vw, 104px",
            Self::Lead => {
                "(min-width:80rem) 52rem, (min-width:64rem) 65vw, (min-resolution:2.5dppx) 67vw, 100vw"
            }
            Self::Tile => {
                "(min-width:66rem) 21rem, (min-width:48rem) 33vw, (min-resolution:2.5dppx) 33vw, 50vw"
            }
            Self::Wall => "(min-width:40rem) 24rem, (min-resolution:2.5dppx) 67vw, 100vw",
            Self::Full => "(min-width:80rem) 76rem, (min-resolution:2.5dppx) 67vw, 100vw",
            Self::Screen => "(min-resolution:2.5dppx) 67vw, 100vw",
        }
    }

    /// CSS pixels at its widest, as [`sizes`](Self::sizes) has it.
    fn widest(self) -> u32 {
        match self {
            Self::Text | Self::Wall => 640,
            Self::Wide | Self::Lead => 1024,
            Self::Card => 460,
            Self::Tile => 384,
            Self::Full => 1216,
            Self::Screen => 1920,
        }
    }
}

/// The picture alone, in a frame that keeps its shape while it loads. With
/// `fallback`, a sentence stands in its place if it cannot be loaded.
pub fn picture(
    scope: &Scope,
    image: &Image,
    slot: Slot,
    priority: Priority,
    fallback: Option<String>,
) -> Element {
    let files: Vec<&Rendition> = image
        .renditions
        .iter()
        .filter(|file| file.href.is_own_file())
        .collect();
    let alt = alternative(image);
    let Some(plain) = plain_file(&files) else {
        return absent(&alt, fallback.as_deref());
    };
    let mut choices = el("picture");
    for kind in types_of(&files) {
        if kind != plain.content_type {
            let source = el("source")
                .attr("type", kind.to_owned())
                .attr("srcset", source_set(scope, &files, kind, slot))
                .attr("sizes", slot.sizes());
            choices = choices.put(source);
        }
    }
    // Both of one file: they are a shape.
    let (width, height) = match (image.width, image.height) {
        (Some(width), Some(height)) => (Some(width), Some(height)),
        _ => (plain.width, plain.height),
    };
    // Behind a cover nothing is fetched.
    let priority = match scope.warning(image.content_warning.as_deref()) {
        Some(_) => Priority::Later,
        None => priority,
    };
    let failed = RwSignal::new(false);
    let img = el("img")
        .attr("class", image.focal_point.as_ref().map(focus_class))
        .attr("src", scope.link(&plain.href))
        .attr(
            "srcset",
            source_set(scope, &files, &plain.content_type, slot),
        )
        .attr("sizes", slot.sizes())
        .attr("alt", alt.clone())
        .attr("width", width)
        .attr("height", height)
        .attr("loading", (priority == Priority::Later).then_some("lazy"))
        .attr("decoding", "async")
        .attr(
            "fetchpriority",
            (priority == Priority::First).then_some("high"),
        )
        .on("error", move |_| failed.set(true))
        // In a snapshot the picture may have failed before anybody listened.
        .ready(move |node| {
            if crate::platform::dom::has_failed(&node) {
                failed.set(true);
            }
        });
    let instead = el("span").class("instead").live(move || {
        if failed.get() {
            nodes![absent(&alt, fallback.as_deref())]
        } else {
            Nodes::new()
        }
    });
    el("span")
        .live_attr("class", move || {
            Some(if failed.get() { "frame gone" } else { "frame" }.into())
        })
        .put(
            image
                .placeholder
                .as_deref()
                // Alone on its page it does not fill its frame.
                .filter(|_| !matches!(slot, Slot::Full))
                .and_then(tint),
        )
        .put(choices.put(img))
        .put(instead)
}

/// What fills the frame until the picture is there: an empty drawing, whose attribute
/// `color` the style sheet paints it with. The content policy allows no `style`
/// attribute, and HTML has no attribute of its own for a colour.
fn tint(colour: &str) -> Option<Element> {
    let digits = colour.strip_prefix('#')?;
    let is_colour = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_colour.then(|| {
        el("svg")
            .attr("aria-hidden", "true")
            .attr("color", colour.to_owned())
    })
}

/// The text alternative: empty for what is only decoration, and for what nobody
/// described (the figure says so in words).
#[must_use]
pub fn alternative(image: &Image) -> String {
    if image.decorative {
        String::new()
    } else {
        image.alt.clone().unwrap_or_default()
    }
}

/// What stands in the place of a picture that cannot be had.
fn absent(alt: &str, fallback: Option<&str>) -> Element {
    let said = (!alt.is_empty()).then(|| el("span").class("described").put(alt));
    el("span")
        .class("absent")
        .put(fallback.map(str::to_owned))
        .put(said)
}

/// The file for browsers that choose none of the others: the widest JPEG, PNG or
/// GIF up to 960 pixels; failing that, the first there is.
#[must_use]
pub fn plain_file<'a>(files: &[&'a Rendition]) -> Option<&'a Rendition> {
    let is_plain = |file: &&&Rendition| {
        matches!(
            file.content_type.as_str(),
            "image/jpeg" | "image/png" | "image/gif"
        )
    };
    let width = |file: &&&Rendition| file.width.unwrap_or(0);
    files
        .iter()
        .filter(is_plain)
        .filter(|file| file.width.unwrap_or(0) <= 960)
        .max_by_key(width)
        .or_else(|| files.iter().filter(is_plain).min_by_key(width))
        .or_else(|| files.first())
        .copied()
}

/// The media types of the files, each once, in the order they are written.
fn types_of<'a>(files: &[&'a Rendition]) -> Vec<&'a str> {
    let mut types = Vec::new();
    for file in files {
        if !types.contains(&file.content_type.as_str()) {
            types.push(file.content_type.as_str());
        }
    }
    types
}

/// The `srcset` of one media type; without widths, the first file alone. Nothing wider
/// than the first that fills its place on a screen of two device pixels for each of CSS.
#[must_use]
pub fn source_set(scope: &Scope, files: &[&Rendition], kind: &str, slot: Slot) -> String {
    let of_kind = || files.iter().filter(|file| file.content_type == kind);
    let enough = slot.widest() * 2;
    let reaching = of_kind().filter_map(|file| file.width);
    let most = reaching.filter(|width| *width >= enough).min();
    let most = most.unwrap_or(enough);
    let mut set = String::new();
    for file in of_kind().filter(|file| file.width.is_none_or(|width| width <= most)) {
        // A comma or a space in an address would end it here.
        let address = scope.link(&file.href).replace(',', "%2C");
        match file.width {
            Some(width) => {
                if !set.is_empty() {
                    set.push_str(", ");
                }
                set.push_str(&format!("{address} {width}w"));
            }
            None if set.is_empty() => return address,
            None => {}
        }
    }
    set
}

/// Where a cropped picture is held, to a quarter of its width and height. A class,
/// because the content policy allows no `style` attribute in a snapshot.
fn focus_class(point: &FocalPoint) -> String {
    let quarter = |share: article::Decimal| (share.micros.clamp(0, 1_000_000) + 125_000) / 250_000;
    format!("hold-x{} hold-y{}", quarter(point.x), quarter(point.y))
}
