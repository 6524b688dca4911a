//! What `--host` writes into the site, what beside it, and what it says.

use std::fs;

use serde_json::json;

use crate::newsroom::{Newsroom, Run};

fn moved() -> Newsroom {
    let newsroom = Newsroom::new();
    newsroom.story(
        "en",
        "ferry",
        json!({ "aliases": ["/old/ferry.html", "/news.asp?id=4", "/old/shore/"] }),
    );
    newsroom
}

fn build(newsroom: &Newsroom, more: &[&str]) -> Run {
    let dist = newsroom.dist();
    let mut words = vec!["build", "--into", dist.to_str().unwrap()];
    words.extend(more);
    newsroom.press(&words)
}

fn read(newsroom: &Newsroom, path: &str) -> String {
    fs::read_to_string(newsroom.root().join(path)).unwrap()
}

#[test]
fn a_host_without_redirects_gets_pages_that_lead_on() {
    let newsroom = moved();
    build(&newsroom, &["--host", "github"]).ends_with(0).says(&[
        "github: 2 of the old addresses have a page that leads on",
        "github: 1 of the old addresses will not be found there, such as /news.asp?id=4",
    ]);
    let page = read(&newsroom, "dist/old/ferry.html");
    assert!(page.contains("url=../en/stories/ferry/"));
    assert!(page.contains("https://gazette.example/en/stories/ferry/"));
    assert!(page.contains("Content-Security-Policy"));
    assert!(newsroom.dist().join("old/shore/index.html").is_file());
    assert!(newsroom.dist().join(".nojekyll").is_file());
}

#[test]
fn a_page_that_leads_on_goes_with_its_address() {
    let newsroom = moved();
    build(&newsroom, &["--host", "github"]).ends_with(0);
    newsroom.story("en", "ferry", json!({ "aliases": ["/old/shore/"] }));
    build(&newsroom, &["--host", "github"]).ends_with(0);
    assert!(!newsroom.dist().join("old/ferry.html").exists());
    build(&newsroom, &[]).ends_with(0);
    assert!(
        !newsroom.dist().join("old").exists()
            || !newsroom.dist().join("old/shore/index.html").exists()
    );
    assert!(!newsroom.dist().join(".nojekyll").exists());
}

#[test]
fn what_servers_are_set_up_with_lies_beside_the_site_and_is_made_once() {
    let newsroom = moved();
    let hosts = ["--host", "nginx", "--host", "caddy", "--host", "s3"];
    build(&newsroom, &hosts).ends_with(0);
    let maps = read(&newsroom, "dist.host/nginx/maps.conf");
    assert!(maps.contains("\"/news.asp?id=4\" \"/en/stories/ferry/\";"));
    let inside: Vec<String> = newsroom.built().keys().cloned().collect();
    assert!(
        !inside
            .iter()
            .any(|path| path.contains("nginx") || path.contains("Caddy"))
    );
    let file = newsroom.root().join("dist.host/caddy/Caddyfile");
    let before = fs::metadata(&file).unwrap().modified().unwrap();
    build(&newsroom, &hosts)
        .ends_with(0)
        .says(&["0 changed files written"]);
    assert_eq!(fs::metadata(&file).unwrap().modified().unwrap(), before);
}

#[test]
fn an_old_address_of_a_story_before_its_time_leads_nowhere_yet() {
    let newsroom = moved();
    newsroom.story(
        "en",
        "ferry",
        json!({ "aliases": ["/old/ferry.html"], "embargoedUntil": "2099-01-01T00:00:00Z" }),
    );
    build(&newsroom, &["--host", "netlify", "--host", "github"]).ends_with(0);
    assert!(!newsroom.dist().join("_redirects").exists());
    assert!(!newsroom.dist().join("old/ferry.html").exists());
}

#[test]
fn a_file_of_the_newsroom_is_kept() {
    let newsroom = moved();
    newsroom.write("public/_headers", "/*\n  x-mine: 1\n");
    build(&newsroom, &["--host", "netlify"])
        .ends_with(0)
        .says(&["netlify: public/_headers is there and is kept as it is"]);
    assert_eq!(read(&newsroom, "dist/_headers"), "/*\n  x-mine: 1\n");
    assert!(read(&newsroom, "dist/_redirects").contains("/news.asp id=4 /en/stories/ferry/ 301!"));
}

#[test]
fn hosts_that_read_one_file_in_two_ways_are_refused_together() {
    let newsroom = moved();
    build(&newsroom, &["--host", "netlify", "--host", "cloudflare"])
        .ends_with(2)
        .says(&["cloudflare", "_redirects", "a folder of its own"]);
    assert!(!newsroom.dist().exists());
}

#[test]
fn under_a_sub_path_every_rule_begins_with_it() {
    let newsroom = moved();
    newsroom.write(
        "public/site.json",
        r#"{"name":"Gazette","baseUrl":"https://user.example/repo/","languages":["en","fr"],"defaultLanguage":"en"}"#,
    );
    build(&newsroom, &["--host", "cloudflare"]).ends_with(0);
    let headers = read(&newsroom, "dist/_headers");
    assert!(headers.contains("\n/repo/assets/*\n") && !headers.contains("\n/assets/*\n"));
    let redirects = read(&newsroom, "dist/_redirects");
    assert!(redirects.contains("\n/repo/old/ferry.html /repo/en/stories/ferry/ 301\n"));
}

#[test]
fn a_site_that_is_too_much_for_its_host_is_told_what_to_do() {
    let newsroom = moved();
    let aliases: Vec<String> = (0..1700).map(|n| format!("/{n}.html")).collect();
    newsroom.story("en", "ferry", json!({ "aliases": aliases }));
    build(&newsroom, &["--host", "cloudflare"])
        .ends_with(0)
        .says(&["cloudflare: near the limit of this host: redirects: 1700, at most 2000 (85 %)"]);
}
