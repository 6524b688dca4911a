//! Languages as Open Graph names them: with the country, `en_US`.

use article::Language;

/// The country of a language that was named without one, where it has a usual one
/// (CLDR's likely subtags, but for the languages that those who show links know by
/// another: Facebook's `ar_AR`).
const USUAL: [(&str, &str); 14] = [
    ("ar", "ar_AR"),
    ("de", "de_DE"),
    ("en", "en_US"),
    ("es", "es_ES"),
    ("fa", "fa_IR"),
    ("fr", "fr_FR"),
    ("hi", "hi_IN"),
    ("it", "it_IT"),
    ("ja", "ja_JP"),
    ("pt", "pt_PT"),
    ("ru", "ru_RU"),
    ("sw", "sw_KE"),
    ("tr", "tr_TR"),
    ("uk", "uk_UA"),
];

/// `None` for a language whose country would be a guess.
pub fn locale(language: &Language) -> Option<String> {
    let primary = language.primary().to_ascii_lowercase();
    // Beyond a single letter stand extensions: the "nu" of ar-u-nu-latn is no country.
    let subtags = || {
        language
            .as_str()
            .split('-')
            .skip(1)
            .take_while(|subtag| subtag.len() > 1)
    };
    let region = subtags()
        .find(|subtag| subtag.len() == 2 && subtag.bytes().all(|b| b.is_ascii_alphabetic()));
    if let Some(region) = region {
        return Some(format!("{primary}_{}", region.to_ascii_uppercase()));
    }
    if primary == "zh" {
        let is_traditional = subtags().any(|subtag| subtag.eq_ignore_ascii_case("Hant"));
        return Some(if is_traditional { "zh_TW" } else { "zh_CN" }.into());
    }
    USUAL
        .iter()
        .find(|(tag, _)| *tag == primary)
        .map(|(_, locale)| (*locale).to_owned())
}

#[cfg(test)]
mod tests {
    use super::locale;
    use article::Language;

    #[test]
    fn a_language_is_named_with_its_country_and_never_with_a_guessed_one() {
        for (tag, expected) in [
            ("en", Some("en_US")),
            ("en-gb", Some("en_GB")),
            ("pt-BR", Some("pt_BR")),
            ("ar", Some("ar_AR")),
            ("zh", Some("zh_CN")),
            ("zh-Hant", Some("zh_TW")),
            ("zh-Hant-HK", Some("zh_HK")),
            ("ar-u-nu-latn", Some("ar_AR")),
            ("wo", None),
        ] {
            let found = locale(&Language::new(tag).unwrap());
            assert_eq!(found.as_deref(), expected, "{tag}");
        }
    }
}
