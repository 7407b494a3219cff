//! How fast pictures are drawn small, on one core: both sizes and the likeness, beside `vipsthumbnail` where that is installed.
//! `cargo bench --bench pictures`.
#![expect(clippy::expect_used, clippy::print_stdout, reason = "a program for people at a terminal")]

use std::io::Cursor;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{ImageReader, Rgb, RgbImage};
use nuanfang::evidence::media::MediaType;
use nuanfang::evidence::renditions::draw;

const TRIES: usize = 15;
/// Pictures that vips is given in one process beside the first: what each of them adds is what one takes, without vips's own start.
const MORE: u32 = 10;
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
    println!("| picture | KB | 320 and 1,280 px, likeness, ms | vips: 320 px, ms | vips: both, ms |\n|---|---|---|---|---|");
    for (width, height, quality) in SIZES {
        let photo = photo(&real, width, height, quality);
        let drawn = best(|| drop(draw(&photo, MediaType::Jpeg).expect("drawn")));
        let (small, large) = (vips(&photo, 320), vips(&photo, 1_280));
        let both = small.zip(large).map(|(small, large)| small + large);
        let said = |time: Option<Duration>| time.map_or("not installed".to_owned(), ms);
        println!("| {width} × {height} | {} | {} | {} | {} |", photo.len() / 1_000, ms(drawn), said(small), said(both));
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

/// What one more picture of this size takes vips.
fn vips(photo: &[u8], side: u32) -> Option<Duration> {
    let folder = tempfile::tempdir().expect("a folder");
    for n in 0..=MORE {
        std::io::copy(&mut Cursor::new(photo), &mut std::fs::File::create(folder.path().join(format!("{n}.jpg"))).expect("a file")).expect("written");
    }
    run_vips(folder.path(), side, 1).output().ok().filter(|done| done.status.success())?;
    let time = |pictures| best(|| drop(run_vips(folder.path(), side, pictures).output().expect("it ran a moment ago")));
    Some((time(MORE + 1).saturating_sub(time(1))) / MORE)
}

fn run_vips(folder: &Path, side: u32, pictures: u32) -> Command {
    let mut command = Command::new("vipsthumbnail");
    command.args(["-s", &side.to_string(), "-o", "small_%s.jpg"]).args((0..pictures).map(|n| folder.join(format!("{n}.jpg")))).env("VIPS_CONCURRENCY", "1");
    command
}

fn ms(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64() * 1_000.0)
}
