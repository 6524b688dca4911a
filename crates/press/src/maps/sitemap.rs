//! The sitemap: every page of the site, for search engines (sitemaps.org, with
//! Google's elements for pictures, films, news and translations).
//!
//! A page is filed by its language and the year it was published, so that an
//! edited story changes one file and a crawler asks for one again. A year of more
//! than fifty thousand stories goes on in a second file; its first stays as it was,
//! because a file is filled from the oldest story on.
//!
//! The files lie at the site's root: one in a folder may name only pages of that
//! folder (sitemaps.org, "Sitemap file location").

use article::{Date, Href, Language};

use super::media::Film;
use crate::base::Base;
use crate::moment::day_or_second;
use crate::xml::Xml;

/// The list of the files, where search engines look for it.
pub const INDEX: &str = "sitemap.xml";

/// What the protocol allows in a file; of bytes a little less, for the last tag.
const LIMITS: Limits = Limits {
    pages: 50_000,
    bytes: 50_000_000,
};

/// Longer addresses are refused (sitemaps.org, `loc`).
const LONGEST_ADDRESS: usize = 2048;

#[derive(Clone, Copy)]
pub(super) struct Limits {
    pub pages: usize,
    pub bytes: usize,
}

/// A page that search engines may show: neither a tombstone nor a page whose home
/// is elsewhere (`canonicalUrl`).
#[derive(Clone, Copy)]
pub struct Page<'a> {
    pub language: &'a Language,
    /// From the site's root: `/en/stories/night-ferry/`.
    pub path: &'a str,
    /// `None` for what is no story: fronts, topics, standing pages.
    pub story: Option<Story<'a>>,
    pub pictures: &'a [Href],
    pub films: &'a [Film],
    /// The page in every language it exists in, its own included, by language tag
    /// or `x-default`, as full addresses. Empty if it exists in one only.
    pub alternates: &'a [(String, String)],
}

#[derive(Clone, Copy)]
pub struct Story<'a> {
    /// Without marks.
    pub headline: &'a str,
    pub published: Option<Date>,
    pub modified: Option<Date>,
}

/// A file at the root of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub name: String,
    pub bytes: Vec<u8>,
    /// The latest change of a page in it, as the protocol writes dates.
    pub changed: Option<(i64, String)>,
}

/// A page as it stands in a sitemap: one line of XML. Empty if its address is too long
/// for the protocol.
pub fn line_of(page: &Page<'_>, base: &Base) -> Line {
    let mut xml = Xml::fragment();
    write_page(&mut xml, page, base);
    Line {
        xml: String::from_utf8(xml.finish()).unwrap_or_default(),
        changed: changed(page),
    }
}

/// A page that was written, to be put into a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    pub xml: String,
    /// When the page changed last, in seconds since 1970 and as the protocol writes it.
    pub changed: Option<(i64, String)>,
}

/// The name, without ending, of the file in which a page stands.
pub fn stem(page: &Page<'_>) -> String {
    let language = page.language.as_str();
    match shelf(page) {
        Shelf::Year(year) => format!("sitemap-{language}-{year:04}"),
        Shelf::Undated => format!("sitemap-{language}-undated"),
        Shelf::Pages => format!("sitemap-{language}-pages"),
    }
}

