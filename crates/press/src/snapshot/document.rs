//! The HTML document around a page of the app.
//!
//! Nothing inside `#dateline` is touched: the app adopts every node of it, white
//! space included. There is no inline script or style, so the strictest content
//! security policy holds.

use std::fmt::Write as _;

use super::PAPER;
use super::assets::{Asset, Assets};

/// What a document is made of. Texts are plain; escaping happens here.
pub struct Document<'a> {
    pub language: &'a str,
    pub direction: &'a str,
    pub title: &'a str,
    pub description: Option<&'a str>,
    pub site_name: &'a str,
    /// An article, rather than a list or a form.
    pub is_article: bool,
    /// Search engines may show it.
    pub is_indexed: bool,
    /// The page's one full address; absent where the site does not say its own.
    pub canonical: Option<String>,
    /// The same page in the languages it exists in, by language tag or `x-default`.
    pub alternates: Vec<(String, String)>,
    pub picture: Option<Picture>,
    /// From the page to the site's root: empty, or ending in a slash.
    pub base: &'a str,
    pub assets: &'a Assets,
    /// The font of the first lines, from the site's root.
    pub font: Option<&'a str>,
    /// The font of the interface on wide screens, from the site's root.
    pub interface_font: Option<&'a str>,
    /// `srcset`, `sizes` and type of the first picture.
    pub first_picture: Option<(&'a str, &'a str, &'a str)>,
    /// The page itself, as HTML.
    pub html: &'a str,
    /// What is said when the program does not start.
    pub boot_note: &'a str,
    /// The page's data as JSON, safe inside a script element.
    pub data: &'a str,
}

/// The picture others show beside a link to the page.
#[derive(Clone)]
pub struct Picture {
    /// A full address.
    pub url: String,
    pub width: Option<u32>,
    pub height: Option<u32>,
    pub alt: Option<String>,
}

impl Document<'_> {
    /// The document as text; `None` if its data would end the script element early.
    pub fn write(&self) -> Option<String> {
        if !is_safe_in_script(self.data) {
            return None;
        }
        let mut text = String::with_capacity(self.html.len() + self.data.len() + 4096);
        // Writing to a String cannot fail.
        let _ = self.write_to(&mut text);
        Some(text)
    }

    fn write_to(&self, text: &mut String) -> std::fmt::Result {
        let base = escaped(self.base);
        writeln!(
            text,
            "<!DOCTYPE html>\n<html lang=\"{}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>",
            escaped(self.language),
            escaped(self.direction),
            escaped(self.title),
        )?;
        // Before everything that can wait: the reader sees nothing until it is there.
        let style = &self.assets.style;
        writeln!(
            text,
            "<link rel=\"stylesheet\" href=\"{base}{}\"{}>",
            escaped(&style.href),
            integrity(style),
        )?;
        if let Some(font) = self.font {
            writeln!(
                text,
                "<link rel=\"preload\" href=\"{base}{}\" as=\"font\" type=\"font/woff2\" crossorigin>",
                escaped(font),
            )?;
        }
        // `font-display: optional` moves nothing only if the font is preloaded.
        if let Some(font) = self.interface_font {
            writeln!(
                text,
                "<link rel=\"preload\" href=\"{base}{}\" as=\"font\" type=\"font/woff2\" media=\"(min-width: 40rem)\" crossorigin>",
                escaped(font),
            )?;
        }
        if let Some((srcset, sizes, media_type)) = self.first_picture {
            writeln!(
                text,
                "<link rel=\"preload\" as=\"image\" imagesrcset=\"{}\" imagesizes=\"{}\" type=\"{}\" fetchpriority=\"high\">",
                escaped(srcset),
                escaped(sizes),
                escaped(media_type),
            )?;
        }
        // After the picture: the story can be read while the program is on its way.
        let boot = &self.assets.boot;
        writeln!(
            text,
            "<script type=\"module\" src=\"{base}{}\"{} fetchpriority=\"low\"></script>",
            escaped(&boot.href),
            integrity(boot),
        )?;
        self.write_metadata(text)?;
        writeln!(
            text,
            "<link rel=\"icon\" href=\"{base}icons/icon.svg\" type=\"image/svg+xml\">"
        )?;
        for (scheme, colour) in PAPER {
            writeln!(
                text,
                "<meta name=\"theme-color\" content=\"{colour}\" media=\"(prefers-color-scheme: {scheme})\">"
            )?;
        }
        write!(
            text,
            "</head>\n<body>\n<div id=\"dateline\">{}</div>\n<p id=\"boot-note\" hidden>{}</p>\n<script type=\"application/json\" id=\"data\">{}</script>\n</body>\n</html>\n",
            self.html,
            escaped(self.boot_note),
            self.data,
        )
    }

    fn write_metadata(&self, text: &mut String) -> std::fmt::Result {
        let mut meta = |name: &str, key: &str, value: &str| {
            writeln!(
                text,
                "<meta {name}=\"{key}\" content=\"{}\">",
                escaped(value)
            )
        };
        if let Some(description) = self.description {
            meta("name", "description", description)?;
        }
        if !self.is_indexed {
            meta("name", "robots", "noindex")?;
        }
        meta("property", "og:site_name", self.site_name)?;
        meta("property", "og:title", self.title)?;
        if let Some(description) = self.description {
            meta("property", "og:description", description)?;
        }
        let kind = if self.is_article {
            "article"
        } else {
            "website"
        };
        meta("property", "og:type", kind)?;
        if let Some(url) = &self.canonical {
            meta("property", "og:url", url)?;
        }
        if let Some(picture) = &self.picture {
            meta("property", "og:image", &picture.url)?;
            if let (Some(width), Some(height)) = (picture.width, picture.height) {
                meta("property", "og:image:width", &width.to_string())?;
                meta("property", "og:image:height", &height.to_string())?;
            }
            if let Some(alt) = picture.alt.as_deref().filter(|alt| !alt.is_empty()) {
                meta("property", "og:image:alt", alt)?;
            }
        }
        let card = if self.picture.is_some() {
            "summary_large_image"
        } else {
            "summary"
        };
        meta("name", "twitter:card", card)?;
        if let Some(url) = &self.canonical {
            writeln!(text, "<link rel=\"canonical\" href=\"{}\">", escaped(url))?;
        }
        for (language, url) in &self.alternates {
            writeln!(
                text,
                "<link rel=\"alternate\" hreflang=\"{}\" href=\"{}\">",
                escaped(language),
                escaped(url),
            )?;
        }
        Ok(())
    }
}

