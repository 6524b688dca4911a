//! Languages (BCP 47 tags), the direction they are written in, and how fast they are read.

use crate::json::Value;
use crate::read::{Code, Description, Observer, Read, names, wrong_shape};

names! {
    /// The direction of a text. `auto` lets the browser look at its first strong letter.
    pub enum Direction {
        default Ltr = "ltr",
        Rtl = "rtl",
        Auto = "auto",
    }
}

/// A BCP 47 language tag, such as `en`, `en-GB` or `zh-Hans`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(String);

impl Default for Language {
    /// `und`: nobody said.
    fn default() -> Self {
        Self("und".into())
    }
}

impl Language {
    /// Checks the shape of the tag (RFC 5646 §2.1: subtags of one to eight letters
    /// and digits, the first of two or three letters), not that the language exists.
    #[must_use]
    pub fn new(tag: &str) -> Option<Self> {
        let mut subtags = tag.split('-');
        let primary = subtags.next().unwrap_or_default();
        let sound = (2..=3).contains(&primary.len())
            && primary.bytes().all(|b| b.is_ascii_alphabetic())
            && subtags.all(|subtag| {
                (1..=8).contains(&subtag.len()) && subtag.bytes().all(|b| b.is_ascii_alphanumeric())
            });
        sound.then(|| Self(tag.into()))
    }

    /// The tag as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether two tags name the same language: their case means nothing (RFC 5646 §2.1.1).
    #[must_use]
    pub fn is_same_as(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }

    /// Its name in itself, for those who can read only that; the tag where it is none
    /// of the six of the United Nations.
    #[must_use]
    pub fn own_name(&self) -> &str {
        match self.primary() {
            "ar" => "العربية",
            "en" => "English",
            "es" => "Español",
            "fr" => "Français",
            "ru" => "Русский",
            "zh" => "中文",
            _ => self.as_str(),
        }
    }

    /// The first subtag: `zh` of `zh-Hans`.
    #[must_use]
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }

    /// Whether nobody said which language it is.
    #[must_use]
    pub fn is_undetermined(&self) -> bool {
        self.primary().eq_ignore_ascii_case("und")
    }

    /// The direction of the language's script: that of the script subtag if there
    /// is one (`az-Arab`), else of the script the language is usually written in
    /// (CLDR likely subtags).
    #[must_use]
    pub fn direction(&self) -> Direction {
        const RTL_SCRIPTS: &[&str] = &[
            "Arab", "Aran", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg", "Mand", "Samr",
        ];
        const RTL_LANGUAGES: &[&str] = &[
            "ar", "fa", "he", "iw", "ur", "ps", "sd", "ug", "yi", "ji", "dv", "ckb", "ks", "arc",
            "syr", "nqo", "rhg", "prs", "pnb", "azb", "bal", "glk", "mzn", "lrc", "khw", "skr",
            "bgn", "ary", "arz", "aeb", "acm", "afb", "aii", "apc", "apd", "arq", "ars", "ayl",
            "bqi", "haz", "hno", "sdh",
        ];
        /// Languages that one country writes in Arabic script.
        const RTL_REGIONS: &[&str] = &[
            "az-IR", "kk-CN", "ku-IQ", "ku-IR", "ky-CN", "pa-PK", "uz-AF",
        ];
        let script = self
            .0
            .split('-')
            .skip(1)
            // Beyond a single letter stand extensions: the "latn" of ar-u-nu-latn is
            // a kind of digits, not a script.
            .take_while(|subtag| subtag.len() > 1)
            .find(|subtag| subtag.len() == 4 && subtag.bytes().all(|b| b.is_ascii_alphabetic()));
        let right_to_left = match script {
            Some(script) => RTL_SCRIPTS.iter().any(|s| s.eq_ignore_ascii_case(script)),
            None => {
                RTL_LANGUAGES
                    .iter()
                    .any(|l| l.eq_ignore_ascii_case(self.primary()))
                    || RTL_REGIONS.iter().any(|l| {
                        self.0
                            .get(..l.len())
                            .is_some_and(|start| start.eq_ignore_ascii_case(l))
                    })
            }
        };
        if right_to_left {
            Direction::Rtl
        } else {
            Direction::Ltr
        }
    }

    /// Characters an adult reads in a minute, spaces included (Trauzettel-Klosinski
    /// and Dietz, IOVS 2012, the table behind Firefox's reader view). Languages
    /// that were not measured count as English.
    #[must_use]
    pub fn characters_per_minute(&self) -> usize {
        match self.primary().to_ascii_lowercase().as_str() {
            "fr" => 998,
            "es" => 1025,
            "ru" => 986,
            "ar" => 612,
            "zh" => 255,
            _ => 987,
        }
    }
}

impl Read for Language {
    const EXPECTED: &'static str = "a language tag such as \"en\" or \"zh-Hans\"";

    fn read<O: Observer>(value: &Value<'_>, observer: &mut O) -> Option<Self> {
        let Some(tag) = value.as_str() else {
            wrong_shape(value, Self::EXPECTED, observer);
            return None;
        };
        let language = Self::new(tag);
        if language.is_none() {
            observer.problem(value.span, || Description {
                code: Code::BrokenLanguage,
                message: format!("“{tag}” is not a language tag"),
                // Operating systems write en_US and en_US.UTF-8.
                hint: match tag
                    .split(['.', '@'])
                    .next()
                    .unwrap_or_default()
                    .replace('_', "-")
                {
                    mended if mended != tag && Self::new(&mended).is_some() => {
                        format!("Write \"{mended}\".")
                    }
                    _ => "Write a BCP 47 tag: \"en\", \"ar\", \"pt-BR\", \"zh-Hans\".".into(),
                },
            });
        }
        language
    }
}

#[cfg(feature = "write")]
crate::write::as_text!(Language, |language| language.as_str());
