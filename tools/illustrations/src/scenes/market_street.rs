//! A narrow market street at dusk after rain.

use crate::canvas::{Canvas, HEIGHT, Shape, WIDTH, curve};
use crate::noise::{Rng, fbm, noise, smoothstep};
use crate::palette::{AMBER, CORAL, Color, EMBER, MARIGOLD, PAPERS, hex, ramp};
use crate::props::{Camera, lantern, person};

const STREET: Camera = Camera {
    centre: 850.0,
    horizon: 720.0,
    focal: 1150.0,
    eye: 1.7,
};
const HALF: f32 = 3.3;

fn air(colour: Color, z: f32) -> Color {
    colour.mix(hex(0xe79a86), (z / (z + 34.0)).powf(1.3))
}

pub fn draw() -> Canvas {
    let mut c = Canvas::still();
    c.shade(|x, y, _| {
        ramp(
            &[(0.0, hex(0x2b3a70)), (0.45, hex(0x8a5f92)), (0.8, hex(0xf09a82)), (1.0, hex(0xfccb86))],
            y / 730.0 + 0.06 * fbm(x / 300.0, y / 70.0, 3, 1),
        )
    });
    c.glow(STREET.centre, 690.0, 520.0, hex(0xffd08a), 0.6);
    let mut rng = Rng::new(16);
    let mut fronts = Vec::new();
    for side in [-1.0f32, 1.0] {
        let mut z = 2.2;
        while z < 60.0 {
            let deep = rng.range(2.6, 4.0);
            fronts.push((side, z, deep, rng.range(5.6, 8.6), rng.unit(), rng.unit()));
            z += deep;
        }
    }
    fronts.sort_by(|a, b| b.1.total_cmp(&a.1));
    c.fill(&Shape::below(0.0, WIDTH, HEIGHT, |_| STREET.horizon), |x: f32, y: f32| {
        let (_, z) = STREET.ground(x, y);
        air(hex(0x4a4068), z)
    });
    let mut lamps = Vec::new();
    for (side, z, deep, tall, hue, kind) in fronts {
        front(&mut c, side, z, deep, tall, hue, kind, &mut rng);
    }
    let mut z = 34.0;
    while z > 4.0 {
        let paper = rng.pick(&[MARIGOLD, EMBER, CORAL, hex(0xffb45c), hex(0xf58a7a)]);
        string(&mut c, z, paper, &mut rng, &mut lamps);
        z *= 0.8;
    }
    let mut crowd: Vec<(f32, f32)> = (0..30).map(|_| (rng.range(-1.9, 1.9), rng.range(8.5, 44.0))).collect();
    crowd.sort_by(|a, b| b.1.total_cmp(&a.1));
    for (x3, z) in crowd {
        let (x, feet) = STREET.project(x3, 0.0, z);
        let h = STREET.focal / z * rng.range(1.5, 1.78);
        let dark = air(hex(0x2a2145).mix(hex(0x4f2f4c), rng.unit()), z * 0.6);
        person(&mut c, x, feet, h, &mut rng, dark);
        if rng.unit() < 0.3 {
            umbrella(&mut c, x, feet - h, h * 0.5, air(rng.pick(&PAPERS), z).mix(hex(0x3a2a50), 0.35));
        }
    }
    pavement(&mut c);
    c.mottle(0.04, 1.0, 22);
    c.daub(4);
    for (x, y, r, paper) in lamps {
        lantern(&mut c, x, y, r, paper, 0.85);
    }
    c.glow(STREET.centre, 690.0, 420.0, hex(0xffc67e), 0.25);
    c.vignette(0.45);
    c
}

