//! Sixty-four bits that tell two inputs apart: whether something has to be made again.
//!
//! Not for names that others see and not against somebody who wants two inputs to
//! collide: who can write the stories can publish what they like anyway. The values
//! are remembered from one run to the next by the same program only.

use std::hash::{BuildHasher as _, Hash, Hasher};

use foldhash::quality::{FixedState, FoldHasher};

/// A map whose keys no stranger chooses, with a hash that is quicker than the standard one.
pub type Map<K, V> = std::collections::HashMap<K, V, foldhash::fast::FixedState>;
/// The same for a set.
pub type Set<K> = std::collections::HashSet<K, foldhash::fast::FixedState>;

pub fn of(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = hasher();
    value.hash(&mut hasher);
    hasher.finish()
}

/// For what comes in pieces. The same bytes in other pieces have another fingerprint.
pub fn hasher() -> FoldHasher<'static> {
    FixedState::default().build_hasher()
}
