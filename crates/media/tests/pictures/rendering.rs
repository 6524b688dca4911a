//! Good pictures, and what readers are given in their place.

use std::fs;
use std::path::Path;

use image::codecs::gif::GifEncoder;
use image::codecs::png::PngEncoder;
use image::{
    DynamicImage, Frame, GrayImage, ImageBuffer, ImageEncoder as _, ImageFormat, Luma, Rgb,
    RgbImage, Rgba, RgbaImage,
};
use media::picture::{
    Cache, Credit, Direction, Encoding, Recipe, Rendered, Rendition, probe, render, render_all,
};
use tempfile::{TempDir, tempdir};

use crate::originals::{exif, file, jpeg, put, quarters, quick};

fn rendered(name: &str, bytes: &[u8], recipe: &Recipe) -> (TempDir, Rendered) {
    let folder = tempdir().unwrap();
    let path = put(folder.path(), name, bytes);
    let cache = Cache::open(&folder.path().join("cache")).unwrap();
    let rendered = render(&path, &cache, recipe).unwrap();
    (folder, rendered)
}

fn of(rendered: &Rendered, encoding: Encoding) -> Vec<&Rendition> {
    let files = rendered.renditions.iter();
    files.filter(|file| file.encoding == encoding).collect()
}

fn decoded(rendition: &Rendition) -> DynamicImage {
    image::open(&rendition.path).unwrap()
}

fn is_near(a: &[u8], b: &[u8], distance: u8) -> bool {
    a.iter().zip(b).all(|(a, b)| a.abs_diff(*b) <= distance)
}

#[test]
fn every_width_comes_in_three_formats_and_is_what_it_says() {
    let (_folder, rendered) = rendered(
        "a.png",
        &file(quarters(100, 50), ImageFormat::Png),
        &Recipe {
            widths: vec![32, 64, 128],
            ..quick()
        },
    );
    assert_eq!((rendered.width, rendered.height), (100, 50));
    let sizes: Vec<_> = rendered
        .renditions
        .iter()
        .map(|file| (file.media_type(), file.width, file.height))
        .collect();
    let expected = ["image/avif", "image/webp", "image/jpeg"]
        .map(|kind| [(kind, 32, 16), (kind, 64, 32), (kind, 100, 50)])
        .concat();
    assert_eq!(sizes, expected);
    for file in &rendered.renditions {
        let bytes = fs::read(&file.path).unwrap();
        assert_eq!(bytes.len() as u64, file.bytes);
        match file.encoding {
            Encoding::Avif => assert_eq!(&bytes[4..12], b"ftypavif"),
            _ => assert_eq!(
                (decoded(file).width(), decoded(file).height()),
                (file.width, file.height)
            ),
        }
        assert!(file.file_name().ends_with(file.encoding.ending()));
        assert!(
            file.hash
                .starts_with(file.file_name().split('.').next().unwrap())
        );
    }
}

#[test]
fn a_photo_taken_upright_is_shown_upright() {
    // Stored lying on its side: to be turned clockwise by a quarter.
    let bytes = jpeg(&quarters(96, 64), &[(1, &exif(6, &[]))]);
    let (folder, rendered) = rendered("a.jpg", &bytes, &quick());
    let probe = probe(&folder.path().join("a.jpg")).unwrap();
    assert_eq!((probe.stored_width, probe.stored_height), (96, 64));
    assert_eq!((probe.width, probe.height), (64, 96));
    assert_eq!((rendered.width, rendered.height), (64, 96));
    for encoding in [Encoding::Webp, Encoding::Jpeg] {
        let shown = decoded(of(&rendered, encoding)[1]).to_rgb8();
        assert_eq!(shown.dimensions(), (64, 96));
        for (x, y, colour) in [
            (8, 8, [0, 0, 255]),
            (56, 8, [255, 0, 0]),
            (8, 88, [255, 255, 255]),
            (56, 88, [0, 255, 0]),
        ] {
            let found = shown.get_pixel(x, y).0;
            assert!(
                is_near(&found, &colour, 12),
                "{encoding:?} {x} {y}: {found:?}"
            );
        }
    }
}

