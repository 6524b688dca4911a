//! Fog over a quiet shore, a bell buoy and a low sun.

use crate::canvas::{Canvas, HEIGHT, Shape, WIDTH, curve};
use crate::noise::{Rng, fbm, noise, smoothstep};
use crate::palette::{FOAM, hex, ramp};
use crate::props::{Camera, bird, ripple};

const SEA: f32 = 640.0;
const SUN: (f32, f32) = (620.0, 470.0);

pub fn draw() -> Canvas {
    let mut c = Canvas::still();
    c.shade(|x, y, _| {
        let veil = fbm(x / 600.0, y / 120.0, 4, 1);
        let base = ramp(
            &[(0.0, hex(0x9fb9bd)), (0.5, hex(0xd2cdc0)), (0.85, hex(0xf0d6b8)), (1.0, hex(0xe9cdb6))],
            y / SEA + 0.12 * veil,
        );
        let near = smoothstep(900.0, 0.0, (x - SUN.0).hypot((y - SUN.1) * 1.2));
        base.mix(hex(0xfde0ae), near * 0.75)
    });
    c.glow(SUN.0, SUN.1, 330.0, hex(0xffe9bf), 0.6);
    c.soft(&Shape::ellipse(SUN.0, SUN.1, 62.0, 62.0), 5.0, 0.95, hex(0xfff6df));
    // Headlands, each nearer one less lost in the fog.
    for (from, to, tall, tone, seed) in [
        (900.0, 2700.0, 190.0, hex(0xc9c4b8), 3u32),
        (1240.0, 2600.0, 250.0, hex(0xa9b4b0), 4),
        (-900.0, 330.0, 200.0, hex(0xc2bfb4), 5),
    ] {
        let ridge = move |x: f32| {
            let t = ((x - from) / (to - from)).clamp(0.0, 1.0);
            SEA + 4.0 - tall * (std::f32::consts::PI * t).sin() * (0.75 + 0.5 * fbm(x / 210.0, 0.0, 4, seed))
        };
        c.fill(&Shape::below(0.0, WIDTH, SEA + 4.0, ridge), move |x: f32, y: f32| {
            tone.mix(hex(0xecd8c0), smoothstep(0.0, 130.0, y - ridge(x)) * 0.85)
        });
    }
    c.resample(SEA, |scene, x, y| {
        let t = (y - SEA) / (HEIGHT - SEA);
        let wave = noise(x / (90.0 + 420.0 * t), y.ln() * 60.0, 6)
            + 0.5 * noise(x / (36.0 + 170.0 * t), y.ln() * 150.0, 7);
        let image = scene.sample(x + wave * 20.0, (SEA - (y - SEA) * 0.9 + wave * (4.0 + 22.0 * t)).min(SEA - 1.0));
        let deep = ramp(&[(0.0, hex(0xe4d2bc)), (0.35, hex(0xa5b9b6)), (1.0, hex(0x4f8389))], t + 0.07 * wave);
        let glitter = smoothstep(70.0 + 260.0 * t, 0.0, (x - SUN.0).abs()) * smoothstep(0.05, 0.7, wave);
        deep.mix(image, 0.5 - 0.3 * t).screen(hex(0xffe3ae), glitter * 0.6)
    });
    buoy(&mut c, true);
    posts(&mut c, true);
    let camera = Camera { centre: 900.0, horizon: SEA, focal: 1300.0, eye: 2.4 };
    ripple(&mut c, &camera, 17.0, 0.0, 171);
    shore(&mut c);
    fog(&mut c, SEA + 10.0, 60.0, 8, 0.8);
    c.mottle(0.03, 2.0, 19);
    c.daub(4);
    posts(&mut c, false);
    fog(&mut c, 770.0, 44.0, 9, 0.45);
    buoy(&mut c, false);
    stones(&mut c);
    for (x, y, s) in [(1190.0, 300.0, 50.0), (1110.0, 345.0, 34.0), (1490.0, 250.0, 28.0)] {
        bird(&mut c, x, y, s, 0.06, hex(0x7a8488));
    }
    c.glow(SUN.0, SUN.1, 700.0, hex(0xffdfa8), 0.22);
    c.vignette(0.3);
    c
}

fn fog(c: &mut Canvas, centre: f32, half: f32, seed: u32, strength: f32) {
    c.shade(|x, y, under| {
        let drift = fbm(x / 480.0, y / 70.0, 4, seed);
        let band = 1.0 - ((y - centre - 34.0 * drift) / half).abs();
        let warm = smoothstep(900.0, 0.0, (x - SUN.0).abs());
        let tone = hex(0xd6d3c8).mix(hex(0xfbe2bd), warm);
        under.mix(tone, smoothstep(0.0, 1.1, band + 0.5 * drift) * strength)
    });
}

