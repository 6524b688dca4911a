//! A story as the HTML that feed readers show.
//!
//! They strip what they do not trust, and each trusts something else. So there is
//! no script, no style, no frame and no player in it, nothing but the elements
//! named here, and every address is a full one. It holds no word that is not the
//! publisher's: a feed has no interface to translate.
//!
//! What cannot be played is told as the text it has; a picture that carries a
//! warning is a link, because a feed reader would show it unasked.

use article::block::{Aside, Embed, List, ListItem, Quote, Table, Unsupported};
use article::media::{Availability, Transcript};
use article::story::Link;
use article::{Article, Block, Direction, Href, Image, Inline, Language, Media, RichText, Rights};

use crate::base::Base;
use crate::rendition;
use crate::xml::Xml;

/// The whole story: standfirst, byline where no author is named, dateline, lead
/// media, body, corrections.
pub fn story(article: &Article, base: &Base, page: &str) -> String {
    let mut html = Html {
        xml: Xml::fragment(),
        base,
        page,
    };
    let language = article.language.as_str();
    html.xml.open(
        "div",
        &[("lang", language), ("dir", article.direction().as_str())],
    );
    if let Some(warning) = &article.content_warning {
        html.warning(warning);
    }
    html.paragraph(article.standfirst.as_ref());
    if article.authors.is_empty() {
        html.paragraph(article.byline.as_ref());
    }
    if let Some(dateline) = &article.dateline {
        html.small_paragraph(dateline);
    }
    if let Some(lead) = &article.lead_media {
        html.block(lead);
    }
    html.blocks(&article.body);
    for correction in &article.corrections {
        html.xml.open("aside", &[]);
        if let Some(date) = correction.date_published {
            html.small_paragraph(&date.to_string());
        }
        html.paragraph(Some(&correction.text));
        html.xml.close("aside");
    }
    html.xml.close("div");
    text_of(html.xml)
}

/// One rich text, without links where it is one already.
pub fn line(text: &RichText) -> String {
    let mut xml = Xml::fragment();
    for piece in &text.0 {
        inline(&mut xml, piece);
    }
    text_of(xml)
}

/// Only text was written, so it is UTF-8; what is not would be replaced.
fn text_of(xml: Xml) -> String {
    String::from_utf8(xml.finish())
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

struct Html<'a> {
    xml: Xml,
    base: &'a Base,
    /// The story's own address, for links within it.
    page: &'a str,
}

