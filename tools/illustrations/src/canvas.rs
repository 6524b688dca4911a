//! The sheet the scenes paint on: floating-point pixels, antialiased shapes
//! from tiny-skia, and the per-pixel work that makes flat shapes look painted.

use crate::noise::{fbm, speck};
use crate::palette::Color;
use tiny_skia::{FillRule, LineCap, LineJoin, Mask, Path, PathBuilder, Stroke, Transform};

/// The size of every still picture's master.
pub const WIDTH: f32 = 1920.0;
pub const HEIGHT: f32 = 1280.0;

/// An outline to fill. One with no area paints nothing.
pub struct Shape(Option<Path>);

impl Shape {
    /// Straight edges through the points.
    pub fn polygon(points: &[(f32, f32)]) -> Shape {
        let mut path = PathBuilder::new();
        for (at, &(x, y)) in points.iter().enumerate() {
            if at == 0 {
                path.move_to(x, y);
            } else {
                path.line_to(x, y);
            }
        }
        path.close();
        Shape(path.finish())
    }

    /// A closed, rounded outline through the points.
    pub fn blob(points: &[(f32, f32)]) -> Shape {
        let count = points.len();
        if count < 3 {
            return Shape(None);
        }
        let at = |i: usize| points[i % count];
        let mut path = PathBuilder::new();
        path.move_to(points[0].0, points[0].1);
        for i in 0..count {
            let (before, from, to, after) = (at(i + count - 1), at(i), at(i + 1), at(i + 2));
            path.cubic_to(
                from.0 + (to.0 - before.0) / 6.0,
                from.1 + (to.1 - before.1) / 6.0,
                to.0 - (after.0 - from.0) / 6.0,
                to.1 - (after.1 - from.1) / 6.0,
                to.0,
                to.1,
            );
        }
        path.close();
        Shape(path.finish())
    }

    pub fn ellipse(cx: f32, cy: f32, rx: f32, ry: f32) -> Shape {
        Shape::turned_ellipse(cx, cy, rx, ry, 0.0)
    }

    /// An ellipse turned by `angle` radians.
    pub fn turned_ellipse(cx: f32, cy: f32, rx: f32, ry: f32, angle: f32) -> Shape {
        let rect = tiny_skia::Rect::from_ltrb(-rx, -ry, rx, ry);
        let turn = Transform::from_rotate(angle.to_degrees()).post_translate(cx, cy);
        Shape(
            rect.and_then(PathBuilder::from_oval)
                .and_then(|path| path.transform(turn)),
        )
    }

    pub fn rect(x: f32, y: f32, w: f32, h: f32) -> Shape {
        Shape::polygon(&[(x, y), (x + w, y), (x + w, y + h), (x, y + h)])
    }

    /// Everything below the line `y = height(x)`, down to `bottom`.
    pub fn below(x0: f32, x1: f32, bottom: f32, height: impl Fn(f32) -> f32) -> Shape {
        let steps = ((x1 - x0) / 3.0).ceil().max(2.0) as usize;
        let mut points = vec![(x1, bottom), (x0, bottom)];
        points.extend((0..=steps).map(|i| {
            let x = x0 + (x1 - x0) * i as f32 / steps as f32;
            (x, height(x))
        }));
        Shape::polygon(&points)
    }

    /// A line of even width through the points.
    pub fn line(points: &[(f32, f32)], width: f32) -> Shape {
        let mut path = PathBuilder::new();
        for (at, &(x, y)) in points.iter().enumerate() {
            if at == 0 {
                path.move_to(x, y);
            } else {
                path.line_to(x, y);
            }
        }
        let stroke = Stroke {
            width,
            line_cap: LineCap::Round,
            line_join: LineJoin::Round,
            ..Stroke::default()
        };
        Shape(path.finish().and_then(|path| path.stroke(&stroke, 1.0)))
    }

    /// A line that starts `from` wide and ends `to` wide.
    pub fn taper(points: &[(f32, f32)], from: f32, to: f32) -> Shape {
        let last = points.len().saturating_sub(1);
        if last == 0 {
            return Shape(None);
        }
        let side = |i: usize, sign: f32| {
            let (a, b) = (points[i.saturating_sub(1)], points[(i + 1).min(last)]);
            let (dx, dy) = (b.0 - a.0, b.1 - a.1);
            let length = dx.hypot(dy).max(1e-3);
            let half = (from + (to - from) * i as f32 / last as f32) / 2.0 * sign;
            (
                points[i].0 - dy / length * half,
                points[i].1 + dx / length * half,
            )
        };
        let mut outline: Vec<_> = (0..=last).map(|i| side(i, 1.0)).collect();
        outline.extend((0..=last).rev().map(|i| side(i, -1.0)));
        Shape::polygon(&outline)
    }
}

