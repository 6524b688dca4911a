//! MP4, QuickTime and their kin (ISO/IEC 14496-12): the tree of boxes.
//!
//! Own code, because of the crates that read boxes the robust one is not under a
//! permissive licence and the permissive ones build the list of every frame and
//! panic on a table that lies. Of a film only some hundred bytes are needed: the
//! boxes on the way to `stsd` are stepped through, everything else is passed over.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

use super::{Film, not_a_film, seconds, truncated};
use crate::problem::Problem;

/// More boxes than these are no film, but a trap for whoever counts them.
const MAX_BOXES: usize = 20_000;
/// The configuration of a codec is some dozen bytes long.
const MAX_BODY: u64 = 64 * 1024;

pub(super) fn read(file: File, size: u64) -> Result<Film, Problem> {
    let mut boxes = Boxes {
        file: BufReader::new(file),
        left: MAX_BOXES,
    };
    match boxes.film(size) {
        Ok(film) => film,
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            Err(truncated("its headers promise more than there is"))
        }
        Err(error) => Err(Problem::new(
            "unreadable",
            format!("the file cannot be read: {error}"),
            "See that it is whole and that you may read it.",
        )),
    }
}

struct Boxes {
    file: BufReader<File>,
    left: usize,
}

/// A box: its name, and where its content lies in the file.
#[derive(Clone, Copy)]
struct Place {
    name: [u8; 4],
    start: u64,
    end: u64,
}

#[derive(Default)]
struct Movie {
    ticks: u64,
    ticks_a_second: u64,
    tracks: Vec<Track>,
}

#[derive(Default)]
struct Track {
    handler: [u8; 4],
    ticks: u64,
    ticks_a_second: u64,
    /// As shown, already turned.
    size: Option<(u32, u32)>,
    entry: Option<Entry>,
}

/// A sample description: how the frames are coded.
struct Entry {
    codec: Option<String>,
    size: Option<(u32, u32)>,
}

impl Boxes {
    fn film(&mut self, size: u64) -> io::Result<Result<Film, Problem>> {
        let mut movie = None;
        let mut data_at = None;
        let mut brand = [0; 4];
        let mut at = 0;
        while at < size {
            // Padding after the last box is no harm.
            if size - at < 8 {
                break;
            }
            let Some(place) = self.at(at, size)? else {
                break;
            };
            match &place.name {
                b"ftyp" => {
                    let body = self.body(place)?;
                    brand = array(&body, 0).unwrap_or_default();
                }
                b"moov" if movie.is_none() => {
                    if place.end > size {
                        return Ok(Err(lost(place, size)));
                    }
                    movie = Some((at, self.movie(place)?));
                }
                b"mdat" | b"moof" => {
                    data_at = data_at.or(Some(at));
                }
                _ => {}
            }
            if place.end > size {
                return Ok(Err(lost(place, size)));
            }
            at = place.end;
        }
        let Some((movie_at, movie)) = movie else {
            return Ok(Err(if data_at.is_some() {
                truncated("its index (moov) is not there")
            } else {
                not_a_film()
            }));
        };
        Ok(movie.film(brand, data_at.map(|data_at| movie_at < data_at)))
    }

    /// The box that begins here; `None` when it has no room or there were too many.
    fn at(&mut self, start: u64, limit: u64) -> io::Result<Option<Place>> {
        if self.left == 0 || limit.saturating_sub(start) < 8 {
            return Ok(None);
        }
        self.left -= 1;
        self.file.seek(SeekFrom::Start(start))?;
        let mut header = [0; 8];
        self.file.read_exact(&mut header)?;
        let [a, b, c, d, name @ ..] = header;
        let short = u64::from(u32::from_be_bytes([a, b, c, d]));
        let (length, head) = match short {
            // To the end of what it lies in.
            0 => (limit - start, 8),
            1 => {
                let mut long = [0; 8];
                self.file.read_exact(&mut long)?;
                (u64::from_be_bytes(long), 16)
            }
            _ => (short, 8),
        };
        Ok((length >= head).then(|| Place {
            name,
            start: start + head,
            end: start.saturating_add(length),
        }))
    }

