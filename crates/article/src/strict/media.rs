//! The rules of pictures, films and sounds.

use super::ask::{
    address_part, between, href, is_empty_list, is_true, items, needs_text, not_blank, number,
    span_of,
};
use super::blocks::transcript;
use super::credit;
use super::observer::Ear;
use crate::decimal::Decimal;
use crate::json::{Kind, Value};
use crate::read::Code;

/// The ids that addresses and fragments of the story lead to, and where they stood.
#[derive(Default)]
pub(super) struct Ids<'v> {
    known: Vec<(&'v str, Anchor, bool)>,
    pub in_lead: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    /// May stand in the lead media and once more in the body: it is the same picture.
    Image,
    Other,
}

impl<'v> Ids<'v> {
    pub(super) fn add(&mut self, object: &'v Value<'_>, anchor: Anchor, ear: &mut Ear) {
        let Some(id) = object.get("id").and_then(Value::as_str) else {
            return;
        };
        if id.trim().is_empty() {
            not_blank(object, &["id"], ear);
            return;
        }
        address_part(object, ear);
        let mut before = self.known.iter().filter(|(known, ..)| *known == id);
        let again = match (before.next(), before.next()) {
            (None, _) => false,
            (Some((_, Anchor::Image, true)), None) => anchor != Anchor::Image || self.in_lead,
            _ => true,
        };
        if again {
            ear.error(
                Code::Repeated,
                span_of(object, "id"),
                format!("the id “{id}” is there more than once"),
                "Addresses lead to it: give each picture, film, sound and heading its own.",
            );
        }
        self.known.push((id, anchor, self.in_lead));
    }
}

/// A picture that readers look at.
pub(super) fn image(image: &Value<'_>, ear: &mut Ear) {
    picture(image, ear);
    if matches!(image.kind, Kind::Object(_))
        && image.get("alt").is_none()
        && !is_true(image, "decorative")
    {
        ear.warning(
            Code::Missing,
            image.span,
            "a picture without “alt”",
            "Say in a sentence what is to be seen; if the text says it all already, write \"decorative\": true.",
        );
    }
}

/// Any picture; a film's poster needs no text of its own.
pub fn picture(image: &Value<'_>, ear: &mut Ear) {
    if let Some(alt) = image.get("alt")
        && let Some(text) = alt.as_str()
    {
        let decorative = is_true(image, "decorative");
        if text.trim().is_empty() && !decorative {
            ear.error(
                Code::Missing,
                alt.span,
                "“alt” is empty, but the picture is not marked as decorative",
                "Say what is to be seen, or add \"decorative\": true; if nobody knows, leave “alt” out.",
            );
        } else if decorative && !text.trim().is_empty() {
            ear.warning(
                Code::OutOfRange,
                alt.span,
                "the picture is decorative and has an “alt” all the same",
                "Remove one of the two: screen readers pass decorative pictures over.",
            );
        }
    }
    not_blank(
        image,
        &["caption", "longDescription", "contentWarning"],
        ear,
    );
    credit::check(image, ear);
    if let Some(point) = image.get("focalPoint") {
        between(point, "x", 0, 1, ear);
        between(point, "y", 0, 1, ear);
    }
    if let Some(image_rights) = image.get("rights") {
        rights(image_rights, ear);
    }
    if let Some(placeholder) = image.get("placeholder")
        && placeholder.as_str().is_some_and(|text| !is_colour(text))
    {
        ear.error(
            Code::WrongShape,
            placeholder.span,
            "the placeholder is no colour",
            "Write a colour such as #3a5f7c, or leave it out: press finds one.",
        );
    }
    if let Some(files) = image.get("renditions")
        && is_empty_list(files)
    {
        ear.error(
            Code::Missing,
            files.span,
            "a picture without a file",
            "Name at least one in “renditions”.",
        );
    }
    renditions(image, &["image/"], ear);
    above_zero(image, ear);
    // Without a file there is nothing that could move the text, and a single one is an
    // original, which press measures.
    if items(image, "renditions").len() > 1 {
        sizes(image, &[items(image, "renditions")], ear);
    }
}

/// `#` and six hexadecimal digits.
fn is_colour(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|digits| {
        digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
    })
}

pub(super) fn rights(rights: &Value<'_>, ear: &mut Ear) {
    not_blank(
        rights,
        &[
            "creditText",
            "copyrightHolder",
            "copyrightNotice",
            "usageTerms",
        ],
        ear,
    );
}

