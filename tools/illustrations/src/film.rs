//! The film: sixteen seconds in which an afternoon on a river turns to night
//! and the paper boats on it light their candles.
//!
//! Frames are drawn one by one and piped into ffmpeg as raw pixels; the sound
//! comes from [`crate::sound`], which asks here when the candles are lit.

use crate::canvas::{Canvas, Shape, curve};
use crate::encode::{self, Result};
use crate::noise::{Rng, fbm, noise, smoothstep};
use crate::palette::{Color, EMBER, FLAME, PAPERS, hex, ramp};
use crate::props::{Boat, Camera, Daylight, ripple};
use crate::sound;
use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};

pub const SECONDS: f32 = 16.0;
const RATE: u32 = 24;
const WIDTH: usize = 1280;
const HEIGHT: usize = 720;
const W: f32 = WIDTH as f32;
const H: f32 = HEIGHT as f32;
const ID: &str = "paper-boats-film";
/// The moment that stands still while nobody has pressed play.
const POSTER: f32 = 11.6;

/// Where the far bank meets the water.
const SHORE: f32 = 291.0;

const CAMERA: Camera = Camera {
    centre: 640.0,
    horizon: 262.0,
    focal: 1050.0,
    eye: 1.75,
};

/// How far the stream carries a boat in a second: sideways, and towards us.
const STREAM: (f32, f32) = (0.27, -0.05);

/// A boat and what it does in the course of the film.
struct Voyage {
    boat: Boat,
    lit: f32,
    phase: f32,
}

/// Where the boats are at half-time, and when each lights its candle.
fn fleet() -> Vec<Voyage> {
    let mut rng = Rng::new(1416);
    let mut fleet: Vec<Voyage> = Vec::new();
    let mut tries = 0;
    while fleet.len() < 64 && tries < 6000 {
        tries += 1;
        let z = 5.4 + 36.0 * rng.unit().powf(1.7);
        let x = rng.range(-1.0, 1.0) * (0.66 * z + 2.4);
        let near = |v: &Voyage| (v.boat.x - x).abs() < 1.25 && (v.boat.z - z).abs() < 0.95;
        if fleet.iter().any(near) {
            continue;
        }
        fleet.push(Voyage {
            boat: Boat {
                x,
                z,
                size: rng.range(0.36, 0.5),
                heading: rng.range(-0.55, 0.55),
                roll: 0.0,
                paper: rng.pick(&PAPERS),
                candle: 0.0,
            },
            lit: rng.range(6.4, 12.2),
            phase: rng.range(0.0, std::f32::consts::TAU),
        });
    }
    fleet.sort_by(|a, b| b.boat.z.total_cmp(&a.boat.z));
    fleet
}

impl Voyage {
    fn at(&self, t: f32) -> Boat {
        let drift = t - SECONDS / 2.0;
        let sway = (t * 0.9 + self.phase).sin();
        let burning = smoothstep(self.lit, self.lit + 0.9, t);
        let flicker = (t * 7.0 + self.phase * 3.0).sin() * (t * 4.3 + self.phase).sin();
        Boat {
            x: self.boat.x + STREAM.0 * drift + 0.05 * sway,
            z: self.boat.z + STREAM.1 * drift,
            heading: self.boat.heading + 0.09 * (t * 0.45 + self.phase * 2.0).sin(),
            roll: 0.05 * (t * 1.5 + self.phase).sin(),
            candle: burning * (0.92 + 0.07 * flicker),
            ..self.boat
        }
    }
}

/// A candle that can be heard being lit: when, how far right (-1 to 1) and how near (0 to 1).
pub struct Chime {
    pub at: f32,
    pub pan: f32,
    pub near: f32,
}

