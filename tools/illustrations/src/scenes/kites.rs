//! A sky full of kites over a wide beach at low tide.

use crate::canvas::{Canvas, HEIGHT, Shape, WIDTH, curve};
use crate::noise::{Rng, fbm, noise, smoothstep};
use crate::palette::{Color, hex, ramp};
use crate::props::{bird, person};

const HORIZON: f32 = 905.0;
const CLOTH: [Color; 8] = [
    hex(0xd94f3a),
    hex(0xf0a63c),
    hex(0xf6d985),
    hex(0x2f8e8f),
    hex(0x2f5f98),
    hex(0xe58c8f),
    hex(0xf8efe0),
    hex(0x86568f),
];

/// Where a kite hangs, how large it is and how it leans.
#[derive(Clone, Copy)]
struct Place {
    x: f32,
    y: f32,
    s: f32,
    lean: f32,
    haze: f32,
}

impl Place {
    fn at(&self, p: (f32, f32)) -> (f32, f32) {
        let (sin, cos) = self.lean.sin_cos();
        (
            self.x + (p.0 * cos - p.1 * sin) * self.s,
            self.y + (p.0 * sin + p.1 * cos) * self.s,
        )
    }

    fn panel(&self, c: &mut Canvas, points: &[(f32, f32)], tone: Color, light: f32) {
        let outline: Vec<_> = points.iter().map(|&p| self.at(p)).collect();
        let (haze, x, s) = (self.haze, self.x, self.s);
        let lit = if light > 1.0 {
            tone.mix(hex(0xfff4d8), light - 1.0)
        } else {
            tone * light
        };
        c.fill(&Shape::polygon(&outline), move |px: f32, _: f32| {
            let across = 0.1 * smoothstep(x + s, x - s, px);
            lit.mix(hex(0xfff0d0), across).mix(hex(0xd9e3e0), haze)
        });
    }

    fn spar(&self, c: &mut Canvas, from: (f32, f32), to: (f32, f32)) {
        let line = [self.at(from), self.at(to)];
        c.glaze(
            &Shape::line(&line, (self.s * 0.025).max(1.0)),
            0.55 * (1.0 - self.haze),
            hex(0x4a3a3c),
        );
    }

    /// A tail that streams away to the right, with bows on it.
    fn tail(&self, c: &mut Canvas, from: (f32, f32), long: f32, tone: Color, phase: f32) {
        let (x, y) = self.at(from);
        let s = self.s;
        let at = |t: f32| {
            (
                x + s * (long * 0.5 * t + 0.24 * (t * 7.0 + phase).sin() * t),
                y + s * (long * 0.8 * t + 0.16 * (t * 9.0 + phase).cos() * t),
            )
        };
        let tone = tone.mix(hex(0xd9e3e0), self.haze);
        c.fill(&Shape::taper(&curve(40, at), s * 0.06, s * 0.015), tone);
        let bows = (long * 2.4) as usize;
        for i in 1..=bows {
            let (bx, by) = at(i as f32 / bows as f32);
            let tilt = 0.5 * (i as f32 * 2.1 + phase).sin();
            for side in [-1.0f32, 1.0] {
                let w = s * 0.13 * side;
                let bow = [
                    (bx, by),
                    (bx + w, by + tilt * w - s * 0.05),
                    (bx + w, by + tilt * w + s * 0.06),
                ];
                c.fill(
                    &Shape::polygon(&bow),
                    tone * if side > 0.0 { 0.88 } else { 1.0 },
                );
            }
        }
    }
}

pub fn draw() -> Canvas {
    let mut c = Canvas::still();
    sky(&mut c);
    beach(&mut c);
    c.mottle(0.035, 1.8, 11);
    c.daub(4);
    people_and_kites(&mut c);
    grass(&mut c);
    for (x, y, s) in [
        (1480.0, 800.0, 22.0),
        (1530.0, 782.0, 17.0),
        (1440.0, 770.0, 15.0),
    ] {
        bird(&mut c, x, y, s, 0.06, hex(0x667884));
    }
    c.glow(120.0, 520.0, 1100.0, hex(0xffe6b4), 0.2);
    c.vignette(0.35);
    c
}

