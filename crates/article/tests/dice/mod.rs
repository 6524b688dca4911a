//! Articles by dice: any bytes make a sound article, as JSON, and together they use
//! every field and block of the format (`properties.rs` checks that against the
//! schema, so a new field has to be entered here). No byte left means "no": a
//! shrinking list of bytes gives a shrinking article.
//!
//! What the writing leaves out, because it says nothing, is not made either, so that
//! an article can be compared with itself after reading and writing.

use serde_json::{Map, Value, json};

pub struct Dice<'a> {
    bytes: &'a [u8],
    /// For ids that are unique in the article.
    count: u32,
}

impl<'a> Dice<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, count: 0 }
    }

    fn byte(&mut self) -> u8 {
        match self.bytes.split_first() {
            Some((byte, rest)) => {
                self.bytes = rest;
                *byte
            }
            None => 0,
        }
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::from(self.byte()) % limit
    }

    fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }

    fn often(&mut self) -> bool {
        self.byte() % 3 == 1
    }

    fn list(
        &mut self,
        least: usize,
        most: usize,
        mut make: impl FnMut(&mut Self) -> Value,
    ) -> Value {
        let length = least + self.below(most - least + 1);
        (0..length).map(|_| make(self)).collect()
    }

    /// Words that are never blank.
    fn text(&mut self) -> Value {
        let mut text = self
            .one(&[
                "a",
                "The ferry",
                "عبارة",
                "渡轮",
                "паром",
                "می\u{200c}خواهم",
                "\u{200f}1",
                "👩\u{200d}👧",
                "<b>&amp;\"\\",
            ])
            .to_owned();
        for _ in 0..self.below(4) {
            let code = u32::from(self.byte()) << 12 | u32::from(self.byte()) << 4;
            text.extend(char::from_u32(code).filter(|c| {
                !c.is_control()
                    && !('\u{202a}'..='\u{202e}').contains(c)
                    && !('\u{2066}'..='\u{2069}').contains(c)
            }));
        }
        text.push_str(self.one(&["", " ", "\n", "\t", "."]));
        text.into()
    }

    fn id(&mut self) -> String {
        self.count += 1;
        format!("{}-{}", self.one(&["a", "ж", "中", "_"]), self.count)
    }

    fn rich(&mut self) -> Value {
        if !self.often() {
            return self.text();
        }
        let mut inlines = vec![self.span()];
        for _ in 0..self.below(3) {
            inlines.push(if self.often() {
                self.span()
            } else {
                self.text()
            });
        }
        inlines.into()
    }

    fn span(&mut self) -> Value {
        let mut span = Record::new(self);
        span.always("text", Dice::text);
        span.maybe("marks", |dice| {
            let mut marks: Vec<&str> = [
                "strong", "em", "code", "sub", "sup", "strike", "small", "cite",
            ]
            .into_iter()
            .filter(|_| dice.often())
            .collect();
            if marks.is_empty() {
                marks.push("em");
            }
            marks.into()
        });
        span.maybe("href", Dice::href);
        span.maybe("lang", Dice::language);
        span.maybe("dir", Dice::direction);
        span.done()
    }

    fn href(&mut self) -> Value {
        self.one(&[
            "/",
            "/a?b=c#d",
            "#a",
            "https://example.org/中",
            "HTTP://example.org:80",
            "mailto:a@example.org",
            "tel:+1",
        ])
        .into()
    }

    fn file(&mut self, ending: &str) -> Value {
        format!(
            "{}{ending}",
            self.one(&["/media/a", "https://example.org/ж", "/a%20b"])
        )
        .into()
    }

    fn address(&mut self) -> Value {
        self.one(&["https://example.org/", "http://example.org/a?b"])
            .into()
    }

    fn language(&mut self) -> Value {
        self.one(&["en", "ar", "zh-Hans", "pt-BR", "ckb"]).into()
    }

    fn direction(&mut self) -> Value {
        self.one(&["ltr", "rtl", "auto"]).into()
    }

    fn date(&mut self) -> Value {
        self.one(&[
            "2003",
            "2003-11",
            "2003-11-04",
            "2003-11-04T09:30:00+02:00",
            "2003-12-31T23:59:60Z",
            "2003-02-28T00:00:00-11:30",
        ])
        .into()
    }

    /// From one limit to the other, with up to six decimals.
    fn decimal(&mut self, least: i64, most: i64) -> Value {
        let share =
            i64::from(self.byte()) << 16 | i64::from(self.byte()) << 8 | i64::from(self.byte());
        let millionths = least * 1_000_000 + (most - least) * 1_000_000 / 0xff_ffff * share;
        if millionths % 1_000_000 == 0 {
            (millionths / 1_000_000).into()
        } else {
            (millionths as f64 / 1e6).into()
        }
    }

    fn pixels(&mut self) -> Value {
        (1 + self.below(4000)).into()
    }

    fn rights(&mut self) -> Value {
        let mut rights = Record::new(self);
        for name in [
            "creditText",
            "copyrightHolder",
            "copyrightNotice",
            "usageTerms",
        ] {
            rights.maybe(name, Dice::text);
        }
        rights.maybe("copyrightYear", |dice| (1900 + dice.below(200)).into());
        rights.maybe("license", Dice::address);
        rights.maybe("acquireLicensePage", Dice::href);
        rights.done()
    }

    fn rendition(&mut self, kinds: &[(&str, &str)]) -> Value {
        let (kind, ending) = self.one(kinds);
        let mut file = Record::new(self);
        file.always("href", |dice| dice.file(ending));
        file.always("contentType", |_| kind.into());
        file.maybe("name", Dice::text);
        file.maybe("width", Dice::pixels);
        file.maybe("height", Dice::pixels);
        file.maybe("sizeInBytes", |dice| {
            (u64::MAX - u64::from(dice.byte())).into()
        });
        file.maybe("duration", |dice| dice.decimal(0, 9000));
        file.maybe("codecs", Dice::text);
        file.maybe("bitrate", |dice| dice.below(1_000_000).into());
        file.done()
    }

    fn image(&mut self) -> Value {
        let mut image = Record::new(self);
        image.maybe("id", |dice| dice.id().into());
        if image.dice.often() {
            image.always("decorative", |_| true.into());
            image.maybe("alt", |_| "".into());
        } else {
            image.maybe("alt", Dice::text);
        }
        image.maybe("longDescription", Dice::rich);
        image.maybe("placeholder", |dice| {
            dice.one(&["#000000", "#3a5F7c"]).into()
        });
        image.maybe("caption", Dice::rich);
        image.maybe("rights", Dice::rights);
        image.maybe("width", Dice::pixels);
        image.maybe("height", Dice::pixels);
        image.maybe(
            "focalPoint",
            |dice| json!({ "x": dice.decimal(0, 1), "y": dice.decimal(0, 1) }),
        );
        image.always("renditions", |dice| {
            dice.list(1, 3, |dice| {
                dice.rendition(&[
                    ("image/avif", ".avif"),
                    ("image/webp", ".webp"),
                    ("image/jpeg", ".jpg"),
                ])
            })
        });
        image.maybe("contentCreated", Dice::date);
        image.maybe("digitalSourceType", Dice::address);
        image.maybe("contentWarning", Dice::text);
        image.done()
    }

    fn media(&mut self, depth: usize, kinds: &[(&str, &str)]) -> Value {
        let availability = self.one(&[
            "playable",
            "legacyOnly",
            "transcriptOnly",
            "missing",
            "withdrawn",
        ]);
        let mut media = Record::new(self);
        media.maybe("id", |dice| dice.id().into());
        media.always("title", Dice::text);
        media.maybe("caption", Dice::rich);
        media.maybe("rights", Dice::rights);
        if availability != "playable" {
            media.always("availability", |_| availability.into());
        }
        media.maybe("duration", |dice| dice.decimal(0, 9000));
        media.maybe("width", Dice::pixels);
        media.maybe("height", Dice::pixels);
        media.maybe("poster", Dice::image);
        media.needed(availability == "playable", "renditions", |dice| {
            dice.list(1, 3, |dice| dice.rendition(kinds))
        });
        media.maybe("tracks", |dice| {
            let mut default = false;
            dice.list(1, 3, |dice| dice.track(&mut default))
        });
        media.needed(availability == "transcriptOnly", "transcript", |dice| {
            dice.transcript(depth)
        });
        media.needed(availability == "legacyOnly", "legacySources", |dice| {
            dice.list(1, 2, Dice::legacy_source)
        });
        media.maybe("contentCreated", Dice::date);
        media.maybe("contentWarning", Dice::text);
        media.maybe("digitalSourceType", Dice::address);
        media.done()
    }

    fn track(&mut self, default: &mut bool) -> Value {
        let mut track = Record::new(self);
        track.always("kind", |dice| {
            dice.one(&["captions", "subtitles", "descriptions", "chapters"])
                .into()
        });
        track.always("language", Dice::language);
        track.always("label", Dice::text);
        track.always("href", |dice| dice.file(".vtt"));
        if !*default {
            track.maybe("default", |_| {
                *default = true;
                true.into()
            });
        }
        track.maybe("autoGenerated", |_| true.into());
        track.done()
    }

    fn transcript(&mut self, depth: usize) -> Value {
        let mut transcript = Record::new(self);
        transcript.always("language", Dice::language);
        transcript.maybe("autoGenerated", |_| true.into());
        let elsewhere = transcript.dice.often();
        if elsewhere {
            transcript.always("href", |dice| dice.file(".html"));
        }
        transcript.needed(!elsewhere, "body", |dice| dice.blocks(depth + 1, false));
        transcript.done()
    }

    fn legacy_source(&mut self) -> Value {
        let mut source = Record::new(self);
        source.always("href", |dice| {
            dice.one(&["rtsp://rm.example.org/a.rm", "mms://a", "C:\\a.wmv"])
                .into()
        });
        source.always("format", |dice| {
            dice.one(&[
                "other",
                "realMedia",
                "windowsMedia",
                "quickTime",
                "flash",
                "empXml",
                "smil",
            ])
            .into()
        });
        source.always("status", |dice| {
            dice.one(&["unknown", "alive", "dead", "archived"]).into()
        });
        source.maybe("label", Dice::text);
        source.maybe("archivedAt", Dice::address);
        source.maybe("checked", Dice::date);
        source.done()
    }

    fn link(&mut self) -> Value {
        let mut link = Record::new(self);
        link.maybe("id", Dice::text);
        link.always("href", Dice::href);
        link.always("headline", Dice::text);
        link.maybe("rel", Dice::text);
        link.maybe("language", Dice::language);
        link.maybe("datePublished", Dice::date);
        link.maybe("media", Dice::text);
        link.done()
    }

    fn list_items(&mut self, depth: usize) -> Value {
        self.list(1, 3, |dice| {
            let mut item = Record::new(dice);
            item.always("content", Dice::rich);
            if depth < 3 {
                item.maybe("items", |dice| dice.list_items(depth + 1));
            }
            item.done()
        })
    }

    fn blocks(&mut self, depth: usize, aside: bool) -> Value {
        self.list(1, if depth == 0 { 12 } else { 2 }, |dice| {
            dice.block(depth, aside)
        })
    }

    /// A block; below some depth only those that hold no others.
    pub fn block(&mut self, depth: usize, aside: bool) -> Value {
        let flat = [
            "paragraph",
            "heading",
            "list",
            "quote",
            "image",
            "gallery",
            "embed",
            "table",
            "relatedLink",
            "divider",
            "unsupported",
        ];
        let deep = ["video", "audio", "aside"];
        let limit = if depth > 2 {
            flat.len()
        } else {
            flat.len() + deep.len()
        };
        let chosen = self.below(limit);
        let kind = *flat.iter().chain(&deep).nth(chosen).unwrap();
        let kind = if aside && kind == "aside" {
            "divider"
        } else {
            kind
        };
        let mut block = Record::new(self);
        block.always("type", |_| kind.into());
        match kind {
            "paragraph" => {
                block.always("content", Dice::rich);
                block.maybe("lang", Dice::language);
                block.maybe("dir", Dice::direction);
            }
            "heading" => {
                block.always("level", |dice| (2 + dice.below(3)).into());
                block.always("content", Dice::rich);
                block.maybe("id", |dice| dice.id().into());
            }
            "list" => {
                block.maybe("ordered", |_| true.into());
                block.maybe("start", |dice| (dice.below(9) as i32 - 4).into());
                block.always("items", |dice| dice.list_items(1));
            }
            "quote" => {
                block.always("content", |dice| dice.list(1, 3, Dice::rich));
                block.maybe("pull", |_| true.into());
                block.maybe("attribution", Dice::rich);
                block.maybe("cite", Dice::href);
            }
            "image" => {
                block.always("image", Dice::image);
                block.maybe("role", |dice| {
                    dice.one(&["inline", "showcase", "supporting", "portrait"])
                        .into()
                });
            }
            "gallery" => {
                block.always("images", |dice| dice.list(1, 3, Dice::image));
                block.maybe("caption", Dice::rich);
            }
            "video" => block.always("video", |dice| {
                dice.media(
                    depth,
                    &[
                        ("video/mp4", ".mp4"),
                        ("video/webm", ".webm"),
                        ("application/vnd.apple.mpegurl", ".m3u8"),
                    ],
                )
            }),
            "audio" => block.always("audio", |dice| {
                dice.media(depth, &[("audio/mpeg", ".mp3"), ("audio/ogg", ".ogg")])
            }),
            "embed" => {
                let (provider, hosts) = block.dice.one(article::EMBED_PROVIDERS);
                block.always("provider", |_| provider.into());
                block.always("href", |dice| {
                    format!("https://{}/a", dice.one(hosts)).into()
                });
                block.always("title", Dice::text);
                block.maybe("poster", Dice::image);
                block.maybe("aspectRatio", |dice| dice.decimal(1, 4));
                block.maybe("caption", Dice::rich);
                block.maybe("fallback", Dice::rich);
            }
            "table" => {
                let columns = 1 + block.dice.below(3);
                block.maybe("caption", Dice::rich);
                block.maybe("headerRows", |_| 1.into());
                block.maybe("headerColumns", |_| 1.into());
                block.always("rows", |dice| {
                    dice.list(1, 4, |dice| dice.list(columns, columns, Dice::rich))
                });
            }
            "aside" => {
                block.maybe("title", Dice::rich);
                block.always("body", |dice| dice.blocks(depth + 1, true));
            }
            "relatedLink" => block.always("link", Dice::link),
            "unsupported" => {
                block.always("kind", Dice::text);
                block.maybe("text", Dice::text);
                block.maybe("href", Dice::href);
            }
            _ => {}
        }
        block.done()
    }

    pub fn article(&mut self) -> Value {
        let mut article = Record::new(self);
        article.maybe("$schema", Dice::address);
        article.always("schemaVersion", |dice| dice.one(&["1.0", "1.7"]).into());
        article.always("id", Dice::text);
        article.maybe("version", Dice::text);
        article.maybe("pubStatus", |dice| {
            dice.one(&["withheld", "canceled"]).into()
        });
        article.always("slug", |dice| dice.id().into());
        article.maybe("aliases", |dice| {
            dice.list(1, 2, |dice| format!("/?p={}", dice.id()).into())
        });
        article.maybe("canonicalUrl", Dice::address);
        // The translations below are in other languages.
        article.always("language", |dice| {
            dice.one(&["en-GB", "ar-EG", "zh-Hant", "ru"]).into()
        });
        article.maybe("dir", Dice::direction);
        for name in [
            "genre",
            "label",
            "alternativeHeadline",
            "description",
            "dateline",
            "articleSection",
            "contentWarning",
        ] {
            article.maybe(name, Dice::text);
        }
        article.always("headline", |dice| match dice.rich() {
            // Headlines hold no links.
            Value::Array(mut inlines) => {
                for inline in &mut inlines {
                    if let Value::Object(span) = inline {
                        span.remove("href");
                    }
                }
                inlines.into()
            }
            text => text,
        });
        article.maybe("standfirst", Dice::rich);
        article.maybe("byline", Dice::rich);
        article.maybe("authors", |dice| dice.list(1, 3, Dice::author));
        article.maybe("locationCreated", Dice::place);
        article.always("datePublished", Dice::date);
        article.maybe("dateModified", |dice| {
            dice.one(&["2003", "2004-01-01", "2026-03-10T09:05:00+02:00"])
                .into()
        });
        article.maybe("embargoedUntil", Dice::date);
        article.maybe("expires", |_| "2030".into());
        article.maybe("subjects", |dice| {
            dice.list(1, 3, |dice| {
                let mut subject = Record::new(dice);
                subject.always("id", |dice| dice.id().into());
                subject.always("name", Dice::text);
                subject.maybe("uri", Dice::address);
                subject.done()
            })
        });
        article.maybe("leadMedia", |dice| {
            loop {
                let block = dice.block(0, false);
                if ["image", "gallery", "video"]
                    .iter()
                    .any(|kind| block["type"] == *kind)
                {
                    return block;
                }
                if dice.bytes.is_empty() {
                    return json!({ "type": "image", "image": dice.image() });
                }
            }
        });
        article.maybe("thumbnail", Dice::image);
        article.always("body", |dice| dice.blocks(0, false));
        article.maybe("corrections", |dice| dice.list(1, 2, Dice::correction));
        article.maybe("relatedLinks", |dice| dice.list(1, 2, Dice::link));
        article.maybe("translations", Dice::translations);
        article.maybe("rights", Dice::rights);
        article.maybe("source", Dice::source);
        article.maybe(
            "extensions",
            |dice| json!({ "a": { "b": [dice.byte(), null, { "c": dice.text() }] } }),
        );
        article.done()
    }

    fn author(&mut self) -> Value {
        let mut author = Record::new(self);
        author.always("name", Dice::text);
        author.maybe("role", |dice| {
            dice.one(&[
                "photographer",
                "videographer",
                "editor",
                "translator",
                "contributor",
            ])
            .into()
        });
        author.maybe("jobTitle", Dice::text);
        author.maybe("id", |dice| dice.id().into());
        author.maybe("href", Dice::href);
        author.maybe("organization", |_| true.into());
        author.done()
    }

    fn place(&mut self) -> Value {
        let mut place = Record::new(self);
        place.always("name", Dice::text);
        place.maybe("country", |dice| dice.one(&["CN", "SD"]).into());
        if place.dice.often() {
            place.always("latitude", |dice| dice.decimal(-90, 90));
            place.always("longitude", |dice| dice.decimal(-180, 180));
        }
        place.done()
    }

    fn correction(&mut self) -> Value {
        let mut correction = Record::new(self);
        correction.always("type", |dice| {
            dice.one(&[
                "correction",
                "clarification",
                "update",
                "editorsNote",
                "retraction",
            ])
            .into()
        });
        correction.always("datePublished", Dice::date);
        correction.always("text", Dice::rich);
        correction.done()
    }

    fn translations(&mut self) -> Value {
        let original = self.below(4);
        let mut translations = Vec::new();
        for (index, language) in ["fr", "es", "sw"].into_iter().enumerate() {
            if index > 0 && !self.often() {
                continue;
            }
            let mut translation = Record::new(self);
            translation.always("language", |_| language.into());
            translation.always("href", Dice::href);
            translation.maybe("id", Dice::text);
            translation.maybe("headline", Dice::text);
            if index == original {
                translation.always("original", |_| true.into());
            }
            translation.maybe("machine", |_| true.into());
            translations.push(translation.done());
        }
        translations.into()
    }

    fn source(&mut self) -> Value {
        let mut source = Record::new(self);
        source.always("system", Dice::text);
        source.maybe("id", Dice::text);
        source.maybe("href", Dice::href);
        source.maybe("archivedAt", Dice::address);
        source.maybe("imported", Dice::date);
        source.maybe("notes", |dice| dice.list(1, 2, |dice| dice.text()));
        source.done()
    }
}

struct Record<'d, 'a> {
    dice: &'d mut Dice<'a>,
    members: Map<String, Value>,
}

impl<'d, 'a> Record<'d, 'a> {
    fn new(dice: &'d mut Dice<'a>) -> Self {
        Self {
            dice,
            members: Map::new(),
        }
    }

    fn always(&mut self, name: &str, make: impl FnOnce(&mut Dice<'a>) -> Value) {
        let value = make(self.dice);
        self.members.insert(name.into(), value);
    }

    fn needed(&mut self, needed: bool, name: &str, make: impl FnOnce(&mut Dice<'a>) -> Value) {
        if needed || self.dice.often() {
            self.always(name, make);
        }
    }

    fn maybe(&mut self, name: &str, make: impl FnOnce(&mut Dice<'a>) -> Value) {
        self.needed(false, name, make);
    }

    fn done(self) -> Value {
        Value::Object(self.members)
    }
}
