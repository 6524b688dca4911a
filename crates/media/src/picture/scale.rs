//! Making pictures smaller, and turning them the right way up.
//!
//! Pixels are averaged as amounts of light, not as the numbers that stand for
//! them: a fine black and white pattern becomes the grey it looks like, and
//! lights at night keep their brightness. Opacity is multiplied in meanwhile, so
//! that the colour of what cannot be seen does not bleed.

use std::sync::OnceLock;

use fast_image_resize::images::Image;
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};

use super::decode::Pixels;
use super::probe::Orientation;

/// A picture as 16-bit amounts of light.
pub struct Light {
    image: Image<'static>,
    channels: usize,
}

impl Light {
    pub fn width(&self) -> u32 {
        self.image.width()
    }

    /// The picture at the given size, as shown. `None` where the library refuses,
    /// which it does for no size above zero.
    pub fn of(pixels: &Pixels, orientation: Orientation, width: u32, height: u32) -> Option<Self> {
        let (stored_width, stored_height) = if orientation.swaps_sides() {
            (height, width)
        } else {
            (width, height)
        };
        // Very large pictures are first averaged in whole blocks, row by row: it
        // is exact, quick, and spares a copy of six bytes a pixel. At least twice
        // the wanted size remains for the better filter.
        let block = (pixels.width / (2 * stored_width))
            .min(pixels.height / (2 * stored_height))
            .max(1);
        let light = if block == 1 {
            lit(pixels)
        } else {
            averaged(pixels, block as usize)
        };
        Some(
            light
                .resized(stored_width, stored_height)?
                .turned(orientation),
        )
    }

    /// Lanczos with three lobes.
    pub fn resized(&self, width: u32, height: u32) -> Option<Self> {
        let mut image = Image::new(width, height, kind(self.channels));
        let options = ResizeOptions::new()
            .resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3))
            // It is multiplied in already.
            .use_alpha(false);
        Resizer::new()
            .resize(&self.image, &mut image, &options)
            .ok()?;
        Some(Self {
            image,
            channels: self.channels,
        })
    }

    fn turned(self, orientation: Orientation) -> Self {
        if orientation == Orientation::Upright {
            return self;
        }
        let of_pixel = self.channels * 2;
        let (from_width, from_height) = (self.image.width() as usize, self.image.height() as usize);
        let (width, height) = if orientation.swaps_sides() {
            (from_height, from_width)
        } else {
            (from_width, from_height)
        };
        let mut image = Image::new(width as u32, height as u32, kind(self.channels));
        let from = self.image.buffer();
        let rows = image.buffer_mut().chunks_exact_mut(width * of_pixel);
        for (y, row) in rows.enumerate() {
            for (x, pixel) in row.chunks_exact_mut(of_pixel).enumerate() {
                let (right, below) = (width - 1 - x, height - 1 - y);
                let (from_x, from_y) = match orientation {
                    Orientation::Upright => (x, y),
                    Orientation::MirroredAcross => (right, y),
                    Orientation::UpsideDown => (right, below),
                    Orientation::MirroredDown => (x, below),
                    Orientation::Transposed => (y, x),
                    Orientation::QuarterClockwise => (y, right),
                    Orientation::Transversed => (below, right),
                    Orientation::QuarterCounterclockwise => (below, x),
                };
                let at = (from_y * from_width + from_x) * of_pixel;
                if let Some(source) = from.get(at..at + of_pixel) {
                    pixel.copy_from_slice(source);
                }
            }
        }
        Self {
            image,
            channels: self.channels,
        }
    }

    /// Back to the numbers that stand for light.
    pub fn pixels(&self) -> Pixels {
        let to_srgb = &tables().to_srgb;
        let number = |light: u16| to_srgb.get(usize::from(light)).copied().unwrap_or(0);
        let mut bytes = Vec::with_capacity(self.image.buffer().len() / 2);
        for pixel in self.image.buffer().chunks_exact(self.channels * 2) {
            match pixel {
                [r1, r2, g1, g2, b1, b2] => {
                    bytes.extend(
                        [[*r1, *r2], [*g1, *g2], [*b1, *b2]].map(|c| number(u16::from_ne_bytes(c))),
                    );
                }
                [r1, r2, g1, g2, b1, b2, a1, a2] => {
                    let alpha = u32::from(u16::from_ne_bytes([*a1, *a2]));
                    bytes.extend([[*r1, *r2], [*g1, *g2], [*b1, *b2]].map(|c| {
                        let light = u32::from(u16::from_ne_bytes(c));
                        let light = (light * 65_535 + alpha / 2).checked_div(alpha).unwrap_or(0);
                        number(u16::try_from(light).unwrap_or(u16::MAX))
                    }));
                    bytes.push(u8::try_from((alpha + 128) / 257).unwrap_or(u8::MAX));
                }
                _ => {}
            }
        }
        Pixels {
            width: self.image.width(),
            height: self.image.height(),
            channels: self.channels,
            bytes,
        }
    }
}

