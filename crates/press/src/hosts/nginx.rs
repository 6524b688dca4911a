//! nginx: two files to include, `maps.conf` among the servers and `site.conf` in one of
//! them, and `brotli.conf` for those that have the module.
//!
//! They lie beside the site, not in it: nginx reads them as root, and who may upload the
//! site should not thereby rule the server. `root` is the folder under which the site
//! lies at its path: `/srv/www` for `/srv/www/repo/`.
//!
//! `add_header` is only inherited by a block that has none, so every header stands in the
//! one location of the site, with what differs taken from a map. The map of
//! `cache-control` looks at the status too, so that only a file which is there is kept.

use crate::headers::{MEDIA_TYPES, NAMED, Place};

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};

use super::made::{File, Made};
use super::redirect::Redirect;
use super::rules::{CACHE, Rules};

pub const WHY: &str = "it has a sign in it that nginx cannot be told";

const HEAD: &str = "# Written by press for nginx: changes are lost at the next build.\n";

pub fn make(rules: &Rules) -> Made {
    let (redirects, rest): (Vec<Redirect>, Vec<Redirect>) = rules
        .redirects
        .iter()
        .cloned()
        .partition(|redirect| !redirect.shown().contains(char::is_control));
    Made {
        beside: vec![
            File::new("nginx/maps.conf", maps(rules, &redirects)),
            File::new("nginx/site.conf", site(rules)),
            File::new(
                "nginx/brotli.conf",
                format!(
                    "{HEAD}# Include it in the server, if nginx has ngx_http_brotli_static_module.\nbrotli_static on;\n"
                ),
            ),
        ],
        rest,
        ..Made::default()
    }
}

/// The name of a map's variable. It must be short: nginx has room for some 40 bytes, and
/// says so by not starting.
fn variable(rules: &Rules, what: &str) -> String {
    let names = rules.varying();
    let what = match names.iter().position(|name| *name == what) {
        Some(number) => format!("header_{}", number + 1),
        None => what.to_owned(),
    };
    let digest = Sha256::digest(rules.name.as_bytes());
    let site: String = digest
        .iter()
        .take(4)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("$dateline_{site}_{what}")
}

fn maps(rules: &Rules, redirects: &[Redirect]) -> String {
    let mut text = format!("{HEAD}# Include it in the http block, before the server.\n\n");
    let (mut whole, mut with_query) = (Vec::new(), Vec::new());
    for redirect in redirects {
        let to = quoted(&format!("{}{}", rules.base, redirect.to));
        for path in redirect.paths() {
            let path = format!("{}{path}", rules.base);
            match &redirect.query {
                None => whole.push((path, to.clone())),
                Some(query) => with_query.push((format!("{path}?{query}"), to.clone())),
            }
        }
    }
    text.push_str(&room(whole.iter().chain(&with_query).map(|(from, _)| from)));
    for name in rules.varying() {
        text.push_str(&varying(rules, name));
    }
    for (what, looked_at, entries) in [
        ("moved", "$uri", whole),
        ("moved_query", "$uri?$args", with_query),
    ] {
        text.push_str(&format!(
            "map \"{looked_at}\" {} {{\n    default \"\";\n",
            variable(rules, what)
        ));
        for line in lines_of(&entries) {
            text.push_str(&line);
        }
        text.push_str("}\n\n");
    }
    text
}

/// The lines of a map. nginx compares texts without regard to case, and refuses two that
/// differ by it alone: those are written as expressions.
fn lines_of(entries: &[(String, String)]) -> Vec<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for (from, _) in entries {
        *counts.entry(from.to_ascii_lowercase()).or_default() += 1;
    }
    let is_alone = |from: &str| counts.get(&from.to_ascii_lowercase()) == Some(&1);
    entries
        .iter()
        .map(|(from, to)| {
            if is_alone(from) {
                format!("    {} {to};\n", quoted(from))
            } else {
                format!("    \"~^{}$\" {to};\n", regular(from).replace('"', "\\\""))
            }
        })
        .collect()
}

