//! A check: what the household says, what the cadre wrote, and what the supervisor makes of both.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{CheckId, CheckState, SampleId, Verdict};
use crate::accounts::{PersonId, TeamId};
use crate::campaigns::{CampaignId, ItemId, Quantity};
use crate::households::{HouseholdId, Relation};
use crate::kit::clock::Moment;
use crate::visits::{Outcome, Position, VisitId};

crate::words! {
    /// How a household was asked.
    How as "CheckHow" {
        /// By telephone.
        Phone = "phone",
        /// At the door.
        Visit = "visit",
    }
}

crate::words! {
    /// How satisfied a household says it is.
    Satisfied {
        /// Satisfied.
        Yes = "yes",
        /// In part.
        Partly = "partly",
        /// Not satisfied.
        No = "no",
        /// It did not say.
        Unsaid = "unsaid",
    }
}

/// What a household says before anybody has told it what the cadre wrote.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Answers {
    /// How it was asked.
    pub how: How,
    /// Whether anybody came.
    pub came: bool,
    /// Who came; empty where it does not know.
    #[serde(default)]
    pub who: String,
    /// The day in China, `YYYY-MM-DD`; null where it does not know.
    #[serde(default)]
    pub came_on: Option<String>,
    /// Cash it received, in fen.
    pub cash_fen: i64,
    /// Goods it received.
    #[serde(default)]
    pub goods: Vec<Quantity>,
    /// Who signed; empty where it does not know.
    #[serde(default)]
    pub signed_by: String,
    /// Whether it is satisfied.
    pub satisfied: Satisfied,
    /// Anything else it said.
    #[serde(default)]
    pub words: String,
    /// SHA-256 of pictures taken at a second visit.
    #[serde(default)]
    pub evidence: Vec<String>,
    /// Where a second visit took place.
    #[serde(default)]
    pub position: Option<Position>,
}

/// What the cadre wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = CheckRecord)]
pub struct Record {
    /// The visit.
    pub visit_id: VisitId,
    /// What came of it.
    pub outcome: Outcome,
    /// When it began.
    pub started_at: Moment,
    /// The cadre's name.
    pub cadre: String,
    /// Cash handed over, in fen.
    pub cash_fen: i64,
    /// Goods handed over.
    pub goods: Vec<Quantity>,
    /// Who took it.
    pub recipient: Option<String>,
    /// Seen from the head of the household.
    pub relation: Option<Relation>,
    /// Whether the cadre has corrected it since it was drawn.
    pub amended_since: bool,
}

crate::words! {
    /// What is held against what.
    Field as "CheckField" {
        /// Whether anybody came.
        Came = "came",
        /// The day.
        CameOn = "came_on",
        /// Who came.
        Who = "who",
        /// Cash.
        Cash = "cash_fen",
        /// Goods of one kind.
        Goods = "goods",
        /// Who signed.
        SignedBy = "signed_by",
    }
}

crate::words! {
    /// Whether both say the same.
    Agreement {
        /// They do.
        Same = "same",
        /// They do not.
        Differs = "differs",
        /// Words that a person must compare.
        Look = "look",
        /// The household did not say.
        Unsaid = "unsaid",
    }
}

/// One thing, held against the other side's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Compared {
    /// What.
    pub field: Field,
    /// Of which goods.
    pub item_id: Option<ItemId>,
    /// Whether both say the same.
    pub agreement: Agreement,
}

/// A verdict as it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Judged {
    /// The how-manieth, from 1; the last stands.
    pub version: i64,
    /// The verdict.
    pub verdict: Verdict,
    /// What was done about it.
    pub measures: String,
    /// Anything else.
    pub words: String,
    /// Why the one before does not stand; empty for the first.
    pub reason: String,
    /// What of the handover was found missing or wrong, in fen.
    pub at_risk_fen: i64,
    /// Who gave it.
    pub judged_by: PersonId,
    /// Their name.
    pub by: String,
    /// When.
    pub judged_at: Moment,
}

crate::words! {
    /// Why a household falls out of a sample.
    Fallen as "ReplacementReason" {
        /// It has moved away since it was helped.
        MovedAway = "moved_away",
        /// Its head has died since.
        Deceased = "deceased",
        /// It is no household of its own any more.
        Dissolved = "household_dissolved",
    }
}

/// A check as it stands in the store.
#[derive(Debug, Clone)]
pub struct Check {
    /// Its id.
    pub id: CheckId,
    /// Its sample.
    pub sample_id: SampleId,
    /// The campaign.
    pub campaign_id: CampaignId,
    /// Where it was drawn.
    pub stratum: String,
    /// Its place there.
    pub place: i64,
    /// The team that was there.
    pub team_id: Option<TeamId>,
    /// The record it is held against.
    pub visit_id: Option<VisitId>,
    /// Whose record that is.
    pub cadre_id: Option<PersonId>,
    /// What the household had received.
    pub handed_fen: i64,
    /// The check whose place it took.
    pub replaces: Option<CheckId>,
    /// How far it has come.
    pub state: CheckState,
    /// The verdict that stands.
    pub verdict: Option<Verdict>,
    /// The path of the org that keeps the file.
    pub org_path: String,
}

/// A household that is to be asked: who they are and how to find them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HouseholdAsked {
    /// Its id.
    pub id: HouseholdId,
    /// The head's name.
    pub head_name: String,
    /// Where they live.
    pub address: String,
    /// Their telephone.
    pub phone: Option<String>,
}

/// A check in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CheckRow {
    /// Its id.
    pub id: CheckId,
    /// Where it was drawn.
    pub stratum: String,
    /// Its place there.
    pub place: i64,
    /// How far it has come.
    pub state: CheckState,
    /// The verdict that stands.
    pub verdict: Option<Verdict>,
    /// The check whose place it took.
    pub replaces: Option<CheckId>,
    /// Who is to be asked.
    pub household: HouseholdAsked,
}
