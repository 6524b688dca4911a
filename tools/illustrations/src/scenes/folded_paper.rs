//! Coloured paper fanned out on a wooden table, boats folded and half folded.

use crate::canvas::{Canvas, Shape, curve};
use crate::noise::{Rng, fbm, lerp, noise, smoothstep};
use crate::palette::{CREAM, Color, PAPERS, hex, ramp};

const SHADOW: Color = hex(0x35190f);

/// A place on the table: local units to canvas, turned by `angle`.
#[derive(Clone, Copy)]
struct Spot {
    x: f32,
    y: f32,
    size: f32,
    angle: f32,
}

impl Spot {
    fn at(&self, p: (f32, f32)) -> (f32, f32) {
        let (sin, cos) = self.angle.sin_cos();
        (
            self.x + (p.0 * cos - p.1 * sin) * self.size,
            self.y + (p.0 * sin + p.1 * cos) * self.size,
        )
    }

    fn all(&self, points: &[(f32, f32)]) -> Vec<(f32, f32)> {
        points.iter().map(|&p| self.at(p)).collect()
    }
}

pub fn draw() -> Canvas {
    let mut c = Canvas::still();
    table(&mut c);
    c.mottle(0.03, 2.4, 3);
    c.daub(4);
    cup(&mut c, 1700.0, 180.0);
    fan(&mut c);
    flat_sheet(&mut c);
    hat(
        &mut c,
        Spot {
            x: 900.0,
            y: 270.0,
            size: 185.0,
            angle: -0.3,
        },
        PAPERS[4],
    );
    hat(
        &mut c,
        Spot {
            x: 1700.0,
            y: 680.0,
            size: 120.0,
            angle: 0.65,
        },
        PAPERS[6],
    );
    boat(
        &mut c,
        Spot {
            x: 1330.0,
            y: 520.0,
            size: 270.0,
            angle: -0.42,
        },
        PAPERS[0],
    );
    boat(
        &mut c,
        Spot {
            x: 1215.0,
            y: 165.0,
            size: 135.0,
            angle: 0.28,
        },
        PAPERS[1],
    );
    boat(
        &mut c,
        Spot {
            x: 420.0,
            y: 200.0,
            size: 190.0,
            angle: 0.2,
        },
        PAPERS[7],
    );
    pencil(&mut c);
    scraps(&mut c);
    window_light(&mut c);
    c.vignette(0.55);
    c
}

fn table(c: &mut Canvas) {
    c.shade(|x, y, _| {
        let lean = y + x * 0.05;
        let plank = (lean / 236.0).floor();
        let within = lean - plank * 236.0;
        let shift = plank * 713.0;
        let warp = 26.0 * fbm((x + shift) / 640.0, lean / 150.0, 2, 31);
        let grain = fbm((x + shift) / 520.0, (lean + warp) / 11.0, 4, 32);
        let bands = ((lean + warp * 2.2 + shift) / 19.0).sin();
        let tone = 0.5 + grain * 0.5 + bands * 0.09 + 0.16 * noise(plank * 1.7, 3.0, 33);
        let wood = ramp(
            &[
                (0.0, hex(0x6d4128)),
                (0.45, hex(0xa06c43)),
                (0.75, hex(0xbd8a58)),
                (1.0, hex(0xd4a873)),
            ],
            tone,
        );
        let seam = smoothstep(4.5, 1.0, within) + 0.5 * smoothstep(230.0, 236.0, within);
        let pores = smoothstep(0.35, 0.8, noise((x + shift) / 70.0, lean / 2.6, 34)) * 0.12;
        wood * (1.0 - pores) * (1.0 - 0.6 * seam.min(1.0))
    });
}

