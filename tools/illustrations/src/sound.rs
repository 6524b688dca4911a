//! Sounds made from arithmetic: water, waves, bells, and the WAV file they
//! are kept in on the way to an encoder.

use crate::encode::Result;
use crate::film::{Chime, ffmpeg};
use crate::noise::{Rng, noise, smoothstep};
use std::f32::consts::TAU;
use std::path::Path;

const RATE: u32 = 48_000;

/// Samples of a stereo recording, left and right.
pub struct Stereo {
    left: Vec<f32>,
    right: Vec<f32>,
}

impl Stereo {
    fn silence(seconds: f32) -> Stereo {
        let count = (seconds * RATE as f32) as usize;
        Stereo {
            left: vec![0.0; count],
            right: vec![0.0; count],
        }
    }

    fn add(&mut self, at: usize, left: f32, right: f32) {
        if at < self.left.len() {
            self.left[at] += left;
            self.right[at] += right;
        }
    }

    fn mix(&mut self, other: &Stereo, gain: f32) {
        for at in 0..self.left.len().min(other.left.len()) {
            self.left[at] += other.left[at] * gain;
            self.right[at] += other.right[at] * gain;
        }
    }

    /// Fades in and out, and sets the loudest sample to `peak`.
    fn finish(mut self, fade_in: f32, fade_out: f32, peak: f32) -> Stereo {
        let seconds = self.left.len() as f32 / RATE as f32;
        let mut loudest = 1e-6f32;
        for at in 0..self.left.len() {
            let t = at as f32 / RATE as f32;
            let gain = smoothstep(0.0, fade_in, t) * smoothstep(seconds, seconds - fade_out, t);
            for channel in [&mut self.left[at], &mut self.right[at]] {
                *channel *= gain;
                loudest = loudest.max(channel.abs());
            }
        }
        for channel in [&mut self.left, &mut self.right] {
            channel.iter_mut().for_each(|v| *v *= peak / loudest);
        }
        self
    }

    /// The same sound as a large open place gives it back.
    fn echo(&self, decay: f32, dark: f32) -> Stereo {
        let mut wet = Stereo::silence(self.left.len() as f32 / RATE as f32);
        let rooms = [
            (&self.left, &mut wet.left, [1687usize, 1931, 2203, 2551]),
            (&self.right, &mut wet.right, [1733, 1987, 2251, 2621]),
        ];
        for (dry, out, delays) in rooms {
            for delay in delays {
                let mut line = vec![0.0f32; delay];
                let (mut at, mut low) = (0, 0.0f32);
                for (sample, sum) in dry.iter().zip(out.iter_mut()) {
                    let back = line[at];
                    low += (back - low) * dark;
                    line[at] = sample + low * decay;
                    *sum += back * 0.25;
                    at = (at + 1) % delay;
                }
            }
            for delay in [347usize, 113] {
                let mut line = vec![0.0f32; delay];
                let mut at = 0;
                for sample in out.iter_mut() {
                    let back = line[at];
                    let into = *sample + back * 0.6;
                    *sample = back - into * 0.6;
                    line[at] = into;
                    at = (at + 1) % delay;
                }
            }
        }
        wet
    }
}

/// Two one-pole low-passes in a row, with a corner that may move.
#[derive(Default)]
struct LowPass(f32, f32);

impl LowPass {
    fn next(&mut self, input: f32, hertz: f32) -> f32 {
        let k = 1.0 - (-TAU * hertz / RATE as f32).exp();
        self.0 += (input - self.0) * k;
        self.1 += (self.0 - self.1) * k;
        self.1
    }
}

fn pan(position: f32) -> (f32, f32) {
    let angle = (position.clamp(-1.0, 1.0) + 1.0) * TAU / 8.0;
    (angle.cos(), angle.sin())
}

/// One stroke of a bell: partials (ratio, loudness, seconds) over a pitch.
struct Bell<'a> {
    hertz: f32,
    partials: &'a [(f32, f32, f32)],
    soft: f32,
}

impl Bell<'_> {
    fn strike(&self, sound: &mut Stereo, at: f32, place: f32, gain: f32) {
        let start = (at * RATE as f32) as usize;
        let (left, right) = pan(place);
        for &(ratio, loud, seconds) in self.partials {
            let hertz = self.hertz * ratio;
            if hertz > 15_000.0 {
                continue;
            }
            for step in 0..(seconds * 5.0 * RATE as f32) as usize {
                let t = step as f32 / RATE as f32;
                let level = gain * loud * (-t / seconds).exp() * smoothstep(0.0, self.soft, t);
                let wave = (TAU * (hertz * t).fract()).sin() * level;
                // The two sides beat against each other a little.
                let twin = (TAU * (hertz * 1.0011 * t).fract()).sin() * level;
                sound.add(start + step, wave * left, twin * right);
            }
        }
    }
}

