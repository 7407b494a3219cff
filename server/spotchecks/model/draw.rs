//! What is drawn from, and what is drawn.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::households::HouseholdId;

/// Lines of a frame that are kept, and read, together.
const LOT: usize = 1_000;

/// 32 bytes: a seed, a root, a score.
pub type Bytes = [u8; 32];

/// What a household is drawn among: `team_code/category`.
pub type Stratum = Arc<str>;

/// One line of a frame.
pub type Line = (HouseholdId, Stratum);

/// All that could be drawn, in the order of the ids.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frame(Vec<Line>);

impl Frame {
    /// From lines in any order; a household stands in it once.
    #[must_use]
    pub fn of(mut lines: Vec<Line>) -> Self {
        lines.sort_unstable();
        lines.dedup_by_key(|line| line.0);
        Self(lines)
    }

    /// Its lines.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.0
    }

    /// SHA-256 over `household_id TAB stratum LF`, line by line.
    #[must_use]
    pub fn root(&self) -> Bytes {
        let mut hash = Sha256::new();
        self.lots().for_each(|lot| hash.update(lot));
        hash.finalize().into()
    }

    /// The bytes that the root is the hash of, so many lines at a time.
    pub fn lots(&self) -> impl Iterator<Item = String> {
        self.0.chunks(LOT).map(|lines| {
            let mut text = String::with_capacity(lines.len() * 64);
            for (household, stratum) in lines {
                for part in [household.as_str(), "\t", stratum, "\n"] {
                    text.push_str(part);
                }
            }
            text
        })
    }
}

/// The lines that stand in a lot of a frame.
pub fn lines_of(lot: &str) -> impl Iterator<Item = (HouseholdId, &str)> {
    lot.lines().filter_map(|line| line.split_once('\t')).filter_map(|(household, stratum)| Some((HouseholdId::parse(household)?, stratum)))
}

/// How a draw is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// The draw's own seed.
    pub seed: Bytes,
    /// The share of the frame.
    pub rate: super::Rate,
    /// So many of each stratum at least, as far as it has them.
    pub min_per_stratum: u64,
}

/// One stratum of a draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seats {
    /// Its name.
    pub stratum: Stratum,
    /// How many stand in it.
    pub households: u64,
    /// How many of them are drawn.
    pub seats: u64,
}

/// A household that was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// Which one.
    pub household: HouseholdId,
    /// Where it was drawn.
    pub stratum: Stratum,
    /// Its place in the stratum, from 1, by score.
    pub place: u64,
}

/// What a draw came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draw {
    /// The frame's hash.
    pub root: Bytes,
    /// The share of the frame, before the least of each stratum is added.
    pub size: u64,
    /// By stratum, bytewise.
    pub strata: Vec<Seats>,
    /// By stratum, then by place.
    pub drawn: Vec<Drawn>,
}
