//! What the desk knows of a story before it is written: its language, its
//! translations, when it appears, about what, and how long it gets.
//!
//! Everything here follows from the seed and the story's number alone, so that a
//! story can point to any earlier one without anybody keeping a list, and story
//! 7 of a small corpus is story 7 of a large one. Only where the corpus ends
//! inside a group of translations, the last ones name fewer of each other.

use super::dice::{Dice, Stream};
use super::tongue::TONGUES;
use super::topics::TOPICS;
use article::{Date, date::Time};

/// Stories come in hundreds of one layout. In each, English has 40, French and
/// Spanish 15, Arabic 12, Russian 10 and Chinese 8: about what an international
/// newsroom with one leading language publishes, and enough of each script that
/// nothing measured rests on Latin letters.
pub const HUNDRED: u64 = 100;

/// The languages of each group of translations in a hundred, the original first,
/// and how many such groups there are. 42 stories of a hundred have translations.
const GROUPS: &[(&[usize], usize)] = &[
    (&[EN, FR, ES, AR, RU, ZH], 2),
    (&[EN, FR, ES], 3),
    (&[EN, AR, FR], 3),
    (&[EN, RU], 2),
    (&[EN, ZH], 2),
    (&[ES, EN], 2),
    (&[EN], 26),
    (&[FR], 7),
    (&[ES], 8),
    (&[AR], 7),
    (&[RU], 6),
    (&[ZH], 4),
];

const EN: usize = 0;
const FR: usize = 1;
const ES: usize = 2;
const AR: usize = 3;
const RU: usize = 4;
const ZH: usize = 5;

/// The first and the last second of publication: twenty whole years.
const FIRST: i64 = 1_136_073_600; // 2006-01-01T00:00:00Z
const DAYS: i64 = 7_305; // to 2025-12-31

/// Out of a thousand of their busiest: a desk on Sunday to Saturday.
const WEEKDAYS: [u64; 7] = [350, 950, 1000, 980, 960, 900, 450];

/// The same for the hours of the day, by the clock of the edition.
const HOURS: [u64; 24] = [
    60, 30, 20, 20, 30, 120, 350, 600, 800, 950, 1000, 950, 850, 750, 850, 900, 950, 900, 700, 500,
    350, 250, 180, 100,
];

/// Words of a story at each of these shares of all stories, in thousandths; in
/// between, they rise evenly. The median is 600, the longest 5,000.
const LENGTHS: [(u64, u64); 11] = [
    (0, 70),
    (50, 170),
    (150, 300),
    (300, 430),
    (500, 600),
    (700, 820),
    (850, 1_150),
    (940, 1_700),
    (980, 2_500),
    (995, 3_800),
    (1_000, 5_000),
];

/// Stories older than this were moved from an old system.
const MOVED: i64 = 1_388_534_400; // 2014-01-01T00:00:00Z
/// Of stories older than this, the day or the month is sometimes lost.
const FORGOTTEN: i64 = 1_230_768_000; // 2009-01-01T00:00:00Z

/// One place in a hundred.
#[derive(Clone, Copy)]
struct Seat {
    language: usize,
    /// The place of the group's first story.
    first: u64,
    size: u64,
}

pub struct Plan {
    seed: u64,
    pub count: u64,
    seats: Vec<Seat>,
}

/// Whether, and how, a story is out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Published,
    Withheld,
    Canceled,
    Expired,
    Embargoed,
}

/// A story before it is written.
#[derive(Clone, Debug)]
pub struct Assignment {
    pub number: u64,
    /// An index of [`TONGUES`].
    pub language: usize,
    /// The number of the group's first story, of which the others are translations.
    pub original: u64,
    pub published: Date,
    /// The second of publication, even where the archive has lost it.
    pub moment: i64,
    /// Indices of [`TOPICS`], the main one first.
    pub topics: Vec<usize>,
    pub words: usize,
    pub fate: Fate,
}

impl Assignment {
    pub fn topic(&self) -> usize {
        self.topics.first().copied().unwrap_or_default()
    }

    pub fn was_moved(&self) -> bool {
        self.moment < MOVED
    }

    /// A later moment on the clock of the edition.
    pub fn date_at(&self, moment: i64) -> Date {
        date(moment, offset(self.language))
    }
}

