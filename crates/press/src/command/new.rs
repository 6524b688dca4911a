//! `press new`

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use article::{Article, Language, Severity, Site, Slug};
use clap::Args;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{Root, print, site_json};
use crate::address;
use crate::files::Role;
use crate::finding::Failure;
use crate::slug;

/// Begins a story: a new file with its id, its slug and its date
#[derive(Args)]
#[command(after_help = AFTER)]
pub struct New {
    /// The headline, in quotation marks
    headline: String,
    /// The language of the edition [default: the site's default language]
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<String>,
    /// A standing page, such as “about”, which no list shows
    #[arg(long)]
    page: bool,
    /// The last part of the address [default: made from the headline]
    #[arg(long)]
    slug: Option<String>,
    /// Place and date before the text, such as “JUBA, South Sudan, 4 May”
    #[arg(long)]
    dateline: Option<String>,
    #[command(flatten)]
    root: Root,
}

const AFTER: &str = "\
Examples:
  press new \"The night ferry returns\"
  press new \"Le bac de nuit revient\" --lang fr
  press new \"About us\" --page --slug about
  press new \"Floods reach the school\" --dateline \"JUBA, South Sudan, 4 May\"

The file is public/articles/<language>/<slug>.json (public/pages/… for a page). It
passes press check; what is still to be written is empty there, and a warning. Its
date is now, in the time zone of site.json. No file is ever replaced: where the
slug made from the headline is taken, -2 is added; a slug of your own is refused.
Exit codes: 0 written, 2 press could not work: no such edition, the slug is taken.";

/// Beyond so many stories of one headline, a number says nothing any more.
const MOST_OF_A_NAME: usize = 99;
/// Where press new looks for the schema, below the root of the site.
const SCHEMA: &str = "article.schema.json";

impl New {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let root = &self.root.root;
        let site = site_json(root)?;
        let language = self.language(&site)?;
        let headline = self
            .headline
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let role = if self.page { Role::Page } else { Role::Story };
        let folder = format!("public/{}/{}", role.folder(), language.as_str());
        let published = now(&site)?;
        let (slug, may_be_numbered) = match &self.slug {
            Some(text) => {
                let slug = slug::chosen(text).map_err(|why| {
                    Failure(format!(
                        "--slug “{text}” cannot be part of an address: {why}"
                    ))
                })?;
                (slug, false)
            }
            None => {
                let slug = slug::of_headline(&headline, language).ok_or_else(|| {
                    Failure(format!(
                        "the headline “{headline}” has no letter and no digit to make an address of: name one with --slug"
                    ))
                })?;
                (slug, true)
            }
        };
        fs::create_dir_all(root.join(&folder))
            .map_err(|e| Failure::io("make the folder", &root.join(&folder), &e))?;

