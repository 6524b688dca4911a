//! Dates that know no more than the archive does.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use article::Date;
use article::date::Time;

/// As written, as printed again, and the moment.
const GOOD: &[(&str, &str, i64)] = &[
    ("1970", "1970", 0),
    ("1970-01", "1970-01", 0),
    ("1970-01-01", "1970-01-01", 0),
    ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z", 0),
    (
        "2010-11-08T09:30:00+08:00",
        "2010-11-08T09:30:00+08:00",
        1_289_179_800,
    ),
    (
        "2010-11-08t09:30:00z",
        "2010-11-08T09:30:00Z",
        1_289_208_600,
    ),
    (
        "2010-11-08 09:30:00Z",
        "2010-11-08T09:30:00Z",
        1_289_208_600,
    ),
    (
        "2010-11-08T09:30:00.5Z",
        "2010-11-08T09:30:00Z",
        1_289_208_600,
    ),
    (
        "2010-11-08T09:30:00.123456789+00:00",
        "2010-11-08T09:30:00Z",
        1_289_208_600,
    ),
    (
        "2010-11-08T09:30:00-00:00",
        "2010-11-08T09:30:00Z",
        1_289_208_600,
    ),
    (
        "2010-11-08T09:30:00-03:30",
        "2010-11-08T09:30:00-03:30",
        1_289_221_200,
    ),
    (
        "2010-11-08T09:30:00+23:59",
        "2010-11-08T09:30:00+23:59",
        1_289_122_260,
    ),
    (
        "2016-12-31T23:59:60Z",
        "2016-12-31T23:59:60Z",
        1_483_228_799,
    ),
    ("2000-02-29", "2000-02-29", 951_782_400),
    ("2024-02-29", "2024-02-29", 1_709_164_800),
    ("0001", "0001", -62_135_596_800),
    (
        "9999-12-31T23:59:59Z",
        "9999-12-31T23:59:59Z",
        253_402_300_799,
    ),
    ("1899-12-31", "1899-12-31", -2_209_075_200),
];

const BAD: &[&str] = &[
    "",
    " 2010",
    "2010 ",
    "2010\n",
    "0000",
    "0000-00-00",
    "210",
    "20100",
    "-2010",
    "+2010",
    "201a",
    "２０１０",
    "2010-",
    "2010-0",
    "2010-00",
    "2010-13",
    "2010-1",
    "2010-11-",
    "2010-11-0",
    "2010-11-00",
    "2010-11-31",
    "2010-02-29",
    "1900-02-29",
    "2010/11/08",
    "20101108",
    "08.11.2010",
    "8 November 2010",
    "Mon, 08 Nov 2010 09:30:00 GMT",
    "2010-11-08T",
    "2010-11-08T09",
    "2010-11-08T09:30",
    "2010-11-08T09:30Z",
    "2010-11-08T09:30:00",
    "2010-11-08T09:30:00.Z",
    "2010-11-08T24:00:00Z",
    "2010-11-08T09:60:00Z",
    "2010-11-08T09:30:61Z",
    "2010-11-08T09:30:00+8",
    "2010-11-08T09:30:00+0800",
    "2010-11-08T09:30:00+08",
    "2010-11-08T09:30:00+24:00",
    "2010-11-08T09:30:00+08:60",
    "2010-11-08T09:30:00Z ",
    "2010-11-08T09:30:00ZZ",
    "2010-11-08T09:30:00 +08:00",
    "2010-11-08_09:30:00Z",
    "2010-W45-1",
    "now",
];

#[test]
fn good_dates_are_read_and_printed_as_precise_as_they_were() {
    for (written, printed, timestamp) in GOOD {
        let date = Date::parse(written).unwrap_or_else(|| panic!("{written}"));
        assert_eq!(date.to_string(), *printed);
        assert_eq!(date.timestamp(), *timestamp, "{written}");
        assert_eq!(Date::parse(printed), Some(date));
    }
}

#[test]
fn what_is_not_a_date_is_none() {
    for written in BAD {
        assert_eq!(Date::parse(written), None, "{written:?}");
    }
}

#[test]
fn every_day_of_eight_centuries_has_its_own_timestamp() {
    let mut seconds = Date::parse("1600-01-01").unwrap().timestamp();
    while seconds < Date::parse("2400-01-01").unwrap().timestamp() {
        let date = Date::from_timestamp(seconds);
        assert_eq!(date.timestamp(), seconds);
        let day = Date { time: None, ..date };
        assert_eq!(Date::parse(&day.to_string()), Some(day));
        seconds += 86_400;
    }
}

#[test]
fn moments_beyond_the_calendar_become_its_first_and_last() {
    assert_eq!(
        Date::from_timestamp(i64::MIN).to_string(),
        "0001-01-01T00:00:00Z"
    );
    assert_eq!(
        Date::from_timestamp(i64::MAX).to_string(),
        "9999-12-31T23:59:59Z"
    );
    assert_eq!(Date::from_timestamp(-1).to_string(), "1969-12-31T23:59:59Z");
}

#[test]
fn a_time_keeps_the_clock_it_was_read_from() {
    let time = Date::parse("2010-11-08T09:30:05-03:30")
        .unwrap()
        .time
        .unwrap();
    assert_eq!(
        time,
        Time {
            hour: 9,
            minute: 30,
            second: 5,
            offset: -210
        }
    );
}

#[test]
fn truncated_dates_are_compared_only_as_far_as_both_go() {
    for (this, that, before) in [
        ("2003", "2004", true),
        ("2003", "2003-11", false),
        ("2003-11", "2003", false),
        ("2003-11", "2003-12-01", true),
        ("2003-11-04", "2003-11-04T23:00:00Z", false),
        ("2003-11-03", "2003-11-04T23:00:00Z", true),
        (
            "2010-11-08T09:30:00+08:00",
            "2010-11-08T09:30:00+02:00",
            true,
        ),
        (
            "2010-11-08T09:30:00+02:00",
            "2010-11-08T09:30:00+08:00",
            false,
        ),
        (
            "2010-11-08T09:30:00+02:00",
            "2010-11-08T09:30:00+02:00",
            false,
        ),
    ] {
        let (this, that) = (Date::parse(this).unwrap(), Date::parse(that).unwrap());
        assert_eq!(this.is_before(&that), before, "{this} {that}");
    }
}