fn kind(channels: usize) -> PixelType {
    if channels == 4 {
        PixelType::U16x4
    } else {
        PixelType::U16x3
    }
}

/// The same picture, as light.
fn lit(pixels: &Pixels) -> Light {
    let mut image = Image::new(pixels.width, pixels.height, kind(pixels.channels));
    let from = pixels.bytes.chunks_exact(pixels.channels);
    let to = image.buffer_mut().chunks_exact_mut(pixels.channels * 2);
    for (pixel, out) in from.zip(to) {
        let light = light(pixel);
        for (light, out) in light.iter().zip(out.chunks_exact_mut(2)) {
            out.copy_from_slice(&light.to_ne_bytes());
        }
    }
    Light {
        image,
        channels: pixels.channels,
    }
}

/// Each square of `block` pixels a side becomes one; what is left over at the
/// right and the lower edge, less than one in four thousand, is cut off.
fn averaged(pixels: &Pixels, block: usize) -> Light {
    let channels = pixels.channels;
    let width = pixels.width as usize / block;
    let height = pixels.height as usize / block;
    let mut image = Image::new(width as u32, height as u32, kind(channels));
    let row = pixels.width as usize * channels;
    let bands = pixels.bytes.chunks_exact(row * block);
    let out_rows = image.buffer_mut().chunks_exact_mut(width * channels * 2);
    let count = u32::try_from(block * block).unwrap_or(u32::MAX);
    let mut sums = vec![0_u32; width * channels];
    for (band, out) in bands.zip(out_rows) {
        sums.fill(0);
        for row in band.chunks_exact(row) {
            let squares = row.chunks_exact(block * channels);
            for (square, sums) in squares.zip(sums.chunks_exact_mut(channels)) {
                for pixel in square.chunks_exact(channels) {
                    for (sum, light) in sums.iter_mut().zip(light(pixel)) {
                        *sum += u32::from(light);
                    }
                }
            }
        }
        for (sum, out) in sums.iter().zip(out.chunks_exact_mut(2)) {
            let mean = u16::try_from((sum + count / 2) / count).unwrap_or(u16::MAX);
            out.copy_from_slice(&mean.to_ne_bytes());
        }
    }
    Light { image, channels }
}

/// Of one pixel, with opacity multiplied in; the fourth is opacity itself.
fn light(pixel: &[u8]) -> [u16; 4] {
    let to_light = &tables().to_light;
    let of = |byte: u8| to_light.get(usize::from(byte)).copied().unwrap_or(0);
    match pixel {
        [r, g, b] => [of(*r), of(*g), of(*b), u16::MAX],
        [r, g, b, 255] => [of(*r), of(*g), of(*b), u16::MAX],
        [r, g, b, a] => {
            let seen = |byte: u8| {
                let light = u32::from(of(byte)) * u32::from(*a) + 127;
                u16::try_from(light / 255).unwrap_or(u16::MAX)
            };
            [seen(*r), seen(*g), seen(*b), u16::from(*a) * 257]
        }
        _ => [0; 4],
    }
}

