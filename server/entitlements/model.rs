//! What one household is to receive in one campaign.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::campaigns::{CampaignId, Purpose, Quantity, Standard};
use crate::households::{Category, HouseholdId};
use crate::kit::clock::Moment;

crate::id!(
    /// An entitlement's id.
    EntitlementId
);

/// The facts that decided, frozen with the decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Facts {
    /// The household's primary category at that time.
    pub category: Category,
    /// The version of the household's file.
    pub household_version: i64,
    /// The version of the campaign's policy.
    pub policy_version: i64,
    /// The standard that was applied.
    pub standard: Standard,
}

/// What a household is to receive in a campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Entitlement {
    /// Its id.
    pub id: EntitlementId,
    /// The campaign.
    pub campaign_id: CampaignId,
    /// The household.
    pub household_id: HouseholdId,
    /// The category that decided.
    pub category: Category,
    /// Cash.
    pub cash_fen: i64,
    /// What the cash is for.
    pub purpose: Purpose,
    /// Goods, ordered by item.
    pub goods: Vec<Quantity>,
    /// Why.
    pub facts: Facts,
    /// Since when.
    pub frozen_at: Moment,
}
