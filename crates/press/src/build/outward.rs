//! What is written for programs of others: feeds, sitemaps, and the small files that
//! tell what the site is.
//!
//! Most of it needs the site's own address (`baseUrl`); without one only the web
//! manifest is written.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use article::site::{Offline, Site};
use article::{Article, Language};

use super::lists::{Edition, Listed};
use super::public::WORKER;
use super::summary::MapLine;
use crate::address::written;
use crate::base::Base;
use crate::check::Checked;
use crate::feeds::{self, Entry, Feed, Format, Item, Part};
use crate::files::Role;
use crate::finding::Failure;
use crate::fingerprint;
use crate::icons;
use crate::maps::sitemap::{self, Line, Page};
use crate::maps::{llms, manifest, news, opensearch, robots};
use crate::moment::Zone;
use crate::output::{Files, Output};
use crate::snapshot::PAPER;
use crate::spread;
use crate::story::{Facet, Named};

/// Stories of an edition that `llms.txt` names.
const NAMED: usize = 10;

/// Everything that is told of a site, from its editions, their pages of photos and films,
/// and its standing pages. With an app, of what readers can do with it too.
pub fn write(
    checked: &Checked,
    output: &Output,
    editions: &[Edition<'_>],
    lists: &[Vec<String>],
    pages: &[&Listed],
    app: Option<&Path>,
) -> Result<(), Failure> {
    let Some(file) = &checked.site else {
        return Ok(());
    };
    let site = &file.site;
    for language in &site.languages {
        let saved = match app {
            Some(app) if offers_saving(site, app) => saved_heading(app, language)?,
            _ => None,
        };
        write_manifest(checked, output, site, language, saved, file.fingerprint)?;
    }
    let Some(base) = Base::of(site) else {
        return Ok(());
    };
    let outward = Outward {
        checked,
        output,
        site,
        base: &base,
        zone: &site
            .time_zone
            .as_deref()
            .and_then(Zone::named)
            .unwrap_or_else(Zone::utc),
        fingerprint: file.fingerprint,
    };
    for edition in editions {
        outward.feeds(edition)?;
        outward.opensearch(edition)?;
    }
    // Without an app there are no pages.
    let lists = if app.is_some() { lists } else { &[] };
    outward.sitemaps(editions, lists, pages)?;
    outward.llms(editions)?;
    output.unit(robots::FILE, file.fingerprint, |files| {
        files.write(robots::FILE, &robots::robots(&base))?;
        Ok(None)
    })?;
    Ok(())
}

struct Outward<'a> {
    checked: &'a Checked,
    output: &'a Output,
    site: &'a Site,
    base: &'a Base,
    zone: &'a Zone,
    /// Of `site.json`.
    fingerprint: u64,
}

/// A page that has feeds.
struct Stories<'a> {
    /// From the site's root: `/en/topics/sea/`.
    page: String,
    title: String,
    /// Newest first.
    newest: Vec<&'a Listed>,
}

/// The stories of an edition's feeds, by their place in the site, once one of the feeds
/// has had them written.
type Items = HashMap<usize, OnceLock<Result<Item, Failure>>>;

/// So many of the stories, which run from the oldest to the newest.
fn newest<'a>(stories: &[&'a Listed], most: usize) -> Vec<&'a Listed> {
    stories.iter().rev().take(most).copied().collect()
}

