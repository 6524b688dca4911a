//! Caddy: a file with two snippets, one for the site and one for its errors.
//!
//! It lies beside the site, as nginx's files do. Inside `route` directives keep their
//! order; elsewhere Caddy sorts them, and a bare `header` would come after the narrower
//! ones. What is set there does not reach an error's page, which has its own.

use crate::headers::{MEDIA_TYPES, NAMED, Place};

use super::made::{File, Made};
use super::redirect::Redirect;
use super::rules::{CACHE, Header, Rules};

pub const WHY: &str =
    "it has a brace, a backquote or a control character in it, which mean other things to Caddy";

pub fn make(rules: &Rules) -> Made {
    let (redirects, rest): (Vec<Redirect>, Vec<Redirect>) =
        rules.redirects.iter().cloned().partition(|redirect| {
            !redirect
                .shown()
                .contains(|sign: char| matches!(sign, '{' | '}' | '`') || sign.is_control())
        });
    Made {
        beside: vec![File::new("caddy/Caddyfile", text(rules, &redirects))],
        rest,
        ..Made::default()
    }
}

fn text(rules: &Rules, redirects: &[Redirect]) -> String {
    let Rules { base, name, .. } = rules;
    let constant: Vec<&Header> = rules.constant().collect();
    let everywhere: String = constant
        .iter()
        .map(|header| format!("\t\theader {} {}\n", header.name, quoted(&header.value)))
        .collect();
    let kept = rules
        .everywhere
        .iter()
        .find(|header| header.name == CACHE)
        .map_or("", |header| &header.value);
    let varying: String = rules
        .everywhere
        .iter()
        .filter(|header| header.name != CACHE && rules.varying().contains(&header.name))
        .map(|header| format!("\t\theader {} {}\n", header.name, quoted(&header.value)))
        .collect();
    let (site, bare) = if base == "/" {
        ("handle".to_owned(), String::new())
    } else {
        let bare = format!(
            "\thandle {} {{\n\t\troute {{\n\t\t\theader -Server\n{everywhere}{varying}\t\t\theader {CACHE} {}\n\t\t\tredir * {base} 301\n\t\t}}\n\t}}\n",
            base.trim_end_matches('/'),
            quoted(&rules.unkept)
        );
        (format!("handle {base}*"), bare)
    };
    let missing = format!("{base}404.html");
    format!(
        "# Written by press for Caddy: changes are lost at the next build. Use it so:
#
#     import FOLDER/caddy/Caddyfile
#     news.example {{
#         root * FOLDER    the folder under which the site lies at {base}
#         import {name}
#         handle_errors {{
#             import {name}_errors
#         }}
#     }}

({name}) {{
{maps}{bare}	{site} {{
		route {{
			header -Server
{everywhere}{varying}			header {CACHE} {unkept}
			@{name}_written not method GET HEAD
			error @{name}_written 405
			@{name}_broken path_regexp \\x00
			error @{name}_broken 400
			@{name}_hidden {{
				path */.*
				not path {base}.well-known/*
			}}
			error @{name}_hidden 404
			@{name}_moved_by_query expression `{{{name}_moved_by_query}} != \"\"`
			redir @{name}_moved_by_query {{{name}_moved_by_query}} 301
			@{name}_moved expression `{{{name}_moved}} != \"\"`
			redir @{name}_moved {{{name}_moved}} 301
			@{name}_folder {{
				file {{path}}/index.html
				not path */
				expression `{{{name}_folder}} != \"\"`
			}}
			redir @{name}_folder {{{name}_folder}} 301
			@{name}_there file {{path}} {{path}}index.html
			header @{name}_there {CACHE} {kept}
			header @{name}_there Content-Type {{{name}_type}}
			@{name}_packs {{
				file {{path}} {{path}}index.html
				expression `{{{name}_packs}} != \"\"`
			}}
			header @{name}_packs Vary Accept-Encoding
{sections}			encode gzip
			file_server {{
				precompressed br gzip
			}}
		}}
	}}
}}

({name}_errors) {{
	route {{
		header -Server
{everywhere}{varying}		header {CACHE} {unkept}
		header Content-Type \"text/html; charset=utf-8\"
		rewrite * {missing}
		file_server {{
			status {{err.status_code}}
		}}
	}}
}}
",
        maps = maps(rules, redirects),
        unkept = quoted(&rules.unkept),
        kept = quoted(kept),
        sections = sections(rules),
    )
}

