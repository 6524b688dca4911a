//! A small harbour at dawn, its tide-gauge hut on stilts.

use crate::canvas::{Canvas, HEIGHT, Shape, WIDTH, curve};
use crate::noise::{Rng, fbm, noise, smoothstep};
use crate::palette::{AMBER, Color, FLAME, INK, hex, ramp};
use crate::props::{Camera, bird, person, ripple};

const SEA: f32 = 735.0;

pub fn draw() -> Canvas {
    let mut c = Canvas::still();
    sky(&mut c);
    shores(&mut c);
    let mut rng = Rng::new(33);
    let boats: [(f32, f32, f32, Color); 7] = [
        (250.0, 790.0, 56.0, hex(0x2d6a78)),
        (505.0, 772.0, 40.0, hex(0xb5584f)),
        (690.0, 800.0, 62.0, hex(0xe8d3b4)),
        (905.0, 768.0, 36.0, hex(0x396f86)),
        (1640.0, 778.0, 44.0, hex(0xc06a58)),
        (1810.0, 812.0, 70.0, hex(0x2b5c70)),
        (980.0, 905.0, 104.0, hex(0xd0523f)),
    ];
    // Everything above the waterline, then the same upside down in the water.
    hut(&mut c);
    for (x, y, size, paint) in boats.iter().take(6) {
        moored(&mut c, *x, *y, *size, *paint);
    }
    let far = c;
    let mut c = Canvas::still();
    c.shade(|x, y, _| far.sample(x, y));
    c.resample(SEA, |scene, x, y| {
        let t = (y - SEA) / (HEIGHT - SEA);
        let wave = noise(x / (60.0 + 260.0 * t), y.ln() * 90.0, 6)
            + 0.5 * noise(x / (30.0 + 120.0 * t), y.ln() * 210.0, 7);
        let above = scene.sample(
            x + wave * (5.0 + 34.0 * t),
            (SEA - (y - SEA) * 0.93 + wave * (4.0 + 30.0 * t)).min(SEA - 1.0),
        );
        let deep = ramp(
            &[(0.0, hex(0xd9a7a0)), (0.35, hex(0x6f9ea3)), (1.0, hex(0x1d5668))],
            t + wave * 0.06,
        );
        deep.mix(above, 0.78 - 0.42 * t)
    });
    let camera = Camera { centre: 600.0, horizon: SEA, focal: 1200.0, eye: 3.0 };
    for &(x, y, size, paint) in &boats {
        mirrored(&mut c, x, y, size, paint);
    }
    pilings(&mut c, true);
    ripple(&mut c, &camera, 15.0, 0.0, 61);
    c.glow_oval(560.0, 800.0, 90.0, 420.0, hex(0xffd9a0), 0.55);
    c.mottle(0.04, 1.7, 31);
    c.daub(4);
    for (x, y, size, paint) in boats {
        moored(&mut c, x, y, size, paint);
    }
    hut(&mut c);
    pilings(&mut c, false);
    jetty(&mut c, &mut rng);
    c.glow(560.0, SEA - 34.0, 620.0, hex(0xffc98a), 0.42);
    for (x, y, s) in [(820.0, 300.0, 46.0), (905.0, 262.0, 34.0), (990.0, 330.0, 28.0), (1080.0, 230.0, 24.0)] {
        bird(&mut c, x, y, s, 0.05, hex(0x4a4a68));
    }
    c.vignette(0.35);
    c
}

fn sky(c: &mut Canvas) {
    c.shade(|x, y, _| {
        let t = y / SEA;
        let band = fbm(x / 520.0, y / 70.0, 4, 1);
        let base = ramp(
            &[
                (0.0, hex(0x3f8f9c)),
                (0.3, hex(0x86bdb6)),
                (0.58, hex(0xe9c3b0)),
                (0.8, hex(0xf3a79a)),
                (1.0, hex(0xf9cf9c)),
            ],
            t + band * 0.05,
        );
        let cloud = smoothstep(0.12, 0.55, band) * smoothstep(0.98, 0.55, t) * smoothstep(0.0, 0.25, t);
        base.mix(hex(0xf6b7a6), cloud * 0.65)
    });
    c.glow(560.0, SEA - 34.0, 420.0, hex(0xffdca6), 0.8);
    c.fill(&Shape::ellipse(560.0, SEA - 34.0, 44.0, 44.0), hex(0xfff3d2));
}

