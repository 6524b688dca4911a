//! Which pages there are, and what each is made of.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use article::json;
use article::listing::Head as Listing;
use article::site::{Offline, Site};
use article::{Article, Language, Lenient, Slug, safe_href};
use dateline::route::{self, Only, Route};
use dateline::snapshot::{Edition, Shown, render_shown};

use super::assets::Assets;
use super::document::Document;
use super::head::{Companions, Places, Subject};
use super::part;
use crate::address::{Address, Part, percent_decoded};
use crate::base::Base;
use crate::build::parts::{Kind, Place};
use crate::build::published_site;
use crate::check::{Checked, SITE_FILE};
use crate::compact::{Edits, compact};
use crate::embargo::Visibility;
use crate::files::{ArticleFile, Role};
use crate::finding::Failure;
use crate::fingerprint;
use crate::icons;
use crate::inlined::Inlined;
use crate::maps::manifest;
use crate::output::{Files, Output};
use crate::story::{Facet, Facts, Story};

/// Everything a page needs besides its own content.
pub struct Snapshots {
    assets: Assets,
    /// What is seen first, where the app has a sheet of it.
    inlined: Option<Inlined>,
    site: Site,
    /// What all pages of a language are rendered from, and the note of the boot.
    editions: BTreeMap<String, (Edition, String)>,
    /// What a page shows that needs no file.
    nothing: Shown,
    /// Where the site is published, if it says so.
    published: Option<Base>,
    /// The languages in which a story with a date is published.
    dated: BTreeSet<String>,
    /// The fonts the site has.
    fonts: Vec<String>,
    /// The icons it will have.
    icons: Vec<String>,
    /// The policy that pages carry themselves, for hosts that send none.
    policy: Option<String>,
    /// Of all of the above: what every page is made of.
    fingerprint: u64,
}

/// Reads what all pages need, from the folder of the built app. `policy` is the one that
/// pages carry themselves, if any.
///
/// # Errors
/// When the assets, the site or the words of a language cannot be read.
pub fn prepare(
    checked: &Checked,
    app: &Path,
    inlined: Option<Inlined>,
    policy: Option<String>,
) -> Result<Snapshots, Failure> {
    let Some(file) = &checked.site else {
        return Err(Failure(
            "there are no snapshots without a readable site.json".into(),
        ));
    };
    let mut messages = BTreeMap::new();
    for language in checked.languages() {
        let path = app.join(format!("i18n/{language}.json"));
        let source = std::fs::read_to_string(&path).map_err(|e| Failure::io("read", &path, &e))?;
        let words = compact(&source, &Edits::default())
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
    let site_text = published_site(checked).ok_or_else(|| {
        Failure(format!(
            "{SITE_FILE} changed while it was read; run press again"
        ))
    })?;
    let (assets, assets_text) = Assets::read(&app.join("assets/assets.json"))?;
    let fonts: Vec<&String> = checked
        .tree
        .files
        .keys()
        .filter(|path| path.starts_with("fonts/"))
        .collect();
    let icons = icons::of(checked);
    let dated: BTreeSet<String> = checked
        .known()
        .filter(|(story, facts)| {
            story.file.role == Role::Story
                && facts.published.is_some()
                && checked.visibility(facts) == Visibility::Published
        })
        .map(|(_, facts)| facts.language.value.to_string())
        .collect();
    let fingerprint = fingerprint::of(&(
        &assets_text,
        &site_text,
        &messages,
        &fonts,
        &dated,
        &icons,
        &policy,
    ));
    let mut editions = BTreeMap::new();
    for (tag, (words, note)) in messages {
        let Some(language) = Language::new(&tag) else {
            continue;
        };
        let edition = Edition::read(&language, &site_text, &words)
            .map_err(|error| Failure(format!("could not render the edition {tag}: {error}")))?;
        editions.insert(tag, (edition, note));
    }
    let missing = Route::NotFound {
        lang: file.site.default_language.clone(),
        path: String::new(),
    };
    let nothing = Shown::read(&missing, None)
        .map_err(|error| Failure(format!("could not render pages: {error}")))?;
    Ok(Snapshots {
        policy,
        fingerprint,
        editions,
        nothing,
        published: Base::of(&file.site),
        dated,
        fonts: fonts.into_iter().cloned().collect(),
        icons,
        assets,
        inlined,
        site: file.site.clone(),
    })
}

/// A page before it is rendered.
struct Page<'a> {
    route: Route,
    /// Where the file lies in the built site.
    path: String,
    base: String,
    shown: &'a Shown,
    article: Option<&'a Article>,
    /// The head of the list that a front shows.
    listing: Option<&'a Listing>,
    is_indexed: bool,
    alternates: Vec<(String, String)>,
}