/// Credit in XMP, notice in IIM, artist in EXIF, and much that is nobody's business.
fn signed() -> Vec<u8> {
    let xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\
        <rdf:Description xmlns:photoshop='http://ns.adobe.com/photoshop/1.0/' xmlns:xmpRights='http://ns.adobe.com/xap/1.0/rights/' xmlns:Iptc4xmpExt='http://iptc.org/std/Iptc4xmpExt/2008-02-29/' \
        photoshop:Credit='Photo: A &amp; B' photoshop:City='SECRET-CITY' \
        Iptc4xmpExt:DigitalSourceType='http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture'>\
        <xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang='x-default'>Editorial only</rdf:li></rdf:Alt></xmpRights:UsageTerms>\
        </rdf:Description></rdf:RDF></x:xmpmeta>";
    let mut iptc = b"Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x2a".to_vec();
    for (number, text) in [(116_u8, "© Notice of 2026"), (90, "SECRET-TOWN")] {
        iptc.extend_from_slice(&[0x1C, 2, number, 0, text.len() as u8]);
        iptc.extend_from_slice(text.as_bytes());
    }
    let length = (iptc.len() - 26) as u32;
    iptc[22..26].copy_from_slice(&length.to_be_bytes());
    let exif = exif(1, &[(0x013B, "The Artist"), (0x010F, "SECRET-CAMERA")]);
    jpeg(&quarters(96, 64), &[(1, &exif), (1, xmp), (13, &iptc)])
}

#[test]
fn of_the_metadata_only_credit_and_rights_reach_the_reader() {
    let (_folder, rendered) = rendered("a.jpg", &signed(), &quick());
    let expected = Credit {
        creators: vec!["The Artist".into()],
        credit_line: Some("Photo: A & B".into()),
        copyright_notice: Some("© Notice of 2026".into()),
        usage_terms: Some("Editorial only".into()),
        web_statement: None,
        digital_source_type: Some(
            "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture".into(),
        ),
    };
    assert_eq!(rendered.credit, expected);
    for file in &rendered.renditions {
        let bytes = fs::read(&file.path).unwrap();
        let has = |words: &str| {
            bytes
                .windows(words.len())
                .any(|part| part == words.as_bytes())
        };
        assert!(!has("SECRET"), "{:?}", file.encoding);
        assert!(
            has("Photo: A &amp; B") && has("Editorial only"),
            "{:?}",
            file.encoding
        );
        if file.encoding != Encoding::Avif {
            let again = probe(&file.path).unwrap();
            assert_eq!(again.credit, expected, "{:?}", file.encoding);
            // And it is still a picture that others can read.
            assert_eq!(decoded(file).width(), file.width);
        }
    }
}

#[test]
fn the_same_picture_gives_the_same_bytes_however_many_threads_make_it() {
    let folder = tempdir().unwrap();
    let hashes = |name: &str, alone: bool| -> Vec<String> {
        let cache = Cache::open(&folder.path().join(name)).unwrap();
        let path = put(folder.path(), "a.jpg", &signed());
        let rendered = if alone {
            render(&path, &cache, &quick()).unwrap()
        } else {
            let other = put(
                folder.path(),
                "b.png",
                &file(quarters(40, 40), ImageFormat::Png),
            );
            render_all(&[other, path], &cache, &quick(), |_, _| {})
                .remove(1)
                .unwrap()
        };
        rendered
            .renditions
            .into_iter()
            .map(|file| file.hash)
            .collect()
    };
    assert_eq!(hashes("one", true), hashes("two", false));
}