        for number in 1..=MOST_OF_A_NAME {
            let Some(slug) = (match number {
                1 => Some(slug.clone()),
                _ => slug::numbered(&slug, number),
            }) else {
                break;
            };
            let path = format!("{folder}/{}.json", slug.as_str());
            let text = self.text(
                &headline,
                language,
                &slug,
                &published,
                root.join(SCHEMA).is_file(),
            )?;
            if write_new(&root.join(&path), &text)? {
                if number > 1 {
                    eprintln!(
                        "there is a story of this headline already, so this is number {number}"
                    );
                }
                self.tell(
                    &path,
                    &address::written(role, language.as_str(), slug.as_str()),
                )?;
                return Ok(ExitCode::SUCCESS);
            }
            if !may_be_numbered {
                break;
            }
        }
        Err(Failure(format!(
            "there is already a file {folder}/{}.json, and it was left as it is: open that one, or choose another address with --slug",
            slug.as_str()
        )))
    }

    fn language<'s>(&self, site: &'s Site) -> Result<&'s Language, Failure> {
        let tag = self
            .lang
            .as_deref()
            .unwrap_or_else(|| site.default_language.as_str());
        site.language(tag).ok_or_else(|| {
            let editions: Vec<&str> = site.languages.iter().map(Language::as_str).collect();
            Failure(format!(
                "the site has no edition in “{tag}”; it has {}. Choose one of them with --lang, or add the language to \"languages\" in public/site.json",
                editions.join(", ")
            ))
        })
    }

    /// The file's text. It is read back strictly before anything is written.
    fn text(
        &self,
        headline: &str,
        language: &Language,
        slug: &Slug,
        published: &str,
        has_schema: bool,
    ) -> Result<String, Failure> {
        let mut lines: Vec<(&str, Value)> = Vec::new();
        if has_schema {
            // From public/articles/<language>/.
            lines.push(("$schema", json!(format!("../../../{SCHEMA}"))));
        }
        lines.extend([
            ("schemaVersion", json!(article::story::SCHEMA_VERSION)),
            ("id", json!(Uuid::new_v4().urn().to_string())),
            ("slug", json!(slug.as_str())),
            ("language", json!(language.as_str())),
            ("headline", json!(headline)),
        ]);
        if !self.page {
            // Empty on purpose: press check reminds of what is not written yet.
            lines.extend([("standfirst", json!("")), ("byline", json!(""))]);
        }
        if let Some(dateline) = &self.dateline {
            lines.push(("dateline", json!(dateline.trim())));
        }
        lines.extend([
            ("datePublished", json!(published)),
            ("body", json!([{ "type": "paragraph", "content": "" }])),
        ]);
        let text = object(&lines)?;
        let error = Article::read_strictly(&text)
            .problems
            .into_iter()
            .find(|problem| problem.severity == Severity::Error);
        match error {
            None => Ok(text),
            Some(problem) => Err(Failure(format!(
                "nothing was written, because press check would refuse the story: {}. {}",
                problem.message, problem.hint
            ))),
        }
    }

    fn tell(&self, path: &str, address: &str) -> Result<(), Failure> {
        print(&format!("{path}\n"))?;
        eprintln!(
            "It will be read at {address}\nNext: fill in {}, take out what you do not need, then run press check.",
            if self.page {
                "the text in “body”"
            } else {
                "“standfirst”, “byline” and the text in “body”"
            }
        );
        Ok(())
    }
}

/// An object with its members in this order; a map of serde_json may sort them.
fn object(members: &[(&str, Value)]) -> Result<String, Failure> {
    let mut text = String::from("{");
    for (index, (name, value)) in members.iter().enumerate() {
        let alone = Map::from_iter([((*name).to_owned(), value.clone())]);
        let pretty = serde_json::to_string_pretty(&alone)
            .map_err(|error| Failure(format!("could not write the story: {error}")))?;
        let inner = pretty.trim_start_matches('{').trim_end_matches('}');
        text.push_str(if index == 0 { "" } else { "," });
        text.push_str(inner.trim_end());
    }
    text.push_str("\n}\n");
    Ok(text)
}

/// Now, by the clock of the newsroom.
fn now(site: &Site) -> Result<String, Failure> {
    let zone = match &site.time_zone {
        None => TimeZone::UTC,
        Some(name) => TimeZone::get(name).map_err(|_| {
            Failure(format!(
                "“{name}”, the \"timeZone\" in public/site.json, is no time zone: write a name such as \"Europe/Geneva\" or \"UTC\" (IANA's list)"
            ))
        })?,
    };
    let now = Timestamp::now().to_zoned_datetime(zone);
    let offset = if now.offset().is_zero() { "Z" } else { "%:z" };
    Ok(now
        .strftime(&format!("%Y-%m-%dT%H:%M:%S{offset}"))
        .to_string())
}

/// Writes a file that was not there; `false` if it was.
fn write_new(file: &Path, text: &str) -> Result<bool, Failure> {
    let mut open = match File::create_new(file) {
        Ok(open) => open,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(false),
        Err(error) => return Err(Failure::io("write", file, &error)),
    };
    open.write_all(text.as_bytes())
        .map(|()| true)
        .map_err(|error| {
            // Half a story is worse than none, and it is ours.
            let _ = fs::remove_file(file);
            Failure::io("write", file, &error)
        })
}
