//! The short lists of a pull: campaigns, teams, promises, goods, funds, custody.

use serde::Serialize;
use utoipa::ToSchema;

use super::lots::About;
use crate::accounts::{OrgId, PersonId, TeamId};
use crate::campaigns::{CampaignId, CampaignStatus, Earmark, ItemId, Policy, Purpose, SealKey, SealKeyId};
use crate::households::HouseholdId;
use crate::kit::clock::Moment;
use crate::ledger::{FundId, FundSource};

/// A campaign on the phone.
#[derive(Debug, Serialize, ToSchema)]
pub struct CampaignSeen {
    /// Its id.
    pub id: CampaignId,
    /// Its name.
    pub name: String,
    /// Its theme.
    pub theme: String,
    /// The org that runs it.
    pub org_id: OrgId,
    /// Draft campaigns are not shown.
    pub status: CampaignStatus,
    /// First moment.
    pub opens_at: Moment,
    /// Last moment.
    pub deadline_at: Moment,
    /// The limits visits are held against.
    pub policy: Policy,
    /// The key that visits, pictures and counts of this campaign are sealed to.
    pub seal_key: Option<SealKeySeen>,
    /// Own teams' households by standing.
    pub totals: Totals,
}

/// A key to seal to: HPKE (RFC 9180), DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = SealKey)]
pub struct SealKeySeen {
    /// Its id; every envelope names it.
    pub id: SealKeyId,
    /// The point, uncompressed (65 bytes), in base64.
    pub public_key: String,
}

impl From<SealKey> for SealKeySeen {
    fn from(key: SealKey) -> Self {
        Self { id: key.id, public_key: key.public_key }
    }
}

/// Households counted by standing.
#[derive(Debug, Default, Clone, Serialize, ToSchema)]
pub struct Totals {
    /// All of them.
    pub households: i64,
    /// With at least one visit that reached them.
    pub reached: i64,
    /// No visit yet.
    pub unreached: i64,
    /// Tried, not reached.
    pub attempted: i64,
    /// Evidence still coming.
    pub pending: i64,
    /// Everything agrees.
    pub matched: i64,
    /// Something does not agree.
    pub disputed: i64,
    /// What did not agree was settled.
    pub settled: i64,
}

/// A team on the phone.
#[derive(Debug, Serialize, ToSchema)]
pub struct TeamSeen {
    /// Its id.
    pub id: TeamId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its org.
    pub org_id: OrgId,
    /// Whether the user leads it.
    pub is_lead: bool,
    /// Who stands in it.
    pub members: Vec<TeamMember>,
}

/// Somebody in a team.
#[derive(Debug, Serialize, ToSchema)]
pub struct TeamMember {
    /// Who.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// Whether they lead it.
    pub is_lead: bool,
}

/// What a household is to receive.
#[derive(Debug, Serialize, ToSchema)]
pub struct EntitlementSeen {
    /// Its id.
    pub id: String,
    /// In which campaign.
    pub campaign_id: CampaignId,
    /// Which household.
    pub household_id: HouseholdId,
    /// Cash.
    pub cash_fen: i64,
    /// What the cash is for.
    pub purpose: Purpose,
    /// Goods.
    pub goods: Vec<Quantity>,
}

/// So much of an item.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PromisedQuantity)]
pub struct Quantity {
    /// The item.
    pub item_id: ItemId,
    /// Thousandths of its unit.
    pub quantity_milli: i64,
}

/// One kind of goods.
#[derive(Debug, Serialize, ToSchema)]
pub struct GoodsSeen {
    /// Its id.
    pub id: ItemId,
    /// Its name.
    pub name: String,
    /// 袋, 升, 件 …
    pub unit: String,
    /// Value of one unit.
    pub unit_value_fen: i64,
}

/// A fund on the phone.
#[derive(Debug, Serialize, ToSchema)]
pub struct FundSeen {
    /// Its id.
    pub id: FundId,
    /// Its campaign.
    pub campaign_id: CampaignId,
    /// Its name.
    pub name: String,
    /// Where it comes from.
    pub source: FundSource,
    /// What it may be given for.
    pub earmark: Earmark,
}

/// What a team holds, or owes: nobody knows yet where it had that from.
#[derive(Debug, Serialize, ToSchema)]
pub struct Custody {
    /// The team.
    pub team_id: TeamId,
    /// The campaign.
    pub campaign_id: CampaignId,
    /// Of what.
    #[serde(flatten)]
    pub of: CustodyOf,
    /// Fen, or thousandths of the unit.
    pub amount: i64,
    /// What it handed over beyond what it held.
    pub unexplained: i64,
}

/// What is held.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CustodyOf {
    /// Cash of a fund.
    Cash {
        /// The fund.
        fund_id: String,
    },
    /// Goods.
    Goods {
        /// The item.
        item_id: String,
    },
}

impl About for EntitlementSeen {
    fn about(&self) -> HouseholdId {
        self.household_id
    }
}