fn sky(c: &mut Canvas) {
    c.shade(|x, y, _| {
        let t = y / HORIZON;
        let base = ramp(
            &[
                (0.0, hex(0x3f8fb0)),
                (0.35, hex(0x73b3c2)),
                (0.68, hex(0xb5d3ca)),
                (0.88, hex(0xf0dfbf)),
                (1.0, hex(0xf8d9ab)),
            ],
            t + 0.02 * noise(x / 500.0, y / 200.0, 2) + smoothstep(1100.0, 0.0, x) * 0.1 * t,
        );
        // Heaped clouds: lit from the left, flat and grey below.
        let scale = 0.35 + 0.65 * (1.0 - t);
        let (u, v) = (x / (460.0 * scale), y / (190.0 * scale));
        let body = fbm(u, v, 5, 63);
        let shifted = fbm(u + 0.16, v + 0.2, 4, 63);
        let thick = smoothstep(0.06, 0.34, body) * smoothstep(1.0, 0.8, t);
        let lit = smoothstep(-0.12, 0.3, body - shifted + 0.1);
        let cloud = hex(0xb9c6cf).mix(hex(0xfff3de), lit);
        base.mix(cloud, thick * 0.82)
    });
    c.glow(40.0, 560.0, 820.0, hex(0xffe7b5), 0.6);
}

fn beach(c: &mut Canvas) {
    // The headland and the sea.
    let land = Shape::below(1180.0, WIDTH, HORIZON + 6.0, |x| {
        let up = smoothstep(1180.0, 1700.0, x);
        HORIZON - up * (74.0 + 40.0 * fbm(x / 150.0, 1.0, 4, 21))
    });
    c.fill(&land, |_: f32, y: f32| {
        hex(0x7fa0a8).mix(hex(0xd9d3bd), smoothstep(HORIZON - 90.0, HORIZON, y) * 0.7)
    });
    c.fill(
        &Shape::rect(0.0, HORIZON, WIDTH, HEIGHT - HORIZON),
        |x: f32, y: f32| {
            let t = (y - HORIZON) / (HEIGHT - HORIZON);
            let shore = 0.16 + 0.03 * noise(x / 420.0, 1.0, 31) + 0.00003 * (x - 960.0);
            let wave = noise(x / (60.0 + 700.0 * t), t.max(0.004).ln() * 16.0, 32);
            let sea = ramp(
                &[
                    (0.0, hex(0x6fa9ae)),
                    (0.6, hex(0x3f8d97)),
                    (1.0, hex(0x8fc2b5)),
                ],
                t / shore,
            )
            .mix(hex(0xfdf2d8), smoothstep(0.15, 0.5, wave) * 0.45);
            // Wet sand holds the sky; dry sand is rippled by the wind.
            let wet = hex(0xc2b596).mix(hex(0xcfdcd2), 0.55 + 0.25 * wave);
            let rill = 0.055 * noise(x / (90.0 + 200.0 * t) + y / 90.0, y / (4.0 + 16.0 * t), 33);
            let patch = 0.07 * fbm(x / 320.0, y / 60.0, 3, 34);
            let dry =
                hex(0xe6cd9f).mix(hex(0xd3ac78), smoothstep(0.4, 1.0, t)) * (1.0 + rill + patch);
            let edge = shore + 0.17 + 0.07 * fbm(x / 300.0, 3.0, 3, 35);
            let pools =
                smoothstep(0.22, 0.36, fbm(x / 330.0, t * 26.0, 3, 36)) * smoothstep(0.62, 0.42, t);
            let sand = wet.mix(
                dry,
                smoothstep(edge - 0.05, edge + 0.06, t) * (1.0 - 0.8 * pools),
            );
            let foam = smoothstep(0.02, 0.004, (t - shore).abs())
                + 0.7 * smoothstep(0.008, 0.002, (t - shore * 0.72 - 0.006 * wave).abs());
            sea.mix(sand, smoothstep(shore - 0.003, shore + 0.01, t))
                .mix(hex(0xfdf7e8), foam.min(1.0) * 0.85)
        },
    );
    c.glow_oval(60.0, HORIZON + 60.0, 900.0, 120.0, hex(0xffeac0), 0.4);
}

