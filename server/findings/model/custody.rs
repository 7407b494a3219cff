//! What a team holds in a campaign, and what it and the store counted.

use serde::Deserialize;

use super::case::Season;
use crate::accounts::TeamId;
use crate::kit::clock::Moment;
use crate::ledger::EntryId;

/// One team in one campaign.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Custody {
    /// Only to tell whether the deadline is past.
    pub now: Moment,
    /// The campaign's days.
    pub season: Season,
    /// The team.
    pub team: TeamId,
    /// What it holds.
    #[serde(default)]
    pub held: Vec<Held>,
    /// The slips its lead counted differently, in any order.
    #[serde(default)]
    pub slips: Vec<Slip>,
}

/// So much of one commodity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct Held {
    /// `fund_id` or `item_id`.
    pub commodity_id: String,
    /// Whether it is cash.
    pub is_cash: bool,
    /// Fen or thousandths.
    pub amount: i64,
}

/// A slip with two counts.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Slip {
    /// The entry that the store made.
    pub entry: EntryId,
    /// Line by line.
    pub lines: Vec<Counted>,
}

/// One line of a slip, counted twice.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct Counted {
    /// `fund_id` or `item_id`.
    pub commodity_id: String,
    /// Whether it is cash.
    pub is_cash: bool,
    /// What the store booked.
    pub booked: i64,
    /// What the team's lead counted.
    pub counted: i64,
}
