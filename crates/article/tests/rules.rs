//! The rules of whole files: one field of a sound article or site is replaced, or a
//! field added, and this is what the strict reading finds.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use article::{Article, Code, Problem, Severity, Site};

const ARTICLE: &[(&str, &str)] = &[
    ("schemaVersion", r#""1.0""#),
    ("id", r#""a""#),
    ("slug", r#""a""#),
    ("language", r#""en""#),
    ("headline", r#""a""#),
    ("datePublished", r#""2010-11-08""#),
    ("body", r#"[{"type": "paragraph", "content": "a"}]"#),
];

const SITE: &[(&str, &str)] = &[
    ("name", r#""a""#),
    ("languages", r#"["en"]"#),
    ("defaultLanguage", r#""en""#),
];

/// Each field stands on a line of its own; a new one is the last.
#[rustfmt::skip]
const OF_ARTICLES: &[(&str, &str, &[&str])] = &[
    ("id", r#""""#, &["error 3:7 Missing id"]),
    ("id", "48213", &["error 3:7 WrongShape id"]),
    ("slug", r#""""#, &["error 4:9 BrokenSlug slug"]),
    ("slug", r#""a/b""#, &["error 4:9 BrokenSlug slug"]),
    ("headline", r#""""#, &["error 6:13 Missing headline"]),
    ("headline", r#"[{"text": " "}]"#, &["error 6:13 Missing headline"]),
    ("headline", r#"["a ", {"text": "b", "href": "/a"}]"#, &["error 6:42 Nesting headline[1].href"]),
    ("schemaVersion", r#""2.0""#, &["error 2:18 Version schemaVersion"]),
    ("schemaVersion", "1.0", &["error 2:18 WrongShape schemaVersion"]),
    ("$schema", r#""a b""#, &["warning 9:12 UnsafeLink $schema"]),
    ("$schema", r#""""#, &["warning 9:12 Missing $schema"]),
    ("label", r#""""#, &["warning 9:10 Missing label"]),
    ("byline", r#"[" "]"#, &["warning 9:11 Missing byline"]),
    ("pubStatus", r#""cancelled""#, &["error 9:14 UnknownName pubStatus"]),
    ("genr", r#""a""#, &["error 9:1 UnknownField genr"]),
    ("headLine", r#""a""#, &["error 9:1 UnknownField headLine"]),
    ("language", r#""und""#, &["error 5:13 BrokenLanguage language"]),
    ("language", r#""english""#, &["error 5:13 BrokenLanguage language"]),
    ("dir", r#""rtl""#, &["warning 9:8 OutOfRange dir"]),
    ("dir", r#""auto""#, &[]),
    ("datePublished", r#""2010-02-30""#, &["error 7:18 BrokenDate datePublished"]),
    ("datePublished", "null", &["error 7:18 WrongShape datePublished"]),
    ("dateModified", r#""2009-12""#, &["error 9:17 OutOfRange dateModified"]),
    ("dateModified", r#""2010""#, &[]),
    ("expires", r#""2010-01-01""#, &["error 9:12 OutOfRange expires"]),
    ("embargoedUntil", r#""2011""#, &["warning 9:19 OutOfRange embargoedUntil"]),
    ("aliases", r#"["/old.html", "/?p=1"]"#, &[]),
    ("aliases", r#"["old.html"]"#, &["error 9:13 OutOfRange aliases[0]"]),
    ("aliases", r#"["https://a.example/"]"#, &["error 9:13 OutOfRange aliases[0]"]),
    ("aliases", r#"["//a.example/"]"#, &["error 9:13 OutOfRange aliases[0]"]),
    ("aliases", r#"["/a#b"]"#, &["error 9:13 OutOfRange aliases[0]"]),
    ("aliases", r#"["/a", "/a"]"#, &["error 9:19 Repeated aliases[1]"]),
    ("aliases", r#"[""]"#, &["error 9:13 OutOfRange aliases[0]"]),
    ("canonicalUrl", r#""/a""#, &["error 9:17 UnsafeLink canonicalUrl"]),
    ("canonicalUrl", r##""#a""##, &["error 9:17 UnsafeLink canonicalUrl"]),
    ("authors", r#"[{"name": ""}]"#, &["error 9:22 Missing authors[0].name"]),
    ("authors", r#"[{"name": "a", "role": "autor"}]"#, &["error 9:35 UnknownName authors[0].role"]),
    ("authors", r#"[{"name": "a", "id": "b c"}]"#, &["error 9:33 BrokenSlug authors[0].id"]),
    ("authors", r#""a""#, &["error 9:12 WrongShape authors"]),
    ("locationCreated", r#"{"name": "a", "country": "SSD", "latitude": 90.1, "longitude": -181}"#, &["warning 9:45 OutOfRange locationCreated.country", "error 9:64 OutOfRange locationCreated.latitude", "error 9:83 OutOfRange locationCreated.longitude"]),
    ("locationCreated", r#"{"name": "a", "latitude": 4}"#, &["error 9:46 Missing locationCreated.latitude"]),
    ("locationCreated", r#"{"name": "a", "latitude": "4", "longitude": 4}"#, &["error 9:46 WrongShape locationCreated.latitude"]),
    ("subjects", r#"[{"id": "a", "name": "b"}, {"id": "a", "name": "c"}]"#, &["error 9:47 Repeated subjects[1].id"]),
    ("subjects", r#"[{"id": "a b", "name": ""}]"#, &["error 9:21 BrokenSlug subjects[0].id", "error 9:36 Missing subjects[0].name"]),
    ("leadMedia", r#"{"type": "divider"}"#, &["error 9:23 Nesting leadMedia.type"]),
    ("leadMedia", r#"{"type": "future"}"#, &["error 9:23 UnknownBlock leadMedia.type"]),
    ("leadMedia", "[]", &["error 9:14 WrongShape leadMedia"]),
    ("leadMedia", r#"{"type": "image", "image": {"renditions": [{"href": "/a.jpg", "contentType": "image/jpeg", "width": 4, "height": 3}]}}"#, &["warning 9:41 Missing leadMedia.image"]),
    ("thumbnail", r#"{"alt": "a", "renditions": [{"href": "tel:1", "contentType": "image/png", "width": 1, "height": 1}]}"#, &["error 9:51 UnsafeLink thumbnail.renditions[0].href"]),
    ("body", "[]", &["error 8:9 Missing body"]),
    ("body", "null", &["error 8:9 WrongShape body"]),
    ("body", r#"{"type": "paragraph", "content": "a"}"#, &["error 8:9 WrongShape body"]),
    ("body", r#"[{"type": "heading", "level": 2, "content": "a"}, {"type": "heading", "level": 4, "content": "b"}, {"type": "heading", "level": 2, "content": "c"}]"#, &["warning 8:88 OutOfRange body[1].level"]),
    ("body", r#"[{"type": "heading", "level": 2, "id": "x", "content": "a"}, {"type": "image", "image": {"id": "x", "alt": "a", "renditions": [{"href": "/a.jpg", "contentType": "image/jpeg", "width": 4, "height": 3}]}}]"#, &["error 8:104 Repeated body[1].image.id"]),
    ("body", r#"[{"type": "aside", "body": [{"type": "heading", "level": 2, "id": "x", "content": "a"}]}, {"type": "heading", "level": 2, "id": "x", "content": "a"}]"#, &["error 8:137 Repeated body[1].id"]),
    ("corrections", r#"[{"type": "correction", "datePublished": "2009", "text": ""}]"#, &["warning 9:57 OutOfRange corrections[0].datePublished", "error 9:73 Missing corrections[0].text"]),
    ("corrections", r#"[{"text": "a"}]"#, &["error 9:17 MissingField corrections[0]", "error 9:17 MissingField corrections[0]"]),
    ("corrections", r#"[{"type": "erratum", "datePublished": "2011", "text": "a"}]"#, &["error 9:26 UnknownName corrections[0].type"]),
    ("relatedLinks", r#"[{"href": "/a", "headline": ""}, {"href": "b", "headline": "c"}]"#, &["error 9:45 Missing relatedLinks[0].headline", "error 9:59 UnsafeLink relatedLinks[1].href"]),
    ("translations", r#"[{"language": "en", "href": "/a"}]"#, &["error 9:31 Repeated translations[0].language"]),
    ("translations", r#"[{"language": "EN", "href": "/a"}]"#, &["error 9:31 Repeated translations[0].language"]),
    ("translations", r#"[{"language": "fr", "href": "/a"}, {"language": "fr", "href": "/b"}]"#, &["error 9:65 Repeated translations[1].language"]),
    ("translations", r#"[{"language": "fr", "href": "/a", "original": true}, {"language": "ar", "href": "/b", "original": true}]"#, &["error 9:115 Repeated translations[1].original"]),
    ("rights", r#"{"creditText": "", "license": "CC BY", "copyrightYear": 70000}"#, &["warning 9:26 Missing rights.creditText", "error 9:41 UnsafeLink rights.license", "error 9:67 WrongShape rights.copyrightYear"]),
    ("source", r#"{"system": "", "imported": "yesterday"}"#, &["error 9:22 Missing source.system", "error 9:38 BrokenDate source.imported"]),
    ("extensions", r#"{"a": {"b": null, "c": [7, "\u0007"]}}"#, &[]),
    ("extensions", r#""a""#, &["error 9:15 WrongShape extensions"]),
];

#[rustfmt::skip]
const OF_SITES: &[(&str, &str, &[&str])] = &[
    ("name", r#""""#, &["error 2:9 Missing name"]),
    ("baseUrl", r#""/news/""#, &["error 5:12 UnsafeLink baseUrl"]),
    ("baseUrl", r#""https://a.example/?b""#, &["error 5:12 OutOfRange baseUrl"]),
    ("baseUrl", r#""javascript:a""#, &["error 5:12 UnsafeLink baseUrl"]),
    ("languages", "[]", &["error 3:14 Missing languages", "error 4:20 OutOfRange defaultLanguage"]),
    ("languages", r#"["en", "EN"]"#, &["error 3:21 Repeated languages[1]"]),
    ("languages", r#"["en", "und"]"#, &["error 3:21 BrokenLanguage languages[1]"]),
    ("languages", r#""en""#, &["error 3:14 WrongShape languages", "error 4:20 OutOfRange defaultLanguage"]),
    ("defaultLanguage", r#""fr""#, &["error 4:20 OutOfRange defaultLanguage"]),
    ("timeZone", r#""Moscow time""#, &["error 5:13 OutOfRange timeZone"]),
    ("timeZone", r#""America/Port-au-Prince""#, &[]),
    ("editions", r#"{"fr": {}}"#, &["error 5:14 OutOfRange editions.fr"]),
    ("editions", r#"{"en": {"nav": [{"label": "", "href": "a"}], "tagline": ""}}"#, &["error 5:39 Missing editions.en.nav[0].label", "error 5:51 UnsafeLink editions.en.nav[0].href", "warning 5:69 Missing editions.en.tagline"]),
    ("editions", r#"{"english": {}}"#, &["error 5:14 BrokenLanguage editions.english"]),
    ("editions", r#"{"en": {"menu": []}}"#, &["error 5:21 UnknownField editions.en.menu"]),
    ("notice", r#"{"id": "", "text": {"en": "a"}}"#, &["error 5:18 Missing notice.id"]),
    ("notice", r#"{"id": "a", "text": {}}"#, &["warning 5:31 Missing notice.text"]),
    ("notice", r#"{"id": "a", "text": {"en": "", "fr": "b"}}"#, &["error 5:38 Missing notice.text.en", "error 5:42 OutOfRange notice.text.fr"]),
    ("notice", r#"{"text": {"en": "a"}}"#, &["error 5:11 MissingField notice"]),
    ("notice", r#"{"id": "a", "text": {"en": "a"}, "until": "soon", "href": {"en": "data:a"}}"#, &["error 5:53 BrokenDate notice.until", "error 5:76 UnsafeLink notice.href.en"]),
    ("search", r#"{"provider": "google"}"#, &["error 5:24 UnknownName search.provider"]),
    ("publisher", r##"{"name": "", "logo": "#a", "contact": "mailto:a@b.example"}"##, &["error 5:23 Missing publisher.name", "error 5:35 UnsafeLink publisher.logo"]),
    ("tagline", r#""a""#, &["error 5:1 UnknownField tagline"]),
];

fn with(fields: &[(&str, &str)], name: &str, value: &str) -> String {
    let mut fields = fields.to_vec();
    match fields.iter_mut().find(|(known, _)| *known == name) {
        Some(field) => field.1 = value,
        None => fields.push((name, value)),
    }
    let lines: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("\"{name}\": {value}"))
        .collect();
    format!("{{\n{}\n}}", lines.join(",\n"))
}

fn told(problems: &[Problem], source: &str) -> Vec<String> {
    problems
        .iter()
        .map(|problem| {
            let (line, column) = problem.line_and_column(source);
            let severity = match problem.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            };
            format!(
                "{severity} {line}:{column} {:?} {}",
                problem.code, problem.path
            )
        })
        .collect()
}

#[test]
fn the_strict_reading_of_an_article_finds_what_is_wrong_and_nothing_else() {
    for (name, value, problems) in OF_ARTICLES {
        let source = with(ARTICLE, name, value);
        let strict = Article::read_strictly(&source);
        assert_eq!(
            told(&strict.problems, &source),
            *problems,
            "{name}: {value}"
        );
        let lenient = Article::read_leniently(&source)
            .ok()
            .map(|lenient| lenient.article);
        assert_eq!(strict.article, lenient, "{name}: {value}");
    }
}

#[test]
fn the_strict_reading_of_a_site_finds_what_is_wrong_and_nothing_else() {
    for (name, value, problems) in OF_SITES {
        let source = with(SITE, name, value);
        let strict = Site::read_strictly(&source);
        assert_eq!(
            told(&strict.problems, &source),
            *problems,
            "{name}: {value}"
        );
        assert_eq!(
            strict.site,
            Site::read_leniently(&source),
            "{name}: {value}"
        );
    }
}

#[test]
fn a_missing_field_is_told_for_each_that_the_format_asks_for() {
    for (name, _) in ARTICLE {
        let rest: Vec<(&str, &str)> = ARTICLE
            .iter()
            .copied()
            .filter(|(known, _)| known != name)
            .collect();
        let source = with(&rest, "label", r#""b""#);
        let strict = Article::read_strictly(&source);
        assert_eq!(
            told(&strict.problems, &source),
            ["error 1:1 MissingField "],
            "{name}"
        );
        assert_eq!(
            strict.problems[0].message,
            format!("the field “{name}” is missing")
        );
    }
    for (name, _) in SITE {
        let rest: Vec<(&str, &str)> = SITE
            .iter()
            .copied()
            .filter(|(known, _)| known != name)
            .collect();
        let strict = Site::read_strictly(&with(&rest, "timeZone", r#""UTC""#));
        assert_eq!(strict.problems[0].code, Code::MissingField, "{name}");
    }
}

#[test]
fn a_picture_may_lead_the_story_and_stand_in_it_once_more() {
    let image = r#"{"type": "image", "image": {"id": "x", "alt": "a", "renditions": [{"href": "/a.jpg", "contentType": "image/jpeg", "width": 4, "height": 3}]}}"#;
    let codes = |lead: &str, body: &[&str]| -> Vec<Code> {
        let fields: Vec<(&str, &str)> = ARTICLE
            .iter()
            .copied()
            .chain([("leadMedia", lead)])
            .collect();
        let strict =
            Article::read_strictly(&with(&fields, "body", &format!("[{}]", body.join(","))));
        strict.problems.iter().map(|problem| problem.code).collect()
    };
    assert_eq!(codes(image, &[image]), []);
    assert_eq!(codes(image, &[image, image]), [Code::Repeated]);
    let heading = r#"{"type": "heading", "level": 2, "id": "x", "content": "a"}"#;
    assert_eq!(codes(image, &[heading]), [Code::Repeated]);
}

#[test]
fn a_withheld_story_needs_no_body() {
    for (status, sound) in [("withheld", true), ("canceled", true), ("usable", false)] {
        let status = format!("\"{status}\"");
        let fields: Vec<(&str, &str)> = ARTICLE
            .iter()
            .copied()
            .chain([("pubStatus", status.as_str())])
            .collect();
        assert_eq!(
            Article::read_strictly(&with(&fields, "body", "[]")).is_sound(),
            sound,
            "{status}"
        );
    }
}

/// What stands in a file that is no JSON, and the hint that helps.
#[test]
fn a_syntax_error_is_explained_where_it_stands() {
    for (source, place, path, hint) in [
        ("", (1, 1), "", "Write an article into it"),
        ("\u{feff} \n", (2, 1), "", "Write an article into it"),
        (
            "<!doctype html>\n<title>Not found</title>",
            (1, 1),
            "",
            "This is HTML",
        ),
        ("{\n  \"id\": \"a\",\n}", (3, 1), "", "Remove the comma"),
        ("{\n  \"id\": 'a'\n}", (2, 9), "", "only double quotes"),
        ("{\n  \"id\": “a”\n}", (2, 9), "", "typographic"),
        (
            "{\n  // the id\n  \"id\": \"a\"\n}",
            (2, 3),
            "",
            "no comments",
        ),
        ("{\n  id: \"a\"\n}", (2, 3), "", "into double quotes"),
        (
            "{\n  \"id\": \"a\"\n  \"slug\": \"a\"\n}",
            (3, 3),
            "",
            "A comma is missing",
        ),
        ("{\n  \"id\": \"a\nb\"\n}", (2, 11), "id", "Write \\n"),
        (
            "{\n  \"id\": \"a \"b\" c\"\n}",
            (2, 13),
            "id",
            "lacks its backslash",
        ),
        ("{\n  \"id\": NaN\n}", (2, 9), "", "no such value"),
        ("{\n  \"id\": True\n}", (2, 9), "", "small letters"),
        (
            "{\n  \"body\": [\n    {\"type\": \"paragraph\", \"content\": \"The ho",
            (3, 45),
            "body[0].content",
            "The end of the file is missing",
        ),
        (
            "{\"id\": \"a\"} {",
            (1, 13),
            "",
            "Open the file in an editor",
        ),
    ] {
        let strict = Article::read_strictly(source);
        let error = strict
            .problems
            .iter()
            .find(|problem| problem.code == Code::Syntax)
            .unwrap();
        assert_eq!(error.line_and_column(source), place, "{source}");
        assert_eq!(error.path, path, "{source}");
        assert!(error.hint.contains(hint), "{source}: {}", error.hint);
        // The consequences are not told as well.
        assert_eq!(strict.problems.len(), 1, "{source}: {:?}", strict.problems);
    }
}

#[test]
fn a_file_of_20_megabytes_is_refused_at_once_and_in_plain_words() {
    let source = format!("{{\"id\": \"{}\"}}", "a".repeat(20 * 1024 * 1024));
    let before = std::time::Instant::now();
    let strict = Article::read_strictly(&source);
    assert!(before.elapsed().as_millis() < 50);
    assert_eq!(strict.article, None);
    assert_eq!(strict.problems.len(), 1);
    assert_eq!(strict.problems[0].code, Code::Size);
    assert_eq!(
        strict.problems[0].message,
        "the file has 21 MB, more than the 16 MB a file may have"
    );
    assert_eq!(Site::read_strictly(&source).problems[0].code, Code::Size);
}

#[test]
fn nesting_without_end_is_refused_in_plain_words() {
    let source = format!("{{\"body\": {}", "[".repeat(100_000));
    let strict = Article::read_strictly(&source);
    assert_eq!(strict.problems[0].code, Code::Nesting);
    assert!(strict.problems[0].message.contains("more than 64 deep"));
}

#[test]
fn thousands_of_problems_are_summed_up() {
    let body = vec!["{\"type\": \"a\"}"; 5000].join(",");
    let strict = Article::read_strictly(&with(ARTICLE, "body", &format!("[{body}]")));
    assert_eq!(strict.problems.len(), article::strict::MAX_PROBLEMS + 1);
    let last = strict.problems.last().unwrap();
    assert_eq!((last.code, last.severity), (Code::Size, Severity::Error));
    assert_eq!(
        last.message,
        "4800 more problems from here on are not listed"
    );
}

#[test]
fn a_future_format_is_one_problem_and_not_many() {
    let source = r#"{"schemaVersion": "2.0", "headline": {"text": "a"}, "parts": []}"#;
    let strict = Article::read_strictly(source);
    assert_eq!(
        told(&strict.problems, source),
        ["error 1:19 Version schemaVersion"]
    );
    assert_eq!(strict.article, None);
}

#[test]
fn messages_cannot_command_a_terminal_and_have_an_end() {
    let source = with(
        ARTICLE,
        "slug",
        &format!(r#""\u001b[31m\u202e{} b""#, "a".repeat(5000)),
    );
    let strict = Article::read_strictly(&source);
    for problem in &strict.problems {
        assert!(!problem.message.contains(['\u{1b}', '\u{202e}']));
        assert!(problem.message.len() <= 410);
    }
    assert!(
        strict.problems[0]
            .message
            .contains(r"\u{1b}[31m\u{202e}aaa"),
        "{}",
        strict.problems[0].message
    );
}

#[test]
fn paths_put_unusual_names_into_brackets() {
    let source = with(SITE, "editions", r#"{"zh-Hans": {"navi gation": 1}}"#);
    let paths: Vec<String> = Site::read_strictly(&source)
        .problems
        .into_iter()
        .map(|p| p.path)
        .collect();
    assert_eq!(
        paths,
        [
            r#"editions["zh-Hans"]"#,
            r#"editions["zh-Hans"]["navi gation"]"#
        ]
    );
}
