//! How fast pictures are drawn small, on one core: both sizes and the likeness, beside `vipsthumbnail` where that is installed, which
//! draws the smaller size alone. `cargo bench --bench pictures`.
#![expect(clippy::expect_used, clippy::print_stdout, reason = "a program for people at a terminal")]

use std::io::Cursor;
use std::process::Command;
use std::time::{Duration, Instant};

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{ImageReader, Rgb, RgbImage};
use nuanfang::evidence::media::MediaType;
use nuanfang::evidence::renditions::draw;

const TRIES: usize = 15;
/// `(across, down, quality)`: as this project's phone makes them, and as a phone's own camera does.
const SIZES: [(u32, u32, u8); 2] = [(1_600, 1_200, 80), (4_000, 3_000, 85)];

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    // `cargo test --benches` asks every bench to be brief; this one has nothing brief to say.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/photos/portrait_6.jpg");
    let real = ImageReader::open(path).expect("a photo").decode().expect("a photo").into_rgb8();
    println!("| picture | KB | both sizes and likeness, ms | vipsthumbnail, 320 px alone, ms |\n|---|---|---|---|");
    for (width, height, quality) in SIZES {
        let photo = photo(&real, width, height, quality);
        let drawn = best(|| drop(draw(&photo, MediaType::Jpeg).expect("drawn")));
        let vips = vips(&photo).map_or("not installed".to_owned(), ms);
        println!("| {width} × {height} | {} | {} | {vips} |", photo.len() / 1_000, ms(drawn));
    }
}

/// A real photo in this size, with the grain of a sensor in poor light.
fn photo(real: &RgbImage, width: u32, height: u32, quality: u8) -> Vec<u8> {
    let mut large = image::imageops::resize(real, width, height, FilterType::Triangle);
    let mut seed = 1_u32;
    for Rgb(pixel) in large.pixels_mut() {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let grain = u8::try_from(seed >> 29).unwrap_or_default();
        *pixel = pixel.map(|tone| tone.saturating_add(grain));
    }
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(&large).expect("a JPEG");
    bytes
}

fn best(mut once: impl FnMut()) -> Duration {
    let time = |()| {
        let begun = Instant::now();
        once();
        begun.elapsed()
    };
    (0..TRIES).map(|_| ()).map(time).min().expect("tries")
}

/// With its own start, which is the same for every size.
fn vips(photo: &[u8]) -> Option<Duration> {
    let folder = tempfile::tempdir().expect("a folder");
    let (from, to) = (folder.path().join("from.jpg"), folder.path().join("to.jpg"));
    std::io::copy(&mut Cursor::new(photo), &mut std::fs::File::create(&from).expect("a file")).expect("written");
    let run = || Command::new("vipsthumbnail").args(["-s", "320", "-o"]).arg(&to).arg(&from).env("VIPS_CONCURRENCY", "1").output();
    run().ok().filter(|done| done.status.success())?;
    Some(best(|| drop(run().expect("it ran a moment ago"))))
}

fn ms(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64() * 1_000.0)
}