impl Html<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(paragraph) => {
                let attributes = passage(paragraph.lang.as_ref(), paragraph.dir);
                self.open_passage("p", &attributes);
                self.rich(&paragraph.content);
                self.xml.close("p");
            }
            Block::Heading(heading) => {
                let name = match heading.level.get() {
                    2 => "h2",
                    3 => "h3",
                    _ => "h4",
                };
                self.element(name, &heading.content);
            }
            Block::List(list) => self.list(list),
            Block::Quote(quote) => self.quote(quote),
            Block::Image(block) => self.image(&block.image),
            Block::Gallery(gallery) => {
                for image in &gallery.images {
                    self.image(image);
                }
                self.paragraph(gallery.caption.as_ref());
            }
            Block::Video(block) => self.media(&block.video, "video"),
            Block::Audio(block) => self.media(&block.audio, "audio"),
            Block::Embed(embed) => self.embed(embed),
            Block::Table(table) => self.table(table),
            Block::Aside(aside) => self.aside(aside),
            Block::RelatedLink(block) => self.related(&block.link),
            Block::Divider(_) => self.xml.empty("hr", &[]),
            Block::Unsupported(block) => self.unsupported(block),
            Block::Unknown(unknown) => self.paragraph(unknown.text.as_ref()),
        }
    }

    fn list(&mut self, list: &List) {
        let name = if list.ordered { "ol" } else { "ul" };
        match list.start.filter(|_| list.ordered) {
            Some(start) => self.xml.open(name, &[("start", &start.to_string())]),
            None => self.xml.open(name, &[]),
        }
        self.items(&list.items, name);
        self.xml.close(name);
    }

    fn items(&mut self, items: &[ListItem], name: &str) {
        for item in items {
            self.xml.open("li", &[]);
            self.rich(&item.content);
            if !item.items.is_empty() {
                self.xml.open(name, &[]);
                self.items(&item.items, name);
                self.xml.close(name);
            }
            self.xml.close("li");
        }
    }

    fn quote(&mut self, quote: &Quote) {
        // One set large is mostly said in the text as well, but nobody has looked.
        match &quote.cite {
            Some(cite) => {
                let cite = self.base.link(cite, self.page);
                self.xml.open("blockquote", &[("cite", &cite)]);
            }
            None => self.xml.open("blockquote", &[]),
        }
        for paragraph in &quote.content {
            self.paragraph(Some(paragraph));
        }
        if let Some(attribution) = &quote.attribution {
            self.xml.open("p", &[]);
            self.xml.text("— ");
            self.rich(attribution);
            self.xml.close("p");
        }
        self.xml.close("blockquote");
    }

    fn image(&mut self, image: &Image) {
        self.xml.open("figure", &[]);
        if let Some(warning) = &image.content_warning {
            self.warning(warning);
            if let Some(file) = rendition::of_picture(image, rendition::WIDEST) {
                let name = image.alt.as_deref().filter(|alt| !alt.trim().is_empty());
                self.xml.open("p", &[]);
                self.link(&file.href, name.unwrap_or(file.href.as_str()));
                self.xml.close("p");
            }
        } else {
            self.picture(image);
        }
        self.caption(image.caption.as_ref(), image.rights.as_ref());
        self.xml.close("figure");
        self.paragraph(image.long_description.as_ref());
    }

    /// The picture alone; nothing where it has no file.
    fn picture(&mut self, image: &Image) {
        let Some(file) = rendition::of_picture(image, rendition::WIDEST) else {
            return;
        };
        let src = self.base.link(&file.href, self.page);
        let size = file
            .width
            .zip(file.height)
            .map(|(width, height)| (width.to_string(), height.to_string()));
        // Without an alt, screen readers would read out the name of the file.
        let alt = match &image.alt {
            Some(alt) if !image.decorative => alt,
            _ => "",
        };
        let mut attributes = vec![("src", src.as_str()), ("alt", alt)];
        if let Some((width, height)) = &size {
            attributes.extend([("width", width.as_str()), ("height", height.as_str())]);
        }
        self.xml.empty("img", &attributes);
    }

    fn caption(&mut self, caption: Option<&RichText>, rights: Option<&Rights>) {
        let credit = rights.and_then(Rights::credit_line);
        if caption.is_none() && credit.is_none() {
            return;
        }
        self.xml.open("figcaption", &[]);
        if let Some(caption) = caption {
            self.rich(caption);
        }
        if let Some(credit) = credit {
            if caption.is_some() {
                self.xml.text(" ");
            }
            self.xml.element("small", &[], &credit);
        }
        self.xml.close("figcaption");
    }

    fn media(&mut self, media: &Media, kind: &str) {
        self.xml.open("figure", &[]);
        if let Some(warning) = &media.content_warning {
            self.warning(warning);
        } else if let Some(poster) = &media.poster
            && poster.content_warning.is_none()
        {
            self.picture(poster);
        }
        self.xml.open("p", &[]);
        match rendition::of_media(media, kind).or_else(|| stream(media)) {
            Some(file) => self.link(&file.href, &media.title),
            None => self.xml.text(&media.title),
        }
        self.xml.close("p");
        self.caption(media.caption.as_ref(), media.rights.as_ref());
        self.xml.close("figure");
        if media.availability != Availability::Playable {
            self.past_of(media);
        }
    }

    /// What is left of a film that cannot be played: where it was, and what was said in it.
    fn past_of(&mut self, media: &Media) {
        if !media.legacy_sources.is_empty() {
            self.xml.open("ul", &[]);
            for source in &media.legacy_sources {
                self.xml.open("li", &[]);
                let href = source.href.as_deref().filter(|href| !href.is_empty());
                if let Some(label) = &source.label {
                    self.xml.text(label);
                    self.xml.text(if href.is_some() { ": " } else { "" });
                }
                // Never a link: no program opens it, or worse, one does.
                if let Some(href) = href {
                    self.xml.element("code", &[], href);
                }
                if let Some(copy) = &source.archived_at {
                    self.xml.text(" ");
                    self.link(copy, copy.as_str());
                }
                self.xml.close("li");
            }
            self.xml.close("ul");
        }
        if let Some(transcript) = &media.transcript {
            self.transcript(transcript, &media.title);
        }
    }

    fn transcript(&mut self, transcript: &Transcript, title: &str) {
        if let Some(href) = &transcript.href {
            self.xml.open("p", &[]);
            self.link(href, title);
            self.xml.close("p");
        }
        if !transcript.body.is_empty() {
            let attributes = passage(Some(&transcript.language), None);
            self.open_passage("blockquote", &attributes);
            self.blocks(&transcript.body);
            self.xml.close("blockquote");
        }
    }

    fn embed(&mut self, embed: &Embed) {
        self.xml.open("p", &[]);
        let title = Some(embed.title.as_str()).filter(|title| !title.trim().is_empty());
        self.link(&embed.href, title.unwrap_or(embed.href.as_str()));
        self.xml.close("p");
        self.paragraph(embed.caption.as_ref());
        self.paragraph(embed.fallback.as_ref());
    }

    fn table(&mut self, table: &Table) {
        self.xml.open("table", &[]);
        if let Some(caption) = &table.caption {
            self.element("caption", caption);
        }
        let (head, body) = table
            .rows
            .split_at_checked(usize::from(table.header_rows))
            .unwrap_or((&table.rows, &[]));
        for (part, rows) in [("thead", head), ("tbody", body)] {
            if rows.is_empty() {
                continue;
            }
            self.xml.open(part, &[]);
            for row in rows {
                self.xml.open("tr", &[]);
                for (column, cell) in row.iter().enumerate() {
                    let (name, scope) = if part == "thead" {
                        ("th", Some("col"))
                    } else if column < usize::from(table.header_columns) {
                        ("th", Some("row"))
                    } else {
                        ("td", None)
                    };
                    match scope {
                        Some(scope) => self.xml.open(name, &[("scope", scope)]),
                        None => self.xml.open(name, &[]),
                    }
                    self.rich(cell);
                    self.xml.close(name);
                }
                self.xml.close("tr");
            }
            self.xml.close(part);
        }
        self.xml.close("table");
    }

    fn aside(&mut self, aside: &Aside) {
        self.xml.open("aside", &[]);
        if let Some(title) = &aside.title {
            self.element("h3", title);
        }
        self.blocks(&aside.body);
        self.xml.close("aside");
    }

    fn related(&mut self, link: &Link) {
        self.xml.open("p", &[]);
        let headline = Some(link.headline.as_str()).filter(|line| !line.trim().is_empty());
        self.link(&link.href, headline.unwrap_or(link.href.as_str()));
        self.xml.close("p");
    }

    fn unsupported(&mut self, block: &Unsupported) {
        self.xml.open("p", &[]);
        let text = block.text.as_deref().filter(|text| !text.trim().is_empty());
        match (&block.href, text) {
            (Some(href), text) => self.link(href, text.unwrap_or(href.as_str())),
            (None, text) => lines(&mut self.xml, text.unwrap_or(&block.kind)),
        }
        self.xml.close("p");
    }

    fn warning(&mut self, warning: &str) {
        self.xml.open("p", &[]);
        self.xml.element("strong", &[], warning);
        self.xml.close("p");
    }

    fn small_paragraph(&mut self, text: &str) {
        self.xml.open("p", &[]);
        self.xml.element("small", &[], text);
        self.xml.close("p");
    }

    fn paragraph(&mut self, text: Option<&RichText>) {
        if let Some(text) = text.filter(|text| !text.is_blank()) {
            self.element("p", text);
        }
    }

    fn element(&mut self, name: &str, text: &RichText) {
        self.xml.open(name, &[]);
        self.rich(text);
        self.xml.close(name);
    }

    fn open_passage(&mut self, name: &str, attributes: &[(&'static str, String)]) {
        let attributes: Vec<(&str, &str)> = attributes
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        self.xml.open(name, &attributes);
    }

    fn link(&mut self, href: &Href, text: &str) {
        let href = self.base.link(href, self.page);
        self.xml.open("a", &[("href", &href)]);
        lines(&mut self.xml, text);
        self.xml.close("a");
    }

    /// The pieces of a rich text; neighbours with one address become one link.
    fn rich(&mut self, text: &RichText) {
        let mut open: Option<&Href> = None;
        for piece in &text.0 {
            let href = match piece {
                Inline::Span(span) => span.href.as_ref(),
                Inline::Text(_) => None,
            };
            if href != open {
                if open.is_some() {
                    self.xml.close("a");
                }
                if let Some(href) = href {
                    let href = self.base.link(href, self.page);
                    self.xml.open("a", &[("href", &href)]);
                }
                open = href;
            }
            inline(&mut self.xml, piece);
        }
        if open.is_some() {
            self.xml.close("a");
        }
    }
}

fn inline(xml: &mut Xml, piece: &Inline) {
    let span = match piece {
        Inline::Text(text) => return lines(xml, text),
        Inline::Span(span) => span,
    };
    let differs = span.lang.is_some() || span.dir.is_some();
    if differs {
        let attributes = passage(span.lang.as_ref(), span.dir);
        let attributes: Vec<(&str, &str)> = attributes
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        xml.open("span", &attributes);
    }
    let marks: Vec<&str> = span
        .marks
        .iter()
        .map(|mark| match mark.as_str() {
            "strike" => "s",
            name => name,
        })
        .collect();
    for mark in &marks {
        xml.open(mark, &[]);
    }
    lines(xml, &span.text);
    for mark in marks.iter().rev() {
        xml.close(mark);
    }
    if differs {
        xml.close("span");
    }
}

/// The language and direction of a passage. One in another language takes its
/// direction from its first strong letter, unless it says its own.
fn passage(lang: Option<&Language>, dir: Option<Direction>) -> Vec<(&'static str, String)> {
    let mut attributes = Vec::new();
    if let Some(lang) = lang {
        attributes.push(("lang", lang.as_str().to_owned()));
    }
    let dir = dir.or(lang.map(|_| Direction::Auto));
    if let Some(dir) = dir {
        attributes.push(("dir", dir.as_str().to_owned()));
    }
    attributes
}

/// Text in which a line feed is a line break.
fn lines(xml: &mut Xml, text: &str) {
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            xml.empty("br", &[]);
        }
        xml.text(line);
    }
}

