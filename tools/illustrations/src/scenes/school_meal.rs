//! Bowls and fruit on a table, from above, in strong daylight.

use crate::canvas::{Canvas, Shape, curve};
use crate::noise::{Rng, fbm, noise, smoothstep};
use crate::palette::{Color, LEAF, MARIGOLD, hex, ramp};

const SHADOW: Color = hex(0x1d3a5a);
/// Where the shadows fall: one step for each unit of height.
const FALL: (f32, f32) = (0.82, 0.6);

pub fn draw() -> Canvas {
    let mut c = Canvas::still();
    cloth(&mut c);
    c.mottle(0.03, 1.0, 14);
    c.daub(3);
    board(&mut c);
    bowl(&mut c, 1180.0, 520.0, 300.0, hex(0xe8643f), &lentils);
    bowl(&mut c, 560.0, 420.0, 225.0, hex(0x2c7f86), &rice);
    bowl(&mut c, 1660.0, 1010.0, 215.0, hex(0xf7ecd8), &greens);
    orange(&mut c, 930.0, 960.0, 112.0);
    orange(&mut c, 1130.0, 1080.0, 104.0);
    half_orange(&mut c, 1310.0, 960.0, 100.0);
    banana(&mut c);
    melon(&mut c);
    cup(&mut c);
    spoon(&mut c);
    // The edge of a window frame crosses the table as a cool band of shade.
    c.shade(|x, y, p| {
        let across = x * 0.59 - y * 0.81;
        let bar = smoothstep(706.0, 722.0, across) * smoothstep(806.0, 790.0, across);
        let corner = smoothstep(-560.0, -590.0, across);
        p.multiply(hex(0x6f8fb4), 0.62 * bar.max(corner))
            .screen(hex(0xffe9b8), 0.07)
    });
    c.vignette(0.15);
    c
}

fn cloth(c: &mut Canvas) {
    c.shade(|x, y, _| {
        let weave = 0.012 * (noise(x / 3.0, y / 40.0, 1) + noise(x / 40.0, y / 3.0, 2));
        let wave = 0.04 * fbm(x / 500.0, y / 500.0, 2, 3);
        let band = (x + 0.0 * y - 250.0).abs();
        let stripe = smoothstep(70.0, 66.0, band) - smoothstep(44.0, 40.0, band) * 0.75;
        let base = hex(0xf6cf7e).mix(hex(0xfbe3b0), smoothstep(1900.0, 0.0, x + y));
        base.mix(hex(0xe08a52), stripe.clamp(0.0, 1.0) * 0.8) * (1.0 + weave + wave)
    });
}

fn shadow(c: &mut Canvas, height: f32, shape: impl Fn(f32, f32) -> Shape) {
    for k in 1..=6 {
        let t = height * k as f32 / 6.0;
        c.soft(&shape(FALL.0 * t, FALL.1 * t), 5.0, 0.2, SHADOW);
    }
}

type Filling = dyn Fn(&mut Canvas, f32, f32, f32);

fn bowl(c: &mut Canvas, x: f32, y: f32, r: f32, glaze: Color, filling: &Filling) {
    shadow(c, r * 0.5, |dx, dy| Shape::ellipse(x + dx, y + dy, r, r));
    c.fill(&Shape::ellipse(x, y, r, r), move |px: f32, py: f32| {
        let t = ((px - x) * 0.8 + (py - y) * 0.6) / r;
        glaze.mix(hex(0xfff6e2), (-t * 0.45).max(0.0)).mix(SHADOW, (t * 0.35).max(0.0))
    });
    let inner = r * 0.92;
    c.fill(&Shape::ellipse(x, y, inner, inner), move |px: f32, py: f32| {
        // Inside, the lit side is the far one from the sun.
        let t = ((px - x) * 0.8 + (py - y) * 0.6) / inner;
        let wall = glaze.mix(hex(0xfff3da), 0.25);
        wall.mix(SHADOW, smoothstep(0.1, -0.95, t) * 0.5).mix(hex(0xfffaf0), smoothstep(0.2, 1.0, t) * 0.4)
    });
    filling(c, x, y, r * 0.76);
    let lip = curve(60, |t| {
        let a = t * std::f32::consts::TAU;
        (x + a.cos() * r * 0.96, y + a.sin() * r * 0.96)
    });
    c.glaze(&Shape::line(&lip, r * 0.018), 0.55, hex(0xfff8e8));
    // The rim's own shade across the food.
    let food = Shape::ellipse(x, y, r * 0.76, r * 0.76);
    c.within(&food, |px, py, under| {
        let d = (px - x - r * 0.3).hypot(py - y - r * 0.22) / (r * 0.8);
        under.multiply(hex(0x6a7fa4), smoothstep(0.94, 1.0, d) * 0.75)
    });
}