/// Paper with its shadow: the colour falls off away from the window.
fn paper(c: &mut Canvas, outline: &[(f32, f32)], tone: Color, lift: f32, seed: u32) {
    let moved: Vec<_> = outline
        .iter()
        .map(|p| (p.0 + lift, p.1 + lift * 1.15))
        .collect();
    c.soft(&Shape::polygon(&moved), lift * 1.1 + 3.0, 0.42, SHADOW);
    let close: Vec<_> = outline.iter().map(|p| (p.0 + 2.0, p.1 + 3.0)).collect();
    c.soft(&Shape::polygon(&close), 3.0, 0.4, SHADOW);
    facet(c, outline, tone, seed);
}

/// One flat piece of paper surface.
fn facet(c: &mut Canvas, outline: &[(f32, f32)], tone: Color, seed: u32) {
    let (mut low, mut high) = (f32::MAX, f32::MIN);
    for p in outline {
        low = low.min(p.0 + p.1);
        high = high.max(p.0 + p.1);
    }
    let shape = Shape::polygon(outline);
    c.fill(&shape, move |x: f32, y: f32| {
        let t = (x + y - low) / (high - low).max(1.0);
        let fibre =
            0.022 * noise(x / 5.0, y / 17.0, seed) + 0.03 * fbm(x / 120.0, y / 90.0, 2, seed + 1);
        (tone.mix(hex(0xfff3dd), 0.13 * (1.0 - t)) * (lerp(1.04, 0.9, t) + fibre)).clamped()
    });
    let mut edge = outline.to_vec();
    edge.extend(outline.first());
    c.glaze(&Shape::line(&edge, 1.6), 0.45, tone.mix(hex(0xffffff), 0.5));
}

/// A crease: a bright side and a dark side.
fn crease(c: &mut Canvas, from: (f32, f32), to: (f32, f32), strength: f32) {
    c.glaze(
        &Shape::line(
            &[(from.0 + 1.6, from.1 + 1.8), (to.0 + 1.6, to.1 + 1.8)],
            2.2,
        ),
        0.3 * strength,
        SHADOW,
    );
    c.glaze(
        &Shape::line(&[from, to], 1.8),
        0.5 * strength,
        hex(0xffffff),
    );
}

fn fan(c: &mut Canvas) {
    let order = [8, 5, 3, 4, 7, 2, 1, 9, 0];
    for (i, &which) in order.iter().enumerate() {
        let a = (-112.0 + i as f32 * 11.6).to_radians();
        let reach = 500.0 + 10.0 * noise(i as f32 * 1.9, 0.0, 7);
        let spot = Spot {
            x: 330.0 + reach * a.cos(),
            y: 1290.0 + reach * a.sin(),
            size: 1.0,
            angle: a + std::f32::consts::FRAC_PI_2 + 0.02 * noise(i as f32 * 3.1, 1.0, 8),
        };
        let sheet = spot.all(&[
            (-195.0, -290.0),
            (195.0, -290.0),
            (195.0, 290.0),
            (-195.0, 290.0),
        ]);
        paper(c, &sheet, PAPERS[which], 9.0, 40 + i as u32);
        if i == 8 {
            // The top sheet has been folded once and opened again.
            crease(c, spot.at((-195.0, 0.0)), spot.at((195.0, 0.0)), 0.6);
            crease(c, spot.at((0.0, -290.0)), spot.at((0.0, 290.0)), 0.35);
        }
    }
}

/// A sheet with two corners turned in: the first fold of a boat.
fn flat_sheet(c: &mut Canvas) {
    let s = Spot {
        x: 1440.0,
        y: 985.0,
        size: 235.0,
        angle: 0.16,
    };
    let body = s.all(&[
        (0.0, -0.95),
        (1.0, 0.05),
        (1.0, 0.72),
        (-1.0, 0.72),
        (-1.0, 0.05),
    ]);
    paper(c, &body, PAPERS[5], 12.0, 70);
    let back = CREAM.mix(PAPERS[5], 0.1);
    let left = s.all(&[(-0.015, -0.93), (-0.02, 0.08), (-0.98, 0.06)]);
    paper(c, &left, back, 4.0, 71);
    // The right corner stands up a little: it is not pressed flat yet.
    let right = s.all(&[(0.02, -0.92), (0.14, 0.0), (0.93, 0.12)]);
    paper(c, &right, back * 0.94, 15.0, 72);
    crease(c, s.at((-1.0, 0.38)), s.at((1.0, 0.38)), 0.5);
    crease(c, s.at((0.0, 0.08)), s.at((0.0, 0.72)), 0.45);
}