/// nginx refuses to start if an address is longer than a bucket of its hash table.
fn room<'a>(keys: impl Iterator<Item = &'a String>) -> String {
    let (mut longest, mut count) = (0, 0_usize);
    for key in keys {
        longest = longest.max(key.len());
        count += 1;
    }
    let mut text = String::new();
    // What a key needs besides its bytes; 64 is the smallest default there is.
    if longest + 32 > 64 {
        text.push_str(&format!(
            "# For the longest address. Only one such line may be in the http block.\nmap_hash_bucket_size {};\n",
            (longest + 32).next_power_of_two()
        ));
    }
    // The default is 2,048.
    if count > 1024 {
        text.push_str(&format!(
            "map_hash_max_size {};\n",
            (count * 2).next_power_of_two()
        ));
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// The map of a header that is not the same everywhere.
fn varying(rules: &Rules, name: &'static str) -> String {
    let value_of = |headers: &[super::rules::Header]| {
        headers
            .iter()
            .find(|header| header.name == name)
            .map(|header| quoted(&header.value))
    };
    let everywhere = value_of(&rules.everywhere).unwrap_or_else(|| "\"\"".into());
    let variable = variable(rules, name);
    let is_cache = name == CACHE;
    // Of expressions the first that fits counts, so the narrower come first.
    let mut lines = Vec::new();
    for section in rules.sections.iter().rev() {
        if let Some(value) = value_of(&section.headers) {
            let place = pattern(rules, section.place);
            lines.push(if is_cache {
                format!("    \"~^(?:200|206|304) {place}\" {value};\n")
            } else {
                format!("    \"~^{place}\" {value};\n")
            });
        }
    }
    if is_cache {
        lines.push(format!("    \"~^(?:200|206|304) \" {everywhere};\n"));
        format!(
            "# {name}\nmap \"$status $uri\" {variable} {{\n    # The status may change while an answer is made.\n    volatile;\n    default {};\n{}}}\n\n",
            quoted(&rules.unkept),
            lines.concat()
        )
    } else {
        format!(
            "# {name}\nmap $uri {variable} {{\n    volatile;\n    default {everywhere};\n{}}}\n\n",
            lines.concat()
        )
    }
}

fn pattern(rules: &Rules, place: Place) -> String {
    let base = regular(&rules.base);
    match place {
        Place::Everywhere => base,
        Place::Below(folder) => format!("{base}{}/", regular(folder)),
        Place::File(file) => format!("{base}{}$", regular(file)),
    }
}

fn site(rules: &Rules) -> String {
    let base = &rules.base;
    let headers: String = headers(rules);
    let moved = format!(
        "if ({by_query}) {{ return 301 {by_query}; }}\n        if ({whole}) {{ return 301 {whole}; }}",
        by_query = variable(rules, "moved_query"),
        whole = variable(rules, "moved"),
    );
    let (mut types, mut packs, mut charsets) = (String::new(), Vec::new(), Vec::new());
    for (ending, kind) in MEDIA_TYPES {
        let (name, charset) = kind.name.split_once(';').unwrap_or((kind.name, ""));
        types.push_str(&format!("        {name} {ending};\n"));
        // nginx has it in both lists already.
        if name != "text/html" {
            if kind.compresses {
                packs.push(name);
            }
            if !charset.is_empty() {
                charsets.push(name);
            }
        }
    }
    packs.extend(NAMED.iter().map(|(_, kind)| kind.name));
    let once = |mut names: Vec<&str>| {
        names.sort_unstable();
        names.dedup();
        names.join(" ")
    };
    let (packs, charsets) = (once(packs), once(charsets));
    let mut named = String::new();
    for (file, kind) in NAMED {
        named.push_str(&format!(
            "\n    location ~ \"/{}$\" {{\n        types {{ }}\n        default_type {};\n        {moved}\n    }}\n",
            regular(file),
            kind.name
        ));
    }
    let mut text = format!(
        "{HEAD}# Include it in the server, after\n#     root FOLDER;    the folder under which the site lies at {base}\n\n"
    );
    let location = if base == "/" {
        "location /".to_owned()
    } else {
        let bare = base.trim_end_matches('/');
        text.push_str(&format!(
            "location = {} {{\n    absolute_redirect off;\n    server_tokens off;\n{headers}    return 301 {};\n}}\n\n",
            quoted(bare),
            quoted(base)
        ));
        // No location by a regular expression elsewhere in the server comes in between.
        format!("location ^~ {}", quoted(base))
    };
    text.push_str(&format!(
        "{location} {{
    index index.html;
    # A folder without a page is a page that is not there.
    error_page 403 404 =404 {missing};
    absolute_redirect off;
    server_tokens off;

    # Files compressed beforehand (--precompress), and the rest on the way.
    gzip on;
    gzip_static on;
    gzip_vary on;
    gzip_min_length 512;
    gzip_types {packs};
    charset utf-8;
    charset_types {charsets};
    types {{
{types}    }}
    default_type application/octet-stream;

{headers}
    # Old addresses.
    {moved}

    # Hidden files are nobody's business, but for those that are there to be found.
    location ~ \"/\\.(?!well-known/)\" {{
        return 404;
    }}
{named}}}
",
        missing = quoted(&format!("{base}404.html")),
        moved = moved.replace("\n        ", "\n    "),
    ));
    text
}

