//! `press preview`: a built site as a host would serve it.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::answer::press;

/// A server on a free port, ended with the test.
pub struct Preview {
    process: Child,
    pub address: String,
    base: String,
}

/// What came back, with header names in lower case.
#[derive(Debug)]
pub struct Response {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Response {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }
}

impl Preview {
    pub fn of(site: &Path, options: &[&str]) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_press"))
            .arg("preview")
            .arg(site)
            .args(["--port", "0"])
            .args(options)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let url = line
            .split_once("http://")
            .unwrap_or_else(|| panic!("no address in “{line}”"))
            .1;
        let url = url.split(' ').next().unwrap();
        let (address, base) = url.split_once('/').unwrap();
        Self {
            address: address.to_owned(),
            base: format!("/{base}"),
            process,
        }
    }

    /// Sends a request as it is written and reads the answer to the end of the connection.
    pub fn raw(&self, request: &str) -> Response {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        parsed(&bytes)
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        stream
    }

    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Response {
        let mut request = format!("{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n");
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        request.push_str("\r\n");
        self.raw(&request)
    }

    pub fn get(&self, path: &str) -> Response {
        self.ask("GET", path, &[])
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn parsed(bytes: &[u8]) -> Response {
    let end = bytes
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .unwrap_or_else(|| panic!("no answer: {}", String::from_utf8_lossy(bytes)));
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap().split(' ').nth(1).unwrap();
    let headers = lines
        .map(|line| line.split_once(": ").unwrap())
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    Response {
        status: status.parse().unwrap(),
        headers,
        body: bytes[end + 4..].to_vec(),
    }
}

/// A small built site.
fn site() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let page = format!("<!doctype html><p>{}</p>", "The ferry. ".repeat(100));
    for (path, text) in [
        ("dist/index.html", page.as_str()),
        ("dist/404.html", "<!doctype html><p>Nothing is here.</p>"),
        ("dist/en/stories/ferry/index.html", &page),
        ("dist/en/stories/القارب/index.html", &page),
        ("dist/empty/readme.txt", "not a page"),
        ("dist/assets/app-1a.wasm", "\0asm"),
        ("dist/assets/boot-1a.js", &"let ferry = 1;\n".repeat(100)),
        ("dist/assets/packed-1a.js", &"let packed = 1;\n".repeat(100)),
        ("dist/assets/packed-1a.js.br", "as brotli"),
        ("dist/assets/packed-1a.js.gz", "as gzip"),
        ("dist/assets/assets.json", "{}"),
        ("dist/media/film.mp4", "0123456789"),
        ("dist/media/a.avif", "picture"),
        ("dist/articles/en/ferry.json", "{}"),
        ("dist/data/v1/en/head.json", "{}"),
        ("dist/version.json", "{}"),
        ("dist/.env", "SECRET"),
        ("dist/en/.git/config", "SECRET"),
        ("dist/.well-known/security.txt", "Contact: x"),
        ("secret.txt", "SECRET"),
    ] {
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }
    folder
}

fn served() -> (TempDir, Preview) {
    let folder = site();
    let preview = Preview::of(&folder.path().join("dist"), &[]);
    (folder, preview)
}

#[test]
fn a_folder_has_its_index_and_no_other_list() {
    let (_folder, site) = served();
    for path in [
        "/",
        "/en/stories/ferry/",
        "/en/stories/%D8%A7%D9%84%D9%82%D8%A7%D8%B1%D8%A8/",
    ] {
        let page = site.get(path);
        assert_eq!(page.status, 200, "{path}");
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        assert!(page.text().contains("The ferry."));
    }
    for path in ["/empty/", "/empty", "/assets/", "/assets"] {
        assert_eq!(site.get(path).status, 404, "{path}");
    }
}

#[test]
fn a_page_without_its_slash_is_redirected_with_its_query() {
    let (_folder, site) = served();
    let moved = site.get("/en/stories/ferry?q=a%20b&p=2");
    assert_eq!(moved.status, 301);
    assert_eq!(moved.header("location"), "/en/stories/ferry/?q=a%20b&p=2");
    assert_eq!(moved.header("cache-control"), "no-store");
    assert_eq!(
        site.get("/en/stories/%D8%A7%D9%84%D9%82%D8%A7%D8%B1%D8%A8")
            .header("location"),
        "/en/stories/%D8%A7%D9%84%D9%82%D8%A7%D8%B1%D8%A8/"
    );
}

