//! A stone bridge hung with lanterns over a river, just after sunset.

use crate::canvas::{Canvas, HEIGHT, Shape, WIDTH, curve};
use crate::noise::{Rng, fbm, noise, smoothstep};
use crate::palette::{AMBER, Color, FLAME, hex, ramp};
use crate::props::{Camera, bird, lantern, person, ripple};

const WATER: f32 = 812.0;
const DARK: Color = hex(0x171b33);

/// Centre, half width and rise of each arch.
const ARCHES: [(f32, f32, f32); 5] = [
    (320.0, 82.0, 92.0),
    (600.0, 137.0, 168.0),
    (980.0, 200.0, 248.0),
    (1360.0, 137.0, 168.0),
    (1640.0, 82.0, 92.0),
];

pub fn draw() -> Canvas {
    let mut c = Canvas::still();
    sky(&mut c);
    banks(&mut c);
    bridge(&mut c, 0.6, false);
    reflect(&mut c);
    let camera = Camera {
        centre: 960.0,
        horizon: WATER,
        focal: 1200.0,
        eye: 2.4,
    };
    for (x, y, _, paint) in lanterns() {
        let image = 2.0 * WATER - y;
        c.glow_oval(x, image + 70.0, 11.0, 240.0, paint, 0.42);
    }
    c.glow_oval(700.0, WATER + 60.0, 420.0, 170.0, hex(0xffb98a), 0.3);
    ripple(&mut c, &camera, 17.0, 0.0, 12);
    c.mottle(0.045, 1.7, 51);
    c.daub(4);
    bridge(&mut c, 0.25, true);
    punt(&mut c);
    near_bank(&mut c);
    willow(&mut c);
    for (x, y, s) in [
        (640.0, 250.0, 34.0),
        (712.0, 222.0, 26.0),
        (586.0, 206.0, 22.0),
    ] {
        bird(&mut c, x, y, s, 0.06, hex(0x33294f));
    }
    c.vignette(0.5);
    c
}

fn sky(c: &mut Canvas) {
    c.shade(|x, y, _| {
        let t = y / WATER;
        let band = fbm(x / 560.0, y / 62.0, 4, 71);
        let base = ramp(
            &[
                (0.0, hex(0x213058)),
                (0.28, hex(0x46487c)),
                (0.52, hex(0x8d6088)),
                (0.72, hex(0xd5837a)),
                (0.87, hex(0xf2ae7c)),
                (1.0, hex(0xf8cd96)),
            ],
            t + band * 0.05 - (x - 700.0).abs() * 0.00008,
        );
        let cloud = smoothstep(0.08, 0.5, band) * smoothstep(0.95, 0.5, t);
        base.mix(hex(0xe88c86), cloud * 0.5 * smoothstep(0.05, 0.5, t))
    });
    c.glow_oval(700.0, WATER - 40.0, 760.0, 380.0, hex(0xffc58e), 0.6);
    let mut rng = Rng::new(402);
    for _ in 0..46 {
        let (x, y) = (rng.range(0.0, WIDTH), rng.range(0.0, 260.0));
        let faint = rng.range(0.2, 0.7) * smoothstep(280.0, 40.0, y);
        c.glow(x, y, rng.range(2.0, 4.5), hex(0xdfe4ff), faint);
    }
}

fn banks(c: &mut Canvas) {
    for (base, tall, colour, seed) in [
        (610.0, 150.0, hex(0xa76f88), 81u32),
        (680.0, 120.0, hex(0x7a5578), 82),
        (738.0, 70.0, hex(0x56446b), 83),
    ] {
        let hill = Shape::below(0.0, WIDTH, WATER, |x| {
            let dip = (-((x - 760.0) / 420.0).powi(2)).exp();
            base + dip * 90.0 - tall * fbm(x / 330.0, 1.0, 4, seed)
        });
        c.fill(&hill, move |_: f32, y: f32| {
            colour.mix(hex(0xf3b188), smoothstep(base - 60.0, WATER, y) * 0.6)
        });
    }
    // The town: roofs behind roofs on either side of the river.
    let mut rng = Rng::new(77);
    for row in 0..3 {
        let near = row as f32 / 2.0;
        for side in [-1.0f32, 1.0] {
            let mut reach = rng.range(-20.0, 10.0);
            while reach < 560.0 - 90.0 * near {
                let w = rng.range(46.0, 82.0) * (0.75 + 0.4 * near);
                let x = if side < 0.0 { reach } else { WIDTH - reach - w };
                let slope = smoothstep(620.0, 0.0, reach);
                let base = WATER - 6.0 - (1.0 - near) * 105.0 * slope;
                let h = rng.range(52.0, 96.0) * (0.7 + 0.5 * slope);
                let wall = hex(0x7c5878).mix(hex(0x2b2748), 0.25 + 0.65 * near);
                house(c, &mut rng, (x, base), (w, h), wall);
                reach += w * rng.range(0.75, 1.1);
            }
        }
        c.glow_oval(700.0, WATER - 20.0, 900.0, 190.0, hex(0xf0a284), 0.16);
    }
}

