// What must hold for any input. Shared by the fuzz targets and by
// `tests/fuzz_smoke.rs`, which runs it on stable Rust with every test run.

use article::listing::{Head, Pack};
use article::{Article, Block, Inline, RichText, Site, safe_href};

/// Any text as an article and as a site.
pub fn article(source: &str) {
    let lenient = Article::read_leniently(source);
    let strict = Article::read_strictly(source);
    assert_eq!(
        strict.article.as_ref(),
        lenient.as_ref().ok().map(|lenient| &lenient.article)
    );
    for problem in &strict.problems {
        assert!(source.get(problem.span.start..problem.span.end).is_some());
        assert!(!problem.message.chars().any(char::is_control));
    }
    let Ok(lenient) = lenient else {
        assert!(!strict.problems.is_empty());
        return;
    };
    let written = serde_json::to_string(&lenient.article).expect("an article can be written");
    let again = Article::read_leniently(&written).expect("what was written can be read");
    assert_eq!(again.article, lenient.article);
    assert!(again.broke_off.is_none());
    if strict.is_sound() {
        assert!(Article::read_strictly(&written).is_sound());
    }
    let _ = lenient.article.reading_minutes();
    let _ = lenient.article.images();
    let _ = lenient.article.videos();

    let site = Site::read_leniently(source);
    assert_eq!(Site::read_strictly(source).site, site);
}

/// Any JSON text as the content of a paragraph.
pub fn rich_text(content: &str) {
    let source = format!(
        r#"{{"body": [{{"type": "paragraph", "content": {content}}}, {{"type": "divider"}}]}}"#
    );
    let Ok(lenient) = Article::read_leniently(&source) else {
        return;
    };
    let Some(Block::Paragraph(paragraph)) = lenient.article.body.first() else {
        return;
    };
    let text: &RichText = &paragraph.content;
    assert_eq!(text.char_count(), text.to_plain().chars().count());
    for inline in &text.0 {
        let words = match inline {
            Inline::Text(words) => words,
            Inline::Span(span) => {
                if let Some(href) = &span.href {
                    // Whatever has become a link stays one, and the same.
                    assert_eq!(safe_href(href.as_str()).as_ref(), Some(href));
                    let start = href.as_str().to_ascii_lowercase();
                    assert!(
                        ["https://", "http://", "mailto:", "tel:", "/", "#"]
                            .iter()
                            .any(|kind| start.starts_with(kind))
                    );
                    assert!(!start.starts_with("//") && !start.contains('\\'));
                }
                &span.text
            }
        };
        assert!(
            !words
                .chars()
                .any(|c| c.is_control() && !matches!(c, '\t' | '\n'))
        );
        assert!(
            !words.contains(|c| ('\u{202a}'..='\u{202e}').contains(&c)
                || ('\u{2066}'..='\u{2069}').contains(&c))
        );
    }
    let written = serde_json::to_string(text).expect("a rich text can be written");
    let source = format!(r#"{{"body": [{{"type": "paragraph", "content": {written}}}]}}"#);
    let again = Article::read_leniently(&source).expect("what was written can be read");
    match again.article.body.first() {
        Some(Block::Paragraph(again)) => assert_eq!(again.content, *text),
        other => panic!("{other:?}"),
    }
}

/// Any text as the head of an edition and as a pack of cards.
pub fn listing(source: &str) {
    if let Some(head) = Head::read_leniently(source) {
        let written = serde_json::to_string(&head).expect("a head can be written");
        assert_eq!(Head::read_leniently(&written), Some(head));
    }
    if let Some(pack) = Pack::read_leniently(source) {
        let written = serde_json::to_string(&pack).expect("a pack can be written");
        assert_eq!(Pack::read_leniently(&written), Some(pack));
    }
}
