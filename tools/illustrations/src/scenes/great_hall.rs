//! A great conference hall: columns, rows of lamps, delegates facing the stage.

use crate::canvas::{Canvas, HEIGHT, Shape, WIDTH};
use crate::noise::{Rng, fbm, smoothstep};
use crate::palette::{AMBER, CREAM, Color, FLAME, INK, MARIGOLD, hex, ramp};
use crate::props::Camera;

const HALL: Camera = Camera {
    centre: 1090.0,
    horizon: 800.0,
    focal: 1150.0,
    eye: 2.6,
};
const WALL: f32 = 8.6;
const CEILING: f32 = 15.5;
const END: f32 = 44.0;

/// Air between us and a thing at a depth, lit by the stage.
fn air(colour: Color, z: f32) -> Color {
    colour.mix(hex(0xd08a5a), (z / 62.0).powf(1.25).min(0.75))
}

pub fn draw() -> Canvas {
    let mut c = Canvas::still();
    shell(&mut c);
    stage(&mut c);
    columns(&mut c);
    c.mottle(0.045, 0.8, 11);
    c.daub(4);
    lamps(&mut c);
    delegates(&mut c);
    c.glow_oval(1090.0, 700.0, 900.0, 520.0, AMBER, 0.2);
    c.vignette(0.45);
    c
}

/// Walls, ceiling and floor as planes of the box we look into.
fn shell(c: &mut Canvas) {
    c.shade(|x, y, _| {
        let (dx, dy) = ((x - HALL.centre) / HALL.focal, (y - HALL.horizon) / HALL.focal);
        let side = WALL / dx.abs().max(1e-4);
        let up = (CEILING - HALL.eye) / (-dy).max(1e-4);
        let down = HALL.eye / dy.max(1e-4);
        let z = side.min(up).min(down).min(END);
        let near = 1.0 - z / END;
        let colour = if z >= END - 0.01 {
            hex(0xb66a48)
        } else if z == side {
            let height = HALL.eye - dy * z;
            ramp(
                &[(0.0, hex(0x7a4a45)), (0.35, hex(0x2b5560)), (1.0, hex(0x15354a))],
                height / CEILING,
            )
        } else if z == up {
            // Ribs across the vault, and coffers between them.
            let rib = smoothstep(0.7, 0.95, ((z * 0.9).fract() - 0.5).abs() * 2.0);
            let run = smoothstep(0.8, 0.95, ((dx * z / 2.15).fract().abs() - 0.5).abs() * 2.0);
            hex(0x16374c).mix(hex(0x2c6069), rib.max(run) * 0.75)
        } else {
            let aisle = smoothstep(2.1, 1.7, (dx * z).abs());
            hex(0x2a2a42).mix(hex(0xa8493c), aisle * 0.85)
        };
        let grain = fbm(x / 60.0, y / 140.0, 3, 3) * 0.03;
        air(colour, z) * (1.0 - near * 0.22 + grain)
    });
}

