//! Custody changes hands with two signatures: the store's entry is a slip until the team's lead has counted and signed.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Commodity, EntryId, FundId};
use crate::accounts::{OrgId, TeamId};
use crate::campaigns::{CampaignId, ItemId};
use crate::kit::clock::Moment;

crate::words! {
    /// What a slip is about.
    SlipKind {
        /// 领用
        Issue = "issue",
        /// 退回
        Return = "return",
    }
}

crate::words! {
    /// How far a slip has come.
    SlipState {
        /// The lead has not signed.
        Waiting = "waiting",
        /// The lead counted the same.
        Agreed = "agreed",
        /// The lead counted something else.
        Differs = "differs",
        /// The store took its entry back.
        Reversed = "reversed",
    }
}

impl SlipState {
    /// Whichever was heard of first, the signature or the reversal.
    #[must_use]
    pub const fn of(is_reversed: bool, agrees: Option<bool>) -> Self {
        match (is_reversed, agrees) {
            (true, _) => Self::Reversed,
            (false, None) => Self::Waiting,
            (false, Some(true)) => Self::Agreed,
            (false, Some(false)) => Self::Differs,
        }
    }
}

/// A slip as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slip {
    /// The entry the store made.
    pub id: EntryId,
    /// Its campaign.
    pub campaign_id: CampaignId,
    /// Whose store.
    pub org_id: OrgId,
    /// Which team receives or returns.
    pub team_id: TeamId,
    /// Which of the two.
    pub kind: SlipKind,
    /// How far it has come.
    pub state: SlipState,
}

/// A lead's count, signed on the phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledgement {
    /// The phone's item.
    pub item_id: String,
    /// The slip.
    pub slip_id: EntryId,
    /// The campaign the phone holds it to be of.
    pub campaign_id: CampaignId,
    /// What was counted, line by line; nothing may be counted too.
    pub lines: Vec<(Commodity, i64)>,
    /// The signature, by its hash; the picture travels apart.
    pub signature_sha256: String,
    /// Why it differs.
    pub words: String,
    /// By the phone's clock, corrected.
    pub made_at: Moment,
}

/// What became of a slip that was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acknowledged {
    /// The slip.
    pub slip_id: EntryId,
    /// Its campaign.
    pub campaign_id: CampaignId,
    /// Its team.
    pub team_id: TeamId,
    /// How it stands now.
    pub state: SlipState,
}

/// A line of a slip: what the store wrote, and what the lead counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SlipLine {
    /// Money.
    Cash {
        /// The fund.
        fund_id: FundId,
        /// Fen.
        amount: i64,
        /// Fen; null until it was counted.
        counted: Option<i64>,
    },
    /// Goods.
    Goods {
        /// The item.
        item_id: ItemId,
        /// Thousandths of its unit.
        amount: i64,
        /// Thousandths of its unit; null until it was counted.
        counted: Option<i64>,
    },
}

impl SlipLine {
    /// A line of this commodity.
    #[must_use]
    pub const fn of(commodity: Commodity, amount: i64, counted: Option<i64>) -> Self {
        match commodity {
            Commodity::Cash(fund_id) => Self::Cash { fund_id, amount, counted },
            Commodity::Goods(item_id) => Self::Goods { item_id, amount, counted },
        }
    }
}

impl SlipLine {
    /// Of what, what the store wrote, and what the lead counted.
    #[must_use]
    pub const fn parts(&self) -> (Commodity, i64, Option<i64>) {
        match *self {
            Self::Cash { fund_id, amount, counted } => (Commodity::Cash(fund_id), amount, counted),
            Self::Goods { item_id, amount, counted } => (Commodity::Goods(item_id), amount, counted),
        }
    }
}

/// The second signature.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SlipSigned {
    /// Who signed.
    pub by_name: String,
    /// When, by the phone's clock, corrected.
    pub at: Moment,
    /// Why it differs; empty where it does not.
    pub words: String,
}

/// A slip as phone and desk see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SlipSeen {
    /// Its id: the entry's.
    pub id: EntryId,
    /// Its campaign.
    pub campaign_id: CampaignId,
    /// Its team.
    pub team_id: TeamId,
    /// Issued or returned.
    pub kind: SlipKind,
    /// How far it has come.
    pub state: SlipState,
    /// Whose store.
    pub store_name: String,
    /// Who wrote it.
    pub made_by_name: String,
    /// When.
    pub happened_at: Moment,
    /// What the store wrote.
    pub words: String,
    /// What was written and what was counted.
    pub lines: Vec<SlipLine>,
    /// The second signature, once there is one.
    pub acknowledged: Option<SlipSigned>,
    /// Whether the asker leads the team and the slip waits.
    pub may_sign: bool,
}
