//! A file of captions in which the captions are still to be written.

use article::Language;

/// A valid WebVTT file without a cue: it shows nothing, and says in a note, in the
/// language of the story, that somebody has to write them. In languages that are none of
/// the six of the United Nations the note is in English.
#[must_use]
pub fn caption_stub(language: &Language) -> String {
    // No example of a cue: an arrow within a note would begin one.
    let note = match language.primary() {
        "ar" => {
            "لم تُكتب ترجمة هذا الفيلم بعد.\nلكل جملة: سطر بوقت بدايتها ونهايتها، ثم سطر أو سطران من النص."
        }
        "es" => {
            "Los subtítulos de esta película están por escribir.\nPara cada frase: una línea con su principio y su fin, y luego una o dos líneas de texto."
        }
        "fr" => {
            "Les sous-titres de ce film restent à écrire.\nPour chaque phrase : une ligne avec son début et sa fin, puis une ou deux lignes de texte."
        }
        "ru" => {
            "Субтитры к этому фильму ещё предстоит написать.\nДля каждой фразы: строка с её началом и концом, затем одна или две строки текста."
        }
        "zh" => "这部影片的字幕尚待编写。\n每句话：先写一行起止时间，再写一两行文字。",
        _ => {
            "The captions of this film are still to be written.\nFor each sentence: a line with its beginning and end, then one or two lines of text."
        }
    };
    format!("WEBVTT\n\nNOTE\n{note}\nhttps://www.w3.org/TR/webvtt1/\n")
}
