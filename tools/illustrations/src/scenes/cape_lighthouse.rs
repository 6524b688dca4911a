//! A lighthouse on a cape at blue hour, with its row of solar panels.

use crate::canvas::{Canvas, HEIGHT, Shape, WIDTH, curve};
use crate::noise::{Rng, fbm, lerp, noise, smoothstep};
use crate::palette::{AMBER, FLAME, hex, ramp};
use crate::props::{Camera, ripple};

const SEA: f32 = 860.0;
const LAMP: (f32, f32) = (1286.0, 318.0);

/// The skyline of the cape.
fn cape(x: f32) -> f32 {
    let rise = smoothstep(690.0, 1130.0, x) * 190.0 + smoothstep(1100.0, 1920.0, x) * 40.0;
    SEA + 22.0 - rise + 9.0 * noise(x / 60.0, 0.0, 3) - 6.0 * noise(x / 19.0, 2.0, 4)
}

/// Where its rocks meet the water.
fn foot(x: f32) -> f32 {
    let rocks = SEA
        + 60.0
        + 240.0 * smoothstep(660.0, 1560.0, x)
        + 300.0 * smoothstep(1500.0, 1900.0, x)
        + 14.0 * noise(x / 40.0, 0.0, 12);
    lerp(cape(x) + 3.0, rocks, smoothstep(640.0, 800.0, x))
}

pub fn draw() -> Canvas {
    let mut c = Canvas::still();
    c.shade(|x, y, _| {
        let cloud = fbm(x / 640.0, y / 60.0, 4, 1);
        let base = ramp(
            &[
                (0.0, hex(0x0f2350)),
                (0.4, hex(0x23508a)),
                (0.72, hex(0x5f93b4)),
                (0.9, hex(0xd9b8a8)),
                (1.0, hex(0xf6bd86)),
            ],
            y / SEA + cloud * 0.04 - 0.06 * smoothstep(0.0, 1900.0, x),
        );
        let bar = smoothstep(0.1, 0.5, cloud) * smoothstep(430.0, 720.0, y);
        base.mix(hex(0x6a6a98), bar * 0.55)
    });
    let islands = Shape::below(0.0, 640.0, SEA + 2.0, |x| {
        SEA - 50.0 * smoothstep(640.0, 260.0, x) * (0.6 + 0.7 * fbm(x / 130.0, 0.0, 4, 6)).max(0.1)
    });
    c.fill(&islands, hex(0x5f6f94));
    beam(&mut c);
    c.resample(SEA, |scene, x, y| {
        let t = (y - SEA) / (HEIGHT - SEA);
        let wave = noise(x / (50.0 + 330.0 * t), y.ln() * 110.0, 7)
            + 0.6 * noise(x / (22.0 + 130.0 * t), y.ln() * 260.0, 8);
        let image = scene.sample(x + wave * 24.0, (SEA - (y - SEA) * 1.3 + wave * (8.0 + 60.0 * t)).clamp(0.0, SEA - 1.0));
        let deep = ramp(&[(0.0, hex(0x6f8fae)), (0.4, hex(0x28588a)), (1.0, hex(0x0f2c54))], t + wave * 0.07);
        deep.mix(image, 0.55 - 0.3 * t)
    });
    c.glow_oval(1090.0, 1010.0, 60.0, 250.0, FLAME, 0.35);
    let camera = Camera { centre: 800.0, horizon: SEA, focal: 1200.0, eye: 3.0 };
    ripple(&mut c, &camera, 20.0, 0.0, 151);
    land(&mut c);
    c.mottle(0.035, 1.5, 16);
    c.daub(4);
    buildings(&mut c);
    panels(&mut c);
    stars(&mut c);
    grass(&mut c);
    c.glow(LAMP.0, LAMP.1, 300.0, hex(0xffd98c), 0.55);
    c.glow(LAMP.0, LAMP.1, 60.0, hex(0xfff6d8), 0.9);
    c.vignette(0.4);
    c
}

fn beam(c: &mut Canvas) {
    for (end, spread, strength) in [((-200.0, 190.0), 150.0, 0.5), ((2300.0, 500.0), 130.0, 0.35)] {
        for k in 0..3 {
            let w = spread * (1.0 - 0.3 * k as f32);
            let cone = Shape::polygon(&[
                (LAMP.0, LAMP.1 - 7.0),
                (end.0, end.1 - w),
                (end.0, end.1 + w),
                (LAMP.0, LAMP.1 + 7.0),
            ]);
            let long: f32 = LAMP.0 - end.0;
            c.within(&cone, |x, _, under| {
                let far = ((LAMP.0 - x) / long).clamp(0.0, 1.0);
                under.screen(hex(0xffe6ae), strength * (1.0 - far).powf(1.4) * 0.6)
            });
        }
    }
}

