//! The one gate to an `href`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use article::safe_href;

/// As written, and as it comes out.
const GOOD: &[(&str, &str)] = &[
    ("https://example.org", "https://example.org"),
    ("https://example.org/", "https://example.org/"),
    (
        "http://example.org/a?b=c&d=e#f",
        "http://example.org/a?b=c&d=e#f",
    ),
    ("HTTPS://Example.ORG/A", "HTTPS://Example.ORG/A"),
    ("hTTp://example.org", "hTTp://example.org"),
    ("https://example.org:8443/a", "https://example.org:8443/a"),
    ("https://example.org:/a", "https://example.org:/a"),
    ("https://192.0.2.1/", "https://192.0.2.1/"),
    ("https://[2001:db8::1]/", "https://[2001:db8::1]/"),
    (
        "https://[2001:db8::1]:8080/a",
        "https://[2001:db8::1]:8080/a",
    ),
    ("https://example.org?a", "https://example.org?a"),
    ("https://example.org#a", "https://example.org#a"),
    (
        "https://example.org/@somebody",
        "https://example.org/@somebody",
    ),
    ("https://example.org/a:b", "https://example.org/a:b"),
    (
        "https://example.org/%E4%B8%AD",
        "https://example.org/%E4%B8%AD",
    ),
    ("https://example.org/中文/页", "https://example.org/中文/页"),
    ("https://مثال.إختبار/صفحة", "https://مثال.إختبار/صفحة"),
    (
        "https://xn--mgbh0fb.xn--kgbechtv/",
        "https://xn--mgbh0fb.xn--kgbechtv/",
    ),
    (
        "https://web.archive.org/web/2004/http://old.example/a",
        "https://web.archive.org/web/2004/http://old.example/a",
    ),
    ("mailto:desk@example.org", "mailto:desk@example.org"),
    (
        "MAILTO:desk@example.org?subject=a%20b",
        "MAILTO:desk@example.org?subject=a%20b",
    ),
    ("tel:+41-22-555-0100", "tel:+41-22-555-0100"),
    ("/", "/"),
    ("/stories/ferry/", "/stories/ferry/"),
    ("/ar/stories/عودة-العبارة/", "/ar/stories/عودة-العبارة/"),
    ("/a//b", "/a//b"),
    ("/?p=48213", "/?p=48213"),
    ("/a:b", "/a:b"),
    ("/javascript:alert(1)", "/javascript:alert(1)"),
    ("#why-it-stopped", "#why-it-stopped"),
    // What a browser drops is dropped.
    ("  https://example.org/a\n", "https://example.org/a"),
    ("\u{0}\u{1f}/a", "/a"),
    ("https://exa\nmple.org/\ta", "https://example.org/a"),
    ("ht\ttps://example.org", "https://example.org"),
];

const BAD: &[&str] = &[
    "",
    " ",
    "#",
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "java\tscript:alert(1)",
    "\u{1}javascript:alert(1)",
    "javascript&#58;alert(1)",
    "javascript%3Aalert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:image/png;base64,AAAA",
    "blob:https://example.org/1",
    "filesystem:https://example.org/1",
    "file:///etc/passwd",
    "ftp://example.org/",
    "rtsp://rm.example.org/a.rm",
    "pnm://rm.example.org/a.rm",
    "mms://wm.example.org/a.wmv",
    "about:blank",
    "intent://a#Intent;end",
    // Another host in the dress of a path.
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "/\t/evil.example/",
    "/\n/evil.example",
    "\t//evil.example",
    "///evil.example",
    // What browsers repair into something else than it looks like (WHATWG URL §4.4).
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "https:\\\\evil.example",
    "https:\\evil.example",
    "https:/\\evil.example",
    "https:evil.example/?u=://good.example/",
    "https:\\\\evil.example/://good.example/",
    "https://good.example\\@evil.example/",
    "https://good.example\\.evil.example/",
    // One host shown, another one reached.
    "https://good.example@evil.example/",
    "https://good.example:443@evil.example/",
    "https://user:secret@example.org/",
    "https://good.example%40evil.example/",
    "https://%65vil.example/",
    "https://good.example%2F@evil.example/",
    // No host, or none that can be one.
    "https://",
    "http:///",
    "https://:80/",
    "https://?a",
    "https://#a",
    "https://example.org:99999/",
    "https://example.org:8a/",
    "https://example.org:80:80/",
    "https://[2001:db8::1/",
    "https://[2001:db8::1]a/",
    "https://a<b/",
    "https",
    "https:",
    "http",
    "mailto:",
    "tel:",
    // Relative paths mean another page on every page.
    "stories/ferry",
    "./ferry",
    "../ferry",
    "?p=48213",
    "example.org",
    // White space and what nobody sees.
    "https://example.org/a b",
    "https://example.org/a\u{a0}b",
    "https://example.org/a\u{3000}b",
    "https://example.org/a\u{0}b",
    "https://example.org/\u{202e}gpj.exe",
    "https://example.org/\u{2066}a",
    "https://exam\u{200b}ple.org/",
    "https://exam\u{200d}ple.org/",
    "https://exam\u{ad}ple.org/",
    "https://exam\u{2060}ple.org/",
    "https://exam\u{feff}ple.org/",
    "https://example.org/\u{200f}a",
    "https://example.org/\u{e0041}",
    "\u{a0}https://example.org/",
    "\u{feff}/a",
];

