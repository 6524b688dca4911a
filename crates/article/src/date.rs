//! Dates that know no more than the archive does.

mod hint;

use std::fmt;

use crate::json::{Kind, Value};
use crate::read::{Code, Description, Observer, Read, wrong_shape};

/// A date, precise to the year, month, day or second.
///
/// Written as RFC 3339 with an offset (`2010-11-08T09:30:00+08:00`) or truncated
/// (`2010`, `2010-11`, `2010-11-08`; the precedent is ninjs 3.1). Proleptic
/// Gregorian calendar, years 0001 to 9999. Fractions of a second are dropped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Date {
    /// 1 to 9999; 0 only in a default value, which nobody can write down.
    pub year: u16,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31; only with a month.
    pub day: Option<u8>,
    /// Only with a day.
    pub time: Option<Time>,
}

/// A time of day and the distance of its clock from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Time {
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 60: RFC 3339 allows a leap second.
    pub second: u8,
    /// Minutes east of UTC, −1439 to 1439.
    pub offset: i16,
}

impl Date {
    /// Reads RFC 3339 or a truncated date; `None` for anything else, and for days
    /// that do not exist.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut rest = Digits(text.as_bytes());
        let mut date = Self {
            year: rest.number(4)?,
            ..Self::default()
        };
        if date.year == 0 {
            return None;
        }
        if rest.is_done() {
            return Some(date);
        }
        rest.eat(b'-')?;
        let month = rest.number(2).filter(|m| (1..=12).contains(m))? as u8;
        date.month = Some(month);
        if rest.is_done() {
            return Some(date);
        }
        rest.eat(b'-')?;
        let last = days_in_month(date.year, month);
        date.day = Some(
            rest.number(2)
                .filter(|d| (1..=u16::from(last)).contains(d))? as u8,
        );
        if rest.is_done() {
            return Some(date);
        }
        rest.eat(b'T')
            .or_else(|| rest.eat(b't'))
            .or_else(|| rest.eat(b' '))?;
        date.time = Some(rest.time()?);
        rest.is_done().then_some(date)
    }

    /// Seconds since 1970-01-01T00:00:00Z of the beginning of the period: a year is
    /// its first second, in UTC. A leap second counts as the second before it.
    #[must_use]
    pub fn timestamp(&self) -> i64 {
        let days = days_since_epoch(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1));
        let seconds = self.time.map_or(0, |time| {
            i64::from(time.hour) * 3600
                + i64::from(time.minute) * 60
                + i64::from(time.second.min(59))
                - i64::from(time.offset) * 60
        });
        days * 86_400 + seconds
    }

    /// Whether it certainly lies before another: a truncated date is compared only as
    /// far as both go, in the calendar each was written in.
    #[must_use]
    pub fn is_before(&self, other: &Self) -> bool {
        if self.time.is_some() && other.time.is_some() {
            return self.timestamp() < other.timestamp();
        }
        let pairs = [
            (Some(self.year), Some(other.year)),
            (self.month.map(u16::from), other.month.map(u16::from)),
            (self.day.map(u16::from), other.day.map(u16::from)),
        ];
        for pair in pairs {
            match pair {
                (Some(this), Some(that)) if this != that => return this < that,
                (Some(_), Some(_)) => {}
                _ => return false,
            }
        }
        false
    }

    /// The date of a moment, in UTC. Moments outside the years 0001 to 9999 become
    /// the nearest one inside.
    #[must_use]
    pub fn from_timestamp(seconds: i64) -> Self {
        let seconds = seconds.clamp(EARLIEST, LATEST);
        let (year, month, day) = civil(seconds.div_euclid(86_400));
        let second = seconds.rem_euclid(86_400);
        Self {
            year,
            month: Some(month),
            day: Some(day),
            time: Some(Time {
                hour: (second / 3600) as u8,
                minute: (second / 60 % 60) as u8,
                second: (second % 60) as u8,
                offset: 0,
            }),
        }
    }
}

