//! Pictures as `ImageObject`, films as `VideoObject`, sounds as `AudioObject`.

use article::block::ListItem;
use article::{Article, Block, Decimal, Href, Image, Media, Rendition, RichText, Rights};
use serde_json::{Map, Value, json};

use super::{Page, put, reference, story_id, typed};
use crate::snapshot::head::{Picture, playable_file};

/// Longer transcripts stand on the page only: this one is for machines, and they
/// can read.
const LONGEST_TRANSCRIPT: usize = 1_000;

/// schema.org's names for how a picture came about; IPTC's are the same words, but
/// for the first letter and the ending.
const DIGITAL_SOURCES: [&str; 17] = [
    "AlgorithmicallyEnhanced",
    "AlgorithmicMedia",
    "Composite",
    "CompositeCapture",
    "CompositeSynthetic",
    "CompositeWithTrainedAlgorithmicMedia",
    "DataDrivenMedia",
    "DigitalArt",
    "DigitalCapture",
    "MinorHumanEdits",
    "MultiFrameComputationalCapture",
    "NegativeFilm",
    "PositiveFilm",
    "Print",
    "ScreenCapture",
    "TrainedAlgorithmicMedia",
    "VirtualRecording",
];

/// A picture in one of its files; `None` if no program that is not a browser could
/// open any.
pub fn image(page: &Page<'_>, image: &Image) -> Option<Map<String, Value>> {
    let file = Picture::of(image, page.published)?;
    let mut node = typed("ImageObject");
    node.insert("contentUrl".into(), json!(file.url));
    put(&mut node, "width", file.width.map(pixels));
    put(&mut node, "height", file.height.map(pixels));
    put(&mut node, "caption", plain(image.caption.as_ref()));
    if let Some(rights) = &image.rights {
        self::rights(&mut node, page, rights);
    }
    put(
        &mut node,
        "digitalSourceType",
        image.digital_source_type.as_ref().and_then(digital_source),
    );
    put(
        &mut node,
        "dateCreated",
        image.content_created.map(|date| date.to_string()),
    );
    Some(node)
}

/// The picture that has the page for itself.
pub fn photo(page: &Page<'_>, story: &str, image: &Image) -> Option<Value> {
    let mut node = self::image(page, image)?;
    node.insert("@id".into(), json!(format!("{}#photo", page.url)));
    node.insert("url".into(), json!(page.url));
    node.insert("name".into(), json!(page.name));
    node.insert("representativeOfPage".into(), json!(true));
    node.insert("isPartOf".into(), reference(&story_id(story)));
    put(
        &mut node,
        "description",
        image.alt.clone().filter(|alt| !alt.is_empty()),
    );
    Some(Value::Object(node))
}

/// A film that can be played, published with its story; `None` if it cannot.
pub fn video(page: &Page<'_>, article: &Article, video: &Media) -> Option<Map<String, Value>> {
    let file = playable_file(video)?;
    let mut node = played("VideoObject", page, article, video, file)?;
    let poster = video
        .poster
        .as_ref()
        .and_then(|poster| Picture::of(poster, page.published));
    put(&mut node, "thumbnailUrl", poster.map(|poster| poster.url));
    put(&mut node, "width", file.width.or(video.width).map(pixels));
    put(
        &mut node,
        "height",
        file.height.or(video.height).map(pixels),
    );
    Some(node)
}

/// A sound that can be played, published with its story; `None` if it cannot.
pub fn audio(page: &Page<'_>, article: &Article, audio: &Media) -> Option<Map<String, Value>> {
    let file = playable_file(audio)?;
    played("AudioObject", page, article, audio, file)
}

/// What a film and a sound have in common.
fn played(
    kind: &'static str,
    page: &Page<'_>,
    article: &Article,
    media: &Media,
    file: &Rendition,
) -> Option<Map<String, Value>> {
    let mut node = typed(kind);
    node.insert(
        "contentUrl".into(),
        json!(page.published.target(&file.href)?),
    );
    let title = Some(media.title.clone()).filter(|title| !title.trim().is_empty());
    node.insert(
        "name".into(),
        json!(title.unwrap_or_else(|| article.plain_headline())),
    );
    let description = plain(media.caption.as_ref());
    let description = description.or_else(|| page.description.map(str::to_owned));
    put(&mut node, "description", description);
    let uploaded = article.date_published.map(|date| date.to_string());
    put(&mut node, "uploadDate", uploaded);
    let created = media.content_created.map(|date| date.to_string());
    put(&mut node, "dateCreated", created);
    let duration = media.duration.or(file.duration);
    put(&mut node, "duration", duration.and_then(iso_duration));
    let media_type = file.content_type.split(';').next().unwrap_or_default();
    put(
        &mut node,
        "encodingFormat",
        Some(media_type.trim()).filter(|kind| !kind.is_empty()),
    );
    put(&mut node, "transcript", short_transcript(media));
    if let Some(rights) = &media.rights {
        self::rights(&mut node, page, rights);
    }
    Some(node)
}

