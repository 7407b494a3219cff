//! Households in a list.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::visits::PersonNamed;
use crate::accounts::{PersonId, TeamId};
use crate::campaigns::CampaignId;
use crate::findings::Standing;
use crate::households::{Category, HouseholdId, Status};
use crate::kit::clock::Moment;
use crate::visits::{Outcome, VisitId};

/// Which households are asked for.
#[derive(Debug, Clone, Default, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
pub struct HouseholdFilter {
    /// Shows where they stand in this campaign.
    pub campaign: Option<CampaignId>,
    /// That stand at one of these, with commas between; needs a campaign.
    pub standing: Option<String>,
    /// Whose last try came to this; needs a campaign.
    pub outcome: Option<Outcome>,
    /// That this cadre goes to first.
    pub cadre: Option<PersonId>,
    /// In which order; `last_try` and `promised` need a campaign and show its households alone.
    #[serde(default)]
    #[param(inline)]
    pub order: HouseholdOrder,
    /// The other way round.
    #[serde(default)]
    pub descending: bool,
    /// Of this team.
    pub team: Option<TeamId>,
    /// Of no team.
    #[serde(default)]
    pub without_team: bool,
    /// This one alone.
    pub household: Option<HouseholdId>,
    /// On file for this.
    pub category: Option<Category>,
    /// Whose file stands here.
    pub status: Option<Status>,
    /// A part of the head's name or of the address.
    pub q: Option<String>,
}

/// In which order households are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HouseholdOrder {
    /// As they came on file.
    #[default]
    File,
    /// Those nobody has been to first, then those whose last try is longest ago.
    LastTry,
    /// By the head's name.
    Name,
    /// By address.
    Address,
    /// By the cash promised.
    Promised,
}

/// As many as are named at once.
pub const MOST_MATCHES: i64 = 100_000;

/// What is asked of the households that a filter finds.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
pub struct MatchesAsked {
    /// The filter; its order counts where they are named.
    #[serde(flatten)]
    pub filter: HouseholdFilter,
    /// Whether they are to be named, and not only counted; at most 100,000.
    #[serde(default)]
    pub ids: bool,
}

/// A part of the households that a filter finds.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
pub struct HouseholdsAsked {
    /// The filter.
    #[serde(flatten)]
    pub filter: HouseholdFilter,
    /// How many at most: 1 to 500, 50 where nothing is said.
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

/// How many households a filter finds.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Matches {
    /// How many.
    pub count: i64,
    /// Which, in their order.
    pub ids: Option<Vec<HouseholdId>>,
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
    /// Who of the team goes first; null: any of them.
    pub cadre: Option<PersonNamed>,
    /// How often somebody was there, visits that were amended left out.
    pub tries: i64,
    /// The last visit there.
    pub last_visit_id: Option<VisitId>,
    /// When it began.
    pub last_visit_at: Option<Moment>,
    /// What came of it.
    pub last_outcome: Option<Outcome>,
    /// Who made it.
    pub last_cadre: Option<PersonNamed>,
    /// The cash promised in it.
    pub entitlement_cash_fen: Option<i64>,
}
