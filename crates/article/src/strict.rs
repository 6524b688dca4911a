//! The strict reading, for `press`: nothing is forgiven, everything is placed.
//!
//! It is the lenient reading with an ear (`observer`), and then the rules that need
//! several fields at once (`rules`, `blocks`, `media`, `credit`, `limits`, `private`, `site`)
//! or look at the words themselves (`texts`): so the article it
//! returns is the one a browser makes of the same text. It knows only this one
//! file: that files exist, slugs are unique or translations point back is for
//! `press` to find.

mod ask;
mod blocks;
mod credit;
mod limits;
mod media;
mod observer;
mod place;
mod private;
mod rules;
mod site;
mod syntax;
mod texts;

use crate::json::{self, Kind, Parsed, Span, Value};
use crate::read::{Code, Read};
use crate::site::Site;
use crate::story::Article;
use observer::{Ear, Found};

/// A longer text (in bytes) is refused unread: the longest honest story is under a
/// megabyte, and what is this long has pictures pasted into it.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// A story of more bytes is told as an error: readers load every byte of it.
pub const MAX_STORY: usize = 2 * 1024 * 1024;

/// A story of more bytes is warned of: over a slow line it takes long to come.
pub const LONG_STORY: usize = 250 * 1024;

/// No more problems than these are listed; one more then says how many there are.
pub const MAX_PROBLEMS: usize = 200;

/// Something that is not as the format wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Whether it stops the story from being published.
    pub severity: Severity,
    /// What kind of problem it is.
    pub code: Code,
    /// Where it stands, in bytes. [`Problem::line_and_column`] counts lines.
    pub span: Span,
    /// The way to it from the top, such as `body[3].image.alt`; empty at the top.
    pub path: String,
    /// What is wrong, as a clause: "the field “slug” is missing". Control and bidi
    /// characters of the text are escaped in it, so that it may go to a terminal.
    pub message: String,
    /// How to mend it, as a sentence.
    pub hint: String,
}

impl Problem {
    /// Where it begins, both counted from 1; columns are characters.
    #[must_use]
    pub fn line_and_column(&self, source: &str) -> (usize, usize) {
        json::line_and_column(source, self.span.start)
    }
}

/// How bad a problem is. Errors sort before warnings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// `press` does not publish it.
    Error,
    /// It can be published, but some readers get less than they could.
    Warning,
}

/// What the strict reading made of an article's text.
#[derive(Clone, Debug, PartialEq)]
pub struct Strict {
    /// What the lenient reading makes of the same text; `None` where that gives up,
    /// and for a text beyond [`MAX_BYTES`].
    pub article: Option<Article>,
    /// In the order of their places.
    pub problems: Vec<Problem>,
}

/// What the strict reading made of the text of `site.json`.
#[derive(Clone, Debug, PartialEq)]
pub struct StrictSite {
    /// As for [`Strict::article`].
    pub site: Option<Site>,
    /// In the order of their places.
    pub problems: Vec<Problem>,
}

impl Strict {
    /// Whether nothing stops it from being published.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.article.is_some() && !has_errors(&self.problems)
    }
}

impl StrictSite {
    /// Whether nothing stops it from being published.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.site.is_some() && !has_errors(&self.problems)
    }
}

fn has_errors(problems: &[Problem]) -> bool {
    problems
        .iter()
        .any(|problem| problem.severity == Severity::Error)
}

impl Article {
    /// The strict reading: the article, and all that is wrong with it.
    #[must_use]
    pub fn read_strictly(source: &str) -> Strict {
        let (article, problems) = read(source, Self::from_value_told, rules::article);
        Strict { article, problems }
    }

    /// As [`Article::read_leniently`], told to an ear.
    fn from_value_told(value: &Value<'_>, ear: &mut Ear) -> Option<Self> {
        if matches!(&value.kind, Kind::Object(members) if members.is_empty()) {
            ear.error(
                Code::Missing,
                value.span,
                "the file holds an empty object",
                "Write the article into it.",
            );
            return None;
        }
        let mut article = Self::read(value, ear)?;
        if article.schema_version.is_readable() {
            limits::cut(value, &mut article, ear);
            return Some(article);
        }
        // A format of the future is not made of mistakes.
        ear.keep_only(Code::Version);
        None
    }
}

impl Site {
    /// The strict reading: the site, and all that is wrong with it.
    #[must_use]
    pub fn read_strictly(source: &str) -> StrictSite {
        let (site, problems) = read(source, Self::read::<Ear>, site::site);
        StrictSite { site, problems }
    }
}

fn read<T>(
    source: &str,
    read: impl FnOnce(&Value<'_>, &mut Ear) -> Option<T>,
    rules: impl FnOnce(&Value<'_>, &mut Ear),
) -> (Option<T>, Vec<Problem>) {
    let mut ear = Ear::default();
    if source.len() > MAX_BYTES {
        ear.error(
            Code::Size,
            Span::default(),
            format!(
                "the file has {} MB, more than the {} MB a file may have",
                source.len().div_ceil(1024 * 1024),
                MAX_BYTES / (1024 * 1024)
            ),
            "Take out pictures and films pasted in as text (data:…); put them into public/media/ and name them with \"href\".",
        );
        return (
            None,
            problems(
                ear.into_found(),
                &Parsed {
                    value: None,
                    error: None,
                },
            ),
        );
    }
    let parsed = json::parse(source);
    let value = parsed.value.as_ref();
    let made = value.and_then(|value| read(value, &mut ear));
    match (parsed.error, value) {
        (Some(error), _) => {
            // What is missing, or broken at the very end, is so because of the error.
            ear.forget(|found| {
                matches!(found.code, Code::MissingField | Code::Missing)
                    || found.span.end >= error.at
            });
            syntax::tell(source, error, &mut ear);
        }
        (None, Some(value)) if made.is_some() => {
            observer::check_texts(value, &mut ear);
            texts::check(value, &mut ear);
            rules(value, &mut ear);
        }
        _ => {}
    }
    (made, problems(ear.into_found(), &parsed))
}

/// Sorts what was found, gives it its path, and keeps the list readable.
fn problems(mut found: Vec<Found>, parsed: &Parsed<'_>) -> Vec<Problem> {
    found.sort_by_key(|found| (found.span.start, found.severity, found.span.end));
    let more = found.split_off(found.len().min(MAX_PROBLEMS));
    let mut problems: Vec<Problem> = found
        .into_iter()
        .map(|found| Problem {
            path: if found.code == Code::Syntax {
                place::open_end(parsed, found.span.start)
            } else {
                place::path(parsed.value.as_ref(), found.span)
            },
            severity: found.severity,
            code: found.code,
            span: found.span,
            message: found.message,
            hint: found.hint,
        })
        .collect();
    if let Some(first) = more.first() {
        problems.push(Problem {
            // The worst of those not shown, so that no error hides among warnings.
            severity: more
                .iter()
                .map(|found| found.severity)
                .min()
                .unwrap_or(Severity::Error),
            code: Code::Size,
            span: first.span,
            path: String::new(),
            message: format!("{} more problems from here on are not listed", more.len()),
            hint: "Mend the first ones; many of the others may be the same mistake.".into(),
        });
    }
    problems
}
