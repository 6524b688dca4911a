//! Hills behind hills at sunrise, mist in the valleys, one small village.

use crate::canvas::{Canvas, HEIGHT, Shape, WIDTH, curve};
use crate::noise::{Rng, fbm, lerp, noise, smoothstep};
use crate::palette::{AMBER, Color, hex, ramp};
use crate::props::bird;

const SUN: (f32, f32) = (1270.0, 372.0);
const MIST: Color = hex(0xf8dfc0);

struct Ridge {
    tops: Vec<f32>,
    colour: Color,
    mist: f32,
    depth: f32,
    seed: u32,
}

impl Ridge {
    fn top(&self, x: f32) -> f32 {
        self.tops[x.clamp(0.0, WIDTH - 1.0) as usize]
    }

    /// The hillside: dark at the crest, drowned in mist below.
    fn fill(&self, c: &mut Canvas) {
        let outline = Shape::below(0.0, WIDTH, HEIGHT + 2.0, |x| self.top(x));
        c.fill(&outline, |x: f32, y: f32| {
            let down = y - self.top(x);
            let near_sun = (-((x - SUN.0) / 620.0).powi(2)).exp();
            let drift = fbm(x / 340.0, y / 58.0, 3, self.seed + 9);
            let fold = fbm((x + down * 0.7) / 90.0, down / 210.0, 3, self.seed + 5);
            let mist = smoothstep(0.0, 1.0, down / self.depth + drift * 0.4) * self.mist;
            let lit = near_sun * (0.42 * smoothstep(60.0, 0.0, down) + 0.1);
            let veil = MIST.mix(hex(0xcbd0c8), smoothstep(900.0, 0.0, x) * 0.55);
            (self.colour * (1.0 + fold * 0.2))
                .mix(hex(0xffcf94), lit)
                .mix(veil, mist)
        });
    }
}

fn ridge(i: usize) -> Ridge {
    // Crest, height of the peaks, width of the peaks, colour, mist, its depth.
    let rows = [
        (520.0, 150.0, 420.0, hex(0xe6c2ae), 0.9, 170.0),
        (590.0, 190.0, 380.0, hex(0xc9aeae), 0.92, 190.0),
        (668.0, 180.0, 330.0, hex(0x9fa0ac), 0.92, 190.0),
        (748.0, 190.0, 360.0, hex(0x77899b), 0.9, 190.0),
        (850.0, 170.0, 400.0, hex(0x4f6f82), 0.85, 220.0),
        (960.0, 150.0, 430.0, hex(0x345768), 0.8, 220.0),
        (1120.0, 150.0, 480.0, hex(0x1f404f), 0.3, 330.0),
    ];
    let (crest, tall, wide, colour, mist, depth) = rows[i];
    let seed = 210 + i as u32 * 13;
    let tops = (0..WIDTH as usize)
        .map(|x| {
            let x = x as f32;
            let sharp = 1.0 - fbm(x / wide, 3.0, 5, seed).abs() * 2.0;
            let broad = noise(x / (wide * 2.2), 7.0, seed + 3);
            let valley = (-((x - 1180.0) / 420.0).powi(2)).exp() * (60.0 + 8.0 * i as f32);
            let y = crest - tall * (sharp * 0.55 + broad * 0.6 - 0.2) + valley;
            match i {
                4 => lerp(
                    y,
                    842.0 + 0.06 * (x - 640.0),
                    (-((x - 640.0) / 230.0).powi(4)).exp(),
                ),
                6 => {
                    lerp(y, 1010.0 + x * 0.34, smoothstep(700.0, 0.0, x))
                        + smoothstep(1500.0, 1920.0, x) * -90.0
                }
                _ => y,
            }
        })
        .collect();
    Ridge {
        tops,
        colour,
        mist,
        depth,
        seed,
    }
}

pub fn draw() -> Canvas {
    let mut c = Canvas::still();
    sky(&mut c);
    let mut rng = Rng::new(17);
    for i in 0..4 {
        ridge(i).fill(&mut c);
        c.glow(SUN.0, SUN.1 + 40.0 * i as f32, 620.0, hex(0xffc083), 0.1);
    }
    let shelf = ridge(4);
    shelf.fill(&mut c);
    woods(&mut c, &shelf, &mut rng, (14.0, 26.0), 240);
    c.mottle(0.04, 1.8, 23);
    c.daub(4);
    village(&mut c, &shelf);
    rays(&mut c);
    let slope = ridge(5);
    slope.fill(&mut c);
    woods(&mut c, &slope, &mut rng, (26.0, 52.0), 210);
    bank(&mut c, 985.0, 90.0, 0.5, 61);
    let close = ridge(6);
    close.fill(&mut c);
    woods(&mut c, &close, &mut rng, (60.0, 120.0), 150);
    bank(&mut c, 1215.0, 64.0, 0.42, 62);
    for (x, foot, tall) in [
        (70.0, 1420.0, 690.0),
        (215.0, 1410.0, 540.0),
        (330.0, 1400.0, 400.0),
        (-10.0, 1420.0, 550.0),
        (440.0, 1400.0, 280.0),
        (1800.0, 1420.0, 480.0),
        (1890.0, 1430.0, 610.0),
        (1705.0, 1400.0, 300.0),
    ] {
        pine(&mut c, &mut rng, (x, foot), tall, hex(0x14303c));
    }
    for (x, y, s) in [
        (860.0, 430.0, 34.0),
        (930.0, 398.0, 28.0),
        (1000.0, 420.0, 22.0),
        (905.0, 366.0, 19.0),
        (1055.0, 380.0, 17.0),
    ] {
        bird(&mut c, x, y, s, 0.05, hex(0x6b6a78));
    }
    c.glow(SUN.0, SUN.1, 900.0, hex(0xffc98c), 0.1);
    c.vignette(0.35);
    c
}

