//! A lit two-deck ferry on a lake under the moon, in the faded colours of an
//! early video tape.

use crate::canvas::{Canvas, HEIGHT, Shape, WIDTH, curve};
use crate::noise::{Rng, fbm, noise, smoothstep};
use crate::palette::{AMBER, Color, FLAME, hex, ramp};
use crate::props::{Camera, person, ripple};

const SHORE: f32 = 650.0;
/// Where the ferry floats.
const FLOAT: f32 = 772.0;
const MOON: (f32, f32) = (1440.0, 205.0);
const LAMP: Color = hex(0xffc877);

pub fn draw() -> Canvas {
    let mut c = Canvas::still();
    sky(&mut c);
    mountains(&mut c);
    water(&mut c);
    let camera = Camera {
        centre: 960.0,
        horizon: SHORE,
        focal: 1200.0,
        eye: 3.0,
    };
    ferry_reflection(&mut c);
    ripple(&mut c, &camera, 20.0, 0.0, 29);
    c.mottle(0.04, 1.9, 41);
    c.daub(4);
    moon_glitter(&mut c, &camera);
    c.soft(
        &Shape::ellipse(790.0, FLOAT + 4.0, 470.0, 9.0),
        6.0,
        0.6,
        hex(0x0c1626),
    );
    ferry(&mut c);
    wake(&mut c);
    jetty(&mut c);
    tape(&mut c);
    c.vignette(0.45);
    c
}

fn sky(c: &mut Canvas) {
    c.shade(|x, y, _| {
        let t = y / SHORE;
        let band = fbm(x / 480.0, y / 92.0, 5, 301);
        let base = ramp(
            &[
                (0.0, hex(0x0f1f3f)),
                (0.45, hex(0x1f3a5c)),
                (0.8, hex(0x3b5f78)),
                (1.0, hex(0x7391a0)),
            ],
            t + band * 0.08,
        );
        let near_moon = (-((x - MOON.0).hypot((y - MOON.1) * 1.3) / 420.0).powi(2)).exp();
        let cloud = smoothstep(0.02, 0.5, band) * smoothstep(1.0, 0.6, t);
        base.mix(
            hex(0x3d5674).mix(hex(0xc9cdbb), near_moon),
            cloud * (0.35 + 0.4 * near_moon),
        )
    });
    let mut rng = Rng::new(301);
    for _ in 0..90 {
        let (x, y) = (rng.range(0.0, WIDTH), rng.range(0.0, 400.0));
        c.glow(
            x,
            y,
            rng.range(2.0, 4.5),
            hex(0xe4ecff),
            rng.range(0.15, 0.7) * smoothstep(430.0, 100.0, y),
        );
    }
    c.glow(MOON.0, MOON.1, 560.0, hex(0xaebfc4), 0.55);
    c.glow(MOON.0, MOON.1, 170.0, hex(0xe9e4cc), 0.5);
    c.fill(
        &Shape::ellipse(MOON.0, MOON.1, 56.0, 56.0),
        |x: f32, y: f32| {
            let spots = smoothstep(-0.1, 0.5, fbm((x - 8.0) / 46.0, y / 42.0, 4, 17));
            hex(0xf8f2dc).mix(hex(0xd3d2c2), spots * 0.5)
        },
    );
    // A thin cloud crosses the lower edge of the moon.
    for (dx, dy, long) in [
        (-60.0, 46.0, 230.0),
        (90.0, 66.0, 190.0),
        (-170.0, 84.0, 150.0),
    ] {
        c.soft(
            &Shape::ellipse(MOON.0 + dx, MOON.1 + dy, long, 9.0),
            12.0,
            0.6,
            hex(0x6f8292),
        );
    }
}

