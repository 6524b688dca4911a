//! What a page says of itself to those who do not show it: search engines, link
//! previews, feed readers.
//!
//! Everything here is written from an article as it is published: press has taken
//! out of it what leads to stories before their time, and of a story that was taken
//! back nothing is left but its headline. Nothing is looked up elsewhere, so
//! nothing can leak that the page itself does not say.

mod companions;
mod icons;
mod locale;
mod picture;

use std::fmt::Write as _;

use article::listing::{Card, Head as Listing};
use article::media::Availability;
use article::site::Site;
use article::story::PubStatus;
use article::{Article, Block, Date, Image, Media, Rendition, RichText};
use dateline::route::Route;

use super::document::escaped;
use super::linked_data::{self, Shows};
use crate::base::Base;
use crate::card;
pub use companions::{Companions, Places};
pub use icons::links as icon_links;
use locale::locale;
pub use picture::Picture;

/// X's limit for the description of a picture.
const LONGEST_ALT: usize = 420;

/// What the head of a page is written from. Texts are plain; escaping happens here.
pub struct Subject<'a> {
    pub site: &'a Site,
    /// Absent where the site does not say its own address; then nothing is linked in full.
    pub published: Option<&'a Base>,
    pub route: &'a Route,
    /// What the document is called, with the site's name.
    pub title: &'a str,
    pub description: Option<&'a str>,
    /// The article the page belongs to, as readers get it.
    pub article: Option<&'a Article>,
    /// The list the page shows, as readers get it.
    pub listing: Option<&'a Listing>,
    /// Search engines may show it.
    pub is_indexed: bool,
    /// The same page in the languages it exists in, by language tag or `x-default`;
    /// only what is published.
    pub alternates: &'a [(String, String)],
    pub companions: &'a Companions,
    /// From the page to the site's root: empty, or ending in a slash.
    pub base: &'a str,
}

/// What is written into the document.
pub struct Head {
    /// Elements for the head, as HTML.
    pub elements: String,
    /// JSON-LD, safe inside a script element.
    pub linked_data: Option<String>,
}

