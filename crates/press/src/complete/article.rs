//! What is known of its files, written into an article.

use article::json::{self, Kind, Value};

use super::Known;
use crate::check::media_file;
use crate::compact::{Edits, edited};

/// Adds to `edits` what completes the article.
pub fn edits(root: &Value<'_>, known: &Known, edits: &mut Edits) {
    if known.files.is_empty() {
        return;
    }
    let language = root
        .get("language")
        .and_then(Value::as_str)
        .unwrap_or("und");
    Completion {
        known,
        edits,
        language,
    }
    .walk("", root);
}

struct Completion<'a> {
    known: &'a Known,
    edits: &'a mut Edits,
    language: &'a str,
}

impl Completion<'_> {
    fn walk(&mut self, name: &str, value: &Value<'_>) {
        match &value.kind {
            Kind::Array(items) => {
                for item in items {
                    self.walk(name, item);
                }
            }
            Kind::Object(members) => {
                match name {
                    "image" | "images" | "poster" | "thumbnail" => self.picture(value),
                    "video" | "audio" => self.film(value),
                    // Somebody else's data.
                    "extensions" | "source" => return,
                    _ => {}
                }
                for member in members {
                    self.walk(&member.name, &member.value);
                }
            }
            _ => {}
        }
    }

    /// A picture with one file gets that file's renditions and size.
    fn picture(&mut self, picture: &Value<'_>) {
        let [file] = picture.list("renditions") else {
            return;
        };
        let Some(made) = self.made(file) else { return };
        let parsed = json::parse(&made);
        let Some(made) = &parsed.value else { return };
        if let (Some(old), Some(new)) = (picture.get("renditions"), made.get("renditions")) {
            self.edits.replaced.insert(
                old.span.start,
                edited(new, &Edits::default(), new.span.end - new.span.start),
            );
        }
        self.add(picture, made, &["width", "height", "placeholder", "rights"]);
    }

    /// A film or sound learns its length and size from its files, each file its own,
    /// and gets a transcript from its captions if nobody wrote one.
    fn film(&mut self, film: &Value<'_>) {
        for (index, file) in film.list("renditions").iter().enumerate() {
            let Some(made) = self.made(file) else {
                continue;
            };
            let parsed = json::parse(&made);
            let Some(made) = &parsed.value else { continue };
            self.add(
                file,
                made,
                &[
                    "width",
                    "height",
                    "sizeInBytes",
                    "duration",
                    "codecs",
                    "bitrate",
                ],
            );
            if index == 0 {
                self.add(film, made, &["width", "height", "duration"]);
            }
        }
        if film.get("transcript").is_some() {
            return;
        }
        let tracks = film.list("tracks");
        let text = |track: &Value<'_>, name: &str| {
            track.get(name).and_then(Value::as_str).map(str::to_owned)
        };
        let is_words = |track: &&Value<'_>| {
            matches!(
                text(track, "kind").as_deref(),
                Some("captions" | "subtitles")
            )
        };
        // In the language of the story, else whatever comes first.
        let track = tracks
            .iter()
            .filter(is_words)
            .find(|track| text(track, "language").as_deref() == Some(self.language))
            .or_else(|| tracks.iter().find(is_words));
        let Some(track) = track else { return };
        let (Some(made), Some(language)) = (self.made(track), text(track, "language")) else {
            return;
        };
        let parsed = json::parse(&made);
        let body = parsed.value.as_ref().and_then(|made| made.get("body"));
        if let Some(body) = body {
            let body = edited(body, &Edits::default(), made.len());
            let language = serde_json::Value::from(language);
            let transcript = format!("{{\"language\":{language},\"body\":{body}}}");
            self.edits
                .added
                .entry(film.span.start)
                .or_default()
                .push(("transcript", transcript));
        }
    }

    /// What is known of the file that `file` names.
    fn made(&self, file: &Value<'_>) -> Option<String> {
        let path = media_file(file.get("href")?.as_str()?)?;
        self.known.get(&path).map(|made| made.json.to_string())
    }

    /// Adds members that are absent.
    fn add(&mut self, object: &Value<'_>, made: &Value<'_>, names: &[&'static str]) {
        for name in names {
            if object.get(name).is_none()
                && let Some(value) = made.get(name)
            {
                let json = edited(value, &Edits::default(), 32);
                let added = self.edits.added.entry(object.span.start).or_default();
                if added.iter().all(|(known, _)| known != name) {
                    added.push((*name, json));
                }
            }
        }
    }
}