fn mountains(c: &mut Canvas) {
    for (base, tall, wide, colour, seed) in [
        (470.0, 210.0, 430.0, hex(0x4a6880), 311u32),
        (545.0, 170.0, 380.0, hex(0x2f4c65), 312),
        (612.0, 100.0, 330.0, hex(0x1b344c), 313),
    ] {
        let top = |x: f32| {
            let sharp = 1.0 - fbm(x / wide, 3.0, 5, seed).abs() * 2.0;
            let broad = noise(x / (wide * 2.2), 7.0, seed + 3);
            let open = (-((x - 1380.0) / 330.0).powi(2)).exp() * 90.0;
            (base - tall * (sharp * 0.55 + broad * 0.6 - 0.2) + open).min(SHORE - 8.0)
        };
        c.fill(
            &Shape::below(0.0, WIDTH, SHORE, top),
            move |x: f32, y: f32| {
                let snow = smoothstep(
                    430.0,
                    330.0,
                    y + 60.0 * fbm(x / 60.0, y / 70.0, 3, seed + 4),
                );
                let mist = smoothstep(base - 40.0, SHORE, y);
                colour
                    .mix(hex(0x9fb2bb), snow * 0.3)
                    .mix(hex(0x6d8992), mist * 0.32)
            },
        );
    }
    // A town along the far shore.
    let mut rng = Rng::new(45);
    for _ in 0..130 {
        let cluster = rng.pick(&[150.0, 330.0, 1180.0, 1640.0, 1780.0]);
        let x = cluster + (rng.unit() + rng.unit() - 1.0) * 150.0;
        let y = SHORE - 3.0 - 46.0 * rng.unit().powi(2);
        let lamp = rng.pick(&[LAMP, hex(0xffe2b0), hex(0xff9d5c), hex(0xcfe0d8)]);
        c.glow(x, y, rng.range(7.0, 15.0), lamp, 0.55);
        c.fill(&Shape::ellipse(x, y, 1.7, 1.7), lamp.mix(FLAME, 0.5));
    }
}

fn water(c: &mut Canvas) {
    c.resample(SHORE, |scene, x, y| {
        let t = (y - SHORE) / (HEIGHT - SHORE);
        let wave = noise(x / (60.0 + 320.0 * t), y.ln() * 90.0, 6)
            + 0.5 * noise(x / (30.0 + 150.0 * t), y.ln() * 210.0, 7);
        let above = scene.sample(
            x + wave * (4.0 + 30.0 * t),
            (SHORE - (y - SHORE) * 0.98 + wave * (4.0 + 34.0 * t)).min(SHORE - 1.0),
        );
        let deep = ramp(
            &[
                (0.0, hex(0x4b6c7c)),
                (0.35, hex(0x1d3a55)),
                (1.0, hex(0x0c1d36)),
            ],
            t + wave * 0.06,
        );
        deep.mix(above, 0.72 - 0.42 * t)
    });
    let mut rng = Rng::new(46);
    for _ in 0..26 {
        let x = rng.pick(&[150.0, 330.0, 1180.0, 1640.0, 1780.0]) + rng.range(-130.0, 130.0);
        c.glow_oval(x, SHORE + 40.0, 6.0, rng.range(60.0, 120.0), LAMP, 0.4);
    }
}

/// The ferry upside down, drawn out long by the swell.
fn ferry_reflection(c: &mut Canvas) {
    let mut plain = Canvas::still();
    plain.shade(|x, y, _| c.sample(x, y));
    let mut with = Canvas::still();
    with.shade(|x, y, _| c.sample(x, y));
    ferry(&mut with);
    let area = Shape::rect(0.0, FLOAT, WIDTH, HEIGHT - FLOAT);
    c.within(&area, |x, y, under| {
        let down = y - FLOAT;
        let t = down / (HEIGHT - FLOAT);
        let wave = noise(x / (50.0 + 90.0 * t), y / (5.0 + 14.0 * t), 16);
        let (sx, sy) = (
            x + wave * (3.0 + 22.0 * t),
            FLOAT - down / 1.55 + wave * 8.0 * t,
        );
        let change = with.sample(sx, sy) + plain.sample(sx, sy) * -1.0;
        (under + change * (0.8 * (1.0 - 0.75 * t))).clamped()
    });
    for i in 0..30 {
        let x = 392.0 + i as f32 * 25.0;
        let long = 260.0 + 160.0 * noise(i as f32 * 0.7, 0.0, 4);
        c.glow_oval(x, FLOAT + 60.0 + long * 0.35, 8.0, long, hex(0xffb45c), 0.5);
    }
    c.glow_oval(760.0, FLOAT + 150.0, 560.0, 330.0, hex(0xf0964a), 0.36);
}