#[test]
fn no_redirect_leads_to_another_host() {
    let (_folder, site) = served();
    for path in [
        "//evil.example/en/stories/ferry",
        "//en/stories/ferry",
        "/%2f/en/stories/ferry",
        "/\\evil.example",
        "/%5cevil.example",
    ] {
        let answer = site.get(path);
        assert!(
            matches!(answer.status, 400 | 404),
            "{path}: {}",
            answer.status
        );
        assert_eq!(answer.header("location"), "");
    }
}

#[test]
fn what_is_missing_has_the_sites_own_page_and_the_status_404() {
    let (_folder, site) = served();
    for path in ["/gone", "/en/gone/", "/assets/gone.js", "/media/gone.avif"] {
        let page = site.get(path);
        assert_eq!(page.status, 404, "{path}");
        assert!(page.text().contains("Nothing is here."));
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(page.header("cache-control"), "no-store");
        assert_eq!(page.header("etag"), "");
    }
}

#[test]
fn a_part_of_a_film_is_sent_as_asked() {
    let (_folder, site) = served();
    let part = |range: &str| site.ask("GET", "/media/film.mp4", &[("range", range)]);
    for (range, says, body) in [
        ("bytes=2-4", "bytes 2-4/10", "234"),
        ("bytes=7-", "bytes 7-9/10", "789"),
        ("bytes=-3", "bytes 7-9/10", "789"),
        ("bytes=0-999", "bytes 0-9/10", "0123456789"),
    ] {
        let answer = part(range);
        assert_eq!(answer.status, 206, "{range}");
        assert_eq!(answer.header("content-range"), says);
        assert_eq!(answer.header("content-length"), body.len().to_string());
        assert_eq!(answer.text(), body);
        assert_eq!(answer.header("content-type"), "video/mp4");
        assert!(answer.header("cache-control").contains("immutable"));
    }
    for range in ["bytes=10-", "bytes=-0"] {
        let answer = part(range);
        assert_eq!(answer.status, 416, "{range}");
        assert_eq!(answer.header("content-range"), "bytes */10");
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    for range in ["bytes=0-1,4-5", "bytes=5-2", "lines=1-2"] {
        let answer = part(range);
        assert_eq!((answer.status, answer.text().as_str()), (200, "0123456789"));
        assert_eq!(answer.header("accept-ranges"), "bytes");
    }
}

#[test]
fn a_part_of_another_version_becomes_the_whole_film() {
    let (_folder, site) = served();
    let whole = site.get("/media/film.mp4");
    let ask = |condition: &str| {
        let headers = [("range", "bytes=1-2"), ("if-range", condition)];
        site.ask("GET", "/media/film.mp4", &headers).status
    };
    assert_eq!(ask(whole.header("etag")), 206);
    assert_eq!(ask(whole.header("last-modified")), 206);
    assert_eq!(ask("\"other\""), 200);
    assert_eq!(ask("Thu, 01 Jan 1970 00:00:00 GMT"), 200);
}

#[test]
fn a_part_of_a_text_is_one_of_the_text_itself() {
    let (_folder, site) = served();
    let headers = [("range", "bytes=4-8"), ("accept-encoding", "br")];
    let part = site.ask("GET", "/assets/boot-1a.js", &headers);
    assert_eq!((part.status, part.text().as_str()), (206, "ferry"));
    assert_eq!(part.header("content-encoding"), "");
}

#[test]
fn a_browser_that_has_the_file_gets_no_body() {
    let (_folder, site) = served();
    let path = "/assets/boot-1a.js";
    let plain = site.get(path);
    let packed = site.ask("GET", path, &[("accept-encoding", "br")]);
    assert_ne!(plain.header("etag"), packed.header("etag"));
    let asks: [&[(&str, &str)]; 4] = [
        &[("if-none-match", plain.header("etag"))],
        &[("if-none-match", "*")],
        &[("if-modified-since", plain.header("last-modified"))],
        &[
            ("if-none-match", packed.header("etag")),
            ("accept-encoding", "br"),
        ],
    ];
    for headers in asks {
        let answer = site.ask("GET", path, headers);
        assert_eq!(answer.status, 304, "{headers:?}");
        assert!(answer.body.is_empty());
        assert_eq!(answer.header("content-length"), "");
        assert!(!answer.header("etag").is_empty());
        assert!(answer.header("cache-control").contains("immutable"));
        assert_eq!(answer.header("vary"), "accept-encoding");
    }
    let other = [("if-none-match", packed.header("etag"))];
    assert_eq!(site.ask("GET", path, &other).status, 200);
    let failed = [("if-match", "\"other\"")];
    assert_eq!(site.ask("GET", path, &failed).status, 412);
}

#[test]
fn a_changed_file_has_another_tag() {
    let (folder, site) = served();
    let before = site.get("/version.json");
    std::fs::write(folder.path().join("dist/version.json"), "{\"build\":2}").unwrap();
    let answer = site.ask(
        "GET",
        "/version.json",
        &[("if-none-match", before.header("etag"))],
    );
    assert_eq!(
        (answer.status, answer.text().as_str()),
        (200, "{\"build\":2}")
    );
}

#[test]
fn texts_are_compressed_as_the_browser_wants_them() {
    let (_folder, site) = served();
    let ask = |path: &str, accept: &str| site.ask("GET", path, &[("accept-encoding", accept)]);
    let original = site.get("/assets/boot-1a.js").body;

    let brotli = ask("/assets/boot-1a.js", "gzip, deflate, br");
    assert_eq!(brotli.header("content-encoding"), "br");
    assert_eq!(brotli.header("vary"), "accept-encoding");
    let mut text = Vec::new();
    brotli::BrotliDecompress(&mut brotli.body.as_slice(), &mut text).unwrap();
    assert_eq!(text, original);

    let gzip = ask("/assets/boot-1a.js", "br;q=0.5, gzip;q=0.8");
    assert_eq!(gzip.header("content-encoding"), "gzip");
    let mut text = Vec::new();
    flate2::read::GzDecoder::new(gzip.body.as_slice())
        .read_to_end(&mut text)
        .unwrap();
    assert_eq!(text, original);

    for accept in ["", "identity", "br;q=0, gzip;q=0", "zstd"] {
        let plain = ask("/assets/boot-1a.js", accept);
        assert_eq!(plain.header("content-encoding"), "", "{accept}");
        assert_eq!(plain.body, original);
    }
    // Pictures and films are compressed already; of the shortest texts nothing is gained.
    for path in ["/media/a.avif", "/media/film.mp4", "/version.json"] {
        assert_eq!(ask(path, "br").header("content-encoding"), "", "{path}");
    }
    assert_eq!(ask("/media/a.avif", "br").header("vary"), "");
}

#[test]
fn a_compressed_file_beside_it_is_sent() {
    let (_folder, site) = served();
    for (accept, body) in [("br", "as brotli"), ("gzip", "as gzip")] {
        let answer = site.ask(
            "GET",
            "/assets/packed-1a.js",
            &[("accept-encoding", accept)],
        );
        assert_eq!(answer.text(), body);
        assert_eq!(answer.header("content-encoding"), accept);
        assert_eq!(
            answer.header("content-type"),
            "text/javascript; charset=utf-8"
        );
        assert_eq!(answer.header("content-length"), body.len().to_string());
    }
    assert!(
        site.get("/assets/packed-1a.js")
            .text()
            .starts_with("let packed")
    );
}

#[test]
fn head_has_the_headers_of_get_and_no_body() {
    let (_folder, site) = served();
    for path in ["/", "/media/film.mp4", "/gone", "/en/stories/ferry"] {
        for accept in ["identity", "br"] {
            let headers = [("accept-encoding", accept)];
            let get = site.ask("GET", path, &headers);
            let head = site.ask("HEAD", path, &headers);
            assert_eq!(head.status, get.status, "{path}");
            assert!(head.body.is_empty());
            for (name, value) in &get.headers {
                if name != "date" {
                    assert_eq!(head.header(name), value, "{path}: {name}");
                }
            }
        }
    }
}

#[test]
fn only_reading_is_possible() {
    let (_folder, site) = served();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW"] {
        let answer = site.ask(method, "/", &[("content-length", "0")]);
        assert_eq!(answer.status, 405, "{method}");
        assert_eq!(answer.header("allow"), "GET, HEAD");
    }
}