/// As many files of a name as its pages need. They come oldest first.
pub fn files(stem: &str, lines: &[&Line]) -> Vec<File> {
    filled(stem, lines, LIMITS)
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Shelf {
    Year(u16),
    Undated,
    Pages,
}

/// Where a page is filed: a story by the year it was published, in the calendar it
/// was written in, which no edit of its text changes.
fn shelf(page: &Page<'_>) -> Shelf {
    match page.story.map(|story| story.published) {
        None => Shelf::Pages,
        Some(Some(date)) if date.year > 0 => Shelf::Year(date.year),
        Some(_) => Shelf::Undated,
    }
}

/// `…-2003.xml`, then `…-2003-2.xml`.
fn filled(stem: &str, lines: &[&Line], limits: Limits) -> Vec<File> {
    let mut files = Vec::new();
    let mut open = Open::new();
    for line in lines.iter().filter(|line| !line.xml.is_empty()) {
        let is_full = open.pages >= limits.pages || open.xml.len() + line.xml.len() > limits.bytes;
        if is_full && open.pages > 0 {
            files.push(open.close(stem, files.len()));
            open = Open::new();
        }
        open.xml.new_line();
        open.xml.append(line.xml.as_bytes());
        open.pages += 1;
        if line.changed > open.changed {
            open.changed.clone_from(&line.changed);
        }
    }
    if open.pages > 0 {
        files.push(open.close(stem, files.len()));
    }
    files
}

/// A file that is being filled.
pub(super) struct Open {
    pub xml: Xml,
    pub pages: usize,
    pub changed: Option<(i64, String)>,
}

impl Open {
    pub fn new() -> Self {
        let mut xml = Xml::document();
        xml.open(
            "urlset",
            &[
                ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"),
                (
                    "xmlns:image",
                    "http://www.google.com/schemas/sitemap-image/1.1",
                ),
                (
                    "xmlns:news",
                    "http://www.google.com/schemas/sitemap-news/0.9",
                ),
                (
                    "xmlns:video",
                    "http://www.google.com/schemas/sitemap-video/1.1",
                ),
                ("xmlns:xhtml", "http://www.w3.org/1999/xhtml"),
            ],
        );
        Self {
            xml,
            pages: 0,
            changed: None,
        }
    }

    /// The file, as the next after so many of its name.
    pub fn close(mut self, stem: &str, before: usize) -> File {
        self.xml.new_line();
        self.xml.close("urlset");
        self.xml.new_line();
        File {
            name: match before {
                0 => format!("{stem}.xml"),
                before => format!("{stem}-{}.xml", before + 1),
            },
            bytes: self.xml.finish(),
            changed: self.changed,
        }
    }
}

fn write_page(xml: &mut Xml, page: &Page<'_>, base: &Base) {
    let url = base.url(page.path);
    if url.len() > LONGEST_ADDRESS {
        return;
    }
    xml.open("url", &[]);
    xml.element("loc", &[], &url);
    if let Some((_, date)) = changed(page) {
        xml.element("lastmod", &[], &date);
    }
    for (language, address) in page.alternates {
        xml.empty(
            "xhtml:link",
            &[
                ("rel", "alternate"),
                ("hreflang", language.as_str()),
                ("href", address.as_str()),
            ],
        );
    }
    for picture in page.pictures {
        xml.open("image:image", &[]);
        xml.element("image:loc", &[], &base.link(picture, &url));
        xml.close("image:image");
    }
    for film in page.films {
        xml.open("video:video", &[]);
        xml.element(
            "video:thumbnail_loc",
            &[],
            &base.link(&film.thumbnail, &url),
        );
        xml.element("video:title", &[], &film.title);
        xml.element("video:description", &[], &film.description);
        xml.element("video:content_loc", &[], &base.link(&film.file, &url));
        if let Some(seconds) = film.seconds {
            xml.element("video:duration", &[], &seconds.to_string());
        }
        xml.close("video:video");
    }
    xml.close("url");
}

/// When a page changed last. A change known to the year or month only is not told:
/// the schema of the protocol refuses such dates, and an earlier one in its place
/// would keep a crawler away from the change.
pub(super) fn changed(page: &Page<'_>) -> Option<(i64, String)> {
    let story = page.story?;
    let date = story.modified.or(story.published)?;
    Some((date.timestamp(), day_or_second(&date)?))
}

/// The list of all files: their names, and when each changed last.
pub fn index(base: &Base, files: &[(String, Option<String>)]) -> File {
    let mut xml = Xml::document();
    xml.open(
        "sitemapindex",
        &[("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")],
    );
    for (name, changed) in files {
        xml.new_line();
        xml.open("sitemap", &[]);
        xml.element("loc", &[], &base.url(name));
        if let Some(date) = changed {
            xml.element("lastmod", &[], date);
        }
        xml.close("sitemap");
    }
    xml.new_line();
    xml.close("sitemapindex");
    xml.new_line();
    File {
        name: INDEX.into(),
        bytes: xml.finish(),
        changed: None,
    }
}

#[cfg(test)]
mod tests {
    use super::{File, INDEX, LIMITS, Limits, Page, Story, filled, index, line_of, stem};
    use crate::base::Base;
    use crate::maps::media::Film;
    use crate::maps::news;
    use article::site::Site;
    use article::{Date, Language, safe_href};
    use std::collections::BTreeMap;

    /// The sitemaps of a site, and last their index.
    fn files(site: &Site, base: &Base, pages: &[Page<'_>], as_of: i64) -> Vec<File> {
        files_within(site, base, pages, as_of, LIMITS)
    }

    fn files_within(
        site: &Site,
        base: &Base,
        pages: &[Page<'_>],
        as_of: i64,
        limits: Limits,
    ) -> Vec<File> {
        let mut shelves: BTreeMap<String, Vec<&Page<'_>>> = BTreeMap::new();
        for page in pages {
            shelves.entry(stem(page)).or_default().push(page);
        }
        let mut files = Vec::new();
        for (stem, mut pages) in shelves {
            pages.sort_by_cached_key(|page| {
                let published = page.story.and_then(|story| story.published);
                (published.map(|date| date.timestamp()), page.path)
            });
            let lines: Vec<_> = pages.iter().map(|page| line_of(page, base)).collect();
            files.extend(filled(&stem, &lines.iter().collect::<Vec<_>>(), limits));
        }
        files.extend(news::files(site, base, pages, as_of));
        let names: Vec<_> = files
            .iter()
            .map(|file| {
                let changed = file.changed.as_ref().map(|(_, date)| date.clone());
                (file.name.clone(), changed)
            })
            .collect();
        files.push(index(base, &names));
        files
    }

    const AS_OF: i64 = 1_800_000_000; // 2027-01-15T08:00:00Z

    fn site() -> Site {
        Site::read_leniently(
            r#"{"name":"The & Post","baseUrl":"https://news.example/repo/","languages":["en","ar"],"defaultLanguage":"en"}"#,
        )
        .unwrap()
    }

    fn base() -> Base {
        Base::of(&site()).unwrap()
    }

    fn language(tag: &str) -> Language {
        Language::new(tag).unwrap()
    }

    fn story<'a>(language: &'a Language, path: &'a str, published: &str) -> Page<'a> {
        Page {
            language,
            path,
            story: Some(Story {
                headline: "Headline",
                published: Date::parse(published),
                modified: None,
            }),
            pictures: &[],
            films: &[],
            alternates: &[],
        }
    }

    fn text<'a>(files: &'a [File], name: &str) -> &'a str {
        let file = files.iter().find(|file| file.name == name).unwrap();
        std::str::from_utf8(&file.bytes).unwrap()
    }

    fn names(files: &[File]) -> Vec<&str> {
        files.iter().map(|file| file.name.as_str()).collect()
    }

    #[test]
    fn pages_are_filed_by_language_and_year_and_the_index_names_every_file() {
        let (en, ar) = (language("en"), language("ar"));
        let front = Page {
            story: None,
            ..story(&en, "/en/", "")
        };
        let pages = [
            story(&en, "/en/stories/b/", "2003"),
            story(&en, "/en/stories/a/", "2003-11-04"),
            story(&en, "/en/stories/c/", "2010-11-08T09:30:00+08:00"),
            story(&ar, "/ar/stories/قارب/", "2003-11"),
            story(&en, "/en/stories/d/", ""),
            front,
        ];
        let files = files(&site(), &base(), &pages, AS_OF);
        assert_eq!(
            names(&files),
            [
                "sitemap-ar-2003.xml",
                "sitemap-en-2003.xml",
                "sitemap-en-2010.xml",
                "sitemap-en-pages.xml",
                "sitemap-en-undated.xml",
                INDEX
            ]
        );
        let index = text(&files, INDEX);
        for file in &files[..5] {
            assert!(index.contains(&format!(
                "<loc>https://news.example/repo/{}</loc>",
                file.name
            )));
        }
        assert!(index.contains("sitemap-en-2010.xml</loc><lastmod>2010-11-08T09:30:00+08:00<"));
        assert!(text(&files, "sitemap-ar-2003.xml").contains(
            "<loc>https://news.example/repo/ar/stories/%D9%82%D8%A7%D8%B1%D8%A8/</loc></url>"
        ));
    }

    #[test]
    fn the_last_change_is_told_to_the_day_or_not_at_all() {
        let en = language("en");
        let mut pages = [
            story(&en, "/en/stories/a/", "2003-11-04"),
            story(&en, "/en/stories/b/", "2003-11"),
            story(&en, "/en/stories/c/", "2003-11-05"),
        ];
        pages[2].story.as_mut().unwrap().modified = Date::parse("2004-02");
        let files = files(&site(), &base(), &pages, AS_OF);
        let map = text(&files, "sitemap-en-2003.xml");
        assert!(
            map.contains("/a/</loc><lastmod>2003-11-04</lastmod></url>"),
            "{map}"
        );
        assert!(map.contains("/b/</loc></url>"), "{map}");
        assert!(map.contains("/c/</loc></url>"), "{map}");
    }

    #[test]
    fn pictures_films_and_translations_stand_with_their_page() {
        let en = language("en");
        let pictures = [safe_href("/media/a.jpg?x=1&y=2").unwrap()];
        let films = [Film {
            thumbnail: safe_href("/media/p.jpg").unwrap(),
            title: "A & B".into(),
            description: "]]>".into(),
            file: safe_href("https://cdn.example/f.mp4").unwrap(),
            seconds: Some(94),
        }];
        let alternates = [
            (
                "en".to_owned(),
                "https://news.example/repo/en/stories/a/".to_owned(),
            ),
            (
                "x-default".to_owned(),
                "https://news.example/repo/en/stories/a/".to_owned(),
            ),
        ];
        let page = Page {
            pictures: &pictures,
            films: &films,
            alternates: &alternates,
            ..story(&en, "/en/stories/a/", "2003")
        };
        let files = files(&site(), &base(), &[page], AS_OF);
        let map = text(&files, "sitemap-en-2003.xml");
        for part in [
            "<xhtml:link rel=\"alternate\" hreflang=\"x-default\" href=\"https://news.example/repo/en/stories/a/\"/>",
            "<image:image><image:loc>https://news.example/repo/media/a.jpg?x=1&amp;y=2</image:loc></image:image>",
            "<video:video><video:thumbnail_loc>https://news.example/repo/media/p.jpg</video:thumbnail_loc><video:title>A &amp; B</video:title><video:description>]]&gt;</video:description><video:content_loc>https://cdn.example/f.mp4</video:content_loc><video:duration>94</video:duration></video:video>",
        ] {
            assert!(map.contains(part), "{part}\n{map}");
        }
    }

    #[test]
    fn stories_of_the_last_two_days_are_news() {
        let en = language("en");
        let zh = language("zh-Hans");
        let mut pages = vec![
            story(&en, "/en/stories/now/", "2027-01-15T07:59:00Z"),
            story(&en, "/en/stories/day/", "2027-01-14"),
            story(&en, "/en/stories/month/", "2027-01"),
            story(&en, "/en/stories/old/", "2027-01-13T07:59:00Z"),
            story(&en, "/en/stories/later/", "2027-01-15T08:01:00Z"),
            story(&zh, "/zh-Hans/stories/x/", "2027-01-15T06:00:00+08:00"),
        ];
        let written = files(&site(), &base(), &pages, AS_OF);
        let news = text(&written, "sitemap-news.xml");
        assert_eq!(news.matches("<url>").count(), 3, "{news}");
        assert!(news.contains(
            "/now/</loc><news:news><news:publication><news:name>The &amp; Post</news:name><news:language>en</news:language></news:publication><news:publication_date>2027-01-15T07:59:00Z</news:publication_date><news:title>Headline</news:title></news:news></url>"
        ), "{news}");
        assert!(
            news.contains("<news:language>zh-cn</news:language>"),
            "{news}"
        );
        assert!(
            news.contains("<news:publication_date>2027-01-14</news:publication_date>"),
            "{news}"
        );
        assert!(text(&written, INDEX).contains("/sitemap-news.xml</loc>"));

        // An empty file is against the schema.
        pages.truncate(0);
        assert_eq!(names(&files(&site(), &base(), &pages, AS_OF)), [INDEX]);
    }

    #[test]
    fn a_full_file_is_followed_by_another_and_stays_as_it_is() {
        let en = language("en");
        let paths: Vec<String> = (0..7).map(|n| format!("/en/stories/{n}/")).collect();
        let pages = |count: usize| -> Vec<Page<'_>> {
            paths
                .iter()
                .take(count)
                .map(|path| story(&en, path, "2003"))
                .collect()
        };
        let limits = Limits { pages: 3, ..LIMITS };
        let six = files_within(&site(), &base(), &pages(6), AS_OF, limits);
        let seven = files_within(&site(), &base(), &pages(7), AS_OF, limits);
        assert_eq!(
            names(&six),
            ["sitemap-en-2003.xml", "sitemap-en-2003-2.xml", INDEX]
        );
        assert_eq!(names(&seven)[2], "sitemap-en-2003-3.xml");
        assert_eq!(six[..2], seven[..2]);

        let bytes = six[0].bytes.len();
        let small = files_within(
            &site(),
            &base(),
            &pages(6),
            AS_OF,
            Limits { bytes, pages: 9 },
        );
        assert_eq!(small.len(), 3, "{:?}", names(&small));
        assert!(small.iter().all(|file| file.bytes.len() <= bytes + 12));
        // One page alone is written, however large it is.
        let tiny = files_within(
            &site(),
            &base(),
            &pages(2),
            AS_OF,
            Limits { bytes: 1, pages: 9 },
        );
        assert_eq!(tiny.len(), 3);
    }

    #[test]
    fn the_order_of_the_input_does_not_matter_and_an_edit_touches_one_file() {
        let en = language("en");
        let mut pages = vec![
            story(&en, "/en/stories/a/", "2003-01-02"),
            story(&en, "/en/stories/b/", "2003-01-02"),
            story(&en, "/en/stories/c/", "2004"),
            story(&en, "/en/stories/d/", "2005"),
        ];
        let before = files(&site(), &base(), &pages, AS_OF);
        pages.reverse();
        assert_eq!(files(&site(), &base(), &pages, AS_OF), before);
        pages[3].story.as_mut().unwrap().modified = Date::parse("2026-11-24");
        let after = files(&site(), &base(), &pages, AS_OF);
        let changed: Vec<&str> = before
            .iter()
            .zip(&after)
            .filter(|(before, after)| before != after)
            .map(|(before, _)| before.name.as_str())
            .collect();
        assert_eq!(changed, ["sitemap-en-2003.xml", INDEX]);
    }

    #[test]
    fn an_address_longer_than_allowed_is_left_out() {
        let en = language("en");
        let path = format!("/en/stories/{}/", "x".repeat(2048));
        assert_eq!(
            names(&files(
                &site(),
                &base(),
                &[story(&en, &path, "2003")],
                AS_OF
            )),
            [INDEX]
        );
    }

    /// Read by others in tests/feeds/, where the schemas are.
    #[test]
    fn the_sample_of_the_schemas_has_every_element() {
        let en = language("en");
        let pictures = [safe_href("/media/a.jpg").unwrap()];
        let films = [Film {
            thumbnail: safe_href("/media/p.jpg").unwrap(),
            title: "Film".into(),
            description: "What it shows".into(),
            file: safe_href("/media/f.mp4").unwrap(),
            seconds: Some(94),
        }];
        let alternates = [
            ("ar", "ar/stories/%D9%82/"),
            ("en", "en/stories/a/"),
            ("x-default", "en/stories/a/"),
        ]
        .map(|(tag, path)| (tag.to_owned(), base().url(path)));
        let page = Page {
            pictures: &pictures,
            films: &films,
            alternates: &alternates,
            ..story(&en, "/en/stories/a/", "2027-01-15T07:59:00Z")
        };
        let undated = story(&en, "/en/stories/b/", "2027");
        let files = files(&site(), &base(), &[page, undated], AS_OF);
        let map = text(&files, "sitemap-en-2027.xml");
        for element in ["xhtml:link", "image:image", "video:video", "lastmod"] {
            assert!(map.contains(&format!("<{element}")), "{element}");
        }
        for file in &files {
            crate::feeds::keep(&file.name, &file.bytes);
        }
    }

    /// A figure to look at, not a limit: the machine that runs it may be busy.
    #[test]
    fn a_hundred_thousand_stories_fill_the_files_they_need() {
        let en = language("en");
        let paths: Vec<String> = (0..100_000)
            .map(|n| format!("/en/stories/story-{n}/"))
            .collect();
        let pictures = [safe_href("/media/a.jpg").unwrap()];
        let pages: Vec<Page<'_>> = paths
            .iter()
            .map(|path| Page {
                pictures: &pictures,
                ..story(&en, path, "2003-11-04")
            })
            .collect();
        let start = std::time::Instant::now();
        let files = files(&site(), &base(), &pages, AS_OF);
        println!("100,000 stories: {:?}", start.elapsed());
        assert_eq!(
            names(&files),
            ["sitemap-en-2003.xml", "sitemap-en-2003-2.xml", INDEX]
        );
    }
}