/// The headers of a part of the site, for files that are there.
fn sections(rules: &Rules) -> String {
    let (base, name) = (&rules.base, &rules.name);
    let mut text = String::new();
    for (number, section) in rules.sections.iter().enumerate() {
        let path = match section.place {
            Place::Everywhere => format!("{base}*"),
            Place::Below(folder) => format!("{base}{folder}/*"),
            Place::File(file) => format!("{base}{file}"),
        };
        let matcher = format!("@{name}_{number}");
        text.push_str(&format!(
            "\t\t\t{matcher} {{\n\t\t\t\tpath {path}\n\t\t\t\tfile {{path}} {{path}}index.html\n\t\t\t}}\n"
        ));
        for header in &section.headers {
            text.push_str(&format!(
                "\t\t\theader {matcher} {} {}\n",
                header.name,
                quoted(&header.value)
            ));
        }
    }
    text
}

fn maps(rules: &Rules, redirects: &[Redirect]) -> String {
    let name = &rules.name;
    let (mut whole, mut with_query) = (String::new(), String::new());
    for redirect in redirects {
        let to = format!("{}{}", rules.base, redirect.to);
        for path in redirect.paths() {
            let path = format!("{}{path}", rules.base);
            match &redirect.query {
                None => whole.push_str(&format!("\t\t{} {to}\n", quoted(&path))),
                Some(query) => with_query.push_str(&format!(
                    "\t\t{} {to}\n",
                    quoted(&format!("{path}?{query}"))
                )),
            }
        }
    }
    let (mut types, mut packs) = (String::new(), String::new());
    for (file, kind) in NAMED {
        let pattern = file.replace('.', "\\.");
        types.push_str(&format!("\t\t~/{pattern}$ {}\n", quoted(kind.name)));
    }
    for (ending, kind) in MEDIA_TYPES {
        types.push_str(&format!("\t\t~(?i)\\.{ending}$ {}\n", quoted(kind.name)));
        if kind.compresses {
            packs.push_str(&format!("\t\t~(?i)\\.{ending}$ yes\n"));
        }
    }
    format!(
        "\tmap {{path}} {{{name}_moved}} {{
{whole}		default \"\"
	}}
	map {{path}}?{{query}} {{{name}_moved_by_query}} {{
{with_query}		default \"\"
	}}
	# A folder asked for without its slash; never an address that begins with two.
	map {{uri}} {{{name}_folder}} {{
		~^(/[^/\\\\?](?:[^?]*[^/?])?)(\\?.*)?$ ${{1}}/${{2}}
		default \"\"
	}}
	map {{path}} {{{name}_type}} {{
		~/$ \"text/html; charset=utf-8\"
{types}		default application/octet-stream
	}}
	map {{path}} {{{name}_packs}} {{
		~/$ yes
{packs}		default \"\"
	}}
"
    )
}

/// A text as Caddy reads it back.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::make;
    use crate::hosts::redirect::Redirect;
    use crate::hosts::rules::samples;

    #[test]
    fn errors_have_every_header_of_the_site_and_are_not_kept() {
        let text = &make(&samples::rules("/")).beside[0].text;
        let errors = text.split("_errors) {").nth(1).unwrap();
        for header in samples::rules("/").constant() {
            assert!(errors.contains(header.name), "{}", header.name);
        }
        assert!(errors.contains("cache-control \"no-store\""));
        assert!(!errors.contains("immutable"));
    }

    #[test]
    fn what_would_mean_something_to_caddy_is_left_over() {
        let mut rules = samples::rules("/");
        rules.redirects = ["/{env.HOME}", "/a`b", "/a\\b", "/plain"]
            .iter()
            .map(|alias| Redirect::new(alias, "en/stories/x/".into(), 0))
            .collect();
        let made = make(&rules);
        assert_eq!(made.rest.len(), 2);
    }
}
