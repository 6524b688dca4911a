//! Feeds of stories with everything in them, read by parsers that others wrote.

use article::{Article, Language, safe_href};

use super::{Entry, Feed, Format, Item, Part, atom, json, rss};
use crate::base::Base;
use crate::moment::Zone;

/// As long as a headline gets by accident: a whole story pasted into it.
const ENORMOUS: usize = 200_000;

fn base() -> Base {
    Base::at(&safe_href("https://news.example/repo/").unwrap()).unwrap()
}

fn article(source: &str) -> Article {
    Article::read_leniently(source).unwrap().article
}

fn full() -> Article {
    article(
        r#"{"id":"urn:uuid:f39b10f1-1514-4c33-bdab-a6cb8afdc3e1","slug":"night-ferry","language":"en",
        "headline":["The ",{"text":"Ship","marks":["em"]}," & <more>"],"standfirst":"It is\nlate",
        "datePublished":"2026-11-20T08:00:00+02:00","dateModified":"2026-11-21T09:30:00Z",
        "authors":[{"name":"Desk","href":"https://desk.example/"},{"name":"Lens","role":"photographer"}],
        "subjects":[{"id":"sea","name":"Sea & shore"}],
        "rights":{"copyrightHolder":"Post","copyrightYear":2026},
        "thumbnail":{"alt":"A boat","rights":{"creditText":"© Lens"},"renditions":[{"href":"/media/b.jpg","contentType":"image/jpeg","width":960,"height":640}]},
        "body":[{"type":"paragraph","content":["Read ",{"text":"this","href":"/en/pages/about/"},"."]},
        {"type":"audio","audio":{"title":"Sound","duration":61.5,"renditions":[{"href":"/media/s.mp3","contentType":"audio/mpeg","sizeInBytes":12345}]}}]}"#,
    )
}

fn arabic() -> Article {
    article(
        r#"{"id":"48213","slug":"قارب","language":"ar","headline":"عاد القارب","datePublished":"2003-11",
        "body":[{"type":"paragraph","content":"نص"}]}"#,
    )
}

