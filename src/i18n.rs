//! The words of the interface, one file per language (`src/i18n/<lang>.json`).
//!
//! A file is a flat object of texts; a text that depends on a number is an object
//! with one text for each plural category of its language (CLDR). `{name}` stands
//! for something put in. Only the file of the language being read is loaded; a
//! language is added, or a word changed, without touching Rust.

use std::sync::Arc;

use article::json::{self, Kind, Value};
use article::{Date, Language};

use crate::platform::intl;

macro_rules! words {
    ($( $(#[$doc:meta])* $word:ident ),* $(,)?) => {
        /// A text of the interface; its name in the files is in snake case.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(non_camel_case_types)]
        pub enum Word { $( $(#[$doc])* $word ),* }

        /// Every word's name, in the order of [`Word`].
        pub const WORDS: &[&str] = &[$( stringify!($word) ),*];
    };
}

words! {
    skip_to_main,
    main_navigation,
    languages,
    front,
    search,
    front_heading,
    latest,
    films_heading,
    photos_heading,
    videos,
    more_videos,
    all_videos,
    no_videos,
    all_photos,
    no_photos,
    /// `{name}` of a topic or place.
    photos_of,
    /// By topic and place.
    narrow,
    places,
    newer_page,
    older_page,
    newer_stories,
    older_stories,
    older_heading,
    no_stories,
    featured,
    site_notice,
    more_about_this,
    dismiss_notice,
    updated,
    /// `{n}` minutes, by plural.
    minutes_to_read,
    /// `{n}` photos, by plural.
    photo_count,
    also_in,
    original_language,
    machine_translation,
    content_warning,
    /// In front of what a picture or film carries a warning of.
    warned,
    show,
    hide,
    corrections,
    correction,
    clarification,
    update,
    editors_note,
    retraction,
    related,
    read_more,
    more_stories,
    topics,
    moved_from,
    archived_original,
    no_description,
    picture_missing,
    long_description,
    enlarge,
    gallery,
    /// `{n}` of `{total}`: `{headline}`.
    photo_of,
    /// `{n}` of `{total}`.
    photo_number,
    previous_photo,
    next_photo,
    back_to_story,
    open_photo,
    close,
    zoom,
    copy_credit,
    credit_copied,
    credit_not_copied,
    video,
    audio,
    /// `{title}`.
    play_video,
    video_page,
    captions_in,
    transcript,
    machine_transcript,
    transcript_elsewhere,
    download_file,
    /// `{format}`.
    legacy_made_for,
    legacy_unknown_player,
    legacy_explained,
    legacy_address,
    legacy_status_dead,
    legacy_archived_copy,
    media_transcript_only,
    media_missing,
    media_withdrawn,
    media_no_files,
    /// `{provider}`.
    embed_elsewhere,
    embed_open,
    /// `{provider}`.
    embed_show,
    /// `{provider}`.
    embed_tells,
    not_carried_over,
    block_unknown,
    block_broken,
    story_broke_off,
    story_cut,
    story_withheld,
    story_canceled,
    loading,
    retry,
    go_to_front,
    search_heading,
    search_label,
    search_button,
    /// `{n}` stories, `{query}`.
    search_found,
    search_nothing,
    search_hint,
    search_all_looked_at,
    search_further,
    search_no_script,
    not_found_heading,
    not_found_text,
    photo_gone,
    video_gone,
    failed_heading,
    failed_offline,
    failed_server,
    failed_not_data,
    failed_timeout,
    failed_unreadable,
    failed_newer,
    boot_failed,
    crashed,
    /// `{date}`.
    copy_from,
    newer_release,
    load_newer,
    saved,
    save_offline,
    saved_clear,
    saved_cleared,
    save_refused,
    pages,
    offline_heading,
    offline_text,
    saved_heading,
    saved_none,
    player_play,
    player_pause,
    player_seek,
    /// `{time}` of `{total}`, both spoken.
    player_time,
    /// `{n}` hours, by plural.
    hours,
    /// `{n}` minutes, by plural.
    minutes,
    /// `{n}` seconds, by plural.
    seconds,
    player_mute,
    player_unmute,
    player_volume,
    player_captions,
    player_captions_off,
    player_settings,
    player_speed,
    player_quality,
    player_quality_auto,
    player_chapters,
    player_float,
    player_fullscreen,
    player_fullscreen_leave,
    player_keys,
    key_play,
    key_ten_seconds,
    key_five_seconds,
    key_part,
    player_follow,
    film_gone,
    film_blocked,
    film_unsupported,
    film_offline,
    film_slow,
    /// `{n}` thousand bytes.
    kilobytes,
    /// `{n}` million bytes.
    megabytes,
    decimal_sign,
}

/// The texts of one language.
#[derive(Debug)]
pub struct Messages {
    pub language: Language,
    texts: Vec<Text>,
    /// Names of the months, where the language file prefers its own to the
    /// browser's (Arabic, with the double names of the United Nations).
    months: Vec<String>,
}

#[derive(Debug, Default)]
struct Text {
    plain: String,
    /// Category and text.
    plurals: Vec<(String, String)>,
}

/// Where a language's file is, below the site's root.
#[must_use]
pub fn file_of(language: &Language) -> String {
    format!("i18n/{}.json", language.as_str())
}

impl Messages {
    /// Reads a language file; `None` if it is no JSON object. A missing word reads
    /// as its own name, which the tests make impossible for our own files.
    #[must_use]
    pub fn read(language: Language, source: &str) -> Option<Arc<Self>> {
        Self::from_value(language, &json::parse(source).value?)
    }

    /// The same from JSON already parsed.
    #[must_use]
    pub fn from_value(language: Language, value: &Value<'_>) -> Option<Arc<Self>> {
        let Kind::Object(_) = value.kind else {
            return None;
        };
        let texts = WORDS
            .iter()
            .map(|name| match value.get(name).map(|text| &text.kind) {
                Some(Kind::String(text)) => Text {
                    plain: text.to_string(),
                    plurals: Vec::new(),
                },
                Some(Kind::Object(members)) => Text {
                    plain: String::new(),
                    plurals: members
                        .iter()
                        .filter_map(|member| {
                            Some((member.name.to_string(), member.value.as_str()?.to_owned()))
                        })
                        .collect(),
                },
                _ => Text {
                    plain: (*name).into(),
                    plurals: Vec::new(),
                },
            })
            .collect();
        let months = match value.get("month_names").map(|months| &months.kind) {
            Some(Kind::Array(names)) => names
                .iter()
                .filter_map(|name| name.as_str().map(Into::into))
                .collect(),
            _ => Vec::new(),
        };
        Some(Arc::new(Self {
            language,
            texts,
            months,
        }))
    }

    /// A text.
    #[must_use]
    pub fn get(&self, word: Word) -> String {
        self.texts
            .get(word as usize)
            .map(|text| text.plain.clone())
            .unwrap_or_default()
    }

    /// A text with something put in for each `{name}`.
    #[must_use]
    pub fn with(&self, word: Word, values: &[(&str, &str)]) -> String {
        fill(&self.get(word), values)
    }

    /// The text for a number, with the number as `{n}`.
    #[must_use]
    pub fn plural(&self, word: Word, number: usize, values: &[(&str, &str)]) -> String {
        let category = intl::plural_category(&self.language, number);
        let plurals = self.texts.get(word as usize).map(|text| &text.plurals);
        let text = plurals
            .and_then(|plurals| {
                let of = |name: &str| plurals.iter().find(|(category, _)| category == name);
                of(&category).or_else(|| of("other"))
            })
            .map(|(_, text)| text.as_str())
            .unwrap_or_default();
        fill(&fill(text, &[("n", &self.number(number))]), values)
    }

    /// A whole number in the digits and groups of the language.
    #[must_use]
    pub fn number(&self, number: usize) -> String {
        intl::format_number(&self.language, number)
    }

    /// A date, no more precise than it is known. A time is shown with the offset
    /// it was written with.
    #[must_use]
    pub fn date(&self, date: &Date) -> String {
        self.own_date(date)
            .unwrap_or_else(|| intl::format_date(&self.language, date))
    }

    /// A date and its time of day, if that is known.
    #[must_use]
    pub fn date_and_time(&self, date: &Date) -> String {
        let day = self.date(date);
        let Some(time) = date.time else { return day };
        let minutes = time.offset.unsigned_abs();
        let zone = match (time.offset, minutes % 60) {
            (0, _) => "UTC".into(),
            (offset, 0) => format!("UTC{}{}", if offset < 0 { '−' } else { '+' }, minutes / 60),
            (offset, rest) => format!(
                "UTC{}{}:{rest:02}",
                if offset < 0 { '−' } else { '+' },
                minutes / 60
            ),
        };
        format!("{day}, {:02}:{:02} {zone}", time.hour, time.minute)
    }

    fn own_date(&self, date: &Date) -> Option<String> {
        let month = self.months.get(usize::from(date.month?).checked_sub(1)?)?;
        Some(match date.day {
            Some(day) => format!("{day} {month} {}", date.year),
            None => format!("{month} {}", date.year),
        })
    }
}

/// Minutes and seconds, `3:07`, or hours too, `1:02:03`; the same in all languages.
#[must_use]
pub fn clock(seconds: i64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

/// A language's name in itself, for those who can read only that.
#[must_use]
pub fn own_name(language: &Language) -> String {
    language.own_name().into()
}

fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            continue;
        };
        if let Some((_, value)) = values.iter().find(|(key, _)| *key == name) {
            filled.push_str(value);
        } else {
            filled.push('{');
            filled.push_str(name);
            filled.push('}');
        }
        rest = tail;
    }
    filled.push_str(rest);
    filled
}
