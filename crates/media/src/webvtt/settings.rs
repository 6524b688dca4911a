//! The settings after a cue's times, by the rules of "parse the WebVTT cue settings".
//!
//! A browser passes over what it does not understand, and the words then stand where
//! nobody put them.

use crate::problem::Problem;

pub(super) fn check(settings: &str) -> Vec<Problem> {
    // A line of a megabyte is one mistake, not a hundred thousand.
    const MOST: usize = 20;
    settings
        .split_ascii_whitespace()
        .take(MOST)
        .filter_map(check_one)
        .collect()
}

fn check_one(setting: &str) -> Option<Problem> {
    let unknown = || {
        let name: String = setting.chars().take(40).collect();
        Problem::new(
            "unknown-setting",
            format!("“{name}” is not a setting of a cue"),
            "Write one of vertical, line, position, size, align and region, a colon and its value: align:start.",
        )
    };
    let Some((name, value)) = setting.split_once(':') else {
        return Some(unknown());
    };
    let (sound, values) = match name {
        "vertical" => (matches!(value, "rl" | "lr"), "rl or lr"),
        "line" => (
            is_line(value),
            "a number of lines or a percentage, such as line:-1 or line:85%",
        ),
        "position" => (
            with_alignment(value, &["line-left", "center", "line-right"], is_percentage),
            "a percentage, such as position:50%",
        ),
        "size" => (is_percentage(value), "a percentage, such as size:80%"),
        "align" => (
            matches!(value, "start" | "center" | "end" | "left" | "right"),
            "start, center, end, left or right",
        ),
        "region" => (!value.is_empty(), "the id of a region"),
        _ => return Some(unknown()),
    };
    let hint = if name == "align" && value == "middle" {
        "Write align:center: “middle” is an old name of it.".to_owned()
    } else {
        format!("Write {values}, or leave “{name}” out.")
    };
    let value: String = value.chars().take(40).collect();
    (!sound).then(|| {
        Problem::new(
            "broken-setting",
            format!("“{value}” is no value for “{name}”"),
            hint,
        )
    })
}

fn with_alignment(value: &str, names: &[&str], is_sound: impl Fn(&str) -> bool) -> bool {
    match value.split_once(',') {
        Some((value, alignment)) => is_sound(value) && names.contains(&alignment),
        None => is_sound(value),
    }
}

fn is_line(value: &str) -> bool {
    with_alignment(value, &["start", "center", "end"], |value| {
        is_percentage(value)
            || value
                .strip_prefix('-')
                .unwrap_or(value)
                .parse::<f64>()
                .is_ok_and(f64::is_finite)
                && value
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.'))
    })
}

fn is_percentage(value: &str) -> bool {
    value.strip_suffix('%').is_some_and(|number| {
        number
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
            && number
                .parse::<f64>()
                .is_ok_and(|number| (0.0..=100.0).contains(&number))
    })
}