/// The lit end of the hall: a gold disc of rays over a platform and curtains.
fn stage(c: &mut Canvas) {
    let (left, top) = HALL.project(-WALL, CEILING, END);
    let (right, floor) = HALL.project(WALL, 0.0, END);
    let (cx, w, h) = (HALL.centre, right - left, floor - top);
    c.fill(&Shape::rect(left, top, w, h), move |x: f32, y: f32| {
        let fold = 0.5 + 0.5 * ((x - left) * 0.32).sin();
        let drape = hex(0xc9703f).mix(hex(0x9c4a3c), fold * 0.8);
        drape.mix(hex(0xf3b765), smoothstep(260.0, 20.0, (x - cx).hypot(y - top - h * 0.52)))
    });
    let middle = top + h * 0.46;
    for i in 0..36 {
        let a = i as f32 / 36.0 * std::f32::consts::TAU;
        let (s, k) = a.sin_cos();
        let ray = Shape::taper(
            &[(cx + k * 62.0, middle + s * 62.0), (cx + k * 98.0, middle + s * 98.0)],
            7.0,
            1.5,
        );
        c.glaze(&ray, 0.85, hex(0xffdf9a));
    }
    c.fill(&Shape::ellipse(cx, middle, 54.0, 54.0), move |_: f32, y: f32| {
        hex(0xfff3cf).mix(MARIGOLD, (y - middle + 54.0) / 150.0)
    });
    c.glow(cx, middle, 330.0, hex(0xffc878), 0.75);
    let deck = floor - 30.0;
    c.fill(&Shape::rect(left + 26.0, deck, w - 52.0, 30.0), hex(0x7c3f37));
    c.fill(&Shape::rect(left + 26.0, deck, w - 52.0, 6.0), hex(0xffd38c));
    let table = Shape::rect(cx - 92.0, deck - 22.0, 184.0, 24.0);
    c.fill(&table, hex(0x8f4a3a));
    for i in 0..7 {
        let x = cx - 78.0 + i as f32 * 26.0;
        c.fill(&Shape::ellipse(x, deck - 38.0, 5.0, 6.0), hex(0x54303a));
        c.fill(&Shape::ellipse(x, deck - 24.0, 9.0, 10.0), hex(0x54303a));
    }
    // The speaker, standing at a lectern.
    c.fill(&Shape::rect(cx + 118.0, deck - 34.0, 26.0, 36.0), hex(0x7c3f37));
    c.fill(&Shape::ellipse(cx + 131.0, deck - 62.0, 6.5, 7.5), hex(0x44283a));
    c.fill(&Shape::ellipse(cx + 131.0, deck - 42.0, 11.0, 15.0), hex(0x44283a));
}

fn columns(c: &mut Canvas) {
    let mut z = 40.0;
    while z > 4.0 {
        for side in [-1.0f32, 1.0] {
            let (x, foot) = HALL.project(side * (WALL - 1.1), 0.0, z);
            let unit = HALL.focal / z;
            let head = HALL.project(0.0, CEILING - 3.6, z).1;
            let r = 0.52 * unit;
            let lit = air(hex(0xf0b078), z);
            let dark = air(hex(0x123044), z);
            let stone = air(hex(0x4d7276), z);
            let shaft = move |px: f32, _: f32| {
                let t = ((px - x) / r * -side).clamp(-1.0, 1.0);
                let flute = 0.035 * ((t * 1.45).sin() * 22.0).cos();
                let base = ramp(
                    &[(-1.0, dark), (-0.1, stone), (0.62, lit), (1.0, stone.mix(lit, 0.4))],
                    t,
                );
                base * (1.0 + flute)
            };
            c.fill(&Shape::rect(x - r, head, 2.0 * r, foot - head), shaft);
            for (y, grow, tall) in [(head, 1.5, 0.5), (head + 0.5 * unit, 1.22, 0.2), (foot, 1.4, -0.5)]
            {
                let (y0, y1) = (y, y + tall * unit);
                let block = Shape::rect(x - r * grow, y0.min(y1), 2.0 * r * grow, (y1 - y0).abs());
                c.fill(&block, move |px: f32, py: f32| shaft(x + (px - x) / grow, py) * 1.06);
            }
            // The beam that runs over the capitals to the next column away.
            let inner = side * (WALL - 1.75);
            let far = (z + 6.0).min(END);
            let beam = Shape::polygon(&[
                HALL.project(inner, CEILING - 3.6, z - 2.0),
                HALL.project(inner, CEILING - 3.6, far),
                HALL.project(inner, CEILING - 2.3, far),
                HALL.project(inner, CEILING - 2.3, z - 2.0),
            ]);
            c.fill(&beam, lit.mix(stone, 0.6));
            let lip = Shape::polygon(&[
                HALL.project(inner, CEILING - 3.6, z - 2.0),
                HALL.project(inner, CEILING - 3.6, far),
                HALL.project(inner, CEILING - 3.4, far),
                HALL.project(inner, CEILING - 3.4, z - 2.0),
            ]);
            c.fill(&lip, lit);
        }
        z -= 6.0;
    }
}

