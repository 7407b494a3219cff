//! What a household answered at a spot check, as it is sealed into an item; and whom a supervisor's phone is told to ask.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::pull::Home;
use crate::campaigns::{CampaignId, ItemId};
use crate::households::HouseholdId;
use crate::kit::clock::Moment;
use crate::spotchecks::{Answers, CheckId};
use crate::visits::NamedEvidence;

/// The body of an item of kind `check`: what a household says before anybody has told it what the cadre wrote.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckSaid {
    /// The campaign.
    pub campaign_id: CampaignId,
    /// The check.
    pub check_id: CheckId,
    /// By the phone's clock.
    pub asked_at: Moment,
    /// What the household said; its pictures stand beside it.
    pub answers: Answers,
    /// Photos of a second visit.
    #[serde(default)]
    pub evidence: Vec<NamedEvidence>,
}

/// A household that is to be asked. Nothing of what the cadre wrote is in it, nor what it was drawn from, which would say whether it was met.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CheckSeen {
    /// The check's id.
    pub id: CheckId,
    /// The campaign.
    pub campaign_id: CampaignId,
    /// The household.
    pub household_id: HouseholdId,
    /// The head's name.
    pub head_name: String,
    /// Where they live.
    pub address: String,
    /// Their telephone, to be called.
    pub phone: Option<String>,
    /// Where the home is.
    pub home: Option<Home>,
}

/// Goods that a campaign promises to anybody: to pick from, without a hint at what one household was given.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CheckGoods {
    /// The campaign.
    pub campaign_id: CampaignId,
    /// The goods.
    pub item_id: ItemId,
    /// Their name.
    pub name: String,
    /// Their unit.
    pub unit: String,
}
