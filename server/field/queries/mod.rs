//! What a phone may know, read from the rooms before this one. Every list is asked for once, however many households there are.

mod checks;
mod feed;
mod households;
mod lists;
mod needs;
mod tally;
mod visits;

pub(super) use checks::{check_goods, checks};
pub(super) use feed::{Changed, chains_heard, changed_between, changed_since, view_of};
pub(super) use households::{entitlements, households, ids_of, standings};
pub(super) use lists::{campaigns, campaigns_of, custody, funds, goods, teams};
pub(super) use needs::needs;
pub(super) use tally::{missing_pictures, newest_items, totals};
pub(super) use visits::{said, visits};

use crate::accounts::TeamId;
use crate::households::HouseholdId;

/// Which households are asked for: those of these that are the teams'.
#[derive(Debug, Clone)]
pub(super) struct Reach {
    pub(super) teams: Vec<TeamId>,
    pub(super) only: Vec<HouseholdId>,
}