/// The candles of the boats in front, in the order they are lit.
pub fn chimes() -> Vec<Chime> {
    let mut all: Vec<Chime> = fleet()
        .iter()
        .filter_map(|voyage| {
            let boat = voyage.at(voyage.lit);
            let (x, _) = CAMERA.project(boat.x, 0.0, boat.z);
            let seen = x > 40.0 && x < W - 40.0 && boat.z < 15.0;
            seen.then_some(Chime {
                at: voyage.lit,
                pan: x / W * 2.0 - 1.0,
                near: (5.4 / boat.z).min(1.0),
            })
        })
        .collect();
    all.sort_by(|a, b| a.at.total_cmp(&b.at));
    // Two strokes at once are one stroke.
    all.dedup_by(|later, earlier| later.at - earlier.at < 0.22);
    all
}

/// How far the day has gone: 0 is the afternoon, 1 is night.
fn dusk(t: f32) -> f32 {
    (t / 12.4).min(1.0)
}

fn colour(dusk: f32, five: [u32; 5]) -> Color {
    let at = |i: usize| (i as f32 / 4.0, hex(five[i]));
    ramp(&[at(0), at(1), at(2), at(3), at(4)], dusk)
}

struct House {
    x: f32,
    width: f32,
    height: f32,
    wall: Color,
    lit: f32,
}

struct Tree {
    x: f32,
    y: f32,
    radius: f32,
    shade: f32,
}

struct Reed {
    root: f32,
    tall: f32,
    lean: f32,
    phase: f32,
}

/// Everything that is worked out once and used in every frame.
struct Film {
    fleet: Vec<Voyage>,
    /// Clouds in the red channel, brushwork in the green.
    texture: Canvas,
    houses: Vec<House>,
    trees: Vec<Tree>,
    reeds: Vec<Reed>,
    stars: Vec<(f32, f32, f32, f32)>,
}

impl Film {
    fn new() -> Film {
        let mut texture = Canvas::new(WIDTH, HEIGHT);
        texture.shade(|x, y, _| {
            let cloud = 0.5 + 0.6 * fbm(x / 330.0, y / 62.0, 4, 61);
            let brush = 0.5 + 0.9 * fbm(x / 34.0, y / 13.0, 3, 65);
            Color {
                r: cloud,
                g: brush,
                b: 0.5,
            }
            .clamped()
        });
        texture.daub(4);
        let mut rng = Rng::new(88);
        let mut trees = Vec::new();
        for _ in 0..150 {
            let x = rng.range(-20.0, W + 20.0);
            let hump = 9.0 + 11.0 * (0.5 + 0.5 * noise(x / 120.0, 0.0, 4)).max(0.0);
            trees.push(Tree {
                x,
                y: SHORE - rng.range(1.0, 1.6) * hump * 0.75,
                radius: rng.range(0.6, 1.0) * hump,
                shade: rng.unit(),
            });
        }
        let houses = (0..17)
            .map(|i| House {
                x: 50.0 + i as f32 * 73.0 + rng.range(-26.0, 26.0),
                width: rng.range(22.0, 34.0),
                height: rng.range(17.0, 30.0),
                wall: rng.pick(&[hex(0xd98e6a), hex(0xe8c08a), hex(0xb9747a), hex(0x8da7a0)]),
                lit: rng.range(5.6, 10.0),
            })
            .collect();
        let reeds = (0..46)
            .map(|i| {
                let spread = rng.unit().powf(1.6) * 250.0;
                Reed {
                    root: if i % 3 == 0 {
                        spread - 12.0
                    } else {
                        W + 12.0 - spread
                    },
                    tall: rng.range(90.0, 250.0) * (1.0 - spread / 420.0),
                    lean: rng.range(-36.0, 36.0),
                    phase: rng.range(0.0, 6.0),
                }
            })
            .collect();
        let stars = (0..110)
            .map(|_| {
                let (x, y) = (rng.range(0.0, W), rng.range(0.0, 190.0));
                (x, y, rng.range(1.0, 2.4), rng.range(0.0, 6.0))
            })
            .collect();
        Film {
            fleet: fleet(),
            texture,
            houses,
            trees,
            reeds,
            stars,
        }
    }

