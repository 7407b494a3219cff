//! What is drawn from, and what is drawn.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::households::HouseholdId;

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
        for (household, stratum) in &self.0 {
            hash.update(household.as_str());
            hash.update(b"\t");
            hash.update(stratum.as_bytes());
            hash.update(b"\n");
        }
        hash.finalize().into()
    }
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
