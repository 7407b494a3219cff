//! What stands ready for a campaign, and what does not.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::TeamId;
use crate::campaigns::{CampaignId, Earmark, ItemId, Purpose, Standards};
use crate::households::{Category, Status};

crate::words! {
    /// What is looked at before a campaign opens.
    ReadyCheck {
        /// Its days, and whether its deadline is still to come.
        Days = "days",
        /// What each category receives.
        Standards = "standards",
        /// Whether every category on file has a standard.
        Categories = "categories",
        /// Files approved.
        Files = "files",
        /// Files on the way: whose public notice is still running or over, and who waits for approval.
        Notices = "notices",
        /// Files that something is said against.
        Objections = "objections",
        /// Whether every approved household has a team.
        Teams = "teams",
        /// Whether every such team has a lead to sign and cadres to go.
        Members = "members",
        /// Whether the funds, as they are earmarked, cover the cash promised.
        Cash = "cash",
        /// Whether the goods received cover the goods promised.
        Goods = "goods",
        /// The key that phones seal to.
        SealKey = "seal_key",
        /// The promise of the draw's seed.
        Commitment = "commitment",
    }
}

crate::words! {
    /// How a check came out.
    ReadyState {
        /// Nothing to do.
        Ready = "ready",
        /// The campaign can open, and somebody will stand without something.
        Attention = "attention",
        /// The campaign cannot open.
        Missing = "missing",
        /// The server sees to it.
        Automatic = "automatic",
    }
}

/// One line of a check: a category, a purpose, an item, a team.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReadyLine {
    /// Which item or team.
    pub id: Option<String>,
    /// Its name, where it has one.
    pub name: Option<String>,
    /// Which category, purpose or state of a file.
    pub word: Option<String>,
    /// What an item is counted in.
    pub unit: Option<String>,
    /// What is needed: households, fen, thousandths of a unit.
    pub needed: i64,
    /// What of that is there.
    pub there: i64,
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Checked {
    /// What was looked at.
    pub check: ReadyCheck,
    /// How it came out.
    pub state: ReadyState,
    /// How many it is about; of households where nothing else is said.
    pub count: i64,
    /// Those that lack something, and what; at most 50.
    pub lines: Vec<ReadyLine>,
}

/// Whether a campaign can open, and what would be missing if it did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Readiness {
    /// The campaign.
    pub campaign_id: CampaignId,
    /// Whether nothing keeps it from opening.
    pub can_open: bool,
    /// In the order in which they are usually seen to.
    pub checks: Vec<Checked>,
}

/// Approved files of a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Approved {
    /// The category.
    pub category: Category,
    /// How many.
    pub files: i64,
    /// How many of them have a team.
    pub with_team: i64,
}

/// A team with approved households.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visiting {
    /// Which.
    pub id: TeamId,
    /// Its name.
    pub name: String,
    /// How many households.
    pub households: i64,
    /// Leads who may still act.
    pub leads: i64,
    /// Cadres who may still act.
    pub cadres: i64,
}

/// Goods received, with their name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stock {
    /// Which.
    pub item_id: ItemId,
    /// Its name.
    pub name: String,
    /// What it is counted in.
    pub unit: String,
    /// Thousandths of the unit.
    pub received_milli: i64,
}

/// What is known of a campaign and of those it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadyFacts {
    /// The campaign.
    pub campaign_id: CampaignId,
    /// Whether it is still a draft.
    pub is_draft: bool,
    /// Whether its deadline has passed.
    pub is_past: bool,
    /// What each category receives.
    pub standards: Standards,
    /// Approved files by category.
    pub approved: Vec<Approved>,
    /// All files by where they stand.
    pub by_status: Vec<(Status, i64)>,
    /// Files on notice whose days are over.
    pub notice_over: i64,
    /// Approved files whose notice still runs on the first day of visits.
    pub notice_running: i64,
    /// Teams with approved households.
    pub teams: Vec<Visiting>,
    /// Cash received by what it may be given for.
    pub cash: Vec<(Earmark, i64)>,
    /// What the standards' goods are called, and what was received of them.
    pub goods: Vec<Stock>,
    /// Whether a key to seal to is there.
    pub has_seal_key: bool,
    /// Whether the seed is promised.
    pub is_committed: bool,
}

impl ReadyFacts {
    /// Cash promised by purpose.
    #[must_use]
    pub fn cash_needed(&self, purpose: Purpose) -> i64 {
        let of = |approved: &Approved| {
            self.standards.of(approved.category).filter(|standard| standard.purpose == purpose).map(|s| s.cash_fen.saturating_mul(approved.files))
        };
        self.approved.iter().filter_map(of).fold(0, i64::saturating_add)
    }

    /// Goods promised of an item.
    #[must_use]
    pub fn goods_needed(&self, item: ItemId) -> i64 {
        let of = |approved: &Approved| {
            let line = self.standards.of(approved.category)?.goods.iter().find(|line| line.item_id == item)?;
            Some(line.quantity_milli.saturating_mul(approved.files))
        };
        self.approved.iter().filter_map(of).fold(0, i64::saturating_add)
    }
}
