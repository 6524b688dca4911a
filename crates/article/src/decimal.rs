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
/// Numbers of ten billion and more are no duration, degree or share; below it,
/// millionths fit an `f64` exactly.
const LIMIT: i64 = 1_000_000_000;

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

    /// Reads a JSON number without an exponent.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let whole: i64 = whole.parse().ok().filter(|n| (0..LIMIT).contains(n))?;
        let mut micros = whole * ONE;
        let mut unit = ONE / 10;
        for byte in fraction.bytes() {
            if !byte.is_ascii_digit() {
                return None;
            }
            micros += i64::from(byte - b'0') * unit;
            unit /= 10;
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