/// One house with its stall: wall, windows, awning, lit goods.
#[expect(clippy::too_many_arguments, reason = "one house is these numbers")]
fn front(c: &mut Canvas, side: f32, z: f32, deep: f32, tall: f32, hue: f32, kind: f32, rng: &mut Rng) {
    let (near, far) = (z, z + deep);
    let quad = |y0: f32, y1: f32, a: f32, b: f32, off: f32| {
        Shape::polygon(&[
            STREET.project(side * (HALF + off), y0, a),
            STREET.project(side * (HALF + off), y0, b),
            STREET.project(side * (HALF + off), y1, b),
            STREET.project(side * (HALF + off), y1, a),
        ])
    };
    let walls = [hex(0x7a4a6c), hex(0x4a5a86), hex(0x9a5a5c), hex(0x3f6a80), hex(0xa8785c), hex(0x5c4478)];
    let wall = walls[(hue * 5.99) as usize];
    c.fill(&quad(0.0, tall, near, far, 0.0), move |x: f32, y: f32| {
        let depth = STREET.focal * HALF / (x - STREET.centre).abs().max(1.0);
        let up = STREET.eye - (y - STREET.horizon) * depth / STREET.focal;
        let lamp = smoothstep(4.6, 1.4, up);
        let tone = wall.mix(hex(0x1f2150), 0.42).mix(hex(0xf59a5c), lamp * 0.5);
        air(tone * (1.0 + 0.1 * fbm(depth * 1.3, up * 1.3, 3, 3)), depth)
    });
    c.fill(&quad(tall, tall + 0.25, near, far, -0.15), air(wall.mix(hex(0x1a1a3c), 0.6), z));
    // Windows, some of them lit, with shutters.
    let count = if deep > 3.2 { 3 } else { 2 };
    for floor in 0..2 {
        let y0 = 3.9 + floor as f32 * 1.9;
        if y0 + 1.2 > tall {
            continue;
        }
        for k in 0..count {
            let a = near + deep * (k as f32 + 0.28) / count as f32;
            let b = a + deep * 0.44 / count as f32;
            let lit = rng.unit() < 0.5;
            let pane = if lit { hex(0xffcf7c) } else { hex(0x4c5688) };
            c.fill(&quad(y0, y0 + 1.15, a - 0.12, b + 0.12, 0.0), air(wall.mix(hex(0x1a1a3c), 0.68), a));
            c.fill(&quad(y0 + 0.08, y0 + 1.08, a, b, 0.0), air(pane, a * 0.6));
        }
    }
    // The lit mouth of the shop.
    c.fill(&quad(0.0, 2.3, near + 0.25, far - 0.25, 0.0), move |_: f32, y: f32| {
        air(hex(0xffd389).mix(hex(0xd9703c), smoothstep(480.0, 900.0, y)), near)
    });
    for shelf in 0..3 {
        let y0 = 0.9 + shelf as f32 * 0.5;
        c.fill(&quad(y0, y0 + 0.07, near + 0.25, far - 0.25, 0.0), air(hex(0x8a4a34), near));
        let mut at = near + 0.4;
        while at < far - 0.4 {
            let (x, y) = STREET.project(side * HALF, y0 + 0.16, at);
            let r = 0.13 * STREET.focal / at;
            c.fill(&Shape::ellipse(x, y, r * 0.6, r), air(rng.pick(&PAPERS), at));
            at += 0.36;
        }
    }
    // The counter, heaped with fruit, and the awning above it.
    let out = -0.75;
    let counter = Shape::polygon(&[
        STREET.project(side * (HALF + out), 0.0, near + 0.2),
        STREET.project(side * (HALF + out), 0.0, far - 0.3),
        STREET.project(side * (HALF + out), 0.8, far - 0.3),
        STREET.project(side * (HALF + out), 0.8, near + 0.2),
    ]);
    c.fill(&counter, air(hex(0x6a3c44), near));
    let mut at = far - 0.4;
    let heap = rng.pick(&[hex(0xf2a83a), hex(0xd9442f), hex(0x8fb24a), hex(0xe87a8a), hex(0xf7d774)]);
    while at > near + 0.25 {
        for row in 0..3 {
            let (x, y) = STREET.project(side * (HALF + out + 0.16 * row as f32), 0.86 + 0.13 * row as f32, at);
            let r = 0.11 * STREET.focal / at;
            c.fill(&Shape::ellipse(x, y, r, r), air(heap.mix(hex(0x7a2f3c), 0.3), at));
            c.fill(&Shape::ellipse(x - r * 0.2, y - r * 0.28, r * 0.7, r * 0.65), air(heap, at));
        }
        at -= 0.24;
    }
    let cloth = [hex(0xd9533c), hex(0x2f8f8d), hex(0xf0a43c), hex(0x3c5f9c), hex(0xd97a88)][(kind * 4.99) as usize];
    let strips = 8;
    for k in (0..strips).rev() {
        let (a, b) = (near + deep * k as f32 / strips as f32, near + deep * (k + 1) as f32 / strips as f32);
        let paint = if k % 2 == 0 { cloth } else { hex(0xf8e6cb) };
        let slope = Shape::polygon(&[
            STREET.project(side * HALF, 3.15, a),
            STREET.project(side * HALF, 3.15, b),
            STREET.project(side * (HALF - 1.15), 2.45, b),
            STREET.project(side * (HALF - 1.15), 2.45, a),
        ]);
        c.fill(&slope, air(paint.mix(hex(0x3a2a5c), 0.3), a));
        let hem = Shape::polygon(&[
            STREET.project(side * (HALF - 1.15), 2.46, a),
            STREET.project(side * (HALF - 1.15), 2.46, b),
            STREET.project(side * (HALF - 1.15), 2.22, b),
            STREET.project(side * (HALF - 1.15), 2.14, (a + b) / 2.0),
            STREET.project(side * (HALF - 1.15), 2.22, a),
        ]);
        c.fill(&hem, air(paint.mix(hex(0xffb26a), 0.25), a));
    }
}