#[test]
fn many_pictures_are_answered_in_their_order_and_one_bad_one_stops_none() {
    let folder = tempdir().unwrap();
    let cache = Cache::open(&folder.path().join("cache")).unwrap();
    let mut paths = Vec::new();
    for side in 10..16 {
        let name = format!("{side}.png");
        paths.push(put(
            folder.path(),
            &name,
            &file(quarters(side, side), ImageFormat::Png),
        ));
    }
    paths.insert(3, put(folder.path(), "bad.png", b"no picture"));
    let told = std::sync::Mutex::new(0);
    let results = render_all(&paths, &cache, &quick(), |_, _| *told.lock().unwrap() += 1);
    assert_eq!(*told.lock().unwrap(), 7);
    let widths: Vec<Option<u32>> = results
        .iter()
        .map(|r| r.as_ref().ok().map(|r| r.width))
        .collect();
    assert_eq!(
        widths,
        [
            Some(10),
            Some(11),
            Some(12),
            None,
            Some(13),
            Some(14),
            Some(15)
        ]
    );
    assert!(render_all(&[], &cache, &quick(), |_, _| {}).is_empty());
}

#[test]
fn transparent_parts_stay_so_where_the_format_can_and_get_the_background_where_not() {
    let picture = RgbaImage::from_fn(64, 64, |x, _| {
        if x < 32 {
            Rgba([200, 0, 0, 255])
        } else {
            Rgba([0, 200, 0, 0])
        }
    });
    let recipe = Recipe {
        background: [10, 20, 250],
        ..quick()
    };
    let (folder, rendered) = rendered("a.png", &file(picture, ImageFormat::Png), &recipe);
    assert!(probe(&folder.path().join("a.png")).unwrap().has_alpha);
    let webp = decoded(of(&rendered, Encoding::Webp)[1]).to_rgba8();
    assert_eq!(
        (webp.get_pixel(8, 8).0[3], webp.get_pixel(56, 8).0[3]),
        (255, 0)
    );
    let jpeg = decoded(of(&rendered, Encoding::Jpeg)[1]).to_rgb8();
    assert!(is_near(&jpeg.get_pixel(56, 8).0, &[10, 20, 250], 8));
    assert!(is_near(&jpeg.get_pixel(8, 8).0, &[200, 0, 0], 8));
    // Opacity is a second picture in the file.
    let avif = fs::read(&of(&rendered, Encoding::Avif)[1].path).unwrap();
    assert!(avif.windows(5).any(|part| part == b"alpha"));
}

#[test]
fn a_colour_profile_is_applied_and_left_out() {
    let profile = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    encoder.set_icc_profile(profile).unwrap();
    let picture = RgbImage::from_pixel(64, 64, Rgb([200, 100, 100]));
    encoder
        .write_image(picture.as_raw(), 64, 64, image::ExtendedColorType::Rgb8)
        .unwrap();
    let (_folder, rendered) = rendered("a.png", &bytes, &quick());
    let shown = decoded(of(&rendered, Encoding::Jpeg)[1]).to_rgb8();
    // The same colour has more red in the narrower sRGB: 212, 94, 97 by the matrices.
    let found = shown.get_pixel(20, 20).0;
    assert!(is_near(&found, &[212, 94, 97], 5), "{found:?}");
    assert_eq!(rendered.placeholder.gradient, None);
}

#[test]
fn a_profile_that_is_broken_is_none() {
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    encoder.set_icc_profile(vec![7; 300]).unwrap();
    let picture = RgbImage::from_pixel(64, 64, Rgb([200, 100, 100]));
    encoder
        .write_image(picture.as_raw(), 64, 64, image::ExtendedColorType::Rgb8)
        .unwrap();
    let (_folder, rendered) = rendered("a.png", &bytes, &quick());
    let shown = decoded(of(&rendered, Encoding::Jpeg)[0]).to_rgb8();
    assert!(is_near(&shown.get_pixel(20, 20).0, &[200, 100, 100], 5));
}

