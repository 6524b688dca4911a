//! Small decimal fractions without floating point.

use crate::json::{Kind, Value};
use crate::read::{Observer, Read, wrong_shape};

/// A number with up to six decimals: seconds, degrees, shares of a width.
///
/// Reading and printing `f64` would bring tables of powers into the wasm that
/// no story needs. Digits after the sixth decimal are dropped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal {
    /// Millionths.
    pub micros: i64,
}

const ONE: i64 = 1_000_000;
/// Numbers of a thousand million and more are no duration, degree or share; below
/// it, an `f64` holds 15 digits and so every millionth.
pub(crate) const LIMIT: i64 = 1_000_000_000;

impl Decimal {
    /// The whole part, rounded towards zero.
    #[must_use]
    pub fn whole(self) -> i64 {
        self.micros / ONE
    }

    /// The nearest `f64`.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        self.micros as f64 / ONE as f64
    }

    /// Reads a JSON number (RFC 8259 §6; leading zeros do no harm). `None` for
    /// anything else, and from ±1,000,000,000 on.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, number) = match text.strip_prefix('-') {
            Some(number) => (true, number),
            None => (false, text),
        };
        let (digits, exponent) = match number.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
            None => (number, 0),
        };
        let (whole, fraction) = match digits.split_once('.') {
            Some((_, "")) => return None,
            Some(parts) => parts,
            None => (digits, ""),
        };
        if whole.is_empty() {
            return None;
        }
        // The power of ten, in millionths, that the next digit counts for.
        let mut power = i64::try_from(whole.len()).ok()? + i64::from(exponent) + 5;
        let mut micros: i64 = 0;
        for byte in whole.bytes().chain(fraction.bytes()) {
            if !byte.is_ascii_digit() {
                return None;
            }
            let digit = i64::from(byte - b'0');
            if digit > 0 && power >= 0 {
                let unit = 10_i64.checked_pow(u32::try_from(power).ok()?)?;
                micros = digit.checked_mul(unit)?.checked_add(micros)?;
            }
            power -= 1;
        }
        if micros >= LIMIT * ONE {
            return None;
        }
        Some(Self {
            micros: if negative { -micros } else { micros },
        })
    }
}

impl Read for Decimal {
    const EXPECTED: &'static str = "a number such as 94.4";

    fn read<O: Observer>(value: &Value<'_>, observer: &mut O) -> Option<Self> {
        let number = match value.kind {
            Kind::Number(digits) => Self::parse(digits),
            _ => None,
        };
        if number.is_none() {
            wrong_shape(value, Self::EXPECTED, observer);
        }
        number
    }
}

#[cfg(feature = "write")]
impl serde::Serialize for Decimal {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.micros % ONE == 0 {
            serializer.serialize_i64(self.whole())
        } else {
            serializer.serialize_f64(self.as_f64())
        }
    }
}

#[cfg(feature = "write")]
impl crate::write::MaybeAbsent for Decimal {}
