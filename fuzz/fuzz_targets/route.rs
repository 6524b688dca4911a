#![no_main]

use article::Site;
use route::Route;

// Routes know nothing of views, so they need not be compiled with them.
#[path = "../../src/route.rs"]
#[allow(dead_code)]
mod route;

const SITE: &str = r#"{"name":"S","languages":["en","ar"],"defaultLanguage":"en"}"#;

// The first line is a path, the rest a query.
libfuzzer_sys::fuzz_target!(|address: &str| {
    let (path, query) = address.split_once('\n').unwrap_or((address, ""));
    let site = Site::read_leniently(SITE).expect("a site");
    let route = Route::parse(path, query, &site);
    let (own_path, own_query) = (route.path(), route.query());
    // Wherever an address came from, the one made of it stays on this site.
    assert!(
        !own_path.starts_with(|c: char| c <= ' ' || matches!(c, '/' | '\\')),
        "{own_path:?}"
    );
    if !matches!(route, Route::NotFound { .. }) {
        assert!(
            own_path
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && byte != b'\\')
        );
        assert!(!own_path.contains("//") && !own_path.contains(':'));
        assert_eq!(Route::parse(&own_path, &own_query, &site), route);
    }
});