impl Snapshots {
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// The page for addresses that lead nowhere.
    pub fn write_missing(&self, output: &Output) -> Result<(), Failure> {
        let page = Page {
            path: "404.html".into(),
            // It is shown at any address, so nothing relative leads anywhere.
            base: self.site.base_path(),
            is_indexed: false,
            ..self.page(Route::NotFound {
                lang: self.site.default_language.clone(),
                path: String::new(),
            })
        };
        output.unit("404.html", self.fingerprint, |files| {
            self.write_page(&page, files)?;
            Ok(None)
        })?;
        Ok(())
    }

    /// The front and the search of a language, from the head of its list; for the
    /// default language also `/`.
    pub fn write_edition(
        &self,
        language: &str,
        head: &str,
        output: &Output,
    ) -> Result<(), Failure> {
        let Some(lang) = Language::new(language) else {
            return Ok(());
        };
        let listing = Listing::read_leniently(head);
        let route = Route::front_of(lang.clone());
        let shown = Shown::read(&route, Some(head))
            .map_err(|error| Failure(format!("could not render the front: {error}")))?;
        let front = Page {
            shown: &shown,
            listing: listing.as_ref(),
            alternates: self.fronts(),
            ..self.page(route)
        };
        let search = Page {
            is_indexed: false,
            ..self.page(Route::Search {
                lang: lang.clone(),
                query: String::new(),
            })
        };
        let saved = Page {
            is_indexed: false,
            ..self.page(Route::Saved { lang: lang.clone() })
        };
        let offline = Page {
            is_indexed: false,
            ..self.page(Route::Offline { lang: lang.clone() })
        };
        let key = fingerprint::of(&(self.fingerprint, head));
        output.unit(&format!("{language}/"), key, |files| {
            self.write_page(&front, files)?;
            self.write_page(&search, files)?;
            if self.site.offline != Offline::Off {
                self.write_page(&saved, files)?;
                self.write_page(&offline, files)?;
            }
            if lang == self.site.default_language {
                let root = Page {
                    path: "index.html".into(),
                    base: String::new(),
                    ..front
                };
                self.write_page(&root, files)?;
            }
            Ok(None)
        })?;
        Ok(())
    }

    /// The page of a list of photos or films, from its head. Search engines may show it if
    /// there is anything in it.
    pub fn write_list(
        &self,
        place: &Place<'_>,
        head: &str,
        is_indexed: bool,
        files: &mut Files<'_>,
    ) -> Result<(), Failure> {
        let Some(route) = route_of(place) else {
            return Ok(());
        };
        let shown = Shown::read(&route, Some(head))
            .map_err(|error| Failure(format!("could not render {}: {error}", place.path())))?;
        let listing = Listing::read_leniently(head);
        let page = Page {
            shown: &shown,
            listing: listing.as_ref(),
            is_indexed,
            ..self.page(route)
        };
        self.write_page(&page, files)
    }

