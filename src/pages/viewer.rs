//! The viewer: the photos of a story one at a time, in a dialog over it. Only the
//! running app shows it (`navigate/browser/viewer.rs`); a snapshot and a reader without
//! the app have the plain page of each photo (`photo.rs`).

use article::story::PubStatus;
use article::{Article, Image, Rendition};

use super::photo::{number, photos};
use crate::i18n::Word;
use crate::markup::{Element, el};
use crate::parts::cover::covered;
use crate::parts::figure::caption;
use crate::parts::picture::{Priority, Slot, alternative, picture};
use crate::route::Route;
use crate::scope::Scope;

const JPEG: &str = "image/jpeg";

/// The place of a photo among those of a story, if it can be shown over it.
#[must_use]
pub fn place_of(article: &Article, id: &str) -> Option<usize> {
    if article.pub_status != PubStatus::Usable {
        return None;
    }
    photos(article)
        .iter()
        .position(|image| image.id.as_deref() == Some(id))
}

/// What the viewer needs to know of the photo it shows.
pub struct Shown {
    pub id: String,
    /// "Photo 3 of 7".
    pub number: String,
    /// What is said of it to those who do not see it: the number, and what is to be seen.
    pub said: String,
    /// The file to keep, and what it is called then.
    pub file: Option<(String, String)>,
    /// The line to be printed beside it.
    pub credit: Option<String>,
    pub is_first: bool,
    pub is_last: bool,
}

/// The photo at a place.
#[must_use]
pub fn shown(scope: &Scope, article: &Article, at: usize) -> Option<Shown> {
    let photos = photos(article);
    let image = *photos.get(at)?;
    let number = number(scope, at, photos.len());
    let credit = image.rights.as_ref().and_then(article::Rights::credit_line);
    let file = kept_file(image).map(|file| {
        let slug = match &scope.route {
            Route::Photo { slug, .. } => slug,
            _ => "",
        };
        let name = file_name(slug, at + 1, credit.as_deref(), &file.content_type);
        (scope.link(&file.href), name)
    });
    let seen = alternative(image);
    Some(Shown {
        id: image.id.clone()?,
        said: if seen.is_empty() {
            number.clone()
        } else {
            format!("{number}. {seen}")
        },
        number,
        file,
        credit,
        is_first: at == 0,
        is_last: at + 1 == photos.len(),
    })
}

/// The largest JPEG, which carries its credit in itself and opens everywhere; of old
/// pictures that have none, the largest file.
fn kept_file(image: &Image) -> Option<&Rendition> {
    let rank = |file: &Rendition| (file.content_type == JPEG, file.width.unwrap_or(0));
    let mut best: Option<&Rendition> = None;
    for file in &image.renditions {
        if file.href.is_own_file() && best.is_none_or(|best| rank(file) > rank(best)) {
            best = Some(file);
        }
    }
    best
}

/// `tide-keepers-photo-3-rhea-sandoval-dateline.jpg`: whoever finds the file later
/// knows where it is from and whom to name.
fn file_name(slug: &str, number: usize, credit: Option<&str>, kind: &str) -> String {
    let mut name = format!("{slug}-photo-{number}-");
    for character in credit.unwrap_or_default().chars() {
        // Letters of any script, told from marks and spaces without a table of Unicode:
        // signs up to U+00BF, and the punctuation of U+2000 and of U+3000.
        let is_letter = character.is_ascii_alphanumeric()
            || (character > '\u{bf}'
                && !('\u{2000}'..='\u{2bff}').contains(&character)
                && !('\u{3000}'..='\u{303f}').contains(&character));
        if is_letter {
            name.push(character.to_ascii_lowercase());
        } else if !name.ends_with('-') {
            name.push('-');
        }
        // File systems allow 255 bytes; what comes after this would be cut by them.
        if name.len() > 200 {
            break;
        }
    }
    while name.ends_with('-') {
        name.pop();
    }
    name.push('.');
    name.push_str(match kind {
        JPEG => "jpg",
        // `image/png`, `image/avif`
        _ => kind.get("image/".len()..).unwrap_or_default(),
    });
    name
}