fn stars(c: &mut Canvas) {
    let mut rng = Rng::new(15);
    for _ in 0..190 {
        let (x, y) = (rng.range(0.0, WIDTH), 520.0 * rng.unit().powf(1.4));
        let big = rng.unit();
        c.glow(x, y, 1.4 + 2.6 * big * big, hex(0xf2f4ff), 0.35 + 0.6 * big);
    }
}

fn land(c: &mut Canvas) {
    let across = |t: f32| 640.0 + (WIDTH - 640.0) * t;
    let mut outline = curve(400, |t| (across(t), cape(across(t))));
    outline.extend(curve(400, |t| (across(1.0 - t), foot(across(1.0 - t)))));
    c.fill(&Shape::polygon(&outline), |x: f32, y: f32| {
        let depth = y - cape(x);
        let crag = fbm(x / 46.0 + depth / 120.0, depth / 84.0, 4, 11);
        let turf = ramp(&[(0.0, hex(0x86987c)), (0.5, hex(0x3f6670)), (1.0, hex(0x24475e))], depth / 60.0 + crag * 0.4);
        let cliff = ramp(&[(0.0, hex(0x1c3450)), (0.5, hex(0x3c5472)), (1.0, hex(0x8a8498))], 0.5 + crag * 0.9);
        let edge = 54.0 + 40.0 * crag + smoothstep(1000.0, 1900.0, x) * 260.0;
        let rock = turf.mix(cliff, smoothstep(edge, edge + 26.0, depth));
        let shore = SEA + 60.0 + 210.0 * smoothstep(700.0, 1500.0, x);
        rock.mix(hex(0x0f2745), smoothstep(shore - 120.0, shore + 120.0, y) * 0.85)
    });
    // Surf at the foot of the rocks, and their shade on the water.
    c.within(&Shape::below(630.0, WIDTH, HEIGHT, |x| foot(x) - 8.0), |x, y, under| {
        let lace = fbm(x / 46.0, y / 16.0, 3, 14);
        let down = y - foot(x);
        let begin = smoothstep(650.0, 760.0, x);
        let shade = smoothstep(190.0, 0.0, down) * smoothstep(-4.0, 4.0, down);
        let d = down / 34.0 + lace * 1.2;
        under
            .mix(hex(0x17345c), shade * begin * 0.5)
            .mix(hex(0xcfdde4), smoothstep(1.0, 0.0, d) * 0.75 * begin)
    });
}