fn lamps(c: &mut Canvas) {
    let mut z = 41.0;
    while z > 3.4 {
        for lane in [-4.6f32, -1.6, 1.6, 4.6] {
            let (x, y) = HALL.project(lane, CEILING - 5.2, z);
            let roof = HALL.project(lane, CEILING, z).1;
            let r = 0.2 * HALL.focal / z;
            c.glaze(&Shape::line(&[(x, roof), (x, y)], (r * 0.12).max(0.7)), 0.7, hex(0x2d3c48));
            c.glow(x, y, r * 8.0, hex(0xff9d45), 0.26);
            c.glow(x, y, r * 3.0, AMBER, 0.4);
            c.fill(&Shape::ellipse(x, y, r, r), move |px: f32, py: f32| {
                let d = (px - x).hypot(py - y - r * 0.25) / r;
                hex(0xfffaea).mix(FLAME, d * 0.8)
            });
        }
        z -= 3.4;
    }
}

fn delegates(c: &mut Canvas) {
    let mut rng = Rng::new(101);
    let mut z = 33.0;
    while z > 2.2 {
        let unit = HALL.focal / z;
        let mut lane = -WALL + 0.7 + rng.range(0.0, 0.5);
        while lane < WALL - 0.6 {
            let gap = 0.82 + rng.range(-0.06, 0.1);
            let x3 = lane + rng.range(-0.06, 0.06);
            lane += gap;
            if x3.abs() < 1.75 || rng.unit() < 0.07 {
                continue;
            }
            let tall = rng.range(1.22, 1.42);
            let (x, y) = HALL.project(x3, tall, z);
            if !(-200.0..WIDTH + 200.0).contains(&x) {
                continue;
            }
            let dark = air(INK.mix(hex(0x2c2036), rng.unit() * 0.7), z * 0.85);
            let rim = dark.mix(hex(0xffc27a), 0.75);
            let glow_side = (HALL.centre - x).signum();
            let wide = rng.range(0.27, 0.33) * unit;
            let shoulders = Shape::blob(&[
                (x - wide, y + 0.52 * unit),
                (x - wide * 0.72, y + 0.3 * unit),
                (x, y + 0.21 * unit),
                (x + wide * 0.72, y + 0.3 * unit),
                (x + wide, y + 0.52 * unit),
                (x + wide, y + 1.2 * unit),
                (x + wide * 0.9, y + 1.3 * unit),
                (x - wide * 0.9, y + 1.3 * unit),
                (x - wide, y + 1.2 * unit),
            ]);
            let edge = 0.022 * unit;
            let head = (0.115 * unit, 0.15 * unit);
            let bun = rng.unit() < 0.25;
            for (dx, dy, paint) in [(0.0, -edge, rim), (glow_side * edge * 0.8, edge * 0.35, dark)] {
                c.fill(&Shape::ellipse(x + dx * 0.3, y + dy * 0.5, head.0, head.1), paint);
                if bun {
                    let knot = Shape::ellipse(x, y - head.1 * 0.95 + dy * 0.4, head.0 * 0.5, head.0 * 0.45);
                    c.fill(&knot, paint);
                }
            }
            c.fill(&Shape::rect(x - head.0 * 0.5, y, head.0, 0.3 * unit), dark);
            c.fill(&shoulders, move |px: f32, py: f32| {
                let lip = smoothstep(0.36 * unit, 0.2 * unit, py - y) * 0.45;
                let toward = ((px - x) / wide * glow_side).clamp(0.0, 1.0);
                dark.mix(rim, lip * (0.35 + 0.65 * toward))
            });
        }
        z -= (z * 0.075).max(0.85);
    }
    // Nearest of all, seat backs fall into the dark.
    c.soft(
        &Shape::below(0.0, WIDTH, HEIGHT + 40.0, |_| HEIGHT - 46.0),
        60.0,
        0.75,
        hex(0x0a1526),
    );
    c.glow_oval(HALL.centre, 1130.0, 260.0, 330.0, CREAM.mix(MARIGOLD, 0.7), 0.16);
}