fn people_and_kites(c: &mut Canvas) {
    let mut rng = Rng::new(88);
    // Feet of the flyers, one for each kite, far ones first.
    let kites: [(usize, f32, f32, f32, f32); 25] = [
        (0, 905.0, 640.0, 14.0, 1010.0),
        (1, 1010.0, 590.0, 16.0, 1090.0),
        (0, 1160.0, 655.0, 15.0, 1240.0),
        (2, 700.0, 640.0, 13.0, 840.0),
        (1, 560.0, 560.0, 18.0, 700.0),
        (0, 1330.0, 560.0, 20.0, 1400.0),
        (1, 1500.0, 640.0, 16.0, 1560.0),
        (0, 1700.0, 590.0, 20.0, 1720.0),
        (2, 385.0, 455.0, 26.0, 640.0),
        (0, 820.0, 500.0, 24.0, 930.0),
        (1, 1180.0, 470.0, 30.0, 1270.0),
        (0, 240.0, 540.0, 24.0, 480.0),
        (3, 1600.0, 410.0, 30.0, 1600.0),
        (2, 1010.0, 390.0, 34.0, 1130.0),
        (0, 1400.0, 440.0, 34.0, 1480.0),
        (1, 690.0, 360.0, 40.0, 830.0),
        (0, 120.0, 390.0, 38.0, 400.0),
        (0, 1810.0, 410.0, 40.0, 1780.0),
        (1, 1690.0, 190.0, 62.0, 1640.0),
        (2, 560.0, 275.0, 54.0, 720.0),
        (0, 905.0, 205.0, 66.0, 1060.0),
        (3, 1290.0, 240.0, 56.0, 1360.0),
        (4, 150.0, 110.0, 33.0, 560.0),
        (0, 1495.0, 80.0, 54.0, 1430.0),
        (1, 720.0, 60.0, 50.0, 950.0),
    ];
    let mut flyers = Vec::new();
    for (i, &(kind, x, y, s, hand)) in kites.iter().enumerate() {
        let near = smoothstep(10.0, 68.0, s);
        let feet = HORIZON + 64.0 + 150.0 * near + rng.range(-12.0, 22.0);
        let place = Place {
            x,
            y,
            s,
            lean: rng.range(-0.3, 0.25),
            haze: 0.42 * (1.0 - near).powi(2),
        };
        let tall = 0.36 * (feet - HORIZON);
        let grip = (hand + tall * 0.2, feet - tall * 0.66);
        let line = curve(40, |t| {
            let sag = 0.16 * (grip.1 - y) * t * (1.0 - t);
            (x + (grip.0 - x) * t, y + (grip.1 - y) * t + sag * 2.0)
        });
        c.glaze(&Shape::line(&line, 0.9 + 0.5 * near), 0.5, hex(0x6b7076));
        let (a, b) = (CLOTH[i % 8], CLOTH[(i * 3 + 2) % 8]);
        kite(c, kind, &place, (a, b), i as f32 * 1.7);
        flyers.push((hand, feet));
    }
    for _ in 0..46 {
        let far = rng.unit().powf(1.8);
        flyers.push((rng.range(40.0, WIDTH - 40.0), HORIZON + 58.0 + 190.0 * far));
    }
    flyers.sort_by(|a, b| a.1.total_cmp(&b.1));
    for (i, &(x, feet)) in flyers.iter().enumerate() {
        let tall = 0.36
            * (feet - HORIZON)
            * if i % 5 == 0 {
                0.66
            } else {
                rng.range(0.92, 1.08)
            };
        let haze = smoothstep(220.0, 40.0, feet - HORIZON);
        let shadow = [(x, feet - 1.0), (x + tall * 1.5, feet + tall * 0.22)];
        c.soft(
            &Shape::taper(&shadow, tall * 0.2, tall * 0.12),
            2.5,
            0.4,
            hex(0x6f6a6c),
        );
        let coat = rng.pick(&[
            hex(0x2c3c52),
            hex(0x3a3a4e),
            hex(0x5a3b44),
            hex(0x274a56),
            hex(0x4a4048),
        ]);
        person(
            c,
            x,
            feet,
            tall,
            &mut rng,
            coat.mix(hex(0xb5b9ac), haze * 0.5),
        );
        if i % 2 == 0 {
            let arm = [
                (x + tall * 0.07, feet - tall * 0.76),
                (x + tall * 0.2, feet - tall * 0.66),
            ];
            c.fill(
                &Shape::line(&arm, tall * 0.05),
                coat.mix(hex(0xb5b9ac), haze * 0.5),
            );
        }
    }
}