fn sky(c: &mut Canvas) {
    c.shade(|x, y, _| {
        let band = fbm(x / 620.0, y / 78.0, 4, 141);
        let t = y / 620.0 + band * 0.05 + (x - SUN.0).abs() * -0.00007;
        let base = ramp(
            &[
                (0.0, hex(0x6fa0b4)),
                (0.3, hex(0xa6c4c2)),
                (0.6, hex(0xefd3b2)),
                (0.85, hex(0xfbc593)),
                (1.0, hex(0xfbd7a8)),
            ],
            t,
        );
        let cloud = smoothstep(0.12, 0.55, band) * smoothstep(0.85, 0.3, t);
        base.mix(hex(0xffe0c0), cloud * 0.7)
    });
    c.glow(SUN.0, SUN.1, 560.0, hex(0xffcf8e), 0.5);
    c.glow(SUN.0, SUN.1, 130.0, hex(0xffe9bd), 0.5);
    c.fill(&Shape::ellipse(SUN.0, SUN.1, 50.0, 50.0), hex(0xfff6dc));
}

/// Light through the haze, fanning out from the sun.
fn rays(c: &mut Canvas) {
    c.shade(|x, y, under| {
        let (dx, dy) = (x - SUN.0, y - SUN.1);
        let far = dx.hypot(dy);
        let beam = smoothstep(-0.1, 0.7, fbm(dy.atan2(dx) * 5.0, 2.0, 3, 15));
        let fade = smoothstep(1150.0, 120.0, far) * smoothstep(40.0, 200.0, dy);
        under.screen(hex(0xffd79c), beam * fade * 0.17)
    });
}

/// A bank of mist lying across the picture at height `y`.
fn bank(c: &mut Canvas, y: f32, thick: f32, alpha: f32, seed: u32) {
    let area = Shape::rect(0.0, y - thick * 2.0, WIDTH, thick * 4.0);
    c.within(&area, |px, py, under| {
        let sway = 40.0 * noise(px / 500.0, 1.0, seed);
        let d = (py - y - sway) / thick;
        let wisp = smoothstep(-0.35, 0.5, fbm(px / 380.0, py / 46.0, 4, seed + 1));
        let veil = MIST.mix(hex(0xc3cccb), smoothstep(1000.0, 0.0, px) * 0.5);
        under.mix(veil, (-d * d).exp() * wisp * alpha)
    });
}

fn woods(c: &mut Canvas, on: &Ridge, rng: &mut Rng, tall: (f32, f32), count: usize) {
    for _ in 0..count {
        let x = rng.range(-10.0, WIDTH + 10.0);
        let clump = smoothstep(-0.25, 0.3, noise(x / 130.0, 2.0, on.seed + 31));
        let village = on.colour == hex(0x4f6f82) && (x - 640.0).abs() < 215.0;
        if rng.unit() > clump || village {
            continue;
        }
        let h = rng.range(tall.0, tall.1);
        let foot = on.top(x) + rng.range(0.1, 0.7) * h;
        let near_sun = (-((x - SUN.0) / 520.0).powi(2)).exp();
        let tone = on.colour.mix(hex(0xe9b487), near_sun * 0.3) * rng.range(0.82, 0.98);
        pine(c, rng, (x, foot), h, tone);
    }
}