    /// The pages of an article: its own, and one for each of its photos and films.
    pub fn write_article(
        &self,
        files: &mut Files<'_>,
        file: &ArticleFile,
        story: &Arc<Lenient>,
        text: &str,
        is_published: bool,
        alternates: Vec<(String, String)>,
    ) -> Result<(), Failure> {
        let article = &story.article;
        let (lang, slug) = (&article.language, article.slug.as_str());
        let route = match file.role {
            Role::Story => Route::Story {
                lang: lang.clone(),
                slug: slug.to_owned(),
            },
            Role::Page => Route::Page {
                lang: lang.clone(),
                slug: slug.to_owned(),
            },
        };
        let whole = Shown::article(Arc::clone(story), text);
        let page = Page {
            shown: &whole,
            article: Some(article),
            is_indexed: is_published,
            alternates: if is_published { alternates } else { Vec::new() },
            ..self.page(route)
        };
        self.write_page(&page, files)?;
        if file.role == Role::Page {
            return Ok(());
        }
        let write_part = |route: Route, part: &Article, files: &mut Files<'_>| {
            let shown = whole
                .part(&route, &part::text(part)?)
                .map_err(|error| Failure(format!("could not render {}: {error}", file.path)))?;
            let page = Page {
                shown: &shown,
                article: Some(article),
                is_indexed: is_published,
                ..self.page(route)
            };
            self.write_page(&page, files)
        };
        // An id stands in an address and in a path of the disk, as a slug does.
        let sound = |id: &Option<String>| id.clone().filter(|id| Slug::new(id).is_some());
        for id in article.images().iter().filter_map(|image| sound(&image.id)) {
            let part = part::photo(article, &id);
            let route = Route::Photo {
                lang: lang.clone(),
                slug: slug.to_owned(),
                id,
            };
            write_part(route, &part, files)?;
        }
        for video in article.videos() {
            let Some(id) = sound(&video.id) else {
                continue;
            };
            let part = part::video(article, video);
            let route = Route::Video {
                lang: lang.clone(),
                slug: slug.to_owned(),
                id,
            };
            write_part(route, &part, files)?;
        }
        Ok(())
    }

    /// Only where readers arrive: photos and films are two pages of three in a large
    /// archive, reached from their stories, and would each repeat it.
    fn inlined(&self, page: &Page<'_>) -> Option<&str> {
        match page.route {
            Route::Front { .. } | Route::Story { .. } | Route::Page { .. } => {
                self.inlined.as_ref()?.at(&page.base)
            }
            _ => None,
        }
    }

    fn page(&self, route: Route) -> Page<'_> {
        let path = route.path();
        let base = "../".repeat(path.matches('/').count());
        Page {
            path: format!("{}index.html", percent_decoded(&path).unwrap_or_default()),
            route,
            base,
            shown: &self.nothing,
            article: None,
            listing: None,
            is_indexed: true,
            alternates: Vec::new(),
        }
    }

    fn write_page(&self, page: &Page<'_>, files: &mut Files<'_>) -> Result<(), Failure> {
        let language = page.route.lang().as_str();
        let (edition, boot_note) = self.editions.get(language).ok_or_else(|| {
            Failure(format!(
                "the site has no edition in the language “{language}”"
            ))
        })?;
        let rendered = render_shown(edition, &page.route, page.shown, &page.base);
        let preload = rendered.preload_image.as_ref();
        let companions = Companions::of(
            &self.site,
            page.route.lang(),
            page.article.and_then(|article| article.subjects.first()),
            &Places::of(page.route.lang()),
            |path| self.has_companion(page, path),
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
            policy: self.policy.as_deref(),
            title: &rendered.title,
            head: &head,
            base: &page.base,
            assets: &self.assets,
            inlined: self.inlined(page),
            font: font(page.route.lang()).filter(|font| self.has_font(font)),
            interface_font: interface_font(page.route.lang()).filter(|font| self.has_font(font)),
            first_picture: preload
                .map(|(srcset, sizes, kind)| (srcset.as_str(), *sizes, kind.as_str())),
            icons: &self.icons,
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
        files.write(&page.path, html.as_bytes())
    }

    /// Whether a feed or description will be in the built site: all of them are where
    /// the site says its address, but a feed of a topic only if the story is in it, and
    /// Atom only if a story has a date. The manifest is always there.
    fn has_companion(&self, page: &Page<'_>, path: &str) -> bool {
        if path.ends_with(manifest::FILE) {
            return true;
        }
        let lang = page.route.lang();
        let is_dated = self.dated.contains(lang.as_str());
        let is_told = match page.article {
            Some(article) if path.contains("/topics/") => {
                page.is_indexed && article.date_published.is_some()
            }
            _ => !path.ends_with("/atom.xml") || is_dated,
        };
        self.published.is_some() && is_told
    }

    fn has_font(&self, font: &str) -> bool {
        self.fonts.iter().any(|known| known == font)
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
    pub fn alternates(
        &self,
        checked: &Checked,
        story: &Story,
        facts: &Facts,
    ) -> Vec<(String, String)> {
        if facts.translations.is_empty() {
            return Vec::new();
        }
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
        if let Some(own) = route(story.file.role, facts.language.value, facts.slug.value) {
            alternates.push((facts.language.value.to_string(), own));
        }
        for translation in &facts.translations {
            let href = &translation.link.text.value;
            let url = match Address::of(href, Some(&self.site)) {
                None => safe_href(href)
                    .filter(|href| href.is_external())
                    .map(|href| href.as_str().to_owned()),
                Some(Address::Article {
                    role,
                    language,
                    slug,
                    part: Part::Whole,
                }) => checked
                    .story_at(role, &language, &slug)
                    .and_then(|other| other.facts.as_ref())
                    .filter(|theirs| checked.visibility(theirs) == Visibility::Published)
                    .and_then(|theirs| route(role, theirs.language.value, theirs.slug.value)),
                Some(_) => None,
            };
            if let Some(url) = url {
                if translation.original {
                    original = Some(url.clone());
                }
                alternates.push((translation.language.to_string(), url));
            }
        }
        with_default(alternates, self.site.default_language.as_str(), original)
    }
}

/// `None` for what no address names.
fn route_of(place: &Place<'_>) -> Option<Route> {
    let lang = Language::new(place.language)?;
    Some(match (place.kind, place.only) {
        (Kind::Films, _) => Route::Videos { lang, older: 0 },
        (Kind::Photos, None) => Route::Photos {
            lang,
            only: None,
            older: 0,
        },
        (Kind::Photos, Some((facet, id))) => Route::Photos {
            lang,
            only: Some(Only {
                facet: match facet {
                    Facet::Topic => route::Facet::Topic,
                    Facet::Place => route::Facet::Place,
                    Facet::Author => return None,
                },
                id: id.to_owned(),
            }),
            older: 0,
        },
    })
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

/// The font of the interface, where the font of the text is not that of all.
fn interface_font(language: &Language) -> Option<&'static str> {
    match language.primary() {
        "zh" | "ar" => None,
        "ru" => Some("fonts/source-sans-3-cyrillic-wght-normal.woff2"),
        _ => Some("fonts/source-sans-3-latin-wght-normal.woff2"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Address, Part, Role, Route};
    use crate::build::parts::folder_of;

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
            "en/photos",
            "en/photos/topics/",
            "en/photos/topics/sea/",
            "en/photos/places/corrin",
            "ar/videos/",
            "ar/videos/x/",
        ] {
            let ours = Address::of(&format!("/{path}"), Some(&site)).unwrap();
            let agree = match (&ours, Route::parse(path, "", &site)) {
                (Address::Front, Route::Front { .. })
                | (Address::Search, Route::Search { .. })
                | (Address::List { only: None, .. }, Route::Photos { only: None, .. })
                | (Address::List { only: None, .. }, Route::Videos { .. })
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
                    Address::List {
                        only: Some((facet, id)),
                        ..
                    },
                    Route::Photos {
                        only: Some(other), ..
                    },
                ) => *id == other.id && folder_of(*facet) == other.facet.folder(),
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