#[test]
fn no_path_leaves_the_folder_and_nothing_hidden_is_served() {
    let (_folder, site) = served();
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/en/../../secret.txt",
        "/en/%2e%2e/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "/en/..%2f..%2fsecret.txt",
        "/.env",
        "/%2eenv",
        "/en/.git/config",
        "/index.html%00.txt",
        "/%zz",
        "/%ff",
        "//secret.txt",
        "/./index.html",
        "/index.html/",
    ] {
        let answer = site.get(path);
        assert!(
            matches!(answer.status, 400 | 404),
            "{path}: {}",
            answer.status
        );
        assert!(!answer.text().contains("SECRET"), "{path}");
    }
    assert_eq!(site.get("/.well-known/security.txt").status, 200);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_leads_nowhere() {
    let (folder, site) = served();
    let dist = folder.path().join("dist");
    std::os::unix::fs::symlink(folder.path().join("secret.txt"), dist.join("out.txt")).unwrap();
    std::os::unix::fs::symlink(folder.path(), dist.join("up")).unwrap();
    for path in ["/out.txt", "/up/secret.txt", "/up/"] {
        assert_eq!(site.get(path).status, 404, "{path}");
    }
}

#[test]
fn types_and_cache_rules_are_those_of_a_good_host() {
    let (_folder, site) = served();
    let for_ever = "public, max-age=31536000, immutable";
    let a_minute = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400";
    for (path, kind, cache) in [
        ("/", "text/html; charset=utf-8", "no-cache"),
        ("/assets/app-1a.wasm", "application/wasm", for_ever),
        (
            "/assets/boot-1a.js",
            "text/javascript; charset=utf-8",
            for_ever,
        ),
        ("/assets/assets.json", "application/json", "no-cache"),
        ("/media/a.avif", "image/avif", for_ever),
        ("/media/film.mp4", "video/mp4", for_ever),
        ("/articles/en/ferry.json", "application/json", a_minute),
        ("/data/v1/en/head.json", "application/json", a_minute),
        ("/version.json", "application/json", "no-store"),
    ] {
        let answer = site.get(path);
        assert_eq!(answer.header("content-type"), kind, "{path}");
        assert_eq!(answer.header("cache-control"), cache, "{path}");
    }
    assert_eq!(
        site.get("/media/a.avif")
            .header("cross-origin-resource-policy"),
        "cross-origin"
    );
}