fn house(c: &mut Canvas, rng: &mut Rng, at: (f32, f32), size: (f32, f32), wall: Color) {
    let ((x, base), (w, h)) = (at, size);
    let top = base - h;
    c.fill(&Shape::rect(x, top, w, h + 10.0), move |_: f32, y: f32| {
        wall.mix(hex(0xb0707c), smoothstep(top, base, y) * 0.22)
    });
    let rise = w * rng.range(0.28, 0.46);
    let eave = w * 0.09;
    let roof = [
        (x - eave, top + 3.0),
        (x + w * 0.22, top - rise),
        (x + w * 0.78, top - rise),
        (x + w + eave, top + 3.0),
    ];
    c.fill(&Shape::polygon(&roof), wall * 0.68);
    if rng.unit() < 0.35 {
        c.fill(
            &Shape::rect(x + w * 0.64, top - rise - 14.0, 9.0, 20.0),
            wall * 0.6,
        );
    }
    let columns = (w / 21.0).floor().max(1.0) as usize;
    for floor in 0..(h / 30.0) as usize {
        for column in 0..columns {
            let lit = rng.unit();
            let wx = x + w * (column as f32 + 0.5) / columns as f32 - 4.0;
            let wy = top + 13.0 + floor as f32 * 28.0;
            if lit < 0.42 && wy + 13.0 < base {
                let pane = AMBER.mix(hex(0xf58a4a), rng.unit() * 0.6);
                c.fill(&Shape::rect(wx, wy, 8.0, 12.0), pane.mix(wall, 0.12));
                c.glow(wx + 4.0, wy + 6.0, 20.0, pane, 0.25);
            }
        }
    }
}

/// The top of the parapet.
fn deck(x: f32) -> f32 {
    let u = ((x - 980.0) / 860.0).clamp(-1.0, 1.0);
    648.0 - 78.0 * (1.0 + (u * std::f32::consts::PI).cos())
}

/// The lower edge of the stonework, its arches moved sideways by `shift`.
fn soffit(x: f32, shift: f32) -> f32 {
    for (centre, half, rise) in ARCHES {
        let d = (x - centre - shift) / half;
        if d.abs() < 1.0 {
            return WATER + 4.0 - rise * (1.0 - d * d).sqrt();
        }
    }
    WATER + 6.0
}

fn stonework(shift: f32, drop: f32) -> Shape {
    let mut outline: Vec<_> = (0..=960)
        .map(|i| (i as f32 * 2.0, deck(i as f32 * 2.0) + drop))
        .collect();
    outline.extend((0..=960).rev().map(|i| {
        let x = i as f32 * 2.0;
        (x, soffit(x, shift))
    }));
    Shape::polygon(&outline)
}

/// Every lantern: where, how large, what paper.
fn lanterns() -> Vec<(f32, f32, f32, Color)> {
    let papers = [
        hex(0xff9a3c),
        hex(0xffb04f),
        hex(0xff7d3e),
        hex(0xf4656a),
        hex(0xffc766),
    ];
    let mut rng = Rng::new(19);
    let mut all = Vec::new();
    for span in 0..16 {
        let x0 = 140.0 + span as f32 * 105.0;
        for i in 1..4 {
            let t = i as f32 / 4.0;
            let (x, y) = string(x0, t);
            all.push((x, y + 15.0, rng.range(8.5, 10.5), rng.pick(&papers)));
        }
    }
    for i in 0..23 {
        let x = 155.0 + i as f32 * 75.0;
        all.push((
            x,
            deck(x) + 62.0 + rng.range(-3.0, 3.0),
            12.5,
            rng.pick(&papers),
        ));
    }
    all
}

/// A point on the cord between two posts.
fn string(x0: f32, t: f32) -> (f32, f32) {
    let x = x0 + 105.0 * t;
    let top = deck(x0) + (deck(x0 + 105.0) - deck(x0)) * t - 96.0;
    (x, top + 26.0 * 4.0 * t * (1.0 - t))
}

