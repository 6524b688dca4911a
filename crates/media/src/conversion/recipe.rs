//! What ffmpeg is asked for.

use super::{Aim, Source};

/// Where the files stand among the arguments.
pub const SOURCE: &str = "{source}";
pub const RESULT: &str = "{result}";

/// Quality of H.264, from 0 (nothing lost) to 51. What comes from old players has lost
/// enough before; at 20, nobody tells the two apart.
const QUALITY: &str = "20";

/// The arguments behind the fixed ones that make `aim` of a source.
pub fn words(source: &Source, aim: Aim) -> Vec<String> {
    let mut words = Words(Vec::new());
    words.add(["-i", SOURCE, "-map_metadata", "-1", "-map_chapters", "-1"]);
    for (name, value) in &source.credit {
        words.add(["-metadata", &format!("{name}={value}")]);
    }
    let video = source.video.as_ref().filter(|_| aim == Aim::Film);
    if let Some(video) = video {
        words.add(["-map", &format!("0:{}", video.stream)]);
        if video.is_fit {
            words.add(["-c:v", "copy"]);
        } else {
            words.add(["-vf", &filter(video.has_square_pixels)]);
            words.add(["-c:v", "libx264", "-preset", "medium", "-crf", QUALITY]);
            words.add(["-pix_fmt", "yuv420p"]);
        }
    }
    if let Some(audio) = &source.audio {
        words.add(["-map", &format!("0:{}", audio.stream)]);
        if audio.is_fit {
            words.add(["-c:a", "copy"]);
        } else {
            let is_mono = audio.channels == 1;
            words.add(["-c:a", "aac", "-b:a", if is_mono { "64k" } else { "128k" }]);
            words.add(["-ac", if is_mono { "1" } else { "2" }]);
            // Speech was often sent at 8 kHz, where AAC has little to offer and some
            // decoders nothing.
            if !matches!(audio.rate, 32_000 | 44_100 | 48_000) {
                words.add(["-ar", "44100"]);
            }
            // Some RealAudio says of every piece that it is the first. Without pictures
            // to go along with, sound needs no other clock than its own length.
            if video.is_none() {
                words.add(["-af", "asetpts=N/SR/TB"]);
            }
        }
    }
    words.add(["-movflags", "+faststart", "-avoid_negative_ts", "make_zero"]);
    words.add(["-max_muxing_queue_size", "4096"]);
    words.add(["-f", if video.is_some() { "mp4" } else { "ipod" }, RESULT]);
    words.0
}

/// Whole lines instead of combed ones (only where a frame says that it is combed), then
/// even sides. ffmpeg has turned the picture upright before. Of an odd side one line is
/// cut off, because to stretch the picture by it would soften all of them; pixels that
/// were not square become so by shrinking.
fn filter(has_square_pixels: bool) -> String {
    let sides = if has_square_pixels {
        "crop=trunc(iw/2)*2:trunc(ih/2)*2:0:0"
    } else {
        "scale=max(2\\,trunc(iw*min(1\\,sar)/2)*2):max(2\\,trunc(ih/max(1\\,sar)/2)*2):flags=lanczos"
    };
    format!("yadif=deint=interlaced,{sides},setsar=1")
}

/// The arguments that save the first picture of which less than `most_black` in a
/// hundred pixels are black.
pub fn poster(most_black: &str) -> Vec<String> {
    let mut words = Words(Vec::new());
    words.add(["-i", SOURCE, "-map", "0:v:0", "-map_metadata", "-1", "-vf"]);
    words.add([format!(
        "blackframe=amount=0:threshold=32,metadata=mode=select:key=lavfi.blackframe.pblack:value={most_black}:function=less"
    )
    .as_str()]);
    words.add(["-frames:v", "1", "-c:v", "mjpeg", "-q:v", "2"]);
    words.add(["-pix_fmt", "yuvj420p", "-f", "image2", "-update", "1"]);
    words.add([RESULT]);
    words.0
}

struct Words(Vec<String>);

impl Words {
    fn add<const N: usize>(&mut self, words: [&str; N]) {
        self.0.extend(words.map(str::to_owned));
    }
}