fn pine(c: &mut Canvas, rng: &mut Rng, at: (f32, f32), tall: f32, tone: Color) {
    let (x, foot) = at;
    let tiers = (tall / 16.0).clamp(4.0, 22.0) as usize;
    let wide = tall * rng.range(0.15, 0.2);
    let mut outline = vec![(x, foot - tall)];
    let mut left = Vec::new();
    for i in 1..=tiers {
        let t = i as f32 / tiers as f32;
        let y = foot - tall * (1.0 - t * 0.93);
        let reach = wide * t.powf(0.85);
        let drop = tall * 0.022;
        outline.push((x + reach * rng.range(0.8, 1.1), y + drop));
        outline.push((x + reach * 0.5, y));
        left.push((x - reach * rng.range(0.8, 1.1), y + drop));
        left.push((x - reach * 0.5, y));
    }
    outline.extend(left.into_iter().rev());
    c.fill(
        &Shape::rect(
            x - tall * 0.012,
            foot - tall * 0.1,
            tall * 0.024,
            tall * 0.1,
        ),
        tone * 0.8,
    );
    c.fill(&Shape::polygon(&outline), move |px: f32, py: f32| {
        let lit = smoothstep(x - wide * 0.2, x + wide, px) * 0.22;
        let low = if tall > 150.0 {
            0.0
        } else {
            smoothstep(foot - tall * 0.4, foot, py) * 0.05
        };
        tone.mix(hex(0xdca57a), lit).mix(MIST, low)
    });
}

fn village(c: &mut Canvas, on: &Ridge) {
    let mut rng = Rng::new(54);
    let mut homes: Vec<(f32, f32)> = (0..34)
        .map(|_| {
            let x = 640.0 + (rng.unit() + rng.unit() - 1.0) * 230.0;
            (x, on.top(x) + rng.range(4.0, 92.0))
        })
        .collect();
    homes.sort_by(|a, b| a.1.total_cmp(&b.1));
    // Terraced fields below the houses.
    for i in 0..7 {
        let y = 905.0 + i as f32 * 15.0;
        let line = curve(30, |t| {
            let x = 420.0 + 470.0 * t;
            (
                x,
                y + 9.0 * noise(x / 120.0, i as f32, 4) + 14.0 * (t - 0.5).powi(2) * 4.0,
            )
        });
        c.glaze(&Shape::taper(&line, 3.0, 5.0), 0.35, hex(0xe0c49a));
    }
    tower(c, 672.0, on.top(672.0) + 26.0);
    for (i, &(x, y)) in homes.iter().enumerate() {
        let size = lerp(0.8, 1.25, (y - on.top(x)) / 92.0);
        let (w, h) = (rng.range(22.0, 34.0) * size, rng.range(14.0, 19.0) * size);
        let wall = rng.pick(&[hex(0xf3dcc0), hex(0xe7c6a8), hex(0xd9c4b4)]);
        c.soft(
            &Shape::ellipse(x - 5.0, y + 2.0, w * 0.7, 4.0),
            4.0,
            0.4,
            hex(0x2f4d5c),
        );
        c.fill(
            &Shape::rect(x - w / 2.0, y - h, w, h),
            move |px: f32, _: f32| {
                hex(0x7f8796).mix(wall, smoothstep(x - w * 0.3, x + w * 0.4, px))
            },
        );
        let roof = [
            (x - w * 0.6, y - h + 1.0),
            (x - w * 0.28, y - h - w * 0.36),
            (x + w * 0.34, y - h - w * 0.36),
            (x + w * 0.6, y - h + 1.0),
        ];
        let tile = rng.pick(&[hex(0xa8604f), hex(0x8f5650), hex(0x6e5a64), hex(0xb8735a)]);
        c.fill(&Shape::polygon(&roof), move |px: f32, _: f32| {
            tile.mix(
                hex(0x5b5a70),
                smoothstep(x + w * 0.2, x - w * 0.6, px) * 0.55,
            )
        });
        if rng.unit() < 0.55 {
            c.fill(&Shape::rect(x - w * 0.2, y - h * 0.7, 3.5, 5.0), AMBER);
            c.glow(x - w * 0.2 + 2.0, y - h * 0.5, 12.0, AMBER, 0.4);
        }
        if i % 6 == 2 {
            smoke(c, x + w * 0.2, y - h - w * 0.4, &mut rng);
        }
    }
}

fn tower(c: &mut Canvas, x: f32, y: f32) {
    c.fill(
        &Shape::rect(x - 10.0, y - 84.0, 20.0, 84.0),
        move |px: f32, _: f32| hex(0x87899a).mix(hex(0xf6dfc2), smoothstep(x - 5.0, x + 8.0, px)),
    );
    let cap = [(x - 14.0, y - 82.0), (x, y - 130.0), (x + 14.0, y - 82.0)];
    c.fill(&Shape::polygon(&cap), hex(0x7a5260));
    c.fill(&Shape::rect(x - 3.0, y - 72.0, 6.0, 11.0), hex(0x4c5468));
}

fn smoke(c: &mut Canvas, x: f32, y: f32, rng: &mut Rng) {
    let bend = rng.range(20.0, 60.0);
    for i in 0..12 {
        let t = i as f32 / 11.0;
        let puff = Shape::ellipse(
            x - bend * t * t + 5.0 * (t * 7.0).sin(),
            y - 105.0 * t,
            3.0 + 10.0 * t,
            5.0 + 7.0 * t,
        );
        c.soft(&puff, 4.0 + 5.0 * t, 0.34 * (1.0 - t), hex(0xfdeedd));
    }
}
