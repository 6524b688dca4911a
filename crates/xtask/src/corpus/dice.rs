//! Chance that can be repeated: one seed gives one corpus, on every machine.
//!
//! The generator is ours (SplitMix64: Steele, Lea and Flood, "Fast splittable
//! pseudorandom number generators", 2014) because a library's may change with its
//! version, and every published figure would then be about another corpus. There
//! are whole numbers only: `ln` and `exp` differ in their last digit between systems.

/// What is decided by chance. Each decision has a stream of its own, so that
/// another throw in one never moves the others.
#[derive(Clone, Copy)]
pub enum Stream {
    Layout = 1,
    Group,
    Story,
    Headline,
    Body,
    Word,
    TopicWord,
    Person,
    Place,
    Identifier,
}

pub struct Dice(u64);

impl Dice {
    /// The beginning of a stream: the same for the same three.
    pub fn of(seed: u64, stream: Stream, number: u64) -> Self {
        let mut dice = Self(seed ^ (stream as u64).wrapping_mul(0xd6e8_feb8_6659_fd93));
        let start = dice.roll() ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut dice = Self(start);
        dice.0 = dice.roll();
        dice
    }

    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to one below the limit; 0 if the limit is 0.
    pub fn below(&mut self, limit: u64) -> u64 {
        ((u128::from(self.roll()) * u128::from(limit)) >> 64) as u64
    }

    /// A place in a list.
    pub fn index(&mut self, length: usize) -> usize {
        self.below(length as u64) as usize
    }

    /// A place in a list, more often near its beginning.
    pub fn early_index(&mut self, length: usize) -> usize {
        self.index(length).min(self.index(length))
    }

    /// A number between two, both included.
    pub fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.index(most.saturating_sub(least) + 1)
    }

    /// True so many times in a thousand.
    pub fn chance(&mut self, in_a_thousand: u64) -> bool {
        self.below(1000) < in_a_thousand
    }

    /// One of a list of texts.
    pub fn pick(&mut self, list: &[&'static str]) -> &'static str {
        let at = self.index(list.len());
        list.get(at).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::{Dice, Stream};

    /// Published figures name a corpus by its seed: these numbers may never change.
    #[test]
    fn the_stream_of_a_seed_is_what_it_always_was() {
        let mut dice = Dice::of(1, Stream::Word, 7);
        let rolls = [dice.below(1000), dice.below(1000), dice.below(1000)];
        assert_eq!(rolls, [740, 735, 144]);
    }

    #[test]
    fn numbers_stay_within_their_limits_and_reach_both() {
        let mut dice = Dice::of(9, Stream::Body, 0);
        let throws: Vec<usize> = (0..1000).map(|_| dice.between(3, 6)).collect();
        assert_eq!(throws.iter().min(), Some(&3));
        assert_eq!(throws.iter().max(), Some(&6));
        assert_eq!(dice.below(0), 0);
    }
}
