//! The same stories as a Hugo site, as light as a fair one can be.
//!
//! The text is HTML already, so that Hugo converts no Markdown; there is one
//! template; lists, taxonomies, feeds, the sitemap and the 404 page are off; all
//! languages are one site. Whatever press does beyond a page for each story, Hugo
//! is not asked to do.

use crate::corpus::Corpus;
use anyhow::{Context, Result};
use article::media::{Image, Media};
use article::rich::{Inline, RichText};
use article::story::PubStatus;
use article::{Article, Block};
use html_escape::{encode_double_quoted_attribute as quoted, encode_text as escaped};
use std::{fmt::Write as _, fs, path::Path};

const CONFIGURATION: &str = r#"baseURL = "https://corpus.example/"
title = "Generated corpus"
disableKinds = ["home", "section", "taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404"]
"#;

const TEMPLATE: &str = r#"<!DOCTYPE html>
<html lang="{{ .Params.tag }}" dir="{{ .Params.dir }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }}</title>
<meta name="description" content="{{ .Description }}">
<link rel="canonical" href="{{ .Permalink }}">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<main><article>{{ .Content }}</article></main>
</body>
</html>
"#;

/// Where a story lies in the Hugo site.
pub fn content(story: &Article) -> String {
    format!(
        "content/{}/stories/{}.html",
        story.language.as_str(),
        story.slug.as_str()
    )
}

/// Whether it is out, for good.
pub fn is_published(story: &Article) -> bool {
    story.pub_status == PubStatus::Usable
        && story.expires.is_none()
        && story.embargoed_until.is_none()
}

/// Writes the site and says how many stories it has.
pub fn write(corpus: &Corpus, folder: &Path) -> Result<u64> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    put(&folder.join("config.toml"), CONFIGURATION)?;
    put(&folder.join("layouts/_default/single.html"), TEMPLATE)?;
    let mut count = 0;
    for story in corpus.stories().filter(is_published) {
        put(&folder.join(content(&story)), &page(&story)?)?;
        count += 1;
    }
    Ok(count)
}

fn put(file: &Path, text: &str) -> Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    fs::write(file, text).with_context(|| format!("{} could not be written", file.display()))
}

/// A story with its front matter.
fn page(story: &Article) -> Result<String> {
    let front = serde_json::json!({
        "title": story.headline.to_plain(),
        "description": story.description,
        "tag": story.language.as_str(),
        "dir": story.direction().as_str(),
    });
    let mut html = format!("{front:#}\n\n");
    Writer { html: &mut html }.story(story)?;
    Ok(html)
}

/// Writes everything a reader of the story reads, in plain elements.
struct Writer<'a> {
    html: &'a mut String,
}

