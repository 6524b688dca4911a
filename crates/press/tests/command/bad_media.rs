//! Pictures, drawings, films and tracks that nobody should have put there.

use serde_json::{Value, json};

use crate::bad_input::refused;
use crate::newsroom::{Newsroom, original, picture};
use crate::photo::{SECRET, chunk, packed, placed_png, png, png_of};

/// A newsroom whose story shows a picture, with this file for it.
fn showing(name: &str, image: Value, bytes: &[u8]) -> Newsroom {
    let newsroom = Newsroom::new();
    newsroom.write(&format!("public/media/{name}"), bytes);
    let lead = json!({ "type": "image", "image": image });
    newsroom.story("en", "boat", json!({ "leadMedia": lead }));
    newsroom
}

#[test]
fn a_bad_picture_stops_the_build_and_the_old_site_stays() {
    let sound = png(64, 32, [9, 90, 200], &[]);
    let zeros = packed(&vec![0; 16 << 20]);
    let bomb = chunk(b"zTXt", &[b"Comment\0\0", zeros.as_slice()].concat());
    let web_page = [sound.as_slice(), b"<html><script>alert(1)</script>"].concat();
    let cases: [(&str, &str, Vec<u8>, &str); 12] = [
        ("a file of 0 bytes", "boat.jpg", Vec::new(), "picture-empty"),
        (
            "a file cut off",
            "boat.png",
            sound[..sound.len() / 2].to_vec(),
            "picture-truncated",
        ),
        (
            "a giant",
            "boat.png",
            png_of(30_000, 30_000, &[], &zeros),
            "picture-too-large",
        ),
        (
            "metadata without end",
            "boat.png",
            png(8, 8, [0; 3], &[bomb]),
            "picture-bomb",
        ),
        (
            "a picture and a page",
            "boat.png",
            web_page,
            "picture-is-more",
        ),
        (
            "a telephone's",
            "boat.heic",
            b"\0\0\0\x18ftypheic....".to_vec(),
            "picture-format",
        ),
        (
            "a scan",
            "boat.tiff",
            b"II*\0\x08\0\0\0".to_vec(),
            "picture-format",
        ),
        (
            "a bitmap",
            "boat.bmp",
            b"BM\x46\0\0\0".to_vec(),
            "picture-format",
        ),
        (
            "an empty AVIF file",
            "boat.avif",
            Vec::new(),
            "picture-empty",
        ),
        (
            "no AVIF file",
            "boat.avif",
            b"something".to_vec(),
            "picture-format",
        ),
        ("no ending", "boat", b"something".to_vec(), "picture-format"),
        (
            "a page for a picture",
            "boat.jpg",
            b"<html>404".to_vec(),
            "picture-format",
        ),
    ];
    for (what, name, bytes, kind) in cases {
        // By itself, and as one of several: which of them is looked at must not matter.
        for image in [original("hull", name), picture("hull", &[name])] {
            let newsroom = showing(name, image, &bytes);
            let run = refused(&newsroom);
            assert!(run.said.contains(kind), "{what}: {}", run.said);
            run.says(&[&format!("public/media/{name}"), "help: "]);
        }
    }
}

#[test]
fn a_picture_that_browsers_show_and_press_cannot_read_is_never_silent() {
    let mut avif = b"\0\0\0\x18ftypavif\0\0\0\0Exif\0\0".to_vec();
    avif.extend(crate::photo::exif());
    let newsroom = showing("boat.avif", original("hull", "boat.avif"), &avif);
    newsroom.build().ends_with(0).says(&[
        "public/media/boat.avif",
        "picture-as-it-is",
        "picture-tells-place",
        "2 warnings",
    ]);
    let newsroom = showing("boat.avif", picture("hull", &["boat.avif"]), &avif);
    newsroom
        .build()
        .ends_with(0)
        .says(&["picture-tells-place", "1 warning"]);
}

#[test]
fn a_picture_without_an_ending_is_made_ready_like_others() {
    let newsroom = showing(
        "boat",
        original("hull", "boat"),
        &placed_png(40, 20, [7; 3]),
    );
    newsroom.build().ends_with(0);
    newsroom.assert_nowhere(SECRET);
    assert!(!newsroom.built().contains_key("media/boat"));
}

const SCRIPT: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\">\n<script>alert(1)</script>\n</svg>";

#[test]
fn a_drawing_that_could_act_is_refused_wherever_it_lies() {
    let link = |file: &str| json!({ "body": [{ "type": "paragraph", "content": [{ "text": "this", "href": format!("/media/{file}") }] }] });
    let shown = json!({ "leadMedia": { "type": "image", "image": original("a", "drawing.svg") } });
    let several =
        json!({ "leadMedia": { "type": "image", "image": picture("a", &["drawing.svg"]) } });
    let cases = [
        ("media/drawing.svg", shown, "line 2"),
        ("media/drawing.svg", several, "line 2"),
        ("media/drawing.svg", link("drawing.svg"), "line 2"),
        ("media/drawing.xml", link("drawing.xml"), "line 2"),
        ("media/drawing", link("drawing"), "line 2"),
        ("media/left-over.SVG", json!({}), "line 2"),
        ("icons/icon.svg", json!({}), "line 2"),
        ("logo.svg", json!({}), "line 2"),
    ];
    for (path, change, line) in cases {
        let newsroom = Newsroom::new();
        newsroom.write(&format!("public/{path}"), SCRIPT);
        newsroom.story("en", "boat", change);
        refused(&newsroom).says(&[
            &format!("public/{path}"),
            "drawing-not-inert",
            line,
            "there is a <script>",
            "help: Take that out, or publish the drawing as PNG.",
        ]);
    }
}

#[test]
fn plain_drawings_and_other_xml_are_published() {
    let newsroom = Newsroom::new();
    let plain = "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0h9v9z\"/></svg>";
    let files = [
        ("icons/icon.svg", plain),
        ("media/drawing.xml", plain),
        ("media/list.xml", "<list><item/></list>"),
        ("media/page.html", "<html><svg></svg></html>"),
        ("media/data", "x,y\n"),
    ];
    for (path, text) in files {
        newsroom.write(&format!("public/{path}"), text);
    }
    newsroom
        .build()
        .ends_with(0)
        .says(&["0 errors, 0 warnings"]);
    for (path, text) in files {
        assert_eq!(newsroom.built()[path], text.as_bytes(), "{path}");
    }
}

#[test]
fn a_drawing_packed_or_in_another_encoding_is_refused() {
    let wide: Vec<u8> = SCRIPT.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let wide = [b"\xFF\xFE".as_slice(), &wide].concat();
    for (name, bytes) in [
        ("a.svgz", packed(SCRIPT.as_bytes())),
        ("a.xml", wide.clone()),
        ("a.svg", wide),
    ] {
        let newsroom = Newsroom::new();
        newsroom.write(&format!("public/media/{name}"), bytes);
        refused(&newsroom).says(&[name, "drawing-unreadable", "as SVG in UTF-8"]);
    }
}
