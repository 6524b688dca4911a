//! Rain over green rice terraces.

use crate::canvas::{Canvas, HEIGHT, Shape, WIDTH, curve};
use crate::noise::{Rng, fbm, noise, smoothstep};
use crate::palette::{FLAME, hex, ramp};
use crate::props::person;

const STEPS: usize = 17;

/// The edge of terrace `i`, counted from the far ones.
fn rim(i: usize, x: f32) -> f32 {
    let t = i as f32 / (STEPS - 1) as f32;
    let base = 470.0 + 900.0 * t.powf(1.55);
    let wide = 330.0 + 560.0 * t;
    let bowl = (x - 1060.0) / 960.0;
    let spur = noise(x / wide + 0.23 * i as f32, 0.16 * i as f32, 5);
    let detail = noise(x / (wide * 0.35) + 3.0 * i as f32, 0.0, 6);
    base - (70.0 + 40.0 * t) * bowl * bowl + (44.0 + 95.0 * t) * spur + (5.0 + 9.0 * t) * detail
}

fn sky_at(t: f32) -> crate::palette::Color {
    ramp(
        &[(0.0, hex(0x5f8f98)), (0.5, hex(0xa9c3ba)), (0.85, hex(0xefe3bd)), (1.0, hex(0xf3dcae))],
        t,
    )
}

pub fn draw() -> Canvas {
    let mut c = Canvas::still();
    c.shade(|x, y, _| {
        let cloud = fbm(x / 420.0, y / 120.0, 5, 1);
        let base = sky_at(y / 470.0 + 0.1 * cloud);
        base.mix(hex(0x56808c), smoothstep(0.05, 0.5, cloud) * smoothstep(360.0, 40.0, y) * 0.6)
    });
    c.glow_oval(560.0, 330.0, 620.0, 260.0, hex(0xffeec2), 0.55);
    for (base, tall, tone, seed) in [
        (400.0, 230.0, hex(0x93b3ac), 11u32),
        (450.0, 190.0, hex(0x6d9c92), 12),
        (500.0, 150.0, hex(0x4a8476), 13),
    ] {
        let top = move |x: f32| base - tall * (0.2 + 0.7 * (1.0 - fbm(x / 430.0 + seed as f32, 0.0, 2, seed).abs() * 2.0) + 0.12 * fbm(x / 70.0, 0.0, 3, seed)) * (0.55 + 0.45 * ((x - 700.0).abs() / 900.0));
        c.fill(&Shape::below(0.0, WIDTH, HEIGHT, top), move |x: f32, y: f32| {
            tone.mix(hex(0xdde5cf), smoothstep(10.0, 190.0, y - top(x) + 30.0 * noise(x / 150.0, y / 40.0, 14)) * 0.8)
        });
    }
    for i in 0..STEPS {
        terrace(&mut c, i);
        if i == 7 {
            hut(&mut c);
        }
    }
    c.mottle(0.035, 1.4, 23);
    c.daub(4);
    shoots(&mut c);
    farmers(&mut c);
    rain(&mut c);
    c.vignette(0.35);
    c
}

fn terrace(c: &mut Canvas, i: usize) {
    let t = i as f32 / (STEPS - 1) as f32;
    let haze = (1.0 - t).powi(2) * 0.55;
    let bank = 14.0 + 34.0 * t;
    let veil = hex(0xd3e0cc);
    let water = move |x: f32, y: f32| {
        let down = (y - rim(i, x)) / (60.0 + 110.0 * t);
        let wave = 0.06 * noise(x / (50.0 + 130.0 * t), y / (4.0 + 7.0 * t), 30);
        let bright = smoothstep(900.0, 0.0, (x - 620.0).abs());
        let colour = sky_at(0.95 - 0.75 * down + wave).mix(hex(0xfff0c4), bright * 0.4 * (1.0 - down).clamp(0.0, 1.0));
        colour.mix(hex(0x3f8a78), (0.18 + 0.3 * down + if i % 4 == 2 { 0.35 } else { 0.0 }).clamp(0.0, 0.75)).mix(veil, haze * 0.6)
    };
    // The earth bank below the previous rim, then the sheet of water.
    c.fill(&Shape::below(0.0, WIDTH, HEIGHT, |x| rim(i, x) - bank), move |x: f32, y: f32| {
        let down = (y - rim(i, x) + bank) / bank;
        let blade = 0.16 * noise(x / (5.0 + 6.0 * t), y / (13.0 + 16.0 * t), 31);
        ramp(
            &[(0.0, hex(0xb9cf5f)), (0.2, hex(0x7fb04c)), (0.65, hex(0x3f7f45)), (1.0, hex(0x1f5442))],
            down + blade,
        )
        .mix(veil, haze)
    });
    c.fill(&Shape::below(0.0, WIDTH, HEIGHT, |x| rim(i, x)), water);
    let edge = curve(320, |u| (u * WIDTH, rim(i, u * WIDTH) - bank));
    c.glaze(&Shape::line(&edge, 2.0 + 4.0 * t), 0.7, hex(0xd6e07c).mix(veil, haze));
    // Rows of young rice stand in some of the fields.
    if i % 4 == 2 {
        for row in 1..6 {
            let off = (14.0 + 24.0 * t) * row as f32;
            let line = curve(260, |u| (u * WIDTH, rim(i, u * WIDTH) + off));
            c.glaze(&Shape::line(&line, 3.0 + 5.0 * t), 0.5, hex(0x5fa04c).mix(veil, haze));
        }
    }
}

