//! Metafiles that are tags: ASX, SMIL, QuickTime's link.

use std::convert::Infallible;

use article::media::LegacyFormat;
use html5gum::{StartTag, Token, Tokenizer};

use super::{Found, Lead, Metafile, Part, joined};

/// The name of the first tag in small letters, past what XML puts before it.
pub fn first(text: &str) -> Option<&'static str> {
    let tokens = Tokenizer::new(text).filter_map(|token: Result<_, Infallible>| token.ok());
    for token in tokens {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name);
                return ["asx", "smil", "embed", "sami", "html"]
                    .into_iter()
                    .find(|known| *known == name);
            }
            Token::String(text) if !text.iter().all(u8::is_ascii_whitespace) => return None,
            _ => {}
        }
    }
    None
}

/// Whether a text whose first tag this is is looked into.
pub fn is_known(first: &str) -> bool {
    first != "html"
}

pub fn read(text: &str, first: &str) -> Metafile {
    let tokens = Tokenizer::new(text).filter_map(|token: Result<_, Infallible>| token.ok());
    match first {
        "asx" => asx(tokens),
        "smil" => smil(tokens),
        _ => quick_time(tokens),
    }
}

fn attribute(tag: &StartTag<()>, name: &str) -> Option<String> {
    let value = tag.attributes.get(name.as_bytes())?;
    Some(String::from_utf8_lossy(value).trim().to_owned())
}

/// `<ENTRY>` by `<ENTRY>`. A `<REF>` outside of any is an entry by itself, and so is
/// each `<ENTRYREF>`, which leads to another metafile. Banners, logos and “more info”
/// have addresses of their own, and are no film.
fn asx(tokens: impl Iterator<Item = Token>) -> Metafile {
    let mut found = Found::new();
    let mut entry = 0;
    let mut is_in_entry = false;
    let mut base = String::new();
    let mut is_title = false;
    for token in tokens {
        match token {
            Token::StartTag(tag) => {
                let href = attribute(&tag, "href");
                match String::from_utf8_lossy(&tag.name).as_ref() {
                    "entry" => {
                        // Often nobody closed the one before.
                        entry = next(&found.leads);
                        is_in_entry = true;
                    }
                    "base" => base = href.unwrap_or_default(),
                    "ref" => {
                        if !is_in_entry {
                            entry = next(&found.leads);
                        }
                        found.add(&joined(&base, &href.unwrap_or_default()), entry, Part::Film);
                    }
                    "entryref" => {
                        let own = next(&found.leads);
                        found.add(&joined(&base, &href.unwrap_or_default()), own, Part::Film);
                    }
                    "title" => is_title = found.title.is_none(),
                    _ => {}
                }
            }
            Token::EndTag(tag) => match String::from_utf8_lossy(&tag.name).as_ref() {
                "entry" => is_in_entry = false,
                "title" => is_title = false,
                _ => {}
            },
            Token::String(text) if is_title => {
                let text = String::from_utf8_lossy(&text);
                let title = text.split_whitespace().collect::<Vec<_>>().join(" ");
                found.title = (!title.is_empty()).then_some(title);
                is_title = false;
            }
            _ => {}
        }
    }
    found.of(LegacyFormat::WindowsMedia)
}

fn next(leads: &[Lead]) -> usize {
    leads.last().map_or(0, |lead| lead.entry + 1)
}

/// What has a `src` is shown, one after or beside the other; of a `<switch>` one is
/// chosen. `<a>` is a link and nothing that plays.
fn smil(tokens: impl Iterator<Item = Token>) -> Metafile {
    let mut found = Found::new();
    let mut base = String::new();
    // The entry of each `<switch>` that is open.
    let mut switches: Vec<usize> = Vec::new();
    for token in tokens {
        match token {
            Token::StartTag(tag) => {
                let part = match String::from_utf8_lossy(&tag.name).as_ref() {
                    "video" | "audio" | "ref" | "animation" => Part::Film,
                    "textstream" | "text" | "smiltext" => Part::Text,
                    // The tokenizer renames nothing, but people did.
                    "img" | "image" => Part::Picture,
                    "switch" => {
                        if !tag.self_closing {
                            let entry = switches.first().copied();
                            switches.push(entry.unwrap_or_else(|| next(&found.leads)));
                        }
                        continue;
                    }
                    "meta" => {
                        let name = attribute(&tag, "name").unwrap_or_default();
                        let content = attribute(&tag, "content").unwrap_or_default();
                        match name.to_ascii_lowercase().as_str() {
                            "base" => base = content,
                            "title" if !content.is_empty() => found.title = Some(content),
                            _ => {}
                        }
                        continue;
                    }
                    _ => continue,
                };
                let Some(src) = attribute(&tag, "src") else {
                    continue;
                };
                let entry = switches
                    .first()
                    .copied()
                    .unwrap_or_else(|| next(&found.leads));
                found.add(&joined(&base, &src), entry, part);
            }
            Token::EndTag(tag) if tag.name.as_slice() == b"switch" => {
                switches.pop();
            }
            _ => {}
        }
    }
    found.of(LegacyFormat::Smil)
}

/// `<?quicktime type="application/x-quicktime-media-link"?><embed src="…">`.
fn quick_time(tokens: impl Iterator<Item = Token>) -> Metafile {
    let mut found = Found::new();
    for token in tokens {
        if let Token::StartTag(tag) = token
            && tag.name.as_slice() == b"embed"
        {
            let address = attribute(&tag, "src").unwrap_or_default();
            found.add(&address, found.leads.len(), Part::Film);
        }
    }
    found.of(LegacyFormat::QuickTime)
}
