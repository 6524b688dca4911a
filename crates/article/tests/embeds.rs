//! Frames of embeds: of an address only the id is taken.

#![allow(clippy::unwrap_used)]

use article::block::Embed;
use article::{Article, Block};

fn embed(provider: &str, href: &str) -> Option<Embed> {
    let source = serde_json::json!({
        "body": [{ "type": "embed", "provider": provider, "href": href, "title": "A" }]
    });
    let read = Article::read_leniently(&source.to_string()).ok()?;
    match read.article.body.into_iter().next()? {
        Block::Embed(embed) => Some(embed),
        _ => None,
    }
}

fn frame(provider: &str, href: &str) -> Option<String> {
    Some(embed(provider, href)?.frame()?.as_str().to_owned())
}

#[test]
fn every_way_to_write_a_page_leads_to_one_frame() {
    let youtube = "https://www.youtube-nocookie.com/embed/dateline-00?rel=0";
    let osm = "https://www.openstreetmap.org/export/embed.html?bbox=1.5,-2,3,4";
    for (provider, href, expected) in [
        (
            "youtube",
            "https://www.youtube.com/watch?v=dateline-00",
            youtube,
        ),
        (
            "youtube",
            "https://youtube.com/watch?app=x&v=dateline-00&t=3",
            youtube,
        ),
        ("youtube", "https://youtu.be/dateline-00?si=abc", youtube),
        (
            "youtube",
            "https://www.youtube.com/shorts/dateline-00",
            youtube,
        ),
        (
            "youtube",
            "https://www.youtube.com/live/dateline-00#a",
            youtube,
        ),
        (
            "youtube",
            "https://www.youtube-nocookie.com/embed/dateline-00?autoplay=1",
            youtube,
        ),
        (
            "youtube",
            "HTTPS://WWW.YouTube.com/embed/dateline-00",
            youtube,
        ),
        (
            "vimeo",
            "https://vimeo.com/123",
            "https://player.vimeo.com/video/123?dnt=1",
        ),
        (
            "vimeo",
            "https://player.vimeo.com/video/123?color=f00",
            "https://player.vimeo.com/video/123?dnt=1",
        ),
        (
            "vimeo",
            "https://vimeo.com/123/0a1b",
            "https://player.vimeo.com/video/123?h=0a1b&dnt=1",
        ),
        (
            "vimeo",
            "https://player.vimeo.com/video/123?h=0a1b",
            "https://player.vimeo.com/video/123?h=0a1b&dnt=1",
        ),
        (
            "dailymotion",
            "https://www.dailymotion.com/video/x1",
            "https://geo.dailymotion.com/player.html?video=x1",
        ),
        (
            "soundcloud",
            "https://soundcloud.com/a/b-c",
            "https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/a/b-c",
        ),
        (
            "soundcloud",
            "https://soundcloud.com/a/sets/b",
            "https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/a/sets/b",
        ),
        (
            "soundcloud",
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2Ftracks%2F1&auto_play=true",
            "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/1",
        ),
        (
            "spotify",
            "https://open.spotify.com/episode/a1?si=2",
            "https://open.spotify.com/embed/episode/a1",
        ),
        (
            "spotify",
            "https://open.spotify.com/embed/track/a1",
            "https://open.spotify.com/embed/track/a1",
        ),
        (
            "internetArchive",
            "https://archive.org/details/a_b.c",
            "https://archive.org/embed/a_b.c",
        ),
        (
            "datawrapper",
            "https://datawrapper.dwcdn.net/aBc1/4/",
            "https://datawrapper.dwcdn.net/aBc1/4/",
        ),
        (
            "datawrapper",
            "https://www.datawrapper.de/_/aBc1/",
            "https://datawrapper.dwcdn.net/aBc1/",
        ),
        (
            "flourish",
            "https://public.flourish.studio/visualisation/12/",
            "https://flo.uri.sh/visualisation/12/embed",
        ),
        (
            "flourish",
            "https://flo.uri.sh/story/12/embed",
            "https://flo.uri.sh/story/12/embed",
        ),
        (
            "openStreetMap",
            "https://www.openstreetmap.org/export/embed.html?bbox=1.5%2C-2%2C3%2C4&layer=mapnik",
            osm,
        ),
        (
            "documentCloud",
            "https://www.documentcloud.org/documents/12-a-b",
            "https://embed.documentcloud.org/documents/12-a-b/?embed=1",
        ),
    ] {
        assert_eq!(frame(provider, href).as_deref(), Some(expected), "{href}");
    }
}

#[test]
fn an_address_without_an_id_or_of_somebody_else_has_no_frame() {
    for (provider, href) in [
        ("youtube", "https://www.youtube.com/watch?list=a"),
        ("youtube", "https://www.youtube.com/@channel"),
        ("youtube", "https://www.youtube.com/embed/a%2Fb"),
        ("youtube", "https://www.youtube.com/embed/a\"b"),
        ("youtube", "https://www.youtube.com/embed/.."),
        ("youtube", "https://www.youtube.com"),
        ("youtube", "https://www.youtube.com/embed/a/b"),
        ("youtube", "https://www.youtube.com.evil.example/embed/a"),
        ("youtube", "https://vimeo.com/1"),
        ("youtube", "http://youtu.be/a"),
        ("vimeo", "https://vimeo.com/channels/staff"),
        ("openStreetMap", "https://www.openstreetmap.org/#map=5/1/2"),
        ("other", "https://other.example/1"),
    ] {
        assert_eq!(frame(provider, href), None, "{href}");
    }
}

#[test]
fn every_frame_is_of_an_origin_that_a_policy_can_name() {
    let origins: Vec<&str> = article::embed::origins().collect();
    for (provider, hosts) in article::EMBED_PROVIDERS {
        assert!(
            origins
                .iter()
                .any(|origin| hosts.contains(&origin.trim_start_matches("https://"))),
            "{provider}"
        );
    }
    let one = embed("youtube", "https://youtu.be/a").unwrap();
    assert_eq!(
        one.origin().as_deref(),
        Some("https://www.youtube-nocookie.com")
    );
    assert!(origins.contains(&"https://www.youtube-nocookie.com"));
    assert_eq!(one.owner(), "YouTube");
}