/// The curve of sRGB (IEC 61966-2-1), both ways.
struct Tables {
    to_light: Vec<u16>,
    to_srgb: Vec<u8>,
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let to_light = |number: u32| {
            let value = f64::from(number) / 255.0;
            let light = if value <= 0.040_45 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            };
            (light * 65_535.0).round() as u16
        };
        let to_srgb = |light: u32| {
            let light = f64::from(light) / 65_535.0;
            let value = if light <= 0.003_130_8 {
                light * 12.92
            } else {
                1.055 * light.powf(1.0 / 2.4) - 0.055
            };
            (value * 255.0).round() as u8
        };
        Tables {
            to_light: (0..=255).map(to_light).collect(),
            to_srgb: (0..=65_535).map(to_srgb).collect(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: u32, height: u32, pixel: impl Fn(u32, u32) -> [u8; 3]) -> Pixels {
        let bytes = (0..height)
            .flat_map(|y| (0..width).map(move |x| (x, y)))
            .flat_map(|(x, y)| pixel(x, y))
            .collect();
        Pixels {
            width,
            height,
            channels: 3,
            bytes,
        }
    }

    #[test]
    fn every_number_survives_the_way_to_light_and_back() {
        let grey = picture(256, 1, |x, _| [x as u8; 3]);
        assert_eq!(lit(&grey).pixels().bytes, grey.bytes);
    }

    #[test]
    fn a_chequered_picture_becomes_the_grey_it_looks_like() {
        let chequered = picture(64, 64, |x, y| [if (x + y) % 2 == 0 { 255 } else { 0 }; 3]);
        for size in [32, 8, 2] {
            let small = Light::of(&chequered, Orientation::Upright, size, size)
                .unwrap()
                .pixels();
            // Half of the light is 188, a little more or less at the edges; half of
            // the number would be a much darker 128.
            assert!(
                small.bytes.iter().all(|byte| (180..=196).contains(byte)),
                "{size}: {:?}",
                &small.bytes[..6]
            );
        }
    }

    #[test]
    fn what_cannot_be_seen_does_not_bleed() {
        let pixels = Pixels {
            width: 4,
            height: 4,
            channels: 4,
            bytes: (0..16)
                .flat_map(|n| {
                    if n % 4 < 2 {
                        [255, 0, 0, 255]
                    } else {
                        [0, 255, 0, 0]
                    }
                })
                .collect(),
        };
        let small = Light::of(&pixels, Orientation::Upright, 2, 2)
            .unwrap()
            .pixels();
        for pixel in small.bytes.chunks_exact(4).filter(|pixel| pixel[3] > 0) {
            assert_eq!(&pixel[..3], [255, 0, 0]);
        }
    }

    #[test]
    fn each_orientation_turns_the_picture_as_the_standard_draws_it() {
        // Red at the upper left, green at the upper right.
        let stored = picture(4, 2, |x, y| match (x, y) {
            (0, 0) => [255, 0, 0],
            (3, 0) => [0, 255, 0],
            _ => [0, 0, 0],
        });
        // Where red and green must be seen: x, y.
        let cases = [
            (Orientation::Upright, (0, 0), (3, 0)),
            (Orientation::MirroredAcross, (3, 0), (0, 0)),
            (Orientation::UpsideDown, (3, 1), (0, 1)),
            (Orientation::MirroredDown, (0, 1), (3, 1)),
            (Orientation::Transposed, (0, 0), (0, 3)),
            (Orientation::QuarterClockwise, (1, 0), (1, 3)),
            (Orientation::Transversed, (1, 3), (1, 0)),
            (Orientation::QuarterCounterclockwise, (0, 3), (0, 0)),
        ];
        for (orientation, red, green) in cases {
            let (width, height) = if orientation.swaps_sides() {
                (2, 4)
            } else {
                (4, 2)
            };
            let seen = Light::of(&stored, orientation, width, height)
                .unwrap()
                .pixels();
            assert_eq!((seen.width, seen.height), (width, height));
            let at = |(x, y): (u32, u32)| {
                let at = ((y * width + x) * 3) as usize;
                seen.bytes[at..at + 3].to_vec()
            };
            assert_eq!(at(red), [255, 0, 0], "{orientation:?}");
            assert_eq!(at(green), [0, 255, 0], "{orientation:?}");
        }
    }
}