fn kite(c: &mut Canvas, kind: usize, p: &Place, tones: (Color, Color), phase: f32) {
    let (a, b) = tones;
    match kind {
        0 => {
            p.tail(c, (0.0, 1.0), 3.4, b, phase);
            let (top, left, right, foot, mid) = (
                (0.0, -0.95),
                (-0.68, -0.2),
                (0.68, -0.2),
                (0.0, 1.0),
                (0.0, -0.2),
            );
            p.panel(c, &[top, left, mid], a, 1.15);
            p.panel(c, &[top, right, mid], b, 1.0);
            p.panel(c, &[foot, left, mid], b, 0.96);
            p.panel(c, &[foot, right, mid], a, 0.82);
            p.spar(c, top, foot);
            p.spar(c, left, right);
        }
        1 => {
            for side in [-1.0f32, 1.0] {
                let (near, light) = (side * 0.42, if side < 0.0 { 1.12 } else { 0.84 });
                p.tail(c, (near, 0.5), 2.2, b, phase + side);
                p.panel(
                    c,
                    &[(0.0, -0.6), (side * 1.35, 0.42), (near, 0.5)],
                    a,
                    light,
                );
                p.panel(c, &[(0.0, -0.6), (near, 0.5), (0.0, 0.42)], b, light * 0.97);
                p.panel(
                    c,
                    &[(side * 0.85, 0.04), (side * 1.35, 0.42), (side * 0.8, 0.47)],
                    b,
                    light,
                );
                p.spar(c, (0.0, -0.6), (side * 1.35, 0.42));
            }
            p.panel(c, &[(0.0, -0.3), (-0.1, 0.62), (0.0, 0.42)], a, 0.7);
        }
        2 => {
            // A box kite: two cells on four sticks.
            for (dx, dy) in [(-0.5, 0.12), (0.0, -0.12), (0.0, 0.3), (0.5, 0.02)] {
                p.spar(c, (dx, dy - 1.0), (dx, dy + 0.75));
            }
            for (y0, tone) in [(-0.95, a), (0.25, b)] {
                let h = 0.5;
                p.panel(
                    c,
                    &[
                        (-0.5, y0 + 0.1),
                        (0.0, y0 - 0.12),
                        (0.0, y0 + h - 0.12),
                        (-0.5, y0 + h + 0.1),
                    ],
                    tone,
                    0.62,
                );
                p.panel(
                    c,
                    &[
                        (0.0, y0 - 0.12),
                        (0.5, y0 + 0.02),
                        (0.5, y0 + h + 0.02),
                        (0.0, y0 + h - 0.12),
                    ],
                    tone,
                    0.7,
                );
                p.panel(
                    c,
                    &[
                        (-0.5, y0 + 0.1),
                        (0.0, y0 + 0.28),
                        (0.0, y0 + h + 0.28),
                        (-0.5, y0 + h + 0.1),
                    ],
                    tone,
                    1.15,
                );
                p.panel(
                    c,
                    &[
                        (0.0, y0 + 0.28),
                        (0.5, y0 + 0.02),
                        (0.5, y0 + h + 0.02),
                        (0.0, y0 + h + 0.28),
                    ],
                    tone,
                    0.88,
                );
            }
        }
        3 => fish(c, p, tones),
        _ => serpent(c, p, tones),
    }
}

