//! Chance of our own: the same seed gives the same season.

use nuanfang::kit::clock::{Chance, Moment};
use nuanfang::kit::id::Id;

/// SplitMix64.
#[derive(Clone)]
pub struct Dice(u64);

impl Dice {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Dice of somebody's own, so that what one does changes nothing for the others.
    pub fn of(&mut self) -> Self {
        Self(self.roll())
    }

    pub const fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From `low` to `high`, both among them.
    pub const fn between(&mut self, low: i64, high: i64) -> i64 {
        low + (self.roll() % (high - low + 1) as u64) as i64
    }

    /// A place in a list of so many.
    pub const fn below(&mut self, count: usize) -> usize {
        (self.roll() % count as u64) as usize
    }

    /// From 0 up to, not with, 1.
    pub fn unit(&mut self) -> f64 {
        (self.roll() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub fn within(&mut self, low: f64, high: f64) -> f64 {
        self.unit().mul_add(high - low, low)
    }

    /// So many times in a hundred.
    pub fn percent(&mut self, times: f64) -> bool {
        self.unit() * 100.0 < times
    }

    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }

    /// An id as a client makes it.
    pub fn id(&mut self, at: Moment) -> String {
        let mut bytes = [0_u8; 16];
        bytes[..8].copy_from_slice(&self.roll().to_be_bytes());
        bytes[8..].copy_from_slice(&self.roll().to_be_bytes());
        Id::fresh(at, &Chance::of(move |out| out.copy_from_slice(&bytes[..out.len()]))).as_str().to_owned()
    }

    /// A name of a file nobody else has.
    pub fn sha256(&mut self) -> String {
        (0..4).map(|_| format!("{:016x}", self.roll())).collect()
    }
}
