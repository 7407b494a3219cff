//! Draws a picture small and upright: decoded once, for both sizes and for its likeness. No metadata is carried over.

use std::io::Cursor;

use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
use image::metadata::Orientation;
use image::{DynamicImage, ImageReader, Limits, RgbImage};
use turbojpeg::{PixelFormat, ScalingFactor, Subsamp};

use super::facts::{LONGEST_SIDE, is_too_large, tags};
use super::jpeg;
use super::likeness;
use super::media::MediaType;

/// The long side of the picture for a list.
const THUMB_PX: u32 = 320;
/// The long side of the picture for a screen.
const SCREEN_PX: u32 = 1_280;
/// Memory one decoder may ask for.
const DECODER_BYTES: u64 = 256 << 20;

/// A picture drawn.
#[derive(Debug)]
pub struct Drawn {
    /// JPEG, at most 320 pixels.
    pub thumb: Vec<u8>,
    /// JPEG, at most 1,280 pixels.
    pub screen: Vec<u8>,
    /// The upright picture's size.
    pub size: (u32, u32),
    /// Its perceptual hash; none for a picture with nothing on it.
    pub likeness: Option<String>,
}

/// Why a file cannot be drawn. Trying again will not help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable(pub String);

/// Draws a file.
///
/// # Errors
/// [`Unreadable`] for what is cut short, damaged, too large, or too costly.
pub fn draw(bytes: &[u8], media_type: MediaType) -> Result<Drawn, Unreadable> {
    let format = media_type.format().ok_or_else(|| Unreadable(format!("{media_type} is not drawn")))?;
    if media_type == MediaType::Jpeg && !jpeg::survey(&mut Cursor::new(bytes)).map_err(because)?.is_sound {
        return Err(Unreadable("cut short, or too many scans".to_owned()));
    }
    let orientation = tags(&mut Cursor::new(bytes), media_type).orientation.and_then(Orientation::from_exif).unwrap_or(Orientation::NoTransforms);
    let Decoded { image: whole, size: (width, height) } = decode(bytes, format)?;
    // Turning is cheap on the small picture and dear on the large one.
    let mut screen = shrink(&whole, SCREEN_PX)?;
    drop(whole);
    screen.apply_orientation(orientation);
    let thumb = shrink(&screen, THUMB_PX)?;
    let is_turned = (screen.width() > screen.height()) != (width > height);
    let size = if is_turned { (height, width) } else { (width, height) };
    Ok(Drawn { likeness: likeness::hash(&thumb), thumb: encode(&thumb, 75)?, screen: encode(&screen, 82)?, size })
}

/// How much memory drawing a picture of this size may take, in MiB: pixels, and the coefficients of a progressive one.
#[must_use]
pub fn cost_mib(size: Option<(u32, u32)>) -> u32 {
    let pixels = size.map_or(0, |(width, height)| u64::from(width) * u64::from(height));
    u32::try_from((pixels * 9) >> 20).unwrap_or(u32::MAX).saturating_add(1)
}

fn because(error: impl std::fmt::Display) -> Unreadable {
    Unreadable(error.to_string())
}

/// A picture in memory, and how large it is in the file.
struct Decoded {
    image: DynamicImage,
    size: (u32, u32),
}

fn decode(bytes: &[u8], format: image::ImageFormat) -> Result<Decoded, Unreadable> {
    let size = ImageReader::with_format(Cursor::new(bytes), format).into_dimensions().map_err(because)?;
    if is_too_large(size) {
        return Err(Unreadable("too many pixels".to_owned()));
    }
    // What it does not know (CMYK) the other decoder may.
    let scaled = if format == image::ImageFormat::Jpeg { decode_scaled(bytes).ok() } else { None };
    if let Some(image) = scaled {
        return Ok(Decoded { image: image.into(), size });
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(DECODER_BYTES);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let image = reader.decode().map_err(because)?;
    let image = match image {
        DynamicImage::ImageRgb8(_) => image,
        image if image.color().has_alpha() => on_white(&image).into(),
        image => image.into_rgb8().into(),
    };
    Ok(Decoded { image, size })
}

/// A JPEG by libjpeg-turbo, decoded no larger than the screen needs it: of the eighths of its size the smallest that is large enough.
fn decode_scaled(bytes: &[u8]) -> Result<RgbImage, turbojpeg::Error> {
    let mut decoder = turbojpeg::Decompressor::new()?;
    let header = decoder.read_header(bytes)?;
    let longest = header.width.max(header.height);
    let needed = usize::try_from(SCREEN_PX).unwrap_or(usize::MAX);
    let scale = (1..8).map(|eighths| ScalingFactor::new(eighths, 8)).find(|scale| scale.scale(longest) >= needed).unwrap_or(ScalingFactor::ONE);
    decoder.set_scaling_factor(scale)?;
    let (width, height) = (scale.scale(header.width), scale.scale(header.height));
    let mut pixels = vec![0; width * height * 3];
    decoder.decompress(bytes, turbojpeg::Image { pixels: &mut pixels[..], width, pitch: width * 3, height, format: PixelFormat::RGB })?;
    let sides = u32::try_from(width).ok().zip(u32::try_from(height).ok());
    sides.and_then(|(width, height)| RgbImage::from_raw(width, height, pixels)).ok_or(turbojpeg::Error::OutOfBounds)
}

/// A signature is ink on nothing; JPEG has no nothing.
fn on_white(image: &DynamicImage) -> RgbImage {
    let mut flat = RgbImage::new(image.width(), image.height());
    for (to, from) in flat.pixels_mut().zip(image.to_rgba8().pixels()) {
        let [r, g, b, alpha] = from.0;
        let over = |ink: u8| (u16::from(ink) * u16::from(alpha) + 255 * u16::from(255 - alpha) + 127) / 255;
        to.0 = [r, g, b].map(|ink| u8::try_from(over(ink)).unwrap_or(u8::MAX));
    }
    flat
}

/// The picture with its long side at most `side`; never made larger.
fn shrink(image: &DynamicImage, side: u32) -> Result<DynamicImage, Unreadable> {
    let longest = image.width().max(image.height());
    if longest <= side {
        return Ok(image.clone());
    }
    let scaled = |length: u32| u32::try_from((u64::from(length) * u64::from(side) + u64::from(longest) / 2) / u64::from(longest)).unwrap_or(side).max(1);
    let mut small = DynamicImage::new_rgb8(scaled(image.width()), scaled(image.height()));
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom)).use_alpha(false);
    Resizer::new().resize(image, &mut small, &options).map_err(because)?;
    Ok(small)
}

fn encode(image: &DynamicImage, quality: i32) -> Result<Vec<u8>, Unreadable> {
    Ok(turbojpeg::compress_image(&image.to_rgb8(), quality, Subsamp::Sub2x2).map_err(because)?.to_vec())
}

#[cfg(test)]
#[path = "renditions_tests.rs"]
mod tests;
