//! From a painted sheet to a picture as a cheap phone takes it: light, softness, grain, JPEG.

use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;

use super::canvas::{Canvas, Point};
use super::colour::{Rgb, mix, rgb};
use super::noise::Noise;
use super::number::{byte, real, short, whole};
use crate::demo::dice::Dice;

/// How a scene is lit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Light {
    /// Where it comes from.
    from: Point,
    /// Its colour.
    tint: Rgb,
    /// How much darker the far corner is.
    falloff: f32,
    /// How bright all of it is.
    exposure: f32,
    grain: f32,
}

impl Light {
    /// Daylight, a lamp, a flash, dusk.
    pub(super) fn throw(dice: &mut Dice, outside: bool) -> Self {
        let tints = if outside { [0xff_fc_f4, 0xe9_f1_ff, 0xff_f1_da, 0xde_e6_f2] } else { [0xff_f4_e0, 0xff_e4_bd, 0xf2_f6_ff, 0xe6_f0_e6] };
        let from = (short(dice.between(-0.2, 1.2)), short(dice.between(-0.3, 0.8)));
        let falloff = short(if outside { dice.between(0.1, 0.45) } else { dice.between(0.25, 0.85) });
        Self { from, tint: rgb(dice.pick(&tints)), falloff, exposure: short(dice.between(0.82, 1.16)), grain: short(dice.between(0.02, 0.042)) }
    }
}

impl Canvas {
    /// Lays light over the scene.
    pub(super) fn light(&mut self, light: Light) {
        let (wide, high) = (real(self.width), real(self.height));
        for (y, row) in self.pixels.chunks_exact_mut(self.width).enumerate() {
            let down = real(y) / high;
            for (x, pixel) in row.iter_mut().enumerate() {
                let across = real(x) / wide;
                let (fx, fy) = (across - light.from.0, (down - light.from.1) * 0.75);
                let (cx, cy) = (across - 0.5, down - 0.5);
                let far = fx * fx + fy * fy;
                let corner = cx * cx + cy * cy;
                let strength = light.exposure * (1.0 - light.falloff * far / (0.35 + far)) * (1.0 - 0.36 * corner) * 1.22;
                let [r, g, b] = *pixel;
                let [tr, tg, tb] = light.tint;
                *pixel = [shoulder(r * tr * strength), shoulder(g * tg * strength), shoulder(b * tb * strength)];
            }
        }
    }

    /// The mean of each pixel with its neighbours, so many times.
    pub(super) fn soften(&mut self, times: usize) {
        let width = self.width;
        let blend = |a: Rgb, b: Rgb, c: Rgb| mix(b, mix(a, c, 0.5), 0.5);
        for _ in 0..times {
            for row in self.pixels.chunks_exact_mut(width) {
                let mut before = row.first().copied().unwrap_or_default();
                let mut here = row.iter_mut().peekable();
                while let Some(pixel) = here.next() {
                    let (now, after) = (*pixel, here.peek().map_or(*pixel, |next| **next));
                    *pixel = blend(before, now, after);
                    before = now;
                }
            }
            let mut above: Vec<Rgb> = self.pixels.iter().take(width).copied().collect();
            for y in 0..self.height.saturating_sub(1) {
                let (upper, lower) = self.pixels.split_at_mut((y + 1) * width);
                let row = upper.iter_mut().skip(y * width);
                for ((pixel, before), after) in row.zip(above.iter_mut()).zip(lower.iter()) {
                    let now = *pixel;
                    *pixel = blend(*before, now, *after);
                    *before = now;
                }
            }
        }
    }

    /// Draws a smaller sheet over the whole of this one.
    pub(super) fn lay(&mut self, small: &Self) {
        let (across, down) = (real(small.width - 1) / real(self.width), real(small.height - 1) / real(self.height));
        let at = |x: usize, y: usize| small.pixels.get(y * small.width + x).copied().unwrap_or_default();
        for (y, row) in self.pixels.chunks_exact_mut(self.width).enumerate() {
            let fy = real(y) * down;
            let top = whole(fy);
            for (x, pixel) in row.iter_mut().enumerate() {
                let fx = real(x) * across;
                let left = whole(fx);
                let share = fx - real(left);
                *pixel = mix(mix(at(left, top), at(left + 1, top), share), mix(at(left, top + 1), at(left + 1, top + 1), share), fy - real(top));
            }
        }
    }

    /// The JPEG, with the grain of the sensor and no word about where and when.
    pub(super) fn expose(&self, light: Light, shift: (usize, usize), quality: u8) -> Result<Vec<u8>, image::ImageError> {
        let noise = Noise::sheets();
        let mut bytes = Vec::with_capacity(self.pixels.len() * 3);
        for (y, row) in self.pixels.chunks_exact(self.width).enumerate() {
            for (x, pixel) in row.iter().enumerate() {
                let grain = noise.grain(x + shift.0, y + shift.1) * light.grain;
                let [r, g, b] = *pixel;
                bytes.extend_from_slice(&[byte(r + grain), byte(g + grain * 0.86), byte(b + grain * 1.1)]);
            }
        }
        let mut jpeg = Vec::with_capacity(160_000);
        let (width, height) = (u32::try_from(self.width).unwrap_or(u32::MAX), u32::try_from(self.height).unwrap_or(u32::MAX));
        JpegEncoder::new_with_quality(&mut jpeg, quality).encode(&bytes, width, height, ExtendedColorType::Rgb8)?;
        Ok(jpeg)
    }
}

/// Highlights roll off instead of tearing.
fn shoulder(x: f32) -> f32 {
    if x <= 0.8 { x } else { 0.8 + 0.2 * (1.0 - 1.0 / ((x - 0.8) * 5.0 + 1.0)) }
}