fn rice(c: &mut Canvas, x: f32, y: f32, r: f32) {
    let mut rng = Rng::new(21);
    c.fill(&Shape::ellipse(x, y, r, r), hex(0xeadfc6));
    for i in 0..900 {
        let (a, d) = (rng.range(0.0, std::f32::consts::TAU), rng.unit().sqrt() * r * 0.93);
        let (px, py) = (x + a.cos() * d, y + a.sin() * d);
        let light = i as f32 / 900.0;
        let grain = Shape::turned_ellipse(px, py, 4.4, 11.5, rng.range(0.0, 3.14));
        c.fill(&grain, hex(0xd9cbb0).mix(hex(0xfffaf0), 0.25 + 0.75 * light * rng.range(0.6, 1.0)));
    }
    for k in 0..6 {
        let a = k as f32 * 1.05 + 0.3;
        leaf(c, x + a.cos() * 26.0, y + a.sin() * 26.0, 44.0, a);
    }
}

fn lentils(c: &mut Canvas, x: f32, y: f32, r: f32) {
    c.fill(&Shape::ellipse(x, y, r, r), move |px: f32, py: f32| {
        let swirl = ((px - x).hypot(py - y) / 20.0 + 2.0 * (py - y).atan2(px - x)).sin();
        let t = 0.5 + 0.16 * swirl + 0.4 * fbm(px / 60.0, py / 60.0, 3, 4);
        ramp(&[(0.0, hex(0xb9631c)), (0.5, hex(0xe39a30)), (1.0, hex(0xf7c25c))], t)
    });
    let mut rng = Rng::new(8);
    let cream = curve(80, |t| {
        let a = t * 11.0;
        (x - 40.0 + a.cos() * (16.0 + 92.0 * t), y + 14.0 + a.sin() * (16.0 + 92.0 * t))
    });
    c.fill(&Shape::taper(&cream, 20.0, 4.0), hex(0xfff3dc));
    for _ in 0..22 {
        let (a, d) = (rng.range(0.0, std::f32::consts::TAU), rng.unit().sqrt() * r * 0.8);
        leaf(c, x + a.cos() * d, y + a.sin() * d, rng.range(15.0, 28.0), rng.range(0.0, 6.0));
    }
    for _ in 0..40 {
        let (a, d) = (rng.range(0.0, std::f32::consts::TAU), rng.unit().sqrt() * r * 0.88);
        c.fill(&Shape::ellipse(x + a.cos() * d, y + a.sin() * d, 4.5, 4.5), hex(0xc23a24));
    }
}

fn greens(c: &mut Canvas, x: f32, y: f32, r: f32) {
    let mut rng = Rng::new(5);
    c.fill(&Shape::ellipse(x, y, r, r), hex(0x35703f));
    for _ in 0..120 {
        let (a, d) = (rng.range(0.0, std::f32::consts::TAU), rng.unit().sqrt() * r * 0.86);
        leaf(c, x + a.cos() * d, y + a.sin() * d, rng.range(24.0, 46.0), rng.range(0.0, 6.0));
    }
    for _ in 0..7 {
        let (a, d) = (rng.range(0.0, std::f32::consts::TAU), rng.unit().sqrt() * r * 0.75);
        let (px, py) = (x + a.cos() * d, y + a.sin() * d);
        c.soft(&Shape::ellipse(px + 7.0, py + 6.0, 23.0, 23.0), 5.0, 0.45, hex(0x12352c));
        c.fill(&Shape::ellipse(px, py, 23.0, 23.0), hex(0xd9402f));
        c.fill(&Shape::ellipse(px - 7.0, py - 6.0, 7.0, 5.0), hex(0xffa48c));
    }
}

