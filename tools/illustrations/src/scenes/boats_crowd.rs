//! Hundreds of coloured paper boats on a river, seen from a bridge.

use crate::canvas::{Canvas, HEIGHT, Shape, WIDTH};
use crate::noise::{Rng, fbm, noise, smoothstep};
use crate::palette::{AMBER, CREAM, INK, PAPERS, hex, ramp};
use crate::props::{Boat, Camera, Daylight, ripple};

const CAMERA: Camera = Camera {
    centre: 1060.0,
    horizon: 250.0,
    focal: 1500.0,
    eye: 5.2,
};

/// The river's edges, in world units, at a depth.
fn banks(z: f32) -> (f32, f32) {
    let bend = 4.5 * (z * 0.035).sin() - 3.0 * (z * 0.012).sin();
    (-7.6 + bend, 7.2 + bend)
}

pub fn draw() -> Canvas {
    let mut c = Canvas::still();
    let light = Daylight {
        from: (-0.8, 0.55, 0.25),
        sun: hex(0xfff4dc),
        shade: hex(0x8f7fa0),
        haze: hex(0xf3cfa6),
        haze_depth: 190.0,
    };
    sky(&mut c);
    river(&mut c);
    let mut rng = Rng::new(606);
    let mut fleet: Vec<Boat> = Vec::new();
    let mut tries = 0;
    while fleet.len() < 560 && tries < 16000 {
        tries += 1;
        let z = 6.6 + 90.0 * rng.unit().powf(1.9);
        let (left, right) = banks(z);
        let stream = (rng.unit() + rng.unit()) / 2.0;
        let x = left + 0.7 + (right - left - 1.4) * stream;
        let size = rng.range(0.4, 0.56);
        let clear = fleet
            .iter()
            .all(|b| (b.x - x).abs() > 0.95 || (b.z - z).abs() > 0.6);
        if clear {
            fleet.push(Boat {
                x,
                z,
                size,
                heading: rng.range(-0.75, 0.75) + if rng.unit() < 0.3 { 1.0 } else { 0.0 },
                roll: rng.range(-0.06, 0.06),
                paper: rng.pick(&PAPERS),
                candle: 0.0,
            });
        }
    }
    fleet.sort_by(|a, b| b.z.total_cmp(&a.z));
    for boat in &fleet {
        boat.draw_reflection(&mut c, &CAMERA, &light, hex(0x2f8b93));
    }
    ripple(&mut c, &CAMERA, 16.0, 0.0, 41);
    shores(&mut c);
    c.mottle(0.04, 1.5, 3);
    c.daub(4);
    for boat in &fleet {
        boat.draw(&mut c, &CAMERA, &light);
    }
    parapet(&mut c, &light);
    c.glow_oval(300.0, 150.0, 1300.0, 700.0, AMBER, 0.32);
    c.vignette(0.35);
    c
}

fn sky(c: &mut Canvas) {
    c.shade(|x, y, _| {
        let t = y / 260.0 + 0.05 * fbm(x / 420.0, y / 90.0, 3, 2);
        ramp(
            &[
                (0.0, hex(0x8cc7c4)),
                (0.5, hex(0xf3dcb0)),
                (1.0, hex(0xf7c98f)),
            ],
            t,
        )
    });
    let far = [
        (196.0, 60.0, hex(0xecc3a0), 10u32),
        (226.0, 40.0, hex(0xdcb096), 11),
    ];
    for (base, tall, colour, seed) in far {
        let hill = Shape::below(0.0, WIDTH, 300.0, |x| {
            base - tall * fbm(x / 330.0, 0.5, 3, seed) - tall * 0.4
        });
        c.fill(&hill, move |_: f32, y: f32| {
            colour.mix(hex(0xf3cfa6), smoothstep(base - 30.0, 256.0, y))
        });
    }
}

/// Trees and houses along both banks, far to near.
fn shores(c: &mut Canvas) {
    let mut rng = Rng::new(77);
    let mut z = 120.0;
    while z > 10.0 {
        let (left, right) = banks(z);
        let fade = (z / (z + 42.0)).powf(0.8);
        for side in [-1.0f32, 1.0] {
            let edge = if side < 0.0 { left } else { right };
            let out = edge + side * rng.range(1.9, 6.5);
            let (sx, sy) = CAMERA.project(out, 0.4, z);
            let unit = CAMERA.focal / z;
            if z > 17.0 && rng.unit() < 0.5 {
                let (w, h) = (rng.range(1.6, 2.6) * unit, rng.range(2.0, 3.6) * unit);
                let wall = rng
                    .pick(&[hex(0xd98e6a), hex(0xe8c08a), hex(0xb9747a), hex(0x6d97a0)])
                    .mix(hex(0xf3cfa6), fade);
                c.fill(&Shape::rect(sx - w / 2.0, sy - h, w, h + unit * 0.6), wall);
                let roof = Shape::polygon(&[
                    (sx - w * 0.6, sy - h),
                    (sx, sy - h - w * 0.42),
                    (sx + w * 0.6, sy - h),
                ]);
                c.fill(&roof, hex(0x7a4250).mix(hex(0xf3cfa6), fade));
                let lit = (sx + side * w * 0.1 - w * 0.3, w * 0.14);
                for row in 0..2 {
                    for column in 0..3 {
                        let (px, py) = (
                            lit.0 + column as f32 * w * 0.24,
                            sy - h * (0.82 - row as f32 * 0.36),
                        );
                        let pane = Shape::rect(px, py, lit.1, h * 0.17);
                        c.fill(&pane, hex(0x4b3a50).mix(hex(0xf3cfa6), fade));
                    }
                }
            } else {
                let r = rng.range(0.9, 1.7) * unit;
                let leaf = rng
                    .pick(&[hex(0x2f6b5b), hex(0x4c8355), hex(0x7d9a4e), hex(0x24595a)])
                    .mix(hex(0xf1cda2), fade);
                for _ in 0..7 {
                    let (dx, dy) = (rng.range(-0.8, 0.8) * r, rng.range(0.1, 1.5) * r);
                    let ball = Shape::ellipse(sx + dx, sy - dy, r * 0.62, r * 0.52);
                    c.fill(&ball, leaf.mix(AMBER, 0.12 * dy / r));
                }
            }
        }
        z *= 0.955;
    }
}