/// Points on an arc or any other curve: `count` + 1 samples of `at` over 0..1.
pub fn curve(count: usize, at: impl Fn(f32) -> (f32, f32)) -> Vec<(f32, f32)> {
    (0..=count).map(|i| at(i as f32 / count as f32)).collect()
}

/// What a shape is filled with: one colour, or a colour for each place.
pub trait Paint {
    fn at(&self, x: f32, y: f32) -> Color;
}

impl Paint for Color {
    fn at(&self, _: f32, _: f32) -> Color {
        *self
    }
}

impl<F: Fn(f32, f32) -> Color> Paint for F {
    fn at(&self, x: f32, y: f32) -> Color {
        self(x, y)
    }
}

/// Coverage of a shape over the part of the canvas it touches.
struct Coverage {
    left: usize,
    top: usize,
    width: usize,
    height: usize,
    values: Vec<u8>,
}

pub struct Canvas {
    width: usize,
    height: usize,
    pixels: Vec<Color>,
}

impl Canvas {
    pub fn new(width: usize, height: usize) -> Canvas {
        Canvas {
            width,
            height,
            pixels: vec![Color::default(); width * height],
        }
    }

    /// A canvas of the stills' size.
    pub fn still() -> Canvas {
        Canvas::new(WIDTH as usize, HEIGHT as usize)
    }

    pub fn width(&self) -> usize {
        self.width
    }

    pub fn height(&self) -> usize {
        self.height
    }

    fn coverage(&self, shape: &Shape, margin: f32) -> Option<Coverage> {
        let path = shape.0.as_ref()?;
        let bounds = path.bounds();
        let left = (bounds.left() - margin).floor().max(0.0);
        let top = (bounds.top() - margin).floor().max(0.0);
        let right = (bounds.right() + margin).ceil().min(self.width as f32);
        let bottom = (bounds.bottom() + margin).ceil().min(self.height as f32);
        if right <= left || bottom <= top {
            return None;
        }
        let mut mask = Mask::new((right - left) as u32, (bottom - top) as u32)?;
        let shift = Transform::from_translate(-left, -top);
        mask.fill_path(path, FillRule::Winding, true, shift);
        Some(Coverage {
            left: left as usize,
            top: top as usize,
            width: mask.width() as usize,
            height: mask.height() as usize,
            values: mask.data().to_vec(),
        })
    }

    fn apply(&mut self, cover: &Coverage, blend: impl Fn(f32, f32, f32, Color) -> Color) {
        for row in 0..cover.height {
            let line = &cover.values[row * cover.width..(row + 1) * cover.width];
            let start = (cover.top + row) * self.width + cover.left;
            let pixels = &mut self.pixels[start..start + cover.width];
            for (column, (&value, pixel)) in line.iter().zip(pixels).enumerate() {
                if value > 0 {
                    let x = (cover.left + column) as f32 + 0.5;
                    let y = (cover.top + row) as f32 + 0.5;
                    *pixel = blend(x, y, value as f32 / 255.0, *pixel);
                }
            }
        }
    }

    /// Fills a shape.
    pub fn fill(&mut self, shape: &Shape, paint: impl Paint) {
        self.glaze(shape, 1.0, paint);
    }

    /// Fills a shape with a transparent coat.
    pub fn glaze(&mut self, shape: &Shape, alpha: f32, paint: impl Paint) {
        if let Some(cover) = self.coverage(shape, 0.0) {
            self.apply(&cover, |x, y, a, under| {
                under.mix(paint.at(x, y), a * alpha)
            });
        }
    }

    /// Repaints what is under a shape: `blend` gets the place and the colour there.
    pub fn within(&mut self, shape: &Shape, blend: impl Fn(f32, f32, Color) -> Color) {
        if let Some(cover) = self.coverage(shape, 0.0) {
            self.apply(&cover, |x, y, a, under| under.mix(blend(x, y, under), a));
        }
    }