/// What no editor should write and one does.
fn broken() -> Vec<Article> {
    let enormous = "word ".repeat(ENORMOUS / 5);
    [
        r#"{"slug":"empty","language":"en","headline":"","datePublished":"2026","body":[]}"#.to_owned(),
        r#"{"slug":"undated","language":"en","headline":"No date","body":[]}"#.to_owned(),
        r#"{"slug":"controls","language":"en","headline":"a\u0000b\u0007]]>\u202ec\ufffe","datePublished":"2026","subjects":[{"id":"x\u0001","name":"]]>"}],"body":[{"type":"paragraph","content":"\u0000]]><![CDATA[\u202e"}]}"#.to_owned(),
        format!(r#"{{"slug":"enormous","language":"en","headline":"{enormous}","datePublished":"2026-11-20","body":[{{"type":"paragraph","content":"{enormous}{enormous}"}}]}}"#),
        r#"{"slug":"nothing","language":"en","headline":"\u0001\u202e","datePublished":"2016-12-31T23:59:60Z"}"#.to_owned(),
    ]
    .iter()
    .map(|source| article(source))
    .collect()
}

/// Leaves a sample where the checks in tests/feeds/ find it: they hold it against
/// schemas that only other languages can read.
pub fn keep(name: &str, bytes: &[u8]) {
    if let Some(folder) = std::env::var_os("PRESS_SAMPLES") {
        std::fs::write(std::path::Path::new(&folder).join(name), bytes).unwrap();
    }
}

struct Written {
    atom: String,
    rss: String,
    json: String,
}

fn written(articles: &[Article], part: Part<'_>) -> Written {
    let base = base();
    let zone = Zone::named("Africa/Cairo").unwrap();
    let language = Language::new("en").unwrap();
    let items: Vec<Item> = articles
        .iter()
        .map(|story| Item::of(&Entry::of(story, &base), &zone, "Post").unwrap())
        .collect();
    let items: Vec<&Item> = items.iter().collect();
    let feed = Feed {
        base: &base,
        zone: &zone,
        language: &language,
        page: "/en/topics/sea/",
        title: "Sea & shore – Post",
        description: Some("Small places"),
        publisher: "Post",
        icon: Some("icons/icon.svg"),
        items: &items,
        part,
    };
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Written {
        atom: text(atom(&feed).unwrap()),
        rss: text(rss(&feed)),
        json: text(json(&feed).unwrap()),
    }
}

fn read(feed: &str) -> feed_rs::model::Feed {
    feed_rs::parser::parse(feed.as_bytes()).unwrap()
}

#[test]
fn every_format_says_the_same_of_a_story() {
    let written = written(&[full(), arabic()], Part::default());
    for (format, text) in [
        (Format::Atom, &written.atom),
        (Format::Rss, &written.rss),
        (Format::Json, &written.json),
    ] {
        keep(&format.file(None), text.as_bytes());
        let feed = read(text);
        assert_eq!(
            feed.title.unwrap().content,
            "Sea & shore – Post",
            "{format:?}"
        );
        assert_eq!(feed.entries.len(), 2, "{format:?}");
        let ship = &feed.entries[0];
        assert_eq!(
            ship.id, "urn:uuid:f39b10f1-1514-4c33-bdab-a6cb8afdc3e1",
            "{format:?}"
        );
        assert_eq!(
            ship.links[0].href, "https://news.example/repo/en/stories/night-ferry/",
            "{format:?}"
        );
        let title = ship
            .title
            .as_ref()
            .unwrap()
            .content
            .replace("<em>", "")
            .replace("</em>", "");
        assert!(
            ["The Ship & <more>", "The Ship &amp; &lt;more&gt;"].contains(&title.as_str()),
            "{format:?}: {title}"
        );
        assert_eq!(
            ship.published.unwrap().to_rfc3339(),
            "2026-11-20T06:00:00+00:00",
            "{format:?}"
        );
        assert_eq!(ship.authors[0].name.as_deref(), Some("Desk"), "{format:?}");
        let body = ship
            .content
            .as_ref()
            .and_then(|content| content.body.as_deref());
        let body = body.unwrap_or_default();
        assert!(
            body.contains("<a href=\"https://news.example/repo/en/pages/about/\">this</a>"),
            "{format:?}: {body}"
        );
        assert_eq!(
            feed.entries[1].id, "tag:news.example,2026:48213",
            "{format:?}"
        );
        // The first moment of November 2003 in Cairo.
        assert_eq!(
            feed.entries[1].published.unwrap().to_rfc3339(),
            "2003-10-31T22:00:00+00:00",
            "{format:?}"
        );
    }
}

#[test]
fn no_format_breaks_on_what_no_editor_should_write() {
    let written = written(&broken(), Part::default());
    keep("feed-broken.json", written.json.as_bytes());
    keep("atom-broken.xml", written.atom.as_bytes());
    keep("rss-broken.xml", written.rss.as_bytes());
    for (text, entries) in [(&written.atom, 4), (&written.rss, 5), (&written.json, 5)] {
        let feed = read(text);
        assert_eq!(feed.entries.len(), entries);
        assert!(text.len() < 2_000_000, "{} bytes", text.len());
        for entry in &feed.entries {
            let title = &entry.title.as_ref().unwrap().content;
            assert!(
                !title.trim().is_empty() && title.chars().count() <= 501,
                "{title}"
            );
            assert!(
                !title.contains(['\u{0}', '\u{202e}', '\u{fffe}']),
                "{title:?}"
            );
            assert!(!entry.id.is_empty());
        }
    }
    for text in [&written.atom, &written.rss] {
        assert!(!text.contains("]]>") && !text.contains("<![CDATA["));
        assert!(text.chars().all(|c| c >= ' ' || c == '\n' || c == '\t'));
    }
    // The title stands in where there is no headline.
    assert!(written.atom.contains("<title type=\"text\">empty</title>"));
}

#[test]
fn a_story_without_a_date_is_not_given_one() {
    let undated = article(r#"{"slug":"x","language":"en","headline":"H","body":[]}"#);
    let base = base();
    let zone = Zone::utc();
    let language = Language::new("en").unwrap();
    let item = Item::of(&Entry::of(&undated, &base), &zone, "Post").unwrap();
    let feed = Feed {
        base: &base,
        zone: &zone,
        language: &language,
        page: "/en/",
        title: "Post",
        description: None,
        publisher: "Post",
        icon: None,
        items: &[&item],
        part: Part::default(),
    };
    assert!(atom(&feed).is_none());
    let rss = String::from_utf8(rss(&feed)).unwrap();
    assert!(
        !rss.contains("pubDate") && !rss.contains("lastBuildDate"),
        "{rss}"
    );
    let json = String::from_utf8(json(&feed).unwrap()).unwrap();
    assert!(!json.contains("date_published"), "{json}");
}

#[test]
fn atom_is_sound_for_a_strict_reader() {
    let feed: atom_syndication::Feed = written(&[full(), arabic()], Part::default())
        .atom
        .parse()
        .unwrap();
    assert_eq!(feed.id(), "https://news.example/repo/en/topics/sea/");
    assert_eq!(feed.updated().to_rfc3339(), "2026-11-21T09:30:00+00:00");
    assert_eq!(feed.lang(), Some("en"));
    let link = |relation: &str| {
        feed.links()
            .iter()
            .find(|link| link.rel() == relation)
            .map(|link| link.href())
    };
    assert_eq!(
        link("self"),
        Some("https://news.example/repo/en/topics/sea/atom.xml")
    );
    assert_eq!(
        link("alternate"),
        Some("https://news.example/repo/en/topics/sea/")
    );
    let ship = &feed.entries()[0];
    assert_eq!(ship.summary().unwrap().as_str(), "It is late");
    assert_eq!(ship.categories()[0].term(), "sea");
    assert_eq!(ship.categories()[0].label(), Some("Sea & shore"));
    assert_eq!(ship.contributors()[0].name(), "Lens");
    assert_eq!(ship.rights().unwrap().as_str(), "© 2026 Post");
    let enclosure = ship
        .links()
        .iter()
        .find(|link| link.rel() == "enclosure")
        .unwrap();
    assert_eq!(enclosure.length(), Some("12345"));
    assert_eq!(enclosure.mime_type(), Some("audio/mpeg"));
    let thumbnail = &ship.extensions()["media"]["thumbnail"][0];
    assert_eq!(
        thumbnail.attrs()["url"],
        "https://news.example/repo/media/b.jpg"
    );
    assert!(
        feed.entries()[1]
            .content()
            .unwrap()
            .value()
            .unwrap()
            .contains("dir=\"rtl\"")
    );
}

#[test]
fn rss_is_sound_for_a_strict_reader() {
    use ::rss::validation::Validate as _;
    let text = written(&[full(), arabic()], Part::default()).rss;
    let channel = ::rss::Channel::read_from(text.as_bytes()).unwrap();
    channel.validate().unwrap();
    assert_eq!(
        channel.last_build_date(),
        Some("Sat, 21 Nov 2026 09:30:00 +0000")
    );
    let ship = &channel.items()[0];
    assert_eq!(ship.pub_date(), Some("Fri, 20 Nov 2026 08:00:00 +0200"));
    assert!(!ship.guid().unwrap().is_permalink());
    let enclosure = ship.enclosure().unwrap();
    assert_eq!(enclosure.length(), "12345");
    assert_eq!(enclosure.mime_type(), "audio/mpeg");
    assert_eq!(ship.dublin_core_ext().unwrap().creators(), ["Desk"]);
    assert!(ship.content().unwrap().contains("<p>"));
    assert_eq!(
        channel.items()[1].dublin_core_ext().unwrap().creators(),
        ["Post"]
    );
}

#[test]
fn json_feed_carries_attachments_and_tags() {
    let text = written(&[full()], Part::default()).json;
    let feed: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(
        feed["feed_url"],
        "https://news.example/repo/en/topics/sea/feed.json"
    );
    let item = &feed["items"][0];
    assert_eq!(item["tags"][0], "Sea & shore");
    assert_eq!(item["image"], "https://news.example/repo/media/b.jpg");
    assert_eq!(item["attachments"][0]["size_in_bytes"], 12345);
    assert_eq!(item["attachments"][0]["duration_in_seconds"], 61);
    assert_eq!(item["date_published"], "2026-11-20T08:00:00+02:00");
}

#[test]
fn the_parts_of_a_feed_are_chained_to_the_first_story() {
    let part = Part {
        name: Some("2003"),
        older: Some("2002"),
        newer: Some("2004"),
    };
    let old = written(&[arabic()], part);
    for text in [&old.atom, &old.rss] {
        assert!(text.contains("<fh:archive/>"), "{text}");
        for (relation, file) in [
            ("self", "-2003"),
            ("current", ""),
            ("prev-archive", "-2002"),
            ("next-archive", "-2004"),
        ] {
            let found = text.lines().any(|line| {
                line.contains(&format!("rel=\"{relation}\""))
                    && line.contains(&format!("{file}.xml\""))
            });
            assert!(found, "{relation}\n{text}");
        }
        // It is the same feed, whichever part.
        assert!(!text.contains("<id>https://news.example/repo/en/topics/sea/atom-2003"));
    }
    assert!(
        old.json
            .contains("\"next_url\":\"https://news.example/repo/en/topics/sea/feed-2002.json\"")
    );
    assert!(
        !written(&[arabic()], Part::default())
            .atom
            .contains("<fh:archive/>")
    );
}

#[test]
fn the_same_stories_make_the_same_bytes() {
    let (one, two) = (
        written(&[full(), arabic()], Part::default()),
        written(&[full(), arabic()], Part::default()),
    );
    assert_eq!((one.atom, one.rss, one.json), (two.atom, two.rss, two.json));
}

#[test]
fn a_feed_of_enormous_stories_stays_a_feed() {
    // A block may have no more.
    let text = "word ".repeat(30_000);
    let block = format!(r#"{{"type":"paragraph","content":"{text}"}}"#);
    let source = format!(
        r#"{{"slug":"x","language":"en","headline":"H","standfirst":"S","datePublished":"2026","body":[{block},{block}]}}"#
    );
    let stories: Vec<Article> = (0..Feed::ENTRIES).map(|_| article(&source)).collect();
    let written = written(&stories, Part::default());
    for text in [&written.atom, &written.rss, &written.json] {
        assert!(text.len() < 100_000, "{} bytes", text.len());
        assert_eq!(read(text).entries.len(), Feed::ENTRIES);
    }
}
