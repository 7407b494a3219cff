//! Seeded chance: the same seed and the same label give the same throws, in whatever order the parts of the city are made.

use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use crate::kit::clock::Chance;

/// A stream of throws (SplitMix64: small, fast, and the same on every machine).
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// The dice of one part of the city.
    #[must_use]
    pub fn of(seed: u64, label: &str) -> Self {
        let digest = Sha256::digest(format!("{seed}/{label}"));
        Self(digest.first_chunk::<8>().map_or(seed, |bytes| u64::from_be_bytes(*bytes)))
    }

    /// 64 bits.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`; 0 where there is none.
    pub fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % end).unwrap_or_default()
    }

    /// A whole number of a range, both ends in it.
    pub fn whole(&mut self, from: i64, to: i64) -> i64 {
        let span = usize::try_from(to.saturating_sub(from)).unwrap_or_default();
        from.saturating_add(i64::try_from(self.below(span + 1)).unwrap_or_default())
    }

    /// A number from 0 up to 1.
    pub fn unit(&mut self) -> f64 {
        let bits = u32::try_from(self.next() >> 32).unwrap_or_default();
        f64::from(bits) / (f64::from(u32::MAX) + 1.0)
    }

    /// A number between two.
    pub fn between(&mut self, from: f64, to: f64) -> f64 {
        (to - from).mul_add(self.unit(), from)
    }

    /// Heads or tails, with a chance of heads between 0 and 1.
    pub fn chance(&mut self, of_heads: f64) -> bool {
        self.unit() < of_heads
    }

    /// One of a list that is never empty.
    #[expect(clippy::indexing_slicing, reason = "a throw is below the length of the list")]
    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// Mixes a list (Fisher–Yates).
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }
}

/// Chance for the rooms, from a seed: the same city has the same ids.
#[must_use]
pub fn chance(seed: u64) -> Chance {
    let dice = Mutex::new(Dice::of(seed, "rooms"));
    Chance::of(move |bytes| {
        let mut dice = dice.lock().unwrap_or_else(PoisonError::into_inner);
        for chunk in bytes.chunks_mut(8) {
            chunk.iter_mut().zip(dice.next().to_le_bytes()).for_each(|(to, from)| *to = from);
        }
    })
}
