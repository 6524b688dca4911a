//! One red paper boat on deep blue water, ringed by ripples.

use crate::canvas::{Canvas, HEIGHT, Shape};
use crate::noise::{fbm, noise, smoothstep};
use crate::palette::{AMBER, CREAM, hex, ramp};
use crate::props::{Boat, Camera, Daylight};

pub fn draw() -> Canvas {
    let mut c = Canvas::still();
    // The camera looks steeply down: the horizon is far above the frame.
    let camera = Camera {
        centre: 960.0,
        horizon: -620.0,
        focal: 2300.0,
        eye: 4.6,
    };
    let boat = Boat {
        x: -0.75,
        z: 7.1,
        size: 1.18,
        heading: 0.42,
        roll: 0.05,
        paper: hex(0xf04a34),
        candle: 0.0,
    };
    let light = Daylight {
        from: (-0.6, 0.6, -0.75),
        sun: hex(0xfff6e4),
        shade: hex(0x8a5570),
        haze: hex(0x12344f),
        haze_depth: 1e6,
    };
    let depth = [
        (0.0, hex(0x4f9fb0)),
        (0.22, hex(0x2a7793)),
        (0.5, hex(0x154f77)),
        (0.8, hex(0x0d3560)),
        (1.0, hex(0x0a2547)),
    ];
    let slope = |wx: f32, wz: f32| {
        let (dx, dz) = (wx - boat.x, wz - boat.z);
        let far = dx.hypot(dz);
        let phase = far * 9.5 + 0.35 * noise(dx * 1.3, dz * 1.3, 3);
        let fade = smoothstep(0.5, 1.0, far) * (-far * 0.42).exp();
        let ring = phase.sin() * fade * 1.5;
        let swell = fbm(wx * 0.9 + 3.0, wz * 0.55, 3, 21) * 0.55;
        let facing = if far > 1e-3 { dz / far } else { 0.0 };
        ring * (0.35 + 0.65 * facing.abs()) + swell
    };
    c.shade(|x, y, _| {
        let (wx, wz) = camera.ground(x, y);
        let tilt = slope(wx, wz);
        let base = (y / HEIGHT) * 0.82 + 0.1 + 0.00012 * (x - 600.0);
        let water = ramp(&depth, base - tilt * 0.2);
        let sparkle = smoothstep(0.35, 1.15, tilt - (y / HEIGHT) * 0.3);
        water.mix(hex(0x8fc9cc), sparkle * 0.42)
    });
    // The sky's brightness lies across the far left of the water.
    c.glow_oval(180.0, -60.0, 1500.0, 620.0, hex(0x9fd4d0), 0.55);
    c.glow_oval(420.0, 40.0, 700.0, 300.0, CREAM, 0.3);
    boat.draw_reflection(&mut c, &camera, &light, hex(0x123f68));
    c.resample(0.0, |before, x, y| {
        let (wx, wz) = camera.ground(x, y);
        let (dx, dz) = (wx - boat.x, wz - boat.z);
        let far = dx.hypot(dz);
        let push = (far * 9.5).sin() * 9.0 * smoothstep(0.25, 0.9, far)
            + 7.0 * noise(wx * 3.0, wz * 7.0, 8);
        before.sample(x + push, y + push * 0.6)
    });
    c.mottle(0.035, 1.6, 5);
    c.daub(4);
    // Sunlit crests.
    c.shade(|x, y, under| {
        let (wx, wz) = camera.ground(x, y);
        let tilt = slope(wx, wz);
        let crest = smoothstep(0.6, 1.2, tilt) * smoothstep(1250.0, 500.0, y);
        under.screen(AMBER.mix(CREAM, 0.5), crest * 0.35)
    });
    let (bx, by) = camera.project(boat.x, 0.0, boat.z);
    c.soft(
        &Shape::ellipse(bx + 24.0, by + 20.0, 300.0, 52.0),
        26.0,
        0.5,
        hex(0x071d3a),
    );
    boat.draw(&mut c, &camera, &light);
    c.vignette(0.4);
    c
}
