//! What is reconciled at once.

use crate::accounts::TeamId;
use crate::campaigns::CampaignId;
use crate::households::HouseholdId;
use crate::visits::VisitId;

/// One household in one campaign; or one visit that has no household on file: found at the door, to an enterprise, to a group; or what
/// one team holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// All visits to a household in a campaign.
    Household(CampaignId, HouseholdId),
    /// One visit by itself.
    Visit(CampaignId, VisitId),
    /// A team's custody in a campaign.
    Team(CampaignId, TeamId),
}

impl Key {
    /// Where a visit belongs.
    #[must_use]
    pub fn of(campaign: CampaignId, household: Option<HouseholdId>, visit: VisitId) -> Self {
        household.map_or(Self::Visit(campaign, visit), |household| Self::Household(campaign, household))
    }

    /// Its campaign.
    #[must_use]
    pub const fn campaign(&self) -> CampaignId {
        match self {
            Self::Household(campaign, _) | Self::Visit(campaign, _) | Self::Team(campaign, _) => *campaign,
        }
    }

    /// Its household.
    #[must_use]
    pub const fn household(&self) -> Option<HouseholdId> {
        match self {
            Self::Household(_, household) => Some(*household),
            Self::Visit(..) | Self::Team(..) => None,
        }
    }

    /// As a job's subject.
    #[must_use]
    pub fn subject(&self) -> String {
        match self {
            Self::Household(campaign, household) => format!("{campaign}/household/{household}"),
            Self::Visit(campaign, visit) => format!("{campaign}/visit/{visit}"),
            Self::Team(campaign, team) => format!("{campaign}/team/{team}"),
        }
    }

    /// Reads a job's subject.
    #[must_use]
    pub fn read(subject: &str) -> Option<Self> {
        let mut parts = subject.split('/');
        let campaign = CampaignId::parse(parts.next()?)?;
        match (parts.next()?, parts.next()?) {
            ("household", id) => HouseholdId::parse(id).map(|id| Self::Household(campaign, id)),
            ("visit", id) => VisitId::parse(id).map(|id| Self::Visit(campaign, id)),
            ("team", id) => TeamId::parse(id).map(|id| Self::Team(campaign, id)),
            _ => None,
        }
    }
}

impl From<(CampaignId, HouseholdId)> for Key {
    fn from((campaign, household): (CampaignId, HouseholdId)) -> Self {
        Self::Household(campaign, household)
    }
}