    fn body(&mut self, place: Place) -> io::Result<Vec<u8>> {
        let length = place.end.saturating_sub(place.start).min(MAX_BODY);
        self.file.seek(SeekFrom::Start(place.start))?;
        let mut body = Vec::new();
        self.file.by_ref().take(length).read_to_end(&mut body)?;
        Ok(body)
    }

    /// Every box directly in another; what reaches over its end is cut there.
    fn within(
        &mut self,
        outer: Place,
        mut each: impl FnMut(&mut Self, Place) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut at = outer.start;
        while let Some(place) = self.at(at, outer.end)? {
            let cut = Place {
                end: place.end.min(outer.end),
                ..place
            };
            each(self, cut)?;
            at = place.end;
        }
        Ok(())
    }

    fn movie(&mut self, moov: Place) -> io::Result<Movie> {
        let mut movie = Movie::default();
        self.within(moov, |boxes, place| {
            match &place.name {
                b"mvhd" => {
                    let body = boxes.body(place)?;
                    if let Some((ticks, a_second)) = times(&body) {
                        movie.ticks = movie.ticks.max(ticks);
                        movie.ticks_a_second = a_second;
                    }
                }
                b"mvex" => boxes.within(place, |boxes, place| {
                    if &place.name == b"mehd" {
                        let body = boxes.body(place)?;
                        let ticks = match body.first() {
                            Some(1) => array(&body, 4).map(u64::from_be_bytes),
                            _ => array(&body, 4).map(|four| u64::from(u32::from_be_bytes(four))),
                        };
                        movie.ticks = movie.ticks.max(ticks.unwrap_or_default());
                    }
                    Ok(())
                })?,
                b"trak" if movie.tracks.len() < 64 => {
                    let track = boxes.track(place)?;
                    movie.tracks.push(track);
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok(movie)
    }

    fn track(&mut self, trak: Place) -> io::Result<Track> {
        let mut track = Track::default();
        self.within(trak, |boxes, place| {
            match &place.name {
                b"tkhd" => track.size = shown_size(&boxes.body(place)?),
                b"mdia" => boxes.within(place, |boxes, place| {
                    match &place.name {
                        b"mdhd" => {
                            if let Some((ticks, a_second)) = times(&boxes.body(place)?) {
                                (track.ticks, track.ticks_a_second) = (ticks, a_second);
                            }
                        }
                        b"hdlr" => {
                            track.handler = array(&boxes.body(place)?, 8).unwrap_or_default();
                        }
                        b"minf" => boxes.descend(place, &[b"stbl", b"stsd"], &mut track.entry)?,
                        _ => {}
                    }
                    Ok(())
                })?,
                _ => {}
            }
            Ok(())
        })?;
        Ok(track)
    }

    fn descend(
        &mut self,
        outer: Place,
        way: &[&[u8; 4]],
        entry: &mut Option<Entry>,
    ) -> io::Result<()> {
        let Some((next, way)) = way.split_first() else {
            // Version, flags and the count of entries; the first one tells.
            if let Some(first) = self.at(outer.start.saturating_add(8), outer.end)? {
                *entry = Some(self.entry(first)?);
            }
            return Ok(());
        };
        self.within(outer, |boxes, place| {
            if &place.name == *next && entry.is_none() {
                boxes.descend(place, way, entry)?;
            }
            Ok(())
        })
    }

    fn entry(&mut self, place: Place) -> io::Result<Entry> {
        let body = self.body(place)?;
        let is_picture = matches!(
            &place.name,
            b"avc1" | b"avc3" | b"hvc1" | b"hev1" | b"av01" | b"vp08" | b"vp09" | b"mp4v"
        );
        // Where the boxes begin after the fixed fields (sound in QuickTime has more).
        let fixed = match (is_picture, array(&body, 8).map(u16::from_be_bytes)) {
            (true, _) => 78,
            (false, Some(1)) => 44,
            (false, Some(2)) => 64,
            _ => 28,
        };
        let size = is_picture
            .then(|| Some((u16_at(&body, 24)?.into(), u16_at(&body, 26)?.into())))
            .flatten();
        let configuration = |name: &[u8; 4]| child(&body, fixed, name);
        let codec = match &place.name {
            b"avc1" | b"avc3" => configuration(b"avcC").and_then(|c| avc(place.name, c)),
            b"hvc1" | b"hev1" => configuration(b"hvcC").and_then(|c| hevc(place.name, c)),
            b"av01" => configuration(b"av1C").and_then(av1),
            b"vp08" => Some("vp08".to_owned()),
            b"vp09" => configuration(b"vpcC").and_then(vp9),
            b"mp4a" | b"mp4v" => configuration(b"esds")
                .or_else(|| child(&body, fixed, b"wave").and_then(|wave| child(wave, 0, b"esds")))
                .and_then(|c| esds(place.name, c)),
            b"Opus" => Some("opus".to_owned()),
            b"fLaC" => Some("flac".to_owned()),
            b"ac-3" => Some("ac-3".to_owned()),
            b"ec-3" => Some("ec-3".to_owned()),
            b".mp3" => Some("mp4a.6B".to_owned()),
            _ => None,
        };
        Ok(Entry { codec, size })
    }
}

fn lost(place: Place, size: u64) -> Problem {
    let name: String = String::from_utf8_lossy(&place.name)
        .escape_default()
        .collect();
    truncated(&format!(
        "the part “{name}” ends at byte {}, the file at byte {size}",
        place.end
    ))
}

impl Movie {
    fn film(self, brand: [u8; 4], fast_start: Option<bool>) -> Result<Film, Problem> {
        let video = self.tracks.iter().find(|track| &track.handler == b"vide");
        let audio = self.tracks.iter().find(|track| &track.handler == b"soun");
        if video.is_none() && audio.is_none() {
            return Err(not_a_film());
        }
        let codec = |track: Option<&Track>| track?.entry.as_ref()?.codec.clone();
        let size = video.and_then(|track| {
            track
                .size
                .filter(|(width, height)| *width > 0 && *height > 0)
                .or(track.entry.as_ref()?.size)
        });
        let longest = self
            .tracks
            .iter()
            .filter_map(|track| seconds(track.ticks, track.ticks_a_second))
            .max();
        let duration = seconds(self.ticks, self.ticks_a_second)
            .filter(|duration| duration.micros > 0)
            .or(longest)
            .filter(|duration| duration.micros > 0);
        Ok(Film {
            content_type: Some(match (&brand, video.is_some()) {
                (b"qt  ", _) => "video/quicktime",
                (_, true) => "video/mp4",
                (_, false) => "audio/mp4",
            }),
            width: size.map(|(width, _)| width),
            height: size.map(|(_, height)| height),
            duration,
            video_codec: codec(video),
            audio_codec: codec(audio),
            has_video: video.is_some(),
            has_audio: audio.is_some(),
            fast_start,
            ..Film::default()
        })
    }
}

/// Length and clock of a `mvhd` or `mdhd`: in ticks, and ticks a second.
fn times(body: &[u8]) -> Option<(u64, u64)> {
    let (ticks, a_second, unknown) = if body.first() == Some(&1) {
        let ticks = u64::from_be_bytes(array(body, 24)?);
        (ticks, u32::from_be_bytes(array(body, 20)?), u64::MAX)
    } else {
        let ticks = u32::from_be_bytes(array(body, 16)?);
        let a_second = u32::from_be_bytes(array(body, 12)?);
        (ticks.into(), a_second, u32::MAX.into())
    };
    // All ones: the writer did not know.
    Some((if ticks == unknown { 0 } else { ticks }, a_second.into()))
}

/// Width and height of a `tkhd` as they are shown: its matrix may turn the picture.
fn shown_size(body: &[u8]) -> Option<(u32, u32)> {
    let matrix = if body.first() == Some(&1) { 52 } else { 40 };
    let number = |index: usize| array(body, matrix + 4 * index).map(i32::from_be_bytes);
    let whole = |at: usize| array(body, at).map(|four| u32::from_be_bytes(four) >> 16);
    let (width, height) = (whole(matrix + 36)?, whole(matrix + 40)?);
    let is_on_its_side = number(0)? == 0 && number(4)? == 0 && number(1)? != 0;
    Some(if is_on_its_side {
        (height, width)
    } else {
        (width, height)
    })
}

/// The content of a box within bytes that were read already.
fn child<'b>(bytes: &'b [u8], mut at: usize, name: &[u8; 4]) -> Option<&'b [u8]> {
    loop {
        let length = usize::try_from(u32::from_be_bytes(array(bytes, at)?)).ok()?;
        let end = at.checked_add(length)?;
        let found: [u8; 4] = array(bytes, at + 4)?;
        if length < 8 {
            return None;
        }
        if found == *name {
            return bytes.get(at + 8..end.min(bytes.len()));
        }
        at = end;
    }
}

fn array<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at.checked_add(N)?)?.try_into().ok()
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    array(bytes, at).map(u16::from_be_bytes)
}

