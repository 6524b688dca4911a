//! Credits that stand in a caption.
//!
//! There no program finds them: a list of pictures shows no credit, a licence goes
//! unseen, and an agency's name is read out in the middle of a sentence.

use super::observer::Ear;
use crate::json::Value;
use crate::read::{Code, Deaf, Read};
use crate::rich::RichText;

/// What a credit begins with, in small letters. A colon keeps “photo” as a word free.
const BEGINNINGS: &[&str] = &[
    "mandatory credit:",
    "photo credit:",
    "picture credit:",
    "image credit:",
    "photo by ",
    "photograph by ",
    "photo:",
    "photos:",
    "photograph:",
    "picture:",
    "image:",
    "video:",
    "credit:",
    "credits:",
    "courtesy of ",
    "crédit photo :",
    "crédit :",
    "crédit:",
    "photographie :",
    "photo :",
    "foto:",
    "fotos:",
    "bild:",
    "crédito:",
    "фото:",
    "снимок:",
    "صورة:",
    "تصوير:",
    "الصورة:",
    "عکس:",
    "摄影：",
    "摄影:",
    "图片来源：",
    "图：",
    "写真：",
    "©",
    "(c) ",
];

pub(super) fn check(media: &Value<'_>, ear: &mut Ear) {
    let Some(value) = media.get("caption") else {
        return;
    };
    let Some(caption) = RichText::read(value, &mut Deaf) else {
        return;
    };
    let caption = caption.to_plain();
    let Some(credit) = within(&caption) else {
        return;
    };
    let has_credit = media
        .get("rights")
        .is_some_and(|rights| rights.get("creditText").is_some());
    ear.warning(
        Code::CreditInCaption,
        value.span,
        format!("the caption holds a credit: “{credit}”"),
        if has_credit {
            "Remove it from the caption: “creditText” is printed there already.".to_owned()
        } else {
            format!(
                "Move it: \"rights\": {{ \"creditText\": \"{}\" }}.",
                credit.replace('"', "\\\"")
            )
        },
    );
}

/// The part of a caption that is a credit: the whole of it, or from the beginning of
/// a sentence or bracket on.
fn within(caption: &str) -> Option<&str> {
    let ends = |letter: &char| {
        matches!(
            letter,
            '.' | '!' | '?' | '(' | '[' | '|' | '/' | '\n' | '—' | '–' | '。' | '（'
        )
    };
    let behind = caption
        .char_indices()
        .filter(|(_, letter)| ends(letter))
        .map(|(at, letter)| at + letter.len_utf8());
    let starts = std::iter::once(0).chain(behind);
    starts
        .filter_map(|at| caption.get(at..))
        .map(str::trim_start)
        .find(|rest| {
            // The longest beginning has some twenty letters.
            let start: String = rest.chars().take(24).flat_map(char::to_lowercase).collect();
            BEGINNINGS.iter().any(|known| start.starts_with(known))
        })
        .map(|rest| {
            let end = rest.find(['\n', ')', ']', '）']).unwrap_or(rest.len());
            rest.get(..end).unwrap_or(rest).trim_end()
        })
}
