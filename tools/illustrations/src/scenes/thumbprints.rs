//! Red thumbprints in a loose circle on warm paper.

use crate::canvas::{Canvas, HEIGHT, Shape, WIDTH};
use crate::noise::{Rng, fbm, noise, smoothstep};
use crate::palette::{Color, hex, ramp};

struct Print {
    x: f32,
    y: f32,
    size: f32,
    turn: f32,
    ink: Color,
    pressure: f32,
    seed: u32,
}

pub fn draw() -> Canvas {
    let mut c = Canvas::still();
    paper(&mut c);
    c.mottle(0.05, 1.2, 21);
    c.daub(4);
    for print in prints() {
        press(&mut c, &print);
    }
    // Light through a window lies across the sheet.
    c.shade(|x, y, p| {
        let along = x * 0.82 + y * 0.57;
        let pane = smoothstep(620.0, 700.0, along) * smoothstep(1120.0, 1040.0, along)
            + smoothstep(1190.0, 1270.0, along) * smoothstep(1690.0, 1610.0, along);
        let day = p.screen(hex(0xffe0a0), 0.2 * pane);
        day.mix(day.multiply(hex(0xe0b4a8), 1.0), 0.3 * (1.0 - pane))
    });
    c.vignette(0.25);
    c
}

fn paper(c: &mut Canvas) {
    c.shade(|x, y, _| {
        let t = (x - 880.0).hypot((y - 600.0) * 1.15) / 1150.0;
        let fibre = fbm(x / 9.0, y / 60.0, 2, 1) * 0.012 + fbm(x / 300.0, y / 300.0, 3, 2) * 0.03;
        let sheet = ramp(
            &[(0.0, hex(0xfff4dc)), (0.45, hex(0xfbe2bd)), (1.0, hex(0xe9b393))],
            t,
        );
        sheet * (1.0 + fibre)
    });
    // A second sheet below, its edge crossing the lower right corner.
    let edge = |x: f32| 1330.0 - (x - 900.0) * 0.16 + 2.0 * noise(x / 40.0, 0.0, 3);
    c.soft(
        &Shape::below(900.0, WIDTH, HEIGHT + 60.0, |x| edge(x) - 6.0),
        16.0,
        0.35,
        hex(0x7c3d45),
    );
    c.fill(&Shape::below(900.0, WIDTH, HEIGHT, edge), hex(0xcf8f83));
}

fn prints() -> Vec<Print> {
    let inks = [hex(0xc8342b), hex(0xd9482f), hex(0xb3262e), hex(0xe05a3c), hex(0xa92232)];
    let mut rng = Rng::new(2003);
    let mut all: Vec<Print> = Vec::new();
    for (radius, count, wander) in [(300.0, 15, 12.0), (425.0, 21, 20.0), (530.0, 25, 24.0)] {
        for i in 0..count {
            if radius > 500.0 && rng.unit() < 0.3 {
                continue;
            }
            let a = (i as f32 + rng.range(-0.22, 0.22)) / count as f32 * std::f32::consts::TAU;
            let r = radius + rng.range(-wander, wander);
            all.push(Print {
                x: 930.0 + r * a.cos() * 1.13,
                y: 632.0 + r * a.sin(),
                size: rng.range(47.0, 62.0),
                turn: a + std::f32::consts::FRAC_PI_2 + rng.range(-0.4, 0.4),
                ink: rng.pick(&inks),
                pressure: rng.range(0.62, 1.0),
                seed: (rng.unit() * 1e6) as u32,
            });
        }
    }
    all
}

/// One thumb on the sheet: a loop of ridges inside a soft oval.
fn press(c: &mut Canvas, p: &Print) {
    let (sin, cos) = p.turn.sin_cos();
    let shape = Shape::turned_ellipse(p.x, p.y, p.size * 1.4, p.size * 1.75, p.turn);
    let bend = 0.25 + 0.5 * noise(p.seed as f32 * 0.37, 0.5, 4);
    let core = 0.12 * noise(p.seed as f32 * 0.53, 2.5, 5);
    c.within(&shape, |x, y, under| {
        let (dx, dy) = ((x - p.x) / p.size, (y - p.y) / p.size);
        let (u, v) = (dx * cos + dy * sin, -dx * sin + dy * cos);
        let uneven = fbm(u * 1.6, v * 1.6, 3, p.seed);
        let oval = ((u / 1.0).powi(2) + (v / 1.36).powi(2)).sqrt() + uneven * 0.1;
        let inside = smoothstep(1.0, 0.9, oval);
        // Ridges: ovals about the core, drawn down to one side as a loop is.
        let (wu, wv) = (u - core + bend * (v - 0.1).max(0.0).powi(2) * 0.5, v + 0.15 + uneven * 0.09);
        let below = wv.max(0.0) * 0.42;
        let ring = (wu * wu + (wv * 0.72 - below * 0.5).powi(2)).sqrt();
        let ridge = (ring * 60.0 + 0.9 * noise(u * 3.0, v * 3.0, p.seed + 7)).sin();
        let worn = fbm(u * 3.4 + 9.0, v * 3.4, 3, p.seed + 9);
        let line = smoothstep(-0.55, 0.35, ridge + worn * 0.9 + 0.15);
        let ink = inside * (0.2 + 0.8 * line) * p.pressure * (0.86 + 0.3 * worn).clamp(0.0, 1.0);
        let rim = smoothstep(0.78, 0.97, oval) * inside * 0.15;
        under.multiply(p.ink, (ink + rim).min(1.0)).mix(p.ink, 0.35 * ink)
    });
}
