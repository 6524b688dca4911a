//! The HTML document around a page of the app.
//!
//! Nothing inside `#dateline` is touched: the app adopts every node of it, white
//! space included. There is no inline script, and no inline style but the one that
//! the content security policy names by its hash.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::PAPER;
use super::assets::{Asset, Assets};
use super::head::{Head, icon_links};

/// What a document is made of. Texts are plain; escaping happens here.
pub struct Document<'a> {
    pub language: &'a str,
    pub direction: &'a str,
    /// What the page may do, where the host sends no header that says so.
    pub policy: Option<&'a str>,
    pub title: &'a str,
    /// What the page says of itself to those who do not show it.
    pub head: &'a Head,
    /// From the page to the site's root: empty, or ending in a slash.
    pub base: &'a str,
    pub assets: &'a Assets,
    /// The style of what is seen first; without it the sheet holds the page back.
    pub inlined: Option<&'a str>,
    /// The font of the first lines, from the site's root.
    pub font: Option<&'a str>,
    /// The font of the interface on wide screens, from the site's root.
    pub interface_font: Option<&'a str>,
    /// `srcset`, `sizes` and type of the first picture; its address, no `sizes` and its
    /// type where it has one file.
    pub first_picture: Option<(&'a str, &'a str, &'a str)>,
    /// The icons of the site, from its root.
    pub icons: &'a [String],
    /// The page itself, as HTML.
    pub html: &'a str,
    /// What is said when the program does not start.
    pub boot_note: &'a str,
    /// The page's data as JSON, safe inside a script element.
    pub data: &'a str,
}

impl Document<'_> {
    /// The document as text; `None` if its data would end a script element early.
    pub fn write(&self) -> Option<String> {
        let linked_data = self.head.linked_data.as_deref().unwrap_or_default();
        if !is_safe_in_script(self.data) || !is_safe_in_script(linked_data) {
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
            "<!DOCTYPE html>\n<html lang=\"{}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">",
            escaped(self.language),
            escaped(self.direction),
        )?;
        // Before anything that it is about.
        if let Some(policy) = self.policy {
            writeln!(
                text,
                "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n<meta name=\"referrer\" content=\"no-referrer\">",
                escaped(policy),
            )?;
        }
        writeln!(
            text,
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>",
            escaped(self.title),
        )?;
        // Before everything that can wait: the reader sees nothing until it is there.
        match self.inlined {
            Some(inlined) => writeln!(text, "<style>{inlined}</style>")?,
            None => {
                for sheet in self.assets.faces.iter().chain([&self.assets.style]) {
                    self.write_sheet(sheet, "", text)?;
                }
            }
        }
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
            let file = escaped(srcset);
            let file = match &*escaped(sizes) {
                "" => format!("href=\"{file}\""),
                sizes => format!("imagesrcset=\"{file}\" imagesizes=\"{sizes}\""),
            };
            writeln!(
                text,
                "<link rel=\"preload\" as=\"image\" {file} type=\"{}\" fetchpriority=\"high\">",
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
        text.push_str(&self.head.elements);
        text.push_str(&icon_links(&base, self.icons));
        for (scheme, colour) in PAPER {
            writeln!(
                text,
                "<meta name=\"theme-color\" content=\"{colour}\" media=\"(prefers-color-scheme: {scheme})\">"
            )?;
        }
        writeln!(
            text,
            "</head>\n<body>\n<div id=\"dateline\">{}</div>\n<p id=\"boot-note\" role=\"status\" hidden>{}</p>\n<script type=\"application/json\" id=\"data\">{}</script>",
            self.html,
            escaped(self.boot_note),
            self.data,
        )?;
        // Last: no reader waits for it, and after the text it repeats it costs least.
        // A data block is not run, so it needs no exception from `script-src`.
        if let Some(linked_data) = &self.head.linked_data {
            writeln!(
                text,
                "<script type=\"application/ld+json\">{linked_data}</script>"
            )?;
        }
        // A sheet here holds nothing back that stands before it. It has all rules, so
        // it counts for the page from then on, and for the pages the app makes.
        if self.inlined.is_some() {
            self.write_sheet(&self.assets.style, " fetchpriority=\"low\"", text)?;
        }
        text.push_str("</body>\n</html>\n");
        Ok(())
    }

    fn write_sheet(&self, sheet: &Asset, attributes: &str, text: &mut String) -> std::fmt::Result {
        writeln!(
            text,
            "<link rel=\"stylesheet\" href=\"{}{}\"{}{attributes}>",
            escaped(self.base),
            escaped(&sheet.href),
            integrity(sheet),
        )
    }
}

fn integrity(asset: &Asset) -> String {
    asset.integrity.as_deref().map_or_else(String::new, |hash| {
        format!(" integrity=\"{}\"", escaped(hash))
    })
}

/// For text and for attribute values in double quotes.
pub fn escaped(text: &str) -> Cow<'_, str> {
    let is_special = |byte: u8| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'');
    if !text.bytes().any(is_special) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + text.len() / 8);
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
    Cow::Owned(safe)
}

/// A script element ends at `</script`, and `<!--` makes the parser look for
/// another end (HTML Standard, "script data escaped state"). The app escapes `<`;
/// this holds it to that.
fn is_safe_in_script(data: &str) -> bool {
    !data.contains('<')
}

#[cfg(test)]
mod tests {
    use super::Document;
    use crate::snapshot::assets::Assets;
    use crate::snapshot::head::Head;

