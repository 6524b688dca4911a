//! Icons in pixels, from the site's drawing: for home screens, and for browsers that
//! draw no SVG in their tabs.
//!
//! The same drawing gives the same bytes on every machine: nothing is taken from the
//! system, so text, which would need its fonts, is refused and not left out in silence.

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder as _};
use resvg::tiny_skia::{Pixmap, PremultipliedColorU8, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree};

use super::svg;
use crate::Problem;

/// Whatever matters in a maskable icon lies within this share of its side from its
/// middle (Web Application Manifest, "Icon masks and safe zone").
pub const SAFE: f32 = 0.4;

/// How large a drawing without a ground of its own stands on paper.
const ON_PAPER: f32 = 0.8;

/// The sides in which a drawing is looked at, before it is drawn.
const LOOK: u32 = 256;

/// A difference between two colours that nobody sees, of 255.
const UNSEEN: u8 = 8;

/// What stands out on white is darker than this, of 255.
const LIGHT: f32 = 190.0;

type Colour = [u8; 3];
const WHITE: Colour = [0xff; 3];
const BLACK: Colour = [0x11; 3];

/// What is behind the drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// Nothing: it keeps its own outline.
    Clear,
    /// The drawing's own ground to the very corners, else paper: what shows through is
    /// black on some screens.
    Filled,
    /// The same, and drawn so small that a circle can be cut out of it.
    Masked,
}

/// A drawing that can be drawn.
pub struct Drawing {
    tree: Tree,
    ground: Colour,
    has_own_ground: bool,
    /// How far from the middle something stands out from the ground, as a share of the side.
    reach: f32,
}

impl Drawing {
    /// Reads the text of an SVG file.
    ///
    /// # Errors
    /// When it could do more than be seen, holds what cannot be drawn here, or shows
    /// nothing.
    pub fn read(text: &str) -> Result<Self, Problem> {
        svg::is_inert(text).map_err(|reason| {
            Problem::new(
                "drawing-not-inert",
                format!("the drawing could do more than be seen: {reason}"),
                "Take that out.",
            )
        })?;
        let document = roxmltree::Document::parse(text.trim_start_matches('\u{FEFF}'))
            .map_err(|error| undrawable(&error.to_string()))?;
        for (name, mend) in [
            (
                "text",
                "Turn the letters into paths in the drawing program, so that they look the same everywhere.",
            ),
            ("image", "Draw it with shapes: an icon has many sizes."),
        ] {
            let found = document
                .descendants()
                .find(|node| node.is_element() && node.tag_name().name() == name);
            if let Some(node) = found {
                let line = document.text_pos_at(node.range().start).row;
                return Err(Problem::new(
                    "icon-not-drawn",
                    format!("no icons can be made of a drawing with <{name}> in it"),
                    mend,
                )
                .at(line as usize));
            }
        }
        let options = Options {
            image_href_resolver: ImageHrefResolver {
                resolve_data: Box::new(|_, _, _| None),
                resolve_string: Box::new(|_, _| None),
            },
            ..Options::default()
        };
        let tree = Tree::from_xmltree(&document, &options)
            .map_err(|error| undrawable(&error.to_string()))?;
        Self::of(tree)
    }

    fn of(tree: Tree) -> Result<Self, Problem> {
        let plain = drawn(&tree, LOOK, 1.0)?;
        let light = lightness(&plain).ok_or_else(|| {
            Problem::new(
                "icon-not-drawn",
                "the drawing shows nothing",
                "See that its shapes lie within its viewBox and have a colour.",
            )
        })?;
        let own = own_ground(&tree, &plain);
        let paper = if light > LIGHT { BLACK } else { WHITE };
        let ground = own.unwrap_or(paper);
        Ok(Self {
            reach: reach(&plain, ground),
            tree,
            ground,
            has_own_ground: own.is_some(),
        })
    }

    /// The drawing as PNG, `side` pixels wide and high.
    ///
    /// # Errors
    /// When there is not enough memory for it.
    pub fn png(&self, side: u32, ground: Ground) -> Result<Vec<u8>, Problem> {
        let scale = match ground {
            Ground::Clear => 1.0,
            Ground::Filled if self.has_own_ground => 1.0,
            Ground::Filled => ON_PAPER,
            // A pixel of the look is a little more than one here.
            Ground::Masked => (SAFE / (self.reach + 1.0 / LOOK as f32)).min(1.0),
        };
        let pixmap = drawn(&self.tree, side, scale)?;
        let (bytes, colour) = match ground {
            Ground::Clear => (
                pixmap
                    .pixels()
                    .iter()
                    .map(|pixel| pixel.demultiply())
                    .flat_map(|c| [c.red(), c.green(), c.blue(), c.alpha()])
                    .collect::<Vec<u8>>(),
                ExtendedColorType::Rgba8,
            ),
            Ground::Filled | Ground::Masked => (
                pixmap
                    .pixels()
                    .iter()
                    .flat_map(|pixel| over(*pixel, self.ground))
                    .collect(),
                ExtendedColorType::Rgb8,
            ),
        };
        let mut png = Vec::new();
        PngEncoder::new_with_quality(&mut png, CompressionType::Best, FilterType::Adaptive)
            .write_image(&bytes, side, side, colour)
            .map_err(|error| undrawable(&error.to_string()))?;
        Ok(png)
    }
}