/// Half way to a boat: the folded hat, lying flat.
fn hat(c: &mut Canvas, s: Spot, tone: Color) {
    paper(
        c,
        &s.all(&[(0.0, -0.82), (0.92, 0.24), (-0.92, 0.24)]),
        tone,
        12.0,
        80,
    );
    facet(
        c,
        &s.all(&[(0.0, -0.82), (0.92, 0.24), (0.0, 0.24)]),
        tone * 0.93,
        81,
    );
    crease(c, s.at((0.0, -0.82)), s.at((0.0, 0.24)), 0.7);
    let brim = s.all(&[(-1.0, 0.2), (1.0, 0.17), (0.95, 0.52), (-0.95, 0.55)]);
    paper(c, &brim, tone.mix(CREAM, 0.16), 7.0, 82);
    crease(c, s.at((0.0, 0.2)), s.at((0.0, 0.54)), 0.35);
}

/// A finished boat, seen from above with the window at the upper left.
fn boat(c: &mut Canvas, s: Spot, tone: Color) {
    let hull = [
        (-1.0, 0.0),
        (-0.5, -0.22),
        (0.0, -0.31),
        (0.5, -0.22),
        (1.0, 0.0),
        (0.5, 0.22),
        (0.0, 0.31),
        (-0.5, 0.22),
    ];
    let outline = s.all(&hull);
    for (far, blur, alpha) in [(0.26, 0.13, 0.5), (0.09, 0.04, 0.5)] {
        let cast: Vec<_> = outline
            .iter()
            .map(|p| (p.0 + s.size * far, p.1 + s.size * far * 1.1))
            .collect();
        c.soft(&Shape::polygon(&cast), s.size * blur, alpha, SHADOW);
    }
    // The outside of the lower hull, leaning out under the rim.
    let skirt: Vec<_> = s.all(&[
        (-1.0, 0.0),
        (-0.5, 0.22),
        (0.0, 0.31),
        (0.5, 0.22),
        (1.0, 0.0),
    ]);
    let mut outside = skirt.clone();
    outside.extend(
        s.all(&[(0.56, 0.16), (0.0, 0.2), (-0.56, 0.16)])
            .iter()
            .map(|p| (p.0 + s.size * 0.05, p.1 + s.size * 0.12)),
    );
    facet(c, &outside, tone * 0.62, 90);
    let deep = tone.multiply(hex(0x9a5f6a), 0.9);
    facet(c, &outline, deep, 91);
    // Inner walls: the one below faces the window, the one above does not.
    facet(
        c,
        &s.all(&[
            (-1.0, 0.0),
            (-0.5, -0.22),
            (0.0, -0.31),
            (0.0, -0.1),
            (-0.5, -0.03),
        ]),
        tone * 0.6,
        92,
    );
    facet(
        c,
        &s.all(&[
            (1.0, 0.0),
            (0.5, -0.22),
            (0.0, -0.31),
            (0.0, -0.1),
            (0.5, -0.03),
        ]),
        tone * 0.53,
        93,
    );
    facet(
        c,
        &s.all(&[
            (-1.0, 0.0),
            (-0.5, 0.22),
            (0.0, 0.31),
            (0.0, 0.12),
            (-0.5, 0.03),
        ]),
        tone * 0.98,
        94,
    );
    facet(
        c,
        &s.all(&[
            (1.0, 0.0),
            (0.5, 0.22),
            (0.0, 0.31),
            (0.0, 0.12),
            (0.5, 0.03),
        ]),
        tone * 0.86,
        95,
    );
    // The sail throws its own shadow on the lower wall.
    let fall = s.all(&[(-0.4, 0.02), (0.14, 0.27), (0.52, 0.04)]);
    c.soft(
        &Shape::polygon(&fall),
        s.size * 0.025,
        0.45,
        tone.multiply(hex(0x6a3040), 1.0),
    );
    let (bow, stern, peak) = ((-0.52, 0.0), (0.52, 0.0), (-0.03, -0.05));
    facet(
        c,
        &s.all(&[bow, peak, (0.0, -0.15)]),
        tone.mix(hex(0xfff4dd), 0.42),
        96,
    );
    facet(
        c,
        &s.all(&[stern, peak, (0.0, -0.15)]),
        tone.mix(hex(0xfff4dd), 0.3),
        97,
    );
    facet(c, &s.all(&[bow, peak, (0.0, 0.14)]), tone * 0.8, 98);
    facet(c, &s.all(&[stern, peak, (0.0, 0.14)]), tone * 0.68, 99);
    for end in [-1.0, 1.0] {
        crease(c, s.at((end, 0.0)), s.at((end * 0.52, 0.0)), 0.8);
    }
    let mut rim = outline.clone();
    rim.extend(outline.first());
    c.glaze(
        &Shape::line(&rim, s.size * 0.012),
        0.6,
        tone.mix(hex(0xfff6e6), 0.55),
    );
}

