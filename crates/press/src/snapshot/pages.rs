//! Which pages there are, and what each is made of.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use article::json;
use article::listing::Head as Listing;
use article::site::Site;
use article::{Article, Language, Slug, safe_href};
use dateline::route::Route;
use dateline::snapshot::{Request, render};

use super::assets::Assets;
use super::document::Document;
use super::head::{Companions, Places, Published, Subject};
use crate::address::{Address, Part, percent_decoded};
use crate::build::{published_text, sound};
use crate::check::{Checked, SITE_FILE};
use crate::compact::compact;
use crate::embargo::Visibility;
use crate::files::Role;
use crate::finding::Failure;
use crate::output::Output;
use crate::spread;
use crate::story::{Facts, Story};

/// Everything a page needs besides its own content.
pub struct Snapshots {
    assets: Assets,
    site: Site,
    published: Option<Published>,
    /// `site.json` as readers get it.
    site_text: String,
    /// The words of the interface by language, as JSON, and the note of the boot.
    messages: BTreeMap<String, (String, String)>,
}

/// Reads what all pages need.
///
/// # Errors
/// When the assets, the site or the words of a language cannot be read.
pub fn prepare(checked: &Checked, assets: &Path) -> Result<Snapshots, Failure> {
    let Some(file) = &checked.site else {
        return Err(Failure(
            "there are no snapshots without a readable site.json".into(),
        ));
    };
    let mut messages = BTreeMap::new();
    for language in checked.languages() {
        let path = checked.tree.root.join(format!("src/i18n/{language}.json"));
        let source = std::fs::read_to_string(&path).map_err(|e| Failure::io("read", &path, &e))?;
        let words = compact(&source, &[])
            .ok_or_else(|| Failure(format!("{} is not JSON", path.display())))?;
        let note = json::parse(&words)
            .value
            .as_ref()
            .and_then(|words| words.get("boot_failed"))
            .and_then(|note| note.as_str())
            .map(str::to_owned)
            .ok_or_else(|| Failure(format!("{} has no “boot_failed”", path.display())))?;
        messages.insert(language, (words, note));
    }
    let source = checked.tree.read(&SITE_FILE.into());
    let site_text = source.ok().and_then(|source| compact(&source, &[]));
    Ok(Snapshots {
        assets: Assets::read(assets)?,
        site: file.site.clone(),
        published: Published::of(&file.site),
        site_text: site_text.ok_or_else(|| {
            Failure(format!(
                "{SITE_FILE} changed while it was read; run press again"
            ))
        })?,
        messages,
    })
}

/// A page before it is rendered.
struct Page<'a> {
    route: Route,
    /// Where the file lies in the built site.
    path: String,
    base: String,
    content: Option<&'a str>,
    /// The article and the list that its content is.
    article: Option<&'a Article>,
    listing: Option<&'a Listing>,
    is_indexed: bool,
    alternates: Vec<(String, String)>,
}

impl Snapshots {
    /// Writes a snapshot of every page there is.
    ///
    /// # Errors
    /// When a page cannot be rendered or written.
    pub fn write(
        &self,
        checked: &Checked,
        output: &Output,
        broken: &BTreeSet<&str>,
    ) -> Result<String, Failure> {
        let mut count = 0;
        for language in &self.site.languages {
            count += self.write_edition(language, output)?;
        }
        self.write_page(
            &Page {
                path: "404.html".into(),
                // It is shown at any address, so nothing relative leads anywhere.
                base: self.site.base_path(),
                is_indexed: false,
                ..self.page(Route::NotFound {
                    lang: self.site.default_language.clone(),
                    path: String::new(),
                })
            },
            output,
        )?;
        count += 1;
        let stories: Vec<_> = sound(checked, broken).collect();
        for written in spread::over(&stories, |(story, facts)| {
            self.write_article(checked, output, broken, story, facts)
        }) {
            count += written?;
        }
        for language in &self.site.languages {
            output.sweep(language.as_str(), |path| path.ends_with("/index.html"))?;
        }
        Ok(format!("snapshots: {count} pages"))
    }

    /// The front and the search of a language; for the default one, also `/`.
    fn write_edition(&self, language: &Language, output: &Output) -> Result<usize, Failure> {
        let head = output.read(&format!("data/v1/{}/head.json", language.as_str()))?;
        let front = Route::Front {
            lang: language.clone(),
            older: 0,
        };
        let listing = Listing::read_leniently(&head);
        let page = Page {
            content: Some(&head),
            listing: listing.as_ref(),
            alternates: self.fronts(),
            ..self.page(front)
        };
        self.write_page(&page, output)?;
        self.write_page(
            &Page {
                is_indexed: false,
                ..self.page(Route::Search {
                    lang: language.clone(),
                    query: String::new(),
                })
            },
            output,
        )?;
        if *language != self.site.default_language {
            return Ok(2);
        }
        let root = Page {
            path: "index.html".into(),
            base: String::new(),
            ..page
        };
        self.write_page(&root, output)?;
        Ok(3)
    }

