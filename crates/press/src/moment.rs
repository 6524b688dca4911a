//! Dates for formats that know no truncated ones.
//!
//! A date here is never later than the truth: where a format demands a second and
//! the archive knows a year, it gets the first one of that year where the site is
//! at home. It is never the moment of the build.

use article::Date;
use article::date::Time;
use jiff::civil;
use jiff::tz::TimeZone;

/// The clock a site goes by.
#[derive(Clone, Debug)]
pub struct Zone(TimeZone);

impl Zone {
    pub fn utc() -> Self {
        Self(TimeZone::UTC)
    }

    /// The zone of an IANA name (`Europe/Kyiv`); `None` if there is none of it.
    pub fn named(name: &str) -> Option<Self> {
        TimeZone::get(name).ok().map(Self)
    }

    /// The first second of a day there, where it is known; else in UTC.
    fn first_of(&self, year: u16, month: u8, day: u8) -> Option<Date> {
        let date = civil::Date::new(
            i16::try_from(year).ok()?,
            i8::try_from(month).ok()?,
            i8::try_from(day).ok()?,
        )
        .ok()?;
        // A day may begin at one o'clock, where the clocks change at midnight.
        let first = date.to_zoned_datetime(self.0.clone()).ok()?;
        let offset = first.offset().seconds();
        if offset % 60 != 0 {
            // Local mean time before there were zones: no format can write its seconds.
            return Some(Date::from_timestamp(first.timestamp().as_second()));
        }
        Some(Date {
            year: u16::try_from(first.year()).ok()?,
            month: u8::try_from(first.month()).ok(),
            day: u8::try_from(first.day()).ok(),
            time: Some(Time {
                hour: u8::try_from(first.hour()).ok()?,
                minute: u8::try_from(first.minute()).ok()?,
                second: u8::try_from(first.second()).ok()?,
                offset: i16::try_from(offset / 60).ok()?,
            }),
        })
    }
}

/// The date to the second; `None` for the default value, which nobody wrote down.
pub fn full(date: &Date, zone: &Zone) -> Option<Date> {
    let first = Date {
        month: date.month.or(Some(1)),
        day: date.day.or(Some(1)),
        ..*date
    };
    if date.year == 0 {
        return None;
    }
    if let Some(time) = date.time {
        return Some(valid(&first, time));
    }
    zone.first_of(date.year, first.month?, first.day?)
        .or_else(|| Some(Date::from_timestamp(first.timestamp())))
}

/// A second that XML Schema knows: it has no leap seconds, and no clock more than
/// 14 hours from UTC.
fn valid(date: &Date, time: Time) -> Date {
    const FARTHEST: u16 = 14 * 60;
    if time.offset.unsigned_abs() > FARTHEST {
        return Date::from_timestamp(date.timestamp());
    }
    Date {
        time: Some(Time {
            second: time.second.min(59),
            ..time
        }),
        ..*date
    }
}

/// As XML Schema and the sitemap protocol write it, to the day or to the second.
/// `None` where only the year or the month is known: W3C's note on dates has a form
/// for that, but the schema of the protocol refuses it.
pub fn day_or_second(date: &Date) -> Option<String> {
    date.day?;
    match date.time {
        Some(time) => Some(valid(date, time).to_string()),
        None => Some(date.to_string()),
    }
}

/// As RSS writes it (RFC 822 with four digits of the year): `Mon, 08 Nov 2010
/// 09:30:00 +0800`.
pub fn rfc822(date: &Date, zone: &Zone) -> Option<String> {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let date = full(date, zone)?;
    let time = date.time?;
    let local = date.timestamp() + i64::from(time.offset) * 60;
    // The first of January 1970 was a Thursday.
    let weekday = DAYS.get(usize::try_from(local.div_euclid(86_400).rem_euclid(7)).ok()?)?;
    let month = MONTHS.get(usize::from(date.month?).checked_sub(1)?)?;
    let sign = if time.offset < 0 { '-' } else { '+' };
    let offset = time.offset.unsigned_abs();
    Some(format!(
        "{weekday}, {:02} {month} {:04} {:02}:{:02}:{:02} {sign}{:02}{:02}",
        date.day?,
        date.year,
        time.hour,
        time.minute,
        time.second,
        offset / 60,
        offset % 60,
    ))
}

#[cfg(test)]
mod tests {
    use super::{Zone, day_or_second, full, rfc822};
    use article::Date;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn a_truncated_date_becomes_its_first_moment_where_the_site_is_at_home() {
        for (written, zone, moment) in [
            ("2003", "UTC", "2003-01-01T00:00:00Z"),
            ("2003-11", "Asia/Shanghai", "2003-11-01T00:00:00+08:00"),
            ("2003-07-04", "Europe/Paris", "2003-07-04T00:00:00+02:00"),
            // Midnight was skipped when summer time began.
            (
                "2018-11-04",
                "America/Sao_Paulo",
                "2018-11-04T01:00:00-02:00",
            ),
            // Paris went by the sun, 9 minutes and 21 seconds ahead of Greenwich.
            ("1889-05-06", "Europe/Paris", "1889-05-05T23:50:39Z"),
            ("0001", "Asia/Tokyo", "0001-01-01T00:00:00Z"),
        ] {
            let zone = Zone::named(zone).unwrap();
            assert_eq!(full(&date(written), &zone).unwrap().to_string(), moment);
        }
    }

    #[test]
    fn a_full_date_keeps_the_clock_it_was_written_by() {
        let zone = Zone::named("Asia/Tokyo").unwrap();
        let written = "2010-11-08T09:30:00+08:00";
        assert_eq!(full(&date(written), &zone).unwrap().to_string(), written);
    }

    #[test]
    fn leap_seconds_and_clocks_beyond_every_zone_are_written_as_others_can_read_them() {
        for (written, readable) in [
            ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
            ("2016-06-01T12:00:00+23:00", "2016-05-31T13:00:00Z"),
        ] {
            let written = date(written);
            assert_eq!(full(&written, &Zone::utc()).unwrap().to_string(), readable);
            assert_eq!(day_or_second(&written).unwrap(), readable);
        }
    }

    #[test]
    fn nobodys_date_stays_nobodys() {
        assert_eq!(full(&Date::default(), &Zone::utc()), None);
        assert_eq!(rfc822(&Date::default(), &Zone::utc()), None);
        assert_eq!(day_or_second(&Date::default()), None);
    }

    #[test]
    fn a_year_or_month_alone_is_not_written_where_a_day_is_the_least() {
        assert_eq!(day_or_second(&date("2003")), None);
        assert_eq!(day_or_second(&date("2003-11")), None);
        assert_eq!(day_or_second(&date("2003-11-04")).unwrap(), "2003-11-04");
    }

    #[test]
    fn rss_dates_name_the_day_of_the_week() {
        let zone = Zone::utc();
        for (written, rss) in [
            (
                "2010-11-08T09:30:00+08:00",
                "Mon, 08 Nov 2010 09:30:00 +0800",
            ),
            ("1970-01-01", "Thu, 01 Jan 1970 00:00:00 +0000"),
            (
                "1969-12-31T23:00:00-03:30",
                "Wed, 31 Dec 1969 23:00:00 -0330",
            ),
            ("2000-02-29", "Tue, 29 Feb 2000 00:00:00 +0000"),
        ] {
            assert_eq!(rfc822(&date(written), &zone).unwrap(), rss);
        }
    }

    #[test]
    fn a_zone_that_does_not_exist_is_none() {
        assert!(Zone::named("Europe/Atlantis").is_none());
    }
}
