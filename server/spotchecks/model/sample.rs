//! A draw as it was made, and the checks it asks for.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Rate, Stratum};
use crate::accounts::{OrgId, PersonId, TeamId};
use crate::campaigns::CampaignId;
use crate::households::{Category, HouseholdId};
use crate::kit::clock::Moment;
use crate::visits::VisitId;

crate::id!(
    /// A sample's id, made by whoever draws it.
    SampleId
);
crate::id!(
    /// A check's id.
    CheckId
);

crate::words! {
    /// What a sample is drawn from.
    Kind as "SampleKind" {
        /// Households that received aid.
        Assisted = "assisted",
        /// Households whose last outcome was absent, moved, refused or not found.
        NotReached = "not_reached",
        /// Every household of one team that is not checked yet: too much was found among those that were.
        Escalation = "escalation",
        /// Single households, chosen because of findings; they enter no rate.
        Targeted = "targeted",
    }
}

crate::words! {
    /// How far a check has come.
    CheckState {
        /// Nobody has asked yet.
        Waiting = "waiting",
        /// The household has answered; the supervisor may look at the cadre's record now.
        Answered = "answered",
        /// There is a verdict.
        Judged = "judged",
        /// Another household took its place.
        Replaced = "replaced",
    }
}

crate::words! {
    /// What a check came to.
    Verdict as "CheckVerdict" {
        /// The household says what the cadre wrote.
        Agrees = "agrees",
        /// A slip that changes nothing: a date, a name.
        Minor = "minor",
        /// Amount or goods differ.
        Misdelivered = "misdelivered",
        /// Should not be on file.
        Ineligible = "ineligible",
        /// Nothing was received, or nobody came.
        NotReceived = "not_received",
        /// Could not be asked.
        Unreachable = "unreachable",
    }
}

impl Verdict {
    /// Whether it counts as a discrepancy.
    #[must_use]
    pub const fn is_discrepancy(self) -> bool {
        matches!(self, Self::Misdelivered | Self::Ineligible | Self::NotReceived)
    }
}

/// A sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Sample {
    /// Its id.
    pub id: SampleId,
    /// The campaign.
    pub campaign_id: CampaignId,
    /// What it was drawn from.
    pub kind: Kind,
    /// The how-manieth of its kind, from 1.
    pub k: i64,
    /// The team of a full check.
    pub team_id: Option<TeamId>,
    /// Why these households were chosen; empty where chance chose.
    pub words: String,
    /// The share of the frame.
    pub rate: Rate,
    /// So many of each stratum at least.
    pub min_per_stratum: i64,
    /// The version of the policy that set both.
    pub policy_version: i64,
    /// How many stood in the frame.
    pub households: i64,
    /// The share of the frame, before the least of each stratum is added.
    pub size: i64,
    /// How many were drawn.
    pub seats: i64,
    /// What the households of the frame had received, in fen: cash, and what goods are worth.
    pub handed_fen: i64,
    /// SHA-256 of the frame; null where nothing was drawn by chance.
    pub root: Option<String>,
    /// The draw's own seed; null where nothing was drawn by chance.
    pub draw_seed: Option<String>,
    /// Who drew it.
    pub drawn_by: PersonId,
    /// When.
    pub drawn_at: Moment,
}

/// A stratum of a sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StratumOf {
    /// `team_code/category`.
    pub stratum: String,
    /// How many households stood in it.
    pub households: i64,
    /// How many of them were drawn.
    pub seats: i64,
    /// What they had received, in fen.
    pub handed_fen: i64,
}

/// A household that could be drawn.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Which one.
    pub household: HouseholdId,
    /// Among which.
    pub stratum: Stratum,
    /// The org that keeps the file.
    pub org: OrgId,
    /// The team that was there last.
    pub team: Option<TeamId>,
    /// The cadre's record.
    pub visit: Option<VisitId>,
    /// Whose record that is.
    pub cadre: Option<PersonId>,
    /// What it has received, in fen.
    pub handed_fen: i64,
}

/// A check to be made.
#[derive(Debug, Clone)]
pub struct NewCheck {
    /// Its id.
    pub id: CheckId,
    /// Of this household.
    pub of: Candidate,
    /// Its place in the stratum.
    pub place: i64,
    /// The check whose place it takes.
    pub replaces: Option<CheckId>,
}

/// `team_code/category`. No code of a team is a question mark: it stands for no team.
#[must_use]
pub fn stratum_of(team_code: Option<&str>, category: Category) -> String {
    format!("{}/{}", team_code.unwrap_or("?"), category.as_str())
}