/// A PNG of less than 256 pixels as an icon file (ICO), which browsers ask for where
/// no page has told them of another.
#[must_use]
pub fn ico(png: &[u8], side: u8) -> Vec<u8> {
    const HEADER: u32 = 6 + 16;
    let mut bytes = vec![0, 0, 1, 0, 1, 0];
    // Width, height, no palette, one plane, 32 bits a pixel.
    bytes.extend([side, side, 0, 0, 1, 0, 32, 0]);
    bytes.extend(u32::try_from(png.len()).unwrap_or(u32::MAX).to_le_bytes());
    bytes.extend(HEADER.to_le_bytes());
    bytes.extend(png);
    bytes
}

fn undrawable(why: &str) -> Problem {
    Problem::new(
        "icon-not-drawn",
        format!("the drawing cannot be drawn: {why}"),
        "Save it again as plain SVG, with a viewBox.",
    )
}

/// The drawing in the middle of a square, as large as `scale` says.
fn drawn(tree: &Tree, side: u32, scale: f32) -> Result<Pixmap, Problem> {
    let mut pixmap =
        Pixmap::new(side, side).ok_or_else(|| undrawable("there is not enough memory"))?;
    let size = tree.size();
    let share = side as f32 / size.width().max(size.height()) * scale;
    let start = |length: f32| (side as f32 - length * share) / 2.0;
    let transform = Transform::from_row(
        share,
        0.0,
        0.0,
        share,
        start(size.width()),
        start(size.height()),
    );
    resvg::render(tree, transform, &mut pixmap.as_mut());
    Ok(pixmap)
}

/// The mean lightness of what is drawn, to 255; `None` if nothing is.
fn lightness(pixmap: &Pixmap) -> Option<f32> {
    let (mut sum, mut weight) = (0.0, 0.0);
    for pixel in pixmap.pixels() {
        // Premultiplied, so it is weighted already.
        let [red, green, blue] = [pixel.red(), pixel.green(), pixel.blue()].map(f32::from);
        sum += 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        weight += f32::from(pixel.alpha()) / 255.0;
    }
    (weight > 0.0).then(|| sum / weight)
}

/// The colour of the drawing's four edges, if they are of one and nothing shows through.
fn own_ground(tree: &Tree, plain: &Pixmap) -> Option<Colour> {
    let size = tree.size();
    let longer = size.width().max(size.height());
    let middle = LOOK / 2;
    let reach = |length: f32| (length / longer * LOOK as f32 / 2.0) as u32;
    // Just within, where an edge is not mixed with what is outside.
    let across = reach(size.width()).saturating_sub(3);
    let down = reach(size.height()).saturating_sub(3);
    let edges = [
        (middle - across, middle),
        (middle + across, middle),
        (middle, middle - down),
        (middle, middle + down),
    ]
    .map(|(x, y)| plain.pixel(x, y).filter(|pixel| pixel.alpha() == u8::MAX));
    let first = over(edges[0]?, WHITE);
    edges
        .into_iter()
        .all(|pixel| pixel.is_some_and(|pixel| is_alike(over(pixel, WHITE), first)))
        .then_some(first)
}

/// How far from the middle something differs from the ground, as a share of the side.
fn reach(plain: &Pixmap, ground: Colour) -> f32 {
    let middle = LOOK as f32 / 2.0;
    let places = (0..LOOK).flat_map(|y| (0..LOOK).map(move |x| (x, y)));
    let farthest = plain
        .pixels()
        .iter()
        .zip(places)
        .filter(|(pixel, _)| !is_alike(over(**pixel, ground), ground))
        .map(|(_, (x, y))| (x as f32 + 0.5 - middle).hypot(y as f32 + 0.5 - middle))
        .fold(0.0, f32::max);
    farthest / LOOK as f32
}

fn is_alike(one: Colour, other: Colour) -> bool {
    one.into_iter()
        .zip(other)
        .all(|(one, other)| one.abs_diff(other) <= UNSEEN)
}

/// A pixel on a ground.
fn over(pixel: PremultipliedColorU8, ground: Colour) -> Colour {
    let through = u16::from(u8::MAX - pixel.alpha());
    let [red, green, blue] = ground;
    [
        (pixel.red(), red),
        (pixel.green(), green),
        (pixel.blue(), blue),
    ]
    .map(|(drawn, behind)| {
        let behind = (u16::from(behind) * through + 127) / 255;
        drawn.saturating_add(u8::try_from(behind).unwrap_or(u8::MAX))
    })
}