    fn write_article(
        &self,
        checked: &Checked,
        output: &Output,
        broken: &BTreeSet<&str>,
        story: &Story,
        facts: &Facts,
    ) -> Result<usize, Failure> {
        let Some(text) = published_text(checked, story)? else {
            return Ok(0);
        };
        let Ok(lenient) = Article::read_leniently(&text) else {
            return Ok(0);
        };
        let article = lenient.article;
        let lang = article.language.clone();
        let slug = article.slug.as_str().to_owned();
        let is_published = checked.visibility(facts) == Visibility::Published;
        let whole = match story.file.role {
            Role::Story => Route::Story {
                lang: lang.clone(),
                slug: slug.clone(),
            },
            Role::Page => Route::Page {
                lang: lang.clone(),
                slug: slug.clone(),
            },
        };
        let mut pages = vec![Page {
            alternates: if is_published {
                self.alternates(checked, broken, story, facts)
            } else {
                Vec::new()
            },
            ..self.page(whole)
        }];
        if story.file.role == Role::Story {
            let images = article.images();
            // An id stands in an address and in a path of the disk, as a slug does.
            let sound = |id: &Option<String>| id.clone().filter(|id| Slug::new(id).is_some());
            pages.extend(images.iter().filter_map(|image| {
                let route = Route::Photo {
                    lang: lang.clone(),
                    slug: slug.clone(),
                    id: sound(&image.id)?,
                };
                Some(self.page(route))
            }));
            pages.extend(article.videos().iter().filter_map(|video| {
                let route = Route::Video {
                    lang: lang.clone(),
                    slug: slug.clone(),
                    id: sound(&video.id)?,
                };
                Some(self.page(route))
            }));
        }
        let count = pages.len();
        for page in pages {
            let page = Page {
                content: Some(&text),
                article: Some(&article),
                is_indexed: is_published,
                ..page
            };
            self.write_page(&page, output)?;
        }
        Ok(count)
    }

    fn page(&self, route: Route) -> Page<'static> {
        let path = route.path();
        let base = "../".repeat(path.matches('/').count());
        Page {
            path: format!("{}index.html", percent_decoded(&path).unwrap_or_default()),
            route,
            base,
            content: None,
            article: None,
            listing: None,
            is_indexed: true,
            alternates: Vec::new(),
        }
    }

    fn write_page(&self, page: &Page<'_>, output: &Output) -> Result<(), Failure> {
        let language = page.route.lang().as_str();
        let (messages, boot_note) = self.messages.get(language).ok_or_else(|| {
            Failure(format!(
                "the site has no edition in the language “{language}”"
            ))
        })?;
        let rendered = render(&Request {
            route: page.route.clone(),
            site: &self.site_text,
            messages,
            content: page.content,
            base: &page.base,
        })
        .map_err(|error| Failure(format!("could not render {}: {error}", page.path)))?;
        let preload = rendered.preload_image.as_ref();
        let companions = Companions::of(
            &self.site,
            page.route.lang(),
            page.article.and_then(|article| article.subjects.first()),
            &Places::of(page.route.lang()),
            |path| output.has(path),
        );
        let head = Subject {
            site: &self.site,
            published: self.published.as_ref(),
            route: &page.route,
            title: &rendered.title,
            description: rendered.description.as_deref(),
            article: page.article,
            listing: page.listing,
            is_indexed: page.is_indexed,
            alternates: &page.alternates,
            companions: &companions,
            base: &page.base,
        }
        .head();
        let document = Document {
            language: &rendered.language,
            direction: rendered.direction,
            title: &rendered.title,
            head: &head,
            base: &page.base,
            assets: &self.assets,
            font: font(page.route.lang()).filter(|font| output.has(font)),
            first_picture: preload
                .map(|(srcset, sizes, kind)| (srcset.as_str(), *sizes, kind.as_str())),
            html: &rendered.html,
            boot_note,
            data: &rendered.data,
        };
        let html = document.write().ok_or_else(|| {
            Failure(format!(
                "the data of {} holds a “<”, which could end its element early",
                page.path
            ))
        })?;
        output.write(&page.path, html.as_bytes())
    }

    /// The full address of a path below the site's root, in ASCII.
    fn full(&self, path: &str) -> Option<String> {
        Some(self.published.as_ref()?.url(path))
    }

    fn fronts(&self) -> Vec<(String, String)> {
        let front = |language: &Language| self.full(&format!("{}/", language.as_str()));
        let fronts = self
            .site
            .languages
            .iter()
            .filter_map(|language| Some((language.as_str().to_owned(), front(language)?)))
            .collect();
        with_default(fronts, self.site.default_language.as_str(), None)
    }

    /// The story and its translations, as search engines want them: each names all.
    fn alternates(
        &self,
        checked: &Checked,
        broken: &BTreeSet<&str>,
        story: &Story,
        facts: &Facts,
    ) -> Vec<(String, String)> {
        let route = |role: Role, language: &str, slug: &str| -> Option<String> {
            let lang = Language::new(language)?;
            let slug = slug.to_owned();
            let route = match role {
                Role::Story => Route::Story { lang, slug },
                Role::Page => Route::Page { lang, slug },
            };
            self.full(&route.path())
        };
        let mut alternates = Vec::new();
        let mut original = None;
        if let Some(own) = route(story.file.role, &facts.language.value, &facts.slug.value) {
            alternates.push((facts.language.value.clone(), own));
        }
        for translation in &facts.translations {
            let url = match Address::of(&translation.href, Some(&self.site)) {
                None => safe_href(&translation.href)
                    .filter(|href| href.is_external())
                    .map(|href| href.as_str().to_owned()),
                Some(Address::Article {
                    role,
                    language,
                    slug,
                    part: Part::Whole,
                }) => checked
                    .story_at(role, &language, &slug)
                    .filter(|other| !broken.contains(other.file.path.as_ref()))
                    .and_then(|other| other.facts.as_ref())
                    .filter(|theirs| checked.visibility(theirs) == Visibility::Published)
                    .and_then(|theirs| route(role, &theirs.language.value, &theirs.slug.value)),
                Some(_) => None,
            };
            if let Some(url) = url {
                if translation.original {
                    original = Some(url.clone());
                }
                alternates.push((translation.language.clone(), url));
            }
        }
        with_default(alternates, self.site.default_language.as_str(), original)
    }
}

