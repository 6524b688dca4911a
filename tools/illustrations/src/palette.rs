//! Colours: a small set of named paints, and the arithmetic to mix them.

use std::ops::{Add, Mul};

/// A colour as three display-referred (sRGB) channels, 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Color {
    pub r: f32,
    pub g: f32,
    pub b: f32,
}

/// A colour from its web notation: `hex(0xff8800)`.
pub const fn hex(rgb: u32) -> Color {
    Color {
        r: ((rgb >> 16) & 255) as f32 / 255.0,
        g: ((rgb >> 8) & 255) as f32 / 255.0,
        b: (rgb & 255) as f32 / 255.0,
    }
}

pub const INK: Color = hex(0x0f1f33);
pub const FOAM: Color = hex(0xe9f4ee);
pub const CREAM: Color = hex(0xfbeed6);
pub const MARIGOLD: Color = hex(0xf5a932);
pub const EMBER: Color = hex(0xff7a22);
pub const AMBER: Color = hex(0xffc66b);
pub const FLAME: Color = hex(0xffe3a3);
pub const CORAL: Color = hex(0xe8705a);
pub const LEAF: Color = hex(0x5f9a4d);

/// The colours of folded paper, in the order a packet of it is sold.
pub const PAPERS: [Color; 10] = [
    hex(0xd9442f),
    hex(0xf2a83a),
    hex(0xf7d774),
    hex(0x2f8f8d),
    hex(0x7cc4b8),
    hex(0x2d5c94),
    hex(0xe58a93),
    hex(0xf8efe0),
    hex(0x8a5a94),
    hex(0xee7a4a),
];

impl Color {
    /// This colour moved towards `to`: 0 is this one, 1 is the other.
    pub fn mix(self, to: Color, t: f32) -> Color {
        let t = t.clamp(0.0, 1.0);
        Color {
            r: self.r + (to.r - self.r) * t,
            g: self.g + (to.g - self.g) * t,
            b: self.b + (to.b - self.b) * t,
        }
    }

    /// Light added as a lamp adds it: bright parts saturate gently.
    pub fn screen(self, light: Color, strength: f32) -> Color {
        let one = |base: f32, add: f32| 1.0 - (1.0 - base) * (1.0 - (add * strength).min(1.0));
        Color {
            r: one(self.r, light.r),
            g: one(self.g, light.g),
            b: one(self.b, light.b),
        }
    }

    /// This colour seen through a transparent ink.
    pub fn multiply(self, ink: Color, strength: f32) -> Color {
        self.mix(
            Color {
                r: self.r * ink.r,
                g: self.g * ink.g,
                b: self.b * ink.b,
            },
            strength,
        )
    }

    /// How light the colour looks, 0 to 1.
    pub fn luma(self) -> f32 {
        0.299 * self.r + 0.587 * self.g + 0.114 * self.b
    }

    /// The colour with every channel inside 0 to 1.
    pub fn clamped(self) -> Color {
        Color {
            r: self.r.clamp(0.0, 1.0),
            g: self.g.clamp(0.0, 1.0),
            b: self.b.clamp(0.0, 1.0),
        }
    }
}

impl Mul<f32> for Color {
    type Output = Color;
    fn mul(self, k: f32) -> Color {
        Color {
            r: self.r * k,
            g: self.g * k,
            b: self.b * k,
        }
    }
}

impl Add for Color {
    type Output = Color;
    fn add(self, other: Color) -> Color {
        Color {
            r: self.r + other.r,
            g: self.g + other.g,
            b: self.b + other.b,
        }
    }
}

/// The colour at `t` along stops in rising order, eased between neighbours.
pub fn ramp(stops: &[(f32, Color)], t: f32) -> Color {
    let mut before = match stops.first() {
        Some(first) => *first,
        None => return Color::default(),
    };
    for &stop in stops {
        if t <= stop.0 {
            let span = stop.0 - before.0;
            let u = if span > 0.0 {
                (t - before.0) / span
            } else {
                1.0
            };
            return before.1.mix(stop.1, u);
        }
        before = stop;
    }
    before.1
}