#[test]
fn a_moving_picture_stands_still_and_says_that_it_moved() {
    let mut bytes = Vec::new();
    {
        let mut encoder = GifEncoder::new(&mut bytes);
        for colour in [[250, 0, 0, 255], [0, 0, 250, 255]] {
            encoder
                .encode_frame(Frame::new(RgbaImage::from_pixel(40, 40, Rgba(colour))))
                .unwrap();
        }
    }
    let (_folder, rendered) = rendered("a.gif", &bytes, &quick());
    assert!(rendered.is_animated);
    let shown = decoded(of(&rendered, Encoding::Jpeg)[0]).to_rgb8();
    assert!(is_near(&shown.get_pixel(20, 20).0, &[250, 0, 0], 8));
}

#[test]
fn grey_deep_and_printers_pictures_are_read() {
    let deep: ImageBuffer<Rgb<u16>, Vec<u16>> =
        ImageBuffer::from_pixel(40, 40, Rgb([65_535, 32_768, 0]));
    let grey = GrayImage::from_pixel(40, 40, Luma([90]));
    let mut cmyk = Vec::new();
    let inks = [0, 255, 255, 0].repeat(1600);
    jpeg_encoder::Encoder::new(&mut cmyk, 95)
        .encode(&inks, 40, 40, jpeg_encoder::ColorType::Cmyk)
        .unwrap();
    let cases: [(&str, Vec<u8>, [u8; 3]); 3] = [
        ("deep.png", file(deep, ImageFormat::Png), [255, 128, 0]),
        ("grey.png", file(grey, ImageFormat::Png), [90, 90, 90]),
        ("inks.jpg", cmyk, [255, 0, 0]),
    ];
    for (name, bytes, colour) in cases {
        let (_folder, rendered) = rendered(name, &bytes, &quick());
        let shown = decoded(of(&rendered, Encoding::Jpeg)[0]).to_rgb8();
        let found = shown.get_pixel(20, 20).0;
        assert!(is_near(&found, &colour, 8), "{name}: {found:?}");
    }
}

#[test]
fn very_large_pictures_keep_their_colours_on_the_way() {
    let (_folder, rendered) = rendered(
        "a.png",
        &file(quarters(403, 301), ImageFormat::Png),
        &quick(),
    );
    let shown = decoded(of(&rendered, Encoding::Webp)[0]).to_rgb8();
    assert_eq!(shown.dimensions(), (32, 24));
    assert!(is_near(&shown.get_pixel(4, 4).0, &[255, 0, 0], 12));
    assert!(is_near(&shown.get_pixel(28, 20).0, &[255, 255, 255], 12));
}

#[test]
fn a_placeholder_has_the_colours_of_the_picture() {
    let sky = RgbImage::from_fn(96, 96, |_, y| {
        if y < 64 {
            Rgb([40, 120, 220])
        } else {
            Rgb([30, 60, 20])
        }
    });
    let (_folder, rendered) = rendered("a.png", &file(sky, ImageFormat::Png), &quick());
    let placeholder = rendered.placeholder;
    let near = |colour: &str| {
        let number = u32::from_str_radix(&colour[1..], 16).unwrap().to_be_bytes();
        is_near(&number[1..], &[40, 120, 220], 2)
    };
    assert!(near(&placeholder.colour), "{placeholder:?}");
    let gradient = placeholder.gradient.clone().unwrap();
    assert_eq!(gradient.direction, Direction::Down);
    assert!(near(&gradient.stops[0]), "{gradient:?}");
    let json = serde_json::to_string(&placeholder).unwrap();
    assert!(json.len() < 120, "{json}");
}

#[test]
fn the_smallest_picture_is_a_picture() {
    let (_folder, rendered) = rendered(
        "a.gif",
        &file(quarters(1, 1), ImageFormat::Gif),
        &Recipe {
            avif_speed: 10,
            ..Recipe::default()
        },
    );
    assert_eq!(rendered.renditions.len(), 3);
    assert_eq!(rendered.renditions[0].width, 1);
    assert!(Path::new(&rendered.renditions[0].path).exists());
}
