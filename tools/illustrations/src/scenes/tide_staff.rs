//! A striped tide staff in rough water under a storm, and one break of light.

use crate::canvas::{Canvas, HEIGHT, Shape, WIDTH};
use crate::noise::{Rng, fbm, noise, smoothstep};
use crate::palette::{CREAM, FOAM, hex, ramp};
use crate::props::bird;

const SEA: f32 = 700.0;
const GAP: (f32, f32) = (600.0, 560.0);

pub fn draw() -> Canvas {
    let mut c = Canvas::still();
    sky(&mut c);
    let rows = 15;
    for row in 0..rows {
        if row == 11 {
            staff(&mut c);
        }
        wave(&mut c, row, rows);
    }
    c.mottle(0.05, 1.5, 8);
    c.daub(5);
    spray(&mut c);
    for (x, y, s, tilt) in [(840.0, 330.0, 60.0, 0.12), (960.0, 400.0, 40.0, -0.1), (330.0, 260.0, 34.0, 0.05)] {
        bird(&mut c, x, y, s, tilt, hex(0x1d2f40));
    }
    c.vignette(0.45);
    c
}

fn sky(c: &mut Canvas) {
    c.shade(|x, y, _| {
        let warp = fbm(x / 420.0, y / 260.0, 4, 1);
        let cloud = fbm(x / 300.0 + warp * 1.3, y / 150.0 + warp, 5, 2);
        let t = y / SEA;
        let dark = ramp(
            &[(0.0, hex(0x17283d)), (0.5, hex(0x2f4a5c)), (1.0, hex(0x6d8a8c))],
            t + cloud * 0.22,
        );
        // The cloud ends in a ragged hem; beneath it the sky is open to the sun.
        let hem = 500.0 + 0.00016 * (x - 520.0) * (x - 520.0) + cloud * 120.0 + warp * 70.0;
        let open = smoothstep(hem - 14.0, hem + 34.0, y);
        let near = smoothstep(1000.0, 0.0, (x - GAP.0).hypot((y - 690.0) * 2.0));
        let clear = ramp(
            &[(0.0, hex(0x7f9a9b)), (0.4, hex(0xd9b48c)), (0.75, hex(0xf8cf8e)), (1.0, hex(0xfff2cc))],
            near + cloud * 0.12,
        );
        // The underside of the cloud near the hem catches the light.
        let belly = smoothstep(230.0, 0.0, hem - y) * smoothstep(-0.15, 0.35, cloud) * near;
        let bars = smoothstep(0.12, 0.4, fbm(x / 300.0, y / 26.0, 3, 7)) * 0.4;
        let lit = dark.mix(hex(0xd9987a), belly * 0.8);
        lit.mix(clear.mix(hex(0xa07f7c), bars * (1.0 - near * 0.7)), open)
    });
    // Shafts of light, and rain on the other side.
    for (i, spread) in [-0.62f32, -0.36, -0.12, 0.1, 0.34, 0.6].into_iter().enumerate() {
        let x = GAP.0 + spread * 300.0;
        let foot = GAP.0 + spread * 1050.0;
        let w = 36.0 + 22.0 * (i as f32 * 1.7).sin();
        let shaft = Shape::polygon(&[
            (x - w * 0.4, GAP.1),
            (x + w * 0.4, GAP.1),
            (foot + w * 1.7, SEA + 20.0),
            (foot - w * 1.7, SEA + 20.0),
        ]);
        c.soft(&shaft, 26.0, 0.1, hex(0xffe2ac));
    }
    for i in 0..4 {
        let x = 1220.0 + i as f32 * 190.0;
        let veil = Shape::polygon(&[(x, 300.0), (x + 240.0, 300.0), (x + 110.0, SEA), (x - 130.0, SEA)]);
        c.soft(&veil, 50.0, 0.22, hex(0x1c3246));
    }
    c.glow_oval(GAP.0, SEA - 30.0, 620.0, 130.0, hex(0xffe0a8), 0.6);
}

fn crest(row: usize, x: f32) -> f32 {
    let t = row as f32 / 14.0;
    let near = t * t;
    let length = (70.0 + 420.0 * near) * (1.0 + 0.35 * (row as f32 * 2.3).sin());
    let tall = 5.0 + 74.0 * near;
    let base = SEA + 14.0 + 500.0 * t.powf(1.75);
    let swell = noise(x / length + row as f32 * 7.7, row as f32 * 3.1, 3);
    let sharp = 1.0 - (noise(x / (length * 0.52) + row as f32 * 4.1, 0.0, 4) * 1.3).abs();
    base - tall * (0.62 * swell + 0.75 * sharp.max(0.0).powi(2)) + tall * 0.4
}

