//! Things that more than one picture holds: the camera over a flat water
//! plane, folded-paper boats, people far away, lanterns, birds.

use crate::canvas::{Canvas, Shape, curve};
use crate::noise::{Rng, noise};
use crate::palette::{AMBER, Color, EMBER, FLAME, INK, hex};

/// A camera above a flat plane. `focal` is in pixels; the plane lies `eye`
/// below it, and depth grows away from the viewer.
#[derive(Clone, Copy)]
pub struct Camera {
    pub centre: f32,
    pub horizon: f32,
    pub focal: f32,
    pub eye: f32,
}

impl Camera {
    /// Where a point (sideways, up, away) lands on the canvas.
    pub fn project(&self, x: f32, y: f32, z: f32) -> (f32, f32) {
        (
            self.centre + self.focal * x / z,
            self.horizon + self.focal * (self.eye - y) / z,
        )
    }

    /// The point of the plane seen at a place on the canvas: sideways, away.
    pub fn ground(&self, x: f32, y: f32) -> (f32, f32) {
        let z = self.focal * self.eye / (y - self.horizon).max(0.5);
        ((x - self.centre) * z / self.focal, z)
    }
}

/// A folded-paper boat on the water plane; it is two `size` long.
#[derive(Clone, Copy)]
pub struct Boat {
    pub x: f32,
    pub z: f32,
    pub size: f32,
    /// Heading in radians: 0 is side-on.
    pub heading: f32,
    pub roll: f32,
    pub paper: Color,
    /// How strongly its candle burns, 0 to 1.
    pub candle: f32,
}

/// How the scene lights its boats.
#[derive(Clone, Copy)]
pub struct Daylight {
    /// Where the light comes from: sideways, up, away.
    pub from: (f32, f32, f32),
    pub sun: Color,
    pub shade: Color,
    /// What distance fades to, and how far away half of it is reached.
    pub haze: Color,
    pub haze_depth: f32,
}

type Point = (f32, f32, f32);

struct Face {
    corners: Vec<Point>,
    inside: bool,
}

fn faces() -> Vec<Face> {
    let (tip_l, tip_r) = ((-1.0, 0.5, 0.0), (1.0, 0.5, 0.0));
    let (keel_l, keel_r) = ((-0.52, -0.02, 0.0), (0.52, -0.02, 0.0));
    let (base_l, base_r) = ((-0.48, 0.26, 0.0), (0.48, 0.26, 0.0));
    let peak = (0.0, 0.98, 0.0);
    let mut all = vec![Face {
        corners: vec![keel_l, (0.0, 0.0, -0.3), keel_r, (0.0, 0.0, 0.3)],
        inside: false,
    }];
    for side in [-1.0f32, 1.0] {
        let rim = (0.0, 0.2, 0.36 * side);
        let belly = (0.0, -0.02, 0.2 * side);
        let fold = (0.0, 0.2, 0.17 * side);
        for (corners, inside) in [
            (vec![tip_l, rim, belly, keel_l], false),
            (vec![tip_r, rim, belly, keel_r], false),
            (vec![peak, base_l, fold], true),
            (vec![peak, base_r, fold], true),
        ] {
            all.push(Face { corners, inside });
        }
    }
    all
}

impl Boat {
    fn place(&self, p: Point, mirror: bool) -> Point {
        let (sin_r, cos_r) = self.roll.sin_cos();
        let (x, y) = (p.0, p.1);
        let (x, y) = (x * cos_r - y * sin_r, x * sin_r + y * cos_r);
        let (sin, cos) = self.heading.sin_cos();
        let up = if mirror { -y } else { y };
        (
            self.x + (x * cos - p.2 * sin) * self.size,
            up * self.size,
            self.z + (x * sin + p.2 * cos) * self.size,
        )
    }