impl Writer<'_> {
    fn story(&mut self, story: &Article) -> Result<()> {
        self.element("h1", &story.headline)?;
        if let Some(standfirst) = &story.standfirst {
            self.element("p", standfirst)?;
        }
        if let Some(byline) = &story.byline {
            self.element("p", byline)?;
        }
        if let Some(dateline) = &story.dateline {
            writeln!(self.html, "<p>{}</p>", escaped(dateline))?;
        }
        for topic in &story.subjects {
            writeln!(self.html, "<p>{}</p>", escaped(&topic.name))?;
        }
        for block in story.lead_media.as_deref().into_iter().chain(&story.body) {
            self.block(block)?;
        }
        for correction in &story.corrections {
            self.element("p", &correction.text)?;
        }
        for link in &story.related_links {
            self.link(link.href.as_str(), &link.headline)?;
        }
        for other in &story.translations {
            self.link(
                other.href.as_str(),
                other.headline.as_deref().unwrap_or_default(),
            )?;
        }
        Ok(())
    }

    fn block(&mut self, block: &Block) -> Result<()> {
        match block {
            Block::Paragraph(paragraph) => self.element("p", &paragraph.content)?,
            Block::Heading(heading) => {
                self.element(&format!("h{}", heading.level.get()), &heading.content)?;
            }
            Block::List(list) => {
                let name = if list.ordered { "ol" } else { "ul" };
                self.list(name, &list.items)?;
            }
            Block::Quote(quote) => {
                self.html.push_str("<blockquote>");
                for text in &quote.content {
                    self.element("p", text)?;
                }
                if let Some(speaker) = &quote.attribution {
                    self.element("footer", speaker)?;
                }
                self.html.push_str("</blockquote>\n");
            }
            Block::Image(image) => self.image(&image.image)?,
            Block::Gallery(gallery) => {
                for image in &gallery.images {
                    self.image(image)?;
                }
                if let Some(caption) = &gallery.caption {
                    self.element("p", caption)?;
                }
            }
            Block::Video(video) => self.media("video", &video.video)?,
            Block::Audio(audio) => self.media("audio", &audio.audio)?,
            Block::Embed(embed) => {
                self.link(embed.href.as_str(), &embed.title)?;
                for text in embed.caption.iter().chain(&embed.fallback) {
                    self.element("p", text)?;
                }
            }
            Block::Table(table) => {
                self.html.push_str("<table>");
                if let Some(caption) = &table.caption {
                    self.element("caption", caption)?;
                }
                for row in &table.rows {
                    self.html.push_str("<tr>");
                    for cell in row {
                        self.element("td", cell)?;
                    }
                    self.html.push_str("</tr>");
                }
                self.html.push_str("</table>\n");
            }
            Block::Aside(aside) => {
                self.html.push_str("<aside>");
                if let Some(title) = &aside.title {
                    self.element("h2", title)?;
                }
                for block in &aside.body {
                    self.block(block)?;
                }
                self.html.push_str("</aside>\n");
            }
            Block::RelatedLink(related) => {
                self.link(related.link.href.as_str(), &related.link.headline)?;
            }
            Block::Divider(_) => self.html.push_str("<hr>\n"),
            Block::Unsupported(unsupported) => {
                let text = unsupported.text.as_deref().unwrap_or_default();
                writeln!(self.html, "<p>{}</p>", escaped(text))?;
            }
            Block::Unknown(_) => {}
        }
        Ok(())
    }

    fn list(&mut self, name: &str, items: &[article::block::ListItem]) -> Result<()> {
        write!(self.html, "<{name}>")?;
        for item in items {
            self.html.push_str("<li>");
            self.rich(&item.content)?;
            if !item.items.is_empty() {
                self.list(name, &item.items)?;
            }
            self.html.push_str("</li>");
        }
        writeln!(self.html, "</{name}>")?;
        Ok(())
    }

    fn image(&mut self, image: &Image) -> Result<()> {
        self.html.push_str("<figure>");
        self.picture(image)?;
        if let Some(caption) = &image.caption {
            self.element("figcaption", caption)?;
        }
        if let Some(credit) = image
            .rights
            .as_ref()
            .and_then(|rights| rights.credit_text.as_ref())
        {
            writeln!(self.html, "<p>{}</p>", escaped(credit))?;
        }
        self.html.push_str("</figure>\n");
        Ok(())
    }

    fn picture(&mut self, image: &Image) -> Result<()> {
        self.html.push_str("<picture>");
        for kind in ["image/avif", "image/webp", "image/jpeg"] {
            write!(self.html, "<source type=\"{kind}\" srcset=\"")?;
            for file in image
                .renditions
                .iter()
                .filter(|file| file.content_type == kind)
            {
                let width = file.width.unwrap_or_default();
                write!(self.html, "{} {width}w, ", quoted(file.href.as_str()))?;
            }
            self.html.push_str("\">");
        }
        let last = image
            .renditions
            .last()
            .map_or("", |file| file.href.as_str());
        write!(
            self.html,
            "<img src=\"{}\" alt=\"{}\" width=\"{}\" height=\"{}\"></picture>",
            quoted(last),
            quoted(image.alt.as_deref().unwrap_or_default()),
            image.width.unwrap_or_default(),
            image.height.unwrap_or_default()
        )?;
        Ok(())
    }

    fn media(&mut self, name: &str, media: &Media) -> Result<()> {
        write!(self.html, "<figure><h2>{}</h2>", escaped(&media.title))?;
        match media.renditions.first() {
            Some(file) => {
                write!(
                    self.html,
                    "<{name} controls src=\"{}\">",
                    quoted(file.href.as_str())
                )?;
                for track in &media.tracks {
                    write!(self.html, "<track src=\"{}\">", quoted(track.href.as_str()))?;
                }
                write!(self.html, "</{name}>")?;
            }
            None => {
                if let Some(poster) = &media.poster {
                    self.picture(poster)?;
                }
            }
        }
        if let Some(caption) = &media.caption {
            self.element("figcaption", caption)?;
        }
        for block in media
            .transcript
            .iter()
            .flat_map(|transcript| &transcript.body)
        {
            self.block(block)?;
        }
        self.html.push_str("</figure>\n");
        Ok(())
    }

    fn link(&mut self, href: &str, text: &str) -> Result<()> {
        writeln!(
            self.html,
            "<p><a href=\"{}\">{}</a></p>",
            quoted(href),
            escaped(text)
        )?;
        Ok(())
    }

    fn element(&mut self, name: &str, text: &RichText) -> Result<()> {
        write!(self.html, "<{name}>")?;
        self.rich(text)?;
        writeln!(self.html, "</{name}>")?;
        Ok(())
    }

    fn rich(&mut self, text: &RichText) -> Result<()> {
        for inline in &text.0 {
            match inline {
                Inline::Text(text) => self.html.push_str(&escaped(text)),
                Inline::Span(span) => {
                    if let Some(href) = &span.href {
                        write!(self.html, "<a href=\"{}\">", quoted(href.as_str()))?;
                    }
                    for mark in span.marks.iter() {
                        write!(self.html, "<{}>", mark.as_str())?;
                    }
                    self.html.push_str(&escaped(&span.text));
                    for mark in span.marks.iter() {
                        write!(self.html, "</{}>", mark.as_str())?;
                    }
                    if span.href.is_some() {
                        self.html.push_str("</a>");
                    }
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::step::Tree;
    use article::Span;

    #[test]
    fn hugo_gets_every_paragraph_of_every_story_that_is_out() {
        let words = ["120".to_owned()];
        let options = crate::corpus::Options::read(&words).unwrap();
        let corpus = Corpus::new(&Tree::find().unwrap(), &options).unwrap();
        let mut published = 0;
        for story in corpus.stories() {
            published += usize::from(is_published(&story));
            let page = page(&story).unwrap();
            let front = serde_json::Deserializer::from_str(&page)
                .into_iter::<serde_json::Value>()
                .next();
            assert_eq!(front.unwrap().unwrap()["title"], story.headline.to_plain());
            for block in &story.body {
                if let Block::Paragraph(paragraph) = block {
                    for inline in &paragraph.content.0 {
                        let (Inline::Text(text) | Inline::Span(Span { text, .. })) = inline;
                        assert!(page.contains(&*escaped(text)), "{text}");
                    }
                }
            }
        }
        assert_eq!(published, 116);
    }
}
