//! Accounts, commodities, entries.

pub mod entries;
pub mod filter;
pub mod handover;
pub mod keys;
pub mod places;
pub mod slips;
#[cfg(test)]
mod tests;

pub use entries::{Deed, Lines, MOST, MOST_LINES, NewEntry};
pub use filter::{Filter, FilterAsked, SlipFilter, Touching};
pub use handover::{Handover, Receiver};
pub use places::{Link, Links, Moved, Place};
pub use slips::{Acknowledged, Acknowledgement, Slip, SlipKind, SlipLine, SlipSeen, SlipSigned, SlipState};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::{OrgId, TeamId};
use crate::campaigns::{CampaignId, Earmark, ItemId};
use crate::households::HouseholdId;

crate::id!(
    /// A fund's id.
    FundId
);
crate::id!(
    /// An entry's id.
    EntryId
);
crate::id!(
    /// The id of an enterprise that is visited.
    EnterpriseId
);
crate::id!(
    /// The id of a person who receives without a household's file.
    RecipientId
);

crate::words! {
    /// Where a fund's money comes from.
    FundSource {
        /// 政府拨款
        Government = "government",
        /// 工会投入
        Union = "union",
        /// 社会捐助
        Donation = "donation",
        /// 其他
        Other = "other",
    }
}

crate::words! {
    /// What an entry records.
    EntryKind {
        /// 入库: source → store.
        Receipt = "receipt",
        /// 领用: store → team.
        Issue = "issue",
        /// 发放: team → household, enterprise or person.
        Handover = "handover",
        /// 退回: team → store, or store → back to where it came from.
        Return = "return",
        /// 损失: team or store → loss.
        Loss = "loss",
        /// 冲正: undoes another entry.
        Reversal = "reversal",
    }
}

/// A fund: money, or goods given, from one source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Fund {
    /// Its id.
    pub id: FundId,
    /// The campaign it belongs to.
    pub campaign_id: CampaignId,
    /// The org that keeps it.
    pub org_id: OrgId,
    /// Its name.
    pub name: String,
    /// Where it comes from.
    pub source: FundSource,
    /// What it may be given for.
    pub earmark: Earmark,
    /// Counts changes.
    pub version: i64,
}

/// What is counted: the money of one fund, or goods of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Commodity {
    /// Fen of a fund.
    Cash(FundId),
    /// Thousandths of an item's unit.
    Goods(ItemId),
}

/// Whose means are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Account {
    /// Where means come from; holds less than nothing by what it gave.
    Source(FundId),
    /// An org's store.
    Store(OrgId),
    /// A team's custody.
    Team(TeamId),
    /// What a team handed over beyond its custody, as less than nothing.
    Unexplained(TeamId),
    /// A household that received.
    Household(HouseholdId),
    /// An enterprise that received.
    Enterprise(EnterpriseId),
    /// A person who received.
    Person(RecipientId),
    /// Given back to where it came from.
    Returned,
    /// Lost, spoilt, stolen.
    Loss,
}

/// So much of one commodity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    /// Of what.
    pub commodity: Commodity,
    /// Fen or thousandths.
    pub amount: i64,
}

/// One change of one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    /// Whose.
    pub account: Account,
    /// Of what.
    pub commodity: Commodity,
    /// By how much; never nothing.
    pub amount: i64,
    /// What the goods were worth when this was booked, signed as the amount is; none for money.
    pub value_fen: Option<i64>,
}

/// What accounts hold; an account that is not named holds nothing.
pub type Balances = BTreeMap<(Account, Commodity), i64>;
