//! MP3, Ogg, FLAC, WAV and AAC, through lofty.

use std::fs::File;
use std::io::BufReader;

use lofty::config::{ParseOptions, ParsingMode};
use lofty::file::{AudioFile as _, FileType};
use lofty::probe::Probe;

use super::{Film, not_a_film, seconds_of};
use crate::problem::Problem;

pub(super) fn read(file: File, start: &[u8]) -> Result<Film, Problem> {
    if !may_be_sound(start) {
        return Err(not_a_film());
    }
    let options = ParseOptions::new()
        .parsing_mode(ParsingMode::Relaxed)
        .read_tags(false)
        .read_cover_art(false);
    let sound = Probe::new(BufReader::new(file))
        .options(options)
        .guess_file_type()
        .ok()
        .and_then(|probe| {
            let kind = probe.file_type()?;
            Some((kind, probe.read().ok()?))
        });
    let Some((kind, sound)) = sound else {
        return Err(not_a_film());
    };
    let properties = sound.properties();
    let (content_type, codec) = match kind {
        FileType::Mpeg => ("audio/mpeg", "mp3"),
        FileType::Aac => ("audio/aac", "mp4a.40.2"),
        FileType::Opus => ("audio/ogg", "opus"),
        FileType::Vorbis => ("audio/ogg", "vorbis"),
        FileType::Speex => ("audio/ogg", "speex"),
        FileType::Flac => ("audio/flac", "flac"),
        FileType::Wav => ("audio/wav", "1"),
        _ => return Err(not_a_film()),
    };
    let duration = properties.duration();
    Ok(Film {
        content_type: Some(content_type),
        duration: (!duration.is_zero())
            .then(|| seconds_of(duration))
            .flatten(),
        audio_codec: Some(codec.to_owned()),
        has_audio: true,
        ..Film::default()
    })
}

/// lofty looks far into a file for a frame of MP3 and finds one in any long noise.
fn may_be_sound(start: &[u8]) -> bool {
    matches!(
        start,
        [b'I', b'D', b'3', ..]
            | [0xff, 0xe0..=0xff, ..]
            | [b'O', b'g', b'g', b'S', ..]
            | [b'f', b'L', b'a', b'C', ..]
            | [
                b'R',
                b'I',
                b'F',
                b'F',
                _,
                _,
                _,
                _,
                b'W',
                b'A',
                b'V',
                b'E',
                ..
            ]
    )
}
