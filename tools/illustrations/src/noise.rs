//! Chance that repeats: a seeded generator and smooth noise fields.
//!
//! Nothing here reads a clock or the system's entropy, so every run of the
//! program draws the same bytes.

/// A small seeded generator (SplitMix64).
pub struct Rng(u64);

impl Rng {
    pub fn new(seed: u64) -> Rng {
        Rng(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x51_7c_c1_b7_27_22_0a_95)
    }

    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number in 0..1.
    pub fn unit(&mut self) -> f32 {
        (self.bits() >> 40) as f32 / (1u64 << 24) as f32
    }

    /// A number between two others.
    pub fn range(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    /// One element of a list that is not empty.
    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        let at = (self.unit() * from.len() as f32) as usize;
        from[at.min(from.len() - 1)]
    }
}

fn hash(x: i32, y: i32, seed: u32) -> u32 {
    let mut h = (x as u32).wrapping_mul(0x8da6_b343)
        ^ (y as u32).wrapping_mul(0xd816_3841)
        ^ seed.wrapping_mul(0xcb1a_b31f);
    h ^= h >> 15;
    h = h.wrapping_mul(0x2c1b_3c6d);
    h ^= h >> 12;
    h = h.wrapping_mul(0x297a_2d39);
    h ^ (h >> 15)
}

/// White noise: one number in 0..1 for each lattice point.
pub fn speck(x: i32, y: i32, seed: u32) -> f32 {
    (hash(x, y, seed) >> 8) as f32 / (1u32 << 24) as f32
}

/// Gradient noise, about -1 to 1, with features one unit wide.
pub fn noise(x: f32, y: f32, seed: u32) -> f32 {
    let (fx, fy) = (x.floor(), y.floor());
    let (ix, iy) = (fx as i32, fy as i32);
    let (u, v) = (x - fx, y - fy);
    let corner = |dx: i32, dy: i32| {
        const DIRECTIONS: [(f32, f32); 8] = [
            (1.0, 0.0),
            (0.707, 0.707),
            (0.0, 1.0),
            (-0.707, 0.707),
            (-1.0, 0.0),
            (-0.707, -0.707),
            (0.0, -1.0),
            (0.707, -0.707),
        ];
        let (gx, gy) = DIRECTIONS[(hash(ix + dx, iy + dy, seed) & 7) as usize];
        gx * (u - dx as f32) + gy * (v - dy as f32)
    };
    let ease = |t: f32| t * t * t * (t * (t * 6.0 - 15.0) + 10.0);
    let (su, sv) = (ease(u), ease(v));
    let top = corner(0, 0) + (corner(1, 0) - corner(0, 0)) * su;
    let bottom = corner(0, 1) + (corner(1, 1) - corner(0, 1)) * su;
    (top + (bottom - top) * sv) * 1.5
}

/// Layered noise: `octaves` fields, each twice as fine and half as strong.
pub fn fbm(x: f32, y: f32, octaves: u32, seed: u32) -> f32 {
    let (mut sum, mut scale, mut weight, mut total) = (0.0, 1.0, 1.0, 0.0);
    for octave in 0..octaves {
        sum += weight * noise(x * scale + 17.3 * octave as f32, y * scale, seed + octave);
        total += weight;
        scale *= 2.03;
        weight *= 0.5;
    }
    sum / total
}

/// 0 below `low`, 1 above `high`, eased between; the edges may be swapped.
pub fn smoothstep(low: f32, high: f32, x: f32) -> f32 {
    let t = ((x - low) / (high - low)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// A straight blend between two numbers.
pub fn lerp(a: f32, b: f32, t: f32) -> f32 {
    a + (b - a) * t
}
