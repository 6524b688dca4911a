//! How much a host takes, held against what a site has.

/// From here on a person is told, before it is too late.
const NEARLY: u64 = 80;

/// What can be counted of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    Files,
    /// Bytes of all files.
    Size,
    /// Bytes of the largest file.
    Largest,
    /// Rules for old addresses.
    Redirects,
    /// Rules for headers.
    HeaderRules,
    /// Bytes of the longest line of a host's file.
    Line,
    /// Bytes of the host's file of settings.
    Settings,
}

/// A limit of a host.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    pub measure: Measure,
    pub most: u64,
    /// What to do when a site comes near it.
    pub advice: &'static str,
}

/// A site, and the files of one host, counted.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    pub files: u64,
    pub size: u64,
    pub largest: (u64, String),
    pub redirects: u64,
    pub header_rules: u64,
    pub line: u64,
    pub settings: u64,
}

impl Counted {
    /// Counts files: their paths and sizes in bytes.
    pub fn of(files: &[(String, u64)]) -> Self {
        let mut counted = Self::default();
        for (path, size) in files {
            counted.files += 1;
            counted.size += size;
            if *size > counted.largest.0 {
                counted.largest = (*size, path.clone());
            }
        }
        counted
    }

    fn measured(&self, measure: Measure) -> u64 {
        match measure {
            Measure::Files => self.files,
            Measure::Size => self.size,
            Measure::Largest => self.largest.0,
            Measure::Redirects => self.redirects,
            Measure::HeaderRules => self.header_rules,
            Measure::Line => self.line,
            Measure::Settings => self.settings,
        }
    }

    /// What a person should know of the limits that are near or passed.
    pub fn against(&self, host: &str, limits: &[Limit]) -> Vec<String> {
        limits
            .iter()
            .filter_map(|limit| {
                let there = self.measured(limit.measure);
                let share = there.saturating_mul(100) / limit.most.max(1);
                if share < NEARLY {
                    return None;
                }
                let (what, is_bytes) = self.named(limit.measure);
                let amount = |number: u64| {
                    if is_bytes {
                        bytes(number)
                    } else {
                        number.to_string()
                    }
                };
                let word = if there > limit.most {
                    "too much for this host"
                } else {
                    "near the limit of this host"
                };
                Some(format!(
                    "{host}: {word}: {what}: {}, at most {} ({share} %). {}",
                    amount(there),
                    amount(limit.most),
                    limit.advice
                ))
            })
            .collect()
    }

    /// A measure in words, and whether it counts bytes.
    fn named(&self, measure: Measure) -> (String, bool) {
        match measure {
            Measure::Files => ("files".into(), false),
            Measure::Size => ("the site".into(), true),
            Measure::Largest => (format!("the largest file, {}", self.largest.1), true),
            Measure::Redirects => ("redirects".into(), false),
            Measure::HeaderRules => ("rules for headers".into(), false),
            Measure::Line => ("the longest line of its file".into(), true),
            Measure::Settings => ("its file of settings".into(), true),
        }
    }
}

/// `19.9 MB`: as hosts count, in thousands.
fn bytes(number: u64) -> String {
    let tenths = |unit: u64| {
        let tenths = number / (unit / 10);
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    match number {
        0..10_000 => format!("{number} bytes"),
        10_000..1_000_000 => format!("{} kB", tenths(1000)),
        1_000_000..1_000_000_000 => format!("{} MB", tenths(1_000_000)),
        _ => format!("{} GB", tenths(1_000_000_000)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Counted, Limit, Measure};

    const LIMITS: &[Limit] = &[
        Limit {
            measure: Measure::Files,
            most: 10,
            advice: "Fewer.",
        },
        Limit {
            measure: Measure::Largest,
            most: 25 * 1024 * 1024,
            advice: "Smaller.",
        },
    ];

    fn site(files: usize, largest: u64) -> Counted {
        let mut list: Vec<(String, u64)> = (1..files).map(|n| (format!("a/{n}"), 1)).collect();
        list.push(("media/film.mp4".into(), largest));
        Counted::of(&list)
    }

    #[test]
    fn a_small_site_is_told_nothing() {
        assert!(site(7, 100).against("x", LIMITS).is_empty());
    }

    #[test]
    fn from_four_fifths_on_there_is_advice_and_above_the_limit_other_words() {
        let near = site(8, 100).against("x", LIMITS);
        assert_eq!(
            near,
            ["x: near the limit of this host: files: 8, at most 10 (80 %). Fewer."]
        );
        let over = site(11, 30_000_000).against("x", LIMITS);
        assert!(over[0].starts_with("x: too much for this host: files: 11,"));
        assert!(over[1].contains("media/film.mp4: 30.0 MB, at most 26.2 MB (114 %)"));
    }
}