/// The part of the story that has the page for itself.
enum Part<'a> {
    Photo(&'a Image),
    Video(&'a Media),
}

impl Subject<'_> {
    pub fn head(&self) -> Head {
        let mut elements = String::new();
        // Writing to a String cannot fail.
        let _ = self.write_elements(&mut elements);
        Head {
            elements,
            linked_data: self.linked_data(),
        }
    }

    /// The article, if it may be read: of one that was taken back nothing is told.
    fn readable(&self) -> Option<&Article> {
        self.article
            .filter(|article| self.is_indexed && article.pub_status == PubStatus::Usable)
    }

    fn part(&self) -> Option<Part<'_>> {
        let article = self.readable()?;
        match self.route {
            Route::Photo { id, .. } => article
                .images()
                .into_iter()
                .find(|image| image.id.as_ref() == Some(id))
                .map(Part::Photo),
            Route::Video { id, .. } => article
                .videos()
                .into_iter()
                .find(|video| video.id.as_ref() == Some(id))
                .map(Part::Video),
            _ => None,
        }
    }

    /// What the page is called, without the site's name.
    fn name(&self) -> &str {
        let site = self.site.name_in(self.route.lang());
        self.title
            .strip_suffix(site)
            .and_then(|title| title.strip_suffix(" — "))
            .unwrap_or(self.title)
    }

    fn description(&self) -> Option<String> {
        let caption = match self.part() {
            Some(Part::Photo(image)) => plain(image.caption.as_ref())
                .or_else(|| image.alt.clone().filter(|text| not_blank(text))),
            Some(Part::Video(video)) => plain(video.caption.as_ref()),
            None => None,
        };
        caption.or_else(|| {
            self.description
                .map(str::to_owned)
                .filter(|text| not_blank(text))
        })
    }

    /// The page's own address.
    fn url(&self) -> Option<String> {
        match self.route {
            Route::NotFound { .. } => None,
            route => Some(self.published?.url(&route.path())),
        }
    }

    /// Where the page has its home: a story may have it on another site.
    fn canonical(&self) -> Option<String> {
        let elsewhere = match self.route {
            Route::Story { .. } | Route::Page { .. } => self
                .readable()
                .and_then(|article| article.canonical_url.as_ref())
                .filter(|href| href.is_external()),
            _ => None,
        };
        match elsewhere {
            Some(href) => Some(href.as_str().to_owned()),
            None => self.url(),
        }
    }

    fn picture(&self) -> Option<Picture> {
        let published = self.published?;
        if !self.is_indexed {
            return None;
        }
        // Who meets the link elsewhere has not read the warning.
        let is_free = |image: &&Image| image.content_warning.is_none();
        let story_warns = self
            .readable()
            .is_some_and(|article| article.content_warning.is_some());
        let image = match (self.part(), self.readable(), self.listing) {
            (Some(Part::Photo(image)), ..) => {
                Some(image).filter(|image| is_free(image) && !story_warns)
            }
            (Some(Part::Video(video)), ..) => video
                .poster
                .as_ref()
                .filter(|_| video.content_warning.is_none() && !story_warns),
            (None, Some(article), _) => card::picture(article),
            (None, None, Some(listing)) => listing
                .cards
                .iter()
                .find_map(|card| card.thumbnail.as_ref().filter(is_free)),
            (None, None, None) => None,
        };
        image
            .and_then(|image| Picture::of(image, published))
            .or_else(|| Picture::logo(self.site, published))
    }

    /// The film a preview can play: the page's own, else the one the story opens with.
    fn film(&self) -> Option<(&Media, &Rendition)> {
        let video = match (self.part(), self.route) {
            (Some(Part::Video(video)), _) => video,
            (None, Route::Story { .. }) => match self.readable()?.lead_media.as_deref() {
                Some(Block::Video(block)) => &block.video,
                _ => return None,
            },
            _ => return None,
        };
        Some((video, playable_file(video)?))
    }

    fn write_elements(&self, text: &mut String) -> std::fmt::Result {
        let description = self.description();
        let picture = self.picture();
        let mut metas = Metas { text };
        if let Some(description) = &description {
            metas.name("description", description)?;
        }
        if self.is_indexed {
            metas.name("robots", "max-image-preview:large, max-snippet:-1")?;
        } else {
            metas.name("robots", "noindex")?;
        }
        self.write_open_graph(&mut metas, description.as_deref(), picture.as_ref())?;
        let is_large = picture.as_ref().is_some_and(Picture::is_large);
        let card = if is_large {
            "summary_large_image"
        } else {
            "summary"
        };
        // X reads the rest from Open Graph, but for this.
        metas.name("twitter:card", card)?;
        let alt = picture.as_ref().and_then(|picture| picture.alt.as_deref());
        if let Some(alt) = alt.filter(|alt| alt.chars().count() <= LONGEST_ALT) {
            metas.name("twitter:image:alt", alt)?;
        }
        self.write_links(text)
    }

    fn write_open_graph(
        &self,
        metas: &mut Metas<'_>,
        description: Option<&str>,
        picture: Option<&Picture>,
    ) -> std::fmt::Result {
        metas.property("og:site_name", self.site.name_in(self.route.lang()))?;
        metas.property("og:title", self.name())?;
        if let Some(description) = description {
            metas.property("og:description", description)?;
        }
        metas.property("og:type", self.open_graph_type())?;
        if let Some(url) = self.canonical() {
            metas.property("og:url", &url)?;
        }
        if let Some(own) = locale(self.route.lang()) {
            metas.property("og:locale", &own)?;
            for other in self.other_locales(&own) {
                metas.property("og:locale:alternate", &other)?;
            }
        }
        if let Some(picture) = picture {
            metas.property("og:image", &picture.url)?;
            metas.property("og:image:type", &picture.content_type)?;
            if let (Some(width), Some(height)) = (picture.width, picture.height) {
                metas.property("og:image:width", &width.to_string())?;
                metas.property("og:image:height", &height.to_string())?;
            }
            if let Some(alt) = &picture.alt {
                metas.property("og:image:alt", alt)?;
            }
        }
        if let Some((video, file)) = self.film()
            && let Some(url) = self
                .published
                .and_then(|published| published.target(&file.href))
        {
            metas.property("og:video", &url)?;
            metas.property("og:video:type", &file.content_type)?;
            let size = (file.width.or(video.width), file.height.or(video.height));
            if let (Some(width), Some(height)) = size {
                metas.property("og:video:width", &width.to_string())?;
                metas.property("og:video:height", &height.to_string())?;
            }
        }
        if matches!(self.route, Route::Story { .. })
            && let Some(article) = self.readable()
        {
            write_article(metas, article, self.published)?;
        }
        Ok(())
    }

    fn open_graph_type(&self) -> &'static str {
        match self.route {
            Route::Story { .. } | Route::Photo { .. } => "article",
            Route::Video { .. } if self.film().is_some() => "video.other",
            Route::Video { .. } => "article",
            _ => "website",
        }
    }

    /// The locales of the other languages, each once.
    fn other_locales(&self, own: &str) -> Vec<String> {
        let mut locales: Vec<String> = self
            .alternates
            .iter()
            .filter_map(|(tag, _)| locale(&article::Language::new(tag)?))
            .filter(|other| other != own)
            .collect();
        locales.sort();
        locales.dedup();
        locales
    }

    fn write_links(&self, text: &mut String) -> std::fmt::Result {
        let own = self.url();
        let canonical = self.canonical();
        let mut link = |rel: &str, href: &str| {
            writeln!(text, "<link rel=\"{rel}\" href=\"{}\">", escaped(href))
        };
        if let Some(url) = &canonical {
            link("canonical", url)?;
        }
        if let Some(article) = self.readable() {
            // One who made it: more than one link of that kind says nothing of either.
            if let [author] = article.authors.as_slice()
                && let Some(href) = author.href.as_ref().and_then(|href| self.address(href))
            {
                link("author", &href)?;
            }
            let rights = article.rights.as_ref();
            let license = rights.and_then(|rights| rights.license.as_ref());
            if let Some(href) = license.and_then(|href| self.address(href)) {
                link("license", &href)?;
            }
        }
        // Of a page whose home is elsewhere, others must not name the copy here.
        if own == canonical {
            for (language, url) in self.alternates {
                writeln!(
                    text,
                    "<link rel=\"alternate\" hreflang=\"{}\" href=\"{}\">",
                    escaped(language),
                    escaped(url),
                )?;
            }
        }
        self.companions.write_to(self.base, text)
    }

    /// In full where that can be said, else from the page.
    fn address(&self, href: &article::Href) -> Option<String> {
        match (self.published, href.site_path()) {
            (None, Some(path)) => Some(format!("{}{path}", self.base)),
            (None, None) => href.is_external().then(|| href.as_str().to_owned()),
            (Some(published), _) => published.target(href),
        }
    }

    /// The photos or films that the page lists: what they are called, and the full
    /// addresses of their pages.
    fn listed_parts(&self, published: &Base) -> Vec<(String, String)> {
        let cards = self.listing.map_or(&[][..], |listing| &listing.cards);
        let lang = self.route.lang();
        let page_of = |card: &Card| {
            let (lang, slug) = (lang.clone(), card.slug.as_str().to_owned());
            let id = card.part.as_ref()?.to_string();
            Some(match self.route {
                Route::Videos { .. } => Route::Video { lang, slug, id },
                _ => Route::Photo { lang, slug, id },
            })
        };
        cards
            .iter()
            .filter_map(|card| {
                let image = card.thumbnail.as_ref();
                let name = card
                    .title
                    .clone()
                    .or_else(|| plain(image.and_then(|image| image.caption.as_ref())))
                    .or_else(|| image.and_then(|image| image.alt.clone()))
                    .filter(|name| not_blank(name))
                    .unwrap_or_else(|| card.headline.to_plain());
                Some((name, published.url(&page_of(card)?.path())))
            })
            .collect()
    }

    fn linked_data(&self) -> Option<String> {
        let published = self.published?;
        if !self.is_indexed {
            return None;
        }
        let url = self.url()?;
        let language = self.route.lang();
        let story = self.route.story().map(|story| published.url(&story.path()));
        let search = Route::Search {
            lang: language.clone(),
            query: String::new(),
        };
        let search = published.url(&search.path());
        let parts = self.listed_parts(published);
        let shows = match (self.route, self.readable(), self.part()) {
            (Route::Front { .. }, ..) => Shows::Front { search: &search },
            (Route::Photos { .. } | Route::Videos { .. }, ..) => Shows::List { parts: &parts },
            (Route::Story { .. }, Some(article), _) => Shows::Story {
                article,
                alternates: self.alternates,
            },
            (Route::Page { slug, .. }, Some(article), _) => Shows::Standing {
                article,
                is_about: slug == "about",
            },
            (Route::Photo { .. }, Some(article), Some(Part::Photo(image))) => Shows::Photo {
                article,
                story: story.as_deref()?,
                image,
            },
            (Route::Video { .. }, Some(article), Some(Part::Video(video))) => Shows::Video {
                article,
                story: story.as_deref()?,
                video,
            },
            _ => return None,
        };
        let description = self.description();
        let page = linked_data::Page {
            site: self.site,
            published,
            language,
            url: &url,
            name: self.name(),
            description: description.as_deref(),
            shows,
        };
        Some(linked_data::in_script(&linked_data::graph(&page)))
    }
}

