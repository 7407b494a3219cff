//! What a team gave at a door.

use super::{Account, Commodity, EnterpriseId, RecipientId};
use crate::accounts::TeamId;
use crate::campaigns::CampaignId;
use crate::households::HouseholdId;
use crate::kit::clock::Moment;
use crate::kit::http::problem::Problem;

/// Who received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Receiver {
    /// A household.
    Household(HouseholdId),
    /// An enterprise, by its id.
    Enterprise(String),
    /// A person or group without a file, by an id that is theirs alone: the visit's.
    Person(String),
}

/// A handover: it did happen, and is booked whatever the accounts say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    /// The visit; it makes at most one handover.
    pub visit_id: String,
    /// The campaign.
    pub campaign_id: CampaignId,
    /// Out of whose custody.
    pub team_id: TeamId,
    /// To whom.
    pub receiver: Receiver,
    /// What; the same commodity may stand in several lines.
    pub lines: Vec<(Commodity, i64)>,
    /// When.
    pub happened_at: Moment,
}

impl Receiver {
    pub(in crate::ledger) fn account(&self) -> Result<Account, Problem> {
        let no_uuid = || Problem::unexpected("a receiver's id is no UUID");
        match self {
            Self::Household(id) => Ok(Account::Household(*id)),
            Self::Enterprise(id) => EnterpriseId::parse(id).map(Account::Enterprise).ok_or_else(no_uuid),
            Self::Person(id) => RecipientId::parse(id).map(Account::Person).ok_or_else(no_uuid),
        }
    }
}
