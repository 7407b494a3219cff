//! Households in a list.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::accounts::TeamId;
use crate::campaigns::CampaignId;
use crate::findings::Standing;
use crate::households::{Category, HouseholdId, Status};
use crate::visits::Outcome;

/// Which households are asked for.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct HouseholdFilter {
    /// Shows where they stand in this campaign.
    pub campaign: Option<CampaignId>,
    /// That stand here; needs a campaign.
    pub standing: Option<Standing>,
    /// Of this team.
    pub team: Option<TeamId>,
    /// On file for this.
    pub category: Option<Category>,
    /// Whose file stands here.
    pub status: Option<Status>,
    /// A part of the head's name or of the address.
    pub q: Option<String>,
}

/// A household in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HouseholdRow {
    /// Its id.
    pub id: HouseholdId,
    /// The version of its file.
    pub version: i64,
    /// The head.
    pub head_name: String,
    /// First six and last four characters.
    pub head_id_masked: String,
    /// Where they live.
    pub address: String,
    /// The team that visits.
    pub team_id: Option<TeamId>,
    /// Its name.
    pub team_name: Option<String>,
    /// Why on file.
    pub category: Category,
    /// Where the file stands.
    pub status: Status,
    /// Where the household stands in the campaign asked for.
    pub standing: Option<Standing>,
    /// What came of the last visit there.
    pub last_outcome: Option<Outcome>,
    /// The cash promised in it.
    pub entitlement_cash_fen: Option<i64>,
}
