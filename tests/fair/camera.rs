//! Small pictures as cameras take them: each scene is its own, and is pressed into a real JPEG.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{ImageFormat, Rgb, RgbImage, imageops};
use nuanfang::kit::digest::sha256_hex;

use super::dice::Dice;
use crate::kit::people::Person;
use crate::kit::phone::send_picture;

const WIDTH: u32 = 160;
const HEIGHT: u32 = 120;

/// What stands before the camera.
pub struct Scene(RgbImage);

impl Scene {
    /// Some walls, doors and people: forty patches of light and shade, and the grain of the film.
    pub fn of(dice: &mut Dice) -> Self {
        let mut image = RgbImage::from_pixel(WIDTH, HEIGHT, Rgb([120, 118, 110]));
        for _ in 0..40 {
            let (x, y) = (dice.below(WIDTH as usize) as u32, dice.below(HEIGHT as usize) as u32);
            let (w, h) = (dice.between(8, 60) as u32, dice.between(8, 50) as u32);
            let colour = Rgb([dice.between(10, 240) as u8, dice.between(10, 240) as u8, dice.between(10, 240) as u8]);
            for (px, py) in (x..(x + w).min(WIDTH)).flat_map(|px| (y..(y + h).min(HEIGHT)).map(move |py| (px, py))) {
                image.put_pixel(px, py, colour);
            }
        }
        for pixel in image.pixels_mut() {
            let grain = dice.between(-6, 6) as i16;
            pixel.0 = pixel.0.map(|level| (i16::from(level) + grain).clamp(0, 255) as u8);
        }
        Self(image)
    }

    /// The same with more light.
    pub fn brighter(&self, by: i32) -> Self {
        Self(imageops::brighten(&self.0, by))
    }

    /// The same with so many pixels cut off on each side.
    pub fn cut(&self, edge: u32) -> Self {
        Self(imageops::crop_imm(&self.0, edge, edge, WIDTH - 2 * edge, HEIGHT - 2 * edge).to_image())
    }

    /// As a JPEG of some quality.
    pub fn taken(&self, quality: u8) -> Vec<u8> {
        let mut bytes = Vec::new();
        JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(&self.0).expect("a JPEG");
        bytes
    }
}

/// A signature: a line that goes up and down, and no two alike.
pub fn ink(dice: &mut Dice) -> Vec<u8> {
    let mut image = RgbImage::from_pixel(120, 48, Rgb([255, 255, 255]));
    let mut y = 24_i64;
    for x in 6..114 {
        y = (y + dice.between(-5, 5)).clamp(4, 43);
        for thick in 0..3 {
            image.put_pixel(x, (y + thick) as u32, Rgb([20, 20, 30]));
        }
    }
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, ImageFormat::Png).expect("a PNG");
    bytes.into_inner()
}

/// What evidence is called.
pub fn name(bytes: &[u8]) -> String {
    sha256_hex(bytes)
}

/// Sends a picture through the door.
pub async fn send(cadre: &Person, bytes: &[u8]) {
    let media_type = if bytes.starts_with(b"\x89PNG") { "image/png" } else { "image/jpeg" };
    assert_eq!(send_picture(cadre, bytes, media_type).await.1.status, 201);
}