fn shores(c: &mut Canvas) {
    for (base, tall, colour, seed, from, to) in [
        (655.0, 120.0, hex(0xd9a2a2), 41u32, 700.0, 2500.0),
        (690.0, 90.0, hex(0xb08a99), 42, -500.0, 420.0),
        (705.0, 100.0, hex(0x8b7f97), 43, 1150.0, 2600.0),
    ] {
        let hill = Shape::below(0.0, WIDTH, SEA, |x| {
            let lift = (std::f32::consts::PI * ((x - from) / (to - from)).clamp(0.0, 1.0)).sin();
            SEA - lift * (SEA - base + tall * (0.5 + fbm(x / 240.0, 2.0, 4, seed)))
        });
        c.fill(&hill, move |_: f32, y: f32| colour.mix(hex(0xf4bfa4), (y - base) / (SEA - base) * 0.5));
    }
    // Houses climb the nearer hill.
    let mut rng = Rng::new(9);
    for i in 0..34 {
        let t = i as f32 / 34.0;
        let x = 1290.0 + 560.0 * t + rng.range(-12.0, 12.0);
        let y = SEA - 6.0 - rng.unit() * 74.0 * (std::f32::consts::PI * (0.15 + 0.75 * t)).sin();
        let (w, h) = (rng.range(22.0, 36.0), rng.range(18.0, 30.0));
        let wall = rng.pick(&[hex(0xe7c2b0), hex(0xd39a94), hex(0xa99aa8), hex(0xf0d5b8)]);
        c.fill(&Shape::rect(x, y - h, w, h + 6.0), wall);
        let roof = [(x - 3.0, y - h), (x + w * 0.5, y - h - w * 0.4), (x + w + 3.0, y - h)];
        c.fill(&Shape::polygon(&roof), hex(0x7a5a78));
        if rng.unit() < 0.5 {
            c.fill(&Shape::rect(x + w * 0.35, y - h * 0.7, 5.0, 7.0), FLAME);
        }
    }
    // The breakwater, with its small light.
    let mole = Shape::below(0.0, 420.0, SEA + 6.0, |x| {
        SEA - 26.0 + 7.0 * noise(x / 22.0, 0.0, 4) + smoothstep(330.0, 420.0, x) * 34.0
    });
    c.fill(&mole, hex(0x5c6078));
    c.fill(&Shape::polygon(&[(300.0, SEA - 24.0), (306.0, SEA - 104.0), (326.0, SEA - 104.0), (332.0, SEA - 24.0)]), hex(0xe8dccb));
    c.fill(&Shape::rect(303.0, SEA - 78.0, 26.0, 20.0), hex(0xcf5c50));
    c.fill(&Shape::rect(306.0, SEA - 122.0, 20.0, 18.0), hex(0x4e5068));
    c.glow(316.0, SEA - 113.0, 46.0, AMBER, 0.8);
}

fn moored(c: &mut Canvas, x: f32, y: f32, s: f32, paint: Color) {
    let hull = Shape::blob(&[
        (x - s, y - s * 0.36),
        (x - s * 0.5, y - s * 0.2),
        (x + s * 0.3, y - s * 0.2),
        (x + s * 0.98, y - s * 0.44),
        (x + s * 0.72, y),
        (x, y + s * 0.06),
        (x - s * 0.78, y),
    ]);
    c.fill(&hull, move |px: f32, py: f32| {
        let light = smoothstep(x + s, x - s, px) * 0.3;
        let low = smoothstep(y - s * 0.3, y, py) * 0.45;
        paint.mix(hex(0xffdcae), light).mix(hex(0x2c3f5a), low)
    });
    let rail = curve(12, |t| {
        let u = t * 2.0 - 1.0;
        (x + u * s * 0.97, y - s * (0.19 + 0.2 * u * u + 0.03 * u))
    });
    c.fill(&Shape::line(&rail, s * 0.045), hex(0xfbe7cd));
    let cabin = Shape::polygon(&[
        (x - s * 0.42, y - s * 0.18),
        (x - s * 0.36, y - s * 0.6),
        (x + s * 0.06, y - s * 0.6),
        (x + s * 0.16, y - s * 0.18),
    ]);
    c.fill(&cabin, hex(0xf1dfc9).mix(hex(0x7a7890), 0.35));
    c.fill(&Shape::rect(x - s * 0.29, y - s * 0.52, s * 0.3, s * 0.15), hex(0x35506a));
    c.fill(&Shape::rect(x - s * 0.42, y - s * 0.65, s * 0.54, s * 0.07), paint.mix(INK, 0.25));
    let mast = hex(0x4c4258);
    c.fill(&Shape::line(&[(x + s * 0.3, y - s * 0.2), (x + s * 0.3, y - s * 1.65)], s * 0.035), mast);
    for tip in [(x + s * 0.93, y - s * 0.42), (x - s * 0.9, y - s * 0.34)] {
        c.glaze(&Shape::line(&[(x + s * 0.3, y - s * 1.6), tip], s * 0.012), 0.8, mast);
    }
    let sail = Shape::blob(&[
        (x - s * 0.42, y - s * 0.76),
        (x + s * 0.26, y - s * 0.86),
        (x + s * 0.26, y - s * 0.76),
        (x - s * 0.4, y - s * 0.68),
    ]);
    c.fill(&sail, hex(0xe3a48a));
}

