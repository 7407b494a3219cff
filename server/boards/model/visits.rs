//! Visits in a list, and one by itself.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::accounts::{PersonId, TeamId};
use crate::campaigns::CampaignId;
use crate::findings::{FindingSeen, Spot, Standing};
use crate::households::HouseholdId;
use crate::kit::clock::Moment;
use crate::visits::{Aid, EvidenceKind, EvidenceSource, EvidenceSubject, Found, Ink, Mode, NeedSaid, Outcome, Position, Recipient, VisitId};

/// Which visits are asked for.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct VisitFilter {
    /// Of this campaign.
    pub campaign: Option<CampaignId>,
    /// To this household.
    pub household: Option<HouseholdId>,
    /// Of this team.
    pub team: Option<TeamId>,
    /// By this person.
    pub cadre: Option<PersonId>,
    /// With this outcome.
    pub outcome: Option<Outcome>,
}

/// Somebody, in a few words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PersonNamed {
    /// Their id.
    pub id: PersonId,
    /// Their name.
    pub name: String,
}

/// A team, in a few words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TeamNamed {
    /// Its id.
    pub id: TeamId,
    /// Its name.
    pub name: String,
}

/// A household, as a visit names it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct HouseholdOfVisit {
    /// The head.
    pub head_name: String,
    /// Where they live.
    pub address: String,
    /// Where that is.
    pub home: Option<Spot>,
}

/// A line of what was handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AidLine {
    /// `cash` or `goods`.
    pub kind: String,
    /// The fund or the item.
    pub id: String,
    /// Fen, or thousandths of the item's unit.
    pub amount: i64,
}

/// A visit in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct VisitRow {
    /// Its id.
    pub id: VisitId,
    /// Its campaign.
    pub campaign_id: CampaignId,
    /// Its household; null for one found at the door, an enterprise or a group.
    pub household_id: Option<HouseholdId>,
    /// The head's name.
    pub head_name: Option<String>,
    /// Where and how.
    pub mode: Mode,
    /// What came of it.
    pub outcome: Outcome,
    /// When it began.
    pub started_at: Moment,
    /// When it ended.
    pub ended_at: Moment,
    /// When it reached the server.
    pub received_at: Moment,
    /// Who made it.
    pub cadre: PersonNamed,
    /// For which team.
    pub team: Option<TeamNamed>,
    /// What was handed over.
    pub aid: Vec<AidLine>,
    /// The earlier visit this one corrects.
    pub amends: Option<VisitId>,
    /// Where the household stands.
    pub standing: Option<Standing>,
    /// Findings at review or block that are open.
    pub open_findings: i64,
}

/// A piece of evidence that a visit names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct EvidenceView {
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// What it is.
    pub kind: EvidenceKind,
    /// What it shows.
    pub subject: EvidenceSubject,
    /// How it came into the phone.
    pub source: EvidenceSource,
    /// At the shutter.
    pub taken_at: Moment,
    /// Where the shutter was.
    pub position: Option<Position>,
    /// Whether the bytes are here.
    pub arrived: bool,
    /// As the visit named it.
    pub media_type: String,
}

/// One visit, with all that was said and all that was found.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct VisitView {
    /// Its id.
    pub id: VisitId,
    /// Its campaign.
    pub campaign_id: CampaignId,
    /// Its household.
    pub household_id: Option<HouseholdId>,
    /// The same in words.
    pub household: Option<HouseholdOfVisit>,
    /// Somebody found at the door who is on no list.
    pub found: Option<Found>,
    /// Where and how.
    pub mode: Mode,
    /// What came of it.
    pub outcome: Outcome,
    /// When it began.
    pub started_at: Moment,
    /// When it ended.
    pub ended_at: Moment,
    /// When it reached the server.
    pub received_at: Moment,
    /// Where the phone was, as received.
    pub position: Option<Position>,
    /// How far that is from the home, on WGS 84; null where either is unknown.
    pub distance_m: Option<f64>,
    /// Who took the aid.
    pub recipient: Option<Recipient>,
    /// What was handed over.
    pub aid: Vec<Aid>,
    /// Pictures, signatures, papers.
    pub evidence: Vec<EvidenceView>,
    /// The signature's ink.
    pub signature_ink: Option<Ink>,
    /// What was asked for.
    pub needs: Vec<NeedSaid>,
    /// Anything else.
    pub notes: String,
    /// Who made it.
    pub cadre: PersonNamed,
    /// For which team.
    pub team: Option<TeamNamed>,
    /// The earlier visit this one corrects.
    pub amends: Option<VisitId>,
    /// Why.
    pub amend_reason: Option<String>,
    /// The later visits that correct this one.
    pub amended_by: Vec<VisitId>,
    /// Where the household stands.
    pub standing: Option<Standing>,
    /// What does not agree about this visit.
    pub findings: Vec<FindingSeen>,
}
