//! Who writes and where: sixty invented authors and fifty places on no map.

use super::dice::{Dice, Stream};
use super::prose::capitalised;
use super::tongue::{LANGUAGES, TONGUES};
use super::vocabulary::compose;
use article::Decimal;

/// Authors by language, in the order of the languages' shares.
const AUTHORS: [usize; LANGUAGES] = [24, 9, 9, 7, 6, 5];

const PLACES: usize = 50;

pub struct Author {
    pub id: String,
    /// In the script of the author's language, whichever language the story is in.
    pub name: String,
}

pub struct Place {
    /// By language: nobody could transliterate a place that is not there.
    pub names: Vec<String>,
    pub regions: Vec<String>,
    pub latitude: Decimal,
    pub longitude: Decimal,
}

pub struct Newsroom {
    /// By language.
    authors: Vec<Vec<Author>>,
    places: Vec<Place>,
}

impl Newsroom {
    pub fn new(seed: u64) -> Self {
        let mut number = 0;
        let authors = TONGUES
            .iter()
            .zip(AUTHORS)
            .enumerate()
            .map(|(language, (_, count))| {
                (0..count)
                    .map(|_| {
                        number += 1;
                        let mut dice = Dice::of(seed, Stream::Person, 1_000_000 + number);
                        let space = if TONGUES.get(language).is_some_and(|t| t.space.is_empty()) {
                            "·"
                        } else {
                            " "
                        };
                        Author {
                            id: format!("generated-author-{number:02}"),
                            name: format!(
                                "{}{space}{}",
                                name(language, &mut dice),
                                name(language, &mut dice)
                            ),
                        }
                    })
                    .collect()
            })
            .collect();
        let places = (0..PLACES as u64)
            .map(|place| {
                let mut dice = Dice::of(seed, Stream::Place, place);
                let mut everywhere = || {
                    (0..LANGUAGES)
                        .map(|language| name(language, &mut dice))
                        .collect()
                };
                let (names, regions) = (everywhere(), everywhere());
                // Hundredths of a degree, in millionths.
                let mut degrees = |most: usize| Decimal {
                    micros: (dice.between(0, most * 200) as i64 - most as i64 * 100) * 10_000,
                };
                Place {
                    names,
                    regions,
                    latitude: degrees(60),
                    longitude: degrees(170),
                }
            })
            .collect();
        Self { authors, places }
    }

    /// An author of a language; the first ones write most.
    pub fn author(&self, language: usize, dice: &mut Dice) -> Option<&Author> {
        let authors = self.authors.get(language)?;
        authors.get(dice.early_index(authors.len()))
    }

    pub fn place(&self, dice: &mut Dice) -> Option<&Place> {
        self.places.get(dice.early_index(self.places.len()))
    }

    #[cfg(test)]
    pub fn size(&self) -> (usize, usize) {
        (self.authors.iter().map(Vec::len).sum(), self.places.len())
    }
}

fn name(language: usize, dice: &mut Dice) -> String {
    let mut name = String::new();
    if let Some(tongue) = TONGUES.get(language) {
        compose(tongue, 5000, dice, &mut name);
    }
    capitalised(&name)
}