/// 0001-01-01T00:00:00Z.
const EARLIEST: i64 = -62_135_596_800;
/// 9999-12-31T23:59:59Z.
const LATEST: i64 = 253_402_300_799;

/// Days from 1970-01-01 (Howard Hinnant, "chrono-compatible low-level date algorithms").
fn days_since_epoch(year: u16, month: u8, day: u8) -> i64 {
    let month = i64::from(month);
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The inverse of [`days_since_epoch`].
fn civil(days: i64) -> (u16, u8, u8) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year as u16, month as u8, day as u8)
}

fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}

/// As RFC 3339, or truncated.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        let Some(month) = self.month else {
            return Ok(());
        };
        write!(f, "-{month:02}")?;
        let Some(day) = self.day else { return Ok(()) };
        write!(f, "-{day:02}")?;
        let Some(time) = self.time else { return Ok(()) };
        write!(f, "T{:02}:{:02}:{:02}", time.hour, time.minute, time.second)?;
        if time.offset == 0 {
            return f.write_str("Z");
        }
        let sign = if time.offset < 0 { '-' } else { '+' };
        let offset = time.offset.unsigned_abs();
        write!(f, "{sign}{:02}:{:02}", offset / 60, offset % 60)
    }
}

/// What is left to read of a date.
struct Digits<'a>(&'a [u8]);

impl Digits<'_> {
    fn is_done(&self) -> bool {
        self.0.is_empty()
    }

    fn eat(&mut self, byte: u8) -> Option<()> {
        let rest = self.0.strip_prefix(&[byte])?;
        self.0 = rest;
        Some(())
    }

    /// A number of exactly so many digits.
    fn number(&mut self, length: usize) -> Option<u16> {
        let (digits, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        digits.iter().try_fold(0, |number: u16, byte| {
            byte.is_ascii_digit()
                .then(|| number * 10 + u16::from(byte - b'0'))
        })
    }

    fn at_most(&mut self, length: usize, most: u16) -> Option<u16> {
        self.number(length).filter(|number| *number <= most)
    }

    fn time(&mut self) -> Option<Time> {
        let hour = self.at_most(2, 23)? as u8;
        self.eat(b':')?;
        let minute = self.at_most(2, 59)? as u8;
        self.eat(b':')?;
        let second = self.at_most(2, 60)? as u8;
        if self.eat(b'.').is_some() {
            self.number(1)?;
            while self.0.first().is_some_and(u8::is_ascii_digit) {
                self.number(1)?;
            }
        }
        let offset = if self.eat(b'Z').or_else(|| self.eat(b'z')).is_some() {
            0
        } else {
            let sign = if self.eat(b'-').is_some() {
                -1
            } else {
                self.eat(b'+')?;
                1
            };
            let hours = self.at_most(2, 23)?;
            self.eat(b':')?;
            sign * (hours * 60 + self.at_most(2, 59)?) as i16
        };
        Some(Time {
            hour,
            minute,
            second,
            offset,
        })
    }
}

impl Read for Date {
    const EXPECTED: &'static str = "a date such as \"2010-11-08\"";

    fn read<O: Observer>(value: &Value<'_>, observer: &mut O) -> Option<Self> {
        let Some(text) = value.as_str() else {
            match &value.kind {
                Kind::Number(digits) => observer.problem(value.span, || Description {
                    code: Code::BrokenDate,
                    message: format!("expected {}, found the number {digits}", Self::EXPECTED),
                    hint: digits
                        .parse()
                        .map_or_else(|_| hint::of_text(digits), hint::of_number),
                }),
                _ => wrong_shape(value, Self::EXPECTED, observer),
            }
            return None;
        };
        let date = Self::parse(text);
        if date.is_none() {
            observer.problem(value.span, || Description {
                code: Code::BrokenDate,
                message: format!("“{text}” is not a date"),
                hint: hint::of_text(text),
            });
        }
        date
    }
}

#[cfg(feature = "write")]
crate::write::as_text!(Date, |date| date);