/// A windsock in the shape of a fish, its mouth to the wind.
fn fish(c: &mut Canvas, p: &Place, tones: (Color, Color)) {
    let spine = |t: f32| (-1.4 + 3.2 * t, 0.16 * (t * 5.0).sin() * t + 0.2 * t);
    let half = |t: f32| 0.36 * (1.0 - 0.62 * t) * (0.85 + 0.3 * (t * 3.2).sin());
    let count = 14;
    for i in 0..count {
        let (t0, t1) = (i as f32 / count as f32, (i + 1) as f32 / count as f32);
        let (m0, m1) = (spine(t0), spine(t1));
        let tone = if i % 2 == 0 {
            tones.0
        } else {
            tones.0.mix(tones.1, 0.55)
        };
        p.panel(
            c,
            &[(m0.0, m0.1 - half(t0)), (m1.0, m1.1 - half(t1)), m1, m0],
            tone,
            1.08,
        );
        p.panel(
            c,
            &[m0, m1, (m1.0, m1.1 + half(t1)), (m0.0, m0.1 + half(t0))],
            tone,
            0.82,
        );
    }
    let end = spine(1.0);
    p.panel(
        c,
        &[end, (end.0 + 0.75, end.1 - 0.5), (end.0 + 0.5, end.1)],
        tones.1,
        1.05,
    );
    p.panel(
        c,
        &[end, (end.0 + 0.7, end.1 + 0.5), (end.0 + 0.5, end.1)],
        tones.1,
        0.82,
    );
    p.panel(
        c,
        &[(-0.3, -0.36), (0.5, -0.62), (0.45, -0.22)],
        tones.1,
        1.0,
    );
    let (mx, my) = p.at(spine(0.0));
    c.fill(
        &Shape::turned_ellipse(mx, my, p.s * 0.1, p.s * 0.33, p.lean),
        hex(0x4a3a44),
    );
    let (ex, ey) = p.at((-1.08, -0.1));
    c.fill(
        &Shape::ellipse(ex, ey, p.s * 0.12, p.s * 0.12),
        hex(0xfbf3e2),
    );
    c.fill(
        &Shape::ellipse(ex, ey, p.s * 0.055, p.s * 0.055),
        hex(0x2c2c3a),
    );
}

/// A train of discs, one behind the other.
fn serpent(c: &mut Canvas, p: &Place, tones: (Color, Color)) {
    let count = 22;
    for i in (0..count).rev() {
        let t = i as f32 / count as f32;
        let (dx, dy) = (t * 9.6, 1.9 * (t * 5.6).sin() * (0.4 + t) + t * 3.0);
        let r = p.s * (1.0 - 0.6 * t);
        let (x, y) = (p.x + dx * p.s, p.y + dy * p.s);
        let tone = ramp(
            &[
                (0.0, tones.1),
                (0.4, hex(0xf0a63c)),
                (0.75, hex(0xf6d985)),
                (1.0, hex(0x2f8e8f)),
            ],
            t,
        );
        c.fill(
            &Shape::turned_ellipse(x, y, r * 0.62, r, 0.3 * (t * 5.6).cos()),
            move |px: f32, py: f32| {
                let d = ((px - x) * 0.9 + (py - y) * 0.6) / r;
                tone.mix(hex(0xfff0cf), smoothstep(0.5, -1.0, d) * 0.4)
                    * (1.0 - 0.22 * smoothstep(0.0, 1.0, d))
            },
        );
        c.glaze(
            &Shape::turned_ellipse(x, y, r * 0.3, r * 0.5, 0.3 * (t * 5.6).cos()),
            0.55,
            hex(0xfbeed6),
        );
    }
}

/// Marram grass on the dune we stand on.
fn grass(c: &mut Canvas) {
    let dune = Shape::below(0.0, WIDTH, HEIGHT + 4.0, |x| {
        1262.0 - 110.0 * smoothstep(620.0, 0.0, x) - 74.0 * smoothstep(1380.0, 1920.0, x)
            + 8.0 * noise(x / 90.0, 0.0, 3)
    });
    c.soft(&dune, 10.0, 0.3, hex(0x8a6f52));
    c.fill(&dune, |x: f32, y: f32| {
        let grain = 0.06 * fbm(x / 60.0, y / 20.0, 3, 5);
        hex(0xd9b27a).mix(hex(0xa67c54), smoothstep(1150.0, HEIGHT, y)) * (1.0 + grain)
    });
    let mut rng = Rng::new(36);
    for i in 0..420 {
        let x = if i % 5 < 3 {
            560.0 * rng.unit().powf(1.4) - 20.0
        } else {
            WIDTH + 20.0 - 470.0 * rng.unit().powf(1.4)
        };
        let edge = smoothstep(700.0, 0.0, x) + smoothstep(1330.0, 1920.0, x);
        let foot = 1290.0 - 95.0 * edge * rng.unit();
        let tall = rng.range(50.0, 190.0) * (0.35 + 0.65 * edge);
        let lean = rng.range(10.0, 95.0);
        let blade = curve(12, |t| {
            (x + lean * t * t, foot - tall * t * (1.0 - 0.18 * t))
        });
        let tone = rng.pick(&[
            hex(0x5f7a58),
            hex(0x8a9463),
            hex(0x47675a),
            hex(0xc2b377),
            hex(0x35564f),
        ]);
        c.fill(&Shape::taper(&blade, 5.0, 0.7), tone);
    }
}