fn moon_glitter(c: &mut Canvas, camera: &Camera) {
    let camera = *camera;
    c.within(
        &Shape::rect(900.0, SHORE, 1020.0, HEIGHT - SHORE),
        |x, y, under| {
            let near = (y - SHORE) / (HEIGHT - SHORE);
            let (_, z) = camera.ground(x, y);
            let wide = 34.0 + 190.0 * near;
            let side = (x - MOON.0) / wide;
            let facet = noise(x / (10.0 + 90.0 * near), z.ln() * 60.0, 91)
                + 0.5 * noise(x / (6.0 + 40.0 * near), z.ln() * 140.0, 92);
            let glint = smoothstep(0.12, 0.55, facet - side.abs() * 0.45);
            let fade = (-side * side * 0.7).exp();
            under.screen(hex(0xe6e4cf), glint * fade * 0.72)
        },
    );
    c.glow_oval(MOON.0, SHORE + 12.0, 240.0, 60.0, hex(0xcdd5cc), 0.35);
}

fn ferry(c: &mut Canvas) {
    let white = |px: f32, y0: f32, y1: f32, py: f32| {
        hex(0xb9b7ae)
            .mix(hex(0xf0e0bf), smoothstep(y0, y1, py) * 0.5)
            .mix(hex(0x6f8092), smoothstep(900.0, 360.0, px) * 0.35)
    };
    c.glow_oval(740.0, 670.0, 620.0, 190.0, hex(0xe89a50), 0.3);
    funnel(c);
    // Hull: the bow to the right, sheer rising to it.
    let mut hull = curve(40, |t| {
        (
            352.0 + 906.0 * t,
            704.0 - 40.0 * t.powi(4) - 8.0 * (1.0 - t).powi(4),
        )
    });
    hull.extend([
        (1216.0, 740.0),
        (1186.0, FLOAT + 2.0),
        (392.0, FLOAT + 2.0),
        (360.0, 742.0),
    ]);
    c.fill(&Shape::polygon(&hull), |x: f32, y: f32| {
        let stripe = smoothstep(716.0, 718.0, y) * smoothstep(727.0, 725.0, y);
        let base = hex(0x2d4358).mix(hex(0x14243a), smoothstep(710.0, FLOAT, y));
        base.mix(hex(0x8fa5ae), smoothstep(1040.0, 1250.0, x) * 0.3)
            .mix(hex(0xd8cbae), stripe * 0.75)
    });
    for i in 0..19 {
        let x = 440.0 + i as f32 * 36.0;
        c.fill(&Shape::ellipse(x, 743.0, 5.5, 5.5), LAMP);
        c.glow(x, 743.0, 18.0, LAMP, 0.4);
    }
    // Main saloon, upper saloon, wheelhouse.
    c.fill(
        &Shape::polygon(&[
            (424.0, 704.0),
            (424.0, 634.0),
            (1066.0, 634.0),
            (1100.0, 704.0),
        ]),
        move |x: f32, y: f32| white(x, 640.0, 704.0, y),
    );
    c.fill(
        &Shape::polygon(&[
            (492.0, 634.0),
            (492.0, 574.0),
            (972.0, 574.0),
            (996.0, 634.0),
        ]),
        move |x: f32, y: f32| white(x, 580.0, 634.0, y),
    );
    c.fill(
        &Shape::polygon(&[
            (856.0, 566.0),
            (862.0, 518.0),
            (952.0, 518.0),
            (968.0, 566.0),
        ]),
        move |x: f32, y: f32| white(x, 520.0, 566.0, y),
    );
    for (x0, x1, y) in [
        (404.0, 1092.0, 630.0),
        (470.0, 992.0, 568.0),
        (848.0, 966.0, 512.0),
    ] {
        c.fill(&Shape::rect(x0, y, x1 - x0, 7.0), hex(0xd9d1bb));
        c.fill(&Shape::rect(x0, y + 7.0, x1 - x0, 3.0), hex(0x4c5666));
    }
    windows(c, 440.0, 1060.0, 650.0, (25.0, 30.0), 34.5);
    windows(c, 508.0, 966.0, 588.0, (22.0, 27.0), 30.5);
    windows(c, 872.0, 950.0, 527.0, (17.0, 20.0), 21.0);
    passengers(c);
    rails(c);
    mast(c);
    c.glow_oval(760.0, 640.0, 480.0, 150.0, hex(0xffb765), 0.22);
}