#[test]
fn the_security_headers_are_the_same_on_every_answer() {
    let (_folder, site) = served();
    let names = [
        "content-security-policy",
        "integrity-policy",
        "x-content-type-options",
        "x-frame-options",
        "referrer-policy",
        "permissions-policy",
        "cross-origin-opener-policy",
        "cross-origin-resource-policy",
    ];
    let page = site.get("/");
    for name in names {
        assert!(!page.header(name).is_empty(), "{name} is missing");
    }
    let policy = page.header("content-security-policy");
    for part in [
        "default-src 'none'",
        "trusted-types dateline-worker",
        "frame-ancestors 'none'",
    ] {
        assert!(policy.contains(part), "{part}");
    }
    let tag = page.header("etag").to_owned();
    for (status, answer) in [
        (301, site.get("/en/stories/ferry")),
        (304, site.ask("GET", "/", &[("if-none-match", &tag)])),
        (400, site.get("/%zz")),
        (404, site.get("/gone")),
        (405, site.ask("POST", "/", &[])),
        (416, site.ask("GET", "/", &[("range", "bytes=999999-")])),
    ] {
        assert_eq!(answer.status, status);
        for name in names {
            assert_eq!(answer.header(name), page.header(name), "{status}: {name}");
        }
    }
}

#[test]
fn a_site_lies_under_the_path_it_was_built_for() {
    let folder = site();
    let dist = folder.path().join("dist");
    let named = Preview::of(&dist, &["--base", "/repo/"]);
    assert_eq!(named.base, "/repo/");
    assert_eq!(named.get("/repo/en/stories/ferry/").status, 200);
    assert_eq!(named.get("/repo?q=1").header("location"), "/repo/?q=1");
    assert_eq!(
        named.get("/repo/en/stories/ferry").header("location"),
        "/repo/en/stories/ferry/"
    );
    for path in ["/", "/en/stories/ferry/", "/repository/", "/repo/gone"] {
        let missing = named.get(path);
        assert_eq!(missing.status, 404, "{path}");
        assert!(missing.text().contains("Nothing is here."));
    }
    let cached = named.get("/repo/media/a.avif");
    assert!(cached.header("cache-control").contains("immutable"));

    std::fs::write(
        dist.join("site.json"),
        r#"{"name":"x","baseUrl":"https://u.example/paper/","languages":["en"],"defaultLanguage":"en"}"#,
    )
    .unwrap();
    assert_eq!(Preview::of(&dist, &[]).base, "/paper/");
}