fn mirrored(c: &mut Canvas, x: f32, y: f32, s: f32, paint: Color) {
    let tone = paint.mix(hex(0x3d6b7a), 0.5);
    let hull = Shape::blob(&[
        (x - s * 0.85, y + s * 0.02),
        (x + s * 0.85, y + s * 0.02),
        (x + s * 0.7, y + s * 0.42),
        (x - s * 0.7, y + s * 0.34),
    ]);
    c.soft(&hull, s * 0.05, 0.8, tone);
    let mast = [(x + s * 0.3, y + s * 0.2), (x + s * 0.3, y + s * 1.5)];
    c.glaze(&Shape::line(&mast, s * 0.05), 0.5, hex(0x4c4a62));
}

/// The tide-gauge hut: boards, a tin roof, a float pipe down into the water.
fn hut(c: &mut Canvas) {
    let (x, y, w, h) = (1265.0, 470.0, 236.0, 150.0);
    let wall = Shape::rect(x, y, w, h);
    c.fill(&wall, move |px: f32, _: f32| {
        let board = smoothstep(2.4, 0.6, ((px - x).rem_euclid(21.0) - 10.5).abs() - 8.2);
        let light = smoothstep(x + w, x, px);
        hex(0x47788a).mix(hex(0xf0b99b), light * 0.55) * (0.86 + 0.14 * board)
    });
    let roof = [
        (x - 26.0, y + 6.0),
        (x + 40.0, y - 82.0),
        (x + w - 40.0, y - 82.0),
        (x + w + 26.0, y + 6.0),
    ];
    c.fill(&Shape::polygon(&roof), move |px: f32, py: f32| {
        let rib = 0.05 * (px * 0.42).cos();
        hex(0xb5574c).mix(hex(0xf3ad86), smoothstep(x + w, x - 20.0, px) * 0.7) * (0.95 + rib - (py - y) * 0.0006)
    });
    c.fill(&Shape::rect(x + 32.0, y + 46.0, 54.0, h - 46.0), hex(0x2d4f62));
    c.fill(&Shape::rect(x + 128.0, y + 44.0, 68.0, 52.0), hex(0xf2e2c6));
    c.fill(&Shape::rect(x + 134.0, y + 50.0, 56.0, 40.0), hex(0xffd483));
    c.fill(&Shape::rect(x + 159.0, y + 50.0, 5.0, 40.0), hex(0xe9d9bf));
    c.glow(x + 162.0, y + 70.0, 120.0, AMBER, 0.4);
    // Deck and rail.
    c.fill(&Shape::rect(x - 70.0, y + h, w + 150.0, 16.0), hex(0x6a5a6c));
    c.fill(&Shape::rect(x - 70.0, y + h, w + 150.0, 4.0), hex(0xf0b99b));
    for i in 0..=9 {
        let px = x - 66.0 + i as f32 * 42.0;
        if px < x - 10.0 || px > x + w {
            c.fill(&Shape::rect(px, y + h - 52.0, 5.0, 52.0), hex(0x6a5a6c));
        }
    }
    for (a, b) in [(x - 66.0, x), (x + w, x + w + 78.0)] {
        c.fill(&Shape::rect(a, y + h - 54.0, b - a, 5.0), hex(0x7d6675));
        c.fill(&Shape::rect(a, y + h - 30.0, b - a, 4.0), hex(0x7d6675));
    }
    // Gauge pipe, aerial and wind vane.
    c.fill(&Shape::rect(x + w + 20.0, y + h - 20.0, 20.0, 210.0), hex(0x3f4f66));
    c.fill(&Shape::rect(x + w + 20.0, y + h - 20.0, 6.0, 210.0), hex(0xb79a9c));
    c.fill(&Shape::line(&[(x + w - 60.0, y - 80.0), (x + w - 60.0, y - 190.0)], 5.0), hex(0x554a60));
    for (i, half) in [34.0f32, 26.0, 18.0].into_iter().enumerate() {
        let py = y - 184.0 + i as f32 * 20.0;
        c.fill(&Shape::line(&[(x + w - 60.0 - half, py), (x + w - 60.0 + half, py)], 3.5), hex(0x554a60));
    }
    // The footbridge ashore.
    c.fill(&Shape::rect(x + w + 78.0, y + h + 2.0, WIDTH - x - w - 70.0, 10.0), hex(0x6a5a6c));
    let mut px = x + w + 90.0;
    while px < WIDTH {
        c.fill(&Shape::rect(px, y + h - 40.0, 4.0, 44.0), hex(0x7d6675));
        px += 46.0;
    }
    c.fill(&Shape::rect(x + w + 78.0, y + h - 42.0, WIDTH, 4.0), hex(0x7d6675));
}