fn buildings(c: &mut Canvas) {
    let (x, foot) = (LAMP.0, cape(LAMP.0) + 12.0);
    let top = 372.0;
    let tower = Shape::polygon(&[(x - 62.0, foot), (x - 40.0, top), (x + 40.0, top), (x + 62.0, foot)]);
    c.fill(&tower, move |px: f32, py: f32| {
        let u = (px - x) / 60.0;
        let band = ((py - top) / 76.0).floor() as i32 % 2 == 1;
        let paint = if band { hex(0xc24a44) } else { hex(0xf0e9de) };
        let side = ramp(&[(-1.0, hex(0xffd9b4)), (-0.35, hex(0xd2ccd4)), (1.0, hex(0x4b608c))], u);
        paint.multiply(side, 1.0)
    });
    c.fill(&Shape::rect(x - 56.0, top - 12.0, 112.0, 13.0), hex(0x2c3c5c));
    for k in 0..9 {
        c.fill(&Shape::rect(x - 54.0 + k as f32 * 13.0, top - 36.0, 3.0, 26.0), hex(0x2c3c5c));
    }
    c.fill(&Shape::rect(x - 56.0, top - 38.0, 112.0, 4.0), hex(0x2c3c5c));
    c.fill(&Shape::rect(x - 29.0, top - 84.0, 58.0, 74.0), hex(0xfff0c2));
    for k in 0..5 {
        c.fill(&Shape::rect(x - 30.0 + k as f32 * 14.2, top - 84.0, 3.0, 74.0), hex(0x3a4668));
    }
    let dome = curve(24, |t| {
        let a = std::f32::consts::PI * (1.0 + t);
        (x + 38.0 * a.cos(), top - 84.0 + 40.0 * a.sin())
    });
    c.fill(&Shape::polygon(&dome), |px: f32, _: f32| hex(0xb0453f).mix(hex(0x4a3558), smoothstep(x - 30.0, x + 40.0, px)));
    c.fill(&Shape::rect(x - 2.0, top - 150.0, 4.0, 30.0), hex(0x2c3c5c));
    for (wy, s) in [(470.0, 9.0), (560.0, 10.0)] {
        c.fill(&Shape::rect(x - s * 0.6, wy, s * 1.2, s * 2.0), hex(0xffd98c));
    }
    // The keeper's house.
    let (hx, hy) = (1400.0, cape(1430.0) + 8.0);
    c.fill(&Shape::rect(hx, hy - 66.0, 190.0, 74.0), |px: f32, _: f32| hex(0xd6cfd2).mix(hex(0x5a6e94), smoothstep(1390.0, 1600.0, px) * 0.8));
    let roof = [(hx - 14.0, hy - 64.0), (hx + 34.0, hy - 118.0), (hx + 156.0, hy - 118.0), (hx + 204.0, hy - 64.0)];
    c.fill(&Shape::polygon(&roof), hex(0x8a4450));
    c.fill(&Shape::rect(hx + 130.0, hy - 142.0, 20.0, 34.0), hex(0x6a5a74));
    for k in 0..3 {
        let wx = hx + 24.0 + k as f32 * 56.0;
        c.fill(&Shape::rect(wx, hy - 48.0, 24.0, 28.0), FLAME);
        c.glow(wx + 12.0, hy - 34.0, 60.0, AMBER, 0.4);
    }
}

/// Panels tilted to the south, catching the last of the sky.
fn panels(c: &mut Canvas) {
    for k in 0..6 {
        let x = 1580.0 - 105.0 * (k as f32 - 2.6) - 40.0;
        let y = cape(x) + 92.0 + 6.0 * k as f32 - 12.0;
        for leg in [18.0, 76.0] {
            c.fill(&Shape::line(&[(x + leg, y - 4.0), (x + leg + 5.0, y + 26.0)], 5.0), hex(0x1a2c48));
        }
        let corner = [(x, y), (x + 82.0, y - 4.0), (x + 104.0, y - 52.0), (x + 24.0, y - 48.0)];
        c.fill(&Shape::polygon(&corner), move |px: f32, py: f32| {
            let sky = ramp(&[(0.0, hex(0x1d4a86)), (0.6, hex(0x4f8fbe)), (1.0, hex(0xf3c39a))], (y - py) / 70.0 + (px - x) / 300.0);
            let cell_x = ((px - x - (y - py) * 0.47) / 16.4).rem_euclid(1.0);
            let cell_y = ((y - py) / 16.2).rem_euclid(1.0);
            let line = smoothstep(0.09, 0.03, cell_x.min(1.0 - cell_x).min(cell_y.min(1.0 - cell_y)));
            sky.mix(hex(0xcfdcea), line * 0.5)
        });
        let mut frame = corner.to_vec();
        frame.push(corner[0]);
        c.fill(&Shape::line(&frame, 2.6), hex(0xdce2ea));
    }
}

/// Dark grass at our feet, lower left to right.
fn grass(c: &mut Canvas) {
    let mut rng = Rng::new(77);
    let hump = |x: f32| 1290.0 - 150.0 * smoothstep(900.0, 0.0, x) + 8.0 * noise(x / 40.0, 0.0, 5);
    c.fill(&Shape::below(0.0, 1000.0, HEIGHT, hump), hex(0x0c2038));
    for _ in 0..260 {
        let x = 900.0 * rng.unit().powf(1.3);
        let (h, lean) = (rng.range(30.0, 110.0) * (1.0 - x / 1300.0), rng.range(4.0, 46.0));
        let blade = curve(8, |t| (x + lean * t * t, hump(x) + 8.0 - h * t));
        let tip = hex(0x0c2038).mix(hex(0x2a4a5c), rng.unit() * 0.8);
        let base = hump(x);
        c.fill(&Shape::taper(&blade, 4.0, 0.6), move |_: f32, y: f32| {
            hex(0x0c2038).mix(tip, (base - y) / (h * 0.6))
        });
    }
}