fn leaf(c: &mut Canvas, x: f32, y: f32, s: f32, angle: f32) {
    let (sn, k) = angle.sin_cos();
    let at = |u: f32, v: f32| (x + (u * k - v * sn) * s, y + (u * sn + v * k) * s);
    let half = |side: f32| Shape::blob(&[at(-0.5, 0.0), at(0.0, 0.27 * side), at(0.5, 0.0), at(0.0, 0.01)]);
    let tone = LEAF.mix(hex(0x2f7a45), (x * 0.13 + y * 0.07).sin() * 0.5 + 0.5);
    c.fill(&half(-1.0), tone.mix(hex(0xd6e48c), 0.22));
    c.fill(&half(1.0), tone);
}

fn orange(c: &mut Canvas, x: f32, y: f32, r: f32) {
    shadow(c, r * 0.95, |dx, dy| Shape::ellipse(x + dx, y + dy, r * 0.96, r * 0.96));
    c.fill(&Shape::ellipse(x, y, r, r), move |px: f32, py: f32| {
        let (u, v) = ((px - x) / r, (py - y) / r);
        let lit = (-(u * 0.6 + v * 0.45) + (1.0 - (u * u + v * v).min(1.0)).sqrt() * 0.65).clamp(0.0, 1.0);
        let pore = 0.03 * noise(px / 7.0, py / 7.0, 6);
        ramp(&[(0.0, hex(0xa9451c)), (0.45, hex(0xee8424)), (1.0, hex(0xffc35c))], lit + pore)
    });
    leaf(c, x + 34.0, y - 22.0, 92.0, -0.6);
    c.fill(&Shape::ellipse(x, y, 8.0, 8.0), hex(0x5c6a2c));
}

fn half_orange(c: &mut Canvas, x: f32, y: f32, r: f32) {
    shadow(c, r * 0.5, |dx, dy| Shape::ellipse(x + dx, y + dy, r, r));
    c.fill(&Shape::ellipse(x, y, r, r), hex(0xf08a28));
    c.fill(&Shape::ellipse(x, y, r * 0.92, r * 0.92), hex(0xfff0cc));
    for k in 0..10 {
        let a = k as f32 / 10.0 * std::f32::consts::TAU + 0.2;
        let p = |d: f32, turn: f32| (x + (a + turn).cos() * d * r, y + (a + turn).sin() * d * r);
        let wedge = Shape::blob(&[p(0.12, 0.0), p(0.55, -0.2), p(0.83, -0.24), p(0.87, 0.0), p(0.83, 0.24), p(0.55, 0.2)]);
        c.fill(&wedge, move |px: f32, py: f32| {
            let d = (px - x).hypot(py - y) / r;
            MARIGOLD.mix(hex(0xf2762a), d * 0.8 + 0.15 * noise(px / 9.0, py / 9.0, 7))
        });
    }
}

fn banana(c: &mut Canvas) {
    for (i, turn) in [0.0f32, 0.26, 0.52].into_iter().enumerate() {
        let at = move |t: f32, off: f32| {
            let a = 2.75 - 1.5 * t + turn * 0.35;
            let r = 420.0 + off - 26.0 * i as f32;
            (330.0 + a.cos() * r * 0.8 + 330.0 - turn * 90.0, 690.0 + a.sin() * r * 0.75 + turn * 70.0)
        };
        let body = |grow: f32, dx: f32, dy: f32| {
            let width = move |t: f32| 44.0 * (std::f32::consts::PI * (0.06 + 0.88 * t)).sin().powf(0.55) * grow;
            let mut outline = curve(26, |t| at(t, width(t)));
            outline.extend(curve(26, |t| at(1.0 - t, -width(1.0 - t))));
            let moved: Vec<_> = outline.iter().map(|p| (p.0 + dx, p.1 + dy)).collect();
            Shape::polygon(&moved)
        };
        shadow(c, 44.0, |dx, dy| body(1.0, dx, dy));
        c.fill(&body(1.0, 0.0, 0.0), hex(0xd99a26));
        c.fill(&body(0.72, -7.0, -6.0), hex(0xf4c53c));
        c.fill(&body(0.3, -12.0, -11.0), hex(0xffe484));
        for end in [0.0, 1.0] {
            let (x, y) = at(end, 0.0);
            c.fill(&Shape::ellipse(x, y, 13.0, 13.0), hex(0x6a4a24));
        }
    }
}