fn pilings(c: &mut Canvas, mirror: bool) {
    for (x, foot) in [(1215.0, 838.0), (1300.0, 806.0), (1395.0, 838.0), (1490.0, 806.0), (1570.0, 838.0), (1700.0, 800.0), (1850.0, 800.0)] {
        if mirror {
            let image = Shape::rect(x - 2.0, foot, 20.0, 200.0);
            c.soft(&image, 5.0, 0.55, hex(0x35566a));
            continue;
        }
        c.fill(&Shape::rect(x, 632.0, 17.0, foot - 632.0), move |px: f32, py: f32| {
            let lit = smoothstep(x + 10.0, x, px);
            let wet = smoothstep(foot - 74.0, foot - 60.0, py);
            hex(0x5d5068).mix(hex(0xf0b08f), lit * 0.7).mix(hex(0x243f50), wet * 0.75)
        });
    }
    if !mirror {
        for (a, b) in [((1222.0, 660.0), (1398.0, 790.0)), ((1400.0, 660.0), (1226.0, 790.0)), ((1402.0, 660.0), (1576.0, 790.0)), ((1576.0, 660.0), (1404.0, 790.0))] {
            c.fill(&Shape::line(&[a, b], 7.0), hex(0x574b64));
        }
    }
}

/// The jetty at our feet, with someone up early.
fn jetty(c: &mut Canvas, rng: &mut Rng) {
    let deck = Shape::polygon(&[(0.0, 1075.0), (560.0, 1010.0), (640.0, 1040.0), (330.0, HEIGHT), (0.0, HEIGHT)]);
    c.soft(&deck, 14.0, 0.35, hex(0x123246));
    c.fill(&deck, |x: f32, y: f32| {
        let along = (y - 1075.0 + x * 0.116) / 34.0;
        let gap = smoothstep(0.1, 0.02, along.fract().min(1.0 - along.fract()));
        let grain = 0.05 * noise(x / 60.0, y / 6.0, 77);
        let warm = smoothstep(0.0, 640.0, x);
        hex(0x3b3a54).mix(hex(0xb88178), warm * 0.75) * (1.0 + grain - gap * 0.4)
    });
    for (x, y) in [(120.0, 1068.0), (330.0, 1044.0), (545.0, 1020.0)] {
        c.fill(&Shape::rect(x - 15.0, y - 74.0, 30.0, 84.0), move |px: f32, _: f32| {
            hex(0x2f3049).mix(hex(0xe9a887), smoothstep(x - 6.0, x + 15.0, px) * 0.7)
        });
        c.fill(&Shape::ellipse(x, y - 74.0, 17.0, 7.0), hex(0xd99f88));
    }
    let rope = curve(20, |t| (545.0 + 346.0 * t, 966.0 + 70.0 * (t * (1.0 - t)) * 4.0 * 0.6 - 96.0 * t));
    c.fill(&Shape::line(&rope, 4.5), hex(0x4d4156));
    person(c, 432.0, 1030.0, 150.0, rng, hex(0x2b2f48));
}
