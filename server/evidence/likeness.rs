//! A perceptual hash: pictures of the same scene differ in few of its 64 bits, whatever their size, compression and brightness.
//!
//! The phone burns a stamp into the foot of a picture, which would make unlike pictures alike; the hash is taken of what stands above it.

use std::f32::consts::PI;

use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
use image::DynamicImage;

use crate::kit::digest::hex;

/// The picture is reduced to this many pixels a side.
const SIDE: u8 = 32;
/// Low frequencies kept in each direction.
const KEPT: u8 = 8;
/// The share of the height, from the top, that the stamp leaves free.
const FREE_OF_STAMP: f64 = 0.8;
/// Less contrast than this is an empty sheet, alike to every other.
const LEAST_DEVIATION: f32 = 2.0;

/// The hash of an upright picture in 16 hexadecimal characters; none where there is nothing to see.
pub(super) fn hash(picture: &DynamicImage) -> Option<String> {
    let grey = DynamicImage::ImageLuma8(picture.to_luma8());
    let mut small = DynamicImage::new_luma8(u32::from(SIDE), u32::from(SIDE));
    let height = f64::from(grey.height()) * FREE_OF_STAMP;
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Bilinear)).crop(0.0, 0.0, f64::from(grey.width()), height);
    Resizer::new().resize(&grey, &mut small, &options).ok()?;
    let pixels: Vec<f32> = small.as_bytes().iter().map(|level| f32::from(*level)).collect();
    let count = f32::from(u16::from(SIDE) * u16::from(SIDE));
    let mean = pixels.iter().sum::<f32>() / count;
    let deviation = (pixels.iter().map(|level| (level - mean).powi(2)).sum::<f32>() / count).sqrt();
    if deviation < LEAST_DEVIATION {
        return None;
    }
    let rows: Vec<Vec<f32>> = pixels.chunks(usize::from(SIDE)).map(frequencies).collect();
    let mut strengths = Vec::with_capacity(64);
    for across in 0..usize::from(KEPT) {
        let column: Vec<f32> = rows.iter().filter_map(|row| row.get(across).copied()).collect();
        strengths.extend(frequencies(&column));
    }
    // The first strength is the mean brightness, which says nothing about the scene.
    let mut sorted: Vec<f32> = strengths.iter().skip(1).copied().collect();
    sorted.sort_by(f32::total_cmp);
    let middle = sorted.get(sorted.len() / 2).copied()?;
    let bits = strengths.iter().fold(0_u64, |bits, strength| bits << 1 | u64::from(*strength > middle));
    Some(hex(&bits.to_be_bytes()))
}

/// How many bands a hash is cut into.
pub const BANDS: i64 = 4;
const BAND_BITS: u32 = 16;

/// A written hash as the 64 bits it is.
#[must_use]
pub fn bits_of(hash: &str) -> Option<u64> {
    u64::from_str_radix(hash, 16).ok().filter(|_| hash.len() == 16)
}

/// The bands under which a hash is kept: `(band, its sixteen bits, all bits)`.
pub(super) fn bands_of(hash: &str) -> Option<Vec<(i64, i64, i64)>> {
    let bits = bits_of(hash)?;
    Some(bands(bits).map(|(band, value)| (band, value, bits.cast_signed())).collect())
}

/// The bands of two hashes that differ in at most seven bits differ in at most one bit in one of them: what to look for in each band.
#[must_use]
pub fn probes(bits: u64) -> Vec<(i64, Vec<i64>)> {
    let near = |value: i64| std::iter::once(value).chain((0..BAND_BITS).map(move |bit| value ^ (1 << bit))).collect();
    bands(bits).map(|(band, value)| (band, near(value))).collect()
}

fn bands(bits: u64) -> impl Iterator<Item = (i64, i64)> {
    let value = move |band: i64| u32::try_from(band).map_or(0, |band| bits >> (band * BAND_BITS) & 0xFFFF).cast_signed();
    (0..BANDS).map(move |band| (band, value(band)))
}

/// The lowest frequencies of a line (DCT-II).
fn frequencies(line: &[f32]) -> Vec<f32> {
    let one =
        |frequency: u8| (0_u8..).zip(line).map(|(place, level)| level * (PI / f32::from(SIDE) * (f32::from(place) + 0.5) * f32::from(frequency)).cos()).sum();
    (0..KEPT).map(one).collect()
}
