//! Every block type, good and broken in each way: what the lenient reading makes of
//! it, and what the strict one says, with line and column.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use article::{Article, Block, BlockError, Problem, Severity};

/// A block as it stands on line 8 of a story; what the lenient reading makes of it,
/// written again (and why, if it is a placeholder); what the strict reading finds.
#[rustfmt::skip]
const BLOCKS: &[(&str, &str, &[&str])] = &[
    // Not blocks
    ("null", "{} not a block", &["error 9:1 WrongShape body[0]"]),
    ("true", "{} not a block", &["error 9:1 WrongShape body[0]"]),
    ("7", "{} not a block", &["error 9:1 WrongShape body[0]"]),
    (r#""a text""#, r#"{"text":"a text"} not a block"#, &["error 9:1 WrongShape body[0]"]),
    (r#""""#, "{} not a block", &["error 9:1 WrongShape body[0]"]),
    ("[]", "{} not a block", &["error 9:1 WrongShape body[0]"]),
    (r#"[{"type": "divider"}]"#, "{} not a block", &["error 9:1 WrongShape body[0]"]),
    ("{}", "{} not a block", &["error 9:1 MissingField body[0]"]),
    (r#"{"text": "a text"}"#, r#"{"text":"a text"} not a block"#, &["error 9:1 MissingField body[0]"]),
    (r#"{"type": null}"#, "{} not a block", &["error 9:10 WrongShape body[0].type"]),
    (r#"{"type": 7, "content": "a text"}"#, r#"{"text":"a text"} not a block"#, &["error 9:10 WrongShape body[0].type"]),
    (r#"{"type": ""}"#, r#"{"type":""} unknown type"#, &["error 9:10 UnknownBlock body[0].type"]),
    // Types nobody knows
    (r#"{"type": "future", "text": "a text"}"#, r#"{"type":"future","text":"a text"} unknown type"#, &["error 9:10 UnknownBlock body[0].type"]),
    (r#"{"type": "Paragraph", "content": "a text"}"#, r#"{"type":"Paragraph","text":"a text"} unknown type"#, &["error 9:10 UnknownBlock body[0].type"]),
    (r#"{"type": "parragraph", "content": ["a ", {"text": "text"}]}"#, r#"{"type":"parragraph","text":["a ",{"text":"text"}]} unknown type"#, &["error 9:10 UnknownBlock body[0].type"]),
    (r#"{"type": "images", "images": []}"#, r#"{"type":"images"} unknown type"#, &["error 9:10 UnknownBlock body[0].type"]),
    // paragraph
    (r#"{"type": "paragraph", "content": "a text"}"#, r#"{"type":"paragraph","content":"a text"}"#, &[]),
    (r#"{"type": "paragraph", "content": ["a ", {"text": "text", "marks": ["em"], "href": "/a", "lang": "en", "dir": "ltr"}], "lang": "en", "dir": "auto"}"#, r#"{"type":"paragraph","content":["a ",{"text":"text","marks":["em"],"href":"/a","lang":"en","dir":"ltr"}],"lang":"en","dir":"auto"}"#, &[]),
    (r#"{"type": "paragraph"}"#, r#"{"type":"paragraph"} broken"#, &["error 9:1 MissingField body[0]"]),
    (r#"{"type": "paragraph", "text": "a text"}"#, r#"{"type":"paragraph","text":"a text"} broken"#, &["error 9:1 MissingField body[0]", "error 9:23 UnknownField body[0].text"]),
    (r#"{"type": "paragraph", "content": null}"#, r#"{"type":"paragraph"} broken"#, &["error 9:34 WrongShape body[0].content"]),
    (r#"{"type": "paragraph", "content": 7}"#, r#"{"type":"paragraph","content":"7"}"#, &["error 9:34 WrongShape body[0].content"]),
    (r#"{"type": "paragraph", "content": {"text": "a"}}"#, r#"{"type":"paragraph","content":[{"text":"a"}]}"#, &["error 9:34 WrongShape body[0].content"]),
    (r#"{"type": "paragraph", "content": []}"#, r#"{"type":"paragraph","content":[]}"#, &["error 9:34 Missing body[0].content"]),
    (r#"{"type": "paragraph", "content": ""}"#, r#"{"type":"paragraph","content":""}"#, &["warning 9:34 Missing body[0].content"]),
    (r#"{"type": "paragraph", "content": "  "}"#, r#"{"type":"paragraph","content":"  "}"#, &["warning 9:34 Missing body[0].content"]),
    (r#"{"type": "paragraph", "content": "a text", "class": "b"}"#, r#"{"type":"paragraph","content":"a text"}"#, &["error 9:44 UnknownField body[0].class"]),
    (r#"{"type": "paragraph", "content": "a", "content": "b"}"#, r#"{"type":"paragraph","content":"b"}"#, &["error 9:39 RepeatedField body[0].content"]),
    (r#"{"type": "paragraph", "type": "paragraph", "content": "a"}"#, r#"{"type":"paragraph","content":"a"}"#, &["error 9:23 RepeatedField body[0].type"]),
    (r#"{"type": "paragraph", "content": "a", "lang": "en_GB"}"#, r#"{"type":"paragraph","content":"a"}"#, &["error 9:47 BrokenLanguage body[0].lang"]),
    (r#"{"type": "paragraph", "content": "a", "dir": "RTL"}"#, r#"{"type":"paragraph","content":"a"}"#, &["error 9:46 UnknownName body[0].dir"]),
    (r#"{"type": "paragraph", "content": "a\u202eb"}"#, r#"{"type":"paragraph","content":"ab"}"#, &["error 9:34 BidiControl body[0].content"]),
    (r#"{"type": "paragraph", "content": "a\u0007b"}"#, r#"{"type":"paragraph","content":"ab"}"#, &["error 9:34 BrokenText body[0].content"]),
    (r#"{"type": "paragraph", "content": "it\u0092s"}"#, r#"{"type":"paragraph","content":"its"}"#, &["error 9:34 BrokenText body[0].content"]),
    (r#"{"type": "paragraph", "content": "a\ud83db"}"#, r#"{"type":"paragraph","content":"a�b"}"#, &["warning 9:34 BrokenText body[0].content"]),
    (r#"{"type": "paragraph", "content": ["a", 7, null, ["b"], "c"]}"#, r#"{"type":"paragraph","content":["a","7","c"]}"#, &["error 9:40 WrongShape body[0].content[1]", "error 9:43 WrongShape body[0].content[2]", "error 9:49 WrongShape body[0].content[3]"]),
    (r#"{"type": "paragraph", "content": ["a", {"marks": ["em"]}, "c"]}"#, r#"{"type":"paragraph","content":["a","c"]}"#, &["error 9:40 MissingField body[0].content[1]"]),
    (r#"{"type": "paragraph", "content": ["a", {"text": "b", "marks": ["bold", "em"]}]}"#, r#"{"type":"paragraph","content":["a",{"text":"b","marks":["em"]}]}"#, &["error 9:64 UnknownName body[0].content[1].marks[0]"]),
    (r#"{"type": "paragraph", "content": ["a", {"text": "b", "marks": "em"}]}"#, r#"{"type":"paragraph","content":["a",{"text":"b"}]}"#, &["error 9:63 WrongShape body[0].content[1].marks"]),
    (r#"{"type": "paragraph", "content": ["a", {"text": "b", "href": "javascript:alert(1)"}]}"#, r#"{"type":"paragraph","content":["a",{"text":"b"}]}"#, &["error 9:62 UnsafeLink body[0].content[1].href"]),
    (r#"{"type": "paragraph", "content": ["a", {"text": "b", "href": " /a"}]}"#, r#"{"type":"paragraph","content":["a",{"text":"b","href":"/a"}]}"#, &["error 9:62 UnsafeLink body[0].content[1].href"]),
    (r#"{"type": "paragraph", "content": ["a", {"text": "b", "url": "/a"}]}"#, r#"{"type":"paragraph","content":["a",{"text":"b"}]}"#, &["error 9:54 UnknownField body[0].content[1].url"]),
    // heading
    (r#"{"type": "heading", "level": 2, "content": "a", "id": "b"}"#, r#"{"type":"heading","level":2,"content":"a","id":"b"}"#, &[]),
    (r#"{"type": "heading", "content": "a"}"#, r#"{"type":"heading","level":2,"content":"a"}"#, &["error 9:1 MissingField body[0]"]),
    (r#"{"type": "heading", "level": 1, "content": "a"}"#, r#"{"type":"heading","level":2,"content":"a"}"#, &["error 9:30 OutOfRange body[0].level"]),
    (r#"{"type": "heading", "level": 5, "content": "a"}"#, r#"{"type":"heading","level":4,"content":"a"}"#, &["error 9:30 OutOfRange body[0].level"]),
    (r#"{"type": "heading", "level": 300, "content": "a"}"#, r#"{"type":"heading","level":2,"content":"a"}"#, &["error 9:30 WrongShape body[0].level"]),
    (r#"{"type": "heading", "level": "2", "content": "a"}"#, r#"{"type":"heading","level":2,"content":"a"}"#, &["error 9:30 WrongShape body[0].level"]),
    (r#"{"type": "heading", "level": 2.0, "content": "a"}"#, r#"{"type":"heading","level":2,"content":"a"}"#, &[]),
    (r#"{"type": "heading", "level": 2}"#, r#"{"type":"heading"} broken"#, &["error 9:1 MissingField body[0]"]),
    (r#"{"type": "heading", "level": 2, "content": ""}"#, r#"{"type":"heading","level":2,"content":""}"#, &["error 9:44 Missing body[0].content"]),
    (r#"{"type": "heading", "level": 4, "content": "a"}"#, r#"{"type":"heading","level":4,"content":"a"}"#, &["warning 9:30 OutOfRange body[0].level"]),
    (r#"{"type": "heading", "level": 2, "content": "a", "id": "b c"}"#, r#"{"type":"heading","level":2,"content":"a","id":"b c"}"#, &["error 9:55 BrokenSlug body[0].id"]),
    // list
    (r#"{"type": "list", "ordered": true, "start": -3, "items": [{"content": "a", "items": [{"content": "b", "items": [{"content": "c"}]}]}]}"#, r#"{"type":"list","ordered":true,"start":-3,"items":[{"content":"a","items":[{"content":"b","items":[{"content":"c"}]}]}]}"#, &[]),
    (r#"{"type": "list"}"#, r#"{"type":"list"} broken"#, &["error 9:1 MissingField body[0]"]),
    (r#"{"type": "list", "items": []}"#, r#"{"type":"list","items":[]}"#, &["error 9:27 Missing body[0].items"]),
    (r#"{"type": "list", "items": {"content": "a"}}"#, r#"{"type":"list","items":[{"content":"a"}]}"#, &["error 9:27 WrongShape body[0].items"]),
    (r#"{"type": "list", "items": ["a", {"content": "b"}]}"#, r#"{"type":"list","items":[{"content":"b"}]}"#, &["error 9:28 WrongShape body[0].items[0]"]),
    (r#"{"type": "list", "items": [{"content": "a", "items": [{"content": "b", "items": [{"content": "c", "items": [{"content": "d"}]}]}]}]}"#, r#"{"type":"list","items":[{"content":"a","items":[{"content":"b","items":[{"content":"c","items":[{"content":"d"}]}]}]}]}"#, &["error 9:108 Nesting body[0].items[0].items[0].items[0].items"]),
    (r#"{"type": "list", "ordered": "yes", "items": [{"content": "a"}]}"#, r#"{"type":"list","items":[{"content":"a"}]}"#, &["error 9:29 WrongShape body[0].ordered"]),
    (r#"{"type": "list", "start": 1.5, "items": [{"content": "a"}]}"#, r#"{"type":"list","items":[{"content":"a"}]}"#, &["error 9:27 WrongShape body[0].start"]),
    // quote
    (r#"{"type": "quote", "content": ["a", ["b", {"text": "c"}]], "pull": true, "attribution": "d", "cite": "https://a.example/"}"#, r#"{"type":"quote","content":["a",["b",{"text":"c"}]],"pull":true,"attribution":"d","cite":"https://a.example/"}"#, &[]),
    (r#"{"type": "quote"}"#, r#"{"type":"quote"} broken"#, &["error 9:1 MissingField body[0]"]),
    (r#"{"type": "quote", "content": []}"#, r#"{"type":"quote","content":[]}"#, &["error 9:30 Missing body[0].content"]),
    (r#"{"type": "quote", "content": "a"}"#, r#"{"type":"quote","content":["a"]}"#, &["error 9:30 WrongShape body[0].content"]),
    (r#"{"type": "quote", "content": ["a", null]}"#, r#"{"type":"quote","content":["a",[]]}"#, &["error 9:36 WrongShape body[0].content[1]"]),
    (r#"{"type": "quote", "content": ["a"], "attribution": ""}"#, r#"{"type":"quote","content":["a"],"attribution":""}"#, &["warning 9:52 Missing body[0].attribution"]),
    (r#"{"type": "quote", "content": ["a"], "cite": "a book"}"#, r#"{"type":"quote","content":["a"]}"#, &["error 9:45 UnsafeLink body[0].cite"]),
    // image
    (r#"{"type": "image", "image": {"alt": "a", "renditions": [{"href": "/a.jpg", "contentType": "image/jpeg", "width": 4, "height": 3}]}, "role": "showcase"}"#, r#"{"type":"image","image":{"alt":"a","renditions":[{"href":"/a.jpg","contentType":"image/jpeg","width":4,"height":3}]},"role":"showcase"}"#, &[]),
    (r#"{"type": "image", "image": {"alt": "", "decorative": true, "renditions": [{"href": "/a.jpg", "contentType": "image/jpeg", "width": 4, "height": 3}]}}"#, r#"{"type":"image","image":{"alt":"","decorative":true,"renditions":[{"href":"/a.jpg","contentType":"image/jpeg","width":4,"height":3}]}}"#, &[]),
    (r#"{"type": "image"}"#, r#"{"type":"image"} broken"#, &["error 9:1 MissingField body[0]"]),
    (r#"{"type": "image", "image": "/a.jpg"}"#, r#"{"type":"image"} broken"#, &["error 9:28 WrongShape body[0].image"]),
    (r#"{"type": "image", "href": "/a.jpg"}"#, r#"{"type":"image"} broken"#, &["error 9:1 MissingField body[0]", "error 9:19 UnknownField body[0].href"]),
    (r#"{"type": "image", "image": {"alt": "a", "renditions": [{"href": "/a.jpg", "contentType": "image/jpeg", "width": 4, "height": 3}]}, "role": "big"}"#, r#"{"type":"image","image":{"alt":"a","renditions":[{"href":"/a.jpg","contentType":"image/jpeg","width":4,"height":3}]}}"#, &["error 9:140 UnknownName body[0].role"]),
    (r#"{"type": "image", "image": {"renditions": [{"href": "/a.jpg", "contentType": "image/jpeg", "width": 4, "height": 3}]}}"#, r#"{"type":"image","image":{"renditions":[{"href":"/a.jpg","contentType":"image/jpeg","width":4,"height":3}]}}"#, &["warning 9:28 Missing body[0].image"]),
    (r#"{"type": "image", "image": {"alt": "", "renditions": [{"href": "/a.jpg", "contentType": "image/jpeg", "width": 4, "height": 3}]}}"#, r#"{"type":"image","image":{"alt":"","renditions":[{"href":"/a.jpg","contentType":"image/jpeg","width":4,"height":3}]}}"#, &["error 9:36 Missing body[0].image.alt"]),
    (r#"{"type": "image", "image": {"alt": "a", "decorative": true, "renditions": [{"href": "/a.jpg", "contentType": "image/jpeg", "width": 4, "height": 3}]}}"#, r#"{"type":"image","image":{"alt":"a","decorative":true,"renditions":[{"href":"/a.jpg","contentType":"image/jpeg","width":4,"height":3}]}}"#, &["warning 9:36 OutOfRange body[0].image.alt"]),
    (r#"{"type": "image", "image": {"alt": "a"}}"#, r#"{"type":"image","image":{"alt":"a","renditions":[]}}"#, &["error 9:28 MissingField body[0].image"]),
    (r#"{"type": "image", "image": {"alt": "a", "renditions": []}}"#, r#"{"type":"image","image":{"alt":"a","renditions":[]}}"#, &["error 9:55 Missing body[0].image.renditions"]),
    (r#"{"type": "image", "image": {"alt": "a", "renditions": [{"href": "javascript:alert(1)", "contentType": "image/png", "width": 1, "height": 1}]}}"#, r#"{"type":"image","image":{"alt":"a","renditions":[]}}"#, &["error 9:65 UnsafeLink body[0].image.renditions[0].href"]),
    (r##"{"type": "image", "image": {"alt": "a", "renditions": [{"href": "#a", "contentType": "image/png", "width": 1, "height": 1}]}}"##, r##"{"type":"image","image":{"alt":"a","renditions":[{"href":"#a","contentType":"image/png","width":1,"height":1}]}}"##, &["error 9:65 UnsafeLink body[0].image.renditions[0].href"]),
    (r#"{"type": "image", "image": {"alt": "a", "renditions": [{"href": "/a.jpg", "contentType": "image/jpeg"}]}}"#, r#"{"type":"image","image":{"alt":"a","renditions":[{"href":"/a.jpg","contentType":"image/jpeg"}]}}"#, &[]),
    (r#"{"type": "image", "image": {"alt": "a", "renditions": [{"href": "/a.jpg", "contentType": "image/jpeg"}, {"href": "/b.jpg", "contentType": "image/jpeg"}]}}"#, r#"{"type":"image","image":{"alt":"a","renditions":[{"href":"/a.jpg","contentType":"image/jpeg"},{"href":"/b.jpg","contentType":"image/jpeg"}]}}"#, &["warning 9:28 Missing body[0].image"]),
    (r#"{"type": "image", "image": {"alt": "a", "placeholder": "red", "renditions": [{"href": "/a.jpg", "contentType": "image/jpeg"}]}}"#, r#"{"type":"image","image":{"alt":"a","renditions":[{"href":"/a.jpg","contentType":"image/jpeg"}],"placeholder":"red"}}"#, &["error 9:56 WrongShape body[0].image.placeholder"]),
    (r#"{"type": "image", "image": {"alt": "a", "renditions": [{"href": "/a.mp4", "contentType": "video/mp4", "width": 1, "height": 0}]}}"#, r#"{"type":"image","image":{"alt":"a","renditions":[{"href":"/a.mp4","contentType":"video/mp4","width":1,"height":0}]}}"#, &["error 9:90 OutOfRange body[0].image.renditions[0].contentType", "error 9:125 OutOfRange body[0].image.renditions[0].height"]),
    (r#"{"type": "image", "image": {"alt": "a", "renditions": [{"href": "/a.jpg", "width": 1, "height": 1}]}}"#, r#"{"type":"image","image":{"alt":"a","renditions":[{"href":"/a.jpg","contentType":"","width":1,"height":1}]}}"#, &["error 9:56 MissingField body[0].image.renditions[0]"]),
    (r#"{"type": "image", "image": {"alt": "a", "focalPoint": {"x": 1.2, "y": -0.1}, "renditions": [{"href": "/a.jpg", "contentType": "image/jpeg", "width": 4, "height": 3}]}}"#, r#"{"type":"image","image":{"alt":"a","focalPoint":{"x":1.2,"y":-0.1},"renditions":[{"href":"/a.jpg","contentType":"image/jpeg","width":4,"height":3}]}}"#, &["error 9:61 OutOfRange body[0].image.focalPoint.x", "error 9:71 OutOfRange body[0].image.focalPoint.y"]),
    (r#"{"type": "image", "image": {"alt": "a", "focalPoint": {"x": 0.5}, "renditions": [{"href": "/a.jpg", "contentType": "image/jpeg", "width": 4, "height": 3}]}}"#, r#"{"type":"image","image":{"alt":"a","renditions":[{"href":"/a.jpg","contentType":"image/jpeg","width":4,"height":3}]}}"#, &["error 9:55 MissingField body[0].image.focalPoint"]),
    (r#"{"type": "image", "image": {"alt": "a", "caption": "", "rights": {"creditText": " "}, "renditions": [{"href": "/a.jpg", "contentType": "image/jpeg", "width": 4, "height": 3}]}}"#, r#"{"type":"image","image":{"alt":"a","caption":"","rights":{"creditText":" "},"renditions":[{"href":"/a.jpg","contentType":"image/jpeg","width":4,"height":3}]}}"#, &["warning 9:52 Missing body[0].image.caption", "warning 9:81 Missing body[0].image.rights.creditText"]),
    (r#"{"type": "image", "image": {"alt": "a", "width": -4, "renditions": [{"href": "/a.jpg", "contentType": "image/jpeg", "width": 4, "height": 3}]}}"#, r#"{"type":"image","image":{"alt":"a","renditions":[{"href":"/a.jpg","contentType":"image/jpeg","width":4,"height":3}]}}"#, &["error 9:50 WrongShape body[0].image.width"]),
    (r#"{"type": "image", "image": {"alt": "a", "contentCreated": "last May", "renditions": [{"href": "/a.jpg", "contentType": "image/jpeg", "width": 4, "height": 3}]}}"#, r#"{"type":"image","image":{"alt":"a","renditions":[{"href":"/a.jpg","contentType":"image/jpeg","width":4,"height":3}]}}"#, &["error 9:59 BrokenDate body[0].image.contentCreated"]),
    // gallery
    (r#"{"type": "gallery", "images": [{"alt": "a", "renditions": [{"href": "/a.jpg", "contentType": "image/jpeg", "width": 4, "height": 3}]}, {"alt": "b", "renditions": [{"href": "/a.jpg", "contentType": "image/jpeg", "width": 4, "height": 3}]}], "caption": "c"}"#, r#"{"type":"gallery","images":[{"alt":"a","renditions":[{"href":"/a.jpg","contentType":"image/jpeg","width":4,"height":3}]},{"alt":"b","renditions":[{"href":"/a.jpg","contentType":"image/jpeg","width":4,"height":3}]}],"caption":"c"}"#, &[]),
    (r#"{"type": "gallery"}"#, r#"{"type":"gallery"} broken"#, &["error 9:1 MissingField body[0]"]),
    (r#"{"type": "gallery", "images": []}"#, r#"{"type":"gallery","images":[]}"#, &["error 9:31 Missing body[0].images"]),
    (r#"{"type": "gallery", "images": [{"alt": "a", "renditions": [{"href": "/a.jpg", "contentType": "image/jpeg", "width": 4, "height": 3}]}, "/b.jpg"]}"#, r#"{"type":"gallery","images":[{"alt":"a","renditions":[{"href":"/a.jpg","contentType":"image/jpeg","width":4,"height":3}]}]}"#, &["error 9:136 WrongShape body[0].images[1]"]),
    // video
    (r#"{"type": "video", "video": {"title": "a", "renditions": [{"href": "/a.mp4", "contentType": "video/mp4", "width": 4, "height": 3}], "tracks": [{"kind": "captions", "language": "en", "label": "English", "href": "/a.vtt"}], "transcript": {"language": "en", "href": "/a.html"}}}"#, r#"{"type":"video","video":{"title":"a","renditions":[{"href":"/a.mp4","contentType":"video/mp4","width":4,"height":3}],"tracks":[{"kind":"captions","language":"en","label":"English","href":"/a.vtt"}],"transcript":{"language":"en","href":"/a.html"}}}"#, &[]),
    (r#"{"type": "video", "video": {"title": "a", "availability": "legacyOnly", "legacySources": [{"href": "rtsp://a/b.rm", "format": "realMedia", "status": "dead"}]}}"#, r#"{"type":"video","video":{"title":"a","availability":"legacyOnly","legacySources":[{"href":"rtsp://a/b.rm","format":"realMedia","status":"dead"}]}}"#, &[]),
    (r#"{"type": "video", "video": {"title": "a", "availability": "legacyOnly", "legacySources": [{"format": "realMedia", "status": "unknown", "label": "Watch"}]}}"#, r#"{"type":"video","video":{"title":"a","availability":"legacyOnly","legacySources":[{"format":"realMedia","status":"unknown","label":"Watch"}]}}"#, &[]),
    (r#"{"type": "video", "video": {"title": "a", "availability": "legacyOnly", "legacySources": [{"format": "realMedia", "status": "unknown"}]}}"#, r#"{"type":"video","video":{"title":"a","availability":"legacyOnly","legacySources":[{"format":"realMedia","status":"unknown"}]}}"#, &["error 9:91 Missing body[0].video.legacySources[0]"]),
    (r#"{"type": "video"}"#, r#"{"type":"video"} broken"#, &["error 9:1 MissingField body[0]"]),
    (r#"{"type": "video", "video": "/a.mp4"}"#, r#"{"type":"video"} broken"#, &["error 9:28 WrongShape body[0].video"]),
    (r#"{"type": "video", "video": {"title": "a", "renditions": [{"href": "/a.mp4", "contentType": "video/mp4", "width": 4, "height": 3}]}}"#, r#"{"type":"video","video":{"title":"a","renditions":[{"href":"/a.mp4","contentType":"video/mp4","width":4,"height":3}]}}"#, &["warning 9:28 Missing body[0].video", "warning 9:28 Missing body[0].video"]),
    (r#"{"type": "video", "video": {"title": "a", "tracks": [{"kind": "captions", "language": "en", "label": "English", "href": "/a.vtt"}], "transcript": {"language": "en", "href": "/a.html"}}}"#, r#"{"type":"video","video":{"title":"a","tracks":[{"kind":"captions","language":"en","label":"English","href":"/a.vtt"}],"transcript":{"language":"en","href":"/a.html"}}}"#, &["error 9:28 Missing body[0].video", "warning 9:28 Missing body[0].video"]),
    (r#"{"type": "video", "video": {"renditions": [{"href": "/a.mp4", "contentType": "video/mp4", "width": 4, "height": 3}], "tracks": [{"kind": "captions", "language": "en", "label": "English", "href": "/a.vtt"}], "transcript": {"language": "en", "href": "/a.html"}}}"#, r#"{"type":"video","video":{"title":"","renditions":[{"href":"/a.mp4","contentType":"video/mp4","width":4,"height":3}],"tracks":[{"kind":"captions","language":"en","label":"English","href":"/a.vtt"}],"transcript":{"language":"en","href":"/a.html"}}}"#, &["error 9:28 MissingField body[0].video"]),
    (r#"{"type": "video", "video": {"title": "a", "availability": "legacyOnly"}}"#, r#"{"type":"video","video":{"title":"a","availability":"legacyOnly"}}"#, &["error 9:59 Missing body[0].video.availability"]),
    (r#"{"type": "video", "video": {"title": "a", "availability": "transcriptOnly"}}"#, r#"{"type":"video","video":{"title":"a","availability":"transcriptOnly"}}"#, &["error 9:59 Missing body[0].video.availability"]),
    (r#"{"type": "video", "video": {"title": "a", "availability": "lost"}}"#, r#"{"type":"video","video":{"title":"a"}}"#, &["error 9:59 UnknownName body[0].video.availability"]),
    (r#"{"type": "video", "video": {"title": "a", "availability": "missing", "transcript": {"language": "en"}}}"#, r#"{"type":"video","video":{"title":"a","availability":"missing","transcript":{"language":"en"}}}"#, &["error 9:84 Missing body[0].video.transcript"]),
    (r#"{"type": "video", "video": {"title": "a", "availability": "legacyOnly", "legacySources": [{"href": "", "format": "divx", "status": "archived"}]}}"#, r#"{"type":"video","video":{"title":"a","availability":"legacyOnly","legacySources":[{"href":"","format":"other","status":"archived"}]}}"#, &["error 9:100 Missing body[0].video.legacySources[0].href", "error 9:114 UnknownName body[0].video.legacySources[0].format", "warning 9:132 Missing body[0].video.legacySources[0].status"]),
    (r#"{"type": "video", "video": {"title": "a", "renditions": [{"href": "/a.mp4", "contentType": "video/mp4", "width": 4, "height": 3}], "transcript": {"language": "en", "href": "/a.html"}, "tracks": [{"kind": "captions", "language": "en", "label": "", "href": "/a.srt", "default": true}, {"kind": "subtitle", "language": "en", "label": "b", "href": "/b.vtt", "default": true}]}}"#, r#"{"type":"video","video":{"title":"a","renditions":[{"href":"/a.mp4","contentType":"video/mp4","width":4,"height":3}],"tracks":[{"kind":"captions","language":"en","label":"","href":"/a.srt","default":true},{"kind":"captions","language":"en","label":"b","href":"/b.vtt","default":true}],"transcript":{"language":"en","href":"/a.html"}}}"#, &["error 9:244 Missing body[0].video.tracks[0].label", "warning 9:256 OutOfRange body[0].video.tracks[0].href", "error 9:293 UnknownName body[0].video.tracks[1].kind", "error 9:366 Repeated body[0].video.tracks[1].default"]),
    (r#"{"type": "video", "video": {"title": "a", "duration": -1, "poster": {"alt": "", "renditions": [{"href": "/a.jpg", "contentType": "image/jpeg", "width": 4, "height": 3}]}, "renditions": [{"href": "/a.rm", "contentType": "application/x-pn-realmedia"}], "tracks": [{"kind": "captions", "language": "en", "label": "English", "href": "/a.vtt"}], "transcript": {"language": "en", "href": "/a.html"}}}"#, r#"{"type":"video","video":{"title":"a","duration":-1,"poster":{"alt":"","renditions":[{"href":"/a.jpg","contentType":"image/jpeg","width":4,"height":3}]},"renditions":[{"href":"/a.rm","contentType":"application/x-pn-realmedia"}],"tracks":[{"kind":"captions","language":"en","label":"English","href":"/a.vtt"}],"transcript":{"language":"en","href":"/a.html"}}}"#, &["error 9:55 OutOfRange body[0].video.duration", "error 9:77 Missing body[0].video.poster.alt", "error 9:220 OutOfRange body[0].video.renditions[0].contentType"]),
    (r#"{"type": "video", "video": {"title": "a", "availability": "missing", "transcript": {"language": "en", "body": [{"type": "heading", "level": 4, "content": "b"}, {"type": "nothing"}]}}}"#, r#"{"type":"video","video":{"title":"a","availability":"missing","transcript":{"language":"en","body":[{"type":"heading","level":4,"content":"b"},{"type":"nothing"}]}}}"#, &["error 9:170 UnknownBlock body[0].video.transcript.body[1].type"]),
    // audio
    (r#"{"type": "audio", "audio": {"title": "a", "renditions": [{"href": "/a.mp3", "contentType": "audio/mpeg"}], "transcript": {"language": "en", "href": "/a.html"}}}"#, r#"{"type":"audio","audio":{"title":"a","renditions":[{"href":"/a.mp3","contentType":"audio/mpeg"}],"transcript":{"language":"en","href":"/a.html"}}}"#, &[]),
    (r#"{"type": "audio"}"#, r#"{"type":"audio"} broken"#, &["error 9:1 MissingField body[0]"]),
    (r#"{"type": "audio", "audio": {"title": "a", "renditions": [{"href": "/a.mp3", "contentType": "audio/mpeg"}]}}"#, r#"{"type":"audio","audio":{"title":"a","renditions":[{"href":"/a.mp3","contentType":"audio/mpeg"}]}}"#, &["warning 9:28 Missing body[0].audio"]),
    (r#"{"type": "audio", "audio": {"title": "a", "renditions": [{"href": "mailto:a@b", "contentType": "audio/mpeg"}], "transcript": {"language": "en", "href": "/a.html"}}}"#, r#"{"type":"audio","audio":{"title":"a","renditions":[{"href":"mailto:a@b","contentType":"audio/mpeg"}],"transcript":{"language":"en","href":"/a.html"}}}"#, &["error 9:67 UnsafeLink body[0].audio.renditions[0].href"]),
    // embed
    (r#"{"type": "embed", "provider": "vimeo", "href": "https://player.vimeo.com/video/1", "title": "a", "aspectRatio": 1.778, "caption": "b", "fallback": "c"}"#, r#"{"type":"embed","provider":"vimeo","href":"https://player.vimeo.com/video/1","title":"a","aspectRatio":1.778,"caption":"b","fallback":"c"}"#, &[]),
    (r#"{"type": "embed", "provider": "vimeo", "title": "a"}"#, r#"{"type":"embed","text":"a"} broken"#, &["error 9:1 MissingField body[0]"]),
    (r#"{"type": "embed", "provider": "vimeo", "href": "data:text/html,a", "title": "a", "fallback": "b"}"#, r#"{"type":"embed","text":"a"} broken"#, &["error 9:48 UnsafeLink body[0].href"]),
    (r#"{"type": "embed", "provider": "vimio", "href": "https://player.vimeo.com/video/1", "title": "a"}"#, r#"{"type":"embed","provider":"vimio","href":"https://player.vimeo.com/video/1","title":"a"}"#, &["error 9:31 UnknownName body[0].provider"]),
    (r#"{"type": "embed", "provider": "vimeo", "href": "https://evil.example/", "title": "a"}"#, r#"{"type":"embed","provider":"vimeo","href":"https://evil.example/","title":"a"}"#, &["error 9:48 UnsafeLink body[0].href"]),
    (r#"{"type": "embed", "provider": "vimeo", "href": "https://vimeo.com.evil.example/", "title": "a"}"#, r#"{"type":"embed","provider":"vimeo","href":"https://vimeo.com.evil.example/","title":"a"}"#, &["error 9:48 UnsafeLink body[0].href"]),
    (r#"{"type": "embed", "provider": "vimeo", "href": "http://vimeo.com/1", "title": "a"}"#, r#"{"type":"embed","provider":"vimeo","href":"http://vimeo.com/1","title":"a"}"#, &["error 9:48 UnsafeLink body[0].href"]),
    (r#"{"type": "embed", "href": "https://vimeo.com/1"}"#, r#"{"type":"embed","provider":"","href":"https://vimeo.com/1","title":""}"#, &["error 9:1 MissingField body[0]", "error 9:1 MissingField body[0]"]),
    (r#"{"type": "embed", "provider": "vimeo", "href": "https://vimeo.com/1", "title": "", "aspectRatio": 0}"#, r#"{"type":"embed","provider":"vimeo","href":"https://vimeo.com/1","title":"","aspectRatio":0}"#, &["error 9:80 Missing body[0].title", "error 9:99 OutOfRange body[0].aspectRatio"]),
    (r#"{"type": "embed", "provider": "vimeo", "html": "<iframe>", "href": "https://vimeo.com/1", "title": "a"}"#, r#"{"type":"embed","provider":"vimeo","href":"https://vimeo.com/1","title":"a"}"#, &["error 9:40 UnknownField body[0].html"]),
    // table
    (r#"{"type": "table", "caption": "a", "headerRows": 1, "headerColumns": 1, "rows": [["a", "b"], ["c", ["d", {"text": "e"}]]]}"#, r#"{"type":"table","caption":"a","headerRows":1,"headerColumns":1,"rows":[["a","b"],["c",["d",{"text":"e"}]]]}"#, &[]),
    (r#"{"type": "table"}"#, r#"{"type":"table"} broken"#, &["error 9:1 MissingField body[0]"]),
    (r#"{"type": "table", "rows": []}"#, r#"{"type":"table","rows":[]}"#, &["error 9:27 Missing body[0].rows"]),
    (r#"{"type": "table", "rows": "a"}"#, r#"{"type":"table","rows":[["a"]]}"#, &["error 9:27 WrongShape body[0].rows"]),
    (r#"{"type": "table", "rows": [[]]}"#, r#"{"type":"table","rows":[[]]}"#, &["error 9:28 Missing body[0].rows[0]"]),
    (r#"{"type": "table", "rows": [["a", "b"], ["c"], ["d", "e", "f"]]}"#, r#"{"type":"table","rows":[["a","b"],["c"],["d","e","f"]]}"#, &["error 9:40 OutOfRange body[0].rows[1]", "error 9:47 OutOfRange body[0].rows[2]"]),
    (r#"{"type": "table", "rows": [["a", 7, null, "b"]]}"#, r#"{"type":"table","rows":[["a","7",[],"b"]]}"#, &["error 9:34 WrongShape body[0].rows[0][1]", "error 9:37 WrongShape body[0].rows[0][2]"]),
    (r#"{"type": "table", "rows": [["a"], "b"]}"#, r#"{"type":"table","rows":[["a"],["b"]]}"#, &["error 9:35 WrongShape body[0].rows[1]"]),
    (r#"{"type": "table", "headerRows": 2, "headerColumns": 3, "rows": [["a", "b"]]}"#, r#"{"type":"table","headerRows":2,"headerColumns":3,"rows":[["a","b"]]}"#, &["error 9:33 OutOfRange body[0].headerRows", "error 9:53 OutOfRange body[0].headerColumns"]),
    (r#"{"type": "table", "headerRows": -1, "rows": [["a"]]}"#, r#"{"type":"table","rows":[["a"]]}"#, &["error 9:33 WrongShape body[0].headerRows"]),
    (r#"{"type": "table", "headerRows": true, "rows": [["a"]]}"#, r#"{"type":"table","rows":[["a"]]}"#, &["error 9:33 WrongShape body[0].headerRows"]),
    // aside
    (r#"{"type": "aside", "title": "a", "body": [{"type": "paragraph", "content": "a"}]}"#, r#"{"type":"aside","title":"a","body":[{"type":"paragraph","content":"a"}]}"#, &[]),
    (r#"{"type": "aside"}"#, r#"{"type":"aside"} broken"#, &["error 9:1 MissingField body[0]"]),
    (r#"{"type": "aside", "body": []}"#, r#"{"type":"aside","body":[]}"#, &["error 9:27 Missing body[0].body"]),
    (r#"{"type": "aside", "body": [{"type": "paragraph", "content": "a"}, {"type": "aside", "body": [{"type": "paragraph", "content": "a"}]}]}"#, r#"{"type":"aside","body":[{"type":"paragraph","content":"a"},{"type":"aside","body":[{"type":"paragraph","content":"a"}]}]}"#, &["error 9:67 Nesting body[0].body[1]"]),
    (r#"{"type": "aside", "body": [{"type": "nothing"}, {"type": "paragraph", "content": "a"}]}"#, r#"{"type":"aside","body":[{"type":"nothing"},{"type":"paragraph","content":"a"}]}"#, &["error 9:37 UnknownBlock body[0].body[0].type"]),
    (r#"{"type": "aside", "body": [{"type": "heading", "level": 3, "content": "a"}]}"#, r#"{"type":"aside","body":[{"type":"heading","level":3,"content":"a"}]}"#, &[]),
    // relatedLink
    (r#"{"type": "relatedLink", "link": {"headline": "a", "href": "/a"}}"#, r#"{"type":"relatedLink","link":{"href":"/a","headline":"a"}}"#, &[]),
    (r#"{"type": "relatedLink"}"#, r#"{"type":"relatedLink"} broken"#, &["error 9:1 MissingField body[0]"]),
    (r#"{"type": "relatedLink", "link": "/a"}"#, r#"{"type":"relatedLink"} broken"#, &["error 9:33 WrongShape body[0].link"]),
    (r#"{"type": "relatedLink", "link": {"headline": "a"}}"#, r#"{"type":"relatedLink"} broken"#, &["error 9:33 MissingField body[0].link"]),
    (r#"{"type": "relatedLink", "link": {"headline": "a", "href": "//evil.example/"}}"#, r#"{"type":"relatedLink"} broken"#, &["error 9:59 UnsafeLink body[0].link.href"]),
    (r#"{"type": "relatedLink", "link": {"href": "/a"}}"#, r#"{"type":"relatedLink","link":{"href":"/a","headline":""}}"#, &["error 9:33 MissingField body[0].link"]),
    (r#"{"type": "relatedLink", "link": {"href": "/a", "headline": ""}}"#, r#"{"type":"relatedLink","link":{"href":"/a","headline":""}}"#, &["error 9:60 Missing body[0].link.headline"]),
    // divider
    (r#"{"type": "divider"}"#, r#"{"type":"divider"}"#, &[]),
    (r#"{"type": "divider", "style": "stars"}"#, r#"{"type":"divider"}"#, &["error 9:21 UnknownField body[0].style"]),
    // unsupported
    (r#"{"type": "unsupported", "kind": "wordpress/shortcode:a", "text": "b", "href": "/a"}"#, r#"{"type":"unsupported","kind":"wordpress/shortcode:a","text":"b","href":"/a"}"#, &["warning 9:33 Unsupported body[0].kind"]),
    (r#"{"type": "unsupported"}"#, r#"{"type":"unsupported","kind":""}"#, &["error 9:1 MissingField body[0]"]),
    (r#"{"type": "unsupported", "kind": "a", "href": "javascript:alert(1)"}"#, r#"{"type":"unsupported","kind":"a"}"#, &["warning 9:33 Unsupported body[0].kind", "error 9:46 UnsafeLink body[0].href"]),
    (r#"{"type": "unsupported", "kind": "a", "text": ["b"]}"#, r#"{"type":"unsupported","kind":"a"}"#, &["warning 9:33 Unsupported body[0].kind", "error 9:46 WrongShape body[0].text"]),
];

fn story(block: &str) -> String {
    [
        "{",
        r#""schemaVersion": "1.0","#,
        r#""id": "a","#,
        r#""slug": "a","#,
        r#""language": "en","#,
        r#""headline": "a","#,
        r#""datePublished": "2010-11-08","#,
        r#""body": ["#,
        block,
        "]",
        "}",
    ]
    .join("\n")
}

fn told(problem: &Problem, source: &str) -> String {
    let (line, column) = problem.line_and_column(source);
    let severity = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    format!(
        "{severity} {line}:{column} {:?} {}",
        problem.code, problem.path
    )
}

fn made(block: &Block) -> String {
    let why = match block {
        Block::Unknown(unknown) => match unknown.error {
            BlockError::UnknownType => " unknown type",
            BlockError::Broken => " broken",
            BlockError::NotABlock => " not a block",
        },
        _ => "",
    };
    serde_json::to_string(block).unwrap() + why
}

#[test]
fn the_lenient_reading_makes_the_best_of_every_block() {
    for (block, lenient, _) in BLOCKS {
        let article = Article::read_leniently(&story(block)).unwrap().article;
        let blocks: Vec<String> = article.body.iter().map(made).collect();
        assert_eq!(blocks, [*lenient], "{block}");
    }
}

#[test]
fn the_strict_reading_says_where_every_block_is_broken() {
    for (block, _, problems) in BLOCKS {
        let source = story(block);
        let strict = Article::read_strictly(&source);
        let found: Vec<String> = strict.problems.iter().map(|p| told(p, &source)).collect();
        assert_eq!(found, *problems, "{block}");
    }
}

/// Errors that a schema has no words for.
#[rustfmt::skip]
const BEYOND_A_SCHEMA: &[&str] = &[
    r#"{"type": "heading", "level": 2, "content": ""}"#,
    r#"{"type": "heading", "level": 2, "content": "a", "id": "b c"}"#,
    r#"{"type": "list", "items": [{"content": "a", "items": [{"content": "b", "items": [{"content": "c", "items": [{"content": "d"}]}]}]}]}"#,
    r##"{"type": "image", "image": {"alt": "a", "renditions": [{"href": "#a", "contentType": "image/png", "width": 1, "height": 1}]}}"##,
    r#"{"type": "video", "video": {"title": "a", "tracks": [{"kind": "captions", "language": "en", "label": "English", "href": "/a.vtt"}], "transcript": {"language": "en", "href": "/a.html"}}}"#,
    r#"{"type": "video", "video": {"title": "a", "availability": "legacyOnly"}}"#,
    r#"{"type": "video", "video": {"title": "a", "availability": "transcriptOnly"}}"#,
    r#"{"type": "audio", "audio": {"title": "a", "renditions": [{"href": "mailto:a@b", "contentType": "audio/mpeg"}], "transcript": {"language": "en", "href": "/a.html"}}}"#,
    r#"{"type": "embed", "provider": "vimeo", "href": "https://evil.example/", "title": "a"}"#,
    r#"{"type": "embed", "provider": "vimeo", "href": "https://vimeo.com.evil.example/", "title": "a"}"#,
    r#"{"type": "table", "rows": [[]]}"#,
    r#"{"type": "table", "rows": [["a", "b"], ["c"], ["d", "e", "f"]]}"#,
    r#"{"type": "table", "headerRows": 2, "headerColumns": 3, "rows": [["a", "b"]]}"#,
    r#"{"type": "aside", "body": [{"type": "paragraph", "content": "a"}, {"type": "aside", "body": [{"type": "paragraph", "content": "a"}]}]}"#,
];

#[test]
fn the_schema_accepts_exactly_the_blocks_without_an_error_of_their_own() {
    let schema = jsonschema::validator_for(&article::schema::article_schema()).unwrap();
    for (block, _, problems) in BLOCKS {
        let sound = !problems.iter().any(|problem| problem.starts_with("error"));
        let repeated = problems
            .iter()
            .any(|problem| problem.contains("RepeatedField"));
        // Half a surrogate pair is no JSON to the other reader.
        let Ok(value) = serde_json::from_str(&story(block)) else {
            continue;
        };
        let accepted = schema.is_valid(&value);
        if sound {
            assert!(accepted, "{block}");
        } else if accepted && !repeated {
            assert!(BEYOND_A_SCHEMA.contains(block), "{block}");
        }
    }
}

/// Every type stands in the table once as it should be, and is kept whole. What an
/// import could not map is never as it should be.
#[test]
fn no_block_type_is_left_out_of_the_table() {
    for kind in article::block::BLOCK_TYPES {
        let start = format!("{{\"type\": \"{kind}\"");
        assert!(
            BLOCKS
                .iter()
                .any(|(block, _, problems)| block.starts_with(&start)
                    && problems
                        .iter()
                        .all(|problem| problem.contains("Unsupported"))),
            "{kind}"
        );
        assert!(
            BLOCKS
                .iter()
                .any(|(block, _, problems)| block.starts_with(&start) && !problems.is_empty()),
            "{kind}"
        );
    }
}