fn hut(c: &mut Canvas) {
    let x = 1420.0;
    let y = rim(7, x) - 34.0;
    for leg in [-44.0, 40.0] {
        c.fill(&Shape::rect(x + leg, y - 30.0, 6.0, 34.0), hex(0x4a3a34));
    }
    c.fill(&Shape::rect(x - 52.0, y - 74.0, 104.0, 48.0), hex(0x9a6a44));
    c.fill(&Shape::rect(x - 14.0, y - 66.0, 26.0, 30.0), FLAME);
    let roof = [(x - 84.0, y - 66.0), (x - 20.0, y - 132.0), (x + 20.0, y - 132.0), (x + 84.0, y - 66.0)];
    c.fill(&Shape::polygon(&roof), |px: f32, py: f32| {
        hex(0xc9a35c).mix(hex(0x5f4a3c), smoothstep(x - 60.0, x + 80.0, px) + 0.12 * noise(px / 4.0, py / 30.0, 9))
    });
    c.glow(x, y - 50.0, 110.0, hex(0xffc878), 0.4);
    let mut rng = Rng::new(4);
    for (px, h) in [(1560.0f32, 190.0f32), (1620.0, 150.0), (1300.0, 130.0)] {
        let foot = rim(7, px) - 20.0;
        let trunk = curve(14, |t| (px + 18.0 * t * t, foot - h * t));
        c.fill(&Shape::taper(&trunk, 9.0, 5.0), hex(0x4a5a48));
        for k in 0..9 {
            let a = -2.9 + 2.65 * k as f32 / 8.0 + rng.range(-0.1, 0.1);
            let frond = curve(12, |t| {
                (px + 18.0 + a.cos() * 70.0 * t, foot - h + a.sin() * 52.0 * t + 56.0 * t * t)
            });
            c.fill(&Shape::taper(&frond, 11.0, 1.0), hex(0x2f6f52).mix(hex(0x7faf62), rng.unit() * 0.6));
        }
    }
}

/// Tufts of rice along the nearest banks.
fn shoots(c: &mut Canvas) {
    let mut rng = Rng::new(81);
    for i in [STEPS - 5, STEPS - 3, STEPS - 2] {
        let t = i as f32 / (STEPS - 1) as f32;
        let bank = 14.0 + 34.0 * t;
        let mut x = -10.0;
        while x < WIDTH {
            let y = rim(i, x) - bank + 5.0;
            if (-20.0..HEIGHT + 60.0).contains(&y) {
                for _ in 0..4 {
                    let (lean, h) = (rng.range(-16.0, 16.0), rng.range(14.0, 38.0) * t);
                    let blade = [(x, y), (x + lean * 0.4, y - h * 0.6), (x + lean, y - h)];
                    let tone = hex(0x4a8f4a).mix(hex(0xcfe07a), rng.unit());
                    c.fill(&Shape::taper(&blade, 4.5, 0.6), tone);
                }
            }
            x += rng.range(7.0, 17.0);
        }
    }
}

fn farmers(c: &mut Canvas) {
    let mut rng = Rng::new(6);
    for (x, row, h) in [(660.0f32, 9usize, 62.0f32), (730.0, 9, 58.0), (1130.0, 11, 86.0)] {
        let t = row as f32 / (STEPS - 1) as f32;
        let feet = rim(row, x) - 14.0 - 34.0 * t + 4.0;
        person(c, x, feet, h, &mut rng, hex(0x2f4a50));
        let (hx, hy) = (x, feet - h * 0.93);
        let hat = [(hx - h * 0.24, hy), (hx, hy - h * 0.17), (hx + h * 0.24, hy)];
        c.fill(&Shape::polygon(&hat), hex(0xdcb465));
    }
}

fn rain(c: &mut Canvas) {
    let mut rng = Rng::new(99);
    for _ in 0..900 {
        let (x, y) = (rng.range(-60.0, WIDTH + 160.0), rng.range(-80.0, HEIGHT));
        let near = rng.unit().powi(3);
        let long = 26.0 + 90.0 * near;
        let drop = [(x, y), (x - long * 0.2, y + long)];
        c.glaze(&Shape::taper(&drop, 0.6, 1.0 + 1.4 * near), 0.16 + 0.2 * near, hex(0xf4f8ec));
    }
    for _ in 0..150 {
        let i = STEPS - 1 - (rng.unit() * 9.0) as usize;
        let t = i as f32 / (STEPS - 1) as f32;
        let x = rng.range(0.0, WIDTH);
        let y = rim(i, x) + rng.range(10.0, 22.0 + 40.0 * t);
        let r = rng.range(6.0, 19.0) * t;
        let ring = curve(26, |u| {
            let a = u * std::f32::consts::TAU;
            (x + a.cos() * r, y + a.sin() * r * 0.32)
        });
        c.glaze(&Shape::line(&ring, 1.5), 0.5, hex(0xf8f6e2));
    }
}