    /// Fills a shape whose edge is blurred over about `blur` pixels.
    pub fn soft(&mut self, shape: &Shape, blur: f32, alpha: f32, paint: impl Paint) {
        if let Some(mut cover) = self.coverage(shape, blur * 2.0) {
            let radius = (blur / 1.7).round().max(1.0) as usize;
            for _ in 0..3 {
                box_blur(&mut cover.values, cover.width, cover.height, radius);
                transpose_blur(&mut cover, radius);
            }
            self.apply(&cover, |x, y, a, under| {
                under.mix(paint.at(x, y), a * alpha)
            });
        }
    }

    /// Repaints every pixel from its place and its present colour.
    pub fn shade(&mut self, paint: impl Fn(f32, f32, Color) -> Color) {
        for (row, line) in self.pixels.chunks_exact_mut(self.width).enumerate() {
            for (column, pixel) in line.iter_mut().enumerate() {
                *pixel = paint(column as f32 + 0.5, row as f32 + 0.5, *pixel);
            }
        }
    }

    /// Adds the light of a lamp that fades to nothing at `radius`.
    pub fn glow(&mut self, cx: f32, cy: f32, radius: f32, light: Color, strength: f32) {
        self.glow_oval(cx, cy, radius, radius, light, strength);
    }

    /// A glow that is wider than it is high, or the reverse.
    pub fn glow_oval(&mut self, cx: f32, cy: f32, rx: f32, ry: f32, light: Color, strength: f32) {
        let clip = |v: f32, max: usize| v.clamp(0.0, max as f32) as usize;
        let (left, right) = (clip(cx - rx, self.width), clip(cx + rx + 1.0, self.width));
        let (top, bottom) = (clip(cy - ry, self.height), clip(cy + ry + 1.0, self.height));
        for row in top..bottom {
            let dy = (row as f32 + 0.5 - cy) / ry;
            for column in left..right {
                let dx = (column as f32 + 0.5 - cx) / rx;
                let distance = dx * dx + dy * dy;
                if distance < 1.0 {
                    let fade = (1.0 - distance) * (1.0 - distance) / (1.0 + 6.0 * distance);
                    let pixel = &mut self.pixels[row * self.width + column];
                    *pixel = pixel.screen(light, strength * fade);
                }
            }
        }
    }

    /// The colour between pixels; outside the canvas, that of its edge.
    pub fn sample(&self, x: f32, y: f32) -> Color {
        let (x, y) = (x - 0.5, y - 0.5);
        let (fx, fy) = (x.floor(), y.floor());
        let (u, v) = (x - fx, y - fy);
        let get = |dx: f32, dy: f32| {
            let column = (fx + dx).clamp(0.0, self.width as f32 - 1.0) as usize;
            let row = (fy + dy).clamp(0.0, self.height as f32 - 1.0) as usize;
            self.pixels[row * self.width + column]
        };
        let top = get(0.0, 0.0).mix(get(1.0, 0.0), u);
        top.mix(get(0.0, 1.0).mix(get(1.0, 1.0), u), v)
    }

    /// Repaints rows from `top` down, reading an unchanged copy of the canvas.
    pub fn resample(&mut self, top: f32, paint: impl Fn(&Canvas, f32, f32) -> Color) {
        let before = Canvas {
            width: self.width,
            height: self.height,
            pixels: self.pixels.clone(),
        };
        let first = top.clamp(0.0, self.height as f32) as usize;
        for row in first..self.height {
            for column in 0..self.width {
                let (x, y) = (column as f32 + 0.5, row as f32 + 0.5);
                self.pixels[row * self.width + column] = paint(&before, x, y);
            }
        }
    }

