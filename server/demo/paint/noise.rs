//! One sheet of texture, made once and laid over everything somewhere else each time: soft unevenness, and the grain of a small sensor.

use std::sync::OnceLock;

use super::number::{real, short, whole};
use crate::demo::dice::Dice;

/// A power of two, as is every lattice below.
const SIDE: usize = 256;

/// Two sheets of the same size that repeat in both directions; values around nought.
pub(super) struct Noise {
    soft: Vec<f32>,
    grain: Vec<f32>,
}

impl Noise {
    /// The sheets; the same for every picture of every city.
    pub(super) fn sheets() -> &'static Self {
        static SHEETS: OnceLock<Noise> = OnceLock::new();
        SHEETS.get_or_init(Self::weave)
    }

    fn weave() -> Self {
        let mut dice = Dice::of(0, "texture");
        let mut throws = |n: usize| (0..n).map(|_| short(dice.between(-1.0, 1.0))).collect::<Vec<f32>>();
        let mut soft = vec![0.0; SIDE * SIDE];
        for (cells, weight) in [(8_usize, 0.5_f32), (16, 0.25), (32, 0.15), (64, 0.1)] {
            let lattice = throws(cells * cells);
            for (n, value) in soft.iter_mut().enumerate() {
                let at = |n: usize| real(n) * real(cells) / real(SIDE);
                *value += weight * between(&lattice, cells, at(n % SIDE), at(n / SIDE));
            }
        }
        let raw = throws(SIDE * SIDE);
        // A sensor's neighbouring pixels are not strangers: the raw converter smears them.
        let grain = (0..SIDE * SIDE).map(|n| [0, 1, SIDE, SIDE + 1].into_iter().filter_map(|by| raw.get((n + by) % raw.len())).sum::<f32>() * 0.5).collect();
        Self { soft, grain }
    }

    /// Soft unevenness at a place that is not below nought.
    pub(super) fn soft(&self, x: f32, y: f32) -> f32 {
        between(&self.soft, SIDE, x, y)
    }

    /// Grain of a pixel.
    pub(super) fn grain(&self, x: usize, y: usize) -> f32 {
        self.grain.get((y % SIDE) * SIDE + x % SIDE).copied().unwrap_or_default()
    }
}

/// A value between the four nearest of a sheet that repeats.
fn between(sheet: &[f32], side: usize, x: f32, y: f32) -> f32 {
    let (left, top) = (whole(x), whole(y));
    let (share_x, share_y) = (ease(x - real(left)), ease(y - real(top)));
    let mask = side - 1;
    let at = |x: usize, y: usize| sheet.get((y & mask) * side + (x & mask)).copied().unwrap_or_default();
    let (a, b, c, d) = (at(left, top), at(left + 1, top), at(left, top + 1), at(left + 1, top + 1));
    let (upper, lower) = (a + (b - a) * share_x, c + (d - c) * share_x);
    upper + (lower - upper) * share_y
}

fn ease(share: f32) -> f32 {
    share * share * (3.0 - 2.0 * share)
}