/// One photo with its caption, as it stands in its place of the track. It is fetched
/// before it is looked at, unless data is to be saved.
#[must_use]
pub fn slide(
    scope: &Scope,
    article: &Article,
    at: usize,
    is_shown: bool,
    saves_data: bool,
) -> Option<Element> {
    let image = *photos(article).get(at)?;
    let priority = match (is_shown, saves_data) {
        (true, _) => Priority::First,
        (false, false) => Priority::Soon,
        (false, true) => Priority::Later,
    };
    let missing = scope.t(Word::picture_missing);
    let frame = picture(scope, image, Slot::Screen, priority, Some(missing));
    Some(
        el("figure")
            .attr("lang", article.language.as_str().to_owned())
            .attr("dir", article.direction().as_str())
            .put(el("div").class("pane").put(covered(scope, image, frame)))
            // A long caption is scrolled, which needs the focus.
            .put(caption(scope, image).map(|caption| caption.attr("tabindex", "0"))),
    )
}

/// The dialog. Its track has a place for every photo; the photos come with [`slide`].
#[must_use]
pub fn viewer(scope: &Scope, article: &Article) -> Element {
    let mut track = el("ul")
        .class("track")
        .attr("role", "list")
        .attr("tabindex", "-1");
    for _ in photos(article) {
        track = track.put(el("li").attr("inert", true));
    }
    let button = |class, name: &'static str, word, drawing| {
        el("button")
            .class(class)
            .attr("type", "button")
            .attr("name", name)
            .put(icon(drawing))
            .put(el("span").put(scope.t(word)))
    };
    let keep = el("a")
        .class("button")
        .put(icon("M12 4v11m-5-5 5 5 5-5M5 20h14"))
        .put(el("span").put(scope.t(Word::download_file)));
    let tools = el("p")
        .class("tools")
        .put(
            button(
                "button",
                "zoom",
                Word::zoom,
                "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14m5 12 5 5M8 11h6m-3-3v6",
            )
            .attr("aria-pressed", "false"),
        )
        .put(keep)
        .put(button(
            "button",
            "copy",
            Word::copy_credit,
            "M9 9h11v11H9zM5 15H4V4h11v1",
        ));
    el("dialog")
        .class("over")
        .attr("aria-labelledby", "viewer-number")
        .put(
            el("h1")
                .attr("id", "viewer-number")
                .attr("tabindex", "-1")
                .attr("autofocus", true),
        )
        .put(button(
            "button icon",
            "close",
            Word::close,
            "M6 6l12 12M18 6 6 18",
        ))
        .put(track)
        .put(button(
            "button icon turn",
            "previous",
            Word::previous_photo,
            "m15 5-7 7 7 7",
        ))
        .put(tools)
        .put(button(
            "button icon turn",
            "next",
            Word::next_photo,
            "m9 5 7 7-7 7",
        ))
        .put(el("p").class("visually-hidden").attr("role", "status"))
}

fn icon(drawing: &'static str) -> Element {
    el("svg")
        .attr("viewBox", "0 0 24 24")
        .attr("aria-hidden", "true")
        .put(el("path").attr("d", drawing))
}

#[cfg(test)]
mod tests {
    use super::{JPEG, file_name};

    #[test]
    fn a_file_is_named_for_its_story_its_number_and_its_credit() {
        let name = |credit| file_name("tide-keepers", 3, credit, JPEG);
        assert_eq!(
            name(Some("Photo: Rhea Sandoval / Dateline, © 2026")),
            "tide-keepers-photo-3-photo-rhea-sandoval-dateline-2026.jpg"
        );
        assert_eq!(
            name(Some("تصوير: ليلى حدّاد – ديت‌لاين")),
            "tide-keepers-photo-3-تصوير-ليلى-حدّاد-ديت-لاين.jpg"
        );
        assert_eq!(name(None), "tide-keepers-photo-3.jpg");
        assert_eq!(file_name("s", 1, None, "image/png"), "s-photo-1.png");
        assert_eq!(name(Some("../../")), "tide-keepers-photo-3.jpg");
    }

    #[test]
    fn a_credit_without_end_makes_a_name_that_file_systems_take() {
        let credit = "写真".repeat(300);
        assert!(file_name("s", 1, Some(&credit), JPEG).len() < 255);
    }
}