    fn paint(&self, canvas: &mut Canvas, camera: &Camera, light: &Daylight, mirror: bool) {
        let eye = (0.0, camera.eye, 0.0);
        let mut placed: Vec<(f32, Vec<Point>, bool)> = faces()
            .into_iter()
            .map(|face| {
                let corners: Vec<Point> =
                    face.corners.iter().map(|&p| self.place(p, mirror)).collect();
                let middle = centroid(&corners);
                (length(sub(middle, eye)), corners, face.inside)
            })
            .collect();
        placed.sort_by(|a, b| b.0.total_cmp(&a.0));
        let far = self.z / (self.z + light.haze_depth);
        let sun = unit(light.from);
        for (_, corners, sail) in placed {
            if corners.iter().any(|p| p.2 < 0.05) {
                return;
            }
            let middle = centroid(&corners);
            let mut normal = unit(cross(sub(corners[1], corners[0]), sub(corners[2], corners[0])));
            let toward = sub(eye, middle);
            if dot(normal, toward) < 0.0 {
                normal = (-normal.0, -normal.1, -normal.2);
            }
            // The lining of the far side faces us: it is in its own shade.
            let outward = (middle.0 - self.x, 0.0, middle.2 - self.z);
            let lining = !sail && dot(outward, toward) < 0.0;
            let lit = (dot(normal, sun) * 0.75 + 0.35).clamp(0.0, 1.0);
            let lit = if lining { lit * 0.55 } else { lit };
            let tone = self
                .paper
                .multiply(light.shade, 1.0)
                .mix(self.paper.multiply(light.sun, 1.0), lit);
            let (warm_x, warm_y) = self.flame(camera, mirror);
            let scale = camera.focal * self.size / self.z;
            let low = camera.project(middle.0, 0.0, middle.2).1;
            let (candle, haze) = (self.candle, light.haze);
            let glow = self.paper.mix(hex(0xffb84d), 0.6);
            let outline: Vec<_> = corners
                .iter()
                .map(|p| camera.project(p.0, p.1, p.2))
                .collect();
            let colour = move |x: f32, y: f32| {
                let height = ((low - y).abs() / scale).min(1.0);
                let base = tone * (0.86 + 0.2 * height);
                let reach = ((x - warm_x).hypot((y - warm_y) * 1.1) / (scale * 0.85)).min(1.0);
                let warmth = candle * (1.0 - reach).powf(1.3) * if lining { 1.0 } else { 0.85 };
                base.mix(glow, warmth).mix(haze, far).clamped()
            };
            // A hair of overlap, so that no seam of water shows between folds.
            canvas.fill(&Shape::polygon(&outline), colour);
            if scale > 14.0 {
                let mut edge = outline.clone();
                edge.extend(outline.first());
                let thin = (scale * 0.006).clamp(0.6, 2.4);
                let crease = Shape::line(&edge, thin);
                canvas.glaze(&crease, 0.5, move |x, y| colour(x, y).mix(glow, 0.45));
            }
        }
    }

    /// Where the flame stands on the canvas.
    pub fn flame(&self, camera: &Camera, mirror: bool) -> (f32, f32) {
        let p = self.place((0.0, 0.34, -0.19), mirror);
        camera.project(p.0, p.1, p.2)
    }

    /// Paints the boat itself.
    pub fn draw(&self, canvas: &mut Canvas, camera: &Camera, light: &Daylight) {
        self.paint(canvas, camera, light, false);
        if self.candle > 0.02 {
            let (x, y) = self.flame(camera, false);
            let scale = camera.focal * self.size / self.z;
            canvas.glow(x, y, scale * 2.1, EMBER, 0.5 * self.candle);
            canvas.glow(x, y, scale * 0.6, hex(0xffb54a), 0.7 * self.candle);
            let h = scale * 0.16 * self.candle.max(0.4);
            let flame = Shape::blob(&[
                (x, y - h * 1.5),
                (x + h * 0.42, y - h * 0.2),
                (x, y + h * 0.35),
                (x - h * 0.42, y - h * 0.2),
            ]);
            canvas.glaze(&flame, (self.candle * 1.5).min(1.0), hex(0xfffbe6));
        }
    }

    /// Paints its reflection; ripple the water afterwards.
    pub fn draw_reflection(
        &self,
        canvas: &mut Canvas,
        camera: &Camera,
        light: &Daylight,
        water: Color,
    ) {
        let scale = camera.focal * self.size / self.z;
        let (x, y) = camera.project(self.x, 0.0, self.z);
        canvas.soft(
            &Shape::ellipse(x, y + scale * 0.06, scale * 0.75, scale * 0.12),
            scale * 0.06,
            0.35,
            water * 0.45,
        );
        let dim = Boat {
            paper: self.paper.mix(water, 0.55),
            candle: self.candle * 0.8,
            ..*self
        };
        dim.paint(canvas, camera, light, true);
        if self.candle > 0.02 {
            let (x, y) = self.flame(camera, true);
            let (near, reach) = (y - scale * 0.2, scale * 2.2);
            canvas.glow_oval(x, near + reach * 0.5, scale * 0.5, reach, EMBER, 0.75 * self.candle);
            canvas.glow_oval(x, near, scale * 0.22, reach * 0.8, AMBER, 0.55 * self.candle);
        }
    }
}

fn centroid(points: &[Point]) -> Point {
    let n = points.len() as f32;
    points.iter().fold((0.0, 0.0, 0.0), |s, p| {
        (s.0 + p.0 / n, s.1 + p.1 / n, s.2 + p.2 / n)
    })
}

fn sub(a: Point, b: Point) -> Point {
    (a.0 - b.0, a.1 - b.1, a.2 - b.2)
}