/// RFC 6381 §3.3: profile, constraints and level as they stand in the file.
pub(super) fn avc(name: [u8; 4], configuration: &[u8]) -> Option<String> {
    let [profile, constraints, level] = array(configuration, 1)?;
    let name = String::from_utf8_lossy(&name).into_owned();
    Some(format!("{name}.{profile:02x}{constraints:02x}{level:02x}"))
}

/// ISO/IEC 14496-15 annex E.3.
pub(super) fn hevc(name: [u8; 4], configuration: &[u8]) -> Option<String> {
    let first = *configuration.get(1)?;
    let space = match first >> 6 {
        0 => "",
        1 => "A",
        2 => "B",
        _ => "C",
    };
    let tier = if first & 0x20 == 0 { 'L' } else { 'H' };
    let flags = u32::from_be_bytes(array(configuration, 2)?).reverse_bits();
    let level = configuration.get(12)?;
    let mut constraints: Vec<u8> = configuration.get(6..12)?.to_vec();
    while constraints.last() == Some(&0) {
        constraints.pop();
    }
    let name = String::from_utf8_lossy(&name).into_owned();
    let constraints: String = constraints
        .iter()
        .map(|byte| format!(".{byte:X}"))
        .collect();
    Some(format!(
        "{name}.{space}{}.{flags:X}.{tier}{level}{constraints}",
        first & 0x1f
    ))
}