#[test]
fn good_links_pass_and_are_cleaned_as_a_browser_would() {
    for (written, cleaned) in GOOD {
        let href = safe_href(written);
        assert_eq!(
            href.as_ref().map(article::Href::as_str),
            Some(*cleaned),
            "{written:?}"
        );
    }
}

#[test]
fn bad_links_lose_their_link() {
    for written in BAD {
        assert_eq!(safe_href(written), None, "{written:?}");
    }
}

#[test]
fn what_has_passed_once_passes_again_unchanged() {
    for (_, cleaned) in GOOD {
        assert_eq!(safe_href(cleaned).unwrap().as_str(), *cleaned);
    }
}

#[test]
fn the_length_is_counted_in_characters() {
    let path = |length: usize| format!("/{}", "ж".repeat(length - 1));
    assert!(safe_href(&path(2048)).is_some());
    assert!(safe_href(&path(2049)).is_none());
}

#[test]
fn a_link_knows_whether_it_can_be_fetched_and_where_it_leads() {
    for (address, fetchable, external) in [
        ("/a.jpg", true, false),
        ("HTTPS://example.org/a.jpg", true, true),
        ("http://example.org/a.jpg", true, true),
        ("mailto:a@example.org", false, false),
        ("tel:+1", false, false),
        ("#a", false, false),
    ] {
        let href = safe_href(address).unwrap();
        assert_eq!(
            (href.is_fetchable(), href.is_external()),
            (fetchable, external),
            "{address}"
        );
    }
    assert_eq!(safe_href("/a/b").unwrap().site_path(), Some("a/b"));
    assert_eq!(safe_href("https://a/b").unwrap().site_path(), None);
}

/// Every pair of "how it begins" and "what slips in" that leads away or runs code.
#[test]
fn no_mixture_of_slashes_and_dropped_characters_reaches_another_host() {
    let pieces = ["/", "\\", "\t", "\n", "\r", " ", "\u{0}"];
    for a in pieces {
        for b in pieces {
            for c in pieces {
                for d in pieces {
                    let address = format!("{a}{b}{c}{d}evil.example");
                    let Some(href) = safe_href(&address) else {
                        continue;
                    };
                    let second = href.as_str().as_bytes()[1];
                    assert!(href.as_str().starts_with('/'), "{address:?}");
                    assert!(!matches!(second, b'/' | b'\\'), "{address:?}");
                }
            }
        }
    }
}

#[test]
fn a_host_is_shown_as_what_it_is() {
    for (address, host) in [
        ("https://EXAMPLE.org/a", Some("example.org")),
        ("http://example.org:8080?q", Some("example.org:8080")),
        ("https://[2001:db8::1]:8/", Some("[2001:db8::1]:8")),
        ("https://bücher.example/", Some("xn--bcher-kva.example")),
        (
            "https://München.example:80/",
            Some("xn--mnchen-3ya.example:80"),
        ),
        // Cyrillic letters that look like an English word.
        ("https://аррӏе.com/", Some("xn--80ak6aa92e.com")),
        ("https://例え.テスト/", Some("xn--r8jz45g.xn--zckzah")),
        ("https://مثال.example/", Some("xn--mgbh0fb.example")),
        ("mailto:a@example.org", None),
        ("/media/a.jpg", None),
        ("#a", None),
    ] {
        assert_eq!(
            safe_href(address).unwrap().host().as_deref(),
            host,
            "{address}"
        );
    }
    let shown = safe_href("https://аррӏе.com/ы?ы#ы").unwrap().shown();
    assert_eq!(shown, "https://xn--80ak6aa92e.com/ы?ы#ы");
    assert_eq!(safe_href("/ы").unwrap().shown(), "/ы");
}