/// A stream can be opened where a file cannot be had.
fn stream(media: &Media) -> Option<&article::Rendition> {
    (media.availability == Availability::Playable)
        .then(|| {
            media
                .renditions
                .iter()
                .find(|file| file.href.is_fetchable())
        })
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::{line, story};
    use crate::base::Base;
    use article::{Article, safe_href};

    const PAGE: &str = "https://news.example/repo/en/stories/x/";

    fn base() -> Base {
        Base::at(&safe_href("https://news.example/repo/").unwrap()).unwrap()
    }

    /// What becomes of a body, without the element around the whole.
    fn body(blocks: &str) -> String {
        let source = format!(r#"{{"language":"en","slug":"x","body":[{blocks}]}}"#);
        let article = Article::read_leniently(&source).unwrap().article;
        let html = story(&article, &base(), PAGE);
        html.strip_prefix("<div lang=\"en\" dir=\"ltr\">")
            .and_then(|html| html.strip_suffix("</div>"))
            .unwrap()
            .to_owned()
    }

    #[test]
    fn each_block_becomes_the_html_that_feed_readers_know() {
        for (block, html) in [
            (
                r#"{"type":"paragraph","content":"One\ntwo"}"#,
                "<p>One<br/>two</p>",
            ),
            (
                r#"{"type":"paragraph","content":"قارب","lang":"ar"}"#,
                "<p lang=\"ar\" dir=\"auto\">قارب</p>",
            ),
            (
                r#"{"type":"heading","level":3,"content":"H"}"#,
                "<h3>H</h3>",
            ),
            (
                r#"{"type":"list","ordered":true,"start":4,"items":[{"content":"a","items":[{"content":"b"}]}]}"#,
                "<ol start=\"4\"><li>a<ol><li>b</li></ol></li></ol>",
            ),
            (
                r#"{"type":"quote","content":["Q"],"attribution":"A","cite":"/en/pages/about/"}"#,
                "<blockquote cite=\"https://news.example/repo/en/pages/about/\"><p>Q</p><p>— A</p></blockquote>",
            ),
            (
                r#"{"type":"quote","pull":true,"content":["Q"]}"#,
                "<blockquote><p>Q</p></blockquote>",
            ),
            (
                r#"{"type":"embed","provider":"youtube","href":"https://youtu.be/a","title":"T","fallback":"F"}"#,
                "<p><a href=\"https://youtu.be/a\">T</a></p><p>F</p>",
            ),
            (
                r#"{"type":"table","caption":"C","headerRows":1,"headerColumns":1,"rows":[["a","b"],["c",""]]}"#,
                "<table><caption>C</caption><thead><tr><th scope=\"col\">a</th><th scope=\"col\">b</th></tr></thead><tbody><tr><th scope=\"row\">c</th><td></td></tr></tbody></table>",
            ),
            (
                r#"{"type":"aside","title":"T","body":[{"type":"paragraph","content":"p"}]}"#,
                "<aside><h3>T</h3><p>p</p></aside>",
            ),
            (
                r##"{"type":"relatedLink","link":{"href":"#n","headline":"N"}}"##,
                "<p><a href=\"https://news.example/repo/en/stories/x/#n\">N</a></p>",
            ),
            (r#"{"type":"divider"}"#, "<hr/>"),
            (
                r#"{"type":"unsupported","kind":"poll","text":"Yes or no"}"#,
                "<p>Yes or no</p>",
            ),
            (
                r#"{"type":"hologram","text":"What it said"}"#,
                "<p>What it said</p>",
            ),
        ] {
            assert_eq!(body(block), html, "{block}");
        }
    }

    #[test]
    fn neighbours_with_one_address_are_one_link_and_marks_stay_inside() {
        let block = r#"{"type":"paragraph","content":["a ",{"text":"b","href":"/x"},{"text":"c","marks":["em","strike"],"href":"/x"},{"text":"d","href":"/y"}," e"]}"#;
        assert_eq!(
            body(block),
            "<p>a <a href=\"https://news.example/repo/x\">b<em><s>c</s></em></a><a href=\"https://news.example/repo/y\">d</a> e</p>"
        );
    }

    #[test]
    fn a_picture_has_an_alt_a_size_a_caption_and_its_credit() {
        let block = r#"{"type":"image","image":{"alt":"A <boat>","caption":"Cap","rights":{"creditText":"© N"},"renditions":[{"href":"/media/a b.jpg","contentType":"image/jpeg","width":960,"height":640}]}}"#;
        // An address with white space is none, so such a file is not there.
        assert_eq!(
            body(block),
            "<figure><figcaption>Cap <small>© N</small></figcaption></figure>"
        );
        assert_eq!(
            body(&block.replace("a b", "a")),
            "<figure><img src=\"https://news.example/repo/media/a.jpg\" alt=\"A &lt;boat&gt;\" width=\"960\" height=\"640\"/><figcaption>Cap <small>© N</small></figcaption></figure>"
        );
    }

    #[test]
    fn a_picture_with_a_warning_is_a_link() {
        let html = body(
            r#"{"type":"image","image":{"alt":"A wound","contentWarning":"Blood","renditions":[{"href":"/media/a.jpg","contentType":"image/jpeg"}]}}"#,
        );
        assert!(!html.contains("<img"), "{html}");
        assert!(html.contains("<strong>Blood</strong>"), "{html}");
        assert!(html.contains("/media/a.jpg\">A wound</a>"), "{html}");
    }

    #[test]
    fn a_film_is_its_poster_and_a_link_to_its_file() {
        let html = body(
            r#"{"type":"video","video":{"title":"Film","poster":{"alt":"P","renditions":[{"href":"/media/p.jpg","contentType":"image/jpeg"}]},"renditions":[{"href":"/media/f.mp4","contentType":"video/mp4"}]}}"#,
        );
        assert_eq!(
            html,
            "<figure><img src=\"https://news.example/repo/media/p.jpg\" alt=\"P\"/><p><a href=\"https://news.example/repo/media/f.mp4\">Film</a></p></figure>"
        );
    }

    #[test]
    fn a_film_of_old_is_its_text_and_never_a_link_to_a_dead_player() {
        let html = body(
            r#"{"type":"video","video":{"title":"Film","availability":"legacyOnly","renditions":[{"href":"/media/f.mp4","contentType":"video/mp4"}],"legacySources":[{"href":"rtsp://old.example/f.rm","format":"realMedia","status":"dead","label":"RealPlayer","archivedAt":"https://archive.example/f"}],"transcript":{"language":"en","body":[{"type":"paragraph","content":"Said"}]}}}"#,
        );
        assert!(html.contains("<p>Film</p>"), "{html}");
        assert!(
            html.contains("RealPlayer: <code>rtsp://old.example/f.rm</code>"),
            "{html}"
        );
        assert!(
            html.contains("<a href=\"https://archive.example/f\">"),
            "{html}"
        );
        assert!(html.contains("<p>Said</p>"), "{html}");
        assert!(!html.contains("href=\"rtsp"), "{html}");
    }

    #[test]
    fn the_whole_story_is_told_in_its_own_direction() {
        let source = r#"{"language":"ar","slug":"x","headline":"ع","standfirst":"م","byline":"ب","dateline":"د","body":[],"corrections":[{"type":"correction","datePublished":"2026-11-20","text":"ت"}]}"#;
        let article = Article::read_leniently(source).unwrap().article;
        assert_eq!(
            story(&article, &base(), PAGE),
            "<div lang=\"ar\" dir=\"rtl\"><p>م</p><p>ب</p><p><small>د</small></p><aside><p><small>2026-11-20</small></p><p>ت</p></aside></div>"
        );
    }

    #[test]
    fn whatever_is_written_in_a_story_stays_text() {
        let html = body(
            r#"{"type":"paragraph","content":["<script>alert(1)</script>]]>&\u0000\u202e",{"text":"x","href":"javascript:alert(1)"}]}"#,
        );
        assert_eq!(
            html,
            "<p>&lt;script&gt;alert(1)&lt;/script&gt;]]&gt;&amp;x</p>"
        );
    }

    /// Every element and attribute that comes out, over stories that hold everything.
    #[test]
    fn nothing_but_the_named_elements_comes_out() {
        const ELEMENTS: [&str; 32] = [
            "a",
            "aside",
            "blockquote",
            "br",
            "caption",
            "cite",
            "code",
            "div",
            "em",
            "figcaption",
            "figure",
            "h2",
            "h3",
            "h4",
            "hr",
            "img",
            "li",
            "ol",
            "p",
            "s",
            "small",
            "span",
            "strong",
            "sub",
            "sup",
            "table",
            "tbody",
            "td",
            "th",
            "thead",
            "tr",
            "ul",
        ];
        const ATTRIBUTES: [&str; 10] = [
            "alt", "cite", "dir", "height", "href", "lang", "scope", "src", "start", "width",
        ];
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../public/articles");
        let mut stories = 0;
        for language in std::fs::read_dir(folder).unwrap() {
            for file in std::fs::read_dir(language.unwrap().path()).unwrap() {
                let source = std::fs::read_to_string(file.unwrap().path()).unwrap();
                let article = Article::read_leniently(&source).unwrap().article;
                let html = story(&article, &base(), PAGE);
                let mut reader = quick_xml::Reader::from_str(&html);
                loop {
                    use quick_xml::events::Event;
                    match reader.read_event().unwrap() {
                        Event::Start(element) | Event::Empty(element) => {
                            let name = element.name().0.to_string();
                            assert!(ELEMENTS.contains(&name.as_str()), "{name}");
                            for attribute in element.attributes() {
                                let attribute = attribute.unwrap();
                                let key = attribute.key.0.to_string();
                                assert!(ATTRIBUTES.contains(&key.as_str()), "{name} {key}");
                                if ["href", "src"].contains(&key.as_str()) {
                                    let value = attribute.value.to_string();
                                    assert!(
                                        ["https://", "http://", "mailto:", "tel:"]
                                            .iter()
                                            .any(|scheme| value.starts_with(scheme)),
                                        "{value}"
                                    );
                                }
                            }
                        }
                        Event::Eof => break,
                        _ => {}
                    }
                }
                stories += 1;
            }
        }
        assert!(stories > 10, "{stories} sample stories");
    }

    #[test]
    fn a_headline_keeps_its_marks_and_loses_its_links() {
        let source = r#"{"headline":["The ",{"text":"Ship","marks":["em"],"href":"/x"}]}"#;
        let article = Article::read_leniently(source).unwrap().article;
        assert_eq!(line(&article.headline), "The <em>Ship</em>");
    }
}
