//! Paper boats carrying candles down the river at night.

use crate::canvas::{Canvas, HEIGHT, Shape, WIDTH};
use crate::noise::{Rng, fbm, noise, smoothstep};
use crate::palette::{Color, EMBER, FLAME, PAPERS, hex, ramp};
use crate::props::{Boat, Camera, Daylight, ripple};

pub fn draw() -> Canvas {
    let mut c = Canvas::still();
    let camera = Camera {
        centre: 900.0,
        horizon: 400.0,
        focal: 1500.0,
        eye: 2.3,
    };
    let light = Daylight {
        from: (0.3, 0.8, 0.4),
        sun: hex(0x6a7fa8),
        shade: hex(0x2c3358),
        haze: hex(0x24355e),
        haze_depth: 90.0,
    };
    let sky = [
        (0.0, hex(0x0c1734)),
        (0.55, hex(0x1c2f5c)),
        (0.85, hex(0x4a4a7c)),
        (1.0, hex(0x86608a)),
    ];
    c.shade(|x, y, _| ramp(&sky, y / 400.0 + 0.06 * fbm(x / 500.0, y / 120.0, 3, 4)));
    let mut rng = Rng::new(707);
    for (base, tall, colour, seed) in [
        (330.0, 70.0, hex(0x3a3f6e), 5u32),
        (372.0, 46.0, hex(0x252c57), 6),
        (398.0, 26.0, hex(0x141c3f), 7),
    ] {
        let hill = Shape::below(0.0, WIDTH, 402.0, |x| {
            base - tall * (0.4 + fbm(x / 380.0 + 3.0, 1.0, 4, seed))
        });
        c.fill(&hill, colour);
    }
    let mut lamps: Vec<(f32, f32, Color)> = Vec::new();
    for _ in 0..46 {
        let x = rng.range(0.0, WIDTH);
        let colour = rng.pick(&[EMBER, hex(0xffa040), hex(0xff8a5c)]);
        lamps.push((x, rng.range(372.0, 397.0), colour));
    }
    for &(x, y, colour) in &lamps {
        c.glow(x, y, 30.0, colour, 0.45);
        c.glow(x, y, 5.0, FLAME, 0.9);
    }
    // Water: the far shore upside down, going darker towards us.
    c.resample(402.0, |above, x, y| {
        let (wx, wz) = camera.ground(x, y);
        let t = (y - 402.0) / (HEIGHT - 402.0);
        let wave = noise(wx * 0.9, wz.ln() * 26.0, 8) + 0.5 * noise(wx * 2.2, wz.ln() * 55.0, 9);
        let mirrored = above.sample(x + wave * 20.0 * (0.2 + t), 800.0 - y * 0.99 - wave * 8.0);
        let deep = ramp(
            &[
                (0.0, hex(0x2b3a69)),
                (0.4, hex(0x142650)),
                (1.0, hex(0x081431)),
            ],
            t + wave * 0.05,
        );
        deep.mix(mirrored, 0.75 * (1.0 - t).powf(2.2))
    });
    for &(x, y, colour) in &lamps {
        c.glow_oval(x, 404.0 + (404.0 - y) + 50.0, 7.0, 85.0, colour, 0.5);
    }
    let mut fleet: Vec<Boat> = Vec::new();
    let mut tries = 0;
    while fleet.len() < 170 && tries < 9000 {
        tries += 1;
        let z = 4.6 + 62.0 * rng.unit().powf(1.8);
        let x = rng.range(-1.0, 1.0) * (2.4 + z * 0.5) + 0.04 * z;
        // A dark lane of water leads the eye to the far shore.
        let lane = 0.9 + 0.05 * z + 1.2 * (z * 0.22).sin();
        if (x - lane).abs() < 0.75 + 0.01 * z {
            continue;
        }
        if fleet
            .iter()
            .any(|b| (b.x - x).abs() < 1.05 && (b.z - z).abs() < 0.8)
        {
            continue;
        }
        fleet.push(Boat {
            x,
            z,
            size: rng.range(0.36, 0.52),
            heading: rng.range(-0.6, 0.6),
            roll: rng.range(-0.05, 0.05),
            paper: rng.pick(&PAPERS),
            candle: rng.range(0.75, 1.0),
        });
    }
    fleet.sort_by(|a, b| b.z.total_cmp(&a.z));
    for boat in &fleet {
        boat.draw_reflection(&mut c, &camera, &light, hex(0x0d1c40));
    }
    ripple(&mut c, &camera, 22.0, 0.0, 71);
    c.mottle(0.03, 1.8, 7);
    c.daub(4);
    for _ in 0..120 {
        let (x, y) = (rng.range(0.0, WIDTH), rng.range(0.0, 230.0));
        let r = rng.range(1.2, 3.4);
        c.glow(x, y, r, hex(0xdfe8ff), rng.range(0.3, 0.9));
    }
    for boat in &fleet {
        boat.draw(&mut c, &camera, &light);
    }
    c.shade(|_, y, p| p.screen(hex(0x39204a), 0.1 * smoothstep(1280.0, 400.0, y)));
    c.vignette(0.5);
    c
}