/// The credit and the terms of a work.
pub fn rights(node: &mut Map<String, Value>, page: &Page<'_>, rights: &Rights) {
    put(node, "creditText", rights.credit_text.as_deref());
    // Whether the holder is a person or an organisation, which `copyrightHolder` would
    // have to say, is not recorded.
    put(node, "copyrightNotice", rights.notice());
    put(node, "copyrightYear", rights.copyright_year);
    let link = |href: &Option<Href>| page.published.target(href.as_ref()?);
    put(node, "license", link(&rights.license));
    put(
        node,
        "acquireLicensePage",
        link(&rights.acquire_license_page),
    );
}

/// `http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia` as
/// `https://schema.org/AlgorithmicMediaDigitalSource`.
fn digital_source(href: &Href) -> Option<String> {
    let word = href.as_str().trim_end_matches('/').rsplit('/').next()?;
    DIGITAL_SOURCES
        .iter()
        .find(|name| name.eq_ignore_ascii_case(word))
        .map(|name| format!("https://schema.org/{name}DigitalSource"))
}

/// A size as schema.org writes a `Distance`: with its unit. A bare number is not one.
fn pixels(count: u32) -> String {
    format!("{count} px")
}

/// Seconds as ISO 8601 writes them, to the nearest whole one: `PT1H2M3S`.
fn iso_duration(seconds: Decimal) -> Option<String> {
    let whole = u64::try_from(seconds.micros.checked_add(500_000)?).ok()? / 1_000_000;
    if whole == 0 {
        return None;
    }
    let mut text = String::from("PT");
    for (count, unit) in [
        (whole / 3600, 'H'),
        (whole / 60 % 60, 'M'),
        (whole % 60, 'S'),
    ] {
        if count > 0 {
            text.push_str(&count.to_string());
            text.push(unit);
        }
    }
    Some(text)
}

/// What is said in a film or a sound, if it is short.
fn short_transcript(media: &Media) -> Option<String> {
    let mut lines = Vec::new();
    collect(&media.transcript.as_ref()?.body, &mut lines);
    let text = lines.join("\n");
    let is_short = text.chars().count() <= LONGEST_TRANSCRIPT;
    (is_short && !text.trim().is_empty()).then_some(text)
}

fn collect(blocks: &[Block], lines: &mut Vec<String>) {
    fn items(list: &[ListItem], lines: &mut Vec<String>) {
        for item in list {
            lines.push(item.content.to_plain());
            items(&item.items, lines);
        }
    }
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => lines.push(paragraph.content.to_plain()),
            Block::Heading(heading) => lines.push(heading.content.to_plain()),
            Block::Quote(quote) => lines.extend(quote.content.iter().map(RichText::to_plain)),
            Block::List(list) => items(&list.items, lines),
            Block::Aside(aside) => collect(&aside.body, lines),
            _ => {}
        }
    }
}

fn plain(text: Option<&RichText>) -> Option<String> {
    text.map(RichText::to_plain)
        .filter(|text| !text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::{digital_source, iso_duration};
    use article::{Decimal, safe_href};

    #[test]
    fn a_duration_is_written_in_whole_seconds() {
        let written = |seconds: &str| iso_duration(Decimal::parse(seconds).unwrap());
        assert_eq!(written("94.4").as_deref(), Some("PT1M34S"));
        assert_eq!(written("94.5").as_deref(), Some("PT1M35S"));
        assert_eq!(written("3600").as_deref(), Some("PT1H"));
        assert_eq!(written("3723").as_deref(), Some("PT1H2M3S"));
        assert_eq!(written("0.2"), None);
        assert_eq!(written("-5"), None);
    }

    #[test]
    fn how_a_picture_came_about_is_said_in_the_words_of_schema_org() {
        let read = |word: &str| {
            let address = format!("http://cv.iptc.org/newscodes/digitalsourcetype/{word}");
            digital_source(&safe_href(&address).unwrap())
        };
        assert_eq!(
            read("algorithmicMedia").as_deref(),
            Some("https://schema.org/AlgorithmicMediaDigitalSource")
        );
        assert_eq!(read("softwareImage"), None);
    }
}
