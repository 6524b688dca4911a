//! The stories of the last two days, as Google's news sitemaps want them.
//!
//! They stand in a file of their own: marked in the file of their year, they would
//! change it again two days later although nobody touched them.

use article::Language;
use article::site::Site;

use super::sitemap::{File, Open, Page, Story};
use crate::base::Base;
use crate::moment::day_or_second;
use crate::plain::line;

const TWO_DAYS: i64 = 48 * 3600;

/// More are not allowed in one file.
const MOST: usize = 1000;

/// Characters of a headline; it may be shortened for the room there is.
const MOST_TITLE: usize = 300;

/// Whether a story of that date is news at that moment.
pub fn is_new(published: article::Date, as_of: i64) -> bool {
    let moment = published.timestamp();
    moment <= as_of && moment > as_of - TWO_DAYS
}

/// No file where there is no news: an empty one is against the schema.
pub fn files(site: &Site, base: &Base, pages: &[Page<'_>], as_of: i64) -> Vec<File> {
    let mut news: Vec<(i64, &Page<'_>, Story<'_>, String)> = pages
        .iter()
        .filter_map(|page| {
            let story = page.story?;
            let published = story.published?;
            let moment = published.timestamp();
            is_new(published, as_of)
                .then(|| day_or_second(&published))
                .flatten()
                .map(|date| (moment, page, story, date))
        })
        .collect();
    news.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.path.cmp(b.1.path)));
    news.chunks(MOST)
        .enumerate()
        .map(|(number, stories)| {
            let mut open = Open::new();
            for (moment, page, story, date) in stories {
                let xml = &mut open.xml;
                xml.new_line();
                xml.open("url", &[]);
                xml.element("loc", &[], &base.url(page.path));
                xml.open("news:news", &[]);
                xml.open("news:publication", &[]);
                xml.element("news:name", &[], site.name_in(page.language));
                xml.element("news:language", &[], &tag(page.language));
                xml.close("news:publication");
                xml.element("news:publication_date", &[], date);
                let headline = line(story.headline, MOST_TITLE);
                let headline = if headline.is_empty() {
                    page.path
                } else {
                    &headline
                };
                xml.element("news:title", &[], headline);
                xml.close("news:news");
                xml.close("url");
                let changed = Some((*moment, date.clone()));
                if changed > open.changed {
                    open.changed = changed;
                }
            }
            open.close("sitemap-news", number)
        })
        .collect()
}

/// The language as Google's list has it: two or three letters (ISO 639), and the
/// two scripts of Chinese by the countries that write them.
fn tag(language: &Language) -> String {
    let primary = language.primary().to_ascii_lowercase();
    if primary != "zh" {
        return primary;
    }
    let is_traditional = language.as_str().split('-').any(|part| {
        ["hant", "tw", "hk", "mo"]
            .iter()
            .any(|known| part.eq_ignore_ascii_case(known))
    });
    if is_traditional { "zh-tw" } else { "zh-cn" }.into()
}

#[cfg(test)]
mod tests {
    use super::tag;
    use article::Language;

    #[test]
    fn languages_are_written_as_the_list_of_news_has_them() {
        for (language, written) in [
            ("en-GB", "en"),
            ("AR", "ar"),
            ("ckb", "ckb"),
            ("zh", "zh-cn"),
            ("zh-Hant", "zh-tw"),
            ("zh-HK", "zh-tw"),
        ] {
            assert_eq!(tag(&Language::new(language).unwrap()), written);
        }
    }
}