    fn frame(&self, t: f32) -> Canvas {
        let mut c = Canvas::new(WIDTH, HEIGHT);
        let day = dusk(t);
        let haze = colour(day, [0xf6cf9b, 0xf0a57a, 0xb67a8c, 0x4f4a80, 0x24315c]);
        self.sky(&mut c, t);
        self.shore(&mut c, t, haze);
        self.river(&mut c, t);
        let light = Daylight {
            from: (0.5 - 0.2 * day, 0.6, 0.15 - 0.5 * day),
            sun: colour(day, [0xfff4d8, 0xffd2a4, 0xcf9cac, 0x8088bb, 0x6d81ad]),
            shade: colour(day, [0x9a88a0, 0x80658f, 0x5d4f86, 0x3c4277, 0x2f375f]),
            haze,
            haze_depth: 95.0,
        };
        let water = colour(day, [0x4b9a9c, 0x4c7a97, 0x41508a, 0x1c2f62, 0x0d1c40]);
        let boats: Vec<Boat> = self.fleet.iter().map(|voyage| voyage.at(t)).collect();
        for boat in &boats {
            boat.draw_reflection(&mut c, &CAMERA, &light, water);
        }
        ripple(&mut c, &CAMERA, 13.0, t * 0.55, 71);
        for boat in &boats {
            boat.draw(&mut c, &CAMERA, &light);
        }
        self.reeds(&mut c, t);
        let opening = smoothstep(-0.25, 0.7, t);
        let closing = 1.0 - 0.55 * smoothstep(SECONDS - 1.1, SECONDS, t);
        c.shade(|x, y, p| {
            let brush = self.texture.sample(x, y).g - 0.5;
            let (dx, dy) = (x / W - 0.5, y / H - 0.5);
            let edge = (dx * dx + dy * dy) * 2.0;
            let lift =
                (1.05 - 0.05 * day + 0.07 * brush) * (1.0 - (0.2 + 0.25 * day) * edge * edge);
            p * (lift * opening * closing)
        });
        c
    }

    fn sky(&self, c: &mut Canvas, t: f32) {
        let day = dusk(t);
        let stops = [
            (
                0.0,
                colour(day, [0x6fb6c8, 0x5f8fb8, 0x3a4a86, 0x1b2a5e, 0x0b1637]),
            ),
            (
                0.55,
                colour(day, [0xf0dcb2, 0xf0b795, 0xa9688f, 0x4a3f7a, 0x1a2a59]),
            ),
            (
                1.0,
                colour(day, [0xfac98a, 0xf8935f, 0xef8460, 0x9a5f86, 0x4a4576]),
            ),
        ];
        let cloud = colour(day, [0xfff3d6, 0xffd0a0, 0xe8857c, 0x6b5590, 0x2b3a6c]);
        let drift = t * 2.2;
        c.shade(|x, y, p| {
            if y > SHORE + 2.0 {
                return p;
            }
            let field = self.texture.sample((x * 0.94 + drift).min(W), y).r;
            let base = ramp(&stops, y / 290.0 + 0.10 * (field - 0.5));
            let cover = smoothstep(0.5, 0.82, field) * smoothstep(290.0, 60.0, y);
            base.mix(cloud, cover * 0.6)
        });
        let sun = 128.0 + t * 26.0;
        let strength = smoothstep(8.6, 4.5, t);
        if strength > 0.0 {
            let warm = colour(day, [0xfff0c0, 0xffc070, 0xff7a4a, 0xff6a4a, 0xff6a4a]);
            c.glow_oval(852.0, sun.min(268.0), 620.0, 290.0, warm, 0.75 * strength);
            c.fill(
                &Shape::ellipse(852.0, sun, 31.0, 31.0),
                warm.mix(hex(0xfffbe8), 0.75),
            );
        }
        let night = smoothstep(8.5, 13.0, t);
        if night > 0.0 {
            for &(x, y, radius, phase) in &self.stars {
                let twinkle = 0.62 + 0.3 * (t * 1.7 + phase).sin();
                c.glow(x, y, radius, hex(0xdfe8ff), night * twinkle);
            }
            let (x, y) = (312.0, 92.0);
            c.glow(x, y, 150.0, hex(0xb8c8f0), 0.3 * night);
            c.glaze(
                &Shape::ellipse(x, y, 21.0, 21.0),
                0.92 * night,
                hex(0xf3eedb),
            );
            c.glaze(
                &Shape::ellipse(x - 5.0, y - 4.0, 5.0, 4.0),
                0.3 * night,
                hex(0xc9c8c8),
            );
            c.glaze(
                &Shape::ellipse(x + 7.0, y + 6.0, 6.0, 4.0),
                0.25 * night,
                hex(0xc9c8c8),
            );
        }
    }

