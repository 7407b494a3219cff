//! The proof of a draw, as it is exported: everything that it takes to repeat it, and nothing personal.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Kind, Rate};
use crate::campaigns::CampaignId;
use crate::kit::clock::Moment;

/// The form of the file.
pub const FORMAT: &str = "nuanfang-draw/1";

/// All of a proof but its frame and what was drawn, which are long.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ProofHead {
    /// [`FORMAT`].
    pub format: String,
    /// The campaign.
    pub campaign_id: CampaignId,
    /// Which kind of draw.
    pub kind: Kind,
    /// The how-manieth of its kind.
    pub k: u8,
    /// SHA-256 of the campaign's seed.
    pub commitment: String,
    /// When that was published.
    pub committed_at: Moment,
    /// The campaign's seed, once it is published.
    pub campaign_seed: Option<String>,
    /// The draw's own seed.
    pub draw_seed: String,
    /// The share of the frame.
    pub rate: Rate,
    /// So many of each stratum at least.
    pub min_per_stratum: u64,
    /// SHA-256 of the frame.
    pub root: String,
    /// How many stand in the frame.
    pub households: u64,
    /// The share of the frame, before the least of each stratum is added.
    pub size: u64,
    /// When it was drawn.
    pub drawn_at: Moment,
    /// Seats by stratum.
    pub seats: BTreeMap<String, u64>,
}

/// A whole proof.
#[derive(Debug, Clone, Deserialize)]
pub struct Proof {
    /// All but the long parts.
    #[serde(flatten)]
    pub head: ProofHead,
    /// Household and stratum.
    pub frame: Vec<(String, String)>,
    /// Those that were drawn, by id.
    pub drawn: Vec<String>,
}