fn headers(rules: &Rules) -> String {
    let constant = rules.constant().map(|header| {
        format!(
            "    add_header {} {} always;\n",
            header.name,
            quoted(&header.value)
        )
    });
    let varying = rules
        .varying()
        .into_iter()
        .map(|name| format!("    add_header {name} {} always;\n", variable(rules, name)));
    constant.chain(varying).collect()
}

/// A text as nginx reads it back.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A text that a regular expression takes for itself, inside quotation marks.
fn regular(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for character in text.chars() {
        if r"\.+*?()|[]{}^$".contains(character) {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::make;
    use crate::hosts::redirect::Redirect;
    use crate::hosts::rules::samples;

    #[test]
    fn what_is_not_there_is_never_kept_and_narrower_rules_come_first() {
        let maps = &make(&samples::rules("/repo/")).beside[0].text;
        let cache = maps.split("# cache-control\n").nth(1).unwrap();
        assert!(cache.contains("default \"no-store\";"));
        let narrow = cache.find(r"/repo/assets/assets\.json$").unwrap();
        assert!(narrow < cache.find("/repo/assets/\"").unwrap());
    }

    #[test]
    fn old_addresses_are_keys_as_nginx_reads_them() {
        let maps = &make(&samples::rules("/")).beside[0].text;
        for line in [
            "\"/old/قارب/\" \"/ar/stories/%D9%82%D8%A7%D8%B1%D8%A8/\";",
            "\"/news/ferry.asp?id=412\" \"/en/stories/ferry/\";",
            "\"/a b/\\\"quoted\\\"\" \"/en/stories/kites/\";",
            "\"/every/*/thing:now\" \"/en/stories/kites/\";",
        ] {
            assert!(maps.contains(line), "{line}");
        }
    }

    #[test]
    fn addresses_that_differ_in_case_alone_are_both_known() {
        let mut rules = samples::rules("/");
        rules.redirects = ["/News.html", "/news.html", "/other.html"]
            .iter()
            .map(|alias| Redirect::new(alias, "en/stories/x/".into(), 0))
            .collect();
        let maps = &make(&rules).beside[0].text;
        for line in [
            r#""~^/News\.html$" "/en/stories/x/";"#,
            r#""~^/news\.html$" "/en/stories/x/";"#,
            r#""/other.html" "/en/stories/x/";"#,
        ] {
            assert!(maps.contains(line), "{line}");
        }
    }

    #[test]
    fn a_long_address_and_many_of_them_get_their_room() {
        let mut rules = samples::rules("/");
        assert!(!make(&rules).beside[0].text.contains("map_hash"));
        rules.redirects = (0..1500)
            .map(|n| Redirect::new(&format!("/{}{n}.html", "x".repeat(100)), "en/".into(), 0))
            .collect();
        let maps = &make(&rules).beside[0].text;
        assert!(maps.contains("map_hash_bucket_size 256;"));
        assert!(maps.contains("map_hash_max_size 4096;"));
    }
}
