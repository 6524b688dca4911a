//! The words of one language and how often each is used.
//!
//! Frequencies follow what corpora show: Zipf's law with Mandelbrot's shift among
//! the first ranks (1/(rank + 3)), and a steeper fall (1/rank²) beyond
//! [`COMMON`] (Ferrer i Cancho and Solé, "Two regimes in the frequency of words",
//! 2001). The second regime has no end, so a larger archive has more words, as
//! real ones do, and a search index is measured against that.

use super::dice::{Dice, Stream};
use super::tongue::{Script, Tongue};
use super::topics::TOPICS;
use std::collections::HashSet;

/// Ranks of the first regime, whose words are kept.
const COMMON: usize = 20_000;

/// How many words belong to a topic, and so come up again in its stories.
const TOPIC_WORDS: usize = 300;

/// Of 1,024 words so many come from the second regime, from the topic, are
/// numbers, are names. The rest follow Zipf's law.
const RARE: u64 = 40;
const TOPICAL: u64 = 150;
const NUMBERS: u64 = 16;
const NAMES: u64 = 18;

pub struct Vocabulary {
    pub tongue: &'static Tongue,
    seed: u64,
    /// By rank, the commonest first.
    common: Vec<Box<str>>,
    /// The share of all ranks up to and with this one, in 2³² parts.
    cumulative: Vec<u32>,
    /// The first rank of each 4,096th of the whole, so that a draw looks at few ranks.
    guide: Vec<u16>,
    /// By topic, ranks.
    topical: Vec<Vec<u16>>,
}

impl Vocabulary {
    pub fn new(seed: u64, tongue: &'static Tongue) -> Self {
        let (cumulative, guide) = shares();
        let topical = (0..TOPICS.len() as u64)
            .map(|topic| {
                let mut dice = Dice::of(seed, Stream::TopicWord, topic);
                (0..TOPIC_WORDS)
                    .map(|_| 100 + dice.early_index(COMMON - 101) as u16)
                    .collect()
            })
            .collect();
        Self {
            tongue,
            seed,
            common: common(seed, tongue),
            cumulative,
            guide,
            topical,
        }
    }

    /// Adds a word such as a story on a topic has next. An elided article (l’) is
    /// followed by no space; whoever adds words asks [`Self::is_open`].
    pub fn push_word(&self, topic: usize, dice: &mut Dice, out: &mut String) {
        let mut kind = dice.below(1024);
        if kind < RARE {
            return self.push_rare(dice, out);
        }
        kind -= RARE;
        if kind < TOPICAL {
            return self.push_topic_word(topic, dice, out);
        }
        kind -= TOPICAL;
        if kind < NUMBERS {
            return self.push_number(dice, out);
        }
        kind -= NUMBERS;
        if kind < NAMES {
            return self.push_name(dice, out);
        }
        let rank = self.rank(dice);
        self.push_ranked(rank, dice, out);
    }

    pub fn push_topic_word(&self, topic: usize, dice: &mut Dice, out: &mut String) {
        let at = dice.early_index(TOPIC_WORDS);
        let rank = self.topical.get(topic).and_then(|words| words.get(at));
        self.push_ranked(rank.copied().unwrap_or_default().into(), dice, out);
    }

    /// Adds the name of nobody and nowhere.
    pub fn push_name(&self, dice: &mut Dice, out: &mut String) {
        // Names come again too: from a few thousand, not from all that could be.
        let which = dice.early_index(4000) as u64;
        let mut name = String::new();
        let mut shape = Dice::of(self.seed, Stream::Person, which);
        compose(self.tongue, 5000, &mut shape, &mut name);
        push_capitalised(&name, out);
    }

    fn push_number(&self, dice: &mut Dice, out: &mut String) {
        let number = match dice.below(8) {
            0..=3 => dice.between(2, 99),
            4 | 5 => dice.between(100, 999),
            6 => dice.between(1, 900) * 100,
            _ => dice.between(1950, 2025),
        };
        out.push_str(&number.to_string());
    }

    /// Adds a word of the second regime: each doubling of the rank is half as likely.
    fn push_rare(&self, dice: &mut Dice, out: &mut String) {
        let doublings = dice.roll().trailing_zeros().min(24);
        let first = (COMMON as u64) << doublings;
        let rank = first + dice.below(first);
        let mut shape = Dice::of(self.seed, Stream::Word, rank);
        compose(self.tongue, rank as usize, &mut shape, out);
    }

    /// A rank of the first regime by its share.
    fn rank(&self, dice: &mut Dice) -> usize {
        let at = (dice.roll() >> 32) as u32;
        let bucket = (at >> 20) as usize;
        let first = usize::from(self.guide.get(bucket).copied().unwrap_or_default());
        let last = self
            .guide
            .get(bucket + 1)
            .map_or(COMMON - 1, |last| usize::from(*last));
        let range = self.cumulative.get(first..last).unwrap_or_default();
        first + range.partition_point(|share| *share <= at)
    }

    fn push_ranked(&self, rank: usize, dice: &mut Dice, out: &mut String) {
        let word = self.common.get(rank).map(AsRef::as_ref).unwrap_or_default();
        if matches!(self.tongue.script, Script::Arabic) && rank >= self.tongue.particles.len() {
            // The article, and sometimes "and", are written together with the word.
            match dice.below(12) {
                0 => out.push('و'),
                1..=4 => out.push_str("ال"),
                _ => {}
            }
        }
        out.push_str(word);
    }

