//! How far a campaign has come.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::forecast::{Forecast, Outlook};
use crate::accounts::TeamId;
use crate::campaigns::CampaignId;
use crate::findings::Standing;
use crate::households::Category;
use crate::kit::clock::Moment;

/// Households by where they stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ByStanding {
    /// Nobody has been there.
    pub unreached: i64,
    /// Somebody was there and met nobody.
    pub attempted: i64,
    /// Reached; evidence is on its way.
    pub pending: i64,
    /// Reached, and everything agrees.
    pub matched: i64,
    /// Something is open.
    pub disputed: i64,
    /// What was open has been settled.
    pub settled: i64,
}

impl ByStanding {
    /// Adds households that stand here.
    pub const fn add(&mut self, standing: Standing, households: i64) {
        let place = match standing {
            Standing::Unreached => &mut self.unreached,
            Standing::Attempted => &mut self.attempted,
            Standing::Pending => &mut self.pending,
            Standing::Matched => &mut self.matched,
            Standing::Disputed => &mut self.disputed,
            Standing::Settled => &mut self.settled,
        };
        *place += households;
    }
}

/// What is counted of any group of households.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Counts {
    /// Households with an entitlement or a visit.
    pub households: i64,
    /// Those with at least one visit that reached them.
    pub reached: i64,
    /// Where they stand.
    pub by_standing: ByStanding,
}

impl Counts {
    /// Adds households.
    pub const fn add(&mut self, standing: Standing, reached: bool, households: i64) {
        self.households += households;
        if reached {
            self.reached += households;
        }
        self.by_standing.add(standing, households);
    }
}

/// A team's households.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ByTeam {
    /// The team; null for households that no team has been given yet.
    pub team_id: Option<TeamId>,
    /// Its name.
    pub team_name: String,
    /// Where it belongs.
    pub org_name: String,
    /// The counts.
    #[serde(flatten)]
    pub counts: Counts,
    /// Where it is heading; null without a team, and where there are too many teams to tell of each.
    pub forecast: Option<Outlook>,
}

/// A category's households.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ByCategory {
    /// Why they are on file.
    pub category: Category,
    /// The counts.
    #[serde(flatten)]
    pub counts: Counts,
}

/// One day in China.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ByDay {
    /// `YYYY-MM-DD`
    pub day: String,
    /// Households first reached on that day.
    pub reached: i64,
    /// Households not reached yet, whose last try was on that day.
    pub attempted: i64,
}

impl ByDay {
    /// Counted from 1970-01-01.
    #[must_use]
    pub fn number(&self) -> Option<i64> {
        Moment::parse(&format!("{}T00:00:00+08:00", self.day)).ok().map(Moment::china_day_number)
    }
}

/// Cash promised, and handed over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Money {
    /// By entitlements.
    pub promised_fen: i64,
    /// By visits that stand.
    pub handed_fen: i64,
}

/// How far a campaign has come, within what somebody may see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Progress {
    /// The campaign.
    pub campaign_id: CampaignId,
    /// Its name.
    pub name: String,
    /// By when every household is to be reached.
    pub deadline_at: Moment,
    /// The counts of all.
    #[serde(flatten)]
    pub counts: Counts,
    /// By team, in the order of orgs and team codes.
    pub by_team: Vec<ByTeam>,
    /// By category.
    pub by_category: Vec<ByCategory>,
    /// By day, the first one first.
    pub by_day: Vec<ByDay>,
    /// Cash.
    pub money: Money,
    /// Where it is heading.
    pub forecast: Forecast,
}

/// What the counters say, before anything is made of it.
#[derive(Debug, Clone)]
pub struct Counted {
    /// Without its forecasts.
    pub progress: Progress,
    /// Households first reached, by team and day; empty where there are too many teams to tell of each.
    pub team_days: BTreeMap<TeamId, Vec<(i64, i64)>>,
    /// People who visit, by team.
    pub cadres: BTreeMap<TeamId, i64>,
}