const HAND_BELL: &[(f32, f32, f32)] = &[
    (1.0, 1.0, 1.3),
    (2.0, 0.28, 0.8),
    (2.76, 0.22, 0.45),
    (5.4, 0.09, 0.18),
    (8.1, 0.03, 0.08),
];

const DEEP_BELL: &[(f32, f32, f32)] = &[
    (0.5, 0.45, 2.2),
    (1.0, 1.0, 1.7),
    (1.19, 0.5, 1.2),
    (1.56, 0.28, 0.9),
    (2.0, 0.42, 0.8),
    (2.74, 0.16, 0.4),
    (4.1, 0.07, 0.2),
];

/// Water against paper and bank: a murmur, and drops that ring as they close.
fn lapping(seconds: f32, seed: u64) -> Stereo {
    let mut sound = Stereo::silence(seconds);
    let mut rng = Rng::new(seed);
    let mut filters: [(LowPass, LowPass); 2] = Default::default();
    for at in 0..sound.left.len() {
        let t = at as f32 / RATE as f32;
        let mut out = [0.0; 2];
        for (side, (body, rumble)) in filters.iter_mut().enumerate() {
            let shift = side as f32 * 7.3;
            let swell = 0.55 + 0.45 * noise(t * 0.8 + shift, 0.5, 5);
            let lap = smoothstep(0.1, 0.8, noise(t * 1.9 + shift, 3.5, 6));
            let white = rng.range(-1.0, 1.0);
            let murmur = body.next(white, 420.0 + 900.0 * lap);
            out[side] = (murmur - rumble.next(murmur, 170.0)) * (0.3 * swell + 0.5 * lap);
        }
        sound.add(at, out[0], out[1]);
    }
    let mut at = 0.1;
    while at < seconds {
        let hertz = rng.range(420.0, 1250.0);
        let long = rng.range(0.02, 0.07);
        let rise = rng.range(0.1, 0.7);
        let (left, right) = pan(rng.range(-0.9, 0.9));
        let gain = 0.035 * rng.unit().powf(1.5);
        let start = (at * RATE as f32) as usize;
        let mut phase = 0.0f32;
        for step in 0..(long * 6.0 * RATE as f32) as usize {
            let t = step as f32 / RATE as f32;
            phase = (phase + hertz * (1.0 + rise * t / long * 0.3) / RATE as f32).fract();
            let level = gain * smoothstep(0.0, 0.004, t) * (-t / long).exp();
            let wave = (TAU * phase).sin() * level;
            sound.add(start + step, wave * left, wave * right);
        }
        at += rng.range(0.03, 0.3);
    }
    sound
}

/// The film's sound: water all along, and a small bell for every candle.
pub fn river(seconds: f32, chimes: &[Chime]) -> Stereo {
    let mut bells = Stereo::silence(seconds);
    // A pentatonic scale: whatever is struck together agrees.
    let scale = [523.25, 587.33, 659.26, 783.99, 880.0, 1046.5, 1174.66];
    let order = [2usize, 4, 3, 0, 5, 1, 4, 6, 2, 3, 5, 0];
    for (count, chime) in chimes.iter().enumerate() {
        let bell = Bell {
            hertz: scale[order[count % order.len()]],
            partials: HAND_BELL,
            soft: 0.006,
        };
        bell.strike(
            &mut bells,
            chime.at,
            chime.pan * 0.8,
            0.05 + 0.1 * chime.near,
        );
    }
    let deep = Bell {
        hertz: 261.63,
        partials: DEEP_BELL,
        soft: 0.02,
    };
    for (at, gain) in [(1.6, 0.06), (4.4, 0.07), (13.2, 0.1)] {
        deep.strike(&mut bells, at, 0.3, gain);
    }
    let mut sound = lapping(seconds, 31);
    let room = bells.echo(0.82, 0.45);
    sound.mix(&bells, 0.55);
    sound.mix(&room, 0.5);
    sound.finish(0.5, 1.6, 0.6)
}