fn cup(c: &mut Canvas, x: f32, y: f32) {
    let ring = |r: f32| Shape::ellipse(x, y, r, r);
    c.soft(
        &Shape::ellipse(x + 34.0, y + 40.0, 232.0, 232.0),
        34.0,
        0.45,
        SHADOW,
    );
    let glaze = hex(0xdfe3da);
    c.fill(&ring(226.0), move |px: f32, py: f32| {
        let r = (px - x).hypot(py - y);
        let side = ((px - x) + (py - y)) / 320.0;
        let lip = smoothstep(206.0, 214.0, r) - smoothstep(218.0, 226.0, r);
        let well = smoothstep(150.0, 128.0, r) * 0.1;
        (glaze * (0.9 - side * 0.12 * (r / 226.0) + lip * 0.08 - well)).clamped()
    });
    c.glaze(
        &Shape::line(
            &curve(80, |t| {
                (
                    x + 190.0 * (t * 6.2832).cos(),
                    y + 190.0 * (t * 6.2832).sin(),
                )
            }),
            3.5,
        ),
        0.7,
        hex(0x4d7f8c),
    );
    c.soft(
        &Shape::ellipse(x + 22.0, y + 26.0, 126.0, 126.0),
        18.0,
        0.4,
        hex(0x4a3a38),
    );
    let handle = curve(24, |t| {
        let a = 2.2 + (t - 0.5) * 1.1;
        let out = 112.0 + 66.0 * (t * std::f32::consts::PI).sin();
        (x + out * a.cos(), y + out * a.sin())
    });
    c.soft(
        &Shape::line(
            &handle
                .iter()
                .map(|p| (p.0 + 10.0, p.1 + 12.0))
                .collect::<Vec<_>>(),
            24.0,
        ),
        8.0,
        0.35,
        SHADOW,
    );
    c.fill(&Shape::line(&handle, 24.0), hex(0xe3e6dd));
    c.glaze(&Shape::line(&handle, 8.0), 0.6, hex(0xfaf7ec));
    c.fill(&ring(122.0), hex(0xf0efe4));
    c.fill(&ring(112.0), move |px: f32, py: f32| {
        let side = ((px - x) + (py - y)) / 170.0;
        hex(0xb9bdb6).mix(hex(0xeceade), smoothstep(-0.6, 0.9, side))
    });
    c.fill(
        &Shape::ellipse(x + 3.0, y + 4.0, 101.0, 101.0),
        move |px: f32, py: f32| {
            let d = ((px - x - 3.0).hypot(py - y - 4.0) / 101.0).min(1.0);
            hex(0x7c3a17)
                .mix(hex(0xc27a35), d.powi(5))
                .mix(hex(0xa55a26), 0.3 + 0.2 * noise(px / 50.0, py / 50.0, 6))
        },
    );
    c.soft(
        &Shape::turned_ellipse(x - 40.0, y - 42.0, 44.0, 15.0, -0.78),
        7.0,
        0.5,
        hex(0xffe9c4),
    );
}