    fn written(change: impl FnOnce(&mut Document<'_>)) -> Option<String> {
        let head = Head {
            elements: "<meta name=\"robots\" content=\"noindex\">\n".into(),
            linked_data: Some(r#"{"name":"\u003c/script>"}"#.into()),
        };
        written_with(&head, change)
    }

    fn written_with(head: &Head, change: impl FnOnce(&mut Document<'_>)) -> Option<String> {
        let assets = Assets::parse(
            r#"{"style":{"href":"/style-1a.css","integrity":"sha384-S"},"faces":{"href":"faces-3c.css"},"boot":{"href":"assets/boot-2b.js"}}"#,
        )
        .unwrap();
        let mut document = Document {
            language: "ar",
            direction: "rtl",
            policy: None,
            title: "A & B \"<script>\"",
            head,
            base: "../../../",
            assets: &assets,
            inlined: Some("a{color:red}"),
            font: Some("fonts/vazirmatn-arabic-wght-normal.woff2"),
            interface_font: None,
            first_picture: Some(("a.avif 480w", "100vw", "image/avif")),
            icons: &[],
            html: "<h1> kept  as it is </h1><!---->",
            boot_note: "It did not start",
            data: r#"{"x":"\u003c/script>"}"#,
        };
        change(&mut document);
        document.write()
    }

    #[test]
    fn the_title_is_escaped() {
        let html = written(|_| {}).unwrap();
        assert!(html.contains("<title>A &amp; B &quot;&lt;script&gt;&quot;</title>"));
    }

    #[test]
    fn a_picture_of_one_file_is_preloaded_by_its_address() {
        let html = written(|document| document.first_picture = Some(("p.webp", "", "image/webp")));
        assert!(html.unwrap().contains(
            "<link rel=\"preload\" as=\"image\" href=\"p.webp\" type=\"image/webp\" fetchpriority=\"high\">"
        ));
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
            "<link rel=\"stylesheet\" href=\"../../../style-1a.css\" integrity=\"sha384-S\" fetchpriority=\"low\">"
        ));
        assert!(html.contains(
            "<script type=\"module\" src=\"../../../assets/boot-2b.js\" fetchpriority=\"low\">"
        ));
    }

    #[test]
    fn a_policy_stands_before_everything_it_is_about() {
        let html = written(|document| document.policy = Some("default-src 'none'")).unwrap();
        let place = |piece: &str| html.find(piece).unwrap();
        assert!(html.contains("content=\"default-src &#39;none&#39;\">"));
        assert!(place("charset") < place("Content-Security-Policy"));
        assert!(place("Content-Security-Policy") < place("<link"));
        assert!(!written(|_| {}).unwrap().contains("http-equiv"));
    }

    #[test]
    fn what_is_seen_first_is_styled_by_the_page_and_the_sheet_comes_after_it() {
        let html = written(|_| {}).unwrap();
        let (head, body) = html.split_once("</head>").unwrap();
        assert!(head.contains("\n<style>a{color:red}</style>\n"));
        // Its style has the faces.
        assert!(!html.contains("faces-3c.css"));
        assert!(!head.contains("stylesheet"));
        let sheet = body.find("rel=\"stylesheet\"").unwrap();
        assert!(body.find("<h1>").unwrap() < sheet);
    }

    #[test]
    fn without_a_style_of_its_own_a_page_waits_for_the_sheet() {
        let html = written(|document| document.inlined = None).unwrap();
        let (head, body) = html.split_once("</head>").unwrap();
        assert!(head.contains(
            "<link rel=\"stylesheet\" href=\"../../../style-1a.css\" integrity=\"sha384-S\">"
        ));
        assert!(head.contains("<link rel=\"stylesheet\" href=\"../../../faces-3c.css\">"));
        assert!(!body.contains("stylesheet") && !html.contains("<style"));
    }

    #[test]
    fn there_is_no_inline_script_or_style_attribute_and_zooming_is_not_limited() {
        let html = written(|_| {}).unwrap();
        assert!(!html.contains("style="));
        assert!(!html.contains("maximum-scale") && !html.contains("user-scalable"));
        let scripts: Vec<&str> = html.split("<script").skip(1).collect();
        assert_eq!(scripts.len(), 3);
        assert!(scripts[0].contains("></script>"));
        assert!(scripts[1].starts_with(" type=\"application/json\" id=\"data\">"));
        assert!(scripts[2].starts_with(" type=\"application/ld+json\">"));
    }

    #[test]
    fn data_that_could_end_its_element_is_refused() {
        assert!(written(|document| document.data = "{\"x\":\"</script>\"}").is_none());
        assert!(written(|document| document.data = "{\"x\":\"<!--\"}").is_none());
    }

    #[test]
    fn linked_data_that_could_end_its_element_is_refused() {
        let head = |data: &str| Head {
            elements: String::new(),
            linked_data: Some(data.into()),
        };
        assert!(written_with(&head("{\"name\":\"</script>\"}"), |_| {}).is_none());
        assert!(written_with(&head("{}"), |_| {}).is_some());
    }

    #[test]
    fn the_head_stands_in_the_head_and_linked_data_after_the_page() {
        let html = written(|_| {}).unwrap();
        let place = |piece: &str| html.find(piece).unwrap();
        assert!(place("content=\"noindex\"") < place("</head>"));
        assert!(place("id=\"data\"") < place("application/ld+json"));
        assert!(place("application/ld+json") < place("</body>"));
    }
}