/// The bridge; its posts and cords are too thin to show in the water.
fn bridge(c: &mut Canvas, shine: f32, posts: bool) {
    c.fill(&stonework(-30.0, 10.0), |x: f32, y: f32| {
        hex(0x2a2140).mix(
            hex(0xc4674e),
            smoothstep(WATER - 300.0, WATER, y) * 0.3 + 0.08 * noise(x / 40.0, y / 18.0, 3),
        )
    });
    let mut rng = Rng::new(28);
    for _ in 0..34 {
        let x = rng.range(170.0, 1790.0);
        let tall = rng.range(46.0, 58.0);
        person(c, x, deck(x) + 20.0, tall, &mut rng, hex(0x2a2140));
    }
    c.fill(&stonework(0.0, 0.0), |x: f32, y: f32| {
        let down = y - deck(x);
        let course = (down / 21.0).floor();
        let stone = noise((x + course * 37.0) / 46.0, course * 3.7, 5);
        let joint = smoothstep(0.09, 0.02, (down / 21.0).fract()) * 0.14;
        let lit = smoothstep(190.0, 20.0, down) * 0.55;
        let low = smoothstep(WATER - 90.0, WATER, y) * 0.4;
        hex(0x4a3858)
            .mix(hex(0xd98558), lit * (0.8 + 0.3 * stone))
            .mix(hex(0x22203c), low)
            * (1.0 + stone * 0.12 - joint)
    });
    for (centre, half, rise) in ARCHES {
        let ring = curve(60, |t| {
            let a = std::f32::consts::PI * t;
            (
                centre - (half + 8.0) * a.cos(),
                WATER + 2.0 - (rise + 8.0) * a.sin(),
            )
        });
        c.glaze(&Shape::line(&ring, 13.0), 0.45, |_: f32, y: f32| {
            hex(0xdf9468).mix(hex(0x3a2e50), smoothstep(WATER - 200.0, WATER, y))
        });
    }
    let rail = |drop: f32| curve(240, move |t| (t * WIDTH, deck(t * WIDTH) + drop));
    c.fill(&Shape::line(&rail(0.0), 9.0), hex(0x8a5a5c));
    c.glaze(&Shape::line(&rail(-3.0), 3.0), 0.8, hex(0xf5b57c));
    c.glaze(&Shape::line(&rail(36.0), 6.0), 0.6, hex(0x33284a));
    for post in 0..if posts { 17 } else { 0 } {
        let x = 140.0 + post as f32 * 105.0;
        let top = deck(x) - 100.0;
        c.fill(
            &Shape::taper(&[(x, deck(x)), (x, top)], 7.0, 4.0),
            hex(0x2a2140),
        );
        if post < 16 {
            let cord = curve(16, |t| string(x, t));
            c.glaze(&Shape::line(&cord, 1.8), 0.9, hex(0x2a2140));
        }
    }
    for (x, y, r, paper) in lanterns() {
        if posts {
            c.fill(
                &Shape::line(&[(x, y - r - 12.0), (x, y)], 1.4),
                hex(0x2a2140),
            );
        }
        lantern(c, x, y, r, paper, shine);
    }
}

fn reflect(c: &mut Canvas) {
    c.resample(WATER, |scene, x, y| {
        let t = (y - WATER) / (HEIGHT - WATER);
        let wave = noise(x / (50.0 + 300.0 * t), y.ln() * 95.0, 6)
            + 0.5 * noise(x / (26.0 + 140.0 * t), y.ln() * 220.0, 7);
        let above = scene.sample(
            x + wave * (3.0 + 26.0 * t),
            (WATER - (y - WATER) * 1.05 + wave * (3.0 + 26.0 * t)).min(WATER - 1.0),
        );
        let deep = ramp(
            &[
                (0.0, hex(0x8c6078)),
                (0.4, hex(0x3a4468)),
                (1.0, hex(0x141f3c)),
            ],
            t + wave * 0.05,
        );
        deep.mix(above, 0.84 - 0.42 * t)
    });
}

