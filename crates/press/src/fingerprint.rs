//! Sixty-four bits that tell two inputs apart: whether something has to be made again.
//!
//! Not for names that others see and not against somebody who wants two inputs to
//! collide: who can write the stories can publish what they like anyway. The values
//! are remembered from one run to the next by the same program only.

use std::hash::{DefaultHasher, Hash, Hasher as _};

pub fn of(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