fn dot(a: Point, b: Point) -> f32 {
    a.0 * b.0 + a.1 * b.1 + a.2 * b.2
}

fn cross(a: Point, b: Point) -> Point {
    (
        a.1 * b.2 - a.2 * b.1,
        a.2 * b.0 - a.0 * b.2,
        a.0 * b.1 - a.1 * b.0,
    )
}

fn length(a: Point) -> f32 {
    dot(a, a).sqrt()
}

fn unit(a: Point) -> Point {
    let l = length(a).max(1e-6);
    (a.0 / l, a.1 / l, a.2 / l)
}

/// Shakes the picture of things on water sideways, more where it is near.
pub fn ripple(canvas: &mut Canvas, camera: &Camera, strength: f32, time: f32, seed: u32) {
    let camera = *camera;
    canvas.resample(camera.horizon, |before, x, y| {
        let (_, z) = camera.ground(x, y);
        let near = (y - camera.horizon) / (before.height() as f32 - camera.horizon);
        let (u, v) = ((x - camera.centre) / 150.0, z.ln() * 26.0);
        let wave = noise(u / (0.35 + near), v + time, seed)
            + 0.6 * noise(u * 2.3 / (0.35 + near) + 9.0, v * 2.2 - time * 1.3, seed + 1);
        let push = wave * strength * (0.12 + near);
        before.sample(x + push, (y + push * 0.25).max(camera.horizon + 0.5))
    });
}

/// A standing person, far enough away to be one dark shape.
pub fn person(canvas: &mut Canvas, x: f32, feet: f32, height: f32, rng: &mut Rng, paint: Color) {
    let h = height;
    let lean = rng.range(-0.03, 0.03) * h;
    let wide = rng.range(0.1, 0.13) * h;
    let coat = rng.range(0.3, 0.5) * h;
    canvas.fill(
        &Shape::ellipse(x + lean, feet - h * 0.92, h * 0.068, h * 0.08),
        paint,
    );
    let body = Shape::blob(&[
        (x + lean - wide, feet - h * 0.78),
        (x + lean, feet - h * 0.84),
        (x + lean + wide, feet - h * 0.78),
        (x + wide * 1.05, feet - coat),
        (x - wide * 1.05, feet - coat),
    ]);
    canvas.fill(&body, paint);
    let stride = rng.range(0.02, 0.1) * h;
    for side in [-1.0, 1.0] {
        let hip = (x + side * wide * 0.45, feet - coat - h * 0.03);
        let foot = (x + side * (wide * 0.3 + stride), feet);
        canvas.fill(&Shape::taper(&[hip, foot], h * 0.12, h * 0.06), paint);
    }
    if rng.unit() < 0.4 {
        let side = if rng.unit() < 0.5 { -1.0 } else { 1.0 };
        let arm = [
            (x + lean + side * wide * 0.8, feet - h * 0.76),
            (x + side * wide * 1.8, feet - h * rng.range(0.5, 0.7)),
        ];
        canvas.fill(&Shape::line(&arm, h * 0.055), paint);
    }
}

/// A round paper lantern with its light.
pub fn lantern(canvas: &mut Canvas, x: f32, y: f32, r: f32, paper: Color, strength: f32) {
    canvas.glow(x, y, r * 5.0, paper, 0.34 * strength);
    let bright = paper.mix(FLAME, 0.7).mix(hex(0xffffff), 0.15);
    let edge = paper * 0.82;
    canvas.fill(&Shape::ellipse(x, y, r, r * 1.12), move |px: f32, py: f32| {
        let d = (((px - x) / r).powi(2) + ((py - y - r * 0.2) / (r * 1.12)).powi(2)).min(1.0);
        let rib = 1.0 - 0.06 * (0.5 + 0.5 * ((py - y) / r * 14.0).cos());
        bright.mix(edge, d.powf(0.8)) * rib
    });
    for side in [-1.0, 1.0] {
        let cap = Shape::rect(x - r * 0.38, y + side * r * 1.08 - r * 0.1, r * 0.76, r * 0.2);
        canvas.fill(&cap, INK.mix(paper, 0.3));
    }
    canvas.glow(x, y + r * 0.2, r * 1.3, FLAME, 0.4 * strength);
}

/// A gull: two strokes.
pub fn bird(canvas: &mut Canvas, x: f32, y: f32, span: f32, tilt: f32, paint: Color) {
    for side in [-1.0f32, 1.0] {
        let wing = curve(10, |t| {
            let lift = (t * 2.6).sin() * 0.3 - t * 0.12;
            (
                x + side * t * span * 0.5,
                y - span * (lift * 0.5 + tilt * side * t),
            )
        });
        canvas.fill(&Shape::taper(&wing, span * 0.085, span * 0.012), paint);
    }
}
