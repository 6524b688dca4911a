//! What stands in a picture's place until it is there: colours, in the JSON.
//! Three of them are 60 bytes; a blurred thumbnail would be ten times that, in
//! every list of every story.

use serde::{Deserialize, Serialize};

use super::decode::Pixels;
use super::scale::Light;

/// Colours to show before the picture, as CSS writes them: `#rrggbb`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Placeholder {
    /// That which most of the picture has.
    pub colour: String,
    /// Left out where the whole picture has nearly one colour.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gradient: Option<Gradient>,
}

/// Three colours, each the mean of a third of the picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gradient {
    pub direction: Direction,
    pub stops: [String; 3],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// From top to bottom: a sky.
    Down,
    /// From left to right, in the picture and so in any language.
    Across,
}

/// Pixels a side of the picture that the colours are taken from: divisible by three.
const SIDE: u32 = 24;

/// Below this sum of differences nobody sees a gradient.
const LEAST_CONTRAST: u32 = 24;

/// The colours of a picture, over the given background.
pub fn of(picture: &Light, background: [u8; 3]) -> Option<Placeholder> {
    let small = picture.resized(SIDE, SIDE)?.pixels();
    let colours = over(&small, background);
    let thirds = |place: fn(usize) -> usize| {
        [0, 1, 2].map(|third| {
            let part = colours
                .iter()
                .enumerate()
                .filter(|(at, _)| place(*at) / (SIDE as usize / 3) == third);
            mean(part.map(|(_, colour)| colour))
        })
    };
    let down = thirds(|at| at / SIDE as usize);
    let across = thirds(|at| at % SIDE as usize);
    let (direction, stops) = if contrast(&across) > contrast(&down) {
        (Direction::Across, across)
    } else {
        (Direction::Down, down)
    };
    Some(Placeholder {
        colour: written(dominant(&colours)),
        gradient: (contrast(&stops) >= LEAST_CONTRAST).then(|| Gradient {
            direction,
            stops: stops.map(written),
        }),
    })
}

/// Opaque pixels, as a browser would show them over the background.
pub fn over(pixels: &Pixels, background: [u8; 3]) -> Vec<[u8; 3]> {
    pixels
        .bytes
        .chunks_exact(pixels.channels)
        .map(|pixel| match pixel {
            [r, g, b] => [*r, *g, *b],
            [r, g, b, a] => {
                let [under_r, under_g, under_b] = background;
                [(*r, under_r), (*g, under_g), (*b, under_b)].map(|(top, under)| {
                    let alpha = u32::from(*a);
                    let mixed = u32::from(top) * alpha + u32::from(under) * (255 - alpha) + 127;
                    u8::try_from(mixed / 255).unwrap_or(u8::MAX)
                })
            }
            _ => background,
        })
        .collect()
}

/// The mean of those pixels of which there are most alike, eight steps a channel.
/// The mean of all would be a brown that is nowhere in the picture.
fn dominant(colours: &[[u8; 3]]) -> [u8; 3] {
    let alike = |colour: &[u8; 3]| colour.map(|channel| channel / 32);
    let mut kinds: Vec<([u8; 3], usize)> = Vec::new();
    for colour in colours {
        let kind = alike(colour);
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, count)) => *count += 1,
            None => kinds.push((kind, 1)),
        }
    }
    // Of two that are as frequent, the brighter: so that the order does not decide.
    let most = kinds
        .into_iter()
        .max_by_key(|(kind, count)| (*count, *kind));
    let kind = most.map(|(kind, _)| kind).unwrap_or_default();
    mean(colours.iter().filter(|colour| alike(colour) == kind))
}

fn mean<'a>(colours: impl Iterator<Item = &'a [u8; 3]>) -> [u8; 3] {
    let mut sums = [0_u32; 3];
    let mut count = 0_u32;
    for colour in colours {
        for (sum, channel) in sums.iter_mut().zip(colour) {
            *sum += u32::from(*channel);
        }
        count += 1;
    }
    sums.map(|sum| {
        let rounded = (sum + count / 2).checked_div(count).unwrap_or(0);
        u8::try_from(rounded).unwrap_or(u8::MAX)
    })
}

/// How much the two ends differ, over all channels.
fn contrast([first, _, last]: &[[u8; 3]; 3]) -> u32 {
    first
        .iter()
        .zip(last)
        .map(|(a, b)| u32::from(a.abs_diff(*b)))
        .sum()
}

fn written([r, g, b]: [u8; 3]) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}
