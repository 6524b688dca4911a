//! Islands in a shallow lagoon, from the air.

use crate::canvas::{Canvas, HEIGHT, Shape, WIDTH, curve};
use crate::noise::{fbm, noise, smoothstep};
use crate::palette::{CREAM, FOAM, hex, ramp};

/// Height of the ground: below 0 is under water.
fn ground(x: f32, y: f32) -> f32 {
    let (u, v) = (x / 620.0, y / 620.0);
    let wx = fbm(u * 0.9 + 5.2, v * 0.9, 3, 1);
    let wy = fbm(u * 0.9, v * 0.9 + 8.7, 3, 2);
    let shelf = fbm(u + wx * 1.15, v + wy * 1.15, 5, 3);
    let mut land = shelf * 0.62 - 0.3;
    for (cx, cy, rx, ry, lift) in [
        (1390.0, 330.0, 330.0, 210.0, 1.05),
        (1690.0, 560.0, 170.0, 120.0, 0.85),
        (430.0, 980.0, 270.0, 160.0, 0.9),
        (800.0, 1120.0, 120.0, 80.0, 0.72),
        (1080.0, 640.0, 82.0, 56.0, 0.66),
        (250.0, 610.0, 90.0, 66.0, 0.62),
        (1560.0, 1010.0, 100.0, 70.0, 0.62),
    ] {
        let d = ((x - cx + wx * 150.0) / rx).hypot((y - cy + wy * 150.0) / ry);
        land += lift * (-d * d * 1.35).exp() + 0.2 * (-d * d * 0.16).exp();
    }
    // The deep channel that crosses the reef.
    let channel = y - (300.0 + 0.42 * x + 120.0 * (x / 330.0).sin());
    land - 0.5 * (-(channel / 120.0).powi(2)).exp() - 0.12
}

pub fn draw() -> Canvas {
    let mut c = Canvas::still();
    let water = [
        (-1.0, hex(0x0d3f66)),
        (-0.72, hex(0x125c80)),
        (-0.46, hex(0x1f8a9c)),
        (-0.26, hex(0x45b9b4)),
        (-0.1, hex(0x93dcc6)),
        (0.0, hex(0xdff0d2)),
    ];
    let land = [
        (0.0, hex(0xf8e6bd)),
        (0.1, hex(0xf0d49a)),
        (0.15, hex(0x9fb566)),
        (0.3, hex(0x4f8f52)),
        (0.6, hex(0x2a6a4c)),
        (1.0, hex(0x1f5445)),
    ];
    c.shade(|x, y, _| {
        let h = ground(x, y);
        let light = (ground(x - 5.0, y - 5.0) - ground(x + 5.0, y + 5.0)) * 2.2;
        if h < 0.0 {
            let swirl = fbm(x / 110.0 + h * 2.6, y / 90.0 - h * 2.0, 3, 11);
            let current = (h * 38.0 + swirl * 3.2).sin() * 0.028;
            let base = ramp(&water, h + swirl * 0.06 + current);
            let surf = smoothstep(0.016, 0.0, (h + 0.028 + 0.018 * noise(x / 26.0, y / 26.0, 12)).abs());
            let lace = smoothstep(-0.09, -0.01, h) * smoothstep(0.2, 0.5, noise(x / 12.0, y / 12.0, 13)) * 0.3;
            base.mix(FOAM, surf * 0.75 + lace) * (1.0 - light.clamp(-0.3, 0.3) * 0.15)
        } else {
            let tree = noise(x / 9.0, y / 9.0, 14) * 0.07 * smoothstep(0.1, 0.25, h);
            ramp(&land, h * 1.35 + tree) * (1.0 + (-light * 1.2).clamp(-0.3, 0.28))
        }
    });
    c.mottle(0.035, 1.0, 9);
    c.daub(4);
    wakes(&mut c);
    clouds(&mut c);
    c.glow_oval(300.0, 100.0, 1300.0, 800.0, hex(0xfff0c8), 0.22);
    c.vignette(0.15);
    c
}

fn wakes(c: &mut Canvas) {
    for (x, y, angle, long, bend) in [
        (700.0f32, 560.0f32, 0.42f32, 330.0f32, 0.16f32),
        (1150.0, 860.0, -2.55, 270.0, -0.2),
        (520.0, 330.0, 0.15, 200.0, 0.1),
    ] {
        for side in [-1.0f32, 0.0, 1.0] {
            let trail = curve(26, |t| {
                let a = angle + std::f32::consts::PI + bend * t + side * 0.1;
                (x + a.cos() * long * t, y + a.sin() * long * t)
            });
            let wide = if side == 0.0 { 9.0 } else { 4.0 };
            c.soft(&Shape::taper(&trail, wide, 1.0), 3.0, 0.75, FOAM);
        }
        let (k, s) = (angle.cos(), angle.sin());
        let at = |u: f32, v: f32| (x + k * u - s * v, y + s * u + k * v);
        let shade = |u: f32, v: f32| (at(u, v).0 + 7.0, at(u, v).1 + 9.0);
        let hull = [(24.0, 0.0), (9.0, 7.5), (-16.0, 6.0), (-16.0, -6.0), (9.0, -7.5)];
        c.soft(&Shape::blob(&hull.map(|(u, v)| shade(u, v))), 4.0, 0.45, hex(0x0d3a55));
        c.fill(&Shape::blob(&hull.map(|(u, v)| at(u, v))), hex(0xfff7e6));
        let deck = [(8.0, 0.0), (2.0, 4.0), (-11.0, 3.4), (-11.0, -3.4), (2.0, -4.0)];
        c.fill(&Shape::blob(&deck.map(|(u, v)| at(u, v))), hex(0xd9603f));
    }
}

fn clouds(c: &mut Canvas) {
    let cover = |x: f32, y: f32| {
        let shape = fbm(x / 300.0 + 3.0, y / 210.0, 5, 31);
        let corner = smoothstep(620.0, 60.0, (x - 120.0).hypot(y - 60.0))
            + smoothstep(560.0, 60.0, (x - WIDTH).hypot(y - HEIGHT));
        smoothstep(0.28, 0.75, shape * 0.75 + corner * 0.6)
    };
    c.shade(|x, y, under| {
        let shadow = cover(x - 90.0, y - 120.0);
        let below = under.multiply(hex(0x4a7f98), shadow * 0.45);
        let cloud = cover(x, y);
        let lit = (cover(x + 16.0, y + 20.0) - cover(x - 8.0, y - 10.0)).clamp(-1.0, 1.0);
        let white = CREAM.mix(hex(0xffffff), 0.6).mix(hex(0xd6dfe0), (-lit * 1.2).max(0.0));
        below.mix(white, cloud * 0.88)
    });
}