/// A flat boat drifting under the lights, poled by one person.
fn punt(c: &mut Canvas) {
    let (x, y) = (1180.0, 1030.0);
    c.soft(
        &Shape::ellipse(x + 10.0, y + 16.0, 190.0, 20.0),
        12.0,
        0.6,
        hex(0x0f1630),
    );
    c.glow_oval(x - 150.0, y + 95.0, 34.0, 150.0, hex(0xff9a4a), 0.55);
    let hull = Shape::blob(&[
        (x - 205.0, y - 36.0),
        (x - 90.0, y - 16.0),
        (x + 90.0, y - 14.0),
        (x + 200.0, y - 32.0),
        (x + 150.0, y + 8.0),
        (x, y + 16.0),
        (x - 150.0, y + 8.0),
    ]);
    c.fill(&hull, move |px: f32, py: f32| {
        hex(0x1c1a34).mix(
            hex(0xd07c50),
            smoothstep(x + 40.0, x - 190.0, px) * smoothstep(y + 14.0, y - 30.0, py) * 0.8,
        )
    });
    let mut rng = Rng::new(5);
    person(c, x + 120.0, y - 12.0, 128.0, &mut rng, DARK);
    c.fill(
        &Shape::line(&[(x + 52.0, y - 190.0), (x + 186.0, y + 66.0)], 4.0),
        DARK,
    );
    for (dx, tall) in [(-40.0, 52.0), (-2.0, 58.0)] {
        let (px, feet) = (x + dx, y - 10.0);
        c.fill(&Shape::ellipse(px, feet - tall, 9.0, 11.0), DARK);
        c.fill(
            &Shape::blob(&[
                (px - 14.0, feet - tall + 16.0),
                (px, feet - tall + 9.0),
                (px + 14.0, feet - tall + 16.0),
                (px + 20.0, feet),
                (px - 20.0, feet),
            ]),
            DARK,
        );
    }
    c.fill(
        &Shape::line(
            &[
                (x - 168.0, y - 26.0),
                (x - 168.0, y - 100.0),
                (x - 148.0, y - 104.0),
            ],
            4.0,
        ),
        DARK,
    );
    lantern(c, x - 146.0, y - 80.0, 17.0, hex(0xff9a3c), 0.9);
}

fn near_bank(c: &mut Canvas) {
    let bank = Shape::below(0.0, 760.0, HEIGHT + 4.0, |x| {
        1120.0 + 170.0 * smoothstep(80.0, 740.0, x) + 14.0 * noise(x / 60.0, 4.0, 8)
    });
    c.soft(&bank, 16.0, 0.5, hex(0x10162e));
    c.fill(&bank, |x: f32, y: f32| {
        hex(0x191c36).mix(
            hex(0x5b4058),
            smoothstep(1180.0, 1090.0, y) * smoothstep(600.0, 60.0, x) * 0.6,
        )
    });
    let mut rng = Rng::new(64);
    for _ in 0..150 {
        let x = rng.range(-20.0, 690.0);
        let foot = 1135.0 + 165.0 * smoothstep(80.0, 740.0, x) + rng.range(0.0, 50.0);
        let tall = rng.range(60.0, 210.0) * (1.0 - x / 1100.0);
        let lean = rng.range(-40.0, 60.0);
        let blade = curve(12, |t| (x + lean * t * t, foot - tall * t));
        let tone = DARK.mix(hex(0x6d4a62), rng.unit() * 0.5);
        c.fill(&Shape::taper(&blade, 6.0, 0.8), tone);
        if rng.unit() < 0.14 {
            let head = [
                (x + lean * 0.9, foot - tall * 0.94),
                (x + lean * 1.1, foot - tall * 1.08),
            ];
            c.fill(&Shape::line(&head, 9.0), hex(0x2c2138));
        }
    }
}

/// Willow branches hang in from the upper right.
fn willow(c: &mut Canvas) {
    let mut rng = Rng::new(91);
    let limb = curve(20, |t| {
        (
            WIDTH + 40.0 - 520.0 * t,
            60.0 - 50.0 * t + 40.0 * (t * 5.0).sin() * t,
        )
    });
    c.fill(&Shape::taper(&limb, 40.0, 6.0), hex(0x151832));
    for _ in 0..58 {
        let x = WIDTH + 30.0 - 560.0 * rng.unit().powf(1.5);
        let long = rng.range(120.0, 470.0) * smoothstep(1320.0, 1800.0, x).max(0.25);
        let (sway, top) = (rng.range(-34.0, 14.0), rng.range(-20.0, 60.0));
        let at = |t: f32| {
            (
                x + sway * t * t + 8.0 * (t * 6.0 + x).sin() * t,
                top + long * t,
            )
        };
        let tone = hex(0x161a34).mix(hex(0x4a3c5c), rng.unit() * 0.5);
        c.fill(&Shape::taper(&curve(14, at), 3.0, 0.8), tone);
        let leaves = (long / 11.0) as usize;
        for i in 0..leaves {
            let (lx, ly) = at(i as f32 / leaves as f32);
            let side = if i % 2 == 0 { -1.0 } else { 1.0 };
            let turn = std::f32::consts::FRAC_PI_2 + side * rng.range(0.3, 0.7);
            let leaf =
                Shape::turned_ellipse(lx - side * 5.0, ly + 6.0, rng.range(7.0, 12.0), 2.4, turn);
            c.fill(&leaf, tone.mix(FLAME, rng.unit() * 0.06));
        }
    }
}