    fn shore(&self, c: &mut Canvas, t: f32, haze: Color) {
        let day = dusk(t);
        let slopes = [
            (
                232.0,
                60.0,
                [0xe0b69c, 0xc98a86, 0x8a6090, 0x44427a, 0x273463],
                5u32,
            ),
            (
                258.0,
                34.0,
                [0xb9a48c, 0x9c7482, 0x654d80, 0x2f3163, 0x192750],
                6,
            ),
        ];
        for (base, tall, five, seed) in slopes {
            let hill = Shape::below(0.0, W, SHORE, |x| {
                base - tall * (0.3 + fbm(x / 270.0 + 3.0, 1.0, 4, seed))
            });
            c.fill(&hill, colour(day, five));
        }
        let dark = colour(day, [0x3f7560, 0x3f5a5c, 0x35375c, 0x1b2146, 0x101a38]);
        let fair = colour(day, [0x8ba05c, 0x9a7a58, 0x6a4a68, 0x28295a, 0x16224a]);
        let (behind, before) = self.trees.split_at(118);
        let tree = |c: &mut Canvas, tree: &Tree, tall: f32| {
            let leaf = dark.mix(fair, tree.shade * 0.8).mix(haze, 0.16);
            let y = SHORE + (tree.y - SHORE) * tall;
            let radius = tree.radius * (0.4 + 0.6 * tall);
            c.fill(&Shape::ellipse(tree.x, y, radius, radius * 0.85), leaf);
        };
        behind.iter().for_each(|t| tree(c, t, 1.0));
        for house in &self.houses {
            let (x, y, w, h) = (house.x, SHORE - house.height, house.width, house.height);
            let tint = colour(day, [0xffffff, 0xe8c0b0, 0x9a7aa0, 0x4d4a7a, 0x2c3560]);
            let wall = house.wall.multiply(tint, 1.0).mix(haze, 0.25);
            c.fill(&Shape::rect(x - w / 2.0, y, w, h), wall);
            let roof = Shape::polygon(&[(x - w * 0.6, y), (x, y - w * 0.4), (x + w * 0.6, y)]);
            c.fill(&roof, hex(0x9a5550).multiply(tint, 1.0).mix(haze, 0.2));
            let glow = smoothstep(house.lit, house.lit + 0.5, t);
            let pane = wall.mix(hex(0x3a3050), 0.5).mix(hex(0xffca70), glow);
            for side in [-0.24, 0.12] {
                c.fill(
                    &Shape::rect(x + side * w, y + h * 0.2, w * 0.15, h * 0.26),
                    pane,
                );
            }
            c.glow(x, y + h * 0.32, w * 0.95, hex(0xff9a48), 0.4 * glow);
        }
        before.iter().for_each(|t| tree(c, t, 0.3));
        let bank = Shape::below(0.0, W, SHORE + 4.0, |x| {
            SHORE - 5.0 + 2.0 * noise(x / 70.0, 0.0, 9)
        });
        c.fill(&bank, dark * 0.9);
    }