impl Plan {
    pub fn new(seed: u64, count: u64) -> Self {
        let mut groups: Vec<&[usize]> = GROUPS
            .iter()
            .flat_map(|(languages, times)| std::iter::repeat_n(*languages, *times))
            .collect();
        let mut dice = Dice::of(seed, Stream::Layout, 0);
        for at in (1..groups.len()).rev() {
            groups.swap(at, dice.index(at + 1));
        }
        let mut seats = Vec::new();
        for group in groups {
            let first = seats.len() as u64;
            seats.extend(group.iter().map(|language| Seat {
                language: *language,
                first,
                size: group.len() as u64,
            }));
        }
        Self { seed, count, seats }
    }

    pub fn assignment(&self, number: u64) -> Assignment {
        let seat = self.seat(number);
        let original = number - number % HUNDRED + seat.first;
        let fate = self.fate(number, seat);
        let mut dice = Dice::of(self.seed, Stream::Group, original);
        let topics = topics(&mut dice);
        let words = length(&mut dice);
        let clock = i64::from(offset(self.seat(original).language)) * 60;
        let mut moment = moment(&mut dice) - clock;
        // Translations follow within days, each after the one before.
        for _ in original..number {
            moment += 3600 * dice.between(2, 30) as i64 + 60 * dice.between(0, 59) as i64;
        }
        let offset = offset(seat.language);
        let mut published = date(moment, offset);
        if seat.size == 1 && moment < FORGOTTEN {
            forget(&mut published, &mut dice);
        }
        if fate == Fate::Embargoed {
            // An embargo that outlasts every measurement.
            published = date(4_070_908_800 - i64::from(offset) * 60, offset);
        }
        Assignment {
            number,
            language: seat.language,
            original,
            published,
            moment,
            topics,
            words,
            fate,
        }
    }

    /// The numbers of a story's translations, the original first.
    pub fn translations(&self, number: u64) -> impl Iterator<Item = u64> {
        let seat = self.seat(number);
        let first = number - number % HUNDRED + seat.first;
        let end = (first + seat.size).min(self.count);
        (first..end).filter(move |other| *other != number)
    }

    /// Stories of the same language that a story can point to: they appeared
    /// before it and may be read.
    pub fn earlier(&self, story: &Assignment, most: usize, dice: &mut Dice) -> Vec<Assignment> {
        let mut found: Vec<Assignment> = Vec::new();
        let seats: Vec<u64> = (0_u64..)
            .zip(&self.seats)
            .filter(|(_, seat)| seat.language == story.language)
            .map(|(at, _)| at)
            .collect();
        // Half of all are later; after some tries a young archive just has no more.
        for _ in 0..most * 4 {
            if found.len() == most {
                break;
            }
            let hundred = dice.below(story.number / HUNDRED + 1);
            let Some(seat) = seats.get(dice.index(seats.len())) else {
                break;
            };
            let number = hundred * HUNDRED + seat;
            if number >= story.number || found.iter().any(|other| other.number == number) {
                continue;
            }
            let other = self.assignment(number);
            if other.fate == Fate::Published && other.moment < story.moment {
                found.push(other);
            }
        }
        found
    }

    /// Four of five hundred stories are not out, or no longer: those that stand alone
    /// in the layout, so that no translation points to one.
    fn fate(&self, number: u64, seat: Seat) -> Fate {
        if !(number / HUNDRED).is_multiple_of(5) || seat.size > 1 {
            return Fate::Published;
        }
        let alone = (0_u64..)
            .zip(&self.seats)
            .filter(|(_, seat)| seat.size == 1);
        let place = alone.take(4).position(|(at, _)| at == number % HUNDRED);
        match place {
            Some(0) => Fate::Withheld,
            Some(1) => Fate::Canceled,
            Some(2) => Fate::Expired,
            Some(3) => Fate::Embargoed,
            _ => Fate::Published,
        }
    }

    fn seat(&self, number: u64) -> Seat {
        let at = (number % HUNDRED) as usize;
        self.seats.get(at).copied().unwrap_or(Seat {
            language: EN,
            first: number % HUNDRED,
            size: 1,
        })
    }
}

/// One to four topics, the popular ones more often.
fn topics(dice: &mut Dice) -> Vec<usize> {
    let mut topics = Vec::new();
    for _ in 0..dice.between(1, 4) {
        let topic = dice.early_index(TOPICS.len());
        if !topics.contains(&topic) {
            topics.push(topic);
        }
    }
    topics
}