fn windows(c: &mut Canvas, x0: f32, x1: f32, y: f32, size: (f32, f32), step: f32) {
    let (w, h) = size;
    let mut x = x0;
    while x + w < x1 {
        let warm = 0.5 + 0.5 * noise(x / 40.0, y, 18);
        let pane = hex(0xffb860).mix(hex(0xffe6b0), warm);
        c.fill(
            &Shape::rect(x - 1.5, y - 1.5, w + 3.0, h + 3.0),
            hex(0x6a5e52),
        );
        c.fill(&Shape::rect(x, y, w, h), move |_: f32, py: f32| {
            pane.mix(hex(0xd98a45), smoothstep(y + h * 0.3, y + h, py) * 0.7)
        });
        c.glow(x + w / 2.0, y + h / 2.0, w * 1.7, LAMP, 0.26);
        x += step;
    }
}

fn passengers(c: &mut Canvas) {
    let mut rng = Rng::new(63);
    for _ in 0..22 {
        let x = rng.range(450.0, 1040.0);
        let tone = hex(0x4a3530);
        c.fill(&Shape::ellipse(x, 667.0, 4.2, 5.0), tone);
        c.fill(
            &Shape::blob(&[(x - 7.0, 682.0), (x, 671.0), (x + 7.0, 682.0)]),
            tone,
        );
    }
    for x in [1112.0, 1131.0, 1172.0, 378.0, 396.0] {
        person(c, x, 702.0, 40.0, &mut rng, hex(0x1d2838));
    }
    for x in [1012.0, 1030.0, 448.0, 466.0, 1052.0] {
        person(c, x, 632.0, 38.0, &mut rng, hex(0x1d2838));
    }
    for x in [520.0, 548.0, 760.0, 802.0] {
        person(c, x, 568.0, 36.0, &mut rng, hex(0x1d2838));
    }
}

fn rails(c: &mut Canvas) {
    let paint = hex(0xcfc8b4);
    for (x0, x1, foot) in [
        (358.0, 424.0, 700.0),
        (1092.0, 1236.0, 700.0),
        (408.0, 492.0, 630.0),
        (990.0, 1088.0, 630.0),
        (474.0, 856.0, 568.0),
    ] {
        let bend = |x: f32| {
            if foot > 690.0 {
                34.0 * smoothstep(1060.0, 1290.0, x)
            } else {
                0.0
            }
        };
        for lift in [11.0, 22.0] {
            let bar = curve(20, |t| {
                (x0 + (x1 - x0) * t, foot - lift - bend(x0 + (x1 - x0) * t))
            });
            c.glaze(&Shape::line(&bar, 1.8), 0.85, paint);
        }
        let mut x = x0;
        while x <= x1 {
            c.glaze(
                &Shape::line(&[(x, foot - bend(x)), (x, foot - 22.0 - bend(x))], 1.8),
                0.85,
                paint,
            );
            x += 19.0;
        }
    }
    // Two boats in their davits.
    for x in [585.0, 700.0] {
        let boat = Shape::blob(&[
            (x - 44.0, 540.0),
            (x, 545.0),
            (x + 44.0, 540.0),
            (x + 28.0, 558.0),
            (x - 28.0, 558.0),
        ]);
        c.fill(&boat, hex(0xc9b08c));
        for side in [-36.0, 36.0] {
            c.fill(
                &Shape::line(
                    &[
                        (x + side, 566.0),
                        (x + side, 530.0),
                        (x + side * 0.8, 526.0),
                    ],
                    3.0,
                ),
                hex(0x566070),
            );
        }
    }
}