/// Adds where to send a reader of another language: to the site's own first
/// language if the page exists in it, else to the original. A page in one
/// language only has no alternates.
fn with_default(
    mut alternates: Vec<(String, String)>,
    default: &str,
    original: Option<String>,
) -> Vec<(String, String)> {
    if alternates.len() < 2 {
        return Vec::new();
    }
    alternates.sort();
    let first = alternates
        .iter()
        .find(|(language, _)| language == default)
        .map(|(_, url)| url.clone())
        .or(original);
    alternates.extend(first.map(|url| ("x-default".to_owned(), url)));
    alternates
}

/// The font of the first lines, by the script of the language. Chinese is set in
/// the fonts of the system: a web font of it would weigh megabytes.
fn font(language: &Language) -> Option<&'static str> {
    match language.primary() {
        "zh" => None,
        "ar" => Some("fonts/vazirmatn-arabic-wght-normal.woff2"),
        "ru" => Some("fonts/source-serif-4-cyrillic-wght-normal.woff2"),
        _ => Some("fonts/source-serif-4-latin-wght-normal.woff2"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Address, Part, Role, Route};

    /// press knows addresses without the app; here the two are held together.
    #[test]
    fn press_and_the_app_understand_the_same_addresses() {
        let source = r#"{"languages":["en","ar"],"defaultLanguage":"en"}"#;
        let site = article::site::Site::read_leniently(source).unwrap();
        for path in [
            "",
            "en/",
            "ar",
            "en/stories/x/",
            "ar/stories/%D9%82/",
            "en/stories/x/photos/a/",
            "en/stories/x/videos/b",
            "en/pages/about/",
            "en/search/",
            "fr/",
            "en/nowhere/",
            "en/stories/",
            "en/stories/x/photos/",
        ] {
            let ours = Address::of(&format!("/{path}"), Some(&site)).unwrap();
            let agree = match (&ours, Route::parse(path, "", &site)) {
                (Address::Front, Route::Front { .. })
                | (Address::Search, Route::Search { .. })
                | (Address::Other(_), Route::NotFound { .. }) => true,
                (
                    Address::Article {
                        role: Role::Page,
                        slug,
                        ..
                    },
                    Route::Page { slug: other, .. },
                )
                | (
                    Address::Article {
                        role: Role::Story,
                        slug,
                        part: Part::Whole,
                        ..
                    },
                    Route::Story { slug: other, .. },
                ) => *slug == other,
                (
                    Address::Article {
                        part: Part::Photo(id),
                        ..
                    },
                    Route::Photo { id: other, .. },
                )
                | (
                    Address::Article {
                        part: Part::Video(id),
                        ..
                    },
                    Route::Video { id: other, .. },
                ) => *id == other,
                _ => false,
            };
            assert!(agree, "“{path}” is {ours:?}");
        }
    }
}