    /// Turns smooth shading into daubs of paint.
    ///
    /// A Kuwahara filter with eight soft sectors: every pixel takes the colour
    /// of the calmest of the wedges around it, so edges stay and texture
    /// gathers into strokes about `radius` pixels long.
    pub fn daub(&mut self, radius: i32) {
        const SECTORS: usize = 8;
        let mut taps = Vec::new();
        for dy in -radius..=radius {
            for dx in -radius..=radius {
                let distance = ((dx * dx + dy * dy) as f32).sqrt() / (radius as f32 + 0.3);
                if distance > 1.0 {
                    continue;
                }
                let fall = (-2.0 * distance * distance).exp();
                let angle = (dy as f32).atan2(dx as f32);
                for sector in 0..SECTORS {
                    let centre = sector as f32 * std::f32::consts::TAU / SECTORS as f32;
                    let facing = if dx == 0 && dy == 0 {
                        1.0 / SECTORS as f32
                    } else {
                        ((angle - centre).cos() - 0.6).max(0.0) * 2.5
                    };
                    if facing > 0.02 {
                        taps.push((dx, dy, sector, fall * facing));
                    }
                }
            }
        }
        let before = self.pixels.clone();
        let (w, h) = (self.width as i32, self.height as i32);
        for y in 0..h {
            for x in 0..w {
                let mut sums = [(Color::default(), 0.0f32, 0.0f32, 0.0f32); SECTORS];
                for &(dx, dy, sector, weight) in &taps {
                    let column = (x + dx).clamp(0, w - 1);
                    let row = (y + dy).clamp(0, h - 1);
                    let colour = before[(row * w + column) as usize];
                    let light = colour.luma();
                    let sum = &mut sums[sector];
                    sum.0 = sum.0 + colour * weight;
                    sum.1 += light * weight;
                    sum.2 += light * light * weight;
                    sum.3 += weight;
                }
                let (mut colour, mut total) = (Color::default(), 0.0);
                for (sum, light, square, weight) in sums {
                    let mean = light / weight;
                    let spread = (square / weight - mean * mean).max(0.0).sqrt() * 255.0;
                    let calm = 1.0 / (1.0 + spread.powi(4));
                    colour = colour + sum * (calm / weight);
                    total += calm;
                }
                self.pixels[(y * w + x) as usize] = colour * (1.0 / total.max(1e-20));
            }
        }
    }

    /// Lays a wash of uneven pigment over everything, ready for [`Canvas::daub`].
    pub fn mottle(&mut self, strength: f32, stretch: f32, seed: u32) {
        self.shade(|x, y, c| {
            let wash = fbm(x / 190.0 / stretch, y / 190.0, 3, seed);
            let brush = fbm(x / 26.0 / stretch, y / 13.0, 2, seed + 40);
            let lift = (wash * 0.6 + brush * 0.55) * strength;
            Color {
                r: c.r + lift * 1.05,
                g: c.g + lift,
                b: c.b + lift * 0.85,
            }
            .clamped()
        });
    }

    /// Darkens the corners, a little.
    pub fn vignette(&mut self, strength: f32) {
        let (w, h) = (self.width as f32, self.height as f32);
        self.shade(|x, y, c| {
            let (dx, dy) = (x / w - 0.5, y / h - 0.5);
            let edge = (dx * dx + dy * dy) * 2.0;
            c * (1.0 - strength * edge * edge)
        });
    }

    /// The finished picture as 8-bit RGB, dithered so that skies do not band.
    pub fn to_rgb8(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.pixels.len() * 3);
        for (at, pixel) in self.pixels.iter().enumerate() {
            let (x, y) = ((at % self.width) as i32, (at / self.width) as i32);
            let dither = speck(x, y, 9) - 0.5;
            for channel in [pixel.r, pixel.g, pixel.b] {
                bytes.push((channel * 255.0 + 0.5 + dither).clamp(0.0, 255.0) as u8);
            }
        }
        bytes
    }
}

fn box_blur(values: &mut [u8], width: usize, height: usize, radius: usize) {
    let mut line = vec![0u8; width];
    let span = (2 * radius + 1) as u32;
    for row in 0..height {
        let pixels = &mut values[row * width..(row + 1) * width];
        line.copy_from_slice(pixels);
        let mut sum: u32 = line.iter().take(radius).map(|&v| u32::from(v)).sum();
        for x in 0..width {
            sum += line.get(x + radius).map_or(0, |&v| u32::from(v));
            pixels[x] = ((sum + span / 2) / span) as u8;
            sum -= if x >= radius {
                u32::from(line[x - radius])
            } else {
                0
            };
        }
    }
}

fn transpose_blur(cover: &mut Coverage, radius: usize) {
    let (w, h) = (cover.width, cover.height);
    let mut turned = vec![0u8; w * h];
    for y in 0..h {
        for x in 0..w {
            turned[x * h + y] = cover.values[y * w + x];
        }
    }
    box_blur(&mut turned, h, w, radius);
    for y in 0..h {
        for x in 0..w {
            cover.values[y * w + x] = turned[x * h + y];
        }
    }
}