fn funnel(c: &mut Canvas) {
    let shape = [
        (760.0, 570.0),
        (752.0, 462.0),
        (808.0, 462.0),
        (826.0, 570.0),
    ];
    c.fill(&Shape::polygon(&shape), |x: f32, y: f32| {
        let band = smoothstep(484.0, 486.0, y) * smoothstep(512.0, 510.0, y);
        let base = hex(0xa4493e).mix(hex(0x1f2733), smoothstep(476.0, 474.0, y));
        base.mix(hex(0xe0d3b5), band)
            .mix(hex(0x2b3448), smoothstep(800.0, 750.0, x) * 0.5)
    });
    for i in 0..16 {
        let t = i as f32 / 15.0;
        let puff = Shape::ellipse(
            776.0 - 330.0 * t.powf(1.3),
            452.0 - 70.0 * t + 9.0 * (t * 8.0).sin(),
            14.0 + 44.0 * t,
            10.0 + 18.0 * t,
        );
        c.soft(&puff, 10.0 + 18.0 * t, 0.28 * (1.0 - t), hex(0x8c98a0));
    }
}

/// The mast, and bulbs strung from it to bow and stern.
fn mast(c: &mut Canvas) {
    let top = (900.0, 402.0);
    c.fill(
        &Shape::taper(&[(904.0, 514.0), top], 7.0, 3.0),
        hex(0x8d8878),
    );
    for (end, count) in [((1244.0, 664.0), 19), ((366.0, 690.0), 27)] {
        let at = |t: f32| {
            (
                top.0 + (end.0 - top.0) * t,
                top.1 + 8.0 + (end.1 - top.1) * t + 62.0 * t * (1.0 - t),
            )
        };
        c.glaze(&Shape::line(&curve(30, at), 1.4), 0.8, hex(0x3a4656));
        for i in 1..count {
            let (x, y) = at(i as f32 / count as f32);
            c.glow(x, y, 15.0, LAMP, 0.6);
            c.fill(&Shape::ellipse(x, y + 2.0, 2.7, 3.2), hex(0xfff0c8));
        }
    }
    c.glow(top.0, top.1, 40.0, hex(0xfff2d6), 0.8);
    c.fill(&Shape::ellipse(top.0, top.1, 4.0, 4.0), hex(0xfffbe8));
    c.glow(966.0, 534.0, 30.0, hex(0x66d79a), 0.7);
    c.fill(&Shape::ellipse(966.0, 534.0, 3.5, 3.5), hex(0xb8ffd6));
}

fn wake(c: &mut Canvas) {
    let mut rng = Rng::new(8);
    let bow = curve(20, |t| (1190.0 - 60.0 * t, FLOAT + 1.0 + 9.0 * t));
    c.soft(&Shape::taper(&bow, 8.0, 2.0), 2.0, 0.75, hex(0xd6d6c6));
    for _ in 0..70 {
        let t = rng.unit();
        let x = 1200.0 - 1100.0 * t;
        let y = FLOAT + 3.0 + 15.0 * t + rng.range(-2.0, 10.0 + 16.0 * t);
        let foam = Shape::ellipse(x, y, rng.range(8.0, 44.0), rng.range(0.8, 1.9));
        c.soft(
            &foam,
            1.5,
            rng.range(0.15, 0.45),
            AMBER.mix(hex(0xdfe0d4), 0.65),
        );
    }
}