    /// The water: the far side upside down, and its own colour towards us.
    fn river(&self, c: &mut Canvas, t: f32) {
        let day = dusk(t);
        let stops = [
            (
                0.0,
                colour(day, [0xd9cfa4, 0xd99c86, 0x8d5f8a, 0x3d3f76, 0x26356a]),
            ),
            (
                0.35,
                colour(day, [0x6db5ae, 0x7d8fa4, 0x57558c, 0x22346c, 0x142650]),
            ),
            (
                1.0,
                colour(day, [0x1c6a7e, 0x2b5c83, 0x263a70, 0x122555, 0x081431]),
            ),
        ];
        let crest = colour(day, [0xfff0cc, 0xffc79a, 0xe08f92, 0x6a6aa6, 0x4a5f9c]);
        c.resample(SHORE, |above, x, y| {
            let (wx, wz) = CAMERA.ground(x, y);
            let down = (y - SHORE) / (H - SHORE);
            let (u, v) = (wx - STREAM.0 * t, wz.ln());
            let wave = noise(u * 0.8, v * 24.0 + t * 0.5, 8)
                + 0.5 * noise(u * 1.9 + t * 0.3, v * 48.0 - t * 0.35, 9);
            let up = SHORE - (y - SHORE) * 0.62 - 2.0 - wave * 6.0;
            let mirrored = above.sample(x + wave * 15.0 * (0.2 + down), up.clamp(1.0, SHORE));
            let own = ramp(&stops, down + wave * 0.05);
            let glint = smoothstep(0.42, 1.05, wave) * (0.45 - 0.25 * down);
            own.mix(mirrored, 0.8 * (1.0 - down).powf(1.7))
                .mix(crest, glint)
        });
        let sun = smoothstep(8.4, 4.5, t);
        if sun > 0.0 {
            c.glow_oval(852.0, SHORE + 60.0, 110.0, 240.0, hex(0xffc070), 0.75 * sun);
        }
        for house in &self.houses {
            let glow = smoothstep(house.lit, house.lit + 0.5, t);
            if glow > 0.0 {
                c.glow_oval(house.x, SHORE + 26.0, 6.0, 44.0, EMBER, 0.45 * glow);
                c.glow_oval(house.x, SHORE + 12.0, 3.0, 18.0, FLAME, 0.4 * glow);
            }
        }
    }

    /// Reeds at both edges of our own bank, leaning with the air.
    fn reeds(&self, c: &mut Canvas, t: f32) {
        let dark = colour(dusk(t), [0x1f5650, 0x24454f, 0x1f2648, 0x0d1734, 0x081028]);
        for reed in &self.reeds {
            let sway = 9.0 * (t * 0.8 + reed.phase * 0.35 + reed.root / 300.0).sin() + reed.lean;
            let stalk = curve(12, |s| {
                let bend = s * s;
                (reed.root + sway * bend, H + 8.0 - reed.tall * s)
            });
            c.fill(&Shape::taper(&stalk, 7.5, 1.2), dark);
            if reed.phase > 3.6 {
                let head = Shape::turned_ellipse(
                    reed.root + sway * 0.93,
                    H + 8.0 - reed.tall * 0.965,
                    4.6,
                    17.0,
                    sway / reed.tall * 1.6,
                );
                c.fill(&head, dark.mix(hex(0x5a3a38), 0.5 * (1.0 - dusk(t)) + 0.1));
            }
        }
    }
}

fn master(film: &Film, t: f32) -> Result<image::RgbImage> {
    encode::picture(WIDTH, HEIGHT, film.frame(t).to_rgb8())
}

/// Saves single frames as PNG, to look at.
pub fn stills(folder: &Path, times: &[f32]) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let film = Film::new();
    for &t in times {
        master(&film, t)?.save(folder.join(format!("film-{t:04.1}.png")))?;
    }
    Ok(())
}

fn run(args: &[&OsStr]) -> Result<()> {
    let status = Command::new("ffmpeg").args(args).status()?;
    if !status.success() {
        return Err(format!("ffmpeg: {status}").into());
    }
    Ok(())
}