fn integrity(asset: &Asset) -> String {
    asset.integrity.as_deref().map_or_else(String::new, |hash| {
        format!(" integrity=\"{}\"", escaped(hash))
    })
}

/// For text and for attribute values in double quotes.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// A script element ends at `</script`, and `<!--` makes the parser look for
/// another end (HTML Standard, "script data escaped state"). The app escapes `<`;
/// this holds it to that.
fn is_safe_in_script(data: &str) -> bool {
    !data.contains('<')
}

#[cfg(test)]
mod tests {
    use super::{Document, Picture};
    use crate::snapshot::assets::Assets;

    fn written(change: impl FnOnce(&mut Document<'_>)) -> Option<String> {
        let assets = Assets::parse(
            r#"{"style":{"href":"/style-1a.css","integrity":"sha384-S"},"boot":{"href":"assets/boot-2b.js"}}"#,
        )
        .unwrap();
        let mut document = Document {
            language: "ar",
            direction: "rtl",
            title: "A & B \"<script>\"",
            description: Some("It's <b>here</b>"),
            site_name: "Dateline",
            is_article: true,
            is_indexed: true,
            canonical: Some("https://news.example/ar/stories/x/".into()),
            alternates: vec![("en".into(), "https://news.example/en/stories/x/".into())],
            picture: Some(Picture {
                url: "https://news.example/media/x.jpg".into(),
                width: Some(1920),
                height: Some(1280),
                alt: None,
            }),
            base: "../../../",
            assets: &assets,
            font: Some("fonts/vazirmatn-arabic-wght-normal.woff2"),
            interface_font: None,
            first_picture: Some(("a.avif 480w", "100vw", "image/avif")),
            html: "<h1> kept  as it is </h1><!---->",
            boot_note: "It did not start",
            data: r#"{"x":"\u003c/script>"}"#,
        };
        change(&mut document);
        document.write()
    }

    #[test]
    fn every_text_of_the_head_is_escaped() {
        let html = written(|_| {}).unwrap();
        assert!(html.contains("<title>A &amp; B &quot;&lt;script&gt;&quot;</title>"));
        assert!(html.contains("content=\"It&#39;s &lt;b&gt;here&lt;/b&gt;\""));
    }

    #[test]
    fn the_page_itself_is_not_touched() {
        let html = written(|_| {}).unwrap();
        assert!(html.contains("<div id=\"dateline\"><h1> kept  as it is </h1><!----></div>"));
    }

    #[test]
    fn paths_begin_at_the_base_and_carry_their_integrity() {
        let html = written(|_| {}).unwrap();
        assert!(html.contains(
            "<link rel=\"stylesheet\" href=\"../../../style-1a.css\" integrity=\"sha384-S\">"
        ));
        assert!(html.contains(
            "<script type=\"module\" src=\"../../../assets/boot-2b.js\" fetchpriority=\"low\">"
        ));
    }

    #[test]
    fn there_is_no_inline_script_or_style_and_zooming_is_not_limited() {
        let html = written(|_| {}).unwrap();
        assert!(!html.contains("<style") && !html.contains("style="));
        assert!(!html.contains("maximum-scale") && !html.contains("user-scalable"));
        let scripts: Vec<&str> = html.split("<script").skip(1).collect();
        assert_eq!(scripts.len(), 2);
        assert!(scripts[0].contains("></script>"));
        assert!(scripts[1].starts_with(" type=\"application/json\" id=\"data\">"));
    }

    #[test]
    fn data_that_could_end_its_element_is_refused() {
        assert!(written(|document| document.data = "{\"x\":\"</script>\"}").is_none());
        assert!(written(|document| document.data = "{\"x\":\"<!--\"}").is_none());
    }

    #[test]
    fn a_page_not_meant_for_search_engines_says_so() {
        let html = written(|document| document.is_indexed = false).unwrap();
        assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"));
    }
}