/// What Open Graph knows of an article (ogp.me, "article").
fn write_article(
    metas: &mut Metas<'_>,
    article: &Article,
    published: Option<&Base>,
) -> std::fmt::Result {
    // Its times are to the day at least: a year or a month alone is not said.
    let day = |date: &Option<Date>| date.filter(|date| date.day.is_some());
    if let Some(date) = day(&article.date_published) {
        metas.property("article:published_time", &date.to_string())?;
    }
    if let Some(date) = day(&article.date_modified) {
        metas.property("article:modified_time", &date.to_string())?;
    }
    for author in article
        .authors
        .iter()
        .filter(|author| !author.name.is_empty())
    {
        metas.name("author", &author.name)?;
        // There an author is a page.
        let page = author.href.as_ref().zip(published);
        if let Some(page) = page.and_then(|(href, published)| published.target(href)) {
            metas.property("article:author", &page)?;
        }
    }
    if let Some(section) = &article.article_section {
        metas.property("article:section", section)?;
    }
    for subject in article
        .subjects
        .iter()
        .filter(|topic| !topic.name.is_empty())
    {
        metas.property("article:tag", &subject.name)?;
    }
    Ok(())
}

/// The file of a film or a sound that others can play: a file rather than a stream.
pub fn playable_file(video: &Media) -> Option<&Rendition> {
    if video.availability != Availability::Playable {
        return None;
    }
    let fetchable = || {
        video
            .renditions
            .iter()
            .filter(|file| file.href.is_fetchable())
    };
    [
        "video/mp4",
        "video/webm",
        "audio/mpeg",
        "audio/mp4",
        "audio/ogg",
    ]
    .iter()
    .find_map(|kind| fetchable().find(|file| file.content_type.starts_with(kind)))
    .or_else(|| fetchable().next())
}

fn plain(text: Option<&RichText>) -> Option<String> {
    text.map(RichText::to_plain).filter(|text| not_blank(text))
}

fn not_blank(text: &str) -> bool {
    !text.trim().is_empty()
}

/// Writes meta elements.
struct Metas<'a> {
    text: &'a mut String,
}

impl Metas<'_> {
    fn name(&mut self, name: &str, content: &str) -> std::fmt::Result {
        self.write("name", name, content)
    }

    fn property(&mut self, name: &str, content: &str) -> std::fmt::Result {
        self.write("property", name, content)
    }

    fn write(&mut self, kind: &str, name: &str, content: &str) -> std::fmt::Result {
        writeln!(
            self.text,
            "<meta {kind}=\"{name}\" content=\"{}\">",
            escaped(content)
        )
    }
}

#[cfg(test)]
mod tests;