fn length(dice: &mut Dice) -> usize {
    let share = dice.below(1_000_000);
    for pair in LENGTHS.windows(2) {
        if let [(from, least), (to, most)] = pair
            && share < to * 1000
        {
            return (least + (share - from * 1000) * (most - least) / ((to - from) * 1000))
                as usize;
        }
    }
    0
}

/// A second within the twenty years: the newsroom doubles its output over them,
/// and keeps its week and its day.
fn moment(dice: &mut Dice) -> i64 {
    let day = loop {
        let day = dice.below(DAYS as u64);
        // 2006-01-01 was a Sunday.
        let weekday = WEEKDAYS
            .get((day % 7) as usize)
            .copied()
            .unwrap_or_default();
        if dice.below(2 * DAYS as u64) < DAYS as u64 + day && dice.chance(weekday) {
            break day as i64;
        }
    };
    let hour = loop {
        let hour = dice.index(HOURS.len());
        if dice.chance(HOURS.get(hour).copied().unwrap_or_default()) {
            break hour as i64;
        }
    };
    FIRST + day * 86_400 + hour * 3600 + dice.between(0, 59) as i64 * 60
}

fn offset(language: usize) -> i16 {
    TONGUES.get(language).map_or(0, |tongue| tongue.offset)
}

/// A moment on the clock of an edition.
fn date(moment: i64, offset: i16) -> Date {
    let mut date = Date::from_timestamp(moment + i64::from(offset) * 60);
    date.time = date.time.map(|time| Time { offset, ..time });
    date
}

/// What an old archive no longer knows.
fn forget(date: &mut Date, dice: &mut Dice) {
    match dice.below(100) {
        0..2 => (date.month, date.day, date.time) = (None, None, None),
        2..8 => (date.day, date.time) = (None, None),
        8..30 => date.time = None,
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::tongue::LANGUAGES;

    fn plan() -> Plan {
        Plan::new(1, 100_000)
    }

    #[test]
    fn every_hundred_has_the_languages_in_their_proportion() {
        for hundred in [0, 7, 999] {
            let mut counts = [0; LANGUAGES];
            for number in hundred * 100..hundred * 100 + 100 {
                counts[plan().assignment(number).language] += 1;
            }
            assert_eq!(counts, [40, 15, 15, 12, 10, 8]);
        }
    }

    #[test]
    fn the_median_story_has_600_words_and_the_longest_5000() {
        let plan = plan();
        let mut lengths: Vec<usize> = (0..20_000)
            .map(|number| plan.assignment(number).words)
            .collect();
        lengths.sort_unstable();
        assert!((570..630).contains(&lengths[10_000]), "{}", lengths[10_000]);
        assert!(lengths[0] >= 70 && lengths[19_999] <= 5_000);
        assert!(lengths[19_990] > 3_500);
    }

    #[test]
    fn dates_span_twenty_years_with_quiet_weekends_and_gaps_only_among_the_oldest() {
        let plan = plan();
        let mut weekend = 0;
        let mut short = 0;
        for number in 0..10_000 {
            let story = plan.assignment(number);
            if story.fate == Fate::Embargoed {
                continue;
            }
            assert!((2006..=2026).contains(&story.published.year));
            let day = (story.moment - FIRST) / 86_400 % 7;
            weekend += usize::from(day == 0 || day == 6);
            if story.published.time.is_none() {
                short += 1;
                assert!(story.published.year <= 2008);
            }
        }
        assert!((800..2_000).contains(&weekend), "{weekend}");
        assert!(short > 50, "{short}");
    }

    #[test]
    fn earlier_stories_are_earlier_in_number_and_in_time_and_of_the_same_language() {
        let plan = plan();
        let mut dice = Dice::of(1, Stream::Body, 5);
        let mut found = 0;
        for number in 5_000..5_100 {
            let story = plan.assignment(number);
            for other in plan.earlier(&story, 3, &mut dice) {
                found += 1;
                assert!(other.number < number && other.moment < story.moment);
                assert_eq!(other.language, story.language);
                assert_eq!(other.fate, Fate::Published);
            }
        }
        assert!(found > 150, "{found}");
    }

    #[test]
    fn translations_name_each_other_and_stop_where_the_corpus_stops() {
        for count in [37, 100, 230] {
            let plan = Plan::new(1, count);
            for number in 0..count {
                for other in plan.translations(number) {
                    assert!(other < count);
                    assert!(plan.translations(other).any(|back| back == number));
                    assert_ne!(
                        plan.assignment(number).language,
                        plan.assignment(other).language
                    );
                }
            }
        }
    }
}
