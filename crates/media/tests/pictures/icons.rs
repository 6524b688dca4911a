//! Icons made of a site's drawing, decoded again.

use image::{DynamicImage, ImageFormat, Rgb, Rgba};
use media::picture::icon::{Drawing, Ground, SAFE, ico};

/// A sign in the corners of its ground, where a round mask would cut it off.
const ON_ITS_GROUND: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="10" fill="#1fb5d2"/><path d="M4 4h12v12h-12zM48 48h12v12h-12z" fill="#0f1c22"/></svg>"##;

/// The same without a ground, taller than wide.
const WITHOUT_GROUND: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 64"><path d="M16 0l16 64h-32z" fill="#a01020"/></svg>"##;

fn drawn(source: &str, side: u32, ground: Ground) -> DynamicImage {
    let png = Drawing::read(source).unwrap().png(side, ground).unwrap();
    image::load_from_memory_with_format(&png, ImageFormat::Png).unwrap()
}

/// How far from the middle something differs from the corner, as a share of the side.
fn reach(picture: &DynamicImage) -> f32 {
    let picture = picture.to_rgb8();
    let middle = picture.width() as f32 / 2.0;
    let Rgb(ground) = *picture.get_pixel(0, 0);
    let differs = |colour: [u8; 3]| (0..3).any(|c| colour[c].abs_diff(ground[c]) > 12);
    let farthest = picture
        .enumerate_pixels()
        .filter(|(_, _, pixel)| differs(pixel.0))
        .map(|(x, y, _)| (x as f32 + 0.5 - middle).hypot(y as f32 + 0.5 - middle))
        .fold(0.0, f32::max);
    farthest / picture.width() as f32
}

#[test]
fn a_clear_icon_has_its_size_and_its_own_outline() {
    let icon = drawn(ON_ITS_GROUND, 192, Ground::Clear).to_rgba8();
    assert_eq!(icon.dimensions(), (192, 192));
    assert_eq!(icon.get_pixel(0, 0), &Rgba([0, 0, 0, 0]));
    assert_eq!(icon.get_pixel(96, 96), &Rgba([0x1f, 0xb5, 0xd2, 0xff]));
}

#[test]
fn a_maskable_icon_keeps_what_stands_out_in_the_safe_zone_and_has_no_hole() {
    for source in [ON_ITS_GROUND, WITHOUT_GROUND] {
        let icon = drawn(source, 512, Ground::Masked);
        assert_eq!((icon.width(), icon.height()), (512, 512));
        assert!(!icon.color().has_alpha());
        let reach = reach(&icon);
        assert!(reach <= SAFE, "{reach}: it would be cut off");
        assert!(reach > SAFE - 0.02, "{reach}: smaller than it need be");
    }
    // The test would notice one that is cut off.
    assert!(reach(&drawn(ON_ITS_GROUND, 512, Ground::Filled)) > SAFE);
}

#[test]
fn a_drawing_with_a_ground_of_its_own_fills_the_square_with_it() {
    for ground in [Ground::Filled, Ground::Masked] {
        let icon = drawn(ON_ITS_GROUND, 180, ground).to_rgb8();
        for corner in [(0, 0), (179, 0), (0, 179), (179, 179)] {
            let found = icon.get_pixel(corner.0, corner.1);
            assert_eq!(found, &Rgb([0x1f, 0xb5, 0xd2]), "{corner:?}");
        }
    }
}

#[test]
fn a_drawing_without_a_ground_stands_on_paper_that_it_differs_from() {
    let dark = drawn(WITHOUT_GROUND, 180, Ground::Filled).to_rgb8();
    assert_eq!(dark.get_pixel(0, 0), &Rgb([0xff; 3]));
    let white = WITHOUT_GROUND.replace("#a01020", "#fff");
    let light = drawn(&white, 180, Ground::Filled).to_rgb8();
    assert_eq!(light.get_pixel(0, 0), &Rgb([0x11; 3]));
}

#[test]
fn the_same_drawing_gives_the_same_bytes() {
    let bytes = || {
        Drawing::read(ON_ITS_GROUND)
            .unwrap()
            .png(512, Ground::Masked)
            .unwrap()
    };
    assert_eq!(bytes(), bytes());
}

#[test]
fn a_picture_in_an_icon_file_is_found_again() {
    let png = Drawing::read(ON_ITS_GROUND)
        .unwrap()
        .png(32, Ground::Clear)
        .unwrap();
    let file = ico(&png, 32);
    assert_eq!(file[..6], [0, 0, 1, 0, 1, 0]);
    assert_eq!(file[6..8], [32, 32]);
    let number = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().unwrap()) as usize;
    let (length, start) = (number(14), number(18));
    assert_eq!(file[start..start + length], png);
    assert_eq!(start + length, file.len());
}

#[test]
fn what_cannot_be_drawn_says_so_with_its_mend() {
    let of = |inner: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\">\n<rect width=\"8\" height=\"8\"/>\n{inner}</svg>"
        )
    };
    for (source, kind, line, said) in [
        (of("<text>D</text>"), "icon-not-drawn", Some(3), "<text>"),
        (
            of("<image href=\"data:image/png;base64,iVBORw0KGgo=\"/>"),
            "icon-not-drawn",
            Some(3),
            "<image>",
        ),
        (
            of("<script>alert(1)</script>"),
            "drawing-not-inert",
            None,
            "<script>",
        ),
        (
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"/>".to_owned(),
            "icon-not-drawn",
            None,
            "shows nothing",
        ),
        (
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"0\" height=\"0\"/>".to_owned(),
            "icon-not-drawn",
            None,
            "cannot be drawn",
        ),
        ("{}".to_owned(), "drawing-not-inert", None, "XML"),
    ] {
        let Err(problem) = Drawing::read(&source) else {
            panic!("{source} was read")
        };
        assert_eq!(problem.kind, kind, "{source}");
        assert_eq!(problem.line, line, "{source}");
        assert!(problem.message.contains(said), "{}", problem.message);
        assert!(problem.hint.ends_with('.'), "{}", problem.hint);
    }
}