/// The files: whether a browser can fetch them and knows what to do with them.
fn renditions(media: &Value<'_>, kinds: &[&str], ear: &mut Ear) {
    for file in items(media, "renditions") {
        fetchable(file, ear);
        above_zero(file, ear);
        not_negative(file, ear);
        needs_text(file, &["contentType"], ear);
        if let Some(kind) = file.get("contentType").and_then(Value::as_str)
            && !kind.trim().is_empty()
            && !kinds
                .iter()
                .any(|known| kind.to_ascii_lowercase().starts_with(known))
        {
            ear.error(
                Code::OutOfRange,
                span_of(file, "contentType"),
                format!("“{kind}” is not a media type for this"),
                format!("It begins with {}.", kinds.join(" or ")),
            );
        }
    }
}

fn fetchable(file: &Value<'_>, ear: &mut Ear) {
    if let Some((href, span)) = href(file, "href")
        && !href.is_fetchable()
    {
        ear.error(
            Code::UnsafeLink,
            span,
            format!("“{}” is not a file that a browser can fetch", href.as_str()),
            "Write a path that begins with one slash, or https://…",
        );
    } else if let Some((href, span)) = href(file, "href")
        && href
            .as_str()
            .get(..5)
            .is_some_and(|start| start.eq_ignore_ascii_case("http:"))
    {
        ear.error(
            Code::InsecureMedia,
            span,
            format!("“{}” is not encrypted, and a page over https: loads no such file", href.as_str()),
            "Copy the file to public/media/ and write /media/…, or write https: if that address works too.",
        );
    }
}

/// Whether the size is known, of the picture itself or any of its files, so that the
/// page keeps room for it.
fn sizes(media: &Value<'_>, files: &[&[Value<'_>]], ear: &mut Ear) {
    let has_size =
        |object: &Value<'_>| object.get("width").is_some() && object.get("height").is_some();
    if matches!(media.kind, Kind::Object(_))
        && !has_size(media)
        && !files.iter().copied().flatten().any(has_size)
    {
        ear.warning(
            Code::Missing,
            media.span,
            "neither “width” and “height” nor a file that has them",
            "Add both, in pixels: without them the text jumps when the file arrives.",
        );
    }
}

fn above_zero(object: &Value<'_>, ear: &mut Ear) {
    for name in ["width", "height"] {
        if let Some((size, span)) = number(object, name)
            && size.micros == 0
        {
            ear.error(
                Code::OutOfRange,
                span,
                format!("“{name}” is 0"),
                "Write the pixels, or leave both sizes out.",
            );
        }
    }
}

fn not_negative(object: &Value<'_>, ear: &mut Ear) {
    if let Some((duration, span)) = number(object, "duration")
        && duration.micros < 0
    {
        ear.error(
            Code::OutOfRange,
            span,
            "a duration below 0",
            "Write the seconds it lasts, or leave it out.",
        );
    }
    // No film of a newsroom lasts a day; in milliseconds, one of 86 seconds does.
    if let Some((duration, span)) = number(object, "duration")
        && duration.whole() > 86_400
    {
        let seconds = Decimal {
            micros: duration.micros / 1000,
        };
        ear.warning(
            Code::OutOfRange,
            span,
            format!("a duration of {} hours", duration.whole() / 3600),
            format!(
                "Durations are in seconds. If this counts milliseconds, write {}.",
                seconds.as_f64()
            ),
        );
    }
}

pub(super) fn film<'v>(film: &'v Value<'_>, ids: &mut Ids<'v>, ear: &mut Ear) {
    media(
        film,
        &[
            "video/",
            "application/vnd.apple.mpegurl",
            "application/dash+xml",
        ],
        ids,
        ear,
    );
    if !is_playable(film) {
        return;
    }
    let poster = film.get("poster");
    let poster_files = poster.map_or(&[][..], |poster| items(poster, "renditions"));
    let poster = poster.map_or(&[][..], std::slice::from_ref);
    sizes(
        film,
        &[items(film, "renditions"), poster, poster_files],
        ear,
    );
    let captioned = items(film, "tracks")
        .iter()
        .any(|track| track.get("kind").and_then(Value::as_str) == Some("captions"));
    if !captioned {
        ear.warning(
            Code::Missing,
            span_of(film, "tracks"),
            "a film without captions",
            "Add a track of kind “captions” (a .vtt file): many readers cannot hear it, or play it without sound.",
        );
    }
    needs_transcript(film, ear);
}

pub(super) fn sound<'v>(sound: &'v Value<'_>, ids: &mut Ids<'v>, ear: &mut Ear) {
    media(
        sound,
        &[
            "audio/",
            "video/",
            "application/vnd.apple.mpegurl",
            "application/ogg",
        ],
        ids,
        ear,
    );
    if is_playable(sound) {
        needs_transcript(sound, ear);
    }
}

