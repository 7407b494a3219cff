//! What other visits say about one: the cadre's way, the spot, the people, the pictures.

use serde::Deserialize;

use crate::households::HouseholdId;
use crate::kit::clock::Moment;
use crate::kit::geo::Point;
use crate::visits::VisitId;

/// The same cadre's visit before this one, where both have a position.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct Trip {
    /// That visit.
    pub visit: VisitId,
    /// When it ended, by the corrected clock.
    pub ended_at: Moment,
    /// Where it was, in WGS 84.
    pub at: Point,
    /// Its accuracy radius.
    pub accuracy_m: f64,
}

/// A visit to another household, made close by.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct Neighbour {
    /// That visit.
    pub visit: VisitId,
    /// The household it was made to.
    pub household: HouseholdId,
    /// Where it was, in WGS 84.
    pub at: Point,
}

/// A handover elsewhere in this campaign to somebody who received here too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct Also {
    /// When that visit began, by the corrected clock.
    pub started_at: Moment,
    /// That visit.
    pub visit: VisitId,
    /// The line of this visit's roster, from 0; none where the household itself received.
    #[serde(default)]
    pub line: Option<usize>,
    /// Whether it was received in a group.
    #[serde(default)]
    pub in_a_group: bool,
}

/// A picture of another visit that looks like one of this visit's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct Alike {
    /// That visit.
    pub visit: VisitId,
    /// Its picture.
    pub sha256: String,
    /// In how many of 64 bits the perceptual hashes differ.
    pub distance: i64,
}
