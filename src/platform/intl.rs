//! Dates, numbers and plurals: the browser's `Intl`, and ICU4X for snapshots.
//!
//! Both sides must print the same, because the first render in the browser
//! adopts what the snapshot says: `tests/fixtures/intl.rs` is checked on both.

use article::{Date, Language};

#[cfg(not(feature = "ssr"))]
pub use browser::{fold, format_date, format_number, plural_category};
#[cfg(feature = "ssr")]
pub use native::{fold, format_date, format_number, plural_category};

/// The tag to ask for: English as the United Nations writes it (day before
/// month), Arabic with Latin digits and the Gregorian calendar everywhere.
fn formatting_tag(language: &Language) -> &str {
    match language.as_str() {
        "en" => "en-GB",
        "ar" => "ar-u-ca-gregory-nu-latn",
        tag => tag,
    }
}

/// A date that is not in the calendar the formatters count in: only a year.
fn year_only(date: &Date) -> Option<String> {
    date.month.is_none().then(|| date.year.to_string())
}

/// Versions of the language data differ in which space stands inside a date (before
/// the Russian "г."): a plain one on both sides.
fn plain_spaces(date: &str) -> String {
    date.replace(['\u{a0}', '\u{202f}'], " ")
}

/// Accents of Latin, Greek and Cyrillic, and the vowel marks of Arabic.
fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}')
}

#[cfg(not(feature = "ssr"))]
mod browser {
    use super::{formatting_tag, year_only};
    use article::{Date, Language};
    use js_sys::{Array, Function, Intl, Object, Reflect};
    use wasm_bindgen::{JsCast, JsValue};

    fn options(pairs: &[(&str, &str)]) -> Object {
        let options = Object::new();
        for (name, value) in pairs {
            // Setting a field of a fresh object cannot fail.
            _ = Reflect::set(
                &options,
                &JsValue::from_str(name),
                &JsValue::from_str(value),
            );
        }
        options
    }

    fn locales(language: &Language) -> Array {
        Array::of1(&JsValue::from_str(formatting_tag(language)))
    }

    fn call(function: &Function, argument: &JsValue) -> Option<String> {
        function
            .call1(&JsValue::UNDEFINED, argument)
            .ok()?
            .as_string()
    }

    /// A date without its time, in the words of the language.
    pub fn format_date(language: &Language, date: &Date) -> String {
        if let Some(year) = year_only(date) {
            return year;
        }
        let options = match date.day {
            Some(_) => options(&[
                ("year", "numeric"),
                ("month", "long"),
                ("day", "numeric"),
                ("timeZone", "UTC"),
            ]),
            None => options(&[("year", "numeric"), ("month", "long"), ("timeZone", "UTC")]),
        };
        // The day as written, not as another time zone would have it.
        let day = Date {
            time: None,
            ..*date
        };
        let milliseconds = JsValue::from_f64(day.timestamp() as f64 * 1000.0);
        let format = Intl::DateTimeFormat::new(&locales(language), &options).format();
        call(&format, &milliseconds)
            .map_or_else(|| day.to_string(), |text| super::plain_spaces(&text))
    }

    /// Text as it is compared when searching: small letters without accents,
    /// compatibility forms (NFKD) and Arabic vowel marks removed.
    pub fn fold(text: &str) -> String {
        let folded = js_sys::JsString::from(text)
            .to_lower_case()
            .normalize("NFKD");
        let folded = String::from(folded);
        folded.chars().filter(|c| !super::is_mark(*c)).collect()
    }

    /// A whole number with the digits and groups of the language.
    pub fn format_number(language: &Language, number: usize) -> String {
        let format = Intl::NumberFormat::new(&locales(language), &Object::new()).format();
        call(&format, &JsValue::from_f64(number as f64)).unwrap_or_else(|| number.to_string())
    }

    /// The CLDR category of a number: zero, one, two, few, many or other.
    pub fn plural_category(language: &Language, number: usize) -> String {
        let rules = Intl::PluralRules::new(&locales(language), &Object::new());
        rules
            .select(number as f64)
            .dyn_into::<js_sys::JsString>()
            .map_or_else(|_| "other".into(), String::from)
    }
}

#[cfg(feature = "ssr")]
mod native {
    use super::{formatting_tag, year_only};
    use article::{Date, Language};
    use icu::calendar::Date as IcuDate;
    use icu::datetime::DateTimeFormatter;
    use icu::datetime::fieldsets::{YM, YMD};
    use icu::decimal::DecimalFormatter;
    use icu::decimal::input::Decimal;
    use icu::locale::Locale;
    use icu::plurals::{PluralCategory, PluralRules};

    /// Snapshots hold no search results: nothing is compared here.
    pub fn fold(text: &str) -> String {
        text.to_lowercase()
            .chars()
            .filter(|c| !super::is_mark(*c))
            .collect()
    }

    fn locale(language: &Language) -> Locale {
        formatting_tag(language).parse().unwrap_or(Locale::UNKNOWN)
    }

    /// A date without its time, in the words of the language.
    pub fn format_date(language: &Language, date: &Date) -> String {
        if let Some(year) = year_only(date) {
            return year;
        }
        let locale = locale(language);
        let day = IcuDate::try_new_iso(
            i32::from(date.year),
            date.month.unwrap_or(1),
            date.day.unwrap_or(1),
        );
        let written = day.ok().and_then(|day| {
            if date.day.is_some() {
                let formatter = DateTimeFormatter::try_new(locale.into(), YMD::long()).ok()?;
                Some(formatter.format(&day).to_string())
            } else {
                let formatter = DateTimeFormatter::try_new(locale.into(), YM::long()).ok()?;
                Some(formatter.format(&day).to_string())
            }
        });
        written.map_or_else(
            || {
                Date {
                    time: None,
                    ..*date
                }
                .to_string()
            },
            |text| super::plain_spaces(&text),
        )
    }

    /// A whole number with the digits and groups of the language.
    pub fn format_number(language: &Language, number: usize) -> String {
        DecimalFormatter::try_new(locale(language).into(), Default::default()).map_or_else(
            |_| number.to_string(),
            |formatter| formatter.format(&Decimal::from(number as u64)).to_string(),
        )
    }

    /// The CLDR category of a number: zero, one, two, few, many or other.
    pub fn plural_category(language: &Language, number: usize) -> String {
        let category = PluralRules::try_new_cardinal(locale(language).into())
            .map_or(PluralCategory::Other, |rules| rules.category_for(number));
        match category {
            PluralCategory::Zero => "zero",
            PluralCategory::One => "one",
            PluralCategory::Two => "two",
            PluralCategory::Few => "few",
            PluralCategory::Many => "many",
            PluralCategory::Other => "other",
        }
        .into()
    }
}