/// Waves that come in and draw back, and a bell buoy far out.
pub fn shore(seconds: f32) -> Stereo {
    let mut sound = Stereo::silence(seconds);
    let mut rng = Rng::new(909);
    // When each wave breaks, how strongly, and where along the beach.
    let waves = [
        (1.2, 0.7, -0.3),
        (5.6, 1.0, 0.2),
        (10.9, 0.75, -0.1),
        (15.0, 0.95, 0.35),
        (20.3, 0.8, -0.25),
    ];
    let mut filters: [(LowPass, LowPass, LowPass, LowPass); 2] = Default::default();
    let mut grains = [0.0f32; 2];
    for at in 0..sound.left.len() {
        let t = at as f32 / RATE as f32;
        let mut out = [0.0; 2];
        for (side, (sea, surf, floor, stones)) in filters.iter_mut().enumerate() {
            let sign = side as f32 * 2.0 - 1.0;
            let (mut surge, mut crash, mut drag) = (0.0f32, 0.0f32, 0.0f32);
            for (start, loud, place) in waves {
                let side_gain: f32 = 0.75 + 0.25 * sign * place;
                // The wave runs along the beach: one ear hears it first.
                let age = t - start - 0.18 * sign * place;
                let up = smoothstep(-1.7, 0.0, age) * (-(age.max(0.0) / 1.5)).exp();
                let blow = smoothstep(-0.12, 0.22, age) * (-(age.max(0.0) / 0.75)).exp();
                let back = smoothstep(0.7, 1.7, age) * (-((age - 1.7).max(0.0) / 1.0)).exp();
                surge += up * loud * side_gain;
                crash += blow * loud * side_gain;
                drag += back * loud * side_gain;
            }
            let white = rng.range(-1.0, 1.0);
            let body = sea.next(white, 170.0 + 420.0 * surge + 900.0 * crash);
            let bright = surf.next(white, 2200.0 + 3000.0 * crash);
            let hiss = bright - floor.next(bright, 900.0);
            // Shingle: single stones, each a click with a short ring.
            let rattle = &mut grains[side];
            if rng.unit() < drag * 0.02 {
                *rattle = rng.range(0.3, 1.0);
            }
            *rattle *= 0.995;
            let roll = stones.next(white, 5200.0) * *rattle;
            let far = 0.16 + 0.05 * noise(t * 0.35, side as f32 * 9.0, 12);
            out[side] = body * (far * 2.6 + 1.9 * surge + 1.6 * crash)
                + hiss * (0.03 + 0.1 * surge + 0.34 * crash + 0.13 * drag)
                + roll * 0.3 * drag;
        }
        sound.add(at, out[0], out[1]);
    }
    let mut buoy = Stereo::silence(seconds);
    let bell = Bell {
        hertz: 392.0,
        partials: DEEP_BELL,
        soft: 0.012,
    };
    for (at, gain) in [
        (3.4, 0.8),
        (4.3, 0.45),
        (8.6, 0.9),
        (9.7, 0.5),
        (13.4, 0.7),
        (18.2, 0.95),
        (19.0, 0.4),
        (22.4, 0.6),
    ] {
        bell.strike(&mut buoy, at, 0.4, gain);
    }
    // Distance takes the edge off it.
    let mut dull: [LowPass; 2] = Default::default();
    for at in 0..buoy.left.len() {
        buoy.left[at] = dull[0].next(buoy.left[at], 1100.0);
        buoy.right[at] = dull[1].next(buoy.right[at], 1100.0);
    }
    let room = buoy.echo(0.85, 0.3);
    sound.mix(&buoy, 0.035);
    sound.mix(&room, 0.05);
    sound.finish(1.2, 2.2, 0.75)
}

/// Writes 16-bit stereo PCM.
pub fn write_wav(path: &Path, sound: &Stereo) -> Result<()> {
    let bytes = u32::try_from(sound.left.len() * 4)?;
    let mut file = Vec::with_capacity(bytes as usize + 44);
    file.extend(b"RIFF");
    file.extend((36 + bytes).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16u32.to_le_bytes());
    file.extend(1u16.to_le_bytes());
    file.extend(2u16.to_le_bytes());
    file.extend(RATE.to_le_bytes());
    file.extend((RATE * 4).to_le_bytes());
    file.extend(4u16.to_le_bytes());
    file.extend(16u16.to_le_bytes());
    file.extend(b"data");
    file.extend(bytes.to_le_bytes());
    for (left, right) in sound.left.iter().zip(&sound.right) {
        for value in [left, right] {
            file.extend(((value.clamp(-1.0, 1.0) * 32767.0).round() as i16).to_le_bytes());
        }
    }
    std::fs::write(path, file)?;
    Ok(())
}

/// Makes the recording of the shore.
pub fn write(media: &Path) -> Result<()> {
    let folder = media.join("fog-shore-sound");
    let work = std::env::temp_dir().join(format!("sound-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    std::fs::create_dir_all(&work)?;
    let wav = work.join("shore.wav");
    write_wav(&wav, &shore(24.0))?;
    let head = "-y -hide_banner -loglevel error -i WAV -map_metadata -1 -fflags +bitexact -flags:a +bitexact";
    for (name, codec) in [
        ("shore.mp3", "-c:a libmp3lame -b:a 96k"),
        ("shore.ogg", "-c:a libopus -b:a 56k"),
    ] {
        let out = folder.join(name);
        ffmpeg(
            &format!("{head} {codec} OUT"),
            &[("WAV", &wav), ("OUT", &out)],
        )?;
        println!(
            "/media/fog-shore-sound/{name} {}",
            std::fs::metadata(&out)?.len()
        );
    }
    std::fs::remove_dir_all(&work)?;
    Ok(())
}