/// The landing stage at our feet, with its lamp and those who wait.
fn jetty(c: &mut Canvas) {
    let dark = hex(0x121b2c);
    let deck = Shape::polygon(&[
        (1920.0, 1076.0),
        (1420.0, 1112.0),
        (1330.0, 1142.0),
        (1560.0, HEIGHT),
        (1920.0, HEIGHT),
    ]);
    c.soft(&deck, 14.0, 0.5, hex(0x0a1322));
    for (x, top) in [(1352.0, 1080.0), (1438.0, 1180.0), (1540.0, 1224.0)] {
        c.fill(&Shape::rect(x - 13.0, top, 26.0, HEIGHT - top), dark);
    }
    c.glow_oval(1330.0, 1210.0, 60.0, 160.0, LAMP, 0.18);
    c.fill(&deck, |x: f32, y: f32| {
        let along = (x - 1330.0 + (y - 1076.0) * 0.75) / 40.0;
        let gap = smoothstep(0.08, 0.02, along.fract().min(1.0 - along.fract()));
        let lamp = (-((x - 1640.0) / 190.0).powi(2) - ((y - 1118.0) / 54.0).powi(2)).exp();
        (hex(0x1c2839).mix(hex(0xcf9555), lamp * 0.8) * (1.0 + 0.08 * noise(x / 9.0, y / 70.0, 7)))
            * (1.0 - gap * 0.45)
    });
    let mut rng = Rng::new(31);
    c.fill(
        &Shape::taper(&[(1690.0, 1112.0), (1690.0, 778.0)], 13.0, 8.0),
        dark,
    );
    c.fill(
        &Shape::line(
            &curve(12, |t| {
                (1690.0 - 62.0 * t, 782.0 - 24.0 * (t * 3.1416).sin())
            }),
            6.0,
        ),
        dark,
    );
    c.fill(
        &Shape::polygon(&[
            (1606.0, 796.0),
            (1620.0, 776.0),
            (1636.0, 776.0),
            (1650.0, 796.0),
        ]),
        dark,
    );
    c.glow(1628.0, 802.0, 210.0, hex(0xffc07a), 0.5);
    c.glow(1628.0, 802.0, 46.0, FLAME, 0.9);
    c.fill(&Shape::ellipse(1628.0, 800.0, 15.0, 9.0), hex(0xfff3d2));
    for (x, feet, tall) in [
        (1556.0, 1122.0, 158.0),
        (1604.0, 1116.0, 104.0),
        (1782.0, 1112.0, 164.0),
        (1512.0, 1114.0, 150.0),
    ] {
        let cast = [(x, feet), (x + (x - 1640.0) * 0.9, feet + 44.0)];
        c.soft(&Shape::taper(&cast, 30.0, 40.0), 6.0, 0.45, hex(0x0c1422));
        person(c, x, feet, tall, &mut rng, dark);
    }
    c.fill(&Shape::rect(1820.0, 1070.0, 46.0, 40.0), dark);
    c.fill(
        &Shape::line(&[(1832.0, 1072.0), (1843.0, 1056.0), (1854.0, 1072.0)], 4.0),
        dark,
    );
    for (x, y) in [(1400.0, 1118.0), (1880.0, 1078.0)] {
        c.fill(&Shape::rect(x - 15.0, y - 52.0, 30.0, 62.0), dark);
        c.fill(&Shape::ellipse(x, y - 52.0, 19.0, 7.0), hex(0x39465a));
    }
}

/// What the tape did: colour runs sideways, blacks lift, tints drift.
fn tape(c: &mut Canvas) {
    c.resample(0.0, |before, x, y| {
        let here = before.sample(x, y);
        let mut smear = Color::default();
        for step in 0..7 {
            smear = smear + before.sample(x - 3.0 + step as f32 * 2.6, y) * (1.0 / 7.0);
        }
        let shift = here.luma() - smear.luma();
        let run = Color {
            r: smear.r + shift,
            g: smear.g + shift,
            b: smear.b + shift,
        };
        let grey = Color {
            r: here.luma(),
            g: here.luma(),
            b: here.luma(),
        };
        let soft = here.mix(run, 0.75).mix(grey, 0.1);
        let line = 0.006 * (y * std::f32::consts::TAU / 5.0).sin();
        Color {
            r: soft.r * 0.88 + 0.062 + line,
            g: soft.g * 0.885 + 0.056 + line,
            b: soft.b * 0.85 + 0.088 + line,
        }
        .clamped()
    });
}