#[test]
fn a_connection_is_kept_for_the_next_question() {
    let (_folder, site) = served();
    let mut stream = site.connect();
    let ask = "GET /media/film.mp4 HTTP/1.1\r\nhost: x\r\n\r\n";
    for _ in 0..3 {
        stream.write_all(ask.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        while !bytes.ends_with(b"0123456789") {
            let mut piece = [0; 1024];
            let read = stream.read(&mut piece).unwrap();
            assert_ne!(read, 0, "the connection was closed");
            bytes.extend_from_slice(&piece[..read]);
        }
        assert_eq!(parsed(&bytes).status, 200);
    }
}

#[test]
fn a_client_of_another_make_understands_it() {
    let (folder, site) = served();
    // Longer than one piece, so that it is read while it is sent.
    let film: Vec<u8> = (0..1_000_003u32).map(|n| (n % 251) as u8).collect();
    std::fs::write(folder.path().join("dist/media/long.mp4"), &film).unwrap();
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(2)
        .build()
        .into();
    let url = |path: &str| format!("http://{}{path}", site.address);
    let mut whole = agent.get(url("/media/long.mp4")).call().unwrap();
    assert_eq!(whole.headers()["content-length"], "1000003");
    assert!(whole.body_mut().read_to_vec().unwrap() == film);
    let mut part = agent
        .get(url("/media/long.mp4"))
        .header("range", "bytes=100000-900000")
        .call()
        .unwrap();
    assert_eq!(part.status(), 206);
    assert!(part.body_mut().read_to_vec().unwrap() == film[100_000..=900_000]);
    let mut page = agent.get(url("/en/stories/ferry")).call().unwrap();
    assert_eq!(page.status(), 200);
    assert!(
        page.body_mut()
            .read_to_string()
            .unwrap()
            .contains("The ferry.")
    );
    assert_eq!(agent.head(url("/gone")).call().unwrap().status(), 404);
}

#[test]
fn a_slow_line_takes_its_time() {
    let folder = site();
    std::fs::write(folder.path().join("dist/media/long.mp4"), vec![1; 100_000]).unwrap();
    let slow = Preview::of(&folder.path().join("dist"), &["--slow"]);
    let started = Instant::now();
    assert_eq!(slow.get("/media/long.mp4").body.len(), 100_000);
    // 150 ms there and back, then half a second at 200 KB a second.
    let took = started.elapsed();
    assert!(took >= Duration::from_millis(600), "{took:?}");
}

#[test]
fn what_is_wrong_at_the_start_is_said_in_a_sentence() {
    let folder = site();
    let dist = folder.path().join("dist");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    press(folder.path(), &["preview", "dist", "--port", &port])
        .ends_with(2)
        .says(&[&format!("port {port} is taken"), "--port 0"]);
    press(folder.path(), &["preview", "build"])
        .ends_with(2)
        .says(&["there is no folder build", "build the site first"]);
    press(folder.path(), &["preview", "secret.txt"])
        .ends_with(2)
        .says(&["is a file"]);
    press(folder.path(), &["preview", "dist/empty"])
        .ends_with(2)
        .says(&["is not a built site", "index.html"]);
    press(
        folder.path(),
        &["preview", "dist", "--base", "https://x.example/"],
    )
    .ends_with(2);
    std::fs::create_dir_all(folder.path().join("public")).unwrap();
    std::fs::write(folder.path().join("public/site.json"), "{}").unwrap();
    press(folder.path(), &["preview", "."])
        .ends_with(2)
        .says(&["holds the stories a site is made of"]);
    assert!(dist.exists());
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_at_once_even_while_a_film_is_sent() {
    let folder = site();
    std::fs::write(
        folder.path().join("dist/media/long.mp4"),
        vec![1; 2_000_000],
    )
    .unwrap();
    let mut slow = Preview::of(&folder.path().join("dist"), &["--slow"]);
    let mut stream = slow.connect();
    stream
        .write_all(b"GET /media/long.mp4 HTTP/1.1\r\nhost: x\r\n\r\n")
        .unwrap();
    stream.read_exact(&mut [0; 20_000]).unwrap();
    let started = Instant::now();
    let process = slow.process.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-INT", &process])
            .status()
            .unwrap()
            .success()
    );
    let status = slow.process.wait().unwrap();
    assert_eq!(status.code(), Some(0));
    assert!(started.elapsed() < Duration::from_secs(2));
}