/// AV1 in ISOBMFF §5: profile, level, tier and bit depth.
pub(super) fn av1(configuration: &[u8]) -> Option<String> {
    let [second, third] = array(configuration, 1)?;
    let tier = if third & 0x80 == 0 { 'M' } else { 'H' };
    let depth = match (third & 0x40 != 0, third & 0x20 != 0) {
        (false, _) => 8,
        (true, false) => 10,
        (true, true) => 12,
    };
    Some(format!(
        "av01.{}.{:02}{tier}.{depth:02}",
        second >> 5,
        second & 0x1f
    ))
}

/// VP9 in ISOBMFF: profile, level and bit depth.
fn vp9(configuration: &[u8]) -> Option<String> {
    let [profile, level, depth] = array(configuration, 4)?;
    Some(format!("vp09.{profile:02}.{level:02}.{:02}", depth >> 4))
}

/// The object type of an elementary stream, and of AAC the audio object type
/// (ISO/IEC 14496-1 §7.2.6).
fn esds(name: [u8; 4], body: &[u8]) -> Option<String> {
    let name = String::from_utf8_lossy(&name).into_owned();
    let (stream, flags) = descriptor(body.get(4..)?, 3).and_then(|d| Some((d, *d.get(2)?)))?;
    let mut at = 3;
    at += if flags & 0x80 == 0 { 0 } else { 2 };
    if flags & 0x40 != 0 {
        at += 1 + usize::from(*stream.get(at)?);
    }
    at += if flags & 0x20 == 0 { 0 } else { 2 };
    let decoder = descriptor(stream.get(at..)?, 4)?;
    let object = *decoder.first()?;
    if object != 0x40 {
        return Some(format!("{name}.{object:02X}"));
    }
    let specific = descriptor(decoder.get(13..)?, 5)?;
    let [first, second] = array(specific, 0)?;
    let kind = match first >> 3 {
        // 31: six more bits.
        31 => 32 + (((first & 7) << 3) | (second >> 5)),
        kind => kind,
    };
    Some(format!("{name}.40.{kind}"))
}

/// A descriptor with this tag, whose length is written seven bits a byte.
fn descriptor(bytes: &[u8], tag: u8) -> Option<&[u8]> {
    let (found, mut rest) = bytes.split_first()?;
    if *found != tag {
        return None;
    }
    let mut length = 0_usize;
    for _ in 0..4 {
        let (byte, after) = rest.split_first()?;
        rest = after;
        length = (length << 7) | usize::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some(rest.get(..length).unwrap_or(rest))
}
