//! A lead's count of a slip, as it is sealed into an item.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::check::CheckSaid;
use crate::campaigns::CampaignId;
use crate::kit::clock::Moment;
use crate::ledger::EntryId;
use crate::visits::{Aid, Ink, NamedEvidence, VisitSaid};

/// The body of an item of kind `acknowledge`: what a team's lead counted of what the store issued or took back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AcknowledgeSaid {
    /// The campaign.
    pub campaign_id: CampaignId,
    /// The slip.
    pub slip_id: EntryId,
    /// What was counted: every line of the slip once; an amount may be nothing.
    pub lines: Vec<Aid>,
    /// The signature, and nothing else.
    pub evidence: Vec<NamedEvidence>,
    /// The signature's ink.
    pub signature_ink: Ink,
    /// By the phone's clock.
    pub acknowledged_at: Moment,
    /// Why the count differs, where it does.
    #[serde(default)]
    pub words: String,
}

/// What an item says, by its kind.
#[derive(ToSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "the OpenAPI document names it; items are read by their kind")]
pub enum BodySaid {
    /// Of kind `visit`.
    Visit(Box<VisitSaid>),
    /// Of kind `acknowledge`.
    Acknowledge(Box<AcknowledgeSaid>),
    /// Of kind `check`.
    Check(Box<CheckSaid>),
}