/// The bell hangs in a cage of four legs on a round float.
fn buoy(c: &mut Canvas, mirror: bool) {
    let (x, water) = (1300.0, 905.0);
    let lean = 0.07f32;
    let at = |u: f32, v: f32| {
        let (px, py) = (u + v * lean, v - u * lean);
        if mirror { (x + px, water + 16.0 + py * 0.85) } else { (x + px, water - py) }
    };
    let veil = if mirror { 0.5 } else { 0.0 };
    let red = hex(0xb8473a).mix(hex(0x8aa3a2), veil);
    let dark = hex(0x39474f).mix(hex(0x8aa3a2), veil);
    let float = Shape::blob(&[at(-112.0, 30.0), at(-84.0, 64.0), at(84.0, 64.0), at(112.0, 30.0), at(96.0, -12.0), at(-96.0, -12.0)]);
    c.fill(&float, move |px: f32, py: f32| {
        let lit = smoothstep(x + 90.0, x - 110.0, px);
        let wet = smoothstep(water - 34.0, water, py);
        red.mix(hex(0xffcf9c), lit * 0.5).mix(hex(0x3b4f52), wet * 0.6 + (1.0 - lit) * 0.3)
    });
    for (foot, top) in [(-70.0, -20.0), (70.0, 20.0), (-26.0, -8.0), (30.0, 9.0)] {
        c.fill(&Shape::line(&[at(foot, 60.0), at(top, 290.0)], 8.0), dark);
    }
    for (half, up) in [(58.0, 118.0), (44.0, 190.0), (24.0, 286.0)] {
        c.fill(&Shape::line(&[at(-half, up), at(half, up)], 7.0), dark);
    }
    let bell = Shape::blob(&[at(-36.0, 124.0), at(-24.0, 164.0), at(0.0, 186.0), at(24.0, 164.0), at(36.0, 124.0), at(0.0, 118.0)]);
    c.fill(&bell, move |px: f32, _: f32| {
        hex(0xc98f3c).mix(hex(0xffe3a0), smoothstep(x + 10.0, x - 26.0, px)).mix(hex(0x8aa3a2), veil)
    });
    c.fill(&Shape::polygon(&[at(-20.0, 292.0), at(0.0, 346.0), at(20.0, 292.0)]), red);
    if !mirror {
        let (lx, ly) = at(0.0, 300.0);
        c.glow(lx, ly, 70.0, hex(0xfff0c0), 0.5);
        let wash = curve(20, |t| (x - 150.0 + 300.0 * t, water + 12.0 + 7.0 * (t * 9.0).sin()));
        c.soft(&Shape::line(&wash, 7.0), 4.0, 0.55, FOAM);
    } else {
        c.soft(&Shape::ellipse(x, water + 20.0, 130.0, 22.0), 10.0, 0.4, hex(0x3f666c));
    }
}

fn posts(c: &mut Canvas, mirror: bool) {
    for k in 0..9 {
        let t = k as f32 / 8.0;
        let x = 60.0 + 430.0 * t.powf(0.8);
        let foot = 1010.0 - 300.0 * t.powf(0.75);
        let (w, h) = (27.0 - 20.0 * t, 170.0 - 126.0 * t + 12.0 * (k as f32 * 2.3).sin());
        let tone = hex(0x4a4f58).mix(hex(0xcfc8ba), t * 0.8);
        if mirror {
            c.soft(&Shape::rect(x, foot, w, h * 0.8), 4.0, 0.45, tone);
        } else {
            c.fill(&Shape::rect(x, foot - h, w, h + 5.0), move |px: f32, py: f32| {
                let lit = smoothstep(x, x + w, px) * 0.5;
                tone.mix(hex(0xf3cfa0), lit).mix(hex(0x3d5457), smoothstep(foot - h * 0.3, foot, py) * 0.4)
            });
        }
    }
}

/// The strand: a thin sheet of water slides back over wet sand.
fn shore(c: &mut Canvas) {
    let edge = |x: f32| 1120.0 - 60.0 * smoothstep(500.0, 1900.0, x) + 20.0 * noise(x / 360.0, 0.0, 12) + 5.0 * noise(x / 60.0, 0.0, 13);
    c.within(&Shape::below(0.0, WIDTH, HEIGHT, edge), |x, y, under| {
        let d = y - edge(x);
        let sand = ramp(&[(0.0, hex(0xb59e8a)), (1.0, hex(0x7f6c66))], d / 200.0 + 0.1 * fbm(x / 90.0, y / 18.0, 3, 14));
        let sheen = smoothstep(130.0, 0.0, d + 26.0 * noise(x / 150.0, y / 30.0, 15));
        let warm = smoothstep(620.0, 0.0, (x - SUN.0).abs());
        sand.mix(hex(0xd9cfc0).mix(hex(0xfbdca8), warm), sheen * 0.75).mix(under, sheen * 0.25)
    });
    for (offset, width, strength) in [(-3.0, 15.0, 0.85), (-74.0, 9.0, 0.5), (-138.0, 6.0, 0.35)] {
        c.within(&Shape::below(0.0, WIDTH, HEIGHT, |x| edge(x) + offset - 14.0), |x, y, under| {
            let lace = fbm(x / 70.0 + offset, y / 22.0, 3, 16);
            let line = edge(x) + offset + 26.0 * noise(x / 300.0 + offset, 1.0, 17) * (offset / -80.0);
            let d = ((y - line) / (width * (1.0 + 0.8 * lace))).abs();
            under.mix(FOAM, smoothstep(1.0, 0.1, d) * strength)
        });
    }
}

fn stones(c: &mut Canvas) {
    let mut rng = Rng::new(170);
    for _ in 0..34 {
        let x = 1180.0 + 740.0 * rng.unit();
        let y = 1180.0 + 96.0 * rng.unit();
        let r = rng.range(7.0, 30.0) * (y - 1100.0) / 130.0;
        let tone = rng.pick(&[hex(0x5c6468), hex(0x7a6a66), hex(0x48585c), hex(0x8a7f78)]);
        c.soft(&Shape::ellipse(x + r * 0.3, y + r * 0.4, r * 1.15, r * 0.4), 5.0, 0.4, hex(0x3a3540));
        c.fill(&Shape::ellipse(x, y, r, r * 0.58), move |px: f32, py: f32| {
            tone.mix(hex(0xf6d9b0), smoothstep(0.3, -0.9, (px - x) / r + (py - y) / r) * 0.6)
        });
    }
}
