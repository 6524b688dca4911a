//! Every language file has every word, with the same placeholders, in all plural
//! categories of its language.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use article::json::{self, Kind, Value};
use dateline::i18n::WORDS;

/// The plural categories of whole numbers (CLDR 48, supplemental/plurals).
const CATEGORIES: &[(&str, &[&str])] = &[
    ("ar", &["few", "many", "one", "other", "two", "zero"]),
    ("en", &["one", "other"]),
    ("es", &["many", "one", "other"]),
    ("fr", &["many", "one", "other"]),
    ("ru", &["few", "many", "one", "other"]),
    ("zh", &["other"]),
];

/// Names in a file that are no words.
const SETTINGS: &[&str] = &["month_names"];

fn files() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/i18n");
    let mut files: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            (
                path.file_stem().unwrap().to_str().unwrap().to_owned(),
                fs::read_to_string(path).unwrap(),
            )
        })
        .collect();
    files.sort();
    assert!(
        files.len() >= 3,
        "the language files are where they should be"
    );
    files
}

fn members<'a>(value: &'a Value<'a>) -> Vec<(&'a str, &'a Value<'a>)> {
    match &value.kind {
        Kind::Object(members) => members
            .iter()
            .map(|member| (member.name.as_ref(), &member.value))
            .collect(),
        _ => panic!("not an object"),
    }
}

/// Every word, those of the service worker as `worker.name`.
fn words<'a>(value: &'a Value<'a>) -> Vec<(String, &'a Value<'a>)> {
    let mut words = Vec::new();
    for (name, text) in members(value) {
        if name == "worker" {
            let inner = members(text).into_iter();
            words.extend(inner.map(|(name, text)| (format!("worker.{name}"), text)));
        } else if !SETTINGS.contains(&name) {
            words.push((name.to_owned(), text));
        }
    }
    words
}

/// The words that the service worker asks for, as its source has them.
fn words_of_the_worker() -> BTreeSet<String> {
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/boot/worker/shelf.js");
    let source = fs::read_to_string(source).unwrap();
    let name = |rest: &str| {
        let end = rest.find(|c: char| !(c.is_ascii_lowercase() || c == '_'));
        rest[..end.unwrap_or(rest.len())].to_owned()
    };
    // Two are asked for by a name that is passed on: `button("save_story", …)`.
    let direct = source.split("worker.").skip(1).map(name);
    let passed = source.split("button(\"").skip(1).map(name);
    direct
        .chain(passed)
        .filter(|name| !name.is_empty())
        .map(|name| format!("worker.{name}"))
        .collect()
}

fn placeholders(text: &str) -> BTreeSet<String> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name.to_owned())
        .collect()
}

#[test]
fn every_language_has_every_word_and_no_other() {
    for (language, source) in files() {
        let value = json::parse(&source).value.unwrap();
        let names: BTreeSet<String> = words(&value).into_iter().map(|(name, _)| name).collect();
        let mut expected: BTreeSet<String> = WORDS.iter().map(|word| (*word).to_owned()).collect();
        expected.extend(words_of_the_worker());
        let missing: Vec<_> = expected.difference(&names).collect();
        let unknown: Vec<_> = names.difference(&expected).collect();
        assert!(
            missing.is_empty() && unknown.is_empty(),
            "{language}: missing {missing:?}, unknown {unknown:?}"
        );
    }
}

#[test]
fn no_word_is_empty() {
    for (language, source) in files() {
        let value = json::parse(&source).value.unwrap();
        for (name, text) in words(&value) {
            if let Kind::String(text) = &text.kind {
                assert!(!text.trim().is_empty(), "{language}: {name}");
            }
        }
    }
}

#[test]
fn every_language_uses_the_placeholders_of_english() {
    let files = files();
    let english = files.iter().find(|(language, _)| language == "en").unwrap();
    let english = json::parse(&english.1).value.unwrap();
    let english: BTreeMap<String, &Value<'_>> = words(&english).into_iter().collect();
    for (language, source) in &files {
        let value = json::parse(source).value.unwrap();
        for (name, text) in words(&value) {
            let Some(original) = english.get(&name) else {
                continue;
            };
            match (&text.kind, &original.kind) {
                (Kind::String(text), Kind::String(original)) => {
                    assert_eq!(
                        placeholders(text),
                        placeholders(original),
                        "{language}: {name}"
                    );
                }
                (Kind::Object(_), Kind::Object(_)) => {
                    let allowed = placeholders(original.get("other").unwrap().as_str().unwrap());
                    for (category, text) in members(text) {
                        let used = placeholders(text.as_str().unwrap());
                        assert!(used.is_subset(&allowed), "{language}: {name}.{category}");
                        // One and two may be said in words; larger numbers may not.
                        if matches!(category, "few" | "many" | "other") {
                            assert_eq!(used, allowed, "{language}: {name}.{category}");
                        }
                    }
                }
                _ => panic!("{language}: {name} is of another shape than in English"),
            }
        }
    }
}

#[test]
fn every_plural_has_all_categories_of_its_language() {
    for (language, source) in files() {
        let primary = language.split('-').next().unwrap();
        let expected = CATEGORIES
            .iter()
            .find(|(tag, _)| *tag == primary)
            .unwrap_or_else(|| panic!("which categories has {language}?"))
            .1;
        let value = json::parse(&source).value.unwrap();
        for (name, text) in words(&value) {
            if let Kind::Object(_) = text.kind {
                let mut categories: Vec<&str> = members(text)
                    .into_iter()
                    .map(|(category, _)| category)
                    .collect();
                categories.sort_unstable();
                assert_eq!(categories, expected, "{language}: {name}");
            }
        }
    }
}

#[test]
fn a_language_that_names_its_own_months_names_twelve() {
    for (language, source) in files() {
        let value = json::parse(&source).value.unwrap();
        if let Some(Kind::Array(months)) = value.get("month_names").map(|months| &months.kind) {
            assert_eq!(months.len(), 12, "{language}");
        }
    }
}