/// Runs ffmpeg with words that are spaces apart; `{name}` stands for a path.
pub fn ffmpeg(words: &str, paths: &[(&str, &Path)]) -> Result<()> {
    let args: Vec<&OsStr> = words
        .split_whitespace()
        .map(|word| {
            let path = paths.iter().find(|(name, _)| *name == word);
            path.map_or(OsStr::new(word), |(_, path)| path.as_os_str())
        })
        .collect();
    run(&args)
}

fn pipe(to: &Path) -> Result<Child> {
    let size = format!("{WIDTH}x{HEIGHT}");
    let rate = RATE.to_string();
    let mut command = Command::new("ffmpeg");
    command
        .args(["-y", "-hide_banner", "-loglevel", "error"])
        .args([
            "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", &size, "-r", &rate, "-i", "-",
        ])
        .args([
            "-vf",
            "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p",
        ])
        .args(["-c:v", "libx264", "-preset", "ultrafast", "-qp", "6"])
        .arg(to)
        .stdin(Stdio::piped());
    Ok(command.spawn()?)
}

/// Draws the film, its poster and its sound, and encodes them.
pub fn write(media: &Path) -> Result<()> {
    let folder = media.join(ID);
    let work = std::env::temp_dir().join(format!("film-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    std::fs::create_dir_all(&work)?;
    let wav = work.join("water.wav");
    sound::write_wav(&wav, &sound::river(SECONDS, &chimes()))?;
    let film = Film::new();
    encode::write_renditions(media, ID, &master(&film, POSTER)?, &[480, 960, 1280])?;
    let raw = work.join("raw.mkv");
    let mut encoder = pipe(&raw)?;
    let mut stdin = encoder.stdin.take().ok_or("ffmpeg takes no input")?;
    for frame in 0..(SECONDS * RATE as f32) as u32 {
        let t = frame as f32 / RATE as f32;
        stdin.write_all(&film.frame(t).to_rgb8())?;
    }
    drop(stdin);
    let status = encoder.wait()?;
    if !status.success() {
        return Err(format!("ffmpeg: {status}").into());
    }
    let colours = "-colorspace bt709 -color_primaries bt709 -color_trc bt709 -color_range tv";
    let plain = "-map_metadata -1 -fflags +bitexact -flags:v +bitexact -flags:a +bitexact";
    let h264 = "-c:v libx264 -profile:v main -preset slow -tune animation -g 96 -pix_fmt yuv420p";
    let vp9 = "-c:v libvpx-vp9 -deadline good -cpu-used 4 -row-mt 1 -g 96 -pix_fmt yuv420p";
    let aac = "-c:a aac -b:a 80k -movflags +faststart";
    let opus = "-c:a libopus -b:a 64k";
    for (name, video, audio) in [
        ("720.mp4", format!("{h264} -level 3.1 -b:v 555k"), aac),
        (
            "360.mp4",
            format!("-vf scale=640:360:flags=lanczos {h264} -level 3.0 -b:v 210k"),
            aac,
        ),
        ("720.webm", format!("{vp9} -b:v 455k"), opus),
    ] {
        let out = folder.join(name);
        let log = work.join(format!("{name}.log"));
        let head = "-y -hide_banner -loglevel error";
        let rest = format!("{video} {colours}");
        ffmpeg(
            &format!("{head} -i RAW {rest} -pass 1 -passlogfile LOG -an -f null -"),
            &[("RAW", &raw), ("LOG", &log)],
        )?;
        ffmpeg(
            &format!(
                "{head} -i RAW -i WAV -map 0:v -map 1:a {rest} -pass 2 -passlogfile LOG {audio} {plain} OUT"
            ),
            &[("RAW", &raw), ("WAV", &wav), ("LOG", &log), ("OUT", &out)],
        )?;
        println!("/media/{ID}/{name} {}", std::fs::metadata(&out)?.len());
    }
    std::fs::remove_dir_all(&work)?;
    Ok(())
}
