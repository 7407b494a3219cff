//! Signatures: what a finger leaves on glass, as strokes and as a PNG of ink on nothing.

use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};

use super::canvas::Point;
use super::number::{byte, real, short, whole};
use crate::demo::dice::Dice;

const WIDTH: usize = 720;
const HEIGHT: usize = 300;

/// A signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// PNG, transparent where there is no ink.
    pub png: Vec<u8>,
    /// Strokes drawn.
    pub strokes: i64,
    /// Points in all of them.
    pub points: i64,
    /// Width and height of the inked box.
    pub box_px: [i64; 2],
}

/// Signs: as many characters as the name has, each in a few hasty strokes. A blank one is a dot, as of somebody who touched the glass.
///
/// # Errors
/// When it cannot be encoded.
pub fn sign(characters: usize, blank: bool, dice: &mut Dice) -> Result<Signature, image::ImageError> {
    let strokes = if blank { vec![dot(dice)] } else { name(characters.max(2), dice) };
    let mut ink = vec![0.0_f32; WIDTH * HEIGHT];
    for stroke in &strokes {
        let length = real(stroke.len()).max(1.0);
        for (n, (x, y)) in stroke.iter().enumerate() {
            let along = real(n) / length;
            // Fast strokes are thin: the finger presses at both ends.
            let thick = 1.7 + 2.3 * (1.0 - (along * std::f32::consts::PI).sin()) + 0.9 * (along * 9.0).sin().abs();
            drop_ink(&mut ink, (*x, *y), thick);
        }
    }
    let all = || strokes.iter().flatten();
    let span = |of: fn(&Point) -> f32| all().map(of).fold((f32::MAX, 0.0_f32), |(low, high), v| (low.min(v), high.max(v)));
    let ((left, right), (top, foot)) = (span(|p| p.0), span(|p| p.1));
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    Ok(Signature {
        png: png(&ink)?,
        strokes: count(strokes.len()),
        // The screen reports a point every few pixels; the ink between is drawn.
        points: count(all().count() / 6).max(1),
        box_px: [count(whole(right - left)), count(whole(foot - top))],
    })
}

fn dot(dice: &mut Dice) -> Vec<Point> {
    let at = (short(dice.between(300.0, 420.0)), short(dice.between(120.0, 180.0)));
    (0..14_usize).map(|n| (at.0 + real(n) * 0.5, at.1)).collect()
}

fn name(characters: usize, dice: &mut Dice) -> Vec<Vec<Point>> {
    let cell = 600.0 / real(characters);
    let mut strokes = Vec::new();
    for n in 0..characters {
        let left = real(n).mul_add(cell, 56.0 + short(dice.between(-14.0, 14.0)));
        let top = 50.0 + short(dice.between(-14.0, 26.0));
        let (wide, high) = (cell * 0.86, short(dice.between(150.0, 196.0)));
        let place = |x: f64, y: f64| (short(x).mul_add(wide, left), short(y).mul_add(high, top));
        for _ in 0..dice.below(4) + 4 {
            let (x, y) = (dice.between(0.0, 0.7), dice.between(0.0, 0.8));
            let bend = (x + dice.between(-0.1, 0.45), y + dice.between(-0.1, 0.35));
            let end = match dice.below(4) {
                0 => (x + dice.between(0.3, 0.7), y + dice.between(-0.08, 0.05)),
                1 => (x + dice.between(-0.06, 0.06), y + dice.between(0.25, 0.6)),
                2 => (x - dice.between(0.15, 0.45), y + dice.between(0.2, 0.5)),
                _ => (x + dice.between(0.2, 0.5), y + dice.between(0.2, 0.5)),
            };
            strokes.push(curve(place(x, y), place(bend.0, bend.1), place(end.0.clamp(-0.1, 1.1), end.1.clamp(-0.1, 1.1))));
        }
    }
    strokes
}

/// A bow from one point to another, a drop of ink for each pixel.
fn curve(a: Point, b: Point, c: Point) -> Vec<Point> {
    let steps = whole((a.0 - b.0).hypot(a.1 - b.1) + (b.0 - c.0).hypot(b.1 - c.1)).max(8);
    let at = |t: f32, a: f32, b: f32, c: f32| (1.0 - t) * (1.0 - t) * a + 2.0 * t * (1.0 - t) * b + t * t * c;
    (0..=steps).map(|n| real(n) / real(steps)).map(|t| (at(t, a.0, b.0, c.0), at(t, a.1, b.1, c.1))).collect()
}

fn drop_ink(ink: &mut [f32], (x, y): Point, thick: f32) {
    let reach = thick + 1.0;
    for row in whole((y - reach).max(0.0))..whole(y + reach + 1.0).min(HEIGHT) {
        for column in whole((x - reach).max(0.0))..whole(x + reach + 1.0).min(WIDTH) {
            let far = (real(column) - x).hypot(real(row) - y);
            if let Some(wet) = ink.get_mut(row * WIDTH + column) {
                *wet = wet.max((thick - far).clamp(0.0, 1.0));
            }
        }
    }
}

fn png(ink: &[f32]) -> Result<Vec<u8>, image::ImageError> {
    let pixels: Vec<u8> = ink.iter().flat_map(|wet| [22, 26, 40, byte(*wet)]).collect();
    let mut png = Vec::new();
    let (width, height) = (u32::try_from(WIDTH).unwrap_or_default(), u32::try_from(HEIGHT).unwrap_or_default());
    PngEncoder::new(&mut png).write_image(&pixels, width, height, ExtendedColorType::Rgba8)?;
    Ok(png)
}
