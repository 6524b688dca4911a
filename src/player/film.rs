//! What the player knows of a film or sound beyond what its element does.

use std::sync::Arc;

use article::media::TrackKind;
use article::site::Offline;
use article::{Language, Media, Rendition};

use crate::i18n::Messages;
use crate::scope::Scope;

pub struct Film {
    pub messages: Arc<Messages>,
    pub title: String,
    pub publisher: String,
    pub is_sound: bool,
    /// Seconds, as far as known before the file is.
    pub length: Option<i64>,
    pub files: Vec<File>,
    /// What is spoken in it.
    pub language: Option<Language>,
    /// The transcript's language, of whose captions its lines are made.
    pub transcript: Option<Language>,
    /// Whether where the reader was is remembered beyond this visit.
    pub is_remembered: bool,
}

/// One file that may be played.
pub struct File {
    pub address: String,
    pub content_type: String,
    /// What people call it: "720p".
    pub name: String,
    pub bytes: Option<u64>,
    /// Whether it is a list of pieces of the film instead of the film.
    pub is_stream: bool,
}

impl Film {
    pub fn of<'a>(
        scope: &Scope,
        media: &Media,
        files: impl Iterator<Item = &'a Rendition>,
        is_sound: bool,
    ) -> Self {
        let mut tracks = media.tracks.iter();
        let captions = tracks.find(|track| track.kind == TrackKind::Captions);
        let transcript = media.transcript.as_ref().map(|text| &text.language);
        Self {
            messages: Arc::clone(&scope.messages),
            title: media.title.clone(),
            publisher: scope.site_name().to_owned(),
            is_sound,
            length: media.duration.map(|seconds| seconds.whole()),
            files: files.map(|file| File::of(scope, file)).collect(),
            language: captions
                .map(|track| &track.language)
                .or(transcript)
                .cloned(),
            transcript: transcript.cloned(),
            is_remembered: scope.site.offline == Offline::Visited,
        }
    }
}

impl File {
    fn of(scope: &Scope, file: &Rendition) -> Self {
        let name = match (&file.name, file.height) {
            (Some(name), _) => name.clone(),
            (None, Some(lines)) => format!("{lines}p"),
            (None, None) => String::new(),
        };
        Self {
            address: scope.link(&file.href),
            content_type: file.content_type.clone(),
            name,
            // Of a list of pieces they say nothing.
            bytes: file.size_in_bytes.filter(|_| !file.is_stream()),
            is_stream: file.is_stream(),
        }
    }
}