fn wave(c: &mut Canvas, row: usize, rows: usize) {
    let t = row as f32 / (rows - 1) as f32;
    let tall = 12.0 + 150.0 * t * t;
    let shape = Shape::below(0.0, WIDTH, HEIGHT, |x| crest(row, x));
    c.fill(&shape, move |x: f32, y: f32| {
        let depth = ((y - crest(row, x)) / tall).max(0.0);
        let sun = smoothstep(760.0 - 260.0 * t, 0.0, (x - GAP.0).abs()) * (1.0 - t).powf(0.5);
        let lip = ramp(&[(0.0, hex(0x86aeab)), (1.0, hex(0x3e8f94))], t).mix(hex(0xffe3b0), sun * 0.75);
        let body = ramp(&[(0.0, hex(0x537a85)), (0.5, hex(0x23586b)), (1.0, hex(0x10384f))], t)
            .mix(hex(0xc9b594), sun * 0.5);
        let streak = fbm(x / (40.0 + 130.0 * t), (y - crest(row, x) * 0.6) / (7.0 + 14.0 * t), 3, 20 + row as u32);
        let colour = lip.mix(body, (depth + streak * 0.25).clamp(0.0, 1.0).powf(0.6));
        let marble = smoothstep(0.28, 0.5, streak) * smoothstep(1.3, 0.2, depth) * 0.4;
        colour.mix(FOAM, marble)
    });
    // Foam where the crest is steep and high.
    let foam = 2.0 + 13.0 * t * t;
    let cap = Shape::below(0.0, WIDTH, HEIGHT, |x| crest(row, x) - 1.0);
    c.within(&cap, |x, y, under| {
        let ragged = fbm(x / (16.0 + 40.0 * t), y / (9.0 + 10.0 * t), 3, 60 + row as u32);
        let high = smoothstep(0.05, 0.5, noise(x / (90.0 + 420.0 * t) + row as f32 * 7.7, row as f32 * 3.1, 3) + ragged * 0.5);
        let depth = (y - crest(row, x)) / (foam * (0.4 + 2.6 * high));
        let cover = smoothstep(1.0, 0.3, depth + ragged * 0.9) * (0.25 + 0.75 * high);
        let sun = smoothstep(800.0, 0.0, (x - GAP.0).abs()) * (1.0 - t * 0.5);
        under.mix(hex(0xb9cfcf).mix(CREAM, sun), cover * 0.9)
    });
}

/// The staff: red and cream bands on a braced post.
fn staff(c: &mut Canvas) {
    let (x, w, top) = (1296.0, 58.0, 168.0);
    let brace = |c: &mut Canvas, a: (f32, f32), b: (f32, f32)| {
        c.fill(&Shape::line(&[a, b], 13.0), hex(0x23313f));
        c.glaze(&Shape::line(&[(a.0 - 3.0, a.1), (b.0 - 3.0, b.1)], 4.0), 0.6, hex(0x9f9a8d));
    };
    brace(c, (x + w * 0.5, 640.0), (x + 250.0, 1180.0));
    brace(c, (x + w * 0.5, 640.0), (x - 195.0, 1180.0));
    c.fill(&Shape::rect(x - 12.0, top + 12.0, 14.0, 1000.0), hex(0x1f2c3a));
    c.fill(&Shape::rect(x, top, w, 1000.0), move |px: f32, py: f32| {
        let u = (px - x) / w;
        let step = ((py - top) / 62.0).floor() as i32;
        let red = step % 2 == 0;
        let band = if red { hex(0xcf4433) } else { hex(0xf4e6cb) };
        // Ticks: short marks on the right half of every pale band.
        let tick = ((py - top).rem_euclid(15.5) < 4.0) && u > 0.62 && !red;
        let mark = if tick { hex(0x36404e) } else { band };
        let side = ramp(&[(0.0, hex(0xffeed0)), (0.35, hex(0xe6dcd2)), (1.0, hex(0x5d6a80))], u);
        let wet = smoothstep(690.0, 760.0, py + 16.0 * noise(px / 14.0, py / 60.0, 9));
        mark.multiply(side, 1.0).mix(hex(0x2c5a60), wet * 0.45)
    });
    c.fill(&Shape::polygon(&[(x - 8.0, top), (x + w * 0.5, top - 34.0), (x + w + 8.0, top)]), hex(0x2b3b49));
    c.fill(&Shape::rect(x - 30.0, 636.0, w + 60.0, 20.0), hex(0x2b3b49));
    c.glow(x + 6.0, 430.0, 190.0, hex(0xffdca6), 0.1);
}

fn spray(c: &mut Canvas) {
    let mut rng = Rng::new(14);
    let (x, y) = (1322.0, 1046.0);
    for i in 0..26 {
        let a = -std::f32::consts::PI * (0.12 + 0.76 * i as f32 / 26.0);
        let reach = rng.range(30.0, 135.0);
        let puff = Shape::ellipse(x + a.cos() * reach, y + a.sin() * reach * 0.8, rng.range(10.0, 28.0), rng.range(8.0, 20.0));
        c.soft(&puff, 12.0, 0.4, hex(0xdfe9e4));
    }
    for _ in 0..150 {
        let a = -std::f32::consts::PI * rng.unit();
        let reach = rng.range(50.0, 230.0) * rng.range(0.5, 1.0);
        let r = rng.range(0.8, 3.4);
        let drop = Shape::ellipse(x + a.cos() * reach * 1.1, y + a.sin() * reach, r, r * 1.2);
        c.glaze(&drop, 0.75, FOAM);
    }
}