fn string(c: &mut Canvas, z: f32, paper: Color, rng: &mut Rng, lamps: &mut Vec<(f32, f32, f32, Color)>) {
    let height = rng.range(4.1, 5.0);
    let tilt = rng.range(-0.4, 0.4);
    let at = |t: f32| {
        let sag = 3.2 * t * (1.0 - t) * 0.5;
        STREET.project(-HALF + 2.0 * HALF * t, height - sag + tilt * (t - 0.5), z)
    };
    c.fill(&Shape::line(&curve(24, at), (5.0 / z).max(1.0) * 2.0), air(hex(0x2a2148), z));
    for k in 1..6 {
        let (x, y) = at(k as f32 / 6.0);
        let r = 0.17 * STREET.focal / z;
        let hue = if k % 2 == 0 { paper } else { paper.mix(AMBER, 0.5) };
        lantern(c, x, y + r * 1.3, r, hue, 0.7);
        lamps.push((x, y + r * 1.3, r, hue));
    }
}

fn umbrella(c: &mut Canvas, x: f32, y: f32, r: f32, paint: Color) {
    let dome = curve(20, |t| {
        let a = std::f32::consts::PI * (1.0 + t);
        (x + r * a.cos(), y + r * 0.1 + r * 0.62 * a.sin())
    });
    c.fill(&Shape::polygon(&dome), move |px: f32, _: f32| paint.mix(AMBER, 0.3 * smoothstep(x + r, x - r, px)));
}

/// Wet paving: stones with the street upside down in the puddles.
fn pavement(c: &mut Canvas) {
    c.resample(STREET.horizon + 12.0, |scene, x, y| {
        let (wx, z) = STREET.ground(x, y);
        let here = scene.sample(x, y);
        // Counters, goods and people stand above the paving: leave them be.
        if wx.abs() > HALF - 0.78 {
            return here;
        }
        let bare = air(hex(0x4a4068), z);
        let differs = (here.r - bare.r).abs() + (here.g - bare.g).abs() + (here.b - bare.b).abs();
        if differs > 0.12 {
            return here;
        }
        let pool = fbm(wx * 0.7 + 4.0, z * 0.36, 4, 30);
        let puddle = smoothstep(-0.02, 0.1, pool + 0.06 * (1.4 - wx.abs()));
        let wave = noise(wx * 3.2, z * 7.0, 31);
        let row = (z * 1.5).floor();
        let joint_z = ((z * 1.5).fract() - 0.5).abs() * 2.0;
        let joint_x = ((wx * 1.9 + row * 0.5).rem_euclid(1.0) - 0.5).abs() * 2.0;
        let seam = smoothstep(0.86, 0.98, joint_z.max(joint_x)) * (10.0 / z).min(1.0);
        let rough = (1.0 - puddle) * (12.0 + 16.0 * noise(wx * 9.0, z * 9.0, 32));
        let image = scene.sample(
            x + wave * 7.0 + rough * 0.3,
            (2.0 * STREET.horizon - y + (STREET.focal / z) * 0.05 + wave * 9.0 - rough).max(2.0),
        );
        let stone = bare.mix(hex(0x2a2850), 0.35) * (1.0 + 0.12 * noise(wx * 4.0 + row, row, 33));
        let wet = stone.mix(image, 0.3).mix(hex(0x1f1d40), seam * 0.5);
        wet.mix(image.mix(hex(0x2a2a5c), 0.14), puddle)
    });
}