impl Outward<'_> {
    /// The feeds of an edition and of each of its topics.
    fn feeds(&self, edition: &Edition<'_>) -> Result<(), Failure> {
        let language = edition.language.as_str();
        let front = format!("/{language}/");
        let name = self.site.name_in(&edition.language);
        let mut topics: BTreeMap<&str, (&Named, Vec<&Listed>)> = BTreeMap::new();
        for one in &edition.stories {
            let facets = self.checked.facts(one.story).map(|facts| &*facts.facets);
            for (facet, named) in facets.unwrap_or_default() {
                if *facet == Facet::Topic {
                    let topic = topics.entry(named.id).or_insert((named, Vec::new()));
                    topic.0 = named;
                    topic.1.push(one);
                }
            }
        }
        let mut feeds = vec![Stories {
            page: front.clone(),
            title: name.to_owned(),
            newest: newest(&edition.stories, Feed::ENTRIES),
        }];
        feeds.extend(topics.into_values().map(|(named, stories)| Stories {
            page: format!("{front}topics/{}/", crate::base::step(named.id)),
            title: format!("{}: {name}", named.name),
            newest: newest(&stories, Feed::ENTRIES_OF_TOPIC),
        }));
        // A story stands in several of them, and is written when the first wants it.
        let items: Items = feeds
            .iter()
            .flat_map(|feed| &feed.newest)
            .map(|one| (one.story, OnceLock::new()))
            .collect();
        for written in spread::over(&feeds, |feed| self.feed(edition, feed, &items)) {
            written?;
        }
        Ok(())
    }

    /// The three feeds of a page.
    fn feed(
        &self,
        edition: &Edition<'_>,
        stories: &Stories<'_>,
        items: &Items,
    ) -> Result<(), Failure> {
        let Stories {
            page,
            title,
            newest,
        } = stories;
        let texts: Vec<u64> = newest.iter().map(|one| one.text).collect();
        let folder = crate::address::percent_decoded(page).unwrap_or_default();
        let folder = folder.trim_start_matches('/');
        let key = fingerprint::of(&(self.fingerprint, title, &texts));
        self.output
            .unit(&format!("feeds of {page}"), key, |files| {
                let publisher = self.site.publisher.as_ref().map_or_else(
                    || self.site.name_in(&edition.language),
                    |publisher| &publisher.name,
                );
                let items = newest
                    .iter()
                    .filter_map(|one| Some((one, items.get(&one.story)?)))
                    .map(|(one, item)| {
                        item.get_or_init(|| {
                            let article = self.published(one)?;
                            Item::of(&Entry::of(&article, self.base), self.zone, publisher)
                        })
                        .as_ref()
                        .map_err(|failure| Failure(failure.0.clone()))
                    })
                    .collect::<Result<Vec<&Item>, _>>()?;
                let site_edition = self.site.editions.get(&edition.language);
                let feed = Feed {
                    base: self.base,
                    zone: self.zone,
                    language: &edition.language,
                    page,
                    title,
                    description: site_edition.and_then(|edition| edition.tagline.as_deref()),
                    publisher,
                    icon: icon(self.checked).map(|(path, _)| path),
                    items: &items,
                    part: Part::default(),
                };
                for format in Format::ALL {
                    let bytes = match format {
                        // A feed without a date is none to Atom.
                        Format::Atom => feeds::atom(&feed),
                        Format::Rss => Some(feeds::rss(&feed)),
                        Format::Json => Some(feeds::json(&feed)?),
                    };
                    if let Some(bytes) = bytes {
                        files.write(&format!("{folder}{}", format.file(None)), &bytes)?;
                    }
                }
                Ok(None)
            })?;
        Ok(())
    }

    /// An article as readers get it.
    fn published(&self, one: &Listed) -> Result<Article, Failure> {
        let path = self
            .checked
            .stories
            .get(one.story)
            .map(|story| story.file.published_path())
            .unwrap_or_default();
        let text = self.output.read(&path)?;
        Article::read_leniently(&text)
            .map(|lenient| lenient.article)
            .map_err(|_| Failure(format!("could not read {path} back")))
    }

    fn sitemaps(
        &self,
        editions: &[Edition<'_>],
        lists: &[Vec<String>],
        pages: &[&Listed],
    ) -> Result<(), Failure> {
        let alternates: Vec<(String, String)> = if editions.len() > 1 {
            editions
                .iter()
                .map(|edition| {
                    let tag = edition.language.as_str();
                    (tag.to_owned(), self.base.url(&format!("/{tag}/")))
                })
                .collect()
        } else {
            Vec::new()
        };
        let fronts: Vec<(String, Line)> = editions
            .iter()
            .map(|edition| {
                let page = Page {
                    language: &edition.language,
                    path: &format!("/{}/", edition.language.as_str()),
                    story: None,
                    pictures: &[],
                    films: &[],
                    alternates: &alternates,
                };
                (sitemap::stem(&page), sitemap::line_of(&page, self.base))
            })
            .collect();
        let of_lists = editions.iter().zip(lists).flat_map(|(edition, paths)| {
            paths.iter().map(|path| {
                let page = Page {
                    language: &edition.language,
                    path,
                    story: None,
                    pictures: &[],
                    films: &[],
                    alternates: &[],
                };
                (sitemap::stem(&page), sitemap::line_of(&page, self.base))
            })
        });
        let fronts: Vec<(String, Line)> = fronts.into_iter().chain(of_lists).collect();
        let mut shelves: BTreeMap<String, Vec<MapLine>> = BTreeMap::new();
        for (stem, line) in &fronts {
            let line = MapLine::of(line);
            shelves.entry(stem.clone()).or_default().push(line);
        }
        let stories = editions.iter().flat_map(|edition| &edition.stories);
        for one in stories.chain(pages) {
            let Some(facts) = self.checked.facts(one.story) else {
                continue;
            };
            let Some(language) = Language::new(facts.language.value) else {
                continue;
            };
            let is_story = self
                .checked
                .stories
                .get(one.story)
                .is_some_and(|story| story.file.role == Role::Story);
            let stem = sitemap::stem(&Page {
                language: &language,
                path: "",
                story: is_story.then_some(sitemap::Story {
                    headline: "",
                    published: facts.published,
                    modified: None,
                }),
                pictures: &[],
                films: &[],
                alternates: &[],
            });
            shelves.entry(stem).or_default().push(one.line);
        }
        let mut names = Vec::new();
        for (stem, lines) in &shelves {
            let texts: Vec<u64> = lines.iter().map(|line| line.fingerprint).collect();
            let made = self
                .output
                .unit_with_text(stem, fingerprint::of(&texts), |files| {
                    let lines: Vec<Line> =
                        lines.iter().map(MapLine::line).collect::<Result<_, _>>()?;
                    let lines: Vec<&Line> = lines.iter().collect();
                    write_maps(files, &sitemap::files(stem, &lines))
                })?;
            names.extend(read_names(made.unwrap_or_default()));
        }
        names.extend(self.news(editions)?);
        let index = sitemap::index(self.base, &names);
        self.output
            .unit(&index.name, fingerprint::of(&index.bytes), |files| {
                files.write(&index.name, &index.bytes)?;
                Ok(None)
            })?;
        Ok(())
    }

    /// The stories of the last two days.
    fn news(&self, editions: &[Edition<'_>]) -> Result<Vec<(String, Option<String>)>, Failure> {
        let as_of = self.checked.as_of.0;
        let mut newest: Vec<&Listed> = Vec::new();
        for edition in editions {
            // They run from the oldest to the newest.
            let is_new = |one: &&&Listed| {
                let published = self
                    .checked
                    .facts(one.story)
                    .and_then(|facts| facts.published);
                published.is_some_and(|date| news::is_new(date, as_of))
            };
            newest.extend(edition.stories.iter().rev().take_while(is_new));
        }
        let texts: Vec<u64> = newest.iter().map(|one| one.text).collect();
        let key = fingerprint::of(&(self.fingerprint, &texts));
        let made = self.output.unit_with_text("news", key, |files| {
            let articles: Vec<(Article, String)> = newest
                .iter()
                .map(|one| {
                    self.published(one).map(|article| {
                        let headline = article.plain_headline();
                        (article, headline)
                    })
                })
                .collect::<Result<_, _>>()?;
            let paths: Vec<String> = articles
                .iter()
                .map(|(article, _)| {
                    written(
                        Role::Story,
                        article.language.as_str(),
                        article.slug.as_str(),
                    )
                })
                .collect();
            let pages: Vec<Page<'_>> = articles
                .iter()
                .zip(&paths)
                .map(|((article, headline), path)| Page {
                    language: &article.language,
                    path,
                    story: Some(sitemap::Story {
                        headline,
                        published: article.date_published,
                        modified: article.date_modified,
                    }),
                    pictures: &[],
                    films: &[],
                    alternates: &[],
                })
                .collect();
            write_maps(files, &news::files(self.site, self.base, &pages, as_of))
        })?;
        Ok(read_names(made.unwrap_or_default()))
    }

    fn opensearch(&self, edition: &Edition<'_>) -> Result<(), Failure> {
        let language = &edition.language;
        let path = format!("{}/{}", language.as_str(), opensearch::FILE);
        let icon = icon(self.checked);
        let key = fingerprint::of(&(self.fingerprint, &icon));
        self.output.unit(&path, key, |files| {
            let search = opensearch::Search {
                language,
                name: self.site.name_in(language),
                description: self
                    .site
                    .editions
                    .get(language)
                    .and_then(|edition| edition.tagline.as_deref()),
                icon,
            };
            files.write(&path, &opensearch::opensearch(&search, self.base))?;
            Ok(None)
        })?;
        Ok(())
    }

    fn llms(&self, editions: &[Edition<'_>]) -> Result<(), Failure> {
        let newest: Vec<Vec<&Listed>> = editions
            .iter()
            .map(|edition| edition.stories.iter().rev().take(NAMED).copied().collect())
            .collect();
        let texts: Vec<Vec<u64>> = newest
            .iter()
            .map(|stories| stories.iter().map(|one| one.text).collect())
            .collect();
        let key = fingerprint::of(&(self.fingerprint, &texts));
        self.output.unit(llms::FILE, key, |files| {
            let mut told: Vec<Vec<(String, String, Option<String>)>> = Vec::new();
            for stories in &newest {
                let mut of_edition = Vec::new();
                for one in stories {
                    let article = self.published(one)?;
                    of_edition.push((
                        article.plain_headline(),
                        written(
                            Role::Story,
                            article.language.as_str(),
                            article.slug.as_str(),
                        ),
                        article.standfirst.as_ref().map(article::RichText::to_plain),
                    ));
                }
                told.push(of_edition);
            }
            let stories: Vec<Vec<llms::Story<'_>>> = told
                .iter()
                .map(|stories| {
                    stories
                        .iter()
                        .map(|(headline, path, standfirst)| llms::Story {
                            headline,
                            path,
                            standfirst: standfirst.as_deref(),
                        })
                        .collect()
                })
                .collect();
            let paths: Vec<String> = editions
                .iter()
                .map(|edition| format!("/{}/", edition.language.as_str()))
                .collect();
            let told: Vec<llms::Edition<'_>> = editions
                .iter()
                .zip(&stories)
                .zip(&paths)
                .map(|((edition, newest), path)| llms::Edition {
                    name: edition.language.own_name(),
                    path,
                    tagline: self
                        .site
                        .editions
                        .get(&edition.language)
                        .and_then(|edition| edition.tagline.as_deref()),
                    newest,
                })
                .collect();
            let site = llms::Site {
                name: &self.site.name,
                summary: self
                    .site
                    .editions
                    .get(&self.site.default_language)
                    .and_then(|edition| edition.tagline.as_deref()),
                editions: &told,
            };
            files.write(llms::FILE, &llms::llms(&site, self.base))?;
            Ok(None)
        })?;
        Ok(())
    }
}

/// Whether readers can keep stories on their device.
fn offers_saving(site: &Site, app: &Path) -> bool {
    site.offline != Offline::Off && app.join(WORKER).is_file()
}

/// What the page of kept stories is called, in the app's own words.
fn saved_heading(app: &Path, language: &Language) -> Result<Option<String>, Failure> {
    let path = app.join(format!("i18n/{}.json", language.as_str()));
    let words = fs::read(&path).map_err(|e| Failure::io("read", &path, &e))?;
    let words: serde_json::Value = serde_json::from_slice(&words)
        .map_err(|error| Failure(format!("{}: {error}", path.display())))?;
    let heading = words.get("saved_heading");
    Ok(heading.and_then(|text| text.as_str()).map(str::to_owned))
}

fn write_manifest(
    checked: &Checked,
    output: &Output,
    site: &Site,
    language: &Language,
    saved: Option<String>,
    fingerprint: u64,
) -> Result<(), Failure> {
    let path = format!("{}/{}", language.as_str(), manifest::FILE);
    let icons = icons::of(checked);
    let icons: Vec<manifest::Icon<'_>> = icons.iter().filter_map(|path| icon_of(path)).collect();
    let names: Vec<&str> = icons.iter().map(|icon| icon.path).collect();
    output.unit(
        &path,
        fingerprint::of(&(fingerprint, names, &saved)),
        |files| {
            let manifest = manifest::Manifest {
                language,
                name: site.name_in(language),
                description: site
                    .editions
                    .get(language)
                    .and_then(|edition| edition.tagline.as_deref()),
                icons: &icons,
                paper: PAPER[0].1,
                saved: saved.as_deref(),
            };
            files.write(&path, &manifest::manifest(&manifest)?)?;
            Ok(None)
        },
    )?;
    Ok(())
}

/// `icons/icon.svg`, `icons/icon-192.png`, `icons/icon-maskable-512.png`.
fn icon_of(path: &str) -> Option<manifest::Icon<'_>> {
    let name = path.strip_prefix("icons/")?;
    let (stem, ending) = name.rsplit_once('.')?;
    let pixels = stem.rsplit('-').next().and_then(|size| size.parse().ok());
    let content_type = match ending {
        "svg" => "image/svg+xml",
        "png" if pixels.is_some() => "image/png",
        _ => return None,
    };
    Some(manifest::Icon {
        path,
        pixels,
        content_type,
        is_maskable: stem.contains("maskable"),
    })
}

/// The site's drawing, and its type.
fn icon(checked: &Checked) -> Option<(&'static str, &'static str)> {
    let is_there = checked.tree.files.contains_key(icons::DRAWING);
    is_there.then_some((icons::DRAWING, "image/svg+xml"))
}

/// Writes sitemaps and gives their names, with the days they changed, in lines.
fn write_maps(files: &mut Files<'_>, maps: &[sitemap::File]) -> Result<Option<String>, Failure> {
    let mut names = String::new();
    for map in maps {
        files.write(&map.name, &map.bytes)?;
        let changed = map.changed.as_ref().map_or("", |(_, date)| date);
        names.push_str(&format!("{} {changed}\n", map.name));
    }
    Ok(Some(names))
}

fn read_names(lines: &str) -> Vec<(String, Option<String>)> {
    lines
        .lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(name, date)| {
            let date = (!date.is_empty()).then(|| date.to_owned());
            (name.to_owned(), date)
        })
        .collect()
}