    /// Whether the text ends in an elided article, which the next word follows at once.
    pub fn is_open(text: &str) -> bool {
        text.ends_with('’')
    }
}

/// The shares of the first regime.
fn shares() -> (Vec<u32>, Vec<u16>) {
    let weight = |rank: usize| 1_000_000_000_000 / (rank as u128 + 3);
    let total: u128 = (0..COMMON).map(weight).sum();
    let mut sum = 0;
    let cumulative: Vec<u32> = (0..COMMON)
        .map(|rank| {
            sum += weight(rank);
            u32::try_from((sum << 32) / total).unwrap_or(u32::MAX)
        })
        .collect();
    let guide = (0..4096_u32)
        .map(|bucket| cumulative.partition_point(|share| *share <= bucket << 20) as u16)
        .collect();
    (cumulative, guide)
}

/// The particles, then words no two of which are alike.
fn common(seed: u64, tongue: &'static Tongue) -> Vec<Box<str>> {
    let mut words: Vec<Box<str>> = tongue.particles.iter().map(|word| (*word).into()).collect();
    let mut known: HashSet<Box<str>> = words.iter().cloned().collect();
    let mut dice = Dice::of(seed, Stream::Word, 0);
    while words.len() < COMMON {
        // Where the short ones are used up, the next one is made as a rarer word is.
        for longer in [1, 3, 9, 30, 90] {
            let mut word = String::new();
            compose(tongue, words.len() * longer, &mut dice, &mut word);
            if known.insert(word.as_str().into()) {
                words.push(word.into());
                break;
            }
        }
    }
    words
}

/// Makes a word; rarer words are longer.
pub fn compose(tongue: &Tongue, rank: usize, dice: &mut Dice, out: &mut String) {
    match tongue.script {
        Script::Alphabet => {
            let syllables = match rank {
                0..400 => 1,
                400..6_000 => dice.between(1, 2),
                6_000..20_000 => 2,
                _ => dice.between(2, 3),
            };
            for _ in 0..syllables {
                out.push_str(dice.pick(tongue.onsets));
                out.push_str(dice.pick(tongue.vowels));
                out.push_str(dice.pick(tongue.codas));
            }
            if rank >= 150 && dice.chance(300) {
                out.push_str(dice.pick(tongue.endings));
            }
        }
        Script::Arabic => {
            let root = [
                dice.pick(tongue.onsets),
                dice.pick(tongue.onsets),
                dice.pick(tongue.onsets),
            ];
            for letter in dice.pick(tongue.vowels).chars() {
                match letter
                    .to_digit(10)
                    .and_then(|digit| root.get(digit as usize - 1))
                {
                    Some(consonant) => out.push_str(consonant),
                    None => out.push(letter),
                }
            }
            if rank >= 20_000 {
                // Roots and patterns alone are some ten thousand: rare words are longer.
                out.push_str(dice.pick(tongue.onsets));
            }
            if rank >= 2_000 && dice.chance(400) && !out.ends_with('ة') {
                out.push_str(dice.pick(tongue.endings));
            }
        }
        Script::Han => {
            let characters = match rank {
                0..150 => 1,
                150..20_000 => 2,
                _ => dice.between(2, 3),
            };
            for _ in 0..characters {
                out.push_str(dice.pick(tongue.onsets));
            }
        }
    }
}

/// Adds a text with a capital letter, in the scripts that have them.
pub fn push_capitalised(text: &str, out: &mut String) {
    let mut letters = text.chars();
    if let Some(first) = letters.next() {
        out.extend(first.to_uppercase());
        out.push_str(letters.as_str());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::tongue::TONGUES;
    use std::collections::HashMap;

    #[test]
    fn the_commonest_word_comes_about_as_often_as_zipf_says() {
        let vocabulary = Vocabulary::new(1, &TONGUES[0]);
        let mut dice = Dice::of(1, Stream::Body, 1);
        let mut counts: HashMap<String, u32> = HashMap::new();
        for _ in 0..200_000 {
            let mut word = String::new();
            vocabulary.push_word(0, &mut dice, &mut word);
            *counts.entry(word).or_default() += 1;
        }
        let of = |word: &str| f64::from(counts.get(word).copied().unwrap_or_default());
        // Ranks 1 and 7 weigh 1/3 and 1/9.
        let ratio = of("the") / of("that");
        assert!((2.5..3.6).contains(&ratio), "{ratio}");
        assert!((0.02..0.06).contains(&(of("the") / 200_000.0)));
    }

    #[test]
    fn every_language_has_its_common_words_and_no_two_are_alike() {
        for tongue in &TONGUES {
            let words = common(3, tongue);
            let unlike: HashSet<&Box<str>> = words.iter().collect();
            assert_eq!(unlike.len(), COMMON, "{}", tongue.tag);
            assert!(
                words
                    .iter()
                    .all(|word| !word.is_empty() && !word.contains(' '))
            );
        }
    }

    #[test]
    fn more_text_has_more_words() {
        let vocabulary = Vocabulary::new(1, &TONGUES[4]);
        let mut dice = Dice::of(2, Stream::Body, 1);
        let mut known = HashSet::new();
        let mut growth = Vec::new();
        for _ in 0..4 {
            for _ in 0..100_000 {
                let mut word = String::new();
                vocabulary.push_word(3, &mut dice, &mut word);
                known.insert(word);
            }
            growth.push(known.len());
        }
        assert!(
            growth.windows(2).all(|pair| pair[1] > pair[0] + 1000),
            "{growth:?}"
        );
    }
}
