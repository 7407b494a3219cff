use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;

use super::*;

const PHOTOS: [&str; 14] = [
    "45-gps_ifd",
    "67-0_length_string",
    "DSCN0010",
    "DSCN0012",
    "DSCN0021",
    "DSCN0025",
    "DSCN0027",
    "image00971",
    "image01088",
    "jolla",
    "landscape_3",
    "no_exif",
    "portrait_6",
    "portrait_8",
];

fn photo(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/data/photos/{name}.jpg", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn decoded(bytes: &[u8]) -> DynamicImage {
    image::load_from_memory(bytes).unwrap()
}

fn distance(a: &Drawn, b: &Drawn) -> u32 {
    let bits = |drawn: &Drawn| u64::from_str_radix(drawn.likeness.as_deref().unwrap(), 16).unwrap();
    (bits(a) ^ bits(b)).count_ones()
}

fn as_png(image: &DynamicImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    image.write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Png).unwrap();
    bytes
}

#[test]
fn every_real_photo_is_drawn_in_both_sizes_without_metadata() {
    for name in PHOTOS {
        let drawn = draw(&photo(name), MediaType::Jpeg).unwrap();
        for (bytes, side) in [(&drawn.thumb, THUMB_PX), (&drawn.screen, SCREEN_PX)] {
            let picture = decoded(bytes);
            let (longest, original) = (picture.width().max(picture.height()), drawn.size.0.max(drawn.size.1));
            assert_eq!(longest, side.min(original), "{name}");
            let apart = f64::from(picture.width()) / f64::from(picture.height()) - f64::from(drawn.size.0) / f64::from(drawn.size.1);
            assert!(apart.abs() < 0.02, "{name} is out of shape");
            assert!(exif::Reader::new().read_from_container(&mut Cursor::new(bytes)).is_err(), "{name} carries metadata");
        }
        // One of them shows next to nothing.
        assert!(drawn.thumb.len() < 60_000 && drawn.likeness.is_some() != (name == "67-0_length_string"), "{name}");
    }
}

#[test]
fn a_picture_is_turned_upright() {
    // The three were made of one another by their author: turned pixels, and a tag that turns them back.
    for name in ["portrait_6", "portrait_8"] {
        let drawn = draw(&photo(name), MediaType::Jpeg).unwrap();
        assert!(drawn.size.1 > drawn.size.0, "{name} lies on its side");
        let raw = decoded(&photo(name));
        let upright = if name == "portrait_6" { raw.rotate90() } else { raw.rotate270() };
        let same = draw(&as_png(&upright), MediaType::Png).unwrap();
        assert!(distance(&drawn, &same) <= 2, "{name}");
        let wrong = draw(&as_png(&upright.rotate180()), MediaType::Png).unwrap();
        assert!(distance(&drawn, &wrong) > 10, "{name}");
    }
    let landscape = draw(&photo("landscape_3"), MediaType::Jpeg).unwrap();
    let upright = draw(&as_png(&decoded(&photo("landscape_3")).rotate180()), MediaType::Png).unwrap();
    assert!(distance(&landscape, &upright) <= 2);
}

#[test]
fn what_is_cut_short_or_no_picture_is_unreadable() {
    let whole = photo("DSCN0010");
    for cut in [10, 1_000, 40_000, whole.len() - 10] {
        draw(&whole[..cut], MediaType::Jpeg).unwrap_err();
    }
    draw(b"\xFF\xD8\xFF\xE0 no picture at all \xFF\xD9", MediaType::Jpeg).unwrap_err();
    let png = as_png(&decoded(&whole));
    draw(&png[..png.len() / 2], MediaType::Png).unwrap_err();
    draw(b"%PDF-1.7", MediaType::Pdf).unwrap_err();
}

#[test]
fn no_damage_to_a_file_makes_drawing_panic() {
    let whole = photo("portrait_8");
    for place in (0..whole.len()).step_by(9_001) {
        let mut damaged = whole.clone();
        damaged[place] ^= 0x5A;
        drop(draw(&damaged, MediaType::Jpeg));
        damaged[place] = 0xFF;
        drop(draw(&damaged, MediaType::Jpeg));
    }
}

#[test]
fn ink_on_nothing_is_drawn_on_white() {
    let mut ink = image::RgbaImage::new(400, 200);
    for x in 100..300 {
        ink.put_pixel(x, 100, image::Rgba([0, 0, 0, 255]));
    }
    let drawn = draw(&as_png(&ink.into()), MediaType::Png).unwrap();
    let screen = decoded(&drawn.screen).to_rgb8();
    assert!(screen.get_pixel(10, 10).0.iter().all(|level| *level > 250));
    assert!(screen.get_pixel(200, 100).0.iter().all(|level| *level < 90));
}

#[test]
fn the_same_scene_stays_alike_and_others_do_not() {
    let original = draw(&photo("DSCN0012"), MediaType::Jpeg).unwrap();
    let small = decoded(&photo("DSCN0012")).thumbnail(500, 500).brighten(15);
    let mut again = Vec::new();
    JpegEncoder::new_with_quality(&mut again, 45).encode_image(&small).unwrap();
    let again = draw(&again, MediaType::Jpeg).unwrap();
    assert!(distance(&original, &again) <= 6, "{}", distance(&original, &again));
    for other in ["DSCN0010", "DSCN0021", "jolla", "portrait_6", "landscape_3"] {
        let apart = distance(&original, &draw(&photo(other), MediaType::Jpeg).unwrap());
        assert!(apart >= 14, "{other} is only {apart} bits away");
    }
}

#[test]
fn a_stamp_at_the_foot_does_not_make_unlike_pictures_alike() {
    let stamped = |name: &str| {
        let mut picture = decoded(&photo(name)).to_rgb8();
        let foot = picture.height() * 4 / 5;
        let (width, height) = picture.dimensions();
        for (x, y) in (foot + 1..height).flat_map(|y| (0..width).map(move |x| (x, y))) {
            picture.put_pixel(x, y, if (x / 9 + y / 7) % 3 == 0 { image::Rgb([255; 3]) } else { image::Rgb([20; 3]) });
        }
        draw(&as_png(&picture.into()), MediaType::Png).unwrap()
    };
    let (a, b) = (stamped("DSCN0012"), stamped("jolla"));
    assert!(distance(&a, &b) >= 14);
    assert!(distance(&a, &draw(&photo("DSCN0012"), MediaType::Jpeg).unwrap()) <= 6);
}

#[test]
fn an_empty_sheet_is_like_nothing() {
    let sheet = DynamicImage::ImageRgb8(RgbImage::from_pixel(640, 480, image::Rgb([250; 3])));
    assert_eq!(draw(&as_png(&sheet), MediaType::Png).unwrap().likeness, None);
}
