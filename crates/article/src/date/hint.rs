//! How to mend a date that is none, as far as it can be guessed.
//!
//! Archives hold the dates of the programs that once kept them. A guess is only ever
//! a hint: the editor writes it, and nothing here turns a broken date into one.

use super::{Date, Time};

const FORM: &str = "Write 2010-11-08T09:30:00+08:00 with its offset, or only what is known: 2010-11-08, 2010-11 or 2010.";

/// For a text that is no date.
pub(super) fn of_text(text: &str) -> String {
    let text = text.trim();
    if text.starts_with("0000") {
        return "A database writes this where nobody entered a date. Look it up in the original, or write only the year or month that is known: 2003, 2003-11.".into();
    }
    if let Some(number) = number(text) {
        return if (19_000_101..=21_001_231).contains(&number) && text.len() == 8 {
            match (text.get(..4), text.get(4..6), text.get(6..)) {
                (Some(year), Some(month), Some(day)) => format!("Write {year}-{month}-{day}."),
                _ => FORM.into(),
            }
        } else {
            of_number(number)
        };
    }
    if let Some(rest) = text.get(10..)
        && Date::parse(text.get(..10).unwrap_or_default()).is_some()
        && Date::parse(&format!("{text}Z")).is_some()
    {
        return format!(
            "The offset is missing: write it behind the time ({text}+08:00, or {text}Z for UTC), or leave “{}” out.",
            rest.trim()
        );
    }
    match of_mail(text) {
        Some(date) => format!("Write {date}."),
        None => FORM.into(),
    }
}

/// For a number, which counts seconds or milliseconds since 1970.
pub(super) fn of_number(number: i64) -> String {
    if (1000..=2999).contains(&number) {
        return format!("Write it in quotes: \"{number}\".");
    }
    // As milliseconds these would lie in 1973, as seconds in the year 5138.
    let (unit, seconds) = if number.unsigned_abs() < 100_000_000_000 {
        ("seconds", number)
    } else {
        ("milliseconds", number.div_euclid(1000))
    };
    format!(
        "If it counts {unit} since 1970, write \"{}\".",
        Date::from_timestamp(seconds)
    )
}

fn number(text: &str) -> Option<i64> {
    let is_number = text.len() >= 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// The dates of mails and feeds: `Mon, 25 May 2020 10:00:00 +0200`, in any order of
/// their words. A wrong weekday does no harm; without a zone only the day is sure.
fn of_mail(text: &str) -> Option<Date> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let (mut year, mut month, mut day, mut clock, mut offset) = (None, None, None, None, None);
    for word in text.split([' ', ',']).filter(|word| !word.is_empty()) {
        let lower = word.to_ascii_lowercase();
        let begins =
            |name: &str| lower.starts_with(name) && lower.bytes().all(|b| b.is_ascii_alphabetic());
        if let Some(index) = MONTHS.iter().position(|name| begins(name)) {
            month = u8::try_from(index + 1).ok();
        } else if word.contains(':') {
            clock = Some(word);
        } else if matches!(lower.as_str(), "z" | "ut" | "utc" | "gmt") {
            offset = Some("Z".to_owned());
        } else if word.starts_with(['+', '-']) && word.len() == 5 {
            offset = Some(format!("{}:{}", word.get(..3)?, word.get(3..)?));
        } else if let Ok(number) = word.parse::<u16>() {
            if (1900..=2100).contains(&number) {
                year = Some(number);
            } else if (1..=31).contains(&number) {
                day = u8::try_from(number).ok();
            }
        }
    }
    let day = format!("{:04}-{:02}-{:02}", year?, month?, day?);
    let time: Option<Time> = clock.zip(offset).and_then(|(clock, offset)| {
        let seconds = if clock.len() == 5 { ":00" } else { "" };
        Date::parse(&format!("{day}T{clock}{seconds}{offset}"))?.time
    });
    let date = Date::parse(&day)?;
    Some(Date { time, ..date })
}