fn pencil(c: &mut Canvas) {
    let s = Spot {
        x: 1035.0,
        y: 1165.0,
        size: 1.0,
        angle: -0.13,
    };
    let moved = Spot {
        x: s.x + 9.0,
        y: s.y + 12.0,
        ..s
    };
    let body = [
        (-230.0, -11.0),
        (190.0, -11.0),
        (236.0, 0.0),
        (190.0, 11.0),
        (-230.0, 11.0),
    ];
    c.soft(&Shape::polygon(&moved.all(&body)), 8.0, 0.5, SHADOW);
    c.fill(
        &Shape::polygon(&s.all(&[(190.0, -11.0), (238.0, 0.0), (190.0, 11.0)])),
        hex(0xe9c796),
    );
    c.fill(
        &Shape::polygon(&s.all(&[(222.0, -3.8), (238.0, 0.0), (222.0, 3.8)])),
        hex(0x2b2a33),
    );
    for (top, bottom, tone) in [
        (-11.0, -4.0, hex(0x4fa08f)),
        (-4.0, 4.5, hex(0x2f7f78)),
        (4.5, 11.0, hex(0x1f5a5a)),
    ] {
        c.fill(
            &Shape::polygon(&s.all(&[
                (-205.0, top),
                (190.0, top),
                (196.0, (top + bottom) / 2.0),
                (190.0, bottom),
                (-205.0, bottom),
            ])),
            tone,
        );
    }
    c.fill(
        &Shape::polygon(&s.all(&[
            (-230.0, -11.0),
            (-205.0, -11.0),
            (-205.0, 11.0),
            (-230.0, 11.0),
        ])),
        hex(0xd9c9a8),
    );
}

fn scraps(c: &mut Canvas) {
    let mut rng = Rng::new(13);
    for (x, y, which) in [
        (1100.0, 860.0, 1),
        (1010.0, 760.0, 3),
        (1820.0, 930.0, 9),
        (1760.0, 1160.0, 2),
        (700.0, 470.0, 0),
        (1560.0, 720.0, 4),
        (130.0, 90.0, 6),
    ] {
        let s = Spot {
            x,
            y,
            size: rng.range(20.0, 38.0),
            angle: rng.range(0.0, 6.0),
        };
        paper(
            c,
            &s.all(&[(-1.0, 0.4), (0.9, 0.5), (rng.range(-0.6, 0.6), -0.7)]),
            PAPERS[which],
            4.0,
            120,
        );
    }
}

/// Sun through a window falls across everything in four soft panes.
fn window_light(c: &mut Canvas) {
    c.shade(|x, y, under| {
        let (u, v) = (
            (x + y * 0.42 - 380.0) / 1180.0,
            (y - x * 0.2 + 240.0) / 1080.0,
        );
        let pane = |t: f32| {
            smoothstep(-0.03, 0.02, t)
                * smoothstep(1.03, 0.98, t)
                * (1.0 - smoothstep(0.045, 0.02, (t - 0.5).abs()))
        };
        let leaf = smoothstep(0.18, 0.42, fbm(x / 130.0, y / 110.0, 2, 201))
            * smoothstep(0.9, 0.2, u + v * 0.5);
        let sun = pane(u) * pane(v) * (1.0 - 0.5 * leaf);
        let shade = under.multiply(hex(0xc9bccc), 0.5);
        shade.mix(under.screen(hex(0xffdf9e), 0.17), sun)
    });
}