fn river(c: &mut Canvas) {
    let stops = [
        (0.0, hex(0xf5cd98)),
        (0.16, hex(0xa9cdb4)),
        (0.42, hex(0x52aeb0)),
        (0.75, hex(0x277f8c)),
        (1.0, hex(0x17566e)),
    ];
    let bank = |z: f32, x: f32| {
        let (left, right) = banks(z);
        (x - left).min(right - x)
    };
    c.shade(|x, y, under| {
        if y < CAMERA.horizon + 2.0 {
            return under;
        }
        let (wx, wz) = CAMERA.ground(x, y);
        let inside = bank(wz, wx) + 0.03 * noise(wx * 2.0, wz * 0.8, 14);
        let fade = (wz / (wz + 40.0)).powf(0.8);
        if inside < 0.0 {
            // The quay: a lit edge, a wall, then grass and paving behind it.
            let grass = hex(0x4f8a5c).mix(hex(0xb9a45e), 0.4 + 0.6 * noise(wx, wz * 0.5, 15));
            let paving = hex(0xe2c79c).mix(grass, smoothstep(-0.8, -1.2, inside));
            let wall = hex(0x9a7a72).mix(paving, smoothstep(-0.35, -0.42, inside));
            return wall.mix(hex(0xf3cfa6), fade);
        }
        let t = (y - CAMERA.horizon) / (HEIGHT - CAMERA.horizon);
        let wave = noise(wx * 0.9, wz.ln() * 30.0, 16) * 0.6 + noise(wx * 2.0, wz.ln() * 60.0, 17);
        let water = ramp(&stops, t + wave * 0.035);
        let glint = smoothstep(0.45, 1.1, wave) * smoothstep(1500.0, 200.0, x) * (1.0 - t);
        let shade = smoothstep(1.6, 0.0, inside) * 0.4;
        water
            .mix(CREAM, glint * 0.6)
            .mix(hex(0x2b5a58), shade * (0.3 + 0.7 * t))
    });
}

/// The bridge we stand on: its stone coping, with one boat waiting its turn.
fn parapet(c: &mut Canvas, light: &Daylight) {
    let top = |x: f32| 1148.0 + 0.00003 * (x - 960.0) * (x - 960.0) + 2.0 * noise(x / 60.0, 0.0, 30);
    c.soft(
        &Shape::below(0.0, WIDTH, HEIGHT, |x| top(x) - 14.0),
        16.0,
        0.5,
        INK,
    );
    c.fill(&Shape::below(0.0, WIDTH, HEIGHT, top), |x: f32, y: f32| {
        let t = (y - top(x)) / 132.0;
        let grain = fbm(x / 70.0, y / 26.0, 3, 31) * 0.09;
        let joint = smoothstep(4.0, 1.0, ((x + 120.0).rem_euclid(430.0) - 215.0).abs());
        let stone = ramp(
            &[
                (0.0, hex(0xd9b58f)),
                (0.2, hex(0xb08a78)),
                (0.42, hex(0x7b6270)),
                (1.0, hex(0x3d3a55)),
            ],
            t + grain,
        );
        stone.mix(hex(0x3a3048), joint * 0.55)
    });
    let stand = Camera {
        centre: 960.0,
        horizon: 700.0,
        focal: 1600.0,
        eye: 1.0,
    };
    let waiting = Boat {
        x: -1.28,
        z: 3.42,
        size: 0.36,
        heading: -0.35,
        roll: 0.0,
        paper: hex(0xf6ecd8),
        candle: 0.0,
    };
    let (x, y) = stand.project(waiting.x, 0.0, waiting.z);
    c.soft(
        &Shape::turned_ellipse(x + 60.0, y + 6.0, 150.0, 13.0, 0.05),
        9.0,
        0.55,
        hex(0x2c2440),
    );
    waiting.draw(c, &stand, light);
}