fn is_playable(media: &Value<'_>) -> bool {
    matches!(media.kind, Kind::Object(_))
        && media
            .get("availability")
            .is_none_or(|availability| availability.as_str() == Some("playable"))
}

fn needs_transcript(media: &Value<'_>, ear: &mut Ear) {
    // One is made of captions.
    let has_captions = items(media, "tracks")
        .iter()
        .any(|track| track.get("kind").and_then(Value::as_str) == Some("captions"));
    if media.get("transcript").is_none() && !has_captions {
        ear.warning(
            Code::Missing,
            media.span,
            "no transcript",
            "Add captions, or “transcript”: it is read by search, by screen readers and where data is dear.",
        );
    }
}

fn media<'v>(media: &'v Value<'_>, kinds: &[&str], ids: &mut Ids<'v>, ear: &mut Ear) {
    needs_text(media, &["title"], ear);
    not_blank(media, &["caption", "contentWarning"], ear);
    credit::check(media, ear);
    renditions(media, kinds, ear);
    not_negative(media, ear);
    above_zero(media, ear);
    availability(media, ear);
    tracks(media, ear);
    if let Some(media_rights) = media.get("rights") {
        rights(media_rights, ear);
    }
    if let Some(poster) = media.get("poster") {
        picture(poster, ear);
    }
    for source in items(media, "legacySources") {
        needs_text(source, &["href", "label"], ear);
        if source.get("href").is_none() && source.get("label").is_none() {
            ear.error(
                Code::Missing,
                source.span,
                "an old source without address and without words",
                "Write its address into “href”, or what the old page called it into “label”.",
            );
        }
        if source.get("status").and_then(Value::as_str) == Some("archived")
            && source.get("archivedAt").is_none()
        {
            ear.warning(
                Code::Missing,
                span_of(source, "status"),
                "archived, but nobody says where",
                "Add “archivedAt” with the address of the copy.",
            );
        }
    }
    let Some(text) = media.get("transcript") else {
        return;
    };
    let body = text.get("body");
    if matches!(text.kind, Kind::Object(_))
        && text.get("href").is_none()
        && body.is_none_or(is_empty_list)
    {
        ear.error(
            Code::Missing,
            text.span,
            "a transcript without words",
            "Add “body” with its paragraphs, or “href” with its address.",
        );
    }
    fetchable(text, ear);
    if let Some(body) = body {
        transcript(body, ids, ear);
    }
}

/// Whether what the availability promises is there.
fn availability(media: &Value<'_>, ear: &mut Ear) {
    if !matches!(media.kind, Kind::Object(_)) {
        return;
    }
    let span = span_of(media, "availability");
    let stated = media.get("availability").and_then(Value::as_str);
    if is_playable(media) && items(media, "renditions").is_empty() {
        ear.error(
            Code::Missing,
            span,
            "playable, but there is no file to play",
            "Name its files in “renditions”, or say in “availability” what became of it: legacyOnly, transcriptOnly, missing or withdrawn.",
        );
    }
    if stated == Some("legacyOnly") && items(media, "legacySources").is_empty() {
        ear.error(
            Code::Missing,
            span,
            "“legacyOnly”, but the old address is not there",
            "Write it into “legacySources”, or say \"missing\".",
        );
    }
    if stated == Some("transcriptOnly") && media.get("transcript").is_none() {
        ear.error(
            Code::Missing,
            span,
            "“transcriptOnly”, but there is no transcript",
            "Add “transcript”, or say \"missing\".",
        );
    }
}

fn tracks(media: &Value<'_>, ear: &mut Ear) {
    let mut default = false;
    for track in items(media, "tracks") {
        needs_text(track, &["label"], ear);
        fetchable(track, ear);
        if let Some((href, span)) = href(track, "href") {
            let path = href.as_str().split(['?', '#']).next().unwrap_or_default();
            if href.is_fetchable() && !path.to_ascii_lowercase().ends_with(".vtt") {
                ear.warning(
                    Code::OutOfRange,
                    span,
                    "browsers read text tracks as WebVTT only, and this file has another name",
                    "Convert it to WebVTT and name it .vtt.",
                );
            }
        }
        if is_true(track, "default") && std::mem::replace(&mut default, true) {
            ear.error(
                Code::Repeated,
                span_of(track, "default"),
                "two tracks are the default",
                "Only one track is switched on by itself.",
            );
        }
    }
}