fn melon(c: &mut Canvas) {
    for (x, y, turn) in [(1610.0f32, 250.0f32, 0.35f32), (1760.0, 560.0, 1.15)] {
        let arc = |r: f32, dx: f32, dy: f32| {
            let mut points = vec![(x + dx, y + dy)];
            points.extend(curve(40, |t| {
                let a = turn + (t - 0.5) * 1.5;
                (x + dx + a.cos() * r, y + dy + a.sin() * r)
            }));
            Shape::polygon(&points)
        };
        shadow(c, 34.0, |dx, dy| arc(270.0, dx, dy));
        c.fill(&arc(270.0, 0.0, 0.0), hex(0x2f7a4a));
        c.fill(&arc(256.0, 0.0, 0.0), hex(0xe6efc0));
        c.fill(&arc(238.0, 0.0, 0.0), move |px: f32, py: f32| {
            hex(0xf0604f).mix(hex(0xd93a40), (px - x).hypot(py - y) / 238.0)
        });
        for k in 0..9 {
            let a = turn + ((k % 5) as f32 - 2.0) * 0.27 + if k > 4 { 0.13 } else { 0.0 };
            let d = if k > 4 { 130.0 } else { 190.0 };
            let seed = Shape::turned_ellipse(x + a.cos() * d, y + a.sin() * d, 5.0, 10.0, a - 1.57);
            c.fill(&seed, hex(0x3a1f28));
        }
    }
}

/// Slate-blue tray under the small bowl.
fn board(c: &mut Canvas) {
    let tray = |dx: f32, dy: f32| {
        Shape::polygon(&[(300.0 + dx, 130.0 + dy), (850.0 + dx, 130.0 + dy), (850.0 + dx, 735.0 + dy), (300.0 + dx, 735.0 + dy)])
    };
    shadow(c, 26.0, tray);
    c.fill(&tray(0.0, 0.0), |x: f32, y: f32| {
        hex(0x2f6f8c).mix(hex(0x5fa6b0), smoothstep(1300.0, 400.0, x + y) + 0.1 * fbm(x / 90.0, y / 9.0, 3, 9))
    });
    let rim = [(312.0, 142.0), (838.0, 142.0), (838.0, 723.0), (312.0, 723.0), (312.0, 142.0)];
    c.glaze(&Shape::line(&rim, 4.0), 0.35, hex(0xdff0ea));
}

fn cup(c: &mut Canvas) {
    let (x, y, r) = (880.0, 190.0, 96.0);
    shadow(c, 150.0, |dx, dy| Shape::ellipse(x + dx, y + dy, r, r));
    c.fill(&Shape::ellipse(x, y, r, r), hex(0xf8f2e4));
    c.fill(&Shape::ellipse(x, y, r * 0.88, r * 0.88), hex(0xd9d4cc));
    c.fill(&Shape::ellipse(x + 3.0, y + 2.0, r * 0.83, r * 0.83), move |px: f32, py: f32| {
        hex(0xfffdf4).mix(hex(0xcfd6dc), smoothstep(0.5, -0.9, ((px - x) * 0.8 + (py - y) * 0.6) / r))
    });
}

fn spoon(c: &mut Canvas) {
    let (x, y) = (330.0, 1105.0);
    let shape = |dx: f32, dy: f32| {
        let handle = curve(20, |t| (x + 60.0 + 380.0 * t + dx, y - 12.0 - 46.0 * t + dy));
        (Shape::taper(&handle, 19.0, 30.0), Shape::turned_ellipse(x + dx, y + dy, 92.0, 58.0, -0.12))
    };
    for k in 1..=4 {
        let (handle, head) = shape(FALL.0 * 6.0 * k as f32, FALL.1 * 6.0 * k as f32);
        c.soft(&handle, 5.0, 0.22, SHADOW);
        c.soft(&head, 5.0, 0.22, SHADOW);
    }
    let (handle, head) = shape(0.0, 0.0);
    c.fill(&handle, hex(0xa9643a));
    c.fill(&head, hex(0xb9713f));
    c.fill(&Shape::turned_ellipse(x + 3.0, y + 3.0, 76.0, 44.0, -0.12), |px: f32, py: f32| {
        hex(0x7c4426).mix(hex(0xdba067), smoothstep(-50.0, 60.0, (px - x) * 0.5 + (py - y)))
    });
}
